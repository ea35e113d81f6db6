//! The JSON Schema of a dossier: what an editor completes and a service checks before it sends.
//!
//! It says the shape; whether a value is lawful, or in its bounds, is for a finding. The words of the closed lists, the ids of
//! the clauses and their parameters come from the library, so that the schema never says another thing than the reader.

use super::criteria;
use crate::base::terms::*;
use crate::library::Library;
use crate::library::clause::{Clause, ParameterKind};
use serde_json::{Map, Value, json};

/// A decimal figure, with spaces between thousands.
pub(super) const FIGURE: &str = r"[0-9][0-9   ]*([,.][0-9]+)?";
/// Number of a lot or of a tranche.
pub(super) const NUMBER: &str = "^[1-9][0-9]{0,2}$";

pub(in crate::json) fn dossier(library: &Library) -> Value {
    let mut schema = shape(library);
    for (path, meaning) in MEANINGS {
        if let Some(key) = at(&mut schema, path).and_then(Value::as_object_mut) {
            key.insert("description".to_owned(), meaning.into());
        }
    }
    schema
}

/// The schema of a key, by its path; « * » stands for a number, or for any key that the schema does not name.
fn at<'s>(schema: &'s mut Value, path: &str) -> Option<&'s mut Value> {
    path.split('.').try_fold(schema, |schema, step| match step {
        "*" if schema.get("patternProperties").is_some() => schema.get_mut("patternProperties")?.get_mut(NUMBER),
        "*" => schema.get_mut("additionalProperties"),
        step => schema.get_mut("properties")?.get_mut(step),
    })
}

/// What each key means.
const MEANINGS: [(&str, &str); 55] = [
    ("format", "Version du format des dossiers."),
    ("lancement", "Jour d’envoi de l’avis ou d’engagement de la consultation : il fixe le droit applicable."),
    ("acheteur", "Qui achète."),
    ("acheteur.nom", "Nom, tel que les pièces l’écriront."),
    ("acheteur.categorie", "Catégorie : le seuil européen en dépend."),
    ("consultation", "Le contrat, et la façon dont il se passe."),
    ("consultation.reference", "Votre référence."),
    ("consultation.objet", "Objet du contrat, tel que les pièces l’écriront."),
    ("consultation.contrat", "Forme du contrat."),
    ("consultation.execution", "Comment un accord-cadre s’exécute ; le volume suit alors ce qui est commandé."),
    (
        "consultation.attributaires",
        "Accord-cadre : nombre de titulaires au plus, pour chaque lot ; un seul si rien n’est dit.",
    ),
    ("consultation.nature", "Nature de l’achat : le seuil européen en dépend."),
    ("consultation.regime", "Régime juridique ; ordinaire si rien n’est dit."),
    ("consultation.procedure", "Procédure de passation."),
    ("consultation.forme_prix", "Forme des prix, qui choisit ce que lit le critère du prix."),
    ("consultation.ccag", "CCAG auquel le contrat se réfère."),
    ("consultation.duree", "Durée ferme."),
    ("consultation.reconductions", "Nombre de reconductions."),
    ("consultation.duree_reconduction", "Durée de chaque reconduction ; celle du contrat si rien n’est dit."),
    ("consultation.cpv", "Code principal du vocabulaire commun, huit chiffres, avec ou sans clé."),
    ("consultation.variantes", "Ce que vous décidez des variantes."),
    ("consultation.valeur_estimee", "Besoin entier : lots, options et reconductions compris, hors taxes."),
    ("consultation.montant_maximum", "Maximum d’un accord-cadre, hors taxes ; il peut aussi se donner lot par lot."),
    ("consultation.piece_administrative", "Nom du cahier administratif ; « ccap » si rien n’est dit."),
    ("consultation.groupement", "Forme imposée au groupement ; libre si rien n’est dit."),
    ("consultation.outre_mer", "Vrai si le contrat s’exécute outre-mer."),
    ("consultation.territoire", "Le territoire d’outre-mer : ses propres parts et ses propres textes s’y appliquent."),
    ("facilitateur", "Le facilitateur des clauses sociales, s’il y en a un : un téléphone ou un courriel au moins."),
    ("facilitateur.structure", "Son organisme."),
    ("facilitateur.service", "Son service."),
    ("facilitateur.telephone", "Son téléphone."),
    ("facilitateur.courriel", "Son courriel."),
    ("lot", "Les lots, par numéro ; un contrat sans lots n’a que [lot.1]."),
    ("lot.*.intitule", "Intitulé, tel que les pièces l’écriront."),
    ("lot.*.famille", "Famille d’achat de la bibliothèque."),
    ("lot.*.montant", "Montant estimé du lot, reconductions et tranches comprises, hors taxes."),
    ("lot.*.montant_maximum", "Maximum du lot dans un accord-cadre, hors taxes."),
    ("lot.*.duree", "Durée du lot, si elle n’est pas celle du contrat."),
    ("lot.*.cpv", "Code du lot."),
    ("lot.*.calcul", "Facteurs des heures d’insertion : la part de main-d’œuvre, et l’un des deux prix."),
    ("lot.*.calcul.main_oeuvre", "Part de la main-d’œuvre dans le montant."),
    ("lot.*.calcul.prix_horaire", "Prix de vente d’une heure, hors taxes."),
    ("lot.*.calcul.cout_salarial", "Coût salarial d’une heure : les heures sont alors surestimées."),
    ("lot.*.tranches", "Montant de chaque tranche optionnelle, par numéro."),
    (
        "lot.*.prestations_supplementaires",
        "Prestations supplémentaires éventuelles que tous chiffrent : elles comptent dans le prix noté.",
    ),
    ("lot.*.reserve", "Opérateurs auxquels le lot est réservé."),
    ("clause", "Les clauses choisies, par identifiant ; leurs paramètres sont au catalogue."),
    ("critere", "Les critères d’attribution, par identifiant : un poids en points, 100 par lot, ou une table."),
    (
        "constats",
        "Constats lus et acceptés : le code, ou le code et le lot, avec la raison ; un constat bloquant ne s’accepte pas.",
    ),
    ("clause_sociale_ecartee", "La clause sociale écartée pour un motif de la loi."),
    ("clause_sociale_ecartee.motif", "Le motif, de la liste de la loi."),
    ("clause_sociale_ecartee.raisons", "Les faits qui l’établissent : ils restent au dossier."),
    ("clause_sociale_ecartee.lots", "Lots concernés ; tous si rien n’est dit."),
    ("lot.*.tranches.*", "Montant de la tranche, hors taxes."),
    (
        "rendu",
        "La numérotation des pièces qui reçoivent le texte, par pièce : premier_numero, style, article_derogations.",
    ),
];

fn shape(library: &Library) -> Value {
    let clauses = library.clauses().filter(|clause| clause.kind() != Kind::Criterion);
    let criteria = library.clauses().filter(|clause| clause.kind() == Kind::Criterion);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossier de consultation",
        "description": "Ce que l’acheteur écrit, en TOML ou en JSON (les dates y sont des textes).",
        "type": "object",
        "required": ["format", "lancement", "acheteur", "consultation", "lot"],
        "additionalProperties": false,
        "$defs": defs(),
        "properties": {
            "format": { "const": 1 },
            "lancement": {
                "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2026-12-07"]
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
                "properties": criteria.map(|clause| (clause.id.clone(), criteria::chosen(clause))).collect::<Map<_, _>>(),
                "additionalProperties": criteria::other()
            },
            "constats": { "type": "object", "additionalProperties": text() },
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
            "attributaires": { "type": "integer", "minimum": 1, "maximum": 100 },
            "nature": words::<ContractNature>(),
            "regime": words::<Regime>(),
            "procedure": words::<Procedure>(),
            "forme_prix": words::<PriceForm>(),
            "ccag": words::<Ccag>(),
            "duree": duration(),
            "reconductions": { "type": "integer", "minimum": 0, "maximum": 20 },
            "duree_reconduction": duration(),
            "cpv": cpv(),
            "variantes": words::<Variants>(),
            "valeur_estimee": amount(),
            "montant_maximum": amount(),
            "piece_administrative": words::<AdminPiece>(),
            "groupement": words::<Grouping>(),
            "outre_mer": { "type": "boolean" },
            "territoire": words::<Territory>()
        }),
    )
}

fn lot(library: &Library) -> Value {
    let families: Vec<&str> = library.legal().families().map(|family| &*family.id).collect();
    table(
        &["intitule", "famille", "montant"],
        json!({
            "intitule": text(),
            "famille": { "type": "string", "examples": families },
            "montant": amount(),
            "montant_maximum": amount(),
            "duree": duration(),
            "cpv": cpv(),
            "calcul": labour(),
            "tranches": {
                "type": "object", "additionalProperties": false, "patternProperties": { NUMBER: amount() }
            },
            "prestations_supplementaires": { "type": "array", "items": text() },
            "reserve": { "type": "array", "items": words::<ReservedTo>() }
        }),
    )
}

fn labour() -> Value {
    let hourly =
        json!({ "type": "string", "pattern": r"^\s*0*([1-9]|0[,.]0*[1-9])[0-9   ]*([,.][0-9]+)?\s*€(/h|/heure)?\s*$" });
    let share = json!({ "type": "string", "pattern": r"^\s*(100([,.]0+)?|[0-9]{1,2}([,.][0-9]+)?)\s*%\s*$" });
    let hourly = like(hourly, "36 €/h");
    let keys = json!({ "main_oeuvre": like(share, "50 %"), "prix_horaire": hourly, "cout_salarial": hourly });
    let mut schema = table(&["main_oeuvre"], keys);
    schema["oneOf"] = json!([{ "required": ["prix_horaire"] }, { "required": ["cout_salarial"] }]);
    schema
}

/// The table of a chosen clause: each parameter once, or by lot.
fn chosen(clause: &Clause) -> Value {
    let mut properties = Map::new();
    properties.insert("lots".to_owned(), lots());
    if clause.link().is_some() {
        properties.insert("lie".to_owned(), json!({ "type": "array", "items": text(), "maxItems": 2 }));
    }
    properties.extend(parameters(clause));
    json!({ "type": "object", "description": clause.title, "properties": properties })
}

/// The values that a clause asks for.
pub(super) fn parameters(clause: &Clause) -> Map<String, Value> {
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
pub(super) fn once_or_by_lot(value: &Value) -> Value {
    let by_lot = json!({ "type": "object", "patternProperties": { NUMBER: value }, "additionalProperties": false });
    json!({ "anyOf": [value, by_lot] })
}

/// What other parts of the schema refer to.
fn defs() -> Value {
    let mut defs = kinds();
    if let Some(defs) = defs.as_object_mut() {
        defs.extend(criteria::defs());
    }
    defs
}

/// The types of parameters, by the word of the clause file.
fn kinds() -> Value {
    let figure = json!({ "type": ["string", "integer"] });
    let kinds = [
        ("texte", text()),
        ("entier", figure.clone()),
        ("lot", json!({ "type": "integer", "minimum": 1, "maximum": 999 })),
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

pub(super) fn table(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

pub(super) fn words<V: Vocabulary>() -> Value {
    json!({ "enum": V::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
}

/// A text that says something.
pub(super) fn text() -> Value {
    json!({ "type": "string", "maxLength": 10_000, "pattern": r"\S" })
}

/// A text that may be left blank.
pub(super) fn any_text() -> Value {
    json!({ "type": "string", "maxLength": 10_000 })
}

fn with_unit(unit: &str) -> Value {
    json!({ "type": "string", "pattern": format!(r"^\s*{FIGURE}\s*{unit}\s*$") })
}

pub(super) fn amount() -> Value {
    like(with_unit("(€|€ HT|euros)"), "350 000 €")
}

/// The same, with an example.
pub(super) fn like(mut schema: Value, example: &str) -> Value {
    schema["examples"] = json!([example]);
    schema
}

fn duration() -> Value {
    let pattern = r"^\s*0*[1-9][0-9   ]*\s*(jours?|semaines?|mois|ans?|années?)\s*$";
    like(json!({ "type": "string", "pattern": pattern }), "16 mois")
}

fn cpv() -> Value {
    like(json!({ "type": "string", "pattern": "^[0-9]{8}(-[0-9])?$" }), "45214210")
}

fn lots() -> Value {
    json!({ "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 999 }, "minItems": 1 })
}

pub(super) fn described(mut schema: Value, text: &str) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_owned(), text.into());
    }
    schema
}
