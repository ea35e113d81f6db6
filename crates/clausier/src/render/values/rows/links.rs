//! The rows of the liaisons: what each ties, its ceilings, its tasks, what each side gains by it.

use super::*;
use crate::render::values::sourced;

impl<'a> Values<'_, 'a> {
    /// The title of a liaison, with its lot when the same liaison stands on several.
    pub(super) fn liaison_title(&self, link: &LinkFacts<'a>) -> String {
        let title = &link.clause.title;
        if self.facts.links.iter().filter(|l| l.clause.id == link.clause.id).count() > 1 {
            format!("{title} ({})", lot_forms(&[link.lot], self.facts.consultation)[0])
        } else {
            title.clone()
        }
    }

    /// The target of the result of a liaison, as its own indicator words it.
    fn result_target(&self, link: &LinkFacts<'a>) -> Result<Rich, AssembleError> {
        let found = link.clause.indicators.iter().find(|i| i.register == Register::Environment);
        let (Some(indicator), Some(selected)) = (found, self.facts.selection.get(&link.clause.id)) else {
            return Ok(Rich::default());
        };
        self.cell(link.clause, &indicator.target, &self.bind(selected, link.lot, [&indicator.target]))
    }

    pub(super) fn liaisons(&self) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        for link in &self.facts.links {
            // A liaison that serves several measures leaves the indicator of the result to the one that it ties here.
            let indicator = |register: Register| {
                let own = link.clause.indicators.iter().find(|i| i.register == register);
                let tied = || link.environment.indicators.first().filter(|_| register == Register::Environment);
                text(own.or_else(tied).map_or_else(|| Rich::missing("Quel indicateur ?"), |i| Rich::from(&i.name)))
            };
            let [_, _, of_lot, _] = lot_forms(&[link.lot], self.facts.consultation);
            let figure = |name| {
                let found = self.link(link, name).ok_or_else(|| AssembleError::Library {
                    file: link.clause.id.clone(),
                    message: format!("une liaison n’a pas de valeur « {name} »"),
                })?;
                Ok::<_, AssembleError>(self.figure(link.clause, crate::library::names::LIAISON, name, found))
            };
            let given = |name: &str, stands: bool| {
                let selected = self.facts.selection.get(&link.clause.id).filter(|_| stands);
                selected.map_or_else(|| text(""), |selected| self.parameter(selected, link.lot, name))
            };
            let people = text(if link.people.is_zero() { String::new() } else { link.people.french(0) });
            out.push(row!(self; [
                ("lots", text(lot_title(&[link.lot], self.facts.consultation))),
                ("du_lot", text(of_lot)),
                ("titre", text(self.liaison_title(link))),
                ("titre_seul", text(&link.clause.title)),
                ("affectation", given("affectation", link.assigned.is_some())),
                ("plafond_conversion", given("plafond_conversion", link.conversion.is_some())),
                ("indicateur_insertion", indicator(Register::Insertion)),
                ("indicateur_environnement", indicator(Register::Environment)),
                ("cible", text(self.result_target(link)?)),
                ("calculee", Shown::from(link.quantity.is_some() && link.ratio.is_some())),
                ("lot_reserve", or_empty(link.reserved_lot)),
                (
                    "service_reserve",
                    Shown::from(link.clause.link().is_some_and(|own| own.has(Mechanism::ReservedService))),
                ),
                ("prime", given(link::PREMIUM, link.premium.is_some())),
                ("personnes", self.unconfirmed(link, "personnes", people)),
                ("repere", or_empty(liaisons::landmark(link))),
                ("rythme", or_empty(balance::pace(link))),
                ("prix_propre", Shown::from(link.unit_price.is_some())),
                ("duree", or_empty(link.duration.as_ref().map(|(_, duration)| duration))),
                ("depart", or_empty(link.clause.link().and_then(|own| own.start.as_deref()))),
                ("saison", or_empty(link.clause.link().and_then(|own| own.season.as_deref()))),
                ("tiers_heures", text(self.thirds(link, link.linked().map(hours_of)))),
                ("tiers_quantite", text(self.thirds(link, link.quantity.clone()))),
                ("seuil_formation", or_empty(link.training_from())),
                ("heures", figure("heures")?),
                ("heures_liees", figure("heures_liees")?),
                ("formation", figure("formation")?),
                ("quantite", figure("quantite")?),
                ("manque", figure("manque")?),
                ("taches", figure("taches")?),
                ("exclusions", figure("exclusions")?),
                ("rapprochement", figure("rapprochement")?),
                ("plafond", figure("plafond")?),
                ("penalite_heure", figure("penalite_heure")?),
                ("penalite_resultat", figure("penalite_resultat")?),
            ]));
        }
        Ok(out)
    }

    /// « 6 puis 12 tonnes »: a third, then two thirds, rounded down; empty when the figure follows the orders, or stands by
    /// period.
    fn thirds(&self, link: &LinkFacts<'a>, whole: Option<Quantity>) -> String {
        let hours = self.facts.hours.get(&link.lot);
        let firm = hours.filter(|hours| !hours.estimated).and_then(|hours| hours.result.as_ref().ok());
        let (Some(whole), Some(_)) = (whole, firm.filter(|result| result.per_period.len() == 1)) else {
            return String::new();
        };
        let counted = self.facts.usages.as_ref().is_some_and(|usages| usages.countable(&whole.unit));
        let grain = Number::fraction(1, if counted { 1 } else { 10 });
        let part = |thirds: i64| {
            let exact = &whole.value * &Number::fraction(thirds, 3)?;
            let value =
                if whole.unit == "h" { exact.floor_to(&Number::from_int(1)) } else { exact.floor_to(grain.as_ref()?) };
            Some(Quantity { value, unit: whole.unit.clone() })
        };
        match (part(1), part(2)) {
            (Some(first), Some(second)) => format!("{} puis {second}", first.value.french(1)),
            _ => String::new(),
        }
    }

    pub(super) fn ceilings(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            let (Some(duty), Some(ceiling)) = (&lot.duty, &lot.ceiling) else { continue };
            let exposure = duty.exposure();
            let first = lot.tied.first().and_then(|tied| self.facts.selection.get(&tied.id));
            let parameter = first.and_then(|s| Some((s.clause, s.clause.parameter(link::CEILING)?)));
            let [form, _, of_lot, _] = lot_forms(&[lot.lot], self.facts.consultation);
            // The contract prints euros: the question says of which share, and what is taken from them first.
            let share = &ceiling.rate;
            let before = duty.ceiling.as_ref() != Some(&ceiling.amount);
            let deducted = if before { ", une fois le prix des unités déduit" } else { "" };
            let question = format!(
                "Les pénalités des liaisons sont-elles plafonnées à {share} du montant estimé {of_lot}{deducted} ?"
            );
            let printed = |value: String| match parameter {
                Some((clause, parameter)) => {
                    let printed = if ceiling.given { value.into() } else { confirm(&question, value) };
                    sourced(clause, parameter, printed)
                }
                None => value.into(),
            };
            out.push(row!(self; [
                ("lot", text(form)),
                ("du_lot", text(of_lot)),
                ("taux", text(printed(ceiling.rate.to_string()))),
                ("montant", text(ceiling.amount.to_string())),
                ("imprime", duty.ceiling.as_ref().map_or_else(|| text(""), |amount| text(printed(amount.to_string())))),
                ("avant", Shown::from(before)),
                ("exposition", text(exposure.to_string())),
                ("part", or_empty(exposure.0.over(&lot.amount.0).map(|part| liaisons::rounded(&Rate(part))))),
            ]));
        }
        out
    }

    /// What each liaison links and never links, once for all its lots.
    pub(super) fn linked_tasks(&self) -> Vec<Row> {
        let mut out: Vec<(&LinkFacts<'a>, Vec<u32>)> = Vec::new();
        for link in &self.facts.links {
            match out.iter_mut().find(|(known, _)| known.clause.id == link.clause.id) {
                Some((_, lots)) => lots.push(link.lot),
                None => out.push((link, vec![link.lot])),
            }
        }
        let row_of = |(link, lots): (&LinkFacts<'a>, Vec<u32>)| {
            let [_, _, of_lots, _] = lot_forms(&lots, self.facts.consultation);
            let figure = |name| {
                let found = self.link(link, name).unwrap_or_else(|| text(Rich::missing(name)));
                self.figure(link.clause, crate::library::names::LIAISON, name, found)
            };
            let reserved = link.clause.link().is_some_and(|own| own.has(Mechanism::ReservedService));
            row!(self; [
                ("titre", text(&link.clause.title)),
                ("du_lot", text(of_lots)),
                ("taches", figure("taches")),
                ("exclusions", figure("exclusions")),
                ("service_reserve", Shown::from(reserved)),
                ("sans_heures", Shown::from(link.assigned.is_none() && !reserved)),
            ])
        };
        out.into_iter().map(row_of).collect()
    }

    /// The reserved lots that receive what others hand over, each with those that do.
    pub(super) fn reserved_lots(&self) -> Vec<Row> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for link in &self.facts.links {
            let Some(reserved) = link.reserved_lot else { continue };
            let givers = groups.entry(reserved).or_default();
            if !givers.contains(&link.lot) {
                givers.push(link.lot);
            }
        }
        let row_of = |(reserved, givers): (u32, Vec<u32>)| {
            let [_, _, of_lots, _] = lot_forms(&givers, self.facts.consultation);
            row!(self; [
                ("lot_reserve", text(reserved.to_string())),
                ("des_lots", text(of_lots)),
                ("plusieurs", Shown::from(givers.len() > 1)),
            ])
        };
        groups.into_iter().map(row_of).collect()
    }

    pub(super) fn balances(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (link, bars) in self.drawn() {
            out.extend(bars.into_iter().map(|bar| {
                row!(self; [
                    ("lots", text(lot_title(&[link.lot], self.facts.consultation))),
                    ("titre", text(self.liaison_title(link))),
                    ("barre", text(bar.label)),
                    ("valeur", text(bar.total)),
                    ("parts", text(bar.words)),
                ])
            }));
        }
        out
    }

    /// The liaisons that compute, with the bars of each.
    fn drawn(&self) -> Vec<(&LinkFacts<'a>, Vec<balance::Drawn>)> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            for (id, figures, coherence) in lot.computed() {
                let Some(link) = self.facts.link_of(lot.lot, id) else { continue };
                out.push((link, balance::bars(link, &lot.hours, figures, coherence)));
            }
        }
        out
    }

    /// The bars that draw the rows of a set; none for a set that is only read.
    pub(crate) fn bars(&self, set: &str) -> Vec<Bar> {
        if set != "equilibres" {
            return Vec::new();
        }
        let several = self.facts.links.len() > 1;
        let mut out = Vec::new();
        for (link, bars) in self.drawn() {
            out.extend(bars.into_iter().map(|drawn| Bar {
                label: if several {
                    format!("{} – {} : {}", self.liaison_title(link), drawn.label, drawn.total)
                } else {
                    format!("{} : {}", drawn.label, drawn.total)
                },
                parts: drawn.parts.into_iter().map(|(label, width, strong)| BarPart { label, width, strong }).collect(),
                marks: drawn.marks.into_iter().map(|(label, at)| BarMark { label, at }).collect(),
            }));
        }
        out
    }

    pub(super) fn situations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            for situation in lot.situations() {
                let whole = |euros: &Euros| Euros(euros.0.floor_to(&Number::from_int(1))).to_string();
                let ratio =
                    |saved: &Euros| situation.ratio(saved).map_or_else(|| "–".to_owned(), |ratio| ratio.french(2));
                out.push(row!(self; [
                    ("lot", self.lot_cell(lot.lot)),
                    ("situation", text(situation.label)),
                    ("penalite", text(whole(&situation.penalty))),
                    ("perdu", text(whole(&situation.lost))),
                    ("epargne", text(situation.saved.each_ref().map(whole).join(" · "))),
                    ("rapport", text(situation.saved.each_ref().map(ratio).join(" · "))),
                ]));
            }
        }
        out
    }

    pub(super) fn coherences(&self) -> Vec<Row> {
        let rows = liaisons::rows(self.facts, self.liaisons, |lot| lot_title(&[lot], self.facts.consultation));
        rows.into_iter()
            .map(|row| Fields(row.into_iter().map(|(name, value)| (Cow::Borrowed(name), text(value))).collect()))
            .collect()
    }
}

/// Hours as a quantity.
fn hours_of(hours: Hours) -> Quantity {
    Quantity { value: hours.0, unit: "h".to_owned() }
}
