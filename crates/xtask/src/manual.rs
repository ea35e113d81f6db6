//! The manual pages and the completions of the command, written from its own description.

use crate::path;
use clap_complete::{Shell, generate};
use std::fs;

/// Where they stand.
const FOLDER: &str = "crates/clausier-cli/manuel";

/// Each file with its bytes: a page for the command and for each of its subcommands, completions for each shell.
fn files() -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut command = clausier_cli::describe();
    // A description is complete once it has been built: each subcommand then knows its whole name.
    command.build();
    let mut out = Vec::new();
    for page in [&command].into_iter().chain(command.get_subcommands()) {
        let name = page.get_display_name().unwrap_or(page.get_name()).to_owned();
        let mut bytes = Vec::new();
        let written = clap_mangen::Man::new(page.clone()).date("").render(&mut bytes);
        written.map_err(|error| format!("{name} : {error}"))?;
        out.push((format!("{name}.1"), bytes));
    }
    for (shell, file) in [(Shell::Bash, "clausier.bash"), (Shell::Zsh, "_clausier"), (Shell::Fish, "clausier.fish")] {
        let mut bytes = Vec::new();
        generate(shell, &mut clausier_cli::describe(), "clausier", &mut bytes);
        out.push((file.to_owned(), bytes));
    }
    Ok(out)
}

/// Writes them.
pub(crate) fn write() -> Result<String, String> {
    fs::create_dir_all(path(FOLDER)).map_err(|e| format!("{FOLDER} : {e}"))?;
    for (file, bytes) in files()? {
        fs::write(path(FOLDER).join(&file), bytes).map_err(|e| format!("{file} : {e}"))?;
    }
    Ok("pages de manuel et complétions écrites.".to_owned())
}

/// Checks that they are up to date.
pub(crate) fn check() -> Result<String, String> {
    for (file, bytes) in files()? {
        if fs::read(path(FOLDER).join(&file)).ok() != Some(bytes) {
            return Err(format!("{FOLDER}/{file} n’est pas à jour : lancez « cargo run -p xtask -- manuel »"));
        }
    }
    Ok("pages de manuel et complétions à jour.".to_owned())
}
