//! Weights and marks in the protocol: the simulation of a lot, and offers noted.

use crate::base::quantity::{Euros, Number, Rate};
use crate::base::terms::CriterionNature;
use crate::library::marking::MARK_DECIMALS;
use crate::resolution::grid::{Grid, LotNote, Rule};
use crate::resolution::scoring::{Scored, Scores, Standing};
use crate::resolution::simulation::{Promised, Simulation, Spread};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A figure at most so precise, as a decimal with a point.
fn decimal(number: &Number, decimals: u32) -> String {
    let step = Number::fraction(1, 10i64.pow(decimals)).unwrap_or_else(Number::zero);
    number.floor_to(&step).exact()
}

/// An order of magnitude: whole euros, rounded down.
fn euros(amount: &Euros) -> String {
    decimal(&amount.0, 0)
}

fn percent(rate: &Rate) -> String {
    decimal(&rate.percent(), 1)
}

fn points(number: &Number) -> String {
    decimal(number, MARK_DECIMALS)
}

/// The offers of a lot, the best first, with the grid that notes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct RankingValue {
    /// Number of the lot.
    pub lot: u32,
    /// What is noted, in order.
    #[serde(rename = "grille")]
    pub grid: Vec<NoteValue>,
    /// The offers, the best first.
    #[serde(rename = "offres")]
    pub offers: Vec<OfferValue>,
}

/// What a lot notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct NoteValue {
    /// Id of the criterion.
    #[serde(rename = "critere")]
    pub criterion: String,
    /// Title of the criterion.
    #[serde(rename = "intitule")]
    pub criterion_title: String,
    /// Name of the note, as a file of offers writes it.
    pub note: String,
    /// What is noted.
    #[serde(rename = "titre")]
    pub title: String,
    /// Most points that it gives.
    pub points: String,
    /// `prix`, `echelle` or `niveaux`.
    pub mode: String,
    /// Unit of an answer.
    #[serde(rename = "unite")]
    pub unit: String,
    /// Levels in per cent of the points, best first; empty for another mode.
    #[serde(rename = "niveaux")]
    pub levels: Vec<LevelValue>,
    /// Value that gives no point; null for another mode, or when the dossier does not give it.
    #[serde(rename = "aucun_point_a")]
    pub none_at: Option<String>,
    /// Value that gives all the points; null likewise.
    #[serde(rename = "tous_a")]
    pub all_at: Option<String>,
}

/// A described level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct LevelValue {
    /// Per cent of the points.
    pub part: i64,
    /// What deserves it.
    #[serde(rename = "texte")]
    pub text: String,
}

/// An offer, noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct OfferValue {
    /// Name of the tenderer.
    #[serde(rename = "candidat")]
    pub name: String,
    /// Rank; null when it is not ranked.
    #[serde(rename = "rang")]
    pub rank: Option<usize>,
    /// Sum of the marks.
    pub total: String,
    /// Why it is not ranked.
    #[serde(rename = "ecartee")]
    pub refused: Option<String>,
    /// The marks, in the order of the grid.
    pub notes: Vec<MarkValue>,
}

/// A mark with its trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct MarkValue {
    /// Id of the criterion.
    #[serde(rename = "critere")]
    pub criterion: String,
    /// Name of the note.
    pub note: String,
    /// Points, rounded.
    pub points: String,
    /// The computation, in words and figures.
    #[serde(rename = "calcul")]
    pub trace: String,
    /// What the offer owes if it is chosen, in the unit of the note.
    #[serde(rename = "du")]
    pub owed: Option<String>,
}

impl RankingValue {
    pub(super) fn new(grid: &Grid, scores: &Scores) -> Self {
        let notes = grid.notes().map(|(criterion, note)| NoteValue::new(&criterion.id, &criterion.title, note));
        Self { lot: grid.lot, grid: notes.collect(), offers: scores.offers.iter().map(OfferValue::new).collect() }
    }
}

impl NoteValue {
    fn new(criterion: &str, criterion_title: &str, note: &LotNote) -> Self {
        let mut view = Self {
            criterion: criterion.to_owned(),
            criterion_title: criterion_title.to_owned(),
            note: note.name.clone(),
            title: note.title.clone(),
            points: points(&note.points),
            mode: "prix".to_owned(),
            unit: "€".to_owned(),
            levels: Vec::new(),
            none_at: None,
            all_at: None,
        };
        match &note.rule {
            Rule::Relative { .. } => {}
            Rule::Line(line) => {
                view.mode = "echelle".to_owned();
                view.unit = line.unit.clone();
                view.none_at = line.none_at.as_ref().map(Number::exact);
                view.all_at = line.all_at.as_ref().map(Number::exact);
            }
            Rule::Levels(levels) => {
                view.mode = "niveaux".to_owned();
                view.unit = "%".to_owned();
                view.levels =
                    levels.iter().map(|(part, text)| LevelValue { part: *part, text: text.clone() }).collect();
            }
        }
        view
    }
}

impl OfferValue {
    fn new(scored: &Scored) -> Self {
        let (rank, refused) = match &scored.standing {
            Standing::Rank(rank) => (Some(*rank), None),
            Standing::Irregular(why) | Standing::ToExamine(why) => (None, Some(why.clone())),
        };
        let mark = |mark: &crate::resolution::scoring::Mark| MarkValue {
            criterion: mark.criterion.clone(),
            note: mark.note.clone(),
            points: points(&mark.points),
            trace: mark.trace.clone(),
            owed: mark.owed.as_ref().map(Number::exact),
        };
        Self {
            name: scored.name.clone(),
            rank,
            total: points(&scored.total),
            refused,
            notes: scored.marks.iter().map(mark).collect(),
        }
    }
}

/// What the weights of a lot do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct SimulationValue {
    /// Number of the lot.
    pub lot: u32,
    /// Estimated amount, taken for the lowest offer.
    #[serde(rename = "montant")]
    pub amount: String,
    /// Points of the price; zero when it is no criterion.
    #[serde(rename = "points_du_prix")]
    pub price_points: String,
    /// Euros that one point is worth; null when the price has no more than one, or is no criterion.
    #[serde(rename = "point")]
    pub point: Option<String>,
    /// The criteria.
    #[serde(rename = "criteres")]
    pub criteria: Vec<SpreadValue>,
    /// What the offer may engage.
    #[serde(rename = "promesses")]
    pub promises: Vec<PromiseValue>,
    /// The six invented offers, the best first.
    #[serde(rename = "offres")]
    pub offers: Vec<OfferValue>,
}

/// How far a criterion parts the invented offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct SpreadValue {
    /// Id.
    pub id: String,
    /// Title.
    #[serde(rename = "titre")]
    pub title: String,
    /// What it judges.
    pub nature: CriterionNature,
    /// Its points.
    pub points: String,
    /// Least points among the invented offers.
    #[serde(rename = "plus_bas")]
    pub lowest: String,
    /// Most points among them.
    #[serde(rename = "plus_haut")]
    pub highest: String,
    /// Euros that all its points are worth.
    #[serde(rename = "vaut")]
    pub worth: Option<String>,
    /// The same in per cent of the lowest offer.
    #[serde(rename = "ecart_de_prix")]
    pub gap: Option<String>,
    /// What its weight undoes; null when it undoes nothing.
    #[serde(rename = "neutralise")]
    pub neutralised: Option<String>,
}

/// A value that an offer may engage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct PromiseValue {
    /// Id of the criterion.
    #[serde(rename = "critere")]
    pub criterion: String,
    /// Name of the note.
    pub note: String,
    /// What is promised.
    #[serde(rename = "titre")]
    pub title: String,
    /// The greatest promise noted beyond the minimum, as texts print it.
    #[serde(rename = "promesse")]
    pub promise: String,
    /// Points that it earns.
    pub points: String,
    /// Whole euros that these points are worth.
    #[serde(rename = "vaut")]
    pub worth: Option<String>,
    /// Whole euros of penalty each time that it is recorded; null when the clause counts in another unit.
    #[serde(rename = "rompue")]
    pub broken: Option<String>,
    /// Points at which breaking it costs what it earns.
    #[serde(rename = "points_equilibres")]
    pub balanced: Option<String>,
    /// The clause whose target the promise raises.
    #[serde(rename = "releve")]
    pub raises: Option<String>,
}

impl SimulationValue {
    pub(super) fn new(simulation: &Simulation) -> Self {
        let promise = |promised: &Promised| PromiseValue {
            criterion: promised.criterion.clone(),
            note: promised.note.clone(),
            title: promised.title.clone(),
            promise: promised.shown.clone(),
            points: points(&promised.points),
            worth: promised.worth.as_ref().map(euros),
            broken: promised.broken.as_ref().map(euros),
            balanced: promised.balanced.as_ref().map(|n| decimal(n, 1)),
            raises: Some(promised.raises.clone()).filter(|raises| !raises.is_empty()),
        };
        let spread = |spread: &Spread| SpreadValue {
            id: spread.id.clone(),
            title: spread.title.clone(),
            nature: spread.nature,
            points: points(&spread.weight),
            lowest: points(&spread.lowest),
            highest: points(&spread.highest),
            worth: spread.worth.as_ref().map(euros),
            gap: spread.gap.as_ref().map(percent),
            neutralised: spread.neutralised.map(|found| found.reason().to_owned()),
        };
        Self {
            lot: simulation.lot,
            amount: simulation.amount.0.exact(),
            price_points: points(&simulation.price_points),
            point: simulation.point.as_ref().map(euros),
            criteria: simulation.criteria.iter().map(spread).collect(),
            promises: simulation.promises.iter().map(promise).collect(),
            offers: simulation.offers.offers.iter().map(OfferValue::new).collect(),
        }
    }
}
