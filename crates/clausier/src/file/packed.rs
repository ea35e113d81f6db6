//! Trees read beforehand, as bytes: a text that stands in its file is written as its place there. What cannot be read back is
//! `None`, and the text is then parsed.

use super::node::{Field, Node, NodeValue};
use super::reading::{Report, parse};
use crate::base::bytes::{Kept, Reader, Writer};
use crate::base::quantity::Date;
use std::borrow::Cow;

/// A file of a library: its text, and its tree when it was read beforehand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'s> {
    pub(crate) source: &'s str,
    /// Empty when it was not.
    pub(crate) packed: &'s [u8],
}

impl<'s> From<&'s str> for Text<'s> {
    fn from(source: &'s str) -> Self {
        Self { source, packed: &[] }
    }
}

impl<'s> Text<'s> {
    /// Its root table without what stands after the first of its tables, when it was read beforehand.
    pub(crate) fn head(self) -> Option<Node<'s>> {
        Unpacker::new(self).head()
    }

    /// Its root table.
    pub(crate) fn root(self, report: &Report<'s>) -> Node<'s> {
        let known = Unpacker::new(self).node(0);
        report.known.set(known.is_some());
        known.unwrap_or_else(|| parse(self.source, report))
    }
}

/// Most levels of a tree, which is deeper than any file of a library.
const DEEPEST: usize = 100;

/// Tags of the values; a text that is not found in its file follows its own.
mod tag {
    pub(super) const WRITTEN: usize = 0;
    pub(super) const TEXT: usize = 1;
    pub(super) const TOO_LARGE: usize = 2;
    pub(super) const POSITIVE: usize = 3;
    pub(super) const NEGATIVE: usize = 4;
    pub(super) const FLOAT: usize = 5;
    pub(super) const FALSE: usize = 6;
    pub(super) const TRUE: usize = 7;
    pub(super) const DATE: usize = 8;
    pub(super) const TIME: usize = 9;
    pub(super) const NOTHING: usize = 10;
    pub(super) const LIST: usize = 11;
    pub(super) const TABLE: usize = 12;
}

/// The tree of a file, without its places.
pub(crate) fn pack(root: &Node<'_>, source: &str) -> Vec<u8> {
    let mut packer = Packer { source, at: 0, out: Writer::default() };
    packer.node(root);
    packer.out.finish()
}

struct Packer<'s> {
    source: &'s str,
    /// Where the last text found in the file ends.
    at: usize,
    out: Writer<'static>,
}

impl Packer<'_> {
    fn text(&mut self, text: &str, from: usize) {
        let found = self.source.get(from.max(self.at)..).and_then(|rest| Some(from.max(self.at) + rest.find(text)?));
        // Elsewhere in the file, it would be the same words all the same; far from here, it is written again.
        match found.filter(|start| start - self.at < 0x4000 && !text.is_empty()) {
            Some(start) => {
                self.out.number(tag::WRITTEN);
                self.out.number(start - self.at);
                self.out.number(text.len());
                self.at = start + text.len();
            }
            None => {
                self.out.number(tag::TEXT);
                self.out.text(text);
            }
        }
    }

    fn node(&mut self, node: &Node<'_>) {
        let out = &mut self.out;
        match &node.value {
            NodeValue::Text(text) => self.text(text, node.span.start),
            NodeValue::Integer(None) => out.number(tag::TOO_LARGE),
            NodeValue::Integer(Some(n)) => {
                out.number(if *n < 0 { tag::NEGATIVE } else { tag::POSITIVE });
                out.wide(n.unsigned_abs());
            }
            NodeValue::Float => out.number(tag::FLOAT),
            NodeValue::Boolean(yes) => out.number(if *yes { tag::TRUE } else { tag::FALSE }),
            NodeValue::Date(date) => {
                out.number(tag::DATE);
                date.keep(out);
            }
            NodeValue::Time => out.number(tag::TIME),
            NodeValue::Nothing => out.number(tag::NOTHING),
            NodeValue::List(items) => {
                out.number(tag::LIST);
                out.number(items.len());
                items.iter().for_each(|item| self.node(item));
            }
            NodeValue::Table(fields) => {
                out.number(tag::TABLE);
                out.number(fields.len());
                for field in fields {
                    self.text(&field.key, field.key_span.start);
                    self.node(&field.node);
                }
            }
        }
    }
}

/// Reads the tree of a file back.
struct Unpacker<'s> {
    source: &'s str,
    at: usize,
    bytes: Reader<'s>,
}

impl<'s> Unpacker<'s> {
    fn new(text: Text<'s>) -> Self {
        Self { source: text.source, at: 0, bytes: Reader::new(text.packed) }
    }

    fn head(&mut self) -> Option<Node<'s>> {
        if self.bytes.number()? != tag::TABLE {
            return None;
        }
        let mut fields = Vec::new();
        for _ in 0..self.bytes.number()? {
            let tag = self.bytes.number()?;
            let key = self.text(tag)?;
            if self.opens_a_table()? {
                break;
            }
            fields.push(Field { key, key_span: 0..0, node: self.node(1)? });
        }
        Some(Node { span: 0..0, value: NodeValue::Table(fields) })
    }

    /// True when what follows is a table, or a list of them.
    fn opens_a_table(&self) -> Option<bool> {
        let mut ahead = self.bytes;
        Some(match ahead.number()? {
            tag::TABLE => true,
            tag::LIST => ahead.number()? > 0 && ahead.number()? == tag::TABLE,
            _ => false,
        })
    }

    fn text(&mut self, tag: usize) -> Option<Cow<'s, str>> {
        if tag == tag::TEXT {
            return self.bytes.text().map(Cow::Borrowed);
        }
        let start = self.at.checked_add(self.bytes.number()?)?;
        self.at = start.checked_add(self.bytes.number()?)?;
        self.source.get(start..self.at).map(Cow::Borrowed)
    }

    fn node(&mut self, depth: usize) -> Option<Node<'s>> {
        let value = match self.bytes.number()? {
            tag @ (tag::WRITTEN | tag::TEXT) => NodeValue::Text(self.text(tag)?),
            tag::TOO_LARGE => NodeValue::Integer(None),
            tag::POSITIVE => NodeValue::Integer(Some(self.bytes.wide()?.try_into().ok()?)),
            tag::NEGATIVE => NodeValue::Integer(Some(0_i64.checked_sub_unsigned(self.bytes.wide()?)?)),
            tag::FLOAT => NodeValue::Float,
            tag::FALSE => NodeValue::Boolean(false),
            tag::TRUE => NodeValue::Boolean(true),
            tag::DATE => NodeValue::Date(Date::recall(&mut self.bytes)?),
            tag::TIME => NodeValue::Time,
            tag::NOTHING => NodeValue::Nothing,
            _ if depth > DEEPEST => return None,
            tag::LIST => {
                let length = self.bytes.number()?;
                let mut items = Vec::with_capacity(length.min(self.bytes.left()));
                for _ in 0..length {
                    items.push(self.node(depth + 1)?);
                }
                NodeValue::List(items)
            }
            tag::TABLE => {
                let length = self.bytes.number()?;
                let mut fields = Vec::with_capacity(length.min(self.bytes.left()));
                for _ in 0..length {
                    let tag = self.bytes.number()?;
                    let key = self.text(tag)?;
                    fields.push(Field { key, key_span: 0..0, node: self.node(depth + 1)? });
                }
                NodeValue::Table(fields)
            }
            _ => return None,
        };
        Some(Node { span: 0..0, value })
    }
}
