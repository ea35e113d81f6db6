//! The library: sound as a whole, and every clause rendered in each of its pieces, with its defaults and at its bounds.

use clausier::clause::Clause;
use clausier::edit::{Edit, apply};
use clausier::terms::{Kind, Mechanism};
use clausier::{Consultation, Format, Library, Piece, Sample, write};
use clausier_tests::{consultation, root, stories, visible};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

#[test]
fn the_embedded_library_is_sound() {
    if let Err(errors) = Library::embedded().validate() {
        panic!("{errors}");
    }
}

#[test]
fn the_embedded_library_is_the_folder() {
    let library = Library::embedded();
    for kind in ["social", "environnement", "liaison", "critere"] {
        for entry in fs::read_dir(root().join("clauses").join(kind)).expect("the folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let id = name.strip_suffix(".toml").unwrap_or_else(|| panic!("{kind}/{name} is no clause"));
            let (file, source) = library.source(id).unwrap_or_else(|| panic!("{id} is not embedded"));
            assert_eq!(file, format!("{kind}/{id}.toml"));
            assert_eq!(source, fs::read_to_string(entry.path()).expect("text"));
        }
    }
}

/// Faults that a rendered text must not show.
fn faults(text: &str) -> Vec<&'static str> {
    let marks: [(&str, &'static str); 10] = [
        ("{{", "template code"),
        ("{%", "template code"),
        ("}}", "template code"),
        ("  ", "two spaces"),
        (" .", "a space before a full stop"),
        (" ,", "a space before a comma"),
        ("..", "two full stops"),
        (",,", "two commas"),
        ("()", "empty brackets"),
        ("« »", "empty quotes"),
    ];
    let mut out: Vec<&'static str> =
        marks.iter().filter(|(mark, _)| text.contains(mark)).map(|(_, what)| *what).collect();
    if text.chars().any(|c| ('\u{FDD0}'..='\u{FDEF}').contains(&c) || c == '\u{A7F7}') {
        out.push("an inner mark");
    }
    out
}

fn render(library: &Library, clause: &Clause, pick: Sample) -> Vec<(Piece, String)> {
    let dossier = library.sample(&clause.id, pick).expect("a clause of the library");
    let consultation = consultation(&clause.id, &dossier);
    let resolved = library.resolve(&consultation);
    for finding in resolved.findings().iter() {
        let about_values = ["valeur-", "parametre-", "clause-inconnue", "liaison-sans", "liaison-ambigue"];
        assert!(
            !about_values.iter().any(|code| finding.code.starts_with(code)),
            "{} ({pick:?}): {finding}\n{dossier}",
            clause.id
        );
    }
    let documents =
        resolved.documents(true).unwrap_or_else(|error| panic!("{} ({pick:?}): {error}\n{dossier}", clause.id));
    let text = |mut document: clausier::Document| {
        document.draft.clear();
        (document.piece, String::from_utf8(write(&document, Format::Markdown)).expect("text"))
    };
    documents.into_iter().map(text).collect()
}

#[test]
fn every_clause_is_rendered_in_each_of_its_pieces_at_every_bound() {
    let library = Library::embedded();
    let mut wrong: Vec<String> = Vec::new();
    for clause in library.clauses() {
        for pick in [Sample::Usual, Sample::Lowest, Sample::Highest] {
            let pieces = render(library, clause, pick);
            for wanted in clause.pieces() {
                assert!(pieces.iter().any(|(piece, _)| *piece == wanted), "{} ({pick:?}) has no {wanted}", clause.id);
            }
            for (piece, text) in pieces {
                for line in text.lines() {
                    let faults = faults(line);
                    if !faults.is_empty() {
                        wrong.push(format!("{} ({pick:?}), {piece}: {faults:?} in « {} »", clause.id, visible(line)));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is common lives in a trame: no two clauses share a sentence of more than twelve words.
/// A clause just chosen, without one value nor the pair of a liaison: a draft can be read, and its banner says what lacks.
#[test]
fn a_clause_without_its_values_has_a_draft() {
    let library = Library::embedded();
    for clause in library.clauses().filter(|clause| clause.kind() != Kind::Criterion) {
        let dossier = library.sample(&clause.id, Sample::Usual).expect("a clause of the library");
        let head = dossier.split("\n[clause.").next().expect("a head");
        let consultation = consultation(&clause.id, &format!("{head}\n[clause.{}]\n", clause.id));
        let resolved = library.resolve(&consultation);
        if let Err(error) = resolved.documents(true) {
            panic!("{}: {error}", clause.id);
        }
    }
}

#[test]
fn no_two_clauses_share_a_sentence() {
    let library = Library::embedded();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut shared = Vec::new();
    for id in library.ids() {
        let Some((file, source)) = library.source(id) else { continue };
        let mut own: Vec<String> = Vec::new();
        for text in source.split("'''").skip(1).step_by(2) {
            for sentence in text.split(['.', ';', '\n', ':']) {
                let words: Vec<&str> = sentence.split_whitespace().collect();
                if words.len() > 12 {
                    own.push(words.join(" "));
                }
            }
        }
        own.sort();
        own.dedup();
        for sentence in own {
            if let Some(other) = seen.insert(sentence.clone(), file.to_owned()) {
                shared.push(format!("{other} and {file}: « {sentence} »"));
            }
        }
    }
    assert!(shared.is_empty(), "{}", shared.join("\n"));
}

#[test]
fn stories_use_only_clauses_of_the_library() {
    let library = Library::embedded();
    for (name, text) in stories() {
        for choice in &consultation(&name, &text).choices {
            assert!(library.clause(&choice.id).is_some(), "{name}: {}", choice.id);
        }
    }
}

#[test]
fn an_environmental_clause_says_how_it_is_checked() {
    for clause in Library::embedded().clauses().filter(|c| c.kind() == Kind::Environment) {
        assert!(clause.pieces().contains(&Piece::Ccap) || !clause.indicators.is_empty(), "{}", clause.id);
        for indicator in &clause.indicators {
            assert!(!indicator.proofs.is_empty() && !indicator.unit.is_empty(), "{}: {}", clause.id, indicator.name);
        }
    }
}

/// A dossier above the European threshold whose only social clauses are one clause and those that it needs.
fn alone(library: &Library, clause: &Clause) -> String {
    let sample = library.sample(&clause.id, Sample::Usual).expect("a clause of the library");
    let mut blocks = sample.split("[clause.");
    let mut out = blocks.next().unwrap_or_default().to_owned();
    let mut wanted = vec![clause.id.as_str()];
    let mut i = 0;
    while let Some(id) = wanted.get(i).copied() {
        wanted.extend(library.clause(id).expect("a clause").requires.iter().map(String::as_str));
        i += 1;
    }
    for block in blocks.filter(|block| wanted.iter().any(|id| block.starts_with(&format!("{id}]")))) {
        out.push_str("[clause.");
        out.push_str(block);
    }
    out
}

/// A social clause alone is a condition only if it measures something, and then every piece says what; any other leaves
/// the finding that none stands, under every regime that has the duty.
#[test]
fn a_social_clause_is_a_condition_only_when_the_pieces_print_it() {
    let library = Library::embedded();
    let (mut conditions, mut commitments, mut untold) = (0, 0, BTreeSet::new());
    for clause in library.clauses().filter(|clause| clause.kind() == Kind::Social) {
        for (from, to) in [
            ("travaux", "travaux"),
            ("nature = \"travaux\"", "nature = \"travaux\"\nregime = \"defense-securite\""),
            ("lancement = 2026-12-07", "lancement = 2026-03-02"),
        ] {
            let dossier = alone(library, clause).replace("3 000 000", "6 000 000").replace(from, to);
            let consultation = consultation(&clause.id, &dossier);
            let resolved = library.resolve(&consultation);
            let absent = |lot: &str| {
                let mut found = resolved.findings().iter();
                found.any(|finding| {
                    let message = visible(&finding.message);
                    let named = message.contains(&format!("lot␣{lot}")) || message.contains("lots 1 et 2");
                    finding.code == "social-absent" && named
                })
            };
            let duty = from == to;
            assert!(!duty || absent("2"), "{} ne vaut que pour son lot", clause.id);
            assert_eq!(duty && absent("1"), duty && clause.accompanies(), "{}, {to}", clause.id);
            if clause.accompanies() {
                continue;
            }
            conditions += 1;
            let documents = resolved.documents(true).unwrap_or_else(|error| panic!("{}: {error}", clause.id));
            for piece in [Piece::Rc, Piece::Avis, Piece::Ccap, Piece::Ae] {
                let document = documents.iter().find(|document| document.piece == piece);
                let document = document.unwrap_or_else(|| panic!("{}, {to} : pas de pièce {piece}", clause.id));
                let social = document.articles.iter().any(|article| {
                    ["insertion", "social", "engagement-insertion", "engagement-social"].contains(&&*article.anchor)
                });
                assert!(social, "{}, {to}, {piece} : aucun article social", clause.id);
            }
            // What the CCAP commits to, its figures and its duty, stands in one place of the RC and of the notice.
            let of = |piece| documents.iter().find(|document| document.piece == piece).unwrap();
            for (duty, target) in social_commitments(of(Piece::Ccap)) {
                for piece in [Piece::Rc, Piece::Avis] {
                    let told = social_paragraphs(of(piece));
                    let whole = |text: &&String| figures(&target).iter().all(|figure| text.contains(figure.as_str()));
                    if !told.iter().any(|text| whole(&text)) {
                        untold.insert(format!("{}, {piece} : « {duty} ; {target} »", clause.id));
                    }
                    commitments += 1;
                }
            }
        }
    }
    assert!(untold.is_empty(), "{untold:#?}");
    assert!(conditions > 20 && commitments > 50, "{conditions}, {commitments}");
}

/// The social commitments of a CCAP: obligation and target of each.
fn social_commitments(document: &clausier::document::Document) -> Vec<(String, String)> {
    let text = String::from_utf8(write(document, Format::Markdown)).unwrap();
    let table = text.split("**Engagements sociaux**").nth(1).unwrap_or_default();
    let rows = table.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = rows.skip(2).map(|row| row.split(" | ").map(|cell| cell.trim_matches(['|', ' ']).to_owned()).collect());
    let lot = usize::from(table.trim_start().starts_with("| Lot |"));
    cells.map(|cells: Vec<String>| (cells[lot].clone(), cells[lot + 2].clone())).collect()
}

/// The paragraphs, items and rows of the social articles of a piece.
fn social_paragraphs(document: &clausier::document::Document) -> Vec<String> {
    let mut alone = document.clone();
    alone.articles.retain(|article| ["insertion", "social"].contains(&&*article.anchor));
    let text = String::from_utf8(write(&alone, Format::Markdown)).unwrap();
    text.lines().map(|line| line.replace(['\u{A0}', '\u{202F}'], " ")).filter(|line| !line.is_empty()).collect()
}

/// The figures of a target that bind: those before what it tells as an estimate.
fn figures(target: &str) -> Vec<String> {
    let bound = target.split(" (").next().unwrap_or_default().replace(['\u{A0}', '\u{202F}'], " ");
    let words = bound
        .split(|c: char| !c.is_ascii_digit() && c != ',')
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    words.map(|word| word.trim_matches(',').to_owned()).collect()
}

/// What no person in insertion may do is printed from the data, in every liaison: each exclusion is found in its CCAP.
#[test]
fn each_exclusion_is_printed() {
    let plain = |text: &str| -> String {
        let text = text.replace(['\u{2019}'], "'").replace(['\u{A0}', '\u{202F}'], " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let library = Library::embedded();
    let mut found = 0;
    for clause in library.clauses().filter(|clause| clause.kind() == Kind::Liaison) {
        let link = clause.link().unwrap();
        assert!(!link.exclusions.is_empty(), "« {} » n’exclut aucune tâche", clause.id);
        let source = library.sample(&clause.id, Sample::Usual).unwrap();
        let consultation = Consultation::from_toml(&source).unwrap_or_else(|error| panic!("{error}"));
        let document = library.resolve(&consultation).draft(Piece::Ccap).unwrap();
        let text = plain(&String::from_utf8(write(&document, Format::Text)).unwrap());
        for exclusion in &link.exclusions {
            assert!(text.contains(&plain(exclusion)), "« {} » n’imprime pas « {exclusion} »", clause.id);
            found += 1;
        }
    }
    assert!(found > 150, "{found}");
}

/// Works on buildings and demolition may uncover asbestos: no task there is linked without saying so.
#[test]
fn asbestos_is_excluded_wherever_works_may_uncover_it() {
    let exposed = ["deconstruction-curage", "rehabilitation", "moe", "dechets-decheterie", "dechets-encombrants"];
    for clause in Library::embedded().clauses().filter(|clause| clause.kind() == Kind::Liaison) {
        if exposed.iter().any(|family| clause.families.iter().any(|f| f == family)) {
            let exclusions = &clause.link().unwrap().exclusions;
            assert!(exclusions.iter().any(|e| e.contains("amiant")), "« {} » n’exclut pas l’amiante", clause.id);
        }
    }
}

/// Hours that the firm may replace by actions are never linked: the linked part would mean nothing.
#[test]
fn hours_or_actions_are_never_linked() {
    for clause in Library::embedded().clauses().filter(|clause| clause.kind() == Kind::Liaison) {
        let link = clause.link().unwrap();
        let replaceable = link.social.iter().any(|id| id == "heures-ou-actions");
        assert!(!(link.has(Mechanism::LinkedHours) && replaceable), "« {} »", clause.id);
    }
}

/// An index sets a penalty by law's own figure: the euros are told where the register knows it that day, never guessed.
#[test]
fn an_index_sets_a_penalty() {
    let source = fs::read_to_string(root().join("tests/clauses/err-penalite-indice-inconnu.toml")).expect("text");
    let source =
        source.replace("smic-journalier", "smic-horaire").replace("err-penalite-indice-inconnu", "essai-indice");
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("environnement")).expect("a folder");
    fs::write(folder.path().join("environnement/essai-indice.toml"), source).expect("a file");
    let library = Library::embedded().with_overlay(folder.path()).unwrap_or_else(|errors| panic!("{errors}"));
    let sample = library.sample("essai-indice", Sample::Usual).expect("a sample");
    for (launch, expected) in [
        ("2026-02-02", "3 fois le SMIC horaire brut (36,06 € au lancement) par tonne"),
        ("2026-12-07", "3 fois le SMIC horaire brut par tonne"),
    ] {
        let consultation = Consultation::from_toml(&sample.replace("2026-12-07", launch)).expect("a dossier");
        let ccap = library.resolve(&consultation).draft(Piece::Ccap).expect("a piece");
        let text =
            String::from_utf8(write(&ccap, Format::Markdown)).expect("text").replace(['\u{A0}', '\u{202F}'], " ");
        assert!(text.contains(expected), "{launch}\n{text}");
    }
}

/// The head of a file says of a clause what the whole file says.
#[test]
fn a_head_is_that_of_its_clause() {
    let library = Library::embedded();
    let heads: Vec<_> = library.heads().map(|h| (&h.id, h.kind, &h.title, h.status, h.level, &h.families)).collect();
    let whole = library.clauses().map(|c| (&c.id, c.kind(), &c.title, c.status, c.level, &c.families));
    assert_eq!(heads, whole.collect::<Vec<_>>());
}

/// The values printed of a clause, by name, with whether each stands in brackets.
fn printed(node: &serde_json::Value, clause: &str, out: &mut Vec<(String, bool)>) {
    match node {
        serde_json::Value::Array(items) => items.iter().for_each(|item| printed(item, clause, out)),
        serde_json::Value::Object(fields) => {
            let said = |name: &str| fields.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
            if said("type") == "valeur" && said("clause") == clause {
                let bracketed = fields["contenu"].to_string().contains("\"a-confirmer\"");
                out.push((said("nom").to_owned(), bracketed));
            }
            fields.values().for_each(|field| printed(field, clause, out));
        }
        _ => {}
    }
}

/// What the library alone proposes is never printed as if the buyer had chosen it, figures computed from it included.
#[test]
fn a_default_is_printed_in_brackets() {
    let library = Library::embedded();
    let mut seen = 0;
    for clause in library.clauses() {
        let mut text = library.sample(&clause.id, Sample::Usual).unwrap();
        let table = if clause.kind() == Kind::Criterion { "critere" } else { "clause" };
        let defaults: Vec<&str> =
            clause.parameters.iter().filter(|p| p.default.is_some()).map(|p| p.name.as_str()).collect();
        for name in &defaults {
            text = apply(&text, &[Edit::remove(format!("{table}.{}.{name}", clause.id))]).unwrap_or(text);
        }
        let computed = |name: &str| match name {
            "heures_liees" => defaults.contains(&"affectation"),
            "formation" => defaults.contains(&"formation_heures") || defaults.contains(&"formation_personnes"),
            "rapprochement" => defaults.contains(&"ratio"),
            _ => false,
        };
        let consultation = consultation(&clause.id, &text);
        let resolved = library.resolve(&consultation);
        for document in resolved.documents(true).unwrap_or_else(|error| panic!("{}: {error}", clause.id)) {
            let mut values = Vec::new();
            printed(&serde_json::to_value(&document.articles).unwrap(), &clause.id, &mut values);
            for (name, bracketed) in values {
                let expected = defaults.contains(&name.as_str()) || computed(&name);
                assert!(bracketed || !expected, "{}, {}: « {name} » sans crochets\n{text}", clause.id, document.piece);
                seen += usize::from(expected);
            }
        }
    }
    assert!(seen > 300, "{seen}");
}

/// What a missing value is told to look like is a value that the clause accepts.
#[test]
fn the_example_of_each_missing_value_is_accepted() {
    let library = Library::embedded();
    let mut tried = 0;
    for clause in library.clauses() {
        let sample = library.sample(&clause.id, Sample::Usual).unwrap();
        let head = &sample[..["\n[clause.", "\n[critere."].iter().filter_map(|mark| sample.find(mark)).min().unwrap()];
        let table = if clause.kind() == Kind::Criterion { "critere" } else { "clause" };
        let weight = if clause.kind() == Kind::Criterion { "poids = 60" } else { "" };
        let text = format!("{head}\n[{table}.{}]\n{weight}\n", clause.id);
        let missing: Vec<(String, String)> = library
            .resolve(&consultation(&clause.id, &text))
            .findings()
            .iter()
            .filter(|finding| finding.code == "valeur-manquante")
            .filter(|finding| finding.path.starts_with(&format!("{table}.{}.", clause.id)))
            .map(|finding| (finding.path.clone(), finding.help.replace(['\u{A0}', '\u{202F}'], " ")))
            .collect();
        let mut filled = text.clone();
        for (path, help) in &missing {
            let told = help.split_once("attendu : ").unwrap().1.split(" ; usage").next().unwrap();
            let example = match told.split_once("par exemple ") {
                Some((_, example)) => example.to_owned(),
                None if told.starts_with("un choix") => {
                    told["un choix : ".len()..].split(" | ").next().unwrap().to_owned()
                }
                None if told == "true ou false" => "true".to_owned(),
                None if told == "un nombre entier" => continue,
                None => "\"un texte\"".to_owned(),
            };
            let name = path.rsplit('.').next().unwrap();
            filled += &format!("{name} = {example}\n");
            tried += 1;
        }
        for finding in library.resolve(&consultation(&clause.id, &filled)).findings().iter() {
            let wrong = ["valeur-hors-bornes", "valeur-incorrecte"].contains(&finding.code);
            assert!(!wrong, "{} : {finding}\n{filled}", clause.id);
        }
    }
    assert!(tried > 200, "{tried}");
}

/// A breach that nothing repairs takes no notice: what its clause orders is ordered by the record.
#[test]
fn what_takes_no_notice_orders_by_the_record() {
    let folder = clausier_tests::root().join("clauses/environnement");
    let texts = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    let irreparable: Vec<String> = texts.filter(|text| text.contains("irreparable = true")).collect();
    assert!(irreparable.len() >= 2);
    for text in irreparable {
        assert!(!text.contains("mise en demeure ordonne"), "{text}");
    }
}

/// What several clauses need stands on all their lots, unless the dossier chooses it: its lots are then the buyer's decision.
#[test]
fn what_clauses_need_stands_on_their_lots() {
    let (_, story) =
        clausier_tests::stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("it");
    let (head, _) = story.split_once("[clause.chantier-dechets]").expect("an environmental clause");
    let own = |clauses: &str| {
        let dossier = format!("{head}{clauses}\n[critere]\nprix = 100\n");
        let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}"));
        let resolved = Library::embedded().resolve(&consultation);
        let found = resolved.clauses().find(|applied| applied.clause.id == "suivi-environnement");
        found.map(|applied| (applied.lots, applied.implied_by.map(str::to_owned)))
    };
    let (cov, fluids) = ("[clause.bat-cov]\nlots = [3]\n", "[clause.cvc-fluides]\nlots = [4]\n");
    assert_eq!(own(""), None);
    assert_eq!(own(cov), Some((vec![3], Some("bat-cov".to_owned()))));
    assert_eq!(own(&format!("{cov}{fluids}")), Some((vec![3, 4], Some("bat-cov".to_owned()))));
    assert_eq!(own(&format!("{fluids}{cov}")), Some((vec![3, 4], Some("cvc-fluides".to_owned()))));
    let chosen = "[clause.suivi-environnement]\nlots = [2]\n";
    assert_eq!(own(&format!("{chosen}{cov}{fluids}")), Some((vec![2], None)));
    assert_eq!(own(&format!("{cov}{chosen}{fluids}")), Some((vec![2], None)));
}

/// A name that a clause does not know is answered with those that it has; a clause is no criterion.
#[test]
fn unknown_names_are_answered_with_the_known_ones() {
    let (_, story) =
        clausier_tests::stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("it");
    let told = |dossier: String, code: &str| {
        let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}"));
        let resolved = Library::embedded().resolve(&consultation);
        let found = resolved.findings().iter().find(|finding| finding.code == code).cloned();
        found.map(|finding| format!("{} ; {}", finding.message, finding.help)).unwrap_or_default()
    };
    let price = story.replacen("prix = 50", "prix = { poids = 50, ecran = \"x\" }", 1);
    let without = told(price, "parametre-inconnu");
    assert!(without.contains("ce critère n’a aucun paramètre"), "{without}");
    let with = told(story.replacen("[clause.bat-cov]", "[clause.bat-cov]\necran = \"x\"", 1), "parametre-inconnu");
    assert!(with.contains("paramètres : cov_maximal, cov_boiserie"), "{with}");
    let clause = told(story.replacen("[critere]", "[critere]\nbat-cov = 5", 1), "critere-inconnu");
    assert!(clause.contains("le critère « bat-cov » n’existe pas"), "{clause}");
}

/// Two sections of a clause in one place are two articles: each has its own anchor, and a reference finds its own.
#[test]
fn two_sections_in_a_place_are_two_articles() {
    let ours = Library::embedded();
    let (file, source) = ours.source("bat-reemploi-taux").expect("the clause");
    let version = ours.clause("bat-reemploi-taux").expect("the clause").version.iso();
    let (place, _) =
        source.split_once("piece = \"ccap\"\n").and_then(|(_, rest)| rest.split_once("\ntexte")).expect("a section");
    let more =
        format!("\n[[section]]\npiece = \"ccap\"\n{place}\ntexte = \"Le titulaire range les éléments déposés.\"\n");
    let own = format!("remplace = \"bat-reemploi-taux@{version}\"\n{source}{more}");
    let library = Library::embedded().with_files([(file.to_owned(), own)]).unwrap_or_else(|errors| panic!("{errors}"));
    let (name, text) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").expect("the school");
    let ccap = library.resolve(&consultation(&name, &text)).draft(Piece::Ccap).expect("a CCAP");
    let anchors: Vec<&str> = ccap.flat().iter().map(|article| article.anchor.as_str()).collect();
    let alone: BTreeSet<&str> = anchors.iter().copied().collect();
    assert_eq!(alone.len(), anchors.len(), "{anchors:?}");
    assert_eq!(anchors.iter().filter(|anchor| anchor.contains("bat-reemploi-taux")).count(), 2, "{anchors:?}");
}
