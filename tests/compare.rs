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
