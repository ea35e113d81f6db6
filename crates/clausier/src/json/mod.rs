//! The JSON of other languages: the envelope of a dossier, and the protocol that answers requests.
//!
//! Both are versioned: within one version, keys are only added. Keys are French and keep their order; the same dossier gives
//! the same bytes. There is no floating-point number: integers are counts and byte offsets, and every amount, volume or rate
//! is a text, either a decimal with a point (`"485"`, `"0.25"`) or, when it has no finite decimal form, an irreducible
//! fraction (`"4375/9"`).
//!
//! Every key is told by the type that serde writes and reads back ([`Response`], [`Results`], [`Catalogue`], [`Envelope`],
//! [`Document`], [`Finding`](crate::Finding)), and by the JSON Schema drawn from these types ([`protocol_schema`]), which is
//! committed as `examples/protocole.schema.json`.
//!
//! # The protocol
//!
//! [`call()`] answers one request with one response. A request has its `protocole` (2), its `demande`, the dossier in JSON
//! (`dossier`: the same keys, dates as texts) or in TOML (`texte`), and what the operation needs: `partiel` for a dossier that
//! is half written, `edits` to make on its text, `bibliotheque` for the buyer's own files, `offres` to note,
//! `options`.
//!
//! | `demande` | `resultat` |
//! |---|---|
//! | `verifier` | `lancement`, `constats`, `acceptes`, `a_confirmer`, `devoirs` |
//! | `rediger` | `lancement`, `constats`, `acceptes`, `clauses`, `documents` or `archive` |
//! | `calculer` | `lancement`, `constats`, `acceptes`, `heures`, `liaisons` |
//! | `proposer` | `lancement`, `devoirs`, `propositions`, `voies`, `grille` |
//! | `completer` | `lancement`, `usages`, `edits`, `reste` |
//! | `catalogue` | `clauses`, `familles`, `mots`, `droit` |
//! | `familles` | `familles` |
//! | `devoirs` | `lancement`, `devoirs` |
//! | `simuler` | `lancement`, `simulations`, `modele` |
//! | `noter` | `lancement`, `classements` |
//! | `appliquer` | `texte` |
//! | `lire` | `dossier`, `lancement`, `constats`, `acceptes`, `a_confirmer`, `devoirs`, `clauses`, `heures`, `liaisons` |
//!
//! A partial dossier whose frame cannot be read has `constats`, `acceptes` and `devoirs`, whatever was asked for, and
//! `lancement` if it is known.
//!
//! ```
//! use clausier::json::{Results, Response, call};
//! let response = call(r#"{"protocole": 2, "demande": "devoirs", "partiel": true,
//!     "dossier": {"format": 1, "lancement": "2026-12-07", "consultation": {"contrat": "marche"}}}"#);
//! let response: Response<Results> = serde_json::from_str(&response).unwrap();
//! assert!(response.ok && response.result.unwrap().duties.is_some());
//! ```

mod call;
mod catalogue;
mod finding;
mod request;
mod response;
mod sarif;
mod schema;
mod scores;
mod values;

pub use call::{MAX_REQUEST, call, call_bytes};
pub use catalogue::{
    Cards, Catalogue, ChoiceCard, ClauseCard, FamilyCard, LawCard, LinkCard, ParameterCard, RatioCard, UsageCard,
};
pub use request::{Ask, PROTOCOL};
pub use response::{
    ArchiveValue, DutyValue, ErrorValue, FileValue, Held, ReachValue, Response, Results, SuggestionValue, UsageValue,
    WayValue, WeighingValue,
};
pub use sarif::sarif;
pub use scores::{
    LevelValue, MarkValue, NoteValue, OfferValue, PromiseValue, RankingValue, SimulationValue, SpreadValue,
};
pub use values::{ClauseValue, DissuasionValue, HoursValue, LiaisonValue, SituationValue, StepValue, Values};

use crate::base::quantity::Date;
use crate::document::Document;
use crate::dossier::Known;
use crate::library::Library;
use crate::library::clause::Clause;
use crate::resolution::finding::Findings;
use crate::resolve::Resolved;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the envelope.
const FORMAT: u32 = 2;

/// Findings, values and documents of a dossier: what `clausier rediger --format json` writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Envelope {
    /// Version of the envelope: 2.
    pub format: u32,
    /// Version of the library.
    pub clausier: String,
    /// Launch date: the key of every legal look-up.
    #[serde(rename = "lancement")]
    pub launch: Date,
    /// The findings.
    #[serde(flatten)]
    pub findings: Findings,
    /// What is computed; absent from the findings alone.
    #[serde(rename = "valeurs", default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Values>,
    /// The documents; absent from the findings alone.
    #[serde(rename = "pieces", default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Vec<Document>>,
}

/// The whole envelope: findings, values and the documents given.
pub fn envelope(resolved: &Resolved<'_>, documents: &[Document]) -> String {
    text(&Envelope {
        values: Some(Values::new(resolved)),
        documents: Some(documents.to_vec()),
        ..Envelope::new(resolved)
    })
}

/// The findings alone: the same envelope without `valeurs` and `pieces`.
pub fn findings(resolved: &Resolved<'_>) -> String {
    text(&Envelope::new(resolved))
}

impl Envelope {
    fn new(resolved: &Resolved<'_>) -> Self {
        Self {
            format: FORMAT,
            clausier: env!("CARGO_PKG_VERSION").to_owned(),
            launch: resolved.launch(),
            findings: resolved.findings().clone(),
            values: None,
            documents: None,
        }
    }
}

/// The duties of a contract as far as it is known: `lancement` and `devoirs` of an [`Results`].
pub fn duties(library: &Library, known: &Known) -> String {
    text(&Results::duties(library, known))
}

/// The insertion hours and the liaisons of a dossier: `lancement`, `heures` and `liaisons` of an [`Results`].
pub fn computation(resolved: &Resolved<'_>) -> String {
    text(&Results::computed(resolved))
}

/// What a dossier could choose: `lancement`, `propositions` and `voies` of an [`Results`].
pub fn suggestions(resolved: &Resolved<'_>) -> String {
    text(&Results::suggested(resolved))
}

/// Clauses with their questions, as `catalogue` gives them: [`Cards`].
pub fn clauses<'l>(clauses: impl IntoIterator<Item = &'l Clause>) -> String {
    text(&Cards::of(clauses))
}

/// The JSON Schema (draft 2020-12) of a dossier in JSON, or of one in TOML as its editors see it.
pub fn schema(library: &Library) -> String {
    text(&schema::dossier(library))
}

/// The JSON Schema (draft 2020-12) of the protocol: `$defs` has `requete` and `reponse` for every operation, `enveloppe`,
/// and each part by the name of its type.
pub fn protocol_schema() -> String {
    text(&schema::protocol())
}

/// Indented, with a last line end. What is written holds texts, integers, lists and objects, which never fail; were it
/// otherwise, the reason would stand in the place of the text.
fn text(value: &impl Serialize) -> String {
    let mut out = serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string());
    out.push('\n');
    out
}
