//! Reads an office file back: every part by its name, checked as a reader of ZIP would.

use std::collections::BTreeMap;

/// The parts of an archive, in the order of its directory.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06", "end of the directory");
    let count = u16_at(bytes, end + 10);
    let mut at = u32_at(bytes, end + 16);
    assert_eq!(at + u32_at(bytes, end + 12), end, "the directory stands just before its end");
    let mut parts = Vec::new();
    let mut next = 0;
    for _ in 0..count {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02", "an entry of the directory");
        let (method, packed, size) = (u16_at(bytes, at + 10), u32_at(bytes, at + 20), u32_at(bytes, at + 24));
        let name_length = u16_at(bytes, at + 28);
        let name = String::from_utf8(bytes[at + 46..at + 46 + name_length].to_vec()).expect("a name in UTF-8");
        let local = u32_at(bytes, at + 42);
        assert_eq!(local, next, "{name} follows what precedes it");
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        assert_eq!(bytes[local + 4..local + 30], bytes[at + 6..at + 32], "{name}: both headers agree");
        let start = local + 30 + name_length;
        let data = &bytes[start..start + packed];
        let content = match method {
            0 => data.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec(data).expect("deflated"),
            other => panic!("{name}: method {other}"),
        };
        assert_eq!(content.len(), size, "{name}");
        next = start + packed;
        at += 46 + name_length;
        parts.push((name, content));
    }
    assert_eq!(at, end);
    parts
}

/// The XML parts by name, as text.
pub(crate) fn texts(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = |(name, content)| (name, String::from_utf8(content).expect("UTF-8"));
    parts(bytes).into_iter().map(text).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u16_at(bytes, at) + (u16_at(bytes, at + 2) << 16)
}
