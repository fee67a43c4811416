//! One JSON object a line, for editors and scripts.

use std::io;

use serde::Serialize;

use super::safe;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};

#[derive(Serialize)]
struct Line<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    /// The column after the last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

pub(super) fn write(out: &mut dyn io::Write, diagnostics: &Diagnostics) -> io::Result<()> {
    for diagnostic in diagnostics {
        let json = serde_json::to_string(&line(diagnostic))?;
        writeln!(out, "{}", plain(json))?;
    }
    Ok(())
}

fn line(diagnostic: &Diagnostic) -> Line<'_> {
    let span = diagnostic.span.as_ref();
    Line {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        file: diagnostic.file.as_deref().map(camino::Utf8Path::as_str),
        line: span.map(|span| span.line),
        column: span.map(|span| span.column),
        end_column: span.map(|span| span.column.saturating_add(span.length)),
        help: diagnostic.help.as_deref(),
    }
}

/// The same JSON with what a terminal might obey as `\u202e`: it means the same to a parser.
pub(super) fn plain(json: String) -> String {
    if !json.contains(safe::is_hostile) {
        return json;
    }
    let mut plain = String::with_capacity(json.len() + 16);
    for sign in json.chars() {
        if safe::is_hostile(sign) {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                plain.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            plain.push(sign);
        }
    }
    plain
}
