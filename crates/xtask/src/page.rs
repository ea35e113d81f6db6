//! The page: the library as wasm, its script and its style, in one self-contained HTML file.
//!
//! The script is written in modules, so that an editor and a type checker see what each takes from another. They are put end
//! to end here, without their `import` and `export` words: one block, whose hash the page's security policy names.

use crate::path;
use miniz_oxide::deflate::compress_to_vec_zlib;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";
const WEB: &str = "crates/clausier-page/web";
/// The story that a first visit may look at.
const EXAMPLE: &str = "examples/ecole-rehabilitation/dossier.toml";
/// Largest page, in bytes: what a mail system lets through and a slow disk opens at once.
const LARGEST: usize = 2_000_000;
const MISSING: &str = "\
aucun compilateur ne sait construire pour wasm32-unknown-unknown.
    avec rustup : rustup target add wasm32-unknown-unknown
    sous Debian : apt-get install rustc-web rust-web-src lld";

/// Builds the page and writes it; says what it weighs.
pub(crate) fn write(to: Option<&str>) -> Result<String, String> {
    let to = to.map_or_else(|| path("target/page/clausier.html"), PathBuf::from);
    let module = module()?;
    let packed = compress_to_vec_zlib(&module, 9);
    let script = script(&path(WEB))?;
    let style = read(&path(WEB).join("style.css"))?;
    let example = read(&path(EXAMPLE))?;
    for (name, text) in [("script", &script), ("style", &style), ("exemple", &example)] {
        if text.to_lowercase().contains("</s") {
            return Err(format!("{name} : « </s » fermerait le bloc qui le contient"));
        }
    }
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(&script)),
        base64(&Sha256::digest(&style)),
    );
    let mut page = read(&path(WEB).join("index.html"))?;
    let parts = [
        ("policy", policy),
        ("style", style.clone()),
        ("example", example),
        ("module", base64(&packed)),
        ("script", script.clone()),
    ];
    for (name, text) in parts {
        let mark = format!("%{name}%");
        let (before, after) = page.split_once(&mark).ok_or_else(|| format!("index.html : il manque {mark}"))?;
        page = [before, &text, after].concat();
    }
    if page.len() > LARGEST {
        return Err(format!("la page pèse {}, {} au plus", size(page.len()), size(LARGEST)));
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("{} : {e}", folder.display()))?;
    }
    fs::write(&to, &page).map_err(|e| format!("{} : {e}", to.display()))?;
    Ok(format!(
        "{} : {} (module {}, comprimé {} ; script {} ; style {})",
        to.display(),
        size(page.len()),
        size(module.len()),
        size(packed.len()),
        size(script.len()),
        size(style.len()),
    ))
}

/// Thousands of bytes.
fn size(bytes: usize) -> String {
    format!("{} Ko", bytes.div_ceil(1000))
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|e| format!("{} : {e}", file.display()))
}

/// The library as a wasm module.
fn module() -> Result<Vec<u8>, String> {
    let built = path("target/page");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(path(""));
    cargo.args(["build", "--quiet", "--locked", "--package", "clausier-page", "--profile", "page", "--target", TARGET]);
    cargo.arg("--target-dir").arg(&built);
    match compiler().ok_or(MISSING)? {
        Compiler::Ready => {}
        Compiler::WithSources(rustc) => {
            // A distribution ships the sources of the standard library, not its wasm build: it is compiled with the rest.
            cargo.args(["-Z", "build-std=std,panic_abort"]);
            cargo.env("RUSTC", rustc).env("RUSTC_BOOTSTRAP", "1");
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
        }
    }
    let done = cargo.status().map_err(|e| format!("cargo : {e}"))?;
    if !done.success() {
        return Err("le module n’a pas pu être construit".to_owned());
    }
    let file = built.join(TARGET).join("page/clausier_page.wasm");
    fs::read(&file).map_err(|e| format!("{} : {e}", file.display()))
}

enum Compiler {
    /// The compiler at work has the standard library of the target.
    Ready,
    /// Another compiler, whose sources of the standard library are at hand.
    WithSources(PathBuf),
}

/// A compiler of this machine that can build for wasm.
fn compiler() -> Option<Compiler> {
    let printed = |rustc: &Path, what: &[&str]| {
        let output = Command::new(rustc).arg("--print").args(what).output().ok()?;
        Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
    };
    let std = printed(Path::new("rustc"), &["target-libdir", "--target", TARGET])?;
    if std.is_dir() {
        return Some(Compiler::Ready);
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let found =
        |name: &str| folders.iter().map(|folder| folder.join(name)).filter(|file| file.is_file()).collect::<Vec<_>>();
    if found("wasm-ld").is_empty() {
        return None;
    }
    let with_sources = |rustc: &PathBuf| {
        printed(rustc, &["sysroot"])
            .is_some_and(|root| root.join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file())
    };
    found("rustc").into_iter().find(with_sources).map(Compiler::WithSources)
}

/// The modules of the script, each after those it imports, as one block.
fn script(web: &Path) -> Result<String, String> {
    let mut out = String::new();
    let mut done = BTreeSet::new();
    module_after_imports(&web.join("main.js"), &mut done, &mut out)?;
    let mut names = BTreeSet::new();
    match out.lines().filter_map(declared).find(|name| !names.insert(*name)) {
        Some(name) => {
            Err(format!("deux modules déclarent « {name} » : un seul bloc les réunit, changez l’un des noms"))
        }
        None => Ok(out),
    }
}

/// The name that a line declares for the whole block.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = ["function ", "const ", "let ", "class "].iter().find_map(|word| line.strip_prefix(word))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// Adds a module to the block, after those it imports. One line an import, of names alone: `import { a, b } from "./x.js";`.
fn module_after_imports(file: &Path, done: &mut BTreeSet<PathBuf>, out: &mut String) -> Result<(), String> {
    let key = file.canonicalize().map_err(|e| format!("{} : {e}", file.display()))?;
    if !done.insert(key) {
        return Ok(());
    }
    let text = read(file)?;
    let mut own = String::new();
    for line in text.lines() {
        if line.starts_with("import ") {
            let from = line.strip_suffix("\";").and_then(|l| l.split_once("} from \"./")).map(|(_, from)| from);
            let from = from.ok_or_else(|| format!("{} : import à écrire sur une ligne : {line}", file.display()))?;
            module_after_imports(&file.with_file_name(from), done, out)?;
        } else if line.starts_with("export default") || line.starts_with("export {") || line.starts_with("export *") {
            return Err(format!("{} : « {line} » : exportez à la déclaration", file.display()));
        } else {
            own += line.strip_prefix("export ").unwrap_or(line);
            own.push('\n');
        }
    }
    *out += &own;
    Ok(())
}

/// Base64 (RFC 4648), with its padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let index = (group >> (18 - 6 * place)) as usize & 63;
            out.push(if place <= chunk.len() { char::from(ALPHABET[index]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads_as_the_rfc_says() {
        let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn the_script_is_one_block_in_the_order_of_its_imports() {
        let block = script(&path(WEB)).expect("modules that import on one line");
        assert!(!block.lines().any(|line| line.starts_with("import ") || line.starts_with("export ")));
    }
}
