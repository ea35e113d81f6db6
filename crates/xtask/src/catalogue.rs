//! The generated pages: the catalogue of clauses and checks, the glossary, the list of names in the clause guide, the manual of
//! the command and its completions.

use crate::{glossary, manual, path};
use clausier::clause::{Clause, ParameterKind};
use clausier::names;
use clausier::terms::{Kind, Piece, Status, Vocabulary};
use clausier::{Library, checks, lint};
use std::fmt::Write as _;
use std::fs;
use toml::de::DeTable;

const CATALOGUE: &str = "clauses/CATALOGUE.md";
const GUIDE: &str = "clauses/README.md";
/// What stands between these two lines of the guide is generated.
const MARKS: (&str, &str) = ("<!-- noms : début (cargo run -p xtask -- catalogue) -->", "<!-- noms : fin -->");

/// Writes the generated pages.
pub(crate) fn write() -> Result<String, String> {
    for (file, text) in pages()? {
        let file = path(&file);
        let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text));
        written.map_err(|e| format!("{} : {e}", file.display()))?;
    }
    Ok("Catalogue, glossaire, liste des noms, manuel et complétions écrits.".to_owned())
}

/// Checks that the generated pages are up to date.
pub(crate) fn check() -> Result<String, String> {
    for (file, text) in pages()? {
        if fs::read_to_string(path(&file)).unwrap_or_default() != text {
            return Err(format!("{file} n’est pas à jour : lancez « cargo run -p xtask -- catalogue »"));
        }
    }
    Ok("Catalogue, glossaire, liste des noms, manuel et complétions à jour.".to_owned())
}

fn pages() -> Result<Vec<(String, String)>, String> {
    let library = Library::embedded();
    library.validate().map_err(|e| e.to_string())?;
    rules(library)?;
    let guide = fs::read_to_string(path(GUIDE)).map_err(|e| format!("{GUIDE} : {e}"))?;
    let mut out = vec![
        (CATALOGUE.to_owned(), catalogue(library)?),
        (GUIDE.to_owned(), with_names(&guide)?),
        ("clauses/GLOSSAIRE.md".to_owned(), glossary::page(library)?),
    ];
    out.extend(manual::files()?);
    Ok(out)
}

/// Checks the rules of wording, which the library no longer reads.
fn rules(library: &Library) -> Result<(), String> {
    const FOLDER: &str = "clauses/referentiel";
    let words = fs::read_dir(path(FOLDER).join("lexique")).map_err(|e| format!("{FOLDER}/lexique : {e}"))?;
    let words = words.flatten().map(|entry| format!("lexique/{}", entry.file_name().to_string_lossy()));
    let mut names: Vec<String> = words.chain(["redaction.toml".to_owned()]).collect();
    names.sort();
    let read = |name: &String| fs::read_to_string(path(FOLDER).join(name)).map_err(|e| format!("{name} : {e}"));
    let texts = names.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let files = names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str()));
    lint::validate(files, library.legal()).map_err(|e| e.to_string())
}

/// Puts the list of names between its marks.
fn with_names(guide: &str) -> Result<String, String> {
    let missing = || format!("{GUIDE} : les deux lignes de repère de la liste des noms manquent");
    let (before, rest) = guide.split_once(MARKS.0).ok_or_else(missing)?;
    let (_, after) = rest.split_once(MARKS.1).ok_or_else(missing)?;
    let mut out = String::new();
    let mut table = |title: &str, list: &[names::Name], prefix: &str| {
        let _ = write!(out, "\n{title}\n\n| nom | ce qu’il vaut |\n| --- | --- |\n");
        for (name, meaning) in list {
            let _ = writeln!(out, "| `{prefix}{name}` | {meaning} |");
        }
    };
    table("Dans tout texte :", names::GLOBAL, "");
    table("Dans les sections d’une clause, avec ses propres paramètres :", names::SECTION, "");
    table("Dans une clause qui fixe des heures (`[heures]`) :", names::HOURS, "");
    table("Dans une liaison, avec `social.…` et `environnement.…` :", names::LIAISON, "");
    for (rows, meaning, fields) in names::ROWS {
        table(&format!("Dans une trame, lignes `pour = \"{rows}\"` ({meaning}) :"), fields, "ligne.");
    }
    Ok(format!("{before}{}\n{out}\n{}{after}", MARKS.0, MARKS.1))
}

fn catalogue(library: &Library) -> Result<String, String> {
    let mut out = String::from(
        "# Catalogue des clauses\n\nPage écrite par `cargo run -p xtask -- catalogue` : ne pas la corriger à la main.\n\
         Les mots sont expliqués au [glossaire](GLOSSAIRE.md).\n\n",
    );
    let clauses: Vec<&Clause> = library.clauses().filter(|c| c.status != Status::Retired).collect();
    let title = |kind: Kind| match kind {
        Kind::Social => "Clauses sociales",
        Kind::Environment => "Clauses environnementales",
        Kind::Liaison => "Liaisons",
        _ => "Critères d’attribution",
    };
    for kind in Kind::all() {
        let count = clauses.iter().filter(|c| c.kind() == kind).count();
        let _ = writeln!(out, "- [{}](#{}) : {count}", title(kind), anchor(title(kind)));
    }
    out.push_str("- [Par famille d’achat](#par-famille-dachat)\n- [Pièges du droit](#pièges-du-droit)\n- [Contrôles](#contrôles)\n");
    for kind in Kind::all() {
        let _ = write!(out, "\n## {}\n", title(kind));
        for clause in clauses.iter().filter(|c| c.kind() == kind) {
            one(&mut out, library, clause);
        }
    }
    by_family(&mut out, library, &clauses);
    traps(&mut out, library)?;
    out.push_str("\n## Contrôles\n\n| code | gravité | ce qu’il constate |\n| --- | --- | --- |\n");
    for check in checks::all() {
        let _ = writeln!(out, "| `{}` | {} | {} |", check.code, check.severity, cell(check.summary()));
    }
    Ok(out)
}

/// The anchor that a Markdown page gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('\n', " ")
}

fn one(out: &mut String, library: &Library, clause: &Clause) {
    let _ = write!(out, "\n### {}\n\n`{}`", clause.title, clause.id);
    let families = if clause.families.is_empty() { "toutes familles".to_owned() } else { clause.families.join(", ") };
    let pieces: Vec<&str> = clause.pieces().into_iter().map(Piece::label).collect();
    let _ = write!(out, " · niveau {} · {} · version {}", clause.level, clause.status, clause.version.iso());
    let _ = writeln!(
        out,
        " · {families}{}",
        if pieces.is_empty() { String::new() } else { format!(" · {}", pieces.join(", ")) }
    );
    let _ = writeln!(out, "\n{}", clause.why.trim());
    if let Some(link) = clause.link() {
        let mechanisms: Vec<&str> = link.mechanisms.iter().map(|m| m.word()).collect();
        let _ = writeln!(
            out,
            "\nLie {} à {} ; mécanismes : {}.",
            link.social.join(" ou "),
            link.environment.join(" ou "),
            mechanisms.join(", ")
        );
    }
    if !clause.parameters.is_empty() {
        out.push_str("\n| paramètre | type | par défaut | question |\n| --- | --- | --- | --- |\n");
        for parameter in &clause.parameters {
            let kind = match &parameter.kind {
                ParameterKind::Quantity(unit) | ParameterKind::Ratio(unit) => {
                    format!("{} ({unit})", parameter.kind.word())
                }
                other => other.word().to_owned(),
            };
            let default = match (&parameter.default, parameter.optional) {
                (Some(_), _) => parameter.default_text().unwrap_or_default(),
                (None, true) => "facultatif".to_owned(),
                (None, false) => "à donner".to_owned(),
            };
            let question = cell(&parameter.question);
            let _ = writeln!(out, "| `{}` | {kind} | {} | {question} |", parameter.name, cell(&default));
        }
    }
    let grounds: Vec<String> =
        clause.grounds.iter().filter_map(|id| library.legal().text(id).map(|t| t.citation())).collect();
    if !grounds.is_empty() {
        let _ = writeln!(out, "\nFondements : {}.", grounds.join(" ; "));
    }
}

/// What the program does of each trap of the law, of each requirement of the CCAG and of each derogation.
fn traps(out: &mut String, library: &Library) -> Result<(), String> {
    const FILE: &str = "clauses/referentiel/pieges.toml";
    let source = fs::read_to_string(path(FILE)).map_err(|e| format!("{FILE} : {e}"))?;
    let root = DeTable::parse(&source).map_err(|e| format!("{FILE} : {e}"))?;
    out.push_str("\n## Pièges du droit\n");
    let parts = [
        ("piege", "Soixante-quatre pièges où tomberait un outil négligent"),
        ("exigence", "Ce que les documents particuliers doivent dire sous un CCAG"),
        ("derogation", "Ce qui déroge à un CCAG"),
    ];
    for (key, title) in parts {
        let _ = write!(out, "\n{title} :\n\n| n° | règle | contrôles | comment |\n| --- | --- | --- | --- |\n");
        let rows = root.get_ref().get(key).and_then(|v| v.get_ref().as_array());
        for row in rows.into_iter().flat_map(|rows| rows.iter()).filter_map(|row| row.get_ref().as_table()) {
            let text = |key: &str| row.get(key).and_then(|v| v.get_ref().as_str()).unwrap_or_default();
            let number = row.get("numero").and_then(|v| v.get_ref().as_integer()).map(|n| n.as_str().to_owned());
            let codes = row.get("codes").and_then(|v| v.get_ref().as_array());
            let codes = codes.into_iter().flat_map(|codes| codes.iter()).filter_map(|code| code.get_ref().as_str());
            let mut answers: Vec<String> = codes.map(|code| format!("`{code}`")).collect();
            answers.extend(match text("autrement") {
                "" => None,
                "modele" => Some("impossible par construction".to_owned()),
                "chargement" => Some("refusé au chargement d’une clause".to_owned()),
                other => Some(other.to_owned()),
            });
            let number = number.unwrap_or_else(|| text("id").to_owned());
            // The register says what a requirement asks for and what a derogation does.
            let legal = library.legal();
            let required = legal.requirement(&number).map(|r| &*r.title);
            let rule = required.or_else(|| legal.derogation(&number).map(|d| &*d.clause)).unwrap_or_default();
            let _ = writeln!(
                out,
                "| {number} | {} | {} | {} |",
                cell(if rule.is_empty() { text("regle") } else { rule }),
                answers.join(", "),
                cell(text("comment"))
            );
        }
    }
    Ok(())
}

fn by_family(out: &mut String, library: &Library, clauses: &[&Clause]) {
    out.push_str("\n## Par famille d’achat\n");
    for family in library.legal().families() {
        let fitting: Vec<String> = clauses
            .iter()
            .filter(|c| c.families.iter().any(|f| **f == *family.id))
            .map(|c| format!("`{}`", c.id))
            .collect();
        if !fitting.is_empty() {
            let _ = write!(out, "\n**{}** (`{}`) : {}\n", family.title, family.id, fitting.join(", "));
        }
    }
}
