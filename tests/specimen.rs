//! Documents written in every format: a hostile one and a realistic one.

use clausier::document::{
    Article, Bar, BarMark, BarPart, Block, Column, Document, DraftRemark, Identity, Inline, List, Remark, Table,
};
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

/// A word of ten thousand characters.
pub(crate) fn long_word() -> String {
    "long".repeat(2_500)
}

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
        code: "liaison-excedentaire".to_owned(),
        severity: Severity::Blocking,
        message: "les <heures> de l’entreprise & co. ne suffisent pas\n> à *tout*".to_owned(),
    }];
    let mut values = Article::new("valeurs", 1, "Article 7 – ", "7", vec![text("# Valeurs <hostiles> & *titre* #")]);
    values.blocks.extend(HOSTILE.iter().map(|value| paragraph(value)));
    values.blocks.push(paragraph(
        "retour\nà la\r\nligne,\ttabulation,\u{0}\u{8}\u{1b}[31m\u{9d} contrôle\u{2028}séparé\u{FFFE}\u{FFFF}",
    ));
    values.blocks.push(Block::Paragraph(vec![text(&long_word())]));
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
            results: vec![],
            bars: vec![Bar {
                label: "Heures <liées> & autres".to_owned(),
                parts: vec![
                    BarPart { label: "291 \"liées\"".to_owned(), width: 600, strong: true },
                    BarPart { label: "194 autres".to_owned(), width: 400, strong: false },
                ],
                marks: vec![BarMark { label: "25".to_owned(), at: 500 }],
            }],
            caption: "Volumes | par <lot> & *tranche*".to_owned(),
            columns: vec![column("Lot |", false), column("Heures <h>", true), column("=SUM(A1)", false)],
            rows: HOSTILE.iter().map(|value| vec![vec![text(value)], vec![text("1\u{202F}820")], vec![]]).collect(),
        }),
        Block::Table(Table {
            bars: vec![],
            results: vec![],
            caption: String::new(),
            columns: vec![column("Seule", false)],
            rows: vec![],
        }),
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

/// A run: `~` is a no-break space, `[valeur|question]` a value to confirm, `{ancre|texte}` a reference, `*` strong.
fn line(source: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['[', '{', '*']) {
        let (before, from) = rest.split_at(at);
        let close = match &from[..1] {
            "[" => ']',
            "{" => '}',
            _ => '*',
        };
        let end = from[1..].find(close).expect("closed") + 1;
        let inner = from[1..end].replace('~', "\u{A0}");
        let (left, right) = inner.split_once('|').unwrap_or((&inner, ""));
        out.push(text(&before.replace('~', "\u{A0}")));
        out.push(match close {
            ']' => confirm(left, right),
            '}' => reference(left, right),
            _ => Inline::Strong(vec![text(&inner)]),
        });
        rest = &from[end + 1..];
    }
    out.push(text(&rest.replace('~', "\u{A0}")));
    out.retain(|inline| *inline != text(""));
    out
}

fn article(anchor: &str, level: u8, label: &str, number: &str, heading: &str, lines: &[&str]) -> Article {
    let mut article = Article::new(anchor, level, label, number, line(heading));
    article.blocks = lines.iter().map(|source| Block::Paragraph(line(source))).collect();
    article
}

fn list(ordered: bool, items: &[&str]) -> Block {
    Block::List(List { ordered, items: items.iter().map(|item| line(item)).collect() })
}

fn table(caption: &str, columns: &[(&str, bool)], rows: &[&[&str]]) -> Block {
    Block::Table(Table {
        bars: vec![],
        results: vec![],
        caption: caption.replace('~', "\u{A0}"),
        columns: columns.iter().map(|(heading, numeric)| column(heading, *numeric)).collect(),
        rows: rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect()).collect(),
    })
}

fn school() -> Identity {
    Identity {
        buyer: "Communauté d’agglomération du Val-de-Mouze".to_owned(),
        reference: "2026-T-041".to_owned(),
        object: "Réhabilitation du groupe scolaire des Tilleuls".to_owned(),
        launch: "7 décembre 2026".to_owned(),
        generator: "clausier 0.1.0".to_owned(),
    }
}

/// The règlement de la consultation of a school renovation, its articles placed under an article 7 of the host.
pub(crate) fn school_rc() -> Document {
    let mut document = Document::new(Piece::Rc, "Clauses sociales et environnementales", school());
    let mut social = article(
        "insertion",
        1,
        "7.1 – ",
        "7.1",
        "Insertion par l’activité économique",
        &[
            "L’exécution de chaque lot comporte une action d’insertion au bénéfice de personnes rencontrant des difficultés sociales ou professionnelles particulières (article L.~2112-2 du code de la commande publique). C’est une condition d’exécution, la même pour tous~: elle n’est pas un critère d’attribution.",
            "Le titulaire réserve au moins le volume suivant, proportionné au montant du lot et à sa part de main-d’œuvre.",
        ],
    );
    social.blocks.push(table(
        "Volumes d’insertion par lot",
        &[("Lot", false), ("Intitulé", false), ("Heures d’insertion", true), ("dont heures liées", true)],
        &[
            &["1", "Déconstruction et curage", "485", "291"],
            &["2", "Gros œuvre", "657", ""],
            &["3", "Peinture", "232", ""],
            &["4", "Chauffage, ventilation, climatisation", "1\u{202F}320", ""],
            &["", "*Total*", "*2\u{202F}694*", "*291*"],
        ],
    ));
    social.blocks.push(Block::Paragraph(line("Les personnes éligibles sont notamment~:")));
    social.blocks.push(list(false, &[
        "les demandeurs d’emploi de longue durée (plus de douze mois d’inscription à France Travail)~;",
        "les bénéficiaires du revenu de solidarité active, sans emploi~;",
        "les personnes reconnues travailleurs handicapés, orientées en milieu ordinaire ou vers une entreprise adaptée~;",
        "les jeunes de moins de vingt-six ans sans qualification ou sans expérience professionnelle.",
    ]));
    social.blocks.push(Block::Paragraph(line(
        "La facilitatrice de la Maison de l’emploi du Val-de-Mouze (service Clauses sociales, 03~29~00~00~00, clauses@exemple.fr) renseigne tout candidat dans les mêmes conditions, avant comme après la remise des offres.",
    )));
    let mut environment = article(
        "reemploi",
        1,
        "7.2 – ",
        "7.2",
        "Réemploi et valorisation des matériaux",
        &[
            "Chaque lot comporte une condition d’exécution environnementale, vérifiée pendant le chantier. Le titulaire atteint au moins les cibles suivantes.",
        ],
    );
    environment.blocks.push(table(
        "Engagements environnementaux par lot",
        &[
            ("Lot", false),
            ("Obligation", false),
            ("Indicateur", false),
            ("Cible", true),
            ("Preuve et fréquence", false),
        ],
        &[
            &[
                "1",
                "Dépose soignée et remise au réemploi d’éléments du bâtiment désignés par le diagnostic",
                "Masse remise à un preneur en vue de son réemploi",
                "18~t",
                "Bordereau pesé et attestation du preneur, à chaque remise",
            ],
            &[
                "1 à 4",
                "Valorisation matière des déchets de chantier non réemployés",
                "Part de la masse sortie du chantier qui est valorisée",
                "[85~%|Quelle part des déchets de chantier doit être valorisée ?]",
                "Registre des déchets et bordereaux, chaque mois",
            ],
            &[
                "3",
                "Peintures intérieures à très faibles émissions, ou équivalent",
                "Part des surfaces peintes",
                "[100~%|Quelle part des surfaces intérieures est concernée ?]",
                "Fiches techniques, avant la commande",
            ],
        ],
    ));
    environment.blocks.push(Block::Paragraph(line("Le diagnostic «~produits, équipements, matériaux et déchets~» et les repérages de l’amiante et du plomb sont joints au dossier de consultation.")));
    let mut liaison = article(
        "liaison",
        1,
        "7.3 – ",
        "7.3",
        "Liaison entre l’insertion et le réemploi (lot~1)",
        &[
            "Le lot~1 comporte deux conditions d’exécution distinctes, les mêmes pour tous~: au moins 485~heures d’insertion ({insertion|article 7.1}) et au moins 18~tonnes d’éléments du bâtiment remises au réemploi ({reemploi|article 7.2}).",
            "La première sert à exécuter la seconde~: au moins [291|Quelle part des heures d’insertion est affectée aux tâches liées ?] de ces heures sont consacrées à la dépose soignée, au tri, au nettoyage, au conditionnement et à l’inventaire de ces éléments.",
            "*L’heure compte une fois pour l’insertion~; la tonne compte une fois pour l’environnement.* Aucune ne remplace l’autre.",
            "Le titulaire choisit librement entre l’embauche directe, la mise à disposition, la sous-traitance et la cotraitance, seules ou combinées. Aucune structure ni aucune localisation n’est imposée.",
        ],
    );
    liaison.articles = vec![
        article(
            "liaison-acceptation",
            2,
            "7.3.1 – ",
            "7.3.1",
            "Acceptation",
            &[
                "Remettre l’acte d’engagement complété vaut acceptation~; aucun autre document n’est demandé à ce titre. Une offre qui refuse, réduit ou réserve l’une de ces conditions est irrégulière (article L.~2152-2).",
            ],
        ),
        article(
            "liaison-execution",
            2,
            "7.3.2 – ",
            "7.3.2",
            "Exécution et contrôle",
            &[
                "L’exécution, le contrôle et les pénalités sont réglés par l’article~12 du CCAP. L’acceptation du {liaison-acceptation|7.3.1} les emporte.",
            ],
        ),
    ];
    document.articles = vec![social, environment, liaison];
    document.remarks = vec![
        Remark { anchor: "insertion".to_owned(), text: "À valider avec la facilitatrice : les volumes des lots 2 à 4 supposent la part de main-d’œuvre indiquée dans la note.".to_owned() },
        Remark { anchor: "liaison".to_owned(), text: "La part affectée aux tâches liées suppose 25 heures par tonne.".to_owned() },
    ];
    document
}

/// The matching article of the CCAP.
pub(crate) fn school_ccap() -> Document {
    let mut document = Document::new(Piece::Ccap, "Clauses sociales et environnementales", school());
    let mut liaison = article("liaison", 1, "Article 12 – ", "12", "Insertion et réemploi liés (lot~1)", &[]);
    let texts: &[(&str, &str, &str)] = &[
        (
            "obligations",
            "Deux obligations",
            "Le titulaire doit, distinctement, au moins 485~heures d’insertion et la remise au réemploi d’au moins 18~tonnes d’éléments désignés par le diagnostic.",
        ),
        (
            "lien",
            "Lien",
            "Au moins [291~heures|Quelle part des heures d’insertion est affectée aux tâches liées ?] d’insertion portent sur les tâches liées~: dépose soignée, tri, nettoyage, conditionnement, inventaire. Dans cette limite, des personnes éligibles accomplissent au moins [la moitié|Quelle part du temps des tâches liées est confiée à des personnes éligibles ?] du temps de ces tâches. Le titulaire choisit ses modalités parmi celles de l’article 20.1.2 du CCAG-Travaux. Aucune tâche exposant à l’amiante ou au plomb n’est une tâche liée.",
        ),
        (
            "registres",
            "Deux registres",
            "Un même pointage alimente deux registres. Le registre d’insertion affecte chaque heure à un seul code de tâche. Le registre de réemploi indique, par remise, l’élément, le poids pesé, la date et le preneur. Aucune heure ni aucune tonne n’y figure deux fois, même au titre d’un autre lot ou marché.",
        ),
        (
            "suivi",
            "Suivi conjoint",
            "Le maître d’ouvrage réunit le titulaire et la facilitatrice dans les [quinze jours|Sous quel délai la réunion de lancement se tient-elle ?] de la notification, puis chaque mois jusqu’à la fin de la dépose. Les deux registres lui sont remis cinq jours avant chaque réunion.",
        ),
        (
            "gisement",
            "Gisement",
            "Les parties constatent ensemble le gisement avant la dépose, puis l’avancement à mi-dépose. Si le gisement réemployable est inférieur à 18~tonnes, la quantité due est ramenée à ce gisement et les heures liées sont réduites dans la même proportion~; les heures ainsi libérées restent dues sur les autres tâches du lot (article R.~2194-1).",
        ),
        (
            "conversion",
            "Absence de conversion",
            "Aucune heure en plus ne compense une tonne manquante, ni l’inverse. Le tri des déchets reste dû en toute hypothèse.",
        ),
        (
            "survie",
            "Survie",
            "Si l’engagement d’insertion est suspendu, supprimé ou annulé (article 20.1.4.4 du CCAG-Travaux), le {lien|12.2} cesse de s’appliquer dans la même mesure. Les 18~tonnes restent dues, par d’autres moyens. Les heures faites restent acquises.",
        ),
        (
            "exoneration",
            "Exonération",
            "Aucune pénalité n’est due pour les heures que ni le maître d’ouvrage ni la facilitatrice n’ont trouvé le moyen de faire réaliser~; la moitié visée au {lien|12.2} est réduite d’autant. Cette exonération ne s’étend pas aux tonnes.",
        ),
        (
            "penalites",
            "Pénalités",
            "Après une mise en demeure d’au moins [quinze jours|Quel délai la mise en demeure laisse-t-elle ?] restée sans effet, le titulaire doit les pénalités du tableau. Lorsque l’absence d’heures liées est la cause des tonnes manquantes, ces heures et ces tonnes, rapprochées à raison de 25~heures par tonne, donnent lieu à la seule pénalité la plus élevée~; le surplus est pénalisé distinctement.",
        ),
        (
            "sous-traitance",
            "Sous-traitance",
            "Le titulaire reporte ces obligations dans ses sous-traités et répond de leur exécution. Le plafond du {penalites|12.9} s’applique à l’ensemble.",
        ),
    ];
    for (index, (anchor, heading, words)) in texts.iter().enumerate() {
        let number = format!("12.{}", index + 1);
        liaison.articles.push(article(anchor, 2, &format!("{number} – "), &number, heading, &[words]));
    }
    if let Some(penalties) = liaison.articles.get_mut(8) {
        penalties.blocks.push(table(
            "Pénalités du lot~1",
            &[("Manquement", false), ("Montant", true), ("Unité", false)],
            &[
                &["Heure d’insertion manquante", "[50~€|Quelle pénalité par heure manquante ?]", "heure"],
                &["Tonne manquante", "[1\u{202F}000~€|Quelle pénalité par tonne manquante ?]", "tonne"],
                &["Absence injustifiée à une réunion de suivi", "[150~€|Quelle pénalité par absence ?]", "réunion"],
                &["*Plafond de l’ensemble*", "*35\u{202F}000~€*", "lot"],
            ],
        ));
        penalties.blocks.push(Block::Paragraph(line(
            "Le paiement ne libère pas de l’obligation. Le titulaire justifie, dans l’ordre~:",
        )));
        penalties.blocks.push(list(
            true,
            &[
                "des démarches faites auprès de la facilitatrice~;",
                "des offres d’emploi publiées et restées sans réponse~;",
                "des propositions faites aux structures d’insertion.",
            ],
        ));
    }
    let derogations = article(
        "derogations",
        1,
        "Article 13 – ",
        "13",
        "Dérogations au CCAG-Travaux",
        &[
            "Le {penalites|12.9} déroge aux articles 20.1.5 et 20.2.3 du CCAG-Travaux (pénalité unique) et, en tant que de besoin, à l’article 19.2.1~; le {exoneration|12.8} déroge, en tant que de besoin, à l’article 20.2.3 (fait du maître d’ouvrage).",
        ],
    );
    document.articles = vec![liaison, derogations];
    document
}

/// A notice: nothing to confirm, nothing to refer to.
pub(crate) fn school_notice() -> Document {
    let mut document = Document::new(Piece::Avis, "Considérations sociales et environnementales", school());
    document.articles = vec![
        article(
            "insertion",
            1,
            "Article 1 – ",
            "1",
            "Considération sociale",
            &["Chaque lot comporte une action d’insertion."],
        ),
        article(
            "reemploi",
            1,
            "2. ",
            "2",
            "Considération environnementale",
            &["Le lot~1 remet 18~tonnes au réemploi."],
        ),
    ];
    document
}
