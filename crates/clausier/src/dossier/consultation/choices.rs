//! What a dossier chooses: clauses, criteria with their weights, the social clause set aside.

use super::*;

/// A chosen clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Id of the clause.
    pub id: String,
    /// Lots concerned; `None` means all.
    pub lots: Option<Vec<u32>>,
    /// The pair tied by a liaison, when the dossier names it.
    pub pair: Vec<String>,
    /// The parameters, as written.
    pub parameters: BTreeMap<String, Given>,
}

/// A parameter as the buyer wrote it, before the clause says its type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Given {
    /// One value for all the lots.
    Same(Raw),
    /// One value per lot.
    PerLot(BTreeMap<u32, Raw>),
}

/// A criterion and its weight.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionChoice {
    /// Id of the criterion.
    pub id: String,
    /// Weight in points out of 100, with two decimals at most, the same for every lot, or by lot.
    pub weights: Weights,
    /// How offers are noted, verbatim; empty when the library's method is kept.
    pub method: String,
    /// Values of the criterion's parameters, by name.
    pub parameters: BTreeMap<String, Given>,
    /// What the criterion is, when the dossier says it itself; `None` for a criterion of the library.
    pub own: Option<OwnCriterion>,
}

/// A criterion that the dossier describes, in the keys of a criterion of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnCriterion {
    /// Title, verbatim.
    pub title: String,
    /// What it judges, what it notes and how; no note when the buyer gives a method in his own words.
    pub criterion: Criterion,
}

impl OwnCriterion {
    /// A criterion with its title. Its shape is judged as that of a file when the dossier is built.
    pub fn new(title: impl Into<String>, criterion: Criterion) -> Self {
        Self { title: title.into(), criterion }
    }
}

/// Weights of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Weights {
    /// The same for every lot.
    Same(Number),
    /// By lot; an absent lot does not have the criterion.
    PerLot(BTreeMap<u32, Number>),
}

impl Weights {
    /// The weight in a lot, zero when the lot does not have the criterion.
    pub fn of(&self, lot: u32) -> Number {
        match self {
            Self::Same(weight) => weight.clone(),
            Self::PerLot(weights) => weights.get(&lot).cloned().unwrap_or_else(Number::zero),
        }
    }
}

/// The social clause set aside.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAsideChoice {
    /// The reason, of the closed list; `None` when the word is not of the list (a finding says so).
    pub reason: Option<SetAside>,
    /// The word as written.
    pub word: String,
    /// Why, in the buyer's words: kept in the file, never printed in the RC.
    pub grounds: String,
    /// Lots concerned; `None` means all.
    pub lots: Option<Vec<u32>>,
}

/// What a dossier chooses, and on which lots.
#[derive(Debug, Clone)]
pub(crate) struct Chosen<'a> {
    /// The clauses, in the order of the dossier.
    pub(crate) choices: &'a [Choice],
    /// The criteria, in the order of the dossier.
    pub(crate) criteria: &'a [CriterionChoice],
    /// Numbers of the lots.
    pub(crate) lots: Vec<u32>,
    /// As [`Contents::to_confirm`].
    pub(crate) to_confirm: &'a BTreeSet<String>,
}
