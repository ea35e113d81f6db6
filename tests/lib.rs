//! Shared helpers of the test suite.

pub mod fuzz;

use clausier::law::Usages;
use clausier::quantity::Date;
use clausier::{Consultation, Library};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The stories: name and text of the dossier, by name.
pub fn stories() -> Vec<(String, String)> {
    let folder = fs::read_dir(root().join("examples")).expect("the stories");
    let mut out: Vec<(String, String)> = folder
        .flatten()
        .filter(|entry| entry.path().join("dossier.toml").is_file())
        .map(|entry| {
            let text = fs::read_to_string(entry.path().join("dossier.toml")).expect("a dossier");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    out.sort();
    out
}

/// Reads a dossier that must be well formed.
pub fn consultation(name: &str, text: &str) -> Consultation {
    Consultation::from_toml(text).unwrap_or_else(|error| panic!("{name}:\n{error}"))
}

/// The families of a dossier.
pub fn families(consultation: &Consultation) -> Vec<String> {
    let mut out: Vec<String> = consultation.lots.values().map(|lot| lot.family.to_string()).collect();
    out.sort();
    out.dedup();
    out
}

/// Makes the spaces that a review cannot see visible: « ␣ » for U+00A0, « · » for U+202F.
pub fn visible(text: &str) -> String {
    text.replace('\u{A0}', "␣").replace('\u{202F}', "·")
}

/// A piece in Markdown or plain text without its stamp, which is no word of the contract: its fingerprint moves with each of
/// them, and would hide in a reviewed text what did change.
pub fn unstamped(text: &str) -> &str {
    let stamped = |begins: &str| {
        let (before, stamp) = text.rsplit_once(begins)?;
        stamp.get(..64)?.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(before)
    };
    stamped("\n<!-- Empreinte ").or_else(|| stamped("\nEmpreinte ")).unwrap_or(text)
}

/// A text with ordinary spaces.
pub fn plain(text: &str) -> String {
    text.replace(['\u{A0}', '\u{202F}'], " ")
}

/// A blank where a value should stand, in a text of pieces.
pub fn blank(text: &str) -> Option<&str> {
    const BLANKS: [&str; 8] = [" : .", "()", "« »", " de .", " à .", " ,", "  ", " soit ,"];
    // A price asks the tenderers for nothing else: its cell of things asked for is empty.
    let mut lines = text.lines().filter(|line| !line.starts_with("| Prix |"));
    // A stop that ends no word is what is left of a sentence.
    let left = |line: &str| line.contains(['.', ';', ',']) && !line.contains(char::is_alphanumeric);
    lines.find(|line| left(line) || BLANKS.iter().any(|blank| plain(line.trim()).contains(blank)))
}

/// The figures of practice, as the register has them.
pub fn usages() -> &'static Usages {
    static USAGES: OnceLock<Usages> = OnceLock::new();
    let day = Date::new(2026, 12, 7).expect("a day");
    USAGES.get_or_init(|| Library::embedded().legal().usages(day).expect("the usages"))
}
