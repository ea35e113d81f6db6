//! A module of the library may only look down: the floors, from the lowest, and who stands on each.

use std::fs;
use std::path::Path;

/// The floors. Modules of one floor do not use each other, nor anything above.
const FLOORS: &[&[&str]] = &[
    &["terms"],
    &["quantity"],
    &["reading", "document", "typography"],
    &["legal", "markup", "names", "finding"],
    &["lint"],
    &["template", "write"],
    &["clause"],
    &["trame"],
    &["library", "consultation"],
    &["phrases"],
    &["select", "hours", "sample"],
    &["ledger"],
    &["facts"],
    &["liaisons"],
    &["checks", "suggest"],
    &["values"],
    &["assemble"],
    &["resolve"],
    &["json"],
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Every Rust source below a folder, with the module of the library's root to which it belongs.
fn sources(folder: &Path, root: Option<&str>, out: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let module = root.unwrap_or(&stem).to_owned();
        if path.is_dir() {
            sources(&path, Some(&module), out);
        } else if path.extension().is_some_and(|e| e == "rs") && module != "lib" {
            out.push((module, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The modules named after `crate::`, alone or in braces.
fn used(source: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, _) in source.match_indices("crate::") {
        let rest = &source[i + "crate::".len()..];
        let word: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
        out.push(word);
    }
    out
}

#[test]
fn modules_only_look_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/clausier/src");
    let mut files = Vec::new();
    sources(&root, None, &mut files);
    let mut wrong = Vec::new();
    for (module, source) in &files {
        let Some(here) = floor(module) else {
            wrong.push(format!("{module} stands on no floor"));
            continue;
        };
        for target in used(source).iter().filter(|t| !t.is_empty() && *t != module) {
            match floor(target) {
                Some(there) if there < here => {}
                Some(_) => wrong.push(format!("{module} uses {target}, which is not below")),
                None => wrong.push(format!("{module} uses crate::{target}, which stands on no floor")),
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() > 30, "the scan found the sources");
}
