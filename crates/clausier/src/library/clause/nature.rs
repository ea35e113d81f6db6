//! What only a clause of one nature says: the hours of a social clause, the measure of an environmental one, the pair of a
//! liaison, the marks of a criterion.

use super::{Criterion, Text};
use crate::base::quantity::Number;
use crate::base::terms::{Confidence, Kind, Mechanism};

/// What a clause is, with what only a clause of that nature says. The folder of its file decides which.
///
/// ```
/// use clausier::clause::{HoursRule, Nature, Social};
/// let clause = clausier::Library::embedded().clause("heures-insertion").unwrap();
/// let Nature::Social(Social::Hours(HoursRule::Computed { rate, .. })) = &clause.nature else { panic!("it sets hours") };
/// assert_eq!(rate, "taux");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Nature {
    /// A social clause.
    Social(Social),
    /// An environmental clause.
    Environment(Environment),
    /// A liaison: a social clause and an environmental one, tied.
    Liaison(Link),
    /// An award criterion.
    Criterion(Criterion),
}

impl Nature {
    /// Its word.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Social(_) => Kind::Social,
            Self::Environment(_) => Kind::Environment,
            Self::Liaison(_) => Kind::Liaison,
            Self::Criterion(_) => Kind::Criterion,
        }
    }
}

/// What a social clause puts on a lot.
#[derive(Debug)]
#[non_exhaustive]
pub enum Social {
    /// A volume of insertion hours.
    Hours(HoursRule),
    /// Something else than hours, that its indicators measure.
    Commitment(Obligation),
    /// Nothing measurable: the clause accompanies another, and is no condition by itself.
    Accompanying,
}

/// What an environmental clause demands.
#[derive(Debug)]
#[non_exhaustive]
pub struct Environment {
    /// What is owed, and whether the law already asks for it.
    pub demand: Demand,
    /// Parameter that holds the quantity due, for a clause that a liaison can tie.
    pub measure: Option<String>,
    /// The obligation is a legal floor: it is never converted into something else.
    pub legal_floor: bool,
}

/// What is owed for the environment.
#[derive(Debug)]
#[non_exhaustive]
pub enum Demand {
    /// An obligation of the clause's own, that its indicators measure.
    Own(Obligation),
    /// What the law already asks for, said again or accompanied: the clause cannot be the environmental condition of a
    /// contract by itself.
    Law(Option<Obligation>),
}

/// What is owed, in one sentence with templates: the cell of the table of commitments.
#[derive(Debug, Clone)]
pub struct Obligation(pub(crate) Text);

impl Obligation {
    /// The sentence, with its templates.
    pub fn source(&self) -> String {
        self.0.written().to_owned()
    }
}

/// How a social clause sets its volume.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HoursRule {
    /// Amount × labour share × rate ÷ hourly price, rounded down to the step.
    Computed {
        /// Parameter that holds the insertion rate.
        rate: String,
        /// Parameter that holds the rounding step.
        step: String,
        /// Parameter that may impose a volume instead of the computation.
        volume: Option<String>,
    },
    /// So many hours for each invoiced tranche.
    Tranche {
        /// Parameter that holds the hours of a tranche.
        hours: String,
        /// Parameter that holds the amount of a tranche.
        tranche: String,
    },
    /// A volume given by the buyer.
    Given {
        /// Parameter that holds the volume.
        volume: String,
    },
}

/// The pair that a liaison ties.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Link {
    /// Social clauses that it accepts.
    pub social: Vec<String>,
    /// Environmental clauses that it accepts.
    pub environment: Vec<String>,
    /// Mechanisms.
    pub mechanisms: Vec<Mechanism>,
    /// Words of mechanisms that the rule no longer has.
    pub retired: Vec<Retired>,
    /// Linked tasks: part of the service bought.
    pub tasks: Vec<String>,
    /// Known range of the ratio of hours by unit; `None` when the liaison does not compute.
    pub ratio: Option<RatioRange>,
    /// Parameter that holds the planned duration of the linked tasks, in the measure tied or in the liaison itself; they
    /// last as long as the lot, or as each period, without it.
    pub duration: Option<String>,
    /// What that duration runs from, after « à compter de »; the order that opens the works, without it.
    pub start: Option<String>,
    /// Part of each period when the linked tasks can be done, with its article (« la saison de végétation »): the
    /// intermediate dates divide it.
    pub season: Option<String>,
    /// Tasks that no person in insertion may do.
    pub exclusions: Vec<String>,
    /// Typical performers, for the buyer's information: never printed in a piece.
    pub performers: Vec<String>,
}

/// A word of a mechanism that the rule no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retired {
    /// The word.
    pub word: &'static str,
    /// The mechanism that took its place, when one did.
    pub now: Option<Mechanism>,
    /// What to write instead, in French.
    pub help: &'static str,
}

impl Retired {
    const ALL: [Self; 2] = [
        Self {
            word: "meme-heure",
            now: Some(Mechanism::LinkedHours),
            help: "écrivez « heures-liees » dans mecanismes",
        },
        Self {
            word: "penalite-jointe",
            now: None,
            help: "retirez-le de mecanismes : chaque manque a son tarif, et les tarifs s’ajoutent sans en chercher la cause",
        },
    ];

    /// What is known of a word; `None` for one that the rule has, or never had.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|retired| retired.word == word)
    }
}

impl Link {
    /// True when the liaison has a mechanism.
    pub fn has(&self, mechanism: Mechanism) -> bool {
        self.mechanisms.contains(&mechanism)
    }
}

/// What is known of a ratio.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RatioRange {
    /// Unit (« h/t »).
    pub unit: String,
    /// Lowest known.
    pub low: Number,
    /// Highest known.
    pub high: Number,
    /// Where it comes from.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}
