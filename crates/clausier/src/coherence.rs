//! What the calculation note says of each liaison's coherence.

use crate::facts::Facts;
use crate::values::Shown;
use std::collections::BTreeMap;

/// The rows « coherences ».
pub(crate) fn rows(_facts: &Facts<'_>) -> Vec<BTreeMap<String, Shown>> {
    Vec::new()
}
