//! A run of text as a tree, and what it becomes with its values.

use super::parser::Parser;
use super::{Line, MarkupError};
use crate::base::bytes::{Kept, Reader, Writer, kept};
use crate::library::expression::{Code, ExpressionError, Misuse, Names, Scope, Shown};
use crate::library::rich::{Mark, Pointed, Rich};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Longest text that one run may yield, in bytes.
const MAX_RUN: usize = 64 * 1024;

/// A run of text with its templates, parsed when it is first wanted.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// As it is written, on one line.
    written: String,
    /// Where each of its lines stands in the text of the file that holds it: place in the run, place there.
    lines: Lines,
    pieces: OnceLock<Vec<Piece>>,
    /// The names that its code reads, each once.
    names: OnceLock<Vec<Arc<str>>>,
    /// The fields of a row that it reads (`lot` for `ligne.lot`), each once.
    fields: OnceLock<Vec<Arc<str>>>,
    /// The text typeset, when nothing in it depends on values.
    constant: OnceLock<Option<Rich>>,
}

/// The lines of a run: nearly always one.
#[derive(Debug, Clone, Default)]
struct Lines {
    first: usize,
    others: Vec<(usize, usize)>,
}

impl Lines {
    /// A place of the run, in the text that holds it.
    fn place(&self, at: usize) -> usize {
        let last = self.others.iter().rev().find(|(start, _)| *start <= at);
        last.map_or(self.first + at, |(start, place)| place + at - start)
    }
}

/// A piece of a run; places are in the run.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Words(Range<usize>),
    Print(Code),
    /// Strong or emphasis.
    Marked(Mark, Vec<Piece>),
    Reference(Reference),
    /// The branches of a condition, of which the first that holds is printed.
    Choice(Vec<Branch>),
}

/// A reference, with its own words.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) target: Arc<Pointed>,
    /// Where each id of the target stands.
    pub(super) ids: Vec<Range<usize>>,
    pub(super) label: Vec<Piece>,
}

#[derive(Debug, Clone)]
pub(super) struct Branch {
    /// None for `else`.
    pub(super) when: Option<Code>,
    pub(super) pieces: Vec<Piece>,
}

impl Kept for Text {
    fn keep(&self, out: &mut Writer<'_>) {
        let whole = |pieces: &Vec<Piece>| matches!(pieces.as_slice(), [Piece::Print(code)] if code.at.len() == self.written.len());
        self.pieces.get().is_some_and(whole).keep(out);
        self.written.keep(out);
        self.lines.keep(out);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        let condition = bool::recall(bytes)?;
        let (written, lines) = (String::recall(bytes)?, Kept::recall(bytes)?);
        let text = Self::unread(written, lines);
        Some(if condition { text.into_condition() } else { text })
    }
}

kept! { parts Lines { first, others } }

impl Text {
    /// A text that must be one run: a heading, a cell, an item.
    pub(crate) fn one(text: &str) -> Self {
        Self::joined([Line { at: 0, text }.trimmed()])
    }

    /// A condition, which is code alone.
    pub(crate) fn condition(expression: &str) -> Self {
        Self::one(expression).into_condition()
    }

    fn into_condition(self) -> Self {
        let code = Piece::Print(Code::new(0..self.written.len()));
        Self { pieces: vec![code].into(), ..self }
    }

    pub(super) fn joined<'t>(lines: impl IntoIterator<Item = Line<'t>>) -> Self {
        let mut lines = lines.into_iter();
        let Line { at: first, text } = lines.next().unwrap_or(Line { at: 0, text: "" });
        let mut written = text.to_owned();
        let mut others = Vec::new();
        for line in lines {
            written.push(' ');
            others.push((written.len(), line.at));
            written.push_str(line.text);
        }
        Self::unread(written, Lines { first, others })
    }

    fn unread(written: String, lines: Lines) -> Self {
        let (pieces, names, fields, constant) = Default::default();
        Self { written, lines, pieces, names, fields, constant }
    }

    fn pieces(&self) -> &[Piece] {
        // One that is not well formed has been refused when its file was read whole.
        self.pieces.get_or_init(|| Parser::new(&self.written).whole().0)
    }

    /// A part of the run, as a place of the text that holds it.
    fn place(&self, at: &Range<usize>) -> Range<usize> {
        let start = self.lines.place(at.start);
        start..self.lines.place(at.end.saturating_sub(1).max(at.start)) + usize::from(at.end > at.start)
    }

    /// What is wrong in it, whatever the names that it may use.
    pub(crate) fn faults(&self) -> Vec<MarkupError> {
        let errors = Parser::new(&self.written).whole().1;
        errors.into_iter().map(|error| MarkupError { at: self.place(&error.at), ..error }).collect()
    }

    /// Goes through its code, in order.
    fn each_code<'t>(&'t self, each: &mut dyn FnMut(&'t Code)) {
        fn walk<'t>(pieces: &'t [Piece], each: &mut dyn FnMut(&'t Code)) {
            for piece in pieces {
                match piece {
                    Piece::Words(_) => {}
                    Piece::Print(code) => each(code),
                    Piece::Marked(_, pieces) => walk(pieces, each),
                    Piece::Reference(reference) => walk(&reference.label, each),
                    Piece::Choice(branches) => {
                        for branch in branches {
                            branch.when.iter().for_each(&mut *each);
                            walk(&branch.pieces, each);
                        }
                    }
                }
            }
        }
        walk(self.pieces(), each);
    }

    /// The roots of the names that its code reads (`social` for `social.heures`).
    pub(crate) fn names(&self) -> &[Arc<str>] {
        self.names.get_or_init(|| {
            let mut out: Vec<Arc<str>> = Vec::new();
            self.each_code(&mut |code| {
                for (name, _) in code.names(&self.written) {
                    let root = name.split('.').next().unwrap_or(name);
                    if !out.iter().any(|known| **known == *root) {
                        out.push(root.into());
                    }
                }
            });
            out
        })
    }

    /// The fields of a row that its code reads (`lot` for `ligne.lot`).
    pub(crate) fn row_fields(&self) -> &[Arc<str>] {
        self.fields.get_or_init(|| {
            let mut out: Vec<Arc<str>> = Vec::new();
            self.each_code(&mut |code| {
                for (name, _) in code.names(&self.written) {
                    let field = name.strip_prefix("ligne.").and_then(|field| field.split('.').next());
                    if let Some(field) = field.filter(|field| !out.iter().any(|known| **known == **field)) {
                        out.push(field.into());
                    }
                }
            });
            out
        })
    }

    /// The names of its code under a root (`social.x`), each with its place in the text that holds it.
    pub(crate) fn names_under(&self, root: &str) -> Vec<(String, Range<usize>)> {
        let mut out = Vec::new();
        self.each_code(&mut |code| {
            for (name, at) in code.names(&self.written) {
                if name.strip_prefix(root).is_some_and(|rest| rest.starts_with('.')) {
                    let at = code.at.start + at.start..code.at.start + at.end;
                    out.push((name.to_owned(), self.place(&at)));
                }
            }
        });
        out
    }

    /// Everything wrong in its code, given the names that it may use; places are in the text that holds it.
    pub(crate) fn check(&self, names: &Names) -> Vec<Misuse> {
        let mut out = Vec::new();
        self.each_code(&mut |code| {
            out.extend(code.check(&self.written, names).into_iter().map(|misuse| {
                let at = code.at.start + misuse.at.start..code.at.start + misuse.at.end;
                Misuse { at: self.place(&at), ..misuse }
            }));
        });
        out
    }

    /// What its references point to, each with the places of its ids in the text that holds it.
    pub(crate) fn targets(&self) -> Vec<(&Pointed, Vec<Range<usize>>)> {
        fn walk<'t>(pieces: &'t [Piece], out: &mut Vec<&'t Reference>) {
            for piece in pieces {
                match piece {
                    Piece::Words(_) | Piece::Print(_) => {}
                    Piece::Marked(_, pieces) => walk(pieces, out),
                    Piece::Reference(reference) => out.push(reference),
                    Piece::Choice(branches) => branches.iter().for_each(|branch| walk(&branch.pieces, out)),
                }
            }
        }
        let mut found = Vec::new();
        walk(self.pieces(), &mut found);
        let placed = |reference: &Reference| reference.ids.iter().map(|at| self.place(at)).collect();
        found.into_iter().map(|reference| (&*reference.target, placed(reference))).collect()
    }

    /// The text typeset, when nothing in it depends on values.
    pub(crate) fn constant(&self) -> Option<&Rich> {
        struct Nothing;
        impl Scope for Nothing {
            fn value(&self, _: &str) -> Option<Shown> {
                None
            }
        }
        let made = self.constant.get_or_init(|| {
            let mut codes = 0;
            self.each_code(&mut |_| codes += 1);
            (codes == 0).then(|| self.render(&Nothing).map(Rich::set).ok()).flatten()
        });
        made.as_ref()
    }

    /// True when some of its words are printed whatever the values.
    pub(crate) fn surely_prints(&self) -> bool {
        let words = |at: &Range<usize>| self.written.get(at.clone()).is_some_and(|words| !words.trim().is_empty());
        self.pieces().iter().any(|piece| match piece {
            Piece::Words(at) => words(at),
            Piece::Reference(_) => true,
            _ => false,
        })
    }

    /// As it is written, code included.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// Renders it: the words and, in their place, the values.
    pub(crate) fn render(&self, scope: &dyn Scope) -> Result<Rich, ExpressionError> {
        let mut out = Rich::with_room(self.written.len());
        self.render_pieces(self.pieces(), scope, &mut out)?;
        Ok(out)
    }

    fn render_pieces(&self, pieces: &[Piece], scope: &dyn Scope, out: &mut Rich) -> Result<(), ExpressionError> {
        for piece in pieces {
            match piece {
                Piece::Words(at) => out.push_str(self.written.get(at.clone()).unwrap_or_default()),
                Piece::Print(code) => code.print(&self.written, scope, out)?,
                Piece::Marked(mark, pieces) => {
                    out.open(mark.clone());
                    self.render_pieces(pieces, scope, out)?;
                    out.close();
                }
                Piece::Reference(reference) => {
                    out.open(Mark::Reference(Arc::clone(&reference.target)));
                    let opened = out.len();
                    self.render_pieces(&reference.label, scope, out)?;
                    out.close_reference(opened);
                }
                Piece::Choice(branches) => {
                    for branch in branches {
                        if branch.when.as_ref().map_or(Ok(true), |when| when.holds(&self.written, scope))? {
                            self.render_pieces(&branch.pieces, scope, out)?;
                            break;
                        }
                    }
                }
            }
            if out.len() > MAX_RUN {
                return Err(ExpressionError::new("le texte produit dépasse 64 Kio"));
            }
        }
        Ok(())
    }

    /// Whether a condition holds.
    pub(crate) fn holds(&self, scope: &dyn Scope) -> Result<bool, ExpressionError> {
        match self.pieces() {
            [Piece::Print(code)] => code.holds(&self.written, scope),
            _ => Ok(true),
        }
    }
}
