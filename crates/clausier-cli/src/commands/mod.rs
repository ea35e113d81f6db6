//! The subcommands: one file each, which declares its arguments and runs them.

mod calculer;
mod devoirs;
mod droit;
mod expliquer;
mod json;
mod lister;
mod montrer;
mod noter;
mod nouveau;
mod proposer;
mod rediger;
mod verifier;

use crate::terminal::{Ended, Failure};
use crate::usage::french;
use clap::{Arg, ArgAction, ArgMatches, Command};

/// A subcommand.
struct Subcommand {
    declare: fn() -> Command,
    run: fn(&ArgMatches) -> Ended,
}

/// The subcommands, in the order of the help.
const ALL: [Subcommand; 12] = [
    Subcommand { declare: rediger::declare, run: rediger::run },
    Subcommand { declare: verifier::declare, run: verifier::run },
    Subcommand { declare: devoirs::declare, run: devoirs::run },
    Subcommand { declare: calculer::declare, run: calculer::run },
    Subcommand { declare: noter::declare, run: noter::run },
    Subcommand { declare: proposer::declare, run: proposer::run },
    Subcommand { declare: lister::declare, run: lister::run },
    Subcommand { declare: montrer::declare, run: montrer::run },
    Subcommand { declare: expliquer::declare, run: expliquer::run },
    Subcommand { declare: nouveau::declare, run: nouveau::run },
    Subcommand { declare: droit::declare, run: droit::run },
    Subcommand { declare: json::declare, run: json::run },
];

/// The whole command line.
pub(crate) fn tree() -> Command {
    // One width for everyone: the help is read in terminals, pipes and documentation alike.
    let root = Command::new("clausier")
        .term_width(100)
        .about("Clauses d’achat public durable : rédige et vérifie, à partir d’un dossier, les clauses sociales,\nenvironnementales et leur liaison.")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_value_name("COMMANDE")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(ALL.iter().map(|subcommand| french((subcommand.declare)())))
        .after_help(
            "« clausier COMMANDE --help » explique une commande. Entre crochets : son nom anglais, admis aussi.\n\
             Codes de sortie : 0 si tout va bien, 1 si un constat bloque, 2 si un fichier est illisible ou la commande mal écrite.",
        );
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("Affiche la version");
    french(root).arg(version)
}

/// Runs the subcommand asked for.
pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let asked = matches.subcommand();
    let found = asked.and_then(|(name, arguments)| {
        let subcommand = ALL.iter().find(|s| (s.declare)().get_name() == name)?;
        Some((subcommand.run)(arguments))
    });
    // The parser has refused a line without a subcommand.
    found.unwrap_or_else(|| Err(Failure::new("il manque une commande", "« clausier --help » montre les commandes")))
}
