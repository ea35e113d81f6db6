//! The JSON Schema of the protocol, drawn from the types that are read and written.

use crate::base::terms::Vocabulary as _;
use crate::json::request::{ALL, Ask, PROTOCOL, Request};
use crate::json::{Cards, Catalogue, Envelope, Response, Results};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

pub(in crate::json) fn protocol() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut parts = Map::new();
    parts.insert("requete".to_owned(), request(Request::json_schema(&mut generator).to_value()));
    parts.insert("reponse".to_owned(), response(Response::<Results>::json_schema(&mut generator).to_value()));
    parts.insert("enveloppe".to_owned(), generator.subschema_for::<Envelope>().to_value());
    parts.insert("resultat".to_owned(), generator.subschema_for::<Results>().to_value());
    parts.insert("catalogue".to_owned(), generator.subschema_for::<Catalogue>().to_value());
    parts.insert("clauses".to_owned(), generator.subschema_for::<Cards>().to_value());
    parts.extend(generator.take_definitions(true));
    if let Some(piece) = parts.get_mut("Options").and_then(|options| options.pointer_mut("/properties/piece")) {
        *piece = json!({ "anyOf": [piece.take(), { "const": ALL }] });
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Protocole de clausier",
        "description": format!("Protocole {PROTOCOL} : une requête (requete), une réponse (reponse) ; l’enveloppe des \
                                commandes (enveloppe), et chaque partie sous le nom de son type."),
        "anyOf": [{ "$ref": "#/$defs/requete" }, { "$ref": "#/$defs/reponse" }, { "$ref": "#/$defs/enveloppe" }],
        "$defs": parts,
    })
}

/// What the reader takes beside the keys of the type: the version, the dossier in one of its two forms, offers.
fn request(mut schema: Value) -> Value {
    let dossier = "The dossier in JSON, dates as texts: its own schema tells its keys.";
    let offers = "For `noter`: a file of offers, in TOML or as an object of the same keys.";
    let added = [
        ("protocole", json!({ "const": PROTOCOL, "description": "Version of the protocol." })),
        ("dossier", json!({ "type": "object", "description": dossier })),
        ("texte", json!({ "type": "string", "description": "The dossier in TOML." })),
        ("offres", json!({ "type": ["string", "object"], "description": offers })),
    ];
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.extend(added.map(|(key, schema)| (key.to_owned(), schema)));
    }
    schema["additionalProperties"] = json!(false);
    schema["required"] = json!(["protocole", "demande"]);
    let asks = |ask: Ask| json!({ "properties": { "demande": { "const": ask.word() } } });
    let one = json!({ "oneOf": [{ "required": ["dossier"] }, { "required": ["texte"] }] });
    schema["allOf"] = json!([
        { "if": asks(Ask::Apply), "then": { "required": ["texte"] } },
        { "if": { "anyOf": [asks(Ask::Catalogue), asks(Ask::Families)] }, "else": one,
          "then": { "not": { "required": ["dossier", "texte"] } } },
        { "if": asks(Ask::Score), "then": { "required": ["offres"] } },
    ]);
    schema
}

/// The result by what was asked for.
fn response(mut schema: Value) -> Value {
    let asked = Ask::all().map(|ask| {
        let result = match ask {
            Ask::Catalogue => json!({ "$ref": "#/$defs/catalogue" }),
            ask => json!({ "allOf": [{ "$ref": "#/$defs/resultat" }, { "anyOf": held(ask) }] }),
        };
        json!({
            "if": { "properties": { "demande": { "const": ask.word() } } },
            "then": { "properties": { "resultat": { "anyOf": [result, { "type": "null" }] } } }
        })
    });
    schema["properties"]["protocole"] = json!({ "const": PROTOCOL });
    schema["properties"]["resultat"] =
        json!({ "description": "The result, by what was asked for; null when there is none." });
    schema["allOf"] = asked.collect();
    schema
}

/// The keys of a result: those of the operation, or those of a partial dossier whose frame cannot be read.
fn held(ask: Ask) -> Vec<Value> {
    let known = ["constats", "acceptes", "devoirs"];
    let keys: &[&[&str]] = match ask {
        Ask::Verify => &[&["lancement", "constats", "acceptes", "a_confirmer", "devoirs"]],
        // Refused, it has neither.
        Ask::Render => &[&["lancement", "constats", "acceptes", "clauses"]],
        Ask::Compute => &[&["lancement", "constats", "acceptes", "heures", "liaisons"]],
        Ask::Suggest => &[&["lancement", "devoirs", "propositions", "voies", "grille"]],
        Ask::Complete => &[&["lancement", "usages", "edits", "reste"]],
        Ask::Duties => &[&["lancement", "devoirs"]],
        Ask::Simulate => &[&["lancement", "simulations", "modele"]],
        Ask::Score => &[&["lancement", "classements"]],
        Ask::Apply => return vec![json!({ "required": ["texte"], "maxProperties": 1 })],
        Ask::Families => return vec![json!({ "required": ["familles"], "maxProperties": 1 })],
        Ask::Read => &[&[
            "dossier",
            "lancement",
            "constats",
            "acceptes",
            "a_confirmer",
            "devoirs",
            "clauses",
            "heures",
            "liaisons",
        ]],
        Ask::Catalogue => &[],
    };
    let whole = keys.iter().map(|keys| json!({ "required": keys }));
    let beside: &[&str] = if ask == Ask::Read { &["dossier", "lancement"] } else { &["lancement"] };
    let names: Vec<&str> = known.iter().chain(beside).copied().collect();
    let partial = json!({ "required": known, "propertyNames": { "enum": names } });
    whole.chain([partial]).collect()
}
