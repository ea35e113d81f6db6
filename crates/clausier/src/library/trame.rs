//! The frame of one piece: ordered articles into which the clauses put their sections.
//!
//! The trame owns order, headings, anchors, tables and one paragraph per mechanism; a clause adds only what is its own.

use crate::base::terms::Piece;
use crate::file::packed;
use crate::file::reading::{self, Problem, Report, Table};
use crate::library::clause::{Blocks, Derogation, Text, read_derogation, text_blocks};
use crate::library::markup;
use crate::library::names::{self, Name};
use crate::library::template::{Names, Scrutiny, Template, Templates};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The frame of a piece.
#[derive(Debug)]
pub(crate) struct Trame {
    pub(crate) piece: Piece,
    pub(crate) title: Text,
    pub(crate) articles: Vec<TrameArticle>,
    pub(crate) templates: Templates,
    /// Its anchors and its slots, once something has been sought among them.
    names: OnceLock<[BTreeSet<String>; 2]>,
}

/// An article of a trame.
#[derive(Debug)]
pub(crate) struct TrameArticle {
    pub(crate) anchor: String,
    pub(crate) heading: Text,
    pub(crate) when: Option<Template>,
    pub(crate) blocks: Vec<TrameBlock>,
    pub(crate) derogations: Vec<Derogation>,
    pub(crate) articles: Vec<TrameArticle>,
    /// The article takes the number of the host's last article, when the dossier gives one.
    pub(crate) detached: bool,
}

/// A block of a trame.
#[derive(Debug)]
pub(crate) struct TrameBlock {
    pub(crate) when: Option<Template>,
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

    /// Every text, with what its references point to.
    pub(crate) fn texts(&self) -> Vec<&Text> {
        fn walk<'a>(articles: &'a [TrameArticle], out: &mut Vec<&'a Text>) {
            for article in articles {
                out.push(&article.heading);
                for block in &article.blocks {
                    match &block.content {
                        Content::Text(text) => out.extend(text.texts()),
                        Content::Items { text, .. } => out.push(text),
                        Content::Table { caption, columns, .. } => {
                            out.push(caption);
                            out.extend(columns.iter().map(|c| &c.cell));
                        }
                        Content::Slot { .. } | Content::Frames => {}
                    }
                }
                walk(&article.articles, out);
            }
        }
        let mut out = vec![&self.title];
        walk(&self.articles, &mut out);
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
    /// The templates in use, with their places and the rows whose names they may use.
    used: Vec<(Template, reading::Span, Option<String>)>,
    piece: Piece,
}

/// Reads a trame file.
pub(crate) fn read(piece: Piece, text: packed::Text<'_>, scrutiny: Scrutiny) -> Result<Trame, Vec<Problem>> {
    let report = Report::new(text.source);
    let root = text.root(&report);
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
        let trame = Trame { piece, title, articles, templates: Templates::default(), names: OnceLock::new() };
        for anchor in trame.anchors() {
            if !anchors.insert(anchor) {
                report.add(0..0, format!("l’ancre « {anchor} » sert deux fois"), "une ancre désigne un seul article");
            }
        }
        let of = |list: &'static [Name]| list.iter().map(|(name, _)| *name);
        let base = if reader.used.is_empty() { Names::default() } else { Names::new(of(names::GLOBAL)) };
        for (template, span, rows) in &reader.used {
            let names = match rows {
                Some(rows) => {
                    let fields =
                        names::ROWS.iter().find(|(name, ..)| name == rows).map_or(&[][..], |(_, _, fields)| fields);
                    let fields: Vec<String> = fields.iter().map(|(field, _)| format!("ligne.{field}")).collect();
                    base.with(fields.iter().map(String::as_str))
                }
                None => base.clone(),
            };
            for misuse in trame.templates.check(template, &names) {
                report.add(report.quoted(span, &misuse.message), misuse.message, misuse.help);
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

    fn condition(&mut self, table: &Table<'_, '_>, rows: Option<&str>) -> Option<Template> {
        let condition = table.text("quand").map(Template::condition)?;
        self.uses(&condition, || table.span_of("quand"), rows);
        Some(condition)
    }

    /// Keeps a template that is to be checked.
    fn uses(&mut self, template: &Template, place: impl FnOnce() -> reading::Span, rows: Option<&str>) {
        if self.scrutiny == Scrutiny::Whole {
            self.used.push((template.clone(), place(), rows.map(str::to_owned)));
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
        let used = |template, place| self.used.push((template, place, None));
        match self.scrutiny {
            Scrutiny::Trusting => Blocks::unread(text),
            Scrutiny::Whole => text_blocks(self.report, &table.span_of("texte"), text, used),
        }
    }

    fn one(&mut self, table: &Table<'_, '_>, key: &str, text: &str, rows: Option<&str>) -> Text {
        match markup::parse_leaf(text) {
            Ok(leaf) => {
                let text = Text::from(leaf);
                self.uses(&text.template, || table.span_of(key), rows);
                text
            }
            Err(error) => {
                self.report.add(table.span_of(key), error.message, "une seule phrase, sans liste ni tableau");
                Text { template: Template::leaf(""), targets: Vec::new() }
            }
        }
    }
}
