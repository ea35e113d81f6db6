//! A mixed dossier for every purchase family that no story tells: hours, an environmental clause and the liaison that ties
//! them, as the RC and the CCAP read. And every family has a liaison, or the reason why it has none.

use clausier::clause::Clause;
use clausier::terms::{Kind, Status};
use clausier::{Format, Library, Piece, Sample, write};
use clausier_tests::{consultation, stories, visible};
use std::collections::BTreeMap;

/// The liaisons made for a family.
fn liaisons<'a>(library: &'a Library, family: &str) -> Vec<&'a Clause> {
    let made = |c: &&Clause| c.kind == Kind::Liaison && c.status != Status::Retired;
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

#[test]
fn a_family_without_a_story_reads_well() {
    let library = Library::embedded();
    let stories = stories();
    let told = |family: &str| stories.iter().any(|(_, text)| text.contains(&format!("famille = \"{family}\"")));
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let tied = |family: &str| NONE.iter().all(|(id, _)| *id != family);
    for family in library.legal().families().filter(|family| !told(&family.id) && tied(&family.id)) {
        // The liaison least shown so far, so that the families show as many as they can.
        let liaison = liaisons(library, &family.id)
            .into_iter()
            .min_by_key(|c| uses.get(c.id.as_str()).copied().unwrap_or(0))
            .unwrap_or_else(|| panic!("{} has no liaison", family.id));
        *uses.entry(&liaison.id).or_default() += 1;
        let sample = library.sample(&liaison.id, Sample::Usual).expect("a clause of the library");
        let first = liaison.families.first().expect("a family");
        let dossier = sample.replace(&format!("famille = \"{first}\""), &format!("famille = \"{}\"", family.id));
        let consultation = consultation(&family.id, &dossier);
        let documents = library.resolve(&consultation).documents(true).expect("a draft");
        let texts = documents.into_iter().filter(|d| matches!(d.piece, Piece::Rc | Piece::Ccap)).map(|mut document| {
            document.draft.clear();
            visible(&String::from_utf8(write(&document, Format::Markdown)).expect("text"))
        });
        let text = texts.collect::<Vec<_>>().join("\n");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("famille-{}", family.id), text);
        });
    }
}
