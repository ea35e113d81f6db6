//! `verrouiller`: keeps what was published, so that nothing moves in it unsaid.

use crate::files::{self, ToWrite};
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::{locks, report};
use clap::{Arg, ArgAction, ArgMatches, Command};
use clausier::existing::lock::Lock;
use std::path::Path;

pub(crate) fn declare() -> Command {
    Command::new("verrouiller")
        .alias("lock")
        .about("Garde, à côté du dossier, les pièces publiées et ce dont elles sont faites [lock]")
        .arg(files::dossier_argument())
        .arg(
            Arg::new("mettre-a-jour")
                .long("mettre-a-jour")
                .action(ArgAction::SetTrue)
                .help("Remplace un verrou dont les pièces ne sont plus celles du dossier"),
        )
        .arg(files::library_option())
        .after_help(
            "Le verrou porte le nom du dossier : dossier.toml a dossier.lock.json. « clausier rediger » refuse ensuite\n\
             d’écrire d’autres pièces que celles-là, sauf avec --mettre-a-jour, et « clausier comparer --verrou » montre\n\
             ce qui a changé.",
        )
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let path = files::dossier_path(matches);
    if path == Path::new("-") {
        return Err(Failure::new("l’entrée standard ne peut être verrouillée", "donnez le fichier du dossier"));
    }
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let resolved = library.resolve(&dossier.consultation);
    if Outcome::of(resolved.findings()) == Outcome::Blocked {
        terminal::tell(&report::findings(resolved.findings().iter(), &dossier.name, &dossier.text));
        let message =
            format!("un dossier qui ne peut être publié n’est pas verrouillé : {}", report::tally(resolved.findings()));
        terminal::tell(&report::plain("erreur", &message, [("aide", "corrigez le dossier")]));
        return Ok(Outcome::Blocked);
    }
    let text = dossier.text.as_bytes();
    let lock = Lock::new(&resolved, text).map_err(|error| Failure::new(error.to_string(), ""))?;
    let known = locks::beside(path)?;
    if let Some(known) = &known {
        if *known == lock {
            terminal::tell(&report::plain("note", "le verrou est déjà celui de ce dossier", []));
            return Ok(Outcome::Fine);
        }
        let drift = known.drift(&resolved, text).map_err(|error| Failure::new(error.to_string(), ""))?;
        if !drift.changes.is_empty() {
            terminal::tell(&locks::told(&drift));
            if !matches.get_flag("mettre-a-jour") {
                let help = "ajoutez --mettre-a-jour pour verrouiller les pièces nouvelles";
                terminal::tell(&report::plain("erreur", "le verrou n’est pas remplacé", [("aide", help)]));
                return Ok(Outcome::Different);
            }
        }
    }
    let target = ToWrite { path: locks::path(path), bytes: lock.to_json().into_bytes() };
    files::write(&[target], None, known.is_some(), Some(path))?;
    Ok(Outcome::Fine)
}
