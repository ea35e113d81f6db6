//! The manual pages and the completions of the command, written from its own description.

use clap_complete::{Shell, generate};

/// Where they stand.
const FOLDER: &str = "crates/clausier-cli/manuel";

/// The headings of a page that are not the same in French.
const HEADINGS: [(&str, &str); 3] =
    [(".SH NAME", ".SH NOM"), (".SH SUBCOMMANDS", ".SH COMMANDES"), (".SH EXTRA", ".SH NOTES")];

/// Each file with its text: a page for the command and for each of its subcommands, completions for each shell.
pub(crate) fn files() -> Result<Vec<(String, String)>, String> {
    let mut command = clausier_cli::describe();
    // A description is complete once it has been built: each subcommand then knows its whole name.
    command.build();
    let mut out = Vec::new();
    for page in [&command].into_iter().chain(command.get_subcommands()) {
        let name = page.get_display_name().unwrap_or(page.get_name()).to_owned();
        let mut bytes = Vec::new();
        let written = clap_mangen::Man::new(page.clone()).date("").render(&mut bytes);
        written.map_err(|error| format!("{name} : {error}"))?;
        let (file, page) = text(format!("{name}.1"), bytes)?;
        out.push((file, HEADINGS.iter().fold(page, |page, (english, french)| page.replace(english, french))));
    }
    for (shell, file) in [(Shell::Bash, "clausier.bash"), (Shell::Zsh, "_clausier"), (Shell::Fish, "clausier.fish")] {
        let mut bytes = Vec::new();
        generate(shell, &mut clausier_cli::describe(), "clausier", &mut bytes);
        out.push(text(file.to_owned(), bytes)?);
    }
    Ok(out)
}

fn text(file: String, bytes: Vec<u8>) -> Result<(String, String), String> {
    let text = String::from_utf8(bytes).map_err(|error| format!("{file} : {error}"))?;
    Ok((format!("{FOLDER}/{file}"), text))
}
