//! Who wrote it and when, in the lines above a text.

use super::dates;
use super::fold::fold;
use super::phrases::Phrases;
use crate::content::Date;

/// What a line says of an article without being part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Credit {
    pub(super) authors: Vec<String>,
    pub(super) agencies: Vec<String>,
    pub(super) date: Option<Date>,
}

/// Longer lines are sentences.
const LONGEST: usize = 140;

/// Reads a byline: `By Jane Doe`, `Par Jean Dupont | 3 mars 2019`, `Автор: Иван Петров`. A
/// sentence that begins with one of those words is none: names do not go on in small letters.
pub(super) fn byline(line: &str, phrases: &Phrases) -> Option<Credit> {
    if line.chars().count() > LONGEST {
        return None;
    }
    let plain = line
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim();
    let rest = opened(plain, &phrases.bylines)?;
    let mut credit = Credit::default();
    let mut parts = rest.split(['|', '•', '·', '/', '／']).flat_map(|part| {
        part.split(" — ")
            .flat_map(|part| part.split(" – "))
            .flat_map(|part| part.split(" - "))
    });
    let first = parts.next()?.trim().trim_end_matches(['.', ',', ';']);
    names(first, phrases, &mut credit)?;
    for part in parts {
        if let Some(found) = dates::find(part, phrases) {
            credit.date = credit.date.or(Some(found.date));
        } else if let Some(agency) = phrases.agency(part) {
            push(&mut credit.agencies, agency);
        }
    }
    (!credit.authors.is_empty() || !credit.agencies.is_empty()).then_some(credit)
}

/// Reads a line that is nothing but a date, with or without `Published on` and a time.
pub(super) fn date_line(line: &str, phrases: &Phrases) -> Option<(Option<Date>, bool)> {
    if line.chars().count() > LONGEST {
        return None;
    }
    let lower = line.to_lowercase();
    let opener = phrases
        .published
        .iter()
        .find(|opener| opened_by(&lower, opener));
    let updated = opener.is_some_and(|opener| phrases.updated.contains(opener));
    let rest = opener.and_then(|o| line.get(o.len()..)).unwrap_or(line);
    let found = dates::find(rest, phrases);
    let mut left = rest.to_owned();
    if let Some(found) = &found {
        left.replace_range(found.at.clone(), " ");
    }
    // A time, a zone, a day of the week and the words around them may stand beside the date.
    let plain = fold(&left);
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let beside = words.iter().all(|word| is_beside(word, phrases));
    let day_alone =
        found.is_none() && !words.is_empty() && words.iter().any(|w| phrases.weekdays.contains(*w));
    match found {
        Some(found) if beside && words.len() <= 9 => Some((Some(found.date), updated)),
        None if is_ambiguous(rest) => Some((None, updated)),
        None if day_alone && beside && words.len() <= 6 => Some((None, updated)),
        _ => None,
    }
}

/// Whether a text is a date of which nobody can tell the day from the month: `03/02/2019`.
fn is_ambiguous(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('/').collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    matches!(&parts[..], [a, b, year] if a.len() <= 2 && b.len() <= 2 && year.len() == 4)
        && parts.iter().all(digits)
}

fn is_beside(word: &str, phrases: &Phrases) -> bool {
    const WORDS: [&str; 46] = [
        "at",
        "am",
        "pm",
        "a",
        "m",
        "p",
        "gmt",
        "utc",
        "cet",
        "cest",
        "est",
        "edt",
        "ist",
        "bst",
        "msk",
        "мск",
        "h",
        "hs",
        "hrs",
        "uhr",
        "um",
        "alle",
        "ore",
        "à",
        "às",
        "as",
        "a las",
        "las",
        "om",
        "uur",
        "в",
        "г",
        "года",
        "год",
        "on",
        "le",
        "el",
        "den",
        "op",
        "t",
        "z",
        "the",
        "of",
        "edition",
        "العدد",
        "الساعة",
    ];
    let number = word.chars().all(|c| c.is_numeric());
    let time = word.chars().any(|c| c.is_ascii_digit())
        && word.trim_start_matches(|c: char| c.is_ascii_digit()).len() <= 3;
    number
        || time
        || WORDS.contains(&word)
        || phrases.weekdays.contains(word)
        || phrases.months.contains_key(word)
}

/// What follows an opener that ends where a word does.
fn opened<'l>(line: &'l str, openers: &[String]) -> Option<&'l str> {
    let lower = line.to_lowercase();
    let opener = openers.iter().find(|opener| opened_by(&lower, opener))?;
    // Lower-casing can change how long a text is; then no byline is found, and nothing is lost.
    let rest = line.get(opener.len()..)?;
    Some(rest.trim_start_matches(|c: char| c.is_whitespace() || ":：—–-".contains(c)))
}

fn opened_by(lower: &str, opener: &str) -> bool {
    let Some(rest) = lower.strip_prefix(opener) else {
        return false;
    };
    let closed = opener.ends_with(|c: char| !c.is_alphanumeric() || super::fold::is_unspaced(c));
    closed || rest.starts_with(|c: char| c.is_whitespace() || c == ':' || c == '：')
}

/// The names in `Jane Doe and John Roe, Staff Writer`; `None` if there is no telling.
fn names(text: &str, phrases: &Phrases, credit: &mut Credit) -> Option<()> {
    const AND: [&str; 9] = [
        " and ", " & ", " et ", " y ", " und ", " e ", " en ", " и ", " و",
    ];
    let mut text = text.to_owned();
    for and in AND {
        text = text.replace(and, ", ");
    }
    let parts = text
        .split([',', '،', '、', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    for (index, part) in parts.enumerate() {
        if let Some(agency) = phrases.agency(part) {
            push(&mut credit.agencies, agency);
        } else if let Some(found) = dates::find(part, phrases) {
            credit.date = credit.date.or(Some(found.date));
        } else if is_name(part) && !(index > 0 && is_role(part)) {
            push(&mut credit.authors, &crate::content::name::tidy(part));
        } else if index == 0 {
            return None;
        }
    }
    Some(())
}

/// Whether a text is the name of somebody or of a desk: few words, each with a capital but the
/// particles of family names.
fn is_name(text: &str) -> bool {
    const PARTICLES: [&str; 26] = [
        "de", "del", "della", "der", "den", "di", "da", "do", "dos", "das", "du", "des", "van",
        "von", "zu", "zur", "la", "le", "el", "al", "bin", "ben", "ibn", "ter", "ten", "te",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        word.chars()
            .next()
            .is_some_and(|c| !c.is_lowercase() && !c.is_numeric())
    };
    // `d'Emilio` and `al-Amin` are family names.
    let family = |word: &str| {
        let rest = ["d'", "d’", "al-"]
            .iter()
            .find_map(|p| word.strip_prefix(p));
        capital(rest.unwrap_or(word))
    };
    let shape = words
        .iter()
        .all(|word| family(word) || PARTICLES.contains(word));
    let ends = words.first().is_some_and(|w| capital(w)) && words.last().is_some_and(|w| family(w));
    let unspaced = text.chars().any(super::fold::is_unspaced);
    let short = if unspaced {
        text.chars().count() <= 12
    } else {
        words.len() <= 5
    };
    shape && ends && short && !text.ends_with(['.', '!', '?', '。']) | text.ends_with("Jr.")
}

/// Words that stand after a name and are none.
fn is_role(text: &str) -> bool {
    const ROLES: [&str; 18] = [
        "writer",
        "reporter",
        "editor",
        "correspondent",
        "staff",
        "bureau",
        "chief",
        "desk",
        "corresponsal",
        "redacción",
        "correspondant",
        "correspondante",
        "korrespondent",
        "redaktion",
        "redação",
        "corrispondente",
        "redactie",
        "корреспондент",
    ];
    fold(text).split(' ').any(|word| ROLES.contains(&word))
}

/// Adds a name once.
pub(super) fn push(names: &mut Vec<String>, name: &str) {
    if !name.is_empty() && !names.iter().any(|old| fold(old) == fold(name)) {
        names.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(line: &str) -> Option<Vec<String>> {
        byline(line, &Phrases::built_in()).map(|credit| credit.authors)
    }

    #[test]
    fn bylines_are_read_in_ten_languages() {
        for (line, name) in [
            ("By Jane Doe", "Jane Doe"),
            ("BY JANE DOE, Staff Writer", "JANE DOE"),
            ("Par Jean Dupont | Publié le 3 mars 2019", "Jean Dupont"),
            ("Von Anna von der Heide — Berlin", "Anna von der Heide"),
            ("Por María Pérez", "María Pérez"),
            ("Di Marco Rossi", "Marco Rossi"),
            ("Door Jan de Vries", "Jan de Vries"),
            ("Автор: Иван Петров", "Иван Петров"),
            ("بقلم: ليلى حداد", "ليلى حداد"),
            ("记者：王芳", "王芳"),
        ] {
            assert_eq!(authors(line), Some(vec![name.to_owned()]), "{line}");
        }
        let two = authors("By Jane Doe and John Roe (Reuters)");
        assert!(two.is_some_and(|two| two.first().is_some_and(|name| name == "Jane Doe")));
    }

    #[test]
    fn sentences_are_no_bylines() {
        for line in [
            "By Thursday evening the river had risen.",
            "Por la tarde llovió",
            "Von den Kosten ist keine Rede",
            "Di sera piove",
            "Door de regen viel alles stil",
            "By",
        ] {
            assert_eq!(authors(line), None, "{line}");
        }
    }

    #[test]
    fn lines_of_dates_are_dates() {
        let phrases = Phrases::built_in();
        let read = |line: &str| {
            date_line(line, &phrases).map(|(d, updated)| (d.map(|d| d.iso_date()), updated))
        };
        let day = Some("2019-02-26".to_owned());
        assert_eq!(
            read("Published: 26 Feb 2019, 10:30 GMT"),
            Some((day.clone(), false))
        );
        assert_eq!(
            read("Updated on Tuesday, February 26, 2019 4:15pm"),
            Some((day.clone(), true))
        );
        assert_eq!(
            read("Publié le 26 février 2019 à 10h30"),
            Some((day, false))
        );
        assert_eq!(read("Thursday"), Some((None, false)));
        assert_eq!(
            read("The bridge of 26 February 2019 was the first of three."),
            None
        );
    }
}
