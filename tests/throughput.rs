//! What ten thousand different dossiers cost in one process: work that grows as they do, memory that does not. Run apart, in
//! release: `cargo test --release -p clausier-tests --test throughput -- --ignored --nocapture`.

use clausier::{Consultation, Format, Library, Piece, write};
use clausier_tests::fuzz::{Random, mutate_dossier};
use std::fmt::Write as _;
use std::fs;

/// Memory of this process that is in use, in kibibytes; none where the system does not say it.
fn resident() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse().ok())
}

/// Time of the processor taken by this process, in hundredths of a second: what else the machine does is left aside.
fn taken() -> Option<usize> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    Some(fields.get(11)?.parse::<usize>().ok()? + fields.get(12)?.parse::<usize>().ok()?)
}

/// Findings and, when nothing blocks, the RC.
fn work(dossier: &str) -> usize {
    let Ok(consultation) = Consultation::from_toml(dossier) else { return 0 };
    let resolved = Library::embedded().resolve(&consultation);
    resolved.draft(Piece::Rc).map_or(0, |rc| write(&rc, Format::Markdown).len())
}

#[test]
#[ignore = "minutes of work: run apart"]
fn ten_thousand_dossiers() {
    let stories = clausier_tests::stories();
    let mut random = Random::new(0x5EED);
    let mut some = |many: usize| {
        let before = taken();
        let mut bytes = 0;
        for _ in 0..many {
            let (_, story) = &stories[random.below(stories.len())];
            bytes += work(&mutate_dossier(story, &mut random));
        }
        assert!(bytes > 0);
        (taken().zip(before).map(|(after, before)| after - before), resident())
    };
    // The library is read by the first ones.
    some(500);
    let parts: Vec<_> = (0..4).map(|_| some(2_500)).collect();
    println!("four times 2 500 dossiers (hundredths of a second, KiB) : {parts:?}");
    let (Some((Some(first), Some(memory))), Some((Some(last), Some(end)))) = (parts.first(), parts.last()) else {
        return;
    };
    assert!(*last <= first * 3 / 2, "the last ones take longer");
    assert!(*end <= memory + memory / 10 + 4_096, "memory grows");
}

/// A contract of so many lots, each with hours and a measure.
fn contract(lots: usize) -> String {
    let (_, story) =
        clausier_tests::stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("it");
    let mut out = story[..story.find("[lot.1]").expect("lots")].to_owned();
    for lot in 1..=lots {
        writeln!(out, "[lot.{lot}]\nintitule = \"Lot {lot}\"\nfamille = \"deconstruction-curage\"").expect("a text");
        writeln!(
            out,
            "montant = \"{} €\"\ncalcul = {{ main_oeuvre = \"50 %\", prix_horaire = \"36 €/h\" }}",
            90_000 + lot
        )
        .expect("a text");
    }
    out + "[clause.heures-insertion]\ntaux = \"10 %\"\n[clause.bat-reemploi-taux]\nquantite = \"18 t\"\n"
}

#[test]
#[ignore = "minutes of work: run apart"]
fn work_grows_as_the_lots() {
    let cost = |lots: usize| {
        let dossier = contract(lots);
        let before = taken();
        for _ in 0..1_000 / lots {
            let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}"));
            let resolved = Library::embedded().resolve(&consultation);
            assert!(resolved.documents(true).is_ok() && !resolved.suggestions().is_empty());
        }
        taken().zip(before).map(|(after, before)| after - before)
    };
    cost(250);
    // As many lots in all, in two ways of parting them.
    let (Some(small), Some(large)) = (cost(125), cost(500)) else { return };
    println!("1 000 lots, by 125 then by 500 (hundredths of a second) : {small} {large}");
    assert!(large <= small * 2, "four times as many lots cost more than four times as much");
}
