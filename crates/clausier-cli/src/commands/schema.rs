//! `schema`: the JSON Schema of a dossier, for editors and services.

use crate::files;
use crate::terminal::{self, Ended, Outcome};
use clap::{ArgMatches, Command};
use clausier::json;

pub(crate) fn declare() -> Command {
    Command::new("schema")
        .about("Montre le schéma JSON d’un dossier, pour les éditeurs et les services")
        .arg(files::library_option())
        .after_help("Dans un dossier TOML : « #:schema ./dossier.schema.json » en première ligne.")
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let library = files::library(matches)?;
    terminal::print(json::schema(&library).as_bytes())?;
    Ok(Outcome::Fine)
}
