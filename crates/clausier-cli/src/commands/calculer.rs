//! `calculer`: the insertion hours of a dossier, step by step, and the coherence of its liaisons.

use crate::files;
use crate::report;
use crate::terminal::{self, Ended, Outcome, columns};
use crate::usage;
use clap::{ArgMatches, Command};
use clausier::json;
use clausier::quantity::{Hours, Number};
use clausier::{LotLiaisons, LotVolume, Resolved};

pub(crate) fn declare() -> Command {
    Command::new("calculer")
        .alias("hours")
        .about("Montre le calcul des heures d’insertion, lot par lot, et la cohérence des liaisons [hours]")
        .arg(files::dossier_argument())
        .arg(usage::json_option())
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let resolved = library.resolve(&dossier.consultation);
    if usage::wants_json(matches) {
        terminal::print(json::computation(&resolved).as_bytes())?;
        return Ok(Outcome::of(resolved.findings()));
    }
    let mut out = String::new();
    let ledger = resolved.ledger();
    for lot in dossier.consultation.lots.values() {
        let volume = resolved.hours().find(|volume| volume.lot == lot.number);
        let title = report::printable(&lot.title);
        out += &format!(
            "Lot {} – {title} : {}\n",
            lot.number,
            volume.as_ref().map_or("aucune heure".to_owned(), headline)
        );
        out += &volume.as_ref().map(steps).unwrap_or_default();
        for liaisons in ledger.iter().filter(|liaisons| liaisons.lot == lot.number) {
            out += &coherence(liaisons);
        }
        out.push('\n');
    }
    out += &total(&resolved);
    terminal::print(out.as_bytes())?;
    let outcome = Outcome::of(resolved.findings());
    if outcome == Outcome::Blocked {
        let message = format!("{} : {}", dossier.name, report::tally(resolved.findings()));
        terminal::tell(&report::plain("note", &message, [("aide", "« clausier verifier » les montre")]));
    }
    Ok(outcome)
}

fn headline(volume: &LotVolume<'_>) -> String {
    match volume.result {
        Ok(hours) if volume.estimated => format!("{} (estimation)", hours.rounded),
        Ok(hours) => hours.rounded.to_string(),
        Err(error) => format!("aucun volume, {error}"),
    }
}

/// The lines of the calculation note.
fn steps(volume: &LotVolume<'_>) -> String {
    let Ok(hours) = volume.result else { return String::new() };
    let line = |step: &clausier::hours::Step| vec![step.label.clone(), step.value.clone(), step.source.clone()];
    columns("  ", &hours.steps().iter().map(line).collect::<Vec<_>>())
}

/// Whether the hours suffice for the liaisons of a lot.
fn coherence(liaisons: &LotLiaisons) -> String {
    let mut out = String::new();
    for (id, verdict, remedies) in liaisons.verdicts() {
        // What the pieces call linked hours: the work told by the verdict, and the training.
        if let Some((_, measure)) = liaisons.measures().find(|(known, _)| *known == id) {
            let training = match measure.training.0.is_zero() {
                true => String::new(),
                false => format!(", dont {} de formation", measure.training),
            };
            out += &format!("  Heures liées par {id} : {}{training}\n", measure.linked_hours);
        }
        out += &format!("  Liaison {id} : {verdict}\n");
        for remedy in remedies {
            out += &format!("    – {remedy}\n");
        }
    }
    for fault in &liaisons.coherence.faults {
        out += &format!("  {fault}\n");
    }
    out
}

fn total(resolved: &Resolved<'_>) -> String {
    let volumes: Vec<&Hours> = resolved.hours().filter_map(|v| v.result.ok()).map(|hours| &hours.rounded).collect();
    let total = Hours(volumes.iter().map(|hours| hours.0.clone()).sum::<Number>());
    format!("Total : {total}\n")
}
