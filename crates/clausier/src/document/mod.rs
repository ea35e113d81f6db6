//! The document model: all that a writer may know of a contract piece.
//!
//! A [`Document`] is finished text: numbers are computed, references resolved, values formatted, typography applied. Any
//! document can be written in any format; nothing here can fail.

mod block;
mod inline;
pub mod revision;
mod serial;
pub mod write;

use crate::base::reckoning::Reckoning;
use crate::base::terms::{Piece, Severity};
pub use block::{Bar, BarMark, BarPart, Block, Column, List, ReckonedCell, Table};
pub use inline::{Inline, Role, Source};
use inline::{each, each_text, settle};
use serde::{Deserialize, Serialize};

/// One contract piece, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Document {
    /// Which piece this is.
    pub piece: Piece,
    /// Name of the piece in full (« acte d’engagement (AE) »), for the foot of the pages and the properties of the file.
    #[serde(rename = "nom", default)]
    pub name: String,
    /// Title (« Acte d’engagement (AE) – Engagements »).
    #[serde(rename = "titre")]
    pub title: String,
    /// Identity of the consultation, for the head of the file and its properties.
    pub consultation: Identity,
    /// Visible banner of a draft: the blocking findings that stand. Empty in a regular document.
    #[serde(rename = "projet")]
    pub draft: Vec<DraftRemark>,
    /// The articles, in order.
    pub articles: Vec<Article>,
    /// The clauses of the dossier, by id, each with the version of its text: for the properties of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Stamp>,
    /// Remarks for the facilitator or the jurist, never part of the contractual text; an office writer shows them as
    /// comments, the others leave them out.
    #[serde(rename = "remarques")]
    pub remarks: Vec<Remark>,
}

/// A clause and the version of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Stamp {
    /// Id of the clause.
    pub id: String,
    /// Version of its text, as a date (« 2026-11-24 »).
    pub version: String,
}

/// What the head of a file says of the consultation; an empty field is not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Identity {
    /// Buyer's name, verbatim.
    #[serde(rename = "acheteur")]
    pub buyer: String,
    /// Reference of the consultation, verbatim.
    pub reference: String,
    /// Object of the contract, verbatim.
    #[serde(rename = "objet")]
    pub object: String,
    /// Launch date, written in French (« 7 décembre 2026 »).
    #[serde(rename = "lancement")]
    pub launch: String,
    /// Version of the library that wrote the text (« clausier 0.1.0 »).
    #[serde(rename = "logiciel")]
    pub generator: String,
}

/// A blocking finding shown in the banner of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct DraftRemark {
    /// Stable code of the finding.
    pub code: String,
    /// Its severity.
    #[serde(rename = "gravite")]
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
}

/// A remark attached to an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Remark {
    /// Anchor of the article it speaks of.
    #[serde(rename = "ancre")]
    pub anchor: String,
    /// The remark, plain text.
    #[serde(rename = "texte")]
    pub text: String,
}

/// An article or sub-article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Article {
    /// Stable anchor, unique in the document: ASCII letters, digits and hyphens.
    #[serde(rename = "ancre")]
    pub anchor: String,
    /// What stands before the heading, decoration included (« Article 7.3 – », « 7.3. »).
    #[serde(rename = "etiquette")]
    pub label: String,
    /// The bare number (« 7.3 »), as references print it.
    #[serde(rename = "numero")]
    pub number: String,
    /// Depth: 1 for an article, 2 for its sub-articles.
    #[serde(rename = "niveau")]
    pub level: u8,
    /// The heading.
    #[serde(rename = "titre")]
    pub heading: Vec<Inline>,
    /// The text.
    #[serde(rename = "blocs")]
    pub blocks: Vec<Block>,
    /// Sub-articles.
    pub articles: Vec<Article>,
}

/// A value to confirm or to fill, with the number of the article in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Number of the article (« 7.1 »).
    pub article: String,
    /// Anchor of the article.
    pub anchor: String,
    /// The value printed, or `None` when it is missing.
    pub value: Option<String>,
    /// The question asked of the buyer.
    pub question: String,
}

impl Document {
    /// A document without articles: the caller adds them, and what else it carries.
    pub fn new(piece: Piece, title: impl Into<String>, consultation: Identity) -> Self {
        Self {
            piece,
            name: piece.name().to_owned(),
            title: title.into(),
            consultation,
            draft: Vec::new(),
            articles: Vec::new(),
            clauses: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Everything that remains to be confirmed or filled, in reading order, each question once per article.
    pub fn pending(&self) -> Vec<Pending> {
        let mut out: Vec<Pending> = Vec::new();
        for article in self.flat() {
            let first = out.len();
            let mut add = |value: Option<&String>, question: &String| {
                let pending = Pending {
                    article: article.number.clone(),
                    anchor: article.anchor.clone(),
                    value: value.cloned(),
                    question: question.clone(),
                };
                if !out[first..].contains(&pending) {
                    out.push(pending);
                }
            };
            article.each_inline(&mut |inline| match inline {
                Inline::ToConfirm { value, question } => add(Some(value), question),
                Inline::Missing { question } => add(None, question),
                _ => {}
            });
        }
        out
    }

    /// All the articles and sub-articles in reading order.
    pub fn flat(&self) -> Vec<&Article> {
        fn walk<'a>(articles: &'a [Article], out: &mut Vec<&'a Article>) {
            for article in articles {
                out.push(article);
                walk(&article.articles, out);
            }
        }
        let mut out = Vec::new();
        walk(&self.articles, &mut out);
        out
    }
}

impl Document {
    /// The block alone, to be pasted into a host piece: no title, no identity, no comments, and what remains to be settled
    /// stands between square brackets in the text. The banner of a draft stays: it is why the block is none yet.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.title.clear();
        self.consultation = Identity::default();
        self.remarks.clear();
        self.articles.iter_mut().for_each(Article::settle);
        self
    }

    /// Changes every printed text in place; anchors and codes, which are identifiers, stay as they are.
    pub(crate) fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        let Self { piece: _, name, title, consultation, draft, articles, clauses: _, remarks } = self;
        let Identity { buyer, reference, object, launch, generator } = consultation;
        [name, title, buyer, reference, object, launch, generator].into_iter().for_each(&mut *change);
        draft.iter_mut().for_each(|remark| change(&mut remark.message));
        articles.iter_mut().for_each(|article| article.each_text(change));
        remarks.iter_mut().for_each(|remark| change(&mut remark.text));
    }
}

impl Article {
    fn settle(&mut self) {
        settle(&mut self.heading);
        for block in &mut self.blocks {
            match block {
                Block::Paragraph(run) => settle(run),
                Block::List(list) => list.items.iter_mut().for_each(|item| settle(item)),
                Block::Table(table) => table.rows.iter_mut().flatten().for_each(|cell| settle(cell)),
            }
        }
        self.articles.iter_mut().for_each(Self::settle);
    }

    /// An article without text: the caller adds its blocks and its sub-articles.
    pub fn new(
        anchor: impl Into<String>,
        level: u8,
        label: impl Into<String>,
        number: impl Into<String>,
        heading: Vec<Inline>,
    ) -> Self {
        Self {
            anchor: anchor.into(),
            label: label.into(),
            number: number.into(),
            level,
            heading,
            blocks: Vec::new(),
            articles: Vec::new(),
        }
    }

    fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        let Self { anchor: _, label, number, level: _, heading, blocks, articles } = self;
        change(label);
        change(number);
        each_text(heading, change);
        for block in blocks {
            match block {
                Block::Paragraph(run) => each_text(run, change),
                Block::List(list) => list.items.iter_mut().for_each(|item| each_text(item, change)),
                Block::Table(table) => {
                    change(&mut table.caption);
                    table.columns.iter_mut().for_each(|column| change(&mut column.heading));
                    table.rows.iter_mut().flatten().for_each(|cell| each_text(cell, change));
                    for Bar { label, parts, marks } in &mut table.bars {
                        change(label);
                        parts.iter_mut().for_each(|part| change(&mut part.label));
                        marks.iter_mut().for_each(|mark| change(&mut mark.label));
                    }
                }
            }
        }
        articles.iter_mut().for_each(|article| article.each_text(change));
    }

    /// Visits every inline of the article's own heading and blocks (not of its sub-articles), outermost first.
    pub fn each_inline<'a>(&'a self, visit: &mut dyn FnMut(&'a Inline)) {
        each(&self.heading, visit);
        for block in &self.blocks {
            match block {
                Block::Paragraph(run) => each(run, visit),
                Block::List(list) => list.items.iter().for_each(|item| each(item, visit)),
                Block::Table(table) => table.rows.iter().flatten().for_each(|cell| each(cell, visit)),
            }
        }
    }
}
