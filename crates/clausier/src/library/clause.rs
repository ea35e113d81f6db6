//! What a clause file holds.

mod head;
pub(crate) mod link;
mod nature;
mod parameter;
mod read;
pub(crate) mod ties;
mod value;

use crate::base::quantity::{Date, Duration, Euros, FINE, Hours, NBSP, Number, Quantity, Rate, show_quantity};
use crate::base::terms::{Answerer, Confidence, Kind, Level, Piece, Status};
use crate::document::Source;
use crate::file::written::quoted;
pub use crate::library::frame::{Frame, Lines};
pub use crate::library::marking::{Bound, Criterion, MARK_DECIMALS, Mode, Note, Scale, Share, UnitPenalty};
use crate::library::markup::{Blocks, Text};
pub use head::Head;
pub use nature::{Demand, Environment, HoursRule, Link, Nature, Obligation, RatioRange, Retired, Social};
pub use parameter::ValueError;
pub(crate) use parameter::{expected_of, leading, presets};
pub(crate) use read::{faults, read, read_derogation};
use std::sync::{Arc, OnceLock};
pub use value::{ParameterKind, Value};

/// A clause of the library.
#[derive(Debug)]
#[non_exhaustive]
pub struct Clause {
    /// Id: the file stem, unique over the whole library.
    pub id: String,
    /// Nature, with what only a clause of that nature says.
    pub nature: Nature,
    /// Title, as a heading prints it.
    pub title: String,
    /// Version of the wording, by date.
    pub version: Date,
    /// Review status.
    pub status: Status,
    /// Level of ambition.
    pub level: Level,
    /// Purchase families for which the clause is made; empty means any.
    pub families: Vec<String>,
    /// CPV codes or prefixes for which the clause is made.
    pub cpv: Vec<String>,
    /// Legal texts on which it stands, by id of the register.
    pub grounds: Vec<String>,
    /// Why this clause, for the buyer.
    pub why: String,
    /// Points to watch.
    pub vigilance: Vec<String>,
    /// What the buyer attaches to the consultation documents because a text of the clause announces it.
    pub attached: Vec<String>,
    /// The tables to fill that a text of the clause announces.
    pub frames: Vec<Frame>,
    /// Clauses that this one needs on the same lots; they are added with their defaults when the dossier does not name them.
    pub requires: Vec<String>,
    /// Clauses of a lower level that this one includes: both together are a mistake.
    pub supersedes: Vec<String>,
    /// For a retired text: the id of the one that replaces it.
    pub successor: Option<String>,
    /// For a clause of a buyer's own library: the clause that it overrides, as « id@version ».
    pub overrides: Option<String>,
    /// The parameters, in the order of the file.
    pub parameters: Vec<Parameter>,
    /// Indicators: at least one for an environmental clause, one on each side for a liaison.
    pub indicators: Vec<Indicator>,
    /// Penalties.
    pub penalties: Vec<Penalty>,
    /// Derogations to the CCAG that the clause's own stipulations make.
    pub(crate) derogations: Vec<Derogation>,
    /// Texts, by piece and slot.
    pub sections: Vec<Section>,
}

impl Clause {
    /// The word of its nature.
    pub fn kind(&self) -> Kind {
        self.nature.kind()
    }

    /// How a social clause sets a volume of insertion hours, when it sets one.
    pub fn hours(&self) -> Option<&HoursRule> {
        match &self.nature {
            Nature::Social(Social::Hours(rule)) => Some(rule),
            _ => None,
        }
    }

    /// Parameter that holds the quantity due, for an environmental clause that a liaison can tie.
    pub fn measure(&self) -> Option<&str> {
        match &self.nature {
            Nature::Environment(environment) => environment.measure.as_deref(),
            _ => None,
        }
    }

    /// The pair tied, for a liaison.
    pub fn link(&self) -> Option<&Link> {
        match &self.nature {
            Nature::Liaison(link) => Some(link),
            _ => None,
        }
    }

    /// What an award criterion says.
    pub fn criterion(&self) -> Option<&Criterion> {
        match &self.nature {
            Nature::Criterion(criterion) => Some(criterion),
            _ => None,
        }
    }

    /// What is owed, when the clause says it in one sentence.
    pub fn obligation(&self) -> Option<&Obligation> {
        match &self.nature {
            Nature::Social(Social::Commitment(obligation)) => Some(obligation),
            Nature::Environment(Environment { demand: Demand::Own(obligation), .. }) => Some(obligation),
            Nature::Environment(Environment { demand: Demand::Law(obligation), .. }) => obligation.as_ref(),
            _ => None,
        }
    }

    /// True for an environmental clause that only restates the law: it cannot be the environmental condition of a contract
    /// by itself.
    pub fn restates_law(&self) -> bool {
        matches!(self.nature, Nature::Environment(Environment { demand: Demand::Law(_), .. }))
    }

    /// True for an environmental clause whose obligation is a legal floor: it is never converted into something else.
    pub fn is_legal_floor(&self) -> bool {
        matches!(self.nature, Nature::Environment(Environment { legal_floor: true, .. }))
    }

    /// True for a social clause that only accompanies another: it puts no measurable duty on a lot, and is no condition by
    /// itself.
    pub fn accompanies(&self) -> bool {
        matches!(self.nature, Nature::Social(Social::Accompanying))
    }

    /// True for a social clause that commits to something else than hours.
    pub(crate) fn is_social_commitment(&self) -> bool {
        matches!(self.nature, Nature::Social(Social::Commitment(_)))
    }
}

/// A parameter of a clause.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Parameter {
    /// Name, as the dossier writes it.
    pub name: String,
    /// Type, with its unit where it has one.
    pub kind: ParameterKind,
    /// The question asked of the buyer.
    pub question: String,
    /// Default, as a dossier would write it; printed with the mark « à confirmer ».
    pub default: Option<Value>,
    /// May be left out altogether.
    pub optional: bool,
    /// Lowest and highest values accepted.
    pub bounds: Option<(Value, Value)>,
    /// Usual range, proposed to the buyer when the value is missing; not a limit.
    pub range: String,
    /// Where the default or the range comes from.
    pub source: String,
    /// How sure that source is.
    pub confidence: Confidence,
    /// What the value may not exceed.
    pub most: Option<Yardstick>,
    /// What the value may not fall short of.
    pub least: Option<Yardstick>,
    /// Parameter of the register that holds the share which the law asks for at least on the same object.
    pub floor: Option<String>,
    /// Who answers, when the file says so; see [`Clause::answerer`].
    pub who: Option<Answerer>,
    /// Where its values come from, as documents say it; once one has been printed.
    pub(crate) printed: OnceLock<Arc<Source>>,
}

/// What the value of a parameter is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Yardstick {
    /// Another parameter of the clause, of the same type.
    Parameter(String),
    /// The insertion hours of the lot.
    Hours,
    /// The length of the contract on the lot, renewals included: a delay must be shorter.
    Length,
    /// The hours that one person at full time works during that length.
    FullTime,
}

impl Clause {
    /// Who usually answers the question of a parameter: whom its file names, otherwise the jurist for the amount of a penalty,
    /// the technical service for the environment, the facilitator for insertion and for a liaison, the buyer for the rest.
    pub fn answerer(&self, parameter: &Parameter) -> Answerer {
        let penalty = self.penalties.iter().any(|penalty| penalty.amount == parameter.name);
        parameter.who.unwrap_or(match self.kind() {
            _ if penalty || parameter.name == link::CEILING => Answerer::Jurist,
            Kind::Environment => Answerer::Technical,
            Kind::Social | Kind::Liaison => Answerer::Facilitator,
            Kind::Criterion => Answerer::Buyer,
        })
    }
}

/// An indicator.
#[derive(Debug)]
#[non_exhaustive]
pub struct Indicator {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Register that it feeds: insertion or environment.
    pub register: Register,
    /// What is due, when it is not the duty of the clause.
    pub(crate) duty: Option<Text>,
    pub(crate) target: Text,
    pub(crate) frequency: Text,
    /// How the buyer checks; empty when the clause leaves it to the trame.
    pub control: String,
    /// Proofs to hand over.
    pub proofs: Vec<String>,
}

/// Which of the two registers an indicator, or a penalty, belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Register {
    /// Insertion hours.
    Insertion,
    /// Environmental result.
    Environment,
}

/// A penalty, as data: each obligation has its own tariff.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Penalty {
    /// The fact.
    pub fact: String,
    /// What the obligation is.
    pub object: PenaltyObject,
    /// Unit in which the failure is counted (« heure », « tonne », « manquement »).
    pub unit: String,
    /// Parameter that holds the amount; empty when an index sets it.
    pub amount: String,
    /// Index of the register that sets the amount, and how many times.
    pub index: Option<(String, Number)>,
    /// When the failure is recorded, in French; empty leaves it to what is sanctioned.
    pub occasion: String,
    /// Notice: a parameter name, or a fixed duration; empty when nothing can repair the failure, or when the dates of the
    /// hours give it.
    pub notice: String,
    /// Nothing can repair the failure: it is recorded, and owed without notice.
    pub irreparable: bool,
    /// A period that follows, and not the one at fault, tells the effect of the notice: one notice then lasts a year.
    pub recurring: bool,
    /// The clause keeps it out of every ceiling, or in the general one; none leaves it to what is sanctioned.
    pub capped: Option<bool>,
}

/// What a penalty sanctions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PenaltyObject {
    /// Missing insertion hours (or action).
    Hours,
    /// Linked hours missing, or worked at other tasks: every liaison that links hours has this penalty.
    LinkedHours,
    /// Hours of training to the linked tasks missing: every liaison that trains within its linked hours has it.
    Training,
    /// Unjustified absence at a follow-up meeting.
    Absence,
    /// A document missing, partial or late.
    Document,
    /// A missing environmental result.
    Result,
    /// Waste tracking (its own CCAG article).
    Waste,
}

/// A derogation to the CCAG.
#[derive(Debug, Clone)]
pub(crate) struct Derogation {
    /// Anchor of the article that departs, in the CCAP.
    pub(crate) anchor: String,
    /// Concepts of the CCAG table departed from.
    pub(crate) concepts: Vec<String>,
    /// What changes.
    pub(crate) object: String,
    /// Certain, or « en tant que de besoin ».
    pub(crate) certain: bool,
    pub(crate) when: Option<Text>,
}

/// A text of a clause for one slot of one piece.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Section {
    /// The piece.
    pub piece: Piece,
    /// The slot of its trame.
    pub slot: String,
    /// Heading, when the slot gives each section one; the clause's title otherwise.
    pub title: String,
    /// Condition under which the text is printed, as the file writes it; empty when there is none.
    pub condition: String,
    pub(crate) when: Option<Text>,
    pub(crate) text: Blocks,
}

impl Section {
    /// The text with its templates, as the file writes it.
    pub fn source(&self) -> &str {
        self.text.source()
    }
}

impl Clause {
    /// A parameter by name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.name == name)
    }

    /// The names under which texts read the parameters.
    pub(crate) fn parameter_names(&self) -> Vec<String> {
        parameter_names(&self.parameters)
    }

    /// True when the clause fits a purchase family.
    pub fn fits(&self, family: &str) -> bool {
        self.families.is_empty() || self.families.iter().any(|f| f == family)
    }

    /// The target of an indicator of this clause, with its templates.
    pub fn target_of(&self, indicator: &Indicator) -> String {
        indicator.target.written().to_owned()
    }

    /// The frequency of an indicator of this clause, with its templates.
    pub fn frequency_of(&self, indicator: &Indicator) -> String {
        indicator.frequency.written().to_owned()
    }

    /// The texts of its sections, one after the other, their templates as written.
    pub(crate) fn wording(&self) -> String {
        let texts = self.sections.iter().flat_map(|section| section.text.texts());
        texts.map(|text| format!("{}\n", text.written())).collect()
    }

    /// The pieces for which the clause has a text.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = self.sections.iter().map(|s| s.piece).collect();
        pieces.sort_unstable();
        pieces.dedup();
        pieces
    }
}

/// The names under which texts read some parameters: each as it is, and the word of a choice.
fn parameter_names(parameters: &[Parameter]) -> Vec<String> {
    let word = |parameter: &Parameter| {
        matches!(parameter.kind, ParameterKind::Choice(_)).then(|| format!("{}.choix", parameter.name))
    };
    parameters.iter().flat_map(|p| [Some(p.name.clone()), word(p)]).flatten().collect()
}
