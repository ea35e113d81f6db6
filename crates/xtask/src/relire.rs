//! What a jurist has to read again: facts that nobody has confirmed, and facts read more than a year ago.

use clausier::law::{Form, Interval, Legal};
use clausier::quantity::Date;
use clausier::terms::Certainty;
use std::fmt::Write as _;

/// A fact of the register, as a line of the report.
struct Fact {
    id: String,
    name: String,
    interval: Interval,
    verified: Date,
    note: String,
}

/// The report at a date (« 2026-12-07 »).
pub(crate) fn run(date: &str) -> Result<String, String> {
    let date =
        Date::parse(date).ok_or_else(|| format!("« {date} » n’est pas une date : écrivez par exemple 2026-12-07"))?;
    let legal = register()?;
    let (open, old): (Vec<_>, Vec<_>) = facts(&legal)
        .filter(|(fact, certainty)| *certainty == Some(Certainty::ToVerify) || over_a_year(fact.verified, date))
        .partition(|(_, certainty)| *certainty == Some(Certainty::ToVerify));
    let mut out = String::new();
    section(&mut out, "À vérifier (ni cités, ni base d’un constat bloquant)", &open);
    section(&mut out, &format!("Relus plus d’un an avant le {date}"), &old);
    Ok(out.trim_end().to_owned())
}

fn section(out: &mut String, title: &str, facts: &[(Fact, Option<Certainty>)]) {
    let _ = writeln!(out, "{title} : {}", facts.len());
    for (fact, _) in facts {
        let until = fact.interval.until.map_or_else(String::new, |until| format!(" jusqu’au {until}"));
        let _ = writeln!(out, "  {} – {}", fact.id, fact.name);
        let _ = writeln!(out, "      depuis le {}{until} ; relu le {}", fact.interval.from, fact.verified);
        if !fact.note.is_empty() {
            let _ = writeln!(out, "      {}", fact.note);
        }
    }
}

fn facts(legal: &Legal) -> impl Iterator<Item = (Fact, Option<Certainty>)> {
    let texts = legal.texts().flat_map(|text| {
        text.versions.iter().map(|version| {
            let fact = Fact {
                id: text.id.to_string(),
                name: text.name.cite(Form::Full),
                interval: version.interval,
                verified: version.verified,
                note: version.note.to_string(),
            };
            (fact, Some(version.certainty))
        })
    });
    let values = legal.parameters().flat_map(|parameter| {
        parameter.values.iter().map(|value| {
            let fact = Fact {
                id: parameter.id.to_string(),
                name: format!("{} : {value}", parameter.title),
                interval: value.interval,
                verified: value.verified,
                note: value.note.to_string(),
            };
            (fact, value.certainty())
        })
    });
    texts.chain(values)
}

/// True when the day comes more than a year after the reading. ISO dates compare as texts.
fn over_a_year(verified: Date, date: Date) -> bool {
    let next_year = format!("{:04}{}", verified.year().saturating_add(1), &verified.iso()[4..]);
    next_year < date.iso()
}

/// The register of the working tree.
fn register() -> Result<Legal, String> {
    let folder = crate::path("clauses/referentiel");
    let unreadable = |error: std::io::Error| format!("le référentiel ne se lit pas : {error}");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        // The folders of the register hold words, not law.
        if path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, std::fs::read_to_string(&path).map_err(unreadable)?));
    }
    Legal::from_sources(files).map_err(|errors| errors.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_ages_in_a_year() {
        let day = |text| Date::parse(text).expect("a date");
        assert!(!over_a_year(day("2026-11-24"), day("2027-11-24")));
        assert!(over_a_year(day("2026-11-24"), day("2027-11-25")));
        assert!(over_a_year(day("2024-02-29"), day("2025-03-01")));
    }

    #[test]
    fn everything_is_old_after_a_year_and_little_is_open_before() {
        let before = run("2026-11-24").expect("a report");
        assert!(before.contains("Relus plus d’un an avant le 24\u{A0}novembre 2026 : 0"), "{before}");
        assert!(before.contains("ce-derichebourg"), "{before}");
        let after = run("2027-12-31").expect("a report");
        assert!(after.contains("ccp-l2112-2 – article\u{A0}L.\u{A0}2112-2 du code de la commande publique"), "{after}");
        assert!(run("2026-02-30").is_err());
    }
}
