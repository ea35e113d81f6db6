//! `lister`: the clauses of the library, filtered.

use crate::files;
use crate::terminal::{self, Ended, Failure, Outcome, columns};
use crate::{report, usage};
use clap::{Arg, ArgAction, ArgMatches, Command};
use clausier::Library;
use clausier::clause::Head;
use clausier::json;
use clausier::law::Family;
use clausier::terms::{Kind, Level, Status, Vocabulary as _};

pub(crate) fn declare() -> Command {
    let option = |id: &'static str, value: &'static str| Arg::new(id).long(id).value_name(value);
    Command::new("lister")
        .alias("list")
        .about("Liste les clauses de la bibliothèque [list]")
        .arg(option("nature", "NATURE").value_parser(usage::word::<Kind>).help(usage::words(Kind::WORDS)))
        .arg(
            option("famille", "FAMILLE")
                .help("Clauses qui conviennent à cette famille d’achat, par exemple bat-peinture"),
        )
        .arg(
            Arg::new("familles")
                .long("familles")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["nature", "famille", "niveau", "statut"])
                .help("Liste les familles d’achat ; avec --texte, celles que désignent ces mots ou ce code CPV"),
        )
        .arg(option("niveau", "NIVEAU").value_parser(usage::word::<Level>).help(usage::words(Level::WORDS)))
        .arg(option("statut", "STATUT").value_parser(usage::word::<Status>).help(usage::words(Status::WORDS)))
        .arg(option("texte", "MOT").help("Clauses dont le fichier contient ce mot, accents et majuscules indifférents"))
        .arg(usage::json_option())
        .arg(files::library_option())
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let library = files::library(matches)?;
    let family = matches.get_one::<String>("famille");
    if let Some(family) = family {
        known_family(&library, family)?;
    }
    let word = matches.get_one::<String>("texte").map(|word| folded(word));
    if matches.get_flag("familles") {
        let words = matches.get_one::<String>("texte").map_or("", String::as_str);
        let found = library.legal().families_named(words);
        let line = |family: &&Family| vec![family.id.to_string(), family.title.to_string()];
        terminal::print(columns("", &found.iter().map(line).collect::<Vec<_>>()).as_bytes())?;
        return Ok(Outcome::Fine);
    }
    let wanted = |clause: &&Head| {
        matches.get_one::<Kind>("nature").is_none_or(|kind| *kind == clause.kind)
            && matches.get_one::<Level>("niveau").is_none_or(|level| *level == clause.level)
            && matches.get_one::<Status>("statut").is_none_or(|status| *status == clause.status)
            && family.is_none_or(|family| clause.fits(family))
            && word.as_ref().is_none_or(|word| {
                library.source(&clause.id).is_some_and(|(_, source)| folded(source).contains(word.as_str()))
            })
    };
    let mut clauses: Vec<&Head> = library.heads().filter(wanted).collect();
    clauses.sort_by_key(|clause| Kind::all().position(|kind| kind == clause.kind));
    if usage::wants_json(matches) {
        let whole = clauses.iter().filter_map(|head| library.clause(&head.id));
        terminal::print(json::clauses(whole).as_bytes())?;
        return Ok(Outcome::Fine);
    }
    if clauses.is_empty() {
        terminal::tell(&report::plain("note", "aucune clause ne répond à ces critères", []));
    }
    let line = |clause: &&Head| {
        vec![
            clause.id.clone(),
            clause.kind.to_string(),
            clause.level.to_string(),
            clause.status.to_string(),
            clause.title.clone(),
        ]
    };
    terminal::print(columns("", &clauses.iter().map(line).collect::<Vec<_>>()).as_bytes())?;
    Ok(Outcome::Fine)
}

/// Refuses a purchase family that the register does not know.
pub(super) fn known_family(library: &Library, family: &str) -> Result<(), Failure> {
    let legal = library.legal();
    if legal.family(family).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = legal.families().map(|family| &*family.id).collect();
    let named =
        legal.families_named(family).into_iter().map(|family| &*family.id).take(3).collect::<Vec<_>>().join(", ");
    let otherwise = match named.as_str() {
        "" => format!("familles connues : {}", known.join(", ")),
        named => format!("ces mots désignent : {named}"),
    };
    let help = usage::near(family, known.iter().copied(), &otherwise);
    Err(Failure::new(format!("la famille d’achat « {family} » n’existe pas"), help))
}

/// In small letters without accents, and with plain apostrophes.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        '’' => '\'',
        c => c,
    };
    text.to_lowercase().replace('œ', "oe").chars().map(plain).collect()
}
