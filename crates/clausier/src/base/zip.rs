//! The container of office files: a ZIP archive whose bytes depend on its content only.
//!
//! By hand rather than with the `zip` crate: that crate asks for a newer compiler than ours, brings twenty more, and its
//! bytes change with its compressor, where all that is needed here is three records. The compressor itself is not our
//! trade: `miniz_oxide` does it, pure Rust, alone, the same everywhere.

use std::borrow::Cow;

/// One file of the archive.
pub(crate) struct Entry {
    /// Path inside the archive.
    pub(crate) name: Cow<'static, str>,
    /// Content.
    pub(crate) content: Vec<u8>,
    /// Stored as it is, as OpenDocument asks for its first file.
    pub(crate) stored: bool,
}

impl Entry {
    /// A compressed file.
    pub(crate) fn new(name: impl Into<Cow<'static, str>>, content: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content: content.into(), stored: false }
    }
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// ZIP 2.0: the first version with compression.
const VERSION: u16 = 20;
/// 1 January 1980, midnight, the origin of ZIP dates: no file tells when it was made.
const TIME: u16 = 0;
const DATE: u16 = 0x21;
/// Compression level of `miniz_oxide`, zlib's default.
const LEVEL: u8 = 6;

/// The archive, its files in the order given.
pub(crate) fn archive(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let offset = len32(&out);
        let compressed = if entry.stored {
            entry.content.clone()
        } else {
            miniz_oxide::deflate::compress_to_vec(&entry.content, LEVEL)
        };
        let mut description = Vec::new();
        for field in [VERSION, 0, if entry.stored { STORED } else { DEFLATED }, TIME, DATE] {
            description.extend(field.to_le_bytes());
        }
        for field in [crc32(&entry.content), len32(&compressed), len32(&entry.content)] {
            description.extend(field.to_le_bytes());
        }
        description.extend(len16(entry.name.len()).to_le_bytes());
        description.extend(0_u16.to_le_bytes());

        out.extend(b"PK\x03\x04");
        out.extend(&description);
        out.extend(entry.name.as_bytes());
        out.extend(&compressed);

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&description);
        // No comment, first disk, no attribute.
        directory.extend([0_u8; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
    }
    let (start, size, count) = (len32(&out), len32(&directory), len16(entries.len()));
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}

/// A file of an archive, read back: `None` when the archive cannot be read, has no such file, or when it is longer than told.
#[cfg(any(feature = "docx", feature = "odt"))]
pub(crate) fn part(archive: &[u8], name: &str, longest: usize) -> Option<Vec<u8>> {
    let number = |at: usize, length: usize| {
        let bytes = archive.get(at..at.checked_add(length)?)?;
        Some(bytes.iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    let end = archive.len().checked_sub(22)?;
    let mut at = number(end + 16, 4)?;
    for _ in 0..number(end + 10, 2)? {
        let (method, packed, length) = (number(at + 10, 2)?, number(at + 20, 4)?, number(at + 28, 2)?);
        if archive.get(at + 46..at + 46 + length)? == name.as_bytes() {
            let start = number(at + 42, 4)?.checked_add(30 + length)?;
            let data = archive.get(start..start.checked_add(packed)?)?;
            return match u16::try_from(method).ok()? {
                STORED => Some(data.to_vec()),
                DEFLATED => miniz_oxide::inflate::decompress_to_vec_with_limit(data, longest).ok(),
                _ => None,
            };
        }
        at += 46 + length;
    }
    None
}

/// Lengths fit: a document of four gigabytes could not have been built from a dossier of one megabyte.
fn len32(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

fn len16(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// CRC-32 of ISO 3309, as ZIP has it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let index = usize::from(crc.to_le_bytes()[0] ^ byte);
        (crc >> 8) ^ TABLE[index]
    })
}

static TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { 0xEDB8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    /// The check value that the standard publishes.
    #[test]
    fn crc_of_the_standard() {
        assert_eq!(super::crc32(b"123456789"), 0xCBF4_3926);
    }
}
