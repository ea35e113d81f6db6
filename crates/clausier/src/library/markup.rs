//! The small subset of Markdown in which clause texts are written, parsed once into a typed tree.
//!
//! A text becomes blocks; each run (the text of a paragraph, of an item, of a cell) becomes a tree of words, values, marked
//! parts, references and conditions, all with their places. Conditions and marked parts nest: none spans the other, so that
//! no value can ever change the structure. Anything outside the subset is a load error, told at its place.

mod parser;
mod text;

use crate::base::bytes::{Kept, Reader, Writer};
use crate::library::rich::Pointed;
use std::ops::Range;
use std::sync::OnceLock;
pub(crate) use text::Text;

/// How closely a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scrutiny {
    /// Every text is parsed, and the names of its code are checked.
    Whole,
    /// The file has been validated before: a text is parsed when it is printed.
    Trusting,
}

/// A fault of a text: its place, what is wrong, in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MarkupError {
    /// In the text.
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

const SUBSET: &str = "paragraphe, liste, tableau, gras, italique, renvoi : rien d’autre";
const CODE: &str = "un texte affiche des noms et les teste (if, ==) : rien d’autre";

/// A block of text.
#[derive(Debug, Clone)]
pub(crate) enum TextBlock {
    Paragraph(Text),
    List { ordered: bool, items: Vec<Text> },
    Table { head: Vec<String>, rows: Vec<Vec<Text>> },
}

impl TextBlock {
    pub(crate) fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Paragraph(text) => vec![text],
            Self::List { items, .. } => items.iter().collect(),
            Self::Table { rows, .. } => rows.iter().flatten().collect(),
        }
    }
}

impl Kept for Blocks {
    fn keep(&self, out: &mut Writer<'_>) {
        self.source.keep(out);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Some(Self { source: Kept::recall(bytes)?, read: OnceLock::new() })
    }
}

/// A text, cut into blocks when they are first wanted.
#[derive(Debug, Clone)]
pub(crate) struct Blocks {
    source: String,
    read: OnceLock<Vec<TextBlock>>,
}

impl Blocks {
    pub(crate) fn new(source: &str) -> Self {
        Self { source: source.to_owned(), read: OnceLock::new() }
    }

    /// As the file writes it.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn blocks(&self) -> &[TextBlock] {
        // One that is not well formed has been refused when its file was read whole.
        self.read.get_or_init(|| blocks(&self.source).unwrap_or_default())
    }

    /// What is wrong in it, whatever the names that it may use.
    pub(crate) fn faults(&self) -> Vec<MarkupError> {
        match blocks(&self.source) {
            Ok(blocks) => blocks.iter().flat_map(TextBlock::texts).flat_map(Text::faults).collect(),
            Err(errors) => errors,
        }
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.blocks().iter().flat_map(TextBlock::texts)
    }

    /// What its references point to.
    pub(crate) fn targets(&self) -> impl Iterator<Item = &Pointed> {
        self.texts().flat_map(Text::targets).map(|(target, _)| target)
    }
}

/// A line of a text, with its place there.
#[derive(Clone, Copy)]
struct Line<'t> {
    at: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn wrong<T>(self, message: &str) -> Result<T, MarkupError> {
        Err(MarkupError {
            at: self.at..self.at + self.text.trim_end().len(),
            message: message.to_owned(),
            help: SUBSET,
        })
    }

    /// A part of the line, without the spaces around it.
    fn part(self, text: &'t str, offset: usize) -> Self {
        let start = offset + text.len() - text.trim_start().len();
        Self { at: self.at + start, text: text.trim() }
    }

    fn trimmed(self) -> Self {
        self.part(self.text, 0)
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let line = |written: &str| {
        let start = at;
        at += written.len();
        start
    };
    let starts: Vec<usize> = text.split_inclusive('\n').map(line).collect();
    starts.into_iter().zip(text.lines()).map(|(at, text)| Line { at, text }).collect()
}

/// Parses a text into blocks. One sentence a line: the lines of a paragraph are joined by a space.
fn blocks(text: &str) -> Result<Vec<TextBlock>, Vec<MarkupError>> {
    let mut out = Vec::new();
    let mut errors = Vec::new();
    let lines = lines(text);
    for lines in lines.split(|line| line.text.trim().is_empty()).filter(|lines| !lines.is_empty()) {
        match block(lines) {
            Ok(block) => out.push(block),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

fn block(lines: &[Line<'_>]) -> Result<TextBlock, MarkupError> {
    if lines.first().is_some_and(|line| item_start(line.text).is_some()) {
        return list(lines);
    }
    if lines.first().is_some_and(|line| line.text.starts_with('|')) {
        return table(lines);
    }
    for (k, line) in lines.iter().enumerate() {
        refuse(*line)?;
        if item_start(line.text).is_some() && k > 0 {
            return line.wrong("une liste est précédée d’une ligne vide");
        }
    }
    Ok(TextBlock::Paragraph(Text::joined(lines.iter().map(|line| line.trimmed()))))
}

/// `- ` or `1. ` : the kind of list and the text of the item.
fn item_start(line: &str) -> Option<(bool, &str)> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some((false, rest));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(". ")?;
    (1..=2).contains(&digits).then_some((true, rest))
}

fn list(lines: &[Line<'_>]) -> Result<TextBlock, MarkupError> {
    let mut items: Vec<Vec<Line<'_>>> = Vec::new();
    let ordered = lines.first().and_then(|line| item_start(line.text)).is_some_and(|(ordered, _)| ordered);
    for line in lines {
        match item_start(line.text) {
            Some((kind, rest)) if kind == ordered => {
                items.push(vec![line.part(rest, line.text.len() - rest.len())]);
            }
            Some(_) => return line.wrong("liste à puces et liste numérotée mêlées"),
            None if line.text.starts_with("  ") && item_start(line.text.trim_start()).is_none() => {
                if let Some(item) = items.last_mut() {
                    item.push(line.trimmed());
                }
            }
            None if line.text.starts_with(' ') => return line.wrong("les listes ne s’emboîtent pas"),
            None => return line.wrong("la suite d’un point de liste est décalée de deux espaces"),
        }
    }
    Ok(TextBlock::List { ordered, items: items.into_iter().map(Text::joined).collect() })
}

fn cells<'t>(line: Line<'t>) -> Vec<Line<'t>> {
    let trimmed = line.trimmed();
    let inner = trimmed.text.trim_start_matches('|');
    let mut at = trimmed.text.len() - inner.len();
    let cell = |text: &'t str| {
        let cell = trimmed.part(text, at);
        at += text.len() + 1;
        cell
    };
    inner.trim_end_matches('|').split('|').map(cell).collect()
}

fn table(lines: &[Line<'_>]) -> Result<TextBlock, MarkupError> {
    let [first, rest @ ..] = lines else { return Ok(TextBlock::Table { head: Vec::new(), rows: Vec::new() }) };
    let head = cells(*first);
    let rule = rest.first().map(|line| cells(*line)).unwrap_or_default();
    if rule.len() != head.len() || !rule.iter().all(|c| c.text.len() >= 3 && c.text.bytes().all(|b| b == b'-')) {
        return first.wrong("un tableau a une ligne d’en-tête, puis une ligne | --- | --- |");
    }
    let mut rows = Vec::new();
    for line in rest.iter().skip(1) {
        let row = cells(*line);
        if row.len() != head.len() || !line.text.starts_with('|') {
            return line.wrong("cette ligne n’a pas autant de cellules que l’en-tête");
        }
        rows.push(row.into_iter().map(|cell| Text::joined([cell])).collect());
    }
    Ok(TextBlock::Table { head: head.into_iter().map(|cell| cell.text.to_owned()).collect(), rows })
}

fn refuse(line: Line<'_>) -> Result<(), MarkupError> {
    let text = line.text;
    if text.starts_with('#') {
        return line.wrong("les titres appartiennent à la trame");
    }
    if text.starts_with('>') {
        return line.wrong("les citations n’existent pas ici");
    }
    if text.starts_with("```") || text.starts_with("    ") {
        return line.wrong("les blocs de code n’existent pas ici");
    }
    if text.starts_with("---") || text.starts_with("***") || text.starts_with("===") {
        return line.wrong("les filets n’existent pas ici");
    }
    if text.starts_with("* ") || text.starts_with("+ ") {
        return line.wrong("un point de liste commence par « - »");
    }
    Ok(())
}
