//! Embedding the library: read a dossier, look at the findings, write the block for the règlement de la consultation.
//!
//! `cargo run -p clausier --example embed -- examples/ecole-rehabilitation/dossier.toml`

use clausier::{Consultation, Format, Library, Piece, write};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("donnez le chemin d’un dossier")?;
    let consultation = Consultation::from_slice(&std::fs::read(path)?)?;
    let library = Library::embedded();

    // A legal problem is a finding, never an error: the resolution always exists.
    let resolved = library.resolve(&consultation);
    for finding in resolved.findings().iter() {
        eprintln!("{finding}");
    }
    for volume in resolved.hours() {
        if let Ok(hours) = volume.result {
            eprintln!("lot {} : {} ({} jours)", volume.lot, hours.rounded, hours.equivalents.days.french(1));
        }
    }

    // Only the rendering refuses, when a blocking finding stands.
    let rc = resolved.document(Piece::Rc)?;
    std::io::stdout().write_all(&write(&rc, Format::Markdown))?;
    Ok(())
}
