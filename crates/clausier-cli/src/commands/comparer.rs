//! `comparer`: what changed between two dossiers, or in one of them from one library or one date of law to another.

use crate::files;
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::{report, usage};
use clap::{Arg, ArgMatches, Command, value_parser};
use clausier::existing::compare::{Changes, compare};
use clausier::quantity::Date;
use clausier::terms::Vocabulary as _;
use clausier::{Library, Piece, Resolved};
use std::path::{Path, PathBuf};

/// In which form changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Markdown,
    Json,
}

const FORMS: &[(&str, Form)] = &[("texte", Form::Text), ("md", Form::Markdown), ("json", Form::Json)];

pub(crate) fn declare() -> Command {
    let path = |id: &'static str| Arg::new(id).value_parser(value_parser!(PathBuf));
    Command::new("comparer")
        .alias("diff")
        .about("Montre ce qui change d’un dossier à un autre, par effet juridique [diff]")
        .arg(files::dossier_argument())
        .arg(path("nouveau").value_name("NOUVEAU").help("Le dossier nouveau ; le premier est alors l’ancien"))
        .arg(
            path("bibliotheque-avant")
                .long("bibliotheque-avant")
                .value_name("RÉPERTOIRE")
                .help("L’ancien dossier se lit avec ces clauses ; le nouveau, avec celles de --bibliotheque"),
        )
        .arg(usage::date_option("Le dossier nouveau lancé ce jour-là"))
        .arg(
            Arg::new("piece")
                .long("piece")
                .value_name("PIÈCE")
                .value_parser(usage::word::<Piece>)
                .help(format!("Une seule pièce : {}", usage::words(Piece::WORDS))),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(|text: &str| usage::one_of(text, FORMS))
                .help(format!("{} ; par défaut, selon -o, sinon texte", usage::words(FORMS))),
        )
        .arg(files::output_option("FICHIER", "Fichier à écrire"))
        .arg(files::overwrite_option())
        .arg(files::library_option())
        .after_help(
            "Codes de sortie : 0 si rien ne change, 1 si quelque chose change, 2 si un fichier est illisible.\n\
             Exemples : clausier comparer avant.toml apres.toml\n           \
             clausier comparer dossier.toml --au 2027-01-01",
        )
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let output = matches.get_one::<PathBuf>("sortie").map(PathBuf::as_path);
    let form = form(matches, output)?;
    let changes = changes(matches)?;
    let written = match form {
        Form::Text => changes.text(),
        Form::Markdown => changes.markdown(),
        Form::Json => changes.json(),
    };
    match output {
        None => terminal::print(report::printable(&written).as_bytes())?,
        Some(path) => {
            let target = files::Target { path: path.to_owned(), bytes: written.into_bytes() };
            files::write(&[target], matches.get_flag("ecraser"), Some(files::dossier_path(matches)))?;
            terminal::tell(&format!("{}\n", report::printable(&changes.summary())));
        }
    }
    Ok(if changes.is_empty() { Outcome::Fine } else { Outcome::Different })
}

fn changes(matches: &ArgMatches) -> Result<Changes, Failure> {
    let date = matches.get_one::<Date>("au");
    let second = matches.get_one::<PathBuf>("nouveau");
    let before = matches.get_one::<PathBuf>("bibliotheque-avant");
    if second.is_none() && before.is_none() && date.is_none() {
        return Err(Failure::new(
            "il n’y a rien à quoi comparer ce dossier",
            "donnez un second dossier, --bibliotheque-avant RÉPERTOIRE ou --au DATE",
        ));
    }
    let old = files::dossier(matches)?;
    let mut new = match second {
        Some(path) => files::dossier_at(path)?.consultation,
        None => old.consultation.clone(),
    };
    new.launch = date.copied().unwrap_or(new.launch);
    let library = files::library(matches)?;
    let former = before.map(|folder| files::library_at(folder)).transpose()?;
    let former: &Library = former.as_deref().unwrap_or(&library);
    let (old, new) = (former.resolve(&old.consultation), library.resolve(&new));
    for (side, name) in [(&old, "l’ancien"), (&new, "le nouveau")] {
        warn(side, name);
    }
    let mut changes = compare(&old, &new).map_err(|error| Failure::new(error.to_string(), ""))?;
    if let Some(piece) = matches.get_one::<Piece>("piece") {
        changes.pieces.retain(|changes| changes.piece == *piece);
    }
    Ok(changes)
}

/// A side with blocking findings is compared as the draft that it is.
fn warn(side: &Resolved<'_>, name: &str) {
    if Outcome::of(side.findings()) == Outcome::Blocked {
        let message = format!("{name} dossier se compare comme un projet : {}", report::tally(side.findings()));
        terminal::tell(&report::plain("note", &message, [("aide", "« clausier verifier » montre ces constats")]));
    }
}

/// The form asked for, or that the name of the file announces.
fn form(matches: &ArgMatches, output: Option<&Path>) -> Result<Form, Failure> {
    if let Some(form) = matches.get_one::<Form>("format") {
        return Ok(*form);
    }
    let Some(path) = output else { return Ok(Form::Text) };
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    let known = [("txt", Form::Text)].iter().chain(FORMS).find(|(word, _)| *word == extension);
    known.map(|(_, form)| *form).ok_or_else(|| {
        let help = format!("formats : {} ; ou ajoutez --format", usage::words(FORMS));
        Failure::new(format!("le nom « {} » n’annonce aucun format connu", path.display()), help)
    })
}
