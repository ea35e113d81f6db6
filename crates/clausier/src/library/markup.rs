//! The small subset of Markdown in which clause texts are written, parsed before any template is rendered.
//!
//! A text becomes blocks once; each leaf (the text of a paragraph, of an item, of a cell) is a template. Inside a leaf, strong,
//! emphasis and references are marked by noncharacters that no dossier may hold, so that no value can ever change the
//! structure, and conditions may span a marked run. Anything outside the subset is a load error.

use crate::base::typography::{french, split_at_mark};
use crate::document::{Inline, Source};

/// Marks of a leaf. They are Unicode noncharacters: the reader of dossiers refuses them in values.
pub(crate) mod mark {
    pub(crate) const STRONG: char = '\u{FDD0}';
    pub(crate) const STRONG_END: char = '\u{FDD1}';
    pub(crate) const EMPHASIS: char = '\u{FDD2}';
    pub(crate) const EMPHASIS_END: char = '\u{FDD3}';
    pub(crate) const REFERENCE: char = '\u{FDD4}';
    pub(crate) const REFERENCE_END: char = '\u{FDD5}';
    /// A value with where it comes from: mark, index, value, end.
    pub(crate) const VALUE: char = '\u{FDD6}';
    pub(crate) const VALUE_END: char = '\u{FDD7}';
    /// The buyer's own words, which the typographic pass leaves verbatim.
    pub(crate) const VERBATIM: char = '\u{FDD8}';
    pub(crate) const VERBATIM_END: char = '\u{FDD9}';
    /// A value to confirm: mark, index, value, end.
    pub(crate) const CONFIRM: char = '\u{FDDA}';
    pub(crate) const CONFIRM_END: char = '\u{FDDB}';
    /// A missing value: mark, index, the letter that stands for its words.
    pub(crate) const MISSING: char = '\u{FDDC}';
    /// The lots of a group, in one of four grammatical forms: mark, index.
    pub(crate) const LOTS: char = '\u{FDDD}';
    /// Stands for the words of a reference until it is resolved, or of a value until it is given: a rare letter, so that what surrounds it is set as
    /// around a word.
    pub(crate) const WORDS: char = '\u{A7F7}';
    /// First of the sixteen digits in which an index is written.
    pub(crate) const DIGIT: u32 = 0xFDE0;

    /// Digits of an index: no dossier has as many questions, references or values.
    const DIGITS: u32 = 6;

    /// An index written in marks.
    pub(crate) fn index(n: usize) -> String {
        let mut out = String::with_capacity(3 * DIGITS as usize);
        let digits = (0..DIGITS).rev().map(|place| (n >> (4 * place) & 15) as u32);
        out.extend(digits.filter_map(|digit| char::from_u32(DIGIT + digit)));
        out
    }

    /// Reads an index written in marks at the start of a text.
    pub(crate) fn read_index(rest: &mut &str) -> usize {
        let mut n = 0;
        for _ in 0..DIGITS {
            let mut chars = rest.chars();
            match chars.next().map(|c| (c as u32).wrapping_sub(DIGIT)) {
                Some(d) if d < 16 => {
                    n = n << 4 | d as usize;
                    *rest = chars.as_str();
                }
                _ => break,
            }
        }
        n
    }
}

/// What a reference points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pointed {
    /// `art:ancre` or `art:ccap.ancre`: an article of a trame.
    Article(String),
    /// `droit:id,id`: legal texts of the register.
    Law(Vec<String>),
    /// `ccag:concept,concept`: provisions of the CCAG of the dossier.
    Ccag(Vec<String>),
}

impl Pointed {
    fn parse(target: &str) -> Option<Self> {
        let list = |ids: &str| ids.split(',').map(|id| id.trim().to_owned()).collect::<Vec<_>>();
        let (scheme, rest) = target.split_once(':')?;
        if rest.is_empty() || rest.split(',').any(|id| id.trim().is_empty()) {
            return None;
        }
        Some(match scheme {
            "art" => Self::Article(rest.to_owned()),
            "droit" => Self::Law(list(rest)),
            "ccag" => Self::Ccag(list(rest)),
            _ => return None,
        })
    }
}

/// A leaf: a template whose marked-up runs are written with noncharacters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) template: String,
    pub(crate) targets: Vec<Pointed>,
    /// Line of the text, from 0, at which the leaf begins.
    pub(crate) line: usize,
}

/// A block of a parsed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Markup {
    Paragraph(Leaf),
    List { ordered: bool, items: Vec<Leaf> },
    Table { head: Vec<String>, rows: Vec<Vec<Leaf>> },
}

impl Markup {
    pub(crate) fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::Paragraph(leaf) => vec![leaf],
            Self::List { items, .. } => items.iter().collect(),
            Self::Table { rows, .. } => rows.iter().flatten().collect(),
        }
    }
}

/// A fault of markup: the line of the text (from 0) and what is wrong, in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MarkupError {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// Parses a text into blocks. One sentence a line: the lines of a paragraph are joined by a space.
pub(crate) fn parse(text: &str) -> Result<Vec<Markup>, Vec<MarkupError>> {
    let mut blocks = Vec::new();
    let mut errors = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut i = 0;
    while i < lines.len() {
        if lines[i].trim().is_empty() {
            i += 1;
            continue;
        }
        let end = (i..lines.len()).find(|j| lines[*j].trim().is_empty()).unwrap_or(lines.len());
        match block(&lines[i..end], i) {
            Ok(block) => blocks.push(block),
            Err(error) => errors.push(error),
        }
        i = end;
    }
    if errors.is_empty() { Ok(blocks) } else { Err(errors) }
}

/// Parses a text that must be one run: a heading, a cell, an item.
pub(crate) fn parse_leaf(text: &str) -> Result<Leaf, MarkupError> {
    leaf(text.trim(), 0)
}

fn block(lines: &[&str], at: usize) -> Result<Markup, MarkupError> {
    if item_start(lines[0]).is_some() {
        return list(lines, at);
    }
    if lines[0].starts_with('|') {
        return table(lines, at);
    }
    for (k, line) in lines.iter().enumerate() {
        refuse_line(line, at + k)?;
        if item_start(line).is_some() && k > 0 {
            return Err(MarkupError {
                line: at + k, message: "une liste est précédée d’une ligne vide".to_owned()
            });
        }
    }
    let text: Vec<&str> = lines.iter().map(|l| l.trim()).collect();
    Ok(Markup::Paragraph(leaf(&text.join(" "), at)?))
}

/// `- ` or `1. ` : the kind of list and the text of the item.
fn item_start(line: &str) -> Option<(bool, &str)> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some((false, rest));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits).then(|| line[digits..].strip_prefix(". ").map(|rest| (true, rest)))?
}

fn list(lines: &[&str], at: usize) -> Result<Markup, MarkupError> {
    let mut items: Vec<(usize, String)> = Vec::new();
    let ordered = item_start(lines[0]).is_some_and(|(ordered, _)| ordered);
    for (k, line) in lines.iter().enumerate() {
        match item_start(line) {
            Some((kind, rest)) if kind == ordered => items.push((at + k, rest.trim().to_owned())),
            Some(_) => {
                return Err(MarkupError {
                    line: at + k,
                    message: "liste à puces et liste numérotée mêlées".to_owned(),
                });
            }
            None if line.starts_with("  ") && item_start(line.trim_start()).is_none() => {
                if let Some((_, text)) = items.last_mut() {
                    text.push(' ');
                    text.push_str(line.trim());
                }
            }
            None if line.starts_with(' ') => {
                return Err(MarkupError { line: at + k, message: "les listes ne s’emboîtent pas".to_owned() });
            }
            None => {
                let message = "la suite d’un point de liste est décalée de deux espaces".to_owned();
                return Err(MarkupError { line: at + k, message });
            }
        }
    }
    let items: Result<Vec<Leaf>, MarkupError> = items.iter().map(|(line, text)| leaf(text, *line)).collect();
    Ok(Markup::List { ordered, items: items? })
}

fn table(lines: &[&str], at: usize) -> Result<Markup, MarkupError> {
    let cells =
        |line: &str| -> Vec<String> { line.trim().trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect() };
    let wrong = |k: usize, message: &str| MarkupError { line: at + k, message: message.to_owned() };
    let head = cells(lines[0]);
    let rule = lines.get(1).map(|l| cells(l)).unwrap_or_default();
    if rule.len() != head.len() || !rule.iter().all(|c| c.len() >= 3 && c.bytes().all(|b| b == b'-')) {
        return Err(wrong(0, "un tableau a une ligne d’en-tête, puis une ligne | --- | --- |"));
    }
    let mut rows = Vec::new();
    for (k, line) in lines.iter().enumerate().skip(2) {
        let row = cells(line);
        if row.len() != head.len() || !line.starts_with('|') {
            return Err(wrong(k, "cette ligne n’a pas autant de cellules que l’en-tête"));
        }
        rows.push(row.iter().map(|c| leaf(c, at + k)).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(Markup::Table { head, rows })
}

fn refuse_line(line: &str, at: usize) -> Result<(), MarkupError> {
    let wrong = |message: &str| Err(MarkupError { line: at, message: message.to_owned() });
    if line.starts_with('#') {
        return wrong("les titres appartiennent à la trame");
    }
    if line.starts_with('>') {
        return wrong("les citations n’existent pas ici");
    }
    if line.starts_with("```") || line.starts_with("    ") {
        return wrong("les blocs de code n’existent pas ici");
    }
    if line.starts_with("---") || line.starts_with("***") || line.starts_with("===") {
        return wrong("les filets n’existent pas ici");
    }
    if line.starts_with("* ") || line.starts_with("+ ") {
        return wrong("un point de liste commence par « - »");
    }
    Ok(())
}

/// What does not stay as it is in a run.
const SIGNS: [char; 6] = ['{', '*', '[', '<', '`', '\\'];

/// Marks up one run. Template code is copied as it stands.
fn leaf(text: &str, line: usize) -> Result<Leaf, MarkupError> {
    let wrong = |message: String| MarkupError { line, message };
    let mut out = String::with_capacity(text.len() + 8);
    let mut targets = Vec::new();
    // The marks that are open; one closes before that which holds it.
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(code) = template_code(rest) {
            let code = code.ok_or_else(|| wrong("accolades non fermées".to_owned()))?;
            out.push_str(code);
            rest = &rest[code.len()..];
        } else if c == '*' {
            // Of three stars, the first closes what was opened last.
            let single = !rest.starts_with("**") || (rest.starts_with("***") && open.last() == Some(&"*"));
            let (sign, start, end) = match single {
                true => ("*", mark::EMPHASIS, mark::EMPHASIS_END),
                false => ("**", mark::STRONG, mark::STRONG_END),
            };
            if open.last() == Some(&sign) {
                open.pop();
                out.push(end);
            } else if open.contains(&sign) {
                return Err(wrong("gras et italique croisés : fermez d’abord le dernier ouvert".to_owned()));
            } else {
                open.push(sign);
                out.push(start);
            }
            rest = &rest[sign.len()..];
        } else if c == '[' {
            let (label, target, after) =
                reference(rest).ok_or_else(|| wrong("un renvoi s’écrit [texte](art:ancre)".to_owned()))?;
            if label.contains(['*', '[']) {
                return Err(wrong("pas de balisage dans le texte d’un renvoi".to_owned()));
            }
            let target = Pointed::parse(target)
                .ok_or_else(|| wrong(format!("« {target} » : un renvoi vise art:…, droit:… ou ccag:…")))?;
            out.push(mark::REFERENCE);
            out.push_str(&mark::index(targets.len()));
            if label.is_empty() {
                out.push(mark::WORDS);
            } else {
                out.push_str(label);
            }
            out.push(mark::REFERENCE_END);
            targets.push(target);
            rest = after;
        } else if matches!(c, '<' | '`' | '\\') {
            return Err(wrong(format!("« {c} » n’est pas du balisage admis")));
        } else {
            let after = &rest[c.len_utf8()..];
            let plain = rest.len() - after.len() + after.find(SIGNS).unwrap_or(after.len());
            out.push_str(&rest[..plain]);
            rest = &rest[plain..];
        }
    }
    if !open.is_empty() {
        return Err(wrong("gras ou italique non fermé".to_owned()));
    }
    if targets.len() >= OWN_TARGETS {
        return Err(wrong("trop de renvois dans un alinéa".to_owned()));
    }
    Ok(Leaf { template: out, targets, line })
}

/// Template code at the start of a text: `Some(None)` when it is not closed.
fn template_code(text: &str) -> Option<Option<&str>> {
    let close = match text.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        "{#" => "#}",
        _ => return None,
    };
    Some(text.find(close).map(|end| &text[..end + 2]))
}

/// Splits `[label](target)rest`.
fn reference(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (target, rest) = rest.strip_prefix('(')?.split_once(')')?;
    Some((label, target, rest))
}

/// Most references that a leaf may hold of its own; above that index stand the references held by values.
pub(crate) const OWN_TARGETS: usize = 256;

/// What the marks of a rendered leaf stand for.
pub(crate) struct Meanings<'m> {
    /// The leaf's own references.
    pub(crate) targets: &'m [Pointed],
    /// References held by values.
    pub(crate) references: &'m [Pointed],
    /// Questions of the values to confirm or to fill.
    pub(crate) questions: &'m [String],
    /// Where the values come from.
    pub(crate) sources: &'m [Source],
}

/// Reads a rendered leaf back into inlines. A reference keeps its target, encoded in its anchor, until all the pieces are
/// numbered.
pub(crate) fn read_back(rendered: &str, meanings: &Meanings<'_>) -> Vec<Inline> {
    run(&mut &*rendered, None, &mut Vec::new(), meanings)
}

/// Reads a run up to a mark. A mark that is already open is passed over, so that runs nest no deeper than there are marks.
fn run(rest: &mut &str, until: Option<char>, open: &mut Vec<char>, meanings: &Meanings<'_>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let question = |n: usize| meanings.questions.get(n).map(|question| french(question)).unwrap_or_default();
    loop {
        let (text, mark, after) =
            split_at_mark(rest).map_or((*rest, None, ""), |(text, mark, after)| (text, Some(mark), after));
        match out.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => out.push(Inline::Text(text.to_owned())),
        }
        *rest = after;
        if mark == until {
            break;
        }
        match mark {
            Some(known) if open.contains(&known) => {
                mark::read_index(rest);
            }
            Some(mark::STRONG) => out.push(Inline::Strong(inner(rest, mark::STRONG, mark::STRONG_END, open, meanings))),
            Some(mark::EMPHASIS) => {
                out.push(Inline::Emphasis(inner(rest, mark::EMPHASIS, mark::EMPHASIS_END, open, meanings)));
            }
            Some(mark::REFERENCE) => {
                let n = mark::read_index(rest);
                let label = inner(rest, mark::REFERENCE, mark::REFERENCE_END, open, meanings);
                let target = match n.checked_sub(OWN_TARGETS) {
                    Some(n) => meanings.references.get(n),
                    None => meanings.targets.get(n),
                };
                let anchor = target.map(encode).unwrap_or_default();
                out.push(Inline::Reference { anchor, text: Inline::plain(&label).replace(mark::WORDS, "") });
            }
            Some(mark::VALUE) => {
                let source = meanings.sources.get(mark::read_index(rest)).cloned();
                let content = run(rest, Some(mark::VALUE_END), open, meanings);
                match source {
                    Some(source) => out.push(Inline::Value { source, content }),
                    None => out.extend(content),
                }
            }
            Some(mark::CONFIRM) => {
                let n = mark::read_index(rest);
                let value = Inline::plain(&inner(rest, mark::CONFIRM, mark::CONFIRM_END, open, meanings));
                out.push(Inline::ToConfirm { value, question: question(n) });
            }
            Some(mark::MISSING) => {
                let n = mark::read_index(rest);
                *rest = rest.strip_prefix(mark::WORDS).unwrap_or(rest);
                out.push(Inline::Missing { question: question(n) });
            }
            Some(_) => {}
            None => break,
        }
    }
    out
}

/// Reads the run that a mark has opened, up to the one that closes it.
fn inner(rest: &mut &str, mark: char, end: char, open: &mut Vec<char>, meanings: &Meanings<'_>) -> Vec<Inline> {
    open.push(mark);
    let run = run(rest, Some(end), open, meanings);
    open.pop();
    run
}

/// A target as the anchor of an unresolved reference.
fn encode(target: &Pointed) -> String {
    match target {
        Pointed::Article(anchor) => format!("art:{anchor}"),
        Pointed::Law(ids) => format!("droit:{}", ids.join(",")),
        Pointed::Ccag(ids) => format!("ccag:{}", ids.join(",")),
    }
}

/// Reads back the target of an unresolved reference.
pub(crate) fn decode(anchor: &str) -> Option<Pointed> {
    Pointed::parse(anchor)
}
