//! A lot, what its hours are computed from and the periods over which they are divided.

use super::*;

/// A lot.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lot {
    /// Number.
    pub number: u32,
    /// Title, verbatim.
    pub title: String,
    /// Purchase family (slug of the library).
    pub family: String,
    /// Estimated amount of the lot, in euros HT, renewals included.
    pub amount: Euros,
    /// Maximum of the lot in a framework agreement, in euros HT.
    pub maximum: Option<Euros>,
    /// Optional tranches, in euros HT, by number; the amount above covers the firm tranche and these.
    pub tranches: BTreeMap<u32, Euros>,
    /// Additional services that every tenderer prices, verbatim; the buyer keeps them or not when he signs, the same for all.
    pub supplements: Vec<String>,
    /// Duration of the lot when it differs from the contract's.
    pub duration: Option<Duration>,
    /// CPV of the lot; empty when the dossier gives none.
    pub cpv: String,
    /// Factors of the hours.
    pub labour: Option<Labour>,
    /// Operators to which the lot is reserved; empty for an ordinary lot.
    pub reserved_to: Vec<ReservedTo>,
}

/// A period of the contract (firm duration, renewal) or a tranche, which owes its own part of the hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its name, a feminine one (« période 2 », « tranche ferme »).
    pub name: String,
    /// Its length beside the others, in any one unit (months, euros).
    pub length: Number,
}

/// Factors of the computation of hours.
#[derive(Debug, Clone, PartialEq)]
pub struct Labour {
    /// Share of labour in the amount.
    pub share: Rate,
    /// Euros HT per hour of work.
    pub price: Euros,
    /// True when the price is a wage cost: dividing a selling amount by it over-states the hours.
    pub wage_cost: bool,
}

impl Lot {
    /// Key paths of the factors of its hours: share of labour, price of an hour.
    pub(crate) fn factor_paths(&self) -> [String; 2] {
        ["main_oeuvre", "prix_horaire"].map(|key| format!("lot.{}.calcul.{key}", self.number))
    }
}

impl Lot {
    /// The firm tranche, which is what the optional ones leave of the amount, then these.
    pub(super) fn periods(&self) -> Vec<Period> {
        let optional: Number = self.tranches.values().map(|amount| amount.0.clone()).sum();
        let firm = Period { name: "tranche ferme".to_owned(), length: &self.amount.0 - &optional };
        let tranche = |(n, amount): (&u32, &Euros)| Period {
            name: format!("tranche optionnelle{NBSP}{n}"),
            length: amount.0.clone(),
        };
        std::iter::once(firm).chain(self.tranches.iter().map(tranche)).collect()
    }
}
