//! Writers: one file per format, all fed by the same [`Document`].
//!
//! Every format prints the same words in the same order: the banner of a draft, the title, the identity of the
//! consultation, then the articles. What remains to be settled stands between square brackets in the text, as lawyers do
//! it, and is listed apart: at the end of a plain text, on a last sheet of an office document. [`WriteOptions`] choose
//! otherwise. A row of dots (three ellipses or more) is a blank that the bidder fills: a form field where there are some.
//!
//! A document can always be written: [`write()`] cannot fail, whatever the values hold.
//!
//! Each file says which program and which clauses made it, in which versions, and the fingerprint of its text: the SHA-256
//! of the document as plain text. Where a format has properties, they say so; a Markdown file ends with a comment that no
//! rendering shows, a plain text with a blank line and two lines, which the fingerprint leaves out. A block to paste has
//! neither, since it would stamp the document of another; nor has a document that no clause made.
#![cfg_attr(
    not(all(feature = "docx", feature = "odt", feature = "html", feature = "xlsx")),
    allow(dead_code, reason = "what several formats share is more than one of them needs")
)]

#[cfg(feature = "docx")]
mod docx;
#[cfg(feature = "html")]
mod html;
mod layout;
mod lines;
mod markdown;
#[cfg(feature = "odt")]
mod odt;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod office;
mod options;
#[cfg(any(feature = "docx", feature = "odt"))]
mod reread;
mod spaces;
mod text;
#[cfg(feature = "xlsx")]
mod xlsx;
mod xml;

pub use lines::lines;
#[cfg(feature = "json")]
pub(crate) use markdown::literal;
pub use options::{Sheet, WriteOptions};
#[cfg(any(feature = "docx", feature = "odt"))]
pub use reread::reads_back;
pub use spaces::Spaces;
#[cfg(any(feature = "json", feature = "xlsx"))]
pub(crate) use xml::Xml;

use crate::base::hash::sha256;
use crate::base::quantity::Date;
use crate::base::terms::{Vocabulary, vocabulary};
use crate::document::revision::Redline;
use crate::document::{Article, Column, Document, DraftRemark, Inline, Pending, Table};

vocabulary! {
    /// A format in which a document can be written.
    Format, "le format" {
        /// Markdown (CommonMark with the tables of GitHub).
        Markdown = "md",
        /// Plain text, one paragraph a line.
        Text = "txt",
        /// One HTML page, for the screen and the printer.
        #[cfg(feature = "html")]
        Html = "html",
        /// Word: what most buyers edit.
        #[cfg(feature = "docx")]
        Docx = "docx",
        /// OpenDocument, recommended to administrations.
        #[cfg(feature = "odt")]
        Odt = "odt",
        /// Spreadsheet: for the frames that a tenderer fills with figures.
        #[cfg(feature = "xlsx")]
        Xlsx = "xlsx",
    }
}

impl Format {
    /// Extension of a file in this format, without the dot: the word of the format is one.
    pub fn extension(self) -> &'static str {
        self.word()
    }

    /// MIME type of a file in this format.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::Text => "text/plain;charset=utf-8",
            #[cfg(feature = "html")]
            Self::Html => "text/html;charset=utf-8",
            #[cfg(feature = "docx")]
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            #[cfg(feature = "odt")]
            Self::Odt => "application/vnd.oasis.opendocument.text",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Writes a document as usual: the bytes of a whole file, the same for the same document.
///
/// ```
/// use clausier::document::{Article, Block, Document, Identity, Inline};
/// use clausier::{terms::Piece, write::{Format, write}};
///
/// let mut document = Document::new(Piece::Rc, "Clauses sociales", Identity::default());
/// let mut article = Article::new("lien", 1, "7.3.", "7.3", vec![Inline::Text("Lien".into())]);
/// article.blocks.push(Block::Paragraph(vec![Inline::Text("L’heure compte une fois.".into())]));
/// document.articles.push(article);
/// assert_eq!(write(&document, Format::Markdown), "# Clauses sociales\n\n## 7.3. Lien\n\nL’heure compte une fois.\n".as_bytes());
/// ```
pub fn write(document: &Document, format: Format) -> Vec<u8> {
    write_with(document, format, &WriteOptions::default())
}

/// Writes a document as the options say: the bytes of a whole file, the same for the same document and options.
pub fn write_with(document: &Document, format: Format, options: &WriteOptions) -> Vec<u8> {
    let document = clean(options.apply(document.clone()));
    let sheet = options.sheet;
    let text = text::write(&document, sheet);
    let fingerprint = &sha256(text.as_bytes());
    match format {
        Format::Markdown => {
            (markdown::write(&document, sheet) + &markdown::comment(&stamp(&document, fingerprint))).into_bytes()
        }
        Format::Text => (text + &text::last_lines(&stamp(&document, fingerprint))).into_bytes(),
        #[cfg(feature = "html")]
        Format::Html => html::write(&document, sheet, fingerprint).into_bytes(),
        #[cfg(feature = "docx")]
        Format::Docx => docx::write(&document, sheet, fingerprint),
        #[cfg(feature = "odt")]
        Format::Odt => odt::write(&document, sheet, fingerprint),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => xlsx::write(&document, sheet, fingerprint),
    }
}

/// Who revises a document, as its revisions say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviser {
    /// Name of the author of the revisions.
    pub author: String,
    /// Day of the revisions. Without it, a file of Word has none, and OpenDocument, which asks for one, has 1970-01-01.
    pub date: Option<Date>,
}

/// Writes a redline with the format's own revisions, which Word and LibreOffice accept or reject; `None` for a format
/// that has none.
#[cfg_attr(not(any(feature = "docx", feature = "odt")), expect(unused_variables))]
pub fn write_revisions(redline: &Redline, format: Format, reviser: &Reviser) -> Option<Vec<u8>> {
    let author = clean_text(&reviser.author);
    let reviser = &Reviser { author, date: reviser.date };
    match format {
        #[cfg(feature = "docx")]
        Format::Docx => Some(docx::write_revisions(redline, reviser)),
        #[cfg(feature = "odt")]
        Format::Odt => Some(odt::write_revisions(redline, reviser)),
        _ => None,
    }
}

/// Whether the files of a format carry revisions.
fn has_revisions(format: Format) -> bool {
    matches!(format.word(), "docx" | "odt")
}

/// What a file of revisions does not show as revisions, one sentence each: the caller tells it beside the file.
#[cfg_attr(not(feature = "odt"), expect(unused_variables))]
pub fn left_out(redline: &Redline, format: Format) -> Vec<String> {
    let mut out = Vec::new();
    #[cfg(feature = "odt")]
    if format == Format::Odt {
        let whole = redline.parts.iter().filter(|part| part.is_whole());
        let captions: Vec<String> =
            whole.filter_map(|part| part.caption()).map(|caption| format!("« {caption} »")).collect();
        if !captions.is_empty() {
            let named = captions.join(", ");
            out.push(format!(
                "OpenDocument ne révise pas une ligne de tableau : l’ancien tableau est retiré et le nouveau ajouté ({named})"
            ));
        }
    }
    if has_revisions(format) {
        out.push(
            "numéros, renvois et pointillés sont du texte ; le sommaire et les commentaires n’y sont pas : la pièce rédigée \
             les porte"
                .to_owned(),
        );
    }
    out
}

/// The document as every format can carry it: a value never breaks a line, and holds none of the characters that XML
/// forbids. White space counts for one space, as HTML and ODF would have it.
fn clean(mut document: Document) -> Document {
    document.each_text(&mut |text| {
        if !is_clean(text) {
            *text = clean_text(text);
        }
    });
    document
}

/// True for a text that [`clean_text`] leaves as it is, told by its bytes: nearly all are.
fn is_clean(text: &str) -> bool {
    /// Bytes with which a space, a control or a forbidden character begins.
    const BEGINS: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte <= b' ' as usize {
            table[byte] = true;
            byte += 1;
        }
        table[0x7F] = true;
        table[0xC2] = true;
        table[0xE2] = true;
        table[0xEF] = true;
        table
    };
    let bytes = text.as_bytes();
    let wrong = |(at, byte): (usize, &u8)| {
        BEGINS[usize::from(*byte)]
            && match (byte, bytes.get(at + 1..).unwrap_or_default()) {
                (b' ', rest) => rest.first() == Some(&b' '),
                (0xC2, rest) => rest.first().is_some_and(|next| *next < 0xA0),
                (0xE2, rest) => matches!(rest, [0x80, 0xA8 | 0xA9, ..]),
                (0xEF, rest) => matches!(rest, [0xBF, 0xBE | 0xBF, ..]),
                _ => true,
            }
    };
    !bytes.iter().enumerate().any(wrong)
}

fn clean_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() || is_forbidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Line and paragraph separators, and the two noncharacters that no XML document may hold.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}')
}

// No text of the writers needs a no-break space, so that `Document::with_spaces` is the last word.

/// Heading of the banner of a draft.
const DRAFT_HEADING: &str = "PROJET – constats bloquants";
/// Heading of the list of what remains to be settled.
const PENDING_HEADING: &str = "À confirmer";
/// Heading of the table of contents.
const CONTENTS_HEADING: &str = "Sommaire";
/// What a form field asks for.
const BLANK_QUESTION: &str = "À remplir par le candidat";
/// A blocking finding, as the banner prints it.
fn draft_line(remark: &DraftRemark) -> String {
    format!("{} – {}", remark.code, remark.message)
}

/// The list of what remains to be settled, where the sheet that holds it stands here.
fn pending_sheet(document: &Document, sheet: Sheet, here: Sheet) -> Option<Table> {
    (sheet == here).then(|| pending_table(document)).flatten()
}

/// The list of what remains to be settled, or nothing when all is.
fn pending_table(document: &Document) -> Option<Table> {
    let column = |heading: &str| Column { heading: heading.to_owned(), numeric: false };
    let row = |pending: Pending| {
        let value = pending.value.unwrap_or_else(|| "à compléter".to_owned());
        let article = Inline::Reference { anchor: pending.anchor, text: pending.article };
        vec![vec![article], vec![Inline::Text(value)], vec![Inline::Text(pending.question)]]
    };
    let pending = document.pending();
    (!pending.is_empty()).then(|| Table {
        bars: Vec::new(),
        results: Vec::new(),
        caption: "Valeurs entre crochets dans le texte, à confirmer ou à compléter".to_owned(),
        columns: vec![column("Article"), column("Valeur"), column("Question")],
        rows: pending.into_iter().map(row).collect(),
    })
}

/// A value that remains to be confirmed, as the text prints it.
fn bracketed(value: &str) -> String {
    format!("[{value}]")
}

/// What stands before the heading of an article, without the space that the writer sets.
fn label(article: &Article) -> &str {
    article.label.trim_end()
}

/// Title of the file, in its properties and in the window that shows it: the name of the piece when it has none.
fn file_title(document: &Document) -> &str {
    if document.title.is_empty() { &document.name } else { &document.title }
}

/// Foot of the pages: reference and name of the pièce, after the mention of a draft, which the banner says on one page only; then the
/// first figures of the fingerprint, by which a sheet of paper is known.
fn footer_text(document: &Document, fingerprint: &str) -> String {
    let draft = if document.draft.is_empty() { "" } else { "PROJET" };
    let figures = fingerprint.get(..8).unwrap_or_default();
    let parts = [draft, document.consultation.reference.as_str(), document.name.as_str(), figures];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
}

/// What a file without properties says of itself at its end, one line each; nothing for a block, which names no program, nor
/// for a document that no clause made.
fn stamp(document: &Document, fingerprint: &str) -> Vec<String> {
    let (generator, clauses) = (&document.consultation.generator, clauses_line(document));
    if generator.is_empty() || clauses.is_empty() {
        return Vec::new();
    }
    vec![format!("Empreinte {fingerprint} – {generator}"), format!("Clauses {clauses}")]
}

/// The clauses that made the document, each with the version of its text.
fn clauses_line(document: &Document) -> String {
    let clauses = document.clauses.iter().map(|stamp| format!("{} {}", stamp.id, stamp.version));
    clean_text(&clauses.collect::<Vec<_>>().join(", "))
}

/// Properties of the file that no format has a place for, those that say something.
fn properties(document: &Document, fingerprint: &str) -> Vec<(&'static str, String)> {
    let identity = &document.consultation;
    let properties = [
        ("Référence", identity.reference.clone()),
        ("Pièce", document.name.clone()),
        ("Lancement", identity.launch.clone()),
        ("Version", identity.generator.clone()),
        ("Clauses", clauses_line(document)),
        ("Empreinte", fingerprint.to_owned()),
    ];
    properties.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// Identity of the consultation in one line, or nothing when it is empty.
fn identity_line(document: &Document) -> String {
    let identity = &document.consultation;
    let mut parts = vec![identity.buyer.clone(), identity.object.clone()];
    if !identity.reference.is_empty() {
        parts.push(format!("consultation {}", identity.reference));
    }
    if !identity.launch.is_empty() {
        parts.push(format!("lancement le {}", identity.launch));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" – ")
}
