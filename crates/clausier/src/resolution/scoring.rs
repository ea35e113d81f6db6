//! Executes the grid of a lot on offers: exact marks, each with its trace.
//!
//! The rules that the règlement states once for all criteria stand here once, as it prints them: bounds, absent, unproven,
//! partly proven and negative values, offers short of a minimum, null prices, rounding, equality.

use crate::base::quantity::Number;
use crate::base::terms::{CriterionNature, Sense};
use crate::library::marking::MARK_DECIMALS;
use crate::resolution::grid::{Criterion, Grid, Line, LotNote, Rule, whole};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// An offer for a lot: what it answers to each note.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Offer {
    /// Name of the tenderer.
    pub name: String,
    /// By criterion, then by note.
    answers: BTreeMap<String, BTreeMap<String, Answer>>,
}

/// An answer to a note. No entry at all is an answer left out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// A value in the unit of the note; for levels, the level that the evaluator found.
    Value(Number),
    /// A value that the proofs asked for do not support, after a request for clarification.
    Unproven(Number),
    /// A value that its proofs support in part; or a null or negative amount that the tenderer has justified.
    Partly {
        /// The value engaged.
        said: Number,
        /// The value reckoned again on its proofs; one better than what was said counts as what was said.
        kept: Number,
    },
}

impl Answer {
    /// The value that the offer engages, proven or not.
    fn said(&self) -> &Number {
        match self {
            Self::Value(said) | Self::Unproven(said) | Self::Partly { said, .. } => said,
        }
    }
}

impl Offer {
    /// An offer that answers nothing yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), answers: BTreeMap::new() }
    }

    /// Adds an answer to a note of a criterion.
    #[must_use]
    pub fn answer(mut self, criterion: &str, note: &str, answer: Answer) -> Self {
        self.answers.entry(criterion.to_owned()).or_default().insert(note.to_owned(), answer);
        self
    }

    fn to(&self, criterion: &Criterion, note: &LotNote) -> Option<&Answer> {
        self.answers.get(&criterion.id)?.get(&note.name)
    }
}

/// The offers of a lot, the best first, then those that are not ranked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Scores {
    /// One entry an offer.
    pub offers: Vec<Scored>,
}

/// An offer noted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Scored {
    /// Name of the tenderer.
    pub name: String,
    /// The marks, in the order of the grid.
    pub marks: Vec<Mark>,
    /// Sum of the marks.
    pub total: Number,
    /// Where it stands.
    pub standing: Standing,
}

/// Where an offer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// Ranked; equal offers share their rank.
    Rank(usize),
    /// Short of a minimum of the contract: not noted.
    Irregular(String),
    /// A null or negative price: looked at by hand before any mark.
    ToExamine(String),
}

/// A mark with its trace.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mark {
    /// Id of the criterion.
    pub criterion: String,
    /// Name of the note.
    pub note: String,
    /// Points, rounded.
    pub points: Number,
    /// The computation, in words and figures.
    pub trace: String,
    /// What the offer owes if it is chosen: the value that was noted, when the note engages one.
    pub owed: Option<Number>,
}

/// A mark as it counts: two decimals, half up.
fn rounded(points: &Number) -> Number {
    let step = Number::fraction(1, 10i64.pow(MARK_DECIMALS)).unwrap_or_else(Number::zero);
    let half = step.over(&Number::from_int(2)).unwrap_or_else(Number::zero);
    (points + &half).floor_to(&step)
}

impl Grid {
    /// Notes and ranks offers.
    ///
    /// Every mark is between zero and the points of its note; but for price and cost, it depends on its own offer alone.
    pub fn score(&self, offers: &[Offer]) -> Scores {
        let standings: Vec<Option<Standing>> = offers.iter().map(|offer| self.refusal(offer)).collect();
        // Amounts compare with the best positive one of the offers that are noted.
        let best = |criterion: &Criterion, note: &LotNote, highest: bool| {
            let noted = offers.iter().zip(&standings).filter(|(_, standing)| standing.is_none());
            let values = noted.filter_map(|(offer, _)| amount(offer.to(criterion, note)?, highest));
            let values = values.filter(|value| value.is_positive()).cloned();
            if highest { values.max() } else { values.min() }
        };
        let notes: Vec<_> = self
            .notes()
            .map(|(criterion, note)| match &note.rule {
                Rule::Relative { highest, .. } => (criterion, note, best(criterion, note, *highest)),
                _ => (criterion, note, None),
            })
            .collect();
        let mut scored: Vec<Scored> = Vec::new();
        for (offer, standing) in offers.iter().zip(&standings) {
            let mut marks = Vec::new();
            // An offer that is set aside has no marks.
            for (criterion, note, best) in notes.iter().filter(|_| standing.is_none()) {
                let answer = offer.to(criterion, note);
                let (points, trace, owed) = match &note.rule {
                    Rule::Relative { highest, .. } => relative(note, *highest, answer, best.as_ref()),
                    Rule::Line(line) => on_line(note, line, answer),
                    Rule::Levels(levels) => level(note, levels, answer),
                };
                let points = rounded(&points);
                marks.push(Mark { criterion: criterion.id.clone(), note: note.name.clone(), points, trace, owed });
            }
            let total = marks.iter().map(|mark| mark.points.clone()).sum();
            let standing = standing.clone().unwrap_or(Standing::Rank(0));
            scored.push(Scored { name: offer.name.clone(), marks, total, standing });
        }
        self.rank(&mut scored);
        Scores { offers: scored }
    }

    /// Why an offer is not noted.
    fn refusal(&self, offer: &Offer) -> Option<Standing> {
        for (criterion, note) in self.notes() {
            let answer = offer.to(criterion, note);
            match (&note.rule, answer) {
                (Rule::Relative { .. }, None | Some(Answer::Unproven(_)))
                    if criterion.nature == CriterionNature::Price =>
                {
                    let why = if answer.is_none() { "aucun montant" } else { "montant non justifié" };
                    return Some(Standing::Irregular(format!("« {} » : {why}", criterion.title)));
                }
                // A null cost that stays unproven sets the offer aside, as a null price does.
                (Rule::Relative { highest: false, .. }, Some(Answer::Unproven(value))) if !value.is_positive() => {
                    let why = format!("« {} » : montant nul ou négatif, non justifié", criterion.title);
                    return Some(Standing::Irregular(why));
                }
                (Rule::Relative { highest: false, .. }, Some(Answer::Value(value))) if !value.is_positive() => {
                    let why = format!("« {} » : montant nul ou négatif, à faire justifier", criterion.title);
                    return Some(Standing::ToExamine(why));
                }
                // What is written is what counts: an impossible or unproven value is no better treated than an honest one.
                (Rule::Line(line), Some(answer)) if line.has_minimum() => {
                    if let Some(least) = &line.none_at
                        && short(line.sense, answer.said(), least)
                    {
                        let (value, least) = (line.show(answer.said()), line.show(least));
                        let why = format!("« {} » : {value} au lieu de {least}", note.title);
                        return Some(Standing::Irregular(why));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Ranks by total, then by the marks of the heaviest criteria, in the order of the dossier for equal weights.
    fn rank(&self, scored: &mut [Scored]) {
        let mut order: Vec<&Criterion> = self.criteria.iter().collect();
        order.sort_by(|a, b| b.weight.cmp(&a.weight));
        let on = |offer: &Scored, criterion: &Criterion| -> Number {
            offer.marks.iter().filter(|m| m.criterion == criterion.id).map(|m| m.points.clone()).sum()
        };
        let ranked = |offer: &Scored| matches!(offer.standing, Standing::Rank(_));
        let compare = |a: &Scored, b: &Scored| -> Ordering {
            let by_total = ranked(b).cmp(&ranked(a)).then_with(|| b.total.cmp(&a.total));
            order
                .iter()
                .fold(by_total, |so_far, criterion| so_far.then_with(|| on(b, criterion).cmp(&on(a, criterion))))
        };
        scored.sort_by(compare);
        let mut rank = 1;
        for i in 0..scored.len() {
            if i > 0 && compare(&scored[i - 1], &scored[i]) != Ordering::Equal {
                rank = i + 1;
            }
            if ranked(&scored[i]) {
                scored[i].standing = Standing::Rank(rank);
            }
        }
    }
}

type Noted = (Number, String, Option<Number>);

fn nothing(why: &str) -> Noted {
    (Number::zero(), why.to_owned(), None)
}

/// True for a value that exists in the unit: negative only where that is real, and no share above the whole.
fn possible(line: &Line, value: &Number) -> bool {
    let over = whole(&line.unit).is_some_and(|whole| *value > whole);
    !((value.is_negative() && !line.negative) || over)
}

/// The amount that is compared: reckoned again on its proofs, it is never better than what the offer said; `None` when it is
/// not proven at all.
fn amount(answer: &Answer, highest: bool) -> Option<&Number> {
    match answer {
        Answer::Unproven(_) => None,
        Answer::Value(value) => Some(value),
        Answer::Partly { said, kept } => Some(if highest { said.min(kept) } else { said.max(kept) }),
    }
}

/// True when a value is worse than another.
fn short(sense: Sense, value: &Number, than: &Number) -> bool {
    match sense {
        Sense::AtLeast => value < than,
        Sense::AtMost => value > than,
    }
}

fn relative(note: &LotNote, highest: bool, answer: Option<&Answer>, best: Option<&Number>) -> Noted {
    let Some(answer) = answer else { return nothing("aucun montant") };
    let Some(value) = amount(answer, highest) else { return nothing("montant non justifié") };
    if !value.is_positive() {
        if highest {
            return nothing("montant nul ou négatif : aucun point");
        }
        return (note.points.clone(), "montant nul ou négatif, justifié : tous les points".to_owned(), None);
    }
    let best = best.unwrap_or(value);
    let ratio = if highest { value.over(best) } else { best.over(value) };
    let Some(ratio) = ratio else { return nothing("montant nul") };
    let (top, bottom) = if highest { (value, best) } else { (best, value) };
    let trace = format!("{} × {} ÷ {}", note.points.french(2), top.french(2), bottom.french(2));
    (&note.points * &ratio, trace, None)
}

fn on_line(note: &LotNote, line: &Line, answer: Option<&Answer>) -> Noted {
    let Some(answer) = answer else { return nothing("aucune réponse") };
    if matches!(answer, Answer::Unproven(_)) {
        return nothing("valeur non justifiée");
    }
    if !possible(line, answer.said()) {
        return nothing("valeur impossible (négative ou supérieure au tout) : aucun point");
    }
    let value = match answer {
        Answer::Partly { said, kept } if short(line.sense, kept, said) => kept,
        answer => answer.said(),
    };
    let again = if value == answer.said() {
        String::new()
    } else {
        format!(" (recalculé : {} ; engagé : {})", line.show(value), line.show(answer.said()))
    };
    let Some((none, all)) = line.ends() else { return nothing("l’échelle n’a pas ses deux valeurs") };
    if short(line.sense, value, none) {
        let side = if line.sense == Sense::AtLeast { "en deçà" } else { "au-delà" };
        return nothing(&format!("{} : aucun point {side} de {}{again}", line.show(value), line.show(none)));
    }
    let kept = if short(line.sense, all, value) { all } else { value };
    let (gained, whole) = (kept - none, all - none);
    // The ends differ: the line rises, and the value is not short of its beginning.
    let share = gained.over(&whole).unwrap_or_else(Number::zero);
    // Written so that every difference is positive.
    let (high, low, top, bottom) = match line.sense {
        Sense::AtMost => (none, kept, none, all),
        Sense::AtLeast => (kept, none, all, none),
    };
    let figure = |number: &Number| number.french(2);
    let cut = if kept == value { String::new() } else { format!(" (offert : {})", line.show(value)) };
    let (high, low, top, bottom) = (figure(high), figure(low), figure(top), figure(bottom));
    let trace = format!("{} × ({high} − {low}) ÷ ({top} − {bottom}){cut}{again}", figure(&note.points));
    // What earns nothing binds to nothing more than the contract already does.
    let owed = (line.engaged && share.is_positive()).then(|| kept.clone());
    (&note.points * &share, trace, owed)
}

fn level(note: &LotNote, levels: &[(i64, String)], answer: Option<&Answer>) -> Noted {
    let value = match answer {
        None => return nothing("aucune réponse"),
        Some(Answer::Unproven(_)) => return nothing("réponse non justifiée"),
        Some(Answer::Value(value) | Answer::Partly { kept: value, .. }) => value,
    };
    match levels.iter().find(|(points, _)| Number::from_int(*points) == *value) {
        Some((points, text)) => {
            let share = Number::fraction(*points, 100).unwrap_or_else(Number::zero);
            let trace = format!("{} × {points} % ({text})", note.points.french(2));
            (&note.points * &share, trace, None)
        }
        None => nothing("ce niveau n’est pas de la grille"),
    }
}
