//! The rules of wording on the texts of a usual dossier: an object, titles, values, a method, grounds.
//!
//! Aim: 0.3 ms for the first reading of a process, the engine made ready included; 30 µs for a text in the next ones.

use clausier::Library;
use clausier::lint::{Lint, Place, Setting};
use clausier::quantity::Date;
use clausier::terms::ContractForm;
use std::time::Instant;

const TEXTS: [(Place, &str); 9] = [
    (Place::Object, "Réhabilitation énergétique et restructuration du groupe scolaire des Tilleuls"),
    (Place::Object, "Gros œuvre, démolitions et désamiantage"),
    (Place::Object, "Chauffage, ventilation, plomberie et régulation"),
    (
        Place::Value,
        "Portes intérieures, radiateurs en fonte et lavabos déposés au lot 1, remis à une association ou à un recycleur",
    ),
    (Place::Value, "Manutention, dépose soignée, nettoyage de fin de chantier, pose de cloisons et peinture"),
    (
        Place::Value,
        "Le mardi 12 janvier à 9 h, sur place, avec le conducteur de travaux ; un compte rendu est remis sous huit jours.",
    ),
    (
        Place::Value,
        "Les menuiseries posées portent un écolabel de type I ou équivalent, prouvé par une attestation du fabricant.",
    ),
    (
        Place::GreenCriterion,
        "Consommation d’énergie des équipements posés, en kWh par an, sur la fiche du fabricant : 0 point à 300 kWh, \
         10 points à 150 kWh, par interpolation entre les deux. Une offre sans fiche n’a aucun point.",
    ),
    (
        Place::Grounds,
        "Les interventions durent moins de dix heures chacune et se font sur des automates sous tension : 62 heures au \
         total sur un an, dont aucune tâche ne peut être confiée à une personne en formation.",
    ),
];

fn read(lint: Lint<'_>, texts: &[(Place, &str)]) -> usize {
    let setting = |place| Setting { place, launch: Date::parse("2026-12-07"), form: Some(ContractForm::Market) };
    texts.iter().map(|(place, text)| lint.read_as(text, setting(*place)).len()).sum()
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn main() {
    let library = Library::embedded();
    let lint = library.lint();
    let start = Instant::now();
    let found = read(lint, &TEXTS);
    println!("première lecture : {:?}, {found} constat", start.elapsed());
    divan::main();
}

#[divan::bench]
fn nine_texts(bencher: divan::Bencher<'_, '_>) {
    let library = Library::embedded();
    bencher.bench_local(|| read(divan::black_box(library.lint()), &TEXTS));
}

/// The method of a criterion, the longest of them.
#[divan::bench]
fn the_longest_text(bencher: divan::Bencher<'_, '_>) {
    let library = Library::embedded();
    let longest = TEXTS.iter().max_by_key(|(_, text)| text.len()).expect("a text");
    bencher.bench_local(|| read(divan::black_box(library.lint()), std::slice::from_ref(longest)));
}

/// All that the buyer of the school wrote in his own words.
const SCHOOL: [(Place, &str); 13] = [
    (Place::Object, "Réhabilitation du groupe scolaire des Tilleuls"),
    (Place::Object, "Déconstruction et curage"),
    (Place::Object, "Gros œuvre"),
    (Place::Object, "Peinture"),
    (Place::Object, "Chauffage, ventilation, climatisation"),
    (Place::Value, "portes intérieures"),
    (Place::Value, "sanitaires"),
    (Place::Value, "radiateurs"),
    (Place::Value, "parquets"),
    (Place::Value, "six tonnes de portes et de parquets"),
    (Place::Value, "X0"),
    (Place::Value, "XC1"),
    (Place::Value, "XC2"),
];

#[divan::bench]
fn the_texts_of_the_school(bencher: divan::Bencher<'_, '_>) {
    let library = Library::embedded();
    bencher.bench_local(|| read(divan::black_box(library.lint()), &SCHOOL));
}
