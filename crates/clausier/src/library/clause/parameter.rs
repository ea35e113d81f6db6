//! Parameters: how a clause declares one, and how the value that a dossier gives becomes typed.

use super::{Parameter, ParameterKind, Value, Yardstick};
use crate::base::quantity::{Date, Duration, Euros, FINE, Hours, NBSP, Number, Quantity, QuantityError, Rate};
use crate::base::terms::Confidence;
use crate::file::reading::{self, Problem, Raw, Report, Table};
use crate::library::names;
use std::sync::OnceLock;

/// Reads the declaration of a parameter; its name is `declared`, even when the rest is at fault.
///
/// With `modele`, what the declaration leaves out is that of the preset; the type is the preset's own.
pub(super) fn declaration(
    table: &Table<'_, '_>,
    report: &Report<'_>,
    presets: &[Parameter],
    declared: &mut Vec<String>,
) -> Option<Parameter> {
    let preset = match table.text("modele") {
        None => None,
        Some(id) => match presets.iter().find(|preset| preset.name == id) {
            Some(preset) => Some(preset),
            None => {
                declared.push(table.text("nom").unwrap_or(id).to_owned());
                let help = reading::suggestion(id, presets.iter().map(|preset| preset.name.as_str()));
                report.add(table.span_of("modele"), format!("le modèle « {id} » n’existe pas"), help);
                return None;
            }
        },
    };
    let text = |key: &'static str, of_preset: fn(&Parameter) -> &String, example: &str| match preset {
        Some(preset) if !table.has(key) => of_preset(preset).clone(),
        _ => table.required(key, example),
    };
    let name = text("nom", |preset| &preset.name, "\"quantite\"");
    declared.push(name.clone());
    let of_texts = names::SECTION.iter().any(|(known, _)| *known == name);
    if of_texts || matches!(name.as_str(), "id" | "lot" | "lie" | "social" | "environnement") {
        report.add(table.span_of("nom"), format!("« {name} » est un mot réservé"), "choisissez un autre nom");
    }
    if !name.is_empty() && !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        let help = "minuscules sans accent, chiffres et « _ »";
        report.add(table.span_of("nom"), format!("« {name} » n’est pas un nom de paramètre"), help);
    }
    let kind = match preset {
        Some(preset) => {
            for key in ["type", "unite", "choix"].into_iter().filter(|key| table.raw(key).is_some()) {
                report.add(table.span_of(key), "le type d’un paramètre est celui de son modèle", "retirez la clé");
            }
            Some(preset.kind.clone())
        }
        None => kind_of(table, report),
    };
    let question = text("question", |preset| &preset.question, "\"Quelle quantité doit être remise au réemploi ?\"");
    let own = |key: &'static str, of_preset: fn(&Parameter) -> &String| match (table.text(key), preset) {
        (Some(text), _) => text.to_owned(),
        (None, preset) => preset.map(of_preset).cloned().unwrap_or_default(),
    };
    let range = own("fourchette", |preset| &preset.range);
    let source = own("source", |preset| &preset.source);
    let of_preset = |read: fn(&Parameter) -> bool| preset.is_some_and(read);
    let optional = table.boolean("facultatif").unwrap_or_else(|| of_preset(|preset| preset.optional));
    let confidence = table.word("certitude").or(preset.map(|preset| preset.confidence)).unwrap_or(Confidence::Weak);
    let who = table.word("qui").or(preset.and_then(|preset| preset.who));
    let bounds_text = table.spanned_texts("bornes");
    let default_raw = table.raw("defaut");
    let of_preset = |read: fn(&Parameter) -> &Option<Yardstick>| preset.and_then(|preset| read(preset).clone());
    let most = table.text("au_plus").map(yardstick).or_else(|| of_preset(|preset| &preset.most));
    let least = table.text("au_moins").map(yardstick).or_else(|| of_preset(|preset| &preset.least));
    let floor = table.text("plancher").map(str::to_owned).or_else(|| preset.and_then(|preset| preset.floor.clone()));
    table.finish();
    let kind = kind?;
    let read = |raw: &Raw, span: reading::Span| match typed(&kind, raw) {
        Ok(value) => Some(value),
        Err(message) => {
            report.add(span, message, format!("attendu : {}", expected(&kind)));
            None
        }
    };
    let default = match default_raw {
        Some((raw, span)) => read(&raw, span),
        None => preset.and_then(|preset| preset.default.clone()),
    };
    let bounds = match bounds_text.as_slice() {
        [] => preset.and_then(|preset| preset.bounds.clone()),
        [(low, low_span), (high, high_span)] => {
            let low = read(&Raw::Text(low.clone()), low_span.clone())?;
            let high = read(&Raw::Text(high.clone()), high_span.clone())?;
            Some((low, high))
        }
        [(_, span), ..] => {
            report.add(span.clone(), "les bornes sont deux valeurs", "écrivez bornes = [\"bas\", \"haut\"]");
            None
        }
    };
    if let (Some(default), Some((low, high))) = (&default, &bounds) {
        let inside = default.number().zip(low.number()).zip(high.number()).is_none_or(|((d, l), h)| l <= d && d <= h);
        if !inside {
            report.add(
                table.span_of("defaut"),
                "la valeur par défaut est hors des bornes",
                "corrigez l’une ou les autres",
            );
        }
    }
    if default.is_some() && source.is_empty() {
        let help = "dites d’où elle vient : source = \"…\"";
        report.add(table.span_of("defaut"), format!("la valeur par défaut de « {name} » n’a pas de source"), help);
    }
    if optional && default.is_some() {
        let message = format!("« {name} » est facultatif et a une valeur par défaut");
        report.add(table.span_of("defaut"), message, "gardez l’un ou l’autre");
    }
    Some(Parameter {
        name,
        kind,
        question,
        default,
        optional,
        bounds,
        range,
        source,
        confidence,
        who,
        most,
        least,
        floor,
        printed: OnceLock::new(),
    })
}

fn yardstick(word: &str) -> Yardstick {
    match word {
        "heures" => Yardstick::Hours,
        "duree" => Yardstick::Length,
        "temps-plein" => Yardstick::FullTime,
        name => Yardstick::Parameter(name.to_owned()),
    }
}

/// Reads the presets, parameters that many clauses declare alike; a preset is named by its own `nom`.
pub(crate) fn presets(source: &str) -> (Vec<Parameter>, Vec<Problem>) {
    let report = Report::new(source);
    let root = reading::parse(source, &report);
    let presets = {
        let top = Table::root(&root, &report);
        let mut declared = Vec::new();
        let tables = top.tables("modele");
        let presets = tables.iter().filter_map(|table| declaration(table, &report, &[], &mut declared)).collect();
        top.finish();
        presets
    };
    (presets, report.into_problems())
}

fn kind_of(table: &Table<'_, '_>, report: &Report<'_>) -> Option<ParameterKind> {
    const WORDS: [&str; 13] = [
        "texte", "entier", "lot", "montant", "taux", "heures", "date", "duree", "choix", "oui-non", "liste",
        "quantite", "ratio",
    ];
    if !table.has("type") {
        table.missing("type", "\"taux\"");
    }
    let word = table.text("type")?;
    let unit = table.text("unite").map(str::to_owned);
    let needs_unit = matches!(word, "quantite" | "ratio");
    if needs_unit && unit.is_none() {
        table.missing("unite", if word == "ratio" { "\"h/t\"" } else { "\"t\"" });
    }
    if let Some(unit) = unit.as_deref().filter(|_| !needs_unit) {
        let message = format!("le type « {word} » n’a pas d’unité à choisir (« {unit} »)");
        report.add(table.span_of("unite"), message, "retirez la clé, ou prenez le type quantite");
    }
    let choices: Vec<(String, String)> = table
        .texts("choix")
        .into_iter()
        .map(|choice| match choice.split_once('=') {
            Some((word, text)) => (word.trim().to_owned(), text.trim().to_owned()),
            None => (choice.clone(), choice),
        })
        .collect();
    Some(match word {
        "texte" => ParameterKind::Text,
        "entier" => ParameterKind::Integer,
        "lot" => ParameterKind::Lot,
        "montant" => ParameterKind::Amount,
        "taux" => ParameterKind::Rate,
        "heures" => ParameterKind::Hours,
        "date" => ParameterKind::Date,
        "duree" => ParameterKind::Duration,
        "oui-non" => ParameterKind::Flag,
        "liste" => ParameterKind::List,
        "quantite" => ParameterKind::Quantity(unit?),
        "ratio" => ParameterKind::Ratio(unit?),
        "choix" if choices.len() >= 2 => ParameterKind::Choice(choices),
        "choix" => {
            let help = "écrivez choix = [\"mensuelle = chaque mois\", \"trimestrielle = chaque trimestre\"]";
            report.add(table.span_of("type"), "un choix a deux valeurs au moins", help);
            return None;
        }
        other => {
            let help = reading::suggestion(other, WORDS);
            report.add(table.span_of("type"), format!("« {other} » n’est pas un type"), help);
            return None;
        }
    })
}

/// Types a raw value; the error is French, and [`expected`] says what to write.
fn typed(kind: &ParameterKind, raw: &Raw) -> Result<Value, String> {
    let text = |raw: &Raw| match raw {
        Raw::Text(text) => Ok(text.clone()),
        Raw::Integer(n) => Ok(n.to_string()),
        _ => Err(WRONG_TYPE.to_owned()),
    };
    let measure = |error: QuantityError| error.to_string();
    match (kind, raw) {
        (ParameterKind::Text, Raw::Text(text)) if !text.trim().is_empty() => Ok(Value::Text(text.trim().to_owned())),
        (ParameterKind::Integer, Raw::Integer(n)) => Ok(Value::Integer(*n)),
        (ParameterKind::Lot, Raw::Integer(n)) if (1..=MOST_LOTS).contains(n) => Ok(Value::Integer(*n)),
        (ParameterKind::Integer, Raw::Text(text)) => {
            Number::parse(text).map_err(measure)?.to_i64().map(Value::Integer).ok_or_else(|| WRONG_TYPE.to_owned())
        }
        (ParameterKind::Amount, raw) => Euros::parse(&text(raw)?).map(Value::Amount).map_err(measure),
        (ParameterKind::Rate, raw) => Rate::parse(&text(raw)?).map(Value::Rate).map_err(measure),
        (ParameterKind::Hours, raw) => Hours::parse(&text(raw)?).map(Value::Hours).map_err(measure),
        (ParameterKind::Duration, raw) => Duration::parse(&text(raw)?).map(Value::Duration).map_err(measure),
        (ParameterKind::Date, Raw::Date(date)) => Ok(Value::Date(*date)),
        // JSON has no dates.
        (ParameterKind::Date, Raw::Text(text)) => {
            Date::parse(text).map(Value::Date).ok_or_else(|| WRONG_TYPE.to_owned())
        }
        (ParameterKind::Flag, Raw::Boolean(flag)) => Ok(Value::Flag(*flag)),
        (ParameterKind::List, Raw::List(list)) if !list.is_empty() => Ok(Value::List(list.clone())),
        (ParameterKind::Choice(choices), Raw::Text(word)) => match choices.iter().find(|(w, _)| w == word) {
            Some(_) => Ok(Value::Choice(word.clone())),
            None => {
                let words = choices.iter().map(|(w, _)| w.as_str());
                Err(format!("« {word} » n’est pas un choix ; {}", reading::suggestion(word, words)))
            }
        },
        (ParameterKind::Quantity(unit) | ParameterKind::Ratio(unit), raw) => {
            Quantity::parse(&text(raw)?, unit).map(Value::Quantity).map_err(measure)
        }
        _ => Err(WRONG_TYPE.to_owned()),
    }
}

/// Why a value is not one of a parameter: French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ; {help}")]
#[non_exhaustive]
pub struct ValueError {
    /// The value has the right type, and stands outside the bounds of the parameter.
    pub out_of_bounds: bool,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

impl Parameter {
    /// Reads one value, as a dossier writes it or as the field of a form gives it: its type, then its bounds.
    ///
    /// ```
    /// let clause = clausier::Library::embedded().clause("heures-insertion").unwrap();
    /// let rate = clause.parameter("taux").unwrap();
    /// assert_eq!(rate.check(&"10 %".into()).unwrap().plain(), "10 %");
    /// assert!(rate.check(&"10".into()).unwrap_err().message.contains("unité"));
    /// ```
    ///
    /// # Errors
    /// [`ValueError`]: another type or unit, or a value outside the bounds.
    pub fn check(&self, given: &Raw) -> Result<Value, ValueError> {
        let value = typed(&self.kind, given).map_err(|message| ValueError {
            out_of_bounds: false,
            message: format!("« {} » : {message}", self.name),
            help: format!("attendu : {}", expected_of(self)),
        })?;
        let Some((number, (low, high))) = value.number().zip(self.bounds.as_ref()) else { return Ok(value) };
        let inside = low.number().is_none_or(|l| l <= number) && high.number().is_none_or(|h| number <= h);
        if inside {
            return Ok(value);
        }
        Err(ValueError {
            out_of_bounds: true,
            message: format!("« {} » = {} : hors des bornes", self.name, value.figure()),
            help: format!("attendu : de {} à {}", low.figure(), high.figure()),
        })
    }
}

/// Highest number that a lot may have.
const MOST_LOTS: i64 = 999;

const WRONG_TYPE: &str = "la valeur n’est pas du type attendu";

/// What to write for a type, with an example.
pub(crate) fn expected(kind: &ParameterKind) -> String {
    match kind {
        ParameterKind::Text => "un texte entre guillemets".to_owned(),
        ParameterKind::Integer => "un nombre entier".to_owned(),
        ParameterKind::Lot => "le numéro d’un lot, par exemple 3".to_owned(),
        ParameterKind::Amount => "un montant, par exemple \"50 €\"".to_owned(),
        ParameterKind::Rate => "un taux, par exemple \"10 %\"".to_owned(),
        ParameterKind::Hours => "des heures, par exemple \"35 h\"".to_owned(),
        ParameterKind::Date => "une date, par exemple 2026-12-07".to_owned(),
        ParameterKind::Duration => "une durée, par exemple \"15 jours\"".to_owned(),
        ParameterKind::Flag => "true ou false".to_owned(),
        ParameterKind::List => "une liste, par exemple [\"portes\", \"radiateurs\"]".to_owned(),
        ParameterKind::Choice(choices) => {
            let words: Vec<String> = choices.iter().map(|(w, _)| format!("\"{w}\"")).collect();
            format!("un choix : {}", words.join(" | "))
        }
        ParameterKind::Quantity(unit) => format!("une quantité, par exemple \"18 {unit}\""),
        ParameterKind::Ratio(unit) => format!("un ratio, par exemple \"25 {unit}\""),
    }
}

/// The first number of a usage that is told in some unit (« 30 à 60 € par heure »): before the unit, only another number may
/// stand.
pub(crate) fn leading(range: &str, unit: &str) -> Option<Number> {
    let range = range.replace([FINE, NBSP], " ");
    let told = &range[..range.find(unit)?];
    if !told.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | 'à' | 'd' | 'e')) {
        return None;
    }
    let written: String =
        told.trim_start_matches("de ").chars().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | ',')).collect();
    Number::parse(written.trim()).ok()
}

/// A value that the usage of a parameter gives, as a dossier writes it.
fn usual(parameter: &Parameter) -> Option<String> {
    let unit = match &parameter.kind {
        ParameterKind::Rate => "%",
        ParameterKind::Amount => "€",
        ParameterKind::Hours => "h",
        ParameterKind::Quantity(unit) | ParameterKind::Ratio(unit) => unit,
        _ => return None,
    };
    let spelt = [unit.to_owned(), unit.replace('/', " par ")];
    let number = spelt.iter().find_map(|unit| leading(&parameter.range, unit))?;
    let example = format!("{} {unit}", number.french(2)).replace([FINE, NBSP], " ");
    parameter.check(&Raw::Text(example.clone())).is_ok().then_some(example)
}

/// The people or things that the question of a list gives between quotes, as a dossier writes a list.
fn quoted(parameter: &Parameter) -> Option<String> {
    let between = |part: &str| part.split_once('»').map(|(inner, _)| inner.trim().to_owned());
    let named: Vec<String> = parameter.question.split('«').skip(1).filter_map(between).collect();
    (!named.is_empty()).then(|| format!("[\"{}\"]", named.join("\", \"")))
}

/// What to write for a parameter, with an example that its bounds and its usage accept.
pub(crate) fn expected_of(parameter: &Parameter) -> String {
    let told = expected(&parameter.kind);
    let example = match parameter.kind {
        ParameterKind::List => quoted(parameter),
        _ => usual(parameter).map(|text| format!("\"{text}\"")),
    };
    if let (Some(example), Some((what, _))) = (example, told.split_once(", par exemple ")) {
        return format!("{what}, par exemple {example}");
    }
    let (Some((low, high)), Some((what, example))) = (&parameter.bounds, told.split_once(", par exemple ")) else {
        return told;
    };
    let value = typed(&parameter.kind, &Raw::Text(example.trim_matches('"').to_owned())).ok();
    let ends = low.number().zip(high.number());
    let inside = value.and_then(|value| value.number()).zip(ends).is_some_and(|(n, (low, high))| low <= n && n <= high);
    if inside { told } else { format!("{what}, par exemple {}", low.literal()) }
}
