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

/// Counts words across events: a word may be half in italics.
#[derive(Default)]
pub(super) struct Words {
    count: u32,
    inside: bool,
}

impl Words {
    /// Counts the words of the next piece of the same line.
    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars() {
            if is_word_by_itself(c) {
                self.count = self.count.saturating_add(1);
                self.inside = false;
            } else if c.is_alphanumeric() {
                self.count = self.count.saturating_add(u32::from(!self.inside));
                self.inside = true;
            } else if c.is_whitespace() || matches!(c, '—' | '–' | '/') {
                self.inside = false;
            }
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
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        // No name is longer than 32 characters (HTML Standard §13.5).
        let length = rest
            .bytes()
            .take(40)
            .position(|b| b == b';')
            .map_or(1, |i| i + 1);
        let (reference, after) = rest.split_at(length);
        match decoded(reference) {
            Some(character) => text.push_str(&character),
            None => text.push_str(reference),
        }
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The table of names is the Markdown parser's, and it shows it only by parsing.
fn decoded(reference: &str) -> Option<String> {
    let named = reference.strip_prefix('&')?.strip_suffix(';')?;
    let well_formed = named
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'#');
    if named.is_empty() || !well_formed {
        return None;
    }
    Parser::new(reference).find_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    })
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
    }
}
