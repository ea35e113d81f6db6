//! The reference of every key of a dossier, drawn from its JSON Schema: one page for the buyer.

use clausier::{Library, json};
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// The page.
pub(crate) fn page() -> Result<String, String> {
    let schema: Value = serde_json::from_str(&json::schema(Library::embedded())).map_err(|e| e.to_string())?;
    let mut out = String::from(
        "# Toutes les clés d’un dossier\n\n\
         Page tirée du schéma par `cargo run -p xtask -- schema` : ne pas la modifier à la main. Les valeurs entre guillemets\n\
         s’écrivent avec eux. Les paramètres de chaque clause et de chaque critère sont au [catalogue](../clauses/CATALOGUE.md).\n",
    );
    out += "\n## En tête du fichier\n\n";
    let plain = |(_, key): &(&String, &Value)| key.get("properties").is_none() && tables(key).is_none();
    let top = schema["properties"].as_object().ok_or("un schéma sans clés")?;
    rows(&mut out, top.iter().filter(plain), &required(&schema));
    for (name, key) in top.iter().filter(|entry| !plain(entry)) {
        let (title, inner) = match (name.as_str(), tables(key)) {
            ("lot", Some(inner)) => ("lot.N".to_owned(), inner),
            (_, _) if key.get("properties").is_some() && !open(key) => (name.clone(), key),
            (_, Some(inner)) => (format!("{name}.ID"), inner),
            _ => (name.clone(), key),
        };
        let _ = writeln!(out, "\n## [{title}]\n\n{}\n", meaning(key));
        if let Some(keys) = inner.get("properties").and_then(Value::as_object) {
            rows(&mut out, keys.iter(), &required(inner));
            for (sub, key) in keys {
                if let Some(keys) = key.get("properties").and_then(Value::as_object) {
                    let _ = writeln!(out, "\nDans `{sub} = {{ … }}` :\n");
                    rows(&mut out, keys.iter(), &required(key));
                }
            }
        }
        let told = match name.as_str() {
            "clause" => {
                "Chaque table porte l’identifiant d’une clause. `lots = [1, 2]` la limite à ces lots ; `lie = [\"…\", \"…\"]` nomme \
                         le couple d’une liaison. Une valeur se donne une fois, ou par lot : `{ 1 = …, 2 = … }`.\n"
            }
            "critere" => {
                "`ID = 15` donne un poids à tous les lots, et `ID = \"12,5\"` un poids à virgule. Une table `[critere.ID]` porte `poids`, \
                 ou le poids de chaque lot (`1 = 15`), et les valeurs que le critère demande. Un critère que la bibliothèque n’a pas se \
                 décrit ici.\n"
            }
            "constats" => "`code = \"raison\"`, ou `code.2 = \"raison\"` pour le lot 2.\n",
            "rendu" => {
                "`rc = { premier_numero = \"7.3\", style = \"Article 7 – \" }` ; `article_derogations` vaut pour le CCAP.\n"
            }
            _ => "",
        };
        // A line that follows a table would be read as one of its rows.
        if !told.is_empty() && out.ends_with("|\n") {
            out.push('\n');
        }
        out += told;
        if name == "critere" {
            own_criterion(&mut out, &schema["$defs"]).ok_or("un schéma sans critère propre")?;
        }
    }
    Ok(out)
}

/// The keys of a criterion that the dossier describes, then of its notes, mode by mode.
fn own_criterion(out: &mut String, defs: &Value) -> Option<()> {
    let own = &defs["critere-propre"];
    *out += "\n### Un critère décrit dans le dossier\n\n";
    rows(out, own["properties"].as_object()?.iter(), &required(own));
    *out += "\nUne table `[[critere.ID.note]]` par chose notée ; plusieurs notes sont autant de sous-critères, publiés avec leur part \
             ou leurs points.\n\n";
    let modes = defs["note"]["oneOf"].as_array()?;
    let common = |key: &str| modes.iter().all(|mode| key == "mode" || mode["properties"].get(key).is_some());
    let first = modes.first()?;
    rows(
        out,
        first["properties"].as_object()?.iter().filter(|(key, _)| common(key) && *key != "mode"),
        &required(first),
    );
    let words: Vec<String> = modes.iter().map(|mode| format!("`{}`", mode["properties"]["mode"]["const"])).collect();
    let _ = writeln!(out, "| `mode` | {} | oui | Comment cela se note. |", words.join(", "));
    for mode in modes {
        let _ = writeln!(out, "\nAvec `mode = {}` :\n", mode["properties"]["mode"]["const"]);
        rows(out, mode["properties"].as_object()?.iter().filter(|(key, _)| !common(key)), &required(mode));
    }
    *out += "\n`examples/accueil-criteres-propres` en décrit deux.\n";
    Some(())
}

/// A table by number or by id: what stands in each.
fn tables(key: &Value) -> Option<&Value> {
    let numbered = key.get("patternProperties").and_then(|patterns| patterns.as_object()?.values().next());
    numbered.or_else(|| key.get("additionalProperties").filter(|inner| inner.is_object()))
}

/// A table whose keys are ids: those that the library knows are not told one by one.
fn open(key: &Value) -> bool {
    key.get("additionalProperties").is_some_and(Value::is_object)
}

fn required(table: &Value) -> Vec<&str> {
    table["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn meaning(key: &Value) -> &str {
    key["description"].as_str().unwrap_or_default()
}

fn rows<'s>(out: &mut String, keys: impl Iterator<Item = (&'s String, &'s Value)>, required: &[&str]) {
    *out += "| clé | valeur | à donner | sens |\n| --- | --- | --- | --- |\n";
    for (name, key) in keys {
        let due = if required.contains(&name.as_str()) { "oui" } else { "" };
        let _ = writeln!(out, "| `{name}` | {} | {due} | {} |", value(key), meaning(key));
    }
}

/// What a key takes, as a dossier in TOML writes it.
fn value(key: &Value) -> String {
    let object = key.as_object().cloned().unwrap_or_else(Map::new);
    if let Some(words) = object.get("enum").and_then(Value::as_array) {
        return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    }
    if let Some(constant) = object.get("const") {
        return format!("`{constant}`");
    }
    let example = object.get("examples").and_then(|examples| examples.as_array()?.first().cloned());
    match (object.get("type").and_then(Value::as_str), example) {
        (Some("string"), Some(Value::String(day))) if object.get("format").is_some() => {
            format!("date, par exemple `{day}`")
        }
        (Some("string"), Some(example)) => format!("par exemple `{example}`"),
        (Some("string"), None) => "texte".to_owned(),
        (Some("integer"), _) => match (object.get("minimum"), object.get("maximum")) {
            (Some(low), Some(high)) => format!("nombre entier, de {low} à {high}"),
            _ => "nombre entier".to_owned(),
        },
        (Some("boolean"), _) => "`true`, `false`".to_owned(),
        (None, Some(Value::String(example))) => format!("par exemple `{example:?}`"),
        (Some("array"), _) => format!("liste : {}", object.get("items").map(value).unwrap_or_default()),
        _ => "table".to_owned(),
    }
}
