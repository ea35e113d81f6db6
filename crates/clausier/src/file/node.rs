//! One tree for whatever a dossier or a clause file is written in: TOML, JSON, or built in code.
//!
//! Every node knows its place. In a text it is a range of bytes; a tree that comes from JSON or from code has no text, and its
//! places are ordinals that only keep the order of the keys.

use crate::base::quantity::Date;
use crate::file::reading::{Raw, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node<'s> {
    /// Where it stands; for a table of a text, its header.
    pub(crate) span: Span,
    pub(crate) value: NodeValue<'s>,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeValue<'s> {
    Text(Cow<'s, str>),
    /// A whole number; `None` when it is too large to be one here.
    Integer(Option<i64>),
    /// A number with decimals: always refused, since amounts are texts with their unit.
    Float,
    Boolean(bool),
    Date(Date),
    /// A time, with or without its day: always refused.
    Time,
    /// `null`, which only JSON has: always refused inside a list, and an absent key elsewhere.
    #[cfg_attr(not(feature = "json"), allow(dead_code, reason = "read in JSON alone"))]
    Nothing,
    List(Vec<Node<'s>>),
    /// The keys, in the order in which they were written.
    Table(Vec<Field<'s>>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field<'s> {
    pub(crate) key: Cow<'s, str>,
    pub(crate) key_span: Span,
    pub(crate) node: Node<'s>,
}

impl<'s> Node<'s> {
    /// The keys of a table; none for any other value.
    pub(crate) fn fields(&self) -> &[Field<'s>] {
        match &self.value {
            NodeValue::Table(fields) => fields,
            _ => &[],
        }
    }

    /// What stands at a key path (« section.0.texte »): the tables and the items of a list are told by their rank, from zero.
    pub(crate) fn at(&self, path: &str) -> Option<&Node<'s>> {
        path.split('.').try_fold(self, |node, step| match &node.value {
            NodeValue::Table(fields) => fields.iter().find(|field| field.key == step).map(|field| &field.node),
            NodeValue::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The text, when it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives each key and each value of a tree without text its rank, in order.
    pub(crate) fn number(&mut self) {
        fn rank(next: &mut usize) -> Span {
            *next += 1;
            *next..*next + 1
        }
        fn walk(node: &mut Node<'_>, next: &mut usize) {
            match &mut node.value {
                NodeValue::List(items) => {
                    for item in items {
                        item.span = rank(next);
                        walk(item, next);
                    }
                }
                NodeValue::Table(fields) => {
                    for field in fields {
                        field.key_span = rank(next);
                        field.node.span = rank(next);
                        walk(&mut field.node, next);
                    }
                }
                _ => {}
            }
        }
        walk(self, &mut 0);
    }

    /// What kind of value this is, as a sentence ends with it (« est une liste »).
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            NodeValue::Text(_) => "un texte",
            NodeValue::Integer(_) => "un nombre entier",
            NodeValue::Float => "un nombre à virgule",
            NodeValue::Boolean(_) => "vrai ou faux",
            NodeValue::Date(_) | NodeValue::Time => "une date",
            NodeValue::Nothing => "vide",
            NodeValue::List(_) => "une liste",
            NodeValue::Table(_) => "une table",
        }
    }

    /// The key path that begins at each place, with the end of that place; keys and values of the same path both count.
    pub(crate) fn paths(&self) -> BTreeMap<usize, (usize, String)> {
        fn walk(path: &str, node: &Node<'_>, out: &mut BTreeMap<usize, (usize, String)>) {
            // The tables of a list are told by their rank, from zero.
            if let NodeValue::List(items) = &node.value {
                for (rank, item) in items.iter().enumerate() {
                    walk(&join(path, &rank.to_string()), item, out);
                }
            }
            for field in node.fields() {
                let path = join(path, &field.key);
                out.insert(field.key_span.start, (field.key_span.end, path.clone()));
                if !matches!(field.node.value, NodeValue::Table(_)) || !out.contains_key(&field.node.span.start) {
                    out.insert(field.node.span.start, (field.node.span.end, path.clone()));
                }
                walk(&path, &field.node, out);
            }
        }
        let mut out = BTreeMap::new();
        walk("", self, &mut out);
        out
    }

    /// The places of every text, at any depth, some keys left aside.
    pub(crate) fn texts(&self, aside: &[&str], out: &mut Vec<Span>) {
        match &self.value {
            NodeValue::Text(_) => out.push(self.span.clone()),
            NodeValue::List(items) => items.iter().for_each(|item| item.texts(aside, out)),
            NodeValue::Table(fields) => {
                let wanted = fields.iter().filter(|field| !aside.contains(&field.key.as_ref()));
                wanted.for_each(|field| field.node.texts(aside, out));
            }
            _ => {}
        }
    }
}

impl<'s> From<NodeValue<'s>> for Node<'s> {
    fn from(value: NodeValue<'s>) -> Self {
        Self { span: 0..0, value }
    }
}

impl From<String> for Node<'static> {
    fn from(text: String) -> Self {
        NodeValue::Text(text.into()).into()
    }
}

impl From<i64> for Node<'static> {
    fn from(n: i64) -> Self {
        NodeValue::Integer(Some(n)).into()
    }
}

impl From<&Raw> for Node<'static> {
    fn from(raw: &Raw) -> Self {
        let text = |text: &String| NodeValue::Text(text.clone().into());
        match raw {
            Raw::Text(one) => text(one),
            Raw::Integer(n) => NodeValue::Integer(Some(*n)),
            Raw::Boolean(yes) => NodeValue::Boolean(*yes),
            Raw::Date(date) => NodeValue::Date(*date),
            Raw::List(items) => NodeValue::List(items.iter().map(|item| text(item).into()).collect()),
        }
        .into()
    }
}

/// A key path one step longer.
pub(crate) fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { [prefix, key].join(".") }
}
