//! What a program keeps of the library, read beforehand, is the library.

use clausier::{Consultation, Legal, Library};
use std::fs;
use std::path::Path;

/// The files of a folder of the library: name and text.
fn files(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(clausier_tests::root().join("clauses").join(folder)).unwrap().flatten();
    let files = entries.map(|entry| entry.path()).filter(|path| path.is_file());
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// Our clauses, parsed from copies of their files.
fn parsed() -> Library {
    let copy = tempfile::tempdir().unwrap();
    for folder in ["social", "environnement", "liaison", "critere"] {
        fs::create_dir(copy.path().join(folder)).unwrap();
        for (name, text) in files(folder) {
            fs::write(copy.path().join(folder).join(name), text).unwrap();
        }
    }
    Library::from_dir(copy.path()).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn the_library_read_beforehand_is_the_library() {
    // Everything that is parsed is parsed first: nothing has been read beforehand yet.
    let parsed = parsed();
    let bytes = Library::prepared();
    let kept = || bytes.clone().leak();
    assert!(!Library::start_from(b"autre chose"), "bytes of something else are left aside");
    assert!(!Library::start_from(kept().split_at(bytes.len() / 2).0), "half of them too");
    assert!(Library::start_from(kept()));
    assert!(!Library::start_from(kept()), "one start is enough");

    let ready = Library::embedded();
    assert!(ready.ids().eq(parsed.ids()));
    for id in ready.ids() {
        let clause = |library: &Library| format!("{:?}", library.clause(id));
        assert_eq!(clause(ready), clause(&parsed));
    }
    assert!(ready.heads().eq(parsed.heads()));
    let law = Legal::from_sources(files("referentiel")).unwrap_or_else(|errors| panic!("{errors}"));
    let legal = ready.legal();
    assert!(law.texts().eq(legal.texts()) && law.parameters().eq(legal.parameters()));
    assert!(law.concepts().eq(legal.concepts()) && law.families().eq(legal.families()));
    assert!(law.publics().eq(legal.publics()) && law.structures().eq(legal.structures()));
    assert!(law.sources().eq(legal.sources()) && law.derogations().eq(legal.derogations()));
    assert!(law.requirements().eq(legal.requirements()) && law.first_day() == legal.first_day());
    assert!((10..99).all(|n| law.division(&n.to_string()) == legal.division(&n.to_string())));
    for (name, text) in clausier_tests::stories().into_iter().take(3) {
        let consultation = Consultation::from_toml(&text).unwrap();
        let pieces = |library: &Library| format!("{:?}", library.resolve(&consultation).documents(true));
        assert_eq!(pieces(ready), pieces(&parsed), "{name}");
    }
    assert_eq!(bytes, Library::prepared(), "the same bytes each time");
}
