//! `expliquer`: the manual page of a check.

use crate::report::severity_name;
use crate::terminal::{self, Ended, Failure, Outcome, columns};
use crate::usage;
use clap::{Arg, ArgMatches, Command};
use clausier::Library;
use clausier::checks;
use clausier::finding::CheckInfo;

pub(crate) fn declare() -> Command {
    Command::new("expliquer")
        .alias("explain")
        .about("Explique un constat : pourquoi, que faire, quels textes [explain]")
        .arg(Arg::new("code").value_name("CODE").help("Code du constat ; sans lui, la liste des codes"))
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let text = match matches.get_one::<String>("code") {
        None => list(),
        Some(code) => page(code)?,
    };
    terminal::print(text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn list() -> String {
    let line = |info: CheckInfo| {
        vec![info.code.to_owned(), severity_name(info.severity).to_owned(), info.summary().trim().to_owned()]
    };
    columns("", &checks::all().map(line).collect::<Vec<_>>())
}

fn page(code: &str) -> Result<String, Failure> {
    let info = checks::explain(code).ok_or_else(|| {
        let help = usage::near(code, checks::all().map(|info| info.code), "« clausier expliquer » liste les codes");
        Failure::new(format!("le code « {code} » n’existe pas"), help)
    })?;
    let mut out = format!("{} ({}, depuis la version {})\n\n", info.code, severity_name(info.severity), info.since);
    for line in info.text().lines() {
        out += line.trim_start_matches("## ");
        out.push('\n');
    }
    let legal = Library::embedded().legal();
    let texts: Vec<_> = info.texts.iter().filter_map(|id| legal.text(id)).collect();
    if !texts.is_empty() {
        out += "\nTextes\n";
        out +=
            &columns("  ", &texts.iter().map(|text| vec![text.citation(), text.title.to_string()]).collect::<Vec<_>>());
        out += "\n« clausier droit » montre leurs versions.\n";
    }
    Ok(out)
}
