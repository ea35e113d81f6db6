//! Parses JSON into the common tree. Keys written twice are refused, `null` is an absent key.

use super::node::{Field, Node, NodeValue};
use crate::file::reading::{Problem, Report};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Parses a text; its places are ordinals, in the order of the text.
pub(crate) fn parse(source: &str) -> Result<Node<'static>, Vec<Problem>> {
    // A tree deeper than any dossier or request is refused by the parser itself, at 128 levels.
    let Tree(value) = serde_json::from_str(source).map_err(|error| vec![problem(source, &error)])?;
    let mut node = Node { span: 0..0, value };
    node.number();
    Ok(node)
}

/// What the parser says, in French, at its line.
fn problem(source: &str, error: &serde_json::Error) -> Problem {
    let (message, help) = match error.classify() {
        // Only our own visitor makes these.
        serde_json::error::Category::Data => {
            let text = error.to_string();
            let said = text.split(" at line ").next().unwrap_or_default().to_owned();
            (said, "écrivez chaque clé une seule fois")
        }
        serde_json::error::Category::Eof => {
            ("ce JSON s’arrête avant sa fin".to_owned(), "fermez les accolades, les crochets et les guillemets ouverts")
        }
        _ if error.to_string().starts_with("recursion limit") => {
            ("listes ou tables trop imbriquées".to_owned(), "un dossier n’en emboîte jamais plus de quatre")
        }
        _ => {
            ("ce JSON est mal formé".to_owned(), "vérifiez les virgules, les guillemets et les accolades à cet endroit")
        }
    };
    let line = source.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let start: usize = source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    // The parser counts its columns in bytes.
    let mut at = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    let report = Report::new(source);
    report.add(start + at..start + at + 1, message, help);
    report.into_problems().swap_remove(0)
}

/// The same tree as a JSON value; a date is a text, what JSON or a dossier does not have is null.
pub(crate) fn value(node: &Node<'_>) -> serde_json::Value {
    match &node.value {
        NodeValue::Text(text) => text.as_ref().into(),
        NodeValue::Integer(n) => (*n).into(),
        NodeValue::Boolean(yes) => (*yes).into(),
        NodeValue::Date(day) => day.iso().into(),
        NodeValue::Float | NodeValue::Time | NodeValue::Nothing => serde_json::Value::Null,
        NodeValue::List(items) => items.iter().map(value).collect(),
        NodeValue::Table(fields) => fields.iter().map(|field| (field.key.to_string(), value(&field.node))).collect(),
    }
}

struct Tree(NodeValue<'static>);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = NodeValue<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une valeur JSON")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Self::Value, E> {
        Ok(NodeValue::Boolean(yes))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Self::Value, E> {
        Ok(NodeValue::Integer(Some(n)))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Self::Value, E> {
        Ok(NodeValue::Integer(i64::try_from(n).ok()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(NodeValue::Float)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(NodeValue::Text(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(NodeValue::Text(text.into()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(NodeValue::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut out = Vec::new();
        while let Some(Tree(value)) = items.next_element()? {
            out.push(Node { span: 0..0, value });
        }
        Ok(NodeValue::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut out: Vec<Field<'static>> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        while let Some((key, Tree(value))) = entries.next_entry::<String, Tree>()? {
            if !seen.insert(key.clone()) {
                let shown: String = key.chars().take(60).filter(|c| !c.is_control()).collect();
                return Err(de::Error::custom(format!("la clé « {shown} » est écrite deux fois")));
            }
            if value != NodeValue::Nothing {
                out.push(Field { key: key.into(), key_span: 0..0, node: Node { span: 0..0, value } });
            }
        }
        Ok(NodeValue::Table(out))
    }
}
