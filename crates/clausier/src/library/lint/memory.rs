//! What was found in the last texts read: a page resolves its dossier at each key typed, and all its texts but one are those
//! of the time before.

use super::{Around, Hit, Lint, Setting};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Most texts kept; one more, and all are forgotten.
const MOST: usize = 512;
/// The longest text kept, in bytes.
const LONGEST: usize = 2048;

/// A text, its setting, and the clause that prints it.
type Read = (Box<str>, Setting, Option<Box<str>>);

/// The last texts read, each with what was found in it.
#[derive(Debug, Default)]
pub(crate) struct Memory(Mutex<HashMap<Read, Arc<[Hit]>>>);

impl Memory {
    /// What is wrong in a text, read in its setting and within a clause of the library, by its id.
    pub(crate) fn read(
        &self,
        lint: Lint<'_>,
        text: &str,
        setting: Setting,
        within: Option<(&str, &Around<'_>)>,
    ) -> Arc<[Hit]> {
        let read = || lint.read_in(text, setting, within.map(|(_, around)| around)).into();
        if text.len() > LONGEST {
            return read();
        }
        let key = (text.into(), setting, within.map(|(id, _)| id.into()));
        if let Some(found) = self.0.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return found;
        }
        // Not under the lock: reading is long.
        let found = read();
        if let Ok(mut known) = self.0.lock() {
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(key, Arc::clone(&found));
        }
        found
    }
}
