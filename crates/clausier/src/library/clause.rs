//! What a clause file holds.

mod head;
pub(crate) mod link;
mod parameter;
mod read;
pub(crate) mod ties;

use crate::base::quantity::{Date, Duration, Euros, FINE, Hours, NBSP, Number, Quantity, Rate, show_quantity};
use crate::base::terms::{Answerer, Confidence, Kind, Level, Mechanism, Piece, Status};
use crate::file::written::quoted;
use crate::library::markup::{Markup, Pointed};
use crate::library::template::{TemplateId, Templates};
pub use head::Head;
pub use parameter::ValueError;
pub(crate) use parameter::{expected_of, presets};
pub(crate) use read::{read, read_derogation, text_blocks};
pub use crate::library::marking::{Bound, Criterion, Mode, Note, Scale, Share, UnitPenalty};

/// A clause of the library.
#[derive(Debug)]
#[non_exhaustive]
pub struct Clause {
    /// Id: the file stem, unique over the whole library.
    pub id: String,
    /// Nature: the folder in which the file stands.
    pub kind: Kind,
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
    /// Clauses that this one needs on the same lots; they are added with their defaults when the dossier does not name them.
    pub requires: Vec<String>,
    /// Clauses of a lower level that this one includes: both together are a mistake.
    pub supersedes: Vec<String>,
    /// For a retired text: the id of the one that replaces it.
    pub successor: Option<String>,
    /// For a clause of a buyer's own library: the clause that it overrides, as « id@version ».
    pub overrides: Option<String>,
    /// The clause only restates the law: it cannot be the environmental condition of a contract by itself.
    pub restates_law: bool,
    /// The clause only accompanies another: it puts no measurable duty on a lot, and is no condition by itself.
    pub accompanies: bool,
    /// The obligation is a legal floor: it is never converted into something else.
    pub legal_floor: bool,
    /// The parameters, in the order of the file.
    pub parameters: Vec<Parameter>,
    /// How the clause sets a volume of insertion hours.
    pub hours: Option<HoursRule>,
    /// Parameter that holds the quantity due, for an environmental clause that a liaison can tie.
    pub measure: Option<String>,
    /// What is owed, in one sentence with templates: the cell of the table of commitments.
    pub(crate) duty: Option<Text>,
    /// Indicators: at least one for an environmental clause, one on each side for a liaison.
    pub indicators: Vec<Indicator>,
    /// Penalties.
    pub penalties: Vec<Penalty>,
    /// The pair tied, for a liaison.
    pub link: Option<Link>,
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
    pub(crate) when: Option<TemplateId>,
}

/// One text with its templates.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) template: TemplateId,
    pub(crate) targets: Vec<Pointed>,
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
    /// The text with its templates, as the file writes it.
    pub source: String,
    pub(crate) when: Option<TemplateId>,
    pub(crate) blocks: Vec<TextBlock>,
}

/// A block of text, its leaves registered as templates.
#[derive(Debug, Clone)]
pub(crate) enum TextBlock {
    Paragraph(Text),
    List { ordered: bool, items: Vec<Text> },
    Table { head: Vec<String>, rows: Vec<Vec<Text>> },
}

impl TextBlock {
    pub(crate) fn new(block: Markup, mut register: impl FnMut(&str) -> TemplateId) -> Self {
        let mut text =
            |leaf: crate::library::markup::Leaf| Text { template: register(&leaf.template), targets: leaf.targets };
        match block {
            Markup::Paragraph(leaf) => Self::Paragraph(text(leaf)),
            Markup::List { ordered, items } => Self::List { ordered, items: items.into_iter().map(text).collect() },
            Markup::Table { head, rows } => Self::Table {
                head,
                rows: rows.into_iter().map(|row| row.into_iter().map(&mut text).collect()).collect(),
            },
        }
    }

    pub(crate) fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Paragraph(text) => vec![text],
            Self::List { items, .. } => items.iter().collect(),
            Self::Table { rows, .. } => rows.iter().flatten().collect(),
        }
    }
}

impl Clause {
    /// A parameter by name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.name == name)
    }

    /// The names under which texts read the parameters: each as it is, and the word of a choice.
    pub(crate) fn parameter_names(&self) -> Vec<String> {
        let word = |parameter: &Parameter| {
            matches!(parameter.kind, ParameterKind::Choice(_)).then(|| format!("{}.choix", parameter.name))
        };
        self.parameters.iter().flat_map(|p| [Some(p.name.clone()), word(p)]).flatten().collect()
    }

    /// True when the clause fits a purchase family.
    pub fn fits(&self, family: &str) -> bool {
        self.families.is_empty() || self.families.iter().any(|f| f == family)
    }

    /// What is owed, in one sentence with its templates; empty when the clause does not say it.
    pub fn duty(&self) -> String {
        self.duty.as_ref().map(|text| self.templates.source(text.template)).unwrap_or_default()
    }

    /// The target of an indicator of this clause, with its templates.
    pub fn target_of(&self, indicator: &Indicator) -> String {
        self.templates.source(indicator.target.template)
    }

    /// The frequency of an indicator of this clause, with its templates.
    pub fn frequency_of(&self, indicator: &Indicator) -> String {
        self.templates.source(indicator.frequency.template)
    }

    /// Every template of the clause.
    pub(crate) fn all_templates(&self) -> Vec<TemplateId> {
        let mut out: Vec<TemplateId> = self.duty.iter().map(|t| t.template).collect();
        let of_indicator =
            |i: &Indicator| i.duty.iter().chain([&i.target, &i.frequency]).map(|t| t.template).collect::<Vec<_>>();
        out.extend(self.indicators.iter().flat_map(of_indicator));
        for section in &self.sections {
            out.extend(section.when);
            out.extend(section.blocks.iter().flat_map(|b| b.texts()).map(|t| t.template));
        }
        out
    }

    /// The texts of its sections, one after the other, their templates as written.
    pub(crate) fn wording(&self) -> String {
        let texts = self.sections.iter().flat_map(|section| &section.blocks).flat_map(TextBlock::texts);
        texts.map(|text| format!("{}\n", self.templates.source(text.template))).collect()
    }

    /// The pieces for which the clause has a text.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = self.sections.iter().map(|s| s.piece).collect();
        pieces.sort_unstable();
        pieces.dedup();
        pieces
    }
}
