//! What a change of clause files moves: a page for a jurist, and the lines of the journal to complete.

use crate::path;
use clausier::clause::Clause;
use clausier::existing::compare::{Changes, Kind as Effect, compare, review};
use clausier::law::Family;
use clausier::quantity::Date;
use clausier::terms::Kind;
use clausier::{Consultation, Library, Sample};
use std::path::Path;
use std::process::Command;

/// Compares the clauses of a past state of the repository with those of today, on every story, on a dossier of each family
/// and on a sample of each clause that changes; writes the page.
pub(crate) fn run(revision: &str, page: &str) -> Result<String, String> {
    let folder = std::env::temp_dir().join(format!("clausier-revue-{}", std::process::id()));
    let past = past(revision, &folder);
    let done = past.and_then(|()| compared(&folder.join("clauses"), revision, Path::new(page)));
    let _ = std::fs::remove_dir_all(&folder);
    done
}

/// What a clause library holds; the register of law is always that of today.
const FILES: [&str; 6] = [
    "clauses/social",
    "clauses/environnement",
    "clauses/liaison",
    "clauses/critere",
    "clauses/trames",
    "clauses/referentiel/familles.toml",
];

/// The clauses of a revision, in a folder.
fn past(revision: &str, folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("git ou tar ne répond pas : {error}");
    std::fs::create_dir_all(folder).map_err(|error| format!("{} : {error}", folder.display()))?;
    let archive = folder.join("clauses.tar");
    let root = path("");
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["archive", "--output"]).arg(&archive).arg(revision).args(FILES);
    if !git.status().map_err(failed)?.success() {
        return Err(format!("« {revision} » n’est pas un état du dépôt qui a un répertoire clauses/"));
    }
    let mut tar = Command::new("tar");
    tar.arg("-xf").arg(&archive).arg("-C").arg(folder);
    tar.status().map_err(failed)?.success().then_some(()).ok_or_else(|| "tar n’a pas pu ouvrir l’archive".to_owned())
}

/// What moves between two libraries, clause by clause.
#[derive(Default)]
struct Moved {
    /// The lines of the journal that need no comparison: clauses that come or go.
    journal: Vec<String>,
    /// What breaks the promise of versions.
    remarks: Vec<String>,
    /// The clauses whose file changes, or that are new.
    clauses: Vec<String>,
    /// The latest version among them.
    day: Option<Date>,
}

fn moved(old: &Library, new: &Library) -> Moved {
    let mut out = Moved::default();
    for clause in new.clauses() {
        let id = clause.id.as_str();
        let text = |library: &Library| library.source(id).map(|(_, text)| text.to_owned());
        match old.clause(id).map(|old| old.version) {
            None => out.journal.push(format!("- `{id}` : clause nouvelle, version {}.", clause.version.iso())),
            Some(_) if text(old) == text(new) => continue,
            Some(version) if version == clause.version => {
                out.remarks.push(format!("« {id} » : le texte change, sa version ({}) non.", version.iso()));
            }
            Some(version) if version > clause.version => {
                let (was, is) = (version.iso(), clause.version.iso());
                out.remarks.push(format!("« {id} » : sa version recule, du {was} au {is}."));
            }
            Some(_) => {}
        }
        out.clauses.push(id.to_owned());
        out.day = out.day.max(Some(clause.version));
    }
    let gone = old.clauses().filter(|clause| new.clause(&clause.id).is_none());
    out.journal.extend(gone.map(|clause| format!("- `{}` : clause retirée.", clause.id)));
    out
}

/// A dossier of each family: its first liaison, with the clauses that it ties.
fn families(library: &Library) -> Vec<(String, String)> {
    let sample = |family: &Family| {
        let liaison = |clause: &&Clause| {
            clause.kind() == Kind::Liaison && clause.families.iter().any(|known| **known == *family.id)
        };
        let clause = library.clauses().find(liaison)?;
        let first = clause.families.first()?;
        let dossier = library.sample(&clause.id, Sample::Usual)?;
        let dossier = dossier.replace(&format!("famille = \"{first}\""), &format!("famille = \"{}\"", family.id));
        Some((format!("famille {}", family.id), dossier))
    };
    library.legal().families().filter_map(sample).collect()
}

fn compared(before: &Path, revision: &str, page: &Path) -> Result<String, String> {
    let old = Library::from_dir(before).map_err(|errors| {
        let first: Vec<String> = errors.to_string().lines().take(6).map(str::to_owned).collect();
        format!("les clauses de « {revision} » ne se lisent plus avec le programme d'aujourd'hui : prenez un état plus récent\n\n{}", first.join("\n"))
    })?;
    let new = Library::embedded();
    let Moved { mut journal, remarks, clauses, day } = moved(&old, new);
    let mut dossiers: Vec<(String, String)> = stories()?;
    dossiers.extend(families(new));
    let samples = clauses.iter().filter_map(|id| Some((format!("modèle de {id}"), new.sample(id, Sample::Usual)?)));
    dossiers.extend(samples);
    let mut changes: Vec<(String, Changes)> = Vec::new();
    for (name, text) in dossiers {
        let consultation = Consultation::from_toml(&text).map_err(|error| format!("{name} : {error}"))?;
        let found = compare(&old.resolve(&consultation), &new.resolve(&consultation));
        changes.push((name, found.map_err(|error| error.to_string())?));
    }
    for (name, found) in &changes {
        if let Some(id) = name.strip_prefix("modèle de ").filter(|_| !found.is_empty()) {
            journal.push(format!("- `{id}` : {}.", found.summary()));
        }
    }
    let html = review(&format!("Ce que changent les clauses depuis {revision}"), &changes, &remarks);
    std::fs::write(page, html).map_err(|error| format!("{} : {error}", page.display()))?;
    let changed: Vec<&str> =
        changes.iter().filter(|(_, found)| !found.is_empty()).map(|(name, _)| name.as_str()).collect();
    let verb = if changed.len() > 1 { "dossiers changent" } else { "dossier change" };
    let mut out = format!("{} {verb} sur {} ; page : {}", changed.len(), changes.len(), page.display());
    let step = step(&changes);
    if let Some(step) = step {
        out += &format!("\nVersion de clausier : {step}.");
    }
    if !journal.is_empty() || !changed.is_empty() {
        out += &format!("\n\nProjet d’entrée du journal :\n\n{}", entry(day, step, &journal, &changed));
    }
    if remarks.is_empty() { Ok(out) } else { Err(format!("{out}\n\nÀ corriger :\n\n{}", remarks.join("\n"))) }
}

/// An entry of the journal, to be completed by who knows why.
fn entry(day: Option<Date>, step: Option<&str>, lines: &[String], changed: &[&str]) -> String {
    let day = day.map_or_else(|| "AAAA-MM-JJ".to_owned(), Date::iso);
    let mut out =
        format!("## {day} – (titre à écrire)\n\n- **Nature** : {}.\n", step.unwrap_or("sans effet sur les pièces"));
    if !lines.is_empty() {
        out += "- **Clauses** :\n";
        out.extend(lines.iter().map(|line| format!("  {line}\n")));
    }
    let seen: Vec<&str> = changed.iter().copied().filter(|name| !name.starts_with("modèle de ")).collect();
    if !seen.is_empty() {
        out += &format!("- **Dossiers qui changent** : {}.\n", seen.join(", "));
    }
    out + "- **Pour l’acheteur** : (à écrire)\n- **Pourquoi** : (à écrire)"
}

/// What the version of the library owes to these changes, as the guide of the clauses promises.
fn step(changes: &[(String, Changes)]) -> Option<&'static str> {
    let kinds = changes.iter().flat_map(|(_, changes)| changes.effects().into_keys());
    kinds
        .map(|kind| match kind {
            Effect::Wording | Effect::Identity | Effect::Place => (0, "correctif (des mots seulement)"),
            Effect::Number | Effect::Reference => (1, "mineure (un nombre ou un renvoi change)"),
            _ => (2, "majeure (ce qui est dû ou noté change)"),
        })
        .max()
        .map(|(_, step)| step)
}

/// The stories: name and text of each dossier.
fn stories() -> Result<Vec<(String, String)>, String> {
    let folder = path("examples");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{} : {error}", folder.display()))?;
    let mut out = Vec::new();
    for entry in entries.flatten() {
        if let Ok(text) = std::fs::read_to_string(entry.path().join("dossier.toml")) {
            out.push((entry.file_name().to_string_lossy().into_owned(), text));
        }
    }
    out.sort();
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The clauses of today, one of them as it would have been.
    fn past(name: &str, change: impl Fn(String) -> String) -> Moved {
        let folder = std::env::temp_dir().join(format!("clausier-revue-essai-{name}-{}", std::process::id()));
        for file in FILES {
            let from = path(file);
            let files = if from.is_dir() {
                std::fs::read_dir(&from).expect("a folder").flatten().map(|entry| entry.path()).collect()
            } else {
                vec![from]
            };
            for from in files {
                let to = folder.join(from.strip_prefix(path("")).expect("inside"));
                std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
                let text = std::fs::read_to_string(&from).expect("a file");
                let text = if from.ends_with("social/heures-insertion.toml") { change(text) } else { text };
                std::fs::write(to, text).expect("written");
            }
        }
        let old = Library::from_dir(folder.join("clauses")).expect("a library");
        std::fs::remove_dir_all(&folder).expect("removed");
        moved(&old, Library::embedded())
    }

    /// The promise of versions: a text does not change under the same version, and a version never goes back.
    #[test]
    fn a_text_that_changes_changes_its_version() {
        let version = Library::embedded().clause("heures-insertion").expect("a clause").version.iso();
        let other = |text: String| text.replacen("titre = \"", "titre = \"Autrement : ", 1);
        let dated =
            |text: String, day: &str| text.replacen(&format!("version = {version}"), &format!("version = {day}"), 1);
        let same = past("same", |text| text);
        assert!(same.clauses.is_empty() && same.remarks.is_empty() && same.journal.is_empty());
        let unsaid = past("unsaid", other);
        assert_eq!(unsaid.remarks, [format!("« heures-insertion » : le texte change, sa version ({version}) non.")]);
        let said = past("said", |text| dated(other(text), "2020-01-01"));
        assert_eq!((said.clauses, said.remarks), (vec!["heures-insertion".to_owned()], Vec::new()));
        assert_eq!(said.day.map(Date::iso), Some(version.clone()));
        let back = past("back", |text| dated(text, "2999-01-01"));
        assert_eq!(back.remarks, [format!("« heures-insertion » : sa version recule, du 2999-01-01 au {version}.")]);
    }

    #[test]
    fn every_family_has_a_dossier() {
        let library = Library::embedded();
        let families = families(library);
        assert_eq!(families.len(), library.legal().families().count());
        for (name, text) in families {
            Consultation::from_toml(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    #[test]
    fn an_entry_of_the_journal_is_drafted() {
        let lines = ["- `x` : 1 pénalité 40 → 50 €.".to_owned()];
        let drafted = entry(Date::parse("2026-12-01"), Some("mineure"), &lines, &["ecole", "modèle de x"]);
        assert_eq!(
            drafted,
            "## 2026-12-01 – (titre à écrire)\n\n- **Nature** : mineure.\n- **Clauses** :\n  - `x` : 1 pénalité 40 → 50 €.\n\
             - **Dossiers qui changent** : ecole.\n- **Pour l’acheteur** : (à écrire)\n- **Pourquoi** : (à écrire)"
        );
    }
}
