//! What a response holds.

use super::catalogue::{Catalogue, FamilyCard};
use super::request::Ask;
use super::scores::{RankingValue, SimulationValue};
use super::values::{ClauseValue, HoursValue, LiaisonValue};
use crate::base::quantity::{Date, Hours};
use crate::base::terms::{Kind, Piece};
use crate::document::Document;
use crate::file::edit::Edit;
use crate::file::reading::Problem;
use crate::resolution::completion::Usage;
use crate::resolution::duties::{Duty, DutyObject, DutyState};
use crate::resolution::finding::Findings;
use crate::resolution::suggest::{Advice, Suggestion, Weighing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer to a request; `R` is [`Results`], or [`Catalogue`] for that request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Response<R> {
    /// Version of the protocol: 2.
    #[serde(rename = "protocole")]
    pub protocol: i64,
    /// Version of the library.
    pub clausier: String,
    /// What was asked for; null when the request does not say it.
    #[serde(rename = "demande")]
    pub ask: Option<Ask>,
    /// False only when there is no result.
    pub ok: bool,
    /// The result; a partial one may stand beside errors.
    #[serde(rename = "resultat")]
    pub result: Option<R>,
    /// What is wrong with the request, the dossier or the library.
    #[serde(rename = "erreurs")]
    pub errors: Vec<ErrorValue>,
}

/// Something wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ErrorValue {
    /// `requete`, `dossier`, `bibliotheque`, `edition`, `offres`, `refus` (blocking findings stand), `piece-vide` or
    /// `piece-trop-longue`.
    pub code: String,
    /// What is wrong, in French.
    pub message: String,
    /// What to do, in French.
    #[serde(rename = "aide")]
    pub help: String,
    /// Key path of the request or of the dossier; empty for the whole.
    #[serde(rename = "chemin")]
    pub path: String,
    /// File of the buyer's own library.
    #[serde(rename = "fichier")]
    pub file: Option<String>,
    /// Line, from 1; null without a text.
    #[serde(rename = "ligne")]
    pub line: Option<usize>,
    /// Column, from 1, in characters; null without a text.
    #[serde(rename = "colonne")]
    pub column: Option<usize>,
}

impl ErrorValue {
    pub(super) fn new(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        let (code, message, help) = (code.to_owned(), message.into(), help.into());
        Self { code, message, help, path: String::new(), file: None, line: None, column: None }
    }

    pub(super) fn of(code: &str, problem: Problem) -> Self {
        let placed = problem.line > 0;
        Self {
            path: problem.path,
            line: placed.then_some(problem.line),
            column: placed.then_some(problem.column),
            ..Self::new(code, problem.message, problem.help)
        }
    }

    pub(super) fn all(code: &str, problems: Vec<Problem>) -> Vec<Self> {
        problems.into_iter().map(|problem| Self::of(code, problem)).collect()
    }
}

/// What a request can have in its result; what it did not ask for, or what a dossier whose frame cannot be read does not
/// tell, is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Results {
    /// Launch date of the dossier: the key of every legal look-up.
    #[serde(rename = "lancement", default, skip_serializing_if = "Option::is_none")]
    pub launch: Option<Date>,
    /// What the dossier holds, its dates as texts; null while its syntax is not whole.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "Held::given")]
    pub dossier: Option<Held>,
    /// The findings.
    #[serde(flatten)]
    pub findings: Option<Findings>,
    /// How many values come from a usage and wait to be confirmed.
    #[serde(rename = "a_confirmer", default, skip_serializing_if = "Option::is_none")]
    pub to_confirm: Option<usize>,
    /// What the law requires, lot by lot.
    #[serde(rename = "devoirs", default, skip_serializing_if = "Option::is_none")]
    pub duties: Option<Vec<DutyValue>>,
    /// The clauses that apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clauses: Option<Vec<ClauseValue>>,
    /// The insertion hours, lot by lot.
    #[serde(rename = "heures", default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Vec<HoursValue>>,
    /// The liaisons that compute, lot by lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liaisons: Option<Vec<LiaisonValue>>,
    /// What the dossier could choose: what is due first.
    #[serde(rename = "propositions", default, skip_serializing_if = "Option::is_none")]
    pub suggestions: Option<Vec<SuggestionValue>>,
    /// By which legal way the social consideration of each lot is best carried, the most fitting first.
    #[serde(rename = "voies", default, skip_serializing_if = "Option::is_none")]
    pub ways: Option<Vec<WayValue>>,
    /// The families of purchase that the words name, the nearest first.
    #[serde(rename = "familles", default, skip_serializing_if = "Option::is_none")]
    pub families: Option<Vec<FamilyCard>>,
    /// A grid of criteria to start from, a hundred points a lot.
    #[serde(rename = "grille", default, skip_serializing_if = "Option::is_none")]
    pub grid: Option<Vec<WeighingValue>>,
    /// What the usages answer, for the buyer to confirm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usages: Option<Vec<UsageValue>>,
    /// The edits that write them, each marked to be confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edits: Option<Vec<Edit>>,
    /// Key paths of what no usage answers.
    #[serde(rename = "reste", default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Vec<String>>,
    /// The pièces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Vec<FileValue>>,
    /// All the pièces in one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<ArchiveValue>,
    /// What the weights do, lot by lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simulations: Option<Vec<SimulationValue>>,
    /// The offers noted, lot by lot.
    #[serde(rename = "classements", default, skip_serializing_if = "Option::is_none")]
    pub rankings: Option<Vec<RankingValue>>,
    /// A file of offers to fill, in TOML.
    #[serde(rename = "modele", default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The text of the dossier, edited.
    #[serde(rename = "texte", default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
}

/// What a dossier holds, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held(pub(super) serde_json::Value);

impl Held {
    /// A key that is there, its value null or not.
    fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        serde_json::Value::deserialize(deserializer).map(|value| Some(Self(value)))
    }
}

/// The JSON text.
impl std::fmt::Display for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl JsonSchema for Held {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Held".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["object", "null"] })
    }
}

/// A duty on one lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct DutyValue {
    /// Number of the lot.
    pub lot: u32,
    /// What is required.
    #[serde(rename = "objet")]
    pub object: DutyObject,
    /// Its name in a sentence, in French.
    #[serde(rename = "intitule")]
    pub label: String,
    /// Whether it is due.
    #[serde(rename = "etat")]
    pub state: DutyState,
    /// Why, in French: the reason of the law, or the keys of the dossier that are missing.
    #[serde(rename = "raison")]
    pub reason: String,
    /// The texts, cited as in force at the launch date; null when none is known to be.
    #[serde(rename = "texte")]
    pub texts: Option<String>,
}

impl From<Duty> for DutyValue {
    fn from(duty: Duty) -> Self {
        let Duty { lot, object, state, reason, texts } = duty;
        Self { lot, object, label: object.label().to_owned(), state, reason, texts }
    }
}

/// Something that a dossier could choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct SuggestionValue {
    /// Id of the clause or criterion.
    pub id: String,
    /// Its nature.
    #[serde(rename = "nature")]
    pub kind: Kind,
    /// Its title.
    #[serde(rename = "titre")]
    pub title: String,
    /// Lots concerned.
    pub lots: Vec<u32>,
    /// The law of the launch date requires something of this nature, and the dossier has nothing of it.
    #[serde(rename = "du")]
    pub due: bool,
    /// Why, in French.
    #[serde(rename = "raisons")]
    pub reasons: Vec<String>,
    /// Insertion hours that it would set or assign, when they can be told.
    #[serde(rename = "heures")]
    pub hours: Option<Hours>,
    /// Clauses to choose with it, which the dossier has not chosen.
    #[serde(rename = "avec")]
    pub with: Vec<String>,
    /// For a liaison with a known ratio: lot by lot, what its hours would do at the usages, an order of magnitude.
    #[serde(rename = "portee")]
    pub reach: Vec<ReachValue>,
}

/// What the hours of a liaison would do on a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ReachValue {
    /// Number of the lot.
    pub lot: u32,
    /// An order of magnitude, in French.
    #[serde(rename = "texte")]
    pub text: String,
}

impl From<Suggestion> for SuggestionValue {
    fn from(suggestion: Suggestion) -> Self {
        let Suggestion { id, kind, title, lots, due, reasons, hours, with, reach } = suggestion;
        let reach = reach.into_iter().map(|(lot, text)| ReachValue { lot, text }).collect();
        Self { id, kind, title, lots, due, reasons, hours, with, reach }
    }
}

/// A legal way of carrying the social consideration of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct WayValue {
    /// Number of the lot.
    pub lot: u32,
    /// The way, in French.
    #[serde(rename = "voie")]
    pub way: String,
    /// Why, in French.
    #[serde(rename = "raison")]
    pub reason: String,
}

impl WayValue {
    /// The ways of a lot, the most fitting first.
    pub(super) fn of(advice: Advice) -> impl Iterator<Item = Self> {
        let lot = advice.lot;
        advice.ways.into_iter().map(move |(way, reason)| Self { lot, way: way.label().to_owned(), reason })
    }
}

/// A criterion of a grid to start from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct WeighingValue {
    /// Id of the criterion.
    pub id: String,
    /// Points out of 100.
    #[serde(rename = "poids")]
    pub points: i64,
    /// The lots on which it weighs.
    pub lots: Vec<u32>,
}

impl From<Weighing> for WeighingValue {
    fn from(weighing: Weighing) -> Self {
        let Weighing { id, points, lots } = weighing;
        Self { id, points, lots }
    }
}

/// A usual value for a key that the dossier lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct UsageValue {
    /// Key path.
    #[serde(rename = "chemin")]
    pub path: String,
    /// The value, as a dossier writes it.
    #[serde(rename = "valeur")]
    pub value: String,
    /// The usage from which it comes, in French.
    pub usage: String,
}

impl From<&Usage> for UsageValue {
    fn from(usage: &Usage) -> Self {
        Self { path: usage.path.clone(), value: usage.value.clone(), usage: usage.known.clone() }
    }
}

/// Every pièce in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ArchiveValue {
    /// Name of the file.
    #[serde(rename = "nom")]
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// Its bytes.
    pub base64: String,
}

/// A pièce, with its file when a format was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct FileValue {
    /// Which pièce.
    pub piece: Piece,
    /// Name of the file.
    #[serde(rename = "nom")]
    pub name: Option<String>,
    /// MIME type.
    pub mime: Option<String>,
    /// Its bytes.
    pub base64: Option<String>,
    /// The pièce itself.
    pub document: Document,
}

/// A result as it is written.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Results(Box<Results>),
    Catalogue(Box<Catalogue>),
}
