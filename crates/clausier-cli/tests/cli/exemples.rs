//! What the command prints to be typed is typed: its examples run, and the commands that it names exist with their options.

use super::*;
use std::fs;

/// The lines of examples of a help.
fn examples(help: &str) -> Vec<String> {
    let told = help.split_once("Exemple").map_or("", |(_, rest)| rest);
    let lines = told.lines().filter_map(|line| Some(&line[line.find("clausier ")?..]));
    lines.filter(|line| !line.ends_with("clausier json")).map(str::to_owned).collect()
}

#[test]
fn every_example_of_a_help_runs() {
    let mut run = 0;
    for name in ["rediger", "comparer", "completer", "nouveau", "verifier", "proposer", "calculer", "devoirs", "noter"]
    {
        for line in examples(&clausier(&[name, "--help"]).out) {
            let folder = workshop();
            for copy in ["avant.toml", "apres.toml"] {
                fs::copy(folder.path().join("dossier.toml"), folder.path().join(copy)).unwrap();
            }
            if name == "nouveau" {
                fs::remove_file(folder.path().join("dossier.toml")).unwrap();
            }
            let words: Vec<&str> = line.split_whitespace().skip(1).collect();
            let done = clausier_in(folder.path(), &words);
            assert!(matches!(done.code, Some(0 | 1)), "{line}\n{}", done.err);
            run += 1;
        }
    }
    assert!(run >= 4, "{run}");
}

/// The commands that a text names between quotation marks or backquotes.
fn named(text: &str) -> Vec<String> {
    let quoted = text.split('«').skip(1).filter_map(|piece| Some(piece.split_once('»')?.0));
    let code = text.split('`').skip(1).step_by(2);
    let said = quoted.chain(code).map(|said| said.replace(['\u{A0}', '\n'], " "));
    said.filter_map(|said| Some(said.trim().strip_prefix("clausier ")?.to_owned())).collect()
}

#[test]
fn every_command_named_exists_with_its_options() {
    let mut texts: Vec<String> = ["README.md", "CONTRIBUTING.md", "clauses/README.md"]
        .into_iter()
        .map(|file| fs::read_to_string(root().join(file)).unwrap())
        .collect();
    texts.extend(clausier::checks::all().map(|info| info.text()));
    texts.push(clausier(&["--help"]).out);
    let mut seen = 0;
    for line in texts.iter().flat_map(|text| named(text)) {
        let mut words = line.split_whitespace();
        let command = words.next().unwrap_or_default();
        if command.chars().any(char::is_uppercase) || command.starts_with('-') {
            continue;
        }
        let help = clausier(&[command, "--help"]);
        assert_eq!(help.code, Some(0), "« clausier {line} » : {}", help.err);
        for option in words.filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap_or_default();
            assert!(help.out.contains(option), "« clausier {line} » : {option}");
        }
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
}
