//! What a dossier says of the contract, each fact by itself: enough to tell the duties of a dossier that is half written.

use super::consultation::{Consultation, Lot};
use crate::base::quantity::{Date, Euros};
use crate::base::terms::{BuyerCategory, ContractForm, ContractNature, Procedure, Regime, ReservedTo};
use std::collections::BTreeMap;

/// The facts on which the duties of the law depend. `None`: the dossier does not say, or says it in a way that cannot be
/// read; nothing is assumed in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Known {
    /// Launch date.
    pub launch: Option<Date>,
    /// Category of the buyer.
    pub category: Option<BuyerCategory>,
    /// Form of the contract.
    pub form: Option<ContractForm>,
    /// Nature of the purchase.
    pub nature: Option<ContractNature>,
    /// Legal regime: ordinary when the dossier gives none, as a dossier may.
    pub regime: Option<Regime>,
    /// Procedure.
    pub procedure: Option<Procedure>,
    /// Estimated value of the whole need, in euros HT.
    pub estimated_value: Option<Euros>,
    /// The lots that the dossier names.
    pub lots: BTreeMap<u32, KnownLot>,
}

/// What a dossier says of a lot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownLot {
    /// Title; empty when there is none.
    pub title: String,
    /// Estimated amount, in euros HT.
    pub amount: Option<Euros>,
    /// Operators to which it is reserved; empty for an ordinary lot.
    pub reserved_to: Vec<ReservedTo>,
}

impl From<&Consultation> for Known {
    fn from(consultation: &Consultation) -> Self {
        let lot = |lot: &Lot| KnownLot {
            title: lot.title.clone(),
            amount: Some(lot.amount.clone()),
            reserved_to: lot.reserved_to.clone(),
        };
        Self {
            launch: Some(consultation.launch),
            category: Some(consultation.buyer.category),
            form: Some(consultation.form),
            nature: Some(consultation.nature),
            regime: Some(consultation.regime),
            procedure: Some(consultation.procedure),
            estimated_value: Some(consultation.estimated_value.clone()),
            lots: consultation.lots.iter().map(|(number, of)| (*number, lot(of))).collect(),
        }
    }
}
