//! What is wrong, shown like a compiler's remarks, in French: findings, problems of a dossier, problems of a library.

use crate::terminal::{self, Failure};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use clausier::reading::{FileProblem, Lines, Problem, Span};
use clausier::terms::{Severity, Vocabulary as _};
use clausier::{Finding, Findings};

/// A remark, whatever it comes from.
struct Remark<'r> {
    severity: Severity,
    /// Stable code; empty for what is no finding.
    code: &'r str,
    message: &'r str,
    place: Place<'r>,
    texts: &'r [String],
    help: &'r str,
}

/// Where a remark points.
struct Place<'r> {
    file: &'r str,
    /// The line; `None` when the remark is on the whole file.
    line: Option<Line<'r>>,
}

/// The part of a line to which a remark points.
struct Line<'r> {
    /// From 1.
    number: usize,
    /// From 1, in characters.
    column: usize,
    /// The line, or the part of a long one that surrounds the place.
    text: &'r str,
    /// Whether the text is only a part.
    cut: bool,
    /// The bytes of the text that are pointed to.
    span: Span,
}

/// Longest line shown whole, in bytes.
const WHOLE: usize = 500;

impl<'r> Line<'r> {
    /// So many bytes of a line from a column, cut at the end of the line.
    fn new(number: usize, column: usize, text: &'r str, length: usize) -> Self {
        let start = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(i, _)| i);
        let end = text.len().min(start.saturating_add(length));
        let cut = text.len() > WHOLE;
        let (from, to) = if cut { (start.saturating_sub(WHOLE / 5), start + WHOLE / 2) } else { (0, text.len()) };
        let [from, to, end] = [from, to, end].map(|at| boundary(text, at));
        let text = text.get(from..to).unwrap_or_default();
        Self { number, column, text, cut, span: start - from..end.min(to) - from }
    }
}

/// The place between two characters that is nearest before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Why a command could not do its work.
pub(crate) fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Said { message, notes } => {
            plain("erreur", message, notes.iter().map(|(name, text)| (*name, text.as_str())))
        }
        Failure::Problems { problems, name, text } => file_problems(problems, name, text),
        Failure::Library { problems, folder } => library_problems(problems, folder),
        Failure::Help(text) => text.clone(),
    }
}

/// The findings of a dossier, one after the other, given its name and its text.
pub(crate) fn findings<'f>(findings: impl IntoIterator<Item = &'f Finding>, name: &str, text: &str) -> String {
    let lines = Lines::new(text);
    let show = |finding: &Finding| {
        show(&Remark {
            severity: finding.severity,
            code: finding.code,
            message: &finding.message,
            place: Place { file: name, line: line_of(&lines, &finding.span) },
            texts: &finding.texts,
            help: &finding.remedy(),
        })
    };
    findings.into_iter().map(show).collect()
}

/// Problems of a file, given its name and its text.
fn file_problems(problems: &[Problem], name: &str, text: &str) -> String {
    let lines = Lines::new(text);
    problems.iter().map(|problem| problem_remark(problem, name, line_of(&lines, &problem.span))).collect()
}

/// Problems of a clause library; `folder` is its path, as the user typed it.
fn library_problems(problems: &[FileProblem], folder: &str) -> String {
    let mut out = String::new();
    for FileProblem { file, problem } in problems {
        let file = if file == "." { folder.to_owned() } else { format!("{}/{file}", folder.trim_end_matches('/')) };
        out += &problem_remark(problem, &file, line_of_excerpt(problem));
    }
    out
}

/// A remark in one sentence, without a place; what follows it has a name (« aide ») and a text each.
pub(crate) fn plain<'h>(name: &str, message: &str, notes: impl IntoIterator<Item = (&'h str, &'h str)>) -> String {
    let level = if name == "erreur" { Level::ERROR } else { Level::NOTE };
    let name = format!("{name} ");
    let mut out = rendered(Group::with_title(level.with_name(&*name).primary_title(printable(message))));
    for (name, text) in notes.into_iter().filter(|(_, text)| !text.is_empty()) {
        out += &format!("  {name} : {}\n", printable(text));
    }
    out
}

/// « 2 constats bloquants, 1 point d’attention »; « aucun constat ».
pub(crate) fn tally(findings: &Findings) -> String {
    let count = |severity, one: &str, many: &str| {
        let n = findings.iter().filter(|f| f.severity == severity).count();
        (n > 0).then(|| format!("{n} {}", if n > 1 { many } else { one }))
    };
    let parts: Vec<String> = [
        count(Severity::Blocking, "constat bloquant", "constats bloquants"),
        count(Severity::Warning, "point d’attention", "points d’attention"),
        count(Severity::Advice, "conseil", "conseils"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "aucun constat".to_owned() } else { parts.join(", ") }
}

/// The level name of a severity.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocking => "erreur",
        other => other.word(),
    }
}

fn problem_remark(problem: &Problem, file: &str, line: Option<Line<'_>>) -> String {
    show(&Remark {
        severity: Severity::Blocking,
        code: "",
        message: &problem.message,
        place: Place { file, line },
        texts: &[],
        help: &problem.help,
    })
}

/// The line in which a span starts, and the part of it that the span covers.
fn line_of<'s>(lines: &Lines<'s>, span: &Span) -> Option<Line<'s>> {
    if span.end == 0 {
        return None;
    }
    let (number, column, text) = lines.locate(span.start);
    Some(Line::new(number, column, text, span.end.saturating_sub(span.start)))
}

/// The same, from what a problem keeps of its file.
fn line_of_excerpt(problem: &Problem) -> Option<Line<'_>> {
    let known = problem.span.end > 0 && problem.column <= problem.excerpt.chars().count() + 1;
    let length = problem.span.end.saturating_sub(problem.span.start);
    known.then(|| Line::new(problem.line, problem.column, &problem.excerpt, length))
}

fn show(remark: &Remark<'_>) -> String {
    let level = match remark.severity {
        Severity::Blocking => Level::ERROR,
        Severity::Warning => Level::WARNING,
        _ => Level::INFO,
    };
    let word = severity_name(remark.severity);
    let name = if remark.code.is_empty() { format!("{word} ") } else { format!("{word}[{}] ", remark.code) };
    let title = level.with_name(&*name).primary_title(printable(remark.message));
    // The name of a file holds on one line, whatever the system lets stand in it.
    let file = printable(remark.place.file).replace('\n', "\u{FFFD}");
    let mut group = match &remark.place.line {
        Some(Line { number, column, text, cut, span }) => {
            let (text, span) = shown(text, span);
            let snippet = Snippet::source(text).line_start(*number).annotation(AnnotationKind::Primary.span(span));
            // The column of a part of a line is not that of the line.
            match cut {
                true => title.element(Origin::path(file).line(*number).char_column(*column)).element(snippet),
                false => title.element(snippet.path(file)),
            }
        }
        None => title.element(Origin::path(file)),
    };
    for text in remark.texts {
        group = group.element(Level::NOTE.with_name("fondement ").message(printable(text)));
    }
    if !remark.help.is_empty() {
        group = group.element(Level::HELP.with_name("aide ").message(printable(remark.help)));
    }
    format!("{}\n", rendered(group))
}

/// A line of a file that cannot drive a terminal, with the part of it that is pointed to.
fn shown(line: &str, span: &Span) -> (String, Span) {
    let part = |bytes: Span| harmless(line.get(bytes).unwrap_or_default(), |c| c == '\t');
    let (before, at, after) = (part(0..span.start), part(span.clone()), part(span.end..line.len()));
    let span = before.len()..before.len() + at.len();
    (before + &at + &after, span)
}

fn rendered(group: Group<'_>) -> String {
    let renderer = if terminal::colours() { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", renderer.render(&[group]))
}

/// A text that cannot drive a terminal, nor turn its own order.
pub(crate) fn printable(text: &str) -> String {
    harmless(text, |c| c == '\n')
}

/// A text without the signs that drive a terminal or turn the order of what is read, but those that are kept.
fn harmless(text: &str, kept: impl Fn(char) -> bool) -> String {
    let drives = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if drives(c) && !kept(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
