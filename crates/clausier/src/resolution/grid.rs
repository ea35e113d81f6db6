//! What notes the offers of a lot: each criterion with its points, its notes and the values between which each is noted.
//!
//! The published sentence, the field of the deed of commitment, the engine and the checks all read this one grid.

use crate::base::quantity::{Euros, NBSP, Number, Quantity, Rate, counted_in, show_quantity};
use crate::base::terms::{CriterionNature, Execution, PriceForm, Sense};
use crate::base::typography::french;
use crate::dossier::consultation::Consultation;
use crate::law::Usages;
use crate::library::clause::link::UNIT_PRICE;
use crate::library::clause::ties::in_unit;
use crate::library::clause::{Bound, Mode, Note, PenaltyObject, Scale, Share, UnitPenalty, Value};
use crate::library::marking::rises;
use crate::resolution::ledger::settlement::unit_penalty;
use crate::resolution::phrases::capital;
use crate::resolution::select::{Selected, SelectedCriterion, Selection};

/// The criteria of a lot, in the order of the dossier.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Grid {
    /// Number of the lot.
    pub lot: u32,
    /// The criteria that weigh on it.
    pub criteria: Vec<Criterion>,
    /// Gap between two honest prices; `None` only when the register lacks it.
    pub(crate) price_gap: Option<Rate>,
}

/// A criterion on a lot.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Criterion {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it judges.
    pub nature: CriterionNature,
    /// Points, out of 100.
    pub weight: Number,
    /// What it notes.
    pub notes: Vec<LotNote>,
    /// The method that the buyer wrote in his own words, which nothing can compute; empty otherwise.
    pub own_method: String,
    /// The dossier describes it: its texts are the buyer's, printed as they are.
    pub own: bool,
}

/// A note of a criterion on a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LotNote {
    /// Name, as a file of offers writes it.
    pub name: String,
    /// What is noted.
    pub title: String,
    /// What it has of the points of the criterion, as it is published.
    pub share: Share,
    /// Most points that it gives.
    pub points: Number,
    /// How it gives them.
    pub rule: Rule,
}

/// How a note gives its points on a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// Relative to the best of the regular offers.
    Relative {
        /// What is read.
        read: String,
        /// The highest is the best (a fee paid to the buyer).
        highest: bool,
    },
    /// A straight line between two values.
    Line(Line),
    /// Described levels, best first.
    Levels(Vec<(i64, String)>),
}

/// A straight line between two values; one that is missing or does not rise notes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// Unit.
    pub unit: String,
    /// Which way is better.
    pub sense: Sense,
    /// Value that gives no point; `None` when the dossier does not give it.
    pub none_at: Option<Number>,
    /// Value that gives all the points; `None` when the dossier does not give it.
    pub all_at: Option<Number>,
    /// What the constat finds; `None` when nothing says it.
    pub stock: Option<Number>,
    /// What proves, with the offer, all that is promised beyond the value that gives no point; empty when nothing need.
    pub offer_proof: String,
    /// A value below zero is a real one.
    pub negative: bool,
    /// The clause whose minimum is the value that gives no point: an offer short of it is irregular.
    pub holder: Option<String>,
    /// The value is written in the deed of commitment and owed.
    pub engaged: bool,
    /// Penalty for each unit missed, as it is printed; empty when the clause raised has its own.
    pub penalty: String,
    /// What each unit missed costs, whether the criterion or the clause raised says it; `None` when the value is not owed,
    /// when the amount is missing, or when the penalty is counted in another unit.
    pub unit_penalty: Option<Euros>,
}

impl Line {
    /// Both ends, when they are known and the line rises from the first to the second.
    pub fn ends(&self) -> Option<(&Number, &Number)> {
        let ends = self.none_at.as_ref().zip(self.all_at.as_ref())?;
        rises(self.sense, ends.0, ends.1).then_some(ends)
    }

    /// The value that gives no point is a minimum of the contract.
    pub fn has_minimum(&self) -> bool {
        self.holder.is_some()
    }

    /// The clause whose target the engaged value raises.
    pub fn raises(&self) -> Option<&str> {
        self.holder.as_deref().filter(|_| self.engaged)
    }

    /// A value in the unit of the line, as texts print it.
    pub fn show(&self, value: &Number) -> String {
        show_in(value, &self.unit)
    }
}

/// The whole of which a unit counts a part: 100 for « % », 10 for « sur 10 »; `None` for any other.
pub(crate) fn whole(unit: &str) -> Option<Number> {
    match unit.strip_prefix("sur ") {
        Some(whole) => whole.parse().ok().map(Number::from_int),
        None => unit.starts_with('%').then(|| Number::from_int(100)),
    }
}

/// A figure with its unit: « 18 tonnes », « 40 % », « 25 kWh par m² ».
pub(crate) fn show_in(value: &Number, unit: &str) -> String {
    match unit {
        "" => value.french(2),
        "%" | "€" => format!("{}{NBSP}{unit}", value.french(2)),
        _ => show_quantity(&Quantity { value: value.clone(), unit: unit.to_owned() }),
    }
}

impl Grid {
    /// The grid of a lot.
    pub(crate) fn new(
        consultation: &Consultation,
        selection: &Selection<'_>,
        usages: Option<&Usages>,
        lot: u32,
    ) -> Self {
        let mut criteria = Vec::new();
        for chosen in &selection.criteria {
            let weight = chosen.choice.weights.of(lot);
            if !weight.is_positive() {
                continue;
            }
            let own_method = chosen.choice.method.trim().to_owned();
            let notes: &[Note] = if own_method.is_empty() { &chosen.criterion.notes } else { &[] };
            let notes =
                notes.iter().map(|note| lot_note(consultation, selection, chosen, note, lot, &weight)).collect();
            // The buyer's own words stay as he wrote them.
            let (id, title) = (chosen.id().to_owned(), words(chosen, chosen.title));
            let (nature, own) = (chosen.criterion.nature, chosen.selected.is_none());
            criteria.push(Criterion { id, title, nature, weight, notes, own_method, own });
        }
        Self { lot, criteria, price_gap: usages.map(|usages| usages.price_gap.clone()) }
    }

    /// The notes with their criteria.
    pub fn notes(&self) -> impl Iterator<Item = (&Criterion, &LotNote)> {
        self.criteria.iter().flat_map(|criterion| criterion.notes.iter().map(move |note| (criterion, note)))
    }
}

/// A text of a criterion as the pieces print it: typeset when it comes from the library, verbatim when the buyer wrote it.
fn words(chosen: &SelectedCriterion<'_>, text: &str) -> String {
    if chosen.selected.is_some() { french(text) } else { text.to_owned() }
}

fn lot_note(
    consultation: &Consultation,
    selection: &Selection<'_>,
    chosen: &SelectedCriterion<'_>,
    note: &Note,
    lot: u32,
    weight: &Number,
) -> LotNote {
    let words = |text: &str| words(chosen, text);
    let rule = match &note.mode {
        Mode::Relative { read } => {
            let form = price_form(consultation);
            let found =
                read.iter().find(|(own, _)| *own == Some(form)).or_else(|| read.iter().find(|(own, _)| own.is_none()));
            // The reader has seen that every form of price has its words.
            let read = found.map_or_else(|| BLANK.to_owned(), |(_, text)| words(text));
            let read = read + &counted(consultation, chosen, lot);
            Rule::Relative { read, highest: form == PriceForm::Fee }
        }
        Mode::Levels(levels) => Rule::Levels(levels.iter().map(|(points, text)| (*points, words(text))).collect()),
        Mode::Scale(scale) => {
            let selected = chosen.selected.as_ref();
            let bound = |bound: &Bound| value_of(selection, selected, scale, bound, lot);
            let own = scale.penalty.as_ref().and_then(|penalty| match penalty {
                UnitPenalty::Amount(own) => Some(own),
                UnitPenalty::Parameter(name) => amount(selected?, lot, name),
            });
            let holder = scale.none_at.clause().map(str::to_owned);
            let raised =
                || selection.get(holder.as_deref()?).and_then(|held| tariff(selection, held, lot, &scale.unit));
            let unit_penalty = own.cloned().or_else(raised).filter(|_| scale.engaged);
            Rule::Line(Line {
                unit: scale.unit.clone(),
                sense: scale.sense,
                none_at: bound(&scale.none_at),
                all_at: bound(&scale.all_at),
                stock: scale.stock.as_ref().and_then(bound),
                offer_proof: scale.offer_proof.as_deref().map(french).unwrap_or_default(),
                negative: scale.negative,
                holder,
                engaged: scale.engaged,
                penalty: own.map_or_else(String::new, Euros::to_string),
                unit_penalty,
            })
        }
    };
    let points = note.share.of(weight);
    LotNote { name: note.name.clone(), title: words(&note.title), share: note.share.clone(), points, rule }
}

/// What the price of a lot counts beside its firm part, in words; empty for a cost, or when there is nothing else.
fn counted(consultation: &Consultation, chosen: &SelectedCriterion<'_>, lot: u32) -> String {
    let lot = consultation.lots.get(&lot).filter(|_| chosen.criterion.is_price());
    let Some(lot) = lot else { return String::new() };
    let parts = [
        ("tranches optionnelles", !lot.tranches.is_empty()),
        ("prestations supplémentaires", !lot.supplements.is_empty()),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect();
    if parts.is_empty() { String::new() } else { format!(", {} comprises", parts.join(" et ")) }
}

/// An amount that a clause is given on a lot.
fn amount<'s>(selected: &'s Selected<'_>, lot: u32, name: &str) -> Option<&'s Euros> {
    match selected.value(lot, name)? {
        Value::Amount(amount) => Some(amount),
        _ => None,
    }
}

/// What the result penalty of a clause costs for one unit of a line; `None` when none is counted in that unit.
fn tariff(selection: &Selection<'_>, holder: &Selected<'_>, lot: u32, unit: &str) -> Option<Euros> {
    let said = unit.replace("t éq.", "tonne équivalent");
    let units = match unit {
        "%" => vec!["point", "point de pourcentage"],
        "g" => vec!["gramme"],
        _ => vec![said.as_str()],
    };
    let tied = |liaison: &&Selected<'_>| liaison.pairs.get(&lot).is_some_and(|(_, tied)| *tied == holder.clause.id);
    let liaison = selection.clauses.iter().find(tied);
    let results = holder.clause.penalties.iter().filter(|penalty| penalty.object == PenaltyObject::Result);
    results.into_iter().find_map(|penalty| {
        let per = units.iter().find_map(|unit| counted_in(&penalty.unit, unit))?;
        let by_unit = |amount: &Euros| amount.0.over(&per).map(Euros);
        // The unit that a liaison pays for at its own price is not paid when it is missing.
        let price = liaison.and_then(|liaison| amount(liaison, lot, UNIT_PRICE)).and_then(by_unit);
        Some(unit_penalty(&by_unit(amount(holder, lot, &penalty.amount)?)?, price.as_ref()))
    })
}

/// The form of price, as the dossier says it or as the form of the contract implies it.
pub(crate) fn price_form(consultation: &Consultation) -> PriceForm {
    consultation.price_form.unwrap_or(match consultation.execution {
        Execution::Fixed => PriceForm::LumpSum,
        _ => PriceForm::Unit,
    })
}

/// The value of one end of a scale on a lot.
fn value_of(
    selection: &Selection<'_>,
    own: Option<&Selected<'_>>,
    scale: &Scale,
    bound: &Bound,
    lot: u32,
) -> Option<Number> {
    let (clause, name, part) = match bound {
        Bound::Fixed(number) => return Some(number.clone()),
        Bound::Parameter { clause, name, part } => (clause, name, part),
    };
    let holder = match clause {
        None => own?,
        Some(id) => selection.get(id).filter(|selected| selected.lots.contains(&lot))?,
    };
    let value = in_unit(holder.value(lot, name)?, &scale.unit)?;
    Some(match part {
        Some(part) => &value * &part.0,
        None => value,
    })
}

/// How a criterion notes, in words: the sentence that the règlement publishes.
///
/// Written from the data alone, so that what is published is what is executed; `said` prints the words of the criterion.
pub(crate) fn method(criterion: &Criterion, said: impl Fn(&str) -> String) -> String {
    if !criterion.own_method.is_empty() {
        return said(&criterion.own_method);
    }
    let alone = criterion.notes.len() == 1;
    let sentences = criterion.notes.iter().map(|note| {
        let rule = rule_in_words(&note.rule, &said);
        match alone {
            // A title that the criterion already bears is not said twice.
            true if note.title == criterion.title => format!("{}.", capital(&rule)),
            true => format!("{} : {rule}.", said(&note.title)),
            false => format!("{} ({}) : {rule}.", said(&note.title), share_in_words(&note.share)),
        }
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// « 40 % des points », « 7,5 points ».
fn share_in_words(share: &Share) -> String {
    match share {
        Share::Part(part) => format!("{}{NBSP}% des points", part.percent().french(2)),
        Share::Points(own) if *own < Number::from_int(2) => format!("{}{NBSP}point", own.french(2)),
        Share::Points(own) => format!("{}{NBSP}points", own.french(2)),
    }
}

fn rule_in_words(rule: &Rule, said: &impl Fn(&str) -> String) -> String {
    match rule {
        Rule::Relative { read, highest } => {
            let formula = if *highest {
                "points × montant de l’offre ÷ montant le plus élevé"
            } else {
                "points × montant le plus bas ÷ montant de l’offre"
            };
            format!("{} ; {formula}", said(read))
        }
        Rule::Line(line) => {
            let least = line.sense == Sense::AtLeast;
            let none = match (line.has_minimum(), least) {
                (true, true) => format!("à {}, minimum exigé", shown(line, line.none_at.as_ref())),
                (true, false) => format!("à {}, maximum exigé", shown(line, line.none_at.as_ref())),
                (false, _) => reach(line, line.none_at.as_ref(), !least),
            };
            let all = reach(line, line.all_at.as_ref(), least);
            let negative = if line.negative { ", valeur négative admise" } else { "" };
            let proved = match line.offer_proof.as_str() {
                "" => String::new(),
                proof => format!(" ; au-delà du minimum, seul compte le total prouvé ({proof})"),
            };
            format!("aucun point {none}, tous {all}, en proportion entre les deux{negative}{proved}")
        }
        Rule::Levels(levels) => {
            let words = levels.iter().map(|(points, text)| match points {
                0 => format!("aucun point : {}", said(text)),
                100 => format!("tous les points : {}", said(text)),
                points => format!("{points}{NBSP}% : {}", said(text)),
            });
            words.collect::<Vec<_>>().join(" ; ")
        }
    }
}

/// What stands for a value that nothing gives: a finding says so.
const BLANK: &str = "[à compléter]";

/// From a value to the last that the unit has that way: « de 95 à 100 % », « de 0 à 3 l/kg », « à 18 tonnes et au-delà ».
fn reach(line: &Line, value: Option<&Number>, upward: bool) -> String {
    let here = shown(line, value);
    let Some(value) = value else { return format!("à {here}") };
    match whole(&line.unit).filter(|_| upward) {
        Some(whole) if *value == whole => format!("à {here}"),
        Some(whole) => format!("de {} à {}", value.french(2), line.show(&whole)),
        None if upward => format!("à {here} et au-delà"),
        None if line.negative => format!("à {here} et en deçà"),
        None if value.is_zero() => format!("à {here}"),
        None => format!("de 0 à {here}"),
    }
}

fn shown(line: &Line, value: Option<&Number>) -> String {
    value.map_or_else(|| BLANK.to_owned(), |value| line.show(value))
}
