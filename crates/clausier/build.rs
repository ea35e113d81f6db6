//! Embeds the clause tree: the TOML files of `clauses/`, sorted, so that a new file needs no list; and compiles the rules of
//! wording into statics, so that nothing is prepared when a text is read.
//!
//! `include_dir!` misses new files on stable; a build script that asks to be run again when the folder changes does not.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "the modules of the library serve here in part")]

use compile::{Compiler, RuleSource};
use image::Day;
use miniz_oxide::deflate::compress_to_vec;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use toml::de::{DeTable, DeValue};

#[path = "src/library/lint/compile.rs"]
mod compile;
#[path = "src/base/fold.rs"]
mod fold;
#[path = "src/base/hash.rs"]
mod hash;
#[path = "src/library/lint/image.rs"]
mod image;
#[path = "src/library/lint/inflect.rs"]
mod inflect;
#[path = "src/library/lint/text.rs"]
mod text;

/// The same names as in the library.
mod base {
    pub(crate) use crate::{fold, hash};
}

/// What the library never reads: the rules of wording and their words, which are compiled here, and what only pages of the
/// project print.
const ASIDE: [&str; 4] =
    ["referentiel/redaction.toml", "referentiel/lexique/", "referentiel/pieges.toml", "referentiel/glossaire.toml"];

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // The symlink travels inside the package; a checkout without symlinks falls back to the workspace's folder.
    let linked = here.join("clauses");
    let root = if linked.is_dir() { linked } else { here.join("../../clauses") };
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=build.rs");
    for shared in [
        "base/fold.rs",
        "base/hash.rs",
        "library/lint/compile.rs",
        "library/lint/image.rs",
        "library/lint/inflect.rs",
        "library/lint/text.rs",
    ] {
        println!("cargo::rerun-if-changed=src/{shared}");
    }
    let mut files = Vec::new();
    collect(&root, "", &mut files)?;
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_none() {
        files.retain(|(name, _)| ["referentiel/", "trames/"].iter().any(|folder| name.starts_with(folder)));
    }
    files.sort();
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    // The page is compressed as a whole.
    let whole = env::var_os("CARGO_CFG_TARGET_ARCH").is_some_and(|arch| arch == "wasm32");
    let mut out = String::from("&[\n");
    for (name, path) in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        if ASIDE.iter().any(|aside| name.starts_with(aside)) {
            continue;
        }
        let clause = ["social/", "environnement/", "liaison/", "critere/"].iter().any(|kind| name.starts_with(kind));
        if clause && !whole {
            let file = folder.join(name.replace('/', "-"));
            fs::write(&file, compress_to_vec(&fs::read(path)?, 10))?;
            writeln!(out, "    ({name:?}, Embedded::Deflated(include_bytes!({file:?}))),").map_err(io::Error::other)?;
        } else {
            let file = path.canonicalize()?;
            writeln!(out, "    ({name:?}, Embedded::Plain(include_str!({file:?}))),").map_err(io::Error::other)?;
        }
    }
    out.push_str("]\n");
    fs::write(folder.join("tree.rs"), out)?;
    fs::write(folder.join("wording.rs"), wording(&files)?)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
        } else if name.ends_with(".toml") {
            files.push((format!("{prefix}{name}"), path));
        }
    }
    Ok(())
}

/// The rules of wording, compiled. What cannot be read is left out: the validation of the library says what and where.
fn wording(files: &[(String, PathBuf)]) -> io::Result<String> {
    let mut compiler = Compiler::default();
    // Names that have changed come from the register first.
    for (file, key) in [("referentiel/publics.toml", "public"), ("referentiel/structures.toml", "structure")] {
        let Some((_, path)) = files.iter().find(|(name, _)| name == file) else { continue };
        let source = fs::read_to_string(path)?;
        let (top, _) = DeTable::parse_recoverable(&source);
        for old in tables(top.get_ref(), key).flat_map(|entry| tables(entry, "ancien")) {
            compiler.name(text(old, "nom"), day(old), text(old, "aujourd_hui"), "", true);
        }
    }
    let ours = |name: &str| name == "referentiel/redaction.toml" || name.starts_with("referentiel/lexique/");
    for (_, path) in files.iter().filter(|(name, _)| ours(name)) {
        let source = fs::read_to_string(path)?;
        let (top, _) = DeTable::parse_recoverable(&source);
        read(&mut compiler, top.get_ref());
    }
    Ok(format!("Image {{ hash: {:?}, {} }}", compiler.hash(), compiler.tables()))
}

fn read(compiler: &mut Compiler, top: &DeTable<'_>) {
    for (key, exact) in [("notion", false), ("notion_exacte", true)] {
        let notions = top.get(key).and_then(|notions| notions.get_ref().as_table());
        let mut notions: Vec<_> = notions.into_iter().flatten().collect();
        notions.sort_by_key(|(name, _)| name.span().start);
        for (name, words) in notions {
            compiler.notion(name.get_ref(), words.get_ref().as_str().unwrap_or_default(), exact);
        }
    }
    if top.contains_key("passe") {
        compiler.past(text(top, "passe"));
    }
    for table in tables(top, "nom") {
        compiler.name(
            text(table, "anciens"),
            day(table),
            text(table, "aujourd_hui"),
            text(table, "sauf"),
            certain(table),
        );
    }
    for table in tables(top, "code") {
        compiler.code(text(table, "id"), text(table, "noms"), text(table, "du"));
    }
    for table in tables(top, "abroge") {
        compiler.repealed(text(table, "textes"), day(table), text(table, "aide"), certain(table));
    }
    for table in tables(top, "sujet") {
        compiler.subject(text(table, "mots"), text(table, "articles"), flag(table, "seulement"));
    }
    for table in tables(top, "regle") {
        let source = RuleSource {
            code: text(table, "controle").to_owned(),
            message: text(table, "message").to_owned(),
            help: text(table, "aide").to_owned(),
            since: day(table),
            places: list(table, "ou"),
            forms: list(table, "forme"),
            patterns: text(table, "si").to_owned(),
            needs: text(table, "manque").to_owned(),
            exceptions: text(table, "sauf").to_owned(),
            general: text(table, "sauf_ailleurs").to_owned(),
            listed: flag(table, "liste"),
        };
        compiler.rule(&source);
    }
}

fn text<'t>(table: &'t DeTable<'_>, key: &str) -> &'t str {
    table.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or_default()
}

fn certain(table: &DeTable<'_>) -> bool {
    !matches!(text(table, "certitude"), "" | "a-verifier")
}

fn flag(table: &DeTable<'_>, key: &str) -> bool {
    table.get(key).and_then(|value| value.get_ref().as_bool()).unwrap_or(false)
}

fn items<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> impl Iterator<Item = &'t DeValue<'i>> {
    table.get(key).and_then(|value| value.get_ref().as_array()).into_iter().flatten().map(|item| item.get_ref())
}

fn tables<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> impl Iterator<Item = &'t DeTable<'i>> {
    items(table, key).filter_map(DeValue::as_table)
}

fn list(table: &DeTable<'_>, key: &str) -> Vec<String> {
    items(table, key).filter_map(DeValue::as_str).map(str::to_owned).collect()
}

fn day(table: &DeTable<'_>) -> Day {
    let date = table.get("depuis").and_then(|value| value.get_ref().as_datetime())?.date?;
    Some((date.year, date.month, date.day))
}
