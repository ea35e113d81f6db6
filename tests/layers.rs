//! A wing of the library names only those it is allowed to: the plan of the house, and a scan that sees every import.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may name besides itself. A room that is a folder holds all that is in it, unless a room inside has its
/// own line. A name alone opens the whole wing; `a::b` opens the room.
const PLAN: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("base::fold", &[]),
    ("base::bytes", &[]),
    ("base::quantity", &["base::bytes", "base::terms"]),
    ("base::reckoning", &["base::bytes"]),
    ("base::terms", &["base::bytes"]),
    ("base::typography", &["base::quantity"]),
    ("base::zip", &[]),
    ("file", &["base"]),
    ("law", &["base", "file"]),
    ("document", &["base"]),
    ("document::write", &["base", "document"]),
    ("library", &["base", "file", "law", "document"]),
    ("library::names", &["base"]),
    ("library::frame", &["base", "file"]),
    ("library::marking", &["base", "file", "library::frame"]),
    ("library::rich", &["base", "document"]),
    ("library::expression", &["base", "file", "library::rich"]),
    ("library::markup", &["base", "library::expression", "library::rich"]),
    ("library::lint", &["base", "file", "law"]),
    (
        "library::clause",
        &[
            "base",
            "file",
            "law",
            "document",
            "library::expression",
            "library::frame",
            "library::marking",
            "library::markup",
            "library::names",
        ],
    ),
    (
        "library::trame",
        &["base", "file", "library::clause", "library::expression", "library::markup", "library::names"],
    ),
    ("dossier", &["base", "file", "library::frame", "library::marking"]),
    ("resolution", &["base", "file", "law", "library", "dossier"]),
    ("resolution::finding", &["base", "file"]),
    ("resolution::phrases", &["base", "library", "dossier"]),
    ("resolution::hours", &["base", "dossier"]),
    ("resolution::select", &["base", "file", "library", "dossier", "resolution::phrases"]),
    ("resolution::ledger", &["base", "law", "resolution::hours"]),
    ("resolution::duties", &["base", "law", "dossier"]),
    (
        "resolution::grid",
        &["base", "law", "library", "dossier", "resolution::ledger", "resolution::phrases", "resolution::select"],
    ),
    ("resolution::scoring", &["base", "library", "resolution::grid"]),
    ("resolution::simulation", &["base", "library", "resolution::grid", "resolution::scoring"]),
    (
        "resolution::facts",
        &[
            "base",
            "file",
            "law",
            "library",
            "dossier",
            "resolution::duties",
            "resolution::grid",
            "resolution::own_words",
            "resolution::select",
            "resolution::simulation",
            "resolution::hours",
            "resolution::ledger",
            "resolution::phrases",
        ],
    ),
    ("resolution::offers", &["base", "file", "resolution::grid", "resolution::scoring"]),
    (
        "resolution::liaisons",
        &[
            "base",
            "law",
            "library",
            "resolution::facts",
            "resolution::grid",
            "resolution::ledger",
            "resolution::phrases",
            "resolution::simulation",
        ],
    ),
    ("resolution::own_words", &["base", "file", "library", "dossier", "resolution::select"]),
    (
        "resolution::fixes",
        &["base", "file", "library", "dossier", "resolution::facts", "resolution::ledger", "resolution::liaisons"],
    ),
    ("resolution::notes", &["file", "resolution::select"]),
    (
        "resolution::checks",
        &[
            "base",
            "file",
            "law",
            "library",
            "dossier",
            "resolution::facts",
            "resolution::finding",
            "resolution::fixes",
            "resolution::grid",
            "resolution::hours",
            "resolution::ledger",
            "resolution::liaisons",
            "resolution::notes",
            "resolution::own_words",
            "resolution::phrases",
            "resolution::select",
            "resolution::simulation",
        ],
    ),
    (
        "resolution::examination",
        &[
            "base",
            "file",
            "law",
            "library",
            "dossier",
            "resolution::checks",
            "resolution::facts",
            "resolution::finding",
            "resolution::fixes",
            "resolution::liaisons",
            "resolution::notes",
            "resolution::own_words",
            "resolution::select",
        ],
    ),
    (
        "resolution::completion",
        &[
            "base",
            "file",
            "law",
            "library",
            "dossier",
            "resolution::facts",
            "resolution::liaisons",
            "resolution::select",
        ],
    ),
    (
        "resolution::suggest",
        &[
            "base",
            "law",
            "library",
            "dossier",
            "resolution::facts",
            "resolution::hours",
            "resolution::own_words",
            "resolution::phrases",
        ],
    ),
    ("render", &["base", "law", "document", "library", "dossier", "resolution"]),
    ("render::values", &["base", "law", "document", "library", "dossier", "resolution"]),
    // What ties the wings together, above them all.
    ("resolve", &["base", "document", "library", "dossier", "resolution", "render"]),
    ("existing", &["base", "document", "library", "resolve"]),
    ("existing::compare::align", &[]),
    ("existing::compare::words", &["document", "existing::compare::align"]),
    ("existing::compare::redline", &["document", "existing::compare::align", "existing::compare::words"]),
    ("json", &["base", "file", "law", "document", "library", "dossier", "resolution", "resolve"]),
];

/// The rooms of the command, in the same way.
const COMMAND: &[(&str, &[&str])] = &[
    ("terminal", &[]),
    ("report", &["terminal"]),
    ("files", &["terminal", "report"]),
    ("locks", &["terminal", "report"]),
    ("usage", &["terminal"]),
    ("commands", &["terminal", "report", "files", "locks", "usage"]),
    ("commands::lister", &["terminal", "report", "files", "usage"]),
    ("commands::nouveau", &["terminal", "report", "files", "usage", "commands::lister"]),
    ("commands::proposer", &["terminal", "report", "files", "usage", "commands::nouveau"]),
    ("main", &["terminal", "report", "commands", "usage"]),
];

/// One lexical item that matters to a path.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Colons,
    Open,
    Close,
    Comma,
    Other(char),
}

/// The tokens of a source: comments, text literals and characters are passed over, macro bodies are not.
fn tokens(source: &str) -> Vec<Token> {
    let c: Vec<char> = source.chars().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < c.len() {
        let next = c.get(i + 1).copied();
        match c[i] {
            '/' if next == Some('/') => {
                while i < c.len() && c[i] != '\n' {
                    i += 1;
                }
            }
            '/' if next == Some('*') => {
                i += 2;
                while i < c.len() && !(c[i] == '*' && c.get(i + 1) == Some(&'/')) {
                    i += 1;
                }
                i += 2;
            }
            'r' if matches!(next, Some('"' | '#')) && raw_text(&c, i).is_some() => {
                i = raw_text(&c, i).expect("just seen");
            }
            '"' => {
                i += 1;
                while i < c.len() && c[i] != '"' {
                    i += if c[i] == '\\' { 2 } else { 1 };
                }
                i += 1;
            }
            // A character, not a lifetime: its closing quote is near.
            '\'' if next == Some('\\') => {
                i += 3;
                while i < c.len() && c[i] != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if c.get(i + 2) == Some(&'\'') => i += 3,
            ':' if next == Some(':') => {
                out.push(Token::Colons);
                i += 2;
            }
            '{' => {
                out.push(Token::Open);
                i += 1;
            }
            '}' => {
                out.push(Token::Close);
                i += 1;
            }
            ',' => {
                out.push(Token::Comma);
                i += 1;
            }
            ch if ch.is_alphabetic() || ch == '_' => {
                let start = i;
                while i < c.len() && (c[i].is_alphanumeric() || c[i] == '_') {
                    i += 1;
                }
                out.push(Token::Word(c[start..i].iter().collect()));
            }
            ch if ch.is_whitespace() => i += 1,
            ch => {
                out.push(Token::Other(ch));
                i += 1;
            }
        }
    }
    out
}

/// The end of a raw text literal that begins at `at`, if one does.
fn raw_text(c: &[char], at: usize) -> Option<usize> {
    let hashes = c[at + 1..].iter().take_while(|ch| **ch == '#').count();
    let mut i = at + 1 + hashes;
    if c.get(i) != Some(&'"') {
        return None;
    }
    i += 1;
    while i < c.len() {
        if c[i] == '"' && c[i + 1..].iter().take(hashes).filter(|ch| **ch == '#').count() == hashes {
            return Some(i + 1 + hashes);
        }
        i += 1;
    }
    Some(i)
}

/// Every path of a source that starts at the crate's root, `super` resolved from where the module stands.
fn paths(source: &str, module: &[&str]) -> Vec<Vec<String>> {
    let tokens = tokens(source);
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let Token::Word(word) = &tokens[i] else {
            i += 1;
            continue;
        };
        let after_colons = i > 0 && tokens[i - 1] == Token::Colons;
        if after_colons || !matches!(word.as_str(), "crate" | "super" | "self") {
            i += 1;
            continue;
        }
        // `pub(crate)` names nothing; `use crate as house` would hide what follows it.
        if tokens.get(i + 1) != Some(&Token::Colons) {
            if word == "crate" && matches!(tokens.get(i + 1), Some(Token::Word(w)) if w == "as") {
                out.push(vec!["crate as".to_owned()]);
            }
            i += 1;
            continue;
        }
        let base: Vec<String> = match word.as_str() {
            "crate" => Vec::new(),
            "self" => module.iter().map(|m| (*m).to_owned()).collect(),
            _ => module[..module.len().saturating_sub(1)].iter().map(|m| (*m).to_owned()).collect(),
        };
        let mut at = i + 2;
        tree(&tokens, &mut at, base, &mut out);
        i += 2;
    }
    out
}

/// Follows one path of a use tree from `at`, groups included.
fn tree(tokens: &[Token], at: &mut usize, mut path: Vec<String>, out: &mut Vec<Vec<String>>) {
    loop {
        match tokens.get(*at) {
            Some(Token::Word(w)) if w == "super" => {
                path.pop();
                *at += 1;
            }
            Some(Token::Word(w)) if w == "self" => {
                *at += 1;
            }
            Some(Token::Word(w)) => {
                path.push(w.clone());
                *at += 1;
            }
            Some(Token::Other('*')) => {
                path.push("*".to_owned());
                *at += 1;
            }
            Some(Token::Open) => {
                *at += 1;
                while let Some(token) = tokens.get(*at) {
                    match token {
                        Token::Close => {
                            *at += 1;
                            return;
                        }
                        Token::Comma => *at += 1,
                        Token::Word(_) | Token::Open | Token::Other('*') => tree(tokens, at, path.clone(), out),
                        _ => *at += 1,
                    }
                }
                return;
            }
            _ => break,
        }
        if tokens.get(*at) != Some(&Token::Colons) {
            break;
        }
        *at += 1;
    }
    out.push(path);
}

/// The room of the plan in which a path stands: the longest that begins it.
fn room<'p>(plan: &[(&'p str, &[&str])], path: &[String]) -> Option<&'p str> {
    plan.iter()
        .map(|(room, _)| *room)
        .filter(|room| {
            let parts: Vec<&str> = room.split("::").collect();
            parts.len() <= path.len() && parts.iter().zip(path).all(|(a, b)| a == b)
        })
        .max_by_key(|room| room.len())
}

/// What a module names and may not, one line each.
fn faults(plan: &[(&str, &[&str])], module: &[&str], source: &str) -> Vec<String> {
    let name = module.join("::");
    let here: Vec<String> = module.iter().map(|m| (*m).to_owned()).collect();
    let Some(here) = room(plan, &here) else {
        return vec![format!("{name} stands in no wing of the plan")];
    };
    let allowed = plan.iter().find(|(room, _)| *room == here).map_or(&[][..], |(_, allowed)| allowed);
    let mut out = Vec::new();
    for path in paths(source, module) {
        let shown = path.join("::");
        match room(plan, &path) {
            Some(there) if there == here || (there.contains("::") && there.starts_with(&format!("{here}::"))) => {}
            // A room may always name what stands above it in its own folder only if the plan says so.
            Some(there) if allowed.iter().any(|a| there == *a || there.starts_with(&format!("{a}::"))) => {}
            Some(_) => out.push(format!("{name} ({here}) names {shown}")),
            // A name of the crate's root hides its wing.
            None => out.push(format!("{name} ({here}) names crate::{shown}, which says no wing")),
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Every module of the library: its path and its source.
fn modules(folder: &Path, prefix: &[String], out: &mut BTreeMap<Vec<String>, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut module = prefix.to_vec();
        if stem != "mod" {
            module.push(stem.clone());
        }
        if path.is_dir() {
            modules(&path, &module, out);
        } else if path.extension().is_some_and(|e| e == "rs") && stem != "lib" {
            out.insert(module, fs::read_to_string(&path).unwrap());
        }
    }
}

/// What the modules of a crate name against its plan.
fn against(plan: &[(&str, &[&str])], sources: &str, least: usize) -> Vec<String> {
    let mut found = BTreeMap::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join(sources), &[], &mut found);
    assert!(found.len() > least, "the scan found the sources");
    let mut wrong = Vec::new();
    for (module, source) in &found {
        let module: Vec<&str> = module.iter().map(String::as_str).collect();
        // Unit tests inside a file may bring the whole house together.
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        wrong.extend(faults(plan, &module, source));
    }
    wrong
}

#[test]
fn a_wing_names_only_what_the_plan_allows() {
    let wrong = against(PLAN, "../crates/clausier/src", 100);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_room_of_the_command_names_only_what_the_plan_allows() {
    let wrong = against(COMMAND, "../crates/clausier-cli/src", 15);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_plans_have_no_circle() {
    without_circle(PLAN);
    without_circle(COMMAND);
}

fn without_circle(plan: &[(&str, &[&str])]) {
    // A name opens its wing and every room of it; a folder may look into its own rooms.
    let mut below: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (here, allowed) in plan {
        let opened = |name: &str, room: &str| room == name || room.starts_with(&format!("{name}::"));
        let rooms = plan.iter().map(|(room, _)| *room).filter(|room| room != here);
        let seen = rooms.filter(|room| allowed.iter().any(|a| opened(a, room)));
        below.insert((*here).to_owned(), seen.map(str::to_owned).collect());
    }
    let mut left: Vec<String> = below.keys().cloned().collect();
    while !left.is_empty() {
        let before = left.len();
        let still = left.clone();
        left.retain(|w| below[w].iter().any(|b| still.contains(b)));
        assert!(left.len() < before, "a circle among {left:?}");
    }
}

#[test]
fn every_form_of_import_is_seen() {
    let plan: &[(&str, &[&str])] = &[("low", &[]), ("high", &["low"]), ("high::cellar", &[])];
    let caught = |module: &[&str], source: &str| !faults(plan, module, source).is_empty();
    for source in [
        "use crate::high::B;",
        "use crate::{low::A, high::B};",
        "use crate::{\n    low::{A, C},\n    high as h,\n};",
        "use crate::{low::{self}, high::{self, B}};",
        "use crate::Type;",
        "use crate::*;",
        "use crate as house;",
        "pub use crate::high::B as C;",
        "use super::super::high;",
        "fn f() { let x = crate::high::g(); }",
        "fn f() -> crate::high::B { todo() }",
        "check! { \"code\", crate::high::run }",
        "macro_rules! m { () => { $crate::high::g() } }",
        "fn f() { let c = '\"'; crate::high::g(); }",
        "fn f() { let c = r#\"crate::low::x \"#; crate::high::g(); }",
    ] {
        assert!(caught(&["low", "room"], source), "not caught: {source}");
    }
    assert!(caught(&["low"], "use super::high::B;"), "from the wing itself");
    assert!(caught(&["high", "cellar"], "use crate::low::A;"), "a room has its own line");
    assert!(caught(&["high", "cellar", "shelf"], "use super::super::attic;"), "its own folder above it");
    assert!(caught(&["nowhere"], ""), "a module without a wing");
    for source in [
        "// use crate::high::B;",
        "/* crate::high */ const T: &str = \"crate::high::B\";",
        "pub(crate) fn f<'a>(x: &'a str) {}",
        "use super::other::{A, B};",
        "use std::fmt;",
    ] {
        assert!(!caught(&["low", "room"], source), "caught for nothing: {source}");
    }
    assert!(!caught(&["high"], "use crate::low::A; use self::cellar::B;"));
}

/// Names that once meant several things; each has one meaning.
const ONCE: [&str; 7] = ["Entry", "Target", "Reader", "Value", "Parameter", "Derogation", "LotHours"];

/// A reference is a target, then an anchor: the schemes in which clause files write it are read at one place, no sign stands
/// for it in a text, and the place of a fault is never sought by the words of a message.
#[test]
fn a_reference_is_never_text_and_a_place_is_never_sought() {
    let mut found = BTreeMap::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/clausier/src"), &[], &mut found);
    let holding = |word: &str| -> Vec<String> {
        let holds = |source: &str| {
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            code.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| line.contains(word))
        };
        found.iter().filter(|(_, source)| holds(source)).map(|(module, _)| module.join("::")).collect()
    };
    for scheme in ["\"art\" =>", "\"droit\" =>", "\"ccag\" =>"] {
        assert_eq!(holding(scheme), ["library::markup::parser"], "{scheme}");
    }
    for written in ["\"art:", "\"droit:"] {
        assert_eq!(holding(written), [""; 0], "{written}");
    }
    // What stays verbatim is told to the typographic pass; no other noncharacter means anything.
    assert_eq!(holding("{FDD"), ["base::typography", "file::reading"]);
    for sought in ["report.find(", "report.quoted(", "report.line_in("] {
        assert_eq!(holding(sought), [""; 0], "{sought}");
    }
}

#[test]
fn no_homonym_comes_back() {
    let mut found = BTreeMap::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/clausier/src"), &[], &mut found);
    let mut wrong = Vec::new();
    for name in ONCE {
        let defines = |source: &str| {
            let tokens = tokens(source);
            let kinds = ["struct", "enum", "trait"].map(|kind| Token::Word(kind.to_owned()));
            tokens.windows(2).any(|pair| kinds.contains(&pair[0]) && pair[1] == Token::Word(name.to_owned()))
        };
        let homes: Vec<String> =
            found.iter().filter(|(_, source)| defines(source)).map(|(module, _)| module.join("::")).collect();
        if homes.len() > 1 {
            wrong.push(format!("{name} : {}", homes.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
