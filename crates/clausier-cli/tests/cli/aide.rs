//! Help and usage errors: French, whole, with the exit status that tells them apart.

use super::*;
use insta::assert_snapshot;

const COMMANDS: [(&str, &str); 12] = [
    ("rediger", "render"),
    ("verifier", "check"),
    ("comparer", "diff"),
    ("verrouiller", "lock"),
    ("calculer", "hours"),
    ("completer", "complete"),
    ("proposer", "suggest"),
    ("lister", "list"),
    ("montrer", "show"),
    ("expliquer", "explain"),
    ("nouveau", "new"),
    ("droit", "law"),
];

#[test]
fn help_of_the_command() {
    let run = clausier(&["--help"]);
    assert_eq!(english(&run.out), Vec::<&str>::new());
    assert_snapshot!(run.shown());
}

#[test]
fn help_of_each_subcommand() {
    for (name, _) in COMMANDS {
        let run = clausier(&[name, "--help"]);
        assert_eq!(english(&run.out), Vec::<&str>::new(), "{name}");
        assert_snapshot!(format!("aide_{name}"), run.shown());
    }
}

#[test]
fn each_subcommand_has_its_english_name() {
    for (name, alias) in COMMANDS {
        assert_eq!(clausier(&[name, "-h"]).out, clausier(&[alias, "-h"]).out, "{name}");
    }
}

#[test]
fn help_may_be_asked_for_in_french() {
    assert_eq!(clausier(&["--aide"]).out, clausier(&["--help"]).out);
}

#[test]
fn version() {
    let run = clausier(&["--version"]);
    assert_eq!((run.code, run.out), (Some(0), format!("clausier {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn without_argument_the_help_is_shown_and_nothing_is_done() {
    let run = clausier(&[] as &[&str]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_eq!(run.err, clausier(&["--help"]).out);
}

#[test]
fn usage_errors() {
    let lines: [&[&str]; 18] = [
        &["redigr"],
        &["rediger"],
        &["rediger", SCHOOL, "autre"],
        &["rediger", SCHOOL, "--pice", "rc"],
        &["rediger", SCHOOL, "--zzz"],
        &["rediger", SCHOOL, "--piece", "cap"],
        &["rediger", SCHOOL, "--piece", "devis"],
        &["rediger", SCHOOL, "--piece"],
        &["rediger", SCHOOL, "--piece", "rc", "--piece", "ccap"],
        &["rediger", SCHOOL, "--ecraser"],
        &["rediger", SCHOOL, "--brouillon=oui"],
        &["rediger", SCHOOL, "--format", "pdf"],
        &["rediger", SCHOOL, "--premier-numero", "sept"],
        &["rediger", SCHOOL, "--style", "Article"],
        &["rediger", SCHOOL, "--piece", "toutes", "--style", "7."],
        &["verifier", SCHOOL, "--au", "20/08/2026"],
        &["nouveau", "--famille", "bat-peinture"],
        &["proposer", SCHOOL, "-o", "copie.toml"],
    ];
    let mut shown = String::new();
    for line in lines {
        let run = clausier(line);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line:?}");
        assert_eq!(english(&run.err), Vec::<&str>::new(), "{line:?}");
        shown += &format!("$ clausier {}\n{}\n", line.join(" "), run.err);
    }
    assert_snapshot!(shown);
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let run = clausier(&[OsStr::new("montrer"), OsStr::from_bytes(b"heures\xFF")]);
    assert_eq!(run.code, Some(2));
    assert_snapshot!(run.err, @r#"
    erreur : un argument n’est pas en UTF-8
      usage : clausier montrer [OPTIONS] <CLAUSE>
    "#);
}
