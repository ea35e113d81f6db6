//! A finding in JSON, both ways.

use crate::base::terms::Severity;
use crate::file::edit::Edit;
use crate::resolution::checks;
use crate::resolution::finding::{Finding, Findings};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// What a finding is in JSON.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct Shape<'f> {
    /// Stable code: `clausier expliquer CODE` says more.
    code: Cow<'f, str>,
    /// Severity.
    #[serde(rename = "gravite")]
    severity: Severity,
    /// What is remarked, in French.
    message: Cow<'f, str>,
    /// Where.
    #[serde(rename = "lieux")]
    places: [Place<'f>; 1],
    /// Key path where it is mended, which the dossier may not have yet; most often the same.
    #[serde(rename = "champ")]
    field: Cow<'f, str>,
    /// Legal texts, cited as in force at the launch date.
    #[serde(rename = "textes")]
    texts: Cow<'f, [String]>,
    /// What to do, in French.
    #[serde(rename = "aide")]
    help: Cow<'f, str>,
    /// How it is written in the file of the dossier, or which command helps, in French; empty when the help says it all.
    #[serde(rename = "ecriture")]
    written: Cow<'f, str>,
    /// The edits that do it, to be made together; empty when the buyer must choose.
    #[serde(rename = "correction")]
    fix: Cow<'f, [Edit]>,
}

/// Where a finding points: a key path always; bytes, line and column when the dossier was read from a text.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Place<'f> {
    /// Key path of the dossier (« lot.1.montant »).
    #[serde(rename = "chemin")]
    path: Cow<'f, str>,
    /// The lot, when the path names one.
    lot: Option<u32>,
    /// Bytes of the dossier; null without a text.
    place: Option<Bytes>,
    /// Line, from 1; null without a text.
    #[serde(rename = "ligne")]
    line: Option<usize>,
    /// Column, from 1, in characters; null without a text.
    #[serde(rename = "colonne")]
    column: Option<usize>,
}

/// Bytes of a text, the last one excluded.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Bytes {
    #[serde(rename = "debut")]
    start: usize,
    #[serde(rename = "fin")]
    end: usize,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let placed = self.line > 0;
        let place = Place {
            path: (&self.path).into(),
            lot: self.path.strip_prefix("lot.").and_then(|rest| rest.split('.').next()?.parse().ok()),
            place: placed.then_some(Bytes { start: self.span.start, end: self.span.end }),
            line: placed.then_some(self.line),
            column: placed.then_some(self.column),
        };
        let shape = Shape {
            code: self.code.into(),
            severity: self.severity,
            message: (&self.message).into(),
            places: [place],
            field: (&self.field).into(),
            texts: (&self.texts).into(),
            help: (&self.help).into(),
            written: (&self.written).into(),
            fix: (&self.fix).into(),
        };
        shape.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Finding {
    /// Reads a finding back: its code is one of this version of the library.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape = Shape::deserialize(deserializer)?;
        let Shape { code, severity, message, places: [place], field, texts, help, written, fix } = shape;
        let known = checks::explain(&code).ok_or_else(|| D::Error::custom("no finding has this code"))?;
        Ok(Self {
            code: known.code,
            severity,
            message: message.into_owned(),
            path: place.path.into_owned(),
            field: field.into_owned(),
            span: place.place.map_or(0..0, |bytes| bytes.start..bytes.end),
            line: place.line.unwrap_or(0),
            column: place.column.unwrap_or(0),
            texts: texts.into_owned(),
            help: help.into_owned(),
            written: written.into_owned(),
            fix: fix.into_owned(),
        })
    }
}

impl JsonSchema for Finding {
    fn schema_name() -> Cow<'static, str> {
        Shape::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Shape::json_schema(generator)
    }
}

/// The findings of a dossier in JSON.
#[derive(Serialize, Deserialize, JsonSchema)]
struct All {
    /// The findings that stand, gravest first.
    #[serde(rename = "constats")]
    standing: Vec<Finding>,
    /// Those that the buyer has read and accepts.
    #[serde(rename = "acceptes")]
    accepted: Vec<Accepted>,
}

/// A finding that the buyer has read and accepts.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Accepted {
    /// The finding.
    #[serde(rename = "constat")]
    finding: Finding,
    /// Why, in the buyer's words.
    #[serde(rename = "raison")]
    reason: String,
}

impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let accepted =
            self.accepted().map(|(finding, reason)| Accepted { finding: finding.clone(), reason: reason.to_owned() });
        All { standing: self.iter().cloned().collect(), accepted: accepted.collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Findings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let All { standing, accepted } = All::deserialize(deserializer)?;
        Ok(Self::of(standing, accepted.into_iter().map(|accepted| (accepted.finding, accepted.reason)).collect()))
    }
}

impl JsonSchema for Findings {
    fn schema_name() -> Cow<'static, str> {
        "Findings".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        All::json_schema(generator)
    }
}
