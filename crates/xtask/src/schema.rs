//! The JSON Schemas of a dossier and of the protocol, and the page of the keys drawn from the first, committed where editors,
//! services and buyers find them.

use crate::{path, reference};
use clausier::{Library, json};
use std::fs;

/// Each file, with what makes it.
fn schemas() -> Result<[(&'static str, String); 3], String> {
    Ok([
        ("examples/dossier.schema.json", json::schema(Library::embedded())),
        ("examples/protocole.schema.json", json::protocol_schema()),
        ("examples/DOSSIER.md", reference::page()?),
    ])
}

/// Writes the schemas.
pub(crate) fn write() -> Result<String, String> {
    for (file, schema) in schemas()? {
        fs::write(path(file), schema).map_err(|e| format!("{file} : {e}"))?;
    }
    Ok("schémas écrits.".to_owned())
}

/// Checks that they are up to date.
pub(crate) fn check() -> Result<String, String> {
    for (file, schema) in schemas()? {
        if fs::read_to_string(path(file)).ok() != Some(schema) {
            return Err(format!("{file} n’est pas à jour : lancez « cargo run -p xtask -- schema »"));
        }
    }
    Ok("schémas à jour.".to_owned())
}
