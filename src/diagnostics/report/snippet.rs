//! The line of a finding, with a mark under the place.

use unicode_width::UnicodeWidthStr as _;

use super::safe;
use crate::diagnostics::Span;

/// What a tab is shown as. Real tab stops would depend on the terminal and on the gutter.
const TAB: &str = "    ";

const CUT: &str = "…";

/// A line as it is shown, and the columns of the mark below it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    pub(super) line: String,
    /// How many columns lie before the mark.
    pub(super) indent: usize,
    /// How many columns it is wide; at least 1.
    pub(super) length: usize,
}

/// The part of the line around the place, at most `room` columns wide.
///
/// `None` if the place lies beyond the part of the line that the span holds.
pub(super) fn snippet(span: &Span, room: usize) -> Option<Snippet> {
    let signs: Vec<String> = span.text.trim_end().chars().map(shown).collect();
    let start = (span.column as usize).checked_sub(1)?;
    if start > signs.len() {
        return None;
    }
    let end = start.saturating_add(span.length as usize).min(signs.len());
    let window = window(&signs, start, end, room);
    let part = |from: usize, to: usize| signs.get(from..to).unwrap_or_default().concat();
    let before = if window.0 > 0 { CUT } else { "" };
    let after = if window.1 < signs.len() { CUT } else { "" };
    let line = format!("{before}{}{after}", part(window.0, window.1));
    // Whole strings are measured, not characters: joined emoji are narrower than their parts.
    let indent = before.width() + part(window.0, start).width();
    let length = part(start, end.min(window.1)).width().max(1);
    Some(Snippet {
        line: line.trim_end().to_owned(),
        indent,
        length,
    })
}

fn shown(sign: char) -> String {
    let mut text = String::new();
    match sign {
        '\t' => text.push_str(TAB),
        _ => safe::push(&mut text, sign),
    }
    text
}

/// Which characters to show, from and to: all if they fit, else those around the place, more of
/// them before it than after, since what leads there explains it.
fn window(signs: &[String], start: usize, end: usize, room: usize) -> (usize, usize) {
    let widths: Vec<usize> = signs.iter().map(|sign| sign.width()).collect();
    if widths.iter().sum::<usize>() <= room {
        return (0, signs.len());
    }
    let room = room.saturating_sub(2 * CUT.width());
    let mark: usize = widths[start..end].iter().sum();
    let mut left = room.saturating_sub(mark) * 2 / 3;
    let mut from = start;
    while from > 0 && widths[from - 1] <= left {
        from -= 1;
        left -= widths[from];
    }
    let mut left = room.saturating_sub(widths[from..start].iter().sum());
    let mut to = start;
    while to < signs.len() && widths[to] <= left {
        left -= widths[to];
        to += 1;
    }
    // What the right side leaves over goes to the left, so that the end of a line fills the room.
    while from > 0 && widths[from - 1] <= left {
        from -= 1;
        left -= widths[from];
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_at(text: &str, column: u32, length: u32, room: usize) -> Option<String> {
        let span = Span {
            line: 1,
            column,
            length,
            text: text.into(),
        };
        let Snippet {
            line,
            indent,
            length,
        } = snippet(&span, room)?;
        Some(format!(
            "{line}\n{}{}",
            " ".repeat(indent),
            "^".repeat(length)
        ))
    }

    #[track_caller]
    fn check(text: &str, column: u32, length: u32, room: usize, wanted: &str) {
        assert_eq!(
            shown_at(text, column, length, room).as_deref(),
            Some(wanted)
        );
    }

    #[test]
    fn the_mark_lies_under_its_characters() {
        check("people: 42", 9, 2, 80, "people: 42\n        ^^");
        check(
            "people: 王芳, 42",
            9,
            2,
            80,
            "people: 王芳, 42\n        ^^^^",
        );
        check("王芳: 42", 5, 2, 80, "王芳: 42\n      ^^");
        check("\tkey:\t42", 7, 2, 80, "    key:    42\n            ^^");
        check(
            "e\u{301}te\u{301}: 42",
            8,
            2,
            80,
            "e\u{301}te\u{301}: 42\n     ^^",
        );
        check(
            "a\u{202e}b: 42",
            6,
            2,
            80,
            "a\\u{202e}b: 42\n            ^^",
        );
        check(
            "👨\u{200d}👩\u{200d}👧: 42",
            8,
            2,
            80,
            "👨\u{200d}👩\u{200d}👧: 42\n    ^^",
        );
    }

    #[test]
    fn a_place_at_the_end_is_marked_after_it() {
        check("people", 7, 1, 80, "people\n      ^");
        check("", 1, 1, 80, "\n^");
    }

    #[test]
    fn a_mark_ends_with_its_line() {
        check("people: 42", 9, 900, 80, "people: 42\n        ^^");
    }

    #[test]
    fn a_place_beyond_the_text_is_not_marked() {
        assert_eq!(shown_at("people", 9, 1, 80), None);
        assert_eq!(shown_at("people", 0, 1, 80), None);
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let text = "0123456789".repeat(10);
        check(&text, 1, 2, 20, "012345678901234567…\n^^");
        check(&text, 52, 2, 20, "…123456789012345678…\n           ^^");
        check(&text, 99, 2, 20, "…234567890123456789\n                 ^^");
    }

    #[test]
    fn a_place_wider_than_the_room_is_cut() {
        check(
            &"x".repeat(100),
            11,
            50,
            20,
            "…xxxxxxxxxxxxxxxxxx…\n ^^^^^^^^^^^^^^^^^^",
        );
        check(&"王".repeat(100), 11, 1, 4, "…王…\n ^^");
        check(&"王".repeat(100), 11, 1, 0, "……\n ^");
    }
}
