//! What the command reads and writes: dossiers, own libraries, results.

use crate::report;
use crate::terminal::{self, Failure, cause};
use clap::{Arg, ArgMatches, value_parser};
use clausier::MAX_DOSSIER;
use clausier::{Consultation, Library, Partial};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

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
        Err(error) => Err(Failure::Problems { problems: error.problems, name, text }),
    }
}

/// Reads what there is of the dossier that the command line names.
pub(crate) fn partial(matches: &ArgMatches) -> Result<Partial, Failure> {
    let (name, bytes) = bytes(dossier_path(matches))?;
    Consultation::partial_slice(&bytes).map_err(|error| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Failure::Problems { problems: error.problems, name, text }
    })
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

/// Reads another file of text that the command line names: its name as typed, and its text.
pub(crate) fn text(path: &Path) -> Result<(String, String), Failure> {
    let name = path.display().to_string();
    let bytes = File::open(path).and_then(read_some).map_err(|error| {
        Failure::new(format!("« {name} » ne peut être lu : {}", cause(&error)), "vérifiez le chemin")
    })?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((name, text.to_owned())),
        Err(_) => Err(Failure::new(format!("« {name} » n’est pas en UTF-8"), "enregistrez-le avec l’encodage UTF-8")),
    }
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
        .map_err(|errors| Failure::Library { problems: errors.problems, folder: name })?;
    for overriding in library.overridden() {
        let file = folder.join(&overriding.file);
        let message = format!("{} remplace « {} »", file.display(), overriding.replaced);
        terminal::tell(&report::plain("note", &message, []));
    }
    Ok(LibraryInUse(Some(library)))
}

/// A file to write.
pub(crate) struct ToWrite {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// Writes files, all of them or none; an existing one is replaced only when `overwrite` allows it, and never the file `input`.
///
/// Every file is first written whole beside its place, under another name; only then do they take their places. Where one of
/// them cannot, those that had are put back as they were. `folder` is made when it is wanted and not there.
pub(crate) fn write(
    targets: &[ToWrite],
    folder: Option<&Path>,
    overwrite: bool,
    input: Option<&Path>,
) -> Result<(), Failure> {
    let mut known = BTreeSet::new();
    for ToWrite { path, .. } in targets {
        refuse(path, overwrite, input)?;
        if !known.insert(path) {
            return Err(Failure::new(format!("« {} » serait écrit deux fois", path.display()), ""));
        }
    }
    let mut made = Folders::default();
    if let Some(folder) = folder {
        made.make(folder)?;
    }
    place(targets.iter().map(|target| Ready::of(target, overwrite)).collect::<Result<_, _>>()?)?;
    made.keep();
    for ToWrite { path, .. } in targets {
        terminal::tell(&report::plain("note", &format!("« {} » est écrit", path.display()), []));
    }
    Ok(())
}

/// Puts files in their places, or puts back what stood there.
fn place(ready: Vec<Ready<'_>>) -> Result<(), Failure> {
    let mut placed = Vec::new();
    for ready in ready {
        match ready.place() {
            Ok(done) => placed.push(done),
            Err(failure) => {
                // The last placed is the first put back.
                placed.into_iter().rev().for_each(Placed::undo);
                return Err(failure);
            }
        }
    }
    Ok(())
}

/// Refuses a path at which nothing may be written.
fn refuse(path: &Path, overwrite: bool, input: Option<&Path>) -> Result<(), Failure> {
    let name = path.display();
    let refused = |message: &str, help: &str| Err(Failure::new(format!("« {name} » {message}"), help));
    if path == Path::new("-") {
        return refused("n’est pas un nom de fichier", "sans -o, le résultat va à la sortie standard");
    }
    if path.is_dir() {
        return refused("est un répertoire", "donnez un nom de fichier à -o");
    }
    // A device or a pipe would be replaced by a file, not written to.
    if path.metadata().is_ok_and(|known| !known.is_file()) {
        let help = "donnez un autre nom à -o ; sans -o, le résultat va à la sortie standard";
        return refused("n’est pas un fichier ordinaire", help);
    }
    let input = input.and_then(|input| input.canonicalize().ok());
    if input.is_some() && input == path.canonicalize().ok() {
        return refused("est le dossier lui-même", "donnez un autre nom à -o");
    }
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    if !overwrite {
        return Err(exists(path));
    }
    // Replacing a file that its owner has closed to writing would take no notice of his wish.
    if path.metadata().is_ok_and(|known| known.permissions().readonly()) {
        return refused("est en lecture seule", "donnez un autre nom à -o, ou rendez le fichier modifiable");
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The folders made for the files: taken away again, unless they are kept.
#[derive(Default)]
struct Folders(Vec<PathBuf>);

impl Folders {
    /// Makes a folder, and those that it stands in.
    fn make(&mut self, folder: &Path) -> Result<(), Failure> {
        if folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            self.make(parent)?;
        }
        match std::fs::create_dir(folder) {
            Ok(()) => self.0.push(folder.to_owned()),
            Err(error) => {
                let message =
                    format!("« {} » n’est pas un répertoire utilisable : {}", folder.display(), cause(&error));
                return Err(Failure::new(message, ""));
            }
        }
        Ok(())
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // What someone else has put there meanwhile stays.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// A file written whole, which has not taken its place yet; forgotten, it goes.
struct Ready<'t> {
    path: &'t Path,
    file: NamedTempFile,
    overwrite: bool,
    former: Option<Former>,
}

impl<'t> Ready<'t> {
    fn of(ToWrite { path, bytes }: &'t ToWrite, overwrite: bool) -> Result<Self, Failure> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        // A temporary file is private by default; the finished one is an ordinary file.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let written = builder.tempfile_in(folder_of(path)).and_then(|mut file| {
            file.write_all(bytes)?;
            // What is replaced keeps its rights.
            if let Ok(known) = path.metadata() {
                file.as_file().set_permissions(known.permissions())?;
            }
            file.as_file().sync_all()?;
            let former = if overwrite { Former::of(path)? } else { None };
            Ok(Self { path, file, overwrite, former })
        });
        written.map_err(|error| unwritten(path, &error))
    }

    /// Takes its place.
    fn place(self) -> Result<Placed<'t>, Failure> {
        let Self { path, file, overwrite, former } = self;
        let kept = if overwrite { file.persist(path) } else { file.persist_noclobber(path) };
        kept.map_err(|error| unwritten(path, &error.error))?;
        Ok(Placed { path, former })
    }
}

/// A file that has taken its place.
struct Placed<'t> {
    path: &'t Path,
    former: Option<Former>,
}

impl Placed<'_> {
    /// Puts back what stood there.
    fn undo(self) {
        // Nothing better can be done where this fails: the failure that is being told has the same cause.
        let _ = match self.former {
            Some(Former(kept)) => std::fs::rename(&kept, self.path),
            None => std::fs::remove_file(self.path),
        };
    }
}

/// A second name of the file that is being replaced, in the same folder.
struct Former(TempPath);

impl Former {
    fn of(path: &Path) -> io::Result<Option<Self>> {
        if path.symlink_metadata().is_err() {
            return Ok(None);
        }
        // A name that is free, then the file under it: a link costs no room on a full disk, a copy is for what has no links.
        let name = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder_of(path))?.into_temp_path();
        std::fs::remove_file(&name)?;
        std::fs::hard_link(path, &name).or_else(|_| std::fs::copy(path, &name).map(|_| ()))?;
        Ok(Some(Self(name)))
    }
}

/// How the files begin that have not taken their place yet.
const PREFIX: &str = ".clausier-";

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return exists(path);
    }
    let help = match error.kind() {
        io::ErrorKind::NotFound => format!("créez d’abord le répertoire « {} »", folder_of(path).display()),
        io::ErrorKind::PermissionDenied => "donnez à -o un répertoire où vous pouvez écrire".to_owned(),
        _ => String::new(),
    };
    Failure::new(format!("« {} » ne peut être écrit : {}", path.display(), cause(error)), help)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The names and the contents of a folder.
    fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let mut out: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap_or_default()))
            .collect();
        out.sort();
        out
    }

    #[test]
    fn what_had_taken_its_place_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let target = |name: &str| ToWrite { path: folder.path().join(name), bytes: b"neuf".to_vec() };
        let targets = [target("ancien"), target("nouveau"), target("occupe")];
        fs::write(&targets[0].path, "vieux").unwrap();
        for overwrite in [true, false] {
            let ready = if overwrite { &targets[..] } else { &targets[1..] };
            let ready: Vec<Ready<'_>> = ready.iter().map(|target| Ready::of(target, overwrite).unwrap()).collect();
            // Someone takes the last place meanwhile: no file can stand where a folder does.
            fs::create_dir(&targets[2].path).unwrap();
            let failure = place(ready).expect_err("la place est prise");
            let Failure::Said { message, .. } = failure else { panic!("une phrase") };
            assert!(message.contains("occupe"), "{message}");
            fs::remove_dir(&targets[2].path).unwrap();
            assert_eq!(contents(folder.path()), [("ancien".to_owned(), b"vieux".to_vec())]);
        }
        assert!(write(&targets, None, true, None).is_ok());
        let names: Vec<String> = contents(folder.path()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["ancien", "nouveau", "occupe"]);
    }

    #[test]
    fn folders_that_were_made_for_nothing_go() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        let wrong = ToWrite { path: inner.join("absent/c"), bytes: Vec::new() };
        assert!(write(&[wrong], Some(&inner), false, None).is_err());
        assert!(contents(folder.path()).is_empty());
        let right = ToWrite { path: inner.join("c"), bytes: Vec::new() };
        assert!(write(&[right], Some(&inner), false, None).is_ok());
        assert_eq!(contents(&inner).len(), 1);
    }
}
