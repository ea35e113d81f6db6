//! The figures of the insertion hours and of the liaisons of a lot, and the general ceiling of penalties.

use super::*;

impl<'a> Values<'_, 'a> {
    /// A figure of the insertion hours of a lot.
    pub(super) fn hours(&self, lot: u32, name: &str) -> Option<Shown> {
        let hours = self.facts.hours.get(&lot);
        let result = hours.and_then(|hours| hours.result.as_ref().ok());
        let missing = || Rich::missing("Quel volume d’heures d’insertion ?");
        let figure =
            |figure: fn(&HoursResult) -> String| text(result.map_or_else(missing, |result| figure(result).into()));
        Some(match name {
            "heures" => match hours.zip(result) {
                Some((hours, result)) => text(volume(hours, result.rounded.to_string())),
                None => text(missing()),
            },
            "heures_jours" => figure(|result| plural(&result.equivalents.days, "jour", 1)),
            "heures_etp" => figure(|result| result.equivalents.fte.french(2)),
            "heures_periodes" => or_empty(result.map(|result| self.periods(lot, result))),
            "heures_estimatif" => Shown::from(hours.is_some_and(|hours| hours.estimated)),
            _ => return None,
        })
    }

    /// « 175 heures par période », « 425 heures pour la tranche ferme et 60 heures pour la tranche optionnelle 1 ».
    pub(super) fn periods(&self, lot: u32, result: &HoursResult) -> String {
        let lot = self.facts.consultation.lots.get(&lot).filter(|lot| !lot.tranches.is_empty());
        if let Some(lot) = lot {
            let tranches = self.facts.consultation.periods(lot);
            let parts = result.per_period.iter().zip(tranches);
            return enumeration(parts.map(|(hours, tranche)| format!("{hours} pour la {}", tranche.name)));
        }
        match result.per_period.as_slice() {
            [] | [_] => String::new(),
            [first, rest @ ..] if rest.iter().all(|h| h == first) => format!("{first} par période"),
            [head @ .., last] => {
                let same = head.windows(2).all(|w| w[0] == w[1]);
                match (same, head.first()) {
                    (true, Some(first)) => format!("{first} par période et {last} la dernière"),
                    _ => enumeration(result.per_period.iter().map(ToString::to_string)),
                }
            }
        }
    }

    /// A figure of a liaison on a lot; to confirm when one of the values from which it comes is.
    pub(super) fn link(&self, link: &LinkFacts<'a>, name: &str) -> Option<Shown> {
        Some(self.unconfirmed(link, name, self.link_figure(link, name)?))
    }

    /// The same figure, marked when one of the values from which it comes is still the library's own.
    pub(super) fn unconfirmed(&self, link: &LinkFacts<'a>, name: &str, found: Shown) -> Shown {
        let (liaison, measure) = (link.clause.id.as_str(), link.environment.id.as_str());
        let owed = || link.environment.penalties.iter().find(|p| p.object == PenaltyObject::Result);
        let sources: &[(&str, &str)] = match name {
            "heures_liees" => &[(liaison, "affectation")],
            "formation" => &[(liaison, "formation_heures"), (liaison, "formation_personnes")],
            "personnes" => &[(liaison, "formation_personnes")],
            "rapprochement" => &[(liaison, "ratio")],
            "quantite" => match link.environment.measure() {
                Some(name) => &[(measure, name)],
                None => &[],
            },
            "penalite_resultat" => &[(measure, owed().map_or("", |penalty| penalty.amount.as_str()))],
            _ => &[],
        };
        let printed = match &found {
            Shown::Text(printed) if !printed.is_empty() => Some(printed),
            _ => None,
        };
        let confirmed = |question: &str, printed: &Arc<Rich>| {
            Shown::Choice(Arc::new(confirm(question, Rich::clone(printed))), printed.plain().into())
        };
        let question = sources.iter().find_map(|(id, name)| self.question_left(id, link.lot, name));
        match (printed, question) {
            // What is reckoned from a default does not answer its question.
            (Some(printed), Some(question)) if matches!(name, "heures_liees" | "formation") => {
                let question = format!("{question} (le nombre imprimé s’en calcule)");
                confirmed(&question, printed)
            }
            (Some(printed), Some(question)) => confirmed(question, printed),
            _ => found,
        }
    }

    /// The question of a parameter whose value on a lot is still the library's own.
    fn question_left(&self, id: &str, lot: u32, name: &str) -> Option<&'a str> {
        let selected = self.facts.selection.get(id)?;
        match selected.setting(lot, name)? {
            Setting::Default(_) => selected.clause.parameter(name).map(|parameter| parameter.question.as_str()),
            _ => None,
        }
    }

    fn link_figure(&self, link: &LinkFacts<'a>, name: &str) -> Option<Shown> {
        let declared = link.clause.link();
        let training = Hours(link.training.clone());
        Some(match name {
            "heures" => or_empty(link.hours.as_ref()),
            "heures_liees" => or_empty(link.linked()),
            "formation" => or_empty(Some(training).filter(|hours| hours.0.is_positive())),
            "quantite" => or_empty(link.quantity.as_ref().map(show_quantity)),
            "manque" => or_empty(link.lacking()),
            "taches" => text(enumeration(declared?.tasks.iter().cloned())),
            "exclusions" => text(declared?.exclusions.join(" ; ")),
            // Only a draft is rendered without a ratio that its liaison needs.
            "rapprochement" => match (&link.ratio, link.clause.parameter("ratio")) {
                (None, Some(ratio)) if !ratio.optional => text(Rich::missing(&*ratio.question)),
                (ratio, _) => or_empty(ratio.as_ref().map(show_quantity)),
            },
            "plafond" => {
                let lot = self.liaisons.iter().find(|lot| lot.lot == link.lot);
                or_empty(lot.and_then(|lot| lot.duty.as_ref()?.ceiling.as_ref()))
            }
            "penalite_heure" => or_empty(link.penalty_hour.as_ref().map(|amount| per_unit(amount, "heure"))),
            "penalite_resultat" => or_empty(link.penalty_result.as_ref().map(|(amount, unit)| per_unit(amount, unit))),
            _ => return None,
        })
    }

    /// The general ceiling of penalties: what a clause gives, or the one that the register proposes, to be confirmed.
    pub(super) fn general_ceiling(&self) -> Shown {
        if let Some((selected, lot, _)) = self.facts.general_ceilings().into_iter().next() {
            return self.parameter(selected, lot, facts::CEILING);
        }
        let proposed = self.facts.law.parameter("plafond-penalites").ok();
        proposed.map_or_else(|| text(""), |value| text(confirm("Quel plafond pour les pénalités ?", value.to_string())))
    }
}

/// A volume of hours, marked when a factor of it comes from a usage that the buyer has not confirmed.
pub(super) fn volume(hours: &HoursFacts<'_>, printed: String) -> Rich {
    match hours.to_confirm {
        true => confirm("Quel volume d’heures, une fois ses facteurs confirmés ?", printed),
        false => printed.into(),
    }
}
