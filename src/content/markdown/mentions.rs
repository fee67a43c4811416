//! The first mention of each name that a text is known to hold becomes a link.

use std::ops::Range;

use pulldown_cmark_escape::escape_href;
use unicode_normalization::UnicodeNormalization;

use super::borders::{begins_word, ends_word, is_hyphen};
use super::tokens::{Token, Tokens};
use super::writer::Writer;

/// Elements in which nothing is linked: what is a link or a heading already, and what is not the
/// running text of the author.
const APART: [&str; 24] = [
    "a",
    "button",
    "caption",
    "cite",
    "code",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "kbd",
    "option",
    "pre",
    "rp",
    "rt",
    "samp",
    "script",
    "style",
    "summary",
    "svg",
    "textarea",
    "title",
];

/// Names to look for, each with the address that its first mention leads to.
///
/// A name is found where it stands as words of its own, with its capitals. Apostrophes, hyphens
/// and spaces are the same in all their forms. Where names overlap, the longest counts.
#[derive(Debug, Default)]
pub struct Mentions {
    /// By the bucket of their first sign, the longest first.
    names: Vec<Name>,
    begins: Beginnings,
    /// For each bucket the place of its first name, from 1; 0 where there is none.
    buckets: Vec<u16>,
    /// The addresses that no mention has had yet.
    addresses: Vec<Option<String>>,
    left: usize,
}

/// The bytes that a name can begin with, as far as two of them tell.
#[derive(Debug)]
struct Beginnings {
    first: [bool; 256],
    /// The bytes after the first, where that is not ASCII.
    second: [bool; 256],
}

impl Default for Beginnings {
    fn default() -> Self {
        Beginnings {
            first: [false; 256],
            second: [false; 256],
        }
    }
}

impl Beginnings {
    fn of(names: &[Name]) -> Self {
        let mut beginnings = Beginnings::default();
        for first in names.iter().filter_map(|name| name.text.chars().next()) {
            beginnings.add(first);
            if matches!(first, '\'' | '-') {
                OTHER_FORMS.chars().for_each(|other| beginnings.add(other));
            }
        }
        beginnings
    }

    fn add(&mut self, sign: char) {
        let mut buffer = [0; 4];
        let [first, second, ..] = {
            sign.encode_utf8(&mut buffer);
            buffer
        };
        self.first[usize::from(first)] = true;
        if !sign.is_ascii() {
            self.second[usize::from(second)] = true;
        }
    }

    /// The next place where a name may begin.
    fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let byte = *bytes.get(at)?;
            if self.first[usize::from(byte)]
                && (byte.is_ascii()
                    || bytes
                        .get(at + 1)
                        .is_some_and(|second| self.second[usize::from(*second)]))
            {
                return Some(at);
            }
            at += 1;
        }
    }
}

/// One form of a name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    bucket: usize,
    shorter: std::cmp::Reverse<usize>,
    text: String,
    /// Whose it is; `None` where two share it, so that nobody can tell.
    whose: Option<usize>,
}

impl Mentions {
    /// The names of each thing with its address. One without an address is known, so that no
    /// shorter name is found in it, and not linked.
    pub fn new<'n>(things: impl IntoIterator<Item = (Vec<&'n str>, Option<String>)>) -> Self {
        let mut mentions = Mentions::default();
        for (whose, (names, address)) in things.into_iter().enumerate() {
            for name in names {
                mentions.add(name, whose);
            }
            mentions.left += usize::from(address.is_some());
            mentions.addresses.push(address);
        }
        mentions.names.sort_unstable();
        mentions.names.dedup_by(|later, kept| {
            let same = later.text == kept.text;
            if same && later.whose != kept.whose {
                kept.whose = None;
            }
            same
        });
        if mentions.left > 0 {
            mentions.begins = Beginnings::of(&mentions.names);
            mentions.buckets = vec![0; BUCKETS];
            for (index, name) in mentions.names.iter().enumerate().rev() {
                // More names than that have no article.
                mentions.buckets[name.bucket] = u16::try_from(index + 1).unwrap_or(0);
            }
        }
        mentions
    }

    fn add(&mut self, name: &str, whose: usize) {
        let plain: String = name.trim().chars().map(plain).collect();
        // A single letter is an initial or a bullet.
        if plain.chars().nth(1).is_none() {
            return;
        }
        let decomposed = (!plain.is_ascii()).then(|| plain.nfd().collect::<String>());
        for text in decomposed
            .filter(|other| *other != plain)
            .into_iter()
            .chain([plain])
        {
            self.names.push(Name {
                bucket: text.chars().next().map_or(0, bucket),
                shorter: std::cmp::Reverse(text.len()),
                text,
                whose: Some(whose),
            });
        }
    }

    /// Whether nothing is left to be linked.
    fn is_done(&self) -> bool {
        self.left == 0
    }

    /// The first name in `text` from a place on, and whose it is.
    fn find(&self, text: &str, from: usize) -> Option<(Range<usize>, Option<usize>)> {
        let mut at = from;
        loop {
            // Few signs of a text begin a name, so nearly all of it is passed over here.
            at = self.begins.next(text.as_bytes(), at)?;
            if let Some(found) = self.at(text, at) {
                return Some(found);
            }
            at += 1;
        }
    }

    /// The longest name that stands at a place.
    fn at(&self, text: &str, at: usize) -> Option<(Range<usize>, Option<usize>)> {
        let inside = at.checked_sub(1).and_then(|last| text.as_bytes().get(last));
        let first = text.get(at..)?.chars().next()?;
        if first.is_ascii() && inside.is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let bucket = bucket(plain(first));
        let start = usize::from(*self.buckets.get(bucket)?).checked_sub(1)?;
        let names = self.names.get(start..)?.iter();
        let mut ends = names
            .take_while(|name| name.bucket == bucket)
            .filter_map(|name| Some((end_of(&name.text, text, at)?, name.whose)));
        let (end, whose) = ends.find(|(end, _)| ends_word(text, *end))?;
        begins_word(text, at).then_some((at..end, whose))
    }

    /// The address of a thing, the first time.
    fn take(&mut self, whose: usize) -> Option<String> {
        let address = self.addresses.get_mut(whose)?.take();
        self.left -= usize::from(address.is_some());
        address
    }
}

const BUCKETS: usize = 256;

/// Names begin with capitals or with signs of large scripts, so few share a bucket.
fn bucket(first: char) -> usize {
    let code = u32::from(first);
    match usize::try_from(code) {
        Ok(code) if code < 128 => code,
        Ok(code) => 128 + (code ^ (code >> 7)) % 128,
        Err(_) => 0,
    }
}

/// Apostrophes and hyphens beside those of the typewriter.
const OTHER_FORMS: &str = "’‘ʼʻ′＇\u{2010}\u{2011}\u{2043}\u{FE63}\u{FF0D}";

/// One form for all apostrophes, hyphens and spaces.
fn plain(c: char) -> char {
    match c {
        '!'..='~' => c,
        '’' | '‘' | 'ʼ' | 'ʻ' | '′' | '＇' => '\'',
        c if is_hyphen(c) => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Where `name` ends, if it stands at a place of the text; a space of it may be several there, or
/// the end of a line.
fn end_of(name: &str, text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mut signs = rest.char_indices().peekable();
    for wanted in name.chars() {
        let (_, found) = signs.next()?;
        if plain(found) != wanted {
            return None;
        }
        while wanted == ' ' && signs.next_if(|(_, c)| c.is_whitespace()).is_some() {}
    }
    Some(at + signs.peek().map_or(rest.len(), |(end, _)| *end))
}

impl Writer<'_> {
    /// Text of the author's in which names may be linked.
    pub(super) fn running_text(&mut self, text: &str) {
        if self.mentions.is_done() || !self.may_mention() {
            return self.text(text);
        }
        let (mut written, mut from) = (0, 0);
        while let Some((place, whose)) = self.mentions.find(text, from) {
            from = place.end;
            if let Some(address) = whose.and_then(|whose| self.mentions.take(whose)) {
                self.text(&text[written..place.start]);
                self.out.push_str("<a class=\"mention\" href=\"");
                // Writing to a string cannot fail.
                let _ = escape_href(&mut self.out, &address);
                self.out.push_str("\">");
                self.text(&text[place.clone()]);
                self.out.push_str("</a>");
                written = place.end;
            }
            if self.mentions.is_done() {
                break;
            }
        }
        self.text(&text[written..]);
    }

    fn may_mention(&self) -> bool {
        let apart = || {
            let mut open = self.open.iter();
            open.any(|open| open.raw && APART.contains(&open.name))
        };
        self.links == 0
            && self.link.is_none()
            && self.title.is_none()
            && self.trusted_apart == 0
            && !self.notes.writing
            && !(self.raw_open > 0 && apart())
    }

    /// Counts what trusted HTML, which is not looked at otherwise, opens and closes.
    pub(super) fn trusted(&mut self, html: &str) {
        if self.mentions.is_done() {
            return;
        }
        for (_, token) in Tokens::new(html) {
            match token {
                Token::Open(tag) if APART.contains(&tag.name.as_str()) => self.trusted_apart += 1,
                Token::Close(name) if APART.contains(&name.as_str()) => {
                    self.trusted_apart = self.trusted_apart.saturating_sub(1);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names found in a text, in order.
    fn found<'t>(names: &[&str], text: &'t str) -> Vec<&'t str> {
        let things = names.iter().map(|name| (vec![*name], Some("/".to_owned())));
        let mentions = Mentions::new(things);
        let (mut all, mut from) = (Vec::new(), 0);
        while let Some((place, _)) = mentions.find(text, from) {
            from = place.end;
            all.push(&text[place]);
        }
        all
    }

    #[test]
    fn a_name_is_words_of_its_own() {
        let found = |text| found(&["Kim Jong-un", "Hanoi", "Cote d'Ivoire"], text);
        assert_eq!(
            found("Kim Jong-un’s train; Hanoi."),
            ["Kim Jong-un", "Hanoi"]
        );
        assert_eq!(found("Kim\nJong‑un"), ["Kim\nJong‑un"]);
        assert_eq!(found("(Kim \u{A0} Jong-un)"), ["Kim \u{A0} Jong-un"]);
        assert_eq!(found("Cote d’Ivoire"), ["Cote d’Ivoire"]);
        for text in [
            "Hanoians",
            "kim jong-un",
            "Kim Jong-unx",
            "XHanoi",
            "Kim Jong",
            "",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn the_longest_name_counts() {
        let names = [
            "North Korea",
            "Korea",
            "Guinea",
            "Guinea-Bissau",
            "Bissau",
            "Putin",
        ];
        let found = |text| found(&names, text);
        assert_eq!(found("North Korea and Korea"), ["North Korea", "Korea"]);
        assert_eq!(found("Guinea-Bissau, Guinea"), ["Guinea-Bissau", "Guinea"]);
        assert_eq!(found("Guinea-Conakry, Saint-Bissau"), Vec::<&str>::new());
        assert_eq!(found("pro-Putin, Putin-backed"), ["Putin", "Putin"]);
    }

    #[test]
    fn every_encoding_of_a_name_is_found() {
        let found = |text| found(&["José", "河内"], text);
        assert_eq!(found("Jose\u{301} y José"), ["Jose\u{301}", "José"]);
        assert_eq!(found("今天在河内。"), ["河内"]);
    }

    #[test]
    fn a_name_that_two_share_is_nobodys() {
        let both = [
            (vec!["Washington"], Some("/a".into())),
            (vec!["Washington", "DC"], Some("/b".into())),
        ];
        let mentions = Mentions::new(both);
        assert_eq!(mentions.find("Washington", 0), Some((0..10, None)));
        assert_eq!(mentions.find("in DC", 0), Some((3..5, Some(1))));
        assert!(
            Mentions::new([(vec!["A", ""], Some("/".into()))])
                .find("A", 0)
                .is_none()
        );
    }
}
