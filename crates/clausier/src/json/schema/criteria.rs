//! The schema of the award criteria of a dossier: the library's, a buyer's own library's, and those that the dossier describes.

use super::dossier::{NUMBER, amount, any_text, described, like, once_or_by_lot, parameters, table, text, words};
use crate::base::terms::{CriterionNature, PriceForm, Sense, Vocabulary as _};
use crate::library::clause::Clause;
use crate::library::frame::{LONGEST, WIDEST};
use serde_json::{Map, Value, json};

/// Names of the definitions, beside the types of parameters.
const OWN: &str = "critere-propre";
const NOTE: &str = "note";
const WEIGHT: &str = "points";
const WEIGHT_OR_NONE: &str = "points-ou-rien";

/// A criterion of the library: its weight, or its table with the values that it asks for.
pub(super) fn chosen(clause: &Clause) -> Value {
    let mut properties = weighed();
    properties.extend(parameters(clause));
    let whole = closed(properties);
    // The name of one taken for a criterion of the dossier’s own is told by a finding.
    described(json!({ "anyOf": [weight(1), whole, { "$ref": format!("#/$defs/{OWN}") }] }), &clause.title)
}

/// A criterion that the library does not know: of a buyer's own library, or described by the dossier.
pub(super) fn other() -> Value {
    let value = json!({ "type": ["string", "integer", "boolean", "array"], "pattern": r"\S" });
    let described_here = ["titre", "nature", "note"].map(|key| json!({ "required": [key] }));
    let of_library = json!({
        "type": "object",
        "properties": weighed(),
        "patternProperties": { NUMBER: weight(0) },
        "additionalProperties": once_or_by_lot(&value),
        "not": { "anyOf": described_here }
    });
    let own = json!({ "$ref": format!("#/$defs/{OWN}") });
    described(json!({ "anyOf": [weight(1), of_library, own] }), "Critère d’une bibliothèque propre, ou décrit ici.")
}

/// The definitions.
pub(super) fn defs() -> Map<String, Value> {
    [(OWN, own()), (NOTE, note()), (WEIGHT, figure(1)), (WEIGHT_OR_NONE, figure(0))]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}

/// A criterion that the dossier describes.
fn own() -> Value {
    let mut properties = weighed();
    let mut put = |key: &str, value: Value, meaning: &str| {
        properties.insert(key.to_owned(), described(value, meaning));
    };
    put("titre", text(), "Titre, tel que les pièces l’écriront.");
    put(
        "nature",
        words::<CriterionNature>(),
        "Ce que le critère juge ; l’environnement ne compte que si les notes en parlent.",
    );
    put("cycle_de_vie", json!({ "type": "boolean" }), "Vrai pour un coût calculé sur le cycle de vie.");
    put(
        "lien_avec_l_objet",
        any_text(),
        "En quoi le critère porte sur l’objet du contrat ; à donner pour un critère social.",
    );
    put("elements", json!({ "type": "array", "items": text() }), "Ce que le candidat remet pour ce critère.");
    let notes = json!({ "type": "array", "minItems": 1, "items": { "$ref": format!("#/$defs/{NOTE}") } });
    put("cadre", frame(), "Le tableau à remplir d’où viennent les valeurs notées.");
    put("note", notes, "Ce qui est noté, une table [[critere.ID.note]] par sous-critère.");
    let mut schema = closed(properties);
    schema["required"] = json!(["titre", "nature"]);
    schema["oneOf"] = json!([{ "required": ["note"] }, { "required": ["methode"] }]);
    described(schema, "Un critère que le dossier décrit lui-même.")
}

/// The table from which its values are worked out.
fn frame() -> Value {
    let column = || described(text(), "Une colonne.");
    let way = |key: &str, by: bool| {
        let keys: Map<String, Value> =
            [key].into_iter().chain(by.then_some("par")).map(|key| (key.to_owned(), column())).collect();
        let required: Vec<&str> = [key].into_iter().chain((by && key != "moyenne").then_some("par")).collect();
        table(&required, Value::Object(keys))
    };
    let ways = [
        way("somme", false),
        way("moyenne", true),
        way("minimum", false),
        way("maximum", false),
        way("produit", true),
        way("rapport", true),
        way("part", true),
    ];
    let texts =
        |least: usize, most: usize| json!({ "type": "array", "minItems": least, "maxItems": most, "items": text() });
    let listed = json!({ "type": "string", "pattern": r"^[a-z0-9-]+\.[a-z0-9_]+$" });
    table(
        &["colonnes"],
        json!({
            "colonnes": described(texts(2, WIDEST), "Titres des colonnes ; la première nomme la ligne."),
            "lignes": described(
                json!({ "anyOf": [texts(1, LONGEST), listed] }),
                "Les lignes, ou la liste d’une clause : clause.parametre ; des lignes à remplir si rien n’est dit."
            ),
            "acheteur": described(texts(0, WIDEST), "Les colonnes que vous remplissez avant de publier."),
            "calcul": described(
                json!({ "type": "object", "additionalProperties": { "oneOf": ways } }),
                "Pour chaque note chiffrée, comment les colonnes donnent sa valeur."
            )
        }),
    )
}

/// The keys that any criterion may have.
fn weighed() -> Map<String, Value> {
    let poids = described(weight(1), "Poids en points, le même pour tous les lots ; ou un poids par lot : 1 = 15.");
    let methode = described(any_text(), "Votre propre façon de noter, que rien ne calcule, à la place des notes.");
    [("poids".to_owned(), poids), ("methode".to_owned(), methode)].into_iter().collect()
}

fn closed(properties: Map<String, Value>) -> Value {
    json!({
        "type": "object", "properties": properties, "patternProperties": { NUMBER: weight(0) }, "additionalProperties": false
    })
}

/// A weight or a share.
fn weight(least: i64) -> Value {
    like(json!({ "$ref": format!("#/$defs/{}", if least == 0 { WEIGHT_OR_NONE } else { WEIGHT }) }), "12,5")
}

/// A whole number, or a text with two decimals at most.
fn figure(least: i64) -> Value {
    let pattern = match least {
        0 => r"^\s*0*(100([,.]0+)?|[0-9]{1,2}([,.][0-9]{1,2}0*)?)\s*(%|points?)?\s*$",
        _ => r"^\s*0*(100([,.]0+)?|[1-9][0-9]?([,.][0-9]{1,2}0*)?|[,.]?0[,.](0[1-9]|[1-9][0-9]?)0*)\s*(%|points?)?\s*$",
    };
    let text = json!({ "type": "string", "pattern": pattern });
    json!({ "anyOf": [{ "type": "integer", "minimum": least, "maximum": 100 }, text] })
}

/// What a criterion notes, in one of three ways.
fn note() -> Value {
    let bound = || {
        like(
            json!({ "type": ["string", "integer"], "minimum": 0, "pattern": r"^\s*([0-9]|[a-z0-9-]+\.[a-z0-9_]+\s*$)" }),
            "48",
        )
    };
    let levels = json!({
        "type": "object", "required": ["0", "100"], "additionalProperties": false,
        "patternProperties": { "^(0|[1-9][0-9]?|100)$": text() }
    });
    let read =
        PriceForm::WORDS.iter().map(|(word, _)| ((*word).to_owned(), text())).chain([("tout".to_owned(), text())]);
    let read = table(&[], Value::Object(read.collect()));
    let scale = json!({
        "unite": described(text(), "Mode « echelle » : unité de la valeur offerte."),
        "sens": described(words::<Sense>(), "Ce qui vaut mieux."),
        "zero_a": described(bound(), "Valeur qui ne donne aucun point, ou le minimum d’une clause du lot : clause.parametre."),
        "tout_a": described(bound(), "Valeur qui donne tous les points."),
        "gisement": described(bound(), "Ce qui existe en tout : rien ne se note au-delà."),
        "preuve_de_l_offre": described(text(), "Ce qui prouve, avec l’offre, ce qu’elle promet au-delà du zéro : sans elle, rien n’est noté."),
        "negatif": described(json!({ "type": "boolean" }), "Vrai si une valeur négative est réelle (un bilan) ; sinon elle n’a aucun point."),
        "engage": described(json!({ "type": "boolean" }), "Faux si la valeur offerte n’est pas due."),
        "penalite": described(amount(), "Pénalité par unité manquante, sauf si zero_a est le minimum d’une clause."),
        "preuve": described(text(), "Quel jour l’écart se constate, et par quoi ; demandée avec penalite.")
    });
    let means = described(amount(), "Mode « niveaux » : pénalité par moyen compté qui manque à l’exécution.");
    let described_levels = described(levels, "Mode « niveaux » : ce qui mérite chaque part des points, de 100 à 0.");
    let read = described(read, "Mode « prix » : ce qui est lu selon la forme des prix, ou tout.");
    json!({
        "description": "Une note, ou un sous-critère.",
        "oneOf": [
            one("echelle", &["unite", "sens", "zero_a", "tout_a"], scale),
            one("niveaux", &["niveaux"], json!({ "niveaux": described_levels, "penalite": means })),
            one("prix", &["lu"], json!({ "lu": read }))
        ]
    })
}

/// A note of a mode, with the keys of that mode.
fn one(mode: &str, required: &[&str], keys: Value) -> Value {
    let mut properties = json!({
        "nom": described(json!({ "type": "string", "pattern": "^[a-z0-9_]+$" }), "Nom, tel que le fichier des offres l’écrit."),
        "titre": described(text(), "Ce qui est noté."),
        "part": described(weight(1), "Part des points du critère, en pour cent ; toutes font 100."),
        "points": described(weight(1), "À la place de part : des points, qui font ensemble le poids du critère."),
        "mode": { "const": mode }
    });
    if let (Some(all), Value::Object(keys)) = (properties.as_object_mut(), keys) {
        all.extend(keys);
    }
    let required: Vec<&str> = ["nom", "titre", "mode"].into_iter().chain(required.iter().copied()).collect();
    let mut schema = table(&required, properties);
    schema["not"] = json!({ "required": ["part", "points"] });
    schema
}
