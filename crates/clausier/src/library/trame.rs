//! The frame of one piece: ordered articles into which the clauses put their sections.
//!
//! The trame owns order, headings, anchors, tables and one paragraph per mechanism; a clause adds only what is its own.

use crate::base::terms::Piece;
use crate::file::reading::{self, Problem, Report, Table};
use crate::library::clause::{Derogation, faults, read_derogation};
use crate::library::expression::Names;
use crate::library::markup::{Blocks, Scrutiny, Text};
use crate::library::names::{self, Name};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The frame of a piece.
#[derive(Debug)]
pub(crate) struct Trame {
    pub(crate) piece: Piece,
    pub(crate) title: Text,
    pub(crate) articles: Vec<TrameArticle>,
    /// Its anchors and its slots, once something has been sought among them.
    names: OnceLock<[BTreeSet<String>; 2]>,
}

/// An article of a trame.
#[derive(Debug)]
pub(crate) struct TrameArticle {
    pub(crate) anchor: String,
    pub(crate) heading: Text,
    pub(crate) when: Option<Text>,
    pub(crate) blocks: Vec<TrameBlock>,
    pub(crate) derogations: Vec<Derogation>,
    pub(crate) articles: Vec<TrameArticle>,
    /// The article takes the number of the host's last article, when the dossier gives one.
    pub(crate) detached: bool,
}

/// A block of a trame.
#[derive(Debug)]
pub(crate) struct TrameBlock {
    pub(crate) when: Option<Text>,
    pub(crate) content: Content,
}

/// What a block of a trame holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// Text of the trame itself.
    Text(Blocks),
    /// The slot of a name: the sections of the chosen clauses; with a heading each when `titled`.
    Slot { name: String, titled: bool },
    /// One item per row; a single row makes a paragraph.
    Items { rows: String, text: Text },
    /// The tables to fill that the criteria and the clauses give to this piece, an article each.
    Frames,
    /// A table of rows.
    Table { rows: String, caption: Text, columns: Vec<TrameColumn> },
}

/// A column of a trame's table.
#[derive(Debug)]
pub(crate) struct TrameColumn {
    pub(crate) heading: String,
    pub(crate) cell: Text,
    pub(crate) numeric: bool,
    /// A column whose cells are all empty is left out.
    pub(crate) droppable: bool,
}

impl Trame {
    pub(super) fn new(piece: Piece, title: Text, articles: Vec<TrameArticle>) -> Self {
        Self { piece, title, articles, names: OnceLock::new() }
    }

    fn names(&self) -> &[BTreeSet<String>; 2] {
        let set = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        self.names.get_or_init(|| [set(self.anchors()), set(self.slots())])
    }

    /// Whether an article has this anchor.
    pub(crate) fn has_anchor(&self, anchor: &str) -> bool {
        self.names()[0].contains(anchor)
    }

    /// Whether a block is this slot.
    pub(crate) fn has_slot(&self, slot: &str) -> bool {
        self.names()[1].contains(slot)
    }

    /// Every anchor of the trame.
    pub(crate) fn anchors(&self) -> Vec<&str> {
        fn walk<'a>(articles: &'a [TrameArticle], out: &mut Vec<&'a str>) {
            for article in articles {
                out.push(&article.anchor);
                walk(&article.articles, out);
            }
        }
        let mut out = Vec::new();
        walk(&self.articles, &mut out);
        out
    }

    /// Every slot of the trame.
    pub(crate) fn slots(&self) -> Vec<&str> {
        fn walk<'a>(articles: &'a [TrameArticle], out: &mut Vec<&'a str>) {
            for article in articles {
                for block in &article.blocks {
                    if let Content::Slot { name, .. } = &block.content {
                        out.push(name);
                    }
                }
                walk(&article.articles, out);
            }
        }
        let mut out = Vec::new();
        walk(&self.articles, &mut out);
        out
    }

    /// Every article, with its key path.
    pub(crate) fn placed(&self) -> Vec<(String, &TrameArticle)> {
        fn walk<'a>(path: &str, articles: &'a [TrameArticle], out: &mut Vec<(String, &'a TrameArticle)>) {
            for (rank, article) in articles.iter().enumerate() {
                let path = format!("{path}article.{rank}");
                out.push((path.clone(), article));
                walk(&format!("{path}."), &article.articles, out);
            }
        }
        let mut out = Vec::new();
        walk("", &self.articles, &mut out);
        out
    }

    /// Every text that may hold references, with its key path.
    pub(crate) fn texts(&self) -> Vec<(String, &Text)> {
        let mut out = vec![("titre".to_owned(), &self.title)];
        for (path, article) in self.placed() {
            out.push((format!("{path}.titre"), &article.heading));
            for (rank, block) in article.blocks.iter().enumerate() {
                let path = format!("{path}.bloc.{rank}");
                match &block.content {
                    Content::Text(text) => out.extend(text.texts().map(|text| (format!("{path}.texte"), text))),
                    Content::Items { text, .. } => out.push((format!("{path}.texte"), text)),
                    Content::Table { caption, columns, .. } => {
                        out.push((format!("{path}.legende"), caption));
                        let cells = columns.iter().enumerate();
                        out.extend(
                            cells.map(|(rank, column)| (format!("{path}.colonne.{rank}.cellule"), &column.cell)),
                        );
                    }
                    Content::Slot { .. } | Content::Frames => {}
                }
            }
        }
        out
    }

    /// Every derogation, with the anchor of its article.
    pub(crate) fn derogations(&self) -> Vec<(&str, &Derogation)> {
        fn walk<'a>(articles: &'a [TrameArticle], out: &mut Vec<(&'a str, &'a Derogation)>) {
            for article in articles {
                out.extend(article.derogations.iter().map(|d| (article.anchor.as_str(), d)));
                walk(&article.articles, out);
            }
        }
        let mut out = Vec::new();
        walk(&self.articles, &mut out);
        out
    }
}

/// Most levels of articles: deeper, a number is no longer read.
const DEEPEST: usize = 5;

struct TrameReader<'d, 's> {
    report: &'d Report<'s>,
    scrutiny: Scrutiny,
    /// The texts in use, with their places and the rows whose names they may use.
    used: Vec<(Text, reading::Span, Option<String>)>,
    piece: Piece,
}

/// Reads a trame file.
pub(crate) fn read(piece: Piece, source: &str, scrutiny: Scrutiny) -> Result<Trame, Vec<Problem>> {
    let report = Report::new(source);
    let root = reading::parse(source, &report);
    let trame = {
        let top = Table::root(&root, &report);
        let mut reader = TrameReader { report: &report, scrutiny, used: Vec::new(), piece };
        if let Some(declared) = top.required_word::<Piece>("piece").filter(|p| *p != piece) {
            report.add(
                top.span_of("piece"),
                format!("« {declared} » n’est pas le nom du fichier"),
                "corrigez la pièce",
            );
        }
        let title = top.required("titre", "\"Clauses sociales et environnementales\"");
        let title = reader.one(&top, "titre", &title, None);
        let articles: Vec<TrameArticle> = top.tables("article").iter().map(|t| reader.article(t, 1)).collect();
        top.finish();
        let mut anchors: BTreeSet<&str> = BTreeSet::new();
        let trame = Trame::new(piece, title, articles);
        for anchor in trame.anchors() {
            if !anchors.insert(anchor) {
                report.add(0..0, format!("l’ancre « {anchor} » sert deux fois"), "une ancre désigne un seul article");
            }
        }
        let of = |list: &'static [Name]| list.iter().map(|(name, _)| *name);
        let base = if reader.used.is_empty() { Names::default() } else { Names::new(of(names::GLOBAL)) };
        for (text, span, rows) in &reader.used {
            let names = match rows {
                Some(rows) => {
                    let fields =
                        names::ROWS.iter().find(|(name, ..)| name == rows).map_or(&[][..], |(_, _, fields)| fields);
                    let fields: Vec<String> = fields.iter().map(|(field, _)| format!("ligne.{field}")).collect();
                    base.with(fields.iter().map(String::as_str))
                }
                None => base.clone(),
            };
            for misuse in text.check(&names) {
                report.add(report.inside(span, misuse.at), misuse.message, misuse.help);
            }
        }
        trame
    };
    let problems = report.into_problems();
    if problems.is_empty() { Ok(trame) } else { Err(problems) }
}

impl<'d, 's> TrameReader<'d, 's> {
    fn article(&mut self, table: &Table<'d, 's>, level: usize) -> TrameArticle {
        let anchor = table.required("ancre", "\"insertion\"");
        if !anchor.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            let help = "minuscules sans accent, chiffres et tirets";
            self.report.add(table.span_of("ancre"), format!("« {anchor} » n’est pas une ancre"), help);
        }
        let title = table.required("titre", "\"Insertion\"");
        let heading = self.one(table, "titre", &title, None);
        let when = self.condition(table, None);
        let detached = table.boolean("article_detachable").unwrap_or(false);
        let blocks = table.tables("bloc").iter().filter_map(|t| self.block(t)).collect();
        let mut derogations = Vec::new();
        for table in table.tables("derogation") {
            let derogation = read_derogation(&table);
            if let Some(when) = &derogation.when {
                self.uses(when, || table.span_of("quand"), None);
            }
            derogations.push(derogation);
        }
        let inner = table.tables("article");
        if let Some(first) = inner.first().filter(|_| level >= DEEPEST) {
            let message = format!("articles trop emboîtés : {DEEPEST} niveaux au plus");
            self.report.add(first.span.clone(), message, "une pièce de marché se numérote en peu de niveaux");
        }
        let articles = inner.iter().filter(|_| level < DEEPEST).map(|t| self.article(t, level + 1)).collect();
        table.finish();
        TrameArticle { anchor, heading, when, blocks, derogations, articles, detached }
    }

    fn condition(&mut self, table: &Table<'_, '_>, rows: Option<&str>) -> Option<Text> {
        let condition = table.text("quand").map(Text::condition)?;
        self.uses(&condition, || table.span_of("quand"), rows);
        Some(condition)
    }

    /// Keeps a text whose code is to be checked.
    fn uses(&mut self, text: &Text, place: impl FnOnce() -> reading::Span, rows: Option<&str>) {
        if self.scrutiny == Scrutiny::Whole {
            self.used.push((text.clone(), place(), rows.map(str::to_owned)));
        }
    }

    fn block(&mut self, table: &Table<'d, 's>) -> Option<TrameBlock> {
        let when = self.condition(table, None);
        let rows = table.text("pour").map(str::to_owned);
        if let Some(rows) = &rows {
            let known = names::ROWS.iter().map(|(name, ..)| *name);
            if !known.clone().any(|name| name == rows) {
                let help = reading::suggestion(rows, known);
                self.report.add(table.span_of("pour"), format!("« {rows} » n’est pas un jeu de lignes"), help);
                return None;
            }
            // The grounds for setting the social clause aside belong to the file kept, never to the tenderers.
            if rows == "ecartements" && self.piece != Piece::Note {
                let message = "les raisons d’écarter la clause sociale ne vont que dans la note";
                self.report.add(table.span_of("pour"), message, "retirez ce bloc");
            }
        }
        if table.boolean("cadres").unwrap_or(false) {
            table.finish();
            return Some(TrameBlock { when, content: Content::Frames });
        }
        let content = match (table.text("place"), rows, table.text("texte")) {
            (Some(name), None, None) => {
                Content::Slot { name: name.to_owned(), titled: table.boolean("titres").unwrap_or(false) }
            }
            (None, None, Some(text)) => Content::Text(self.blocks(table, text)),
            (None, Some(rows), Some(text)) => {
                let text = self.one(table, "texte", text, Some(&rows));
                Content::Items { rows, text }
            }
            (None, Some(rows), None) => {
                let caption = table.required("legende", "\"Volume d’insertion par lot\"");
                let caption = self.one(table, "legende", &caption, None);
                let columns = table.tables("colonne").iter().map(|t| self.column(t, &rows)).collect();
                Content::Table { rows, caption, columns }
            }
            _ => {
                let help = "place ; cadres ; texte ; pour et texte ; pour, legende et [[colonne]]";
                self.report.add(table.span.clone(), "ce bloc n’a pas une forme connue", help);
                return None;
            }
        };
        table.finish();
        Some(TrameBlock { when, content })
    }

    fn column(&mut self, table: &Table<'_, '_>, rows: &str) -> TrameColumn {
        let heading = table.required("titre", "\"Lot\"");
        let cell = table.required("cellule", "\"{{ ligne.lot }}\"");
        let column = TrameColumn {
            heading,
            cell: self.one(table, "cellule", &cell, Some(rows)),
            numeric: table.boolean("nombre").unwrap_or(false),
            droppable: table.boolean("si_remplie").unwrap_or(false),
        };
        table.finish();
        column
    }

    fn blocks(&mut self, table: &Table<'_, '_>, text: &str) -> Blocks {
        let blocks = Blocks::new(text);
        if self.scrutiny == Scrutiny::Whole {
            let place = table.span_of("texte");
            if faults(self.report, &place, blocks.faults()) {
                self.used.extend(blocks.texts().map(|text| (text.clone(), place.clone(), None)));
            }
        }
        blocks
    }

    fn one(&mut self, table: &Table<'_, '_>, key: &str, text: &str, rows: Option<&str>) -> Text {
        let text = Text::one(text);
        if self.scrutiny == Scrutiny::Whole && faults(self.report, &table.span_of(key), text.faults()) {
            self.uses(&text, || table.span_of(key), rows);
        }
        text
    }
}
