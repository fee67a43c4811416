//! SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code hosts and editors
//! show at the lines concerned.

use std::collections::BTreeSet;
use std::io;

use camino::Utf8Path;
use serde_json::{Value, json};

use super::json::plain;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};

pub(super) fn write(out: &mut dyn io::Write, diagnostics: &Diagnostics) -> io::Result<()> {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|note| note.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let results = diagnostics.iter().map(|note| result(note, &codes));
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "morgue",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    writeln!(out, "{}", plain(serde_json::to_string(&log)?))
}

/// A code, as §3.49 describes it.
fn rule(code: Code) -> Value {
    json!({
        "id": code.to_string(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": code.explanation() },
        "help": { "text": code.explanation() },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

/// A finding, as §3.27 describes it.
fn result(note: &Diagnostic, codes: &[Code]) -> Value {
    let text = match &note.help {
        Some(help) => format!("{}\n{help}", note.message),
        None => note.message.clone(),
    };
    json!({
        "ruleId": note.code.to_string(),
        "ruleIndex": codes.binary_search(&note.code).unwrap_or_default(),
        "level": level(note.severity),
        "message": { "text": text },
        "locations": location(note).into_iter().collect::<Vec<_>>(),
    })
}

/// §3.27.10.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Where it is: a file seen from the folder of the site, and the place in it.
fn location(note: &Diagnostic) -> Option<Value> {
    let file = note.file.as_deref()?;
    let mut place = json!({ "artifactLocation": { "uri": uri(file) } });
    if let (Some(span), Value::Object(place)) = (&note.span, &mut place) {
        let region = json!({
            "startLine": span.line.max(1),
            "startColumn": span.column.max(1),
            "endColumn": span.column.max(1).saturating_add(span.length),
        });
        place.insert("region".to_owned(), region);
    }
    Some(json!({ "physicalLocation": place }))
}

/// A path as a relative reference (RFC 3986 §4.2): whatever is not unreserved is encoded.
fn uri(file: &Utf8Path) -> String {
    let path = file.as_str().replace('\\', "/");
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;

    #[test]
    fn a_finding_has_its_rule_and_its_place() {
        let mut notes = Diagnostics::new();
        let span = Span::at("title: x\npeople: 42\n", 17, 2);
        let wrong = Diagnostic::new(Code::WrongKind, "a number\u{202e}").help("write a list");
        notes.push(wrong.file("content/a b/ä.md").span(span));
        notes.push(Diagnostic::new(Code::NoSite, "none"));
        let mut out = Vec::new();
        write(&mut out, &notes).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.contains("\\u202e") && !text.contains('\u{202e}'),
            "{text}"
        );
        let log: Value = serde_json::from_str(&text).unwrap();
        let run = &log["runs"][0];
        let first = &run["results"][0];
        let index = usize::try_from(first["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], first["ruleId"]);
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a%20b/%C3%A4.md");
        assert_eq!(
            place["region"],
            json!({ "startLine": 2, "startColumn": 9, "endColumn": 11 })
        );
        assert_eq!(run["results"][1]["locations"], json!([]));
    }
}
