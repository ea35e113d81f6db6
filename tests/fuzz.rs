//! What the fuzzers run, and the mutations of their seeds: the same on a nightly toolchain, for hours, and on stable, for
//! seconds, in the test suite.
//!
//! A target never panics, gives the same answer twice, lets neither a blank nor an internal mark out, keeps the plan of a piece
//! whatever its values, and stays within its bounds. It says whether its input was accepted, so that a run that only meets syntax
//! errors is seen to be worth little.

use clausier::document::{Article, Block};
use clausier::edit::{Edit, apply};
use clausier::reading::Raw;
use clausier::{
    Consultation, Document, Format, Legal, Library, LoadErrors, Piece, Resolved, Sample, json, typography, write,
};
use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;
use toml::de::{DeTable, DeValue};

/// A target, with what its inputs are made from.
pub struct Target {
    /// Its name, that of its binary too.
    pub name: &'static str,
    /// Runs it on an input; true when the input was accepted.
    pub run: fn(&[u8]) -> bool,
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<String>,
    /// A neighbour of an input.
    pub vary: fn(&str, &mut Random) -> String,
}

/// Every target.
pub const TARGETS: [Target; 12] = [
    Target { name: "dossier", run: dossier, seeds: dossiers, vary: mutate_dossier },
    Target { name: "json", run: dossier_in_json, seeds: dossiers_in_json, vary: mutate_json },
    Target { name: "hostile", run: hostile, seeds: dossiers, vary: mutate_dossier },
    Target { name: "requete", run: request, seeds: requests, vary: mutate_request },
    Target { name: "clause", run: clause, seeds: clauses, vary: mutate_file },
    Target { name: "trame", run: trame, seeds: trames, vary: mutate_below },
    Target { name: "familles", run: families, seeds: || vec![of_ours("referentiel/familles.toml")], vary: mutate_file },
    Target { name: "referentiel", run: register, seeds: registers, vary: mutate_below },
    Target { name: "balisage", run: markup, seeds: texts, vary: mutate_text },
    Target { name: "feuille", run: leaf, seeds: sentences, vary: mutate_text },
    Target { name: "typographie", run: typographic, seeds: dossiers, vary: mutate },
    Target { name: "modifications", run: edits, seeds: edited, vary: mutate_last },
];

/// The target of a name, run on an input.
pub fn run(name: &str, input: &[u8]) -> bool {
    TARGETS.iter().find(|target| target.name == name).is_some_and(|target| (target.run)(input))
}

fn dossiers() -> Vec<String> {
    stories().to_vec()
}

/// The dossiers of the stories, read once.
fn stories() -> &'static [String] {
    static READ: OnceLock<Vec<String>> = OnceLock::new();
    READ.get_or_init(|| crate::stories().into_iter().map(|(_, text)| text).collect())
}

fn dossiers_in_json() -> Vec<String> {
    stories().iter().filter_map(|text| in_json(text)).collect()
}

/// A dossier in JSON; none for what TOML refuses.
fn in_json(text: &str) -> Option<String> {
    fn value(from: &DeValue<'_>) -> serde_json::Value {
        match from {
            DeValue::String(text) => text.as_ref().into(),
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok().into(),
            DeValue::Float(n) => n.as_str().parse::<f64>().ok().into(),
            DeValue::Boolean(yes) => (*yes).into(),
            DeValue::Datetime(date) => date.to_string().into(),
            DeValue::Array(items) => items.iter().map(|item| value(item.get_ref())).collect(),
            DeValue::Table(fields) => table(fields),
        }
    }
    fn table(fields: &DeTable<'_>) -> serde_json::Value {
        fields.iter().map(|(key, field)| (key.get_ref().to_string(), value(field.get_ref()))).collect()
    }
    DeTable::parse(text).ok().map(|read| table(read.get_ref()).to_string())
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

/// Dossiers followed by an edit: a key path and a value.
fn edited() -> Vec<String> {
    dossiers().into_iter().map(|text| format!("{text}{}\n", edit_of(&text, &mut Random::new(7)))).collect()
}

/// A request with a dossier in it.
fn asking(text: &str, ask: &str) -> String {
    let quoted = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    format!("{{\"protocole\": 2, \"demande\": \"{ask}\", \"texte\": {quoted}}}")
}

const ASKS: [&str; 5] = ["verifier", "rediger", "proposer", "devoirs", "catalogue"];

fn requests() -> Vec<String> {
    stories().iter().flat_map(|text| ASKS.iter().map(move |ask| asking(text, ask))).collect()
}

fn dossier(input: &[u8]) -> bool {
    match Consultation::from_slice(input) {
        Err(error) => {
            assert!((1..=101).contains(&error.problems.len()), "{} problems", error.problems.len());
            false
        }
        Ok(consultation) => {
            let resolution = Library::embedded().resolve(&consultation);
            // Our own library always gives a draft, and no blank that the dossier does not write itself.
            let drafts = resolution.documents(true).unwrap_or_else(|error| panic!("{error}"));
            let written = String::from_utf8_lossy(input);
            if crate::blank(&written).is_none() && !written.contains("\"\"") {
                for draft in &drafts {
                    let text = String::from_utf8(write(draft, Format::Markdown)).expect("text");
                    assert_eq!(crate::blank(&text), None);
                }
            }
            resolved(&resolution);
            true
        }
    }
}

fn dossier_in_json(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    let read = Consultation::from_json(text);
    match &read {
        Ok(consultation) => {
            let findings = Library::embedded().resolve(consultation).findings().clone();
            let again = Consultation::from_json(text).expect("read before");
            assert_eq!(&findings, Library::embedded().resolve(&again).findings());
        }
        Err(error) => assert!((1..=101).contains(&error.problems.len()), "{} problems", error.problems.len()),
    }
    read.is_ok()
}

/// Values that look like the markup of some format.
const HOSTILE: [&str; 8] = [
    r#""{{ 7 * 7 }} {% if x %}""#,
    r##""a\n# Titre\n\n- b\n| c | d |""##,
    r#""**gras** *x* [y](art:z) `c`""#,
    r#""<script>alert(1)</script> &amp; <b>""#,
    r#""=1+1 @x -2 +3""#,
    r#""</w:t></w:p> ]]> <text:p>""#,
    r#""1. un\n2. deux\n\n---""#,
    r#""a \\| b | \u00a0c \\""#,
];

/// Keys whose text is the buyer's own.
const FREE: [&str; 6] = ["objet = ", "intitule = ", "nom = ", "perimetre = ", "reference = ", "adresse = "];

/// The same dossier with a plain value and with a hostile one has pieces of the same plan.
fn hostile(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    let one_line = |line: &&str| line.trim_end().ends_with('"') && line.matches('"').count() == 2;
    let free = |line: &&str| FREE.iter().any(|key| line.starts_with(key)) && one_line(line);
    let lines: Vec<&str> = text.lines().filter(free).collect();
    let mut random = Random::new(input.iter().fold(17, |sum, byte| sum * 31 % 0xFFFF_FFFB + u64::from(*byte)));
    let Some(line) = lines.get(random.below(lines.len())) else { return false };
    let key = line.split('=').next().unwrap_or_default();
    let with = |value: &str| {
        let consultation = Consultation::from_toml(&text.replacen(line, &format!("{key}= {value}"), 1)).ok()?;
        let drafts = Library::embedded().resolve(&consultation).documents(true);
        // The note tells the findings, which differ as the words do.
        let drafts = drafts.expect("a draft").into_iter().filter(|draft| draft.piece != Piece::Note);
        Some(drafts.map(|draft| plan(&draft)).collect::<Vec<_>>())
    };
    let (plain, hostile) = (with("\"mot simple\""), with(HOSTILE[random.below(HOSTILE.len())]));
    assert_eq!(plain, hostile, "{line}");
    plain.is_some()
}

/// The plan of a piece: its articles with the shape of their blocks, and the lines of its Markdown that open something.
fn plan(document: &Document) -> Vec<String> {
    fn walk(articles: &[Article], out: &mut Vec<String>) {
        for article in articles {
            let shape = |block: &Block| match block {
                Block::Paragraph(_) => "¶".to_owned(),
                Block::List(list) => format!("- {}", list.items.len()),
                Block::Table(table) => format!("| {} × {}", table.rows.len(), table.columns.len()),
                _ => "?".to_owned(),
            };
            let shapes: Vec<String> = article.blocks.iter().map(shape).collect();
            out.push(format!("{} {} : {}", article.anchor, article.number, shapes.join(" ")));
            walk(&article.articles, out);
        }
    }
    let mut out = Vec::new();
    walk(&document.articles, &mut out);
    let text = String::from_utf8(write(document, Format::Markdown)).expect("text");
    let opening = |line: &str| ["#", "- ", "| ", "---", "1. ", "2. "].iter().position(|sign| line.starts_with(sign));
    let opened: Vec<usize> = text.lines().filter_map(opening).collect();
    out.push(format!("{opened:?}"));
    out
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
const REPLACED_FILE: &str = "environnement/bat-cov.toml";

fn overlay(file: &str, input: &[u8]) -> Result<Library, LoadErrors> {
    let text = String::from_utf8_lossy(input).into_owned();
    Library::embedded().with_files([(file.to_owned(), text)]).inspect_err(|errors| {
        assert!((1..=301).contains(&errors.problems.len()), "{} problems", errors.problems.len());
    })
}

fn clause(input: &[u8]) -> bool {
    let Ok(library) = overlay(REPLACED_FILE, input) else { return false };
    let sample = library.sample(REPLACED, Sample::Usual).expect("the library has it");
    if let Ok(consultation) = Consultation::from_toml(&sample) {
        resolved(&library.resolve(&consultation));
    }
    true
}

/// A trame of ours with its file as the input says: its name, then its text.
fn trame(input: &[u8]) -> bool {
    let input = String::from_utf8_lossy(input);
    let (name, text) = input.split_once('\n').unwrap_or((&input, ""));
    let Ok(library) = overlay(name, text.as_bytes()) else { return false };
    resolved(&library.resolve(&Consultation::from_toml(&stories()[0]).expect("a story")));
    true
}

fn families(input: &[u8]) -> bool {
    overlay("referentiel/familles.toml", input).is_ok()
}

/// The files of the register, each after its name.
fn registers() -> Vec<String> {
    registered().iter().map(|(file, text)| format!("{file}\n{text}")).collect()
}

fn registered() -> &'static [(String, String)] {
    static READ: OnceLock<Vec<(String, String)>> = OnceLock::new();
    READ.get_or_init(|| folder("referentiel"))
}

/// The trames, each after its name.
fn trames() -> Vec<String> {
    folder("trames").into_iter().map(|(file, text)| format!("{file}\n{text}")).collect()
}

/// The files of a folder of the library, by name.
fn folder(name: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(crate::root().join("clauses").join(name)).expect("a folder of the library").flatten();
    let names = files.map(|entry| format!("{name}/{}", entry.file_name().to_string_lossy()));
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), of_ours(&name))).collect()
}

/// The register with one of its files as the input says: its name, then its text.
fn register(input: &[u8]) -> bool {
    let input = String::from_utf8_lossy(input);
    let (name, text) = input.split_once('\n').unwrap_or((&input, ""));
    let others = registered().iter().filter(|(file, _)| file != name).cloned();
    let read = Legal::from_sources(others.chain([(name.to_owned(), text.to_owned())]));
    if let Err(errors) = &read {
        assert!((1..=301).contains(&errors.problems.len()), "{} problems", errors.problems.len());
    }
    read.is_ok()
}

/// Texts of our clauses, with the names of the one that they are put in.
fn texts() -> Vec<String> {
    let sections = Library::embedded().clauses().flat_map(|clause| &clause.sections);
    sections.map(|section| renamed(section.source())).filter(|text| !text.contains("{%")).collect()
}

/// Duties of our clauses, likewise.
fn sentences() -> Vec<String> {
    let duties = Library::embedded().ids().filter_map(|id| {
        let (_, source) = Library::embedded().source(id)?;
        let (_, duty) = source.split_once("\nobligation = \"")?;
        Some(renamed(duty.split_once("\"\n")?.0))
    });
    duties.filter(|text| !text.contains("{%")).collect()
}

/// The same text, each of its names exchanged for one of the clause that inputs take the place of.
fn renamed(text: &str) -> String {
    let mut parts = text.split("{{");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        format!("{out}{{{{ cov_maximal }}}}{}", part.split_once("}}").map_or("", |(_, rest)| rest))
    })
}

/// A clause like one of ours, beside it, some of its text replaced.
fn reworded(old: &str, new: &str) -> bool {
    const ID: &str = "essai";
    static SEED: OnceLock<String> = OnceLock::new();
    let seed = SEED.get_or_init(|| of_ours(REPLACED_FILE).replacen(REPLACED, ID, 1));
    let text = seed.replacen(old, new, 1);
    assert_ne!(&text, seed);
    let Ok(library) = overlay(&format!("environnement/{ID}.toml"), text.as_bytes()) else { return false };
    let sample = library.sample(ID, Sample::Usual).expect("the library has it");
    let consultation = Consultation::from_toml(&sample).expect("a sample");
    let resolved = library.resolve(&consultation);
    for piece in [Piece::Cctp, Piece::Ccap] {
        // A text that cannot be printed is an error, never a blank.
        let (Ok(draft), again) = (resolved.draft(piece), resolved.draft(piece)) else { continue };
        assert_eq!(Some(&draft), again.as_ref().ok());
        for format in [Format::Markdown, Format::Text, Format::Html] {
            sound(&String::from_utf8(write(&draft, format)).expect("text"));
        }
    }
    true
}

/// A text of a clause, in the subset of Markdown that they are written in.
fn markup(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    let old = "Les produits appliqués à l'intérieur, prêts à l'emploi et teintés, ";
    !text.contains("'''") && reworded(old, &format!("{text}\n\n{old}"))
}

/// A text that is one run.
fn leaf(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    let old = "obligation = \"n'appliquer à l'intérieur que des peintures, vernis, colles et enduits peu émissifs\"";
    !text.contains("'''") && reworded(old, &format!("obligation = '''{text}'''"))
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

/// Another dossier: values exchanged for others of the same sort, figures changed, clauses taken away or brought in. Seldom, a
/// fault.
pub fn mutate_dossier(text: &str, random: &mut Random) -> String {
    let mut out = text.to_owned();
    for _ in 0..=random.below(3) {
        out = match random.below(11) {
            0..4 => other_figure(&out, random),
            4..6 => other_value(&out, random),
            6 | 7 => without_a_table(&out, random),
            8 => format!("{out}\n[clause.{}]\n", some_clause(random)),
            9 => with_a_clause(&out, random),
            _ => mutate(&out, random),
        };
    }
    out
}

/// A request about another dossier; seldom, another text.
fn mutate_request(text: &str, random: &mut Random) -> String {
    if random.below(8) == 0 {
        return mutate(text, random);
    }
    let dossier = mutate_dossier(some_story(random), random);
    asking(&dossier, ASKS[random.below(ASKS.len())])
}

fn some_story(random: &mut Random) -> &'static str {
    let stories = stories();
    &stories[random.below(stories.len())]
}

/// Another dossier in JSON; seldom, a letter changed in the text.
fn mutate_json(text: &str, random: &mut Random) -> String {
    if random.below(8) == 0 {
        return other_letter(text, random);
    }
    in_json(&mutate_dossier(some_story(random), random)).unwrap_or_else(|| text.to_owned())
}

/// A neighbour of a file of the library: its figures and its values exchanged for others of the same sort, one of its texts
/// changed as texts are, a table left out. Seldom, a fault.
fn mutate_file(text: &str, random: &mut Random) -> String {
    let mut out = text.to_owned();
    for _ in 0..=random.below(2) {
        out = match random.below(10) {
            0..4 => other_number(&out, random),
            4 | 5 => other_value(&out, random),
            6 | 7 => other_text(&out, random),
            8 => without_a_table(&out, random),
            _ => mutate(&out, random),
        };
    }
    out
}

/// A line of one of the texts of a file, changed.
fn other_text(text: &str, random: &mut Random) -> String {
    let (mut lines, mut within): (Vec<String>, bool) = (text.lines().map(str::to_owned).collect(), false);
    let mut places = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.ends_with("'''") {
            within = !within;
        } else if within && !line.contains("{%") {
            places.push(at);
        }
    }
    if let Some(at) = places.get(random.below(places.len())) {
        lines[*at] = mutate_with(&lines[*at], &PARTS[..2], random);
    }
    lines.join("\n") + "\n"
}

/// A neighbour of a text whose first line stays.
fn mutate_below(text: &str, random: &mut Random) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!("{first}\n{}", mutate_file(rest, random))
}

/// What a text of a clause is made of.
const PARTS: [&str; 20] = [
    "**",
    "*",
    "[",
    "](art:insertion)",
    "[](droit:ccp-l2112-2)",
    "{{ cov_maximal }}",
    "{% if cov_vernis %}",
    "{% endif %}",
    "{{ cov_maximal | capitale }}",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n| a | b |\n| --- | --- |\n| c | d |\n",
    "`",
    " ; ",
    "…",
    "'",
    "#",
    "{{",
];

/// A neighbour of a text of the clause that inputs take the place of.
fn mutate_text(text: &str, random: &mut Random) -> String {
    mutate_with(text, &PARTS, random)
}

/// A neighbour of a text: a part brought in, words left out or said twice.
fn mutate_with(text: &str, parts: &[&str], random: &mut Random) -> String {
    let mut out = text.to_owned();
    for _ in 0..=random.below(3) {
        // Between words, in no name.
        let apart = |at: &usize| out[..*at].matches("{{").count() <= out[..*at].matches("}}").count();
        let places: Vec<usize> = out.match_indices(' ').map(|(at, _)| at).filter(apart).collect();
        let Some((at, other)) = places.get(random.below(places.len())).zip(places.get(random.below(places.len())))
        else {
            break;
        };
        let (at, other) = (*at.min(other), *at.max(other));
        match random.below(6) {
            0 => out.replace_range(at..other, ""),
            1 => out = format!("{}{}{}", &out[..other], &out[at..other], &out[other..]),
            2 => return other_letter(&out, random),
            // A run that is opened and closed.
            3 => {
                let mark = PARTS[random.below(2)];
                out = format!("{} {mark}{}{mark}{}", &out[..at], out[at..other].trim(), &out[other..]);
            }
            _ => out.insert_str(at + 1, parts[random.below(parts.len())]),
        }
    }
    out
}

/// A letter changed.
fn other_letter(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if !chars.is_empty() {
        let place = random.below(chars.len());
        chars[place] = char::from_u32(random.below(0x3000) as u32).unwrap_or('\u{FFFD}');
    }
    chars.into_iter().collect()
}

/// The same dossier with another edit.
fn mutate_last(text: &str, random: &mut Random) -> String {
    let (dossier, _) = text.trim_end().rsplit_once('\n').unwrap_or((text, ""));
    let dossier = if random.below(4) == 0 { mutate_dossier(dossier, random) } else { dossier.to_owned() };
    format!("{dossier}\n{}\n", edit_of(&dossier, random))
}

/// An edit of a key of a dossier: its path, and the value of another.
fn edit_of(text: &str, random: &mut Random) -> String {
    let mut table = String::new();
    let mut known: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            table = format!("{name}.");
        } else if let Some((key, value)) = line.split_once(" = ") {
            known.push((format!("{table}{key}"), value.trim_matches('"').to_owned()));
        }
    }
    if known.is_empty() {
        return "objet=mot".to_owned();
    }
    let (path, value) = (random.below(known.len()), random.below(known.len()));
    format!("{}={}", known[path].0, known[value].1)
}

/// A number that stands alone, in no name nor reference, changed.
fn other_number(text: &str, random: &mut Random) -> String {
    let bytes = text.as_bytes();
    let apart = |byte: Option<&u8>| byte.is_none_or(|b| matches!(b, b' ' | b'"' | b'(' | b'[' | b',' | b'\n'));
    let starts: Vec<usize> = (1..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit() && apart(bytes.get(at - 1)))
        .filter(|at| {
            let end = bytes[*at..].iter().position(|b| !b.is_ascii_digit()).map(|length| at + length);
            apart(end.and_then(|end| bytes.get(end)))
        })
        .collect();
    let mut out = text.to_owned();
    if let Some(at) = starts.get(random.below(starts.len())) {
        out.replace_range(*at..at + 1, &random.below(10).to_string());
    }
    out
}

/// One figure changed.
fn other_figure(text: &str, random: &mut Random) -> String {
    let digits: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
    let mut out = text.to_owned();
    if let Some(at) = digits.get(random.below(digits.len())) {
        out.replace_range(*at..at + 1, &random.below(10).to_string());
    }
    out
}

/// A value exchanged for another of the same sort: the same letters and signs around its figures.
fn other_value(text: &str, random: &mut Random) -> String {
    let sort = |value: &str| value.chars().filter(|c| !c.is_ascii_digit() && *c != ' ').take(8).collect::<String>();
    let values: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once(" = ")?.1)).collect();
    let Some(old) = values.get(random.below(values.len())) else { return text.to_owned() };
    let alike: Vec<&&str> = values.iter().filter(|value| sort(value) == sort(old)).collect();
    text.replacen(old, alike[random.below(alike.len())], 1)
}

/// Where the tables of a text stand.
fn tables(text: &str) -> Vec<std::ops::Range<usize>> {
    let starts: Vec<usize> = text.match_indices("\n[").map(|(at, _)| at + 1).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

fn without_a_table(text: &str, random: &mut Random) -> String {
    let tables = tables(text);
    let mut out = text.to_owned();
    if let Some(table) = tables.get(random.below(tables.len())) {
        out.replace_range(table.clone(), "");
    }
    out
}

fn some_clause(random: &mut Random) -> &'static str {
    let ids: Vec<&str> = Library::embedded().ids().collect();
    ids[random.below(ids.len())]
}

/// A clause of the library brought in with the values that a sample dossier gives it.
fn with_a_clause(text: &str, random: &mut Random) -> String {
    let id = some_clause(random);
    let sample = Library::embedded().sample(id, Sample::Usual).unwrap_or_default();
    let head = format!("[clause.{id}]");
    let own = tables(&sample).into_iter().find(|table| sample[table.clone()].starts_with(&head));
    format!("{text}\n{}\n", own.map_or("", |table| &sample[table]))
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
            3 => lines[at] = other_letter(&lines[at], random),
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
