//! The two outputs of the command, and how it ends.

use clausier::Findings;
use clausier::reading::{FileProblem, Problem};
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

/// How a command that could read everything ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing stands in the way.
    Fine,
    /// A blocking finding stands.
    Blocked,
    /// Two things compared are not the same.
    Different,
}

impl Outcome {
    /// Of a dossier with these findings.
    pub(crate) fn of(findings: &Findings) -> Self {
        if findings.blocking().next().is_some() { Self::Blocked } else { Self::Fine }
    }
}

/// Why a command could not do its work; [`crate::report`] puts it in words.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A sentence, and what to do about it, each with its name (« aide ») and its text.
    Said { message: String, notes: Vec<(&'static str, String)> },
    /// Problems of a file, given its name and its text.
    Problems { problems: Vec<Problem>, name: String, text: String },
    /// Problems of a clause library, given its folder as the user typed it.
    Library { problems: Vec<FileProblem>, folder: String },
    /// The help of a command, asked for by an incomplete line.
    Help(String),
}

/// The end of a command.
pub(crate) type Ended = Result<Outcome, Failure>;

impl Failure {
    /// A failure said in one sentence, with what to do about it (may be empty).
    pub(crate) fn new(message: impl AsRef<str>, help: impl AsRef<str>) -> Self {
        Self::Said { message: message.as_ref().to_owned(), notes: vec![("aide", help.as_ref().to_owned())] }
    }
}

/// Prints the product of the command. A reader that has left (`| head`) is no failure.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("la sortie ne peut être écrite : {}", cause(&error)), ""))
        }
        _ => Ok(()),
    }
}

/// Tells the user something beside the product; there is nobody to tell when this fails.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// True when reports may carry colours: a terminal reads them, and nobody asked for none.
pub(crate) fn colours() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|v| v == "dumb");
    io::stderr().is_terminal() && !unwanted && !dumb
}

/// True when the product goes to a screen.
pub(crate) fn on_screen() -> bool {
    io::stdout().is_terminal()
}

/// Lines whose cells are aligned, each line after an indent.
pub(crate) fn columns(indent: &str, lines: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for (column, cell) in lines.iter().flat_map(|line| line.iter().enumerate()) {
        widths.resize(widths.len().max(column + 1), 0);
        let width = &mut widths[column];
        *width = cell.chars().count().max(*width);
    }
    let mut out = String::new();
    for line in lines {
        out += indent;
        for (cell, width) in line.iter().zip(&widths) {
            let lacking = width - cell.chars().count();
            out += cell;
            out.extend(std::iter::repeat_n(' ', lacking + 2));
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

/// What the system answers, in French.
pub(crate) fn cause(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "introuvable",
        ErrorKind::PermissionDenied => "accès refusé",
        ErrorKind::IsADirectory => "c’est un répertoire",
        ErrorKind::AlreadyExists => "un fichier porte déjà ce nom",
        ErrorKind::NotADirectory => "un élément du chemin n’est pas un répertoire",
        ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded => "la place accordée est dépassée",
        ErrorKind::StorageFull => "il n’y a plus de place",
        ErrorKind::ReadOnlyFilesystem => "le support est en lecture seule",
        ErrorKind::InvalidFilename => "nom de fichier refusé par le système",
        ErrorKind::InvalidInput => "chemin refusé par le système",
        _ => return error.raw_os_error().map_or_else(|| "échec".to_owned(), |code| format!("erreur système {code}")),
    };
    known.to_owned()
}
