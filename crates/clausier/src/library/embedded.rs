//! The files that travel inside the crate. Clauses are compressed: a command prints a few of hundreds.

use std::borrow::Cow;
use std::ops::Deref;
#[cfg(feature = "embedded")]
use std::sync::OnceLock;

/// Files of the embedded library: path inside `clauses/`, and text.
pub(super) static TREE: &[(&str, Embedded)] = include!(concat!(env!("OUT_DIR"), "/tree.rs"));

/// The presets, the parameters that many clauses declare alike.
pub(super) const PRESETS: &str = "modeles.toml";

/// A file of the embedded library.
#[derive(Debug, Clone, Copy)]
pub(super) enum Embedded {
    Plain(&'static str),
    #[cfg(feature = "embedded")]
    #[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "the page is compressed as a whole"))]
    Deflated(&'static [u8]),
}

impl Embedded {
    /// Bytes that it takes.
    pub(super) fn size(self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            #[cfg(feature = "embedded")]
            Self::Deflated(bytes) => bytes.len(),
        }
    }
}

/// The text of a file: ours are read where they are, when they are wanted.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Plain(Cow<'static, str>),
    #[cfg(feature = "embedded")]
    Deflated {
        bytes: &'static [u8],
        text: OnceLock<String>,
    },
}

impl From<Embedded> for Source {
    fn from(file: Embedded) -> Self {
        match file {
            Embedded::Plain(text) => Self::Plain(Cow::Borrowed(text)),
            #[cfg(feature = "embedded")]
            Embedded::Deflated(bytes) => Self::Deflated { bytes, text: OnceLock::new() },
        }
    }
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        Self::Plain(Cow::Owned(text))
    }
}

impl From<Source> for Cow<'static, str> {
    fn from(source: Source) -> Self {
        match source {
            Source::Plain(text) => text,
            #[cfg(feature = "embedded")]
            Source::Deflated { .. } => Cow::Owned(source.to_string()),
        }
    }
}

impl Deref for Source {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            // What the build script compressed is whole.
            #[cfg(feature = "embedded")]
            Self::Deflated { bytes, text } => text.get_or_init(|| {
                let text = miniz_oxide::inflate::decompress_to_vec(bytes).unwrap_or_default();
                String::from_utf8(text).unwrap_or_default()
            }),
        }
    }
}
