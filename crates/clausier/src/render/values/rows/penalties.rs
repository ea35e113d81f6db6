//! The table of penalties: the fact, its price, when it is recorded, what notice it takes, under which ceiling.

use super::{AssembleError, Row, Values, text};
use crate::base::quantity::{Euros, NBSP};
use crate::base::terms::Kind;
use crate::library::clause::{Penalty, PenaltyObject};
use crate::library::rich::Rich;
use crate::render::values::article;
use crate::resolution::facts::LinkFacts;
use crate::resolution::phrases::lot_title;
use crate::resolution::select::Selected;

impl<'a> Values<'_, 'a> {
    /// The rows of the table of penalties.
    pub(super) fn penalties(&self) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        let mut seen: Vec<(String, [Rich; 3])> = Vec::new();
        for selected in &self.facts.selection.clauses {
            for penalty in &selected.clause.penalties {
                let register = match (selected.clause.kind(), penalty.object) {
                    (Kind::Liaison, _) => "liaison",
                    (Kind::Social, _) => "insertion",
                    _ => "environnement",
                };
                // Without an hour of training, its tariff has no object.
                if penalty.object == PenaltyObject::Training && !self.trains(selected) {
                    continue;
                }
                let groups = self.grouped(selected, |lot| {
                    let (occasion, notice) = self.occasion(selected, lot, penalty)?;
                    let mut amount = self.amount(selected, lot, penalty);
                    amount.push_str(&format!(" par {}", penalty.unit));
                    Ok(([amount, occasion, notice], self.ceiling_of(selected, lot, penalty)))
                })?;
                for (lots, [amount, occasion, notice], ceiling) in groups {
                    let fact = self.fact(selected, penalty);
                    // Two liaisons of a lot at the same tariff have one row.
                    let told = [Rich::from(&fact), occasion.clone(), notice.clone()];
                    let known = (lot_title(&lots, self.facts.consultation), told);
                    if selected.clause.kind() == Kind::Liaison && seen.contains(&known) {
                        continue;
                    }
                    seen.push(known);
                    out.push(row!(self; [
                        ("occasion", text(occasion)),
                        ("lots", text(lot_title(&lots, self.facts.consultation))),
                        ("fait", text(fact)),
                        ("montant", text(amount)),
                        ("mise_en_demeure", text(notice)),
                        ("plafond", text(ceiling)),
                        ("registre", text(register)),
                    ]));
                }
            }
        }
        Ok(out)
    }

    /// What a penalty sanctions; a liaison says its title where another of the same lot has the same fact at another tariff.
    fn fact(&self, selected: &Selected<'a>, penalty: &Penalty) -> String {
        let tariff = |link: &LinkFacts<'a>| match penalty.object {
            PenaltyObject::LinkedHours => link.penalty_linked.clone(),
            _ => link.penalty_training.clone(),
        };
        let links = || self.facts.links.iter().filter(|link| link.assigned.is_some());
        let differs = |link: &LinkFacts<'a>| {
            let other = links().filter(|l| l.lot == link.lot && l.clause.id != link.clause.id).filter_map(tariff);
            tariff(link).is_some_and(|own| other.into_iter().any(|other| other.value != own.value))
        };
        if selected.clause.kind() == Kind::Liaison && links().any(|l| l.clause.id == selected.clause.id && differs(l)) {
            format!("{} ({})", penalty.fact, selected.clause.title)
        } else {
            penalty.fact.clone()
        }
    }

    /// The ceiling that covers a penalty: that of the liaisons of the lot for their four tariffs, the general one, or none for
    /// what a clause keeps out of it and for the points of a result that linked hours serve without a known ratio: nothing says
    /// what they cost to reach, a ceiling would make the rest free, and the target itself bounds them.
    fn ceiling_of(&self, selected: &Selected<'a>, lot: u32, penalty: &Penalty) -> Rich {
        let mut links = self.facts.links.iter().filter(|link| link.lot == lot && link.assigned.is_some());
        let of_liaisons = links.any(|link| match penalty.object {
            PenaltyObject::LinkedHours | PenaltyObject::Training => true,
            PenaltyObject::Hours => selected.clause.hours().is_some(),
            PenaltyObject::Result => {
                link.environment.id == selected.clause.id
                    && link.ratio.is_some()
                    && link.lacking() == Some(penalty.fact.as_str())
            }
            _ => false,
        });
        let mut links = self.facts.links.iter().filter(|link| link.lot == lot && link.assigned.is_some());
        let unmeasured = penalty.object == PenaltyObject::Result
            && penalty.unit.starts_with("point de")
            && links.any(|link| link.environment.id == selected.clause.id && link.ratio.is_none());
        match penalty.capped.unwrap_or(!unmeasured) {
            _ if of_liaisons => article("ccap.liaison-penalites"),
            true => "général".into(),
            false => "aucun".into(),
        }
    }

    /// The amount of a penalty: a parameter, or so many times an index, in euros too when the index is known at launch.
    fn amount(&self, selected: &Selected<'a>, lot: u32, penalty: &Penalty) -> Rich {
        let Some((id, times)) = &penalty.index else {
            return self.parameter(selected, lot, &penalty.amount).printed().into_owned();
        };
        let Some(index) = self.facts.law.legal().parameter(id) else { return Rich::missing(&**id) };
        let known = self.facts.law.parameter(id).ok().and_then(|value| value.euros());
        let euros = known.map(|unit| format!(" ({} au lancement)", Euros(&unit.0 * times))).unwrap_or_default();
        format!("{} fois le {}{euros}", times.french(2), index.title).into()
    }

    /// When a failure is recorded, and what notice it takes.
    fn occasion(&self, selected: &Selected<'a>, lot: u32, penalty: &Penalty) -> Result<(Rich, Rich), AssembleError> {
        let periods = self.facts.hours.get(&lot).and_then(|hours| hours.result.as_ref().ok());
        let by_period = periods.is_some_and(|result| result.per_period.len() > 1);
        let end = if by_period { "jusqu’à la fin de la période" } else { "jusqu’à la fin de l’exécution" };
        let dates = |anchor: &str| Rich::of(["aux dates de l’".into(), article(anchor)]);
        let (usual, notice) = match penalty.object {
            PenaltyObject::Hours if selected.clause.hours().is_some() => (dates("ccap.insertion-penalites"), end),
            PenaltyObject::Hours => ("à la fin de l’exécution".into(), ""),
            PenaltyObject::LinkedHours | PenaltyObject::Training => {
                let end = if by_period { end } else { "jusqu’à la fin des tâches liées" };
                (dates("ccap.liaison-dates"), end)
            }
            PenaltyObject::Absence => ("à chaque réunion".into(), ""),
            PenaltyObject::Document | PenaltyObject::Waste => ("à l’échéance de chacun".into(), ""),
            PenaltyObject::Result => (self.last_term(selected, lot, penalty)?, ""),
        };
        let own = || match selected.clause.parameter(&penalty.notice) {
            Some(_) => self.parameter(selected, lot, &penalty.notice).printed().into_owned(),
            None => penalty.notice.replace(' ', &NBSP.to_string()).into(),
        };
        let notice = match notice {
            "" if penalty.irreparable => "aucune : manquement irréparable".into(),
            "" => own(),
            notice => notice.into(),
        };
        Ok((if penalty.occasion.is_empty() { usual } else { Rich::from(&penalty.occasion) }, notice))
    }

    /// The last term of the frequency of the indicator that a penalty of the result follows: the one at which it is settled.
    fn last_term(&self, selected: &Selected<'a>, lot: u32, penalty: &Penalty) -> Result<Rich, AssembleError> {
        let results = selected.clause.penalties.iter().filter(|p| p.object == PenaltyObject::Result);
        let rank = results.into_iter().position(|p| p.fact == penalty.fact);
        let indicators = &selected.clause.indicators;
        // A result without an indicator of its own is settled with the first; without any, at the end.
        let Some(indicator) = rank.and_then(|rank| indicators.get(rank)).or(indicators.first()) else {
            return Ok("à la fin de l’exécution".into());
        };
        let names = self.bind(selected, lot, [&indicator.frequency]);
        let frequency = self.cell(selected.clause, &indicator.frequency, &names)?;
        Ok(settled_at(&frequency.after_last(" ; ").after_last(", puis ")))
    }

    /// True when a liaison has hours of training among its linked ones.
    fn trains(&self, selected: &Selected<'a>) -> bool {
        self.facts.links.iter().any(|link| link.clause.id == selected.clause.id && link.training.is_positive())
    }
}

/// A term of a frequency as the moment at which something is settled: « bilan chaque année » is « au bilan fait chaque
/// année ».
fn settled_at(term: &Rich) -> Rich {
    let made = |noun: &str, done: &str, at: &str| {
        let rest = term.lead().strip_prefix(noun)?.strip_prefix(' ')?;
        let done = if rest.starts_with("chaque") { format!(" {done}") } else { String::new() };
        Some(Rich::of([format!("{at} {noun}{done}").into(), term.without_first(noun)]))
    };
    let masculine = ["bilan", "total", "constat"].into_iter().find_map(|noun| made(noun, "fait", "au"));
    masculine.or_else(|| made("moyenne", "faite", "à la")).unwrap_or_else(|| term.clone())
}
