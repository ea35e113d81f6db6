#!/usr/bin/env bash
# Builds the page, checks its script, and uses it in a real browser. What is missing is installed where that is allowed; what
# cannot be is said aloud, and the rest of the suite goes on.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$here/../../.."

over() { printf '\n== THE PAGE WAS NOT TESTED: %s\n' "$*"; exit 0; }

installs() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
install() { installs && { apt-get update -qq; apt-get install -y -qq "$@"; } >/dev/null 2>&1; }

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
# A compiler for wasm: the one at work, or the distribution's with the sources of its standard library.
wasm() { [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ] || { [ -d /usr/lib/rustlib/src/rust/library/std ] && command -v wasm-ld >/dev/null; }; }

wasm || install rustc-web rust-web-src lld || over "no compiler for wasm32-unknown-unknown (see « cargo run -p xtask -- page »)"
command -v npm >/dev/null || install nodejs npm || over "no Node.js"
cd "$root"
cargo run --quiet --locked -p xtask -- page
cargo build --quiet --locked --package clausier-cli

cd "$here"
npm ci --ignore-scripts --no-audit --no-fund --silent || over "its tools could not be fetched"
npm run --silent types
browser >/dev/null || install chromium || over "no Chromium"
npm test --silent
