//! What a change of clause files moves: a page for a jurist, and the lines of the journal to complete.

use crate::path;
use clausier::existing::compare::{Changes, Kind, compare, review};
use clausier::{Consultation, Library, Sample};
use std::path::Path;
use std::process::Command;

/// Compares the clauses of a past state of the repository with those of today, on every story and on a sample of each
/// clause; writes the page.
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

fn compared(before: &Path, revision: &str, page: &Path) -> Result<String, String> {
    let old = Library::from_dir(before).map_err(|errors| {
        let first: Vec<String> = errors.to_string().lines().take(6).map(str::to_owned).collect();
        format!("les clauses de « {revision} » ne se lisent plus avec le programme d'aujourd'hui : prenez un état plus récent\n\n{}", first.join("\n"))
    })?;
    let new = Library::embedded();
    let mut journal = Vec::new();
    let mut remarks = Vec::new();
    let mut dossiers: Vec<(String, String)> = stories()?;
    for clause in new.clauses() {
        let id = clause.id.as_str();
        let text = |library: &Library| library.source(id).map(|(_, text)| text.to_owned());
        let known = old.clause(id).map(|old| old.version);
        match known {
            None => journal.push(format!("- `{id}` : clause nouvelle, version {}.", clause.version.iso())),
            Some(_) if text(&old) == text(new) => continue,
            Some(version) if version == clause.version => {
                remarks.push(format!("« {id} » : le texte change, sa version ({}) non.", version.iso()));
            }
            Some(_) => {}
        }
        if let Some(sample) = new.sample(id, Sample::Usual) {
            dossiers.push((format!("modèle de {id}"), sample));
        }
    }
    for gone in old.clauses().filter(|clause| new.clause(&clause.id).is_none()) {
        journal.push(format!("- `{}` : clause retirée.", gone.id));
    }
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
    let moved = changes.iter().filter(|(_, changes)| !changes.is_empty()).count();
    let mut out = format!("{moved} dossiers changent sur {} ; page : {}", changes.len(), page.display());
    if let Some(step) = step(&changes) {
        out += &format!("\nVersion de clausier : {step}.");
    }
    if !journal.is_empty() {
        out += &format!("\n\nProjet d’entrée du journal :\n\n{}", journal.join("\n"));
    }
    if remarks.is_empty() { Ok(out) } else { Err(format!("{out}\n\nÀ corriger :\n\n{}", remarks.join("\n"))) }
}

/// What the version of the library owes to these changes, as the guide of the clauses promises.
fn step(changes: &[(String, Changes)]) -> Option<&'static str> {
    let kinds = changes.iter().flat_map(|(_, changes)| changes.effects().into_keys());
    kinds
        .map(|kind| match kind {
            Kind::Wording | Kind::Identity | Kind::Place => (0, "correctif (des mots seulement)"),
            Kind::Number | Kind::Reference => (1, "mineure (un nombre ou un renvoi change)"),
            _ => (2, "majeure (ce qui est dû change)"),
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
