//! Divisions of the common procurement vocabulary (`cpv.toml`): what the first two digits of a code say of a purchase.

use super::file::{Recorded, RegisterReader};
use crate::base::bytes::kept;
use crate::base::terms::ContractNature;
use crate::file::reading::Table;

/// A division of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Its two digits.
    pub id: Box<str>,
    /// What it gathers.
    pub title: Box<str>,
    /// The nature of what it gathers.
    pub nature: ContractNature,
}

kept! { parts Division { id, title, nature } }

impl Recorded for Division {
    const FILE: &'static str = "cpv.toml";
    const KEY: &'static str = "division";
    type Preamble = ();

    fn preamble(_: &RegisterReader, _: &Table<'_, '_>) {}

    fn read(_: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, (): &()) -> Option<Self> {
        let title = table.required("intitule", "\"Travaux de construction\"").into();
        Some(Self { id, title, nature: table.required_word("nature")? })
    }
}
