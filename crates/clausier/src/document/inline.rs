//! The runs of a text, with what each value is and where it comes from.

use super::*;
use std::sync::Arc;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum Inline {
    /// Plain text: a writer escapes it.
    #[serde(rename = "texte")]
    Text(
        #[serde(with = "serial::text")]
        #[cfg_attr(feature = "json", schemars(with = "serial::Text<String>"))]
        String,
    ),
    /// Strong emphasis.
    #[serde(rename = "gras")]
    Strong(
        #[serde(with = "serial::content")]
        #[cfg_attr(feature = "json", schemars(with = "serial::Content<Vec<Inline>>"))]
        Vec<Inline>,
    ),
    /// Emphasis.
    #[serde(rename = "italique")]
    Emphasis(
        #[serde(with = "serial::content")]
        #[cfg_attr(feature = "json", schemars(with = "serial::Content<Vec<Inline>>"))]
        Vec<Inline>,
    ),
    /// A value, with where it comes from: no written file shows it.
    #[serde(rename = "valeur")]
    Value {
        /// Where it comes from: the values of one parameter share it.
        #[serde(flatten)]
        source: Arc<Source>,
        /// What is printed.
        #[serde(rename = "contenu")]
        content: Vec<Inline>,
    },
    /// A reference to an article of this document.
    #[serde(rename = "renvoi")]
    Reference {
        /// Anchor of the article referred to; it exists in this document.
        #[serde(rename = "ancre")]
        anchor: String,
        /// What is printed (« article 12.9 »).
        #[serde(rename = "texte")]
        text: String,
    },
    /// A value taken from a default, which the buyer must confirm.
    #[serde(rename = "a-confirmer")]
    ToConfirm {
        /// The value, formatted.
        #[serde(rename = "valeur")]
        value: String,
        /// The question asked of the buyer.
        question: String,
    },
    /// A value that is missing: only a draft holds one, printed « [à compléter : question] ».
    #[serde(rename = "a-completer")]
    Missing {
        /// The question asked of the buyer.
        question: String,
    },
}

/// Where a printed value comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Source {
    /// Id of the clause.
    pub clause: String,
    /// Name of its parameter, or of the figure that is computed for it; for a citation, what it cites.
    #[serde(rename = "nom")]
    pub name: String,
    /// What the value does in the contract.
    pub role: Role,
}

/// What a printed value does in the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Role {
    /// It measures what is owed: the more, the more is owed.
    #[serde(rename = "engagement")]
    Commitment,
    /// It bounds what is owed: the more, the less is owed.
    #[serde(rename = "limite")]
    Limit,
    /// It sets a penalty or its ceiling.
    #[serde(rename = "penalite")]
    Penalty,
    /// It sets a deadline, a date, a duration.
    #[serde(rename = "delai")]
    Deadline,
    /// It is another number.
    #[serde(rename = "nombre")]
    Number,
    /// It is words.
    #[serde(rename = "mots")]
    Words,
    /// It cites a law or a CCAG.
    #[serde(rename = "droit")]
    Law,
    /// It names an article of a piece.
    #[serde(rename = "article")]
    Article,
}

impl Source {
    /// The source of a reference to an article.
    #[cfg(feature = "json")]
    pub(crate) fn article(anchor: &str) -> Self {
        Self { clause: String::new(), name: anchor.to_owned(), role: Role::Article }
    }
}

impl Inline {
    /// What a missing value prints, in every format.
    pub fn missing_text(question: &str) -> String {
        format!("[à compléter : {question}]")
    }

    /// The words of a run, without any decoration.
    pub fn plain(run: &[Inline]) -> String {
        let mut out = String::new();
        for inline in run {
            match inline {
                Self::Text(text) | Self::Reference { text, .. } => out.push_str(text),
                Self::ToConfirm { value, .. } => out.push_str(value),
                Self::Strong(inner) | Self::Emphasis(inner) | Self::Value { content: inner, .. } => {
                    out.push_str(&Self::plain(inner));
                }
                Self::Missing { question } => out.push_str(&Self::missing_text(question)),
            }
        }
        out
    }
}

pub(super) fn each_text(run: &mut [Inline], change: &mut dyn FnMut(&mut String)) {
    for inline in run {
        match inline {
            Inline::Text(text) | Inline::Reference { anchor: _, text } => change(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Value { source: _, content: inner } => {
                each_text(inner, change);
            }
            Inline::ToConfirm { value, question } => {
                change(value);
                change(question);
            }
            Inline::Missing { question } => change(question),
        }
    }
}

/// Turns the marks of what remains to be settled into plain text.
pub(super) fn settle(run: &mut [Inline]) {
    for inline in run {
        match inline {
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Value { source: _, content: inner } => {
                settle(inner)
            }
            Inline::ToConfirm { value, .. } => *inline = Inline::Text(format!("[{value}]")),
            Inline::Missing { question } => *inline = Inline::Text(format!("[à compléter : {question}]")),
            Inline::Text(_) | Inline::Reference { .. } => {}
        }
    }
}

pub(super) fn each<'a>(run: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in run {
        visit(inline);
        if let Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Value { content: inner, .. } = inline {
            each(inner, visit);
        }
    }
}
