//! The clauses of a library for programs: what a form needs to ask its questions.

use crate::base::terms::{Kind, Vocabulary};
use crate::law::Family;
use crate::library::Library;
use crate::library::clause::{Clause, Parameter, Value};
use serde::Serialize;

/// The clauses that answer a choice, with the families of purchase.
#[derive(Serialize)]
pub(super) struct Catalogue<'l> {
    clauses: Vec<ClauseCard<'l>>,
    #[serde(rename = "familles")]
    families: Vec<FamilyCard<'l>>,
}

impl<'l> Catalogue<'l> {
    pub(super) fn new(library: &'l Library, kind: Option<Kind>, family: &str, cpv: &str) -> Self {
        let fitting = library.clauses_for(family, cpv).filter(|clause| kind.is_none_or(|kind| clause.kind == kind));
        Self {
            clauses: fitting.map(ClauseCard::new).collect(),
            families: library.legal().families().map(FamilyCard::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct ClauseCard<'l> {
    id: &'l str,
    nature: &'static str,
    #[serde(rename = "titre")]
    title: &'l str,
    version: String,
    #[serde(rename = "statut")]
    status: &'static str,
    #[serde(rename = "niveau")]
    level: &'static str,
    #[serde(rename = "familles")]
    families: &'l [String],
    #[serde(rename = "pourquoi")]
    why: &'l str,
    vigilance: &'l [String],
    #[serde(rename = "demande")]
    requires: &'l [String],
    pieces: Vec<&'static str>,
    #[serde(rename = "parametres")]
    parameters: Vec<ParameterCard<'l>>,
    #[serde(rename = "poids")]
    weight: Option<(i64, i64)>,
    #[serde(rename = "lie")]
    link: Option<LinkCard<'l>>,
}

impl<'l> ClauseCard<'l> {
    fn new(clause: &'l Clause) -> Self {
        Self {
            id: &clause.id,
            nature: clause.kind.word(),
            title: &clause.title,
            version: clause.version.iso(),
            status: clause.status.word(),
            level: clause.level.word(),
            families: &clause.families,
            why: &clause.why,
            vigilance: &clause.vigilance,
            requires: &clause.requires,
            pieces: clause.pieces().into_iter().map(Vocabulary::word).collect(),
            parameters: clause.parameters.iter().map(ParameterCard::new).collect(),
            weight: clause.criterion.as_ref().map(|criterion| criterion.weight),
            link: clause.link.as_ref().map(|link| LinkCard { social: &link.social, environment: &link.environment }),
        }
    }
}

/// The clauses that a liaison accepts on each side.
#[derive(Serialize)]
struct LinkCard<'l> {
    social: &'l [String],
    #[serde(rename = "environnement")]
    environment: &'l [String],
}

#[derive(Serialize)]
struct ParameterCard<'l> {
    #[serde(rename = "nom")]
    name: &'l str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "unite")]
    unit: Option<&'l str>,
    #[serde(rename = "choix")]
    choices: Vec<ChoiceCard<'l>>,
    question: &'l str,
    #[serde(rename = "defaut")]
    default: Option<serde_json::Value>,
    #[serde(rename = "facultatif")]
    optional: bool,
    #[serde(rename = "bornes")]
    bounds: Option<(serde_json::Value, serde_json::Value)>,
    #[serde(rename = "fourchette")]
    range: &'l str,
    source: &'l str,
    #[serde(rename = "certitude")]
    confidence: &'static str,
}

#[derive(Serialize)]
struct ChoiceCard<'l> {
    #[serde(rename = "valeur")]
    word: &'l str,
    #[serde(rename = "texte")]
    text: &'l str,
}

impl<'l> ParameterCard<'l> {
    fn new(parameter: &'l Parameter) -> Self {
        Self {
            name: &parameter.name,
            kind: parameter.kind.word(),
            unit: parameter.kind.unit(),
            choices: parameter.kind.choices().iter().map(|(word, text)| ChoiceCard { word, text }).collect(),
            question: &parameter.question,
            default: parameter.default.as_ref().map(written),
            optional: parameter.optional,
            bounds: parameter.bounds.as_ref().map(|(low, high)| (written(low), written(high))),
            range: &parameter.range,
            source: &parameter.source,
            confidence: parameter.confidence.word(),
        }
    }
}

/// A value as a dossier in JSON writes it.
pub(super) fn written(value: &Value) -> serde_json::Value {
    match value {
        Value::Integer(n) => (*n).into(),
        Value::Flag(yes) => (*yes).into(),
        Value::List(items) => items.clone().into(),
        other => other.plain().into(),
    }
}

#[derive(Serialize)]
struct FamilyCard<'l> {
    id: &'l str,
    #[serde(rename = "titre")]
    title: &'l str,
    cpv: Vec<&'l str>,
}

impl<'l> FamilyCard<'l> {
    fn new(family: &'l Family) -> Self {
        Self { id: &family.id, title: &family.title, cpv: family.cpv.iter().map(AsRef::as_ref).collect() }
    }
}
