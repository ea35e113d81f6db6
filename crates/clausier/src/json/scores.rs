//! Weights and marks in the protocol: the simulation of a lot, and offers noted.

use crate::base::quantity::{Euros, Number, Rate};
use crate::base::terms::Vocabulary as _;
use crate::library::clause::MARK_DECIMALS;
use crate::resolution::grid::{Grid, LotNote, Rule};
use crate::resolution::scoring::{Scored, Scores, Standing};
use crate::resolution::simulation::{Promised, Simulation, Spread};
use serde::Serialize;

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
#[derive(Serialize)]
pub(super) struct RankingView {
    lot: u32,
    #[serde(rename = "grille")]
    grid: Vec<NoteView>,
    #[serde(rename = "offres")]
    offers: Vec<OfferView>,
}

#[derive(Serialize)]
struct NoteView {
    #[serde(rename = "critere")]
    criterion: String,
    #[serde(rename = "intitule")]
    criterion_title: String,
    note: String,
    #[serde(rename = "titre")]
    title: String,
    points: String,
    mode: &'static str,
    #[serde(rename = "unite")]
    unit: String,
    /// Levels in per cent of the points, best first; empty for another mode.
    #[serde(rename = "niveaux")]
    levels: Vec<LevelView>,
    #[serde(rename = "aucun_point_a")]
    none_at: Option<String>,
    #[serde(rename = "tous_a")]
    all_at: Option<String>,
}

#[derive(Serialize)]
struct LevelView {
    part: i64,
    #[serde(rename = "texte")]
    text: String,
}

#[derive(Serialize)]
struct OfferView {
    #[serde(rename = "candidat")]
    name: String,
    #[serde(rename = "rang")]
    rank: Option<usize>,
    total: String,
    /// Why it is not ranked.
    #[serde(rename = "ecartee")]
    refused: Option<String>,
    notes: Vec<MarkView>,
}

#[derive(Serialize)]
struct MarkView {
    #[serde(rename = "critere")]
    criterion: String,
    note: String,
    points: String,
    #[serde(rename = "calcul")]
    trace: String,
    /// What the offer owes if it is chosen, in the unit of the note.
    #[serde(rename = "du")]
    owed: Option<String>,
}

impl RankingView {
    pub(super) fn new(grid: &Grid, scores: &Scores) -> Self {
        let notes = grid.notes().map(|(criterion, note)| NoteView::new(&criterion.id, &criterion.title, note));
        Self { lot: grid.lot, grid: notes.collect(), offers: scores.offers.iter().map(OfferView::new).collect() }
    }
}

impl NoteView {
    fn new(criterion: &str, criterion_title: &str, note: &LotNote) -> Self {
        let mut view = Self {
            criterion: criterion.to_owned(),
            criterion_title: criterion_title.to_owned(),
            note: note.name.clone(),
            title: note.title.clone(),
            points: points(&note.points),
            mode: "prix",
            unit: "€".to_owned(),
            levels: Vec::new(),
            none_at: None,
            all_at: None,
        };
        match &note.rule {
            Rule::Relative { .. } => {}
            Rule::Line(line) => {
                view.mode = "echelle";
                view.unit = line.unit.clone();
                view.none_at = line.none_at.as_ref().map(Number::exact);
                view.all_at = line.all_at.as_ref().map(Number::exact);
            }
            Rule::Levels(levels) => {
                view.mode = "niveaux";
                view.unit = "%".to_owned();
                view.levels = levels.iter().map(|(part, text)| LevelView { part: *part, text: text.clone() }).collect();
            }
        }
        view
    }
}

impl OfferView {
    fn new(scored: &Scored) -> Self {
        let (rank, refused) = match &scored.standing {
            Standing::Rank(rank) => (Some(*rank), None),
            Standing::Irregular(why) | Standing::ToExamine(why) => (None, Some(why.clone())),
        };
        let mark = |mark: &crate::resolution::scoring::Mark| MarkView {
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
#[derive(Serialize)]
pub(super) struct SimulationView {
    lot: u32,
    #[serde(rename = "montant")]
    amount: String,
    #[serde(rename = "points_du_prix")]
    price_points: String,
    /// Euros that one point is worth; null when the price has no more than one, or is no criterion.
    #[serde(rename = "point")]
    point: Option<String>,
    #[serde(rename = "criteres")]
    criteria: Vec<SpreadView>,
    #[serde(rename = "promesses")]
    promises: Vec<PromiseView>,
    /// The six invented offers, the best first.
    #[serde(rename = "offres")]
    offers: Vec<OfferView>,
}

#[derive(Serialize)]
struct SpreadView {
    id: String,
    #[serde(rename = "titre")]
    title: String,
    nature: &'static str,
    points: i64,
    #[serde(rename = "plus_bas")]
    lowest: String,
    #[serde(rename = "plus_haut")]
    highest: String,
    /// Euros that all its points are worth.
    #[serde(rename = "vaut")]
    worth: Option<String>,
    /// The same in per cent of the lowest offer.
    #[serde(rename = "ecart_de_prix")]
    gap: Option<String>,
    #[serde(rename = "neutralise")]
    neutralised: Option<&'static str>,
}

#[derive(Serialize)]
struct PromiseView {
    #[serde(rename = "critere")]
    criterion: String,
    note: String,
    #[serde(rename = "titre")]
    title: String,
    /// The greatest promise noted beyond the minimum, as texts print it.
    #[serde(rename = "promesse")]
    promise: String,
    points: String,
    #[serde(rename = "vaut")]
    worth: Option<String>,
    #[serde(rename = "rompue")]
    broken: Option<String>,
    /// Points at which breaking it costs what it earns.
    #[serde(rename = "points_equilibres")]
    balanced: Option<String>,
    /// The clause whose target the promise raises.
    #[serde(rename = "releve")]
    raises: Option<String>,
}

impl SimulationView {
    pub(super) fn new(simulation: &Simulation) -> Self {
        let promise = |promised: &Promised| PromiseView {
            criterion: promised.criterion.clone(),
            note: promised.note.clone(),
            title: promised.title.clone(),
            promise: promised.shown.clone(),
            points: points(&promised.points),
            worth: promised.worth.as_ref().map(euros),
            broken: promised.broken.as_ref().map(euros),
            balanced: promised.balanced_points(&simulation.amount, &simulation.price_points).map(|n| decimal(&n, 1)),
            raises: Some(promised.raises.clone()).filter(|raises| !raises.is_empty()),
        };
        let spread = |spread: &Spread| SpreadView {
            id: spread.id.clone(),
            title: spread.title.clone(),
            nature: spread.nature.word(),
            points: spread.weight,
            lowest: points(&spread.lowest),
            highest: points(&spread.highest),
            worth: spread.worth.as_ref().map(euros),
            gap: spread.gap.as_ref().map(percent),
            neutralised: spread.neutralised.map(|found| found.reason()),
        };
        Self {
            lot: simulation.lot,
            amount: simulation.amount.0.exact(),
            price_points: points(&simulation.price_points),
            point: simulation.point.as_ref().map(euros),
            criteria: simulation.criteria.iter().map(spread).collect(),
            promises: simulation.promises.iter().map(promise).collect(),
            offers: simulation.offers.offers.iter().map(OfferView::new).collect(),
        }
    }
}
