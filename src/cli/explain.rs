//! `morgue explain`.

use std::fmt::Write as _;

use clap::Args;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::screen::Screen;
use super::{Ending, Global};
use crate::content::nearest;
use crate::diagnostics::report::Format;
use crate::diagnostics::{Code, Severity};

/// The width that a terminal has had since before there were windows.
const WIDTH: usize = 80;

/// Explain a code that a report shows.
///
/// Says what the finding means, why it is reported, and what to do. Without a code, lists all.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue explain M0104     what the code means and what to do
  morgue explain 104       the same
  morgue explain           every code with its title")]
pub(super) struct ExplainArgs {
    /// The code, as in M0104
    code: Option<String>,
    /// Print docs/codes.md
    #[arg(long, hide = true, conflicts_with = "code")]
    markdown: bool,
}

pub(super) fn run(_global: &Global, args: &ExplainArgs, screen: &Screen) -> Ending {
    let json = screen.format == Format::Json;
    match &args.code {
        None if args.markdown => screen.print(&markdown()),
        None if json => {
            let all: Vec<_> = Code::ALL.iter().copied().map(object).collect();
            screen.print(&format!("{:#}\n", serde_json::Value::Array(all)));
        }
        None => screen.print(&list()),
        Some(text) => match Code::parse(text) {
            Some(code) if json => screen.print(&format!("{:#}\n", object(code))),
            Some(code) => screen.print(&page(code)),
            None => {
                screen.fail(&unknown(text));
                return Ending::Failed;
            }
        },
    }
    Ending::Done
}

fn object(code: Code) -> serde_json::Value {
    json!({
        "code": code,
        "severity": code.severity(),
        "title": code.title(),
        "explanation": code.explanation(),
    })
}

fn page(code: Code) -> String {
    let weight = weight(code.severity());
    let mut text = format!("{code}  {} ({weight})\n", code.title());
    for line in wrapped(code.explanation(), WIDTH) {
        text.push('\n');
        text.push_str(&line);
    }
    text.push('\n');
    text
}

fn list() -> String {
    let mut text = String::new();
    for code in Code::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{code}  {:<7}  {}",
            weight(code.severity()),
            code.title()
        );
    }
    text
}

fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn unknown(text: &str) -> String {
    let known: Vec<String> = Code::ALL
        .iter()
        .map(|code| code.to_string().to_lowercase())
        .collect();
    let hint = nearest(text.trim(), known.iter().map(String::as_str)).and_then(Code::parse);
    let hint = hint.map_or(String::new(), |code| {
        format!("; the nearest is {code}, {}", code.title())
    });
    format!("there is no code {text:?}{hint}\nhelp: `morgue explain` lists every code")
}

/// The text in lines of at most `width` columns; only a longer word makes a longer line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// The hundreds of the codes and what each is about.
const CHAPTERS: &[(u16, &str)] = &[
    (0, "Settings and files"),
    (1, "Front matter"),
    (2, "People, places, topics"),
    (3, "Texts and links"),
    (4, "Addresses"),
    (5, "Themes"),
    (6, "The output folder"),
    (7, "What morgue check looks for"),
    (8, "Changes of terms, and limits"),
    (9, "Imports"),
];

/// `docs/codes.md`: made from the table of codes, so that it is never behind it.
fn markdown() -> String {
    let mut text = String::from(
        "# Codes\n\n\
         Everything `morgue` reports has a code that never changes its meaning. `morgue explain M0104` \
         prints one of these paragraphs; `morgue explain` lists all titles.\n\n\
         An **error** stops the build, and the site that was there stays as it is. A **warning** lets it go \
         on: something may have been lost or misread. A **note** is shown with `--verbose`.\n",
    );
    for (hundred, chapter) in CHAPTERS {
        let _ = writeln!(text, "\n## {chapter}");
        let codes = Code::ALL
            .iter()
            .filter(|code| **code as u16 / 100 == *hundred);
        for code in codes {
            let _ = write!(
                text,
                "\n### {code}: {}\n\n*{}.* {}\n",
                code.title(),
                capitalised(weight(code.severity())),
                code.explanation()
            );
        }
    }
    text
}

fn capitalised(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explanations_fit_the_screen() {
        for code in Code::ALL {
            for line in page(*code).lines() {
                assert!(line.width() <= WIDTH, "{line}");
            }
        }
    }

    #[test]
    fn every_code_has_a_chapter() {
        let text = markdown();
        for code in Code::ALL {
            assert!(text.contains(&format!("### {code}: ")), "{code}");
        }
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest() {
        assert!(unknown("M0140").contains("M010"));
        assert!(unknown("\u{1b}[2J").contains("\\u{1b}"));
    }
}
