//! The blocks of an article: paragraphs, lists, tables, bars.

use super::*;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum Block {
    /// A paragraph.
    #[serde(rename = "paragraphe")]
    Paragraph(
        #[serde(with = "serial::text")]
        #[cfg_attr(feature = "json", schemars(with = "serial::Text<Vec<Inline>>"))]
        Vec<Inline>,
    ),
    /// A list; one item is one run of text.
    #[serde(rename = "liste")]
    List(List),
    /// A table with a header row.
    #[serde(rename = "tableau")]
    Table(Table),
}

/// A bulleted or numbered list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct List {
    /// Numbered (1. 2. 3.) rather than bulleted.
    #[serde(rename = "ordonnee")]
    pub ordered: bool,
    /// The items.
    #[serde(rename = "elements")]
    pub items: Vec<Vec<Inline>>,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Table {
    /// Title and description of the table (for the reader and for assistive technology).
    #[serde(rename = "legende")]
    pub caption: String,
    /// The columns.
    #[serde(rename = "colonnes")]
    pub columns: Vec<Column>,
    /// The rows.
    #[serde(rename = "lignes")]
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Bars that draw what the table says, for the formats that draw; the table stays their alternative in words.
    #[serde(rename = "barres", default, skip_serializing_if = "Vec::is_empty")]
    pub bars: Vec<Bar>,
    /// Cells that others work out, for the formats that reckon; the other formats leave them to fill.
    #[serde(rename = "resultats", default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ReckonedCell>,
}

/// A cell that other cells work out. Ranks count from zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct ReckonedCell {
    /// Rank of its row.
    #[serde(rename = "ligne")]
    pub row: usize,
    /// Rank of its column.
    #[serde(rename = "colonne")]
    pub column: usize,
    /// How.
    #[serde(rename = "calcul")]
    pub how: Reckoning,
    /// The first row that it reads, and the last.
    #[serde(rename = "de_a")]
    pub lines: (usize, usize),
    /// Rank of the table of those rows among the tables of the article; absent when it is its own.
    #[serde(rename = "tableau", default, skip_serializing_if = "Option::is_none")]
    pub table: Option<usize>,
}

/// A bar of a drawing, cut into parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Bar {
    /// What the whole bar stands for.
    #[serde(rename = "libelle")]
    pub label: String,
    /// The parts, from left to right.
    pub parts: Vec<BarPart>,
    /// Places marked on it.
    #[serde(rename = "reperes")]
    pub marks: Vec<BarMark>,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct BarPart {
    /// What it stands for.
    #[serde(rename = "libelle")]
    pub label: String,
    /// Its width, in thousandths of the bar.
    #[serde(rename = "largeur")]
    pub width: u16,
    /// Drawn darker.
    #[serde(rename = "fonce")]
    pub strong: bool,
}

/// A place marked on a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct BarMark {
    /// What stands there.
    #[serde(rename = "libelle")]
    pub label: String,
    /// Where, in thousandths of the bar.
    #[serde(rename = "place")]
    pub at: u16,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
pub struct Column {
    /// Header cell, plain text.
    #[serde(rename = "titre")]
    pub heading: String,
    /// Figures, aligned to the right.
    #[serde(rename = "numerique")]
    pub numeric: bool,
}
