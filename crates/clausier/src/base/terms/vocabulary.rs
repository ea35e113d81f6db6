//! What a closed list of words is, and how one is declared.

/// A closed list of words, each with the form it takes in files.
///
/// ```
/// use clausier::terms::{Piece, Vocabulary};
/// assert_eq!(Piece::from_word("ccap"), Some(Piece::Ccap));
/// assert_eq!(Piece::Ccap.word(), "ccap");
/// ```
pub trait Vocabulary: Sized + Copy + PartialEq + 'static {
    /// What the list is called in a message, with its article (« la pièce »).
    const WHAT: &'static str;
    /// Every word with its variant, in the order in which it is proposed to the reader.
    const WORDS: &'static [(&'static str, Self)];

    /// The variant of a word, or `None` when the word is not of the list.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(w, _)| *w == word).map(|(_, v)| *v)
    }

    /// The word of a variant, as files write it.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, v)| *v == self).map_or("", |(w, _)| *w)
    }

    /// All the variants, in the order of the list.
    fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.iter().map(|(_, v)| *v)
    }
}

/// A word that is not of its closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("« {word} » : {what} n’existe pas")]
pub struct UnknownWord {
    /// What the list holds, in French (« la pièce »).
    pub what: &'static str,
    /// The word, its first characters when it is long.
    pub word: String,
}

impl UnknownWord {
    pub(crate) fn new(what: &'static str, word: &str) -> Self {
        Self { what, word: word.chars().filter(|c| !c.is_control()).take(60).collect() }
    }
}

/// Declares an enum and its words at once, so that neither can be forgotten.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl Vocabulary for $name {
            const WHAT: &'static str = $what;
            // A variant that a feature brings has its word with it.
            #[allow(unused_doc_comments, reason = "the attributes of the variants, their conditions among them")]
            const WORDS: &'static [(&'static str, Self)] = &[$($(#[$vmeta])* ($word, Self::$variant),)+];
        }

        impl $crate::base::bytes::Kept for $name {
            fn keep(&self, out: &mut $crate::base::bytes::Writer<'_>) {
                out.number(Self::WORDS.iter().position(|(_, variant)| variant == self).unwrap_or(Self::WORDS.len()));
            }

            fn recall(bytes: &mut $crate::base::bytes::Reader<'_>) -> Option<Self> {
                Self::WORDS.get(bytes.number()?).map(|(_, variant)| *variant)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::base::terms::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::from_word(word).ok_or_else(|| $crate::base::terms::UnknownWord::new(Self::WHAT, word))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "json")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let words: Vec<&str> = Self::WORDS.iter().map(|(word, _)| *word).collect();
                schemars::json_schema!({ "type": "string", "enum": words })
            }
        }
    };
}
pub(crate) use vocabulary;
