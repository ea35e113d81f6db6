//! The head of a clause file: what a list of clauses shows, read without the rest.

use super::Clause;
use crate::base::terms::{Kind, Level, Status};
use crate::file::reading::{self, Report, Table};

/// What a list shows of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head {
    /// Id: the stem of its file.
    pub id: String,
    /// Nature.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Status.
    pub status: Status,
    /// Level of demand.
    pub level: Level,
    /// Purchase families; none for all of them.
    pub families: Vec<String>,
}

impl Head {
    /// True when the clause fits a purchase family.
    pub fn fits(&self, family: &str) -> bool {
        self.families.is_empty() || self.families.iter().any(|f| f == family)
    }

    /// The head of a clause that has been read whole.
    pub(crate) fn of(clause: &Clause) -> Self {
        let Clause { id, nature, title, status, level, families, .. } = clause;
        let (id, title, families) = (id.clone(), title.clone(), families.clone());
        Self { id, kind: nature.kind(), title, status: *status, level: *level, families }
    }

    /// Reads the head of a sound file, which stands before its first table; `None` when it does not stand there alone.
    pub(crate) fn read(id: &str, kind: Kind, source: &str) -> Option<Self> {
        let head = source.split("\n[").next().unwrap_or_default();
        let report = Report::new(head);
        let root = reading::parse(head, &report);
        let top = Table::root(&root, &report);
        let title = top.text("titre").map(str::to_owned);
        let (status, level) = (top.word::<Status>("statut"), top.word::<Level>("niveau"));
        let families = top.texts("famille");
        if !report.into_problems().is_empty() {
            return None;
        }
        Some(Self {
            id: id.to_owned(),
            kind,
            title: title?,
            status: status?,
            level: level.unwrap_or(Level::Base),
            families,
        })
    }
}
