//! The table of traps, requirements and derogations: whole, and true of the code and of the register.

use clausier::law::DerogationLevel;
use clausier::{Consultation, Format, Library, Piece, Sample, checks, write};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

fn clauses() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../clauses")
}

/// One row of the table.
#[derive(Debug)]
struct Row {
    name: String,
    codes: Vec<String>,
    otherwise: Option<String>,
    comment: String,
}

fn text(table: &DeTable<'_>, key: &str) -> Option<String> {
    table.get(key).and_then(|value| value.get_ref().as_str()).map(str::to_owned)
}

fn texts(table: &DeTable<'_>, key: &str) -> Vec<String> {
    let items = table.get(key).and_then(|value| value.get_ref().as_array());
    items.into_iter().flat_map(|items| items.iter()).filter_map(|i| i.get_ref().as_str().map(str::to_owned)).collect()
}

fn rows(kind: &str) -> Vec<Row> {
    let source = fs::read_to_string(clauses().join("referentiel/pieges.toml")).unwrap();
    let root = DeTable::parse(&source).unwrap();
    let tables = root.get_ref().get(kind).and_then(|value| value.get_ref().as_array()).unwrap();
    tables
        .iter()
        .map(|table| {
            let table = table.get_ref().as_table().unwrap();
            let number = table.get("numero").map(|value| match value.get_ref() {
                DeValue::Integer(n) => n.as_str().to_owned(),
                other => panic!("{other:?}"),
            });
            Row {
                name: number.or_else(|| text(table, "id")).unwrap(),
                codes: texts(table, "codes"),
                otherwise: text(table, "autrement"),
                comment: text(table, "comment").unwrap(),
            }
        })
        .collect()
}

#[test]
fn every_trap_is_answered_and_every_code_exists() {
    let codes: BTreeSet<&str> = checks::all().map(|info| info.code).collect();
    let traps: Vec<String> = rows("piege").into_iter().map(|row| row.name).collect();
    assert_eq!(traps, (1..=64).map(|n: u32| n.to_string()).collect::<Vec<_>>());
    for row in ["piege", "exigence", "derogation"].iter().flat_map(|kind| rows(kind)) {
        for code in &row.codes {
            assert!(codes.contains(code.as_str()), "{} : « {code} » n’est pas un contrôle", row.name);
        }
        assert!(!row.codes.is_empty() || row.otherwise.is_some(), "{} n’a pas de réponse", row.name);
        let known = row.otherwise.as_deref().is_none_or(|word| matches!(word, "modele" | "chargement"));
        assert!(known && row.comment.ends_with('.'), "{row:?}");
    }
    assert!(codes.len() >= 50);
}

#[test]
fn requirements_and_derogations_are_those_of_the_register() {
    let legal = Library::embedded().legal();
    let names = |kind: &str| rows(kind).into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(names("exigence"), legal.requirements().map(|r| r.id.to_string()).collect::<Vec<_>>());
    assert_eq!(names("derogation"), legal.derogations().map(|d| d.id.to_string()).collect::<Vec<_>>());
}

/// How many traps are caught by a check, made impossible by the model, refused at loading.
#[test]
fn figures_of_the_coverage() {
    let rows = rows("piege");
    let count = |wanted: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count();
    let used: BTreeSet<&String> = rows.iter().flat_map(|row| &row.codes).collect();
    let figures = format!(
        "par un contrôle : {}\npar le modèle : {}\nau chargement : {}\ncodes cités : {} sur {}",
        count(&|row| !row.codes.is_empty()),
        count(&|row| row.otherwise.as_deref() == Some("modele")),
        count(&|row| row.otherwise.as_deref() == Some("chargement")),
        used.len(),
        checks::all().count()
    );
    insta::assert_snapshot!("coverage", figures);
}

/// Every `[[…derogation]]` of a clause or a trame: its file, its concepts, and whether it says to be certain.
fn lines(folder: &Path, out: &mut Vec<(String, Vec<String>, bool)>) {
    fn walk(file: &str, table: &DeTable<'_>, out: &mut Vec<(String, Vec<String>, bool)>) {
        for (key, value) in table {
            let Some(items) = value.get_ref().as_array() else { continue };
            for item in items.iter().filter_map(|item| item.get_ref().as_table()) {
                if key.get_ref() == "derogation" {
                    let certain = !matches!(item.get("certaine").map(|v| v.get_ref()), Some(DeValue::Boolean(false)));
                    out.push((file.to_owned(), texts(item, "concepts"), certain));
                }
                walk(file, item, out);
            }
        }
    }
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "referentiel" {
            lines(&path, out);
        } else if name.ends_with(".toml") && !folder.ends_with("referentiel") {
            let source = fs::read_to_string(&path).unwrap();
            walk(&name, DeTable::parse(&source).unwrap().get_ref(), out);
        }
    }
}

/// A line of the list of derogations departs from articles that the register knows a way to depart from; it is certain only
/// where that way is, and never where listing would cure nothing.
#[test]
fn every_derogation_line_is_one_of_the_register() {
    let mut ways: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for derogation in Library::embedded().legal().derogations() {
        let level = match derogation.level {
            DerogationLevel::Sure => "certaine",
            DerogationLevel::Refused => "refus",
            _ => "besoin",
        };
        for concept in &derogation.concepts {
            ways.entry(concept.to_string()).or_default().insert(level);
        }
    }
    let mut found = Vec::new();
    lines(&clauses(), &mut found);
    assert!(found.len() >= 5, "les lignes ont été lues");
    for (file, concepts, certain) in found {
        for concept in &concepts {
            let levels =
                ways.get(concept).unwrap_or_else(|| panic!("{file} : aucune dérogation connue à « {concept} »"));
            assert!(!levels.iter().all(|level| *level == "refus"), "{file} : « {concept} » ne se guérit pas");
        }
        let sure = |concept: &String| ways.get(concept).is_some_and(|levels| levels.contains("certaine"));
        assert!(!certain || concepts.iter().any(sure), "{file} : {concepts:?} n’est pas une dérogation certaine");
    }
}

/// The reasons for which the social clause is set aside stay in the file: no piece handed to candidates has them.
#[test]
fn the_reasons_stay_in_the_file() {
    const REASONS: &str = "Le sourçage de mars montre deux fabricants, que des heures écarteraient de la concurrence.";
    let dossier = fs::read_to_string(clauses().join("../examples/ecole-rehabilitation/dossier.toml")).unwrap();
    let dossier = dossier.replacen(
        "[critere]",
        &format!(
            "[clause_sociale_ecartee]\nmotif = \"concurrence-ou-execution-difficile\"\nraisons = \"{REASONS}\"\n\n[critere]"
        ),
        1,
    );
    let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}"));
    let mut in_note = false;
    for document in Library::embedded().resolve(&consultation).documents(true).unwrap() {
        let text = String::from_utf8(write(&document, Format::Text)).unwrap();
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = words.contains("sourçage de mars montre deux fabricants");
        assert!(!found || document.piece == Piece::Note, "les raisons sont dans la pièce {}", document.piece);
        in_note |= found;
    }
    assert!(in_note, "la note les garde");
}

/// A concession cites Part III of the code, never the articles of contracts.
#[test]
fn a_concession_cites_its_own_articles() {
    let library = Library::embedded();
    for clause in library.clauses() {
        let dossier = library
            .sample(&clause.id, Sample::Usual)
            .unwrap()
            .replace("contrat = \"marche\"", "contrat = \"concession\"")
            .replace("ccag = \"travaux\"", "ccag = \"aucun\"");
        let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{}\n{error}", clause.id));
        for document in library.resolve(&consultation).documents(true).unwrap() {
            let text = String::from_utf8(write(&document, Format::Text)).unwrap().replace('\u{A0}', " ");
            // Part II: four figures, the first of which is 2.
            let cited = text.split(['L', 'R']).filter_map(|rest| rest.strip_prefix(". 2"));
            let market = cited.filter(|rest| rest.bytes().take(3).filter(u8::is_ascii_digit).count() == 3);
            let numbers: Vec<String> =
                market.map(|rest| format!("2{}", rest.chars().take(6).collect::<String>())).collect();
            assert!(numbers.is_empty(), "{} cite {numbers:?} dans la pièce {}", clause.id, document.piece);
        }
    }
}
