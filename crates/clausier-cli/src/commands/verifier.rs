//! `verifier`: the findings of a dossier.

use crate::files;
use crate::terminal::{self, Ended, Outcome};
use crate::{report, usage};
use clap::{Arg, ArgMatches, Command};

pub(crate) fn declare() -> Command {
    Command::new("verifier")
        .alias("check")
        .about("Vérifie un dossier et montre les constats [check]")
        .arg(files::dossier_argument())
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(|text: &str| usage::one_of(text, &[("texte", false), ("json", true)]))
                .help("texte (par défaut) : les constats sur la sortie d’erreur ; json : sur la sortie standard"),
        )
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let resolved = library.resolve(&dossier.consultation);
    let findings = resolved.findings();
    if matches.get_one::<bool>("format") == Some(&true) {
        terminal::print(clausier::json::findings(&resolved).as_bytes())?;
    } else {
        terminal::tell(&report::findings(findings.iter(), &dossier));
        terminal::tell(&format!("{} : {}\n", report::printable(&dossier.name), report::tally(findings)));
    }
    Ok(Outcome::of(findings))
}
