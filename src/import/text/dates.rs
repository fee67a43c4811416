//! Dates as texts write them, where there is no doubt which day is meant.

use std::ops::Range;

use super::fold::fold;
use super::phrases::Phrases;
use crate::content::Date;

/// A date, and where in the text it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) date: Date,
    pub(super) at: Range<usize>,
}

/// A run of letters or of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token<'t> {
    text: &'t str,
    at: usize,
    number: Option<i16>,
}

/// The first whole date of a text. `3/2/2019` is none: half the world reads it as March, the
/// other half as February.
pub(super) fn find(text: &str, phrases: &Phrases) -> Option<Found> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|first| {
        let rest = tokens.get(first..)?;
        let (date, used) = numeric(text, rest)
            .or_else(|| chinese(text, rest))
            .or_else(|| day_first(text, rest, phrases))
            .or_else(|| month_first(text, rest, phrases))?;
        let last = rest.get(used.checked_sub(1)?)?;
        let start = rest.first()?.at;
        Some(Found {
            date,
            at: start..last.at + last.text.len(),
        })
    })
}

/// Where a day and month without a year stand, as in datelines: `Feb 26`, `26 février`.
pub(super) fn find_day(text: &str, phrases: &Phrases) -> Option<Range<usize>> {
    let tokens = tokens(text);
    let day = |token: &Token<'_>| token.number.is_some_and(|n| (1..=31).contains(&n));
    let named = |token: &Token<'_>| month(token, phrases).is_some();
    let pair = |first: usize, day_first: bool| {
        let rest = tokens.get(first..)?;
        let next = skip(
            text,
            rest,
            1,
            if day_first {
                &["de", "of", "d", "di"]
            } else {
                &[]
            },
        )?;
        let (a, b) = (rest.first()?, rest.get(next)?);
        let (number, name) = if day_first { (a, b) } else { (b, a) };
        (day(number) && named(name)).then(|| a.at..b.at + b.text.len())
    };
    // The day first: `RIO DE JANEIRO, 26 de fevereiro` is not 26 January.
    let western = [true, false]
        .into_iter()
        .find_map(|day_first| (0..tokens.len()).find_map(|first| pair(first, day_first)));
    // 2月26日
    western.or_else(|| {
        tokens.windows(4).find_map(|four| {
            let [a, b, c, d] = four else { return None };
            let numbers = a.number.is_some() && c.number.is_some();
            let shape = numbers && b.text == "月" && d.text.starts_with('日');
            shape.then(|| a.at..d.at + '日'.len_utf8())
        })
    })
}

/// The date with which a file name begins, or which stands in it between signs:
/// `2019-02-26-story`, `20190226_story`, `story-2019-02-26`.
pub(super) fn in_file_name(stem: &str) -> Option<Date> {
    let tokens = tokens(stem);
    let spaced = tokens.windows(3).find_map(|three| {
        let [y, m, d] = three else { return None };
        let apart = |a: &Token<'_>, b: &Token<'_>| {
            matches!(stem.get(a.at + a.text.len()..b.at), Some("-" | "_" | "."))
        };
        let sizes = y.text.len() == 4 && m.text.len() == 2 && d.text.len() == 2;
        (sizes && apart(y, m) && apart(m, d)).then(|| whole(y.number?, m.number?, d.number?))?
    });
    spaced.or_else(|| {
        tokens.iter().find_map(|token| {
            let digits = token.text.len() == 8 && token.text.bytes().all(|b| b.is_ascii_digit());
            if !digits {
                return None;
            }
            let part = |range: Range<usize>| token.text.get(range)?.parse::<i16>().ok();
            whole(part(0..4)?, part(4..6)?, part(6..8)?)
        })
    })
}

/// The date of folders: `2019/02/26/story.txt`.
pub(super) fn in_folders(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|three| {
        let [y, m, d] = three else { return None };
        let sizes = y.len() == 4 && m.len() == 2 && d.len() == 2;
        sizes.then(|| whole(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?))?
    })
}

/// A date that a newspaper can have.
fn whole(year: i16, month: i16, day: i16) -> Option<Date> {
    let printed = (1600..=2199).contains(&year);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    printed.then(|| Date::new(year, month, day)).flatten()
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    let mut push = |from: usize, to: usize| {
        let word = text.get(from..to).unwrap_or_default();
        let digits: Option<String> = word.chars().map(digit).collect();
        let number = digits.filter(|d| d.len() <= 4).and_then(|d| d.parse().ok());
        tokens.push(Token {
            text: word,
            at: from,
            number,
        });
    };
    for (at, c) in text.char_indices() {
        let kind = c.is_alphanumeric().then(|| digit(c).is_some());
        match (start, kind) {
            (None, Some(kind)) => start = Some((at, kind)),
            (Some((from, old)), kind) if kind != Some(old) => {
                push(from, at);
                start = kind.map(|kind| (at, kind));
            }
            _ => {}
        }
    }
    if let Some((from, _)) = start {
        push(from, text.len());
    }
    tokens
}

/// The ASCII digit of a digit, Arabic and Persian ones too.
fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// What stands between two tokens.
fn between<'t>(text: &'t str, a: &Token<'_>, b: &Token<'_>) -> &'t str {
    text.get(a.at + a.text.len()..b.at).unwrap_or_default()
}

/// Whether only what parts the parts of a date stands between two tokens.
fn light(text: &str, a: &Token<'_>, b: &Token<'_>) -> bool {
    let gap = between(text, a, b);
    gap.chars()
        .all(|c| c.is_whitespace() || ".,،-/’'ºª°".contains(c))
        && gap.chars().count() <= 3
}

fn month(token: &Token<'_>, phrases: &Phrases) -> Option<i16> {
    phrases.months.get(&fold(token.text)).map(|m| i16::from(*m))
}

/// `2019-02-26`, `26.02.2019` (DIN 5008 and its like: the day first), `26/02/2019`.
fn numeric(text: &str, rest: &[Token<'_>]) -> Option<(Date, usize)> {
    let [a, b, c, ..] = rest else { return None };
    let (x, y, z) = (a.number?, b.number?, c.number?);
    let signs = (between(text, a, b), between(text, b, c));
    match signs {
        ("-", "-") | ("/", "/") | (".", ".") if a.text.len() == 4 => {
            whole(x, y, z).map(|d| timed(text, rest, d))
        }
        (".", ".") | (". ", ". ") if c.text.len() == 4 => Some((whole(z, y, x)?, 3)),
        ("/", "/") | ("-", "-") if c.text.len() == 4 && x > 12 => Some((whole(z, y, x)?, 3)),
        ("/", "/") if c.text.len() == 4 && y > 12 => Some((whole(z, x, y)?, 3)),
        ("/", "/") if c.text.len() == 4 && x == y => Some((whole(z, x, y)?, 3)),
        _ => None,
    }
}

/// The same with its time, where ISO 8601 gives one: `2019-02-26T10:30:00Z`.
fn timed(text: &str, rest: &[Token<'_>], date: Date) -> (Date, usize) {
    let Some(start) = rest.first().map(|token| token.at) else {
        return (date, 3);
    };
    let whole = text.get(start..).unwrap_or_default();
    if whole.as_bytes().get(10) != Some(&b'T') {
        return (date, 3);
    }
    let end = whole.find(char::is_whitespace).unwrap_or(whole.len());
    let end = whole
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ')', ';']);
    match Date::parse(end) {
        Ok(date) => {
            let used = rest
                .iter()
                .take_while(|token| token.at < start + end.len())
                .count();
            (date, used)
        }
        Err(_) => (date, 3),
    }
}

/// `2019年2月26日`.
fn chinese(_text: &str, rest: &[Token<'_>]) -> Option<(Date, usize)> {
    let [y, year, m, month, d, day, ..] = rest else {
        return None;
    };
    let shape = year.text == "年"
        && month.text == "月"
        && (day.text.starts_with('日') || day.text.starts_with('号'));
    shape.then(|| Some((whole(y.number?, m.number?, d.number?)?, 6)))?
}

/// `26 Feb 2019`, `26 de febrero de 2019`, `1er mars 2019`, `26th of February, 2019`.
fn day_first(text: &str, rest: &[Token<'_>], phrases: &Phrases) -> Option<(Date, usize)> {
    let day = rest.first()?.number.filter(|n| (1..=31).contains(n))?;
    let mut next = skip(
        text,
        rest,
        1,
        &["st", "nd", "rd", "th", "er", "ère", "e", "o", "º", "ª"],
    )?;
    next = skip(text, rest, next, &["de", "of", "d", "di"])?;
    let month = month(rest.get(next)?, phrases)?;
    let next = skip(text, rest, next + 1, &["de", "del", "of"])?;
    let year = rest
        .get(next)
        .filter(|token| token.text.chars().count() == 4)?;
    Some((whole(year.number?, month, day)?, next + 1))
}

/// `February 26, 2019`, `Feb. 26th 2019`.
fn month_first(text: &str, rest: &[Token<'_>], phrases: &Phrases) -> Option<(Date, usize)> {
    let month = month(rest.first()?, phrases)?;
    skip(text, rest, 1, &[])?;
    let day = rest.get(1)?.number.filter(|n| (1..=31).contains(n))?;
    let next = skip(text, rest, 2, &["st", "nd", "rd", "th"])?;
    let year = rest
        .get(next)
        .filter(|token| token.text.chars().count() == 4)?;
    Some((whole(year.number?, month, day)?, next + 1))
}

/// The place after these words, if nothing but light signs stands before it.
fn skip(text: &str, rest: &[Token<'_>], mut next: usize, words: &[&str]) -> Option<usize> {
    loop {
        let (before, token) = (rest.get(next.checked_sub(1)?)?, rest.get(next)?);
        if !light(text, before, token) {
            return None;
        }
        if !words.contains(&token.text.to_lowercase().as_str()) {
            return Some(next);
        }
        next += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        find(text, &Phrases::built_in()).map(|found| found.date.iso_date())
    }

    #[test]
    fn certain_dates_are_read_in_ten_languages() {
        for text in [
            "26 Feb 2019",
            "Feb. 26, 2019",
            "Tuesday, February 26th, 2019 at 10:30",
            "2019-02-26",
            "2019-02-26T10:30:00Z",
            "26 de febrero de 2019",
            "le 26 février 2019",
            "26. Februar 2019",
            "26.02.2019",
            "26 de fevereiro de 2019",
            "26 febbraio 2019",
            "26 februari 2019",
            "26 февраля 2019 года",
            "٢٦ فبراير ٢٠١٩",
            "26 فبراير 2019",
            "2019年2月26日",
            "26/02/2019",
            "02/26/2019",
        ] {
            assert_eq!(read(text).as_deref(), Some("2019-02-26"), "{text}");
        }
        assert_eq!(read("1er mars 2019").as_deref(), Some("2019-03-01"));
        assert_eq!(read("1º de maio de 2019").as_deref(), Some("2019-05-01"));
    }

    #[test]
    fn doubtful_ones_are_not() {
        for text in [
            "Thursday",
            "26 February",
            "03/02/2019",
            "30 February 2019",
            "page 26, 2019",
            "May 2019",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn file_names_and_folders_tell_dates() {
        for stem in [
            "2019-02-26-talks",
            "20190226_talks",
            "talks_2019-02-26",
            "site.org_2019_02_26_talks",
        ] {
            assert_eq!(
                in_file_name(stem).map(|d| d.iso_date()).as_deref(),
                Some("2019-02-26"),
                "{stem}"
            );
        }
        assert_eq!(in_file_name("98765432-talks"), None);
        assert_eq!(
            in_folders("news/2019/02/26/talks.txt")
                .map(|d| d.iso_date())
                .as_deref(),
            Some("2019-02-26")
        );
    }
}
