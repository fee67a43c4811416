//! Findings for people.
//!
//! ```text
//! error[M0104]: `people` wants a list of names, found a number
//!   --> content/articles/2019/04/summit.md:6:9
//!    |
//!  6 | people: 42
//!    |         ^^
//!    = help: write `people: [Vladimir Putin, Kim Jong-un]`
//! ```

use std::collections::BTreeMap;
use std::io;

use super::{Style, safe, snippet};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity, Span};

/// How many warnings of one code are shown before the rest is only counted: an archive moved
/// from another tool has the same one in every file.
const SHOWN: usize = 10;

/// How wide a line of a file may be where there is no terminal to ask.
const WIDTH: usize = 140;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const CYAN: &str = "\x1b[1;36m";
const BLUE: &str = "\x1b[1;34m";
const PLAIN: &str = "\x1b[0m";

pub(super) fn write(
    out: &mut dyn io::Write,
    diagnostics: &Diagnostics,
    style: &Style,
) -> io::Result<()> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let mut separator = "";
    for diagnostic in diagnostics {
        if !style.verbose {
            match diagnostic.severity {
                Severity::Error => {}
                Severity::Note if !style.notes => continue,
                Severity::Warning | Severity::Note => {
                    let count = counts.entry(diagnostic.code).or_default();
                    *count += 1;
                    if *count > SHOWN {
                        continue;
                    }
                }
            }
        }
        write!(out, "{separator}{}", finding(diagnostic, style))?;
        separator = "\n";
    }
    let closing = if style.verbose {
        Vec::new()
    } else {
        closing(diagnostics, &counts, style)
    };
    for line in closing {
        writeln!(out, "{separator}{}: {line}", paint(style, CYAN, "note"))?;
        separator = "";
    }
    Ok(())
}

/// What was not shown, a line each.
fn closing(
    diagnostics: &Diagnostics,
    warnings: &BTreeMap<Code, usize>,
    style: &Style,
) -> Vec<String> {
    let more = warnings.iter().filter_map(|(code, count)| {
        let more = count.checked_sub(SHOWN).filter(|more| *more > 0)?;
        let them = if more == 1 { "it" } else { "them all" };
        Some(format!(
            "{more} more of {code} ({}); --verbose shows {them}",
            code.title()
        ))
    });
    let notes = match diagnostics.count(Severity::Note) {
        _ if style.notes => None,
        0 => None,
        1 => Some("1 note; --verbose shows it".to_owned()),
        notes => Some(format!("{notes} notes; --verbose shows them")),
    };
    more.chain(notes).collect()
}

fn finding(diagnostic: &Diagnostic, style: &Style) -> String {
    let (word, color) = match diagnostic.severity {
        Severity::Error => ("error", RED),
        Severity::Warning => ("warning", YELLOW),
        Severity::Note => ("note", CYAN),
    };
    let head = paint(style, color, &format!("{word}[{}]", diagnostic.code));
    let message = safe::lines(&diagnostic.message, 2);
    let mut text = format!("{head}{}\n", paint(style, BOLD, &format!(": {message}")));
    let span = diagnostic.span.as_ref();
    let gutter = span.map_or(2, |span| span.line.to_string().len().max(2));
    if let Some(file) = &diagnostic.file {
        let arrow = paint(style, BLUE, &format!("{:gutter$}-->", ""));
        let place = span.map_or_else(String::new, |span| {
            format!(":{}:{}", span.line, span.column)
        });
        text.push_str(&format!("{arrow} {}{place}\n", safe::line(file.as_str())));
    }
    if let Some(span) = span {
        text.push_str(&marked(span, gutter, color, style));
    }
    if let Some(help) = &diagnostic.help {
        let sign = paint(style, BLUE, &format!("{:gutter$} =", ""));
        let label = paint(style, BOLD, "help");
        let help = safe::lines(help, gutter + " = help: ".len());
        text.push_str(&format!("{sign} {label}: {help}\n"));
    }
    text
}

/// The line of the file with the mark under the place.
fn marked(span: &Span, gutter: usize, color: &str, style: &Style) -> String {
    let room = style
        .width
        .unwrap_or(WIDTH)
        .saturating_sub(gutter + " | ".len())
        .max(20);
    let Some(snippet) = snippet::snippet(span, room) else {
        return String::new();
    };
    let bar = paint(style, BLUE, &format!("{:gutter$} |", ""));
    let number = paint(style, BLUE, &format!("{:>gutter$} |", span.line));
    let line = if snippet.line.is_empty() {
        String::new()
    } else {
        format!(" {}", snippet.line)
    };
    let mark = paint(style, color, &"^".repeat(snippet.length));
    format!(
        "{bar}\n{number}{line}\n{bar} {:indent$}{mark}\n",
        "",
        indent = snippet.indent
    )
}

fn paint(style: &Style, color: &str, text: &str) -> String {
    if style.color {
        format!("{color}{text}{PLAIN}")
    } else {
        text.to_owned()
    }
}
