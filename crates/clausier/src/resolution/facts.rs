//! What is known of a dossier once the clauses are chosen: hours by lot, liaisons by lot, duties of the day.
//!
//! Pure look-ups, no opinion: the checks judge these facts, the values print them.

mod excess;
mod links;
mod lot_marks;
mod thresholds;
mod volume;

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
use crate::resolution::own_words::{self, OwnText};
use crate::resolution::phrases::{lot_forms, plain};
use crate::resolution::select::{FaultKind, Selected, Selection, Setting};
pub(crate) use links::{LinkFacts, Tariff};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
pub(crate) use thresholds::Duties;
pub(crate) use volume::{HoursFacts, working_time};

/// Parameter that holds the general ceiling of penalties.
pub(crate) const CEILING: &str = link::CEILING;

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
    /// What the buyer wrote in his own words.
    pub(crate) own_words: Vec<OwnText<'a>>,
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
                volume::lot_hours(consultation, usages.as_ref()?, &selection, lot).map(|hours| (lot.number, hours))
            })
            .collect();
        let (links, duties) = (Vec::new(), thresholds::duties(library.legal(), consultation));
        let grids = consultation.lots.keys().map(|lot| (*lot, OnceLock::new())).collect();
        let mut facts =
            Self { library, consultation, law, usages, selection, hours, links, duties, grids, own_words: Vec::new() };
        facts.links = facts.selection.liaisons().filter_map(|(selected, lot)| facts.link(selected, lot)).collect();
        facts.own_words = own_words::all(consultation, &facts.selection);
        facts
    }

    /// What notes the offers of a lot; a lot that the dossier has not has no criteria.
    pub(crate) fn grid(&self, lot: u32) -> &Grid {
        static NONE: Grid = Grid { lot: 0, criteria: Vec::new(), price_gap: None };
        let new = || Grid::new(self.consultation, &self.selection, self.usages.as_ref(), lot);
        self.grids.get(&lot).map_or(&NONE, |grid| grid.get_or_init(new))
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

    /// The criteria that weigh on a lot.
    pub(crate) fn criteria_of(&self, lot: u32) -> impl Iterator<Item = (&'a CriterionChoice, &'a Criterion)> {
        self.selection
            .criteria
            .iter()
            .filter_map(move |selected| selected.lots.contains(&lot).then_some((selected.choice, selected.criterion)))
    }

    /// True when a criterion of the lot is environmental by what it notes.
    pub(crate) fn environmental_criterion(&self, lot: u32) -> bool {
        let notes = |choice| own_words::notes_environment(self.library, choice);
        self.criteria_of(lot).any(|(choice, criterion)| criterion.is_environmental() && notes(choice))
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

    /// True when the social clause is set aside on a lot.
    pub(crate) fn set_aside(&self, lot: u32) -> bool {
        let choice = self.consultation.set_aside.as_ref();
        choice.is_some_and(|c| c.lots.as_ref().is_none_or(|lots| lots.contains(&lot)))
    }
}
