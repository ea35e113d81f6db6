//! A mixed dossier for every purchase family that no story tells: hours, an environmental clause and the liaison that ties
//! them, as the RC and the CCAP read. And every family has a liaison, or the reason why it has none.

use clausier::checks;
use clausier::clause::Clause;
use clausier::terms::{Kind, Mechanism, Status, Vocabulary};
use clausier::{Format, Library, Piece, Sample, write};
use clausier_tests::{consultation, stories, unstamped, visible};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The liaisons made for a family.
fn liaisons<'a>(library: &'a Library, family: &str) -> Vec<&'a Clause> {
    let made = |c: &&Clause| c.kind() == Kind::Liaison && c.status != Status::Retired;
    library.clauses().filter(made).filter(|c| c.families.iter().any(|f| f == family)).collect()
}

/// Families in which no task of a person in insertion carries out an environmental clause, and why.
const NONE: [(&str, &str); 1] = [(
    "gardiennage-securite",
    "the trade is regulated, and its environmental measures are rounds that every guard makes",
)];

#[test]
fn every_family_has_a_liaison_or_a_reason() {
    let library = Library::embedded();
    for family in library.legal().families() {
        let none = NONE.iter().any(|(id, _)| *id == &*family.id);
        assert_eq!(liaisons(library, &family.id).is_empty(), none, "{}", family.id);
    }
}

/// The families that no story tells, each with the liaison that its dossier shows: the least shown so far, so that the
/// families show as many as they can.
fn shown(library: &Library) -> Vec<(&str, &Clause)> {
    let stories = stories();
    let told = |family: &str| stories.iter().any(|(_, text)| text.contains(&format!("famille = \"{family}\"")));
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Vec::new();
    let tied = |family: &str| NONE.iter().all(|(id, _)| *id != family);
    for family in library.legal().families().filter(|family| !told(&family.id) && tied(&family.id)) {
        let liaison = liaisons(library, &family.id)
            .into_iter()
            .min_by_key(|c| uses.get(c.id.as_str()).copied().unwrap_or(0))
            .unwrap_or_else(|| panic!("{} has no liaison", family.id));
        *uses.entry(&liaison.id).or_default() += 1;
        out.push((&*family.id, liaison));
    }
    out
}

#[test]
fn a_family_without_a_story_reads_well() {
    let library = Library::embedded();
    for (family, liaison) in shown(library) {
        let sample = library.sample(&liaison.id, Sample::Usual).expect("a clause of the library");
        let first = liaison.families.first().expect("a family");
        let dossier = sample.replace(&format!("famille = \"{first}\""), &format!("famille = \"{family}\""));
        let consultation = consultation(family, &dossier);
        let documents = library.resolve(&consultation).documents(true).expect("a draft");
        let texts = documents.into_iter().filter(|d| matches!(d.piece, Piece::Rc | Piece::Ccap)).map(|mut document| {
            document.draft.clear();
            visible(unstamped(&String::from_utf8(write(&document, Format::Markdown)).expect("text")))
        });
        let text = texts.collect::<Vec<_>>().join("\n");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("famille-{family}"), text);
        });
    }
}

/// Each mechanism is seen at work: in a story or in the dossier of a family, and in a pair of dossiers of which a check remarks one
/// and lets the other pass.
#[test]
fn each_mechanism_is_told_and_checked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = Library::embedded().with_overlay(root.join("bibliotheque")).unwrap_or_else(|e| panic!("{e}"));
    let of_dossier = |text: &str| -> BTreeSet<Mechanism> {
        let chosen = library.clauses().filter(|clause| text.contains(&format!("[clause.{}]", clause.id)));
        chosen.filter_map(|clause| clause.link()).flat_map(|link| link.mechanisms.iter().copied()).collect()
    };
    let mut told: BTreeSet<Mechanism> = stories().iter().flat_map(|(_, text)| of_dossier(text)).collect();
    let families = shown(Library::embedded()).into_iter().filter_map(|(_, liaison)| liaison.link());
    told.extend(families.flat_map(|link| link.mechanisms.iter().copied()));
    let mut checked = BTreeSet::new();
    for info in checks::all() {
        let read = |end: &str| {
            fs::read_to_string(root.join(format!("dossiers/constats/{}{end}.toml", info.code))).expect("a dossier")
        };
        let (fires, silent) = (of_dossier(&read("")), of_dossier(&read(".ok")));
        checked.extend(fires.intersection(&silent).copied());
    }
    let lacking = |seen: &BTreeSet<Mechanism>| -> Vec<&str> {
        Mechanism::all().filter(|mechanism| !seen.contains(mechanism)).map(|mechanism| mechanism.word()).collect()
    };
    assert_eq!((lacking(&told), lacking(&checked)), (vec![], vec![]));
    assert!(stories().iter().any(|(_, text)| text.contains("\nprime = ")), "no story gives a premium");
    assert!(stories().iter().any(|(_, text)| text.contains("[clause.heures-ou-actions]")), "no story offers actions");
}
