//! The JSON Schema of a dossier, committed where editors find it.

use crate::path;
use clausier::{Library, json};
use std::fs;

const SCHEMA: &str = "examples/dossier.schema.json";

/// Writes the schema.
pub(crate) fn write() -> Result<String, String> {
    fs::write(path(SCHEMA), json::schema(Library::embedded())).map_err(|e| format!("{SCHEMA} : {e}"))?;
    Ok(format!("{SCHEMA} écrit."))
}

/// Checks that it is up to date.
pub(crate) fn check() -> Result<String, String> {
    if fs::read_to_string(path(SCHEMA)).unwrap_or_default() != json::schema(Library::embedded()) {
        return Err(format!("{SCHEMA} n’est pas à jour : lancez « cargo run -p xtask -- schema »"));
    }
    Ok(format!("{SCHEMA} à jour."))
}
