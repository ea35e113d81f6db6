//! Chores of the project: the generated catalogue, the skeletons of a clause and of a check, the texts to read again, the page.

mod catalogue;
mod page;
mod reference;
mod relire;
mod revue;
mod scaffold;
mod schema;

use std::process::ExitCode;

const USAGE: &str = "\
xtask catalogue [--check]            écrit clauses/CATALOGUE.md et la liste des noms du guide, ou vérifie qu'ils sont à jour
xtask nouvelle-clause NATURE ID      écrit le squelette d'une clause (social, environnement, liaison, critere)
xtask nouveau-controle CODE          écrit le squelette d'un contrôle et l'inscrit
xtask schema [--check]               écrit les schémas JSON des dossiers et du protocole, ou vérifie qu'ils sont à jour
xtask revue ÉTAT PAGE.html           compare les clauses à celles d'un état passé du dépôt (main, HEAD~3) : une page par effet juridique,
                                     et un projet d'entrée du journal
xtask relire --au DATE               liste les faits du droit à vérifier, et ceux relus plus d’un an avant cette date
xtask page [FICHIER]                 construit la page (target/page/clausier.html), un seul fichier à ouvrir hors ligne";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["catalogue"] => catalogue::write(),
        ["catalogue", "--check"] => catalogue::check(),
        ["nouvelle-clause", kind, id] => scaffold::clause(kind, id),
        ["nouveau-controle", code] => scaffold::check(code),
        ["schema"] => schema::write(),
        ["schema", "--check"] => schema::check(),
        ["relire", "--au", date] => relire::run(date),
        ["revue", revision, page] => revue::run(revision, page),
        ["page"] => page::write(None),
        ["page", file] => page::write(Some(file)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// A path of the repository, from its root.
fn path(relative: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(relative)
}
