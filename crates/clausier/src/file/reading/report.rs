//! What is wrong in a file, with its place, in French.

use super::forbidden;
use crate::file::node::Node;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

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

/// A text that is kept to tell lines later.
#[derive(Debug, Clone)]
pub(crate) struct OwnLines {
    text: Box<str>,
    starts: OnceLock<Starts>,
}

impl OwnLines {
    /// Line and column of a byte offset, as [`locate`] gives them.
    pub(crate) fn of(&self, offset: usize) -> (usize, usize) {
        let starts = self.starts.get_or_init(|| Starts::of(&self.text));
        let (line, column, _) = starts.locate(&self.text, offset);
        (line, column)
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
}

impl<'s> Report<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let (starts, first, faulty, broken, unread) = Default::default();
        Self { source, text: true, starts, first, faulty, broken, unread }
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

    /// The text and its lines, when places are bytes of a text.
    pub(crate) fn own_lines(&self) -> Option<OwnLines> {
        self.text.then(|| OwnLines { text: self.source.into(), starts: OnceLock::new() })
    }

    /// The place, in the file, of a part of the text that a value holds, without its quotes: escapes are longer in the file.
    pub(crate) fn inside(&self, value: &Span, part: Span) -> Span {
        let Some(written) = self.source.get(value.clone()) else { return value.clone() };
        let place = |at: usize| value.start + place_in(written, at);
        place(part.start)..place(part.end)
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

/// Where, in a text as a file writes it with its quotes, stands what is at a place of the text that it means.
fn place_in(written: &str, wanted: usize) -> usize {
    let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| written.starts_with(quotes)).unwrap_or("");
    let mut at = quotes.len();
    let rest = |at: usize| written.get(at..).unwrap_or_default();
    if quotes.len() > 1 {
        // A line break right after the opening does not count.
        at += ["\r\n", "\n"].into_iter().find(|end| rest(at).starts_with(end)).map_or(0, str::len);
    }
    let mut meant = 0;
    while let Some(c) = rest(at).chars().next() {
        let (length, means) = match c {
            '\\' if quotes.starts_with('"') => escape(rest(at)),
            c => (c.len_utf8(), c.len_utf8()),
        };
        // What means nothing stands before what follows it.
        if means > 0 && meant + means > wanted {
            break;
        }
        meant += means;
        at += length;
    }
    at.min(written.len())
}

/// An escape that begins a text: its length, and that of what it means.
fn escape(text: &str) -> (usize, usize) {
    let digits = match text.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b'"' | b'\\' | b'b' | b'e' | b'f' | b'n' | b'r' | b't') => return (2, 1),
        // The end of a line, with the spaces of the next one, is left out.
        _ => {
            let spaces = |after: &str| after.len() - after.trim_start().len();
            return (1 + text.strip_prefix('\\').map_or(0, spaces), 0);
        }
    };
    let code = text.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(0, char::len_utf8))
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
