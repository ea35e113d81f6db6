//! What changed between two dossiers: each comparison is proved, and says what moved.

mod archive;
mod specimen;

use clausier::document::revision::{Mark, Part, Redline, RevisedRow, Span};
use clausier::document::{Article, Block, Column, Document, Identity, Inline, List, Table};
use clausier::existing::compare::{Changes, Kind, compare, compare_documents};
use clausier::existing::lock::Lock;
use clausier::terms::Piece;
use clausier::write::{Format, Reviser, left_out, lines, reads_back, write, write_revisions};
use clausier::{Consultation, Library};
use clausier_tests::{consultation, stories};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// The families of a dossier.
fn families(consultation: &Consultation) -> Vec<String> {
    let mut out: Vec<String> = consultation.lots.values().map(|lot| lot.family.to_string()).collect();
    out.sort();
    out.dedup();
    out
}

fn compared(old: &Consultation, new: &Consultation) -> Changes {
    let library = Library::embedded();
    compare(&library.resolve(old), &library.resolve(new)).unwrap_or_else(|error| panic!("{error}"))
}

/// The comparison of two stories is proved before it is given: rejecting gives the old texts, accepting the new ones.
#[test]
fn every_pair_of_stories_of_a_family_is_compared_faithfully() {
    let stories: Vec<_> = stories().into_iter().map(|(name, text)| (consultation(&name, &text), name)).collect();
    let mut pairs = 0;
    for (old, before) in &stories {
        for (new, after) in &stories {
            let shared = families(old).iter().any(|family| families(new).contains(family));
            if before != after && !shared {
                continue;
            }
            let changes = compared(old, new);
            assert_eq!(changes.is_empty(), before == after, "{before} → {after}");
            pairs += usize::from(before != after);
        }
    }
    assert!(pairs >= 6, "{pairs} pairs");
}

/// Changes that a buyer makes: each gives a dossier that can still be read.
fn mutations(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let with = |at: usize, line: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines[at] = line;
        lines.join("\n")
    };
    for (at, line) in lines.iter().enumerate() {
        let mut change = |name: &str, from: &str, to: &str| {
            if line.contains(from) {
                out.push((format!("{name}, ligne {}", at + 1), with(at, line.replacen(from, to, 1))));
            }
        };
        if line.starts_with("penalite_") {
            change("pénalité", "00 €", "50 €");
        }
        if line.starts_with("objet = ") {
            change("objet", "objet = \"", "objet = \"L'objet & <b>autre</b> : ");
        }
        if line.starts_with("intitule = ") {
            change("intitulé", "intitule = \"", "intitule = \"Ensemble, ");
        }
        if line.starts_with("montant = ") {
            change("montant", "0 000 €", "9 000 €");
        }
        if line.contains("premier_numero") {
            change("numéro", "premier_numero = \"", "premier_numero = \"3");
        }
        if line.starts_with("frequence") {
            change("fréquence", "\"mensuelle\"", "\"trimestrielle\"");
        }
        change("durée", "\"16 mois\"", "\"18 mois\"");
    }
    // A clause that goes, with its table.
    let starts: Vec<usize> =
        lines.iter().enumerate().filter(|(_, l)| l.starts_with("[clause.")).map(|(i, _)| i).collect();
    for start in starts {
        let end =
            lines.iter().enumerate().skip(start + 1).find(|(_, l)| l.starts_with('[')).map_or(lines.len(), |(i, _)| i);
        let kept: Vec<&str> = lines[..start].iter().chain(&lines[end..]).copied().collect();
        out.push((format!("sans {}", lines[start]), kept.join("\n")));
    }
    out
}

/// One change at a time, on every story: what is shown is proved, and something is shown when the text moves.
#[test]
fn mutated_dossiers_are_compared_faithfully() {
    let library = Library::embedded();
    let mut count = 0;
    for (name, text) in stories() {
        let before = consultation(&name, &text);
        let before = library.resolve(&before);
        let printed = before.documents(true).expect("rendered");
        // Nine of each story, from its head to its end.
        let mutations = mutations(&text);
        let step = mutations.len().div_ceil(9).max(1);
        for (mutation, text) in mutations.into_iter().step_by(step) {
            let Ok(after) = Consultation::from_toml(&text) else { continue };
            let after = library.resolve(&after);
            // What cannot be rendered even as a draft cannot be compared; other tests hold the library to that.
            let Ok(rendered) = after.documents(true) else { continue };
            let changes = compare(&before, &after).unwrap_or_else(|error| panic!("{name}, {mutation}: {error}"));
            let moved = printed != rendered;
            assert!(moved || changes.is_empty(), "{name}, {mutation}: a change where nothing moves");
            count += 1;
        }
    }
    assert!(count >= 60, "{count} dossiers");
}

/// A lock gives back the documents that it keeps, values and their sources included.
#[test]
fn a_lock_reads_back_to_itself() {
    let library = Library::embedded();
    for (name, text) in stories() {
        let consultation = consultation(&name, &text);
        let resolved = library.resolve(&consultation);
        let lock = Lock::new(&resolved, text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let read = Lock::from_json(&lock.to_json()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read, lock, "{name}");
        assert_eq!(read.documents(), resolved.documents(false).expect("rendered"), "{name}");
        let drift = read.drift(&resolved, text.as_bytes()).expect("compared");
        assert!(drift.causes.is_empty() && drift.changes.is_empty(), "{name}: {:?}", drift.causes);
    }
    for (text, wanted) in [("", "n’est pas un verrou"), ("{\"format\": 9}", "format (9)")] {
        let error = Lock::from_json(text).expect_err("no lock");
        assert!(error.to_string().contains(wanted), "{error}");
    }
}

/// A written file says which clauses made it, in which version, and the fingerprint of its text.
#[test]
fn a_written_file_is_stamped() {
    let library = Library::embedded();
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let consultation = consultation(&name, &text);
    let rc = library.render(&consultation, Piece::Rc).expect("rendered");
    let docx = archive::texts(&write(&rc, Format::Docx));
    let odt = archive::texts(&write(&rc, Format::Odt));
    let html = String::from_utf8(write(&rc, Format::Html)).expect("text");
    let properties = &docx["docProps/custom.xml"];
    let stamp =
        properties.split("Empreinte\"><vt:lpwstr>").nth(1).and_then(|rest| rest.get(..64)).expect("a fingerprint");
    assert!(stamp.bytes().all(|byte| byte.is_ascii_hexdigit()), "{stamp}");
    for file in [properties, &odt["meta.xml"], &html] {
        assert!(file.contains(stamp) && file.contains("heures-insertion 20"), "{file}");
    }
    assert!(docx["word/footer1.xml"].contains(&stamp[..8]));
    // Another text, another fingerprint.
    let other = consultation.clone().launched(clausier::quantity::Date::parse("2026-12-08").expect("a day"));
    let other = archive::texts(&write(&library.render(&other, Piece::Rc).expect("rendered"), Format::Docx));
    assert!(!other["docProps/custom.xml"].contains(stamp));
}

/// The page shows both sides, marks what changes without colours, and lets no value be markup.
#[test]
fn the_page_shows_both_sides() {
    let old = document(vec![(
        "a",
        "1",
        vec![paragraph("Une pénalité de 40\u{A0}€."), paragraph("Fin."), list(false, &["un"])],
    )]);
    let new = document(vec![(
        "a",
        "1",
        vec![paragraph("Une pénalité de 50\u{A0}€."), paragraph("Fin."), list(false, &["<b>"])],
    )]);
    let html = of_documents(&old, &new).html();
    for wanted in
        ["<del>40\u{A0}€</del>", "<ins>50\u{A0}€</ins>", "<ins>&lt;b&gt;</ins>", "<th scope=\"col\">Avant</th>"]
    {
        assert!(html.contains(wanted), "{wanted}\n{html}");
    }
    for forbidden in ["<script", "<link", "@import", "url(", " src=", "<b>"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

// What hand-made documents show. ------------------------------------------------------------------------------------

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

fn list(ordered: bool, items: &[&str]) -> Block {
    Block::List(List { ordered, items: items.iter().map(|item| text(item)).collect() })
}

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

/// A document of one article, or more: anchor, number, blocks.
fn document(articles: Vec<(&str, &str, Vec<Block>)>) -> Document {
    let mut document = Document::new(Piece::Ccap, "Clauses", Identity::default());
    for (anchor, number, blocks) in articles {
        let mut article = Article::new(anchor, 1, format!("Article {number} – "), number, text("Objet"));
        article.blocks = blocks;
        document.articles.push(article);
    }
    document
}

fn of_documents(old: &Document, new: &Document) -> Changes {
    let (old, new) = (std::slice::from_ref(old), std::slice::from_ref(new));
    compare_documents(old, new).unwrap_or_else(|error| panic!("{error}"))
}

/// The kinds of effect of one sentence that becomes another.
fn kinds(old: &str, new: &str) -> Vec<Kind> {
    let one = |words| document(vec![("a", "1", vec![paragraph(words)])]);
    let changes = of_documents(&one(old), &one(new));
    let mut kinds: Vec<Kind> = changes.pieces[0].edits.iter().flat_map(|e| &e.effects).map(|e| e.kind).collect();
    kinds.dedup();
    kinds
}

/// Words of the buyer's own, which no value explains: negation, modal verb, number and the rest told apart.
#[test]
fn the_effect_of_free_words_is_told() {
    for (old, new, expected) in [
        // A negation that comes or goes: on what may be done, on what must be, on anything else.
        ("Le titulaire peut réaliser l’action.", "Le titulaire ne peut pas réaliser l’action.", &[Kind::Stronger][..]),
        ("Le titulaire ne peut pas sous-traiter.", "Le titulaire peut sous-traiter.", &[Kind::Weaker]),
        ("Le titulaire est tenu d’y participer.", "Le titulaire n’est pas tenu d’y participer.", &[Kind::Weaker]),
        ("La visite n’est pas obligatoire.", "La visite est obligatoire.", &[Kind::Stronger]),
        ("Le titulaire doit couper l’eau.", "Le titulaire ne doit pas couper l’eau.", &[Kind::Scope]),
        ("Les déchets sont brûlés sur place.", "Les déchets ne sont jamais brûlés sur place.", &[Kind::Scope]),
        ("Il agit après mise en demeure.", "Il agit sans mise en demeure.", &[Kind::Scope]),
        // A modal verb.
        ("Le titulaire pourra former l’équipe.", "Le titulaire devra former l’équipe.", &[Kind::Stronger]),
        ("Le titulaire devra former l’équipe.", "Le titulaire pourra former l’équipe.", &[Kind::Weaker]),
        ("Le titulaire forme l’équipe.", "Le titulaire doit former l’équipe.", &[Kind::Stronger]),
        ("Le titulaire forme l’équipe.", "Le titulaire s’efforce de former l’équipe.", &[Kind::Weaker]),
        ("Le titulaire doit trier.", "Le titulaire est tenu de trier.", &[Kind::Wording]),
        // A number: what it counts, what it bounds.
        ("Il emploie au moins 12 personnes.", "Il emploie au moins 15 personnes.", &[Kind::Stronger]),
        ("Il emploie 15 personnes au minimum.", "Il emploie 12 personnes au minimum.", &[Kind::Weaker]),
        ("Il consomme 40 litres au plus.", "Il consomme 60 litres au plus.", &[Kind::Weaker]),
        ("Il consomme au maximum 60 litres.", "Il consomme au maximum 40 litres.", &[Kind::Stronger]),
        ("Le plan est remis sous 15 jours.", "Le plan est remis sous 10 jours.", &[Kind::Deadline]),
        ("Une pénalité court après 15 jours.", "Une pénalité court après 20 jours.", &[Kind::Deadline]),
        ("Une pénalité de 100 euros par tonne.", "Une pénalité de 150 euros par tonne.", &[Kind::Penalty]),
        ("Selon l’article 12.3 du marché.", "Selon l’article 12.4 du marché.", &[Kind::Reference]),
        ("Les déchets sont triés en 5 flux.", "Les déchets sont triés en 7 flux.", &[Kind::Number]),
        // What it is about.
        ("Il vise toutes les références.", "Il vise les références.", &[Kind::Scope]),
        ("Le bilan est remis chaque trimestre.", "Le bilan est remis chaque semestre.", &[Kind::Deadline]),
        ("Le relevé est tenu à jour.", "Le relevé est mis à jour.", &[Kind::Wording]),
        ("Le conducteur conserve la note.", "Le conducteur garde la note.", &[Kind::Wording]),
        ("Le titulaire peut remettre un plan.", "Le titulaire doit remettre un plan.", &[Kind::Stronger]),
        ("Le titulaire doit remettre un plan.", "Le titulaire peut remettre un plan.", &[Kind::Weaker]),
        ("La pénalité est de 40\u{A0}€ par heure.", "La pénalité est de 50\u{A0}€ par heure.", &[Kind::Penalty]),
        ("Le relevé parvient sous 15\u{A0}jours.", "Le relevé parvient sous 10\u{A0}jours.", &[Kind::Deadline]),
        ("Le lot compte 12 postes.", "Le lot compte 14 postes.", &[Kind::Number]),
        ("Le titulaire remet une attestation.", "Le titulaire remet un bordereau.", &[Kind::Proof]),
        ("La réunion est tenue par l’acheteur.", "La réunion est tenue par le facilitateur.", &[Kind::Party]),
        (
            "Il applique l’article L.\u{A0}2112-2 du code.",
            "Il applique l’article L.\u{A0}2112-3 du code.",
            &[Kind::Reference],
        ),
        ("Les travaux sont conduits avec soin.", "Les travaux sont menés avec soin.", &[Kind::Wording]),
        ("Les travaux sont réglés.", "Les travaux sont réglés sauf accord.", &[Kind::Scope]),
    ] {
        assert_eq!(kinds(old, new), expected, "{old} → {new}");
    }
}

/// A value says by itself what it does: a limit that rises asks for less, a minimum that rises for more.
#[test]
fn a_limit_that_rises_asks_for_less() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let before = consultation(&name, &text);
    for (from, to, kind) in [
        ("plafond = \"620 t éq. CO2\"", "plafond = \"700 t éq. CO2\"", Kind::Weaker),
        ("plafond = \"620 t éq. CO2\"", "plafond = \"500 t éq. CO2\"", Kind::Stronger),
        ("quantite = \"18 t\"", "quantite = \"20 t\"", Kind::Stronger),
        ("quantite = \"18 t\"", "quantite = \"15 t\"", Kind::Weaker),
        ("penalite_heure = \"45 €\"", "penalite_heure = \"50 €\"", Kind::Penalty),
        ("delai_reunion = \"15 jours\"", "delai_reunion = \"10 jours\"", Kind::Deadline),
    ] {
        assert!(text.contains(from), "{from}");
        let changes = compared(&before, &consultation(&name, &text.replace(from, to)));
        let effects = changes.effects();
        let of = |piece: Piece| {
            let piece = changes.pieces.iter().find(|changes| changes.piece == piece).expect("a piece");
            piece.edits.iter().flat_map(|edit| &edit.effects).map(|effect| effect.kind).collect::<Vec<_>>()
        };
        assert!(of(Piece::Ccap).contains(&kind), "{to}: {:?}", of(Piece::Ccap));
        let contrary = if kind == Kind::Stronger { Kind::Weaker } else { Kind::Stronger };
        let value = to.split('"').nth(1).and_then(|value| value.split(' ').next()).expect("a value");
        let wrong = effects.get(&contrary).is_some_and(|found| found.iter().any(|effect| effect.to.contains(value)));
        assert!(!wrong, "{to}: {effects:?}");
    }
}

/// A value that stands in several texts is said once in the summary.
#[test]
fn a_summary_says_a_value_once() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let other = text.replace("quantite = \"18 t\"", "quantite = \"20 t\"");
    let summary = compared(&consultation(&name, &text), &consultation(&name, &other)).summary();
    assert_eq!(summary.matches("18 → 20").count(), 1, "{summary}");
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

#[test]
fn revisions_give_both_documents_in_hard_cases() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("revisions");
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    for (name, old, new) in hard_cases() {
        for (way, old, new) in [("", &old, &new), (" (backwards)", &new, &old)] {
            let name = format!("{name}{way}");
            let changes = of_documents(old, new);
            let redline = &changes.pieces[0].redline;
            assert!(!redline.is_empty(), "{name}");
            check_docx(&name, redline, &lines(old), &lines(new));
            check_odt(&name, redline, &lines(old), &lines(new));
            // Left where the office suites look for them.
            let stem = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
            for format in [Format::Docx, Format::Odt] {
                let keep = |side: &str, bytes: Vec<u8>| {
                    let file = folder.join(format!("{stem}{side}.{format}"));
                    std::fs::write(file, bytes).expect("written");
                };
                keep("", write_revisions(redline, format, &reviser()).expect("revisions"));
                keep(".avant", write(old, format));
                keep(".apres", write(new, format));
            }
        }
    }
}

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
