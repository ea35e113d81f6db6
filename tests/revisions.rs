//! Redlines as the revisions of Word and of OpenDocument: accepted or rejected, they give both documents.

mod archive;
mod handmade;
mod specimen;

use clausier::Library;
use clausier::document::revision::{Mark, Part, Redline, RevisedRow, Span};
use clausier::document::{Article, Block, Column, Document, Inline, List, Table};
use clausier::existing::compare::compare;
use clausier::terms::Piece;
use clausier::write::{Format, Reviser, left_out, lines, reads_back, write, write_revisions};
use clausier_tests::{consultation, families, stories};
use handmade::{document, list, of_documents, paragraph, text};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

fn table(columns: &[&str], rows: &[&[&str]]) -> Block {
    let column = |heading: &&str| Column { heading: (*heading).to_owned(), numeric: false };
    Block::Table(Table {
        caption: "Heures par lot".to_owned(),
        columns: columns.iter().map(column).collect(),
        rows: rows.iter().map(|row| row.iter().map(|cell| text(cell)).collect()).collect(),
        bars: Vec::new(),
        results: Vec::new(),
    })
}

fn as_ccap(mut document: Document) -> Document {
    document.piece = Piece::Ccap;
    document
}

/// A document of one article, with this heading.
fn titled(heading: &str, blocks: Vec<Block>) -> Document {
    let mut article = Article::new("a", 1, "Article 1 – ", "1", text(heading));
    article.blocks = blocks;
    let mut document = document(Vec::new());
    document.articles.push(article);
    document
}

/// A document of two articles, the second with this label.
fn numbered(label: &str, blocks: Vec<Block>) -> Document {
    let mut document = document(vec![("a", "1", blocks)]);
    let mut article = Article::new("b", 1, label, label.trim_end_matches(". "), text("Objet"));
    article.blocks = vec![paragraph("Reste.")];
    document.articles.push(article);
    document
}

/// The document with what is hard to revise, and what becomes of it.
fn hard_cases() -> Vec<(&'static str, Document, Document)> {
    let base = || vec![paragraph("Premier alinéa."), paragraph("Second alinéa.")];
    let one = |blocks: Vec<Block>| document(vec![("a", "1", blocks)]);
    let rows: &[&[&str]] = &[&["1", "600"], &["2", "300"]];
    vec![
        ("the last paragraph goes", one(base()), one(vec![paragraph("Premier alinéa.")])),
        ("the last paragraph comes", one(vec![paragraph("Premier alinéa.")]), one(base())),
        ("everything goes but the heading", one(base()), one(Vec::new())),
        ("an empty paragraph goes", one(vec![paragraph(""), paragraph("Un.")]), one(vec![paragraph("Un.")])),
        ("a list changes its kind", one(vec![list(false, &["un", "deux"])]), one(vec![list(true, &["un", "deux"])])),
        (
            "no item of a list stays",
            one(vec![paragraph("Premier."), list(true, &["un deux trois", "quatre cinq six"]), paragraph("Fin.")]),
            one(vec![paragraph("Premier."), list(true, &["sept huit trois", "neuf cinq dix"]), paragraph("Fin.")]),
        ),
        (
            "items come and go everywhere",
            one(vec![paragraph("Premier."), list(true, &["zéro", "un", "deux", "trois"]), paragraph("Fin.")]),
            one(vec![paragraph("Premier."), list(true, &["neuf", "un", "huit", "trois", "sept"]), paragraph("Suite.")]),
        ),
        (
            "a paragraph goes after a list, after a table",
            one(vec![list(true, &["un"]), paragraph("Va."), table(&["Lot", "Heures"], rows), paragraph("Va aussi.")]),
            one(vec![list(true, &["un"]), table(&["Lot", "Heures"], rows)]),
        ),
        (
            "an item comes where a paragraph goes",
            one(vec![list(false, &["un"]), paragraph("Le titulaire remet un plan."), paragraph("Fin.")]),
            one(vec![list(false, &["un", "tout autre chose"]), paragraph("Fin.")]),
        ),
        (
            "a paragraph becomes the first item of a list",
            one(vec![paragraph("Le titulaire remet un plan."), paragraph("Fin.")]),
            one(vec![list(false, &["Le titulaire remet un plan.", "Un autre.", "Un dernier."]), paragraph("Fin.")]),
        ),
        (
            "words go at both ends of a line",
            one(vec![paragraph("Toujours le titulaire remet le plan au plus tard.")]),
            one(vec![paragraph("Le titulaire remet le plan.")]),
        ),
        (
            "words come at the end of a line that other lines follow",
            document(vec![("a", "1", vec![paragraph("Le titulaire trie"), list(false, &["un", "trois"])])]),
            document(vec![(
                "a",
                "1",
                vec![
                    paragraph("Le titulaire trie et pèse"),
                    paragraph("Tout autre chose."),
                    list(false, &["un et demi", "deux", "trois"]),
                ],
            )]),
        ),
        (
            "words come at the start of a line that other lines precede",
            one(vec![list(false, &["un", "deux"]), paragraph("le plan est remis.")]),
            one(vec![
                list(false, &["un", "un autre", "demain deux"]),
                list(true, &["tout autre chose"]),
                paragraph("demain le plan est remis."),
            ]),
        ),
        (
            "a heading is other and lines follow",
            titled("Vigilances", vec![list(false, &["un"]), paragraph("Fin.")]),
            titled("Questions", vec![paragraph("À adresser."), list(false, &["zéro", "un"]), paragraph("Fin.")]),
        ),
        (
            "lines go before a heading whose number changes",
            numbered("12.4. ", vec![paragraph("Va."), list(false, &["va aussi"])]),
            numbered("9. ", Vec::new()),
        ),
        ("an item comes first", one(vec![list(true, &["deux"])]), one(vec![list(true, &["un", "deux"])])),
        (
            "a row comes, a row goes",
            one(vec![table(&["Lot", "Heures"], rows)]),
            one(vec![table(&["Lot", "Heures"], &[&["1", "600"], &["3", "150"]])]),
        ),
        (
            "a column comes",
            one(vec![table(&["Lot", "Heures"], rows)]),
            one(vec![table(&["Lot", "Heures", "Jours"], &[&["1", "600", "85"], &["2", "300", "42"]])]),
        ),
        ("a table ends the document, then goes", one(vec![table(&["Lot", "Heures"], rows)]), one(Vec::new())),
        (
            "an article moves and its level changes",
            document(vec![("a", "1", base()), ("b", "2", vec![paragraph("Tout autre chose.")])]),
            document(vec![("b", "1.1", vec![paragraph("Tout autre chose.")]), ("a", "2", base())]),
        ),
        (
            "a line moves to just before a heading",
            numbered("2. ", vec![paragraph("Le plan est remis."), paragraph("Un."), paragraph("Deux.")]),
            numbered("2. ", vec![paragraph("Un."), paragraph("Deux."), paragraph("Le plan est remis.")]),
        ),
        (
            "two lines move to just before a heading",
            numbered(
                "2. ",
                vec![list(true, &["le plan", "le bilan"]), paragraph("Un."), paragraph("Deux."), paragraph("Trois.")],
            ),
            numbered(
                "2. ",
                vec![paragraph("Un."), paragraph("Deux."), paragraph("Trois."), list(true, &["le plan", "le bilan"])],
            ),
        ),
        (
            "an item moves to the end of its list, before a line",
            one(vec![list(false, &["le plan est remis", "un", "deux"]), paragraph("Va."), paragraph("Fin.")]),
            one(vec![list(false, &["un", "deux", "le plan est remis"]), paragraph("Fin."), paragraph("Va.")]),
        ),
        (
            "a line comes in the words that another loses",
            numbered("2. ", vec![paragraph("Va ici. Le reste du plan demeure tel quel."), paragraph("Un.")]),
            numbered(
                "2. ",
                vec![paragraph("Le reste du plan demeure tel quel."), paragraph("Un."), paragraph("Va ici.")],
            ),
        ),
        (
            "an item comes that starts as a line that goes",
            one(vec![paragraph("Vigilance"), paragraph("Un."), paragraph("Fin.")]),
            one(vec![
                paragraph("Un."),
                Block::List(List {
                    ordered: false,
                    items: vec![vec![Inline::Strong(text("Vigilance")), Inline::Text(" : relire le plan.".to_owned())]],
                }),
                paragraph("Fin."),
            ]),
        ),
        (
            "a cell says what a line said",
            numbered("2. ", vec![list(false, &["600 heures"]), paragraph("Fin.")]),
            numbered("2. ", vec![table(&["Lot", "Heures"], &[&["1", "600 heures"]]), paragraph("Fin.")]),
        ),
        (
            "two lines change places between others",
            one(vec![
                paragraph("Un plan est remis."),
                list(false, &["un"]),
                paragraph("Tout autre chose."),
                list(true, &["deux"]),
            ]),
            one(vec![
                paragraph("Tout autre chose."),
                list(false, &["un"]),
                paragraph("Un plan est remis."),
                list(true, &["deux"]),
            ]),
        ),
        (
            "the first item of a numbered list goes after another list",
            one(vec![
                list(true, &["zéro", "zéro bis"]),
                list(true, &["le plan est remis", "un", "deux"]),
                paragraph("Fin."),
            ]),
            one(vec![list(true, &["zéro", "zéro bis"]), list(true, &["un", "deux"]), paragraph("Fin.")]),
        ),
        (
            "the first item of a numbered list goes after lines",
            one(vec![
                list(true, &["zéro"]),
                paragraph("Et."),
                list(true, &["le plan est remis", "un", "deux"]),
                paragraph("Fin."),
            ]),
            one(vec![list(true, &["zéro"]), paragraph("Et."), list(true, &["un", "deux"]), paragraph("Fin.")]),
        ),
        ("the looks change", one(base()), one(vec![Block::Paragraph(vec![Inline::Strong(text("Premier alinéa."))])])),
        ("hostile values come", one(base()), as_ccap(specimen::hostile())),
        ("hostile values go", as_ccap(specimen::hostile()), as_ccap(specimen::school_rc())),
        ("all is other", specimen::school_ccap(), as_ccap(specimen::school_notice())),
    ]
}

/// The texts of the paragraphs of a WordprocessingML document once its revisions are accepted, or rejected.
fn settled(docx: &[u8], accept: bool) -> Vec<String> {
    let parts = archive::texts(docx);
    let xml = roxmltree::Document::parse(&parts["word/document.xml"]).expect("XML");
    let (gone, kept) = if accept { ("del", "ins") } else { ("ins", "del") };
    let named = |node: &Node<'_, '_>, name: &str| node.is_element() && node.tag_name().name() == name;
    let leaves = |node: Node<'_, '_>| node.ancestors().any(|a| named(&a, gone) && a.children().any(|c| named(&c, "r")));
    let mut out = Vec::new();
    let mut open = String::new();
    for paragraph in xml.descendants().filter(|node| named(node, "p")) {
        let row = paragraph.ancestors().find(|a| named(a, "tr"));
        let row_gone = row.is_some_and(|row| {
            let properties = row.children().filter(|c| named(c, "trPr"));
            properties.flat_map(|p| p.children()).any(|c| named(&c, gone))
        });
        for text in paragraph.descendants().filter(|node| named(node, "t") || named(node, "delText")) {
            assert_eq!(
                named(&text, "delText"),
                text.ancestors().any(|a| named(&a, "del")),
                "only what is deleted is so"
            );
            if !leaves(text) {
                open.push_str(text.text().unwrap_or_default());
            }
        }
        let mark = |name: &str| {
            let properties = paragraph.children().filter(|c| named(c, "pPr")).flat_map(|p| p.children());
            properties.filter(|c| named(c, "rPr")).flat_map(|r| r.children()).any(|c| named(&c, name))
        };
        // A paragraph whose mark goes runs into the next one; in a row that goes, nothing is left.
        if row_gone {
            assert_eq!(open, "", "a row that goes holds nothing that stays");
        } else if mark(gone) {
            assert_eq!(open, "", "a paragraph that goes holds nothing that stays");
        } else {
            assert!(!(mark(gone) && mark(kept)), "one mark");
            out.push(std::mem::take(&mut open));
        }
    }
    out.retain(|text| !text.is_empty());
    out
}

/// The texts of the lines of a document, cell after cell.
fn printed(parts: &[Part]) -> Vec<String> {
    let words = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Paragraph { line, .. } => out.push(words(&line.spans)),
            Part::List { items, .. } => out.extend(items.iter().map(|item| words(&item.spans))),
            Part::Table(table) => {
                out.push(words(&table.caption.spans));
                out.extend(table.columns.iter().map(|column| column.heading.clone()));
                let cells = table.rows.iter().flat_map(|RevisedRow { cells, .. }| cells);
                out.extend(cells.map(|cell| words(cell)));
            }
            _ => {}
        }
    }
    out.retain(|text| !text.is_empty());
    out
}

fn reviser() -> Reviser {
    Reviser { author: "Relecture <juridique> & \"achats\"".to_owned(), date: None }
}

fn check_docx(name: &str, redline: &Redline, old: &Redline, new: &Redline) {
    let bytes = write_revisions(redline, Format::Docx, &reviser()).expect("a format with revisions");
    assert_eq!(
        Some(&bytes),
        write_revisions(redline, Format::Docx, &reviser()).as_ref(),
        "{name}: the same bytes twice"
    );
    assert!(reads_back(redline, Format::Docx, &bytes), "{name}: read back");
    assert_eq!(settled(&bytes, true), printed(&new.parts), "{name}: accepted");
    assert_eq!(settled(&bytes, false), printed(&old.parts), "{name}: rejected");
    let parts = archive::texts(&bytes);
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for part in parts.values() {
        let xml = roxmltree::Document::parse(part).expect("XML");
        for node in xml.descendants().filter(|node| node.is_element()) {
            let attribute = |name| node.attributes().find(|a| a.name() == name).map(|a| a.value().to_owned());
            match node.tag_name().name() {
                "ins" | "del" | "bookmarkStart" => {
                    assert!(ids.insert(attribute("id").expect("an id")), "{name}: the id of a revision is its own");
                    if let Some(bookmark) = attribute("name") {
                        assert!(names.insert(bookmark), "{name}: the name of a bookmark is its own");
                    }
                }
                _ => {}
            }
        }
    }
}

/// What carries a revision that can hang from nothing shows nothing.
const CARRIER: char = '\u{200B}';

/// The paragraphs of an OpenDocument text as its revisions are decided, in order.
struct Settling<'a> {
    accept: bool,
    /// The region of each revision: an insertion, or a deletion with what goes.
    regions: BTreeMap<&'a str, Node<'a, 'a>>,
    used: BTreeSet<&'a str>,
    /// The insertion in the middle of which the reading is.
    inserting: Option<&'a str>,
    open: String,
    out: Vec<String>,
}

impl<'a> Settling<'a> {
    fn hidden(&self) -> bool {
        self.inserting.is_some() && !self.accept
    }

    fn close(&mut self) {
        if !self.hidden() {
            self.out.push(std::mem::take(&mut self.open).replace(CARRIER, ""));
        }
    }

    fn region(&mut self, mark: Node<'a, 'a>, kind: &str) -> (&'a str, Node<'a, 'a>) {
        let id = mark.attributes().find(|a| a.name() == "change-id").expect("an id").value();
        let region = self.regions[id];
        assert_eq!(region.tag_name().name(), kind, "{id}");
        (id, region)
    }

    fn walk(&mut self, node: Node<'a, 'a>) {
        match node.tag_name().name() {
            _ if node.is_text() => {
                if !self.hidden() {
                    self.open.push_str(node.text().unwrap_or_default());
                }
            }
            "tracked-changes" | "title" | "desc" => {}
            "s" => self.open.push(' '),
            "change-start" => {
                let (id, _) = self.region(node, "insertion");
                assert!(self.used.insert(id) && self.inserting.is_none(), "{id}");
                self.inserting = Some(id);
            }
            "change-end" => {
                let (id, _) = self.region(node, "insertion");
                assert_eq!(self.inserting.take(), Some(id), "an insertion ends where it is open");
            }
            "change" => {
                let (id, region) = self.region(node, "deletion");
                assert!(self.used.insert(id) && self.inserting.is_none(), "{id}");
                if !self.accept {
                    let paragraphs = region.descendants().filter(|node| matches!(node.tag_name().name(), "p" | "h"));
                    for (index, paragraph) in paragraphs.enumerate() {
                        if index > 0 {
                            self.close();
                        }
                        paragraph.children().for_each(|child| self.walk(child));
                    }
                }
            }
            "p" | "h" => {
                node.children().for_each(|child| self.walk(child));
                self.close();
            }
            _ => node.children().for_each(|child| self.walk(child)),
        }
    }
}

/// The texts of the paragraphs of an OpenDocument text once its revisions are accepted, or rejected.
fn settled_odt(odt: &[u8], accept: bool) -> Vec<String> {
    let parts = archive::texts(odt);
    let xml = roxmltree::Document::parse(&parts["content.xml"]).expect("XML");
    let regions = xml.descendants().filter(|node| node.tag_name().name() == "changed-region").map(|region| {
        let id = region.attributes().find(|a| a.name() == "id").expect("an id").value();
        (id, region.first_element_child().expect("what it is"))
    });
    let regions: BTreeMap<_, _> = regions.collect();
    let body = xml.descendants().find(|node| node.has_tag_name((OFFICE, "text"))).expect("a text");
    let (used, out) = (BTreeSet::new(), Vec::new());
    let mut reading = Settling { accept, regions, used, inserting: None, open: String::new(), out };
    reading.walk(body);
    assert_eq!(reading.inserting, None);
    assert_eq!(reading.used.len(), reading.regions.len(), "each region has its mark");
    reading.out.retain(|text| !text.is_empty());
    reading.out
}

const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";

fn check_odt(name: &str, redline: &Redline, old: &Redline, new: &Redline) {
    let whole = redline.clone().with_whole_tables();
    assert!(whole.leads(old, new), "{name}: whole tables lead to the same documents");
    let bytes = write_revisions(redline, Format::Odt, &reviser()).expect("a format with revisions");
    let shown = |parts: &[Part]| {
        let mut lines: Vec<String> = printed(parts).into_iter().map(|line| line.replace(CARRIER, "")).collect();
        lines.retain(|line| !line.is_empty());
        lines
    };
    assert!(reads_back(redline, Format::Odt, &bytes), "{name}: read back");
    assert_eq!(settled_odt(&bytes, true), shown(&new.parts), "{name}: accepted");
    assert_eq!(settled_odt(&bytes, false), shown(&old.parts), "{name}: rejected");
    assert_eq!(write_revisions(redline, Format::Odt, &reviser()), Some(bytes.clone()), "{name}: the same bytes twice");
    let mut ids = BTreeSet::new();
    for part in ["content.xml", "styles.xml"] {
        let text = &archive::texts(&bytes)[part];
        let xml = roxmltree::Document::parse(text).expect("XML");
        for node in xml.descendants().filter(|node| node.is_element()) {
            let attribute = |name| node.attributes().find(|a| a.name() == name).map(|a| a.value().to_owned());
            let id = match node.tag_name().name() {
                "changed-region" => attribute("id"),
                "bookmark-start" | "table" => attribute("name"),
                _ => None,
            };
            if let Some(id) = id {
                assert!(ids.insert(format!("{} {id}", node.tag_name().name())), "{name}: {id} is its own");
            }
        }
    }
}

/// Leaves the files of a case where the office suites look for them.
fn leave(name: &str, redline: &Redline, old: &Document, new: &Document) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("revisions");
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let stem = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    for format in [Format::Docx, Format::Odt] {
        let revised = write_revisions(redline, format, &reviser()).expect("revisions");
        for (side, bytes) in [("", revised), (".avant", write(old, format)), (".apres", write(new, format))] {
            std::fs::write(folder.join(format!("{stem}{side}.{format}")), bytes).expect("written");
        }
    }
}

#[test]
fn revisions_give_both_documents_in_hard_cases() {
    for (name, old, new) in hard_cases() {
        for (way, old, new) in [("", &old, &new), (" (backwards)", &new, &old)] {
            let name = format!("{name}{way}");
            let changes = of_documents(old, new);
            let redline = &changes.pieces[0].redline;
            assert!(!redline.is_empty(), "{name}");
            check_docx(&name, redline, &lines(old), &lines(new));
            check_odt(&name, redline, &lines(old), &lines(new));
            leave(&name, redline, old, new);
        }
    }
}

/// Numbers without a pattern, the same ones for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    fn one_of<'t>(&mut self, those: &[&'t str]) -> &'t str {
        those[self.below(those.len())]
    }

    /// Few sentences, some of which start or end another: the same words often go and come.
    fn words(&mut self) -> Vec<Inline> {
        const SENTENCES: &[&str] = &[
            "Le titulaire remet un plan.",
            "Le titulaire remet un plan de prévention à la réunion de lancement.",
            "Un plan",
            "Un plan est remis, puis un bilan.",
            "Les heures d’insertion sont suivies chaque mois.",
            "Les heures",
            "La pénalité est de 40 € par heure due.",
            "La pénalité est de 50 € par heure due.",
            "Chaque engagement a son registre.",
            "Vigilance",
            "Tri, pesée",
            "L’acheteur contrôle sur pièces et sur place.",
        ];
        let mut out = text(self.one_of(SENTENCES));
        if self.below(4) == 0 {
            out = vec![Inline::Strong(out), Inline::Text(format!(" : {}", self.one_of(SENTENCES)))];
        }
        out
    }

    fn block(&mut self) -> Block {
        match self.below(7) {
            0 | 1 => {
                let ordered = self.below(2) == 0;
                let items = (0..=self.below(4)).map(|_| self.words()).collect();
                Block::List(List { ordered, items })
            }
            2 => {
                let columns: &[&str] =
                    if self.below(3) == 0 { &["Lot", "Heures", "Un plan"] } else { &["Lot", "Heures"] };
                let Block::Table(mut made) = table(columns, &[]) else { panic!("a table") };
                if self.below(4) == 0 {
                    made.caption.clear();
                }
                made.rows = (0..=self.below(3)).map(|_| columns.iter().map(|_| self.words()).collect()).collect();
                Block::Table(made)
            }
            _ => Block::Paragraph(self.words()),
        }
    }

    fn articles(&mut self) -> Vec<Article> {
        let mut out = Vec::new();
        for anchor in ["a", "b", "c", "d"] {
            if self.below(4) == 0 {
                continue;
            }
            let number = (out.len() + 1).to_string();
            let heading = if self.below(3) == 0 { self.words() } else { text("Objet") };
            let mut article = Article::new(
                anchor,
                if self.below(2) == 0 { 1 } else { 2 },
                format!("Article {number} – "),
                number,
                heading,
            );
            article.blocks = (0..self.below(7)).map(|_| self.block()).collect();
            out.push(article);
        }
        out
    }

    /// Another state of some articles: blocks and items go, come, change places or words.
    fn revise(&mut self, articles: &mut Vec<Article>) {
        if articles.len() > 1 && self.below(4) == 0 {
            articles.rotate_left(1);
        }
        if articles.len() > 1 && self.below(6) == 0 {
            articles.pop();
        }
        for article in articles.iter_mut() {
            for _ in 0..self.below(4) {
                let blocks = &mut article.blocks;
                let at = self.below(blocks.len() + 1);
                match (self.below(5), blocks.get_mut(at)) {
                    (0, Some(_)) => drop(blocks.remove(at)),
                    (1, Some(_)) => {
                        let moved = blocks.remove(at);
                        blocks.insert(self.below(blocks.len() + 1), moved);
                    }
                    (2, Some(Block::List(list))) => {
                        let from = self.below(list.items.len());
                        let moved = list.items.remove(from);
                        if self.below(3) > 0 || list.items.is_empty() {
                            list.items.insert(self.below(list.items.len() + 1), moved);
                        }
                    }
                    (2, Some(Block::Table(table))) => {
                        let row = table.columns.iter().map(|_| self.words()).collect();
                        table.rows.insert(self.below(table.rows.len() + 1), row);
                    }
                    (2 | 3, Some(Block::Paragraph(words))) => *words = self.words(),
                    (3, Some(Block::List(list))) => {
                        let at = self.below(list.items.len() + 1);
                        list.items.insert(at, self.words());
                    }
                    _ => blocks.insert(at, self.block()),
                }
            }
        }
    }
}

/// Documents made at random, where the same words often go in one place and come in another.
#[test]
fn revisions_give_both_documents_at_random() {
    for seed in 0..SEEDS {
        let mut dice = Dice(seed);
        let mut old = document(Vec::new());
        old.articles = dice.articles();
        let mut new = old.clone();
        dice.revise(&mut new.articles);
        let changes = of_documents(&old, &new);
        let redline = &changes.pieces[0].redline;
        let name = format!("at random {seed}");
        check_docx(&name, redline, &lines(&old), &lines(&new));
        check_odt(&name, redline, &lines(&old), &lines(&new));
        if seed < LEFT {
            leave(&name, redline, &old, &new);
        }
    }
}

/// Documents made at random, and how many of them are left to the office suites.
const SEEDS: u64 = 60;
const LEFT: u64 = 12;

/// What is not shown as a revision is told, and told only of the format that cannot show it.
#[test]
fn what_is_not_a_revision_is_named() {
    let of = |name: &str, format| {
        let (_, old, new) = hard_cases().into_iter().find(|(known, ..)| *known == name).expect("a case");
        left_out(&of_documents(&old, &new).pieces[0].redline, format).join("\n")
    };
    let row = "a row comes, a row goes";
    assert!(of(row, Format::Odt).contains("« Heures par lot »"), "{}", of(row, Format::Odt));
    for (name, format) in [(row, Format::Docx), ("the looks change", Format::Odt)] {
        assert!(!of(name, format).contains("tableau"), "{}", of(name, format));
        assert!(of(name, format).contains("le sommaire et les commentaires n’y sont pas"), "{}", of(name, format));
    }
    assert_eq!(of(row, Format::Markdown), "");
}

/// A revision has its author and its day; without a day, a file of Word has none, OpenDocument the one of nobody.
#[test]
fn revisions_have_an_author_and_a_day() {
    let (_, old, new) = hard_cases().swap_remove(0);
    let changes = of_documents(&old, &new);
    let day = clausier::quantity::Date::parse("2026-12-07").expect("a day");
    let written = |date, format, part: &str| {
        let reviser = Reviser { date, ..reviser() };
        archive::texts(&write_revisions(&changes.pieces[0].redline, format, &reviser).expect("revisions"))[part].clone()
    };
    let docx = |date| written(date, Format::Docx, "word/document.xml");
    assert!(
        docx(Some(day)).contains(
            "w:author=\"Relecture &lt;juridique&gt; &amp; &quot;achats&quot;\" w:date=\"2026-12-07T00:00:00Z\""
        )
    );
    assert!(!docx(None).contains("w:date"));
    let odt = |date| written(date, Format::Odt, "content.xml");
    assert!(odt(Some(day)).contains("<dc:creator>Relecture &lt;juridique&gt; &amp; &quot;achats&quot;</dc:creator><dc:date>2026-12-07T00:00:00</dc:date>"));
    assert!(odt(None).contains("<dc:date>1970-01-01T00:00:00</dc:date>"));
}

/// A file that says something else than its redline, or nothing, does not read back.
#[test]
fn a_file_of_another_redline_does_not_read_back() {
    let one = |words| document(vec![("a", "1", vec![paragraph(words)])]);
    let redline = |new| of_documents(&one("Un plan."), &one(new)).pieces.swap_remove(0).redline;
    let (said, other) = (redline("Un relevé."), redline("Un bilan."));
    for format in [Format::Docx, Format::Odt] {
        let bytes = write_revisions(&said, format, &reviser()).expect("revisions");
        assert!(reads_back(&said, format, &bytes), "{format}");
        assert!(!reads_back(&other, format, &bytes), "{format}: another new document");
        let other = of_documents(&one("Une note."), &one("Un relevé.")).pieces.swap_remove(0).redline;
        assert!(!reads_back(&other, format, &bytes), "{format}: another old document");
        assert!(!reads_back(&said, Format::Markdown, &bytes), "a format without revisions");
        for end in 0..bytes.len() {
            assert!(!reads_back(&said, format, &bytes[..end]), "{format}: {end} bytes");
        }
    }
}

/// Six pairs of stories, every piece that both have.
#[test]
fn revisions_give_both_documents_of_stories() {
    let library = Library::embedded();
    let stories: Vec<_> = stories().into_iter().map(|(name, text)| (consultation(&name, &text), name)).collect();
    let pairs = stories.iter().flat_map(|old| stories.iter().map(move |new| (old, new)));
    let pairs = pairs.filter(|((_, before), (_, after))| before != after);
    let pairs = pairs.filter(|((old, _), (new, _))| families(old).iter().any(|family| families(new).contains(family)));
    let mut pieces = 0;
    for ((old, before), (new, after)) in pairs.take(6) {
        let (old, new) = (library.resolve(old), library.resolve(new));
        let changes = compare(&old, &new).expect("compared");
        let (old, new) = (old.documents(true).expect("rendered"), new.documents(true).expect("rendered"));
        for piece in changes.pieces.iter().filter(|piece| piece.mark == Mark::Kept) {
            let of = |side: &[Document]| side.iter().find(|d| d.piece == piece.piece).map(lines).expect("a piece");
            let name = format!("{before} → {after}, {}", piece.piece);
            check_docx(&name, &piece.redline, &of(&old), &of(&new));
            check_odt(&name, &piece.redline, &of(&old), &of(&new));
            pieces += 1;
        }
    }
    assert!(pieces >= 30, "{pieces} pieces");
}
