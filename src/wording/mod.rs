//! Whether two texts say the same words, however they are written.
//!
//! A leaf. A text becomes its words: folded in case, without accents and marks, parted by single
//! spaces. What stands between words in the file is all the same: spaces, line ends, hyphens,
//! tags, Markdown. A word is the same word as an entity, percent-encoded, or as JSON escapes it.
//! Scripts that put no spaces between words have one word for each character.
//!
//! What stands in tags and in the destinations of links is kept apart from what is read, so that
//! a name of which half is in bold is found as well as one in an attribute.

mod anchors;
mod letters;
mod marks;
mod patterns;
mod redactor;
mod sieve;

pub use marks::{Marked, Spot};
pub use patterns::Patterns;
pub use redactor::Redactor;
pub use sieve::Sieve;

use letters::fold;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A file of the output, or any other text.
    Page,
    /// A body.
    Markdown,
}

/// Takes the words of a text, letter by letter.
trait Sink {
    /// A letter, folded, and the bytes of the text that it stands for.
    fn letter(&mut self, aside: bool, letter: &[u8], from: usize, to: usize);
    /// The end of a word.
    fn gap(&mut self, aside: bool);
}

/// The words of a text: ` each between spaces `.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What is read.
    pub text: Vec<u8>,
    /// What stands in tags and in destinations of links.
    pub aside: Vec<u8>,
}

impl Sink for Words {
    #[inline]
    fn letter(&mut self, aside: bool, letter: &[u8], _: usize, _: usize) {
        let stream = if aside {
            &mut self.aside
        } else {
            &mut self.text
        };
        match letter {
            [one] => stream.push(*one),
            more => stream.extend_from_slice(more),
        }
    }

    #[inline]
    fn gap(&mut self, aside: bool) {
        let stream = if aside {
            &mut self.aside
        } else {
            &mut self.text
        };
        if stream.last() != Some(&b' ') {
            stream.push(b' ');
        }
    }
}

impl Words {
    /// The words of a text. Bytes that are not UTF-8 are taken for Latin-1.
    pub fn of(bytes: &[u8], form: Form) -> Words {
        let mut words = Words {
            text: Vec::with_capacity(bytes.len() + 2),
            aside: Vec::with_capacity(bytes.len() / 2),
        };
        read(bytes, form, &mut words);
        words
    }
}

/// The words of a text as one pattern; `None` where it has none.
pub fn pattern(text: &str) -> Option<String> {
    let words = Words::of(text.as_bytes(), Form::Page);
    let mut words = String::from_utf8(words.text).ok()?;
    let first = words.chars().find(|c| *c != ' ')?;
    // Arabic and Hebrew write `and`, `the` and `to` in one word with a name.
    if ('\u{590}'..='\u{8FF}').contains(&first) {
        words.remove(0);
    }
    Some(words)
}

/// How many words a pattern has.
pub fn count(pattern: &str) -> usize {
    pattern.split_ascii_whitespace().count()
}

fn read(bytes: &[u8], form: Form, sink: &mut impl Sink) {
    sink.gap(false);
    sink.gap(true);
    let mut reader = Reader {
        bytes,
        at: 0,
        inside: Inside::Text,
        markdown: form == Form::Markdown,
        sink,
    };
    while reader.at < bytes.len() {
        reader.step();
    }
    sink.gap(false);
    sink.gap(true);
}

/// Where in a text a reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    /// Between `<` and `>`.
    Tag,
    /// In the destination of a link, so many parentheses deep.
    Destination(usize),
}

struct Reader<'b, 's, S> {
    bytes: &'b [u8],
    at: usize,
    inside: Inside,
    markdown: bool,
    sink: &'s mut S,
}

/// What a byte is: the lower case of a letter or digit, 0 for what parts words, 1 for what needs a
/// second look.
const CLASS: [u8; 256] = {
    let mut class = [0_u8; 256];
    let mut byte = 0_usize;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let sign = byte as u8;
        class[byte] = match sign {
            b'A'..=b'Z' => sign + 32,
            b'a'..=b'z' | b'0'..=b'9' => sign,
            b'<' | b'>' | b'&' | b'%' | b'\\' | b'*' | b'~' | b'`' | b'[' | b']' | b'(' | b')' => 1,
            _ if byte >= 0x80 => 1,
            _ => 0,
        };
        byte += 1;
    }
    class
};

impl<S: Sink> Reader<'_, '_, S> {
    fn aside(&self) -> bool {
        self.inside != Inside::Text
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn gap(&mut self, length: usize) {
        self.sink.gap(self.aside());
        self.at += length;
    }

    /// A character that the next bytes stand for, however they write it.
    fn character(&mut self, c: char, length: usize) {
        let (from, to) = (self.at, self.at + length);
        let aside = self.aside();
        fold(c, |piece| match piece {
            letters::Piece::Letter(letter) => self.sink.letter(aside, letter, from, to),
            letters::Piece::Gap => self.sink.gap(aside),
        });
        self.at += length;
    }

    fn step(&mut self) {
        let Some(byte) = self.byte(0) else { return };
        match CLASS[usize::from(byte)] {
            0 => self.gap(1),
            1 => self.look(byte),
            _ => self.word(),
        }
    }

    /// Letters and digits as far as they go.
    fn word(&mut self) {
        let aside = self.aside();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let mut at = self.at;
        for byte in rest {
            let lower = CLASS[usize::from(*byte)];
            if lower < 2 {
                break;
            }
            self.sink.letter(aside, &[lower], at, at + 1);
            at += 1;
        }
        self.at = at;
    }

    fn look(&mut self, byte: u8) {
        match byte {
            b'<' => self.open_tag(),
            b'>' if self.inside == Inside::Tag => {
                self.gap(1);
                self.inside = Inside::Text;
            }
            b'&' => self.entity(),
            b'%' => self.percent(),
            b'\\' => self.escape(),
            _ if byte >= 0x80 => self.wide(),
            _ if self.markdown => self.mark(byte),
            _ => self.gap(1),
        }
    }

    /// Elements that stand within a word part none.
    fn open_tag(&mut self) {
        let name = self.bytes.get(self.at + 1..).unwrap_or_default();
        let name = name.strip_prefix(b"/").unwrap_or(name);
        let is_tag = name
            .first()
            .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?'));
        if !is_tag || self.inside != Inside::Text {
            return self.gap(1);
        }
        let end = name.iter().position(|b| !b.is_ascii_alphanumeric());
        let name = name.get(..end.unwrap_or(name.len())).unwrap_or_default();
        const WITHIN: [&[u8]; 12] = [
            b"b", b"i", b"em", b"strong", b"mark", b"u", b"s", b"small", b"wbr", b"ins", b"sub",
            b"sup",
        ];
        if !WITHIN.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
            self.sink.gap(false);
        }
        self.inside = Inside::Tag;
        self.gap(1);
    }

    fn entity(&mut self) {
        // `&amp;eacute;` was escaped twice.
        let mut ahead = 1;
        while self.starts(ahead, b"amp;") {
            ahead += 4;
        }
        let rest = self.bytes.get(self.at + ahead..).unwrap_or_default();
        let end = rest.iter().take(12).position(|b| *b == b';');
        let name = end.and_then(|end| std::str::from_utf8(rest.get(..end)?).ok());
        let Some(name) = name else {
            return self.gap(1);
        };
        match letters::entity(name) {
            Some(c) => self.character(c, ahead + name.len() + 1),
            None if letters::is_nothing(name) => self.at += ahead + name.len() + 1,
            None if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') => {
                self.gap(ahead + name.len() + 1);
            }
            None => self.gap(1),
        }
    }

    fn starts(&self, ahead: usize, with: &[u8]) -> bool {
        let rest = self.bytes.get(self.at + ahead..).unwrap_or_default();
        rest.starts_with(with)
    }

    /// A byte that is percent-encoded this far ahead, and how far its encoding reaches.
    fn encoded(&self, ahead: usize) -> Option<(u8, usize)> {
        if self.byte(ahead) != Some(b'%') {
            return None;
        }
        // `%2520` was encoded twice.
        let mut digits = ahead + 1;
        while self.starts(digits, b"25") {
            digits += 2;
        }
        let pair = self.bytes.get(self.at + digits..self.at + digits + 2)?;
        let value = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        Some((value, digits + 2))
    }

    fn percent(&mut self) {
        let Some((first, mut end)) = self.encoded(0) else {
            return self.gap(1);
        };
        if first.is_ascii() {
            return self.character(char::from(first), end);
        }
        let mut bytes = vec![first];
        while std::str::from_utf8(&bytes).is_err() && bytes.len() < 4 {
            let Some((next, after)) = self.encoded(end) else {
                break;
            };
            bytes.push(next);
            end = after;
        }
        match std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| text.chars().next())
        {
            Some(c) => self.character(c, end),
            None => self.gap(1),
        }
    }

    /// What JSON and scripts escape; in Markdown, a sign that is meant as itself.
    fn escape(&mut self) {
        match self.byte(1) {
            Some(b'u') => match self.unit(2) {
                Some(high @ 0xD800..=0xDBFF) if self.starts(6, b"\\u") => match self.unit(8) {
                    Some(low @ 0xDC00..=0xDFFF) => {
                        let c = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                        self.character(char::from_u32(c).unwrap_or(' '), 12);
                    }
                    _ => self.gap(6),
                },
                Some(c) => self.character(char::from_u32(c).unwrap_or(' '), 6),
                None => self.gap(1),
            },
            Some(b'n' | b'r' | b't') if !self.markdown => self.gap(2),
            _ => self.gap(1),
        }
    }

    fn unit(&self, ahead: usize) -> Option<u32> {
        let digits = self.bytes.get(self.at + ahead..self.at + ahead + 4)?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    }

    fn wide(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let next = rest.get(..4).unwrap_or(rest);
        let c = next
            .utf8_chunks()
            .next()
            .and_then(|chunk| chunk.valid().chars().next());
        match (c, self.byte(0)) {
            (Some(c), _) => self.character(c, c.len_utf8()),
            (None, Some(byte)) => self.character(char::from(byte), 1),
            (None, None) => {}
        }
    }

    /// A sign of Markdown: emphasis parts no words, and a destination is not read.
    fn mark(&mut self, byte: u8) {
        match (byte, self.inside) {
            (b'(', Inside::Destination(depth)) => {
                self.inside = Inside::Destination(depth + 1);
                self.gap(1);
            }
            (b')', Inside::Destination(depth)) => {
                self.gap(1);
                self.inside = match depth {
                    0 => Inside::Text,
                    depth => Inside::Destination(depth - 1),
                };
            }
            (b']', Inside::Text) if self.byte(1) == Some(b'(') && self.closes() => {
                self.inside = Inside::Destination(0);
                self.gap(2);
            }
            // `[text][1]` refers to where the link leads.
            (b']', Inside::Text) if self.byte(1) == Some(b'[') => self.gap(2),
            (b'*' | b'~' | b'`' | b'[' | b']', Inside::Text) => self.at += 1,
            _ => self.gap(1),
        }
    }

    /// Whether a destination ends before its paragraph does.
    fn closes(&self) -> bool {
        let rest = self.bytes.get(self.at + 2..).unwrap_or_default();
        let mut last = 0;
        for byte in rest.iter().take(4096) {
            match byte {
                b')' => return true,
                b'\n' if last == b'\n' => return false,
                b'\r' => {}
                byte => last = *byte,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests;
