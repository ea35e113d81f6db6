//! Every story, every piece: reviewed text.

use clausier::{Format, Library, Piece, write};
use clausier_tests::{consultation, stories, visible};

#[test]
fn every_story_renders_every_piece() {
    let library = Library::embedded();
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        let resolved = library.resolve(&consultation);
        let documents = resolved.documents(false).unwrap_or_else(|error| panic!("{name}: {error}"));
        for piece in [Piece::Rc, Piece::Avis, Piece::Ccap, Piece::Ae, Piece::Note] {
            assert!(documents.iter().any(|d| d.piece == piece), "{name} has no {piece}");
        }
        for document in documents {
            let markdown = String::from_utf8(write(&document, Format::Markdown)).expect("text");
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => format!("{name}, {}", document.piece) }, {
                insta::assert_snapshot!(format!("{name}@{}", document.piece), visible(&markdown));
            });
        }
    }
}

#[test]
fn every_story_carries_the_findings_that_a_jurist_expects() {
    let library = Library::embedded();
    let mut out = String::new();
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        let resolved = library.resolve(&consultation);
        out.push_str(&format!("== {name}\n"));
        for finding in resolved.findings().iter() {
            let (line, column, _) = clausier::reading::locate(&text, finding.span.start);
            out.push_str(&format!("{line}:{column} {finding}\n"));
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("constats-des-histoires", visible(&out));
    });
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    let library = Library::embedded();
    for (name, text) in stories() {
        let once = consultation(&name, &text);
        let twice = consultation(&name, &text);
        let first = library.resolve(&once).documents(false).expect("rendered");
        let second = library.resolve(&twice).documents(false).expect("rendered");
        assert_eq!(first, second, "{name}");
    }
}

/// A piece written alone only outlines the pieces to which it refers: their numbers must be the same.
#[test]
fn a_piece_alone_is_the_same_as_among_the_others() {
    let library = Library::embedded();
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        let resolved = library.resolve(&consultation);
        for among in resolved.documents(false).expect("rendered") {
            let alone = resolved.document(among.piece).expect("rendered");
            assert_eq!(alone, among, "{name}, {}", among.piece);
        }
    }
}

/// One social clause, two environmental ones, one liaison: two A4 pages.
#[test]
fn the_rc_of_a_liaison_keeps_within_a_thousand_words() {
    let text = include_str!("dossiers/deux-pages.toml");
    let consultation = consultation("deux-pages", text);
    let rc = Library::embedded().render(&consultation, Piece::Rc).expect("rendered");
    let words = String::from_utf8(write(&rc, Format::Text)).expect("text").split_whitespace().count();
    assert!(words <= 1_000, "{words} words");
    assert!(words > 300, "the block is there: {words} words");
}
