//! What is computed of a dossier: clauses, hours, liaisons, and what it costs not to do.

use crate::base::quantity::{Date, Euros, Hours, Number, Rate};
use crate::base::terms::Kind;
use crate::resolution::balance::Situation;
use crate::resolution::hours::Step;
use crate::resolution::liaisons::LotLiaisons;
use crate::resolve::{Applied, LotVolume, Resolved};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is computed of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Values {
    /// The clauses that apply.
    pub clauses: Vec<ClauseValue>,
    /// The insertion hours, lot by lot.
    #[serde(rename = "heures")]
    pub hours: Vec<HoursValue>,
    /// The liaisons that compute, lot by lot.
    pub liaisons: Vec<LiaisonValue>,
    /// What it costs not to do, for each lot whose liaisons link hours.
    pub dissuasion: Vec<DissuasionValue>,
}

impl Values {
    pub(super) fn new(resolved: &Resolved<'_>) -> Self {
        Self {
            clauses: clauses(resolved),
            hours: hours(resolved),
            liaisons: liaisons(resolved),
            dissuasion: resolved.ledger().iter().filter_map(DissuasionValue::new).collect(),
        }
    }
}

pub(super) fn clauses(resolved: &Resolved<'_>) -> Vec<ClauseValue> {
    resolved.clauses().map(ClauseValue::new).collect()
}

pub(super) fn hours(resolved: &Resolved<'_>) -> Vec<HoursValue> {
    resolved.hours().map(HoursValue::new).collect()
}

pub(super) fn liaisons(resolved: &Resolved<'_>) -> Vec<LiaisonValue> {
    resolved.ledger().iter().flat_map(LiaisonValue::of).collect()
}

/// A clause that applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ClauseValue {
    /// Id.
    pub id: String,
    /// Nature.
    #[serde(rename = "nature")]
    pub kind: Kind,
    /// Version of its text.
    pub version: Date,
    /// Its lots.
    pub lots: Vec<u32>,
    /// The clause that needs it; null when the dossier names it.
    #[serde(rename = "ajoutee_par")]
    pub implied_by: Option<String>,
}

impl ClauseValue {
    fn new(applied: Applied<'_>) -> Self {
        let Applied { clause, lots, implied_by } = applied;
        let implied_by = implied_by.map(str::to_owned);
        Self { id: clause.id.clone(), kind: clause.kind(), version: clause.version, lots, implied_by }
    }
}

/// The insertion hours of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct HoursValue {
    /// Number of the lot.
    pub lot: u32,
    /// The volume follows what is ordered.
    #[serde(rename = "estime")]
    pub estimated: bool,
    /// Hours that the pieces print; null when there is no volume.
    #[serde(rename = "retenues")]
    pub rounded: Option<Hours>,
    /// Hours before rounding.
    #[serde(rename = "brutes")]
    pub raw: Option<Number>,
    /// Rounding step, in hours.
    #[serde(rename = "pas")]
    pub step: Option<Number>,
    /// Hours of each period; their sum is `retenues`.
    #[serde(rename = "periodes")]
    pub periods: Vec<Hours>,
    /// The volume in days of 7 hours.
    #[serde(rename = "jours")]
    pub days: Option<Number>,
    /// The volume in weeks of 35 hours.
    #[serde(rename = "semaines")]
    pub weeks: Option<Number>,
    /// The volume in full-time equivalents of one year.
    #[serde(rename = "etp")]
    pub fte: Option<Number>,
    /// The lines of the calculation note.
    #[serde(rename = "etapes")]
    pub steps: Vec<StepValue>,
    /// Why there is no volume; null when there is one.
    #[serde(rename = "erreur")]
    pub error: Option<String>,
}

/// A line of a calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct StepValue {
    /// What it is.
    #[serde(rename = "libelle")]
    pub label: String,
    /// Its value, as it is printed.
    #[serde(rename = "valeur")]
    pub value: String,
    /// Where it comes from.
    pub source: String,
}

impl HoursValue {
    fn new(volume: LotVolume<'_>) -> Self {
        let found = volume.result.ok();
        let steps = found.map(|r| r.steps()).unwrap_or_default().into_iter();
        let steps = steps.map(|Step { label, value, source }| StepValue { label, value, source });
        Self {
            lot: volume.lot,
            estimated: volume.estimated,
            rounded: found.map(|r| r.rounded.clone()),
            raw: found.map(|r| r.raw.clone()),
            step: found.map(|r| r.step.number()),
            periods: found.map(|r| r.per_period.clone()).unwrap_or_default(),
            days: found.map(|r| r.equivalents.days.clone()),
            weeks: found.map(|r| r.equivalents.weeks.clone()),
            fte: found.map(|r| r.equivalents.fte.clone()),
            steps: steps.collect(),
            error: volume.result.err().map(ToString::to_string),
        }
    }
}

/// A liaison that computes, on a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct LiaisonValue {
    /// Number of the lot.
    pub lot: u32,
    /// Id of the liaison.
    pub id: String,
    /// Id of the environmental clause.
    #[serde(rename = "mesure")]
    pub measure: String,
    /// Share of the hours that the measure takes: 1 is the whole.
    #[serde(rename = "affectation")]
    pub assigned: Rate,
    /// The same in hours, rounded down.
    #[serde(rename = "heures_liees")]
    pub linked: Hours,
    /// What the measure demands.
    #[serde(rename = "quantite")]
    pub quantity: Number,
    /// Its unit.
    #[serde(rename = "unite")]
    pub unit: String,
    /// Hours of work by unit.
    pub ratio: Number,
    /// Linked hours that remain for the work once training is deducted.
    #[serde(rename = "disponibles")]
    pub available: Hours,
    /// Hours that the whole measure takes.
    #[serde(rename = "travail")]
    pub work: Hours,
    /// The first divided by the second.
    #[serde(rename = "part")]
    pub share: Option<Rate>,
    /// Ratio under which some linked hours have no task; null when there is none.
    #[serde(rename = "ratio_plein")]
    pub full_ratio: Option<Number>,
    /// Ratio beyond which eligible people do less than the thin share of the work; null when there is none.
    #[serde(rename = "ratio_mince")]
    pub thin_ratio: Option<Number>,
    /// False when the linked hours exceed the work at the published ratio.
    #[serde(rename = "coherente")]
    pub coherent: bool,
    /// The same in words.
    pub verdict: String,
    /// What would make hours and work fit, in words.
    #[serde(rename = "remedes")]
    pub remedies: Vec<String>,
}

impl LiaisonValue {
    /// The liaisons of a lot: figures, coherence and words stand in the same order.
    fn of(lot: &LotLiaisons) -> impl Iterator<Item = Self> {
        let figures = lot.computed().zip(lot.verdicts());
        figures.map(|((_, link, coherence), (id, verdict, remedies))| Self {
            lot: lot.lot,
            id: id.to_owned(),
            measure: link.measure.clone(),
            assigned: link.assigned.clone(),
            linked: coherence.linked_hours.clone(),
            quantity: link.target.quantity.value.clone(),
            unit: link.target.quantity.unit.clone(),
            ratio: link.ratio.usual.clone(),
            available: coherence.available.clone(),
            work: coherence.work.clone(),
            share: coherence.share.clone(),
            full_ratio: coherence.full_ratio.clone(),
            thin_ratio: coherence.thin_ratio.clone(),
            coherent: coherence.is_coherent(),
            verdict,
            remedies,
        })
    }
}

/// What it costs not to do, on a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct DissuasionValue {
    /// Number of the lot.
    pub lot: u32,
    /// Greatest penalty, in euros.
    #[serde(rename = "exposition")]
    pub exposure: Euros,
    /// Ceiling of the penalties, as a share of the amount of the lot.
    #[serde(rename = "plafond")]
    pub ceiling: Rate,
    /// True when no dossier gives it.
    pub exact: bool,
    /// Ways of not doing.
    pub situations: Vec<SituationValue>,
}

/// A way of not doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct SituationValue {
    /// What is left undone, in French.
    pub situation: String,
    /// Penalty owed, in euros.
    #[serde(rename = "penalite")]
    pub penalty: Euros,
    /// The same with the price of the units not paid.
    #[serde(rename = "perdu")]
    pub lost: Euros,
    /// What it saves at the lowest known ratio, at the published one, at worst.
    #[serde(rename = "epargne")]
    pub saved: [Euros; 3],
}

impl DissuasionValue {
    fn new(lot: &LotLiaisons) -> Option<Self> {
        let (duty, ceiling) = (lot.duty.as_ref()?, lot.ceiling.as_ref()?);
        let situation = |situation: Situation| SituationValue {
            situation: situation.label.to_owned(),
            penalty: situation.penalty,
            lost: situation.lost,
            saved: situation.saved,
        };
        Some(Self {
            lot: lot.lot,
            exposure: duty.exposure(),
            ceiling: ceiling.rate.clone(),
            exact: !ceiling.given,
            situations: lot.situations().into_iter().map(situation).collect(),
        })
    }
}
