//! Quantities in the files of programs: exact texts that read back to the same value.

use super::{Date, Duration, FINE, NBSP, Number};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_exact(&text).ok_or_else(|| D::Error::custom("not an exact number (« 0.25 », « 4375/9 »)"))
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string().replace([FINE, NBSP], " "))
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a date (« 2026-12-07 »)"))
    }
}

#[cfg(feature = "json")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    /// Gives a type the schema of a text of one form.
    macro_rules! text {
        ($($name:ident, $pattern:literal, $description:literal;)+) => {$(
            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "pattern": $pattern, "description": $description })
                }
            }
        )+};
    }

    text! {
        Number, r"^-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?$",
            "An exact number: a decimal with a point, or an irreducible fraction when it has no finite decimal form.";
        Duration, r"^[0-9]+( [0-9]{3})* (jours?|semaines?|mois|ans?)$", "A duration with its unit.";
        Date, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A date of the calendar.";
    }
}
