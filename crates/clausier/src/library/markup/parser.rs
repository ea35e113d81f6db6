//! Reads a run: words, code, marked parts and references, nested and with their places.

use super::text::{Branch, Piece, Reference};
use super::{CODE, MarkupError, SUBSET};
use crate::library::expression::Code;
use crate::library::rich::{Mark, Pointed};
use std::ops::Range;
use std::sync::Arc;

/// Most levels of parts and conditions in one another.
const DEEPEST: usize = 16;

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
pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    errors: Vec<MarkupError>,
}

/// What does not stay as it is in a run.
const SIGNS: [char; 6] = ['{', '*', '[', '<', '`', '\\'];

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let run = Open { at: 0..0, kind: Opened::Run, pieces: Vec::new() };
        Self { text, at: 0, open: vec![run], errors: Vec::new() }
    }

    /// The pieces of the run; what is wrong in it.
    pub(super) fn whole(mut self) -> (Vec<Piece>, Vec<MarkupError>) {
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
            places.clear();
            places.push(end - rest.len()..end);
            Pointed::Article(rest.to_owned())
        }
        "droit" => Pointed::Law(ids),
        "ccag" => Pointed::Ccag(ids),
        _ => return None,
    };
    Some((target, places))
}
