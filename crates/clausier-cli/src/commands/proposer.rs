//! `proposer`: what a dossier could choose, with the reasons, and a copy of the dossier with what is taken up.

use super::nouveau::{Starter, criterion_lines, parameter_line};
use crate::files::{self, ToWrite};
use crate::report;
use crate::terminal::{self, Ended, Failure, Outcome};
use crate::usage;
use clap::{Arg, ArgAction, ArgMatches, Command};
use clausier::json;
use clausier::terms::Kind;
use clausier::{Library, Resolved, Suggestion};
use std::collections::BTreeSet;
use std::path::PathBuf;

pub(crate) fn declare() -> Command {
    Command::new("proposer")
        .alias("suggest")
        .about("Propose des clauses, des critères et des liaisons pour un dossier, avec les raisons [suggest]")
        .arg(files::dossier_argument())
        .arg(usage::json_option().conflicts_with("ajouter"))
        .arg(
            Arg::new("ajouter")
                .long("ajouter")
                .value_name("ID")
                .value_delimiter(',')
                .num_args(1..)
                .requires("sortie")
                .help("Écrit une copie du dossier avec ces clauses, leurs questions en commentaires (avec -o)"),
        )
        .arg(
            Arg::new("tout")
                .long("tout")
                .action(ArgAction::SetTrue)
                .help("Montre tout ce qui convient, avec les raisons de chaque proposition"),
        )
        .arg(files::output_option("CHEMIN", "Copie du dossier à écrire").requires("ajouter"))
        .arg(files::overwrite_option())
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let resolved = library.resolve(&dossier.consultation);
    if usage::wants_json(matches) {
        terminal::print(json::suggestions(&resolved).as_bytes())?;
        return Ok(Outcome::Fine);
    }
    let suggestions = resolved.suggestions();
    let Some(ids) = matches.get_many::<String>("ajouter") else {
        terminal::print(page(&resolved, &suggestions, &dossier.consultation, matches.get_flag("tout")).as_bytes())?;
        return Ok(Outcome::Fine);
    };
    let ids: Vec<&str> = ids.map(String::as_str).collect();
    let text = with_clauses(&library, &dossier, &suggestions, &ids)?;
    if let Some(path) = matches.get_one::<PathBuf>("sortie") {
        let target = ToWrite { path: path.clone(), bytes: text.into_bytes() };
        files::write(&[target], None, matches.get_flag("ecraser"), Some(files::dossier_path(matches)))?;
    }
    Ok(Outcome::Fine)
}

/// How many clauses of a nature the page names, unless all are asked for.
const SHOWN: usize = 6;

/// What the law asks for and the dossier lacks, with the clauses among which to choose; then what is offered, a line each;
/// then the ways of carrying the social consideration.
fn page(
    resolved: &Resolved<'_>,
    suggestions: &[Suggestion],
    consultation: &clausier::Consultation,
    everything: bool,
) -> String {
    let mut out = String::new();
    let lots = |lots: &[u32]| match lots {
        _ if !consultation.has_lots() => String::new(),
        [one] => format!(" (lot {one})"),
        several => format!(" (lots {})", several.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")),
    };
    let most = if everything { usize::MAX } else { SHOWN };
    let duties = [
        (Kind::Environment, "Une condition d’exécution environnementale, au choix"),
        (Kind::Social, "Une condition d’exécution sociale, au choix"),
        (Kind::Criterion, "Un critère d’attribution environnemental, au choix"),
    ];
    let due = |kind: Kind| suggestions.iter().filter(move |s| s.due && s.kind == kind);
    if suggestions.iter().any(|s| s.due) {
        out += "Dû par la loi, et absent du dossier\n";
    }
    for (kind, title) in duties {
        let concerned: BTreeSet<u32> = due(kind).flat_map(|s| s.lots.iter().copied()).collect();
        if concerned.is_empty() {
            continue;
        }
        let concerned: Vec<u32> = concerned.into_iter().collect();
        out += &format!("  {title}{}\n", lots(&concerned));
        let all: Vec<&Suggestion> = due(kind).collect();
        for suggestion in all.iter().take(most) {
            let hours = suggestion.hours.as_ref().map(|hours| format!(" : {hours}")).unwrap_or_default();
            let here = if suggestion.lots == concerned { String::new() } else { lots(&suggestion.lots) };
            out += &format!("      {} – {}{here}{hours}\n", suggestion.id, suggestion.title);
        }
        out += &rest(all.len(), most);
    }
    if suggestions.iter().any(|s| s.due) {
        out.push('\n');
    }
    let offered = [
        (Kind::Liaison, "Liaisons possibles"),
        (Kind::Social, "Autres clauses sociales"),
        (Kind::Environment, "Autres clauses environnementales"),
        (Kind::Criterion, "Autres critères"),
    ];
    for (kind, title) in offered {
        let here: Vec<&Suggestion> = suggestions.iter().filter(|s| !s.due && s.kind == kind).collect();
        if here.is_empty() {
            continue;
        }
        out += &format!("{title}\n");
        for suggestion in here.iter().take(most) {
            let hours = suggestion.hours.as_ref().map(|hours| match suggestion.kind {
                Kind::Liaison => format!(", {hours} affectées"),
                _ => format!(", {hours}"),
            });
            let with = match suggestion.with.as_slice() {
                [] => String::new(),
                with => format!(", avec {}", with.join(", ")),
            };
            let hours = hours.unwrap_or_default();
            out += &format!("  {} – {}{}{hours}{with}\n", suggestion.id, suggestion.title, lots(&suggestion.lots));
            if everything {
                suggestion.reasons.iter().for_each(|reason| out += &format!("      {reason}\n"));
            }
        }
        out += &rest(here.len(), most);
        out.push('\n');
    }
    out += "Par quelle voie porter la considération sociale\n";
    for advice in resolved.advice() {
        if let Some(lot) = consultation.lots.get(&advice.lot) {
            let title = report::printable(&lot.title);
            out += &if consultation.has_lots() {
                format!("  Lot {} – {title}\n", advice.lot)
            } else {
                format!("  {title}\n")
            };
        }
        for (way, reason) in &advice.ways {
            out += &format!("      {} : {reason}\n", way.label());
        }
    }
    out
}

/// How many are left out of a list, and how to see them.
fn rest(all: usize, shown: usize) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        n => format!("      … et {n} de plus, avec les raisons de chacune : --tout\n"),
    }
}

/// The dossier with the clauses asked for at its end, each parameter under its question.
fn with_clauses(
    library: &Library,
    dossier: &files::Dossier,
    suggestions: &[Suggestion],
    ids: &[&str],
) -> Result<String, Failure> {
    let mut wanted: Vec<&str> = Vec::new();
    for id in ids {
        if library.clause(id).is_none() {
            let help = usage::near(id, library.ids(), "« clausier proposer » sans --ajouter les montre");
            return Err(Failure::new(format!("la clause « {id} » n’existe pas"), help));
        }
        if is_chosen(dossier, id) {
            terminal::tell(&report::plain("note", &format!("« {id} » est déjà dans le dossier"), []));
        }
        wanted.push(id);
        let with = suggestions.iter().find(|s| s.id == *id).map(|s| s.with.as_slice()).unwrap_or_default();
        wanted.extend(with.iter().map(String::as_str));
    }
    let mut out = Starter(dossier.text.trim_end().to_owned() + "\n");
    let mut done: Vec<&str> = Vec::new();
    for id in wanted {
        let known = is_chosen(dossier, id) || done.contains(&id);
        let Some(clause) = library.clause(id).filter(|_| !known) else { continue };
        done.push(id);
        out.0.push('\n');
        out.comment(&format!("{}. {}", clause.title, clause.why));
        if let Some(criterion) = clause.criterion() {
            let points = criterion.weight.0;
            let none = dossier.consultation.criteria.is_empty();
            if none && !out.0.contains("\n[critere") {
                out.line("[critere]", "poids en points, 100 en tout");
                criterion_lines(&mut out, clause, points, &[]);
            } else if clause.parameters.is_empty() {
                out.offered(&format!("{id} = {points}"), "à écrire dans [critere], en gardant 100 points");
            } else {
                out.offered(&format!("[critere.{id}]"), "en gardant 100 points");
                out.offered(&format!("poids = {points}"), "");
                clause.parameters.iter().for_each(|parameter| parameter_line(&mut out, parameter, None));
            }
            continue;
        }
        out.line(&format!("[clause.{id}]"), &clause.kind().to_string());
        let lots = suggestions.iter().find(|s| s.id == id).map(|s| s.lots.as_slice()).unwrap_or_default();
        if dossier.consultation.has_lots() && !lots.is_empty() {
            let list: Vec<String> = lots.iter().map(u32::to_string).collect();
            out.line(&format!("lots = [{}]", list.join(", ")), "");
        }
        clause.parameters.iter().for_each(|parameter| parameter_line(&mut out, parameter, None));
    }
    // The copy ends its lines as the dossier does.
    let windows = dossier.text.contains("\r\n");
    Ok(if windows { out.0.replace("\r\n", "\n").replace('\n', "\r\n") } else { out.0 })
}

/// True when the dossier names this clause or this criterion.
fn is_chosen(dossier: &files::Dossier, id: &str) -> bool {
    dossier.consultation.choice(id).is_some() || dossier.consultation.criteria.iter().any(|c| c.id == id)
}
