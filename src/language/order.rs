//! The order of names in a language, and the letters they are filed under.

use std::cmp::Ordering;
use std::fmt;

use icu::collator::options::{CollatorOptions, Strength};
use icu::collator::{Collator, CollatorBorrowed};

use super::locale;

/// Compares names as the readers of a language expect it of an index.
pub struct Order {
    whole: Option<CollatorBorrowed<'static>>,
    base: Option<CollatorBorrowed<'static>>,
}

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Order")
    }
}

impl Order {
    /// The order of a language by its BCP 47 tag (CLDR collation).
    pub fn new(tag: &str) -> Order {
        let locale = locale(tag);
        let of = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            Collator::try_new((&locale).into(), options).ok()
        };
        Order {
            whole: of(Strength::Tertiary),
            base: of(Strength::Primary),
        }
    }

    /// Which of two names comes first; names that a language does not part go by code point.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let whole = self
            .whole
            .as_ref()
            .map_or(Ordering::Equal, |c| c.compare(a, b));
        whole.then_with(|| a.cmp(b))
    }

    /// Whether two letters are one in this language's alphabet: `É` and `E` in French, not `Ö`
    /// and `O` in Swedish.
    fn same_letter(&self, a: &str, b: &str) -> bool {
        self.base
            .as_ref()
            .map_or(a == b, |c| c.compare(a, b) == Ordering::Equal)
    }

    /// The letter of the language's alphabet that a name is filed under: `0-9` for digits,
    /// nothing for a name without letters. It depends on the name alone, so that the address of
    /// its letter stays.
    pub fn letter(&self, name: &str) -> Option<String> {
        let first = name.chars().find(|c| c.is_alphanumeric())?;
        if first.is_numeric() {
            return Some("0-9".to_owned());
        }
        if let Some(jamo) = initial_consonant(first) {
            return Some(jamo.to_string());
        }
        let first = first.to_string();
        let plain = any_ascii::any_ascii(&first);
        // A Latin letter with a mark is filed under the plain one where the language says so.
        let base = plain.chars().next().filter(|c| c.is_ascii_alphabetic());
        if let Some(base) = base
            .map(String::from)
            .filter(|b| self.same_letter(b, &first))
        {
            return Some(base.to_lowercase());
        }
        Some(first.to_lowercase())
    }
}

/// The consonant that a Hangul syllable begins with, under which Korean files it (Unicode §3.12).
fn initial_consonant(c: char) -> Option<char> {
    const FIRST: u32 = 0xAC00;
    const PER_CONSONANT: u32 = 588;
    const CONSONANTS: [char; 19] = [
        'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ',
        'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    ];
    let index = u32::from(c).checked_sub(FIRST)? / PER_CONSONANT;
    CONSONANTS.get(usize::try_from(index).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(tag: &str, name: &str) -> String {
        Order::new(tag).letter(name).unwrap_or_default()
    }

    #[test]
    fn every_language_has_its_own_order() {
        let sorted = |tag: &str, mut names: Vec<&'static str>| {
            let order = Order::new(tag);
            names.sort_by(|a, b| order.compare(a, b));
            names
        };
        assert_eq!(
            sorted("en", vec!["Öl", "Zebra", "Ort"]),
            ["Öl", "Ort", "Zebra"]
        );
        assert_eq!(
            sorted("sv", vec!["Öl", "Zebra", "Ort"]),
            ["Ort", "Zebra", "Öl"]
        );
        assert_eq!(
            sorted("es", vec!["ñu", "oso", "nube"]),
            ["nube", "ñu", "oso"]
        );
        assert_eq!(
            sorted("de", vec!["straße", "Strand", "strasse"])[0],
            "Strand"
        );
    }

    #[test]
    fn letters_are_those_of_the_alphabet() {
        for (tag, name, expected) in [
            ("fr", "Élysée", "e"),
            ("sv", "Österlund", "ö"),
            ("en", "Österlund", "o"),
            ("es", "Ñandú", "ñ"),
            ("ru", "Ёлкин", "ё"),
            ("ko", "김정은", "ㄱ"),
            ("zh", "王芳", "王"),
            ("en", "9/11", "0-9"),
            ("en", "“Che”", "c"),
            ("en", "…", ""),
            ("en", "Łódź", "l"),
        ] {
            assert_eq!(letter(tag, name), expected, "{tag} {name}");
        }
    }
}
