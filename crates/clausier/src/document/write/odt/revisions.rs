//! A redline as OpenDocument's own revisions: accepting all of them gives the new document, rejecting all the old one.
//!
//! The text holds the new document; what goes stands apart, in a region, and a mark says where it was. What comes or goes as
//! a whole hangs from the end of the paragraph before it, so that each paragraph keeps its own style and each list its
//! numbers, whatever is decided. It cannot hang from a list nor from a table: a paragraph as low as can be, in both
//! documents, carries it there.
//!
//! OpenDocument has no revision of a row: a table whose rows come or go is revised whole ([`Redline::with_whole_tables`]).

use super::Package;
use super::markup::{heading, link, list, list_styles, paragraph, span, table};
use crate::document::revision::{Line, Mark, Nature, Part, Redline, RevisedTable, Span, Style};
use crate::document::write::Reviser;
use crate::document::write::layout::{bookmark, printed_table};
use crate::document::write::xml::Xml;
use std::collections::BTreeSet;

/// What the paragraph that carries a revision holds: nothing that shows, without which LibreOffice would give it the style of
/// the paragraph that goes.
const NOTHING: &str = "\u{200B}";
/// The day of a revision that has none: the format asks for one, and this one is what office suites write for nobody's day.
const NO_DAY: &str = "1970-01-01";
/// Minutes between two revisions: within one, LibreOffice takes two that touch for one, and joins the paragraphs around them.
const MINUTES: usize = 2;

pub(in crate::document::write) fn write(redline: &Redline, reviser: &Reviser) -> Vec<u8> {
    let redline = redline.clone().with_whole_tables();
    let mut writer = Writer {
        regions: Regions { reviser, ids: 0, text: String::new() },
        anchors: redline.anchors(),
        styles: super::AUTOMATIC_STYLES.to_owned(),
        body: String::new(),
        tables: 0,
        after_list: false,
    };
    writer.parts(&redline.parts);
    let Writer { mut regions, styles, body, .. } = writer;
    let text = format!("{}{body}", regions.taken());
    let footer = regions.line(&redline.footer, &BTreeSet::new());
    let footer_regions = regions.taken();
    Package { document: &redline.frame(), fingerprint: "", styles, text, footer, footer_regions }.bytes()
}

/// The revisions of a text: what goes, and who says so.
struct Regions<'r> {
    reviser: &'r Reviser,
    ids: usize,
    text: String,
}

impl Regions<'_> {
    /// All the regions so far, as they stand at the head of a text.
    fn taken(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() {
            return text;
        }
        format!(r#"<text:tracked-changes text:track-changes="false">{text}</text:tracked-changes>"#)
    }

    fn add(&mut self, kind: &str, content: &str) -> usize {
        self.ids += 1;
        let id = self.ids;
        let day = self.reviser.date.map_or_else(|| NO_DAY.to_owned(), |date| date.iso());
        let minutes = (id - 1) * MINUTES % (24 * 60);
        let (hour, minute) = (minutes / 60, minutes % 60);
        self.text += &format!(
            r#"<text:changed-region xml:id="rev{id}" text:id="rev{id}"><text:{kind}><office:change-info><dc:creator>{}</dc:creator><dc:date>{day}T{hour:02}:{minute:02}:00</dc:date></office:change-info>{content}</text:{kind}></text:changed-region>"#,
            Xml(&self.reviser.author)
        );
        id
    }

    /// The mark of what goes: paragraphs already written.
    fn gone(&mut self, content: &str) -> String {
        let id = self.add("deletion", content);
        format!(r#"<text:change text:change-id="rev{id}"/>"#)
    }

    /// The marks around what comes.
    fn come(&mut self) -> (String, String) {
        let id = self.add("insertion", "");
        (
            format!(r#"<text:change-start text:change-id="rev{id}"/>"#),
            format!(r#"<text:change-end text:change-id="rev{id}"/>"#),
        )
    }

    /// A line that stands in both documents, with what changes in it.
    fn line(&mut self, spans: &[Span], anchors: &BTreeSet<&str>) -> String {
        let mut out = String::new();
        for run in spans.chunk_by(|a, b| a.mark == b.mark) {
            match run.first().map_or(Mark::Kept, |span| span.mark) {
                Mark::Kept => out += &words(run, Some(anchors)),
                Mark::Deleted => out += &self.gone(&format!("<text:p>{}</text:p>", apart(run))),
                Mark::Inserted => {
                    let (start, end) = self.come();
                    out += &format!("{start}{}{end}", words(run, None));
                }
            }
        }
        out
    }
}

/// Runs as they look, with their links when the articles to which they point are known.
fn words(spans: &[Span], anchors: Option<&BTreeSet<&str>>) -> String {
    let shown = |span: &Span| {
        let mut text = Xml(&span.text).to_string();
        for (style, wanted) in [
            ("Emphasis", span.look.emphasis),
            ("Strong_20_Emphasis", span.look.strong),
            ("Placeholder", span.look.nature == Nature::Pending),
        ] {
            if wanted {
                text = self::span(style, &text);
            }
        }
        match &span.look.nature {
            Nature::Reference(anchor) if anchors.is_some_and(|known| known.contains(anchor.as_str())) => {
                link(&bookmark(anchor), &text)
            }
            _ => text,
        }
    };
    spans.iter().map(shown).collect()
}

/// Runs that stand apart from their line: its reader drops the spaces at both ends of a paragraph, unless they are elements.
fn apart(spans: &[Span]) -> String {
    const SPACE: &str = "<text:s/>";
    let mut spans = spans.to_vec();
    let mut ends = ["", ""];
    if let Some(first) = spans.first_mut()
        && let Some(rest) = first.text.strip_prefix(' ')
    {
        first.text = rest.to_owned();
        ends[0] = SPACE;
    }
    if let Some(last) = spans.last_mut()
        && let Some(rest) = last.text.strip_suffix(' ')
    {
        last.text = rest.to_owned();
        ends[1] = SPACE;
    }
    format!("{}{}{}", ends[0], words(&spans, None), ends[1])
}

struct Writer<'r> {
    regions: Regions<'r>,
    /// The articles that the new document has: what a link may point to.
    anchors: BTreeSet<&'r str>,
    styles: String,
    body: String,
    tables: usize,
    after_list: bool,
}

impl Writer<'_> {
    /// Parts that stay, and between them those that go and those that come.
    fn parts(&mut self, parts: &[Part]) {
        let kept = |part: &Part| part.mark() == Mark::Kept;
        let first = parts.iter().position(kept).unwrap_or(parts.len());
        let (before, mut rest) = parts.split_at(first);
        self.carried(before);
        while let Some((part, after)) = rest.split_first() {
            let next = after.iter().position(kept).unwrap_or(after.len());
            let (between, left) = after.split_at(next);
            match part {
                Part::Paragraph { style, line } => {
                    let introduces = matches!(after.first(), Some(Part::List { .. } | Part::Table(_)));
                    let content = self.regions.line(&line.spans, &self.anchors);
                    let (marks, end) = self.marks(between);
                    let content = format!("{}{marks}", self.bookmarked(style, content));
                    self.paragraph(style, introduces, &content);
                    self.come(between, &end);
                }
                Part::List { ordered, items } => {
                    self.list(*ordered, items);
                    self.carried(between);
                }
                Part::Table(table) => {
                    self.table(table, &mut |writer, cell| writer.regions.line(cell, &writer.anchors));
                    self.carried(between);
                }
            }
            rest = left;
        }
    }

    /// What goes and comes after something from which it cannot hang.
    fn carried(&mut self, parts: &[Part]) {
        if !parts.is_empty() {
            let (marks, end) = self.marks(parts);
            self.body += &paragraph("Table_end", &format!("{NOTHING}{marks}"));
            self.come(parts, &end);
        }
    }

    /// The marks of parts that go and of parts that come, at the end of the paragraph before them, and the mark that ends
    /// those that come.
    fn marks(&mut self, parts: &[Part]) -> (String, String) {
        let (gone, come): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|part| part.mark() == Mark::Deleted);
        let mut marks = String::new();
        if !gone.is_empty() {
            let body = std::mem::take(&mut self.body);
            let after_list = self.after_list;
            gone.iter().for_each(|part| self.whole(part, ""));
            let content = std::mem::replace(&mut self.body, body);
            self.after_list = after_list;
            marks += &self.regions.gone(&format!("<text:p/>{content}"));
        }
        if come.is_empty() {
            return (marks, String::new());
        }
        let (start, end) = self.regions.come();
        (marks + &start, end)
    }

    /// The parts that come, the last one with the mark of their end.
    fn come(&mut self, parts: &[Part], end: &str) {
        let mut come = parts.iter().filter(|part| part.mark() == Mark::Inserted).peekable();
        while let Some(part) = come.next() {
            self.whole(part, if come.peek().is_none() { end } else { "" });
        }
    }

    /// A part that comes or goes, `end` at the end of its last paragraph.
    fn whole(&mut self, part: &Part, end: &str) {
        match part {
            Part::Paragraph { style, line } => {
                let content = words(&line.spans, None);
                let content = if line.mark == Mark::Inserted { self.bookmarked(style, content) } else { content };
                self.paragraph(style, false, &format!("{content}{end}"));
            }
            Part::List { ordered, items } => {
                let (_, style) = list_styles(*ordered);
                let last = items.len().saturating_sub(1);
                let end = |index: usize| if index == last { end } else { "" };
                let item = |(index, item): (usize, &Line)| {
                    paragraph(style, &format!("{}{}", words(&item.spans, None), end(index)))
                };
                let items: Vec<String> = items.iter().enumerate().map(item).collect();
                self.body += &list(*ordered, &items);
                self.after_list = true;
            }
            Part::Table(table) => {
                self.table(table, &mut |_, cell| words(cell, None));
                self.body += &paragraph("Table_end", &format!("{NOTHING}{end}"));
            }
        }
    }

    /// A list that stays: what goes hangs from the item before it, or stands before the first that stays.
    fn list(&mut self, ordered: bool, items: &[Line]) {
        let (_, style) = list_styles(ordered);
        let item = |content: &str| paragraph(style, content);
        let none = item("");
        let mut out: Vec<String> = Vec::new();
        let first = items.iter().position(|item| item.mark == Mark::Kept).unwrap_or(items.len());
        let (before, mut rest) = items.split_at(first);
        let mut leading = String::new();
        let mut come: Vec<&Line> = Vec::new();
        for line in before {
            let content = words(&line.spans, None);
            if line.mark == Mark::Deleted {
                leading += &self.regions.gone(&format!("{}{none}", item(&content)));
            } else {
                come.push(line);
            }
        }
        if !come.is_empty() {
            let (start, end) = self.regions.come();
            for (index, line) in come.into_iter().enumerate() {
                let start = if index == 0 { start.as_str() } else { "" };
                out.push(item(&format!("{start}{}", words(&line.spans, None))));
            }
            leading = end + &leading;
        }
        while let Some((line, after)) = rest.split_first() {
            let next = after.iter().position(|item| item.mark == Mark::Kept).unwrap_or(after.len());
            let (between, left) = after.split_at(next);
            let mut content = std::mem::take(&mut leading) + &self.regions.line(&line.spans, &self.anchors);
            for gone in between.iter().filter(|line| line.mark == Mark::Deleted) {
                content += &self.regions.gone(&format!("{none}{}", item(&words(&gone.spans, None))));
            }
            let mut come = between.iter().filter(|line| line.mark == Mark::Inserted).peekable();
            let mut last = String::new();
            if come.peek().is_some() {
                let (start, end) = self.regions.come();
                content += &start;
                last = end;
            }
            out.push(item(&content));
            while let Some(line) = come.next() {
                let end = if come.peek().is_none() { last.as_str() } else { "" };
                out.push(item(&format!("{}{end}", words(&line.spans, None))));
            }
            rest = left;
        }
        self.body += &list(ordered, &out);
        self.after_list = true;
    }

    fn table(&mut self, revised: &RevisedTable, content: &mut dyn FnMut(&mut Self, &[Span]) -> String) {
        if !revised.caption.spans.is_empty() {
            let caption = content(self, &revised.caption.spans);
            self.body += &paragraph("Table", &caption);
        }
        let contents: Vec<Vec<String>> =
            revised.rows.iter().map(|row| row.cells.iter().map(|cell| content(self, cell)).collect()).collect();
        self.tables += 1;
        let (styles, text) = table(&format!("Tableau{}", self.tables), &printed_table(revised), &contents);
        self.styles += &styles;
        self.body += &text;
        self.after_list = false;
    }

    /// The heading of an article of the new document, which a link may name.
    fn bookmarked(&self, style: &Style, content: String) -> String {
        let Style::Heading { anchor, .. } = style else { return content };
        let name = bookmark(anchor);
        format!(r#"<text:bookmark-start text:name="{name}"/>{content}<text:bookmark-end text:name="{name}"/>"#)
    }

    fn paragraph(&mut self, style: &Style, introduces: bool, content: &str) {
        let space = if std::mem::take(&mut self.after_list) { "_after_list" } else { "" };
        self.body += &match style {
            Style::Heading { level, .. } => heading(*level, content),
            Style::PendingTitle => paragraph("Title_of_page", content),
            Style::Title => paragraph(&format!("Title{space}"), content),
            Style::DraftTitle => paragraph("Draft_20_banner", content),
            Style::Identity => paragraph("Subtitle", content),
            Style::Body if introduces => paragraph(&format!("Introduction{space}"), content),
            Style::Body => paragraph(&format!("Text_20_body{space}"), content),
        };
    }
}
