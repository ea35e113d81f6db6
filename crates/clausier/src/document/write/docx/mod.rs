//! DOCX: WordprocessingML, transitional, as Word and LibreOffice both read it.
//!
//! By hand: the crates that write it give no numbered list bound to a style, no header row, no language or no revisions,
//! and one of them writes files that the Open XML SDK refuses. What a contract piece needs is ten elements.
//!
//! The number of an article is text that every reader sees and a field that Word keeps: one `SEQ` counter a level, with
//! its result cached, inside a bookmark to which references point by `REF`. A number of the list of the heading style
//! would be lost by the readers that show text only, and doubled by a host document that numbers its own headings:
//! hence the headings refuse one.

mod revisions;

pub(super) use revisions::write as write_revisions;

use super::layout::{
    Targets, around_number, bookmark, column_widths, description, heading_level, introduces, names_rows, row_stays,
    targets,
};
use super::xml::Xml;
use super::{
    DRAFT_HEADING, PENDING_HEADING, bracketed, draft_line, file_title, footer_text, identity_line, label,
    pending_table, properties,
};
use crate::base::zip::{Entry, archive};
use crate::document::{Article, Block, Document, Inline, List, Table};

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const R: &str = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
/// Width of the text on the page, in twentieths of a point: A4 less two margins of 2 cm.
const TEXT_WIDTH: usize = 9_638;
/// Longest title of a content control in Word.
const CONTROL_TITLE: usize = 64;
/// Property of a paragraph that stays on the page of the next one.
const KEEP_NEXT: &str = "<w:keepNext/>";
/// Property of a heading, which no list numbers.
const NO_LIST: &str = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>"#;
/// Property of a cell of a header row.
const HEADING_SHADE: &str = r#"<w:shd w:val="clear" w:color="auto" w:fill="E7ECF4"/>"#;

pub(super) fn write(document: &Document) -> Vec<u8> {
    let mut writer = Writer::new(document);
    writer.document();
    let Writer { body, comments, ordered_lists, .. } = writer;
    Package { document, body, comments, ordered_lists, footer: run(&footer_text(document)) }.bytes()
}

/// What makes a file: the text, and what stands beside it.
struct Package<'a> {
    document: &'a Document,
    body: String,
    comments: String,
    ordered_lists: usize,
    footer: String,
}

impl Package<'_> {
    fn bytes(self) -> Vec<u8> {
        let Self { document, body, comments, ordered_lists, footer } = self;
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
            Entry::new("word/numbering.xml", numbering(ordered_lists)),
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

/// The number of an article, as fields.
struct Number<'a> {
    /// The number itself (« 7.3 »).
    text: &'a str,
    /// Fields that count it.
    counted: String,
    /// Fields that repeat it, for the numbers of its sub-articles.
    repeated: String,
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
    ordered_lists: usize,
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
            ordered_lists: 0,
            last: Last::Other,
        }
    }

    fn document(&mut self) {
        let document = self.document;
        if !document.draft.is_empty() {
            self.paragraph("DraftBanner", "", &run(DRAFT_HEADING));
            for remark in &document.draft {
                self.paragraph("ListBullet", "", &run(&draft_line(remark)));
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
        self.articles(&document.articles, None, 1);
        if let Some(pending) = pending_table(document) {
            self.paragraph("TableEnd", "", r#"<w:r><w:br w:type="page"/></w:r>"#);
            self.paragraph("BlockTitle", "", &run(PENDING_HEADING));
            self.table(&pending);
        }
        self.close_table();
    }

    fn articles(&mut self, articles: &'a [Article], parent: Option<&Number<'a>>, depth: usize) {
        let mut expected = None;
        for article in articles {
            let number = number(article, parent, depth, &mut expected);
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
                format!("{}{start}{}{end}{}{heading}", run(before), number.counted, run(&after))
            }
            None => format!("{start}{}{heading}{end}", run(&format!("{label}{gap}"))),
        };
        let (mut marks, mut references) = (String::new(), String::new());
        for remark in self.document.remarks.iter().filter(|remark| remark.anchor == article.anchor) {
            let id = self.comment_count;
            self.comment_count += 1;
            marks += &format!(r#"<w:commentRangeStart w:id="{id}"/>"#);
            references += &format!(
                r#"<w:commentRangeEnd w:id="{id}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{id}"/></w:r>"#
            );
            self.comments += &format!(
                r#"<w:comment w:id="{id}" w:author="clausier" w:initials="c"><w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>{}</w:p></w:comment>"#,
                run(&remark.text)
            );
        }
        let style = format!("Heading{}", heading_level(article));
        self.paragraph(&style, NO_LIST, &format!("{marks}{title}{references}"));
    }

    fn list(&mut self, list: &List) {
        let (style, numbering) = if list.ordered {
            self.ordered_lists += 1;
            ("ListNumber", list_number(self.ordered_lists))
        } else {
            ("ListBullet", String::new())
        };
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
        self.body += &format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{stays}{align}</w:pPr>{content}</w:p></w:tc>"#
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
                Inline::Text(text) => out += &emphasised(text, emphasis),
                Inline::Strong(inner) => out += &self.inlines(inner, Emphasis { bold: true, ..emphasis }),
                Inline::Emphasis(inner) => out += &self.inlines(inner, Emphasis { italic: true, ..emphasis }),
                Inline::Value { content, .. } => out += &self.inlines(content, emphasis),
                Inline::Reference { anchor, text } => out += &self.reference(anchor, text, emphasis),
                Inline::ToConfirm { value, question } => {
                    out += &self.control("a-confirmer", question, &bracketed(value), emphasis);
                }
                Inline::Missing { question } => {
                    out += &self.control("a-completer", question, &Inline::missing_text(question), emphasis);
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

    /// A content control: Word shows the question above the value. It takes rich text, since LibreOffice strips the style
    /// of a plain one.
    fn control(&mut self, tag: &str, question: &str, text: &str, emphasis: Emphasis) -> String {
        self.control_count += 1;
        let mut title: String = question.chars().take(CONTROL_TITLE).collect();
        if title.len() < question.len() {
            title.pop();
            title.push('…');
        }
        format!(
            r#"<w:sdt><w:sdtPr><w:rPr><w:rStyle w:val="ToConfirm"/></w:rPr><w:alias w:val="{}"/><w:tag w:val="{tag}"/><w:id w:val="{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"#,
            Xml(&title),
            self.control_count,
            styled(text, r#"<w:rStyle w:val="ToConfirm"/>"#, emphasis),
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

/// The numbering of the nth numbered list; the list numbers 1 and 2 are those of the styles.
fn list_number(list: usize) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>"#, list + 2)
}

/// A table up to its first row, and the widths of its columns.
fn table_start(table: &Table) -> (String, Vec<usize>) {
    let widths = column_widths(table, TEXT_WIDTH);
    let (look, first) = if names_rows(table) { ("06A0", 1) } else { ("0620", 0) };
    let mut out = format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}" w:firstRow="1" w:lastRow="0" w:firstColumn="{first}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblDescription w:val="{}"/></w:tblPr><w:tblGrid>"#,
        Xml(&description(table)),
    );
    for width in &widths {
        out += &format!(r#"<w:gridCol w:w="{width}"/>"#);
    }
    (out + "</w:tblGrid>", widths)
}

/// The number of an article as counters that Word keeps. `expected` is what the counter of this level says next.
fn number<'a>(
    article: &'a Article,
    parent: Option<&Number<'a>>,
    depth: usize,
    expected: &mut Option<u32>,
) -> Number<'a> {
    let text = article.number.as_str();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, last) = text.split_at(digits);
    let counter = last.parse::<u32>().ok().filter(|value| value.to_string() == last);
    let Some(value) = counter else {
        *expected = None;
        return Number { text, counted: run(text), repeated: run(text) };
    };
    let inherited = parent.and_then(|parent| Some((parent, prefix.strip_prefix(parent.text)?)));
    let before = inherited.map_or_else(|| run(prefix), |(parent, sign)| format!("{}{}", parent.repeated, run(sign)));
    let restart = if *expected == Some(value) { String::new() } else { format!(r" \r {value}") };
    *expected = value.checked_add(1);
    let count =
        |switch: &str| format!("{before}{}", field(&format!(r"SEQ clausier_{depth} \* ARABIC{switch}"), &run(last)));
    Number { text, counted: count(&restart), repeated: count(r" \c") }
}

/// A field with its cached result, in the long form: some readers lose the text of the short one.
fn field(instruction: &str, result: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
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

/// One list a numbered list, so that each starts at one; 1 and 2 are those of the list styles.
fn numbering(ordered_lists: usize) -> String {
    let level = |format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl>"#
        )
    };
    let mut out = format!(
        r#"{XML}<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"#,
        level("bullet", "–"),
        level("decimal", "%1."),
    );
    for list in 0..ordered_lists {
        out += &format!(
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
            list + 3
        );
    }
    out + "</w:numbering>"
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
        Xml(&file_title(document)),
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
