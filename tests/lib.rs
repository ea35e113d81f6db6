//! Shared helpers of the test suite.

use clausier::clause::{Clause, ParameterKind};
use clausier::terms::Kind;
use clausier::{Consultation, Library};
use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The stories: name and text of the dossier, by name.
pub fn stories() -> Vec<(String, String)> {
    let folder = fs::read_dir(root().join("examples")).expect("the stories");
    let mut out: Vec<(String, String)> = folder
        .flatten()
        .filter(|entry| entry.path().join("dossier.toml").is_file())
        .map(|entry| {
            let text = fs::read_to_string(entry.path().join("dossier.toml")).expect("a dossier");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    out.sort();
    out
}

/// Reads a dossier that must be well formed.
pub fn consultation(name: &str, text: &str) -> Consultation {
    Consultation::from_toml(text).unwrap_or_else(|error| panic!("{name}:\n{error}"))
}

/// Makes the spaces that a review cannot see visible: « ␣ » for U+00A0, « · » for U+202F.
pub fn visible(text: &str) -> String {
    text.replace('\u{A0}', "␣").replace('\u{202F}', "·")
}

/// Which value a synthetic dossier gives to a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The default where there is one, a plausible value elsewhere.
    Default,
    /// The lowest value accepted.
    Low,
    /// The highest value accepted.
    High,
}

/// A dossier that chooses one clause, with what it needs, on one lot among two.
pub fn dossier_for(library: &Library, clause: &Clause, pick: Pick) -> String {
    let family = clause.families.first().map_or("bat-gros-oeuvre", String::as_str);
    let mut out = format!(
        r#"format = 1
lancement = 2026-12-07
[acheteur]
nom = "Ville d’Exemple"
categorie = "collectivite"
[consultation]
reference = "2026-01"
objet = "Prestations d’exemple"
contrat = "marche"
nature = "travaux"
procedure = "formalisee"
ccag = "travaux"
duree = "12 mois"
variantes = "interdites"
valeur_estimee = "6 000 000 €"
[facilitateur]
structure = "Maison de l’emploi d’Exemple"
telephone = "03 00 00 00 00"
[lot.1]
intitule = "Premier lot"
famille = "{family}"
montant = "3 000 000 €"
calcul = {{ main_oeuvre = "50 %", prix_horaire = "36 €/h" }}
[lot.2]
intitule = "Second lot"
famille = "{family}"
montant = "3 000 000 €"
calcul = {{ main_oeuvre = "50 %", prix_horaire = "36 €/h" }}
[critere]
prix = 60
"#
    );
    if clause.kind == Kind::Criterion {
        out = out.replace("prix = 60\n", &format!("{} = 60\n", clause.id));
    }
    let mut chosen: Vec<&str> = Vec::new();
    let mut queue: Vec<&str> = if clause.kind == Kind::Criterion { Vec::new() } else { vec![&clause.id] };
    if clause.kind == Kind::Social && clause.hours.is_none() {
        // A clause of follow-up or difficulties speaks of hours that another one sets.
        queue.insert(0, "heures-insertion");
    }
    if let Some(link) = &clause.link {
        queue.extend(link.social.first().map(String::as_str));
        queue.extend(link.environment.first().map(String::as_str));
    }
    while let Some(id) = queue.pop() {
        let Some(found) = library.clause(id).filter(|_| !chosen.contains(&id)) else { continue };
        chosen.push(id);
        queue.extend(found.requires.iter().map(String::as_str));
        out.push_str(&format!("[clause.{id}]\nlots = [1]\n"));
        let pick = if id == clause.id { pick } else { Pick::Default };
        for parameter in &found.parameters {
            if let Some(value) = value(parameter, pick) {
                out.push_str(&format!("{} = {value}\n", parameter.name));
            }
        }
    }
    out
}

fn value(parameter: &clausier::clause::Parameter, pick: Pick) -> Option<String> {
    let quoted = |text: &str| format!("\"{}\"", text.replace(['\u{A0}', '\u{202F}'], " "));
    let bounds = parameter.bounds_text();
    let bound = match (pick, &bounds) {
        (Pick::Low, Some((low, _))) => Some(low.clone()),
        (Pick::High, Some((_, high))) => Some(high.clone()),
        _ => None,
    };
    let written = |text: &str| {
        // A text prints « 18 tonnes » or « 25 heures par tonne »; a dossier writes the figure alone.
        let figure: String = text.replace('\u{A0}', " ").replace('\u{202F}', " ");
        let end = figure.find(|c: char| !c.is_ascii_digit() && c != ' ' && c != ',').unwrap_or(figure.len());
        figure[..end].trim().to_owned()
    };
    if let Some(text) = bound {
        return Some(match &parameter.kind {
            ParameterKind::Quantity(_) | ParameterKind::Ratio(_) => quoted(&written(&text)),
            ParameterKind::Integer => written(&text).replace(' ', ""),
            _ => quoted(&text),
        });
    }
    if parameter.default.is_some() || (parameter.optional && pick == Pick::Default) {
        return None;
    }
    let low = bounds.map(|(low, _)| low);
    let given = |fallback: &str| low.as_deref().unwrap_or(fallback).to_owned();
    Some(match &parameter.kind {
        ParameterKind::Text => "\"un texte d’exemple\"".to_owned(),
        ParameterKind::Integer => written(&given("2")).replace(' ', ""),
        ParameterKind::Amount => quoted(&given("100 €")),
        ParameterKind::Rate => quoted(&given("10 %")),
        ParameterKind::Hours => quoted(&given("35 heures")),
        ParameterKind::Date => "2027-01-31".to_owned(),
        ParameterKind::Duration => quoted(&given("15 jours")),
        ParameterKind::Choice(choices) => {
            let choice = if pick == Pick::High { choices.last() } else { choices.first() };
            quoted(choice.map_or("", |(word, _)| word))
        }
        ParameterKind::Flag => (pick != Pick::Low).to_string(),
        ParameterKind::List => "[\"premier élément\", \"second élément\"]".to_owned(),
        ParameterKind::Quantity(_) | ParameterKind::Ratio(_) => quoted(&written(&given("20"))),
        _ => return None,
    })
}
