//! What the checks could look at in a dossier, what did not concern it, what could not be known.

use crate::base::quantity::Date;
use crate::base::terms::{ContractForm, Kind};
use crate::resolution::checks;
use crate::resolution::facts::Facts;

/// What an examination covered: a green light says no more than this.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scope {
    /// How many checks looked at the dossier.
    pub checks: usize,
    /// What they looked at, in French: lots, clauses, criteria.
    pub examined: String,
    /// The launch date, which fixes the law.
    pub launch: Date,
    /// The last reading of the register.
    pub register: Option<Date>,
    /// What the dossier has nothing of, in French.
    pub idle: Vec<String>,
    /// What could not be known, in French.
    pub unknown: Vec<String>,
    /// How many default values remain to be confirmed.
    pub to_confirm: usize,
}

/// The scope of the examination of a dossier.
pub(crate) fn scope(facts: &Facts<'_>) -> Scope {
    let consultation = facts.consultation;
    let none = |kind| facts.lots_with(kind).is_empty();
    let threshold = facts.duties.threshold.as_ref().map(|t| t.amount.to_string());
    let mut idle: Vec<String> = Vec::new();
    if !facts.duties.social && facts.duties.social_in_law && !facts.social_duty_is_doubtful() {
        idle.extend(threshold.map(|amount| format!("condition sociale imposée (sous {amount})")));
    }
    let absent = [
        (none(Kind::Liaison), "liaisons"),
        (consultation.lots.values().all(|lot| lot.reserved_to.is_empty()), "lots réservés"),
        (consultation.form != ContractForm::Framework, "accord-cadre"),
        (consultation.form != ContractForm::Concession, "concession"),
        (consultation.set_aside.is_none(), "clause sociale écartée"),
    ];
    idle.extend(absent.into_iter().filter(|(absent, _)| *absent).map(|(_, what)| what.to_owned()));
    let mut unknown: Vec<String> = Vec::new();
    if facts.duties.social_in_law && facts.duties.threshold.is_none() {
        let hangs =
            if facts.duties.energy_uncertain { ", dont dépendent la condition sociale et l’énergie" } else { "" };
        unknown.push(format!("le seuil européen de ce contrat{hangs}"));
    } else if facts.social_duty_is_doubtful() {
        unknown.push("si la condition sociale est due".to_owned());
    }
    if facts.duties.renewable {
        unknown.push("si les devoirs des contrats d’énergie renouvelable valent déjà".to_owned());
    }
    if consultation.criteria.is_empty() {
        unknown.push("les critères d’attribution, que le dossier ne donne pas".to_owned());
    }
    if consultation.cpv.is_empty() {
        unknown.push("le code CPV".to_owned());
    }
    let silent: Vec<u32> = consultation
        .lots
        .values()
        .filter(|lot| lot.labour.is_none() && facts.hours_clauses(lot.number).next().is_some())
        .map(|lot| lot.number)
        .collect();
    if !silent.is_empty() {
        unknown.push(format!("la main-d’œuvre pour {}", facts.the_lots(&silent)));
    }
    let count = |n: usize, one: &str, several: &str| format!("{n} {}", if n > 1 { several } else { one });
    let examined = [
        count(consultation.lots.len(), "lot", "lots"),
        count(facts.selection.clauses.len(), "clause", "clauses"),
        count(facts.selection.criteria.len(), "critère", "critères"),
    ];
    Scope {
        checks: checks::all().count(),
        examined: examined.join(", "),
        launch: consultation.launch,
        register: facts.library.legal().last_reading(),
        idle,
        unknown,
        to_confirm: facts.selection.all().map(|selected| selected.defaults().len()).sum::<usize>()
            + facts.unconfirmed_factors().count(),
    }
}
