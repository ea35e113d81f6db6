//! The elements of WordprocessingML of which the text is made.

use super::super::layout::{Digits, Step, column_widths, description, names_rows};
use super::super::xml::Xml;
use crate::document::Table;

/// Width of the text on the page, in twentieths of a point: A4 less two margins of 2 cm.
const TEXT_WIDTH: usize = 9_638;
/// Width of a table, in fiftieths of a hundredth of the width of the text.
const WHOLE: usize = 5_000;
/// Property of a paragraph that stays on the page of the next one.
pub(super) const KEEP_NEXT: &str = "<w:keepNext/>";
/// Property of a heading, which no list numbers.
pub(super) const NO_LIST: &str = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>"#;
/// Properties of a value to confirm or to fill.
pub(super) const TO_CONFIRM: &str = r#"<w:rStyle w:val="ToConfirm"/>"#;
/// End of a field.
pub(super) const FIELD_END: &str = r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
/// Property of a cell of a header row.
pub(super) const HEADING_SHADE: &str = r#"<w:shd w:val="clear" w:color="auto" w:fill="E7ECF4"/>"#;

/// Emphasis of a run.
#[derive(Clone, Copy, Default)]
pub(super) struct Emphasis {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// What was last written, as far as it matters to what follows.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Last {
    List,
    Table,
    #[default]
    Other,
}

/// The space that a paragraph keeps from what stands before it.
pub(super) fn space_before(last: &mut Last, style: &str) -> &'static str {
    let list = matches!(style, "ListBullet" | "ListNumber");
    match std::mem::replace(last, if list { Last::List } else { Last::Other }) {
        Last::Table if list || style == "Normal" => r#"<w:spacing w:before="160"/>"#,
        Last::List if style == "Normal" => r#"<w:spacing w:before="120"/>"#,
        Last::List if style == "BlockTitle" => r#"<w:spacing w:before="360"/>"#,
        _ => "",
    }
}

/// The numbering of the nth list; the list numbers 1 and 2 are those of the styles.
pub(super) fn list_number(list: usize) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>"#, list + 2)
}

/// A table up to its first row, and the widths of its columns.
pub(super) fn table_start(table: &Table) -> (String, Vec<usize>) {
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
pub(super) fn cell_width(width: usize) -> String {
    format!(r#"<w:tcW w:w="{}" w:type="pct"/>"#, (width * WHOLE + TEXT_WIDTH / 2) / TEXT_WIDTH)
}

/// A piece of a number, as Word counts it.
pub(super) fn digits(digits: &Digits<'_>) -> String {
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
pub(super) fn field(instruction: &str, result: &str) -> String {
    format!("{}{result}{FIELD_END}", field_start(&format!(" {instruction} ")))
}

pub(super) fn field_start(instruction: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>"#,
        Xml(instruction)
    )
}

pub(super) fn run(text: &str) -> String {
    emphasised(text, Emphasis::default())
}

pub(super) fn emphasised(text: &str, emphasis: Emphasis) -> String {
    styled(text, "", emphasis)
}

pub(super) fn styled(text: &str, style: &str, emphasis: Emphasis) -> String {
    if text.is_empty() {
        return String::new();
    }
    let properties = run_properties(style, emphasis);
    format!(r#"<w:r>{properties}<w:t xml:space="preserve">{}</w:t></w:r>"#, Xml(text))
}

pub(super) fn run_properties(style: &str, emphasis: Emphasis) -> String {
    let bold = if emphasis.bold { "<w:b/><w:bCs/>" } else { "" };
    let italic = if emphasis.italic { "<w:i/><w:iCs/>" } else { "" };
    let properties = format!("{style}{bold}{italic}");
    if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") }
}
