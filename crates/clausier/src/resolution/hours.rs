//! Insertion hours: how many a lot carries, and every step that leads there.
//!
//! `hours = amount × labour share × insertion rate ÷ hourly price`, exact, then rounded down to a multiple of the
//! step. Nothing here knows a dossier: the caller gives each factor with its source, and gets them back in
//! [`HoursResult::steps`] as the calculation note prints them.
//!
//! ```
//! use clausier::hours::{Formula, HourlyPrice, HoursRequest, Sourced, Volume, WorkingTime};
//! use clausier::quantity::{Euros, Hours, Rate};
//!
//! let request = HoursRequest::new(Volume::Formula(Formula {
//!     amount: Sourced::new(Euros::from_int(350_000), "dossier"),
//!     labour_share: Sourced::new(Rate::from_percent(50), "dossier"),
//!     insertion_rate: Sourced::new(Rate::from_percent(10), "dossier"),
//!     hourly_price: Sourced::new(HourlyPrice::Selling(Euros::from_int(36)), "dossier"),
//! }), WorkingTime { day: Hours::from_int(7), week: Hours::from_int(35), year: Hours::from_int(1_607) });
//! let result = request.compute().unwrap();
//! assert_eq!(result.raw.french(2), "486,11");
//! assert_eq!(result.rounded, Hours::from_int(485));
//! ```

pub use crate::dossier::consultation::Period;

mod error;

use crate::base::quantity::{Euros, Hours, NBSP, Number, Rate};
pub use error::HoursError;
use error::{not_negative, positive, refuse_zero, share};
use std::fmt;

/// What a day, a week and a year of one full-time equivalent make, in hours: the register has them
/// ([`Usages`](crate::law::Usages)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingTime {
    /// A day.
    pub day: Hours,
    /// A week.
    pub week: Hours,
    /// A year.
    pub year: Hours,
}

/// A value with where it comes from (« dossier », « valeur usuelle de la famille »).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Its source, as the calculation note prints it.
    pub source: String,
}

impl<T> Sourced<T> {
    /// A value and its source.
    pub fn new(value: T, source: impl Into<String>) -> Self {
        Self { value, source: source.into() }
    }
}

/// The step to a multiple of which a volume is rounded down, in hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum RoundingStep {
    /// One hour.
    One,
    /// Five hours.
    #[default]
    Five,
    /// Seven hours: a day.
    Seven,
    /// Thirty-five hours: a week.
    ThirtyFive,
    /// Seventy hours: two weeks.
    Seventy,
}

impl RoundingStep {
    /// The steps, from the smallest.
    pub const ALL: [Self; 5] = [Self::One, Self::Five, Self::Seven, Self::ThirtyFive, Self::Seventy];

    /// The step of so many hours; `None` when it is not one of [`RoundingStep::ALL`].
    pub fn new(hours: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.hours() == hours)
    }

    /// Its hours.
    pub fn hours(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Five => 5,
            Self::Seven => 7,
            Self::ThirtyFive => 35,
            Self::Seventy => 70,
        }
    }

    /// Its hours, as a number.
    pub fn number(self) -> Number {
        Number::from_int(self.hours())
    }
}

impl fmt::Display for RoundingStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hours(self.number()).fmt(f)
    }
}

/// What one hour of work is worth in the formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HourlyPrice {
    /// The price at which the contractor sells it: what the formula calls for, since the amount is a selling price.
    Selling(Euros),
    /// What it costs the employer, charges included: dividing by it overstates the hours (by 1.45 to 1.72 in building).
    WageCost(Euros),
}

impl HourlyPrice {
    /// Euros per hour, whichever they are.
    pub fn euros(&self) -> &Euros {
        match self {
            Self::Selling(euros) | Self::WageCost(euros) => euros,
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Selling(_) => "Prix horaire de vente",
            Self::WageCost(_) => "Coût salarial horaire",
        }
    }
}

/// The factors of the formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// Amount of the lot, excluding tax.
    pub amount: Sourced<Euros>,
    /// Part of the amount that pays for labour.
    pub labour_share: Sourced<Rate>,
    /// Part of the labour to be done by eligible people.
    pub insertion_rate: Sourced<Rate>,
    /// Worth of one hour.
    pub hourly_price: Sourced<HourlyPrice>,
}

/// Hours owed for an ordered amount: so many per tranche of so many euros, pro rata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRule {
    hours: Hours,
    tranche: Euros,
}

impl InvoiceRule {
    /// « 35 heures par tranche de 100 000 € hors taxes commandés, au prorata ».
    ///
    /// # Errors
    /// When the hours are negative or the tranche is not above zero.
    pub fn new(hours: Hours, tranche: Euros) -> Result<Self, HoursError> {
        positive("le montant de la tranche", &tranche.0)?;
        not_negative("le nombre d’heures par tranche", &hours.0)?;
        Ok(Self { hours, tranche })
    }

    /// Hours per tranche.
    pub fn hours(&self) -> &Hours {
        &self.hours
    }

    /// Amount of a tranche.
    pub fn tranche(&self) -> &Euros {
        &self.tranche
    }

    /// Hours owed for an amount, exact; none for a negative one.
    pub fn due(&self, invoiced: &Euros) -> Hours {
        let tranches = invoiced.0.over(&self.tranche.0).unwrap_or_else(Number::zero).or_zero();
        Hours(&tranches * &self.hours.0)
    }
}

impl fmt::Display for InvoiceRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} par tranche de {} HT commandés, au prorata", self.hours, self.tranche)
    }
}

/// The amount on which the volume of a framework agreement is estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameworkAmount {
    /// What the buyer expects to order.
    Estimated(Euros),
    /// What the agreement cannot exceed.
    Maximum(Euros),
}

impl FrameworkAmount {
    fn euros(&self) -> &Euros {
        match self {
            Self::Estimated(euros) | Self::Maximum(euros) => euros,
        }
    }

    fn label(&self) -> &'static str {
        match self {
            Self::Estimated(_) => "Montant estimé hors taxes",
            Self::Maximum(_) => "Montant maximum hors taxes",
        }
    }
}

/// How the volume is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Volume {
    /// By the formula.
    Formula(Formula),
    /// By ordered tranche (framework agreement): the rule is what binds, the volume is an estimate.
    PerTranche {
        /// The rule.
        rule: Sourced<InvoiceRule>,
        /// The amount on which the volume is estimated.
        amount: Sourced<FrameworkAmount>,
    },
    /// By the buyer: printed as it is, never rounded.
    Fixed(Sourced<Hours>),
}

/// What to compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRequest {
    /// How the volume is set.
    pub volume: Volume,
    /// Rounding step. A fixed volume that is no multiple of it is divided by whole hours.
    pub step: RoundingStep,
    /// The periods over which the volume is divided; empty for a single one.
    pub periods: Vec<Period>,
    /// In what other words the volume is told.
    pub time: WorkingTime,
}

/// One line of the calculation note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the line is, in French.
    pub label: String,
    /// Its value, formatted.
    pub value: String,
    /// Where the value comes from: the source of a factor, or the operation that gives a result.
    pub source: String,
}

impl Step {
    fn new(label: &str, value: impl fmt::Display, source: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.to_string(), source: source.into() }
    }
}

/// A volume in other words; each figure is exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalents {
    /// Days.
    pub days: Number,
    /// Weeks.
    pub weeks: Number,
    /// Full-time equivalents, over one year.
    pub fte: Number,
    /// Yearly hours of one full-time equivalent.
    pub fte_hours: Hours,
}

/// A volume of hours, and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HoursResult {
    /// Before rounding, in hours.
    pub raw: Number,
    /// What the pieces print.
    pub rounded: Hours,
    /// The step to which the volume and its periods are rounded.
    pub step: RoundingStep,
    /// Hours of each period; their sum is [`HoursResult::rounded`]. A single one without periods.
    pub per_period: Vec<Hours>,
    /// The volume in other words.
    pub equivalents: Equivalents,
    /// Hours owed for an ordered amount, which a framework agreement states beside the volume. None for a fixed
    /// volume, or when the formula gives no hour.
    pub invoice_rule: Option<InvoiceRule>,
    /// All the labour of the lot, when the formula tells it.
    pub labour: Option<Hours>,
    /// True when the hours were divided by a wage cost, hence overstated.
    pub overstated: bool,
    /// From what it was computed.
    request: HoursRequest,
}

impl HoursResult {
    /// The lines of the calculation note, in order.
    pub fn steps(&self) -> Vec<Step> {
        let Self { raw, rounded, step, per_period, equivalents, request, .. } = self;
        let HoursRequest { volume, periods, time: WorkingTime { day, week, .. }, .. } = request;
        let mut steps = volume.steps(raw);
        if !matches!(volume, Volume::Fixed(_)) {
            steps.push(Step::new("Heures retenues", rounded, format!("multiple inférieur de {step}")));
        }
        if let [first, others @ .., last] = per_period.as_slice() {
            if periods.windows(2).all(|pair| pair[0].length == pair[1].length) {
                let source = format!("{rounded} sur {} périodes, au pas de {step}", periods.len());
                steps.push(Step::new("Heures par période", first, source));
                steps.push(Step::new("Heures de la dernière période", last, "le reste"));
            } else {
                let share = format!("à proportion, au pas de {step}");
                let sources = std::iter::repeat_n(share.as_str(), others.len() + 1).chain(["le reste"]);
                let parts = periods.iter().zip(per_period).zip(sources);
                steps.extend(parts.map(|((period, hours), source)| {
                    Step::new(&format!("Heures de la {}", period.name), hours, source)
                }));
            }
        }
        let source = |base: &Hours| format!("{rounded} ÷ {base}");
        steps.push(Step::new("En jours", equivalents.days.french(1), source(day)));
        steps.push(Step::new("En semaines", equivalents.weeks.french(1), source(week)));
        let fte_source = format!("{} par an", source(&equivalents.fte_hours));
        steps.push(Step::new("En équivalents temps plein sur un an", equivalents.fte.french(2), fte_source));
        steps
    }
}

impl HoursRequest {
    /// A request with the default step and no periods.
    pub fn new(volume: Volume, time: WorkingTime) -> Self {
        Self { volume, step: RoundingStep::default(), periods: Vec::new(), time }
    }

    /// Computes the volume.
    ///
    /// # Errors
    /// When a factor is out of its range, or when hours exist and rounding would leave none.
    pub fn compute(&self) -> Result<HoursResult, HoursError> {
        self.clone().computed()
    }

    /// The same, of a request that serves no more.
    pub(crate) fn computed(self) -> Result<HoursResult, HoursError> {
        let WorkingTime { day, week, year } = &self.time;
        positive("la base d’un équivalent temps plein", &year.0)?;
        positive("la durée d’une semaine", &week.0)?;
        positive("la durée d’un jour", &day.0)?;
        let Raw { hours: raw, invoice_rule, labour, overstated } = self.volume.raw(week)?;
        let fixed = matches!(self.volume, Volume::Fixed(_));
        let step = if fixed && raw.floor_to(&self.step.number()) != raw { RoundingStep::One } else { self.step };
        self.periods.iter().try_for_each(|period| positive("la longueur d’une période", &period.length))?;
        let periods = u8::try_from(self.periods.len().max(1)).unwrap_or(u8::MAX);
        let rounded = Hours(if fixed { raw.clone() } else { raw.floor_to(&step.number()) });
        if !fixed || periods > 1 {
            refuse_zero(&raw, step, periods)?;
        }
        let per_period = split(&rounded, &self.periods, step);
        let equivalents = Equivalents {
            days: divided(&rounded.0, day.0.clone()),
            weeks: divided(&rounded.0, week.0.clone()),
            fte: divided(&rounded.0, year.0.clone()),
            fte_hours: year.clone(),
        };
        let request = self;
        Ok(HoursResult { raw, rounded, step, per_period, equivalents, invoice_rule, labour, overstated, request })
    }
}

/// What the volume gives before any rounding.
struct Raw {
    hours: Number,
    invoice_rule: Option<InvoiceRule>,
    labour: Option<Hours>,
    overstated: bool,
}

impl Volume {
    fn raw(&self, week: &Hours) -> Result<Raw, HoursError> {
        match self {
            Self::Formula(formula) => formula.raw(week),
            Self::PerTranche { rule, amount } => {
                let euros = amount.value.euros();
                not_negative("le montant de l’accord-cadre", &euros.0)?;
                let (hours, invoice_rule) = (rule.value.due(euros).0, Some(rule.value.clone()));
                Ok(Raw { hours, invoice_rule, labour: None, overstated: false })
            }
            Self::Fixed(hours) => {
                not_negative("le volume d’heures", &hours.value.0)?;
                Ok(Raw { hours: hours.value.0.clone(), invoice_rule: None, labour: None, overstated: false })
            }
        }
    }

    /// The lines that lead to the hours before rounding.
    fn steps(&self, raw: &Number) -> Vec<Step> {
        match self {
            Self::Formula(formula) => formula.steps(raw),
            Self::PerTranche { rule, amount } => {
                let euros = amount.value.euros();
                let source = format!("{euros} ÷ {} × {}", rule.value.tranche, rule.value.hours);
                vec![
                    Step::new(amount.value.label(), euros, &amount.source),
                    Step::new("Règle", &rule.value, &rule.source),
                    Step::new("Volume estimatif brut", Hours(raw.clone()), source),
                ]
            }
            Self::Fixed(hours) => vec![Step::new("Volume fixé par l’acheteur", &hours.value, &hours.source)],
        }
    }
}

impl Formula {
    fn raw(&self, week: &Hours) -> Result<Raw, HoursError> {
        let Self { amount, labour_share, insertion_rate, hourly_price } = self;
        let price = hourly_price.value.euros();
        not_negative("le montant", &amount.value.0)?;
        share("la part de main-d’œuvre", &labour_share.value)?;
        share("le taux d’insertion", &insertion_rate.value)?;
        positive("le prix horaire", &price.0)?;
        let labour = divided(&(&amount.value.0 * &labour_share.value.0), price.0.clone());
        let hours = &labour * &insertion_rate.value.0;
        // The hours that a week makes, for an amount that a buyer reads: rounded up to the euro, as hours are rounded down.
        let tranche = (&price.0 * &week.0).over(&(&labour_share.value.0 * &insertion_rate.value.0));
        let invoice_rule =
            tranche.map(|t| InvoiceRule { hours: week.clone(), tranche: Euros(t.ceil_to(&Number::from_int(1))) });
        let overstated = matches!(hourly_price.value, HourlyPrice::WageCost(_));
        Ok(Raw { hours, invoice_rule, labour: Some(Hours(labour)), overstated })
    }

    fn steps(&self, raw: &Number) -> Vec<Step> {
        let Self { amount, labour_share, insertion_rate, hourly_price } = self;
        let price = hourly_price.value.euros();
        let source = format!("{} × {} × {} ÷ {price}", amount.value, labour_share.value, insertion_rate.value);
        vec![
            Step::new("Montant hors taxes", &amount.value, &amount.source),
            Step::new("Part de main-d’œuvre", &labour_share.value, &labour_share.source),
            Step::new("Taux d’insertion", &insertion_rate.value, &insertion_rate.source),
            Step::new(hourly_price.value.label(), format!("{price}/h"), &hourly_price.source),
            Step::new("Heures brutes", Hours(raw.clone()), source),
        ]
    }
}

/// Parts in proportion to the lengths, rounded down to the step, the remainder in the last one.
fn split(total: &Hours, periods: &[Period], step: RoundingStep) -> Vec<Hours> {
    let Some((_, head)) = periods.split_last() else { return vec![total.clone()] };
    let whole: Number = periods.iter().map(|period| period.length.clone()).sum();
    let part = |period: &Period| Hours(divided(&(&total.0 * &period.length), whole.clone()).floor_to(&step.number()));
    let mut parts: Vec<Hours> = head.iter().map(part).collect();
    let given: Number = parts.iter().map(|hours| hours.0.clone()).sum();
    parts.push(Hours(&total.0 - &given));
    parts
}

/// A quotient whose divisor was checked; zero otherwise.
fn divided(number: &Number, divisor: Number) -> Number {
    number.over(&divisor).unwrap_or_else(Number::zero)
}
