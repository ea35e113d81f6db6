//! The rules of wording: each finds its examples, none cries wolf on the counter-examples, and our own texts are clean.

use clausier::lint::Place;
use clausier::quantity::Date;
use clausier::terms::Vocabulary;
use clausier::{Library, checks};
use std::collections::BTreeSet;

#[test]
fn each_rule_finds_its_examples() {
    let lint = Library::embedded().lint();
    for rule in lint.rules() {
        let place = rule.places.first().copied().unwrap_or(Place::Text);
        for example in &rule.examples {
            let hits = lint.read(example, place, None);
            assert!(hits.iter().any(|hit| std::ptr::eq(hit.rule, rule)), "{} : « {example} » n’est pas vu", rule.code);
        }
    }
}

/// A counter-example is a right text wherever its rule looks: no rule at all may find anything in it there.
#[test]
fn no_rule_cries_wolf() {
    let lint = Library::embedded().lint();
    for rule in lint.rules() {
        let places: Vec<Place> = Place::all().filter(|p| rule.places.is_empty() || rule.places.contains(p)).collect();
        for (text, place) in
            rule.counter_examples.iter().flat_map(|text| places.iter().map(move |place| (text, *place)))
        {
            let hits: Vec<String> = lint.read(text, place, None).into_iter().map(|hit| hit.message).collect();
            assert!(hits.is_empty(), "« {text} » ({place}) : {}", hits.join(" ; "));
        }
    }
}

#[test]
fn each_rule_has_a_check_that_reports_it() {
    let codes: BTreeSet<&str> = checks::all().map(|info| info.code).collect();
    for rule in Library::embedded().lint().rules() {
        assert!(codes.contains(rule.code.as_str()), "« {} » n’est pas un contrôle", rule.code);
    }
}

#[test]
fn a_name_is_wrong_from_its_day_only() {
    let lint = Library::embedded().lint();
    let read = |launch: &str| lint.read("avec l’accord de Pôle emploi", Place::Value, Date::parse(launch)).len();
    assert_eq!((read("2023-12-31"), read("2024-01-01")), (0, 1));
}

#[test]
fn the_words_found_are_those_of_the_text() {
    let text = "Les Entreprises d’Insertion, LOCALES ou non ; les ARTISANS Locaux d’abord.";
    let hits = Library::embedded().lint().read(text, Place::Value, None);
    let found: Vec<&str> = hits.iter().map(|hit| &text[hit.span.clone()]).collect();
    assert_eq!(found, ["ARTISANS Locaux"]);
    assert!(hits.iter().all(|hit| hit.rule.code == "preference-locale" && hit.message.contains("ARTISANS Locaux")));
}

/// A rule looks only where it should: an urgent need is no fault in the object of a contract.
#[test]
fn a_rule_looks_only_in_its_places() {
    let lint = Library::embedded().lint();
    let codes = |place| {
        lint.read("Travaux en urgence", place, None).into_iter().map(|h| h.rule.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes(Place::Object), Vec::<String>::new());
    assert_eq!(codes(Place::Grounds), ["raison-d-ecarter-insuffisante"]);
}

/// No text, however odd, makes the reader fail.
#[test]
fn odd_texts_are_read() {
    let lint = Library::embedded().lint();
    for text in ["", " ", "’", "…", "œ", "É", "🏗️ entreprises 🏗️ locales", "\u{0301}", &"entreprises ".repeat(5_000)]
    {
        for place in Place::all() {
            for hit in lint.read(text, place, None) {
                assert!(text.get(hit.span.clone()).is_some());
            }
        }
    }
}
