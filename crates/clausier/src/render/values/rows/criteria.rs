//! The rows on criteria: how they note, what offers engage, what the weights do.

use super::Row;
use super::frames::{announced, works_out};
use crate::base::quantity::{Euros, NBSP, Number, Rate, singular};
use crate::base::terms::{CriterionNature, Kind, Sense};
use crate::library::clause::{Bound, Clause, Criterion, UnitPenalty, Value};
use crate::library::rich::{Rich, verbatim};
use crate::render::values::{Shown, Values, text};
use crate::resolution::grid::{self, Rule};
use crate::resolution::own_words;
use crate::resolution::phrases::{enumeration, lot_forms, lot_title};
use crate::resolution::scoring::{Scored, Standing};
use crate::resolution::select::SelectedCriterion;
use crate::resolution::simulation::{Promised, Simulation, Spread, points};

/// A weight, and the lots on which a criterion has it.
type Weight = (Number, Vec<u32>);

/// A text of a criterion: typeset, or verbatim when the buyer wrote it.
fn said(own: bool, text: &str) -> String {
    if own { verbatim(text) } else { text.to_owned() }
}

impl Values<'_, '_> {
    /// The criteria, one row for the lots on which they note alike, with the weight of each.
    pub(super) fn criteria(&self) -> Vec<Row> {
        let consultation = self.facts.consultation;
        let mut out = Vec::new();
        for selected in &self.facts.selection.criteria {
            let mut groups: Vec<(String, Vec<Weight>)> = Vec::new();
            for lot in &selected.lots {
                let grid = self.facts.grid(*lot);
                let Some(here) = grid.criteria.iter().find(|c| c.id == selected.id()) else { continue };
                let method = grid::method(here, |words| said(here.own || !here.own_method.is_empty(), words));
                let place = groups.iter().position(|(known, _)| *known == method).unwrap_or(groups.len());
                if place == groups.len() {
                    groups.push((method, Vec::new()));
                }
                let weights = &mut groups[place].1;
                match weights.iter_mut().find(|(weight, _)| *weight == here.weight) {
                    Some((_, lots)) => lots.push(*lot),
                    None => weights.push((here.weight.clone(), vec![*lot])),
                }
            }
            for (method, weights) in groups {
                let on = |lots: &[u32]| match lots.len() < consultation.lots.len() {
                    true => format!(" ({})", lot_forms(lots, consultation)[0]),
                    false => String::new(),
                };
                let parts = weights.iter().map(|(weight, lots)| format!("{}{NBSP}%{}", weight.french(2), on(lots)));
                let own = selected.selected.is_none();
                let environmental = selected.criterion.is_environmental()
                    && own_words::notes_environment(self.facts.library, selected.choice);
                out.push(row!(self; [
                    ("critere", text(said(own, selected.title))),
                    ("poids", text(parts.collect::<Vec<_>>().join(" ; "))),
                    ("methode", text(method)),
                    ("elements", text(elements(own, selected.criterion))),
                    ("environnemental", Shown::from(environmental)),
                ]));
            }
        }
        out
    }

    /// The values that an offer engages, lot by lot: all of them, or those that raise the target of no clause.
    pub(super) fn engaged(&self, own: bool) -> Vec<Row> {
        // The lots on which a value is engaged alike stand together, but where the tenderer fills in the value of each.
        let mut alike: Vec<([Rich; 7], bool, Vec<u32>)> = Vec::new();
        for lot in self.facts.consultation.lots.keys() {
            for (criterion, note) in self.facts.grid(*lot).notes() {
                let Rule::Line(line) = &note.rule else { continue };
                if !line.engaged || (own && line.raises().is_some()) {
                    continue;
                }
                let sense = if line.sense == Sense::AtLeast { "au moins" } else { "au plus" };
                let found = self.facts.selection.criteria.iter().find(|chosen| chosen.id() == criterion.id);
                let Some((chosen, scale)) = found.and_then(|chosen| {
                    let scale = chosen.criterion.notes.iter().find(|n| n.name == note.name)?.scale()?;
                    Some((chosen, scale))
                }) else {
                    continue;
                };
                let clause = chosen.selected.as_ref().map(|selected| selected.clause);
                let per = match &scale.penalty {
                    None => Rich::default(),
                    Some(UnitPenalty::Parameter(name)) if line.penalty.is_empty() => lacking(clause, name),
                    Some(_) => format!("{} par {}", line.penalty, unit_word(&line.unit)).into(),
                };
                let limit = match &line.all_at {
                    Some(value) => line.show(value).into(),
                    None => self.lacking_bound(clause, &scale.all_at),
                };
                let own_words = |words: &str| Rich::from(said(criterion.own, words));
                let cells = [
                    own_words(&criterion.title),
                    own_words(&note.title),
                    own_words(&line.unit),
                    sense.into(),
                    limit,
                    per,
                    scale.proof.as_deref().map(own_words).unwrap_or_default(),
                ];
                let framed = works_out(chosen.criterion, &note.name);
                match alike.iter_mut().find(|(known, known_frame, _)| own && *known == cells && *known_frame == framed)
                {
                    Some((_, _, lots)) => lots.push(*lot),
                    None => alike.push((cells, framed, vec![*lot])),
                }
            }
        }
        let row_of =
            |([criterion, value, unit, sense, limit, per, proof], framed, lots): ([Rich; 7], bool, Vec<u32>)| {
                row!(self; [
                    ("lots", text(lot_title(&lots, self.facts.consultation))),
                    ("critere", text(criterion)),
                    ("valeur", text(value)),
                    ("unite", text(unit)),
                    ("sens", text(sense)),
                    ("limite", text(limit)),
                    ("cadre", Shown::from(framed)),
                    ("penalite", text(per)),
                    ("preuve", text(proof)),
                    ("moyens", Shown::from(false)),
                ])
            };
        alike.into_iter().map(row_of).collect()
    }

    /// The means that levels count: one row for the criteria and the lots that have the same penalty.
    pub(super) fn means(&self) -> Vec<Row> {
        let mut groups: Vec<(Option<Value>, Shown, Vec<u32>)> = Vec::new();
        for chosen in &self.facts.selection.criteria {
            for penalty in chosen.criterion.notes.iter().filter_map(|note| note.means.as_ref()) {
                for lot in &chosen.lots {
                    let grid = self.facts.grid(*lot);
                    if !grid.criteria.iter().any(|c| c.id == chosen.id() && c.own_method.is_empty()) {
                        continue;
                    }
                    let (value, shown) = match (penalty, &chosen.selected) {
                        (UnitPenalty::Amount(amount), _) => {
                            (Some(Value::Amount(amount.clone())), text(amount.to_string()))
                        }
                        (UnitPenalty::Parameter(name), Some(selected)) => {
                            (selected.value(*lot, name).cloned(), self.parameter(selected, *lot, name))
                        }
                        (UnitPenalty::Parameter(_), None) => continue,
                    };
                    match groups.iter_mut().find(|(known, ..)| *known == value) {
                        Some((_, _, lots)) => lots.push(*lot),
                        None => groups.push((value, shown, vec![*lot])),
                    }
                }
            }
        }
        let row_of = |(_, penalty, mut lots): (Option<Value>, Shown, Vec<u32>)| {
            lots.sort_unstable();
            lots.dedup();
            row!(self; [
                ("lots", text(lot_title(&lots, self.facts.consultation))),
                ("critere", text("")),
                ("valeur", text("Moyens notés")),
                ("unite", text("")),
                ("sens", text("")),
                ("limite", text("")),
                ("cadre", Shown::from(false)),
                ("penalite", penalty),
                ("preuve", text("")),
                ("moyens", Shown::from(true)),
            ])
        };
        groups.into_iter().map(row_of).collect()
    }

    /// What stands for a value that lacks at one end of a scale, which the criterion or another clause may hold.
    fn lacking_bound(&self, criterion: Option<&Clause>, bound: &Bound) -> Rich {
        match bound {
            Bound::Parameter { clause: Some(id), name, .. } => lacking(self.facts.library.clause(id), name),
            Bound::Parameter { name, .. } => lacking(criterion, name),
            Bound::Fixed(value) => value.french(2).into(),
        }
    }

    /// What a response frame asks beside the values engaged.
    pub(super) fn responses(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for lot in self.facts.consultation.lots.keys() {
            for (criterion, note) in self.facts.grid(*lot).notes() {
                let all = match &note.rule {
                    Rule::Levels(levels) => levels.first().map(|(_, text)| text.clone()),
                    Rule::Line(line) if !line.engaged => line.all_at.as_ref().map(|value| line.show(value)),
                    _ => None,
                };
                let Some(all) = all else { continue };
                out.push(row!(self; [
                    ("lot", self.lot_cell(*lot)),
                    ("critere", text(said(criterion.own, &criterion.title))),
                    ("note", text(said(criterion.own, &note.title))),
                    ("tout", text(said(criterion.own, &all))),
                ]));
            }
        }
        out
    }

    /// What is handed over for each criterion but the price and the cost.
    pub(super) fn handed(&self) -> Vec<Row> {
        let criteria = self.facts.selection.criteria.iter();
        let judged = criteria.filter(|s| !s.criterion.is_price() && !s.criterion.is_cost());
        let line = |chosen: &SelectedCriterion<'_>| {
            let own = chosen.selected.is_none();
            row!(self; [("critere", text(said(own, chosen.title))), ("elements", text(elements(own, chosen.criterion)))])
        };
        judged.map(line).collect()
    }

    /// What the buyer attaches because a text announces it: of every clause, or of the criteria alone.
    pub(super) fn attached(&self, criteria: bool) -> Vec<Row> {
        let kept = self.facts.selection.all().filter(|s| !criteria || s.clause.kind() == Kind::Criterion);
        let mut out = Vec::new();
        for selected in kept.filter(|selected| !selected.lots.is_empty()) {
            out.extend(selected.clause.attached.iter().map(|document| {
                row!(self; [
                    ("lots", text(lot_title(&selected.lots, self.facts.consultation))),
                    ("clause", text(&selected.clause.title)),
                    ("document", text(document)),
                ])
            }));
        }
        let framed = self
            .facts
            .selection
            .criteria
            .iter()
            .filter_map(|chosen| Some((chosen.title, &chosen.lots, chosen.criterion.frame.as_ref()?)));
        let announced =
            announced(self.facts).map(|(selected, _, frame)| (&*selected.clause.title, &selected.lots, frame));
        let to_fill = framed.chain(announced).filter(|(_, _, frame)| !criteria && !frame.given.is_empty());
        for (title, lots, frame) in to_fill {
            let columns = frame.given.iter().filter_map(|rank| frame.columns.get(*rank));
            let columns = enumeration(columns.map(|column| format!("« {column} »")));
            out.push(row!(self; [
                ("lots", text(lot_title(lots, self.facts.consultation))),
                ("clause", text(title)),
                ("document", text(format!("à compléter au {} : {columns}", frame.piece.label()))),
            ]));
        }
        out
    }

    /// The lots that have criteria, each with what its weights do.
    fn simulated(&self) -> &[Simulated] {
        self.simulated.get_or_init(|| {
            let noted = self.facts.consultation.lots.values().map(|lot| (lot, self.facts.grid(lot.number)));
            let noted = noted.filter(|(_, grid)| !grid.criteria.is_empty());
            noted.map(|(lot, grid)| Simulated::of(grid.simulate(&lot.amount))).collect()
        })
    }

    pub(super) fn points(&self) -> Vec<Row> {
        let row_of = |Simulated { found, .. }: &Simulated| {
            let forms = lot_forms(&[found.lot], self.facts.consultation);
            Some(row!(self; [
                ("du_lot", text(&forms[2])),
                ("montant", text(found.amount.to_string())),
                ("point", text(whole(found.point.as_ref()?))),
            ]))
        };
        self.simulated().iter().filter_map(row_of).collect()
    }

    pub(super) fn weights(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for Simulated { found, .. } in self.simulated() {
            out.extend(found.criteria.iter().map(|spread| self.weight(found.lot, spread)));
        }
        out
    }

    fn weight(&self, lot: u32, spread: &Spread) -> Row {
        let compared = spread.nature != CriterionNature::Price;
        let beyond = || if compared { "aucun écart de prix ne les rattrape" } else { "–" }.to_owned();
        row!(self; [
            ("lot", self.lot_cell(lot)),
            ("critere", text(&spread.title)),
            ("points", text(spread.weight.french(2))),
            ("etendue", text(format!("{} à {}", spread.lowest.french(2), spread.highest.french(2)))),
            ("valeur", text(spread.worth.as_ref().map_or_else(beyond, whole))),
            (
                "ecart",
                text(spread.gap.as_ref().map_or_else(dash, |gap: &Rate| format!("{}{NBSP}%", gap.percent().french(1)))),
            ),
            ("remarque", text(spread.neutralised.map_or_else(dash, |found| found.reason().to_owned()))),
        ])
    }

    pub(super) fn promises(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for Simulated { found, .. } in self.simulated() {
            let promise = |promised: &Promised| {
                row!(self; [
                    ("lot", self.lot_cell(found.lot)),
                    ("valeur", text(&promised.title)),
                    ("surplus", text(&promised.shown)),
                    ("points", text(promised.points.french(2))),
                    ("gain", text(promised.worth.as_ref().map_or_else(dash, whole))),
                    ("rompue", text(promised.broken.as_ref().map_or_else(|| "autre unité".to_owned(), whole))),
                    (
                        "equilibre",
                        text(promised.balanced.as_ref().map_or_else(dash, |n| points(&n.floor_to(&tenth())))),
                    ),
                ])
            };
            out.extend(found.promises.iter().map(promise));
        }
        out
    }

    pub(super) fn invented(&self) -> Vec<Row> {
        // The lots on which the same offers earn the same points stand together.
        let mut groups: Vec<(Vec<u32>, &Vec<[String; 5]>)> = Vec::new();
        for Simulated { found, invented } in self.simulated() {
            match groups.iter_mut().find(|(_, known)| *known == invented) {
                Some((lots, _)) => lots.push(found.lot),
                None => groups.push((vec![found.lot], invented)),
            }
        }
        let mut out = Vec::new();
        for (lots, offers) in groups {
            let lots = enumeration(lots.iter().map(u32::to_string));
            out.extend(offers.iter().map(|[offer, price, others, total, rank]| {
                row!(self; [
                    ("lots", text(&lots)),
                    ("offre", text(offer)),
                    ("prix", text(price)),
                    ("autres", text(others)),
                    ("total", text(total)),
                    ("rang", text(rank)),
                ])
            }));
        }
        out
    }
}

/// What the weights of a lot do, without the marks of the invented offers: only their sums are printed, and they are many.
pub(in crate::render::values) struct Simulated {
    found: Simulation,
    /// Each invented offer: its name, its points for the price, the others, their total, its rank.
    invented: Vec<[String; 5]>,
}

impl Simulated {
    fn of(mut found: Simulation) -> Self {
        let priced: Vec<&str> = found
            .criteria
            .iter()
            .filter(|spread| matches!(spread.nature, CriterionNature::Price | CriterionNature::Cost))
            .map(|spread| spread.id.as_str())
            .collect();
        let sum = |scored: &Scored, price: bool| -> String {
            let marks = scored.marks.iter().filter(|mark| priced.contains(&mark.criterion.as_str()) == price);
            marks.map(|mark| mark.points.clone()).sum::<Number>().fixed(2)
        };
        let offer = |scored: Scored| {
            let rank = match &scored.standing {
                Standing::Rank(rank) => rank.to_string(),
                _ => dash(),
            };
            let (price, others, total) = (sum(&scored, true), sum(&scored, false), scored.total.fixed(2));
            [scored.name, price, others, total, rank]
        };
        let invented = std::mem::take(&mut found.offers.offers).into_iter().map(offer).collect();
        Self { found, invented }
    }
}

/// What stands for a value that a clause asks for and the dossier does not give.
fn lacking(clause: Option<&Clause>, name: &str) -> Rich {
    let parameter = clause.and_then(|clause| clause.parameter(name));
    Rich::missing(parameter.map_or(name, |parameter| &parameter.question))
}

/// What the tenderer hands over for a criterion.
fn elements(own: bool, criterion: &Criterion) -> String {
    enumeration(criterion.elements.iter().map(|element| said(own, element)))
}

/// Lines of a price frame left to fill, on each lot.
pub(super) const BLANK_LINES: usize = 8;

/// Dots on which to write.
pub(super) fn blank() -> String {
    "………".to_owned()
}

pub(super) fn dash() -> String {
    "–".to_owned()
}

/// Whole euros, rounded down: an order of magnitude.
fn whole(amount: &Euros) -> String {
    Euros(amount.0.floor_to(&Number::from_int(1))).to_string()
}

fn tenth() -> Number {
    Number::fraction(1, 10).unwrap_or_else(Number::zero)
}

/// The unit of a penalty, in words (« point » for a share).
fn unit_word(unit: &str) -> String {
    if grid::whole(unit).is_some() { "point".to_owned() } else { singular(unit) }
}
