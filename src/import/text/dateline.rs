//! Where a story was filed from, before its first sentence, and which agency brought it.

use std::ops::Range;

use super::byline::push;
use super::dates;
use super::fold::{fold, is_unspaced};
use super::phrases::Phrases;
use crate::content::Date;

/// A dateline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// As printed, without the agency and the dash: `SALVADOR, Feb 26`.
    pub(super) text: String,
    pub(super) agencies: Vec<String>,
    /// Its date, where it has a year.
    pub(super) date: Option<Date>,
    /// How many bytes of the paragraph it takes.
    pub(super) length: usize,
}

/// What a beginning of a paragraph may be.
pub(super) enum Opening {
    Dateline(Dateline),
    /// A name before a colon that may be a place or not.
    Doubtful(String),
    None,
}

/// Longer beginnings are sentences.
const LONGEST: usize = 90;

/// Looks for a dateline at the beginning of a paragraph.
pub(super) fn open(paragraph: &str, phrases: &Phrases) -> Opening {
    if let Some(line) = chinese(paragraph, phrases) {
        return Opening::Dateline(line);
    }
    let mut doubtful = None;
    let mut best: Option<Dateline> = None;
    for end in separators(paragraph) {
        let head = paragraph.get(..end.start).unwrap_or_default();
        let sign = paragraph.get(end.clone()).unwrap_or_default();
        if let Some(mut line) = parse(head, sign, phrases) {
            line.length = end.end;
            let rest = paragraph.get(end.end..).unwrap_or_default();
            let begun = rest.trim_start_matches(['"', '“', '«', '„', '‘', '¿', '¡', '\'']);
            // A sentence begins after it, and a longer one says more only if it credits more.
            let begins = begun.chars().next().is_none_or(|c| !c.is_lowercase());
            let more = best
                .as_ref()
                .is_none_or(|best| line.agencies.len() > best.agencies.len());
            if begins && more {
                best = Some(line);
            }
        } else if sign.trim_end() == ":" && is_place_shaped(head) && doubtful.is_none() {
            let words = head.split_whitespace().count();
            if words <= 2 && !phrases.labels.contains(&fold(head)) {
                doubtful = Some(head.to_owned());
            }
        }
    }
    match (best, doubtful) {
        (Some(line), _) => Opening::Dateline(line),
        (None, Some(name)) => Opening::Doubtful(name),
        (None, None) => Opening::None,
    }
}

/// Every place at which a dateline could end: a dash, a colon or a stop before a space.
fn separators(paragraph: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let chars: Vec<(usize, char)> = paragraph.char_indices().take(LONGEST).collect();
    for (index, (at, c)) in chars.iter().enumerate() {
        let next = chars.get(index + 1).map(|(_, c)| *c);
        let after = paragraph.get(at + c.len_utf8()..).unwrap_or_default();
        let gap = after.len() - after.trim_start().len();
        let spaced = paragraph
            .get(..*at)
            .is_some_and(|head| head.ends_with([' ', '.', ')', '/']));
        let ends = match c {
            '-' | '–' | '—' => *c == '—' || (spaced && gap > 0),
            ':' | '：' => next.is_some_and(char::is_whitespace),
            '.' | '/' => next.is_some_and(char::is_whitespace),
            _ => false,
        };
        if ends {
            // `(EFE).- `, `/TASS/. `: signs that follow one another are one separator.
            let sign = after.trim_start_matches(['.', '-', '–', '—', ' ', '\u{a0}']);
            let end = paragraph.len()
                - if gap > 0 || c == &'—' {
                    sign.len()
                } else {
                    after.len()
                };
            let start = if *c == '/' { at + 1 } else { *at };
            found.push(start..end);
        }
    }
    found
}

/// Reads what stands before a separator: a place, with a date, an agency or both.
fn parse(head: &str, sign: &str, phrases: &Phrases) -> Option<Dateline> {
    let mut rest = head.trim().to_owned();
    let mut line = Dateline {
        text: String::new(),
        agencies: Vec::new(),
        date: None,
        length: 0,
    };
    let mut led = false;
    if let Some((agency, place)) = rest.split_once(':')
        && let Some(name) = phrases.agency(agency)
    {
        push(&mut line.agencies, name);
        rest = place.trim().to_owned();
        led = true;
    }
    take_agencies(&mut rest, phrases, &mut line.agencies);
    let dated = dates::find(&rest, phrases);
    line.date = dated.as_ref().map(|found| found.date);
    let at = dated
        .map(|found| found.at)
        .or_else(|| dates::find_day(&rest, phrases));
    let text = rest
        .trim_matches(|c: char| c.is_whitespace() || ",;-–—".contains(c))
        .to_owned();
    let place = match &at {
        Some(at) => rest.get(..at.start).unwrap_or_default(),
        None => &rest,
    };
    let after = at
        .as_ref()
        .and_then(|at| rest.get(at.end..))
        .unwrap_or_default();
    if after
        .trim_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .count()
        > 4
    {
        return None;
    }
    let place = place.trim_matches(|c: char| c.is_whitespace() || ",;.-–—".contains(c));
    let place = [" le", " den"]
        .iter()
        .find_map(|word| place.strip_suffix(word))
        .unwrap_or(place);
    let place = place.trim_end_matches(',');
    if place.is_empty() || phrases.labels.contains(&fold(place)) || !is_place_shaped(place) {
        return None;
    }
    let dash = sign.contains(['-', '–', '—']);
    let credited = !line.agencies.is_empty();
    let known =
        phrases.is_place(place) || place.split(',').next().is_some_and(|p| phrases.is_place(p));
    let certain = match (dash, sign.contains([':', '：'])) {
        (true, _) => credited || at.is_some() || known || is_capitals(place),
        (false, true) => known || (credited && at.is_some()),
        // A full stop alone ends many a sentence.
        (false, false) => led || (credited && (at.is_some() || known)),
    };
    line.text = text;
    certain.then_some(line)
}

/// Takes `(Reuters)`, `/TASS/` and a bare `AFP` out of a dateline.
fn take_agencies(rest: &mut String, phrases: &Phrases, agencies: &mut Vec<String>) {
    for (form, name) in &phrases.agencies {
        let Some(at) = rest.find(form.as_str()) else {
            continue;
        };
        if !is_whole(rest, at, form.len()) {
            continue;
        }
        push(agencies, name);
        rest.replace_range(at..at + form.len(), "");
    }
    for empty in ["()", "//", "[]", "( )", "（）", "(/)"] {
        *rest = rest.replace(empty, "");
    }
    let kept = rest
        .trim_end_matches(|c: char| c.is_whitespace() || ",.-–—/".contains(c))
        .len();
    // A short form keeps its stop: `26 feb.`
    rest.truncate(kept);
}

/// Whether a piece of a text neither begins nor ends inside a word.
pub(super) fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    let after = text.get(at + length..).and_then(|tail| tail.chars().next());
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    let piece = text.get(at..at + length).unwrap_or_default();
    piece.chars().all(is_unspaced) || (!joins(before) && !joins(after))
}

/// Few words with capitals, as the names of places have them.
fn is_place_shaped(text: &str) -> bool {
    const SMALL: [&str; 22] = [
        "de", "do", "da", "dos", "del", "la", "le", "les", "el", "sur", "am", "an", "der", "den",
        "di", "of", "the", "upon", "en", "aan", "na", "и",
    ];
    let words: Vec<&str> = text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let shape = |word: &&str| {
        let first = word
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .chars()
            .next();
        SMALL.contains(word) || first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    let named = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    named
        && words.len() <= 6
        && words.iter().all(shape)
        && !text.contains(['"', '?', '!', '(', ')'])
}

fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 2
        && letters.clone().all(char::is_uppercase)
        && letters.into_iter().any(|c| !is_unspaced(c))
}

/// `新华社北京2月26日电`, `中新社上海2019年2月26日电（记者 王芳）`.
fn chinese(paragraph: &str, phrases: &Phrases) -> Option<Dateline> {
    let end = paragraph
        .char_indices()
        .take(40)
        .find(|(_, c)| *c == '电')?
        .0;
    let head = paragraph.get(..end)?;
    let (form, name) = phrases
        .agencies
        .iter()
        .find(|(form, _)| head.starts_with(form.as_str()))?;
    let text = head.get(form.len()..)?.trim();
    let date = dates::find(text, phrases);
    if date.is_none() && dates::find_day(text, phrases).is_none() || text.is_empty() {
        return None;
    }
    let rest = paragraph.get(end + '电'.len_utf8()..)?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{3000}', '，', ' ']).len();
    Some(Dateline {
        text: text.to_owned(),
        agencies: vec![name.clone()],
        date: date.map(|found| found.date),
        length: end + '电'.len_utf8() + gap,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Vec<String>, String)> {
        match open(text, &Phrases::built_in()) {
            Opening::Dateline(line) => {
                Some((line.text, line.agencies, text[line.length..].to_owned()))
            }
            _ => None,
        }
    }

    #[test]
    fn datelines_are_read_in_every_shape() {
        for (text, place, agency) in [
            ("Moscow: The rest.", "Moscow", ""),
            ("SALVADOR, Feb 26 - The rest.", "SALVADOR, Feb 26", ""),
            ("PTI: New Delhi. The rest.", "New Delhi", "PTI"),
            ("LONDON (Reuters) - The rest.", "LONDON", "Reuters"),
            (
                "MOSCOW, June 5. /TASS/. The rest.",
                "MOSCOW, June 5",
                "TASS",
            ),
            (
                "Buenos Aires, 26 feb (EFE).- The rest.",
                "Buenos Aires, 26 feb",
                "Efe",
            ),
            ("Berlin (dpa) – The rest.", "Berlin", "dpa"),
            (
                "Paris, le 3 mars 2019 (AFP) – The rest.",
                "Paris, le 3 mars 2019",
                "AFP",
            ),
            ("LISBON — The rest.", "LISBON", ""),
            (
                "МОСКВА, 26 фев - РИА Новости. The rest.",
                "МОСКВА, 26 фев",
                "RIA Novosti",
            ),
            ("القاهرة (رويترز) - The rest.", "القاهرة", "Reuters"),
            ("新华社北京2月26日电 The rest.", "北京2月26日", "Xinhua"),
            (
                "RIO DE JANEIRO, 26 de fevereiro (Lusa) - The rest.",
                "RIO DE JANEIRO, 26 de fevereiro",
                "Lusa",
            ),
        ] {
            let agencies: Vec<String> = Some(agency)
                .filter(|a| !a.is_empty())
                .map(str::to_owned)
                .into_iter()
                .collect();
            assert_eq!(
                read(text),
                Some((place.to_owned(), agencies, "The rest.".to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn sentences_are_none() {
        for text in [
            "Analysis: The rest.",
            "Update - The rest.",
            "Putin said - The rest.",
            "The rest is silence. The end.",
            "Officials in Moscow: no comment.",
            "Moscow. The rest.",
            "Volunteers - many of them old - came.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
