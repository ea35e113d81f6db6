//! Runs the checks on a dossier, and words what they note as findings.

use crate::base::terms::Severity;
use crate::dossier::Partial;
use crate::dossier::consultation::{Acknowledged, Place};
use crate::file::edit::Edit;
use crate::law::Form;
use crate::library::Library;
use crate::library::lint::{Around, Hit, Setting};
use crate::resolution::checks::{ALL, Check, Look, MISSING_VALUE, UNREAD, Unanswered, unread};
use crate::resolution::facts::Facts;
use crate::resolution::finding::{CheckInfo, Finding, Findings};
use crate::resolution::fixes;
use crate::resolution::liaisons::LotLiaisons;
use crate::resolution::notes::{Note, Notes};
use crate::resolution::own_words::{OwnText, Within};
use crate::resolution::select::{FaultKind, Selection};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Runs every check.
pub(crate) fn run(facts: &Facts<'_>, liaisons: &[LotLiaisons]) -> Findings {
    let mut findings = Vec::new();
    let mut accepted = Vec::new();
    let acknowledged = &facts.consultation.acknowledged;
    let mut answered = vec![false; acknowledged.len()];
    // What could not be read is said once: another remark on the same key would only be a consequence.
    let unread: Vec<&str> = facts.consultation.unread().iter().map(|problem| problem.path.as_str()).collect();
    let consequence = |code: &str, path: &str| code != UNREAD.info.code && unread.contains(&path);
    let words = wording(facts);
    for check in ALL {
        let mut notes = Notes::default();
        match check.look {
            Look::Dossier(run) => run(facts, &mut notes),
            Look::Fault(kind) => notes.faults(&facts.selection, kind),
            Look::Liaisons(run) => liaisons.iter().for_each(|lot| run(facts, lot, &mut notes)),
            Look::Accepted(_) => {}
            Look::Words => {
                for (own, hit) in words.iter().filter(|(_, hit)| hit.rule.code == check.info.code) {
                    let instead = hit.rule.instead;
                    let fix = instead
                        .and_then(|new| fixes::reworded(facts.consultation, &own.path, own.text, &hit.span, new));
                    notes.note(&own.path, &hit.message, &hit.help).fix(fix);
                }
            }
        }
        let mut standing = Vec::new();
        for note in notes.0.into_iter().filter(|note| !consequence(check.info.code, &note.path)) {
            let (lots, _) = Facts::marked_lots(&note.message);
            let lots = if lots.is_empty() { lot_of(&note.path).into_iter().collect() } else { lots };
            let covers =
                |a: &Acknowledged| a.code == check.info.code && a.lot.is_none_or(|lot| lots == BTreeSet::from([lot]));
            // What refuses a piece is not a matter of opinion.
            let found = acknowledged.iter().position(covers).filter(|_| check.info.severity != Severity::Blocking);
            match found {
                Some(position) => {
                    answered[position] = true;
                    let named = gathered(facts, vec![note]);
                    let reason = &acknowledged[position].reason;
                    accepted.extend(named.into_iter().map(|note| (finding(facts, check, note), reason.clone())));
                }
                None => standing.push(note),
            }
        }
        if !standing.is_empty() {
            findings.extend(gathered(facts, standing).into_iter().map(|note| finding(facts, check, note)));
        }
    }
    let unanswered = Unanswered {
        accepted: acknowledged.iter().zip(answered).filter(|(_, answered)| !answered).map(|(a, _)| a).collect(),
        blocking: findings.iter().filter(|f: &&Finding| f.severity == Severity::Blocking).map(|f| f.code).collect(),
    };
    for check in ALL {
        if let Look::Accepted(run) = check.look {
            let mut notes = Notes::default();
            run(&unanswered, &mut notes);
            findings.extend(notes.0.into_iter().map(|note| finding(facts, check, note)));
        }
    }
    Findings::new(findings, accepted)
}

/// What can be said of a dossier of which too little can be read to resolve it: what is missing, and what is wrong with what it
/// chooses.
pub(crate) fn of_fragments(library: &Library, partial: &Partial) -> Findings {
    let Partial { problems, fragments, .. } = partial;
    let unread = problems.iter().map(|problem| {
        let place = Place { span: problem.span.clone(), line: problem.line, column: problem.column };
        said(UNREAD.info, unread(problem), place, Vec::new())
    });
    let mut findings: Vec<Finding> = unread.collect();
    let selection = Selection::new(library, &fragments.chosen());
    for fault in &selection.faults {
        let judges = |check: &&&Check| match check.look {
            Look::Fault(kind) => kind == fault.kind,
            _ => fault.kind == FaultKind::MissingValue && check.info.code == MISSING_VALUE.info.code,
        };
        // What could not be read is said once.
        let known = problems.iter().any(|problem| problem.path == fault.path);
        let check = ALL.iter().find(judges).filter(|_| !known);
        findings.extend(check.map(|c| said(c.info, Note::from(fault), fragments.place(&fault.path), Vec::new())));
    }
    Findings::new(findings, Vec::new())
}

/// The faults of wording in what the buyer wrote himself, each with its text.
fn wording<'f>(facts: &'f Facts<'_>) -> Vec<(&'f OwnText<'f>, Hit)> {
    let lint = facts.library.lint();
    let (launch, form) = (Some(facts.consultation.launch), Some(facts.consultation.form));
    let mut clauses: BTreeMap<&str, Around<'_>> = BTreeMap::new();
    let mut out = Vec::new();
    for own in &facts.own_words {
        let around = own
            .within
            .map(|within| &*clauses.entry(within.id()).or_insert_with(|| Around::new(move || within.wording())));
        let setting = Setting { place: own.place, launch, form };
        match own.within {
            // What surrounds it is the buyer's too.
            Some(Within::Criterion(_)) => {
                out.extend(lint.read_in(own.text, setting, around).into_iter().map(|hit| (own, hit)));
            }
            _ => {
                let within = own.within.map(Within::id).zip(around);
                let hits = facts.library.read.read(lint, own.text, setting, within);
                out.extend(hits.iter().map(|hit| (own, hit.clone())));
            }
        }
    }
    out
}

/// What a remark says, lots apart: message, help, how a file writes it, texts.
type Saying = (String, String, String, Option<&'static [&'static str]>);

/// Brings together the remarks that differ by their lots only: one remark names them all, at the place of the first.
fn gathered(facts: &Facts<'_>, notes: Vec<Note>) -> Vec<Note> {
    let mut out: Vec<(Note, BTreeSet<u32>)> = Vec::new();
    // Where the remarks that name lots stand, by what they say.
    let mut places: HashMap<Saying, usize> = HashMap::new();
    for mut note in notes {
        let (lots, bare) = Facts::marked_lots(&note.message);
        note.message = bare;
        if lots.is_empty() {
            out.push((note, lots));
            continue;
        }
        match places.entry((note.message.clone(), note.help.clone(), note.written.clone(), note.texts)) {
            Entry::Occupied(place) => {
                let (first, known) = &mut out[*place.get()];
                let other: Vec<Edit> = note.fix.into_iter().filter(|edit| !first.fix.contains(edit)).collect();
                first.fix.extend(other);
                known.extend(lots);
            }
            Entry::Vacant(place) => {
                place.insert(out.len());
                out.push((note, lots));
            }
        }
    }
    let named = |(note, lots): (Note, BTreeSet<u32>)| Note { message: facts.name_lots(&note.message, &lots), ..note };
    out.into_iter().map(named).collect()
}

/// The lot that a key path names (« lot.2.montant »).
fn lot_of(path: &str) -> Option<u32> {
    path.strip_prefix("lot.")?.split('.').next()?.parse().ok()
}

/// What a check noted, as a finding.
fn finding(facts: &Facts<'_>, check: &Check, note: Note) -> Finding {
    // Nothing is cited that was not in force that day, nor an article of other contracts.
    let ids = note.texts.unwrap_or(check.info.texts).iter().copied();
    let ids: Vec<&str> = ids.filter(|id| facts.law.text(id).is_ok()).collect();
    let cited = if ids.is_empty() { None } else { facts.law.cite(&ids, Form::Full).ok() };
    let place = facts.consultation.place(&note.path);
    said(check.info, note, place, cited.into_iter().collect())
}

fn said(info: CheckInfo, note: Note, place: Place, texts: Vec<String>) -> Finding {
    let Note { path, field, message, help, written, fix, .. } = note;
    Finding {
        code: info.code,
        severity: info.severity,
        message,
        field: field.unwrap_or_else(|| path.clone()),
        path,
        span: place.span,
        line: place.line,
        column: place.column,
        texts,
        help,
        written,
        fix,
    }
}
