//! No sentence without its premise: the pieces of many dossiers, read for what they take for granted.
//!
//! Each dossier differs from the others by what it has or lacks. A piece then speaks of nothing that is absent, opens no
//! article with a pronoun, and says nothing twice in one article.

use clausier::document::{Article, Block, Document};
use clausier::{Format, Library, Piece, write};
use clausier_tests::consultation;
use std::collections::BTreeSet;

/// What a dossier of the matrix has.
#[derive(Debug, Clone, Copy)]
struct Case {
    contract: &'static str,
    ccag: &'static str,
    facilitator: bool,
    social: Social,
    environment: bool,
    liaison: bool,
    lots: bool,
    criteria: bool,
    launch: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Social {
    None,
    Hours,
    Imposed,
    Commitment,
}

fn dossier(case: Case) -> String {
    let Case { contract, ccag, launch, .. } = case;
    let (contract, execution) = match contract {
        "accord-cadre" => (contract, "execution = \"bons-de-commande\"\nmontant_maximum = \"360 000 €\"\n"),
        "marchés subséquents" => (
            "accord-cadre",
            "execution = \"marches-subsequents\"\nattributaires = 3\nmontant_maximum = \"360 000 €\"\n",
        ),
        "défense" => ("marche", "regime = \"defense-securite\"\n"),
        _ => (contract, ""),
    };
    let mut out = format!(
        r#"format = 1
lancement = {launch}
[acheteur]
nom = "Ville d’Essai"
categorie = "collectivite"
[consultation]
reference = "2026-01"
objet = "Entretien des locaux"
contrat = "{contract}"
nature = "services"
procedure = "formalisee"
ccag = "{ccag}"
duree = "24 mois"
variantes = "interdites"
valeur_estimee = "360 000 €"
{execution}"#
    );
    if case.facilitator {
        out += "[facilitateur]\nstructure = \"Maison de l’emploi d’Essai\"\ncourriel = \"clauses@exemple.fr\"\n";
    }
    for lot in 1..=if case.lots { 2 } else { 1 } {
        out += &format!(
            "[lot.{lot}]\nintitule = \"Secteur {lot}\"\nfamille = \"nettoyage-locaux\"\nmontant = \"180 000 €\"\n\
             calcul = {{ main_oeuvre = \"85 %\", prix_horaire = \"27 €/h\" }}\n"
        );
    }
    let followed = "[clause.suivi-insertion]\n[clause.difficultes-insertion]\npenalite_absence = \"200 €\"\n\
                    penalite_document = \"100 €\"\n";
    out += &match case.social {
        Social::None => String::new(),
        Social::Hours => format!("[clause.heures-insertion]\ntaux = \"10 %\"\npenalite_heure = \"40 €\"\n{followed}"),
        Social::Imposed => {
            format!("[clause.heures-insertion]\nvolume = \"245 h\"\npenalite_heure = \"40 €\"\n{followed}")
        }
        Social::Commitment => "[clause.apprentissage]\nalternants = 1\nheures_alternant = \"300 h\"\n\
                               penalite_alternance = \"15 €\"\n"
            .to_owned(),
    };
    if case.environment {
        out += "[clause.nettoyage-ecolabel]\npart = \"90 %\"\npenalite_point = \"100 €\"\n[clause.suivi-environnement]\n\
                penalite_document = \"100 €\"\n";
    }
    if case.liaison {
        out += "[clause.net-tri-bureaux]\n[clause.nettoyage-tri-bureaux]\n";
    }
    if case.criteria {
        out += "[critere]\nprix = 50\nvaleur-technique = 30\nconsommations-nettoyage = 20\n";
    }
    out
}

fn matrix() -> Vec<Case> {
    let mut out = Vec::new();
    for contract in ["marche", "accord-cadre", "marchés subséquents", "défense", "concession"] {
        for ccag in ["fcs", "aucun"] {
            if contract == "concession" && ccag == "fcs" {
                continue;
            }
            for social in [Social::None, Social::Hours, Social::Imposed, Social::Commitment] {
                for bits in 0..16u32 {
                    let bit = |n: u32| bits & (1 << n) != 0;
                    let environment = bit(1);
                    if social == Social::None && !environment {
                        continue;
                    }
                    let hours = matches!(social, Social::Hours | Social::Imposed);
                    out.push(Case {
                        contract,
                        ccag,
                        facilitator: bit(0),
                        social,
                        environment,
                        liaison: environment && hours && bit(3),
                        lots: bit(2),
                        criteria: bit(3),
                        launch: if bit(0) == bit(2) { "2026-12-07" } else { "2025-11-03" },
                    });
                }
            }
        }
    }
    out
}

/// The text of an article, without those that it holds.
fn own_text(article: &Article) -> Vec<String> {
    let mut alone = article.clone();
    alone.articles.clear();
    let mut out = Vec::new();
    for block in &alone.blocks {
        match block {
            Block::Paragraph(run) => out.push(plain(std::slice::from_ref(run))),
            Block::List(list) => out.extend(list.items.iter().map(|item| plain(std::slice::from_ref(item)))),
            _ => {}
        }
    }
    out
}

fn plain(runs: &[Vec<clausier::document::Inline>]) -> String {
    use clausier::document::Inline;
    fn read(run: &[Inline], out: &mut String) {
        for inline in run {
            match inline {
                Inline::Text(text) => out.push_str(text),
                Inline::Strong(inner) | Inline::Emphasis(inner) => read(inner, out),
                Inline::Value { content, .. } => read(content, out),
                Inline::Reference { text, .. } => out.push_str(text),
                Inline::ToConfirm { value, .. } => out.push_str(value),
                _ => {}
            }
        }
    }
    let mut out = String::new();
    runs.iter().for_each(|run| read(run, &mut out));
    out.replace(['\u{A0}', '\u{202F}'], " ")
}

fn walk<'d>(articles: &'d [Article], out: &mut Vec<&'d Article>) {
    for article in articles {
        out.push(article);
        walk(&article.articles, out);
    }
}

/// What a piece may not say, given what the dossier lacks. The words are looked for whole, in lower case.
fn absent(case: Case) -> Vec<(&'static str, &'static [&'static str])> {
    let mut out: Vec<(&str, &[&str])> = Vec::new();
    if !case.facilitator {
        out.push(("facilitateur", &["aucun facilitateur n’est désigné", "s’il y en a un", "réponse du facilitateur"]));
    }
    if case.ccag == "aucun" {
        out.push(("ccag", &[]));
    }
    if case.contract == "concession" {
        out.push(("objet du marché", &[]));
        out.push(("du titulaire", &[]));
        out.push(("le titulaire", &[]));
        out.push(("le marché", &[]));
        out.push(("du marché", &[]));
    }
    if case.contract != "marchés subséquents" {
        out.push(("subséquent", &[]));
        out.push(("titulaires", &[]));
    }
    if !["accord-cadre", "marchés subséquents"].contains(&case.contract) {
        out.push(("accord-cadre", &[]));
        out.push(("bon de commande", &[]));
        out.push(("montant commandé", &[]));
    }
    if !case.lots {
        out.push(("chaque lot", &[]));
        out.push(("du lot", &[]));
        out.push(("le lot", &[]));
    }
    if !case.environment {
        out.push(("engagements environnementaux", &[]));
    }
    if case.social == Social::None {
        out.push(("heures d’insertion", &[]));
        out.push(("personnes éligibles", &[]));
    }
    if !case.liaison {
        out.push(("heures liées", &[]));
        out.push(("tâches liées", &[]));
    }
    if case.social == Social::Imposed {
        out.push(("taux d’insertion", &[]));
    }
    out.push(("reconduction", &["lots, options et reconductions"]));
    out.push(("tranche optionnelle", &[]));
    out
}

fn faults(case: Case, document: &Document) -> Vec<String> {
    let mut out = Vec::new();
    let markdown = String::from_utf8(write(document, Format::Markdown)).expect("a text");
    let text = markdown.replace(['\u{A0}', '\u{202F}'], " ").to_lowercase();
    // The sheet of what remains to confirm asks the questions of the clauses, which speak of any contract.
    let text = text.split("# à confirmer").next().unwrap_or_default().to_owned();
    // The note quotes the vigilances and the questions of the clauses, which speak of any contract.
    let words = if document.piece == Piece::Note { Vec::new() } else { absent(case) };
    for (word, except) in words {
        let mut left = text.clone();
        for phrase in except {
            left = left.replace(phrase, "");
        }
        if let Some(at) = left.find(word) {
            let start = left[..at].char_indices().rev().nth(80).map_or(0, |(i, _)| i);
            let around: String = left[start..].chars().take(200).collect();
            out.push(format!("« {word} » : {around}"));
        }
    }
    let mut articles = Vec::new();
    walk(&document.articles, &mut articles);
    for article in articles {
        let texts = own_text(article);
        // The note says one thing a lot, and several lots may say the same.
        let by_lot = matches!(article.anchor.as_str(), "coherence" | "rendez-vous");
        if case.lots && by_lot {
            continue;
        }
        let mut seen = BTreeSet::new();
        for text in &texts {
            for sentence in text.split(['.', ';', '\n']).map(str::trim).filter(|s| s.split(' ').count() > 4) {
                if !seen.insert(sentence.to_owned()) {
                    out.push(format!("deux fois dans « {} » : {sentence}", article.anchor));
                }
            }
        }
        // A list has its own introduction: one that follows another list, or a table, would read as the rest of it.
        if lists_run_together(article) {
            out.push(format!("deux listes sous une introduction dans « {} »", article.anchor));
        }
        let opens =
            ["Il ", "Elle ", "Ils ", "Elles ", "Celle-ci", "Celui-ci", "Ceux-ci", "Celles-ci", "Cet ", "Cette "];
        if let Some(first) = texts.first().filter(|first| opens.iter().any(|word| first.starts_with(word))) {
            out.push(format!("« {} » s’ouvre par un renvoi : {first}", article.anchor));
        }
        for text in &texts {
            if ["celle du dossier", " ; elles ", " ; ils "].iter().any(|orphan| text.starts_with(orphan.trim_start())) {
                out.push(format!("renvoi sans objet : {text}"));
            }
        }
    }
    out
}

/// True when a list follows another without a paragraph between them.
fn lists_run_together(article: &Article) -> bool {
    let lists = |block: &Block| matches!(block, Block::List(_));
    article.blocks.windows(2).any(|pair| lists(&pair[0]) && lists(&pair[1]))
}

/// In the stories, which have several liaisons and lots, no list runs on under the introduction of another, and no article
/// says a sentence twice.
#[test]
fn no_story_says_a_thing_twice_nor_runs_lists_together() {
    let library = Library::embedded();
    let mut wrong = BTreeSet::new();
    for (name, text) in clausier_tests::stories() {
        let consultation = consultation(&name, &text);
        for document in
            library.resolve(&consultation).documents(false).unwrap_or_else(|error| panic!("{name}: {error}"))
        {
            let mut articles = Vec::new();
            walk(&document.articles, &mut articles);
            for article in articles {
                if lists_run_together(article) {
                    wrong.insert(format!("{name}, {} : deux listes dans « {} »", document.piece, article.anchor));
                }
                let mut seen = BTreeSet::new();
                // The note gives the figures of each lot in the same words.
                for text in own_text(article).iter().filter(|_| document.piece != Piece::Note) {
                    for sentence in text.split(". ").map(str::trim).filter(|s| s.split(' ').count() > 4) {
                        if !seen.insert(sentence.to_owned()) {
                            wrong.insert(format!("{name}, {} : deux fois « {sentence} »", document.piece));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_piece_speaks_of_what_its_dossier_lacks() {
    let library = Library::embedded();
    let mut wrong: BTreeSet<String> = BTreeSet::new();
    let cases = matrix();
    assert!(cases.len() > 200, "{}", cases.len());
    for case in cases {
        let text = dossier(case);
        let consultation = consultation("matrix", &text);
        let resolved = library.resolve(&consultation);
        let documents = resolved.documents(true).unwrap_or_else(|error| panic!("{case:?}: {error}\n{text}"));
        for mut document in documents {
            document.draft.clear();
            document.remarks.clear();
            let formula = document.piece == Piece::Note && case.social == Social::Imposed;
            let text = String::from_utf8(write(&document, Format::Markdown)).expect("a text");
            assert!(!formula || !text.contains("taux d’insertion ÷"), "une formule pour un volume imposé");
            for fault in faults(case, &document) {
                wrong.insert(format!("{} – {fault}", document.piece));
            }
        }
    }
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{} fautes\n{}", wrong.len(), wrong.join("\n"));
}
