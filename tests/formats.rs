//! Every format, on one hostile and one realistic document: the same words, inert values, the same bytes twice.

mod specimen;

use clausier::terms::Vocabulary;
use clausier::write::{Format, Spaces, write};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn written(format: Format) -> String {
    String::from_utf8(write(&specimen::hostile(), format)).expect("a text format is UTF-8")
}

/// A text with its invisible characters made visible, so that a snapshot shows them.
fn visible(text: &str) -> String {
    text.replace('\u{A0}', "⍽").replace('\u{202F}', "⸱").replace(&"long".repeat(2_500), "long×2500")
}

/// The words of a text, whatever marks stand around them.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn text_of_the_specimen() {
    insta::assert_snapshot!(visible(&written(Format::Text)));
}

#[test]
fn markdown_of_the_specimen() {
    insta::assert_snapshot!(visible(&written(Format::Markdown)));
}

/// Read by a Markdown parser, our file holds the words of the plain text and no markup but ours.
#[test]
fn markdown_is_read_as_we_meant_it() {
    let markdown = written(Format::Markdown);
    let mut read = String::new();
    let mut items: Vec<Option<u64>> = Vec::new();
    let (mut tables, mut headings) = (0, 0);
    for event in Parser::new_ext(&markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(text) => read.push_str(&text),
            Event::Start(Tag::List(first)) => items.push(first),
            Event::Start(Tag::Item) => {
                read.push('\n');
                if let Some(Some(number)) = items.last_mut() {
                    read.push_str(&format!("{number} "));
                    *number += 1;
                }
            }
            Event::End(TagEnd::List(_)) => drop(items.pop()),
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => read.push('\n'),
            Event::Start(
                Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::TableCell | Tag::Strong | Tag::Emphasis,
            )
            | Event::Start(Tag::BlockQuote(_))
            | Event::End(_) => {}
            other => panic!("markup that we did not write: {other:?}"),
        }
    }
    assert_eq!(words(&read), words(&written(Format::Text)));
    assert_eq!((tables, headings), (3, 6));
}

#[test]
fn the_same_bytes_twice() {
    for format in Format::all() {
        assert_eq!(write(&specimen::hostile(), format), write(&specimen::hostile(), format), "{format}");
    }
}

#[test]
fn spaces_for_editors_that_lack_them() {
    let text =
        |spaces| String::from_utf8(write(&specimen::hostile().with_spaces(spaces), Format::Text)).expect("UTF-8");
    assert!(text(Spaces::Fine).contains("12\u{202F}345,60\u{A0}€"));
    assert!(text(Spaces::NoBreak).contains("12\u{A0}345,60\u{A0}€"));
    assert!(text(Spaces::Ascii).contains("12 345,60 €"));
    assert!(!text(Spaces::Ascii).contains(['\u{202F}', '\u{A0}']));
}

/// Leaves the files where the outside validators look for them.
#[test]
fn files_for_the_validators() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let documents = [
        ("specimen", specimen::hostile()),
        ("ecole-rc", specimen::school_rc()),
        ("ecole-ccap", specimen::school_ccap()),
    ];
    for (name, document) in documents {
        for format in Format::all() {
            let bytes = write(&document, format);
            std::fs::write(folder.join(name).with_extension(format.extension()), bytes).expect("written");
        }
    }
}
