//! Findings: remarks on a dossier. A legal problem is a finding, never an error.

use crate::base::quantity::Date;
use crate::base::terms::Severity;
use crate::file::edit::Edit;
use crate::file::reading::Span;
use std::collections::BTreeMap;
use std::fmt;

/// A legal or practical remark on a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Stable code; `clausier expliquer CODE` says more.
    pub code: &'static str,
    /// Severity.
    pub severity: Severity,
    /// What is remarked, in French.
    pub message: String,
    /// Key path of the dossier to which it points (« lot.1.montant »).
    pub path: String,
    /// Key path where it is mended, which the dossier may not have yet; most often the same.
    pub field: String,
    /// Place in the dossier: of that key, or of its nearest parent.
    pub span: Span,
    /// Line of that place, from 1; 0 for the whole dossier, or when it was not read from a text.
    pub line: usize,
    /// Column of that place, from 1, in characters; 0 as the line.
    pub column: usize,
    /// Legal texts, cited as in force at the launch date.
    pub texts: Vec<String>,
    /// What to do, in words that suit a form as well as a file.
    pub help: String,
    /// How it is written in the file of the dossier, or which command helps; empty when the help says it all.
    pub written: String,
    /// The edits of the dossier that do it, to be made together ([`crate::edit::apply`]); empty when the buyer must choose.
    pub fix: Vec<Edit>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] : {}", self.severity, self.code, self.message)?;
        if !self.texts.is_empty() {
            write!(f, " ({})", self.texts.join(" ; "))?;
        }
        write!(f, " → {}", self.remedy())
    }
}

impl Finding {
    /// What to do, and how it is written in the file of the dossier.
    pub fn remedy(&self) -> String {
        match self.written.as_str() {
            "" => self.help.clone(),
            written => format!("{} ; dans le fichier : {written}", self.help),
        }
    }
}

/// The findings of a dossier: the gravest first, then in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    standing: Vec<Finding>,
    accepted: Vec<(Finding, String)>,
}

impl Findings {
    pub(crate) fn new(mut findings: Vec<Finding>, accepted: Vec<(Finding, String)>) -> Self {
        let rank = |finding: &Finding| match finding.severity {
            Severity::Blocking => 0,
            Severity::Warning => 1,
            Severity::Advice => 2,
        };
        findings.sort_by(|a, b| {
            (rank(a), a.span.start, a.code, &a.message).cmp(&(rank(b), b.span.start, b.code, &b.message))
        });
        findings.dedup();
        cap(&mut findings);
        Self { standing: findings, accepted }
    }

    /// These findings, in the order in which they were told.
    #[cfg(feature = "json")]
    pub(crate) fn of(standing: Vec<Finding>, accepted: Vec<(Finding, String)>) -> Self {
        Self { standing, accepted }
    }

    /// All of them, those that the buyer accepts left out.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.standing.iter()
    }

    /// Those that the buyer has read and accepts, each with his reason.
    pub fn accepted(&self) -> impl Iterator<Item = (&Finding, &str)> {
        self.accepted.iter().map(|(finding, reason)| (finding, reason.as_str()))
    }

    /// Those that refuse a piece.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|f| f.severity == Severity::Blocking)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.standing.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }
}

/// Most findings of one code that are told apart, in the order of the file: a dossier of hundreds of lots may repeat the same
/// remark on each.
pub(crate) const MOST: usize = 50;

/// Keeps the first findings of each code; the next one stands for all the others, which it counts.
fn cap(findings: &mut Vec<Finding>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    findings.iter().for_each(|finding| *counts.entry(finding.code).or_default() += 1);
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    findings.retain_mut(|finding| {
        let met = met.entry(finding.code).or_default();
        *met += 1;
        let others = counts.get(finding.code).map_or(0, |count| count - MOST.min(*count));
        if *met == MOST + 1 && others > 1 {
            finding.message = format!("et {others} autres constats de ce code, à partir d’ici");
            finding.help = "corrigez d’abord ceux qui précèdent".to_owned();
        }
        *met <= MOST + 1
    });
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Finding;
    type IntoIter = std::slice::Iter<'f, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.standing.iter()
    }
}

/// What is known of a check: its manual page, from which the command, the catalogue and the findings all draw.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CheckInfo {
    /// Stable code.
    pub code: &'static str,
    /// Severity of its findings.
    pub severity: Severity,
    /// Version of the library in which it appeared.
    pub since: &'static str,
    /// Legal texts on which it stands, by id of the register.
    pub texts: &'static [&'static str],
    /// The manual: a first sentence, then « ## Pourquoi » and « ## Que faire ».
    pub manual: &'static str,
}

impl CheckInfo {
    /// First sentence of the manual.
    pub fn summary(&self) -> &'static str {
        self.manual.trim_start().lines().next().unwrap_or_default()
    }

    /// The manual without the margin that doc comments leave.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.manual.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).collect();
        lines.join("\n").trim().to_owned()
    }
}

/// A date as findings print it.
pub(crate) fn on(date: Date) -> String {
    format!("le {date}")
}
