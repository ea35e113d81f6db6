//! What a written file says of itself: the clauses that made it, in which versions, and the fingerprint of its text.

mod archive;

use clausier::Library;
use clausier::document::{Document, Stamp};
use clausier::terms::{Piece, Vocabulary as _};
use clausier::write::{Format, Sheet, WriteOptions, write, write_with};
use clausier_tests::{consultation, stories, unstamped};
use pulldown_cmark::{Event, Parser};
use sha2::{Digest as _, Sha256};

fn written(document: &Document, format: Format, options: &WriteOptions) -> String {
    String::from_utf8(write_with(document, format, options)).expect("text")
}

fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A written file says which clauses made it, in which version, and the fingerprint of its text.
#[test]
fn a_written_file_is_stamped() {
    let library = Library::embedded();
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let consultation = consultation(&name, &text);
    let rc = library.render(&consultation, Piece::Rc).expect("rendered");
    let docx = archive::texts(&write(&rc, Format::Docx));
    let odt = archive::texts(&write(&rc, Format::Odt));
    let html = String::from_utf8(write(&rc, Format::Html)).expect("text");
    let properties = &docx["docProps/custom.xml"];
    let stamp =
        properties.split("Empreinte\"><vt:lpwstr>").nth(1).and_then(|rest| rest.get(..64)).expect("a fingerprint");
    assert!(stamp.bytes().all(|byte| byte.is_ascii_hexdigit()), "{stamp}");
    let frame = library.render(&consultation, Piece::PriceFrame).expect("rendered");
    let frame = archive::texts(&write(&frame, Format::Xlsx));
    assert!(
        frame["docProps/custom.xml"].contains("Empreinte")
            && frame["docProps/custom.xml"].contains("bat-reemploi-taux 20")
    );
    for file in [properties, &odt["meta.xml"], &html] {
        assert!(file.contains(stamp) && file.contains("heures-insertion 20"), "{file}");
    }
    assert!(docx["word/footer1.xml"].contains(&stamp[..8]));
    // Another text, another fingerprint.
    let other = consultation.clone().launched(clausier::quantity::Date::parse("2026-12-08").expect("a day"));
    let other = archive::texts(&write(&library.render(&other, Piece::Rc).expect("rendered"), Format::Docx));
    assert!(!other["docProps/custom.xml"].contains(stamp));
}

/// As the README has it checked: without its last three lines, a plain text has the fingerprint that they give; so has the
/// comment of the Markdown, wherever the sheet of what remains to confirm stands.
#[test]
fn every_text_of_every_story_is_stamped() {
    let library = Library::embedded();
    let mut pieces = 0;
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        for document in library.resolve(&consultation).documents(false).expect("rendered") {
            for sheet in Sheet::all() {
                let options = WriteOptions { sheet, ..WriteOptions::default() };
                let text = written(&document, Format::Text, &options);
                let lines: Vec<&str> = text.lines().collect();
                let (kept, last) = lines.split_at(lines.len() - 3);
                let kept = kept.join("\n") + "\n";
                assert_eq!(kept, unstamped(&text));
                let clauses: Vec<String> =
                    document.clauses.iter().map(|stamp| format!("{} {}", stamp.id, stamp.version)).collect();
                let stamp = format!("Empreinte {} – {}", sha256(&kept), document.consultation.generator);
                let clauses = format!("Clauses {}", clauses.join(", "));
                assert_eq!(last, ["", &stamp, &clauses], "{name}, {}", document.piece);
                let markdown = written(&document, Format::Markdown, &options);
                let comment = format!("\n<!-- {stamp} – {clauses} -->\n");
                assert_eq!(unstamped(&markdown).to_owned() + &comment, markdown, "{name}, {}", document.piece);
            }
            pieces += 1;
        }
    }
    assert!(pieces > 100, "{pieces} pieces");
}

/// A block to paste would stamp the document of another, and a document that no clause made has nothing to say.
#[test]
fn what_is_pasted_or_made_by_hand_has_no_stamp() {
    let library = Library::embedded();
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let rc = library.render(&consultation(&name, &text), Piece::Rc).expect("rendered");
    let block = WriteOptions { block: true, ..WriteOptions::default() };
    let mut by_hand = rc.clone();
    by_hand.clauses.clear();
    for format in [Format::Markdown, Format::Text] {
        for text in [written(&rc, format, &block), written(&by_hand, format, &WriteOptions::default())] {
            assert_eq!(text, unstamped(&text), "{format}");
        }
    }
    // Its properties are not pasted: an office file keeps them, with the fingerprint of the block.
    let docx = archive::texts(&write_with(&rc, Format::Docx, &block));
    assert!(docx["docProps/custom.xml"].contains(&sha256(&written(&rc, Format::Text, &block))));
}

/// No id nor version ends the comment, breaks a line or makes a file that cannot be opened.
#[test]
fn no_value_leaves_the_stamp() {
    let (name, text) = stories().swap_remove(0);
    let mut document = Library::embedded().render(&consultation(&name, &text), Piece::Rc).expect("rendered");
    let hostile =
        ["-->", "--!>", "<!--", "->", "-", "---", "a--b", "x\n# Titre", "x\r\n\r\n- y", "\u{1}\u{2028}<b>", "]]>", ""];
    document.clauses = hostile.map(|value| Stamp { id: value.into(), version: value.into() }).to_vec();
    document.consultation.generator = "-->\n<script>".into();
    let markdown = written(&document, Format::Markdown, &WriteOptions::default());
    let comment = markdown.strip_prefix(unstamped(&markdown)).expect("a stamp");
    assert_eq!(comment.trim().lines().count(), 1, "{comment}");
    let inside = comment.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).expect("a comment");
    assert!(!inside.contains("--"), "{inside}");
    let read: Vec<Event<'_>> = Parser::new(comment).collect();
    assert!(read.iter().all(|event| matches!(event, Event::Html(_) | Event::Start(_) | Event::End(_))), "{read:?}");
    let text = written(&document, Format::Text, &WriteOptions::default());
    let last = text.strip_prefix(unstamped(&text)).expect("a stamp");
    assert_eq!(last.lines().count(), 3, "{last}");
    assert!(last.contains(&sha256(unstamped(&text))));
    for format in [Format::Docx, Format::Odt, Format::Xlsx] {
        for (part, xml) in archive::texts(&write(&document, format)).iter().filter(|(part, _)| *part != "mimetype") {
            roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{format} {part}: {error}"));
        }
    }
}
