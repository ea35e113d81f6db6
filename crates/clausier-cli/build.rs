//! Reads the library once and for all, and draws the schema of the protocol: the command starts from what is read here, and
//! carries nothing of what draws the schema.

use miniz_oxide::deflate::compress_to_vec;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    let out = Path::new(&out);
    fs::write(out.join("bibliotheque.bin"), clausier::Library::prepared())?;
    fs::write(out.join("protocole.bin"), compress_to_vec(clausier::json::protocol_schema().as_bytes(), 9))
}
