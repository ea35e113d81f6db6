//! ODT: OpenDocument 1.3, which the référentiel général d'interopérabilité recommends to administrations.
//!
//! By hand, for want of a crate that writes it. The number of an article is counted by LibreOffice, one sequence a level,
//! inside a bookmark to which references point: an article added renumbers those after it. A value to confirm carries its
//! question as a comment rather than in an input field, whose content some readers drop; what is missing is plain text too,
//! since LibreOffice leaves a placeholder out of what it prints. A blank that the bidder fills is an input field: it holds
//! dots, which say nothing.
//!
//! The settings ask LibreOffice to lay the pages out as Word does: without them it takes the file for one of its first
//! versions, adds up the spaces above and below, and leaves headings alone at the foot of a page.

mod markup;
mod revisions;

pub(super) use revisions::write as write_revisions;

use super::layout::{
    Digits, Number, Step, Targets, around_number, blanks, bookmark, contents, heading_level, introduces, targets,
};
use super::xml::Xml;
use super::{
    BLANK_QUESTION, CONTENTS_HEADING, DRAFT_HEADING, PENDING_HEADING, Sheet, bracketed, draft_line, file_title,
    footer_text, identity_line, label, pending_sheet, properties,
};
use crate::base::zip::{Entry, archive};
use crate::document::{Article, Block, Document, Inline, List, Table};

use markup::{link, list_styles, span};

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:ooow="http://openoffice.org/2004/writer""#;
/// Styles of this file only: what a table and its cells look like, figures to the right, space after a block.
const AUTOMATIC_STYLES: &str = include_str!("automatic_styles.xml");
/// Width of the text on the page, in hundredths of a millimetre: A4 less two margins of 20 mm.
const TEXT_WIDTH: usize = 17_000;

pub(super) fn write(document: &Document, sheet: Sheet, fingerprint: &str) -> Vec<u8> {
    let mut writer = Writer {
        document,
        targets: targets(document),
        styles: AUTOMATIC_STYLES.to_owned(),
        body: String::new(),
        tables: 0,
        comments: 0,
        depths: 0,
        after_list: false,
    };
    writer.document(sheet);
    let Writer { styles, body, depths, .. } = writer;
    let sequences: String = (1..=depths)
        .map(|depth| format!(r#"<text:sequence-decl text:display-outline-level="0" text:name="clausier_{depth}"/>"#))
        .collect();
    let sequences =
        if depths == 0 { sequences } else { format!("<text:sequence-decls>{sequences}</text:sequence-decls>") };
    let footer = Xml(&footer_text(document, fingerprint)).to_string();
    let footer_regions = String::new();
    Package { document, fingerprint, styles, text: format!("{sequences}{body}"), footer, footer_regions }.bytes()
}

/// What makes a file: the text, and what stands beside it.
struct Package<'a> {
    document: &'a Document,
    /// Of the text; a redline, which is no document, has none.
    fingerprint: &'a str,
    styles: String,
    text: String,
    footer: String,
    /// Revisions of the foot of the pages.
    footer_regions: String,
}

impl Package<'_> {
    fn bytes(self) -> Vec<u8> {
        let Self { document, fingerprint, styles, text, footer, footer_regions } = self;
        let content = format!(
            r#"{XML}<office:document-content {NAMESPACES} office:version="1.3"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"#
        );
        let page = include_str!("styles.xml").replacen("@REVISIONS@", &footer_regions, 1);
        let page = page.replacen("@PIED@", &footer, 1);
        let mimetype = b"application/vnd.oasis.opendocument.text".to_vec();
        archive(&[
            Entry { name: "mimetype".into(), content: mimetype, stored: true },
            Entry::new("content.xml", content),
            Entry::new("styles.xml", page),
            Entry::new("meta.xml", meta(document, fingerprint)),
            Entry::new("settings.xml", include_str!("settings.xml")),
            Entry::new("META-INF/manifest.xml", include_str!("manifest.xml")),
        ])
    }
}

struct Writer<'a> {
    document: &'a Document,
    targets: Targets<'a>,
    styles: String,
    body: String,
    tables: usize,
    comments: usize,
    /// Depths of articles that are counted.
    depths: usize,
    /// The last block was a list, whose items stand close: what follows keeps its distance.
    after_list: bool,
}

impl<'a> Writer<'a> {
    fn document(&mut self, sheet: Sheet) {
        let document = self.document;
        if let Some(pending) = pending_sheet(document, sheet, Sheet::First) {
            self.paragraph("Title", PENDING_HEADING);
            self.table(&pending);
            self.paragraph("Page_end", "");
        }
        if !document.draft.is_empty() {
            self.paragraph("Draft_20_banner", DRAFT_HEADING);
            let lines: Vec<String> = document.draft.iter().map(|remark| Xml(&draft_line(remark)).to_string()).collect();
            self.list(false, &lines);
        }
        if !document.title.is_empty() {
            self.paragraph("Title", &Xml(&document.title).to_string());
        }
        let identity = identity_line(document);
        if !identity.is_empty() {
            self.paragraph("Subtitle", &Xml(&identity).to_string());
        }
        self.contents();
        self.articles(&document.articles, None, 1);
        if let Some(pending) = pending_sheet(document, sheet, Sheet::Last) {
            self.paragraph("Page_end", "");
            self.paragraph("Title", PENDING_HEADING);
            self.table(&pending);
        }
        // A text that ends on a table is given a paragraph, which would take a page if it were as high as another.
        if self.body.ends_with("</table:table>") {
            self.paragraph("Table_end", "");
        }
    }

    /// The table of contents: an index that LibreOffice refreshes, its entries written as links. The pages are its own to
    /// say, since they depend on its fonts.
    fn contents(&mut self) {
        let entries = contents(self.document);
        let Some(top) = self.document.articles.first().map(heading_level).filter(|_| !entries.is_empty()) else {
            return;
        };
        let template = |level: usize| {
            let style = if level > top { 2 } else { 1 };
            format!(
                r#"<text:table-of-content-entry-template text:outline-level="{level}" text:style-name="Contents_20_{style}"><text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>"#
            )
        };
        self.body += &format!(
            r#"<text:table-of-content text:name="{CONTENTS_HEADING}" text:protected="true"><text:table-of-content-source text:outline-level="{}"><text:index-title-template text:style-name="Contents_20_Heading">{CONTENTS_HEADING}</text:index-title-template>{}</text:table-of-content-source><text:index-body><text:index-title text:name="{CONTENTS_HEADING}_titre"><text:p text:style-name="Contents_20_Heading">{CONTENTS_HEADING}</text:p></text:index-title>"#,
            top + 1,
            (1..=10).map(template).collect::<String>()
        );
        for (depth, article) in entries {
            let title = format!("{} {}", label(article), Inline::plain(&article.heading));
            let link = link(&bookmark(&article.anchor), &Xml(title.trim()).to_string());
            self.paragraph(&format!("Contents_20_{depth}"), &link);
        }
        self.body += "</text:index-body></text:table-of-content>";
    }

    fn articles(&mut self, articles: &'a [Article], parent: Option<&Number<'a>>, depth: usize) {
        let mut expected = None;
        for article in articles {
            let number = Number::new(article, parent, depth, &mut expected);
            self.heading(article, &number);
            for (index, block) in article.blocks.iter().enumerate() {
                match block {
                    Block::Paragraph(run) => {
                        let content = self.inlines(run);
                        let stays = introduces(article.blocks.get(index + 1));
                        self.paragraph(if stays { "Introduction" } else { "Text_20_body" }, &content);
                    }
                    Block::List(List { ordered, items }) => {
                        let items: Vec<String> = items.iter().map(|item| self.inlines(item)).collect();
                        self.list(*ordered, &items);
                    }
                    Block::Table(table) => self.table(table),
                }
            }
            self.articles(&article.articles, Some(&number), depth + 1);
        }
    }

    fn heading(&mut self, article: &Article, number: &Number<'_>) {
        let name = bookmark(&article.anchor);
        let start = format!(r#"<text:bookmark-start text:name="{name}"/>"#);
        let end = format!(r#"<text:bookmark-end text:name="{name}"/>"#);
        let heading = self.inlines(&article.heading);
        let label = label(article);
        let gap = if label.is_empty() || heading.is_empty() { "" } else { " " };
        let title = match around_number(label, number.text) {
            Some((before, after)) => {
                let number: String = number.counted.iter().map(|digits| self.digits(digits)).collect();
                format!("{}{start}{number}{end}{}{gap}{heading}", Xml(before), Xml(after))
            }
            None => format!("{start}{}{gap}{heading}{end}", Xml(label)),
        };
        let remarks: Vec<&str> = self
            .document
            .remarks
            .iter()
            .filter(|remark| remark.anchor == article.anchor)
            .map(|remark| remark.text.as_str())
            .collect();
        let title = remarks.into_iter().rev().fold(title, |title, remark| self.commented(&title, remark));
        let level = heading_level(article);
        self.after_list = false;
        self.body += &markup::heading(level, &title);
    }

    /// A piece of a number, as LibreOffice counts it.
    fn digits(&mut self, digits: &Digits<'_>) -> String {
        match *digits {
            Digits::Plain(text) => Xml(text).to_string(),
            Digits::Counter { depth, step, shown } => {
                self.depths = self.depths.max(depth);
                let name = format!("clausier_{depth}");
                let formula = match step {
                    Step::From(value) => value.to_string(),
                    Step::Next => format!("{name}+1"),
                    Step::Same => name.clone(),
                };
                format!(
                    r#"<text:sequence text:name="{name}" text:formula="ooow:{formula}" style:num-format="1">{}</text:sequence>"#,
                    Xml(shown)
                )
            }
        }
    }

    /// A run with a comment on it.
    fn commented(&mut self, run: &str, comment: &str) -> String {
        self.comments += 1;
        let name = self.comments;
        format!(
            r#"<office:annotation office:name="c{name}"><dc:creator>clausier</dc:creator><text:p>{}</text:p></office:annotation>{run}<office:annotation-end office:name="c{name}"/>"#,
            Xml(comment)
        )
    }

    fn list(&mut self, ordered: bool, items: &[String]) {
        let (_, style) = list_styles(ordered);
        let items: Vec<String> = items.iter().map(|content| markup::paragraph(style, content)).collect();
        self.body += &markup::list(ordered, &items);
        self.after_list = true;
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.paragraph("Table", &Xml(&table.caption).to_string());
        }
        self.tables += 1;
        let contents: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.iter().map(|cell| self.inlines(cell)).collect()).collect();
        let (styles, text) = markup::table(&format!("Tableau{}", self.tables), table, &contents);
        self.styles += &styles;
        self.body += &text;
        self.after_list = false;
    }

    fn paragraph(&mut self, style: &str, content: &str) {
        let after_list =
            std::mem::take(&mut self.after_list) && matches!(style, "Text_20_body" | "Introduction" | "Title");
        let space = if after_list { "_after_list" } else { "" };
        self.body += &markup::paragraph(&format!("{style}{space}"), content);
    }

    fn inlines(&mut self, run: &[Inline]) -> String {
        let mut out = String::new();
        for inline in run {
            match inline {
                Inline::Text(text) => {
                    for (blank, part) in blanks(text) {
                        out += &if blank { input(part) } else { Xml(part).to_string() };
                    }
                }
                Inline::Strong(inner) => out += &span("Strong_20_Emphasis", &self.inlines(inner)),
                Inline::Emphasis(inner) => out += &span("Emphasis", &self.inlines(inner)),
                Inline::Value { content, .. } => out += &self.inlines(content),
                Inline::Reference { anchor, text } => out += &self.reference(anchor, text),
                Inline::ToConfirm { value, question } => {
                    let value = span("Placeholder", &Xml(&bracketed(value)).to_string());
                    out += &self.commented(&value, &format!("{PENDING_HEADING} – {question}"));
                }
                Inline::Missing { question } => {
                    out += &span("Placeholder", &Xml(&Inline::missing_text(question)).to_string());
                }
            }
        }
        out
    }

    /// A live reference to the number of an article; failing a number, a link to its heading.
    fn reference(&self, anchor: &str, text: &str) -> String {
        let Some(target) = self.targets.get(anchor) else {
            return Xml(text).to_string();
        };
        let name = bookmark(anchor);
        match around_number(label(target), &target.number).and(around_number(text, &target.number)) {
            Some((before, after)) => format!(
                r#"{}<text:bookmark-ref text:reference-format="text" text:ref-name="{name}">{}</text:bookmark-ref>{}"#,
                Xml(before),
                Xml(&target.number),
                Xml(after)
            ),
            None => link(&name, &Xml(text).to_string()),
        }
    }
}

/// A field that a bidder fills.
fn input(dots: &str) -> String {
    format!(r#"<text:text-input text:description="{BLANK_QUESTION}">{}</text:text-input>"#, Xml(dots))
}

fn meta(document: &Document, fingerprint: &str) -> String {
    let identity = &document.consultation;
    let mut out = format!(
        r#"{XML}<office:document-meta {NAMESPACES} office:version="1.3"><office:meta><meta:generator>{}</meta:generator><dc:title>{}</dc:title><dc:subject>{}</dc:subject><meta:keyword>{}</meta:keyword><meta:initial-creator>{}</meta:initial-creator><dc:language>fr-FR</dc:language>"#,
        Xml(&identity.generator),
        Xml(file_title(document)),
        Xml(&identity.object),
        Xml(&identity.reference),
        Xml(&identity.buyer),
    );
    for (name, value) in properties(document, fingerprint) {
        out += &format!(r#"<meta:user-defined meta:name="{name}">{}</meta:user-defined>"#, Xml(&value));
    }
    out + "</office:meta></office:document-meta>"
}
