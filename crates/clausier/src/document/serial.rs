//! The keys under which a document in JSON holds what Rust does not name: the run of a paragraph, the content of an emphasis.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Declares a module that writes and reads a value under one key, and the type whose shape that is.
macro_rules! under {
    ($module:ident, $shape:ident, $key:literal) => {
        #[derive(Serialize, Deserialize)]
        #[cfg_attr(feature = "json", derive(schemars::JsonSchema), schemars(inline))]
        pub(super) struct $shape<T> {
            #[serde(rename = $key)]
            held: T,
        }

        pub(super) mod $module {
            use super::*;

            pub(in crate::document) fn serialize<T: Serialize, S: Serializer>(
                held: &T,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $shape { held }.serialize(serializer)
            }

            pub(in crate::document) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<T, D::Error> {
                $shape::deserialize(deserializer).map(|shape| shape.held)
            }
        }
    };
}

under!(text, Text, "texte");
under!(content, Content, "contenu");
