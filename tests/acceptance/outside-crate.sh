#!/usr/bin/env bash
# The published package builds alone, and a crate outside the workspace renders a dossier with it.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT

cargo package --quiet --locked --package clausier --target-dir "$outside/target" ${CARGO_PACKAGE_FLAGS:-}
tar -xzf "$outside"/target/package/clausier-*.crate -C "$outside"
mkdir -p "$outside/ailleurs/src"
cat > "$outside/ailleurs/Cargo.toml" <<TOML
[package]
name = "ailleurs"
version = "0.0.0"
edition = "2024"

[dependencies]
clausier = { path = "$(echo "$outside"/clausier-*/)" }

[workspace]
TOML
cat > "$outside/ailleurs/src/main.rs" <<'RUST'
use clausier::{Consultation, Format, Library, Piece, write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(std::env::args().nth(1).ok_or("donnez un dossier")?)?;
    let consultation = Consultation::from_toml(&text)?;
    let rc = Library::embedded().render(&consultation, Piece::Rc)?;
    print!("{}", String::from_utf8(write(&rc, Format::Markdown))?);
    Ok(())
}
RUST
cp Cargo.lock "$outside/ailleurs/"
cargo run --quiet --manifest-path "$outside/ailleurs/Cargo.toml" --target-dir "$outside/target" -- \
  "$root/examples/ecole-rehabilitation/dossier.toml" > "$outside/rc.md"
grep -q 'Liaison' "$outside/rc.md"
echo "Le paquet se construit seul ; une bibliothèque extérieure rend $(wc -w < "$outside/rc.md") mots."
