//! The two registers that one timekeeping feeds: hours on one side, results on the other.
//!
//! No hour and no unit of result stands twice in its register, not even for another lot: an entry is known by the
//! reference of the sheet or slip that proves it. Registers hold no name: personal data go to the facilitator alone.

use crate::base::quantity::{Hours, Number};
use std::collections::BTreeMap;

/// Hours of one line of a time sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourEntry {
    /// Reference of the line, unique in the register.
    pub reference: String,
    /// Lot for which they are counted.
    pub lot: u32,
    /// Code of the one task done.
    pub task: String,
    /// The hours.
    pub hours: Hours,
}

/// One handing-over, weighing or count of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultEntry {
    /// Reference of the slip, unique in the register.
    pub reference: String,
    /// Lot for which it is counted.
    pub lot: u32,
    /// The measure.
    pub measure: String,
    /// The quantity, in the unit of the measure.
    pub quantity: Number,
}

/// Why an entry is refused; its text is French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The reference is already in the register.
    #[error(
        "« {reference} » figure déjà au registre, au titre du lot {lot} : une heure ou une quantité compte une fois"
    )]
    Twice {
        /// The reference.
        reference: String,
        /// The lot for which it is counted already.
        lot: u32,
    },
    /// The figure is not above zero.
    #[error("« {reference} » : la valeur inscrite doit être supérieure à zéro")]
    Nothing {
        /// The reference.
        reference: String,
    },
}

/// The two registers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registers {
    hours: BTreeMap<String, HourEntry>,
    results: BTreeMap<String, ResultEntry>,
}

impl Registers {
    /// Writes hours in the insertion register.
    ///
    /// # Errors
    /// When the reference is there already, or the hours are not above zero; the register is left as it was.
    pub fn add_hours(&mut self, entry: HourEntry) -> Result<(), RegisterError> {
        check(&entry.reference, self.hours.get(&entry.reference).map(|known| known.lot), &entry.hours.0)?;
        self.hours.insert(entry.reference.clone(), entry);
        Ok(())
    }

    /// Writes a result in the environmental register.
    ///
    /// # Errors
    /// When the reference is there already, or the quantity is not above zero; the register is left as it was.
    pub fn add_result(&mut self, entry: ResultEntry) -> Result<(), RegisterError> {
        check(&entry.reference, self.results.get(&entry.reference).map(|known| known.lot), &entry.quantity)?;
        self.results.insert(entry.reference.clone(), entry);
        Ok(())
    }

    /// Hours of each lot.
    pub fn hours_by_lot(&self) -> BTreeMap<u32, Hours> {
        totals(self.hours.values().map(|entry| (entry.lot, &entry.hours.0)))
            .map(|(lot, sum)| (lot, Hours(sum)))
            .collect()
    }

    /// Hours of each task of a lot.
    pub fn hours_by_task(&self, lot: u32) -> BTreeMap<&str, Hours> {
        let entries = self.hours.values().filter(|entry| entry.lot == lot);
        totals(entries.map(|entry| (entry.task.as_str(), &entry.hours.0)))
            .map(|(task, sum)| (task, Hours(sum)))
            .collect()
    }

    /// Hours of all the lots.
    pub fn all_hours(&self) -> Hours {
        Hours(self.hours.values().map(|entry| entry.hours.0.clone()).sum())
    }

    /// Result of each measure of a lot, in its own unit: results of different measures or lots are never added.
    pub fn results_by_measure(&self, lot: u32) -> BTreeMap<&str, Number> {
        let entries = self.results.values().filter(|entry| entry.lot == lot);
        totals(entries.map(|entry| (entry.measure.as_str(), &entry.quantity))).collect()
    }
}

fn check(reference: &str, known: Option<u32>, value: &Number) -> Result<(), RegisterError> {
    match known {
        Some(lot) => Err(RegisterError::Twice { reference: reference.to_owned(), lot }),
        None if !value.is_positive() => Err(RegisterError::Nothing { reference: reference.to_owned() }),
        None => Ok(()),
    }
}

/// The sum of each key.
fn totals<'a, K: Ord>(entries: impl Iterator<Item = (K, &'a Number)>) -> impl Iterator<Item = (K, Number)> {
    let mut sums: BTreeMap<K, Number> = BTreeMap::new();
    for (key, value) in entries {
        let sum = sums.entry(key).or_insert_with(Number::zero);
        *sum = &*sum + value;
    }
    sums.into_iter()
}
