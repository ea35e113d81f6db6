//! Markdown: CommonMark with the tables of GitHub.
//!
//! Every text is escaped, so that no value becomes markup; what cannot be markup where it stands is left bare, so that
//! the file stays readable.

use super::{DRAFT_HEADING, PENDING_HEADING, Sheet, bracketed, draft_line, identity_line, label, pending_sheet};
use crate::document::{Article, Block, Document, Inline, Table};

/// Deepest heading of Markdown.
const DEEPEST: usize = 6;
/// Deepest emphasis that is marked: one inside another, twice over. Below, the text stands bare: marks that lean on each other
/// are tried both ways at each depth.
const NESTED: usize = 4;
/// Room made at once for a line, which most need no more than, in bytes.
const ROOM: usize = 256;

pub(super) fn write(document: &Document, sheet: Sheet) -> String {
    let mut out = String::new();
    pending(&mut out, pending_sheet(document, sheet, Sheet::First));
    if !document.draft.is_empty() {
        block(&mut out, &format!("> **{DRAFT_HEADING}**\n>"));
        for remark in &document.draft {
            line(&mut out, "> - ", &start(escape(&draft_line(remark), false)));
        }
    }
    if !document.title.is_empty() {
        block(&mut out, &format!("# {}", escape(&document.title, false)));
        block(&mut out, &start(escape(&identity_line(document), false)));
    }
    for article in &document.articles {
        write_article(&mut out, article);
    }
    pending(&mut out, pending_sheet(document, sheet, Sheet::Last));
    out
}

/// A last line that no rendering shows. Two hyphens would end the comment: none stand together in it.
pub(super) fn comment(lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut text = lines.join(" – ");
    while text.contains("--") {
        text = text.replace("--", "- -");
    }
    format!("\n<!-- {text} -->\n")
}

fn pending(out: &mut String, content: Option<Table>) {
    if let Some(content) = content {
        block(out, &format!("## {PENDING_HEADING}"));
        table(out, &content);
    }
}

fn write_article(out: &mut String, article: &Article) {
    let hashes = "#".repeat((usize::from(article.level.max(1)) + 1).min(DEEPEST));
    let title = format!("{} {}", escape(label(article), false), inlines(&article.heading, false));
    block(out, &format!("{hashes} {}", title.trim()));
    // A list that follows another takes the other sign: they would be read as one.
    let mut last = None;
    for content in &article.blocks {
        let follows = last.take() == Some(false);
        match content {
            Block::Paragraph(run) => block(out, &start(inlines(run, false))),
            Block::List(list) => {
                last = Some(follows);
                out.push('\n');
                for (index, item) in list.items.iter().enumerate() {
                    let mark = match (list.ordered, follows) {
                        (true, false) => format!("{}. ", index + 1),
                        (true, true) => format!("{}) ", index + 1),
                        (false, false) => "- ".to_owned(),
                        (false, true) => "* ".to_owned(),
                    };
                    line(out, &mark, &start(inlines(item, false)));
                }
            }
            Block::Table(content) => table(out, content),
        }
    }
    for article in &article.articles {
        write_article(out, article);
    }
}

fn table(out: &mut String, table: &Table) {
    if !table.caption.is_empty() {
        block(out, &format!("**{}**", escape(&table.caption, false)));
    }
    out.push('\n');
    row(out, table.columns.iter().map(|column| escape(&column.heading, true)));
    row(out, table.columns.iter().map(|column| if column.numeric { "---:" } else { "---" }));
    for cells in &table.rows {
        row(out, cells.iter().map(|cell| inlines(cell, true)));
    }
}

fn row(out: &mut String, cells: impl Iterator<Item = impl AsRef<str>>) {
    out.push_str("| ");
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push_str(" | ");
        }
        out.push_str(cell.as_ref());
    }
    out.push_str(" |\n");
}

/// A block, after a blank line.
fn block(out: &mut String, text: &str) {
    if !text.is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        line(out, "", text);
    }
}

fn line(out: &mut String, mark: &str, text: &str) {
    out.push_str(mark);
    out.push_str(text);
    out.push('\n');
}

fn inlines(run: &[Inline], cell: bool) -> String {
    let mut out = String::with_capacity(ROOM);
    push_inlines(&mut out, run, Place { cell, depth: 0 }, None);
    let end = out.trim_end().len();
    out.truncate(end);
    let start = out.len() - out.trim_start().len();
    out.drain(..start);
    out
}

/// Where a run stands: in a cell or not, and inside how many emphases.
#[derive(Debug, Clone, Copy)]
struct Place {
    cell: bool,
    depth: usize,
}

/// Appends a run; `next` is the character that will follow it.
fn push_inlines(out: &mut String, run: &[Inline], place: Place, next: Option<char>) {
    let cell = place.cell;
    for (index, inline) in run.iter().enumerate() {
        let rest = run.get(index + 1..).unwrap_or_default();
        let next = first_char(rest).or(next);
        match inline {
            Inline::Text(text) | Inline::Reference { text, .. } => push_escaped(out, text, cell, next),
            Inline::Strong(inner) => emphasis(out, "**", inner, place, next),
            Inline::Emphasis(inner) => emphasis(out, "*", inner, place, next),
            Inline::Value { content, .. } => push_inlines(out, content, place, next),
            Inline::ToConfirm { value, .. } => brackets(out, &bracketed(value), cell, next),
            Inline::Missing { question } => brackets(out, &Inline::missing_text(question), cell, next),
        }
    }
}

fn first_char(run: &[Inline]) -> Option<char> {
    run.iter().find_map(|inline| match inline {
        Inline::Text(text) | Inline::Reference { text, .. } => text.chars().next(),
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Value { content: inner, .. } => first_char(inner),
        Inline::ToConfirm { .. } | Inline::Missing { .. } => Some('['),
    })
}

/// A bracketed text. Bare brackets are no link where nothing defines one, unless what follows makes it so.
fn brackets(out: &mut String, text: &str, cell: bool, next: Option<char>) {
    match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inner) if !matches!(next, Some('(' | '[' | ':')) => {
            out.push('[');
            push_escaped(out, inner, cell, Some(']'));
            out.push(']');
        }
        _ => push_escaped(out, text, cell, next),
    }
}

/// Emphasis, or the bare text where its marks would not be read as such (CommonMark § 6.2: a mark must lean on a word).
fn emphasis(out: &mut String, mark: &str, run: &[Inline], place: Place, next: Option<char>) {
    if place.depth >= NESTED {
        return push_inlines(out, run, place, next);
    }
    let place = Place { depth: place.depth + 1, ..place };
    let mut inner = String::new();
    push_inlines(&mut inner, run, place, Some('*'));
    let leans = |inside: Option<char>, outside: Option<char>| {
        inside.is_some_and(|c| !c.is_whitespace() && c != '*')
            && outside != Some('*')
            && (inside.is_some_and(char::is_alphanumeric) || !outside.is_some_and(char::is_alphanumeric))
    };
    if leans(inner.chars().next(), out.chars().last()) && leans(inner.chars().last(), next) {
        out.push_str(mark);
        out.push_str(&inner);
        out.push_str(mark);
    } else {
        push_inlines(out, run, place, next);
    }
}

/// A text inside a line, every character of it literal.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::new();
    push_escaped(&mut out, text, false, None);
    out
}

fn escape(text: &str, cell: bool) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text.trim(), cell, None);
    out
}

/// Appends a text whose characters are all literal; `next` is the character that will follow it.
fn push_escaped(out: &mut String, text: &str, cell: bool, next: Option<char>) {
    /// The characters that may be markup.
    const SIGNS: [bool; 256] = {
        let signs = br"\`*~$[]|_<&#";
        let mut table = [false; 256];
        let mut at = 0;
        while at < signs.len() {
            table[signs[at] as usize] = true;
            at += 1;
        }
        table
    };
    let signs = |byte| SIGNS[usize::from(byte)];
    let mut rest = text;
    while let Some((plain, marked)) = rest.bytes().position(signs).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut chars = marked.chars();
        let sign = chars.next().unwrap_or_default();
        let previous = out.chars().next_back();
        let following = chars.clone().next().or(next);
        let markup = match sign {
            '|' => cell,
            '_' => !(previous.is_some_and(char::is_alphanumeric) && following.is_some_and(char::is_alphanumeric)),
            '<' => following.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => opens_entity(chars.as_str()),
            // A heading at the start of a line, its closing mark at the end.
            '#' => matches!(previous, None | Some(' ' | '#')),
            _ => true,
        };
        if markup {
            out.push('\\');
        }
        out.push(sign);
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Whether what follows an ampersand makes a character reference of it.
fn opens_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    match name.find(|c: char| !c.is_ascii_alphanumeric()) {
        Some(end) => end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';')),
        None => true,
    }
}

/// The line, once what would make a list, a quotation, a rule or a check box of it at the start of a block is escaped.
fn start(mut line: String) -> String {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let mut rest = line.get(digits..).unwrap_or_default().chars();
    let boxed = ["[ ]", "[x]", "[X]"].iter().any(|mark| line.starts_with(mark));
    let marker = match (digits, rest.next(), rest.next()) {
        (0, Some('['), _) if boxed => Some(0),
        (0, Some('>'), _) | (0, Some('-' | '+'), None | Some(' ' | '-')) => Some(0),
        (1..=9, Some('.' | ')'), None | Some(' ')) => Some(digits),
        _ => None,
    };
    if let Some(at) = marker {
        line.insert(at, '\\');
    }
    line
}
