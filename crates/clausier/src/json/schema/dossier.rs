//! The JSON Schema of a dossier: what an editor completes and a service checks before it sends.
//!
//! It says the shape; whether a value is lawful, or in its bounds, is for a finding. The words of the closed lists, the ids of
//! the clauses and their parameters come from the library, so that the schema never says another thing than the reader.

use crate::base::terms::*;
use crate::library::Library;
use crate::library::clause::{Clause, ParameterKind};
use serde_json::{Map, Value, json};

/// A decimal figure, with spaces between thousands.
const FIGURE: &str = r"[0-9][0-9   ]*([,.][0-9]+)?";
/// Number of a lot or of a tranche.
const NUMBER: &str = "^[1-9][0-9]{0,2}$";

pub(in crate::json) fn dossier(library: &Library) -> Value {
    let clauses = library.clauses().filter(|clause| clause.kind != Kind::Criterion);
    let criteria = library.clauses().filter(|clause| clause.kind == Kind::Criterion);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossier de consultation",
        "description": "Ce que l’acheteur écrit, en TOML ou en JSON (les dates y sont des textes).",
        "type": "object",
        "required": ["format", "lancement", "acheteur", "consultation", "lot"],
        "additionalProperties": false,
        "$defs": kinds(),
        "properties": {
            "format": { "const": 1, "description": "Version du format des dossiers." },
            "lancement": {
                "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "Jour d’envoi de l’avis ou d’engagement de la consultation : il fixe le droit applicable."
            },
            "a_confirmer": { "type": "array", "items": text(), "description": "Clés dont la valeur vient d’un usage et reste à confirmer." },
            "acheteur": table(&["nom", "categorie"], json!({ "nom": text(), "categorie": words::<BuyerCategory>() })),
            "consultation": contract(),
            "facilitateur": facilitator(),
            "lot": {
                "type": "object", "minProperties": 1, "additionalProperties": false,
                "patternProperties": { NUMBER: lot(library) }
            },
            "clause": {
                "type": "object",
                "properties": clauses.map(|clause| (clause.id.clone(), chosen(clause))).collect::<Map<_, _>>(),
                "additionalProperties": other()
            },
            "critere": {
                "type": "object",
                "properties": criteria.map(|clause| (clause.id.clone(), criterion(Some(clause)))).collect::<Map<_, _>>(),
                "additionalProperties": criterion(None)
            },
            "constats": { "type": "object", "additionalProperties": text(), "description": "Constats acceptés, avec la raison." },
            "clause_sociale_ecartee": table(&[], json!({
                "motif": any_text(), "raisons": any_text(), "lots": lots()
            })),
            "rendu": {
                "type": "object", "additionalProperties": false,
                "properties": Piece::WORDS.iter().map(|(word, _)| ((*word).to_owned(), layout())).collect::<Map<_, _>>()
            }
        }
    })
}

fn facilitator() -> Value {
    let keys = json!({ "structure": text(), "service": any_text(), "telephone": any_text(), "courriel": any_text() });
    let mut schema = table(&["structure"], keys);
    schema["anyOf"] = json!([{ "required": ["telephone"] }, { "required": ["courriel"] }]);
    schema
}

/// A clause of a buyer's own library, of which the schema knows nothing.
fn other() -> Value {
    let value = json!({ "type": ["string", "integer", "boolean", "array"], "items": text(), "pattern": r"\S" });
    json!({
        "type": "object",
        "properties": { "lots": lots(), "lie": { "type": "array", "items": text() } },
        "additionalProperties": once_or_by_lot(&value)
    })
}

fn contract() -> Value {
    let mut schema = contract_keys();
    let framework =
        json!({ "properties": { "contrat": { "const": ContractForm::Framework.word() } }, "required": ["contrat"] });
    schema["if"] = framework;
    schema["then"] = json!({ "required": ["execution"] });
    schema
}

fn contract_keys() -> Value {
    table(
        &["objet", "contrat", "nature", "procedure", "ccag", "duree", "valeur_estimee"],
        json!({
            "reference": any_text(),
            "objet": text(),
            "contrat": words::<ContractForm>(),
            "execution": words::<Execution>(),
            "nature": words::<Nature>(),
            "regime": words::<Regime>(),
            "procedure": words::<Procedure>(),
            "forme_prix": words::<PriceForm>(),
            "ccag": words::<Ccag>(),
            "duree": duration(),
            "reconductions": { "type": "integer", "minimum": 0, "maximum": 20 },
            "duree_reconduction": duration(),
            "cpv": cpv(),
            "variantes": words::<Variants>(),
            "valeur_estimee": described(amount(), "Besoin entier : lots, options et reconductions compris, hors taxes."),
            "montant_maximum": amount(),
            "piece_administrative": words::<AdminPiece>(),
            "groupement": words::<Grouping>(),
            "outre_mer": { "type": "boolean" }
        }),
    )
}

fn lot(library: &Library) -> Value {
    let families: Vec<&str> = library.legal().families().map(|family| &*family.id).collect();
    table(
        &["intitule", "famille", "montant"],
        json!({
            "intitule": text(),
            "famille": { "type": "string", "examples": families, "description": "Famille d’achat de la bibliothèque." },
            "montant": described(amount(), "Montant estimé du lot, reconductions comprises, hors taxes."),
            "montant_maximum": amount(),
            "duree": duration(),
            "cpv": cpv(),
            "calcul": labour(),
            "tranches": {
                "type": "object", "additionalProperties": false, "patternProperties": { NUMBER: amount() }
            },
            "reserve": { "type": "array", "items": words::<ReservedTo>() }
        }),
    )
}

fn labour() -> Value {
    let hourly =
        json!({ "type": "string", "pattern": r"^\s*0*([1-9]|0[,.]0*[1-9])[0-9   ]*([,.][0-9]+)?\s*€(/h|/heure)?\s*$" });
    let share = json!({ "type": "string", "pattern": r"^\s*(100([,.]0+)?|[0-9]{1,2}([,.][0-9]+)?)\s*%\s*$" });
    let keys = json!({ "main_oeuvre": share, "prix_horaire": hourly, "cout_salarial": hourly });
    let mut schema = table(&["main_oeuvre"], keys);
    schema["oneOf"] = json!([{ "required": ["prix_horaire"] }, { "required": ["cout_salarial"] }]);
    schema
}

/// The weight of a criterion, or its table: weight for all the lots or by lot, own method, values that it asks for.
fn criterion(clause: Option<&Clause>) -> Value {
    let weight = json!({ "type": "integer", "minimum": 0, "maximum": 100 });
    let mut properties = Map::new();
    properties.insert("poids".to_owned(), json!({ "type": "integer", "minimum": 1, "maximum": 100 }));
    properties.insert("methode".to_owned(), any_text());
    let additional = match clause {
        Some(clause) => {
            properties.extend(parameters(clause));
            json!(false)
        }
        None => once_or_by_lot(&json!({ "type": ["string", "integer", "boolean", "array"] })),
    };
    let whole = json!({
        "type": "object", "properties": properties, "patternProperties": { NUMBER: weight }, "additionalProperties": additional
    });
    let either = json!({ "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 100 }, whole] });
    described(either, clause.map_or("Critère d’une bibliothèque propre.", |clause| &clause.title))
}

/// The table of a chosen clause: each parameter once, or by lot.
fn chosen(clause: &Clause) -> Value {
    let mut properties = Map::new();
    properties.insert("lots".to_owned(), lots());
    if clause.link.is_some() {
        properties.insert("lie".to_owned(), json!({ "type": "array", "items": text(), "maxItems": 2 }));
    }
    properties.extend(parameters(clause));
    json!({ "type": "object", "description": clause.title, "properties": properties })
}

/// The values that a clause asks for.
fn parameters(clause: &Clause) -> Map<String, Value> {
    let mut properties = Map::new();
    for parameter in &clause.parameters {
        let either = match &parameter.kind {
            ParameterKind::Choice(choices) => {
                once_or_by_lot(&json!({ "enum": choices.iter().map(|(word, _)| word).collect::<Vec<_>>() }))
            }
            kind => json!({ "$ref": format!("#/$defs/{}", kind.word()) }),
        };
        properties.insert(parameter.name.clone(), described(either, &parameter.question));
    }
    properties
}

/// One value for all the lots, or one by lot.
fn once_or_by_lot(value: &Value) -> Value {
    let by_lot = json!({ "type": "object", "patternProperties": { NUMBER: value }, "additionalProperties": false });
    json!({ "anyOf": [value, by_lot] })
}

/// The types of parameters, by the word of the clause file.
fn kinds() -> Value {
    let figure = json!({ "type": ["string", "integer"] });
    let kinds = [
        ("texte", text()),
        ("entier", figure.clone()),
        ("montant", amount()),
        ("taux", with_unit("%")),
        ("heures", figure.clone()),
        ("date", json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })),
        ("duree", duration()),
        ("oui-non", json!({ "type": "boolean" })),
        ("liste", json!({ "type": "array", "items": text(), "minItems": 1 })),
        ("quantite", figure.clone()),
        ("ratio", figure),
    ];
    kinds.into_iter().map(|(word, kind)| (word.to_owned(), once_or_by_lot(&kind))).collect::<Map<_, _>>().into()
}

fn layout() -> Value {
    let number = json!({ "type": "string", "pattern": r"^[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}$" });
    table(&[], json!({ "premier_numero": number, "style": text(), "article_derogations": number }))
}

fn table(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn words<V: Vocabulary>() -> Value {
    json!({ "enum": V::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
}

/// A text that says something.
fn text() -> Value {
    json!({ "type": "string", "maxLength": 10_000, "pattern": r"\S" })
}

/// A text that may be left blank.
fn any_text() -> Value {
    json!({ "type": "string", "maxLength": 10_000 })
}

fn with_unit(unit: &str) -> Value {
    json!({ "type": "string", "pattern": format!(r"^\s*{FIGURE}\s*{unit}\s*$") })
}

fn amount() -> Value {
    with_unit("(€|€ HT|euros)")
}

fn duration() -> Value {
    json!({ "type": "string", "pattern": r"^\s*0*[1-9][0-9   ]*\s*(jours?|semaines?|mois|ans?|années?)\s*$" })
}

fn cpv() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{8}(-[0-9])?$" })
}

fn lots() -> Value {
    json!({ "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 999 }, "minItems": 1 })
}

fn described(mut schema: Value, text: &str) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_owned(), text.into());
    }
    schema
}
