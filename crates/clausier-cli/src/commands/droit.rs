//! `droit`: the texts and figures of the dated register, what departs from the CCAG and what they leave to the contract.

mod ccag;

use crate::terminal::{self, Ended, Failure, Outcome, columns};
use crate::usage;
use clap::{Arg, ArgMatches, Command};
use clausier::Library;
use clausier::law::{DatedFigure, Figure, Interval, Legal, Standing, Text, TextName, TextVersion};
use clausier::quantity::Date;
use clausier::terms::{Certainty, Vocabulary as _};

pub(crate) fn declare() -> Command {
    Command::new("droit")
        .alias("law")
        .about("Montre les textes et les seuils du registre, version par version [law]")
        .arg(Arg::new("id").value_name("ID").help(
            "Identifiant d’un texte, d’un paramètre, d’une dérogation ou d’une exigence (ccp-l2112-2, D-19, MUST-04)",
        ))
        .arg(usage::date_option("Ne montre que ce qui est en vigueur pour une consultation lancée ce jour-là"))
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let legal = Library::embedded().legal();
    let date = matches.get_one::<Date>("au").copied();
    if let (Some(date), Some(first)) = (date, legal.first_day())
        && date < first
    {
        let message = format!("le registre du droit commence le {first} : rien ne peut être dit du droit au {date}");
        return Err(Failure::new(message, "donnez une date plus récente"));
    }
    let text = match matches.get_one::<String>("id") {
        None => list(legal, date),
        Some(id) => page(legal, id, date)?,
    };
    terminal::print(text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn shown(interval: Interval, date: Option<Date>) -> bool {
    date.is_none_or(|date| interval.contains(date))
}

fn list(legal: &Legal, date: Option<Date>) -> String {
    let mut texts = Vec::new();
    for text in legal.texts() {
        for version in text.versions.iter().filter(|version| shown(version.interval, date)) {
            let cells = [text.id.to_string(), period(version.interval), text.citation(), text.title.to_string()];
            texts.push(cells.into_iter().chain([doubt(version.certainty)]).collect());
        }
    }
    let mut parameters = Vec::new();
    for parameter in legal.parameters() {
        for value in parameter.values.iter().filter(|value| shown(value.interval, date)) {
            let doubt = value.certainty().map(doubt).unwrap_or_default();
            let cells =
                [parameter.id.to_string(), period(value.interval), value.to_string(), parameter.title.to_string()];
            parameters.push(cells.into_iter().chain([doubt]).collect());
        }
    }
    let mut out = format!("Textes\n{}\nParamètres\n{}", columns("  ", &texts), columns("  ", &parameters));
    // The table of the CCAG has no dates.
    if date.is_none() {
        let (derogations, requirements) = (ccag::derogations(legal), ccag::requirements(legal));
        out += &format!("\nCe qui déroge aux CCAG\n{}", columns("  ", &derogations));
        out += &format!("\nCe que les CCAG laissent au contrat\n{}", columns("  ", &requirements));
    }
    out
}

fn page(legal: &Legal, id: &str, date: Option<Date>) -> Result<String, Failure> {
    if let Some(text) = legal.text(id) {
        let versions: Vec<&TextVersion> = text.versions.iter().filter(|v| shown(v.interval, date)).collect();
        if versions.is_empty() {
            return Err(absent(legal, id, date));
        }
        return Ok(text_page(legal, text, &versions));
    }
    if let Some(parameter) = legal.parameter(id) {
        let values: Vec<&DatedFigure> = parameter.values.iter().filter(|v| shown(v.interval, date)).collect();
        if values.is_empty() {
            return Err(absent(legal, id, date));
        }
        return Ok(parameter_page(legal, parameter, &values));
    }
    if let Some(found) = ccag::page(legal, id) {
        return Ok(found);
    }
    if let Some(found) = by_number(legal, id) {
        return page(legal, &found, date);
    }
    let texts = legal.texts().map(|text| &*text.id);
    let numbers: Vec<String> = articles(legal).map(|(number, _)| bare(number)).collect();
    let known: Vec<&str> =
        texts.chain(legal.parameters().map(|parameter| &*parameter.id)).chain(ccag::ids(legal)).collect();
    let known = known.into_iter().chain(numbers.iter().map(String::as_str));
    let help =
        usage::near(id, known, "« clausier droit » liste les textes, les paramètres, les dérogations et les exigences");
    Err(Failure::new(format!("« {id} » n’est pas au registre du droit"), help))
}

/// The id of the article that a number names (« L. 2112-2 », « l2112-2 »), the first code of the register that has it.
fn by_number(legal: &Legal, number: &str) -> Option<String> {
    let number = bare(number.trim_start_matches("article").trim_start_matches("art."));
    let found = articles(legal).find(|(known, text)| bare(known) == number && *number != *text.id);
    found.map(|(_, text)| text.id.to_string())
}

/// The articles of the register, each with its number.
fn articles(legal: &Legal) -> impl Iterator<Item = (&str, &Text)> {
    legal.texts().filter_map(|text| match &text.name {
        TextName::Article { number, .. } => Some((number.as_ref(), text)),
        TextName::Whole { .. } => None,
    })
}

/// A number as people type it: « l2112-2 ».
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '-').flat_map(char::to_lowercase).collect()
}

/// Why nothing of an entry is in force on a date, as the register says it.
fn absent(legal: &Legal, id: &str, date: Option<Date>) -> Failure {
    let law = date.map(|date| legal.at(date));
    let text = law.and_then(|law| law.text(id).err().map(|error| error.to_string()));
    let parameter = law.and_then(|law| law.parameter(id).err().map(|error| error.to_string()));
    let known = if legal.text(id).is_some() { text } else { parameter };
    Failure::new(known.unwrap_or_default(), "sans --au, toutes les versions sont montrées")
}

fn text_page(legal: &Legal, text: &Text, versions: &[&TextVersion]) -> String {
    let mut out = format!("{} – {}\n{}\n", text.id, text.citation(), text.title);
    if let TextName::Article { page, .. } = &text.name
        && !page.is_empty()
    {
        out += &format!("Texte officiel : {page}\n");
    }
    for version in versions {
        out += &format!("\n{}\n  {}\n", period(version.interval), version.content);
        if version.imposes {
            out += "  Cette version crée l’obligation.\n";
        }
        out += &rest(legal, &version.note, &version.sources, version.verified, version.certainty.word());
    }
    out
}

fn parameter_page(legal: &Legal, parameter: &Figure, values: &[&DatedFigure]) -> String {
    let mut out = format!("{} – {}\n", parameter.id, parameter.title);
    for value in values {
        out += &format!("\n{} : {value}\n", period(value.interval));
        let certainty = match &value.standing {
            Standing::Law { text, certainty } => {
                let citation = legal.text(text).map_or_else(|| text.to_string(), Text::citation);
                out += &format!("  Fixé par : {citation}\n");
                certainty.word()
            }
            Standing::Practice { confidence } => {
                out += "  Usage, à confirmer par l’acheteur : aucun texte ne le fixe.\n";
                confidence.word()
            }
        };
        out += &rest(legal, &value.note, &value.sources, value.verified, certainty);
    }
    out
}

/// Note, sources, last reading.
fn rest(legal: &Legal, note: &str, sources: &[Box<str>], verified: Date, certainty: &str) -> String {
    let mut out = String::new();
    if !note.is_empty() {
        out += &format!("  Note : {note}\n");
    }
    for source in sources.iter().filter_map(|id| legal.source(id)) {
        let address = if source.address.is_empty() { String::new() } else { format!(" – {}", source.address) };
        out += &format!("  Lu dans : {}{address}\n", source.name);
    }
    out + &format!("  Relu le {verified} ; certitude : {certainty}\n")
}

fn period(interval: Interval) -> String {
    match interval.until {
        Some(until) => format!("du {} au {until}", interval.from),
        None => format!("depuis le {}", interval.from),
    }
}

fn doubt(certainty: Certainty) -> String {
    if certainty == Certainty::ToVerify { "à vérifier : non cité".to_owned() } else { String::new() }
}
