//! What the fuzzers run, and the mutations of their seeds: the same on a nightly toolchain, for hours, and on stable, for
//! seconds, in the test suite.
//!
//! A target never panics, gives the same answer twice, lets no internal mark out, and stays within its bounds. It says whether
//! its input was accepted, so that a run that only meets syntax errors is seen to be worth little.

use clausier::edit::{Edit, apply};
use clausier::reading::Raw;
use clausier::{Consultation, Format, Library, LoadErrors, Resolved, Sample, json, typography, write};
use std::collections::BTreeMap;
use std::fs;

/// A target, with what its inputs are made from.
pub struct Target {
    /// Its name, that of its binary too.
    pub name: &'static str,
    /// Runs it on an input; true when the input was accepted.
    pub run: fn(&[u8]) -> bool,
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<String>,
}

/// Every target.
pub const TARGETS: [Target; 7] = [
    Target { name: "dossier", run: dossier, seeds: dossiers },
    Target { name: "requete", run: request, seeds: requests },
    Target { name: "clause", run: clause, seeds: clauses },
    Target { name: "trame", run: trame, seeds: || vec![of_ours("trames/ccap.toml")] },
    Target { name: "familles", run: families, seeds: || vec![of_ours("referentiel/familles.toml")] },
    Target { name: "typographie", run: typographic, seeds: dossiers },
    Target { name: "modifications", run: edits, seeds: dossiers },
];

/// The target of a name, run on an input.
pub fn run(name: &str, input: &[u8]) -> bool {
    TARGETS.iter().find(|target| target.name == name).is_some_and(|target| (target.run)(input))
}

fn dossiers() -> Vec<String> {
    crate::stories().into_iter().map(|(_, text)| text).collect()
}

fn of_ours(file: &str) -> String {
    fs::read_to_string(crate::root().join("clauses").join(file)).expect("a file of the library")
}

fn clauses() -> Vec<String> {
    let library = Library::embedded();
    let clause = library.clause(REPLACED).expect("the library has it");
    let (_, source) = library.source(REPLACED).expect("the library has it");
    vec![format!("remplace = \"{REPLACED}@{}\"\n{source}", clause.version.iso())]
}

fn requests() -> Vec<String> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    let asks = ["verifier", "rediger", "proposer", "devoirs", "catalogue"];
    let ask = |text: &String, ask: &&str| {
        format!("{{\"protocole\": 2, \"demande\": \"{ask}\", \"texte\": {}}}", quoted(text))
    };
    dossiers().iter().flat_map(|text| asks.iter().map(move |word| ask(text, word))).collect()
}

fn dossier(input: &[u8]) -> bool {
    match Consultation::from_slice(input) {
        Err(error) => {
            assert!((1..=101).contains(&error.problems.len()), "{} problems", error.problems.len());
            false
        }
        Ok(consultation) => {
            resolved(&Library::embedded().resolve(&consultation));
            true
        }
    }
}

/// Whatever can be written of a dossier, written.
fn resolved(resolved: &Resolved<'_>) {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    resolved.findings().iter().for_each(|finding| *codes.entry(finding.code).or_default() += 1);
    assert!(codes.values().all(|count| *count <= 51), "{codes:?}");
    let Ok(documents) = resolved.documents(true) else { return };
    assert_eq!(Some(&documents), resolved.documents(true).ok().as_ref());
    for document in &documents {
        for format in [Format::Markdown, Format::Text, Format::Html] {
            sound(&String::from_utf8(write(document, format)).expect("text"));
        }
        assert!(!write(document, Format::Docx).is_empty() && !write(document, Format::Odt).is_empty());
    }
    sound(&json::envelope(resolved, &documents));
}

/// A text in which no internal mark is left.
fn sound(text: &str) {
    let mark = |c: char| matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{A7F7}');
    assert!(!text.contains(mark), "an internal mark is printed");
}

fn request(input: &[u8]) -> bool {
    let answer = json::call_bytes(input);
    assert_eq!(answer, json::call_bytes(input));
    assert!(answer.starts_with('{') && answer.ends_with("}\n"));
    answer.contains("\"ok\": true")
}

/// A clause of ours that inputs take the place of.
const REPLACED: &str = "bat-cov";

fn overlay(file: &str, input: &[u8]) -> Result<Library, LoadErrors> {
    let text = String::from_utf8_lossy(input).into_owned();
    Library::embedded().with_files([(file.to_owned(), text)]).inspect_err(|errors| {
        assert!((1..=301).contains(&errors.problems.len()), "{} problems", errors.problems.len());
    })
}

fn clause(input: &[u8]) -> bool {
    let Ok(library) = overlay("environnement/bat-cov.toml", input) else { return false };
    let sample = library.sample(REPLACED, Sample::Usual).expect("the library has it");
    if let Ok(consultation) = Consultation::from_toml(&sample) {
        resolved(&library.resolve(&consultation));
    }
    true
}

fn trame(input: &[u8]) -> bool {
    let Ok(library) = overlay("trames/ccap.toml", input) else { return false };
    for (_, text) in crate::stories().iter().take(1) {
        resolved(&library.resolve(&Consultation::from_toml(text).expect("a story")));
    }
    true
}

fn families(input: &[u8]) -> bool {
    overlay("referentiel/familles.toml", input).is_ok()
}

fn typographic(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    let set = typography::french(&text);
    assert!(set.len() <= 8 * text.len() + 8);
    true
}

fn edits(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    // The last line is the edit: a key path, then the value.
    let Some((dossier, last)) = text.trim_end().rsplit_once('\n') else { return false };
    let (path, value) = last.split_once('=').unwrap_or((last, ""));
    let value = Raw::Text(value.trim().to_owned());
    let edited = apply(dossier, &[Edit::set(path.trim(), value.clone())]);
    assert_eq!(edited.is_ok(), apply(dossier, &[Edit::set(path.trim(), value)]).is_ok());
    edited.is_ok()
}

/// Numbers that follow each other in no visible order, always the same from one seed.
pub struct Random(u64);

impl Random {
    /// From a seed, which is not zero.
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// A number below a bound, which is not zero.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Values that put a reader to the test.
const VALUES: [&str; 16] = [
    "\"\"",
    "\"   \"",
    "0",
    "-1",
    "9223372036854775807",
    "true",
    "2026-02-28",
    "[]",
    "[\"a\", \"\"]",
    "{}",
    "\"0 €\"",
    "\"100 %\"",
    "\"10 h\"",
    "\"{{ 7 * 7 }} **gras** <b> | [x](art:y) \u{202F}«»\"",
    "\"0,0000001 %\"",
    "\"999 999 999 999 €\"",
];

/// A neighbour of a text: its lines moved, doubled or left out, its values exchanged; seldom, a letter. Most stay well formed.
pub fn mutate(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        if lines.is_empty() {
            break;
        }
        let (at, other) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(10) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            3 => {
                let mut chars: Vec<char> = lines[at].chars().collect();
                if !chars.is_empty() {
                    let place = random.below(chars.len());
                    chars[place] = char::from_u32(random.below(0x3000) as u32).unwrap_or('\u{FFFD}');
                }
                lines[at] = chars.into_iter().collect();
            }
            choice => {
                let value = |line: &String| line.split_once(" = ").map(|(_, value)| value.to_owned());
                let new = if choice < 7 { value(&lines[other]) } else { None };
                let new = new.unwrap_or_else(|| VALUES[random.below(VALUES.len())].to_owned());
                if let Some((key, _)) = lines[at].split_once(" = ") {
                    lines[at] = format!("{key} = {new}");
                }
            }
        }
    }
    lines.join("\n") + "\n"
}
