//! What is known of a dossier once the clauses are chosen: hours by lot, liaisons by lot, duties of the day.
//!
//! Pure look-ups, no opinion: the checks judge these facts, the values print them.

use crate::base::quantity::{Date, Duration, Euros, Hours, Number, Quantity, Rate, ratio_base};
use crate::base::terms::{BuyerCategory, ContractForm, ContractNature, Execution, Kind, Regime, SetAside, Territory};
use crate::dossier::consultation::{Consultation, CriterionChoice, Lot, SetAsideChoice};
use crate::law::{DatedFigure, Form, InForce, Legal, Threshold, Usages};
use crate::library::Library;
use crate::library::clause::link;
use crate::library::clause::{Clause, Criterion, HoursRule, Parameter, PenaltyObject, Value, Yardstick};
use crate::resolution::duties::{self, DutyState};
use crate::resolution::grid::Grid;
use crate::resolution::hours::{
    Formula, FrameworkAmount, HourlyPrice, HoursError, HoursRequest, HoursResult, InvoiceRule, RoundingStep, Sourced,
    Volume, WorkingTime,
};
use crate::resolution::ledger::linked_hours;
use crate::resolution::phrases::{lot_forms, plain};
use crate::resolution::select::{FaultKind, Selected, Selection, Setting};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Parameter that holds the general ceiling of penalties.
pub(crate) const CEILING: &str = link::CEILING;

/// Marks of a lot in a remark: after « pour » or a like word, in brackets, and the end of its number.
const THE_LOT: char = '\u{FDE0}';
const IN_LOT: char = '\u{FDE1}';
const LOT_END: char = '\u{FDE2}';

/// Everything known of a dossier.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) library: &'a Library,
    pub(crate) consultation: &'a Consultation,
    pub(crate) law: InForce<'a>,
    /// The figures of practice; `None` only when the register lacks one, which validation refuses.
    pub(crate) usages: Option<Usages>,
    pub(crate) selection: Selection<'a>,
    pub(crate) hours: BTreeMap<u32, HoursFacts<'a>>,
    pub(crate) links: Vec<LinkFacts<'a>>,
    pub(crate) duties: Duties<'a>,
    /// What notes the offers of each lot, once it has been asked for.
    grids: BTreeMap<u32, OnceLock<Grid>>,
}

/// What the law of the launch date requires of this contract.
#[derive(Debug)]
pub(crate) struct Duties<'a> {
    /// Execution conditions must take the environment into account.
    pub(crate) environment: bool,
    /// One award criterion at least must be environmental.
    pub(crate) criterion: bool,
    /// Execution conditions must bear on the social field or employment.
    pub(crate) social: bool,
    /// The law has a social duty that day, whatever the amount.
    pub(crate) social_in_law: bool,
    /// Energy efficiency and sobriety must be taken into account.
    pub(crate) energy: bool,
    /// They may have to be: the law has the duty that day, and the register does not know the threshold.
    pub(crate) energy_uncertain: bool,
    /// A contract on renewable energy, launched when the duties may have reached it before all others.
    pub(crate) renewable: bool,
    /// The European threshold of the contract; `None` when the register cannot tell.
    pub(crate) threshold: Option<Threshold<'a>>,
}

/// The hours of a lot.
#[derive(Debug)]
pub(crate) struct HoursFacts<'a> {
    pub(crate) clause: &'a Clause,
    pub(crate) result: Result<HoursResult, HoursError>,
    /// The volume follows what is ordered: it is an estimate.
    pub(crate) estimated: bool,
    /// A factor of the volume comes from a usage that the buyer has not confirmed.
    pub(crate) to_confirm: bool,
}

/// A value beyond what it is compared with.
#[derive(Debug)]
pub(crate) struct Excess {
    /// Key path of the value.
    pub(crate) path: String,
    /// Id of its clause.
    pub(crate) clause: String,
    pub(crate) lot: u32,
    /// Its parameter.
    pub(crate) name: String,
    /// As texts print it.
    pub(crate) value: String,
    /// The parameter with which it is compared; empty for another yardstick.
    pub(crate) than: String,
    /// The limit, as texts print it; empty when a check has its own words for it.
    pub(crate) limit: String,
}

/// A liaison on one lot, with its figures. A figure is absent when its mechanism has none, or when the dossier lacks it.
#[derive(Debug)]
pub(crate) struct LinkFacts<'a> {
    pub(crate) clause: &'a Clause,
    pub(crate) lot: u32,
    pub(crate) environment: &'a Clause,
    pub(crate) hours: Option<Hours>,
    pub(crate) assigned: Option<Rate>,
    pub(crate) training: Number,
    /// The hours follow what is ordered.
    pub(crate) orders: bool,
    /// The reserved lot that receives what this one hands over.
    pub(crate) reserved_lot: Option<u32>,
    /// Premium when both counters are reached, as a share of the amount of the lot.
    pub(crate) premium: Option<Rate>,
    /// How many people are trained; none when the liaison trains nobody.
    pub(crate) people: Number,
    pub(crate) quantity: Option<Quantity>,
    pub(crate) ratio: Option<Quantity>,
    /// Planned duration of the linked tasks, after the key path where the dossier gives it.
    pub(crate) duration: Option<(String, Duration)>,
    /// Ceiling that the dossier gives.
    pub(crate) ceiling: Option<Rate>,
    pub(crate) conversion: Option<Rate>,
    pub(crate) penalty_hour: Option<Euros>,
    pub(crate) penalty_result: Option<(Euros, String)>,
    /// Price of the unit of that penalty, when the price list pays it for itself.
    pub(crate) unit_price: Option<Euros>,
    pub(crate) penalty_linked: Option<Tariff>,
    pub(crate) penalty_training: Option<Tariff>,
}

/// A tariff of a liaison: given by the dossier, or computed from the other figures and to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tariff {
    pub(crate) value: Euros,
    pub(crate) given: bool,
}

impl<'a> LinkFacts<'a> {
    /// Hl: hours linked to the measure, rounded down to the hour.
    pub(crate) fn linked(&self) -> Option<Hours> {
        Some(linked_hours(self.hours.as_ref()?, self.assigned.as_ref()?))
    }

    /// Linked hours from which training is owed, when they follow the orders: five times the training, so that it never takes
    /// more than a fifth of them. None when it is owed whatever happens.
    pub(crate) fn training_from(&self) -> Option<Hours> {
        let linked = self.linked().filter(|_| self.orders && self.training.is_positive())?;
        Some(Hours(Number::min_of(&(&self.training * &Number::from_int(5)), &linked.0)))
    }

    /// The fact that the tariff of the result sanctions (« tonne non remise au réemploi »).
    pub(crate) fn lacking(&self) -> Option<&'a str> {
        let penalty = self.environment.penalties.iter().find(|p| p.object == PenaltyObject::Result)?;
        self.penalty_result.is_some().then_some(penalty.fact.as_str())
    }

    /// Hours for one unit of the measure: a ratio « h/100 m² » is brought to one m².
    pub(crate) fn hours_per_unit(&self) -> Option<Number> {
        let ratio = self.ratio.as_ref()?;
        let (per, _) = ratio_base(&ratio.unit);
        ratio.value.over(&per)
    }
}

impl<'a> Facts<'a> {
    pub(crate) fn new(library: &'a Library, consultation: &'a Consultation) -> Self {
        let law = library.legal().at(consultation.launch).for_contract(consultation.form, consultation.regime);
        let usages = library.legal().usages(consultation.launch);
        let selection = Selection::new(library, &consultation.chosen());
        let hours = consultation
            .lots
            .values()
            .filter_map(|lot| {
                lot_hours(consultation, usages.as_ref()?, &selection, lot).map(|hours| (lot.number, hours))
            })
            .collect();
        let (links, duties) = (Vec::new(), duties(library.legal(), consultation));
        let grids = consultation.lots.keys().map(|lot| (*lot, OnceLock::new())).collect();
        let mut facts = Self { library, consultation, law, usages, selection, hours, links, duties, grids };
        facts.links = facts.selection.liaisons().filter_map(|(selected, lot)| facts.link(selected, lot)).collect();
        facts
    }

    /// What notes the offers of a lot; a lot that the dossier has not has no criteria.
    pub(crate) fn grid(&self, lot: u32) -> &Grid {
        static NONE: Grid = Grid { lot: 0, criteria: Vec::new(), price_gap: None };
        let new = || Grid::new(self.consultation, &self.selection, self.usages.as_ref(), lot);
        self.grids.get(&lot).map_or(&NONE, |grid| grid.get_or_init(new))
    }

    fn link(&self, selected: &Selected<'a>, lot: u32) -> Option<LinkFacts<'a>> {
        let (social, environment) = selected.pairs.get(&lot)?;
        let (social, environment) = (self.selection.get(social)?, self.selection.get(environment)?);
        let rate = |name: &str| match selected.value(lot, name) {
            Some(Value::Rate(rate)) => Some(rate.clone()),
            _ => None,
        };
        let number = |name: &str| selected.value(lot, name).and_then(Value::number).unwrap_or_else(Number::zero);
        let amount = |name: &str| match selected.value(lot, name) {
            Some(Value::Amount(amount)) => Some(amount.clone()),
            _ => None,
        };
        let given = |name: &str| amount(name).map(|value| Tariff { value, given: true });
        let per_hour = penalty(self.law, social, lot, PenaltyObject::Hours).map(|(amount, _)| amount);
        let measure = environment.clause.measure();
        let quantity = match measure.and_then(|name| environment.value(lot, name)) {
            Some(Value::Quantity(quantity)) => Some(quantity.clone()),
            _ => None,
        };
        let ratio = match selected.value(lot, "ratio") {
            Some(Value::Quantity(ratio)) => Some(ratio.clone()),
            _ => None,
        };
        Some(LinkFacts {
            clause: selected.clause,
            lot,
            environment: environment.clause,
            hours: self.hours.get(&lot).and_then(|h| h.result.as_ref().ok()).map(|r| r.rounded.clone()),
            assigned: rate("affectation"),
            training: &number("formation_heures") * &number("formation_personnes"),
            orders: self.hours.get(&lot).is_some_and(|hours| hours.estimated),
            people: number("formation_personnes"),
            reserved_lot: number(link::RESERVED_LOT).to_i64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
            premium: rate(link::PREMIUM).filter(|rate| rate.0.is_positive()),
            quantity,
            duration: self.duration(selected, environment, lot),
            ratio,
            ceiling: rate(link::CEILING),
            conversion: rate("plafond_conversion"),
            penalty_result: penalty(self.law, environment, lot, PenaltyObject::Result),
            unit_price: amount(link::UNIT_PRICE),
            penalty_linked: given(link::LINKED_HOUR)
                .or_else(|| Some(part_of(per_hour.as_ref()?, self.usages.as_ref()?))),
            penalty_training: given(link::TRAINING_HOUR).or_else(|| {
                // Without the price of an hour, an hour of training is worth an hour that was not worked.
                let price = self.consultation.lots.get(&lot).and_then(|lot| lot.labour.as_ref()).map(|l| &l.price);
                price.or(per_hour.as_ref()).map(|price| Tariff { value: price.clone(), given: false })
            }),
            penalty_hour: per_hour,
        })
    }

    /// Planned duration of the linked tasks: the one that the liaison names, in the measure it ties or its own.
    fn duration(&self, selected: &Selected<'a>, measure: &Selected<'a>, lot: u32) -> Option<(String, Duration)> {
        let name = selected.clause.link()?.duration.as_deref()?;
        [selected, measure].into_iter().find_map(|clause| match clause.value(lot, name) {
            Some(Value::Duration(duration)) => Some((format!("{}.{name}", clause.path()), duration.clone())),
            _ => None,
        })
    }

    /// A liaison on a lot.
    pub(crate) fn link_of(&self, lot: u32, id: &str) -> Option<&LinkFacts<'a>> {
        self.links.iter().find(|link| link.lot == lot && link.clause.id == id)
    }

    /// The lots on which a kind of clause stands.
    pub(crate) fn lots_with(&self, kind: Kind) -> Vec<u32> {
        let lots = self.consultation.lots.keys().copied();
        lots.filter(|lot| self.selection.on(kind, *lot).next().is_some()).collect()
    }

    /// True when selection found something of a sort wrong.
    pub(crate) fn has_fault(&self, kind: FaultKind) -> bool {
        self.selection.faults.iter().any(|fault| fault.kind == kind)
    }

    /// The lots on which no clause of a kind stands; none while a name is wrong, for it might be the missing clause.
    pub(crate) fn lots_without(&self, kind: Kind) -> Vec<u32> {
        if self.has_fault(FaultKind::UnknownClause) {
            return Vec::new();
        }
        let lots = self.consultation.lots.keys().copied();
        lots.filter(|lot| self.selection.on(kind, *lot).next().is_none()).collect()
    }

    /// True when a social clause by itself puts a measurable duty on the lot: a volume of hours or an indicator. Support,
    /// follow-up or what becomes of difficulties only accompany such a duty.
    pub(crate) fn has_social_condition(&self, lot: u32) -> bool {
        self.selection.on(Kind::Social, lot).any(|selected| !selected.clause.accompanies())
    }

    /// The ordinary lots that have no social condition and do not set it aside; a reserved lot already employs the people.
    pub(crate) fn lots_without_social(&self) -> impl Iterator<Item = u32> {
        let unknown = self.has_fault(FaultKind::UnknownClause);
        let ordinary = |lot: &&Lot| lot.reserved_to.is_empty();
        let lots = self.consultation.lots.values().filter(move |_| !unknown).filter(ordinary).map(|lot| lot.number);
        lots.filter(move |lot| !self.has_social_condition(*lot) && !self.set_aside(*lot))
    }

    /// The threshold of other services, when social services pass it: nothing says which one the social duty follows.
    pub(crate) fn ordinary_threshold_passed(&self) -> Option<&'a Euros> {
        let c = self.consultation;
        let settled = self.duties.social || !self.duties.social_in_law || self.duties.threshold.is_none();
        if c.regime != Regime::SocialServices || settled {
            return None;
        }
        let other = self.law.european_threshold(c.nature, c.form, c.buyer.category, Regime::Ordinary).ok()?;
        (c.estimated_value >= *other.amount).then_some(other.amount)
    }

    /// The last threshold that the register knows, when it does not know the one of the launch date and the estimated value
    /// reaches it: no later one is likely to spare this contract.
    pub(crate) fn last_threshold_passed(&self) -> Option<(&'a Euros, Date)> {
        if !self.duties.social_in_law || self.duties.threshold.is_some() {
            return None;
        }
        let c = self.consultation;
        let day = self.library.legal().last_reading().filter(|day| *day < c.launch)?;
        let law = self.library.legal().at(day).for_contract(c.form, c.regime);
        let last = law.european_threshold(c.nature, c.form, c.buyer.category, c.regime).ok()?;
        (c.estimated_value >= *last.amount).then_some((last.amount, day))
    }

    /// A figure of the law where the contract is carried out: an overseas territory may have its own, by an id that ends with
    /// the name of its group (« egalim-bio-outre-mer »). None where it is not known.
    pub(crate) fn local_parameter(&self, id: &str) -> Option<&'a DatedFigure> {
        let group = match self.consultation.territory {
            None if self.consultation.overseas => None,
            None => return self.law.parameter(id).ok(),
            Some(Territory::Mayotte) => Some("mayotte"),
            Some(Territory::SaintPierre) => Some("saint-pierre"),
            Some(
                Territory::Guadeloupe
                | Territory::Guiana
                | Territory::Martinique
                | Territory::Reunion
                | Territory::SaintMartin,
            ) => Some("outre-mer"),
            Some(_) => None,
        };
        let legal = self.library.legal();
        let adapted = |group: &str| format!("{id}-{group}");
        // What no territory adapts holds everywhere that the code does.
        if legal.parameter(&adapted("outre-mer")).is_none() {
            return self.law.parameter(id).ok();
        }
        self.law.parameter(&adapted(group?)).ok()
    }

    /// What the law reserves to what applies locally, with its article: contracts of the State in the three collectivities of
    /// the Pacific.
    pub(crate) fn local_reserve(&self) -> Option<String> {
        let consultation = self.consultation;
        if !matches!(consultation.buyer.category, BuyerCategory::State | BuyerCategory::StateBody) {
            return None;
        }
        let id = match consultation.territory? {
            Territory::Wallis => "ccp-l2651-2",
            Territory::Polynesia => "ccp-l2661-2",
            Territory::NewCaledonia => "ccp-l2671-2",
            _ => return None,
        };
        let cited = self.law.cite(&[id], Form::Short).ok().filter(|cited| !cited.is_empty())?;
        Some(format!("dans le respect des dispositions applicables localement ({cited})"))
    }

    /// The general ceilings of penalties that clauses give, lot by lot, those of social clauses first.
    pub(crate) fn general_ceilings(&self) -> Vec<(&Selected<'a>, u32, &Value)> {
        let of = |kind: Kind| self.selection.clauses.iter().filter(move |s| s.clause.kind() == kind);
        let chosen = of(Kind::Social).chain(of(Kind::Environment));
        let lots = chosen.flat_map(|selected| selected.lots.iter().map(move |lot| (selected, *lot)));
        lots.filter_map(|(selected, lot)| Some((selected, lot, selected.value(lot, CEILING)?))).collect()
    }

    /// The maximum of a framework agreement: that of the whole or, without one, what is known of those of the lots.
    pub(crate) fn framework_maximum(&self) -> Option<Euros> {
        let consultation = self.consultation;
        if consultation.form != ContractForm::Framework {
            return None;
        }
        let lots =
            || Euros(consultation.lots.values().filter_map(|lot| lot.maximum.as_ref()).map(|m| m.0.clone()).sum());
        Some(consultation.maximum.clone().unwrap_or_else(lots))
    }

    /// True when the social duty is not told due and yet may be: another threshold, or a maximum above the threshold.
    pub(crate) fn social_duty_is_doubtful(&self) -> bool {
        let crossed =
            self.duties.threshold.as_ref().zip(self.framework_maximum()).is_some_and(|(t, most)| most >= *t.amount);
        let under = self.duties.social_in_law && !self.duties.social;
        under && (crossed || self.ordinary_threshold_passed().is_some())
    }

    /// True for a lot under the European threshold, in a contract of several lots.
    pub(crate) fn under_threshold(&self, lot: u32) -> bool {
        let amount = self.consultation.lots.get(&lot).map(|lot| &lot.amount);
        let under = self.duties.threshold.as_ref().zip(amount).is_some_and(|(t, amount)| amount < t.amount);
        self.consultation.has_lots() && under
    }

    /// The criteria that weigh on a lot.
    pub(crate) fn criteria_of(&self, lot: u32) -> impl Iterator<Item = (&'a CriterionChoice, &'a Criterion)> {
        self.selection
            .criteria
            .iter()
            .filter_map(move |selected| selected.lots.contains(&lot).then_some((selected.choice, selected.criterion)))
    }

    /// How a remark names a criterion: as the library does, or by the title that the buyer gave his own.
    pub(crate) fn criterion_name<'s>(&'s self, id: &'s str) -> &'s str {
        let own = self.selection.criteria.iter().find(|chosen| chosen.selected.is_none() && chosen.id() == id);
        own.map_or(id, |chosen| chosen.title)
    }

    /// The price, when it is the only criterion of a lot.
    pub(crate) fn only_price(&self, lot: u32) -> Option<&'a CriterionChoice> {
        let price = self.criteria_of(lot).all(|(_, criterion)| criterion.is_price());
        self.criteria_of(lot).next().map(|(choice, _)| choice).filter(|_| price)
    }

    /// The factors of the hours that come from a usage and wait to be confirmed: lot, share of labour or price of an hour.
    pub(crate) fn unconfirmed_factors(&self) -> impl Iterator<Item = (&'a Lot, bool)> + '_ {
        let lots = self.consultation.lots.values().filter(|lot| lot.labour.is_some());
        let factors = lots.flat_map(|lot| lot.factor_paths().into_iter().zip([true, false]).map(move |f| (lot, f)));
        let unconfirmed = factors.filter(|(_, (path, _))| self.consultation.to_confirm.contains(path));
        unconfirmed.map(|(lot, (_, share))| (lot, share))
    }

    /// The clauses that set insertion hours on a lot; one is enough.
    pub(crate) fn hours_clauses(&self, lot: u32) -> impl Iterator<Item = &Selected<'a>> {
        self.selection.on(Kind::Social, lot).filter(|s| s.clause.hours().is_some())
    }

    /// The social clause set aside, where the law demands one; when the threshold is unknown it may be due.
    pub(crate) fn setting_aside(&self) -> Option<&'a SetAsideChoice> {
        let due = self.duties.social || (self.duties.social_in_law && self.duties.threshold.is_none());
        self.consultation.set_aside.as_ref().filter(|_| due)
    }

    /// True when a reason may set the social clause aside in this contract: a concession has two reasons, works shorter
    /// than the law's limit one of their own.
    pub(crate) fn may_set_aside(&self, reason: SetAside) -> bool {
        let concession = self.consultation.form == ContractForm::Concession;
        match reason {
            SetAside::NoLink | SetAside::Competition => true,
            SetAside::ImmediateSolution => !concession,
            SetAside::ShortWorks => !concession && self.consultation.nature == ContractNature::Works && self.short(),
        }
    }

    /// True when the contract, renewals included, and each lot set aside last less than the limit of short works.
    fn short(&self) -> bool {
        let limit = self.law.parameter("travaux-courts").ok().and_then(|value| value.duration()).map(Duration::months);
        let lots = self.consultation.lots.values().filter(|lot| self.set_aside(lot.number));
        let mut lengths =
            lots.map(|lot| lot.duration.as_ref().map_or(self.consultation.total_months(), Duration::months));
        limit.is_some_and(|limit| lengths.all(|length| length < limit))
    }

    /// The CPV codes of the dossier, each with its key path.
    pub(crate) fn cpv_codes(&self) -> impl Iterator<Item = (String, &'a str)> {
        let whole = std::iter::once(("consultation.cpv".to_owned(), self.consultation.cpv.as_str()));
        let lots = self.consultation.lots.values().map(|lot| (format!("lot.{}.cpv", lot.number), lot.cpv.as_str()));
        whole.chain(lots).filter(|(_, code)| !code.is_empty())
    }

    /// Length of the contract on a lot, in months, renewals included unless the lot has its own.
    pub(crate) fn months_of(&self, lot: u32) -> Number {
        let own = self.consultation.lots.get(&lot).and_then(|lot| lot.duration.as_ref());
        own.map_or_else(|| self.consultation.total_months(), Duration::months)
    }

    /// The values that go beyond what their clause compares them with, for some sorts of yardsticks.
    pub(crate) fn beyond(&self, wanted: impl Fn(&Yardstick) -> bool) -> Vec<Excess> {
        let mut out: Vec<Excess> = Vec::new();
        for selected in self.selection.all() {
            for parameter in &selected.clause.parameters {
                let most = parameter.most.as_ref().map(|yardstick| (yardstick, true));
                let least = parameter.least.as_ref().map(|yardstick| (yardstick, false));
                for (yardstick, upper) in most.into_iter().chain(least).filter(|(yardstick, _)| wanted(yardstick)) {
                    let excess = |lot: &u32| self.excess(selected, *lot, parameter, yardstick, upper);
                    for found in selected.lots.iter().filter_map(excess) {
                        let known =
                            |e: &Excess| (&e.path, &e.value, &e.limit) == (&found.path, &found.value, &found.limit);
                        if !out.iter().any(known) {
                            out.push(found);
                        }
                    }
                }
            }
        }
        out
    }

    fn excess(
        &self,
        selected: &Selected<'_>,
        lot: u32,
        parameter: &Parameter,
        yardstick: &Yardstick,
        upper: bool,
    ) -> Option<Excess> {
        let value = selected.value(lot, &parameter.name)?;
        let number = value.number()?;
        let (than, limit, shown) = match yardstick {
            Yardstick::Parameter(name) => {
                let limit = selected.value(lot, name)?;
                (name.clone(), limit.number()?, plain(limit, &parameter.kind))
            }
            Yardstick::Hours => {
                let hours = &self.hours.get(&lot)?.result.as_ref().ok()?.rounded;
                (String::new(), hours.0.clone(), hours.to_string())
            }
            Yardstick::Length => (String::new(), self.months_of(lot), String::new()),
            Yardstick::FullTime => {
                let year = &self.usages.as_ref()?.full_time;
                let limit = (&year.0 * &self.months_of(lot)).over(&Number::from_int(12))?;
                (String::new(), limit, String::new())
            }
        };
        let beyond = match (upper, yardstick) {
            // A delay that lasts as long as the contract never falls due within it.
            (true, Yardstick::Length) => number >= limit,
            (true, _) => number > limit,
            (false, _) => number < limit,
        };
        beyond.then(|| Excess {
            path: format!("{}.{}", selected.path(), parameter.name),
            clause: selected.clause.id.clone(),
            lot,
            name: parameter.name.clone(),
            value: plain(value, &parameter.kind),
            than,
            limit: shown,
        })
    }

    /// « le lot 2 » in a remark, as a mark: the remarks that differ by their lots only are brought together, and
    /// [`Self::name_lots`] prints « les lots 2 et 3 », or « ce marché ».
    pub(crate) fn the_lot(&self, lot: u32) -> String {
        format!("{THE_LOT}{lot}{LOT_END}")
    }

    /// What a missing insertion hour costs on a lot; none when the dossier does not say.
    pub(crate) fn hour_tariff(&self, lot: u32) -> Option<Euros> {
        let selected = self.selection.get(&self.hours.get(&lot)?.clause.id)?;
        penalty(self.law, selected, lot, PenaltyObject::Hours).map(|(amount, _)| amount)
    }

    /// « (lot 2) » after a remark that names no lot, as a mark; nothing in a contract without lots.
    pub(crate) fn in_lot(&self, lot: u32) -> String {
        format!("{IN_LOT}{lot}{LOT_END}")
    }

    /// The lots that a remark marks, and the remark without their numbers.
    pub(crate) fn marked_lots(message: &str) -> (BTreeSet<u32>, String) {
        let mut lots = BTreeSet::new();
        let mut bare = String::with_capacity(message.len());
        let mut rest = message;
        while let Some(at) = rest.find([THE_LOT, IN_LOT]) {
            let (before, marked) = rest.split_at(at);
            let mark = marked.chars().next().unwrap_or(THE_LOT);
            let Some((number, after)) = marked[mark.len_utf8()..].split_once(LOT_END) else { break };
            lots.extend(number.parse::<u32>());
            bare.push_str(before);
            bare.push(mark);
            rest = after;
        }
        bare.push_str(rest);
        (lots, bare)
    }

    /// A remark with its lots in place of its marks.
    pub(crate) fn name_lots(&self, bare: &str, lots: &BTreeSet<u32>) -> String {
        let lots: Vec<u32> = lots.iter().copied().collect();
        let within = match self.consultation.has_lots() {
            true => format!(" ({})", lot_forms(&lots, self.consultation)[0]),
            false => String::new(),
        };
        bare.replace(THE_LOT, &self.the_lots(&lots)).replace(IN_LOT, &within)
    }

    /// « le lot 2 », « les lots 2 et 3 » or « ce marché ».
    pub(crate) fn the_lots(&self, lots: &[u32]) -> String {
        if self.consultation.has_lots() {
            let [_, the, ..] = lot_forms(lots, self.consultation);
            the
        } else {
            "ce marché".to_owned()
        }
    }

    /// The value under which no procedure is imposed; `None` when the register cannot tell.
    pub(crate) fn exemption(&self) -> Option<&'a Euros> {
        let id = match self.consultation.nature {
            _ if self.consultation.regime == Regime::Defence => "dispense-defense",
            ContractNature::Works => "dispense-travaux",
            ContractNature::Supplies | ContractNature::Services => "dispense-fournitures-services",
        };
        self.law.parameter(id).ok()?.euros()
    }

    /// True when the social clause is set aside on a lot.
    pub(crate) fn set_aside(&self, lot: u32) -> bool {
        let choice = self.consultation.set_aside.as_ref();
        choice.is_some_and(|c| c.lots.as_ref().is_none_or(|lots| lots.contains(&lot)))
    }
}

/// A part of the tariff of an hour, rounded down to 5 €: lying is the rival of doing otherwise.
fn part_of(per_hour: &Euros, usages: &Usages) -> Tariff {
    let part = &per_hour.0 * &usages.linked_part.0;
    Tariff { value: Euros(part.floor_to(&Number::from_int(5))), given: false }
}

/// Amount and unit of a penalty of a clause on a lot; none when an index that sets it is unknown that day.
fn penalty(law: InForce<'_>, selected: &Selected<'_>, lot: u32, object: PenaltyObject) -> Option<(Euros, String)> {
    let penalty = selected.clause.penalties.iter().find(|p| p.object == object)?;
    if let Some((id, times)) = &penalty.index {
        let unit = law.parameter(id).ok()?.euros()?;
        return Some((Euros(&unit.0 * times), penalty.unit.clone()));
    }
    match selected.value(lot, &penalty.amount) {
        Some(Value::Amount(amount)) => Some((amount.clone(), penalty.unit.clone())),
        _ => None,
    }
}

fn duties<'a>(legal: &'a Legal, consultation: &Consultation) -> Duties<'a> {
    let known = duties::assess(legal, &consultation.into());
    let due = |state| state == DutyState::Due;
    Duties {
        environment: due(known.environment),
        criterion: due(known.criterion),
        social: due(known.social),
        social_in_law: due(known.social_in_law),
        energy: due(known.energy),
        energy_uncertain: known.energy == DutyState::Unknown,
        renewable: consultation.regime != Regime::Defence
            && legal.text("loi-2021-1104-35-enr").is_some_and(|text| text.covers(consultation.launch))
            && about_renewable_energy(consultation),
        threshold: known.threshold,
    }
}

/// True when the object, a title or a CPV code says renewable energy.
fn about_renewable_energy(consultation: &Consultation) -> bool {
    const WORDS: [&str; 10] = [
        "photovolta",
        "solaire",
        "eolien",
        "methanis",
        "geotherm",
        "hydroelectri",
        "biomasse",
        "biogaz",
        "energie renouvelable",
        "energies renouvelables",
    ];
    // Solar energy, wind turbines, solar installations, hydroelectric works.
    const CODES: [&str; 4] = ["0933", "31121", "45251", "45261215"];
    let titles = consultation.lots.values().map(|lot| &lot.title);
    let said = std::iter::once(&consultation.object).chain(titles).any(|text| {
        let folded = crate::file::reading::plain(text);
        WORDS.iter().any(|word| folded.contains(word))
    });
    let codes = std::iter::once(&consultation.cpv).chain(consultation.lots.values().map(|lot| &lot.cpv));
    said || codes.into_iter().any(|code| CODES.iter().any(|prefix| code.starts_with(prefix)))
}

/// The hours of a lot, from the social clause that sets them.
fn lot_hours<'a>(
    consultation: &Consultation,
    usages: &Usages,
    selection: &Selection<'a>,
    lot: &Lot,
) -> Option<HoursFacts<'a>> {
    let selected = selection.on(Kind::Social, lot.number).find(|s| s.clause.hours().is_some())?;
    let rule = selected.clause.hours()?;
    let (volume, estimated) = volume(consultation, selected, lot, rule)?;
    let mut request = HoursRequest::new(volume, working_time(usages));
    if let HoursRule::Computed { step, .. } = rule
        && let Some(step) = selected.value(lot.number, step).and_then(step_of)
    {
        request.step = step;
    }
    request.periods = consultation.periods(lot);
    let from_usage = |path: &String| consultation.to_confirm.contains(path);
    let to_confirm = lot.factor_paths().iter().any(from_usage)
        || matches!(rule, HoursRule::Computed { rate, .. } if matches!(selected.setting(lot.number, rate), Some(Setting::Default(_))));
    Some(HoursFacts { clause: selected.clause, result: request.compute(), estimated, to_confirm })
}

/// What a day, a week and a year of work make.
pub(crate) fn working_time(usages: &Usages) -> WorkingTime {
    WorkingTime { day: usages.day.clone(), week: usages.week.clone(), year: usages.full_time.clone() }
}

fn step_of(value: &Value) -> Option<RoundingStep> {
    let hours = match value {
        Value::Choice(word) => word.parse().ok(),
        other => other.number().filter(Number::is_whole).and_then(|n| n.to_i64()),
    };
    RoundingStep::new(hours?)
}

/// What the rule computes from; `None` when a factor is missing (a finding says so).
fn volume(consultation: &Consultation, selected: &Selected<'_>, lot: &Lot, rule: &HoursRule) -> Option<(Volume, bool)> {
    let orders = consultation.execution != Execution::Fixed;
    let source = |name: &str| match selected.setting(lot.number, name) {
        Some(Setting::Default(_)) => {
            let parameter = selected.clause.parameter(name);
            let source = parameter.map(|p| p.source.as_str()).filter(|source| !source.is_empty());
            let source = source.map(|source| format!(" ({source})")).unwrap_or_default();
            format!("valeur par défaut, à confirmer{source}")
        }
        _ => "dossier".to_owned(),
    };
    let factor = |path: &String| match consultation.to_confirm.contains(path) {
        true => "usage de la famille, à confirmer",
        false => "dossier",
    };
    let [share_path, price_path] = lot.factor_paths();
    let given_hours = |name: &str| match selected.value(lot.number, name) {
        Some(Value::Hours(hours)) => Some(hours.clone()),
        _ => None,
    };
    match rule {
        HoursRule::Computed { rate, volume, .. } => {
            if let Some(name) = volume.as_deref()
                && let Some(hours) = given_hours(name)
            {
                return Some((Volume::Fixed(Sourced::new(hours, source(name))), orders));
            }
            let Some(Value::Rate(insertion)) = selected.value(lot.number, rate) else { return None };
            let labour = lot.labour.as_ref()?;
            let price = if labour.wage_cost {
                HourlyPrice::WageCost(labour.price.clone())
            } else {
                HourlyPrice::Selling(labour.price.clone())
            };
            let formula = Formula {
                amount: Sourced::new(lot.amount.clone(), "dossier, montant du lot hors taxes"),
                labour_share: Sourced::new(labour.share.clone(), factor(&share_path)),
                insertion_rate: Sourced::new(insertion.clone(), source(rate)),
                hourly_price: Sourced::new(price, factor(&price_path)),
            };
            Some((Volume::Formula(formula), orders))
        }
        HoursRule::Tranche { hours, tranche } => {
            let Some(Value::Amount(amount)) = selected.value(lot.number, tranche) else { return None };
            let rule = InvoiceRule::new(given_hours(hours)?, amount.clone()).ok()?;
            let base = match &lot.maximum {
                Some(maximum) => FrameworkAmount::Maximum(maximum.clone()),
                None => FrameworkAmount::Estimated(lot.amount.clone()),
            };
            let rule = Sourced::new(rule, source(hours));
            Some((Volume::PerTranche { rule, amount: Sourced::new(base, "dossier") }, true))
        }
        HoursRule::Given { volume } => {
            Some((Volume::Fixed(Sourced::new(given_hours(volume)?, source(volume))), orders))
        }
    }
}
