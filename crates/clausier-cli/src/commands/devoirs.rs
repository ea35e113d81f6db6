//! `devoirs`: what the law of the launch date requires of a contract, lot by lot, even of a dossier that is half written.

use crate::files;
use crate::report;
use crate::terminal::{self, Ended, Outcome, columns};
use crate::usage;
use clap::{ArgMatches, Command};
use clausier::{Duty, DutyState, Partial, json};
use std::collections::BTreeSet;

pub(crate) fn declare() -> Command {
    Command::new("devoirs")
        .alias("duties")
        .about("Dit ce que la loi impose à un contrat, lot par lot : dû, non dû, ou inconnu et pourquoi [duties]")
        .arg(files::dossier_argument())
        .arg(usage::json_option())
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::partial(matches)?;
    let library = files::library(matches)?;
    let duties = library.duties(&dossier.known);
    if usage::wants_json(matches) {
        terminal::print(json::duties(&library, &dossier.known).as_bytes())?;
    } else {
        terminal::print(page(&dossier, &duties).as_bytes())?;
    }
    let missing = dossier.problems.len();
    if missing > 0 {
        let message = format!("le dossier n’est pas complet : {missing} point{}", if missing > 1 { "s" } else { "" });
        terminal::tell(&report::plain("note", &message, [("aide", "« clausier verifier » les montre")]));
    }
    Ok(Outcome::Fine)
}

fn page(dossier: &Partial, duties: &[Duty]) -> String {
    let mut out = match dossier.known.launch {
        Some(day) => format!("Lancement le {day}\n"),
        None => "Lancement : date inconnue\n".to_owned(),
    };
    // Lots on which the law says the same are told together.
    let mut groups: Vec<(Vec<u32>, Vec<Vec<String>>)> = Vec::new();
    let numbers: BTreeSet<u32> = duties.iter().map(|duty| duty.lot).collect();
    for number in &numbers {
        let lines: Vec<Vec<String>> = duties.iter().filter(|duty| duty.lot == *number).map(line).collect();
        match groups.iter_mut().find(|(_, known)| *known == lines) {
            Some((lots, _)) => lots.push(*number),
            None => groups.push((vec![*number], lines)),
        }
    }
    for (lots, lines) in &groups {
        out += &format!("\n{}\n{}", heading(dossier, lots, numbers.len() > 1), columns("  ", lines));
    }
    out
}

fn heading(dossier: &Partial, lots: &[u32], several: bool) -> String {
    let title = |lot: &u32| dossier.known.lots.get(lot).map(|lot| report::printable(&lot.title)).unwrap_or_default();
    match lots {
        [lot] if several => format!("Lot {lot} – {}", title(lot)),
        [lot] if title(lot).is_empty() => "Le contrat".to_owned(),
        [lot] => title(lot),
        _ => format!("Lots {}", lots.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")),
    }
}

fn line(duty: &Duty) -> Vec<String> {
    let state = match duty.state {
        DutyState::Due => "dû",
        DutyState::NotDue => "non dû",
        _ => "inconnu",
    };
    let texts = duty.texts.as_ref().map(|texts| format!(" ({texts})")).unwrap_or_default();
    vec![state.to_owned(), duty.object.label().to_owned(), format!("{}{texts}", duty.reason)]
}
