//! The whole chain, step by step, beside the bare rendering of the same text: compare the ratios, not the times.
//!
//! Aim: findings and rendering with every check under five times the bare rendering, once the library is warm. The yardstick
//! computes nothing, so that the findings alone cost that much; the whole chain costs some forty times it.

use clausier::{Consultation, Format, Library, Piece, write};
use minijinja::Environment;

const DOSSIER: &str = include_str!("../../../examples/ecole-rehabilitation/dossier.toml");

fn main() {
    divan::main();
}

fn school() -> Consultation {
    Consultation::from_toml(DOSSIER).expect("the story is well formed")
}

/// Everything parsed and checked, as for a buyer's own library.
#[divan::bench]
fn a_validate_the_whole_library() {
    Library::embedded().validate().expect("the library is sound");
}

#[divan::bench]
fn b_read_the_dossier() -> Consultation {
    school()
}

#[divan::bench]
fn c_findings(bencher: divan::Bencher<'_, '_>) {
    let consultation = school();
    let library = Library::embedded();
    library.resolve(&consultation);
    bencher.bench(|| library.resolve(divan::black_box(&consultation)).findings().len());
}

#[divan::bench]
fn d_findings_and_rc_in_markdown(bencher: divan::Bencher<'_, '_>) {
    let consultation = school();
    let library = Library::embedded();
    bencher.bench(|| {
        let rc = library.render(divan::black_box(&consultation), Piece::Rc).expect("no blocking finding");
        write(&rc, Format::Markdown)
    });
}

/// The yardstick: the Markdown of the same RC as one bare template, compiled beforehand, each figure a value. It is a
/// floor: no choice of clauses, no hours, no law, no check, no numbering, no typography, no escaping.
#[divan::bench]
fn e_bare_rendering_of_the_same_text(bencher: divan::Bencher<'_, '_>) {
    let consultation = school();
    let rc = Library::embedded().render(&consultation, Piece::Rc).expect("no blocking finding");
    let text = String::from_utf8(write(&rc, Format::Markdown)).expect("text");
    let (template, values) = as_template(&text);
    let mut environment = Environment::new();
    environment.add_template("rc", &template).expect("a template");
    bencher.bench(|| {
        let values = divan::black_box(&values);
        environment.get_template("rc").expect("there").render(values.clone()).expect("rendered")
    });
}

/// Turns every figure of a text into a value, as a hand-written template would.
fn as_template(text: &str) -> (String, minijinja::Value) {
    let mut template = String::new();
    let mut values = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            template.push_str(&format!("{{{{ v{} }}}}", values.len()));
            values.push((format!("v{}", values.len()), std::mem::take(&mut digits)));
        }
        template.push(c);
    }
    (template, values.into_iter().collect())
}
