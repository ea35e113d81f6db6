//! The liaisons of a dossier as the ledger sees them, lot by lot, and what the calculation note says of them.

use crate::base::quantity::{Euros, Hours, NBSP, Number, Quantity, Rate, counted_in, ratio_base, show_quantity};
use crate::base::terms::Vocabulary;
use crate::law::Usages;
use crate::library::clause::{PenaltyObject, Value, link};
use crate::resolution::facts::{Facts, LinkFacts, Tariff};
use crate::resolution::ledger::{
    Bounds, Coherence, Duty, Floors, Link, LotCoherence, LotHours, Measure, Misfit, Outcome, Ratio, Remedy, Target,
    ceiling,
};
use crate::resolution::phrases::enumeration;
use crate::resolution::simulation::Promised;

/// The liaisons of a lot that link hours.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LotLiaisons {
    /// The figures of practice on which its balance stands.
    pub(crate) usages: Usages,
    /// Number of the lot.
    pub lot: u32,
    /// M: amount of the lot, excluding tax.
    pub amount: Euros,
    /// P: selling price of an hour; none when the dossier gives none.
    pub price: Option<Euros>,
    /// The hours of the lot.
    pub hours: LotHours,
    /// The liaisons, in the order of the dossier; those that compute have their figures.
    pub tied: Vec<Tied>,
    /// Whether hours and work fit, each liaison that computes for itself and all together.
    pub coherence: LotCoherence,
    /// What the lot demands and the price of failing it; none when an amount is missing.
    pub duty: Option<Duty>,
    /// The ceiling of the penalties of the liaisons; none when nothing tells it.
    pub ceiling: Option<Ceiling>,
}

/// A liaison that links hours on a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tied {
    /// Id of the liaison.
    pub id: String,
    /// Its figures; none when it has no quantity or no ratio.
    pub link: Option<Link>,
}

/// The ceiling of the penalties of the liaisons of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ceiling {
    /// c: share of the estimated amount of the lot.
    pub rate: Rate,
    /// The same in euros: the most that penalties may come to at the published unit prices.
    pub amount: Euros,
    /// The dossier gives it; otherwise it is the exact one, under which nothing is free.
    pub given: bool,
}

impl LotLiaisons {
    /// The liaisons that compute, with their figures and whether hours and work fit.
    pub fn computed(&self) -> impl Iterator<Item = (&str, &Link, &Coherence)> {
        let figures = self.tied.iter().filter_map(|tied| Some((tied.id.as_str(), tied.link.as_ref()?)));
        figures.zip(&self.coherence.links).map(|((id, link), coherence)| (id, link, coherence))
    }

    /// The liaisons whose duty is known, with what each demands.
    pub fn measures(&self) -> impl Iterator<Item = (&str, &Measure)> {
        let measures = self.duty.iter().flat_map(|duty| &duty.measures);
        self.tied.iter().map(|tied| tied.id.as_str()).zip(measures)
    }

    /// Each liaison that computes in words: its id, whether hours and work fit, and what would make them fit.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, String, Vec<String>)> {
        self.computed().map(|(id, _, coherence)| (id, verdict(coherence), remedies(coherence)))
    }
}

/// The liaisons of every lot whose hours are known and that link some of them.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<LotLiaisons> {
    facts.hours.keys().filter_map(|number| of_lot(facts, *number)).collect()
}

fn of_lot(facts: &Facts<'_>, number: u32) -> Option<LotLiaisons> {
    let usages = facts.usages.clone()?;
    let result = facts.hours.get(&number)?.result.as_ref().ok()?;
    let lot = facts.consultation.lots.get(&number)?;
    let hours = LotHours { hours: result.rounded.clone(), step: result.step, labour: result.labour.clone() };
    let here: Vec<&LinkFacts<'_>> = facts.links.iter().filter(|l| l.lot == number && l.assigned.is_some()).collect();
    if here.is_empty() {
        return None;
    }
    let tied: Vec<Tied> = here.iter().map(|l| Tied { id: l.clause.id.clone(), link: link(facts, l) }).collect();
    let links: Vec<Link> = tied.iter().filter_map(|tied| tied.link.clone()).collect();
    let others = here.iter().zip(&tied).filter(|(_, tied)| tied.link.is_none());
    let others: Number = others.filter_map(|(l, _)| l.assigned.as_ref()).map(|share| share.0.clone()).sum();
    let coherence = hours.together(&links, &Rate(others));
    let price = lot.labour.as_ref().map(|labour| labour.price.clone());
    let mut duty = duty(facts, &hours, &here, &tied);
    let share = |rate: Rate, given| Ceiling { amount: ceiling(&lot.amount, &rate), rate, given };
    let given = here.iter().find_map(|l| l.ceiling.clone()).map(|rate| share(rate, true));
    let exact = || Some(share(duty.as_ref()?.exact_ceiling(&lot.amount)?, false));
    let found = given.or_else(exact);
    if let (Some(duty), Some(found)) = (&mut duty, &found) {
        duty.ceiling = Some(duty.printed_ceiling(&found.amount));
    }
    Some(LotLiaisons {
        usages,
        lot: number,
        amount: lot.amount.clone(),
        price,
        hours,
        tied,
        coherence,
        duty,
        ceiling: found,
    })
}

/// The figures of a liaison that computes: a share of the hours, a quantity and a ratio.
fn link(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Option<Link> {
    let quantity = link.quantity.clone()?;
    let deposit =
        facts.selection.get(&link.environment.id).and_then(|s| s.value(link.lot, "gisement")).and_then(Value::number);
    let least = match link.clause.parameter("affectation").and_then(|p| p.bounds.as_ref()) {
        Some((Value::Rate(low), _)) => Some(low.clone()),
        _ => None,
    };
    let usages = facts.usages.as_ref()?;
    let bounds = Bounds {
        assigned_min: least.unwrap_or_else(|| usages.assigned_low.clone()),
        assigned_max: Rate::whole(),
        insertion_rate_max: usages.insertion_high.clone(),
        share_min: usages.thin.clone(),
    };
    Some(Link {
        measure: link.environment.id.clone(),
        assigned: link.assigned.clone()?,
        training: Hours(link.training.clone()),
        target: Target {
            countable: usages.countable(&quantity.unit),
            whole_deposit: deposit.is_some_and(|d| quantity.value >= d),
            quantity,
        },
        ratio: ratio(link)?,
        bounds,
    })
}

/// The ratio and its known range, brought to one unit of the measure as the ratio is: the range always holds the ratio.
fn ratio(link: &LinkFacts<'_>) -> Option<Ratio> {
    let usual = link.hours_per_unit()?;
    let Some(known) = link.clause.link().and_then(|l| l.ratio.as_ref()) else {
        return Some(Ratio::exactly(usual));
    };
    let (per, _) = ratio_base(&known.unit);
    let edge = |bound: &Number| bound.over(&per).unwrap_or_else(|| usual.clone());
    Some(Ratio {
        low: Number::min_of(&edge(&known.low), &usual),
        high: Number::max_of(&edge(&known.high), &usual),
        usual,
    })
}

fn duty(facts: &Facts<'_>, hours: &LotHours, links: &[&LinkFacts<'_>], tied: &[Tied]) -> Option<Duty> {
    let per_hour = links.iter().find_map(|link| link.penalty_hour.clone())?;
    let measures: Option<Vec<Measure>> =
        links.iter().zip(tied).map(|(link, tied)| measure(facts, link, tied)).collect();
    Some(Duty { hours: hours.hours.clone(), per_hour, measures: measures?, ceiling: None })
}

fn measure(facts: &Facts<'_>, link: &LinkFacts<'_>, tied: &Tied) -> Option<Measure> {
    let training = Hours(link.training.clone());
    Some(Measure {
        outcome: match &tied.link {
            Some(figures) => Some(outcome(facts, link, figures)?),
            None => None,
        },
        linked_hours: link.linked()?,
        per_linked_hour: link.penalty_linked.as_ref()?.value.clone(),
        per_training_hour: match &link.penalty_training {
            Some(tariff) => tariff.value.clone(),
            None if training.0.is_zero() => Euros::zero(),
            None => return None,
        },
        training,
    })
}

fn outcome(facts: &Facts<'_>, link: &LinkFacts<'_>, figures: &Link) -> Option<Outcome> {
    let (amount, unit) = link.penalty_result.as_ref()?;
    let per = counted_in(unit, &figures.target.quantity.unit)?;
    let by_unit = |amount: &Euros| amount.0.over(&per).map(Euros);
    Some(Outcome {
        target: figures.target.quantity.value.clone(),
        surplus: promise(facts, link).map_or_else(Number::zero, |promise| promise.range),
        ratio: figures.ratio.clone(),
        per_unit: by_unit(amount)?,
        unit_price: match &link.unit_price {
            Some(price) => Some(by_unit(price)?),
            None => None,
        },
    })
}

/// The unit of a liaison on a lot, with the prices against which its penalty is judged.
pub(crate) struct PricedUnit<'a> {
    link: &'a LinkFacts<'a>,
    pub(crate) outcome: &'a Outcome,
    /// What a missing unit costs, by unit of the measure.
    pub(crate) loss: Euros,
    /// The floors, by unit of the measure.
    pub(crate) floors: Floors,
    /// Units of the measure in one unit of the penalty.
    per: Number,
    /// Unit of the measure, and whether it is counted whole.
    of: &'a str,
    countable: bool,
}

/// The units of the liaisons of a lot whose price of an hour is known.
pub(crate) fn priced<'a>(facts: &'a Facts<'_>, lot: &'a LotLiaisons) -> impl Iterator<Item = PricedUnit<'a>> {
    lot.measures().filter_map(|(id, measure)| {
        let (link, outcome) = (facts.link_of(lot.lot, id)?, measure.outcome.as_ref()?);
        let (_, unit) = link.penalty_result.as_ref()?;
        let (usages, of) = (facts.usages.as_ref()?, &link.quantity.as_ref()?.unit);
        Some(PricedUnit {
            per: counted_in(unit, of)?,
            of,
            countable: usages.countable(of),
            loss: outcome.unit_loss(),
            floors: outcome.floors(lot.price.as_ref()?, usages),
            link,
            outcome,
        })
    })
}

/// The range in which the tariff of the unit of a liaison is usually set, in the unit of its penalty: from the floor to a part
/// more, short of what a judge may moderate. None while the price of an hour, the ratio or the quantity is unknown.
pub(crate) fn tariff_range(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Option<(Euros, Euros)> {
    let penalty = link.environment.penalties.iter().find(|penalty| penalty.object == PenaltyObject::Result)?;
    let price = &facts.consultation.lots.get(&link.lot)?.labour.as_ref()?.price;
    let per = counted_in(&penalty.unit, &link.quantity.as_ref()?.unit)?;
    let usages = facts.usages.as_ref()?;
    let floors = ratio(link)?.floors(price, usages);
    let most = Number::min_of(&(&floors.margin.0 * &usages.tariff_range), &floors.most.0);
    let shown =
        |amount: &Number| Euros((amount * &per).ceil_to(&Number::fraction(1, 100).unwrap_or_else(Number::zero)));
    Some((shown(&floors.margin.0), shown(&Number::max_of(&most, &floors.margin.0))))
}

impl PricedUnit<'_> {
    /// The clause and the parameter that hold the tariff.
    pub(crate) fn tariff(&self) -> (&str, &str) {
        let mut penalties = self.link.environment.penalties.iter();
        let penalty = penalties.find(|penalty| penalty.object == PenaltyObject::Result);
        (&self.link.environment.id, penalty.map_or("", |penalty| penalty.amount.as_str()))
    }

    /// Key path of the tariff in the dossier.
    pub(crate) fn path(&self) -> String {
        let (clause, amount) = self.tariff();
        format!("clause.{clause}.{amount}")
    }

    /// Id of the liaison.
    pub(crate) fn id(&self) -> &str {
        &self.link.clause.id
    }

    /// Unit of the penalty.
    pub(crate) fn name(&self) -> &str {
        self.link.penalty_result.as_ref().map_or("unité", |(_, unit)| unit)
    }

    /// An amount by unit of the measure, in the unit of the penalty.
    pub(crate) fn shown(&self, amount: &Euros) -> Euros {
        Euros(&amount.0 * &self.per)
    }

    /// The same, rounded up to a figure that a buyer writes.
    pub(crate) fn at_least(&self, amount: &Euros) -> Euros {
        let exact = self.shown(amount).0;
        let (ten, hundred) = (Number::from_int(10), Number::from_int(100));
        let grain = if exact >= hundred {
            Some(ten)
        } else if exact >= ten {
            Some(Number::from_int(1))
        } else {
            Number::fraction(1, 100)
        };
        Euros(grain.map_or(exact.clone(), |grain| exact.ceil_to(&grain)))
    }

    /// So many units of the measure.
    pub(crate) fn quantity(&self, value: &Number) -> Quantity {
        let grain = if self.countable { 1 } else { 10 };
        Quantity {
            value: value.ceil_to(&Number::fraction(1, grain).unwrap_or_else(Number::zero)),
            unit: self.of.to_owned(),
        }
    }
}

/// The ceiling that the dossier gives for a lot: where it stands, and the exact one; none when it gives none.
pub(crate) fn exact_ceiling(facts: &Facts<'_>, lot: &LotLiaisons) -> Option<(String, Rate)> {
    let given = facts.links.iter().find(|link| link.lot == lot.lot && link.ceiling.is_some())?;
    let exact = lot.duty.as_ref()?.exact_ceiling(&lot.amount)?;
    Some((format!("clause.{}.plafond_penalites", given.clause.id), exact))
}

/// What a parameter of a liaison that the dossier leaves out amounts to, when the rule computes it, as texts print it.
pub(crate) fn left_out(facts: &Facts<'_>, lots: &[LotLiaisons], lot: u32, id: &str, name: &str) -> Option<String> {
    let link = facts.link_of(lot, id)?;
    let tariff = |tariff: &Option<Tariff>| tariff.as_ref().filter(|t| !t.given).map(|t| t.value.to_string());
    match name {
        link::LINKED_HOUR => tariff(&link.penalty_linked),
        link::TRAINING_HOUR => tariff(&link.penalty_training).filter(|_| link.training.is_positive()),
        link::CEILING => {
            let ceiling = lots.iter().find(|l| l.lot == lot)?.ceiling.as_ref();
            ceiling.filter(|ceiling| !ceiling.given).map(|ceiling| ceiling.rate.to_string())
        }
        _ => None,
    }
}

/// What a criterion of the lot promises beyond the quantity of a liaison; none when no criterion notes it.
pub(crate) fn promise(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Option<Promised> {
    let unit = &link.quantity.as_ref()?.unit;
    let lot = facts.consultation.lots.get(&link.lot)?;
    let mut promises = facts.grid(link.lot).promises(&lot.amount).into_iter();
    promises.find(|promised| promised.raises == link.environment.id && promised.unit == *unit)
}

/// The remedies, each possible one with its value, each impossible one with its reason.
pub(crate) fn remedies(coherence: &Coherence) -> Vec<String> {
    let Some(remedies) = &coherence.remedies else { return Vec::new() };
    fn say<T: std::fmt::Display>(what: &str, remedy: &Remedy<T>) -> String {
        match remedy {
            Remedy::Possible(value) => format!("porter {what} à {value}"),
            Remedy::Impossible(reason) => format!("changer {what} : impossible, {reason}"),
        }
    }
    let mut out = vec![
        say("l’affectation", &remedies.assigned),
        say("la quantité", &remedies.target),
        say("le volume d’insertion", &remedies.hours),
    ];
    if !remedies.for_whole_range {
        out.push("vérifier le ratio : aucun chiffre ne convient aux deux bouts de sa plage".to_owned());
    }
    out
}

/// The rows « coherences » of the note: the fields of each, with their texts.
pub(crate) fn rows(
    facts: &Facts<'_>,
    lots: &[LotLiaisons],
    title: impl Fn(u32) -> String,
) -> Vec<Vec<(&'static str, String)>> {
    let mut out = Vec::new();
    for link in &facts.links {
        let lot = lots.iter().find(|l| l.lot == link.lot);
        let found = lot.and_then(|lot| lot.computed().find(|(id, ..)| *id == link.clause.id));
        let mut fields = vec![("lots", title(link.lot)), ("titre", link.clause.title.clone()), ("plage", range(link))];
        match found {
            Some((_, _, coherence)) => {
                // Without a figure, the note leaves its sentence out.
                let or_nothing = |found: Option<String>| found.unwrap_or_default();
                let share = or_nothing(lot.and_then(|lot| lot.hours.insertion_rate()).map(|s| rounded(&s)));
                let ratio = |ratio: &Option<Number>| or_nothing(ratio.as_ref().and_then(|r| in_clause_unit(link, r)));
                fields.extend([
                    ("travail", coherence.work.to_string()),
                    ("disponible", coherence.available.to_string()),
                    ("verdict", verdict(coherence)),
                    ("plein", ratio(&coherence.full_ratio)),
                    ("mince", ratio(&coherence.thin_ratio)),
                    ("remedes", enumeration(remedies(coherence))),
                    ("part_du_lot", share),
                ]);
            }
            None => {
                let verdict = if link.assigned.is_some() {
                    "ses heures liées ne se rapportent à aucune quantité : rien ne dit quelle part du travail elles font, et le \
                     résultat, qui se pénalise à chaque échéance sans plafond, n’est pas dans le tableau qui suit"
                } else {
                    "cette liaison ne lie aucune heure et n’a pas de tarif propre"
                };
                fields.push(("verdict", verdict.to_owned()));
                let empty = ["travail", "disponible", "plein", "mince", "remedes", "part_du_lot"];
                fields.extend(empty.map(|name| (name, String::new())));
            }
        }
        out.push(fields);
    }
    out
}

/// A ratio by unit of the measure, in the unit in which the clause writes its own.
pub(crate) fn in_clause_unit(link: &LinkFacts<'_>, ratio: &Number) -> Option<String> {
    let unit = &link.ratio.as_ref()?.unit;
    let (per, _) = ratio_base(unit);
    Some(show_quantity(&Quantity { value: (ratio * &per).rounded(2), unit: unit.clone() }))
}

/// « 25 heures par tonne, de 15 à 40 ».
pub(crate) fn landmark(link: &LinkFacts<'_>) -> Option<String> {
    let ratio = link.ratio.as_ref()?;
    let known = link.clause.link().and_then(|l| l.ratio.as_ref());
    let range = known.map_or_else(String::new, |k| format!(", de {} à {}", k.low.french(2), k.high.french(2)));
    Some(format!("{}{range}", show_quantity(ratio)))
}

/// A rate to one decimal, as findings and the note print it.
pub(crate) fn rounded(rate: &Rate) -> String {
    format!("{}{NBSP}%", rate.percent().french(1))
}

fn verdict(coherence: &Coherence) -> String {
    let Coherence { available, work, .. } = coherence;
    // A measure without any work has no share.
    let share = coherence.share.as_ref().map_or_else(String::new, |share| format!(", soit {}", rounded(share)));
    let figures = format!("{available} de travail lié, sur {work} que toute la mesure demande");
    match coherence.misfit {
        Some(Misfit::Excess) => format!("incohérente : {figures}, il en reste sans tâche liée"),
        Some(Misfit::ExcessAtLowest) => {
            format!("{figures}{share} ; au bas de la plage connue, il en resterait sans tâche liée")
        }
        Some(Misfit::Thin) => format!("lien mince : {figures}{share} seulement"),
        None => format!("cohérente : {figures}{share}"),
    }
}

fn range(link: &LinkFacts<'_>) -> String {
    let Some(range) = link.clause.link().and_then(|l| l.ratio.as_ref()) else { return String::new() };
    let figure = |n: &Number| n.french(2);
    format!(
        "de {} à {} {} (certitude {} ; {})",
        figure(&range.low),
        figure(&range.high),
        range.unit,
        range.confidence.word(),
        range.source
    )
}
