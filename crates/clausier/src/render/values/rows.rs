//! The rows that a trame lists or tabulates, set by set.

mod criteria;
mod frames;
mod penalties;

pub(crate) use frames::frame_titles;

use super::{AssembleError, Shown, Values, confirm, or_empty, text, volume};
use crate::base::quantity::{Euros, Hours, Number, Quantity, Rate};
use crate::base::terms::*;
use crate::document::{Bar, BarMark, BarPart};
use crate::dossier::consultation::Lot;
use crate::law::{Form, TextInForce};
use crate::library::clause::{Clause, Register, link};
use crate::library::expression::{Fields, Scope};
use crate::library::markup::Text;
use crate::library::rich::{Rich, verbatim};
use crate::resolution::balance;
use crate::resolution::facts::LinkFacts;
use crate::resolution::liaisons;
use crate::resolution::phrases::{enumeration, lot_forms, lot_title, plain};
use crate::resolution::select::Selected;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The fields of a row.
type Row = Fields<Cow<'static, str>>;

/// The lots that give the same cells, with the cells, and a last one that names its lots where they differ.
type Group<const N: usize> = (Vec<u32>, [Rich; N], Rich);

impl<'a> Values<'_, 'a> {
    /// Prepares the rows of a set.
    pub(super) fn prepare(&self, set: &str) -> Result<Vec<Row>, AssembleError> {
        Ok(match set {
            "volumes" => self.volumes(),
            "engagements" => self.commitments(|clause| clause.kind() == Kind::Environment)?,
            "engagements_sociaux" => self.commitments(Clause::is_social_commitment)?,
            "penalites" => self.penalties()?,
            "liaisons" => self.liaisons()?,
            "plafonds" => self.ceilings(),
            "lots_reserves" => self.reserved_lots(),
            "taches_liees" => self.linked_tasks(),
            "equilibres" => self.balances(),
            "situations" => self.situations(),
            "criteres" => self.criteria(),
            "reponses" => self.responses(),
            "elements" => self.handed(),
            "joints" => self.attached(false),
            "joints-criteres" => self.attached(true),
            "poids" => self.weights(),
            "points-du-prix" => self.points(),
            "promesses" => self.promises(),
            "offres-inventees" => self.invented(),
            "valeurs" => self.engaged(false),
            "valeurs-propres" => [self.engaged(true), self.means()].concat(),
            "reservations" => self.reservations(),
            "calculs" => self.computations(),
            "coherences" => self.coherences(),
            "constats" => self.remarks(),
            "constats_acceptes" => self.accepted(),
            "ecartements" => self.set_aside(),
            "publics" => self.publics(),
            "vigilances" => self.vigilances(),
            "hypotheses" => self.hypotheses(),
            "fondements" => self.grounds(),
            _ => Vec::new(),
        })
    }

    fn has_lots(&self) -> bool {
        self.facts.consultation.has_lots()
    }

    fn lot_cell(&self, lot: u32) -> Shown {
        text(if self.has_lots() { lot.to_string() } else { "Marché".to_owned() })
    }

    fn volumes(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (number, hours) in &self.facts.hours {
            let (Ok(result), Some(lot)) = (&hours.result, self.facts.consultation.lots.get(number)) else { continue };
            let rule = result.invoice_rule.as_ref().filter(|_| hours.estimated).map(ToString::to_string);
            out.push(row([
                ("lot", self.lot_cell(*number)),
                ("intitule", text(verbatim(&lot.title))),
                (
                    "heures",
                    self.figure(
                        hours.clause,
                        crate::library::names::HOURS,
                        "heures",
                        text(volume(hours, result.rounded.to_string())),
                    ),
                ),
                ("jours", text(result.equivalents.days.french(1))),
                ("semaines", text(result.equivalents.weeks.french(1))),
                ("etp", text(result.equivalents.fte.french(2))),
                ("periodes", text(self.periods(*number, result))),
                ("estimatif", Shown::from(hours.estimated)),
                ("regle", or_empty(rule)),
            ]));
        }
        out
    }

    /// Renders one text of a clause.
    fn cell(&self, clause: &Clause, text: &Text, scope: &dyn Scope) -> Result<Rich, AssembleError> {
        self.render(|| clause.id.clone(), text, scope)
    }

    /// Groups the lots of a clause that give the same cells, where a last cell may differ by lot without parting them:
    /// « 60 % (lots 1 et 2) ; 50 % (lot 3) ».
    fn grouped<const N: usize>(
        &self,
        selected: &Selected<'a>,
        cells: impl Fn(u32) -> Result<([Rich; N], Rich), AssembleError>,
    ) -> Result<Vec<Group<N>>, AssembleError> {
        type Lasts = Vec<(Rich, Vec<u32>)>;
        let mut groups: Vec<([Rich; N], Lasts)> = Vec::new();
        for lot in &selected.lots {
            let (common, last) = cells(*lot)?;
            let place = groups.iter().position(|(known, _)| *known == common).unwrap_or(groups.len());
            if place == groups.len() {
                groups.push((common, Vec::new()));
            }
            let lasts = &mut groups[place].1;
            match lasts.iter_mut().find(|(known, _)| *known == last) {
                Some((_, lots)) => lots.push(*lot),
                None => lasts.push((last, vec![*lot])),
            }
        }
        let consultation = self.facts.consultation;
        let out = groups.into_iter().map(|(common, lasts)| {
            let mut lots: Vec<u32> = lasts.iter().flat_map(|(_, lots)| lots.clone()).collect();
            lots.sort_unstable();
            let forms = lot_forms(&lots, consultation);
            let each = lasts.iter().map(|(last, lots)| {
                let forms = lot_forms(lots, consultation);
                let mut last = last.with_lots(&forms);
                if lasts.len() > 1 {
                    last.push_str(&format!(" ({})", forms[0]));
                }
                last
            });
            let last = Rich::joined(each, " ; ");
            (lots, common.map(|cell| cell.with_lots(&forms)), last)
        });
        Ok(out.collect())
    }

    /// What some clauses commit to, indicator by indicator.
    fn commitments(&self, of: impl Fn(&Clause) -> bool) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        for selected in self.facts.selection.clauses.iter().filter(|s| of(s.clause)) {
            for indicator in &selected.clause.indicators {
                let duty = indicator.duty.as_ref().or(selected.clause.obligation().map(|obligation| &obligation.0));
                let texts = || duty.into_iter().chain([&indicator.target, &indicator.frequency]);
                let groups = self.grouped(selected, |lot| {
                    let names = self.bind(selected, lot, texts());
                    let cell = |text| self.cell(selected.clause, text, &names);
                    // A clause that only restates the law has no duty of its own.
                    let duty = duty.map_or_else(|| Ok(Rich::from(&indicator.name)), cell)?;
                    Ok(([duty, cell(&indicator.frequency)?], cell(&indicator.target)?))
                })?;
                for (lots, [duty, frequency], target) in groups {
                    let unit = if indicator.unit.is_empty() { String::new() } else { format!(" ({})", indicator.unit) };
                    out.push(row([
                        ("lots", text(lot_title(&lots, self.facts.consultation))),
                        ("titre", text(&selected.clause.title)),
                        ("obligation", text(duty)),
                        ("indicateur", text(format!("{}{unit}", indicator.name))),
                        ("cible", text(target)),
                        ("preuves", text(enumeration(indicator.proofs.iter().cloned()))),
                        ("frequence", text(frequency)),
                        ("controle", text(&indicator.control)),
                    ]));
                }
            }
        }
        Ok(out)
    }

    /// The title of a liaison, with its lot when the same liaison stands on several.
    fn liaison_title(&self, link: &LinkFacts<'a>) -> String {
        let title = &link.clause.title;
        if self.facts.links.iter().filter(|l| l.clause.id == link.clause.id).count() > 1 {
            format!("{title} ({})", lot_forms(&[link.lot], self.facts.consultation)[0])
        } else {
            title.clone()
        }
    }

    /// The target of the result of a liaison, as its own indicator words it.
    fn result_target(&self, link: &LinkFacts<'a>) -> Result<Rich, AssembleError> {
        let found = link.clause.indicators.iter().find(|i| i.register == Register::Environment);
        let (Some(indicator), Some(selected)) = (found, self.facts.selection.get(&link.clause.id)) else {
            return Ok(Rich::default());
        };
        self.cell(link.clause, &indicator.target, &self.bind(selected, link.lot, [&indicator.target]))
    }

    fn liaisons(&self) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        for link in &self.facts.links {
            // A liaison that serves several measures leaves the indicator of the result to the one that it ties here.
            let indicator = |register: Register| {
                let own = link.clause.indicators.iter().find(|i| i.register == register);
                let tied = || link.environment.indicators.first().filter(|_| register == Register::Environment);
                text(own.or_else(tied).map_or_else(|| Rich::missing("Quel indicateur ?"), |i| Rich::from(&i.name)))
            };
            let [_, _, of_lot, _] = lot_forms(&[link.lot], self.facts.consultation);
            let figure = |name| {
                let found = self.link(link, name).ok_or_else(|| AssembleError {
                    file: link.clause.id.clone(),
                    message: format!("une liaison n’a pas de valeur « {name} »"),
                })?;
                Ok::<_, AssembleError>(self.figure(link.clause, crate::library::names::LIAISON, name, found))
            };
            let given = |name: &str, stands: bool| {
                let selected = self.facts.selection.get(&link.clause.id).filter(|_| stands);
                selected.map_or_else(|| text(""), |selected| self.parameter(selected, link.lot, name))
            };
            let people = text(if link.people.is_zero() { String::new() } else { link.people.french(0) });
            out.push(row([
                ("lots", text(lot_title(&[link.lot], self.facts.consultation))),
                ("du_lot", text(of_lot)),
                ("titre", text(self.liaison_title(link))),
                ("titre_seul", text(&link.clause.title)),
                ("affectation", given("affectation", link.assigned.is_some())),
                ("plafond_conversion", given("plafond_conversion", link.conversion.is_some())),
                ("indicateur_insertion", indicator(Register::Insertion)),
                ("indicateur_environnement", indicator(Register::Environment)),
                ("cible", text(self.result_target(link)?)),
                ("calculee", Shown::from(link.quantity.is_some() && link.ratio.is_some())),
                ("lot_reserve", or_empty(link.reserved_lot)),
                (
                    "service_reserve",
                    Shown::from(link.clause.link().is_some_and(|own| own.has(Mechanism::ReservedService))),
                ),
                ("prime", given(link::PREMIUM, link.premium.is_some())),
                ("personnes", self.unconfirmed(link, "personnes", people)),
                ("repere", or_empty(liaisons::landmark(link))),
                ("rythme", or_empty(balance::pace(link))),
                ("prix_propre", Shown::from(link.unit_price.is_some())),
                ("duree", or_empty(link.duration.as_ref().map(|(_, duration)| duration))),
                ("depart", or_empty(link.clause.link().and_then(|own| own.start.as_deref()))),
                ("saison", or_empty(link.clause.link().and_then(|own| own.season.as_deref()))),
                ("tiers_heures", text(self.thirds(link, link.linked().map(hours_of)))),
                ("tiers_quantite", text(self.thirds(link, link.quantity.clone()))),
                ("seuil_formation", or_empty(link.training_from())),
                ("heures", figure("heures")?),
                ("heures_liees", figure("heures_liees")?),
                ("formation", figure("formation")?),
                ("quantite", figure("quantite")?),
                ("manque", figure("manque")?),
                ("taches", figure("taches")?),
                ("exclusions", figure("exclusions")?),
                ("rapprochement", figure("rapprochement")?),
                ("plafond", figure("plafond")?),
                ("penalite_heure", figure("penalite_heure")?),
                ("penalite_resultat", figure("penalite_resultat")?),
            ]));
        }
        Ok(out)
    }

    /// « 6 puis 12 tonnes »: a third, then two thirds, rounded down; empty when the figure follows the orders, or stands by
    /// period.
    fn thirds(&self, link: &LinkFacts<'a>, whole: Option<Quantity>) -> String {
        let hours = self.facts.hours.get(&link.lot);
        let firm = hours.filter(|hours| !hours.estimated).and_then(|hours| hours.result.as_ref().ok());
        let (Some(whole), Some(_)) = (whole, firm.filter(|result| result.per_period.len() == 1)) else {
            return String::new();
        };
        let counted = self.facts.usages.as_ref().is_some_and(|usages| usages.countable(&whole.unit));
        let grain = Number::fraction(1, if counted { 1 } else { 10 });
        let part = |thirds: i64| {
            let exact = &whole.value * &Number::fraction(thirds, 3)?;
            let value =
                if whole.unit == "h" { exact.floor_to(&Number::from_int(1)) } else { exact.floor_to(grain.as_ref()?) };
            Some(Quantity { value, unit: whole.unit.clone() })
        };
        match (part(1), part(2)) {
            (Some(first), Some(second)) => format!("{} puis {second}", first.value.french(1)),
            _ => String::new(),
        }
    }

    fn ceilings(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            let (Some(duty), Some(ceiling)) = (&lot.duty, &lot.ceiling) else { continue };
            let exposure = duty.exposure();
            let first = lot.tied.first().and_then(|tied| self.facts.selection.get(&tied.id));
            let parameter = first.and_then(|s| Some((s.clause, s.clause.parameter(link::CEILING)?)));
            let [form, _, of_lot, _] = lot_forms(&[lot.lot], self.facts.consultation);
            // The contract prints euros: the question says of which share.
            let share = &ceiling.rate;
            let question =
                format!("Les pénalités des liaisons sont-elles plafonnées à {share} du montant estimé {of_lot} ?");
            let printed = |value: String| match parameter {
                Some((clause, parameter)) => {
                    let printed = if ceiling.given { value.into() } else { confirm(&question, value) };
                    self.sourced(clause, &parameter.name, printed)
                }
                None => value.into(),
            };
            out.push(row([
                ("lot", text(form)),
                ("du_lot", text(of_lot)),
                ("taux", text(printed(ceiling.rate.to_string()))),
                ("montant", text(ceiling.amount.to_string())),
                ("imprime", text(duty.ceiling.as_ref().map(|amount| printed(amount.to_string())).unwrap_or_default())),
                ("avant", Shown::from(duty.ceiling.as_ref() != Some(&ceiling.amount))),
                ("exposition", text(exposure.to_string())),
                ("part", or_empty(exposure.0.over(&lot.amount.0).map(|part| liaisons::rounded(&Rate(part))))),
            ]));
        }
        out
    }

    /// What each liaison links and never links, once for all its lots.
    fn linked_tasks(&self) -> Vec<Row> {
        let mut out: Vec<(&LinkFacts<'a>, Vec<u32>)> = Vec::new();
        for link in &self.facts.links {
            match out.iter_mut().find(|(known, _)| known.clause.id == link.clause.id) {
                Some((_, lots)) => lots.push(link.lot),
                None => out.push((link, vec![link.lot])),
            }
        }
        let row_of = |(link, lots): (&LinkFacts<'a>, Vec<u32>)| {
            let [_, _, of_lots, _] = lot_forms(&lots, self.facts.consultation);
            let figure = |name| {
                let found = self.link(link, name).unwrap_or_else(|| text(Rich::missing(name)));
                self.figure(link.clause, crate::library::names::LIAISON, name, found)
            };
            let reserved = link.clause.link().is_some_and(|own| own.has(Mechanism::ReservedService));
            row([
                ("titre", text(&link.clause.title)),
                ("du_lot", text(of_lots)),
                ("taches", figure("taches")),
                ("exclusions", figure("exclusions")),
                ("service_reserve", Shown::from(reserved)),
                ("sans_heures", Shown::from(link.assigned.is_none() && !reserved)),
            ])
        };
        out.into_iter().map(row_of).collect()
    }

    /// The reserved lots that receive what others hand over, each with those that do.
    fn reserved_lots(&self) -> Vec<Row> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for link in &self.facts.links {
            let Some(reserved) = link.reserved_lot else { continue };
            let givers = groups.entry(reserved).or_default();
            if !givers.contains(&link.lot) {
                givers.push(link.lot);
            }
        }
        let row_of = |(reserved, givers): (u32, Vec<u32>)| {
            let [_, _, of_lots, _] = lot_forms(&givers, self.facts.consultation);
            row([
                ("lot_reserve", text(reserved.to_string())),
                ("des_lots", text(of_lots)),
                ("plusieurs", Shown::from(givers.len() > 1)),
            ])
        };
        groups.into_iter().map(row_of).collect()
    }

    fn balances(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (link, bars) in self.drawn() {
            out.extend(bars.into_iter().map(|bar| {
                row([
                    ("lots", text(lot_title(&[link.lot], self.facts.consultation))),
                    ("titre", text(self.liaison_title(link))),
                    ("barre", text(bar.label)),
                    ("valeur", text(bar.total)),
                    ("parts", text(bar.words)),
                ])
            }));
        }
        out
    }

    /// The liaisons that compute, with the bars of each.
    fn drawn(&self) -> Vec<(&LinkFacts<'a>, Vec<balance::Drawn>)> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            for (id, figures, coherence) in lot.computed() {
                let Some(link) = self.facts.link_of(lot.lot, id) else { continue };
                out.push((link, balance::bars(link, &lot.hours, figures, coherence)));
            }
        }
        out
    }

    /// The bars that draw the rows of a set; none for a set that is only read.
    pub(crate) fn bars(&self, set: &str) -> Vec<Bar> {
        if set != "equilibres" {
            return Vec::new();
        }
        let several = self.facts.links.len() > 1;
        let mut out = Vec::new();
        for (link, bars) in self.drawn() {
            out.extend(bars.into_iter().map(|drawn| Bar {
                label: if several {
                    format!("{} – {} : {}", self.liaison_title(link), drawn.label, drawn.total)
                } else {
                    format!("{} : {}", drawn.label, drawn.total)
                },
                parts: drawn.parts.into_iter().map(|(label, width, strong)| BarPart { label, width, strong }).collect(),
                marks: drawn.marks.into_iter().map(|(label, at)| BarMark { label, at }).collect(),
            }));
        }
        out
    }

    fn situations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            for situation in lot.situations() {
                let whole = |euros: &Euros| Euros(euros.0.floor_to(&Number::from_int(1))).to_string();
                let ratio =
                    |saved: &Euros| situation.ratio(saved).map_or_else(|| "–".to_owned(), |ratio| ratio.french(2));
                out.push(row([
                    ("lot", self.lot_cell(lot.lot)),
                    ("situation", text(situation.label)),
                    ("penalite", text(whole(&situation.penalty))),
                    ("perdu", text(whole(&situation.lost))),
                    ("epargne", text(situation.saved.each_ref().map(whole).join(" · "))),
                    ("rapport", text(situation.saved.each_ref().map(ratio).join(" · "))),
                ]));
            }
        }
        out
    }

    fn coherences(&self) -> Vec<Row> {
        let rows = liaisons::rows(self.facts, self.liaisons, |lot| lot_title(&[lot], self.facts.consultation));
        rows.into_iter()
            .map(|row| Fields(row.into_iter().map(|(name, value)| (Cow::Borrowed(name), text(value))).collect()))
            .collect()
    }

    fn reservations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        let share = self.facts.law.parameter("part-reservee");
        let share =
            share.map_or_else(|_| Rich::missing("Quelle part minimale de la loi ?"), |share| share.to_string().into());
        for lot in self.facts.consultation.lots.values().filter(|lot| !lot.reserved_to.is_empty()) {
            let who: Vec<&str> = lot
                .reserved_to
                .iter()
                .map(|reserved| match reserved {
                    ReservedTo::Disability => {
                        "entreprises adaptées et établissements et services d’accompagnement par le travail"
                    }
                    ReservedTo::Insertion => "structures d’insertion par l’activité économique",
                    ReservedTo::Prison => "opérateurs économiques employant des personnes détenues",
                    ReservedTo::SocialEconomy => "entreprises de l’économie sociale et solidaire",
                })
                .collect();
            let ids = self.facts.law.reservations(&lot.reserved_to);
            // Only a draft gets here without a ground: the finding that blocks the piece says why.
            let ground = match self.facts.law.cite(&ids, Form::Full) {
                Ok(cited) if !ids.is_empty() => cited,
                _ => "sans base légale à cette date".to_owned(),
            };
            // The share of workers concerned is a rule of the other reservations only.
            let social_economy = lot.reserved_to == [ReservedTo::SocialEconomy];
            out.push(row([
                ("lot", self.lot_cell(lot.number)),
                ("intitule", text(verbatim(&lot.title))),
                ("beneficiaires", text(who.join(" ; "))),
                ("fondement", text(ground)),
                ("part", text(if social_economy { Rich::default() } else { share.clone() })),
            ]));
        }
        out
    }

    fn computations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (lot, hours) in &self.facts.hours {
            let Ok(result) = &hours.result else { continue };
            for step in &result.steps {
                out.push(row([
                    ("lot", self.lot_cell(*lot)),
                    ("etape", text(&step.label)),
                    ("valeur", text(&step.value)),
                    ("source", text(&step.source)),
                ]));
            }
        }
        out
    }

    fn remarks(&self) -> Vec<Row> {
        let findings = self.findings.iter();
        let rows = findings.map(|finding| {
            row([
                ("code", text(finding.code)),
                ("gravite", text(finding.severity.word())),
                ("message", text(&finding.message)),
                ("aide", text(&finding.help)),
            ])
        });
        rows.collect()
    }

    fn accepted(&self) -> Vec<Row> {
        let rows = self.findings.accepted().map(|(finding, reason)| {
            row([("code", text(finding.code)), ("message", text(&finding.message)), ("raison", text(verbatim(reason)))])
        });
        rows.collect()
    }

    fn set_aside(&self) -> Vec<Row> {
        let Some(choice) = &self.facts.consultation.set_aside else { return Vec::new() };
        let all: Vec<u32> = self.facts.consultation.lots.keys().copied().collect();
        let reason = choice.reason.map(|reason| match reason {
            SetAside::ImmediateSolution => "besoin satisfait par une solution immédiatement disponible",
            SetAside::NoLink => "pas de lien suffisant possible avec l’objet du marché",
            SetAside::Competition => "concurrence restreinte ou exécution techniquement ou économiquement difficile",
            SetAside::ShortWorks => "marché de travaux d’une durée inférieure à six mois",
        });
        let unknown = || Rich::missing("Pour quel motif de la loi la clause sociale est-elle écartée ?");
        let reason = reason.map_or_else(unknown, Rich::from);
        let grounds = match choice.grounds.trim() {
            "" => Rich::missing("Pour quelles raisons la clause sociale est-elle écartée ?"),
            grounds => verbatim(grounds).into(),
        };
        vec![row([
            ("lots", text(lot_title(choice.lots.as_ref().unwrap_or(&all), self.facts.consultation))),
            ("motif", text(reason)),
            ("raisons", text(grounds)),
        ])]
    }

    fn publics(&self) -> Vec<Row> {
        let publics = self.facts.law.legal().publics();
        publics
            .map(|public| {
                row([("libelle", text(public.label.to_string())), ("condition", text(public.condition.to_string()))])
            })
            .collect()
    }

    fn vigilances(&self) -> Vec<Row> {
        let clauses = self.facts.selection.all();
        let points = clauses.flat_map(|s| s.clause.vigilance.iter().map(move |point| (s, point)));
        points.map(|(s, point)| row([("clause", text(&s.clause.title)), ("texte", text(point))])).collect()
    }

    fn hypotheses(&self) -> Vec<Row> {
        let mut out: Vec<Row> =
            self.facts.unconfirmed_factors().filter_map(|(lot, share)| self.factor(lot, share)).collect();
        for selected in &self.facts.selection.clauses {
            for (parameter, value) in selected.defaults() {
                // A value that the buyer gave, and left to confirm, may have no source but his file.
                let source = if parameter.source.is_empty() { "dossier, à confirmer" } else { &parameter.source };
                out.push(row([
                    ("clause", text(&selected.clause.title)),
                    ("question", text(&parameter.question)),
                    ("valeur", text(plain(value, &parameter.kind))),
                    ("source", text(source)),
                ]));
            }
            for parameter in &selected.clause.parameters {
                let found = selected.lots.iter().find_map(|lot| self.left_out(selected, *lot, &parameter.name));
                let Some(value) = found else { continue };
                out.push(row([
                    ("clause", text(&selected.clause.title)),
                    ("question", text(&parameter.question)),
                    ("valeur", text(value)),
                    ("source", text(format!("{} : {}", parameter.source, parameter.range))),
                ]));
            }
        }
        out
    }

    /// A factor of the hours of a lot that comes from a usage.
    fn factor(&self, lot: &Lot, share: bool) -> Option<Row> {
        let labour = lot.labour.as_ref()?;
        let (question, value) = match share {
            true => ("Part de main-d’œuvre dans le montant", labour.share.to_string()),
            false => ("Prix de vente d’une heure de travail", format!("{}/h", labour.price)),
        };
        Some(row([
            ("clause", text(lot_title(&[lot.number], self.facts.consultation))),
            ("question", text(question)),
            ("valeur", text(value)),
            ("source", text("usage de la famille")),
        ]))
    }

    /// The legal grounds of the chosen clauses that are in force that day, once each.
    fn grounds(&self) -> Vec<Row> {
        let mut ids: Vec<&str> = Vec::new();
        for selected in self.facts.selection.all() {
            for id in &selected.clause.grounds {
                if !ids.contains(&id.as_str()) {
                    ids.push(id);
                }
            }
        }
        ids.sort_unstable();
        let law = self.facts.law;
        let mut found: Vec<TextInForce<'_>> = Vec::new();
        for text in ids.into_iter().filter_map(|id| law.text(id).ok()) {
            // Several articles of ordinary contracts may have the same one in their place.
            if !found.contains(&text) {
                found.push(text);
            }
        }
        let rows = found.into_iter().map(|found| {
            row([("texte", text(found.text.citation())), ("objet", text(found.version.content.to_string()))])
        });
        rows.collect()
    }
}

/// Hours as a quantity.
fn hours_of(hours: Hours) -> Quantity {
    Quantity { value: hours.0, unit: "h".to_owned() }
}

fn row<const N: usize>(fields: [(&'static str, Shown); N]) -> Row {
    Fields(fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect())
}

/// A row of the list of derogations.
pub(crate) fn derogation_row(article: Rich, ccag: &str, object: &str, certain: bool) -> Shown {
    Shown::record(row([
        ("article", text(article)),
        ("ccag", text(ccag)),
        ("objet", text(object)),
        ("certaine", Shown::from(certain)),
    ]))
}
