//! The command as its users see it: what it prints, where, with which exit status, and what it writes.

mod aide;
mod bibliotheque;
mod comparer;
mod completer;
mod consulter;
mod exemples;
mod nouveau;
mod proposer;
mod rediger;
mod verifier;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The founding story, from the root of the repository.
const SCHOOL: &str = "examples/ecole-rehabilitation/dossier.toml";

/// The command, run from the root of the repository.
fn clausier(arguments: &[impl AsRef<OsStr>]) -> Run {
    clausier_in(&root(), arguments)
}

/// The command, run from a folder.
fn clausier_in(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Run {
    Run::new(command(folder, arguments).output().expect("the command starts"))
}

/// The command, reading a text on its standard input.
fn clausier_reading(input: &[u8], arguments: &[&str]) -> Run {
    let mut child = command(&root(), arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("an input").write_all(input).expect("the command reads");
    Run::new(child.wait_with_output().expect("the command ends"))
}

fn command(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausier"));
    command.current_dir(folder).args(arguments);
    command
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The path of a fixture, from the root of the repository.
fn fixture(name: &str) -> String {
    format!("crates/clausier-cli/tests/fixtures/{name}")
}

/// A folder that disappears with the test, holding a copy of the founding story.
fn workshop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::copy(root().join(SCHOOL), folder.path().join("dossier.toml")).expect("a copy");
    folder
}

/// Names of the files of a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What a run of the command gave.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
    bytes: Vec<u8>,
}

impl Run {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            bytes: output.stdout,
        }
    }

    /// The last line of the reports.
    fn last(&self) -> &str {
        self.err.lines().last().unwrap_or_default()
    }

    /// The line that counts the findings, before what was examined.
    fn tally(&self) -> &str {
        self.err.lines().rfind(|line| !line.starts_with("  ")).unwrap_or_default()
    }

    /// Exit status, then both outputs, with the spaces that a review cannot see made visible.
    fn shown(&self) -> String {
        let mut shown = format!("code {}\n", self.code.map_or("?".to_owned(), |code| code.to_string()));
        for (name, text) in [("sortie", &self.out), ("erreurs", &self.err)] {
            if !text.is_empty() {
                shown += &format!("--- {name}\n{text}");
            }
        }
        shown.replace('\u{A0}', "␣").replace('\u{202F}', "·")
    }
}

/// The findings of some codes, out of a report: other checks come and go.
fn only(report: &str, codes: &[&str]) -> String {
    let wanted =
        |part: &&str| codes.iter().any(|code| part.lines().next().is_some_and(|l| l.contains(&format!("[{code}]"))));
    report.split("\n\n").filter(wanted).collect::<Vec<_>>().join("\n\n")
}

/// English words that must not reach the user, whichever library they come from.
fn english(text: &str) -> Vec<&'static str> {
    let words = [
        "Usage:",
        "error",
        "unexpected",
        "required",
        "invalid",
        "possible values",
        "default:",
        "alias",
        "help:",
        "Print",
        "Options:",
        "Arguments:",
        "Commands:",
        "tip:",
        "For more",
        "found",
        "missing",
        "expected",
    ];
    words.into_iter().filter(|word| text.contains(word)).collect()
}
