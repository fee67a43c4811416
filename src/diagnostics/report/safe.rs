//! Text that cannot do anything to the terminal it is shown on.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character acts on the terminal or on the order of the text instead of showing.
///
/// Joiners (U+200C, U+200D) are left: Persian, Indic scripts and emoji are spelled with them.
pub(super) fn is_hostile(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text on one line, with every hostile character as `\u{202e}`.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        push(&mut safe, sign);
    }
    Cow::Owned(safe)
}

/// The text with its own line ends, each further line indented by `indent`, so that no line of
/// a message can pass for one of the report's.
pub(super) fn lines(text: &str, indent: usize) -> String {
    let mut safe = String::with_capacity(text.len());
    for (index, part) in text.trim_end().lines().enumerate() {
        if index > 0 {
            safe.push('\n');
            if !part.is_empty() {
                safe.extend(std::iter::repeat_n(' ', indent));
            }
        }
        safe.push_str(&line(part));
    }
    safe
}

/// One character, escaped if it is hostile.
pub(super) fn push(text: &mut String, sign: char) {
    if is_hostile(sign) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", sign.escape_unicode());
    } else {
        text.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_instead_of_showing_is_escaped() {
        assert_eq!(line("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(
            line("a\u{202e}b\u{9b}c\u{2066}"),
            "a\\u{202e}b\\u{9b}c\\u{2066}"
        );
        assert_eq!(line("one\ntwo"), "one\\u{a}two");
        assert_eq!(
            line("می\u{200c}خواهم 👨\u{200d}👩 é"),
            "می\u{200c}خواهم 👨\u{200d}👩 é"
        );
    }

    #[test]
    fn further_lines_are_indented() {
        assert_eq!(lines("one\r\ntwo\n\nthree\n", 2), "one\n  two\n\n  three");
    }
}
