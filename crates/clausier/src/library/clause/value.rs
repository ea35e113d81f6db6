//! The type of a parameter, and its values.

use super::*;

/// Type of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterKind {
    /// A text, verbatim.
    Text,
    /// A whole number.
    Integer,
    /// The number of a lot of the dossier.
    Lot,
    /// An amount in euros HT.
    Amount,
    /// A rate.
    Rate,
    /// Hours.
    Hours,
    /// A date.
    Date,
    /// A duration.
    Duration,
    /// One word of a list: the words with what they print.
    Choice(Vec<(String, String)>),
    /// Yes or no.
    Flag,
    /// A list of texts, verbatim.
    List,
    /// A quantity in a unit fixed by the clause (« t »).
    Quantity(String),
    /// A ratio in a unit fixed by the clause (« h/t »).
    Ratio(String),
}

impl ParameterKind {
    /// The word of the clause file.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text => "texte",
            Self::Integer => "entier",
            Self::Lot => "lot",
            Self::Amount => "montant",
            Self::Rate => "taux",
            Self::Hours => "heures",
            Self::Date => "date",
            Self::Duration => "duree",
            Self::Choice(_) => "choix",
            Self::Flag => "oui-non",
            Self::List => "liste",
            Self::Quantity(_) => "quantite",
            Self::Ratio(_) => "ratio",
        }
    }

    /// The unit fixed by the clause, for a quantity or a ratio.
    pub fn unit(&self) -> Option<&str> {
        match self {
            Self::Quantity(unit) | Self::Ratio(unit) => Some(unit),
            _ => None,
        }
    }

    /// The choices, each with the text that it prints; none for any other type.
    pub fn choices(&self) -> &[(String, String)] {
        match self {
            Self::Choice(choices) => choices,
            _ => &[],
        }
    }
}

/// A typed value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An amount.
    Amount(Euros),
    /// A rate.
    Rate(Rate),
    /// Hours.
    Hours(Hours),
    /// A date.
    Date(Date),
    /// A duration.
    Duration(Duration),
    /// A choice: the word.
    Choice(String),
    /// Yes or no.
    Flag(bool),
    /// A list of texts.
    List(Vec<String>),
    /// A quantity or a ratio.
    Quantity(Quantity),
}

impl Value {
    /// The value as a dossier in TOML writes it (`"60 %"`, `2026-12-07`, `true`).
    pub fn literal(&self) -> String {
        match self {
            Self::Integer(_) | Self::Flag(_) | Self::Date(_) => self.plain(),
            Self::List(items) => format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ")),
            _ => quoted(&self.plain()),
        }
    }

    /// The value as a form shows it (`60 %`, `2026-12-07`, `true`); the items of a list after one another.
    pub fn plain(&self) -> String {
        let measure = |figure: String| figure.replace([FINE, NBSP], " ");
        match self {
            Self::Text(text) | Self::Choice(text) => text.clone(),
            Self::Integer(n) => n.to_string(),
            Self::Amount(amount) => measure(amount.to_string()),
            Self::Rate(rate) => measure(rate.to_string()),
            Self::Hours(hours) => measure(format!("{} h", hours.0.printed())),
            Self::Date(date) => date.iso(),
            Self::Duration(duration) => measure(duration.to_string()),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) => items.join(", "),
            Self::Quantity(quantity) => measure(format!("{} {}", quantity.value.printed(), quantity.unit)),
        }
    }

    /// The value as texts print it (« 60 % », « 7 décembre 2026 », « 25 heures par tonne »); words as they are written.
    pub(crate) fn figure(&self) -> String {
        match self {
            Self::Integer(n) => Number::from_int(*n).french(0),
            Self::Amount(amount) => amount.to_string(),
            Self::Rate(rate) => rate.to_string(),
            Self::Hours(hours) => hours.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Duration(duration) => duration.to_string(),
            Self::Quantity(quantity) => show_quantity(quantity),
            words => words.plain(),
        }
    }

    /// The value as a number to compare with bounds, when it has one.
    pub fn number(&self) -> Option<Number> {
        Some(match self {
            Self::Integer(n) => Number::from_int(*n),
            Self::Amount(v) => v.0.clone(),
            Self::Rate(v) => v.0.clone(),
            Self::Hours(v) => v.0.clone(),
            Self::Quantity(v) => v.value.clone(),
            Self::Duration(v) => v.months(),
            _ => return None,
        })
    }
}
