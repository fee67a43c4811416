//! The texts of the interface: `i18n/fr.toml` of a theme or of the site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use icu::plurals::PluralCategory;
use serde::Deserialize;

/// A text, with a form for each way that the language counts (CLDR's plural categories).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// The same for any number.
    Plain(String),
    /// A form for each category that the language has.
    Counted(Forms),
}

/// The forms of a text that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// For none, in Arabic.
    pub zero: Option<String>,
    /// For one.
    pub one: Option<String>,
    /// For two, in Arabic and Hebrew.
    pub two: Option<String>,
    /// For a few.
    pub few: Option<String>,
    /// For many.
    pub many: Option<String>,
    /// For all other numbers.
    pub other: String,
}

impl Text {
    /// The form for a category; that for all other numbers where it has none of its own.
    pub fn form(&self, category: PluralCategory) -> &str {
        let forms = match self {
            Text::Plain(text) => return text,
            Text::Counted(forms) => forms,
        };
        let own = match category {
            PluralCategory::Zero => &forms.zero,
            PluralCategory::One => &forms.one,
            PluralCategory::Two => &forms.two,
            PluralCategory::Few => &forms.few,
            PluralCategory::Many => &forms.many,
            PluralCategory::Other => return &forms.other,
        };
        own.as_deref().unwrap_or(&forms.other)
    }
}

/// All texts of one language by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, Text>);

impl Texts {
    /// Reads a file of texts.
    ///
    /// # Errors
    /// The message of the first mistake, and where it is.
    pub fn parse(source: &str) -> Result<Texts, (String, Option<Range<usize>>)> {
        toml::from_str(source).map(Texts).map_err(|error| {
            let first = error.message().lines().next().unwrap_or_default();
            (first.to_owned(), error.span())
        })
    }

    /// The text of a key.
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.0.get(key)
    }

    /// Takes from another language or layer what is not here.
    pub fn or_else(&mut self, other: &Texts) {
        for (key, text) in &other.0 {
            if !self.0.contains_key(key) {
                self.0.insert(key.clone(), text.clone());
            }
        }
    }

    /// Every key with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text))
    }
}

/// Fills the parts in: `{name}`. A part that is not given stays as it is written; what is filled
/// in is never read again.
pub(super) fn fill<'a>(text: &'a str, parts: &[(&str, &str)]) -> Cow<'a, str> {
    let Some(first) = text.find('{') else {
        return Cow::Borrowed(text);
    };
    let mut filled = String::with_capacity(text.len() + 32);
    filled.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let part = after.find('}').and_then(|close| {
            Some((
                close,
                parts.iter().find(|(name, _)| *name == &after[..close])?,
            ))
        });
        match part {
            Some((close, (_, value))) => {
                filled.push_str(value);
                rest = &after[close + 1..];
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_filled_in_once() {
        let parts = [("a", "{b}"), ("b", "2")];
        assert_eq!(fill("{a}–{b} {c} {", &parts), "{b}–2 {c} {");
        assert_eq!(fill("nothing", &parts), "nothing");
    }

    #[test]
    fn a_mistake_has_a_place() {
        let (message, place) = Texts::parse("a = \"x\"\n[b]\none = \"1\"\n").unwrap_err();
        assert!(!message.is_empty());
        assert!(place.is_some());
    }

    #[test]
    fn what_is_missing_comes_from_elsewhere() {
        let mut french = Texts::parse("a = \"un\"").unwrap();
        french.or_else(&Texts::parse("a = \"one\"\nb = \"two\"").unwrap());
        assert_eq!(french.get("a"), Some(&Text::Plain("un".into())));
        assert_eq!(french.get("b"), Some(&Text::Plain("two".into())));
    }
}
