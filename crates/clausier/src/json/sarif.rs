//! Findings in SARIF 2.1.0, which code-hosting services show beside the lines of a file.

use super::text;
use crate::base::terms::Severity;
use crate::resolution::checks;
use crate::resolution::finding::{CheckInfo, Finding, Findings};
use serde::Serialize;
use serde_json::{Value, json};

/// Writes findings as a SARIF log; `file` is the path of the dossier, as it is known where the log is read.
pub fn sarif(findings: &Findings, file: &str) -> String {
    text(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [json!({
            "tool": { "driver": {
                "name": "clausier",
                "version": env!("CARGO_PKG_VERSION"),
                "language": "fr",
                "rules": checks::all().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results(findings, &uri(file)),
        })],
    })
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Value; 1],
}

fn rule(info: CheckInfo) -> Value {
    json!({
        "id": info.code,
        "shortDescription": { "text": info.summary() },
        "help": { "text": info.text() },
        "defaultConfiguration": { "level": level(info.severity) },
    })
}

/// The findings that stand, then those that the buyer accepts in the dossier, each with his reason.
fn results(findings: &Findings, uri: &str) -> Vec<Value> {
    let standing = findings.iter().map(|finding| result(finding, uri));
    let accepted = findings.accepted().map(|(finding, reason)| {
        let mut suppressed = result(finding, uri);
        suppressed["suppressions"] = json!([{ "kind": "inSource", "status": "accepted", "justification": reason }]);
        suppressed
    });
    standing.chain(accepted).collect()
}

fn result(finding: &Finding, uri: &str) -> Value {
    let mut parts = vec![sentence(&finding.message)];
    let remedy = finding.remedy();
    parts.extend((!remedy.is_empty()).then(|| sentence(&format!("Aide : {remedy}"))));
    parts.extend((!finding.texts.is_empty()).then(|| sentence(&format!("Fondement : {}", finding.texts.join(" ; ")))));
    let mut place = json!({ "artifactLocation": { "uri": uri } });
    // A remark on the whole dossier has no line.
    if finding.line > 0 {
        place["region"] = json!({ "startLine": finding.line, "startColumn": finding.column });
    }
    json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": parts.join("\n") },
        "locations": [{ "physicalLocation": place, "logicalLocations": [{ "fullyQualifiedName": finding.path }] }],
    })
}

/// A text with its full stop, where nothing else ends it (« vouliez-vous dire « affectation » ? »).
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocking => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// A path as a relative reference: what is no plain letter is written by its bytes.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b'\\' => out.push('/'),
            byte => out += &format!("%{byte:02X}"),
        }
    }
    out
}
