//! What changed between two dossiers: each comparison is proved, and says what moved.

use clausier::existing::compare::{Changes, compare};
use clausier::{Consultation, Library};
use clausier_tests::{consultation, stories};

/// The families of a dossier.
fn families(consultation: &Consultation) -> Vec<String> {
    let mut out: Vec<String> = consultation.lots.values().map(|lot| lot.family.to_string()).collect();
    out.sort();
    out.dedup();
    out
}

fn compared(old: &Consultation, new: &Consultation) -> Changes {
    let library = Library::embedded();
    compare(&library.resolve(old), &library.resolve(new)).unwrap_or_else(|error| panic!("{error}"))
}

/// The comparison of two stories is proved before it is given: rejecting gives the old texts, accepting the new ones.
#[test]
fn every_pair_of_stories_of_a_family_is_compared_faithfully() {
    let stories: Vec<_> = stories().into_iter().map(|(name, text)| (consultation(&name, &text), name)).collect();
    let mut pairs = 0;
    for (old, before) in &stories {
        for (new, after) in &stories {
            let shared = families(old).iter().any(|family| families(new).contains(family));
            if before != after && !shared {
                continue;
            }
            let changes = compared(old, new);
            assert_eq!(changes.is_empty(), before == after, "{before} → {after}");
            pairs += usize::from(before != after);
        }
    }
    assert!(pairs >= 6, "{pairs} pairs");
}

/// Changes that a buyer makes: each gives a dossier that can still be read.
fn mutations(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let with = |at: usize, line: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines[at] = line;
        lines.join("\n")
    };
    for (at, line) in lines.iter().enumerate() {
        let mut change = |name: &str, from: &str, to: &str| {
            if line.contains(from) {
                out.push((format!("{name}, ligne {}", at + 1), with(at, line.replacen(from, to, 1))));
            }
        };
        if line.starts_with("penalite_") {
            change("pénalité", "00 €", "50 €");
        }
        if line.starts_with("objet = ") {
            change("objet", "objet = \"", "objet = \"L'objet & <b>autre</b> : ");
        }
        if line.starts_with("intitule = ") {
            change("intitulé", "intitule = \"", "intitule = \"Ensemble, ");
        }
        if line.starts_with("montant = ") {
            change("montant", "0 000 €", "9 000 €");
        }
        if line.contains("premier_numero") {
            change("numéro", "premier_numero = \"", "premier_numero = \"3");
        }
        if line.starts_with("frequence") {
            change("fréquence", "\"mensuelle\"", "\"trimestrielle\"");
        }
        change("durée", "\"16 mois\"", "\"18 mois\"");
    }
    // A clause that goes, with its table.
    let starts: Vec<usize> =
        lines.iter().enumerate().filter(|(_, l)| l.starts_with("[clause.")).map(|(i, _)| i).collect();
    for start in starts {
        let end =
            lines.iter().enumerate().skip(start + 1).find(|(_, l)| l.starts_with('[')).map_or(lines.len(), |(i, _)| i);
        let kept: Vec<&str> = lines[..start].iter().chain(&lines[end..]).copied().collect();
        out.push((format!("sans {}", lines[start]), kept.join("\n")));
    }
    out
}

/// One change at a time, on every story: what is shown is proved, and something is shown when the text moves.
#[test]
fn mutated_dossiers_are_compared_faithfully() {
    let library = Library::embedded();
    let mut count = 0;
    for (name, text) in stories() {
        let before = consultation(&name, &text);
        let before = library.resolve(&before);
        let printed = before.documents(true).expect("rendered");
        // Nine of each story, from its head to its end.
        let mutations = mutations(&text);
        let step = mutations.len().div_ceil(9).max(1);
        for (mutation, text) in mutations.into_iter().step_by(step) {
            let Ok(after) = Consultation::from_toml(&text) else { continue };
            let after = library.resolve(&after);
            let changes = compare(&before, &after).unwrap_or_else(|error| panic!("{name}, {mutation}: {error}"));
            let moved = printed != after.documents(true).expect("rendered");
            assert!(moved || changes.is_empty(), "{name}, {mutation}: a change where nothing moves");
            count += 1;
        }
    }
    assert!(count >= 60, "{count} dossiers");
}
