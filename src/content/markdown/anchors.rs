//! Ids, each given once, and heading levels that never skip one.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Ids the page around a body has itself.
const RESERVED: [&str; 5] = ["content", "main", "top", "search", "nav"];

/// The ids of one body.
pub(super) struct Anchors {
    /// Each id given, with the last number tried after it; so a thousand headings of one name
    /// cost a thousand steps.
    given: HashMap<String, usize>,
}

impl Anchors {
    pub(super) fn new() -> Self {
        Anchors {
            given: RESERVED.iter().map(|id| ((*id).to_owned(), 1)).collect(),
        }
    }

    /// `id`, or the first of `id-2`, `id-3`… that is free.
    pub(super) fn unique(&mut self, id: String) -> String {
        let Some(tried) = self.given.get(&id) else {
            self.given.insert(id.clone(), 1);
            return id;
        };
        let mut number = *tried;
        let free = loop {
            number += 1;
            let candidate = format!("{id}-{number}");
            if !self.given.contains_key(&candidate) {
                break candidate;
            }
        };
        self.given.insert(id, number);
        self.given.insert(free.clone(), 1);
        free
    }

    /// Whether `id` was free; now it is not.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        !self.given.contains_key(id) && self.given.insert(id.to_owned(), 1).is_none()
    }

    /// The id of a heading: as written out, else from its text.
    pub(super) fn heading(&mut self, written: Option<&str>, text: &str) -> String {
        let written = written.map(one_word).filter(|id| !id.is_empty());
        // Many tools take only ids that begin with a letter.
        let id = written.unwrap_or_else(|| match slug(text, "section") {
            slug if slug.starts_with(char::is_alphabetic) => slug,
            slug => format!("section-{slug}"),
        });
        // Ids of footnotes are given while a page is written, those of headings are promised
        // before; so the two must not meet.
        let id = if id.starts_with("fn-") || id.starts_with("fnref-") {
            format!("section-{id}")
        } else {
            id
        };
        self.unique(id)
    }
}

/// An id holds no white space (HTML Standard §3.2.6).
fn one_word(id: &str) -> String {
    let words: Vec<_> = id.split_whitespace().collect();
    words.join("-").chars().take(200).collect()
}

/// Letters and digits of any script in lower case, joined by hyphens; `fallback` if there are
/// none.
pub(super) fn slug(text: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in text.nfc() {
        if slug.len() > 100 {
            break;
        }
        if c.is_alphanumeric() || c == '_' || is_mark(c) {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        fallback.to_owned()
    } else {
        slug
    }
}

/// Signs that belong to the letter before them: without them words of many scripts fall apart.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}')
        || unicode_normalization::char::is_combining_mark(c)
}

/// The levels of the headings of an article whose page has the `h1`.
#[derive(Default)]
pub(super) struct Levels {
    /// The headings the next one could stand under: the level as written, the level given.
    above: Vec<(u8, u8)>,
}

impl Levels {
    /// The level of the next heading.
    pub(super) fn next(&mut self, written: u8) -> u8 {
        while self
            .above
            .last()
            .is_some_and(|(level, _)| *level >= written)
        {
            self.above.pop();
        }
        let given = self.above.last().map_or(2, |(_, level)| (level + 1).min(6));
        self.above.push((written, given));
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_given_once() {
        let mut ids = Anchors::new();
        let mut next = |text| ids.heading(None, text);
        assert_eq!(next("Hello, World!"), "hello-world");
        assert_eq!(next("hello world"), "hello-world-2");
        assert_eq!(next("Hello World 2"), "hello-world-2-2");
        assert_eq!(next("hello world"), "hello-world-3");
        assert_eq!(next("Content"), "content-2");
        assert_eq!(next("!?"), "section");
        assert_eq!(next("北京 峰会"), "北京-峰会");
        assert_eq!(next("हिन्दी"), "हिन्दी");
        assert_eq!(next("Don’t"), "dont");
        assert_eq!(next("fn 1"), "section-fn-1");
        assert_eq!(next("2019 in review"), "section-2019-in-review");
        assert_eq!(next("Cafe\u{301}"), "café");
        assert_eq!(ids.heading(Some("x y"), ""), "x-y");
        assert!(!ids.claim("x-y"));
        assert!(ids.claim("z"));
    }

    #[test]
    fn levels_begin_at_two_and_skip_none() {
        let give = |written: &[u8]| {
            let mut levels = Levels::default();
            written
                .iter()
                .map(|level| levels.next(*level))
                .collect::<Vec<_>>()
        };
        assert_eq!(give(&[1, 2, 3, 2]), [2, 3, 4, 3]);
        assert_eq!(give(&[2, 4, 4, 3, 2]), [2, 3, 3, 3, 2]);
        assert_eq!(give(&[3, 1, 2]), [2, 2, 3]);
        assert_eq!(give(&[1, 2, 3, 4, 5, 6]), [2, 3, 4, 5, 6, 6]);
    }
}
