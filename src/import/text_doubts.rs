//! What is not certain about an imported text, for its editor.

use camino::Utf8Path;

use super::text::{Cleaned, Doubt};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// Tells what an editor should look at. `damaged` is the text where letters of it are damaged.
pub(super) fn tell(cleaned: &Cleaned, damaged: &str, path: &Utf8Path, notes: &mut Diagnostics) {
    let mut push = |code, message: String, line: Option<(u32, String)>, help: &str| {
        let mut note = Diagnostic::new(code, message)
            .file(path.to_owned())
            .help(help);
        note.span = line.map(|(line, text)| Span {
            line,
            column: 1,
            length: 1,
            text,
        });
        notes.push(note);
    };
    if !damaged.is_empty() {
        let message =
            "some letters look like UTF-8 read as Windows-1252, but not all of the text does"
                .to_owned();
        push(
            Code::ImportDamaged,
            message,
            None,
            "compare it with the original and put it right by hand",
        );
    }
    for doubt in &cleaned.doubts {
        match doubt {
            Doubt::NoDate(day) => {
                let message = match day {
                    Some((_, day)) => format!("no certain date: the text says only {day:?}"),
                    None => "no date in the text or the name of the file".to_owned(),
                };
                let help =
                    "find it out and write `date: 2019-02-26`; until then the article is undated";
                push(Code::ImportNoDate, message, day.clone(), help);
            }
            Doubt::TwoDates(told, named) => {
                let message = format!(
                    "the text says {told}, the name of the file {named}; the first was taken"
                );
                push(
                    Code::ImportTwoDates,
                    message,
                    None,
                    "correct `date` if it is the other",
                );
            }
            Doubt::Dateline(line, name) => {
                let message =
                    format!("{name:?} before a colon may be a dateline; it stays in the text");
                let help =
                    "if it is a place, name it in the file given with `--places` and import again";
                push(
                    Code::ImportDateline,
                    message,
                    Some((*line, format!("{name}:"))),
                    help,
                );
            }
            Doubt::NoHeadline => {
                let message = format!(
                    "no headline; the name of the file stands for it: {:?}",
                    cleaned.title
                );
                push(
                    Code::ImportNoHeadline,
                    message,
                    None,
                    "write the headline into `title`",
                );
            }
        }
    }
}
