//! Builds a dossier without writing a line of TOML: a procurement application that holds its consultations elsewhere.
//!
//! `cargo run -p clausier --example build`

use clausier::consultation::{Buyer, Labour, Lot};
use clausier::edit::{Edit, apply};
use clausier::quantity::{Date, Duration, Euros, Rate};
use clausier::terms::{BuyerCategory, Ccag, ContractForm, ContractNature, Procedure};
use clausier::{Consultation, Known, Library};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let buyer = Buyer { name: "Ville d’Exemple".into(), category: "collectivite".parse::<BuyerCategory>()? };
    let launch = Date::parse("2026-12-07").ok_or("no such day")?;
    let labour = Labour { share: Rate::parse("85 %")?, price: Euros::from_int(28), wage_cost: false };
    let consultation = Consultation::builder(launch, buyer)
        .object("Nettoyage des écoles et de la mairie")
        .reference("2026-S-04")
        .contract(ContractForm::Market, ContractNature::Services, Procedure::Formal, Ccag::Supplies)
        .duration(Duration::parse("4 ans")?)
        .estimated_value(Euros::from_int(900_000))
        .lot(Lot::new(1, "Nettoyage", "nettoyage-locaux", Euros::from_int(900_000)).with_labour(labour))
        .choose("heures-insertion", [("taux", "10 %")])
        .criterion("prix", 60)
        .build()?;

    // What the law requires of it, then what is wrong with it as it stands.
    let library = Library::embedded();
    for duty in library.duties(&Known::from(&consultation)) {
        println!("lot {} – {} : {} ({})", duty.lot, duty.object.label(), duty.state, duty.reason);
    }
    for finding in library.resolve(&consultation).findings() {
        println!("{finding}");
    }

    // The file that a buyer can go on with by hand; a fix is an edit that keeps what he wrote around it.
    let text = consultation.to_toml();
    let edited = apply(&text, &[Edit::set("consultation.variantes", "interdites".into())])?;
    println!("{edited}");
    Ok(())
}
