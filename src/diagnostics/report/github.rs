//! Workflow commands of GitHub Actions, which become annotations in a pull request.
//!
//! The escaping is that of `actions/toolkit`, `packages/core/src/command.ts`.

use std::fmt::Write as _;
use std::io;

use super::safe;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};

pub(super) fn write(out: &mut dyn io::Write, diagnostics: &Diagnostics) -> io::Result<()> {
    for diagnostic in diagnostics {
        writeln!(out, "{}", annotation(diagnostic))?;
    }
    Ok(())
}

fn annotation(diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut text = format!("::{command} ");
    if let Some(file) = &diagnostic.file {
        text.push_str("file=");
        escape(&mut text, file.as_str(), true);
        text.push(',');
    }
    if let Some(span) = &diagnostic.span {
        // Writing to a string cannot fail.
        let _ = write!(text, "line={},col={},", span.line, span.column);
    }
    let _ = write!(text, "title={}::", diagnostic.code);
    escape(&mut text, &diagnostic.message, false);
    if let Some(help) = &diagnostic.help {
        text.push_str("%0A");
        escape(&mut text, help, false);
    }
    text
}

fn escape(text: &mut String, value: &str, is_property: bool) {
    for sign in value.chars() {
        match sign {
            '%' => text.push_str("%25"),
            '\r' => text.push_str("%0D"),
            '\n' => text.push_str("%0A"),
            ':' if is_property => text.push_str("%3A"),
            ',' if is_property => text.push_str("%2C"),
            _ => safe::push(text, sign),
        }
    }
}
