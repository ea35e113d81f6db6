//! The dated register of law: its content, its look-ups, what it refuses.

use clausier::legal::{Form, InForce, Legal, LegalError};
use clausier::quantity::Date;
use clausier::terms::{BuyerCategory, Ccag, Certainty, ContractForm, Nature, Regime, Vocabulary};
use std::collections::BTreeSet;
use std::path::Path;

/// The files of the register, as shipped.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../clauses/referentiel");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder of the register")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

fn register() -> Legal {
    Legal::from_sources(files()).unwrap_or_else(|errors| panic!("{errors}"))
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("no such day: {text}"))
}

/// No-break spaces made visible.
fn seen(text: &str) -> String {
    text.replace('\u{A0}', "⍽").replace('\u{202F}', "·")
}

#[test]
fn the_shipped_register_is_valid_and_large_enough() {
    let legal = register();
    let versions: usize = legal.texts().iter().map(|t| t.versions.len()).sum();
    let values: usize = legal.parameters().iter().map(|p| p.values.len()).sum();
    assert!(versions + values >= 110, "{versions} versions and {values} values");
}
