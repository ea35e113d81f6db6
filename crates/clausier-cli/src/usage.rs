//! Help and usage errors in French: clap's own words are English, so help goes through a template and errors are told anew
//! from their context.

use crate::terminal::{self, Ended, Failure, Outcome};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};
use clausier::quantity::Date;
use clausier::reading::nearest;
use clausier::terms::Vocabulary;
use std::ffi::OsString;

/// A command whose help is in French.
pub(crate) fn french(command: Command) -> Command {
    let mut template = String::from("{about}\n\nUsage : {usage}\n");
    if command.get_positionals().next().is_some() {
        template += "\nArguments :\n{positionals}\n";
    }
    if command.has_subcommands() {
        template += "\nCommandes :\n{subcommands}\n";
    }
    template += "\nOptions :\n{options}{after-help}";
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(Arg::new("aide").short('h').long("help").alias("aide").action(ArgAction::Help).help("Affiche cette aide"))
        .help_template(template)
}

/// The command line as the parser reads it: « help X » asks for the help of X, and the name of a command may have its accents.
pub(crate) fn asked(mut line: Vec<OsString>) -> Vec<OsString> {
    let word = line.get(1).and_then(|word| word.to_str()).map(str::to_lowercase);
    match word.as_deref() {
        Some("help" | "aide") => {
            line.remove(1);
            line.truncate(2);
            line.push("--help".into());
        }
        Some("vérifier") => line[1] = "verifier".into(),
        Some("rédiger") => line[1] = "rediger".into(),
        Some("compléter") => line[1] = "completer".into(),
        _ => {}
    }
    line
}

/// Reads a word of a list of the library.
pub(crate) fn word<V: Vocabulary>(text: &str) -> Result<V, String> {
    one_of(text, V::WORDS)
}

/// Reads a word of a list.
pub(crate) fn one_of<T: Copy>(text: &str, list: &[(&'static str, T)]) -> Result<T, String> {
    let found = list.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    let all = || format!("valeurs possibles : {}", words(list));
    found.ok_or_else(|| near(text, list.iter().map(|(word, _)| *word), &all()))
}

/// Reads a date.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "une date s’écrit 2026-12-07 et doit exister".to_owned())
}

/// The option that gives a date.
pub(crate) fn date_option(help: &'static str) -> Arg {
    Arg::new("au").long("au").value_name("DATE").value_parser(date).help(help)
}

/// The words of a list, for a help text.
pub(crate) fn words<T>(list: &[(&'static str, T)]) -> String {
    list.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

/// « vouliez-vous dire … ? », or where to look.
pub(crate) fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(word, known).map_or_else(|| otherwise.to_owned(), |near| format!("vouliez-vous dire « {near} » ?"))
}

/// Ends a command line that was not one: shows the help asked for, or tells what is wrong.
pub(crate) fn explain(error: &Error) -> Ended {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            terminal::print(error.render().to_string().as_bytes())?;
            Ok(Outcome::Fine)
        }
        // Without any argument, the help is what is wanted, yet nothing was done.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Err(Failure::Help(error.render().to_string())),
        _ => Err(wrong(error)),
    }
}

fn wrong(error: &Error) -> Failure {
    let message = message(error);
    let mut help = suggestion(error);
    if let Some(usage) = text(error, ContextKind::Usage) {
        help.push(("usage", usage.trim_start_matches("Usage:").trim().to_owned()));
    }
    Failure::Said { message, notes: help }
}

fn message(error: &Error) -> String {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("l’option « {argument} » n’existe pas"),
        ErrorKind::UnknownArgument => format!("« {argument} » est en trop"),
        ErrorKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("la commande « {name} » n’existe pas")
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} : il manque une valeur"),
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let cause = std::error::Error::source(error).map(|cause| format!(" : {cause}")).unwrap_or_default();
            format!("{argument} : « {value} » n’est pas admis{cause}")
        }
        ErrorKind::TooManyValues => format!("{argument} : « {value} » est une valeur de trop"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{argument} : il manque une valeur")
        }
        ErrorKind::ArgumentConflict => match text(error, ContextKind::PriorArg) {
            Some(prior) if prior != argument => format!("{argument} et {prior} s’excluent"),
            _ => format!("{argument} est donné plusieurs fois"),
        },
        ErrorKind::InvalidUtf8 => "un argument n’est pas en UTF-8".to_owned(),
        _ => "la ligne de commande n’est pas comprise".to_owned(),
    }
}

/// « vouliez-vous dire … ? », with the best candidate, which comes last; or where the commands are listed.
fn suggestion(error: &Error) -> Vec<(&'static str, String)> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near = kinds.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text),
        ContextValue::Strings(texts) => texts.last(),
        _ => None,
    });
    match near {
        Some(near) => vec![("aide", format!("vouliez-vous dire « {near} » ?"))],
        None if error.kind() == ErrorKind::InvalidSubcommand => {
            vec![("aide", "« clausier --help » montre les commandes".to_owned())]
        }
        None => Vec::new(),
    }
}

/// What the context of an error says, as one text.
fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

/// The option that asks for JSON in place of a page.
pub(crate) fn json_option() -> clap::Arg {
    clap::Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(|text: &str| one_of(text, &[("texte", false), ("json", true)]))
        .help("texte (par défaut) ou json")
}

/// True when the line asks for JSON.
pub(crate) fn wants_json(matches: &clap::ArgMatches) -> bool {
    matches.get_one::<bool>("format") == Some(&true)
}
