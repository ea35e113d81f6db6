//! `json`: one request of the protocol on the standard input, its response on the standard output.

use crate::terminal::{self, Ended, Failure, Outcome, cause};
use crate::usage;
use clap::{ArgMatches, Command};
use clausier::json;
use clausier::terms::Vocabulary;
use std::io::{self, Read as _};

pub(crate) fn declare() -> Command {
    Command::new("json")
        .about("Répond à une requête JSON lue sur l’entrée standard, pour d’autres programmes")
        .after_help(format!(
            "Exemple : echo '{{\"protocole\": 2, \"demande\": \"catalogue\"}}' | clausier json\n\
             Demandes : {}.",
            usage::words(json::Ask::WORDS)
        ))
}

pub(crate) fn run(_: &ArgMatches) -> Ended {
    let mut request = Vec::new();
    // One byte more than a request may have, so that a longer one is seen to be.
    let read = io::stdin().lock().take(json::MAX_REQUEST as u64 + 1).read_to_end(&mut request);
    read.map_err(|error| Failure::new(format!("l’entrée standard ne peut être lue : {}", cause(&error)), ""))?;
    let response = json::call_bytes(&request);
    terminal::print(response.as_bytes())?;
    Ok(Outcome::Fine)
}
