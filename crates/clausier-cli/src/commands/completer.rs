//! `completer`: a copy of the dossier where the factors of the hours and the penalties that it lacks are filled from the
//! usages, each marked to be confirmed. What only the buyer knows, a stock or a ratio, is left to him and named.

use crate::files::{self, ToWrite};
use crate::report;
use crate::terminal::{self, Ended, Outcome};
use clap::{ArgMatches, Command};
use clausier::clause::{Parameter, ParameterKind};
use clausier::consultation::Lot;
use clausier::law::Range;
use clausier::quantity::{Euros, FINE, NBSP, Number};
use clausier::{Consultation, Library};
use std::fmt::Display;
use std::path::PathBuf;

pub(crate) fn declare() -> Command {
    Command::new("completer")
        .alias("complete")
        .about("Remplit d’après les usages ce qui manque au dossier, facteurs et pénalités, à confirmer [complete]")
        .arg(files::dossier_argument())
        .arg(files::output_option("CHEMIN", "Copie du dossier à écrire ; sans elle, la copie est imprimée"))
        .arg(files::overwrite_option())
        .arg(files::library_option())
        .after_help("Exemple : clausier completer dossier.toml -o complet.toml")
}

pub(crate) fn run(matches: &ArgMatches) -> Ended {
    let dossier = files::dossier(matches)?;
    let library = files::library(matches)?;
    let completed = complete(&library, &dossier.consultation, &dossier.text);
    let bytes = completed.text.into_bytes();
    match matches.get_one::<PathBuf>("sortie") {
        None => terminal::print(&bytes)?,
        Some(path) => {
            let target = ToWrite { path: path.clone(), bytes };
            files::write(&[target], None, matches.get_flag("ecraser"), Some(files::dossier_path(matches)))?;
        }
    }
    let filled = match completed.filled {
        0 => "rien à compléter d’après les usages".to_owned(),
        1 => "1 valeur d’usage écrite, à confirmer".to_owned(),
        n => format!("{n} valeurs d’usage écrites, à confirmer"),
    };
    let left = completed.left.join(", ");
    terminal::tell(&report::plain("note", &filled, [("reste à donner", left.as_str())]));
    Ok(Outcome::Fine)
}

/// A dossier completed.
struct Completed {
    text: String,
    filled: usize,
    /// What no usage gives, by key path.
    left: Vec<String>,
}

fn complete(library: &Library, consultation: &Consultation, text: &str) -> Completed {
    let resolved = library.resolve(consultation);
    let mut copy = Copy { lines: text.lines().map(str::to_owned).collect(), filled: 0 };
    let mut left = Vec::new();
    for applied in resolved.clauses() {
        let clause = applied.clause;
        if clause.hours.is_some() {
            let lots = applied.lots.iter().filter_map(|lot| consultation.lots.get(lot));
            for lot in lots.filter(|lot| lot.labour.is_none()) {
                match library.legal().family(&lot.family) {
                    Some(family) => {
                        copy.write(&format!("lot.{}", lot.number), &factors(family), "usages de la famille")
                    }
                    None => left.push(format!("lot.{}.calcul", lot.number)),
                }
            }
        }
        let missing = |parameter: &&Parameter| {
            let said = format!("« {} » manque", parameter.name);
            let clause = format!("clause « {} »", clause.id);
            resolved
                .findings()
                .iter()
                .any(|f| f.code == "valeur-manquante" && f.message.starts_with(&said) && f.message.contains(&clause))
        };
        for parameter in clause.parameters.iter().filter(missing) {
            let lot = applied.lots.first().and_then(|lot| consultation.lots.get(lot));
            match usage(library, parameter, clause.hours.is_some(), lot) {
                Some((value, known)) => {
                    copy.write(&format!("clause.{}", clause.id), &format!("{} = \"{value}\"", parameter.name), &known);
                }
                None => left.push(format!("clause.{}.{}", clause.id, parameter.name)),
            }
        }
    }
    let mut text_out = copy.lines.join("\n") + "\n";
    if text.contains("\r\n") {
        text_out = text_out.replace('\n', "\r\n");
    }
    Completed { text: text_out, filled: copy.filled, left }
}

/// The usual value of a parameter as a dossier writes it, and the usage; `None` for what only the buyer knows.
fn usage(library: &Library, parameter: &Parameter, hours: bool, lot: Option<&Lot>) -> Option<(String, String)> {
    let inside = |number: &Number| {
        let bounds = parameter.bounds.as_ref();
        let bounds = bounds.and_then(|(low, high)| Some((low.number()?, high.number()?)));
        bounds.is_none_or(|(low, high)| low <= *number && *number <= high)
    };
    match parameter.kind {
        ParameterKind::Amount => {
            let (number, written) = first_number(&parameter.range, '€')?;
            inside(&number).then(|| (format!("{written} €"), parameter.range.clone()))
        }
        ParameterKind::Rate if hours => {
            let family = library.legal().family(&lot?.family)?;
            let usual = family.usual_rate.as_ref()?;
            inside(&usual.low.0).then(|| (plain(&usual.low), format!("{} dans la famille", between(usual))))
        }
        _ => None,
    }
}

/// The first number of a usage that is told in some unit (« 30 à 60 € par heure »): its value, and as it is written.
fn first_number(range: &str, unit: char) -> Option<(Number, String)> {
    let range = range.replace([FINE, NBSP], " ");
    let end = range.find(unit)?;
    let told = &range[..end];
    // Between the number and its unit, only another number may stand: « 1 à 1,5 % du montant, 200 € » is no amount of 1.
    if !told.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | 'à' | 'd' | 'e')) {
        return None;
    }
    let written: String =
        told.trim_start_matches("de ").chars().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | ',')).collect();
    let written = written.trim().to_owned();
    Some((Number::parse(&written).ok()?, written))
}

fn factors(family: &clausier::law::Family) -> String {
    let price = (&family.hourly_price.low.0 + &family.hourly_price.high.0).over(&Number::from_int(2));
    let price = Euros(price.unwrap_or_else(Number::zero));
    plain(format!("calcul = {{ main_oeuvre = \"{}\", prix_horaire = \"{price}/h\" }}", family.labour_default))
}

fn between<T: Display>(range: &Range<T>) -> String {
    plain(format!("{} à {}", range.low, range.high))
}

fn plain(text: impl Display) -> String {
    text.to_string().replace([FINE, NBSP], " ")
}

/// The copy being filled, line by line: nothing that the buyer wrote is touched.
struct Copy {
    lines: Vec<String>,
    filled: usize,
}

impl Copy {
    /// Writes a line in a table: in place of the line that waits for it in a comment, or under the header, or in a new table.
    fn write(&mut self, table: &str, code: &str, known: &str) {
        let line = format!("{code:<45} # À CONFIRMER : {known}");
        let header = self.lines.iter().position(|line| {
            let line = line.trim_start();
            line.strip_prefix('[').and_then(|rest| rest.split_once(']')).is_some_and(|(name, _)| name.trim() == table)
        });
        let Some(header) = header else {
            self.lines.extend([String::new(), format!("[{table}]"), line]);
            self.filled += 1;
            return;
        };
        let key = code.split(' ').next().unwrap_or_default();
        let end = self.lines[header + 1..].iter().position(|line| line.trim_start().starts_with('['));
        let end = end.map_or(self.lines.len(), |end| header + 1 + end);
        let waiting = self.lines[header..end].iter().position(|line| {
            let Some(offered) = line.trim_start().strip_prefix('#') else { return false };
            offered.trim_start().split_once('=').is_some_and(|(name, _)| name.trim() == key)
        });
        match waiting {
            Some(position) => self.lines[header + position] = line,
            None => self.lines.insert(header + 1, line),
        }
        self.filled += 1;
    }
}
