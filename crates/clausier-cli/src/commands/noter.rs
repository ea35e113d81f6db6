//! `noter`: the offers of an evaluator noted by the published method, each mark with its trace.

use crate::files;
use crate::report;
use crate::terminal::{self, Ended, Failure, Outcome, columns};
use clap::{Arg, ArgMatches, Command, value_parser};
use clausier::grid::{Grid, Rule};
use clausier::scoring::{Offer, Scored, Standing};
use std::path::PathBuf;

pub(crate) fn declare() -> Command {
    Command::new("noter")
        .alias("score")
        .about("Note et classe des offres par la méthode publiée, avec le calcul de chaque note [score]")
        .arg(files::dossier_argument())
        .arg(
            Arg::new("offres")
                .value_name("OFFRES")
                .value_parser(value_parser!(PathBuf))
                .help("Fichier des offres (TOML) ; sans lui, la commande en montre un à remplir"),
        )
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let resolved = library.resolve(&dossier.consultation);
    let outcome = Outcome::of(resolved.findings());
    if outcome == Outcome::Blocked {
        let message = format!("{} : {}", dossier.name, report::tally(resolved.findings()));
        terminal::tell(&report::plain("note", &message, [("aide", "« clausier verifier » les montre")]));
    }
    let Some(path) = matches.get_one::<PathBuf>("offres") else {
        terminal::print(resolved.offers_model().as_bytes())?;
        return Ok(outcome);
    };
    let (name, text) = files::text(path)?;
    let offers = resolved.read_offers(&text).map_err(|error| Failure::Problems {
        problems: error.problems,
        name,
        text: text.clone(),
    })?;
    let mut out = String::new();
    for (lot, offers) in &offers {
        let title = dossier.consultation.lots.get(lot).map(|lot| report::printable(&lot.title)).unwrap_or_default();
        out += &format!("Lot {lot} – {title}\n");
        out += &ranking(&resolved.grid(*lot), offers);
        out.push('\n');
    }
    terminal::print(out.trim_end().as_bytes())?;
    terminal::print(b"\n")?;
    Ok(outcome)
}

/// The offers of a lot in their order, then the computation of each.
fn ranking(grid: &Grid, offers: &[Offer]) -> String {
    let scores = grid.score(offers);
    let mut out = String::new();
    for criterion in grid.criteria.iter().filter(|criterion| criterion.notes.is_empty()) {
        out += &format!(
            "  « {} » se note à la main ({} points) : sa méthode est une phrase.\n",
            criterion.title,
            criterion.weight.french(2)
        );
    }
    let rows: Vec<Vec<String>> = scores
        .offers
        .iter()
        .map(|scored| match &scored.standing {
            Standing::Rank(rank) => {
                vec![rank.to_string(), report::printable(&scored.name), format!("{} points", scored.total.fixed(2))]
            }
            Standing::Irregular(why) => {
                vec!["–".to_owned(), report::printable(&scored.name), format!("irrégulière : {why}")]
            }
            Standing::ToExamine(why) => {
                vec!["–".to_owned(), report::printable(&scored.name), format!("à examiner : {why}")]
            }
            _ => Vec::new(),
        })
        .collect();
    out += &columns("  ", &rows);
    for scored in scores.offers.iter().filter(|scored| matches!(scored.standing, Standing::Rank(_))) {
        out += &format!("  {}\n", report::printable(&scored.name));
        out += &marks(grid, scored);
    }
    out
}

fn marks(grid: &Grid, scored: &Scored) -> String {
    let mut rows = Vec::new();
    for mark in &scored.marks {
        let Some((criterion, note)) = grid.notes().find(|(c, n)| c.id == mark.criterion && n.name == mark.note) else {
            continue;
        };
        let owed = match (&mark.owed, &note.rule) {
            (Some(owed), Rule::Line(line)) => format!(" ; dû : {}", line.show(owed)),
            _ => String::new(),
        };
        rows.push(vec![
            format!("{}.{}", criterion.id, note.name),
            format!("{} / {}", mark.points.fixed(2), note.points.french(2)),
            format!("{}{owed}", mark.trace),
        ]);
    }
    columns("    ", &rows)
}
