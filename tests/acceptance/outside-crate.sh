#!/usr/bin/env bash
# The published package builds alone; a crate outside the workspace renders a dossier with it, a web service answers with it,
# and a Python program asks the command.
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
axum = { version = "0.8", default-features = false }
tokio = { version = "1", features = ["rt"] }
tower = { version = "0.5", features = ["util"] }

[workspace]
TOML
cat > "$outside/ailleurs/src/main.rs" <<'RUST'
use axum::{Router, body::Body, http::Request, routing::post};
use clausier::{Consultation, Format, Library, Piece, write};
use tower::ServiceExt as _;

/// A service that speaks the protocol is one line.
fn service() -> Router {
    Router::new().route("/", post(|request: String| async move { clausier::json::call(&request) }))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let request = Request::post("/").body(Body::from(r#"{"protocole":2,"demande":"catalogue"}"#))?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let answer = runtime.block_on(async {
        let Ok(response) = service().oneshot(request).await;
        axum::body::to_bytes(response.into_body(), usize::MAX).await
    })?;
    assert!(String::from_utf8_lossy(&answer).contains("\"ok\": true"), "the service refuses its catalogue");
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
# In a browser: a crate without any feature of its own links the library for wasm, and answers there if Node is at hand.
target=wasm32-unknown-unknown
if [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
  mkdir -p "$outside/navigateur/src"
  sed -e 's/ailleurs/navigateur/' -e '/^axum\|^tokio\|^tower/d' "$outside/ailleurs/Cargo.toml" > "$outside/navigateur/Cargo.toml"
  printf '\n[lib]\ncrate-type = ["cdylib"]\n' >> "$outside/navigateur/Cargo.toml"
  cat > "$outside/navigateur/src/lib.rs" <<'RUST'
/// How many bytes the answer to a request has; zero if the library refuses.
#[unsafe(no_mangle)]
pub extern "C" fn catalogue() -> usize {
    let answer = clausier::json::call(r#"{"protocole":2,"demande":"catalogue"}"#);
    if answer.contains("\"ok\": true") { answer.len() } else { 0 }
}
RUST
  cp Cargo.lock "$outside/navigateur/"
  cargo build --quiet --manifest-path "$outside/navigateur/Cargo.toml" --target "$target" --target-dir "$outside/target"
  module=$outside/target/$target/debug/navigateur.wasm
  if command -v node >/dev/null; then
    node -e '
      const bytes = require("fs").readFileSync(process.argv[1]);
      WebAssembly.instantiate(bytes, {}).then(({ instance }) => {
        const length = instance.exports.catalogue();
        if (!(length > 100000)) throw new Error("la bibliothèque refuse son catalogue");
        console.log(`En wasm, le catalogue a ${length} octets.`);
      });' "$module"
  else
    echo "En wasm, la bibliothèque se lie ($(wc -c < "$module") octets) ; Node n’est pas là pour l’appeler."
  fi
else
  echo "wasm passé : la cible $target n’est pas installée (rustup target add $target)."
fi
cargo build --quiet --locked --package clausier-cli
python3 - "$root" <<'PYTHON'
import json, subprocess, sys

root = sys.argv[1]
with open(f"{root}/examples/ecole-rehabilitation/dossier.toml", encoding="utf-8") as file:
    request = {"protocole": 2, "demande": "rediger", "texte": file.read(), "options": {"piece": "rc", "format": "docx"}}
run = subprocess.run([f"{root}/target/debug/clausier", "json"], input=json.dumps(request), capture_output=True, text=True, check=True)
response = json.loads(run.stdout)
assert response["ok"] and response["resultat"]["documents"][0]["nom"] == "rc.docx", response["erreurs"]
PYTHON
echo "Le paquet se construit seul ; une bibliothèque extérieure rend $(wc -w < "$outside/rc.md") mots."
