//! The tables to fill that a text announces: what a line is, what stands in the columns, how the figures make a value.
//!
//! A criterion has one, from which its values are worked out; a clause has one for each document that it announces and that
//! no buyer has to write himself.

use crate::base::reckoning::Reckoning;
use crate::base::terms::{CriterionNature, Piece, Vocabulary as _};
use crate::file::reading::{self, Raw, Table};

/// Most columns that a page holds.
pub(crate) const WIDEST: usize = 8;
/// The word for what the price is made of.
pub(crate) const POSTS: &str = "postes";
/// Columns that an item, its unit and its quantity take.
pub(crate) const ITEM_COLUMNS: usize = 3;
/// Most lines written in a file.
pub(crate) const LONGEST: usize = 50;

/// A table to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame {
    /// Its title; empty for the frame of a criterion, which has the title of the criterion.
    pub title: String,
    /// The piece in which it stands, one of those that are tables to fill.
    pub piece: Piece,
    /// Its lines.
    pub lines: Lines,
    /// Headings of the columns; the first names a line.
    pub columns: Vec<String>,
    /// Ranks of the columns that the buyer fills before he publishes.
    pub given: Vec<usize>,
    /// The columns that each line works out from its own cells, each with how.
    pub by_line: Vec<(usize, Reckoning)>,
    /// What it works out, each with how: the name of a note of the criterion, or for a clause the words of the line.
    pub results: Vec<(String, Reckoning)>,
}

/// The lines of a table to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lines {
    /// To write.
    Blank,
    /// Written in the file.
    Written(Vec<String>),
    /// What the price is made of, for the criterion of the price alone: item, unit and quantity stand in the first columns.
    Posts,
    /// The list parameter that gives them: of the criterion or the clause itself, or of a clause that it requires.
    Listed {
        /// That clause.
        clause: Option<String>,
        /// The parameter.
        name: String,
    },
}

impl Frame {
    /// A table of a criterion with these columns, the first of which names a line, and with these lines; name what it works out in
    /// `results`.
    pub fn new<T: Into<String>>(columns: impl IntoIterator<Item = T>, lines: Lines) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        let (title, given, by_line, results) = Default::default();
        Self { title, piece: Piece::ResponseFrame, lines, columns, given, by_line, results }
    }

    /// True for a column of figures: one that is reckoned, or that a reckoning reads.
    pub fn is_figure(&self, column: usize) -> bool {
        let reads = |how: &Reckoning| how.of() == column || how.by() == Some(column);
        let lines = self.by_line.iter().any(|(target, how)| *target == column || reads(how));
        lines || self.results.iter().any(|(_, how)| reads(how))
    }
}

/// Reads the frame of a criterion of this nature (`[critere.cadre]`); only the notes of these names may be worked out. A dossier
/// (`own`) has no list of its own: it writes the lines, or names the list of a clause.
pub(super) fn of_criterion(table: &Table<'_, '_>, nature: Option<CriterionNature>, notes: &[&str], own: bool) -> Frame {
    let priced = matches!(nature, Some(CriterionNature::Price | CriterionNature::Cost));
    let piece = if priced { Piece::PriceFrame } else { Piece::ResponseFrame };
    let mut frame = frame(table, piece, String::new(), Some(notes));
    if nature == Some(CriterionNature::Price) && frame.lines == listed(POSTS) {
        frame.lines = Lines::Posts;
        let summed = frame.results.iter().all(|(_, how)| matches!(how, Reckoning::Sum { .. }));
        if frame.columns.len() <= ITEM_COLUMNS || frame.results.len() != 1 || !summed {
            let message = "un cadre de postes a quatre colonnes au moins et la somme de l’une d’elles";
            let help = "colonnes = [\"Poste\", \"Unité\", \"Quantité\", \"Montant HT (€)\"]";
            table.report.add(table.span_of("colonnes"), message, help);
        }
    }
    if let (true, Lines::Listed { clause: None, name }) = (own, &frame.lines) {
        let message = format!("« {name} » n’est pas « clause.parametre »");
        table.report.add(table.span_of("lignes"), message, "lignes = [\"Première ligne\", \"Seconde ligne\"]");
    }
    frame
}

/// Reads a frame that a clause announces (`[[cadre]]`).
pub(super) fn of_clause(table: &Table<'_, '_>) -> Frame {
    let title = table.required("titre", "\"Tableau des pesées\"");
    let mut piece = table.word("piece").unwrap_or(Piece::FollowUpFrame);
    if !piece.is_frame() {
        let frames = Piece::all().filter(|piece| piece.is_frame()).map(Piece::word).collect::<Vec<_>>().join(", ");
        let help = format!("une de celles-ci : {frames}");
        table.report.add(table.span_of("piece"), format!("« {piece} » n’est pas une annexe à remplir"), help);
        piece = Piece::FollowUpFrame;
    }
    frame(table, piece, title, None)
}

fn frame(table: &Table<'_, '_>, piece: Piece, title: String, notes: Option<&[&str]>) -> Frame {
    let lines = lines(table);
    let columns = table.texts("colonnes");
    if !(2..=WIDEST).contains(&columns.len()) {
        let help = "colonnes = [\"Type d’éléments\", \"Masse (t)\"]";
        table.report.add(table.span_of("colonnes"), format!("un cadre a de 2 à {WIDEST} colonnes"), help);
    }
    if let Some(twice) = (1..columns.len()).find(|rank| columns[..*rank].contains(&columns[*rank])) {
        let message = format!("deux colonnes s’appellent « {} »", columns[twice]);
        table.report.add(table.span_of("colonnes"), message, "donnez à chacune son nom");
    }
    let mut given = Vec::new();
    for (text, span) in table.spanned_texts("acheteur") {
        match columns.iter().position(|column| *column == text) {
            Some(rank) => given.push(rank),
            None => {
                let help = reading::suggestion(&text, columns.iter().map(String::as_str));
                table.report.add(span, format!("« {text} » n’est pas une colonne du cadre"), help);
            }
        }
    }
    let mut by_line = Vec::new();
    if let Some(inner) = table.table("ligne") {
        for entry in inner.all() {
            let Some(how) = inner.as_table(entry) else { continue };
            let target = columns.iter().position(|column| *column == *entry.key).filter(|rank| *rank > 0);
            if target.is_none() {
                let help = reading::suggestion(&entry.key, columns.iter().skip(1).map(String::as_str));
                let message = format!("« {} » n’est pas une colonne de chiffres du cadre", entry.key);
                inner.report.add(entry.key_span.clone(), message, help);
            }
            by_line.extend(target.zip(reckoning(&how, &columns)));
        }
    }
    let mut results = Vec::new();
    if let Some(inner) = table.table("calcul") {
        for entry in inner.all() {
            let name = entry.key.to_string();
            let Some(how) = inner.as_table(entry) else { continue };
            if let Some(notes) = notes.filter(|notes| !notes.contains(&&*name)) {
                let help = reading::suggestion(&name, notes.iter().copied());
                let message = format!("« {name} » n’est pas une valeur de ce critère");
                inner.report.add(entry.key_span.clone(), message, help);
            }
            if let Some(how) = reckoning(&how, &columns) {
                results.push((name, how));
            }
        }
    }
    table.finish();
    Frame { title, piece, lines, columns, given, by_line, results }
}

fn listed(name: &str) -> Lines {
    Lines::Listed { clause: None, name: name.to_owned() }
}

fn lines(table: &Table<'_, '_>) -> Lines {
    match table.raw("lignes") {
        None => Lines::Blank,
        Some((Raw::List(written), span)) => {
            if written.is_empty() || written.len() > LONGEST {
                let message = format!("un cadre a de 1 à {LONGEST} lignes écrites");
                table.report.add(span, message, "retirez « lignes » pour des lignes à remplir");
            }
            Lines::Written(written)
        }
        Some((Raw::Text(text), _)) => match text.split_once('.') {
            Some((clause, name)) => Lines::Listed { clause: Some(clause.to_owned()), name: name.to_owned() },
            None => listed(&text),
        },
        Some((_, span)) => {
            let help = "lignes = [\"Première ligne\", \"Seconde ligne\"], ou le nom d’une liste";
            table.report.add(span, format!("« {} » n’est pas une liste", table.at("lignes")), help);
            Lines::Blank
        }
    }
}

fn reckoning(table: &Table<'_, '_>, columns: &[String]) -> Option<Reckoning> {
    let column = |key: &'static str| {
        let text = table.text(key)?;
        // The first names a line: no figure stands there.
        let found = columns.iter().position(|column| column == text).filter(|rank| *rank > 0);
        if found.is_none() {
            let help = reading::suggestion(text, columns.iter().skip(1).map(String::as_str));
            table.report.add(
                table.span_of(key),
                format!("« {text} » n’est pas une colonne de chiffres du cadre"),
                help,
            );
        }
        Some(found.unwrap_or_default())
    };
    let by = column("par");
    let of = ["somme", "produit", "moyenne", "rapport", "part", "minimum", "maximum"].map(|key| (key, column(key)));
    table.finish();
    let mut given = of.into_iter().filter_map(|(key, of)| Some((key, of?)));
    let how = match (given.next(), given.next(), by) {
        (Some(("somme", of)), None, None) => Reckoning::Sum { of },
        (Some(("produit", of)), None, Some(by)) => Reckoning::Product { of, by },
        (Some(("moyenne", of)), None, by) => Reckoning::Mean { of, by },
        (Some(("rapport", of)), None, Some(by)) => Reckoning::Ratio { of, by },
        (Some(("part", of)), None, Some(by)) => Reckoning::Share { of, by },
        (Some(("minimum", of)), None, None) => Reckoning::Least { of },
        (Some(("maximum", of)), None, None) => Reckoning::Greatest { of },
        _ => {
            let help =
                "somme, moyenne, minimum ou maximum = \"A\" ; produit, moyenne, rapport ou part avec par = \"B\"";
            table.report.add(table.span.clone(), "ce calcul n’a pas une forme connue", help);
            return None;
        }
    };
    Some(how)
}
