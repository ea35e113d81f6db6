//! `verifier`: the findings of a dossier, on its launch date or on another.

use crate::files;
use crate::report::{self, printable, severity_name};
use crate::terminal::{self, Ended, Outcome, columns};
use crate::usage;
use clap::{Arg, ArgMatches, Command};
use clausier::law::{Interval, Legal, Text};
use clausier::quantity::Date;
use clausier::{Finding, Resolved, checks, json};
use std::collections::BTreeSet;

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
    Sarif,
}

const FORMS: &[(&str, Form)] = &[("texte", Form::Text), ("json", Form::Json), ("sarif", Form::Sarif)];

pub(crate) fn declare() -> Command {
    Command::new("verifier")
        .alias("check")
        .about("Vérifie un dossier et montre les constats [check]")
        .arg(files::dossier_argument())
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(|text: &str| usage::one_of(text, FORMS))
                .help(
                    "texte (par défaut) : constats sur la sortie d’erreur ; json, ou sarif pour les forges : sur la sortie standard",
                ),
        )
        .arg(usage::date_option("Le même dossier lancé ce jour-là, et ce que cela change"))
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let date = matches.get_one::<Date>("au");
    let consultation = dossier.consultation.clone().launched(*date.unwrap_or(&dossier.consultation.launch));
    let resolved = library.resolve(&consultation);
    let findings = resolved.findings();
    match matches.get_one::<Form>("format").unwrap_or(&Form::Text) {
        Form::Json => terminal::print(json::findings(&resolved).as_bytes())?,
        Form::Sarif => terminal::print(json::sarif(findings, &dossier.name).as_bytes())?,
        Form::Text => {
            terminal::tell(&report::findings(findings.iter(), &dossier.name, &dossier.text));
            terminal::tell(&format!("{} : {}\n", printable(&dossier.name), report::tally(findings)));
            terminal::tell(&covered(&resolved));
            if date.is_some() {
                let before = library.resolve(&dossier.consultation);
                terminal::print(changes(&before, &resolved, library.legal()).as_bytes())?;
            }
        }
    }
    Ok(Outcome::of(findings))
}

/// What a green light covers: what was examined, what had no object, what could not be known, what remains to confirm.
fn covered(resolved: &Resolved<'_>) -> String {
    let scope = resolved.scope();
    let read = scope.register.map(|day| format!(", registre relu le {day}")).unwrap_or_default();
    let mut out =
        format!("  examiné : {} ; {} contrôles, au droit du {}{read}\n", scope.examined, scope.checks, scope.launch);
    if !scope.idle.is_empty() {
        out += &format!("  sans objet : {}\n", scope.idle.join(", "));
    }
    if !scope.unknown.is_empty() {
        out += &format!("  non su : {}\n", scope.unknown.join(" ; "));
    }
    let accepted = resolved.findings().accepted().count();
    if accepted > 0 {
        out +=
            &format!("  accepté par l’acheteur : {accepted} {}\n", if accepted > 1 { "constats" } else { "constat" });
    }
    match scope.to_confirm {
        0 => {}
        1 => out += "  à confirmer : 1 valeur par défaut (pièce note)\n",
        n => out += &format!("  à confirmer : {n} valeurs par défaut (pièce note)\n"),
    }
    out
}

/// What changes from one launch date to another: findings, and versions of the texts in play.
fn changes(before: &Resolved<'_>, after: &Resolved<'_>, legal: &Legal) -> String {
    let mut out = format!("\nLancement le {} au lieu du {}\n", after.launch(), before.launch());
    let gone = only_in(before, after);
    let new = only_in(after, before);
    out += &part("Constats qui disparaissent", &gone);
    out += &part("Constats qui apparaissent", &new);
    out += &format!("\nConstats inchangés : {}\n", after.findings().len().saturating_sub(new.len()));
    let texts: Vec<Vec<String>> = in_play(before)
        .into_iter()
        .filter_map(|id| legal.text(id))
        .filter_map(|text| version_change(text, before.launch(), after.launch()))
        .collect();
    if !texts.is_empty() {
        out += &format!("\nTextes dont la version change\n{}", columns("  ", &texts));
    }
    out
}

/// The findings of one side that the other has not.
fn only_in<'f>(one: &'f Resolved<'_>, other: &Resolved<'_>) -> Vec<&'f Finding> {
    let same = |a: &Finding, b: &Finding| (a.code, &a.path, &a.message) == (b.code, &b.path, &b.message);
    one.findings().iter().filter(|finding| !other.findings().iter().any(|known| same(finding, known))).collect()
}

fn part(title: &str, findings: &[&Finding]) -> String {
    let mut out = String::new();
    if !findings.is_empty() {
        out += &format!("\n{title}\n");
    }
    for finding in findings {
        let message = printable(&finding.message);
        out += &format!("  {}[{}] : {message}\n", severity_name(finding.severity), finding.code);
    }
    out
}

/// Ids of the texts on which the clauses of a dossier and the checks stand.
fn in_play<'a>(resolved: &Resolved<'a>) -> BTreeSet<&'a str> {
    let mut ids: BTreeSet<&str> = checks::all().flat_map(|info| info.texts.iter().copied()).collect();
    ids.extend(resolved.clauses().flat_map(|applied| applied.clause.grounds.iter().map(String::as_str)));
    ids
}

/// The citation of a text, with its version on each date, when they differ.
fn version_change(text: &Text, before: Date, after: Date) -> Option<Vec<String>> {
    let on = |date| text.versions.iter().map(|version| version.interval).find(|interval| interval.contains(date));
    let said = |interval: Option<Interval>| {
        interval
            .map_or("pas en vigueur".to_owned(), |interval| format!("version en vigueur depuis le {}", interval.from))
    };
    (on(before) != on(after)).then(|| vec![text.citation(), format!("{} → {}", said(on(before)), said(on(after)))])
}
