//! The rows that a trame lists or tabulates, set by set.

pub(super) use criteria::Simulated;
pub(crate) use frames::frame_titles;

use super::{AssembleError, Shown, Values, confirm, or_empty, text, volume};
use crate::base::quantity::{Euros, Hours, Number, Quantity, Rate};
use crate::base::terms::*;
use crate::document::{Bar, BarMark, BarPart};
use crate::dossier::consultation::Lot;
use crate::law::{Form, TextInForce};
use crate::library::clause::{Clause, Register, link};
use crate::library::expression::{Fields, Scope};
use crate::library::markup::Text;
use crate::library::rich::{Rich, verbatim};
use crate::resolution::balance;
use crate::resolution::facts::LinkFacts;
use crate::resolution::liaisons;
use crate::resolution::phrases::{enumeration, lot_forms, lot_title, plain};
use crate::resolution::select::Selected;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The fields of a row.
type Row = Fields<Cow<'static, str>>;

/// A row, of which only the fields wanted are worked out.
macro_rules! row {
    ($values:expr; [$(($name:literal, $value:expr $(,)?)),* $(,)?]) => {{
        let mut fields = Vec::new();
        $(if $values.wants($name) {
            fields.push(($name, $value));
        })*
        $values.row(fields)
    }};
}

mod criteria;
mod frames;
mod links;
mod penalties;

/// The lots that give the same cells, with the cells, and a last one that names its lots where they differ.
type Group<const N: usize> = (Vec<u32>, [Rich; N], Rich);

impl<'a> Values<'_, 'a> {
    /// Prepares the rows of a set.
    pub(super) fn prepare(&self, set: &str) -> Result<Vec<Row>, AssembleError> {
        Ok(match set {
            "volumes" => self.volumes(),
            "engagements" => self.commitments(|clause| clause.kind() == Kind::Environment)?,
            "engagements_sociaux" => self.commitments(Clause::is_social_commitment)?,
            "penalites" => self.penalties()?,
            "liaisons" => self.liaisons()?,
            "plafonds" => self.ceilings(),
            "lots_reserves" => self.reserved_lots(),
            "taches_liees" => self.linked_tasks(),
            "equilibres" => self.balances(),
            "situations" => self.situations(),
            "criteres" => self.criteria(),
            "reponses" => self.responses(),
            "elements" => self.handed(),
            "joints" => self.attached(false),
            "joints-criteres" => self.attached(true),
            "poids" => self.weights(),
            "points-du-prix" => self.points(),
            "promesses" => self.promises(),
            "offres-inventees" => self.invented(),
            "valeurs" => self.engaged(false),
            "valeurs-propres" => [self.engaged(true), self.means()].concat(),
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

    /// A row of these fields.
    fn row(&self, fields: Vec<(&'static str, Shown)>) -> Row {
        Fields(fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect())
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
            out.push(row!(self; [
                ("lot", self.lot_cell(*number)),
                ("intitule", text(verbatim(&lot.title))),
                (
                    "heures",
                    self.figure(
                        hours.clause,
                        crate::library::names::HOURS,
                        "heures",
                        text(volume(hours, result.rounded.to_string())),
                    ),
                ),
                ("jours", text(result.equivalents.days.french(1))),
                ("semaines", text(result.equivalents.weeks.french(1))),
                ("etp", text(result.equivalents.fte.french(2))),
                ("periodes", text(self.periods(*number, result))),
                ("estimatif", Shown::from(hours.estimated)),
                ("regle", or_empty(rule)),
            ]));
        }
        out
    }

    /// Renders one text of a clause.
    fn cell(&self, clause: &Clause, text: &Text, scope: &dyn Scope) -> Result<Rich, AssembleError> {
        self.render(|| clause.id.clone(), text, scope)
    }

    /// Groups the lots of a clause that give the same cells, where a last cell may differ by lot without parting them:
    /// « 60 % (lots 1 et 2) ; 50 % (lot 3) ».
    fn grouped<const N: usize>(
        &self,
        selected: &Selected<'a>,
        cells: impl Fn(u32) -> Result<([Rich; N], Rich), AssembleError>,
    ) -> Result<Vec<Group<N>>, AssembleError> {
        type Lasts = Vec<(Rich, Vec<u32>)>;
        let mut groups: Vec<([Rich; N], Lasts)> = Vec::new();
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
            let several = lasts.len() > 1;
            let each = lasts.into_iter().map(|(last, lots)| {
                let mut last = last.with_lots(|| lot_forms(&lots, consultation));
                if several {
                    last.push_str(&format!(" ({})", lot_forms(&lots, consultation)[0]));
                }
                last
            });
            let last = Rich::joined(each, " ; ");
            let common = common.map(|cell| cell.with_lots(|| lot_forms(&lots, consultation)));
            (lots, common, last)
        });
        Ok(out.collect())
    }

    /// What some clauses commit to, indicator by indicator.
    fn commitments(&self, of: impl Fn(&Clause) -> bool) -> Result<Vec<Row>, AssembleError> {
        let mut out = Vec::new();
        for selected in self.facts.selection.clauses.iter().filter(|s| of(s.clause)) {
            for indicator in &selected.clause.indicators {
                let duty = indicator.duty.as_ref().or(selected.clause.obligation().map(|obligation| &obligation.0));
                let texts = || duty.into_iter().chain([&indicator.target, &indicator.frequency]);
                let groups = self.grouped(selected, |lot| {
                    let names = self.bind(selected, lot, texts());
                    let cell = |text| self.cell(selected.clause, text, &names);
                    // A clause that only restates the law has no duty of its own.
                    let duty = duty.map_or_else(|| Ok(Rich::from(&indicator.name)), cell)?;
                    Ok(([duty, cell(&indicator.frequency)?], cell(&indicator.target)?))
                })?;
                for (lots, [duty, frequency], target) in groups {
                    let unit = if indicator.unit.is_empty() { String::new() } else { format!(" ({})", indicator.unit) };
                    out.push(row!(self; [
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

    fn reservations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        let share = self.facts.law.parameter("part-reservee");
        let share =
            share.map_or_else(|_| Rich::missing("Quelle part minimale de la loi ?"), |share| share.to_string().into());
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
            let ids = self.facts.law.reservations(&lot.reserved_to);
            // Only a draft gets here without a ground: the finding that blocks the piece says why.
            let ground = match self.facts.law.cite(&ids, Form::Full) {
                Ok(cited) if !ids.is_empty() => cited,
                _ => "sans base légale à cette date".to_owned(),
            };
            // The share of workers concerned is a rule of the other reservations only.
            let social_economy = lot.reserved_to == [ReservedTo::SocialEconomy];
            out.push(row!(self; [
                ("lot", self.lot_cell(lot.number)),
                ("intitule", text(verbatim(&lot.title))),
                ("beneficiaires", text(who.join(" ; "))),
                ("fondement", text(ground)),
                ("part", text(if social_economy { Rich::default() } else { share.clone() })),
            ]));
        }
        out
    }

    fn computations(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for (lot, hours) in &self.facts.hours {
            let Ok(result) = &hours.result else { continue };
            for step in &result.steps() {
                out.push(row!(self; [
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
            row!(self; [
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
            row!(self; [("code", text(finding.code)), ("message", text(&finding.message)), ("raison", text(verbatim(reason)))])
        });
        rows.collect()
    }

    fn set_aside(&self) -> Vec<Row> {
        let Some(choice) = &self.facts.consultation.set_aside else { return Vec::new() };
        let all: Vec<u32> = self.facts.consultation.lots.keys().copied().collect();
        let reason = choice.reason.map(|reason| match reason {
            SetAside::ImmediateSolution => "besoin satisfait par une solution immédiatement disponible",
            SetAside::NoLink => "pas de lien suffisant possible avec l’objet du marché",
            SetAside::Competition => "concurrence restreinte ou exécution techniquement ou économiquement difficile",
            SetAside::ShortWorks => "marché de travaux d’une durée inférieure à six mois",
        });
        let unknown = || Rich::missing("Pour quel motif de la loi la clause sociale est-elle écartée ?");
        let reason = reason.map_or_else(unknown, Rich::from);
        let grounds = match choice.grounds.trim() {
            "" => Rich::missing("Pour quelles raisons la clause sociale est-elle écartée ?"),
            grounds => verbatim(grounds).into(),
        };
        vec![row!(self; [
            ("lots", text(lot_title(choice.lots.as_ref().unwrap_or(&all), self.facts.consultation))),
            ("motif", text(reason)),
            ("raisons", text(grounds)),
        ])]
    }

    fn publics(&self) -> Vec<Row> {
        let publics = self.facts.law.legal().publics();
        publics
            .map(|public| {
                row!(self; [("libelle", text(public.label.to_string())), ("condition", text(public.condition.to_string()))])
            })
            .collect()
    }

    fn vigilances(&self) -> Vec<Row> {
        let clauses = self.facts.selection.all();
        let points = clauses.flat_map(|s| s.clause.vigilance.iter().map(move |point| (s, point)));
        points.map(|(s, point)| row!(self; [("clause", text(&s.clause.title)), ("texte", text(point))])).collect()
    }

    fn hypotheses(&self) -> Vec<Row> {
        let mut out: Vec<Row> =
            self.facts.unconfirmed_factors().filter_map(|(lot, share)| self.factor(lot, share)).collect();
        for selected in &self.facts.selection.clauses {
            for (parameter, value) in selected.defaults() {
                // A value that the buyer gave, and left to confirm, may have no source but his file.
                let source = if parameter.source.is_empty() { "dossier, à confirmer" } else { &parameter.source };
                out.push(row!(self; [
                    ("clause", text(&selected.clause.title)),
                    ("question", text(&parameter.question)),
                    ("valeur", text(plain(value, &parameter.kind))),
                    ("source", text(source)),
                ]));
            }
            for parameter in &selected.clause.parameters {
                let found = selected.lots.iter().find_map(|lot| self.left_out(selected, *lot, &parameter.name));
                let Some(value) = found else { continue };
                out.push(row!(self; [
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
        Some(row!(self; [
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
            row!(self; [("texte", text(found.text.citation())), ("objet", text(found.version.content.to_string()))])
        });
        rows.collect()
    }
}

/// A row of the list of derogations.
pub(crate) fn derogation_row(article: Rich, ccag: &str, object: &str, certain: bool) -> Shown {
    let fields =
        [("article", text(article)), ("ccag", text(ccag)), ("objet", text(object)), ("certaine", Shown::from(certain))];
    Shown::record(Fields(fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect()))
}
