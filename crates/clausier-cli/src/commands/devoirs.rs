//! `devoirs`: what the law of the launch date requires of a contract, lot by lot, even of a dossier that is half written.

use crate::files;
use crate::report;
use crate::terminal::{self, Ended, Outcome, columns};
use crate::usage;
use clap::{Arg, ArgMatches, Command};
use clausier::{Duty, DutyState, Partial, json};

pub(crate) fn declare() -> Command {
    Command::new("devoirs")
        .alias("duties")
        .about("Dit ce que la loi impose à un contrat, lot par lot : dû, non dû, ou inconnu et pourquoi [duties]")
        .arg(files::dossier_argument())
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(|text: &str| usage::one_of(text, &[("texte", false), ("json", true)]))
                .help("texte (par défaut) ou json"),
        )
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::partial(matches)?;
    let library = files::library(matches)?;
    let duties = library.duties(&dossier.known);
    if matches.get_one::<bool>("format") == Some(&true) {
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
    let numbers: std::collections::BTreeSet<u32> = duties.iter().map(|duty| duty.lot).collect();
    for number in &numbers {
        let title = dossier.known.lots.get(number).map(|lot| report::printable(&lot.title)).unwrap_or_default();
        let name = if numbers.len() > 1 { format!("Lot {number} – {title}") } else { title };
        out += &format!("\n{}\n", if name.is_empty() { "Le contrat" } else { &name });
        let lines: Vec<Vec<String>> = duties.iter().filter(|duty| duty.lot == *number).map(line).collect();
        out += &columns("  ", &lines);
    }
    out
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
