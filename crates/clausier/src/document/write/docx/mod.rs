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

mod markup;
mod package;
mod revisions;

pub(super) use revisions::write as write_revisions;

use super::layout::{
    Number, Targets, around_number, blanks, bookmark, contents, heading_level, introduces, row_stays, targets,
};
use super::xml::Xml;
use super::{
    BLANK_QUESTION, CONTENTS_HEADING, DRAFT_HEADING, PENDING_HEADING, Sheet, bracketed, draft_line, footer_text,
    identity_line, label, pending_sheet,
};
use crate::document::{Article, Block, Document, Inline, List, Table};
use markup::{
    Emphasis, FIELD_END, HEADING_SHADE, KEEP_NEXT, Last, NO_LIST, TO_CONFIRM, cell_width, digits, emphasised, field,
    field_start, list_number, run, space_before, styled, table_start,
};
use package::Package;

pub(super) fn write(document: &Document, sheet: Sheet, fingerprint: &str) -> Vec<u8> {
    let mut writer = Writer::new(document);
    writer.document(sheet);
    let Writer { body, comments, lists, .. } = writer;
    let footer = run(&footer_text(document, fingerprint));
    Package { document, fingerprint, body, comments, lists, footer }.bytes()
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
