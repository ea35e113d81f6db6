//! Bad dossiers and bad clause files: the whole message, with its place, for each.
//!
//! `dossiers/err-*.toml` are dossiers that cannot be read, or that carry a fault of selection. `clauses/err-*.toml` are clause
//! files; their first line says in which folder they stand. What cannot stand in a file of text is made here.

use clausier::reading::locate;
use clausier::{Consultation, DossierError, Format, Library, LoadErrors, write};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The fixtures of a folder, sorted.
fn fixtures(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut out: Vec<(String, PathBuf)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(stem, _)| stem.starts_with("err-"))
        .collect();
    out.sort();
    out
}

fn refused(bytes: &[u8]) -> DossierError {
    Consultation::from_slice(bytes).expect_err("ce dossier ne se lit pas")
}

#[test]
fn bad_dossiers() {
    let mut out = String::new();
    let fixtures = fixtures("dossiers");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("bibliotheque");
    let library = Library::embedded().with_overlay(own).unwrap_or_else(|errors| panic!("{errors}"));
    for (name, path) in &fixtures {
        let source = fs::read(path).unwrap();
        writeln!(out, "## {name}").unwrap();
        match Consultation::from_slice(&source) {
            Err(error) => write!(out, "{error}").unwrap(),
            Ok(consultation) => {
                let text = String::from_utf8(source).unwrap();
                let resolved = library.resolve(&consultation);
                assert!(resolved.findings().blocking().next().is_some(), "{name} n’a rien de faux");
                for finding in resolved.findings().blocking() {
                    let (line, column, excerpt) = locate(&text, finding.span.start);
                    writeln!(out, "constat, ligne {line}, colonne {column} : {finding}\n    {excerpt}").unwrap();
                }
            }
        }
        out.push('\n');
    }
    assert!(fixtures.len() >= 25);
    insta::assert_snapshot!("bad-dossiers", out);
}

/// Opens a buyer's library that holds these files alone, beside ours.
fn opened(files: &[(&str, &str)]) -> Result<Library, LoadErrors> {
    let folder = tempfile::tempdir().unwrap();
    for (file, source) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source).unwrap();
    }
    Library::embedded().with_overlay(folder.path())
}

#[test]
fn bad_clause_files() {
    let mut out = String::new();
    let fixtures = fixtures("clauses");
    for (name, path) in &fixtures {
        let source = fs::read_to_string(path).unwrap();
        let folder = source.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or("environnement");
        let stem = if name == "err-remplace-absent" { "bat-reemploi-taux" } else { name.as_str() };
        let file = format!("{folder}/{stem}.toml");
        let errors = opened(&[(&file, &source)]).err().unwrap_or_else(|| panic!("{name} n’a rien de faux"));
        writeln!(out, "## {name}\n{errors}").unwrap();
    }
    assert!(fixtures.len() >= 15);
    insta::assert_snapshot!("bad-clauses", out);
}

#[test]
fn bad_bytes_and_sizes() {
    let latin = b"format = 1\nlancement = 2026-12-07\n[acheteur]\nnom = \"Ville d'Ch\xE2teau\"\n";
    let huge = "# ".repeat(600_000);
    let mut out = String::new();
    for (what, bytes) in
        [("latin-1", latin.as_slice()), ("trop gros", huge.as_bytes()), ("binaire", &[0xFF, 0xFE, 0x00])]
    {
        writeln!(out, "## {what}\n{}", refused(bytes)).unwrap();
    }
    insta::assert_snapshot!("bad-bytes", out);
}

/// A text longer than any piece could print is one error, at its place.
#[test]
fn a_text_without_end_is_refused() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/petit-marche/dossier.toml");
    let dossier = fs::read_to_string(path).unwrap();
    let object = |words| dossier.replace("\"Réfection de la rue du Lavoir\"", &format!("\"{}\"", "mot ".repeat(words)));
    assert!(Consultation::from_toml(&object(2_500)).is_ok());
    let said: Vec<(String, usize, usize)> = refused(object(2_501).as_bytes())
        .problems
        .into_iter()
        .map(|problem| (problem.message, problem.line, problem.column))
        .collect();
    assert_eq!(said, [("texte trop long : 10 000 caractères au plus".to_owned(), 12, 9)]);
}

/// A byte-order mark is no fault: some editors write one.
#[test]
fn a_byte_order_mark_is_left_aside() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/ecole-rehabilitation/dossier.toml");
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(fs::read(path).unwrap());
    assert!(Consultation::from_slice(&bytes).is_ok());
}

#[test]
fn bad_libraries() {
    let sound = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("bibliotheque/social/essai-action.toml"))
        .unwrap();
    let huge = "# ".repeat(140_000);
    let trame = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../clauses/trames/ccap.toml")).unwrap();
    let renamed =
        trame.replace("\"insertion-difficultes\"", "\"aleas\"").replace("art:insertion-difficultes", "art:aleas");
    let mut out = String::new();
    for (what, files) in [
        ("vide", vec![]),
        ("hors de sa place", vec![("social/essai-action.toml", sound.as_str()), ("divers/note.toml", "")]),
        ("référentiel de droit", vec![("social/essai-action.toml", sound.as_str()), ("referentiel/textes.toml", "")]),
        ("fichier trop gros", vec![("social/essai-action.toml", huge.as_str())]),
        ("trame inconnue", vec![("trames/devis.toml", "piece = \"devis\"\n")]),
        ("familles illisibles", vec![("referentiel/familles.toml", "[[famille]]\nid = \"voirie\"\n")]),
        ("trame illisible", vec![("trames/ccap.toml", trame.get(..trame.len() / 2).unwrap())]),
        ("trame qui manque à nos clauses", vec![("trames/ccap.toml", renamed.as_str())]),
    ] {
        writeln!(out, "## {what}\n{}", opened(&files).expect_err(what)).unwrap();
    }
    insta::assert_snapshot!("bad-libraries", out);
}

/// Files from elsewhere than a folder make the same library, or are refused with the same words.
#[test]
fn files_of_memory_are_read_as_those_of_a_folder() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("bibliotheque/social/essai-action.toml");
    let sound = fs::read_to_string(path).unwrap();
    let wrong = sound.replace("statut = \"relu\"", "statut = \"lu\"");
    assert_ne!(sound, wrong);
    let memory =
        |text: &str| Library::embedded().with_files([("social/essai-action.toml".to_owned(), text.to_owned())]);
    assert!(memory(&sound).is_ok_and(|library| library.clause("essai-action").is_some()));
    let errors = |library: Result<Library, LoadErrors>| library.expect_err("un statut inconnu").to_string();
    assert_eq!(errors(memory(&wrong)), errors(opened(&[("social/essai-action.toml", &wrong)])));
}

#[test]
fn a_library_that_is_not_there_or_not_text() {
    let folder = tempfile::tempdir().unwrap();
    let errors = Library::embedded().with_overlay(folder.path().join("absente")).expect_err("pas de dossier");
    assert_eq!(errors.to_string().lines().next(), Some("., ligne 1, colonne 1 : dossier illisible : il n’existe pas"));
    fs::create_dir(folder.path().join("social")).unwrap();
    fs::write(folder.path().join("social/essai.toml"), b"id = \"essai\"\ntitre = \"\xC9t\xE9\"\n").unwrap();
    let errors = Library::embedded().with_overlay(folder.path()).expect_err("pas en UTF-8");
    assert_eq!(
        errors.to_string().lines().next(),
        Some("social/essai.toml, ligne 2, colonne 10 : le fichier n’est pas en UTF-8")
    );
}

/// A library stays in its folder: neither a file nor a folder of it may lead elsewhere.
#[cfg(unix)]
#[test]
fn a_path_that_escapes_the_folder_is_refused() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("secret.toml"), "id = \"secret\"\n").unwrap();
    fs::create_dir(folder.path().join("social")).unwrap();
    symlink(outside.path().join("secret.toml"), folder.path().join("social/secret.toml")).unwrap();
    symlink(outside.path(), folder.path().join("liaison")).unwrap();
    let errors = Library::embedded().with_overlay(folder.path()).expect_err("refusé");
    let said: Vec<&str> = errors.problems.iter().map(|p| p.problem.message.as_str()).collect();
    assert_eq!(said, ["lien symbolique refusé", "lien symbolique refusé"]);
    assert!(!errors.to_string().contains("secret\""), "rien du fichier n’est montré");
}

/// A text can neither loop nor read what is no name, even where its code is dressed as a string or as a comment.
#[test]
fn a_template_does_nothing_else_than_print_and_test() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("bibliotheque/environnement/essai-rapport.toml");
    let clause = fs::read_to_string(path).unwrap();
    let clause = clause.replace("essai-rapport", "essai-code").replace("inclut = [\"essai-retire\"]", "");
    let codes = [
        "{% for n in [1, 2, 3] %}x{% endfor %}",
        "{{ '}} {# ' }}{% for n in titulaire %}x{% endfor %}{{ ' #} ' }}",
        "{{ '\\\\' }}{% for n in titulaire %}x{% endfor %}",
        "{{ titulaire[0] }}",
        "{{ titulaire.choix }}",
        "{{ loop.index }}",
        "{{ self.titulaire }}",
        "{{ titulaire is defined }}",
        "{{ {1: 2} }}",
    ];
    for code in codes {
        let source = clause.replace("texte = \"", &format!("texte = \"{code} "));
        assert_ne!(source, clause);
        assert!(opened(&[("environnement/essai-code.toml", &source)]).is_err(), "{code}");
    }
    assert!(opened(&[("environnement/essai-code.toml", &clause)]).is_ok());
}

/// What is wrong in a text is shown where the file writes it, in whichever quotes and however it is escaped, and not where
/// the same words stand in order.
#[test]
fn the_place_of_a_fault_is_that_of_the_tree() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("bibliotheque/environnement/essai-rapport.toml");
    let clause = fs::read_to_string(path).unwrap();
    let clause = clause.replace("essai-rapport", "essai-places").replace("inclut = [\"essai-retire\"]", "");
    // The words at fault stand in the title too, where they are in order.
    let title = "\"Essai de rapports, upper, http:upper, set, else, endif\"";
    let faults = [
        ("{{ rapports }}", "rapports"),
        ("{{ titulaire + 1 }}", "+"),
        ("{{ titulaire|upper }}", "upper"),
        ("{% set rapports = 1 %}", "set"),
        ("[](art:rapports)", "rapports"),
        ("[](art:ccap.rapports)", "rapports"),
        ("[](art:rapports.insertion)", "rapports"),
        ("[](droit:ccp-l2112-2, upper)", "upper"),
        ("[](ccag:upper)", "upper"),
        ("[le rapport](http:upper)", "http:upper"),
        ("le <rapport>", "<"),
        ("{{ rapports", "{{"),
        ("**{% if titulaire %}a{% endif %} b", "**"),
        ("{% if titulaire %}**a{% endif %}** b", "**"),
        ("{% if titulaire %}a", "{% if titulaire %}"),
        ("a{% endif %}", "endif"),
        ("{% if titulaire %}a{% else %}b{% else %}c{% endif %}", "else"),
    ];
    let before = "Le {{ titulaire }} dit « upper » et rapports";
    let texts = [
        ("\"", "\"", format!("\\u00c9\\t\\\"\\U0001F600\\n{before}, ")),
        ("'", "'", format!("{before} : ")),
        ("'''\n", "\n'''", format!("Une phrase.\n\n- un point\n- {before}\n  ")),
        ("'''", "'''", format!("{before}\nsur deux lignes\n")),
        (
            "\"\"\"\n",
            "\"\"\"",
            format!("Une phrase \\\n     coupée \\u00e0 la ligne.\n\n| a | b |\n| --- | --- |\n| {before} | "),
        ),
    ];
    for (fault, words) in faults {
        for (open, close, before) in &texts {
            let table = before.ends_with("| ");
            if table && fault.contains('|') {
                continue;
            }
            let text = format!("{open}{before}{fault}{}{close}", if table { " |" } else { "" });
            let source = clause.replace("\"Le {{ titulaire }} remet un rapport par an.\"", &text);
            assert_ne!(source, clause);
            let source = source.replace("\"Rapport d’essai\"", title);
            let errors = opened(&[("environnement/essai-places.toml", &source)]).expect_err(&text);
            let start = source.find(&text).unwrap() + open.len() + before.len();
            let end = start + fault.len();
            let first = &errors.problems.first().unwrap().problem;
            assert_eq!(&source[first.span.clone()], words, "{text} : {errors}");
            assert!(start <= first.span.start && first.span.end <= end, "{text} : {errors}");
            assert_eq!(locate(&source, first.span.start).0, first.line, "{text}");
        }
    }
}

/// What ties a file to the others is shown where the tree has it, even where the same word stands before.
#[test]
fn the_place_of_a_tie_is_that_of_the_tree() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("bibliotheque/environnement/essai-rapport.toml");
    let clause = fs::read_to_string(path).unwrap();
    let clause = clause.replace("essai-rapport", "essai-liens").replace("inclut = [\"essai-retire\"]", "");
    let clause = clause.replace("\"Rapport d’essai\"", "\"inconnu\"");
    let first = "[[parametre]]";
    let derogation =
        "[[derogation]]\narticle = \"environnement\"\nobjet = \"inconnu\"\nconcepts = [\"inconnu\"]\n\n[[section]]";
    for (written, with, place) in [
        (first, "requiert = [\"inconnu\"]\n[[parametre]]", "requiert = [\""),
        (first, "inclut = [\"essai-liens\", \"inconnu\"]\n[[parametre]]", "inclut = [\"essai-liens\", \""),
        (first, "successeur = 'inconnu'\n[[parametre]]", "successeur = '"),
        (first, "famille = [\"inconnu\"]\n[[parametre]]", "famille = [\""),
        ("\"ccp-l2112-2\"", "\"ccp-l2112-2\", \"inconnu\"", "\"ccp-l2112-2\", \""),
        ("montant = \"penalite\"", "indice = \"inconnu\"", "indice = \""),
        ("\"environnement-obligation\"", "\"inconnu\"", "place = \""),
        ("[[section]]", derogation, "concepts = [\""),
    ] {
        let source = clause.replacen(written, with, 1);
        assert_ne!(source, clause, "{with}");
        let errors = opened(&[("environnement/essai-liens.toml", &source)]).expect_err(with);
        let start = source.rfind(place).unwrap() + place.len();
        let spans: Vec<_> = errors.problems.iter().map(|found| found.problem.span.clone()).collect();
        assert!(spans.contains(&(start..start + "inconnu".len())), "{with} : {errors}");
    }
}

/// Markup, template code and HTML in a buyer's words stay words, in every piece.
#[test]
fn a_value_is_never_markup_nor_code() {
    const HOSTILE: &str =
        "{{ 7 * 7 }} {% if x %} <script>alert(1)</script> **gras** [lien](http://exemple.fr) | a | =SUM(A1)";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/ecole-rehabilitation/dossier.toml");
    let dossier = fs::read_to_string(path).unwrap();
    let dossier =
        dossier.replace("\"Peinture\"", &format!("\"{HOSTILE}\"")).replace("\"sanitaires\"", &format!("\"{HOSTILE}\""));
    let consultation = Consultation::from_toml(&dossier).unwrap();
    let mut seen = 0;
    for document in Library::embedded().resolve(&consultation).documents(true).unwrap() {
        let markdown = String::from_utf8(write(&document, Format::Markdown)).unwrap();
        let mut text = String::new();
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
            match event {
                Event::Text(words) => text.push_str(&words),
                Event::Html(html) | Event::InlineHtml(html) => assert!(!html.contains("script"), "{}", document.piece),
                Event::Start(Tag::Link { dest_url, .. }) => assert!(!dest_url.contains("exemple.fr")),
                _ => {}
            }
        }
        seen += text.matches(HOSTILE).count();
    }
    assert!(seen >= 4, "le mot hostile paraît intact dans les pièces ({seen})");
}

/// Files of offers that cannot be read: the whole message, with its place, for each.
#[test]
fn bad_offers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dossier = fs::read_to_string(root.join("../examples/petit-marche/dossier.toml")).unwrap();
    let consultation = Consultation::from_toml(&dossier).unwrap();
    let resolved = Library::embedded().resolve(&consultation);
    let mut out = String::new();
    let fixtures = fixtures("offres");
    for (name, path) in &fixtures {
        let source = fs::read_to_string(path).unwrap();
        let error = resolved.read_offers(&source).err().unwrap_or_else(|| panic!("{name} n’a rien de faux"));
        writeln!(out, "## {name}\n{error}").unwrap();
    }
    assert!(fixtures.len() >= 14);
    insta::assert_snapshot!("bad-offers", out);
}

#[test]
fn too_many_offers_or_too_long_a_file_is_refused() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/petit-marche/dossier.toml");
    let consultation = Consultation::from_toml(&fs::read_to_string(path).unwrap()).unwrap();
    let resolved = Library::embedded().resolve(&consultation);
    let offer = |n: usize| format!("[[offre]]\ncandidat = \"C{n}\"\nprix = {{ montant = \"50 000 €\" }}\n");
    let many = |count: usize| format!("format = 1\n{}", (0..count).map(offer).collect::<String>());
    assert!(resolved.read_offers(&many(500)).is_ok());
    let said = |text: &str| resolved.read_offers(text).unwrap_err().problems[0].message.clone();
    assert_eq!(said(&many(501)), "plus de 500 offres");
    assert_eq!(said(&format!("format = 1\n#{}", " ".repeat(1 << 20))), "le fichier dépasse 1 Mio");
}
