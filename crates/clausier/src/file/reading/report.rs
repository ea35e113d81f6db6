//! What is wrong in a file, with its place, in French.

use super::forbidden;
use crate::file::node::Node;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

/// A place in a file, in bytes.
pub type Span = Range<usize>;

/// Something wrong in a file, with its place. The texts are French.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Place of the offending text, in bytes; an ordinal of the tree when there is no text.
    pub span: Span,
    /// Key path of the dossier (« lot.1.montant »); empty for the whole file, and for a file of the library.
    pub path: String,
    /// Line, from 1; 0 when the tree was not read from a text.
    pub line: usize,
    /// Column, from 1, in characters; 0 when the tree was not read from a text.
    pub column: usize,
    /// The offending line, whole; empty when there is no text.
    pub excerpt: String,
    /// What is wrong.
    pub message: String,
    /// What to do; empty when the message says it all.
    pub help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.path.as_str()) {
            (0, "") => writeln!(f, "{}", self.message)?,
            (0, path) => writeln!(f, "{path} : {}", self.message)?,
            (line, _) => writeln!(f, "ligne {line}, colonne {} : {}", self.column, self.message)?,
        }
        if !self.excerpt.trim().is_empty() {
            writeln!(f, "    {}", self.excerpt.trim_end())?;
        }
        if !self.help.is_empty() {
            writeln!(f, "    aide : {}", self.help)?;
        }
        Ok(())
    }
}

/// Line and column (from 1) of a byte offset, and the line itself.
pub fn locate(source: &str, offset: usize) -> (usize, usize, &str) {
    let mut offset = offset.min(source.len());
    while !source.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = source[..offset].rfind('\n').map_or(0, |i| i + 1);
    let end = source[offset..].find('\n').map_or(source.len(), |i| offset + i);
    let line = source[..start].bytes().filter(|b| *b == b'\n').count() + 1;
    (line, source[start..offset].chars().count() + 1, source[start..end].trim_end_matches('\r'))
}

/// The start of a text, as it can be shown: what is refused in a file is not sent to a terminal either.
pub(super) fn excerpt(text: &str) -> String {
    let shown = |c: char| if forbidden(c) { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().take(200).map(shown).collect()
}

/// Collects the problems of one file.
pub(crate) struct Report<'s> {
    pub(super) source: &'s str,
    /// False for a tree that comes from JSON or from code: its places are ordinals, not bytes of a text.
    text: bool,
    problems: RefCell<Vec<Problem>>,
    /// Lines at fault for their characters or their syntax: what their shape lacks is only a consequence.
    faulty: RefCell<BTreeSet<usize>>,
    /// The syntax is at fault in such a way that any remark on the shape would be a guess.
    pub(super) broken: Cell<bool>,
}

impl<'s> Report<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let (problems, faulty, broken) = Default::default();
        Self { source, text: true, problems, faulty, broken }
    }

    /// The report of a tree that has no text: its problems have a key path, no line.
    pub(crate) fn without_text() -> Self {
        Self { text: false, ..Self::new("") }
    }

    /// True when places are bytes of a text.
    pub(crate) fn has_text(&self) -> bool {
        self.text
    }

    /// Notes a problem at a place.
    pub(crate) fn add(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let line = self.line(&span);
        if !self.broken.get() && !self.faulty.borrow().contains(&line) {
            self.push(span, message.into(), help.into());
        }
    }

    /// Notes a fault of characters or syntax: one a line.
    pub(super) fn add_fault(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let line = self.line(&span);
        if self.faulty.borrow_mut().insert(line) {
            self.push(span, message.into(), help.into());
        }
    }

    /// Line and column, from 1, of places in ascending order; zeros without a text.
    pub(crate) fn lines(&self, starts: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
        let (mut line, mut line_start, mut read) = (1, 0, 0);
        let place = |start: usize| {
            let Some(passed) = self.source.get(read..start).filter(|_| self.text) else { return (0, 0) };
            line += passed.matches('\n').count();
            line_start = passed.rfind('\n').map_or(line_start, |at| read + at + 1);
            read = start;
            (line, self.source.get(line_start..start).map_or(1, |before| before.chars().count() + 1))
        };
        starts.map(place).collect()
    }

    /// Line of a place; without a text, each place is a line of its own.
    fn line(&self, span: &Span) -> usize {
        if self.text { locate(self.source, span.start).0 } else { span.start }
    }

    fn push(&self, span: Span, message: String, help: String) {
        let (line, column, excerpt) = if self.text { locate(self.source, span.start) } else { (0, 0, "") };
        let excerpt = self::excerpt(excerpt);
        let problem = Problem { span, path: String::new(), line, column, excerpt, message, help };
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Place of the first occurrence of a word, in quotes rather than bare; the start of the file when it is not there.
    pub(crate) fn find(&self, word: &str) -> Span {
        let quoted = self.source.find(&format!("\"{word}\"")).map(|start| start + 1);
        quoted.or_else(|| self.source.find(word)).map_or(0..0, |start| start..start + word.len())
    }

    /// Place, in the paragraph that begins here, of the words that a message quotes: in template code rather than in plain
    /// text. The place given when they are not there.
    pub(crate) fn quoted(&self, paragraph: &Span, message: &str) -> Span {
        let words = message.split_once('«').and_then(|(_, rest)| rest.split_once('»')).map(|(words, _)| words.trim());
        let rest = self.source.get(paragraph.start..).unwrap_or_default();
        let end = ["\n\n", "'''", "\"\"\""].iter().filter_map(|mark| rest.find(mark)).filter(|end| *end > 3).min();
        let text = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let Some(words) = words.filter(|words| !words.is_empty()) else { return paragraph.clone() };
        let in_code = |at: &usize| text.get(..*at).is_some_and(|before| before.rfind('{') > before.rfind('}'));
        let mut found = text.match_indices(words).map(|(at, _)| at);
        let code = found.clone().find(in_code);
        match code.or_else(|| found.next()) {
            Some(at) => paragraph.start + at..paragraph.start + at + words.len(),
            None => paragraph.clone(),
        }
    }

    /// Place of the nth line (from 0) of a text value that may span several lines.
    pub(crate) fn line_in(&self, span: &Span, line: usize) -> Span {
        let Some(text) = self.source.get(span.clone()) else { return span.clone() };
        // A multi-line text opens with three quotes and, usually, a line break that does not count.
        let opening = usize::from(text.starts_with("'''\n") || text.starts_with("\"\"\"\n"));
        let mut offset = span.start;
        for (n, content) in text.split_inclusive('\n').enumerate() {
            if n == line + opening {
                return offset..offset + content.trim_end().len().max(1);
            }
            offset += content.len();
        }
        span.clone()
    }

    /// The problems, in the order of the file.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|p| (p.span.start, p.span.end));
        problems
    }

    /// The problems, each with the key path of a tree at which it stands.
    pub(crate) fn into_problems_of(self, root: &Node<'_>) -> Vec<Problem> {
        let mut problems = self.into_problems();
        if !problems.is_empty() {
            let at = root.paths();
            for problem in &mut problems {
                let (start, end) = (problem.span.start, problem.span.end);
                let nearest = at.range(..=start).next_back().filter(|(_, (last, _))| start < *last || end <= *last);
                problem.path = nearest.map(|(_, (_, path))| path.clone()).unwrap_or_default();
            }
        }
        problems
    }
}

/// Everything wrong in a clause library: each problem with the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LoadErrors {
    /// The problems, file by file.
    pub problems: Vec<FileProblem>,
}

/// A problem with its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Path of the file inside the library (« environnement/bat-reemploi-taux.toml »).
    pub file: String,
    /// The problem.
    pub problem: Problem,
}

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for FileProblem { file, problem } in &self.problems {
            write!(f, "{file}, {problem}")?;
        }
        Ok(())
    }
}
