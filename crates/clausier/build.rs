//! Embeds the clause tree: every TOML file of `clauses/`, sorted, so that a new file needs no list.
//!
//! `include_dir!` misses new files on stable; a build script that asks to be run again when the folder changes does not.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // The symlink travels inside the package; a checkout without symlinks falls back to the workspace's folder.
    let linked = here.join("clauses");
    let root = if linked.is_dir() { linked } else { here.join("../../clauses") };
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    collect(&root, "", &mut files)?;
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_none() {
        files.retain(|(name, _)| ["referentiel/", "trames/"].iter().any(|folder| name.starts_with(folder)));
    }
    files.sort();
    let mut out = String::from("&[\n");
    for (name, path) in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(out, "    ({name:?}, include_str!({:?})),", path.canonicalize()?).map_err(io::Error::other)?;
    }
    out.push_str("]\n");
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("tree.rs"), out)
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
