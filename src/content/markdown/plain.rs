//! The text of a body without its markup.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// Adds what a reader would hear of this event.
pub(super) fn push(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(more) | Event::Code(more) => text.push_str(more),
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        _ => {}
    }
}

/// White space as single spaces, none at the ends.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `longest` characters, cut at a word, with `…` where something is left out.
pub(super) fn clip(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else {
        return text.to_owned();
    };
    // The character at `end` does not fit any more, and one place is kept for the ellipsis.
    let last = text[..end].char_indices().next_back().map_or(0, |(i, _)| i);
    let head = &text[..last];
    let word = if text[last..].starts_with(char::is_whitespace) {
        head
    } else {
        // A text without spaces, as Chinese, is cut where it must be.
        head.rfind(char::is_whitespace).map_or(head, |i| &head[..i])
    };
    let word = word.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    format!("{word}…")
}

/// For each sign of ASCII whether it is part of a word, and whether it ends one.
const ASCII: [(bool, bool); 128] = {
    let mut signs = [(false, false); 128];
    let mut byte = 0_u8;
    while byte < 128 {
        let gap = matches!(byte, b'/' | b' ' | b'\t'..=b'\r');
        signs[byte as usize] = (byte.is_ascii_alphanumeric(), gap);
        byte += 1;
    }
    signs
};

/// Counts words across events: a word may be half in italics.
#[derive(Default)]
pub(super) struct Words {
    count: u32,
    inside: bool,
}

impl Words {
    /// Counts the words of the next piece of the same line.
    pub(super) fn add(&mut self, text: &str) {
        // Nearly all of a text is ASCII.
        let mut rest = text;
        loop {
            let length = rest.bytes().position(|byte| !byte.is_ascii());
            let (ascii, other) = rest.split_at(length.unwrap_or(rest.len()));
            self.add_ascii(ascii.as_bytes());
            let Some(c) = other.chars().next() else {
                return;
            };
            self.add_other(c);
            rest = &other[c.len_utf8()..];
        }
    }

    fn add_ascii(&mut self, text: &[u8]) {
        let (mut begun, mut inside) = (0, self.inside);
        for byte in text {
            let (word, gap) = ASCII[usize::from(*byte & 0x7F)];
            begun += u32::from(word & !inside);
            inside = word | (inside & !gap);
        }
        self.count = self.count.saturating_add(begun);
        self.inside = inside;
    }

    fn add_other(&mut self, c: char) {
        if is_word_by_itself(c) {
            self.count = self.count.saturating_add(1);
            self.inside = false;
        } else if c.is_alphanumeric() {
            self.count = self.count.saturating_add(u32::from(!self.inside));
            self.inside = true;
        } else if c.is_whitespace() || matches!(c, '—' | '–') {
            self.inside = false;
        }
    }

    /// What follows is no part of the word before.
    pub(super) fn end(&mut self) {
        self.inside = false;
    }

    /// How many there were.
    pub(super) fn count(&self) -> u32 {
        self.count
    }
}

/// Chinese and Japanese set no spaces; their length is told in characters.
fn is_word_by_itself(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Text of HTML with its character references replaced.
pub(super) fn decode(html: &str) -> Cow<'_, str> {
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('&') {
        pieces.push(Piece::Text(&rest[..start]));
        rest = &rest[start..];
        // No name is longer than 32 characters (HTML Standard §13.5).
        let length = rest
            .bytes()
            .take(40)
            .position(|b| b == b';')
            .map_or(1, |i| i + 1);
        let (reference, after) = rest.split_at(length);
        pieces.push(Piece::of(reference));
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    let names: Vec<&str> = pieces.iter().filter_map(Piece::name).collect();
    let mut characters = named(&names).into_iter();
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => Cow::Borrowed(*text),
        Piece::Number(character) => Cow::Owned(character.to_string()),
        Piece::Name(name) => characters.next().map_or(Cow::Borrowed(*name), Cow::Owned),
    });
    Cow::Owned(text.collect())
}

enum Piece<'h> {
    Text(&'h str),
    Number(char),
    /// `&eacute;`, if that is a name at all.
    Name(&'h str),
}

impl<'h> Piece<'h> {
    fn of(reference: &'h str) -> Self {
        let inside = reference
            .strip_prefix('&')
            .and_then(|r| r.strip_suffix(';'));
        let Some(inside) = inside.filter(|inside| !inside.is_empty()) else {
            return Piece::Text(reference);
        };
        let Some(number) = inside.strip_prefix('#') else {
            let is_name = inside.bytes().all(|b| b.is_ascii_alphanumeric());
            return if is_name {
                Piece::Name(reference)
            } else {
                Piece::Text(reference)
            };
        };
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        match code {
            Ok(code) if !number.starts_with('+') => {
                let character = char::from_u32(code).filter(|c| *c != '\0');
                Piece::Number(character.unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            _ => Piece::Text(reference),
        }
    }

    fn name(&self) -> Option<&'h str> {
        match self {
            Piece::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// What these names stand for, in order; a name that is none stands for itself. The table of
/// names is the Markdown parser's, and it shows it only by parsing: so all are parsed at once.
fn named(names: &[&str]) -> Vec<String> {
    /// A private character that no name stands for.
    const BETWEEN: &str = "\u{E000}";
    if names.is_empty() {
        return Vec::new();
    }
    let joined = names.join(BETWEEN);
    let mut text = String::new();
    for event in Parser::new(&joined) {
        push(&mut text, &event);
    }
    text.split(BETWEEN).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_a_word() {
        assert_eq!(clip("one two three", 13), "one two three");
        assert_eq!(clip("one two three", 12), "one two…");
        assert_eq!(clip("one two three", 8), "one two…");
        assert_eq!(clip("one two, three", 9), "one two…");
        assert_eq!(clip("峰会在河内举行", 5), "峰会在河…");
        assert_eq!(clip("", 5), "");
    }

    #[test]
    fn words_of_many_scripts() {
        let count = |text| {
            let mut words = Words::default();
            words.add(text);
            words.count()
        };
        assert_eq!(count("It’s a two-word — test, 3/4 – of 1,000."), 8);
        assert_eq!(count("峰会 x"), 3);
        assert_eq!(count("… !"), 0);
    }

    #[test]
    fn references_are_decoded() {
        assert_eq!(
            decode("a &amp; b &eacute;&#33;&#x21; &nope; &"),
            "a & b é!! &nope; &"
        );
        assert_eq!(decode("&amp;lt;"), "&lt;");
        assert_eq!(
            decode("&nbsp;&NewLine;x&Tab;&ast;&#xE000;&#0;&#+1;"),
            "\u{A0}\nx\t*\u{E000}\u{FFFD}&#+1;"
        );
    }
}
