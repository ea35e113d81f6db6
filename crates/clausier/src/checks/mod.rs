//! Legal and practical checks: one per file, the file stem is the code with underscores.
//!
//! The doc text of a check is its manual: rustdoc, `clausier expliquer CODE` and the catalogue draw from it.

use crate::facts::Facts;
use crate::finding::{CheckInfo, Finding, Findings};
use crate::legal::Form;

/// A check: what is known of it, and how it looks at a dossier.
pub(crate) struct Check {
    pub(crate) info: CheckInfo,
    pub(crate) run: fn(&Facts<'_>, &mut Notes),
}

/// What a check notes: a key path, a message, what to do.
#[derive(Default)]
pub(crate) struct Notes(Vec<(String, String, String)>);

impl Notes {
    /// Notes a remark at a key path of the dossier.
    pub(crate) fn add(&mut self, path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) {
        self.0.push((path.into(), message.into(), help.into()));
    }
}

/// Declares the check of a file.
macro_rules! check {
    ($(#[doc = $doc:literal])+ $code:literal, $severity:ident, since $since:literal, texts [$($text:literal),* $(,)?], $run:ident $(,)?) => {
        $(#[doc = $doc])+
        pub(crate) static CHECK: $crate::checks::Check = $crate::checks::Check {
            info: $crate::finding::CheckInfo {
                code: $code,
                severity: $crate::terms::Severity::$severity,
                since: $since,
                texts: &[$($text),*],
                manual: concat!($($doc, "\n"),+),
            },
            run: $run,
        };
    };
}
pub(crate) use check;

mod critere_environnemental_absent;

static ALL: &[&Check] = &[&critere_environnemental_absent::CHECK];

/// The manual page of every check, by code.
pub fn all() -> impl Iterator<Item = CheckInfo> {
    ALL.iter().map(|check| check.info)
}

/// The manual page of a code.
pub fn explain(code: &str) -> Option<CheckInfo> {
    all().find(|info| info.code == code)
}

/// Runs every check.
pub(crate) fn run(facts: &Facts<'_>) -> Findings {
    let mut findings = Vec::new();
    for check in ALL {
        let mut notes = Notes::default();
        (check.run)(facts, &mut notes);
        for (path, message, help) in notes.0 {
            // Nothing is cited that was not in force that day.
            let ids: Vec<&str> = check.info.texts.iter().copied().filter(|id| facts.law.text(id).is_ok()).collect();
            let cited = if ids.is_empty() { None } else { facts.law.cite(&ids, Form::Full).ok() };
            let texts = cited.into_iter().collect();
            let span = facts.consultation.place(&path);
            findings.push(Finding {
                code: check.info.code,
                severity: check.info.severity,
                message,
                path,
                span,
                texts,
                help,
            });
        }
    }
    Findings::new(findings)
}
