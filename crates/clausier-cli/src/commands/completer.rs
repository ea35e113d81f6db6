//! `completer`: a copy of the dossier where the factors of the hours, the rates and the penalties that it lacks are filled from
//! the usages, each marked to be confirmed. What only the buyer knows, a stock or a ratio, is left to him and named.

use crate::files::{self, ToWrite};
use crate::report;
use crate::terminal::{self, Ended, Failure, Outcome};
use clap::{ArgMatches, Command};
use std::path::PathBuf;

pub(crate) fn declare() -> Command {
    Command::new("completer")
        .alias("complete")
        .about("Remplit d’après les usages ce qui manque au dossier, facteurs et pénalités, à confirmer [complete]")
        .arg(files::dossier_argument())
        .arg(files::output_option("CHEMIN", "Copie du dossier à écrire ; sans elle, la copie est imprimée"))
        .arg(files::overwrite_option())
        .arg(files::library_option())
        .after_help("Exemple : clausier completer dossier.toml -o complet.toml")
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let completion = library.resolve(&dossier.consultation).completion();
    let text = completion.written_in(&dossier.text);
    let text = text.map_err(|error| Failure::new(error.to_string(), "corrigez le dossier"))?;
    let bytes = text.into_bytes();
    match matches.get_one::<PathBuf>("sortie") {
        None => terminal::print(&bytes)?,
        Some(path) => {
            let target = ToWrite { path: path.clone(), bytes };
            files::write(&[target], None, matches.get_flag("ecraser"), Some(files::dossier_path(matches)))?;
        }
    }
    let filled = match completion.usages.len() {
        0 => "rien à compléter d’après les usages".to_owned(),
        1 => "1 valeur d’usage écrite, à confirmer".to_owned(),
        n => format!("{n} valeurs d’usage écrites, à confirmer"),
    };
    let usages = completion.usages.iter();
    let written = told(usages.map(|usage| format!("{} = {} ({})", usage.path, usage.value, usage.known)), " ; ");
    let left = told(completion.left.iter().cloned(), ", ");
    let confirm = match completion.usages.is_empty() {
        true => "",
        false => "retirez de « a_confirmer » chaque clé que vous confirmez",
    };
    let notes = [("usages", written.as_str()), ("reste à donner", left.as_str()), ("aide", confirm)];
    terminal::tell(&report::plain("note", &filled, notes));
    Ok(Outcome::Fine)
}

/// A list in one sentence: its first hundred, and how many others.
fn told(all: impl ExactSizeIterator<Item = String>, between: &str) -> String {
    let others = all.len().saturating_sub(MOST);
    let rest = (others > 0).then(|| format!("et {others} autres"));
    all.take(MOST).chain(rest).collect::<Vec<_>>().join(between)
}

/// Keys named one by one.
const MOST: usize = 100;
