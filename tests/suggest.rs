//! Suggestions: what is due comes first, each with a reason, and what is taken up settles it.

use clausier::terms::Kind;
use clausier::{Library, Way};
use clausier_tests::{consultation, stories};

/// The founding story without its clauses nor its criteria.
fn bare() -> String {
    let (_, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the founding story");
    let mut keep = true;
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with('[') {
            keep = !(line.starts_with("[clause.") || line.starts_with("[critere"));
        }
        if keep {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn what_the_law_requires_comes_first() {
    let library = Library::embedded();
    let text = bare();
    let consultation = consultation("bare", &text);
    let suggestions = library.suggest(&consultation);
    let due: Vec<_> = suggestions.iter().take_while(|s| s.due).collect();
    for kind in [Kind::Social, Kind::Environment, Kind::Criterion] {
        assert!(due.iter().any(|s| s.kind == kind), "{kind} is due");
    }
    assert!(suggestions.iter().all(|s| !s.reasons.is_empty()), "each has its reason");
    let hours = due.iter().find(|s| s.id == "heures-insertion").expect("hours are due");
    assert_eq!(hours.lots, [1, 2, 3, 4]);
    assert!(hours.hours.is_some(), "it says what it would set");
}

#[test]
fn a_liaison_names_the_pair_that_it_would_tie() {
    let library = Library::embedded();
    let text = bare();
    let consultation = consultation("bare", &text);
    let suggestions = library.suggest(&consultation);
    let liaison = suggestions.iter().find(|s| s.id == "decons-depose-reemploi").expect("the family has it");
    assert_eq!(liaison.lots, [1]);
    assert!(
        liaison.with.contains(&"heures-insertion".to_owned()) && liaison.with.contains(&"bat-reemploi-taux".to_owned())
    );
}

#[test]
fn what_is_chosen_is_not_proposed() {
    let library = Library::embedded();
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        for suggestion in library.suggest(&consultation) {
            for lot in &suggestion.lots {
                let chosen = consultation
                    .choice(&suggestion.id)
                    .is_some_and(|c| c.lots.as_ref().is_none_or(|l| l.contains(lot)));
                assert!(!chosen, "{name}: {} on lot {lot}", suggestion.id);
            }
            assert!(!suggestion.due, "{name} has what the law requires, yet {} is due", suggestion.id);
        }
    }
}

#[test]
fn a_volume_too_small_for_a_post_is_advised_otherwise() {
    let text = bare().replace("350 000 €", "12 000 €");
    let consultation = consultation("bare", &text);
    let resolved = Library::embedded().resolve(&consultation);
    let advice = resolved.advice();
    let first = advice.iter().find(|a| a.lot == 1).and_then(|a| a.ways.first()).expect("advice for lot 1");
    assert_eq!(first.0, Way::Other, "{}", first.1);
    let usual = advice.iter().find(|a| a.lot == 2).and_then(|a| a.ways.first()).expect("advice for lot 2");
    assert_ne!(usual.0, Way::Other);
}
