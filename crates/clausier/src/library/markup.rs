//! The small subset of Markdown in which clause texts are written, parsed once into a typed tree.
//!
//! A text becomes blocks; each run (the text of a paragraph, of an item, of a cell) becomes a tree of words, values, marked
//! parts, references and conditions, all with their places. Conditions and marked parts nest: none spans the other, so that
//! no value can ever change the structure. Anything outside the subset is a load error, told at its place.

use crate::base::bytes::{Kept, Reader, Writer, kept};
use crate::library::expression::{Code, ExpressionError, Misuse, Names, Scope, Shown};
use crate::library::rich::{Mark, Pointed, Rich};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// How closely a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scrutiny {
    /// Every text is parsed, and the names of its code are checked.
    Whole,
    /// The file has been validated before: a text is parsed when it is printed.
    Trusting,
}

/// Most levels of parts and conditions in one another.
const DEEPEST: usize = 16;
/// Longest text that one run may yield, in bytes.
const MAX_RUN: usize = 64 * 1024;

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

kept! { struct Lines { first, others } }

impl Kept for Blocks {
    fn keep(&self, out: &mut Writer<'_>) {
        self.source.keep(out);
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        Some(Self { source: Kept::recall(bytes)?, read: OnceLock::new() })
    }
}

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
enum Piece {
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
struct Reference {
    target: Arc<Pointed>,
    /// Where each id of the target stands.
    ids: Vec<Range<usize>>,
    label: Vec<Piece>,
}

#[derive(Debug, Clone)]
struct Branch {
    /// None for `else`.
    when: Option<Code>,
    pieces: Vec<Piece>,
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

    fn joined<'t>(lines: impl IntoIterator<Item = Line<'t>>) -> Self {
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
        let mut out = Rich::default();
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

/// What a run has open, with what has been read of it.
struct Open {
    /// Where it was opened.
    at: Range<usize>,
    kind: Opened,
    pieces: Vec<Piece>,
}

enum Opened {
    Run,
    /// By this sign.
    Marked(&'static str, Mark),
    /// By `if`: the branches that are closed, and the condition of the one that is open.
    Choice(Vec<Branch>, Option<Code>),
}

/// Reads a run.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    errors: Vec<MarkupError>,
}

/// What does not stay as it is in a run.
const SIGNS: [char; 6] = ['{', '*', '[', '<', '`', '\\'];

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let run = Open { at: 0..0, kind: Opened::Run, pieces: Vec::new() };
        Self { text, at: 0, open: vec![run], errors: Vec::new() }
    }

    /// The pieces of the run; what is wrong in it.
    fn whole(mut self) -> (Vec<Piece>, Vec<MarkupError>) {
        while self.at < self.text.len() {
            if let Err(error) = self.step() {
                self.errors.push(error);
                break;
            }
        }
        if self.errors.is_empty() {
            let unclosed = self.open.iter().skip(1).map(|open| match open.kind {
                Opened::Choice(..) => fault(open.at.clone(), "« if » sans « endif »", CODE),
                _ => fault(open.at.clone(), "gras ou italique non fermé", SUBSET),
            });
            self.errors = unclosed.collect();
        }
        (self.open.into_iter().next().map(|run| run.pieces).unwrap_or_default(), self.errors)
    }

    fn push(&mut self, piece: Piece) {
        if let Some(open) = self.open.last_mut() {
            open.pieces.push(piece);
        }
    }

    fn open(&mut self, at: Range<usize>, kind: Opened) -> Result<(), MarkupError> {
        if self.open.len() > DEEPEST {
            return Err(fault(at, "trop de parties les unes dans les autres", "dites-le en plusieurs phrases"));
        }
        self.open.push(Open { at, kind, pieces: Vec::new() });
        Ok(())
    }

    fn step(&mut self) -> Result<(), MarkupError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(sign) = rest.chars().next() else { return Ok(()) };
        if let Some(code) = rest.get(..2).filter(|sign| matches!(*sign, "{{" | "{%" | "{#")) {
            return self.code(code, rest);
        }
        match sign {
            '*' => self.mark(rest),
            '[' => self.reference(rest),
            '<' | '`' | '\\' => {
                Err(fault(self.at..self.at + 1, format!("« {sign} » n’est pas du balisage admis"), SUBSET))
            }
            _ => {
                let first = sign.len_utf8();
                let length =
                    rest.get(first..).and_then(|after| after.find(SIGNS)).map_or(rest.len(), |end| first + end);
                self.push(Piece::Words(self.at..self.at + length));
                self.at += length;
                Ok(())
            }
        }
    }

    fn code(&mut self, sign: &str, rest: &str) -> Result<(), MarkupError> {
        let close = match sign {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let inside = rest.get(2..).unwrap_or_default();
        let end = if sign == "{#" { inside.find(close) } else { end_of_code(inside, close) };
        let Some(inside) = end.and_then(|end| inside.get(..end)) else {
            return Err(fault(self.at..self.at + 2, "accolades non fermées", SUBSET));
        };
        let whole = self.at..self.at + inside.len() + 4;
        let code = inside.trim();
        let start = self.at + 2 + inside.len() - inside.trim_start().len();
        self.at = whole.end;
        match sign {
            "{#" => Ok(()),
            _ if code.starts_with(['-', '+']) || code.ends_with(['-', '+']) => {
                Err(fault(whole, "« - » et « + » n’ont pas cours au bord des accolades", CODE))
            }
            "{{" => {
                self.push(Piece::Print(Code::new(start..start + code.len())));
                Ok(())
            }
            _ => self.statement(whole, start, code),
        }
    }

    fn statement(&mut self, whole: Range<usize>, start: usize, code: &str) -> Result<(), MarkupError> {
        let word = code.split_whitespace().next().unwrap_or_default();
        let at = start..start + word.len();
        let rest = code.get(word.len()..).unwrap_or_default();
        let condition = rest.trim();
        let from = start + code.len() - condition.len();
        let tested = Code::new(from..from + condition.len());
        match word {
            "if" | "elif" if condition.is_empty() => Err(fault(at, format!("« {word} » ne teste rien"), CODE)),
            "else" | "endif" if !condition.is_empty() => {
                Err(fault(from..from + condition.len(), format!("« {word} » est suivi de trop de mots"), CODE))
            }
            "if" => self.open(whole, Opened::Choice(Vec::new(), Some(tested))),
            "elif" | "else" | "endif" => self.branch(at, word, tested),
            "for" => {
                let message = "« for » n’est pas admis dans un texte : aucun nom n’est une liste ; une trame énumère par « pour »";
                self.errors.push(fault(at, message, CODE));
                Ok(())
            }
            // What opens it has been told.
            "endfor" => Ok(()),
            _ => {
                let message = format!("« {word} » n’est pas admis dans un texte : seul if l’est");
                self.errors.push(fault(at, message, CODE));
                Ok(())
            }
        }
    }

    /// Closes a branch, and opens the next one.
    fn branch(&mut self, at: Range<usize>, word: &str, tested: Code) -> Result<(), MarkupError> {
        match self.open.pop() {
            Some(Open { at: opened, kind: Opened::Choice(mut branches, when), pieces }) => {
                let last = when.is_none();
                branches.push(Branch { when, pieces });
                match word {
                    "endif" => self.push(Piece::Choice(branches)),
                    _ if last => return Err(fault(at, format!("« {word} » après « else »"), CODE)),
                    "elif" => self.open(opened, Opened::Choice(branches, Some(tested)))?,
                    _ => self.open(opened, Opened::Choice(branches, None))?,
                }
                Ok(())
            }
            Some(Open { at: opened, kind: Opened::Marked(..), .. }) => {
                let help = "fermez-le dans la même branche de la condition";
                Err(fault(opened, "gras ou italique à cheval sur une condition", help))
            }
            _ => Err(fault(at, format!("« {word} » sans « if »"), CODE)),
        }
    }

    fn mark(&mut self, rest: &str) -> Result<(), MarkupError> {
        let last = self.open.last().and_then(Open::sign);
        // Of three stars, the first closes what was opened last.
        let single = !rest.starts_with("**") || (rest.starts_with("***") && last == Some("*"));
        let (sign, mark) = if single { ("*", Mark::Emphasis) } else { ("**", Mark::Strong) };
        let at = self.at..self.at + sign.len();
        self.at = at.end;
        if last == Some(sign) {
            if let Some(Open { kind: Opened::Marked(_, mark), pieces, .. }) = self.open.pop() {
                self.push(Piece::Marked(mark, pieces));
            }
            return Ok(());
        }
        // What a condition holds closes nothing that stands around it.
        let crossed = self.open.iter().rposition(|open| open.sign() == Some(sign));
        match crossed.and_then(|crossed| self.open.get(crossed..)) {
            None => self.open(at, Opened::Marked(sign, mark)),
            Some(within) if within.iter().any(|open| matches!(open.kind, Opened::Choice(..))) => {
                let help = "fermez-le dans la même branche de la condition";
                Err(fault(at, "gras ou italique à cheval sur une condition", help))
            }
            Some(_) => Err(fault(at, "gras et italique croisés : fermez d’abord le dernier ouvert", SUBSET)),
        }
    }

    fn reference(&mut self, rest: &str) -> Result<(), MarkupError> {
        let length = |part: &str| self.at..self.at + part.len();
        let Some((label, written)) = split_reference(rest) else {
            return Err(fault(length("["), "un renvoi s’écrit [texte](art:ancre)", SUBSET));
        };
        if label.contains(['*', '[']) {
            return Err(fault(length("["), "pas de balisage dans le texte d’un renvoi", SUBSET));
        }
        let start = self.at + "[](".len() + label.len();
        let Some((target, ids)) = target(written, start) else {
            let message = format!("« {written} » : un renvoi vise art:…, droit:… ou ccag:…");
            return Err(fault(start..start + written.len(), message, SUBSET));
        };
        let end = start + written.len() + ")".len();
        let label = self.at + 1..self.at + 1 + label.len();
        let words = Parser { at: label.start, ..Parser::new(self.text.get(..label.end).unwrap_or_default()) };
        let (label, errors) = words.whole();
        self.errors.extend(errors);
        self.push(Piece::Reference(Reference { target: Arc::new(target), ids, label }));
        self.at = end;
        Ok(())
    }
}

impl Open {
    /// The sign that opened a marked part.
    fn sign(&self) -> Option<&'static str> {
        match self.kind {
            Opened::Marked(sign, _) => Some(sign),
            _ => None,
        }
    }
}

fn fault(at: Range<usize>, message: impl Into<String>, help: &'static str) -> MarkupError {
    MarkupError { at, message: message.into(), help }
}

/// Where a piece of code closes: signs that stand in a string close nothing.
fn end_of_code(inside: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            Some(_) if c == '\\' => {
                chars.next();
            }
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if inside.get(at..).is_some_and(|rest| rest.starts_with(close)) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Splits `[label](target)`.
fn split_reference(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (target, _) = rest.strip_prefix('(')?.split_once(')')?;
    Some((label, target))
}

/// Reads the target of a reference that begins here, with the place of each of its ids.
fn target(written: &str, start: usize) -> Option<(Pointed, Vec<Range<usize>>)> {
    let (scheme, rest) = written.split_once(':')?;
    let mut at = start + scheme.len() + 1;
    let mut ids = Vec::new();
    let mut places = Vec::new();
    for id in rest.split(',') {
        let from = at + id.len() - id.trim_start().len();
        at += id.len() + 1;
        let id = id.trim();
        if id.is_empty() {
            return None;
        }
        places.push(from..from + id.len());
        ids.push(id.to_owned());
    }
    let target = match scheme {
        "art" => {
            let end = start + written.len();
            places = Vec::from([end - rest.len()..end]);
            Pointed::Article(rest.to_owned())
        }
        "droit" => Pointed::Law(ids),
        "ccag" => Pointed::Ccag(ids),
        _ => return None,
    };
    Some((target, places))
}
