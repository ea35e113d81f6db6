//! Nothing that is printed or decided comes from a default taken in silence: an absent value is an error, a finding, or a case of
//! its own. What may fall back on a default is listed here by file, each with its reason.

use clausier_tests::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SLICE: &str = "a place of a text that is a boundary of it, or a rank within bounds";
const ABSENT: &str = "a key left out says nothing; one of a wrong type has been reported, and the file is refused";
const TAIL: &str = "the end of a sentence, left out when there is nothing to add";
const EMPTY: &str = "a name of the texts that is documented empty: they say it only when it is there";
const NO_FIX: &str = "no edit when there is none to propose";

/// A file of the library, how many defaults it takes, and why nothing blank is printed nor decided by them.
const ALLOWED: &[(&str, usize, &str)] = &[
    ("base/typography.rs", 4, SLICE),
    ("base/typography/words.rs", 1, SLICE),
    ("document/write/docx/revisions.rs", 1, "an attribute of the format, left out without a date"),
    ("document/write/layout.rs", 5, SLICE),
    ("document/write/markdown.rs", 3, SLICE),
    ("document/write/mod.rs", 2, SLICE),
    ("document/write/reread.rs", 2, "an element of XML that holds no text holds an empty one"),
    ("document/write/xlsx.rs", 2, "a remainder of 26 is a letter"),
    ("document/write/xml.rs", 1, SLICE),
    ("dossier/read.rs", 2, "a table left out says nothing"),
    ("dossier/read/choices.rs", 2, "the reasons left out are told by a finding"),
    ("dossier/read/lots.rs", 1, "a table left out says nothing"),
    ("dossier/tree.rs", 3, "the part and the clause of a value that has none"),
    ("existing/compare/align.rs", 5, SLICE),
    ("existing/compare/html.rs", 3, "a slice within its bounds; a line of which no effect is told"),
    ("existing/compare/json.rs", 1, "texts, integers and lists: writing them cannot fail"),
    ("existing/compare/redline.rs", 2, SLICE),
    ("existing/compare/report.rs", 5, TAIL),
    ("existing/compare/structure.rs", 2, "an article without a number, a row without a cell"),
    ("existing/compare/words.rs", 4, SLICE),
    ("existing/lock.rs", 2, "writing texts cannot fail, and every clause stamped comes from that library"),
    ("existing/compare/effect.rs", 1, SLICE),
    ("file/edit.rs", 1, "an edit that takes away has no value to show"),
    ("file/json.rs", 2, SLICE),
    ("file/reading.rs", 3, "a text that may be left out; a required one has been reported"),
    ("file/reading/report.rs", 7, SLICE),
    ("file/reading/syntax.rs", 2, SLICE),
    ("json/request.rs", 1, ABSENT),
    ("json/values.rs", 2, "a volume that cannot be computed has neither period nor steps"),
    ("law/ccag.rs", 2, ABSENT),
    ("law/file.rs", 3, "a source, a value or a key that may be absent"),
    ("law/in_force.rs", 1, "an id that is no article of four figures"),
    ("law/texts.rs", 1, ABSENT),
    ("library/clause/head.rs", 1, SLICE),
    ("library/clause/parameter.rs", 1, "what a preset leaves out"),
    ("library/clause/read.rs", 7, ABSENT),
    ("library/clause/read/nature.rs", 3, ABSENT),
    ("library/lint/citation.rs", 3, SLICE),
    ("library/lint/compile.rs", 1, "the compiler of the rules, at build time"),
    ("library/lint/lexicon.rs", 6, SLICE),
    ("library/lint/mod.rs", 7, SLICE),
    ("library/lint/pattern.rs", 4, SLICE),
    ("library/lint/rules.rs", 4, ABSENT),
    ("library/lint/text.rs", 11, SLICE),
    ("library/frame.rs", 1, "a column that is not there has been reported"),
    ("library/expression.rs", 6, SLICE),
    ("library/markup.rs", 2, "a text at fault has been refused, and a table without its rule is one"),
    ("library/markup/parser.rs", 6, SLICE),
    ("library/markup/text.rs", 1, SLICE),
    ("library/mod.rs", 2, "a file that cannot be read has its own problem"),
    ("library/embedded.rs", 2, "what the build script compressed is whole: its tests read every file"),
    ("library/prepared.rs", 4, "what was not prepared is parsed"),
    ("library/rich.rs", 7, SLICE),
    ("library/trame.rs", 5, ABSENT),
    ("render/assemble.rs", 2, "the usual layout"),
    ("render/values.rs", 1, EMPTY),
    ("render/values/everywhere.rs", 3, EMPTY),
    ("render/values/rows/penalties.rs", 1, TAIL),
    ("resolution/balance.rs", 1, TAIL),
    ("resolution/checks/cible_sous_plancher.rs", 1, TAIL),
    ("resolution/checks/clause_retiree.rs", 1, NO_FIX),
    ("resolution/checks/liaison_surplus_peu_cher.rs", 1, TAIL),
    ("resolution/checks/reservation_et_heures.rs", 1, NO_FIX),
    ("resolution/finding.rs", 1, "the first line of a manual"),
    ("resolution/liaisons.rs", 1, "a figure that a liaison has not: the note leaves its sentence out"),
    ("resolution/select.rs", 1, NO_FIX),
    ("resolution/select/criteria.rs", 1, NO_FIX),
    ("resolution/select/settings.rs", 2, "no edit, or no lot to name"),
    ("resolution/simulation.rs", 1, "documented: empty when the criterion has its own penalty"),
    ("resolve.rs", 1, "the usual layout"),
    ("render/values/rows/criteria.rs", 1, TAIL),
    ("resolution/grid.rs", 1, TAIL),
    ("resolution/facts/volume.rs", 1, TAIL),
];

/// What takes a default in silence.
const SILENT: [&str; 3] = ["unwrap_or_default()", "unwrap_or(false)", "unwrap_or(\"\")"];

/// How many defaults a source takes, comments left aside.
fn silent(source: &str) -> usize {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.map(|line| SILENT.iter().map(|word| line.matches(word).count()).sum::<usize>()).sum()
}

fn count(folder: &Path, prefix: &str, out: &mut BTreeMap<String, usize>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            count(&entry.path(), &path, out);
        } else if name.ends_with(".rs") {
            let found = silent(&fs::read_to_string(entry.path()).expect("a source"));
            out.extend((found > 0).then_some((path, found)));
        }
    }
}

#[test]
fn no_default_is_taken_in_silence() {
    let mut found = BTreeMap::new();
    count(&root().join("crates/clausier/src"), "", &mut found);
    let allowed: BTreeMap<String, usize> = ALLOWED.iter().map(|(file, most, _)| ((*file).to_owned(), *most)).collect();
    assert_eq!(allowed.len(), ALLOWED.len(), "a file is listed twice");
    assert!(ALLOWED.iter().all(|(.., why)| why.len() > 10), "a default has no reason");
    let unexplained: Vec<String> = found
        .iter()
        .map(|(file, many)| (file, *many, allowed.get(file).copied().unwrap_or(0)))
        .filter(|(_, many, most)| many > most)
        .map(|(file, many, most)| format!("{file} takes {many} defaults in silence, {most} have a reason"))
        .collect();
    assert_eq!(unexplained, [""; 0], "make each an error, a finding or a case");
    for (file, most) in &allowed {
        let many = found.get(file).copied().unwrap_or(0);
        assert!(many >= *most, "{file} takes {many} defaults: the list still allows {most}");
    }
}

#[test]
fn the_count_sees_a_default_and_passes_over_comments() {
    assert_eq!(silent("let a = b.unwrap_or_default();\n// c.unwrap_or(false)\nlet d = e.unwrap_or(\"\");"), 2);
}
