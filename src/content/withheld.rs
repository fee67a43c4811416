//! What of an article no page may hold: found when its file is read, kept for the leak scan alone.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::article::{Picture, Status};
use super::fields::Fields;
use super::front_matter;
use super::markdown;
use crate::config::{Config, Redaction};
use crate::wording::{self, Redactor};

/// Something that no page may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needle {
    /// Where in its article it stands.
    pub item: Item,
    /// Its words, as [`wording::pattern`] gives them.
    pub words: Box<str>,
    /// Whether it may stand on other pages than those of its article.
    pub only_here: bool,
}

/// Where in its article something stands that no page may hold. Numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Item {
    /// Its headline.
    Title,
    /// A sentence of its body.
    Sentence(u32),
    /// What one of its pictures shows, or the line below it: those of its front matter first.
    Picture(u32),
    /// An entry of its `redact`.
    Redacted(u32),
    /// A name of its `removed`.
    Name(u32),
}

/// How many words of a sentence are looked for: its first.
const SENTENCE: usize = 12;

/// How many sentences of an article are looked for, and as many of its pictures.
const SENTENCES: usize = 200;

/// The fewest letters and words of a headline that is looked for: a shorter one stands in many a
/// sentence.
const TITLE: (usize, usize) = (20, 4);

/// What an article withholds beyond its own words.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) redactions: Vec<Redaction>,
    pub(super) names: Vec<String>,
}

/// What is taken out of an article: its own list, then that of the site.
pub(super) fn redactor(config: &Config, own: &[Redaction]) -> Option<Redactor> {
    let settings = &config.settings.withdrawn;
    let entries = own.iter().chain(&settings.texts);
    let entry = |redaction: &Redaction| {
        let mark = redaction.with.as_ref().unwrap_or(&settings.mark);
        Some((redaction.pattern()?, mark.clone()))
    };
    Redactor::new(entries.filter_map(entry).collect())
}

/// A body as it is published, in the file of an article whose front matter may name what is
/// taken out of it. `None` where it stays as it is.
pub(super) fn redacted_body(
    config: &Config,
    file: &str,
    source: &str,
    start: usize,
) -> Option<String> {
    let keys = &config.settings.front_matter;
    let of_file = keys.files.get(file);
    let named = source.get(..start)?.contains("redact")
        || of_file.is_some_and(|keys| keys.contains_key("redact"))
        || keys.map.values().any(|field| field == "redact");
    let body = source.get(start..)?;
    if !named {
        return config.redactor.body(body);
    }
    let front = front_matter::read(source).ok()?;
    let own = Fields::new(source, file, front.fields, keys).redactions();
    redactor(config, &own)?.body(body)
}

/// The file of a record or page, with marks in its body in the place of what no page may hold.
pub(super) fn published<'s>(config: &Config, source: &'s str, start: usize) -> Cow<'s, str> {
    let (head, body) = source.split_at_checked(start).unwrap_or((source, ""));
    match config.redactor.body(body) {
        Some(body) => Cow::Owned(format!("{head}{body}")),
        None => Cow::Borrowed(source),
    }
}

/// Everything that no page may hold of an article in this state; `None` where it hides nothing.
/// `title`, `body` and `pictures` are as they are published, so that nothing is looked for that is
/// to be seen.
pub(super) fn needles(
    status: Status,
    embargoed: bool,
    listed: &Listed,
    (title, body, pictures): (&str, &str, &[Picture]),
    options: &markdown::Options,
) -> Option<Box<[Needle]>> {
    let closed = embargoed || matches!(status, Status::Removed | Status::Draft | Status::Embargoed);
    if !closed && listed.redactions.is_empty() {
        return None;
    }
    let mut needles = Vec::new();
    for (number, redaction) in (1..).zip(&listed.redactions) {
        let words = redaction.pattern();
        needles.extend(words.map(|w| needle(Item::Redacted(number), w, redaction.only_here)));
    }
    for (number, name) in (1..).zip(&listed.names) {
        let words = wording::pattern(name);
        needles.extend(words.map(|words| needle(Item::Name(number), words, false)));
    }
    if closed {
        let words = wording::pattern(title).filter(|words| is_distinctive_title(words));
        needles.extend(words.map(|words| needle(Item::Title, words, false)));
        let said = markdown::said(body, options);
        let of_text = sentences(&said.text).filter(|text| !text.trim().is_empty());
        let of_text = of_text
            .zip(1..)
            .map(|(text, number)| (Item::Sentence(number), text));
        needles.extend(spoken(of_text));
        let front = pictures.iter().map(|picture| {
            let caption = picture.caption.as_deref().unwrap_or_default();
            format!("{}\n{caption}", picture.alt)
        });
        let shown: Vec<String> = front.chain(said.pictures).collect();
        let of_pictures = shown.iter().zip(1..);
        let of_pictures = of_pictures.flat_map(|(words, number)| {
            sentences(words).map(move |text| (Item::Picture(number), text))
        });
        needles.extend(spoken(of_pictures));
    }
    Some(needles.into())
}

fn needle(item: Item, words: String, only_here: bool) -> Needle {
    Needle {
        item,
        words: words.into(),
        only_here,
    }
}

/// The sentences among these that are looked for.
fn spoken<'s>(sentences: impl Iterator<Item = (Item, &'s str)>) -> impl Iterator<Item = Needle> {
    sentences
        .filter_map(|(item, text)| Some(needle(item, distinctive(text)?, false)))
        .take(SENTENCES)
}

/// The entries of an article's own list that stand nowhere in it, by number.
pub(super) fn unfound(own: &[Redaction], found: &[usize]) -> Vec<usize> {
    let with_pattern = own
        .iter()
        .enumerate()
        .filter(|(_, r)| r.pattern().is_some());
    let missing = with_pattern
        .enumerate()
        .filter(|(place, _)| !found.contains(place));
    missing.map(|(_, (number, _))| number + 1).collect()
}

fn is_distinctive_title(words: &str) -> bool {
    let (letters, count) = TITLE;
    words.chars().filter(|c| *c != ' ').count() >= letters && wording::count(words) >= count
}

/// A text in its sentences and lines. Where one ends too early (`Mr. Smith`) it is only shorter.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '。', '！', '？']).flat_map(|line| {
        line.split_inclusive(|c: char| c.is_whitespace())
            .scan((0, false), |(at, ended), word| {
                let start = *at;
                *at += word.len();
                let opens =
                    std::mem::replace(ended, word.trim_end().ends_with(['.', '!', '?', '…']));
                Some((opens, start))
            })
            .filter_map(|(opens, start)| opens.then_some(start))
            .chain([line.len()])
            .scan(0, |from, to| {
                Some(
                    line.get(std::mem::replace(from, to)..to)
                        .unwrap_or_default(),
                )
            })
    })
}

/// The words of a sentence that nobody else writes by chance: its first dozen, where it has as
/// many and most of them are words.
fn distinctive(sentence: &str) -> Option<String> {
    let words = wording::pattern(sentence)?;
    let first: Vec<&str> = words.split_ascii_whitespace().take(SENTENCE).collect();
    let spoken = first
        .iter()
        .filter(|word| !word.bytes().all(|b| b.is_ascii_digit()));
    if first.len() < SENTENCE || spoken.count() < SENTENCE * 2 / 3 {
        return None;
    }
    let lead = if words.starts_with(' ') { " " } else { "" };
    Some(format!("{lead}{} ", first.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_parted_at_their_ends() {
        let text = "One is here. Two is there!\nThree";
        let parts: Vec<&str> = sentences(text).map(str::trim).collect();
        assert_eq!(parts, ["One is here.", "Two is there!", "Three"]);
    }

    #[test]
    fn only_long_sentences_of_words_are_looked_for() {
        let long = "The two leaders met for an hour and a half in the old harbour of the town.";
        assert_eq!(
            distinctive(long).as_deref(),
            Some(" the two leaders met for an hour and a half in the ")
        );
        assert_eq!(distinctive("The two leaders met."), None);
        assert_eq!(distinctive("1 2 3 4 5 6 7 8 9 10 11 12 13 shares"), None);
    }
}
