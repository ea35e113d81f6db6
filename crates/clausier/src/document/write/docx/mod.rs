//! DOCX: WordprocessingML, transitional, as Word and LibreOffice both read it.
//!
//! By hand: the crates that write it give no numbered list bound to a style, no header row, no language or no revisions,
//! and one of them writes files that the Open XML SDK refuses. What a contract piece needs is ten elements.
//!
//! The number of an article is text that every reader sees and a field that Word keeps: one `SEQ` counter a level, with
//! its result cached, inside a bookmark to which references point by `REF`. A number of the list of the heading style
//! would be lost by the readers that show text only, and doubled by a host document that numbers its own headings:
//! hence the headings refuse one.
//!
//! A value to confirm carries its question as a comment: the readers that show text only leave out what stands in a content
//! control. A blank that the bidder fills is one: it holds dots, which say nothing.

mod revisions;

pub(super) use revisions::write as write_revisions;

use super::layout::{
    Digits, Number, Step, Targets, around_number, blanks, bookmark, column_widths, contents, description,
    heading_level, introduces, names_rows, row_stays, targets,
};
use super::xml::Xml;
use super::{
    BLANK_QUESTION, CONTENTS_HEADING, DRAFT_HEADING, PENDING_HEADING, Sheet, bracketed, draft_line, file_title,
    footer_text, identity_line, label, pending_sheet, properties,
};
use crate::base::zip::{Entry, archive};
use crate::document::{Article, Block, Document, Inline, List, Table};

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const R: &str = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
/// Width of the text on the page, in twentieths of a point: A4 less two margins of 2 cm.
const TEXT_WIDTH: usize = 9_638;
/// Width of a table, in fiftieths of a hundredth of the width of the text.
const WHOLE: usize = 5_000;
/// Property of a paragraph that stays on the page of the next one.
const KEEP_NEXT: &str = "<w:keepNext/>";
/// Property of a heading, which no list numbers.
const NO_LIST: &str = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>"#;
/// Properties of a value to confirm or to fill.
const TO_CONFIRM: &str = r#"<w:rStyle w:val="ToConfirm"/>"#;
/// End of a field.
const FIELD_END: &str = r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
/// Property of a cell of a header row.
const HEADING_SHADE: &str = r#"<w:shd w:val="clear" w:color="auto" w:fill="E7ECF4"/>"#;

pub(super) fn write(document: &Document, sheet: Sheet) -> Vec<u8> {
    let mut writer = Writer::new(document);
    writer.document(sheet);
    let Writer { body, comments, lists, .. } = writer;
    Package { document, body, comments, lists, footer: run(&footer_text(document)) }.bytes()
}

/// What makes a file: the text, and what stands beside it.
struct Package<'a> {
    document: &'a Document,
    body: String,
    comments: String,
    /// For each list, whether it is numbered.
    lists: Vec<bool>,
    footer: String,
}

impl Package<'_> {
    fn bytes(self) -> Vec<u8> {
        let Self { document, body, comments, lists, footer } = self;
        let main = format!(
            "{XML}<w:document {W} {R}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
             <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1247\" w:right=\"1134\" w:bottom=\"1247\" \
             w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
        );
        archive(&[
            Entry::new("[Content_Types].xml", include_str!("content_types.xml")),
            Entry::new("_rels/.rels", include_str!("package_rels.xml")),
            Entry::new("docProps/core.xml", core_properties(document)),
            Entry::new("docProps/app.xml", application_properties(document)),
            Entry::new("docProps/custom.xml", custom_properties(document)),
            Entry::new("word/document.xml", main),
            Entry::new("word/_rels/document.xml.rels", include_str!("document_rels.xml")),
            Entry::new("word/styles.xml", include_str!("styles.xml")),
            Entry::new("word/numbering.xml", numbering(&lists)),
            Entry::new("word/settings.xml", include_str!("settings.xml")),
            Entry::new("word/footer1.xml", footer_part(&footer)),
            Entry::new("word/comments.xml", format!("{XML}<w:comments {W}>{comments}</w:comments>")),
        ])
    }
}

/// Emphasis of a run.
#[derive(Clone, Copy, Default)]
struct Emphasis {
    bold: bool,
    italic: bool,
}

/// What was last written, as far as it matters to what follows.
#[derive(Clone, Copy, Default, PartialEq)]
enum Last {
    List,
    Table,
    #[default]
    Other,
}

struct Writer<'a> {
    document: &'a Document,
    targets: Targets<'a>,
    body: String,
    comments: String,
    comment_count: usize,
    bookmark_count: usize,
    control_count: usize,
    /// For each list, whether it is numbered.
    lists: Vec<bool>,
    /// The last block: what follows keeps its distance.
    last: Last,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            targets: targets(document),
            body: String::new(),
            comments: String::new(),
            comment_count: 0,
            bookmark_count: 0,
            control_count: 0,
            lists: Vec::new(),
            last: Last::Other,
        }
    }

    fn document(&mut self, sheet: Sheet) {
        let document = self.document;
        if let Some(pending) = pending_sheet(document, sheet, Sheet::First) {
            self.paragraph("BlockTitle", "", &run(PENDING_HEADING));
            self.table(&pending);
            self.page_end();
        }
        if !document.draft.is_empty() {
            self.paragraph("DraftBanner", "", &run(DRAFT_HEADING));
            let numbering = self.numbered(false);
            for remark in &document.draft {
                self.paragraph("ListBullet", &numbering, &run(&draft_line(remark)));
            }
        }
        // Styles of ours, based on the built-in ones: pandoc takes a leading title and subtitle out of the text.
        if !document.title.is_empty() {
            self.paragraph("BlockTitle", "", &run(&document.title));
        }
        let identity = identity_line(document);
        if !identity.is_empty() {
            self.paragraph("BlockIdentity", "", &run(&identity));
        }
        self.contents();
        self.articles(&document.articles, None, 1);
        if let Some(pending) = pending_sheet(document, sheet, Sheet::Last) {
            self.page_end();
            self.paragraph("BlockTitle", "", &run(PENDING_HEADING));
            self.table(&pending);
        }
        self.close_table();
    }

    fn page_end(&mut self) {
        self.paragraph("TableEnd", "", r#"<w:r><w:br w:type="page"/></w:r>"#);
    }

    /// The table of contents: a field that Word refreshes, its entries written as links. The pages are its own to say, since
    /// they depend on its fonts.
    fn contents(&mut self) {
        let entries = contents(self.document);
        let Some((last, _)) = entries.len().checked_sub(1).zip(entries.first()) else { return };
        let top = self.document.articles.first().map_or(1, heading_level);
        self.control_count += 1;
        self.body += &format!(
            r#"<w:sdt><w:sdtPr><w:id w:val="{}"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"#,
            self.control_count
        );
        self.paragraph("ContentsTitle", "", &run(CONTENTS_HEADING));
        for (index, (depth, article)) in entries.iter().enumerate() {
            let title = format!("{} {}", label(article), Inline::plain(&article.heading));
            let link = format!(
                r#"<w:hyperlink w:anchor="{}" w:history="1">{}</w:hyperlink>"#,
                Xml(&bookmark(&article.anchor)),
                run(title.trim())
            );
            let instruction = format!(r#" TOC \o "{top}-{}" \h \z \u "#, top + 1);
            let start = if index == 0 { field_start(&instruction) } else { String::new() };
            let end = if index == last { FIELD_END } else { "" };
            self.paragraph(&format!("TOC{depth}"), "", &format!("{start}{link}{end}"));
        }
        self.body += "</w:sdtContent></w:sdt>";
    }

    fn articles(&mut self, articles: &'a [Article], parent: Option<&Number<'a>>, depth: usize) {
        let mut expected = None;
        for article in articles {
            let number = Number::new(article, parent, depth, &mut expected);
            self.heading(article, &number);
            for (index, block) in article.blocks.iter().enumerate() {
                match block {
                    Block::Paragraph(inlines) => {
                        let content = self.inlines(inlines, Emphasis::default());
                        let stays = if introduces(article.blocks.get(index + 1)) { KEEP_NEXT } else { "" };
                        self.paragraph("Normal", stays, &content);
                    }
                    Block::List(list) => self.list(list),
                    Block::Table(table) => self.table(table),
                }
            }
            self.articles(&article.articles, Some(&number), depth + 1);
        }
    }

    fn heading(&mut self, article: &Article, number: &Number<'_>) {
        self.bookmark_count += 1;
        let id = self.bookmark_count;
        let start = format!(r#"<w:bookmarkStart w:id="{id}" w:name="{}"/>"#, Xml(&bookmark(&article.anchor)));
        let end = format!(r#"<w:bookmarkEnd w:id="{id}"/>"#);
        let heading = self.inlines(&article.heading, Emphasis::default());
        let label = label(article);
        let gap = if label.is_empty() || heading.is_empty() { "" } else { " " };
        let title = match around_number(label, number.text) {
            Some((before, after)) => {
                let after = format!("{after}{gap}");
                let number: String = number.counted.iter().map(digits).collect();
                format!("{}{start}{number}{end}{}{heading}", run(before), run(&after))
            }
            None => format!("{start}{}{heading}{end}", run(&format!("{label}{gap}"))),
        };
        let document = self.document;
        let remarks = document.remarks.iter().filter(|remark| remark.anchor == article.anchor);
        let title = remarks.fold(title, |title, remark| self.commented(&title, &remark.text));
        self.paragraph(&format!("Heading{}", heading_level(article)), NO_LIST, &title);
    }

    /// A run with a comment on it.
    fn commented(&mut self, content: &str, comment: &str) -> String {
        let id = self.comment_count;
        self.comment_count += 1;
        self.comments += &format!(
            r#"<w:comment w:id="{id}" w:author="clausier" w:initials="c"><w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>{}</w:p></w:comment>"#,
            run(comment)
        );
        format!(
            r#"<w:commentRangeStart w:id="{id}"/>{content}<w:commentRangeEnd w:id="{id}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{id}"/></w:r>"#
        )
    }

    /// The numbering of a new list.
    fn numbered(&mut self, ordered: bool) -> String {
        self.lists.push(ordered);
        list_number(self.lists.len())
    }

    fn list(&mut self, list: &List) {
        let style = if list.ordered { "ListNumber" } else { "ListBullet" };
        let numbering = self.numbered(list.ordered);
        for item in &list.items {
            let content = self.inlines(item, Emphasis::default());
            self.paragraph(style, &numbering, &content);
        }
    }

    fn table(&mut self, table: &Table) {
        if table.caption.is_empty() {
            self.close_table();
        } else {
            // Not the style of captions: pandoc would move it below the table.
            self.paragraph("TableCaption", "", &run(&table.caption));
        }
        let (start, widths) = table_start(table);
        self.body += &start;
        self.body += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
        for (column, width) in table.columns.iter().zip(&widths) {
            self.cell("TableHeading", "", *width, HEADING_SHADE, column.numeric, &run(&column.heading));
        }
        self.body += "</w:tr>";
        for (index, row) in table.rows.iter().enumerate() {
            let stays = if row_stays(index, table) { KEEP_NEXT } else { "" };
            self.body += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
            for (cell, (column, width)) in row.iter().zip(table.columns.iter().zip(&widths)) {
                let content = self.inlines(cell, Emphasis::default());
                self.cell("TableText", stays, *width, "", column.numeric, &content);
            }
            self.body += "</w:tr>";
        }
        self.body += "</w:tbl>";
        self.last = Last::Table;
    }

    fn cell(&mut self, style: &str, stays: &str, width: usize, shade: &str, numeric: bool, content: &str) {
        let align = if numeric { r#"<w:jc w:val="right"/>"# } else { "" };
        let width = cell_width(width);
        self.body += &format!(
            r#"<w:tc><w:tcPr>{width}{shade}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{stays}{align}</w:pPr>{content}</w:p></w:tc>"#
        );
    }

    /// A table is followed by a paragraph, as low as can be: two would merge, and a document cannot end on one.
    fn close_table(&mut self) {
        if self.last == Last::Table {
            self.paragraph("TableEnd", "", "");
        }
    }

    fn paragraph(&mut self, style: &str, properties: &str, content: &str) {
        let space = space_before(&mut self.last, style);
        let named = if style == "Normal" { String::new() } else { format!(r#"<w:pStyle w:val="{style}"/>"#) };
        let properties = format!("{named}{properties}{space}");
        let properties = if properties.is_empty() { properties } else { format!("<w:pPr>{properties}</w:pPr>") };
        self.body += &format!("<w:p>{properties}{content}</w:p>");
    }

    fn inlines(&mut self, inlines: &[Inline], emphasis: Emphasis) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => {
                    for (blank, part) in blanks(text) {
                        out += &if blank { self.control(part, emphasis) } else { emphasised(part, emphasis) };
                    }
                }
                Inline::Strong(inner) => out += &self.inlines(inner, Emphasis { bold: true, ..emphasis }),
                Inline::Emphasis(inner) => out += &self.inlines(inner, Emphasis { italic: true, ..emphasis }),
                Inline::Value { content, .. } => out += &self.inlines(content, emphasis),
                Inline::Reference { anchor, text } => out += &self.reference(anchor, text, emphasis),
                Inline::ToConfirm { value, question } => {
                    let value = styled(&bracketed(value), TO_CONFIRM, emphasis);
                    out += &self.commented(&value, &format!("{PENDING_HEADING} – {question}"));
                }
                Inline::Missing { question } => {
                    out += &styled(&Inline::missing_text(question), TO_CONFIRM, emphasis);
                }
            }
        }
        out
    }

    /// A live reference to the number of an article; failing a number, a link to its heading.
    fn reference(&self, anchor: &str, text: &str, emphasis: Emphasis) -> String {
        let Some(target) = self.targets.get(anchor) else {
            return emphasised(text, emphasis);
        };
        let name = bookmark(anchor);
        let numbered = around_number(label(target), &target.number).and(around_number(text, &target.number));
        match numbered {
            Some((before, after)) => format!(
                "{}{}{}",
                emphasised(before, emphasis),
                field(&format!(r"REF {name} \h"), &emphasised(&target.number, emphasis)),
                emphasised(after, emphasis)
            ),
            None => {
                format!(r#"<w:hyperlink w:anchor="{name}" w:history="1">{}</w:hyperlink>"#, emphasised(text, emphasis))
            }
        }
    }

    /// A content control that a bidder fills: its dots go at the first key. It takes rich text, since LibreOffice strips the
    /// style of a plain one.
    fn control(&mut self, dots: &str, emphasis: Emphasis) -> String {
        self.control_count += 1;
        format!(
            r#"<w:sdt><w:sdtPr><w:alias w:val="{BLANK_QUESTION}"/><w:tag w:val="candidat"/><w:id w:val="{}"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"#,
            self.control_count,
            emphasised(dots, emphasis),
        )
    }
}

/// The space that a paragraph keeps from what stands before it.
fn space_before(last: &mut Last, style: &str) -> &'static str {
    let list = matches!(style, "ListBullet" | "ListNumber");
    match std::mem::replace(last, if list { Last::List } else { Last::Other }) {
        Last::Table if list || style == "Normal" => r#"<w:spacing w:before="160"/>"#,
        Last::List if style == "Normal" => r#"<w:spacing w:before="120"/>"#,
        Last::List if style == "BlockTitle" => r#"<w:spacing w:before="360"/>"#,
        _ => "",
    }
}

/// The numbering of the nth list; the list numbers 1 and 2 are those of the styles.
fn list_number(list: usize) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>"#, list + 2)
}

/// A table up to its first row, and the widths of its columns.
fn table_start(table: &Table) -> (String, Vec<usize>) {
    let widths = column_widths(table, TEXT_WIDTH);
    let (look, first) = if names_rows(table) { ("06A0", 1) } else { ("0620", 0) };
    let mut out = format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{WHOLE}" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}" w:firstRow="1" w:lastRow="0" w:firstColumn="{first}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblDescription w:val="{}"/></w:tblPr><w:tblGrid>"#,
        Xml(&description(table)),
    );
    for width in &widths {
        out += &format!(r#"<w:gridCol w:w="{width}"/>"#);
    }
    (out + "</w:tblGrid>", widths)
}

/// The width of a cell, in the same unit as [`WHOLE`].
fn cell_width(width: usize) -> String {
    format!(r#"<w:tcW w:w="{}" w:type="pct"/>"#, (width * WHOLE + TEXT_WIDTH / 2) / TEXT_WIDTH)
}

/// A piece of a number, as Word counts it.
fn digits(digits: &Digits<'_>) -> String {
    match *digits {
        Digits::Plain(text) => run(text),
        Digits::Counter { depth, step, shown } => {
            let switch = match step {
                Step::From(value) => format!(r" \r {value}"),
                Step::Next => String::new(),
                Step::Same => r" \c".to_owned(),
            };
            field(&format!(r"SEQ clausier_{depth} \* ARABIC{switch}"), &run(shown))
        }
    }
}

/// A field with its cached result, in the long form: some readers lose the text of the short one.
fn field(instruction: &str, result: &str) -> String {
    format!("{}{result}{FIELD_END}", field_start(&format!(" {instruction} ")))
}

fn field_start(instruction: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>"#,
        Xml(instruction)
    )
}

fn run(text: &str) -> String {
    emphasised(text, Emphasis::default())
}

fn emphasised(text: &str, emphasis: Emphasis) -> String {
    styled(text, "", emphasis)
}

fn styled(text: &str, style: &str, emphasis: Emphasis) -> String {
    if text.is_empty() {
        return String::new();
    }
    let properties = run_properties(style, emphasis);
    format!(r#"<w:r>{properties}<w:t xml:space="preserve">{}</w:t></w:r>"#, Xml(text))
}

fn run_properties(style: &str, emphasis: Emphasis) -> String {
    let bold = if emphasis.bold { "<w:b/><w:bCs/>" } else { "" };
    let italic = if emphasis.italic { "<w:i/><w:iCs/>" } else { "" };
    let properties = format!("{style}{bold}{italic}");
    if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") }
}

/// One list a list, so that none runs into the next; 1 and 2 are those of the styles. A numbered one has a definition of its
/// own, hence starts at one whatever comes or goes before it and whichever of its items goes.
fn numbering(lists: &[bool]) -> String {
    let definition = |id: usize, (format, text): (&str, &str)| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>"#
        )
    };
    let (bullets, numbers) = (("bullet", "–"), ("decimal", "%1."));
    let (mut definitions, mut instances) = (String::new(), String::new());
    for (list, ordered) in [false, true].iter().chain(lists).enumerate() {
        // The bullets of all lists have one definition.
        let defined = if *ordered { list } else { 0 };
        if defined == list {
            definitions += &definition(list, if *ordered { numbers } else { bullets });
        }
        instances += &format!(r#"<w:num w:numId="{}"><w:abstractNumId w:val="{defined}"/></w:num>"#, list + 1);
    }
    format!("{XML}<w:numbering {W}>{definitions}{instances}</w:numbering>")
}

fn footer_part(text: &str) -> String {
    let page = |instruction: &str| field(instruction, &run("1"));
    format!(
        r#"{XML}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}{}</w:p></w:ftr>"#,
        text,
        run("Page "),
        page("PAGE"),
        run(" sur "),
        page("NUMPAGES"),
    )
}

fn core_properties(document: &Document) -> String {
    let identity = &document.consultation;
    format!(
        r#"{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><cp:keywords>{}</cp:keywords><dc:language>fr-FR</dc:language><cp:version>{}</cp:version></cp:coreProperties>"#,
        Xml(file_title(document)),
        Xml(&identity.object),
        Xml(&identity.buyer),
        Xml(&identity.reference),
        Xml(&identity.generator),
    )
}

fn application_properties(document: &Document) -> String {
    format!(
        r#"{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{}</Application><Company>{}</Company></Properties>"#,
        Xml(&document.consultation.generator),
        Xml(&document.consultation.buyer),
    )
}

fn custom_properties(document: &Document) -> String {
    let mut out = format!(
        r#"{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">"#
    );
    // Word numbers its own properties from 2.
    for (id, (name, value)) in (2..).zip(properties(document)) {
        out += &format!(
            r#"<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{id}" name="{name}"><vt:lpwstr>{}</vt:lpwstr></property>"#,
            Xml(&value)
        );
    }
    out + "</Properties>"
}
