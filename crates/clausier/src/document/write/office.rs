//! What the formats of Microsoft Office share around their text.

use super::properties;
use super::xml::Xml;
use crate::document::Document;

/// First line of a part.
pub(super) const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The properties of a file that Office has no place for, as those of its user.
pub(super) fn custom_properties(document: &Document, fingerprint: &str) -> String {
    let mut out = format!(
        r#"{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">"#
    );
    // Word numbers its own properties from 2.
    for (id, (name, value)) in (2..).zip(properties(document, fingerprint)) {
        out += &format!(
            r#"<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{id}" name="{name}"><vt:lpwstr>{}</vt:lpwstr></property>"#,
            Xml(&value)
        );
    }
    out + "</Properties>"
}
