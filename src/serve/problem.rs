//! An error as a browser shows it.

use camino::Utf8Path;
use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use crate::diagnostics::{Diagnostic, Diagnostics, Severity, Span};

/// No editor reads more at once, and each may hold a line of its file.
const MOST: usize = 50;
/// A file larger than this is not read for the sake of a line.
const LARGEST: u64 = 8 * 1024 * 1024;

/// What an overlay shows of an error.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Problem {
    code: String,
    message: String,
    /// File, line and column.
    place: String,
    /// The line up to the place, the place, the rest.
    line: Option<[String; 3]>,
    help: String,
}

/// The errors among some findings, the first of them if they are many.
pub(super) fn list(notes: &Diagnostics, folder: &Utf8Path) -> Vec<Problem> {
    let mut errors = Diagnostics::new();
    for note in notes.iter().filter(|n| n.severity == Severity::Error) {
        errors.push(note.clone());
    }
    errors.sort();
    let mut list: Vec<Problem> = errors
        .iter()
        .take(MOST)
        .map(|error| problem(error, folder))
        .collect();
    if errors.len() > MOST {
        list.push(Problem {
            code: String::new(),
            message: format!("…and {} more", errors.len() - MOST),
            place: String::new(),
            line: None,
            help: "the terminal shows them all".to_owned(),
        });
    }
    list
}

/// The same as JSON on one line.
pub(super) fn json(problems: &[Problem]) -> String {
    serde_json::to_string(problems).unwrap_or_else(|_| "[]".to_owned())
}

fn problem(error: &Diagnostic, folder: &Utf8Path) -> Problem {
    let mut place = error.file.as_ref().map_or("", |f| f.as_str()).to_owned();
    if let Some(span) = &error.span {
        place.push_str(&format!(":{}:{}", span.line, span.column));
    }
    Problem {
        code: error.code.to_string(),
        message: error.message.clone(),
        place,
        line: error.span.as_ref().and_then(|span| {
            let read = span.text.is_empty().then(|| read(error, span, folder));
            cut(read.flatten().as_ref().unwrap_or(span))
        }),
        help: error.help.clone().unwrap_or_default(),
    }
}

/// The line of a finding that knows its place alone, as those of the later stages do.
fn read(error: &Diagnostic, span: &Span, folder: &Utf8Path) -> Option<Span> {
    let path = folder.join(error.file.as_ref()?);
    let file = std::fs::metadata(&path).ok()?;
    if !file.is_file() || file.len() > LARGEST {
        return None;
    }
    let line = Span::line(&std::fs::read_to_string(path).ok()?, span.line);
    let whole = span.length <= 1;
    Some(Span {
        column: if whole { line.column } else { span.column },
        length: if whole { line.length } else { span.length },
        ..line
    })
}

fn cut(span: &Span) -> Option<[String; 3]> {
    let indent = (span.column as usize).checked_sub(1)?;
    let mut signs = span.text.chars();
    let before: String = signs.by_ref().take(indent).collect();
    let place: String = signs.by_ref().take(span.length as usize).collect();
    (!place.is_empty()).then(|| [before, place, signs.collect()])
}

/// A whole page that shows errors, where there is no page to show them over.
pub(super) fn page(title: &str, problems: &[Problem]) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n<body>\n<h1>{title}</h1>\n",
        title = escape(title)
    );
    for problem in problems {
        let Problem {
            code,
            message,
            place,
            line,
            help,
        } = problem;
        html.push_str(&format!(
            "<section>\n<h2>{} {}</h2>\n<p>{}</p>\n",
            escape(code),
            escape(message),
            escape(place)
        ));
        if let Some([before, marked, after]) = line {
            let (before, marked, after) = (escape(before), escape(marked), escape(after));
            html.push_str(&format!(
                "<pre>{before}<mark>{marked}</mark>{after}</pre>\n"
            ));
        }
        html.push_str(&format!("<p>{}</p>\n</section>\n", escape(help)));
    }
    html.push_str("</body>\n</html>\n");
    html
}

const STYLE: &str = include_str!("problem.css");

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a text cannot fail.
    let _ = escape_html(&mut escaped, text);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;

    fn error(text: &str, column: u32, length: u32) -> Diagnostics {
        Diagnostic::new(Code::DeadLink, "<b>\u{7}")
            .file("a.md")
            .span(Span {
                line: 3,
                column,
                length,
                text: text.into(),
            })
            .into()
    }

    #[test]
    fn the_place_is_cut_out_of_its_line() {
        let list = list(&error("до <i> after", 4, 3), Utf8Path::new(""));
        let line = list[0].line.as_ref().unwrap();
        assert_eq!(line, &["до ".to_owned(), "<i>".into(), " after".into()]);
        assert_eq!(list[0].place, "a.md:3:4");
    }

    #[test]
    fn a_place_outside_its_line_is_not_shown() {
        for column in [0, 9, u32::MAX] {
            let notes = error("short", column, u32::MAX);
            assert!(
                list(&notes, Utf8Path::new("/nowhere"))[0].line.is_none(),
                "{column}"
            );
        }
    }

    #[test]
    fn everything_is_escaped() {
        let html = page("<x>", &list(&error("<script>", 1, 3), Utf8Path::new("")));
        for raw in ["<x>", "<b>", "<script>", "<sc"] {
            assert!(!html.contains(raw), "{raw}");
        }
    }

    #[test]
    fn many_errors_are_counted() {
        let mut notes = Diagnostics::new();
        for index in 0..60 {
            notes.push(Diagnostic::new(Code::DeadLink, format!("{index}")));
        }
        let list = list(&notes, Utf8Path::new(""));
        assert_eq!(list.len(), MOST + 1);
        assert_eq!(list[MOST].message, "…and 10 more");
    }
}
