//! What the weights of a lot do, before any offer comes: the price of a point, the spread of each criterion on six invented
//! offers, what a promise earns and what breaking it costs.
//!
//! Exact figures, drawn from the grid and the estimated amount alone.

use crate::base::quantity::{Euros, NBSP, Number, Rate};
use crate::base::terms::{CriterionNature, Sense};
use crate::library::marking::{MARK_DECIMALS, Share};
use crate::resolution::grid::{Criterion, Grid, Line, LotNote, Rule, whole};
use crate::resolution::scoring::{Answer, Offer, Scores, Standing};

/// What the weights of a lot do.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Simulation {
    /// Number of the lot.
    pub lot: u32,
    /// Estimated amount of the lot, taken for the lowest offer.
    pub amount: Euros,
    /// Points of the price; zero when the price is no criterion of the lot.
    pub price_points: Number,
    /// What one point is worth: how much dearer than the lowest offer another may be, for one point more elsewhere. `None`
    /// when the price does not weigh more than one point.
    pub point: Option<Euros>,
    /// The criteria, in the order of the grid.
    pub criteria: Vec<Spread>,
    /// What the offer may engage, note by note.
    pub promises: Vec<Promised>,
    /// Six invented offers, scored.
    pub offers: Scores,
}

/// How far a criterion parts the invented offers.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Spread {
    /// Id of the criterion.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it judges.
    pub nature: CriterionNature,
    /// Points.
    pub weight: Number,
    /// Least points among the invented offers that are ranked.
    pub lowest: Number,
    /// Most points among them.
    pub highest: Number,
    /// What all its points are worth in euros, as for one point; `None` for the price itself, and when no gap of price makes
    /// up for them.
    pub worth: Option<Euros>,
    /// The same in part of the lowest offer.
    pub gap: Option<Rate>,
    /// What its weight undoes.
    pub neutralised: Option<Neutralised>,
}

/// What the weight of a criterion undoes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Neutralised {
    /// The criterion: it gives every invented offer the same mark.
    Even,
    /// The criterion: a small gap of price makes up for all its points.
    Light,
    /// The price: promised values alone weigh as much, so that no gap of price makes up for them.
    Price,
}

impl Neutralised {
    /// Why, in French.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Even => "ne départage rien : la même note à toutes les offres",
            Self::Light => "trop léger : un faible écart de prix efface tous ses points",
            Self::Price => "écrase le prix : aucun écart de prix ne rattrape les valeurs promises",
        }
    }
}

/// A value that an offer may engage, and what breaking the promise costs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Promised {
    /// Id of the criterion.
    pub criterion: String,
    /// Name of the note.
    pub note: String,
    /// What is promised.
    pub title: String,
    /// The greatest value noted beyond the one that gives nothing, in the unit of the note.
    pub range: Number,
    /// The same as texts print it (« 6 tonnes »).
    pub shown: String,
    /// The value that gives nothing, to which the promise adds.
    pub minimum: Number,
    /// What there is in all, when it is known: no promise goes beyond.
    pub stock: Option<Number>,
    /// Unit of the note.
    pub unit: String,
    /// Points that it earns.
    pub points: Number,
    /// What these points have of those of the criterion.
    pub share: Share,
    /// What these points are worth; `None` when no gap of price makes up for them, or when the price is no criterion.
    pub worth: Option<Euros>,
    /// What leaving the whole of it undone costs, each time that it is recorded, any ceiling aside; `None` when nothing gives
    /// the amount of a unit.
    pub broken: Option<Euros>,
    /// Points at which breaking the promise costs what it earns; `None` when its cost or the price is not known.
    pub balanced: Option<Number>,
    /// The clause whose target the promise raises; empty when the criterion has its own penalty.
    pub raises: String,
    /// The offer proves all that it promises, or it earns nothing.
    pub proved: bool,
}

impl Promised {
    /// What breaking the promise costs and what it earned, when it costs less.
    pub(crate) fn cheap(&self) -> Option<(&Euros, &Euros)> {
        self.broken.as_ref().zip(self.worth.as_ref()).filter(|(broken, worth)| broken < worth)
    }
}

/// How much dearer than the lowest offer another may be, for these points more elsewhere: `amount × points ÷ (price − points)`.
/// `None` when the price has no more points than that: no gap makes up for them.
fn worth(amount: &Euros, price: &Number, points: &Number) -> Option<Euros> {
    let left = price - points;
    if left.is_positive() { (&amount.0 * points).over(&left).map(Euros) } else { None }
}

/// Points whose worth is this cost: `price × cost ÷ (amount + cost)`.
fn balanced(amount: &Euros, price: &Number, cost: &Euros) -> Option<Number> {
    (&cost.0 * price).over(&(&amount.0 + &cost.0))
}

impl Grid {
    /// Points of the price, when the lowest is the best; a fee paid to the buyer is no cost.
    pub(crate) fn price_points(&self) -> Number {
        let priced = |note: &LotNote| matches!(note.rule, Rule::Relative { highest: false, .. });
        let price = self.notes().filter(|(criterion, _)| criterion.nature == CriterionNature::Price);
        price.filter(|(_, note)| priced(note)).map(|(_, note)| note.points.clone()).sum()
    }

    /// What the offer may engage on a lot of this amount.
    pub(crate) fn promises(&self, amount: &Euros) -> Vec<Promised> {
        let price = self.price_points();
        self.notes().filter_map(|(criterion, note)| promised(criterion, note, amount, &price)).collect()
    }

    /// The criteria whose weight undoes them, or the price, on a lot of this amount; none when no weight does.
    pub(crate) fn neutralised(&self, amount: &Euros) -> Vec<(Spread, Neutralised)> {
        let price = self.price_points();
        // Nearly no weight does: the offers are not scored in vain.
        if self.criteria.iter().all(|criterion| undone(criterion, amount, &price, self.price_gap.as_ref()).is_none()) {
            return Vec::new();
        }
        let spreads = self.simulate(amount).criteria.into_iter();
        spreads.filter_map(|spread| spread.neutralised.map(|found| (spread, found))).collect()
    }

    /// What the weights do on a lot of this amount.
    pub(crate) fn simulate(&self, amount: &Euros) -> Simulation {
        let price = self.price_points();
        let offers = self.score(&invented(self, amount));
        let criteria = self
            .criteria
            .iter()
            .map(|criterion| spread(criterion, amount, &price, &offers, self.price_gap.as_ref()))
            .collect();
        let promises = self.promises(amount);
        let point = worth(amount, &price, &Number::from_int(1));
        Simulation { lot: self.lot, amount: amount.clone(), price_points: price, point, criteria, promises, offers }
    }
}

/// How far a criterion parts the offers; it is light when an honest gap of price makes up for all its points.
fn spread(criterion: &Criterion, amount: &Euros, price: &Number, scores: &Scores, honest: Option<&Rate>) -> Spread {
    let ranked = scores.offers.iter().filter(|scored| matches!(scored.standing, Standing::Rank(_)));
    let on = |scored: &crate::resolution::scoring::Scored| -> Number {
        scored.marks.iter().filter(|mark| mark.criterion == criterion.id).map(|mark| mark.points.clone()).sum()
    };
    let marks: Vec<Number> = ranked.map(on).collect();
    let lowest = marks.iter().min().cloned().unwrap_or_else(Number::zero);
    let highest = marks.into_iter().max().unwrap_or_else(Number::zero);
    let weight = criterion.weight.clone();
    let (worth, gap) = compared(criterion, amount, price);
    let even = lowest == highest && criterion.own_method.is_empty();
    let neutralised = if even { Some(Neutralised::Even) } else { undone(criterion, amount, price, honest) };
    let (id, title) = (criterion.id.clone(), criterion.title.clone());
    Spread { id, title, nature: criterion.nature, weight, lowest, highest, worth, gap, neutralised }
}

/// What the points of a criterion are worth against those of the price, in euros and in part of the lowest offer.
fn compared(criterion: &Criterion, amount: &Euros, price: &Number) -> (Option<Euros>, Option<Rate>) {
    let compared = price.is_positive() && criterion.nature != CriterionNature::Price;
    let worth = worth(amount, price, &criterion.weight).filter(|_| compared);
    let gap = worth.as_ref().and_then(|worth| worth.0.over(&amount.0)).map(Rate);
    (worth, gap)
}

/// What the weight of a criterion undoes, if it parts the offers at all: the price, or itself when an honest gap of price makes
/// up for all its points.
fn undone(criterion: &Criterion, amount: &Euros, price: &Number, honest: Option<&Rate>) -> Option<Neutralised> {
    let lines = criterion.notes.iter().filter(|note| matches!(note.rule, Rule::Line(_)));
    let promised: Number = lines.map(|note| note.points.clone()).sum();
    let compared_with = price.is_positive() && criterion.nature != CriterionNature::Price;
    if compared_with && promised.is_positive() && promised >= *price {
        return Some(Neutralised::Price);
    }
    let (_, gap) = compared(criterion, amount, price);
    gap.as_ref().zip(honest).filter(|(gap, honest)| gap < honest).map(|_| Neutralised::Light)
}

fn promised(criterion: &Criterion, note: &LotNote, amount: &Euros, price: &Number) -> Option<Promised> {
    let Rule::Line(line) = &note.rule else { return None };
    let (none, all) = line.ends().filter(|_| line.engaged)?;
    let range = if line.sense == Sense::AtMost { none - all } else { all - none };
    let broken = line.unit_penalty.as_ref().map(|unit| Euros(&unit.0 * &range));
    Some(Promised {
        criterion: criterion.id.clone(),
        note: note.name.clone(),
        title: note.title.clone(),
        // A share is missed by points.
        shown: if whole(&line.unit).is_some() { points(&range) } else { line.show(&range) },
        points: note.points.clone(),
        share: note.share.clone(),
        minimum: none.clone(),
        stock: line.stock.clone(),
        unit: line.unit.clone(),
        worth: worth(amount, price, &note.points),
        balanced: broken.as_ref().and_then(|broken| balanced(amount, price, broken)),
        broken,
        raises: line.raises().unwrap_or_default().to_owned(),
        proved: !line.offer_proof.is_empty(),
        range,
    })
}

/// Six offers that any consultation may receive: price in per cent of the estimate, share of the way on each scale, level.
fn invented(grid: &Grid, amount: &Euros) -> Vec<Offer> {
    let answered = |value| Some(Answer::Value(value));
    let unproven = |value| Some(Answer::Unproven(value));
    vec![
        invent(grid, amount, "La moins chère, au minimum", 90, 0, 0, answered),
        invent(grid, amount, "Équilibrée", 100, 50, 50, answered),
        invent(grid, amount, "La plus exigeante", 115, 100, 100, answered),
        invent(grid, amount, "Surenchère au-delà des plafonds", 100, 200, 0, answered),
        invent(grid, amount, "Promesses sans preuve", 95, 100, 50, unproven),
        invent(grid, amount, "Prix seul, aucune réponse", 95, 0, 0, |_| None),
    ]
}

fn invent(
    grid: &Grid,
    amount: &Euros,
    name: &str,
    price: i64,
    along: i64,
    level: i64,
    answer: impl Fn(Number) -> Option<Answer>,
) -> Offer {
    let part = |percent: i64| Number::fraction(percent, 100).unwrap_or_else(Number::zero);
    grid.notes().fold(Offer::new(name), |offer, (criterion, note)| {
        let found = match &note.rule {
            Rule::Relative { .. } => Some(Answer::Value(&amount.0 * &part(price))),
            Rule::Line(line) => at(line, &part(along)).and_then(&answer),
            // The best of the levels that do not exceed the one meant.
            Rule::Levels(levels) => {
                let met = levels.iter().map(|(points, _)| *points).find(|points| *points <= level);
                met.map(Number::from_int).and_then(&answer)
            }
        };
        match found {
            Some(found) => offer.answer(&criterion.id, &note.name, found),
            None => offer,
        }
    })
}

/// A value at a share of the way of a line, within what its unit can say.
fn at(line: &Line, share: &Number) -> Option<Number> {
    let (none, all) = line.ends()?;
    let value = (none + &(&(all - none) * share)).or_zero();
    Some(whole(&line.unit).map_or(value.clone(), |whole| Number::min_of(&value, &whole)))
}

/// Points as texts print them.
pub(crate) fn points(number: &Number) -> String {
    let word = if *number < Number::from_int(2) { "point" } else { "points" };
    format!("{}{NBSP}{word}", number.french(MARK_DECIMALS))
}
