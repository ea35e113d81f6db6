//! Comparison: the school CCAP with its revisions, and a long text, each proved.

use clausier::document::{Article, Block, Document, Identity, Inline};
use clausier::existing::compare::{compare, compare_documents};
use clausier::terms::Piece;
use clausier::write::{Reviser, reads_back, write_revisions};
use clausier::{Consultation, Format, Library};

const SCHOOL: &str = include_str!("../../../examples/ecole-rehabilitation/dossier.toml");

fn main() {
    divan::main();
}

/// The school and the school with other values.
fn sides() -> (Consultation, Consultation) {
    let other = SCHOOL.replace("\"45 €\"", "\"50 €\"").replace("\"18 t\"", "\"20 t\"");
    let read = |text: &str| Consultation::from_toml(text).expect("a story");
    (read(SCHOOL), read(&other))
}

/// Both dossiers rendered, all their pieces compared.
#[divan::bench]
fn two_dossiers(bencher: divan::Bencher<'_, '_>) {
    let (old, new) = sides();
    let library = Library::embedded();
    bencher.bench_local(|| compare(&library.resolve(&old), &library.resolve(&new)).expect("compared"));
}

/// The CCAP compared, proved on the model and written with its revisions.
#[divan::bench]
fn school_ccap_docx(bencher: divan::Bencher<'_, '_>) {
    ccap(bencher, false);
}

/// The same, its bytes read back to both documents.
#[divan::bench]
fn school_ccap_docx_read_back(bencher: divan::Bencher<'_, '_>) {
    ccap(bencher, true);
}

fn ccap(bencher: divan::Bencher<'_, '_>, read_back: bool) {
    let (old, new) = sides();
    let render = |side| [Library::embedded().render(side, Piece::Ccap).expect("rendered")];
    let (old, new) = (render(&old), render(&new));
    let reviser = Reviser { author: "clausier".to_owned(), date: None };
    bencher.bench_local(|| {
        let changes = compare_documents(&old, &new).expect("compared");
        let redline = &changes.pieces[0].redline;
        let bytes = write_revisions(redline, Format::Docx, &reviser).expect("written");
        assert!(!read_back || reads_back(redline, Format::Docx, &bytes));
        bytes
    });
}

/// Twenty thousand tokens in a hundred paragraphs, one word in seventy changed.
#[divan::bench]
fn twenty_thousand_tokens(bencher: divan::Bencher<'_, '_>) {
    let text = |changed: bool| {
        let mut article = Article::new("a", 1, "1. ", "1", Vec::new());
        for paragraph in 0..100 {
            let word = |n: usize| if changed && n % 70 == 7 { format!("autre{n}") } else { format!("mot{}", n % 97) };
            let words: Vec<String> = (0..100).map(|n| word(paragraph * 100 + n)).collect();
            article.blocks.push(Block::Paragraph(vec![Inline::Text(words.join(" "))]));
        }
        let mut document = Document::new(Piece::Ccap, "Texte", Identity::default());
        document.articles.push(article);
        [document]
    };
    let (old, new) = (text(false), text(true));
    bencher.bench_local(|| compare_documents(&old, &new).expect("compared"));
}
