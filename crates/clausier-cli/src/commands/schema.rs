//! `schema`: the JSON Schema of a dossier, or of the protocol, for editors and services.

use crate::files;
use crate::terminal::{self, Ended, Failure, Outcome};
use clap::{Arg, ArgAction, ArgMatches, Command};
use clausier::json;
use miniz_oxide::inflate::decompress_to_vec;

/// The schema of the protocol, compressed.
static PROTOCOL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/protocole.bin"));

pub(crate) fn declare() -> Command {
    Command::new("schema")
        .about("Montre le schéma JSON d’un dossier, ou du protocole, pour les éditeurs et les services")
        .arg(
            Arg::new("protocole")
                .long("protocole")
                .action(ArgAction::SetTrue)
                .help("Le schéma des requêtes et des réponses de « clausier json »"),
        )
        .arg(files::library_option().conflicts_with("protocole"))
        .after_help("Dans un dossier TOML : « #:schema ./dossier.schema.json » en première ligne.")
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let schema = match matches.get_flag("protocole") {
        true => decompress_to_vec(PROTOCOL)
            .map_err(|_| Failure::new("le schéma du protocole ne se lit pas", "installez la commande à nouveau"))?,
        false => json::schema(&*files::library(matches)?).into_bytes(),
    };
    terminal::print(&schema)?;
    Ok(Outcome::Fine)
}
