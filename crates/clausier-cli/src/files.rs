//! What the command reads and writes: dossiers, own libraries, results.

use crate::report;
use crate::terminal::{self, Failure, cause};
use clap::{Arg, ArgMatches, value_parser};
use clausier::MAX_DOSSIER;
use clausier::{Consultation, Library, Partial};
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::ops::Deref;
use std::path::{Path, PathBuf};

/// A dossier as read: its name as typed, and its text, for reports that point into it.
pub(crate) struct Dossier {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) consultation: Consultation,
}

/// The argument that names the dossier.
pub(crate) fn dossier_argument() -> Arg {
    Arg::new("dossier")
        .value_name("DOSSIER")
        .value_parser(value_parser!(PathBuf))
        .required(true)
        .help("Fichier du dossier (TOML) ; « - » pour l’entrée standard")
}

/// The option that names a buyer's own library.
pub(crate) fn library_option() -> Arg {
    Arg::new("bibliotheque")
        .long("bibliotheque")
        .value_name("RÉPERTOIRE")
        .value_parser(value_parser!(PathBuf))
        .help("Vos propres clauses, ajoutées à celles de la bibliothèque ou les remplaçant")
}

/// Reads the dossier that the command line names.
pub(crate) fn dossier(matches: &ArgMatches) -> Result<Dossier, Failure> {
    dossier_at(dossier_path(matches))
}

/// Reads a dossier.
pub(crate) fn dossier_at(path: &Path) -> Result<Dossier, Failure> {
    let (name, bytes) = bytes(path)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match Consultation::from_slice(&bytes) {
        Ok(consultation) => Ok(Dossier { name, text, consultation }),
        Err(error) => Err(Failure(report::dossier_problems(&error.problems, &name, &text))),
    }
}

/// Reads what there is of the dossier that the command line names.
pub(crate) fn partial(matches: &ArgMatches) -> Result<Partial, Failure> {
    let (name, bytes) = bytes(dossier_path(matches))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Consultation::partial(&text)),
        Err(error) => {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let problems = Consultation::from_slice(error.as_bytes()).err().map(|error| error.problems);
            Err(Failure(report::dossier_problems(&problems.unwrap_or_default(), &name, &text)))
        }
    }
}

/// The name of a dossier and its bytes, the byte-order mark left aside.
fn bytes(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let from_stdin = path == Path::new("-");
    let name = if from_stdin { "entrée standard".to_owned() } else { path.display().to_string() };
    let read = if from_stdin { read_some(io::stdin().lock()) } else { File::open(path).and_then(read_some) };
    let bytes = read.map_err(|error| unreadable(&name, path, &error))?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
    Ok((name, bytes))
}

/// The path of the dossier, as typed.
pub(crate) fn dossier_path(matches: &ArgMatches) -> &Path {
    // The argument is required: the empty path is never seen.
    matches.get_one::<PathBuf>("dossier").map_or(Path::new(""), PathBuf::as_path)
}

/// One byte more than a dossier may have, so that a longer one is seen to be.
fn read_some(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_DOSSIER as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(name: &str, path: &Path, error: &io::Error) -> Failure {
    let inside = path.join("dossier.toml");
    let help = match error.kind() {
        io::ErrorKind::IsADirectory if inside.is_file() => format!("donnez le fichier : {}", inside.display()),
        io::ErrorKind::IsADirectory => "donnez le fichier du dossier, pas son répertoire".to_owned(),
        io::ErrorKind::NotFound => "vérifiez le chemin ; « clausier nouveau » écrit un dossier commenté".to_owned(),
        _ => String::new(),
    };
    Failure::new(format!("« {name} » ne peut être lu : {}", cause(error)), help)
}

/// The library in use: ours, or ours with the buyer's own beside it.
pub(crate) struct LibraryInUse(Option<Library>);

impl Deref for LibraryInUse {
    type Target = Library;

    fn deref(&self) -> &Library {
        self.0.as_ref().unwrap_or_else(|| Library::embedded())
    }
}

/// The library that the command line names; what it overrides is reported.
pub(crate) fn library(matches: &ArgMatches) -> Result<LibraryInUse, Failure> {
    let folder = matches.get_one::<PathBuf>("bibliotheque");
    folder.map_or_else(|| Ok(LibraryInUse(None)), |folder| library_at(folder))
}

/// Our library with those clauses; what they override is reported.
pub(crate) fn library_at(folder: &Path) -> Result<LibraryInUse, Failure> {
    let name = folder.display().to_string();
    let library = Library::embedded()
        .with_overlay(folder)
        .map_err(|errors| Failure(report::library_problems(&errors.problems, &name)))?;
    for overriding in library.overridden() {
        let file = folder.join(&overriding.file);
        let message = format!("{} remplace « {} »", file.display(), overriding.replaced);
        terminal::tell(&report::plain("note", &message, []));
    }
    Ok(LibraryInUse(Some(library)))
}

/// A file to write.
pub(crate) struct Target {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// Writes files, each whole or not at all; an existing one only when `overwrite` allows it, and never the file `input`.
/// Nothing is written when one of them is refused.
pub(crate) fn write(targets: &[Target], overwrite: bool, input: Option<&Path>) -> Result<(), Failure> {
    let same = |path: &Path| {
        let input = input.and_then(|input| input.canonicalize().ok());
        input.is_some() && input == path.canonicalize().ok()
    };
    for Target { path, .. } in targets {
        let name = path.display();
        if path == Path::new("-") {
            return Err(Failure::new(
                "« - » n’est pas un nom de fichier",
                "sans -o, le résultat va à la sortie standard",
            ));
        }
        if path.is_dir() {
            return Err(Failure::new(format!("« {name} » est un répertoire"), "donnez un nom de fichier à -o"));
        }
        // A device or a pipe would be replaced by a file, not written to.
        if path.metadata().is_ok_and(|known| !known.is_file()) {
            return Err(Failure::new(
                format!("« {name} » n’est pas un fichier ordinaire"),
                "donnez un autre nom à -o ; sans -o, le résultat va à la sortie standard",
            ));
        }
        if same(path) {
            return Err(Failure::new(format!("« {name} » est le dossier lui-même"), "donnez un autre nom à -o"));
        }
        if !overwrite && path.symlink_metadata().is_ok() {
            return Err(exists(path));
        }
    }
    for target in targets {
        write_one(target, overwrite)?;
        terminal::tell(&report::plain("note", &format!("« {} » est écrit", target.path.display()), []));
    }
    Ok(())
}

/// Makes sure that a folder exists.
pub(crate) fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|error| {
        Failure::new(format!("« {} » n’est pas un répertoire utilisable : {}", path.display(), cause(&error)), "")
    })
}

fn write_one(Target { path, bytes }: &Target, overwrite: bool) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error: &io::Error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            return exists(path);
        }
        let help = match error.kind() {
            io::ErrorKind::NotFound => format!("créez d’abord le répertoire « {} »", folder.display()),
            io::ErrorKind::PermissionDenied => "donnez à -o un répertoire où vous pouvez écrire".to_owned(),
            _ => String::new(),
        };
        Failure::new(format!("« {} » ne peut être écrit : {}", path.display(), cause(error)), help)
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clausier-");
    // A temporary file is private by default; the finished one is an ordinary file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(|e| failed(&e))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| failed(&e))?;
    let kept = if overwrite { file.persist(path) } else { file.persist_noclobber(path) };
    kept.map(|_| ()).map_err(|e| failed(&e.error))
}

fn exists(path: &Path) -> Failure {
    Failure::new(format!("« {} » existe déjà", path.display()), "ajoutez --ecraser pour le remplacer")
}

/// The option that names where to write.
pub(crate) fn output_option(value: &'static str, help: &'static str) -> Arg {
    Arg::new("sortie").short('o').long("sortie").value_name(value).value_parser(value_parser!(PathBuf)).help(help)
}

/// The option that allows overwriting.
pub(crate) fn overwrite_option() -> Arg {
    Arg::new("ecraser")
        .long("ecraser")
        .action(clap::ArgAction::SetTrue)
        .requires("sortie")
        .help("Remplace le fichier de sortie s’il existe")
}
