//! Documents written in every format: a hostile one and a realistic one.

use clausier::document::{Article, Block, Column, Document, DraftRemark, Identity, Inline, List, Remark, Table};
use clausier::terms::{Piece, Severity};

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn confirm(value: &str, question: &str) -> Inline {
    Inline::ToConfirm { value: value.to_owned(), question: question.to_owned() }
}

fn reference(anchor: &str, text: &str) -> Inline {
    Inline::Reference { anchor: anchor.to_owned(), text: text.to_owned() }
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(vec![text(words)])
}

fn column(heading: &str, numeric: bool) -> Column {
    Column { heading: heading.to_owned(), numeric }
}

/// Values that would be markup, template code, XML, a formula or a line break, if a writer let them.
pub(crate) const HOSTILE: &[&str] = &[
    "<b>gras</b> & <!-- commentaire --> ]]> &amp; &#60; a < b",
    "{{ valeur }} {% if x %} {# note #} ${x} $a$",
    "*étoile* _souligné_ **gras** `code` ~~barré~~ ***trois***",
    "| a | b |",
    "[lien](http://exemple.fr) ![image](x.png) [a]: b",
    "=SUM(A1)",
    "# titre #",
    "1. janvier",
    "2) deux",
    "- tiret",
    "+ plus",
    "> cité",
    "---",
    "===",
    "[x] case",
    "\\* barre \\ oblique \\",
    "l’« œuvre » de l'École \"guillemets\" 'simples'",
    "émoji 🏗️👩🏽‍🔧 et 🇫🇷",
    "12\u{202F}345,60\u{A0}€",
    "fichier_de_suivi snake_case_ _fin",
    "C:\\Users\\x %TEMP% \u{200B}|\u{FEFF}",
    "    quatre espaces",
];

/// Every kind of block, filled with hostile values.
pub(crate) fn hostile() -> Document {
    let identity = Identity {
        buyer: "Gros & Œuvre <SARL> *Étoile*".to_owned(),
        reference: "2026|T_041".to_owned(),
        object: "Réhabilitation \"lourde\" {{ objet }}".to_owned(),
        launch: "1er décembre 2026".to_owned(),
        generator: "clausier 0.0.0".to_owned(),
    };
    let mut document = Document::new(Piece::Ccap, "Clauses <sociales> & *environnementales*", identity);
    document.draft = vec![DraftRemark {
        code: "liaison-incoherente".to_owned(),
        severity: Severity::Blocking,
        message: "les <heures> de l’entreprise & co. ne suffisent pas\n> à *tout*".to_owned(),
    }];
    let mut values = Article::new("valeurs", 1, "Article 7 – ", "7", vec![text("# Valeurs <hostiles> & *titre* #")]);
    values.blocks.extend(HOSTILE.iter().map(|value| paragraph(value)));
    values.blocks.push(paragraph(
        "retour\nà la\r\nligne,\ttabulation,\u{0}\u{8}\u{1b}[31m\u{9d} contrôle\u{2028}séparé\u{FFFE}\u{FFFF}",
    ));
    values.blocks.push(Block::Paragraph(vec![text(&"long".repeat(2_500))]));
    values.blocks.push(Block::Paragraph(vec![
        text("Collé"),
        Inline::Strong(vec![text("gras "), Inline::Emphasis(vec![text("et italique*")])]),
        Inline::Strong(vec![text(" ")]),
        Inline::Emphasis(vec![text("« fin »")]),
        text("suite "),
        Inline::Strong(vec![text("Gras.")]),
        text(" Puis "),
        confirm("<60> *%*", "Quelle <part> ?"),
        text("(et "),
        Inline::Missing { question: "le | montant & <co>".to_owned() },
        text(") selon l’"),
        reference("sous-valeurs-2", "article 7.2"),
        text(" et les "),
        reference("valeurs", "dispositions ci-dessus"),
        text("."),
    ]));
    let items = || HOSTILE.iter().map(|value| vec![text(value)]).collect();
    values.blocks.push(Block::List(List { ordered: false, items: items() }));
    values.blocks.push(Block::List(List { ordered: true, items: items() }));
    let mut first = Article::new("sous-valeurs-1", 2, "7.1", "7.1", vec![text("Premier")]);
    first.blocks = vec![
        paragraph("Avant le tableau."),
        Block::Table(Table {
            caption: "Volumes | par <lot> & *tranche*".to_owned(),
            columns: vec![column("Lot |", false), column("Heures <h>", true), column("=SUM(A1)", false)],
            rows: HOSTILE.iter().map(|value| vec![vec![text(value)], vec![text("1\u{202F}820")], vec![]]).collect(),
        }),
        Block::Table(Table { caption: String::new(), columns: vec![column("Seule", false)], rows: vec![] }),
        Block::List(List { ordered: true, items: vec![vec![text("recommence à un")]] }),
    ];
    let second = Article::new("sous-valeurs-2", 2, "7.2", "7.2", vec![]);
    values.articles = vec![first, second];
    document.articles.push(values);
    document.articles.push(Article::new(
        "une-ancre-tres-longue-qui-depasse-les-quarante-caracteres-permis",
        1,
        "ARTICLE HUIT",
        "huit",
        vec![confirm("Valeur", "Quel titre ?")],
    ));
    document.remarks = vec![
        Remark {
            anchor: "sous-valeurs-1".to_owned(),
            text: "À voir avec la facilitatrice : <heures> & ]]> suite".to_owned(),
        },
        Remark { anchor: "valeurs".to_owned(), text: "Premier point.".to_owned() },
        Remark { anchor: "valeurs".to_owned(), text: "Second point.".to_owned() },
    ];
    document
}
