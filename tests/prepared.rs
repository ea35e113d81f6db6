//! What a program keeps of the library, read beforehand, is the library.

use clausier::{Consultation, Library};

#[test]
fn the_library_read_beforehand_is_the_library() {
    let bytes = Library::prepared();
    assert!(!Library::start_from(b"autre chose"), "bytes of something else are left aside");
    assert!(!Library::start_from(bytes.clone().leak().split_at(bytes.len() / 2).0), "half of them too");
    assert!(Library::start_from(bytes.clone().leak()));
    assert!(!Library::start_from(bytes.clone().leak()), "one start is enough");
    let ready = Library::embedded();
    // The same files, read from the disk and whole.
    let read = Library::from_dir(clausier_tests::root().join("clauses"));
    assert!(read.is_err(), "the register is always ours, so that this folder is refused for it alone");
    let folder = tempfile::tempdir().unwrap();
    for id in ready.ids() {
        let (file, source) = ready.source(id).unwrap();
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, source).unwrap();
    }
    let read = Library::from_dir(folder.path()).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(ready.ids().eq(read.ids()));
    for id in ready.ids() {
        let parts = |library: &Library| format!("{:#?}", library.clause(id));
        assert_eq!(parts(ready), parts(&read), "{id}");
    }
    assert!(ready.heads().eq(read.heads()));
    // What is always ours is read here from the same bytes: a register made from the files alone stands beside it.
    let register = std::fs::read_dir(clausier_tests::root().join("clauses/referentiel")).unwrap().flatten();
    let register: Vec<(String, String)> = register
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let law = clausier::Legal::from_sources(register).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(law.texts().eq(ready.legal().texts()));
    assert!(law.parameters().eq(ready.legal().parameters()));
    assert!(law.families().eq(ready.legal().families()));
    for (name, text) in clausier_tests::stories() {
        let consultation = Consultation::from_toml(&text).unwrap();
        let pieces = |library: &Library| format!("{:?}", library.resolve(&consultation).documents(true));
        assert_eq!(pieces(ready), pieces(&read), "{name}");
    }
    assert_eq!(bytes, Library::prepared(), "the same bytes each time");
}
