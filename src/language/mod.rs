//! The languages of readers: how they write dates and numbers, how they count, in which order
//! they file names, which way they run, and what the parts of a page are called in them.
//!
//! Knows no file, no article and no template. Everything that follows from a language alone comes
//! from ICU4X with the data of CLDR; the interface texts are [`Texts`].

mod calendar;
mod endonyms;
mod order;
mod texts;

use std::borrow::Cow;
use std::fmt;

use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::locale::{Locale, LocaleDirectionality, LocaleExpander};
use icu::plurals::PluralRules;

use calendar::Calendar;

pub use endonyms::endonym;
pub use order::Order;
pub use texts::{Text, Texts};

/// The language of interface texts that every other one falls back to.
pub const FALLBACK: &str = "en";

/// As many numbers are written once.
const SMALL: i64 = 400;

/// What stands between the items of a list that ends in "and".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joints {
    /// Between the only two.
    pub pair: String,
    /// Between those of several that are not the last two.
    pub middle: String,
    /// Before the last of several.
    pub last: String,
}

/// A language in which pages are made.
pub struct Language {
    tag: String,
    direction: &'static str,
    texts: Texts,
    plurals: Option<PluralRules>,
    decimals: Option<DecimalFormatter>,
    /// The numbers that most lists and tables are made of, from 0.
    numbers: Vec<String>,
    calendar: Calendar,
    joints: Joints,
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Language").field("tag", &self.tag).finish()
    }
}

impl Language {
    /// A language by its BCP 47 tag, with the texts of its interface.
    pub fn new(tag: &str, texts: Texts) -> Language {
        let locale = locale(tag);
        let decimals = DecimalFormatter::try_new((&locale).into(), Default::default()).ok();
        Language {
            tag: tag.to_owned(),
            direction: direction(tag),
            texts,
            plurals: PluralRules::try_new_cardinal((&locale).into()).ok(),
            numbers: (0..SMALL).map(|n| written(decimals.as_ref(), n)).collect(),
            decimals,
            calendar: Calendar::new(&locale),
            joints: joints(&locale),
        }
    }

    /// Its BCP 47 tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        self.direction
    }

    /// What stands between the items of a list.
    pub fn joints(&self) -> &Joints {
        &self.joints
    }

    /// Whole numbers as the language writes them: `12,542`, `12 542`, `١٢٬٥٤٢`.
    pub fn number(&self, number: i64) -> String {
        self.small_number(number)
            .map_or_else(|| written(self.decimals.as_ref(), number), str::to_owned)
    }

    /// The same for a number that is written so often that it is kept.
    pub fn small_number(&self, number: i64) -> Option<&str> {
        let kept = self.numbers.get(usize::try_from(number).ok()?)?;
        Some(kept)
    }

    /// A text of the interface that needs nothing filled in; the key itself where there is none.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts
            .get(key)
            .map_or(key, |text| text.form(icu::plurals::PluralCategory::Other))
    }

    /// A text of the interface for so many: the form that the language uses for the number, with
    /// `{n}` and the named parts filled in.
    pub fn say(&self, key: &str, n: usize, parts: &[(&str, &str)]) -> String {
        let number = self.number(i64::try_from(n).unwrap_or(i64::MAX));
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(parts);
        self.filled(key, Some(n), &all).unwrap_or_default()
    }

    /// A text with its parts filled in; `None` where there is no such text. `n` chooses the form.
    pub fn filled(&self, key: &str, n: Option<usize>, parts: &[(&str, &str)]) -> Option<String> {
        use icu::plurals::PluralCategory::Other;
        let text = self.texts.get(key)?;
        let category = match (n, &self.plurals) {
            (Some(n), Some(rules)) => rules.category_for(n),
            _ => Other,
        };
        Some(texts::fill(text.form(category), parts).into_owned())
    }

    /// Every text of the interface as it is where no number chooses its form.
    pub fn plain_texts(&self) -> impl Iterator<Item = (&str, &str)> {
        use icu::plurals::PluralCategory::Other;
        let texts = self.texts.iter();
        texts.map(|(key, text)| (key, text.form(Other)))
    }

    /// Whether there is a text of that key.
    pub fn knows(&self, key: &str) -> bool {
        self.texts.get(key).is_some()
    }

    /// A stretch of time as far as it is named: `25 April 2019`, `April 2019`, `2019`.
    pub fn stretch(&self, year: i16, month: Option<i8>, day: Option<i8>) -> String {
        self.calendar.stretch(year, month, day)
    }

    /// A day of every year: `25 April`.
    pub fn day_of_year(&self, month: i8, day: i8) -> String {
        self.calendar.day_of_year(month, day)
    }

    /// A month by its own name, 1 to 12.
    pub fn month(&self, month: i8) -> &str {
        self.calendar.month(month)
    }

    /// A month in as few letters as the language allows a calendar, 1 to 12.
    pub fn short_month(&self, month: i8) -> &str {
        self.calendar.short_month(month)
    }

    /// The day of the week of a date.
    pub fn weekday(&self, year: i16, month: i8, day: i8) -> String {
        self.calendar.weekday(year, month, day)
    }

    /// The days of the week in the order of the language's calendars, each with its number from
    /// Monday (1) to Sunday (7), its name and its short name.
    pub fn week(&self) -> &[(u8, String, String)] {
        self.calendar.week()
    }
}

fn written(decimals: Option<&DecimalFormatter>, number: i64) -> String {
    match decimals {
        Some(decimals) => decimals.format_to_string(&Decimal::from(number)),
        None => number.to_string(),
    }
}

/// A tag as ICU reads it; the root locale for one that it cannot.
fn locale(tag: &str) -> Locale {
    Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN)
}

/// The writing direction of a language, `ltr` or `rtl`, by the script it is written in (CLDR).
pub fn direction(tag: &str) -> &'static str {
    let rtl = LocaleDirectionality::new_extended().is_right_to_left(&locale(tag).id);
    if rtl { "rtl" } else { "ltr" }
}

/// A language with the region where it is mostly spoken, as Open Graph wants it: `fr_FR`.
pub fn with_region(tag: &str) -> String {
    let mut whole = locale(tag).id;
    LocaleExpander::new_common().maximize(&mut whole);
    let language = whole.language.as_str();
    match whole.region {
        Some(region) => format!("{language}_{}", region.as_str()),
        None => language.to_owned(),
    }
}

/// The direction in which a name runs by its first letter that has one (Unicode's Bidirectional
/// Algorithm, rules P2 and P3); `None` for one without letters.
pub fn direction_of(name: &str) -> Option<&'static str> {
    use icu::properties::CodePointMapData;
    use icu::properties::props::BidiClass;
    let classes = CodePointMapData::<BidiClass>::new();
    name.chars().find_map(|c| match classes.get(c) {
        _ if c.is_ascii_alphabetic() => Some("ltr"),
        BidiClass::LeftToRight => Some("ltr"),
        BidiClass::RightToLeft | BidiClass::ArabicLetter => Some("rtl"),
        _ => None,
    })
}

/// The primary part of a tag: `pt` of `pt-BR`.
pub fn primary(tag: &str) -> Cow<'_, str> {
    let part = tag.split('-').next().unwrap_or(tag);
    if part.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(part.to_ascii_lowercase())
    } else {
        Cow::Borrowed(part)
    }
}

/// Reads off what ICU puts between the items of a list.
fn joints(locale: &Locale) -> Joints {
    use icu::list::ListFormatter;
    use icu::list::options::ListFormatterOptions;
    let plain = |text: &str| text.to_owned();
    let Ok(list) = ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())
    else {
        return Joints {
            pair: plain(" and "),
            middle: plain(", "),
            last: plain(" and "),
        };
    };
    let between = |text: &str, a: char, b: char| {
        let (from, to) = (text.find(a), text.find(b));
        from.zip(to)
            .and_then(|(from, to)| text.get(from + a.len_utf8()..to))
            .map_or_else(|| plain(", "), str::to_owned)
    };
    let two = list.format_to_string(["1", "2"].into_iter());
    let four = list.format_to_string(["1", "2", "3", "4"].into_iter());
    Joints {
        pair: between(&two, '1', '2'),
        middle: between(&four, '2', '3'),
        last: between(&four, '3', '4'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        let texts = "[articles]\none = \"{n} article\"\nfew = \"{n} few\"\nmany = \"{n} many\"\nother = \"{n} articles\"\n[with]\nother = \"with {name}\"\n";
        Language::new(tag, Texts::parse(texts).unwrap())
    }

    #[test]
    fn dates_follow_the_language() {
        for (tag, day, month, year) in [
            ("en", "April 25, 2019", "April 2019", "2019"),
            ("en-GB", "25 April 2019", "April 2019", "2019"),
            ("de", "25. April 2019", "April 2019", "2019"),
            ("fr", "25 avril 2019", "avril 2019", "2019"),
            (
                "ru",
                "25 апреля 2019\u{202f}г.",
                "апрель 2019\u{202f}г.",
                "2019",
            ),
            ("ja", "2019年4月25日", "2019年4月", "2019年"),
            ("fa", "۲۵ آوریل ۲۰۱۹", "آوریل ۲۰۱۹", "۲۰۱۹"),
        ] {
            let language = language(tag);
            assert_eq!(language.stretch(2019, Some(4), Some(25)), day);
            assert_eq!(language.stretch(2019, Some(4), None), month);
            assert_eq!(language.stretch(2019, None, None), year);
        }
    }

    #[test]
    fn numbers_and_plurals_follow_the_language() {
        assert_eq!(language("en").say("articles", 1, &[]), "1 article");
        assert_eq!(
            language("en").say("articles", 12_542, &[]),
            "12,542 articles"
        );
        assert_eq!(language("ru").say("articles", 3, &[]), "3 few");
        assert_eq!(language("ru").say("articles", 5, &[]), "5 many");
        assert_eq!(language("fa").number(12_542), "۱۲٬۵۴۲");
        assert_eq!(
            language("en").say("with", 2, &[("name", "{n} & co")]),
            "with {n} & co"
        );
    }

    #[test]
    fn directions_come_from_the_script() {
        for (tag, expected) in [
            ("en", "ltr"),
            ("ar", "rtl"),
            ("he-IL", "rtl"),
            ("ur", "rtl"),
            ("az-Arab", "rtl"),
            ("ckb", "rtl"),
            ("pa", "ltr"),
            ("not a tag", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }

    #[test]
    fn a_language_has_a_region() {
        for (tag, whole) in [
            ("fr", "fr_FR"),
            ("en-GB", "en_GB"),
            ("zh-Hant", "zh_TW"),
            ("xx", "xx"),
        ] {
            assert_eq!(with_region(tag), whole);
        }
    }

    #[test]
    fn lists_are_joined_as_the_language_does() {
        let english = joints(&locale("en-GB"));
        assert_eq!(
            (english.pair.as_str(), english.last.as_str()),
            (" and ", " and ")
        );
        assert_eq!(joints(&locale("ja")).middle, "、");
        assert_eq!(joints(&locale("de")).last, " und ");
    }

    #[test]
    fn weeks_begin_where_the_country_begins_them() {
        assert_eq!(language("en-GB").week()[0].0, 1);
        assert_eq!(language("en-US").week()[0].0, 7);
        assert_eq!(language("fa").week()[0].0, 6);
        assert_eq!(language("en-GB").week()[0].1, "Monday");
        assert_eq!(language("fr").weekday(2019, 4, 25), "jeudi");
    }
}
