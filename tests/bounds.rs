//! What hostile or careless input can cost, counted in problems, findings and bytes; and no value that is missing becomes a
//! blank.

use clausier::document::Inline;
use clausier::existing::lock::{Lock, LockError, MAX_LOCK};
use clausier::{Consultation, Format, Library, LoadErrors, Piece, RenderError, write};
use clausier_tests::{blank, plain};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Problems told of one file, with the line that counts the others.
const TOLD: usize = 101;
/// Bytes that may be printed of what is wrong in one file.
const SAID: usize = 200 * 1024;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn school() -> String {
    fs::read_to_string(here().join("../examples/ecole-rehabilitation/dossier.toml")).unwrap()
}

/// One shape of fault, repeated until the file is as large as one may be.
fn repeated(fault: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for n in 0.. {
        let line = fault(n);
        if out.len() + line.len() > 1 << 20 {
            break;
        }
        out += &line;
    }
    out
}

#[test]
fn a_file_of_faults_is_told_briefly() {
    let shapes: [(&str, String); 9] = [
        ("signes égal", repeated(|_| "=\n".to_owned())),
        ("clés inconnues", repeated(|n| format!("cle{n} = 1\n"))),
        ("caractères nuls", repeated(|_| "\u{0}\n".to_owned())),
        ("caractères nuls sur une ligne", repeated(|_| "\u{0}".to_owned())),
        ("clés en double", repeated(|_| "a = 1\n".to_owned())),
        ("tables en double", repeated(|_| "[a]\nb = 1\n".to_owned())),
        ("éléments faux", format!("[clause.x]\nlots = [{}]\n", repeated(|_| "1.5,".to_owned()).split_at(900_000).0)),
        (
            "clés inconnues sur une ligne",
            format!("acheteur = {{ {} z = 1 }}\n", &repeated(|n| format!("c{n:07} = 1, "))[..15 * 60_000]),
        ),
        (
            "lots inconnus",
            format!("[clause.x]\n{}", &repeated(|n| format!("a = {{ {n} = 1 }}\nb{n:07} = {{ 7 = 1 }}\n"))[..500_000]),
        ),
    ];
    // A name as long as a file is quoted by its beginning.
    let long = "k".repeat(900_000);
    for source in
        [format!("{long} = 1\n"), format!("[{long}]\n"), format!("[lot.1]\n{long} = 1\n"), format!("a = {long}\n")]
    {
        let error = Consultation::from_toml(&source).expect_err("un nom sans fin");
        assert!(error.to_string().len() < 4_000, "{}", error.to_string().len());
    }
    for (shape, source) in &shapes {
        let error = Consultation::from_toml(source).expect_err(shape);
        let said = error.to_string();
        assert!(error.problems.len() <= TOLD, "{shape} : {} problèmes", error.problems.len());
        assert!(said.len() <= SAID, "{shape} : {} octets", said.len());
    }
    let last = Consultation::from_toml(&shapes[0].1).expect_err("rien de bon").problems.pop().unwrap();
    assert_eq!((last.message.as_str(), last.line), ("et plus de 65436 autres erreurs à partir d’ici", 101));
}

/// The problems kept are the first of the file, whatever the order in which they are found.
#[test]
fn the_first_problems_of_the_file_are_kept() {
    let unknown: String = (0..300).map(|n| format!("cle{n:03} = 1\n")).collect();
    let error = Consultation::from_toml(&unknown).expect_err("des clés inconnues");
    let lines: Vec<usize> = error.problems.iter().map(|problem| problem.line).collect();
    assert!(lines.is_sorted() && lines.len() == TOLD, "{lines:?}");
}

#[test]
fn findings_of_one_code_are_counted_beyond_fifty() {
    let unknown: String = (0..5_000).map(|n| format!("critere-inconnu-{n} = 1\n")).collect();
    let dossier = school().replace("[critere]\n", &format!("[critere]\n{unknown}"));
    let consultation = Consultation::from_toml(&dossier).unwrap();
    let resolved = Library::embedded().resolve(&consultation);
    let of_code: Vec<&str> = resolved
        .findings()
        .iter()
        .filter(|finding| finding.code == "critere-inconnu")
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(of_code.len(), 51);
    assert_eq!(of_code.last(), Some(&"et 4950 autres constats de ce code, à partir d’ici"));
}

/// Many lots on which many clauses are out of place: findings and pieces stay within what can be read.
#[test]
fn many_lots_of_many_clauses_stay_bounded() {
    let mut dossier = school();
    dossier.truncate(dossier.find("[lot.1]").unwrap());
    for lot in 1..=150 {
        writeln!(dossier, "[lot.{lot}]\nintitule = \"Lot {lot}\"\nfamille = \"deconstruction-curage\"").unwrap();
        writeln!(
            dossier,
            "montant = \"{} €\"\ncalcul = {{ main_oeuvre = \"50 %\", prix_horaire = \"36 €/h\" }}",
            90_000 + lot
        )
        .unwrap();
    }
    let library = Library::embedded();
    for clause in library.clauses().filter(|clause| clause.criterion().is_none()) {
        writeln!(dossier, "[clause.{}]", clause.id).unwrap();
    }
    let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}"));
    let resolved = library.resolve(&consultation);
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    resolved.findings().iter().for_each(|finding| *codes.entry(finding.code).or_default() += 1);
    assert!(codes.values().all(|count| *count <= 51), "{codes:?}");
    assert!(codes.values().any(|count| *count == 51), "{codes:?}");
}

/// Criteria of the buyer's own on many lots: pieces that would be too long are refused for what the dossier asks, and no clause
/// or trame is blamed.
#[test]
fn pieces_that_are_too_long_are_the_dossier_s_doing() {
    let mut dossier = school();
    dossier.truncate(dossier.find("[lot.1]").unwrap());
    for lot in 1..=300 {
        writeln!(dossier, "[lot.{lot}]\nintitule = \"Lot {lot}\"\nfamille = \"bat-peinture\"").unwrap();
        writeln!(dossier, "montant = \"{} €\"", 90_000 + lot).unwrap();
    }
    dossier += "[critere]\nprix = 60\n";
    let title = "n".repeat(4_000);
    for rank in 0..10 {
        writeln!(dossier, "[critere.c{rank}]\ntitre = \"{title}\"\nnature = \"technique\"\npoids = 4").unwrap();
        writeln!(dossier, "methode = \"au vu du mémoire\"\nelements = [\"mémoire\"]").unwrap();
    }
    let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}"));
    let resolved = Library::embedded().resolve(&consultation);
    assert_eq!(resolved.draft(Piece::Note).err(), Some(RenderError::TooLong));
}

/// A text left to be written is quoted by its beginning.
#[test]
fn a_text_left_blank_is_quoted_briefly() {
    let blank = "x".repeat(9_000);
    let dossier = school().replace("Déconstruction et curage", &blank);
    let consultation = Consultation::from_toml(&dossier).unwrap();
    let resolved = Library::embedded().resolve(&consultation);
    let told = resolved.findings().iter().find(|finding| finding.code == "texte-a-completer").unwrap();
    assert_eq!(told.message, format!("« {}… » est resté à compléter", &blank[..200]));
}

/// The clause of ours that an own one replaces, with its text changed.
fn own(change: impl Fn(&str) -> String) -> (String, String) {
    let library = Library::embedded();
    let clause = library.clause("bat-cov").unwrap();
    let (file, source) = library.source("bat-cov").unwrap();
    (file.to_owned(), change(&format!("remplace = \"bat-cov@{}\"\n{source}", clause.version.iso())))
}

fn refused(files: impl IntoIterator<Item = (String, String)>) -> LoadErrors {
    Library::embedded().with_files(files).expect_err("refusé")
}

/// A register of which every entry cites a source that is gone: what is told has an end.
#[test]
fn a_register_is_bounded() {
    let folder = clausier_tests::root().join("clauses/referentiel");
    let files = std::fs::read_dir(folder).expect("the register").flatten().filter(|file| file.path().is_file());
    let read = |path: &std::path::Path| std::fs::read_to_string(path).expect("text");
    let mut files: Vec<(String, String)> =
        files.map(|file| (file.file_name().to_string_lossy().into_owned(), read(&file.path()))).collect();
    // Most files cite entries of these.
    for (_, text) in
        files.iter_mut().filter(|(name, _)| ["sources.toml", "textes.toml", "ccag.toml"].contains(&&**name))
    {
        *text = text.replace("id = \"", "id = \"perdue-");
    }
    let errors = clausier::law::Legal::from_sources(files).expect_err("sources are lacking");
    assert_eq!(errors.problems.len(), 301);
    assert!(errors.to_string().contains("et d’autres erreurs dans "), "{errors}");
}

#[test]
fn an_own_library_is_bounded() {
    assert!(Library::embedded().with_files([own(str::to_owned)]).is_ok());
    // A name as long as a page is no slip of the pen: nothing is compared with it.
    let long = |n: usize| "abcdefghij".chars().cycle().skip(n).take(900).collect::<String>();
    let names: String = (0..200).map(|n| format!("\nLa pièce {{{{ {} }}}} est visée.\n", long(n))).collect();
    let section = |text: &str| {
        own(|source| {
            format!("{source}\n[[section]]\npiece = \"ccap\"\nplace = \"environnement\"\ntexte = '''\n{text}'''\n")
        })
    };
    let errors = refused([section(&names[..9_900 / 930 * 930])]);
    assert!(errors.to_string().len() < SAID);
    // What is wrong with a file that cannot be read is what is told of it, not that it should replace another.
    let errors = refused([own(|source| format!("cle_inconnue = 1\n{source}"))]);
    assert_eq!(errors.problems.len(), 1, "{errors}");
    // Marks that cross would nest without end.
    let errors = refused([section("**a *b** c* d\n")]);
    assert!(errors.to_string().contains("croisés"), "{errors}");
    // Files, their number, their size.
    let (file, source) = own(str::to_owned);
    let twice = [(file.clone(), source.clone()), (file.clone(), source.clone())];
    assert!(refused(twice).to_string().contains("donné deux fois"));
    let padded = format!("{source}\n{}", "# ".repeat(128 * 1024));
    assert!(refused([(file, padded)]).to_string().contains("dépasse 256 Kio"));
    let many = |size: usize| (0..2_500).map(move |n| (format!("social/c{n}.toml"), "# ".repeat(size)));
    let errors = refused(many(1));
    assert!(errors.to_string().contains("2000 fichiers") && errors.problems.len() <= 301, "{}", errors.problems.len());
    assert!(refused(many(10_000)).to_string().contains("8 Mio"));
    // Articles deeper than a reader can count.
    let deep: String =
        (1..=60).map(|n| format!("[[{}]]\nancre = \"a{n}\"\ntitre = \"A\"\n", vec!["article"; n].join("."))).collect();
    let trame = format!("piece = \"ccap\"\ntitre = \"T\"\n{deep}");
    assert!(refused([("trames/ccap.toml".to_owned(), trame)]).to_string().contains("trop emboîtés"));
}

/// Texts of an own library that once printed a blank, lost a line, or doubled the work at each of their marks.
#[test]
fn texts_that_once_ran_away_are_refused() {
    let section = |text: &str| {
        let text =
            format!("[[section]]\npiece = \"ccap\"\nplace = \"environnement-obligation\"\ntexte = '''\n{text}\n'''\n");
        own(|source| format!("{source}\n{text}"))
    };
    let duty = "obligation = \"n'appliquer";
    let loops =
        |marks: usize, body: &str| format!("{{% for a in [{}] %}}{body}{{% endfor %}}", vec!["1"; marks].join(","));
    let cases: [(&str, (String, String), &str); 9] = [
        (
            "a choice of no choice",
            own(|s| s.replace("cible = \"", "cible = \"{{ titulaire.choix }} ")),
            "« titulaire.choix »",
        ),
        (
            "a loop outside loops",
            own(|s| s.replace(duty, "obligation = \"{{ loop.index }} n'appliquer")),
            "« loop.index »",
        ),
        (
            "a derogation lost",
            own(|s| {
                let derogation = "article = \"environnement\"\nconcepts = [\"pen\"]\nobjet = \"pénalité\"\nquand = \"titulaire.choix\"";
                format!("{s}\n[[derogation]]\n{derogation}\n")
            }),
            "« titulaire.choix »",
        ),
        ("emphasis in a loop", section(&format!("{}x{{% if defense %}}*{{% endif %}}y", loops(30, "a*"))), "« for »"),
        ("emphasis that crosses", section(&"*a **b ".repeat(30)), "croisés"),
        ("lists in lists in a loop", section(&loops(4_500, "- {{ a }}")), "« for »"),
        ("brackets", section(&format!("{{{{ {} }}}}", "[".repeat(9_000))), "ni liste ni extrait dans un texte"),
        ("a name of a page", section(&format!("{{{{ {} }}}}", "abcdefghij".repeat(950))), "variable inconnue"),
        ("many names", section(&"{{ inconnu }} ".repeat(700)), "« inconnu »"),
    ];
    for (shape, file, expected) in cases {
        let said = refused([file]).to_string();
        assert!(said.contains(expected) && said.len() < SAID, "{shape} : {} octets\n{said:.500}", said.len());
    }
}

/// A trame as large as one may be, at fault for its wording at each line: its places are sought in one walk.
#[test]
fn many_faults_of_wording_in_a_trame_are_counted() {
    let (file, source) = ("trames/ccap.toml", fs::read_to_string(here().join("../clauses/trames/ccap.toml")).unwrap());
    let fault = "\n[[article]]\nancre = \"a{n}\"\ntitre = \"T\"\n[[article.bloc]]\ntexte = \"Un label et la norme NF sont demandés.\"\n";
    let many: String = (0..1_500).map(|n| fault.replace("{n}", &n.to_string())).collect();
    let errors = refused([(file.to_owned(), source + &many)]);
    assert!(errors.problems.len() <= 301 && errors.to_string().len() < SAID, "{}", errors.problems.len());
    assert!(errors.to_string().contains("autres"), "{errors}");
}

/// More values to confirm than one mark can number: each keeps its own question.
#[test]
fn thousands_of_values_keep_their_own_questions() {
    let (_, like) = own(str::to_owned);
    let like = like.split_once('\n').map_or("", |(_, rest)| rest);
    let own: Vec<(String, String)> = (0..4)
        .map(|file| {
            let (mut declared, mut sections) = (String::new(), String::new());
            for n in (0..1_100).map(|n| file * 1_100 + n) {
                writeln!(declared, "[[parametre]]\nnom = \"p{n}\"\ntype = \"texte\"\nquestion = \"Q{n}\"").unwrap();
                writeln!(declared, "defaut = \"V{n}\"\nsource = \"s\"\ncertitude = \"faible\"").unwrap();
                // A text has ten thousand characters at most.
                if n % 550 == 0 {
                    write!(sections, "[[section]]\npiece = \"note\"\nplace = \"calibrage\"\ntexte = '''\n").unwrap();
                }
                write!(sections, "{{{{ p{n} }}}} {}", if n % 550 == 549 { "\n'''\n" } else { "" }).unwrap();
            }
            let id = format!("essai-{file}");
            let source = like.replacen("id = \"bat-cov\"", &format!("id = \"{id}\""), 1);
            let source = source.replacen("[[parametre]]", &format!("{declared}\n[[parametre]]"), 1);
            (format!("environnement/{id}.toml"), format!("{source}\n{sections}"))
        })
        .collect();
    let library = Library::embedded().with_files(own).unwrap_or_else(|errors| panic!("{errors}"));
    let chosen: String =
        (0..4).map(|n| format!("[clause.essai-{n}]\nlots = [1]\npenalite_produit = \"400 €\"\n")).collect();
    let dossier = school().replacen("[critere]", &format!("{chosen}\n[critere]"), 1);
    let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}"));
    let note = library.resolve(&consultation).draft(clausier::Piece::Note).unwrap_or_else(|error| panic!("{error}"));
    let mut met = 0;
    let mut look = |inline: &Inline| {
        if let Inline::ToConfirm { value, question } = inline
            && let Some(n) = value.strip_prefix('V')
        {
            assert_eq!(question, &format!("Q{n}"));
            met += 1;
        }
    };
    note.flat().into_iter().for_each(|article| article.each_inline(&mut look));
    assert_eq!(met, 4_400);
}

#[cfg(unix)]
#[test]
fn what_a_folder_holds_is_told_or_read() {
    let folder = tempfile::tempdir().unwrap();
    for file in [".git/a/b/c/d/e.toml", "social/MAJUSCULES.TOML", "a/b/c/d/e.toml", "social/note.md"] {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "id = \"x\"\n").unwrap();
    }
    let told: Vec<(String, String)> = Library::embedded()
        .with_overlay(folder.path())
        .expect_err("refusé")
        .problems
        .into_iter()
        .map(|problem| (problem.file, problem.problem.message))
        .collect();
    let expected = [
        ("a/b/c/d", "dossier trop profond : il n’est pas lu"),
        ("social/MAJUSCULES.TOML", "l’extension s’écrit .toml, en minuscules"),
    ];
    assert_eq!(told, expected.map(|(file, message)| (file.to_owned(), message.to_owned())));
}

/// Every piece of a dossier, as a draft when it is not sound.
fn pieces(dossier: &Path) -> String {
    let source = fs::read_to_string(dossier).unwrap();
    let Ok(consultation) = Consultation::from_toml(&source) else { return String::new() };
    let own = Library::embedded().with_overlay(here().join("bibliotheque")).unwrap_or_else(|errors| panic!("{errors}"));
    let documents = own.resolve(&consultation).documents(true);
    let documents = documents.unwrap_or_else(|error| panic!("{} : {error}", dossier.display()));
    let mut out = String::new();
    for document in documents {
        out += &String::from_utf8(write(&document, Format::Markdown)).unwrap();
    }
    out
}

#[test]
fn no_missing_value_becomes_a_blank() {
    let folders = ["bornes", "dossiers", "dossiers/constats", "../examples"];
    let mut dossiers: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(here().join(folder)).unwrap().flatten().map(|entry| entry.path());
        dossiers.extend(entries.map(|path| if path.is_dir() { path.join("dossier.toml") } else { path }));
    }
    dossiers.retain(|path| path.extension().is_some_and(|extension| extension == "toml") && path.is_file());
    assert!(dossiers.len() > 100);
    let mut found = Vec::new();
    for dossier in dossiers {
        let text = pieces(&dossier);
        found.extend(blank(&text).map(|line| format!("{} : {line}", dossier.display())));
    }
    assert_eq!(found, [""; 0]);
}

/// A dossier that loses one of its clauses, or all, can still be read as a draft: what pointed to the articles that went says so.
#[test]
fn a_draft_outlives_the_loss_of_any_clause() {
    for (name, story) in clausier_tests::stories() {
        let heads: Vec<usize> = story.match_indices("\n[clause.").map(|(at, _)| at + 1).collect();
        let end = |at: usize| story[at..].find("\n[").map_or(story.len(), |next| at + next + 1);
        let mut bare = story.clone();
        heads.iter().rev().for_each(|at| bare.replace_range(*at..end(*at), ""));
        let mut poorer = vec![bare];
        if ["ecole-rehabilitation", "encombrants-ressourcerie"].contains(&name.as_str()) {
            poorer.extend(heads.iter().map(|at| format!("{}{}", &story[..*at], &story[end(*at)..])));
        }
        for dossier in poorer {
            let Ok(consultation) = Consultation::from_toml(&dossier) else { continue };
            let drafts = Library::embedded().resolve(&consultation).documents(true);
            let drafts = drafts.unwrap_or_else(|error| panic!("{name} : {error}\n{dossier}"));
            for draft in drafts {
                let text = String::from_utf8(write(&draft, Format::Markdown)).unwrap();
                assert_eq!(blank(&text), None, "{name}");
            }
        }
    }
}

#[test]
fn what_is_set_aside_without_a_reason_asks_for_it() {
    let text = plain(&pieces(&here().join("bornes/blanc-motif-ecartement.toml")));
    assert!(text.contains("[à compléter : Pour quel motif de la loi la clause sociale est-elle écartée ?]"), "{text}");
}

#[test]
fn a_list_is_no_longer_than_a_text() {
    let items = vec!["\"un élément de la liste\""; 1_000].join(", ");
    let dossier = school()
        .replace("[clause.bat-reemploi-taux]\n", &format!("[clause.bat-reemploi-taux]\nelements_vises = [{items}]\n"));
    let error = Consultation::from_toml(&dossier).expect_err("trop long");
    assert!(error.to_string().contains("liste trop longue"), "{error}");
}

/// A lock is read within its bound, and tells a hundred causes, then how many others.
#[test]
fn a_lock_is_bounded() {
    let long = " ".repeat(MAX_LOCK + 1);
    assert_eq!(Lock::from_json(&long), Err(LockError::TooLong));
    let dossier = school();
    let consultation = Consultation::from_toml(&dossier).unwrap();
    let resolved = Library::embedded().resolve(&consultation);
    let lock = Lock::new(&resolved, dossier.as_bytes()).unwrap().to_json();
    let (head, rest) = lock.split_once("\"clauses\": [").unwrap();
    let gone =
        |n| format!(r#"{{"id": "partie-{n}", "nature": "environnement", "version": "2026-01-01", "texte": ""}},"#);
    let lock = format!("{head}\"clauses\": [{}{rest}", (0..5_000).map(gone).collect::<String>());
    let drift = Lock::from_json(&lock).unwrap().drift(&resolved, dossier.as_bytes()).unwrap();
    assert_eq!((drift.causes.len(), drift.causes.last().unwrap().as_str()), (101, "et 4900 autres"));
    assert!(drift.changes.is_empty());
}

/// Many lots that lack all that usages know: what is written is written at once, and nothing is left to write.
#[test]
fn many_lots_are_completed_in_one_go() {
    let school = school();
    let mut dossier = school[..school.find("[lot.1]").unwrap()].to_owned();
    for lot in 1..=400 {
        writeln!(dossier, "[lot.{lot}]\nintitule = \"Lot {lot}\"\nfamille = \"bat-peinture\"").unwrap();
        writeln!(dossier, "montant = \"{} €\"", 90_000 + lot).unwrap();
    }
    dossier += "[clause.heures-insertion]\n[clause.suivi-insertion]\n[clause.difficultes-insertion]\n";
    let completion = |text: &str| {
        let consultation = Consultation::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
        Library::embedded().resolve(&consultation).completion()
    };
    let lacking = completion(&dossier);
    assert!(lacking.usages.len() > 800, "{}", lacking.usages.len());
    let filled = lacking.written_in(&dossier).unwrap();
    assert_eq!(completion(&filled).usages, []);
    assert!(filled.len() < 4 * dossier.len(), "{} → {} octets", dossier.len(), filled.len());
    // As a few at a time.
    let few = lacking.edits().chunks(200).fold(dossier, |text, edits| clausier::edit::apply(&text, edits).unwrap());
    assert_eq!(filled, few);
}

/// Clauses that need one another, in a circle: each comes once, on the lots of the one that was chosen.
#[test]
fn clauses_that_need_each_other_come_once() {
    let (_, like) = own(str::to_owned);
    let like = like.split_once('\n').map_or("", |(_, rest)| rest);
    let circle = (0..5).map(|n| {
        let source = like.replacen("id = \"bat-cov\"", &format!("id = \"essai-{n}\""), 1);
        let needs = format!("requiert = [\"essai-{}\", \"essai-{}\"]", (n + 1) % 5, (n + 2) % 5);
        (format!("environnement/essai-{n}.toml"), source.replacen("requiert = [\"suivi-environnement\"]", &needs, 1))
    });
    let library = Library::embedded().with_files(circle).unwrap_or_else(|errors| panic!("{errors}"));
    let chosen = "[clause.essai-0]\nlots = [3]\npenalite_produit = \"400 €\"\n\n[critere]";
    let consultation = Consultation::from_toml(&school().replacen("[critere]", chosen, 1)).unwrap();
    let resolved = library.resolve(&consultation);
    let mut come: Vec<(&str, Vec<u32>)> = resolved
        .clauses()
        .filter(|applied| applied.clause.id.starts_with("essai-"))
        .map(|applied| (applied.clause.id.as_str(), applied.lots))
        .collect();
    come.sort();
    assert_eq!(come, ["essai-0", "essai-1", "essai-2", "essai-3", "essai-4"].map(|id| (id, vec![3])));
}

/// Many lots that note many things: what their weights do is told for some of them at a time.
#[test]
fn many_notes_are_simulated_a_few_at_a_time() {
    let school = school();
    let frame = &school[..school.find("[lot.1]").unwrap()];
    let of = |lots: usize| {
        let mut dossier = frame.to_owned();
        for lot in 1..=lots {
            writeln!(dossier, "[lot.{lot}]\nintitule = \"Lot {lot}\"\nfamille = \"bat-peinture\"").unwrap();
            writeln!(dossier, "montant = \"{} €\"", 90_000 + lot).unwrap();
        }
        dossier += "[critere]\n";
        let criteria = Library::embedded().clauses().filter(|clause| clause.criterion().is_some());
        criteria.for_each(|criterion| writeln!(dossier, "{} = 1", criterion.id).unwrap());
        serde_json::json!({ "protocole": 2, "demande": "simuler", "texte": dossier }).to_string()
    };
    let refused = clausier::json::call(&of(400));
    assert!(refused.contains("notes à simuler : 10000 au plus à la fois"), "{refused:.300}");
    assert!(clausier::json::call(&of(2)).contains("\"ok\": true"));
}

/// Keys to confirm that the dossier does not have are told like any other remark, among thousands that it has.
#[test]
fn thousands_of_keys_to_confirm_are_read() {
    let school = school();
    let (frame, _) = school.split_once("[lot.1]").unwrap();
    let (mut lots, mut keys) = (String::new(), String::new());
    for lot in 1..=900 {
        writeln!(lots, "[lot.{lot}]\nintitule = \"Lot {lot}\"\nfamille = \"bat-peinture\"\nmontant = \"90 000 €\"")
            .unwrap();
        write!(keys, "\"lot.{lot}.montant\", \"lot.{lot}.intitule\", ").unwrap();
        (0..20).for_each(|n| write!(keys, "\"lot.{lot}.rien{n}\", ").unwrap());
    }
    let consultation = Consultation::from_toml(&format!("a_confirmer = [{keys}]\n{frame}{lots}")).unwrap();
    let resolved = Library::embedded().resolve(&consultation);
    let stale: Vec<_> = resolved.findings().iter().filter(|f| f.code == "confirmation-sans-objet").collect();
    assert_eq!((stale.len(), stale[50].message.as_str()), (51, "et 17950 autres constats de ce code, à partir d’ici"));
    assert!(stale.iter().all(|finding| finding.fix.len() == 1));
}
