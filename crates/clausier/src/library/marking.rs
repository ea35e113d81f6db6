//! How an award criterion notes an offer, as data: what two evaluators read alike and what the engine executes.
//!
//! A criterion shares its points among notes. Price and cost alone are relative (lowest ÷ offer); every other note is a
//! bounded scale or a grid of described levels, so that no mark depends on the offers of others.

mod read;

use crate::base::quantity::{Euros, Number, Quantity, QuantityError, Rate};
use crate::base::terms::{CriterionNature, PriceForm, Sense};
use crate::library::frame::Frame;
pub(crate) use read::{Author, figure, read};

/// Keys of the values of a scale.
pub(crate) const NONE_AT: &str = "zero_a";
/// As [`NONE_AT`].
pub(crate) const ALL_AT: &str = "tout_a";
const STOCK: &str = "gisement";

/// Decimals of a mark: each note is rounded once, half up.
pub const MARK_DECIMALS: u32 = 2;

/// What an award criterion says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Criterion {
    /// What it judges.
    pub nature: CriterionNature,
    /// A cost over the life cycle, which takes the environmental characteristics of the offer into account.
    pub life_cycle: bool,
    /// Advised weight, lowest and highest, in points.
    pub weight: (i64, i64),
    /// What it notes, and how.
    pub notes: Vec<Note>,
    /// The frame in which its values are worked out; `None` when it has no figure to work out.
    pub frame: Option<Frame>,
    /// What the tenderer hands over for it.
    pub elements: Vec<String>,
    /// Criteria that note the same thing, and clauses that already demand it of all.
    pub excludes: Vec<String>,
    /// Why it is linked to the object.
    pub object: String,
}

/// No weight is advised.
const ANY_WEIGHT: (i64, i64) = (1, 100);

impl Criterion {
    /// A criterion of the dossier's own: what it judges, what it notes.
    pub fn new(nature: CriterionNature, notes: Vec<Note>) -> Self {
        let (elements, excludes, object) = Default::default();
        Self { nature, life_cycle: false, weight: ANY_WEIGHT, notes, frame: None, elements, excludes, object }
    }

    /// It takes the environmental characteristics of the offer into account.
    pub fn is_environmental(&self) -> bool {
        self.nature == CriterionNature::Environmental || self.life_cycle
    }

    /// The values of clauses that give no point: each with its clause and its name.
    pub fn minimums(&self) -> impl Iterator<Item = (&str, &str)> {
        let scales = self.notes.iter().filter_map(Note::scale);
        scales.filter_map(|scale| match &scale.none_at {
            Bound::Parameter { clause: Some(clause), name, .. } => Some((clause.as_str(), name.as_str())),
            _ => None,
        })
    }

    /// It is the price alone.
    pub fn is_price(&self) -> bool {
        self.nature == CriterionNature::Price
    }

    /// It is a cost (global or life-cycle).
    pub fn is_cost(&self) -> bool {
        self.nature == CriterionNature::Cost
    }

    /// It bears on insertion.
    pub fn is_social(&self) -> bool {
        self.nature == CriterionNature::Social
    }
}

/// One thing that a criterion notes, for its share of the points: a sub-criterion where there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Name, as a file of offers writes it.
    pub name: String,
    /// What is noted, without a full stop.
    pub title: String,
    /// What it has of the points of the criterion.
    pub share: Share,
    /// How it is noted.
    pub mode: Mode,
    /// For levels that count means of execution: the penalty of a means that is missing when it is checked; `None` for what is
    /// judged on the offer alone.
    pub means: Option<UnitPenalty>,
}

/// What a note has of the points of its criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Share {
    /// A part of them: the parts of a criterion make the whole.
    Part(Rate),
    /// In points: together they make the weight of the criterion. Only a dossier, which gives that weight, says it so.
    Points(Number),
}

impl Share {
    /// The points, for a criterion of this weight.
    pub fn of(&self, weight: &Number) -> Number {
        match self {
            Self::Part(part) => weight * &part.0,
            Self::Points(points) => points.clone(),
        }
    }
}

/// How a note gives points.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// Relative to the best of the offers: price and cost only.
    Relative {
        /// What is read for each form of price, in the order of the file; no form: it reads alike whatever the form.
        read: Vec<(Option<PriceForm>, String)>,
    },
    /// A straight line between two published values.
    Scale(Box<Scale>),
    /// Described levels, best first: per cent of the points, and what deserves them.
    Levels(Vec<(i64, String)>),
}

/// A straight line between the value that gives nothing and the value that gives all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scale {
    /// Unit of the value offered (« t », « % », « mois »).
    pub unit: String,
    /// Which way is better.
    pub sense: Sense,
    /// Value that gives no point. Read from a clause, it is that clause's minimum: an offer short of it is irregular.
    pub none_at: Bound,
    /// Value that gives all the points, and beyond which nothing is noted nor due.
    pub all_at: Bound,
    /// What the constat finds, when it is known: no promise is noted beyond it.
    pub stock: Option<Bound>,
    /// What proves, with the offer, all that is promised beyond the value that gives nothing; `None` when the offer alone
    /// promises. What is not proved so earns nothing.
    pub offer_proof: Option<String>,
    /// A value below zero is a real one (a balance), and not an impossible answer.
    pub negative: bool,
    /// The value is written in the deed of commitment and owed.
    pub engaged: bool,
    /// The penalty for each unit by which an engaged value is missed; `None` when the clause whose target it raises has its
    /// own.
    pub penalty: Option<UnitPenalty>,
    /// When an engaged value that has its own penalty is ascertained, and by what; `None` when the clause whose target it
    /// raises says so.
    pub proof: Option<String>,
}

/// The penalty for each unit by which an engaged value is missed, or for each means that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnitPenalty {
    /// The parameter of the criterion that holds it.
    Parameter(String),
    /// Its amount, in euros: a criterion of the dossier's own.
    Amount(Euros),
}

impl Scale {
    /// Its ends and what the constat finds, each with its key.
    pub(crate) fn keyed(&self) -> impl Iterator<Item = (&'static str, &Bound)> {
        let stock = self.stock.as_ref().map(|stock| (STOCK, stock));
        [(NONE_AT, &self.none_at), (ALL_AT, &self.all_at)].into_iter().chain(stock)
    }
}

/// One end of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// A value of the criterion itself, in the unit of the scale.
    Fixed(Number),
    /// A parameter: of the criterion, or of a clause that it requires.
    Parameter {
        /// Clause that holds it; `None` for the criterion's own.
        clause: Option<String>,
        /// Name of the parameter.
        name: String,
        /// Part of it.
        part: Option<Rate>,
    },
}

impl Bound {
    fn parse(text: &str, unit: &str) -> Result<Self, QuantityError> {
        if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            if let Some((part, name)) = text.split_once(" de ") {
                return Ok(Self::named(name, Some(Rate::parse(part)?)));
            }
            return Quantity::parse(text, unit).map(|q| Self::Fixed(q.value));
        }
        Ok(Self::named(text, None))
    }

    fn named(text: &str, part: Option<Rate>) -> Self {
        let (clause, name) = match text.trim().split_once('.') {
            Some((clause, name)) => (Some(clause.to_owned()), name.to_owned()),
            None => (None, text.trim().to_owned()),
        };
        Self::Parameter { clause, name, part }
    }

    /// The clause that holds the value, when it is not the criterion.
    pub fn clause(&self) -> Option<&str> {
        match self {
            Self::Parameter { clause, .. } => clause.as_deref(),
            Self::Fixed(_) => None,
        }
    }
}

impl Note {
    /// A note on described levels, in per cent of its points, best first (`100`, …, `0`); it has all the points until
    /// [`Note::with_share`] says otherwise.
    pub fn on_levels<T: Into<String>>(
        name: impl Into<String>,
        title: impl Into<String>,
        levels: impl IntoIterator<Item = (i64, T)>,
    ) -> Self {
        let mode = Mode::Levels(levels.into_iter().map(|(points, text)| (points, text.into())).collect());
        Self { name: name.into(), title: title.into(), share: Share::Part(Rate::whole()), mode, means: None }
    }

    /// A note on a straight line between two values in a unit: no point at the first, all at the second. The value offered is
    /// owed; give it its penalty ([`Note::with_penalty`]), unless the first value is the minimum of a clause.
    pub fn on_scale(
        name: impl Into<String>,
        title: impl Into<String>,
        unit: impl Into<String>,
        sense: Sense,
        ends: (Bound, Bound),
    ) -> Self {
        let (none_at, all_at) = ends;
        let scale = Scale {
            unit: unit.into(),
            sense,
            none_at,
            all_at,
            stock: None,
            offer_proof: None,
            negative: false,
            engaged: true,
            penalty: None,
            proof: None,
        };
        let mode = Mode::Scale(Box::new(scale));
        Self { name: name.into(), title: title.into(), share: Share::Part(Rate::whole()), mode, means: None }
    }

    /// The same note, with its part of the points.
    #[must_use]
    pub fn with_share(mut self, share: Share) -> Self {
        self.share = share;
        self
    }

    /// The same note, with the penalty in euros for each unit by which the value offered is missed, and when that is
    /// ascertained and by what (« chaque année, relevé des passages »); on levels, for each means counted that is missing, which
    /// any check ascertains.
    #[must_use]
    pub fn with_penalty(mut self, amount: Euros, proof: impl Into<String>) -> Self {
        match &mut self.mode {
            Mode::Scale(scale) => {
                scale.penalty = Some(UnitPenalty::Amount(amount));
                scale.proof = Some(proof.into());
            }
            Mode::Levels(_) => self.means = Some(UnitPenalty::Amount(amount)),
            Mode::Relative { .. } => {}
        }
        self
    }

    /// The scale, when the note has one.
    pub fn scale(&self) -> Option<&Scale> {
        match &self.mode {
            Mode::Scale(scale) => Some(scale),
            _ => None,
        }
    }

    /// The clause whose own target the engaged value raises, when there is one.
    pub fn raises(&self) -> Option<&str> {
        self.scale().filter(|scale| scale.engaged).and_then(|scale| scale.none_at.clause())
    }
}

/// True when a scale rises from the value that gives nothing to the value that gives all.
pub(crate) fn rises(sense: Sense, none: &Number, all: &Number) -> bool {
    match sense {
        Sense::AtLeast => none < all,
        Sense::AtMost => none > all,
    }
}
