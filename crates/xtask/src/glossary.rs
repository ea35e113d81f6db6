//! The glossary: the words of the library (`glossaire.toml`), the structures and the eligible people of the register.

use crate::path;
use clausier::Library;
use std::fmt::Write as _;
use std::fs;
use toml::de::DeTable;

const TERMS: &str = "clauses/referentiel/glossaire.toml";

/// The page.
pub(crate) fn page(library: &Library) -> Result<String, String> {
    let mut out = String::from(
        "# Glossaire\n\nPage écrite par `cargo run -p xtask -- catalogue` d’après le référentiel : ne pas la corriger à la main.\n",
    );
    let mut table = |title: &str, head: &str, rows: Vec<[String; 2]>| {
        let _ = write!(out, "\n## {title}\n\n| {head} |\n| --- | --- |\n");
        for [word, meaning] in rows {
            let _ = writeln!(out, "| **{word}** | {} |", meaning.trim());
        }
    };
    table("Mots de la bibliothèque et des pièces", "mot | sens", terms()?);
    let legal = library.legal();
    let told = |said: &[&str], ids: &[Box<str>]| -> String {
        let cited = ids.iter().filter_map(|id| legal.text(id)).map(|text| text.citation());
        let said = said.iter().map(|text| text.trim_end_matches('.').to_owned()).filter(|text| !text.is_empty());
        let all: Vec<String> = said.chain(cited).collect();
        if all.is_empty() { "–".to_owned() } else { all.join(" ; ") }
    };
    let structures = legal.structures().map(|structure| {
        let name = if structure.name == structure.label { "" } else { &*structure.name };
        [structure.label.to_string(), told(&[name, &structure.note], &structure.texts)]
    });
    table("Structures", "sigle | nom, réserve, textes", structures.collect());
    let publics = legal.publics().map(|public| [public.label.to_string(), told(&[&public.condition], &public.texts)]);
    table("Personnes éligibles", "public | condition, textes", publics.collect());
    Ok(out)
}

/// The words of the library, in the order of their file, which is that of the alphabet.
fn terms() -> Result<Vec<[String; 2]>, String> {
    let source = fs::read_to_string(path(TERMS)).map_err(|e| format!("{TERMS} : {e}"))?;
    let root = DeTable::parse(&source).map_err(|e| format!("{TERMS} : {e}"))?;
    let rows = root.get_ref().get("terme").and_then(|terms| terms.get_ref().as_array());
    let row = |row: &toml::Spanned<toml::de::DeValue<'_>>| {
        let text = |key: &str| Some(row.get_ref().as_table()?.get(key)?.get_ref().as_str()?.to_owned());
        Some([text("mot")?, text("sens")?])
    };
    let wrong = || format!("{TERMS} : chaque [[terme]] a un mot et un sens");
    rows.into_iter().flatten().map(|term| row(term).ok_or_else(wrong)).collect()
}
