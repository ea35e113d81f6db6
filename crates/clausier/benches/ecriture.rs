//! The writers alone, on the RC and the CCAP of the school. Aim: an office file of the RC under two milliseconds.

use clausier::terms::Vocabulary;
use clausier::{Consultation, Document, Format, Library, Piece, write};

const DOSSIER: &str = include_str!("../../../examples/ecole-rehabilitation/dossier.toml");

fn main() {
    divan::main();
}

fn school(piece: Piece) -> Document {
    let consultation = Consultation::from_toml(DOSSIER).expect("the story is well formed");
    Library::embedded().render(&consultation, piece).expect("no blocking finding")
}

#[divan::bench(args = Format::all())]
fn rc(bencher: divan::Bencher<'_, '_>, format: Format) {
    let document = school(Piece::Rc);
    bencher.bench(|| write(divan::black_box(&document), format));
}

#[divan::bench(args = Format::all())]
fn ccap(bencher: divan::Bencher<'_, '_>, format: Format) {
    let document = school(Piece::Ccap);
    bencher.bench(|| write(divan::black_box(&document), format));
}
