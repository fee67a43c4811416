//! Typographic marks for texts that are not Markdown: headlines, decks, captions.

use std::borrow::Cow;

use super::markdown::Quotes;

/// Sets quotation marks, apostrophes, dashes and ellipses as the language of the text does.
/// A mark that may be a sign of feet or inches stays as it is.
pub fn set<'a>(text: &'a str, language: &str) -> Cow<'a, str> {
    if !has_marks(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let quotes = Quotes::for_language(language);
    let mut set = String::with_capacity(text.len() + 8);
    let (mut outer, mut inner) = (false, false);
    let mut before: Option<char> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (written, length): (Cow<'_, str>, usize) = match c {
            '"' => (double(&quotes, before, rest, &mut outer), 1),
            '\'' => (single(&quotes, before, rest, &mut inner), 1),
            '-' if rest.starts_with("---") => ("—".into(), 3),
            '-' if rest.starts_with("--") => ("–".into(), 2),
            '.' if rest.starts_with("...") => ("…".into(), 3),
            c => (rest[..c.len_utf8()].into(), c.len_utf8()),
        };
        set.push_str(&written);
        before = Some(c);
        rest = &rest[length..];
    }
    Cow::Owned(set)
}

/// Whether there may be anything to set: a quotation mark, two hyphens or two points in a row.
/// Most texts have none, and every headline of every list is asked.
fn has_marks(text: &[u8]) -> bool {
    let quote = |byte: u8| (byte == b'"') | (byte == b'\'');
    let pair = |a: u8, b: u8| (a == b) & ((a == b'-') | (a == b'.'));
    let (last, rest) = (text.last().copied(), text.get(1..).unwrap_or_default());
    // No early end, so that many bytes are looked at in one step.
    let pairs = text.iter().zip(rest);
    let found = pairs.fold(false, |found, (a, b)| found | quote(*a) | pair(*a, *b));
    found || last.is_some_and(quote)
}

/// Whether a mark after this character can only begin a quotation.
fn begins(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{-–—/\"'«„“‘".contains(c))
}

fn after(rest: &str) -> Option<char> {
    rest.chars().nth(1)
}

fn double(quotes: &Quotes, before: Option<char>, rest: &str, open: &mut bool) -> Cow<'static, str> {
    let word_follows = after(rest).is_some_and(|c| !c.is_whitespace());
    if *open && !(begins(before) && word_follows) {
        *open = false;
        return quotes.outer().1.into();
    }
    if begins(before) && word_follows {
        *open = true;
        return quotes.outer().0.into();
    }
    // After a digit it is a sign of inches; else somebody forgot the first of a pair.
    if before.is_some_and(|c| c.is_ascii_digit()) {
        "\"".into()
    } else {
        quotes.outer().1.into()
    }
}

fn single(quotes: &Quotes, before: Option<char>, rest: &str, open: &mut bool) -> Cow<'static, str> {
    let next = after(rest);
    let in_word = before.is_some_and(char::is_alphanumeric);
    if in_word && next.is_some_and(char::is_alphanumeric) {
        // A letter after a digit is a plural or a year (`1990's`); a digit may be inches.
        let measure =
            before.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
        return if measure { "'".into() } else { "’".into() };
    }
    if begins(before) && next.is_some_and(|c| c.is_ascii_digit()) {
        // `'90s` leaves out a century and quotes nothing.
        return "’".into();
    }
    if begins(before) && next.is_some_and(|c| !c.is_whitespace()) {
        *open = true;
        return quotes.inner().0.into();
    }
    if *open {
        *open = false;
        return quotes.inner().1.into();
    }
    "’".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_the_language() {
        for (language, text, expected) in [
            ("en", "Kim's train", "Kim’s train"),
            ("en", "\"No deal\" in Hanoi", "“No deal” in Hanoi"),
            (
                "en",
                "He said: \"It is 'done'.\"",
                "He said: “It is ‘done’.”",
            ),
            ("en", "The '90s -- again...", "The ’90s – again…"),
            ("en", "Workers' rights", "Workers’ rights"),
            ("en", "6'2\" and counting", "6'2\" and counting"),
            ("en", "(\"quoted\")", "(“quoted”)"),
            ("fr", "\"Oui\", dit-il", "«\u{202F}Oui\u{202F}», dit-il"),
            ("de", "\"Ja\" -- 'nein'", "„Ja“ – ‚nein‘"),
            ("en", "nothing to do", "nothing to do"),
            ("en", "\"", "”"),
            ("en", "'", "’"),
        ] {
            assert_eq!(set(text, language), expected, "{text}");
        }
    }
}
