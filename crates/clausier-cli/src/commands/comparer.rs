//! `comparer`: what changed between two dossiers, or in one of them from one library or one date of law to another.

use crate::files::{self, ToWrite};
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::{locks, report, usage};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clausier::existing::compare::{Changes, CompareError, PieceChanges, compare};
use clausier::quantity::Date;
use clausier::terms::Vocabulary as _;
use clausier::write::{Reviser, left_out, reads_back, write_revisions};
use clausier::{Format, Library, Piece, Resolved};
use std::path::{Path, PathBuf};

/// In which form changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Markdown,
    Html,
    Json,
    /// A document with revisions to accept or to reject.
    Revisions(Format),
}

const FORMS: &[(&str, Form)] = &[
    ("texte", Form::Text),
    ("md", Form::Markdown),
    ("html", Form::Html),
    ("json", Form::Json),
    ("docx", Form::Revisions(Format::Docx)),
    ("odt", Form::Revisions(Format::Odt)),
];

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
            Arg::new("verrou")
                .long("verrou")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["nouveau", "bibliotheque-avant"])
                .help("L’ancien est ce que garde le verrou du dossier"),
        )
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
        .arg(
            Arg::new("auteur")
                .long("auteur")
                .value_name("NOM")
                .help("Auteur des révisions d’un fichier docx ou odt ; « clausier » par défaut"),
        )
        .arg(
            Arg::new("date")
                .long("date")
                .value_name("DATE")
                .value_parser(usage::date)
                .help("Jour de ces révisions ; sans lui, un docx n’en a pas, et un odt, qui en veut un, porte le 1970-01-01"),
        )
        .arg(files::output_option(
            "CHEMIN",
            "Fichier à écrire ; pour docx et odt, un fichier si une seule pièce change, sinon un répertoire",
        ))
        .arg(files::overwrite_option())
        .arg(files::library_option())
        .after_help(
            "Codes de sortie : 0 si rien ne change, 1 si quelque chose change, 2 si un fichier est illisible.\n\
             Un fichier docx ou odt porte des révisions : tout accepter donne la pièce nouvelle, tout refuser l’ancienne.\n\
             Exemples : clausier comparer avant.toml apres.toml\n           \
             clausier comparer avant.toml apres.toml --piece ccap -o revisions.docx\n           \
             clausier comparer dossier.toml --au 2027-01-01",
        )
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let output = matches.get_one::<PathBuf>("sortie").map(PathBuf::as_path);
    let form = form(matches, output)?;
    let mut changes = changes(matches)?;
    if let Some(piece) = matches.get_one::<Piece>("piece") {
        changes.pieces.retain(|changes| changes.piece == *piece);
    }
    let text = match form {
        Form::Text => Some(changes.text()),
        Form::Markdown => Some(changes.markdown()),
        Form::Html => Some(changes.html()),
        Form::Json => Some(changes.json()),
        Form::Revisions(_) => None,
    };
    let targets = match (text, output, form) {
        (Some(text), None, _) => {
            terminal::print(report::printable(&text).as_bytes())?;
            return Ok(outcome(&changes));
        }
        (Some(text), Some(path), _) => vec![ToWrite { path: path.to_owned(), bytes: text.into_bytes() }],
        (None, output, Form::Revisions(format)) => revisions(&changes, format, matches, output)?,
        (None, ..) => Vec::new(),
    };
    if !targets.is_empty() {
        // Several pieces stand in a folder, made for them.
        let folder = output.filter(|path| targets.iter().all(|target| target.path != *path));
        files::write(&targets, folder, matches.get_flag("ecraser"), Some(files::dossier_path(matches)))?;
    }
    terminal::tell(&format!("{}\n", report::printable(&changes.summary())));
    Ok(outcome(&changes))
}

fn outcome(changes: &Changes) -> Outcome {
    if changes.is_empty() { Outcome::Fine } else { Outcome::Different }
}

/// One document with revisions for each piece that changes.
fn revisions(
    changes: &Changes,
    format: Format,
    matches: &ArgMatches,
    output: Option<&Path>,
) -> Result<Vec<ToWrite>, Failure> {
    let Some(path) = output else {
        let help = format!("donnez un fichier ou un répertoire : -o revisions.{format}");
        return Err(Failure::new(format!("un fichier {format} ne se lit pas à l’écran"), help));
    };
    let author = matches.get_one::<String>("auteur").map_or("clausier", String::as_str);
    let reviser = Reviser { author: author.to_owned(), date: matches.get_one::<Date>("date").copied() };
    let changed: Vec<_> = changes.pieces.iter().filter(|piece| !piece.redline.is_empty()).collect();
    let file = path.extension().is_some() && !path.is_dir();
    if file && changed.len() > 1 {
        let names: Vec<&str> = changed.iter().map(|piece| piece.piece.word()).collect();
        return Err(Failure::new(
            format!("plusieurs pièces changent ({}) : elles ne tiennent pas dans un fichier", names.join(", ")),
            "donnez un répertoire à -o, ou choisissez avec --piece",
        ));
    }
    // What is not shown, each thing said once for all the pieces of which it holds.
    let mut remarks: Vec<(String, Vec<&str>)> = Vec::new();
    for piece in &changed {
        for remark in left_out(&piece.redline, format) {
            match remarks.iter_mut().find(|(known, _)| *known == remark) {
                Some((_, pieces)) => pieces.push(piece.piece.word()),
                None => remarks.push((remark, vec![piece.piece.word()])),
            }
        }
    }
    for (remark, pieces) in remarks {
        let message = format!("{} : {remark}", pieces.join(", "));
        terminal::tell(&report::plain("note", &report::printable(&message), []));
    }
    let target = |piece: &&PieceChanges| {
        let name = format!("{}.{format}", piece.piece.word());
        let path = if file { path.to_owned() } else { path.join(name) };
        let bytes = write_revisions(&piece.redline, format, &reviser)?;
        // Nothing is handed over that does not read back to both documents.
        let proved = reads_back(&piece.redline, format, &bytes);
        Some(if proved { Ok(ToWrite { path, bytes }) } else { Err(CompareError::Unfaithful(piece.piece)) })
    };
    let targets: Result<Vec<ToWrite>, CompareError> = changed.iter().filter_map(target).collect();
    targets.map_err(|error| Failure::new(error.to_string(), "signalez-le, avec les deux dossiers"))
}

fn changes(matches: &ArgMatches) -> Result<Changes, Failure> {
    let date = matches.get_one::<Date>("au");
    let second = matches.get_one::<PathBuf>("nouveau");
    let before = matches.get_one::<PathBuf>("bibliotheque-avant");
    let against_lock = matches.get_flag("verrou");
    if second.is_none() && before.is_none() && date.is_none() && !against_lock {
        return Err(Failure::new(
            "il n’y a rien à quoi comparer ce dossier",
            "donnez un second dossier, --bibliotheque-avant RÉPERTOIRE, --au DATE ou --verrou",
        ));
    }
    let old = files::dossier(matches)?;
    let new = match second {
        Some(path) => files::dossier_at(path)?.consultation,
        None => old.consultation.clone(),
    };
    let new = match date {
        Some(date) => new.launched(*date),
        None => new,
    };
    let library = files::library(matches)?;
    if against_lock {
        let path = files::dossier_path(matches);
        let lock = locks::beside(path)?.ok_or_else(|| {
            let message = format!("ce dossier n’a pas de verrou : « {} » n’existe pas", locks::path(path).display());
            Failure::new(message, "« clausier verrouiller » l’écrit")
        })?;
        let resolved = library.resolve(&new);
        warn(&resolved, "le");
        let drift = lock.drift(&resolved, old.text.as_bytes());
        return Ok(drift.map_err(|error| Failure::new(error.to_string(), ""))?.changes);
    }
    let former = before.map(|folder| files::library_at(folder)).transpose()?;
    let former: &Library = former.as_deref().unwrap_or(&library);
    let (old, new) = (former.resolve(&old.consultation), library.resolve(&new));
    for (side, name) in [(&old, "l’ancien"), (&new, "le nouveau")] {
        warn(side, name);
    }
    compare(&old, &new).map_err(|error| Failure::new(error.to_string(), ""))
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
