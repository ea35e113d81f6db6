//! Skeletons: a clause for a jurist, a check for an engineer.

use crate::path;
use clausier::terms::{Kind, Vocabulary};
use std::fs;
use std::fs::OpenOptions;
use std::io::Write;

fn new_file(relative: &str, text: &str) -> Result<(), String> {
    let file = OpenOptions::new().write(true).create_new(true).open(path(relative));
    let mut file = file.map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => format!("{relative} existe déjà"),
        _ => format!("{relative} : {e}"),
    })?;
    file.write_all(text.as_bytes()).map_err(|e| format!("{relative} : {e}"))
}

fn kebab(word: &str) -> bool {
    !word.is_empty()
        && !word.starts_with('-')
        && !word.ends_with('-')
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Writes the skeleton of a clause.
pub(crate) fn clause(kind: &str, id: &str) -> Result<String, String> {
    let Some(nature) = Kind::from_word(kind) else {
        return Err(format!("« {kind} » n’est pas une nature : social, environnement, liaison, critere"));
    };
    if !kebab(id) {
        return Err(format!("« {id} » n’est pas un id : minuscules sans accent, chiffres et tirets"));
    }
    let relative = format!("clauses/{kind}/{id}.toml");
    let body = match nature {
        Kind::Liaison => include_str!("squelettes/liaison.toml"),
        Kind::Criterion => include_str!("squelettes/critere.toml"),
        Kind::Social => include_str!("squelettes/social.toml"),
        _ => include_str!("squelettes/environnement.toml"),
    };
    new_file(&relative, &body.replace("ID", id))?;
    Ok(format!("{relative} est écrit. Pour le lire rendu : cargo run -- montrer {id} --apercu"))
}

/// Writes the skeleton of a check and puts it in the list.
pub(crate) fn check(code: &str) -> Result<String, String> {
    if !kebab(code) {
        return Err(format!("« {code} » n’est pas un code : minuscules sans accent, chiffres et tirets"));
    }
    let module = code.replace('-', "_");
    let list = "crates/clausier/src/resolution/checks/mod.rs";
    let text = fs::read_to_string(path(list)).map_err(|e| format!("{list} : {e}"))?;
    let text = insert_sorted(&text, "mod ", &format!("mod {module};"))
        .and_then(|text| insert_sorted(&text, "    &", &format!("    &{module}::CHECK,")))
        .ok_or_else(|| format!("{list} n’a plus la forme attendue"))?;
    let relative = format!("crates/clausier/src/resolution/checks/{module}.rs");
    new_file(&relative, &include_str!("squelettes/controle.rs.txt").replace("CODE", code))?;
    fs::write(path(list), text).map_err(|e| format!("{list} : {e}"))?;
    Ok(format!("{relative} est écrit et inscrit ; ajoutez ses deux dossiers, l’un où il parle, l’autre où il se tait"))
}

/// Inserts a line among the consecutive lines of a prefix, in order.
fn insert_sorted(text: &str, prefix: &str, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|l| l.starts_with(prefix) && l.ends_with([';', ',']))?;
    let end = first + lines[first..].iter().take_while(|l| l.starts_with(prefix)).count();
    let at = lines[first..end].iter().position(|l| *l > line).map_or(end, |i| first + i);
    lines.insert(at, line);
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_goes_to_its_place() {
        let text = "a\nmod b;\nmod d;\n\nz\n";
        assert_eq!(super::insert_sorted(text, "mod ", "mod c;").unwrap(), "a\nmod b;\nmod c;\nmod d;\n\nz\n");
        assert_eq!(super::insert_sorted(text, "mod ", "mod e;").unwrap(), "a\nmod b;\nmod d;\nmod e;\n\nz\n");
    }
}
