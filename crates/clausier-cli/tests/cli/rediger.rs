//! `rediger`: pieces, formats, files.

use super::*;
use insta::assert_snapshot;
use std::fs;

/// The failure that ends a report, after the findings.
fn tail(run: &Run) -> &str {
    run.err.rsplit("\n\n").next().unwrap_or_default().trim_end()
}

#[test]
fn the_rc_goes_to_the_standard_output() {
    let run = clausier(&["rediger", SCHOOL]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.out.lines().next(),
        Some("# Règlement de la consultation (RC) – Insertion, environnement et liaison")
    );
    assert_eq!(run.out, clausier(&["rediger", SCHOOL, "--piece", "rc", "--format", "md"]).out);
}

#[test]
fn the_numbering_of_the_host_can_be_given() {
    let run = clausier(&["rediger", SCHOOL, "--premier-numero", "4", "--style", "7. "]);
    let headings: Vec<&str> = run.out.lines().filter(|line| line.starts_with("## ")).collect();
    assert!(headings.first().is_some_and(|heading| heading.starts_with("## 4. ")), "{headings:?}");
}

#[test]
fn a_style_holds_nothing_that_cannot_be_seen() {
    for hidden in ['\u{202E}', '\u{2066}', '\u{FDD0}', '\u{FEFF}'] {
        let run = clausier(&["rediger", SCHOOL, "--style", &format!("Article{hidden} 7")]);
        assert_eq!(run.code, Some(2), "{hidden:?}");
        assert!(run.err.contains("n’est pas un style de numéro"), "{}", run.err);
    }
}

#[test]
fn spaces_can_be_plain() {
    let fine = clausier(&["rediger", SCHOOL]).out;
    let plain = clausier(&["rediger", SCHOOL, "--espaces", "ascii"]).out;
    assert!(fine.contains('\u{A0}') && fine.contains('\u{202F}'));
    // Other spaces are another text, with a fingerprint of its own.
    let text = |file: &str| file.split("<!--").next().unwrap_or_default().replace(['\u{A0}', '\u{202F}'], " ");
    assert_eq!(text(&plain), text(&fine));
    assert!(!plain.contains(['\u{A0}', '\u{202F}']));
}

/// The README's way to check the fingerprint of a text, with what any Linux has.
#[cfg(target_os = "linux")]
#[test]
fn a_fingerprint_is_checked_as_the_readme_says() {
    let recipe = "head -n -3 ccap.txt | sha256sum";
    assert!(fs::read_to_string(root().join("README.md")).unwrap().contains(recipe));
    let folder = workshop();
    for options in [&[][..], &["--a-confirmer", "debut"], &["--espaces", "ascii"]] {
        let write = [&["rediger", "dossier.toml", "--piece", "ccap", "-o", "ccap.txt", "--ecraser"], options].concat();
        assert_eq!(clausier_in(folder.path(), &write).code, Some(0));
        let checked =
            std::process::Command::new("sh").args(["-c", recipe]).current_dir(folder.path()).output().unwrap();
        let sum = String::from_utf8(checked.stdout).unwrap();
        let text = fs::read_to_string(folder.path().join("ccap.txt")).unwrap();
        assert!(text.contains(&format!("\n\nEmpreinte {} – clausier ", &sum[..64])), "{options:?}: {sum}");
    }
}

/// The block to paste has neither title nor sheet; the sheet of a whole piece stands last, first or nowhere.
#[test]
fn a_file_has_its_options() {
    let out = |options: &[&str]| {
        clausier(&[&["rediger", SCHOOL, "--piece", "ccap", "--format", "txt"], options].concat()).out
    };
    let at = |text: &str| text.find("\u{c0} confirmer\n");
    let article = |text: &str| text.find("Article").expect("an article");
    let (usual, first, none) = (out(&[]), out(&["--a-confirmer", "debut"]), out(&["--a-confirmer", "sans"]));
    assert!(at(&usual) > Some(article(&usual)) && at(&first) == Some(0), "{first}");
    assert_eq!(at(&none), None);
    assert!(none.contains("[10\u{a0}jours]"), "the value stays between square brackets");
    let block = out(&["--bloc"]);
    assert!(block.starts_with("Article") && at(&block).is_none(), "{block}");
    assert_eq!(out(&["--a-confirmer", "fin"]), usual);
}

#[test]
fn several_pieces_follow_each_other() {
    let run = clausier(&["rediger", SCHOOL, "--piece", "toutes", "--format", "txt"]);
    assert_eq!(run.code, Some(0));
    for piece in ["rc", "ccap", "ae"] {
        let one = clausier(&["rediger", SCHOOL, "--piece", piece, "--format", "txt"]);
        assert!(run.out.contains(&one.out), "{piece}");
    }
}

#[test]
fn a_piece_without_text_is_said_to_be_so() {
    let run = clausier(&["rediger", &fixture("incomplet.toml"), "--brouillon", "--piece", "cctp"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_snapshot!(run.last(), @"erreur : rien à écrire dans la pièce « cctp » : aucune clause du dossier n’y a de texte");
}

#[test]
fn pieces_without_text_are_skipped_with_a_notice() {
    let run = clausier(&["rediger", &fixture("incomplet.toml"), "--brouillon", "--piece", "toutes"]);
    assert_eq!(run.code, Some(1));
    assert_snapshot!(run.last(), @"note : rien à écrire dans : cctp, cadre-suivi, fiche");
}

#[test]
fn the_json_envelope_holds_findings_values_and_pieces() {
    let run = clausier(&["rediger", SCHOOL, "--format", "json", "--piece", "toutes"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["format"], 2);
    assert_eq!(json["lancement"], "2026-12-07");
    assert_eq!(json["valeurs"]["heures"][0]["retenues"], "485");
    assert_eq!(json["valeurs"]["heures"][0]["brutes"], "4375/9");
    assert_eq!(json["valeurs"]["liaisons"][0]["travail"], "450");
    assert_eq!(json["pieces"][0]["piece"], "rc");
    assert!(!holds_float(&json));
    assert_eq!(run.out, clausier(&["rediger", SCHOOL, "--format", "json", "--piece", "toutes"]).out);
}

/// What a program reads of the envelope is what it holds.
#[test]
fn the_envelope_reads_back() {
    let draft =
        clausier(&["rediger", &fixture("incomplet.toml"), "--brouillon", "--format", "json", "--piece", "toutes"]);
    let sound = clausier(&["rediger", SCHOOL, "--format", "json", "--piece", "toutes"]);
    for run in [draft, sound] {
        let read: clausier::json::Envelope = serde_json::from_str(&run.out).expect("an envelope");
        assert_eq!(serde_json::to_string_pretty(&read).expect("JSON") + "\n", run.out);
        assert!(read.values.is_some() && read.documents.is_some_and(|documents| documents.len() > 1));
    }
}

fn holds_float(json: &serde_json::Value) -> bool {
    match json {
        serde_json::Value::Number(number) => number.is_f64(),
        serde_json::Value::Array(items) => items.iter().any(holds_float),
        serde_json::Value::Object(fields) => fields.values().any(holds_float),
        _ => false,
    }
}

#[test]
fn blocking_findings_refuse_a_piece() {
    let run = clausier(&["rediger", &fixture("incomplet.toml")]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains("\nerreur : la pièce « rc » n’est pas rédigée : "), "{}", run.err);
    assert!(run.err.contains("erreur[clause-inconnue]") && run.last().contains("--brouillon"), "{}", run.err);
}

#[test]
fn a_draft_is_rendered_under_a_banner_and_still_ends_blocked() {
    let run = clausier(&["rediger", &fixture("incomplet.toml"), "--brouillon", "--piece", "ccap"]);
    assert_eq!(run.code, Some(1));
    let (banner, text) = run.out.split_once("\n# ").unwrap();
    assert!(banner.starts_with("> **PROJET – constats bloquants**\n"), "{banner}");
    assert!(banner.contains("> - clause-inconnue – la clause « bat-covv » n’existe pas\n"), "{banner}");
    assert!(text.contains("[à compléter : "), "{text}");
}

#[test]
fn a_refused_piece_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let dossier = root().join(fixture("incomplet.toml"));
    let run =
        clausier_in(folder.path(), &[OsStr::new("rediger"), dossier.as_os_str(), "-o".as_ref(), "rc.md".as_ref()]);
    assert_eq!(run.code, Some(1));
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_file_is_written_whole_and_never_overwritten_unasked() {
    let folder = workshop();
    let write = ["rediger", "dossier.toml", "-o", "rc.md"];
    let first = clausier_in(folder.path(), &write);
    assert_snapshot!(first.last(), @"note : « rc.md » est écrit");
    let text = fs::read_to_string(folder.path().join("rc.md")).unwrap();
    assert_eq!(text, clausier(&["rediger", SCHOOL]).out);

    fs::write(folder.path().join("rc.md"), "mes corrections").unwrap();
    let second = clausier_in(folder.path(), &write);
    assert_snapshot!(second.last(), @"  aide : ajoutez --ecraser pour le remplacer");
    assert_eq!(fs::read_to_string(folder.path().join("rc.md")).unwrap(), "mes corrections");

    let third = clausier_in(folder.path(), &["rediger", "dossier.toml", "-o", "rc.md", "--ecraser"]);
    assert_eq!(third.code, Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("rc.md")).unwrap(), text);
    assert_eq!(names(folder.path()), ["dossier.toml", "rc.md"], "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn a_written_file_has_ordinary_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = workshop();
    clausier_in(folder.path(), &["rediger", "dossier.toml", "-o", "rc.md"]);
    fs::write(folder.path().join("temoin"), "").unwrap();
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("rc.md"), mode("temoin"));
}

#[test]
fn the_dossier_itself_is_never_overwritten() {
    let folder = workshop();
    let line = ["rediger", "dossier.toml", "--format", "md", "-o", "./dossier.toml", "--ecraser"];
    let run = clausier_in(folder.path(), &line);
    assert_snapshot!(tail(&run), @r#"
    erreur : « ./dossier.toml » est le dossier lui-même
      aide : donnez un autre nom à -o
    "#);
    assert_eq!(fs::read(folder.path().join("dossier.toml")).unwrap(), fs::read(root().join(SCHOOL)).unwrap());
}

#[test]
fn the_name_of_the_file_gives_the_format() {
    let folder = workshop();
    for name in ["rc.txt", "rc.html", "rc.docx", "rc.odt", "rc.json"] {
        assert_eq!(clausier_in(folder.path(), &["rediger", "dossier.toml", "-o", name]).code, Some(0), "{name}");
    }
    let text = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(text("rc.txt"), clausier(&["rediger", SCHOOL, "--format", "txt"]).bytes);
    assert_eq!(text("rc.docx"), clausier(&["rediger", SCHOOL, "--format", "docx"]).bytes);
    assert!(text("rc.odt").starts_with(b"PK"));
    assert!(text("rc.html").starts_with(b"<!DOCTYPE html>"));
    assert!(text("rc.json").starts_with(b"{"));
}

#[test]
fn all_the_pieces_make_one_file_each() {
    let folder = workshop();
    let run = clausier_in(folder.path(), &["rediger", "dossier.toml", "--piece", "toutes", "-o", "pieces"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        names(&folder.path().join("pieces")),
        [
            "ae.md",
            "avis.md",
            "cadre-prix.md",
            "cadre-reponse.md",
            "cadre-suivi.md",
            "ccap.md",
            "cctp.md",
            "fiche.md",
            "note.md",
            "rc.md"
        ]
    );

    // One of them stands in the way: none is written again.
    fs::remove_file(folder.path().join("pieces/rc.md")).unwrap();
    let again = clausier_in(folder.path(), &["rediger", "dossier.toml", "--piece", "toutes", "-o", "pieces"]);
    assert_eq!(again.code, Some(2));
    assert!(!folder.path().join("pieces/rc.md").exists());
}

#[test]
fn several_formats_make_one_file_each() {
    let folder = workshop();
    let line = ["rediger", "dossier.toml", "--format", "docx,json,docx,md", "-o", "rc"];
    assert_eq!(clausier_in(folder.path(), &line).code, Some(0));
    assert_eq!(names(&folder.path().join("rc")), ["rc.docx", "rc.json", "rc.md"]);
}

#[test]
fn what_cannot_be_written_is_said() {
    let folder = workshop();
    fs::write(folder.path().join("fichier"), "").unwrap();
    let lines: [&[&str]; 7] = [
        &["rediger", "dossier.toml", "-o", "absent/rc.md"],
        &["rediger", "dossier.toml", "-o", "-"],
        &["rediger", "dossier.toml", "-o", "rc.pdf"],
        &["rediger", "dossier.toml", "-o", "fichier/rc.md"],
        &["rediger", "dossier.toml", "--piece", "toutes", "-o", "fichier"],
        &["rediger", "dossier.toml", "--piece", "toutes", "--format", "docx"],
        &["rediger", "dossier.toml", "--format", "docx,odt"],
    ];
    let mut shown = String::new();
    for line in lines {
        let run = clausier_in(folder.path(), line);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line:?}");
        shown += &format!("$ clausier {}\n{}\n\n", line.join(" "), tail(&run));
    }
    assert_snapshot!(shown);
}

/// A device, a pipe or a socket is never replaced by a file, even when overwriting is asked for.
#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_left_alone() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = workshop();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("prise")).unwrap();
    std::os::unix::fs::symlink("prise", folder.path().join("lien")).unwrap();
    for name in ["prise", "lien"] {
        let run = clausier_in(folder.path(), &["rediger", "dossier.toml", "-o", name, "--ecraser"]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert_eq!(tail(&run).lines().next(), Some(&*format!("erreur : « {name} » n’est pas un fichier ordinaire")));
    }
    assert!(fs::metadata(folder.path().join("prise")).unwrap().file_type().is_socket());
    assert!(fs::symlink_metadata(folder.path().join("lien")).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_failure() {
    let mut child = command(&root(), &["rediger", SCHOOL, "--piece", "toutes"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let run = Run::new(output);
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err, clausier(&["rediger", SCHOOL, "--piece", "toutes"]).err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_a_failure() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(&root(), &["rediger", SCHOOL]).stdout(full).output().unwrap();
    let run = Run::new(output);
    assert_eq!(run.code, Some(2));
    assert_snapshot!(tail(&run), @"erreur : la sortie ne peut être écrite : il n’y a plus de place");
}

#[test]
fn the_name_of_a_file_does_not_lie_about_its_format() {
    let folder = workshop();
    let run = clausier_in(folder.path(), &["rediger", "dossier.toml", "--format", "docx", "-o", "piece.odt"]);
    assert_eq!(run.code, Some(2));
    let said = "« piece.odt » annonce du odt, et --format dit docx\n  aide : nommez-le « piece.docx », ou demandez --format odt";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(names(folder.path()), ["dossier.toml"]);
}

#[cfg(unix)]
#[test]
fn what_is_replaced_keeps_its_rights_and_a_closed_file_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = workshop();
    let file = folder.path().join("rc.md");
    fs::write(&file, "ancien").unwrap();
    let arguments = ["rediger", "dossier.toml", "-o", "rc.md", "--ecraser"];
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let run = clausier_in(folder.path(), &arguments);
    assert_eq!((run.code, fs::read(&file).unwrap()), (Some(2), b"ancien".to_vec()));
    assert!(run.err.contains("« rc.md » est en lecture seule"), "{}", run.err);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(clausier_in(folder.path(), &arguments).code, Some(0));
    assert_ne!(fs::read(&file).unwrap(), b"ancien");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

/// A disk that fills up, then a process killed in the middle of a file: the pieces that stood there stand there still.
#[cfg(unix)]
#[test]
fn a_set_of_pieces_is_replaced_whole_or_not_at_all() {
    let folder = workshop();
    let pieces = folder.path().join("pieces");
    let write = |limit: &str| {
        let script = format!("{limit}; exec \"$0\" rediger dossier.toml --piece toutes -o pieces --ecraser");
        let mut shell = std::process::Command::new("sh");
        shell.current_dir(folder.path()).args(["-c", &script, env!("CARGO_BIN_EXE_clausier")]);
        Run::new(shell.output().expect("a shell"))
    };
    let contents = || -> Vec<(String, Vec<u8>)> {
        names(&pieces).into_iter().map(|name| (name.clone(), fs::read(pieces.join(name)).unwrap())).collect()
    };
    assert_eq!(write(":").code, Some(0));
    // What stands there is no longer what would be written.
    for name in names(&pieces) {
        fs::write(pieces.join(name), "ancien").unwrap();
    }
    let before = contents();
    // Blocks of 512 bytes: some pieces hold within the limit, others do not.
    let full = write("trap '' XFSZ; ulimit -f 24");
    assert_eq!(full.code, Some(2), "{}", full.err);
    assert!(full.err.contains("la place accordée est dépassée"), "{}", full.err);
    assert_eq!(contents(), before);
    let killed = write("ulimit -f 24");
    assert_eq!(killed.code, None);
    let mut after = contents();
    after.retain(|(name, _)| !name.starts_with(".clausier-"));
    assert_eq!(after, before);
}
