//! What is wrong in a file, with its place, in French.

use super::forbidden;
use crate::file::node::Node;
use std::cell::{Cell, OnceCell, RefCell};
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
    /// Key path of the dossier (« lot.1.montant »), that of the key itself when it is missing; empty for the whole file, and
    /// for a file of the library.
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

/// Line and column (from 1) of a byte offset, and the line itself. For many offsets of one text, see [`Lines`].
pub fn locate(source: &str, offset: usize) -> (usize, usize, &str) {
    Lines::new(source).locate(offset)
}

/// A text and where its lines start, so that a place is found without reading the text again.
#[derive(Debug, Clone)]
pub struct Lines<'s> {
    source: &'s str,
    starts: Starts,
}

impl<'s> Lines<'s> {
    /// Reads a text once.
    pub fn new(source: &'s str) -> Self {
        Self { source, starts: Starts::of(source) }
    }

    /// The text.
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// Line (from 1) and column (from 1, in characters) of a byte offset, and the line itself.
    pub fn locate(&self, offset: usize) -> (usize, usize, &'s str) {
        self.starts.locate(self.source, offset)
    }
}

/// Where each line of a text starts.
#[derive(Debug, Clone)]
struct Starts(Vec<usize>);

impl Starts {
    fn of(source: &str) -> Self {
        Self(std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// Line (from 1) of a byte offset.
    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    /// Start of a line (from 1); `None` past the last one.
    fn start(&self, line: usize) -> Option<usize> {
        self.0.get(line.checked_sub(1)?).copied()
    }

    fn locate<'s>(&self, source: &'s str, offset: usize) -> (usize, usize, &'s str) {
        let mut offset = offset.min(source.len());
        while !source.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let start = self.start(line).unwrap_or_default();
        let end = self.start(line + 1).map_or(source.len(), |next| next - 1);
        let text = source.get(start..end).unwrap_or_default();
        let before = source.get(start..offset).unwrap_or_default();
        (line, before.chars().count() + 1, text.trim_end_matches('\r'))
    }
}

/// The start of a text, as it can be shown: what is refused in a file is not sent to a terminal either.
pub(super) fn excerpt(text: &str) -> String {
    let shown = |c: char| if forbidden(c) { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().take(200).map(shown).collect()
}

/// Letters of a text that is quoted in what is said of it, and letters of the whole.
const QUOTED: usize = 200;
const SAID: usize = 2_000;

/// What is said of a file, cut where nobody reads on: each text that it quotes, then the whole.
fn brief(mut said: String) -> String {
    if said.len() > QUOTED {
        let mut parts = said.split('«');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (quoted, rest) = part.split_once('»').unwrap_or((part, ""));
            out.push('«');
            match quoted.char_indices().nth(QUOTED) {
                Some((at, _)) => out.extend([&quoted[..at], "… "]),
                None => out.push_str(quoted),
            }
            if part.contains('»') {
                out.push('»');
            }
            out.push_str(rest);
        }
        said = out;
    }
    if let Some((at, _)) = said.char_indices().nth(SAID) {
        said.truncate(at);
        said.push('…');
    }
    said
}

/// Most problems kept of one file, the first ones of the file: who has as many has enough to do.
pub(crate) const MOST: usize = 100;

/// A problem before its line is read.
#[derive(Debug, PartialEq, Eq)]
struct Noted {
    span: Span,
    /// Key path of what is missing, which has no place of its own.
    absent: Option<String>,
    message: String,
    help: String,
}

/// The first problems of a file.
#[derive(Debug, Default)]
struct First {
    kept: Vec<Noted>,
    /// Whatever starts from here comes after `MOST` others.
    limit: Option<usize>,
    /// How many were not kept, and where the first of them starts.
    others: usize,
    next: usize,
}

impl First {
    /// Counts a problem that is not kept.
    fn leave(&mut self, start: usize) {
        self.next = if self.others == 0 { start } else { self.next.min(start) };
        self.others += 1;
    }

    /// Puts them in order, and keeps no more than the first.
    fn settle(&mut self) {
        self.kept.sort_by_key(|noted| (noted.span.start, noted.span.end));
        let mut known: Vec<Noted> = Vec::new();
        for noted in std::mem::take(&mut self.kept) {
            if known.len() >= MOST {
                self.leave(noted.span.start);
            } else if !known.iter().rev().take_while(|k| k.span == noted.span).any(|k| *k == noted) {
                known.push(noted);
            }
        }
        self.kept = known;
        if self.kept.len() >= MOST {
            self.limit = self.kept.last().map(|noted| noted.span.start);
        }
    }
}

/// Collects the problems of one file: the first `MOST` of them, and the number of the others.
pub(crate) struct Report<'s> {
    pub(super) source: &'s str,
    /// False for a tree that comes from JSON or from code: its places are ordinals, not bytes of a text.
    text: bool,
    starts: OnceCell<Starts>,
    first: RefCell<First>,
    /// Lines at fault for their characters or their syntax: what their shape lacks is only a consequence.
    faulty: RefCell<BTreeSet<usize>>,
    /// The syntax is at fault in such a way that any remark on the shape would be a guess.
    pub(super) broken: Cell<bool>,
    /// The text was not read to its end: there are more faults than are counted.
    pub(super) unread: Cell<bool>,
    /// Words sought in the text so far.
    sought: Cell<usize>,
    /// The tree was read beforehand: its characters have been looked at.
    pub(in crate::file) known: Cell<bool>,
}

impl<'s> Report<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let (starts, first, faulty, broken, unread, sought, known) = Default::default();
        Self { source, text: true, starts, first, faulty, broken, unread, sought, known }
    }

    /// The report of a tree that has no text: its problems have a key path, no line.
    pub(crate) fn without_text() -> Self {
        Self { text: false, ..Self::new("") }
    }

    /// True when places are bytes of a text.
    pub(crate) fn has_text(&self) -> bool {
        self.text
    }

    fn starts(&self) -> &Starts {
        self.starts.get_or_init(|| Starts::of(self.source))
    }

    /// Line and column of a place, and the line itself, as [`locate`] gives them.
    pub(super) fn locate(&self, span: &Span) -> (usize, usize, &'s str) {
        self.starts().locate(self.source, span.start)
    }

    /// Line of a place; without a text, each place is a line of its own.
    fn line(&self, span: &Span) -> usize {
        if self.text { self.starts().line(span.start) } else { span.start }
    }

    /// Notes a problem at a place.
    pub(crate) fn add(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.add_with(span, || (message.into(), help.into()));
    }

    /// The same, said only when it is shown.
    pub(crate) fn add_with(&self, span: Span, said: impl FnOnce() -> (String, String)) {
        self.note(span, None, said);
    }

    /// Notes that a key is missing, at the place of its table.
    pub(crate) fn add_absent(
        &self,
        span: Span,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.note(span, Some(path.into()), || (message.into(), help.into()));
    }

    fn note(&self, span: Span, absent: Option<String>, said: impl FnOnce() -> (String, String)) {
        let faulty = self.faulty.borrow();
        let follows = !faulty.is_empty() && faulty.contains(&self.line(&span));
        if !self.broken.get() && !follows {
            self.push(span, absent, said);
        }
    }

    /// Notes a fault of characters or syntax: one a line.
    pub(super) fn add_fault(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.add_fault_with(span, || (message.into(), help.into()));
    }

    /// The same, said only when it is shown.
    pub(super) fn add_fault_with(&self, span: Span, said: impl FnOnce() -> (String, String)) {
        if self.faulty.borrow_mut().insert(self.line(&span)) {
            self.push(span, None, said);
        }
    }

    fn push(&self, span: Span, absent: Option<String>, said: impl FnOnce() -> (String, String)) {
        let mut first = self.first.borrow_mut();
        if first.limit.is_some_and(|limit| span.start >= limit) {
            first.leave(span.start);
            return;
        }
        let (message, help) = said();
        first.kept.push(Noted { span, absent, message, help });
        if first.kept.len() >= 2 * MOST {
            first.settle();
        }
    }

    /// Line and column, from 1, of places in ascending order; zeros without a text.
    pub(crate) fn lines(&self, starts: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
        let (mut line, mut column, mut read) = (1, 1, 0);
        let place = |start: usize| {
            let Some(passed) = self.source.get(read..start).filter(|_| self.text) else { return (0, 0) };
            let last = passed.rsplit('\n').next().unwrap_or_default().chars().count();
            let breaks = passed.matches('\n').count();
            (line, column) = (line + breaks, if breaks > 0 { 1 + last } else { column + last });
            read = start;
            (line, column)
        };
        starts.map(place).collect()
    }

    /// Whether the text may still be searched for the place of a problem: not for each of thousands.
    fn seeks(&self) -> bool {
        self.sought.set(self.sought.get() + 1);
        self.sought.get() <= 2 * MOST
    }

    /// Place of the first occurrence of a word, in quotes rather than bare; the start of the file when it is not there.
    pub(crate) fn find(&self, word: &str) -> Span {
        if !self.seeks() {
            return self.source.len()..self.source.len();
        }
        let quoted = self.source.find(&format!("\"{word}\"")).map(|start| start + 1);
        quoted.or_else(|| self.source.find(word)).map_or(0..0, |start| start..start + word.len())
    }

    /// Place, in the paragraph that begins here, of the words that a message quotes: in template code rather than in plain
    /// text. The place given when they are not there.
    pub(crate) fn quoted(&self, paragraph: &Span, message: &str) -> Span {
        if !self.seeks() {
            return paragraph.clone();
        }
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
        let starts = self.starts();
        let wanted = starts.line(span.start) + line + opening;
        let start = starts.start(wanted).unwrap_or(span.end).max(span.start);
        let next = starts.start(wanted + 1).unwrap_or(span.end).min(span.end);
        match self.source.get(start..next) {
            Some(content) if start < span.end => start..start + content.trim_end().len().max(1),
            _ => span.clone(),
        }
    }

    /// The problems, in the order of the file; the last one tells how many are not shown.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.told().into_iter().map(|(problem, _)| problem).collect()
    }

    /// The problems, each with the key path of what is missing.
    fn told(self) -> Vec<(Problem, Option<String>)> {
        self.first.borrow_mut().settle();
        let First { kept, others, next, .. } = self.first.take();
        let shown = |Noted { span, absent, message, help }: Noted| {
            let (line, column, excerpt) = if self.text { self.locate(&span) } else { (0, 0, "") };
            let excerpt = self::excerpt(excerpt);
            let (message, help) = (brief(message), brief(help));
            (Problem { span, path: String::new(), line, column, excerpt, message, help }, absent)
        };
        let rest = (others > 0).then(|| {
            let message = match others {
                _ if self.unread.get() => format!("et plus de {others} autres erreurs à partir d’ici"),
                1 => "et une autre erreur".to_owned(),
                _ => format!("et {others} autres erreurs à partir d’ici"),
            };
            let help = "corrigez d’abord celles qui précèdent".to_owned();
            Noted { span: next..next, absent: None, message, help }
        });
        kept.into_iter().chain(rest).map(shown).collect()
    }

    /// The problems, each with the key path of a tree at which it stands.
    pub(crate) fn into_problems_of(self, root: &Node<'_>) -> Vec<Problem> {
        let told = self.told();
        if told.is_empty() {
            return Vec::new();
        }
        let at = root.paths();
        let placed = |(mut problem, absent): (Problem, Option<String>)| {
            let (start, end) = (problem.span.start, problem.span.end);
            let nearest = || at.range(..=start).next_back().filter(|(_, (last, _))| start < *last || end <= *last);
            let path = absent.or_else(|| nearest().map(|(_, (_, path))| path.clone()));
            problem.path = path.unwrap_or_default();
            problem
        };
        told.into_iter().map(placed).collect()
    }
}

/// Everything wrong in a clause library: each problem with the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LoadErrors {
    /// The problems, file by file: the first of them when they are many.
    pub problems: Vec<FileProblem>,
}

impl LoadErrors {
    /// Most problems shown of a library.
    const MOST: usize = 3 * MOST;

    /// These problems, in the order of the files; none when there is none.
    pub(crate) fn of(mut problems: Vec<FileProblem>) -> Result<(), Self> {
        problems.sort_by(|a, b| (&a.file, a.problem.span.start).cmp(&(&b.file, b.problem.span.start)));
        if problems.len() > Self::MOST {
            let rest = problems.split_off(Self::MOST);
            let files: BTreeSet<&str> = rest.iter().map(|problem| problem.file.as_str()).collect();
            let report = Report::new("");
            let message = match files.len() {
                1 => "et d’autres erreurs dans un fichier".to_owned(),
                count => format!("et d’autres erreurs dans {count} fichiers"),
            };
            report.add(0..0, message, "corrigez d’abord celles qui précèdent");
            let last = report.into_problems().into_iter();
            problems.extend(last.map(|problem| FileProblem { file: ".".to_owned(), problem }));
        }
        if problems.is_empty() { Ok(()) } else { Err(Self { problems }) }
    }
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
