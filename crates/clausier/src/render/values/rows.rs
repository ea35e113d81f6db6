//! The rows that a trame lists or tabulates, set by set.

mod criteria;

use super::{AssembleError, Shown, Values, or_empty, text};
use crate::base::quantity::{Euros, Hours, NBSP, Number, Quantity, Rate};
use crate::base::terms::*;
use crate::document::{Bar, BarMark, BarPart};
use crate::dossier::consultation::Lot;
use crate::law::{Form, TextInForce};
use crate::library::clause::{Clause, Penalty, PenaltyObject, Register, Text, link};
use crate::library::template::{Fields, fields, verbatim};
use crate::resolution::balance;
use crate::resolution::facts::LinkFacts;
use crate::resolution::liaisons;
use crate::resolution::phrases::{enumeration, fill_lots, lot_forms, lot_title, plain};
use crate::resolution::select::Selected;

/// The fields of a row.
type Row = Fields<&'static str>;

/// The lots that give the same cells, with the cells, and a last one that names its lots where they differ.
type Group<const N: usize> = (Vec<u32>, [String; N], String);

impl<'a> Values<'_, 'a> {
    /// Prepares the rows of a set.
    pub(super) fn prepare(&self, set: &str) -> Result<Vec<Row>, AssembleError> {
        Ok(match set {
            "volumes" => self.volumes(),
            "engagements" => self.commitments(|clause| clause.kind == Kind::Environment)?,
            "engagements_sociaux" => self.commitments(Clause::is_social_commitment)?,
            "penalites" => self.penalties()?,
            "liaisons" => self.liaisons()?,
            "plafonds" => self.ceilings(),
            "equilibres" => self.balances(),
            "situations" => self.situations(),
            "criteres" => self.criteria(),
            "poids" => self.weights(),
            "points-du-prix" => self.points(),
            "promesses" => self.promises(),
            "offres-inventees" => self.invented(),
            "valeurs" => self.engaged(false),
            "valeurs-propres" => self.engaged(true),
            "reservations" => self.reservations(),
            "calculs" => self.computations(),
            "coherences" => self.coherences(),
            "constats" => self.remarks(),
            "constats_acceptes" => self.accepted(),
            "ecartements" => self.set_aside(),
            "publics" => self.publics(),
            "vigilances" => self.vigilances(),
            "hypotheses" => self.hypotheses(),
            "fondements" => self.grounds(),
            _ => Vec::new(),
        })
    }

    fn has_lots(&self) -> bool {
        self.facts.consultation.has_lots()
    }

    fn lot_cell(&self, lot: u32) -> Shown {
        text(if self.has_lots() { lot.to_string() } else { "Marché".to_owned() })
    }

    fn volumes(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (number, hours) in &self.facts.hours {
            let (Ok(result), Some(lot)) = (&hours.result, self.facts.consultation.lots.get(number)) else { continue };
            let rule = result.invoice_rule.as_ref().filter(|_| hours.estimated).map(ToString::to_string);
            out.push(row([
                ("lot", self.lot_cell(*number)),
                ("intitule", text(verbatim(&lot.title))),
                (
                    "heures",
                    self.figure(
                        hours.clause,
                        crate::library::names::HOURS,
                        "heures",
                        text(self.volume(hours, result.rounded.to_string())),
                    ),
                ),
                ("jours", text(result.equivalents.days.french(1))),
                ("semaines", text(result.equivalents.weeks.french(1))),
                ("etp", text(result.equivalents.fte.french(2))),
                ("periodes", text(self.periods(*number, result))),
                ("estimatif", Shown::from(hours.estimated)),
                ("regle", text(rule.unwrap_or_default())),
            ]));
        }
        out
    }

    /// Renders one text of a clause.
    fn cell(&self, clause: &Clause, text: &Text, context: &Shown) -> Result<String, AssembleError> {
        self.render(|| clause.id.clone(), &clause.templates, text.template, context)
    }

    /// Groups the lots of a clause that give the same cells, where a last cell may differ by lot without parting them:
    /// « 60 % (lots 1 et 2) ; 50 % (lot 3) ».
    fn grouped<const N: usize>(
        &self,
        selected: &Selected<'a>,
        cells: impl Fn(u32) -> Result<([String; N], String), AssembleError>,
    ) -> Result<Vec<Group<N>>, AssembleError> {
        let mut groups: Vec<([String; N], Vec<(String, Vec<u32>)>)> = Vec::new();
        for lot in &selected.lots {
            let (common, last) = cells(*lot)?;
            let place = groups.iter().position(|(known, _)| *known == common).unwrap_or(groups.len());
            if place == groups.len() {
                groups.push((common, Vec::new()));
            }
            let lasts = &mut groups[place].1;
            match lasts.iter_mut().find(|(known, _)| *known == last) {
                Some((_, lots)) => lots.push(*lot),
                None => lasts.push((last, vec![*lot])),
            }
        }
        let consultation = self.facts.consultation;
        let out = groups.into_iter().map(|(common, lasts)| {
            let mut lots: Vec<u32> = lasts.iter().flat_map(|(_, lots)| lots.clone()).collect();
            lots.sort_unstable();
            let forms = lot_forms(&lots, consultation);
            let each = lasts.iter().map(|(last, lots)| {
                let forms = lot_forms(lots, consultation);
                let last = fill_lots(last, &forms);
                if lasts.len() > 1 { format!("{last} ({})", forms[0]) } else { last }
            });
            let last = each.collect::<Vec<_>>().join(" ; ");
            (lots, common.map(|cell| fill_lots(&cell, &forms)), last)
        });
        Ok(out.collect())
    }

    /// What some clauses commit to, indicator by indicator.
    fn commitments(&self, of: impl Fn(&Clause) -> bool) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        for selected in self.facts.selection.clauses.iter().filter(|s| of(s.clause)) {
            for indicator in &selected.clause.indicators {
                let duty = indicator.duty.as_ref().or(selected.clause.duty.as_ref());
                let texts = || duty.into_iter().chain([&indicator.target, &indicator.frequency]);
                let groups = self.grouped(selected, |lot| {
                    let context = fields(self.bind(selected, lot, texts().map(|text| text.template)));
                    let cell = |text| self.cell(selected.clause, text, &context);
                    // A clause that only restates the law has no duty of its own.
                    let duty = duty.map_or_else(|| Ok(indicator.name.clone()), cell)?;
                    Ok(([duty, cell(&indicator.frequency)?], cell(&indicator.target)?))
                })?;
                for (lots, [duty, frequency], target) in groups {
                    let unit = if indicator.unit.is_empty() { String::new() } else { format!(" ({})", indicator.unit) };
                    out.push(row([
                        ("lots", text(lot_title(&lots, self.facts.consultation))),
                        ("titre", text(&selected.clause.title)),
                        ("obligation", text(duty)),
                        ("indicateur", text(format!("{}{unit}", indicator.name))),
                        ("cible", text(target)),
                        ("preuves", text(enumeration(indicator.proofs.iter().cloned()))),
                        ("frequence", text(frequency)),
                        ("controle", text(&indicator.control)),
                    ]));
                }
            }
        }
        Ok(out)
    }

    fn penalties(&self) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        let mut seen: Vec<(String, String)> = Vec::new();
        for selected in &self.facts.selection.clauses {
            for penalty in &selected.clause.penalties {
                let register = match (selected.clause.kind, penalty.object) {
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
                    let amount = format!("{} par {}", self.amount(selected, lot, penalty), penalty.unit);
                    Ok(([amount, occasion, notice], self.ceiling_of(selected, lot, penalty)))
                })?;
                for (lots, [amount, occasion, notice], ceiling) in groups {
                    let fact = self.fact(selected, penalty);
                    // Two liaisons of a lot at the same tariff have one row.
                    let known = (lot_title(&lots, self.facts.consultation), format!("{fact}{occasion}{notice}"));
                    if selected.clause.kind == Kind::Liaison && seen.contains(&known) {
                        continue;
                    }
                    seen.push(known);
                    out.push(row([
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
        if selected.clause.kind == Kind::Liaison && links().any(|l| l.clause.id == selected.clause.id && differs(l)) {
            format!("{} ({})", penalty.fact, selected.clause.title)
        } else {
            penalty.fact.clone()
        }
    }

    /// The ceiling that covers a penalty: that of the liaisons of the lot for their four tariffs, the general one, or none.
    fn ceiling_of(&self, selected: &Selected<'a>, lot: u32, penalty: &Penalty) -> String {
        let mut links = self.facts.links.iter().filter(|link| link.lot == lot && link.assigned.is_some());
        let of_liaisons = links.any(|link| match penalty.object {
            PenaltyObject::LinkedHours | PenaltyObject::Training => true,
            PenaltyObject::Hours => selected.clause.hours.is_some(),
            PenaltyObject::Result => {
                link.environment.id == selected.clause.id
                    && link.ratio.is_some()
                    && link.lacking() == Some(penalty.fact.as_str())
            }
            _ => false,
        });
        let outside = matches!(penalty.object, PenaltyObject::Absence | PenaltyObject::Document);
        match penalty.capped.unwrap_or(!outside) {
            _ if of_liaisons => self.reference("ccap.liaison-penalites"),
            true if self.general_ceiling().as_str().is_some_and(|ceiling| !ceiling.is_empty()) => "général".to_owned(),
            _ => "aucun".to_owned(),
        }
    }

    /// The amount of a penalty: a parameter, or so many times an index, in euros too when the index is known at launch.
    fn amount(&self, selected: &Selected<'a>, lot: u32, penalty: &Penalty) -> String {
        let Some((id, times)) = &penalty.index else {
            return self.parameter(selected, lot, &penalty.amount).to_string();
        };
        let title = self.facts.law.legal().parameter(id).map(|p| p.title.to_string()).unwrap_or_default();
        let known = self.facts.law.parameter(id).ok().and_then(|value| value.euros());
        let euros = known.map(|unit| format!(" ({} au lancement)", Euros(&unit.0 * times))).unwrap_or_default();
        format!("{} fois le {title}{euros}", times.french(2))
    }

    /// When a failure is recorded, and what notice it takes.
    fn occasion(
        &self,
        selected: &Selected<'a>,
        lot: u32,
        penalty: &Penalty,
    ) -> Result<(String, String), AssembleError> {
        let periods = self.facts.hours.get(&lot).and_then(|hours| hours.result.as_ref().ok());
        let by_period = periods.is_some_and(|result| result.per_period.len() > 1);
        let end = if by_period { "jusqu’à la fin de la période" } else { "jusqu’à la fin de l’exécution" };
        let dates = |anchor: &str| format!("aux dates de l’{}", self.reference(anchor));
        let (usual, notice) = match penalty.object {
            PenaltyObject::Hours if selected.clause.hours.is_some() => {
                (dates("ccap.insertion-penalites"), end.to_owned())
            }
            PenaltyObject::Hours => ("à la fin de l’exécution".to_owned(), String::new()),
            PenaltyObject::LinkedHours | PenaltyObject::Training => {
                let end = if by_period { end } else { "jusqu’à la fin des tâches liées" };
                (dates("ccap.liaison-dates"), end.to_owned())
            }
            PenaltyObject::Absence => ("à chaque réunion".to_owned(), String::new()),
            PenaltyObject::Document | PenaltyObject::Waste => ("à l’échéance de chacun".to_owned(), String::new()),
            PenaltyObject::Result => (self.last_term(selected, lot, penalty)?, String::new()),
        };
        let own = || match selected.clause.parameter(&penalty.notice) {
            Some(_) => self.parameter(selected, lot, &penalty.notice).to_string(),
            None => penalty.notice.replace(' ', &NBSP.to_string()),
        };
        let notice = match notice {
            notice if !notice.is_empty() => notice,
            _ if penalty.irreparable => "aucune : manquement irréparable".to_owned(),
            _ => own(),
        };
        Ok((if penalty.occasion.is_empty() { usual } else { penalty.occasion.clone() }, notice))
    }

    /// The last term of the frequency of the indicator that a penalty of the result follows: the one at which it is settled.
    fn last_term(&self, selected: &Selected<'a>, lot: u32, penalty: &Penalty) -> Result<String, AssembleError> {
        let results = selected.clause.penalties.iter().filter(|p| p.object == PenaltyObject::Result);
        let rank = results.into_iter().position(|p| p.fact == penalty.fact).unwrap_or_default();
        let indicators = &selected.clause.indicators;
        let Some(indicator) = indicators.get(rank).or(indicators.first()) else { return Ok(String::new()) };
        let context = fields(self.bind(selected, lot, [indicator.frequency.template]));
        let frequency = self.cell(selected.clause, &indicator.frequency, &context)?;
        let last = frequency.rsplit(" ; ").next().unwrap_or_default();
        Ok(settled_at(last.rsplit(", puis ").next().unwrap_or_default()))
    }

    /// True when a liaison has hours of training among its linked ones.
    fn trains(&self, selected: &Selected<'a>) -> bool {
        self.facts.links.iter().any(|link| link.clause.id == selected.clause.id && link.training.is_positive())
    }

    /// The title of a liaison, with its lot when the same liaison stands on several.
    fn liaison_title(&self, link: &LinkFacts<'a>) -> String {
        let title = &link.clause.title;
        if self.facts.links.iter().filter(|l| l.clause.id == link.clause.id).count() > 1 {
            format!("{title} ({})", lot_forms(&[link.lot], self.facts.consultation)[0])
        } else {
            title.clone()
        }
    }

    /// The target of the result of a liaison, as its own indicator words it.
    fn result_target(&self, link: &LinkFacts<'a>) -> Result<String, AssembleError> {
        let found = link.clause.indicators.iter().find(|i| i.register == Register::Environment);
        let (Some(indicator), Some(selected)) = (found, self.facts.selection.get(&link.clause.id)) else {
            return Ok(String::new());
        };
        let context = fields(self.bind(selected, link.lot, [indicator.target.template]));
        self.cell(link.clause, &indicator.target, &context)
    }

    fn liaisons(&self) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        for link in &self.facts.links {
            let indicator = |register: Register| {
                let found = link.clause.indicators.iter().find(|i| i.register == register);
                text(found.map(|i| i.name.clone()).unwrap_or_default())
            };
            let [_, _, of_lot, _] = lot_forms(&[link.lot], self.facts.consultation);
            let figure = |name| {
                self.figure(
                    link.clause,
                    crate::library::names::LIAISON,
                    name,
                    self.link(link, name).unwrap_or_default(),
                )
            };
            out.push(row([
                ("lots", text(lot_title(&[link.lot], self.facts.consultation))),
                ("du_lot", text(of_lot)),
                ("titre", text(self.liaison_title(link))),
                ("titre_seul", text(&link.clause.title)),
                ("affectation", or_empty(link.assigned.as_ref())),
                ("plafond_conversion", or_empty(link.conversion.as_ref())),
                ("indicateur_insertion", indicator(Register::Insertion)),
                ("indicateur_environnement", indicator(Register::Environment)),
                ("cible", text(self.result_target(link)?)),
                ("calculee", Shown::from(link.quantity.is_some() && link.ratio.is_some())),
                ("lot_reserve", or_empty(link.reserved_lot)),
                ("prime", or_empty(link.premium.as_ref())),
                ("personnes", text(if link.people.is_zero() { String::new() } else { link.people.french(0) })),
                ("repere", text(liaisons::landmark(link).unwrap_or_default())),
                ("rythme", text(balance::pace(link).unwrap_or_default())),
                ("prix_propre", Shown::from(link.unit_price.is_some())),
                ("duree", or_empty(link.duration.as_ref().map(|(_, duration)| duration))),
                ("tiers_heures", text(self.thirds(link, link.linked().map(hours_of)))),
                ("tiers_quantite", text(self.thirds(link, link.quantity.clone()))),
                ("heures", figure("heures")),
                ("heures_liees", figure("heures_liees")),
                ("formation", figure("formation")),
                ("quantite", figure("quantite")),
                ("manque", figure("manque")),
                ("taches", figure("taches")),
                ("exclusions", figure("exclusions")),
                ("rapprochement", figure("rapprochement")),
                ("plafond", figure("plafond")),
                ("penalite_heure", figure("penalite_heure")),
                ("penalite_resultat", figure("penalite_resultat")),
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
        let grain = Number::fraction(1, if liaisons::countable(&whole.unit) { 1 } else { 10 });
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

    fn ceilings(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            let (Some(duty), Some(ceiling)) = (&lot.duty, &lot.ceiling) else { continue };
            let exposure = duty.exposure();
            let first = lot.tied.first().and_then(|tied| self.facts.selection.get(&tied.id));
            let parameter = first.and_then(|s| Some((s.clause, s.clause.parameter(link::CEILING)?)));
            let printed = |value: String| match parameter {
                Some((clause, parameter)) => {
                    let printed = if ceiling.given { value } else { self.confirm(&parameter.question, &value) };
                    self.sourced(clause, &parameter.name, &printed)
                }
                None => value,
            };
            let [form, _, of_lot, _] = lot_forms(&[lot.lot], self.facts.consultation);
            out.push(row([
                ("lot", text(form)),
                ("du_lot", text(of_lot)),
                ("taux", text(printed(ceiling.rate.to_string()))),
                ("montant", text(ceiling.amount.to_string())),
                ("imprime", or_empty(duty.ceiling.as_ref().map(|amount| printed(amount.to_string())))),
                ("avant", Shown::from(duty.ceiling.as_ref() != Some(&ceiling.amount))),
                ("exposition", text(exposure.to_string())),
                ("part", or_empty(exposure.0.over(&lot.amount.0).map(|part| liaisons::rounded(&Rate(part))))),
            ]));
        }
        out
    }

    fn balances(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (link, bars) in self.drawn() {
            out.extend(bars.into_iter().map(|bar| {
                row([
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

    fn situations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for lot in self.liaisons {
            for situation in lot.situations() {
                let whole = |euros: &Euros| Euros(euros.0.floor_to(&Number::from_int(1))).to_string();
                let ratio =
                    |saved: &Euros| situation.ratio(saved).map_or_else(|| "–".to_owned(), |ratio| ratio.french(2));
                out.push(row([
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

    fn coherences(&self) -> Vec<Row> {
        let rows = liaisons::rows(self.facts, self.liaisons, |lot| lot_title(&[lot], self.facts.consultation));
        rows.into_iter().map(|row| Fields(row.into_iter().map(|(name, value)| (name, text(value))).collect())).collect()
    }

    fn reservations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        let share = self.facts.law.parameter("part-reservee").map(ToString::to_string).unwrap_or_default();
        for lot in self.facts.consultation.lots.values().filter(|lot| !lot.reserved_to.is_empty()) {
            let who: Vec<&str> = lot
                .reserved_to
                .iter()
                .map(|reserved| match reserved {
                    ReservedTo::Disability => {
                        "entreprises adaptées et établissements et services d’accompagnement par le travail"
                    }
                    ReservedTo::Insertion => "structures d’insertion par l’activité économique",
                    ReservedTo::Prison => "opérateurs économiques employant des personnes détenues",
                    ReservedTo::SocialEconomy => "entreprises de l’économie sociale et solidaire",
                })
                .collect();
            let ids: Vec<&str> = lot.reserved_to.iter().filter_map(|kind| self.facts.law.reservation(*kind)).collect();
            // Only a draft gets here without a ground: the finding that blocks the piece says why.
            let ground = match self.facts.law.cite(&ids, Form::Full) {
                Ok(cited) if !ids.is_empty() => cited,
                _ => "sans base légale à cette date".to_owned(),
            };
            // The share of workers concerned is a rule of the other reservations only.
            let social_economy = lot.reserved_to == [ReservedTo::SocialEconomy];
            out.push(row([
                ("lot", self.lot_cell(lot.number)),
                ("intitule", text(verbatim(&lot.title))),
                ("beneficiaires", text(who.join(" ; "))),
                ("fondement", text(ground)),
                ("part", text(if social_economy { "" } else { share.as_str() })),
            ]));
        }
        out
    }

    fn computations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (lot, hours) in &self.facts.hours {
            let Ok(result) = &hours.result else { continue };
            for step in &result.steps {
                out.push(row([
                    ("lot", self.lot_cell(*lot)),
                    ("etape", text(&step.label)),
                    ("valeur", text(&step.value)),
                    ("source", text(&step.source)),
                ]));
            }
        }
        out
    }

    fn remarks(&self) -> Vec<Row> {
        let findings = self.findings.iter();
        let rows = findings.map(|finding| {
            row([
                ("code", text(finding.code)),
                ("gravite", text(finding.severity.word())),
                ("message", text(&finding.message)),
                ("aide", text(&finding.help)),
            ])
        });
        rows.collect()
    }

    fn accepted(&self) -> Vec<Row> {
        let rows = self.findings.accepted().map(|(finding, reason)| {
            row([("code", text(finding.code)), ("message", text(&finding.message)), ("raison", text(verbatim(reason)))])
        });
        rows.collect()
    }

    fn set_aside(&self) -> Vec<Row> {
        let Some(choice) = &self.facts.consultation.set_aside else { return Vec::new() };
        let all: Vec<u32> = self.facts.consultation.lots.keys().copied().collect();
        let reason = match choice.reason {
            Some(SetAside::ImmediateSolution) => "besoin satisfait par une solution immédiatement disponible",
            Some(SetAside::NoLink) => "pas de lien suffisant possible avec l’objet du marché",
            Some(SetAside::Competition) => {
                "concurrence restreinte ou exécution techniquement ou économiquement difficile"
            }
            Some(SetAside::ShortWorks) => "marché de travaux d’une durée inférieure à six mois",
            None => &self.missing("Pour quel motif de la loi la clause sociale est-elle écartée ?"),
        };
        let grounds = match choice.grounds.trim() {
            "" => self.missing("Pour quelles raisons la clause sociale est-elle écartée ?"),
            grounds => verbatim(grounds),
        };
        vec![row([
            ("lots", text(lot_title(choice.lots.as_ref().unwrap_or(&all), self.facts.consultation))),
            ("motif", text(reason)),
            ("raisons", text(grounds)),
        ])]
    }

    fn publics(&self) -> Vec<Row> {
        let publics = self.facts.law.legal().publics();
        publics
            .map(|public| {
                row([("libelle", text(public.label.to_string())), ("condition", text(public.condition.to_string()))])
            })
            .collect()
    }

    fn vigilances(&self) -> Vec<Row> {
        let clauses = self.facts.selection.clauses.iter();
        let points = clauses.flat_map(|s| s.clause.vigilance.iter().map(move |point| (s, point)));
        points.map(|(s, point)| row([("clause", text(&s.clause.title)), ("texte", text(point))])).collect()
    }

    fn hypotheses(&self) -> Vec<Row> {
        let mut out: Vec<Row> =
            self.facts.unconfirmed_factors().filter_map(|(lot, share)| self.factor(lot, share)).collect();
        for selected in &self.facts.selection.clauses {
            for (parameter, value) in selected.defaults() {
                out.push(row([
                    ("clause", text(&selected.clause.title)),
                    ("question", text(&parameter.question)),
                    ("valeur", text(plain(value, &parameter.kind))),
                    ("source", text(&parameter.source)),
                ]));
            }
            for parameter in &selected.clause.parameters {
                let found = selected.lots.iter().find_map(|lot| self.left_out(selected, *lot, &parameter.name));
                let Some(value) = found else { continue };
                out.push(row([
                    ("clause", text(&selected.clause.title)),
                    ("question", text(&parameter.question)),
                    ("valeur", text(value)),
                    ("source", text(format!("{} : {}", parameter.source, parameter.range))),
                ]));
            }
        }
        out
    }

    /// A factor of the hours of a lot that comes from a usage.
    fn factor(&self, lot: &Lot, share: bool) -> Option<Row> {
        let labour = lot.labour.as_ref()?;
        let (question, value) = match share {
            true => ("Part de main-d’œuvre dans le montant", labour.share.to_string()),
            false => ("Prix de vente d’une heure de travail", format!("{}/h", labour.price)),
        };
        Some(row([
            ("clause", text(lot_title(&[lot.number], self.facts.consultation))),
            ("question", text(question)),
            ("valeur", text(value)),
            ("source", text("usage de la famille")),
        ]))
    }

    /// The legal grounds of the chosen clauses that are in force that day, once each.
    fn grounds(&self) -> Vec<Row> {
        let mut ids: Vec<&str> = Vec::new();
        for selected in self.facts.selection.all() {
            for id in &selected.clause.grounds {
                if !ids.contains(&id.as_str()) {
                    ids.push(id);
                }
            }
        }
        ids.sort_unstable();
        let law = self.facts.law;
        let mut found: Vec<TextInForce<'_>> = Vec::new();
        for text in ids.into_iter().filter_map(|id| law.text(id).ok()) {
            // Several articles of ordinary contracts may have the same one in their place.
            if !found.contains(&text) {
                found.push(text);
            }
        }
        let rows = found.into_iter().map(|found| {
            row([("texte", text(found.text.citation())), ("objet", text(found.version.content.to_string()))])
        });
        rows.collect()
    }
}

/// A term of a frequency as the moment at which something is settled: « bilan chaque année » is « au bilan fait chaque
/// année ».
fn settled_at(term: &str) -> String {
    let made = |noun: &str, done: &str, at: &str| {
        let rest = term.strip_prefix(noun)?.strip_prefix(' ')?;
        let done = if rest.starts_with("chaque") { format!(" {done}") } else { String::new() };
        Some(format!("{at} {noun}{done} {rest}"))
    };
    let masculine = ["bilan", "total", "constat"].into_iter().find_map(|noun| made(noun, "fait", "au"));
    masculine.or_else(|| made("moyenne", "faite", "à la")).unwrap_or_else(|| term.to_owned())
}

/// Hours as a quantity.
fn hours_of(hours: Hours) -> Quantity {
    Quantity { value: hours.0, unit: "h".to_owned() }
}

fn row<const N: usize>(fields: [(&'static str, Shown); N]) -> Row {
    Fields(fields.into())
}

/// A row of the list of derogations.
pub(crate) fn derogation_row(article: &str, ccag: &str, object: &str, certain: bool) -> Shown {
    fields(row([
        ("article", text(article)),
        ("ccag", text(ccag)),
        ("objet", text(object)),
        ("certaine", Shown::from(certain)),
    ]))
}
