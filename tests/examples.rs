//! Every story, every piece: reviewed text.

use clausier::typography::french;
use clausier::{Format, Library, Piece, write};
use clausier_tests::{consultation, root, stories, unstamped, visible};

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
                insta::assert_snapshot!(format!("{name}@{}", document.piece), visible(unstamped(&markdown)));
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

/// A contract that is read: the longest that a founding story may be, tables included, what remains to confirm left aside.
#[test]
fn the_contract_of_the_school_is_short_enough_to_be_read() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the story");
    let consultation = consultation(&name, &text);
    let document = Library::embedded().resolve(&consultation).document(Piece::Ccap).expect("rendered").bare();
    let markdown = String::from_utf8(write(&document, Format::Markdown)).expect("text");
    let words = markdown.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    assert!(words <= 4_200, "{words} words");
}

/// The sheet of the foreman stays on a page: 400 words fit on one, in DOCX as in ODT, with its seven headings.
#[test]
fn the_sheet_of_the_foreman_keeps_to_a_page() {
    let mut sheets = 0;
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        let documents = Library::embedded().resolve(&consultation).documents(false).expect("rendered");
        let Some(sheet) = documents.iter().find(|document| document.piece == Piece::Sheet) else { continue };
        let text = String::from_utf8(write(&sheet.clone().bare(), Format::Markdown)).expect("text");
        let words = text.split_whitespace().count();
        assert!(words <= 400, "{name}: {words} words");
        assert_eq!(text.matches("## Article").count(), 7, "{name}");
        assert!(!text.contains("\n| "), "{name} has a table");
        sheets += 1;
    }
    assert!(sheets >= 8, "{sheets}");
}

/// What the README shows is what a buyer gets: each line of its dossier, each sentence of its block.
#[test]
fn the_readme_shows_the_school_as_it_is() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let (_, school) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the story");
    let bare = |line: &str| line.split('#').next().unwrap_or_default().split_whitespace().collect::<String>();
    let dossier: Vec<String> = school.lines().map(bare).collect();
    let (_, excerpt) = readme.split_once("```toml\n").expect("a dossier");
    for line in excerpt.split("```").next().expect("its end").lines() {
        assert!(dossier.contains(&bare(line)), "not in the dossier: {line}");
    }
    let rc = Library::embedded().render(&consultation("school", &school), Piece::Rc).expect("no blocking finding");
    // The README is typed with plain spaces.
    let plain = |text: &str| french(text).replace(['\u{A0}', '\u{202F}'], " ");
    let rc = plain(&String::from_utf8(write(&rc, Format::Markdown)).expect("text"));
    let quoted = readme.lines().filter_map(|line| line.strip_prefix("> "));
    let sentences: Vec<&str> =
        quoted.flat_map(|line| line.split("[…]")).map(|part| part.trim_matches([' ', '*'])).collect();
    assert!(sentences.len() > 3);
    for sentence in sentences {
        assert!(rc.contains(&plain(sentence)), "not in the RC: {sentence}");
    }
}

/// One social clause, two environmental ones, one liaison: two A4 pages.
#[test]
fn the_rc_of_a_liaison_keeps_within_a_thousand_words() {
    let text = include_str!("dossiers/deux-pages.toml");
    let consultation = consultation("deux-pages", text);
    let rc = Library::embedded().render(&consultation, Piece::Rc).expect("rendered");
    let text = String::from_utf8(write(&rc, Format::Text)).expect("text");
    let words = unstamped(&text).split_whitespace().count();
    assert!(words <= 1_000, "{words} words");
    assert!(words > 300, "the block is there: {words} words");
}
