//! Takes one value, or a list of names, out of a front matter: texts, dates, numbers, choices.

use std::ops::Range;

use super::{Fields, Name};
use crate::content::date::Date;
use crate::content::front_matter::Field;
use crate::content::name::{contained, is_forbidden, tidy};
use crate::content::nearest::nearest;
use crate::content::value::Value;
use crate::content::{markdown, percent_decoded, slug};
use crate::diagnostics::{Code, Span};

/// The most names that one list holds: far more than any article has.
const MOST: usize = 1000;
/// The longest name, in bytes: far longer than any is.
const LONGEST: usize = 1000;

impl Fields<'_> {
    /// One text. A number is taken as it is written.
    pub(in crate::content) fn text(&mut self, key: &str) -> Option<String> {
        let field = self.take(key)?;
        self.text_of(&field)
    }

    fn text_of(&mut self, field: &Field) -> Option<String> {
        match &field.value {
            Value::List(items) if items.len() == 1 => {
                let one = Field {
                    value: items[0].clone(),
                    ..field.clone()
                };
                return self.text_of(&one);
            }
            value => match value.scalar() {
                Some(text) => {
                    let clean: String = text.chars().filter(|c| !is_forbidden(*c)).collect();
                    let clean = contained(clean.trim());
                    return Some(clean.into_owned()).filter(|t| !t.is_empty());
                }
                None if value.is_blank() => return None,
                None => {}
            },
        }
        let help = format!("write `{}: some text`", field.key);
        self.wrong_kind(field, "a text", &help);
        None
    }

    /// The text of a field with the place of its value, for checks that come later.
    pub(in crate::content) fn placed_text(&mut self, key: &str) -> Option<(String, Range<usize>)> {
        let field = self.take(key)?;
        Some((self.text_of(&field)?, field.value_at))
    }

    /// A list of texts, or one.
    pub(in crate::content) fn texts(&mut self, key: &str) -> Vec<String> {
        self.names(key, "texts", "[one, two]")
            .into_iter()
            .map(|name| name.text.as_ref().to_owned())
            .collect()
    }

    /// A list of names, or one, each with its place. A name given twice counts once.
    pub(in crate::content) fn names(&mut self, key: &str, what: &str, example: &str) -> Vec<Name> {
        let Some(field) = self.take(key) else {
            return Vec::new();
        };
        let wrong = |fields: &mut Self, field: &Field| {
            let help = format!("write `{}: {example}`", field.key);
            fields.wrong_kind(field, &format!("a list of {what}"), &help);
        };
        let mut field = field;
        let items = match std::mem::take(&mut field.value) {
            Value::List(items) => items,
            text @ Value::Text(_) => vec![text],
            value => {
                wrong(self, &Field { value, ..field });
                return Vec::new();
            }
        };
        let items = self.bounded(&field, items);
        let mut from = field.value_at.start;
        let mut names: Vec<Name> = Vec::with_capacity(items.len());
        for item in items {
            if item.is_blank() {
                continue;
            }
            let Some(text) = item.scalar() else {
                field.value = item;
                wrong(self, &field);
                continue;
            };
            let at = self.find(&text, from).unwrap_or(field.value_at.clone());
            from = at.end;
            names.push(self.named(&text, &at));
        }
        names
    }

    fn named(&self, text: &str, at: &Range<usize>) -> Name {
        let (line, column) = Span::place(self.source, at.start);
        Name {
            text: tidy(text).into(),
            line,
            column,
        }
    }

    /// The items of a list, as many and as long as any list is; more is told.
    fn bounded(&mut self, field: &Field, mut items: Vec<Value>) -> Vec<Value> {
        let count = items.len();
        if count > MOST {
            let message = format!(
                "`{}` lists {count} names, {MOST} at most are read",
                field.key
            );
            let help = "shorten the list; no reader follows one so long".to_owned();
            self.report(Code::TooMuch, &field.value_at, message, help);
            items.truncate(MOST);
        }
        let long = |item: &Value| matches!(item, Value::Text(text) if text.len() > LONGEST);
        if items.iter().any(long) {
            let message = format!(
                "a name under `{}` is longer than {LONGEST} bytes",
                field.key
            );
            let help = "a name is a line at most; put a text where texts stand".to_owned();
            self.report(Code::TooMuch, &field.value_at, message, help);
            items.retain(|item| !long(item));
        }
        items
    }

    /// One name with its place.
    pub(in crate::content) fn name(&mut self, key: &str) -> Option<Name> {
        let (text, at) = self.placed_text(key)?;
        if text.len() > LONGEST {
            let message = format!("`{key}` is longer than {LONGEST} bytes");
            self.report(
                Code::TooMuch,
                &at,
                message,
                "a name is a line at most".into(),
            );
            return None;
        }
        Some(self.named(&text, &at))
    }

    /// Yes or no.
    pub(in crate::content) fn truth(&mut self, key: &str) -> Option<bool> {
        let field = self.take(key)?;
        match field.value.scalar().map(|t| t.to_lowercase()).as_deref() {
            Some("true" | "yes" | "1") => Some(true),
            Some("false" | "no" | "0") => Some(false),
            _ => {
                let help = format!("write `{}: true` or `{}: false`", field.key, field.key);
                self.wrong_kind(&field, "yes or no", &help);
                None
            }
        }
    }

    /// A number, within bounds.
    pub(in crate::content) fn number(&mut self, key: &str, bounds: (f64, f64)) -> Option<f64> {
        let field = self.take(key)?;
        let number = field
            .value
            .scalar()
            .and_then(|text| text.trim().parse::<f64>().ok());
        match number {
            Some(number) if (bounds.0..=bounds.1).contains(&number) => Some(number),
            Some(number) => {
                let message = format!("`{}` is {number}, beyond its bounds", field.key);
                let help = format!("it lies between {} and {}", bounds.0, bounds.1);
                self.report(Code::WrongKind, &field.value_at, message, help);
                None
            }
            None => {
                let help = format!("write `{}: 48.85`", field.key);
                self.wrong_kind(&field, "a number", &help);
                None
            }
        }
    }

    /// A date as far as it is known; `Some(None)` where it is said to be unknown.
    pub(in crate::content) fn date(&mut self, key: &str) -> Option<Option<Date>> {
        let field = self.take(key)?;
        self.date_of(&field)
    }

    fn date_of(&mut self, field: &Field) -> Option<Option<Date>> {
        let help = || {
            format!(
                "write `{}: 2019-04-25`, or as far as it is known: `2019`",
                field.key
            )
        };
        let Some(text) = field.value.scalar() else {
            self.wrong_kind(field, "a date", &help());
            return None;
        };
        if matches!(
            text.trim().to_lowercase().as_str(),
            "unknown" | "undated" | "none"
        ) {
            return Some(None);
        }
        match Date::parse(&text) {
            Ok(date) => Some(Some(date)),
            Err(reason) => {
                let message = format!("`{}`: {reason}", field.key);
                self.report(Code::BadDate, &field.value_at, message, help());
                None
            }
        }
    }

    /// One of a few words.
    pub(in crate::content) fn choice(
        &mut self,
        key: &str,
        words: &'static [&'static str],
    ) -> Option<&'static str> {
        let (text, at) = self.placed_text(key)?;
        let found = words.iter().find(|word| word.eq_ignore_ascii_case(&text));
        if found.is_none() {
            let message = format!("`{key}` has no choice {text:?}");
            let nearest = nearest(&text, words.iter().copied());
            let hint = nearest.map_or(String::new(), |n| format!("did you mean `{n}`? "));
            self.report(
                Code::NotAChoice,
                &at,
                message,
                format!("{hint}choose one of {}", words.join(", ")),
            );
        }
        found.copied()
    }

    /// A web address.
    pub(in crate::content) fn address(&mut self, key: &str) -> Option<String> {
        let (text, at) = self.placed_text(key)?;
        let web = text.starts_with("https://") || text.starts_with("http://");
        if web && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Some(crate::content::web_address(&text));
        }
        let message = format!("`{key}` is not a web address: {text:?}");
        self.report(
            Code::BadAddress,
            &at,
            message,
            "it begins with https:// or http://".into(),
        );
        None
    }

    /// A text that may be an address. One that could run a script is refused.
    pub(in crate::content) fn harmless(&mut self, key: &str) -> Option<String> {
        let (text, at) = self.placed_text(key)?;
        if !markdown::is_refused(&text) {
            return Some(text);
        }
        let message = format!("`{key}` cannot be an address here: {text:?}");
        let help = "no page links to what could run a script".to_owned();
        self.report(Code::BadAddress, &at, message, help);
        None
    }

    /// The file of a picture, or its web address; of other schemes no picture is shown.
    pub(in crate::content) fn picture(&mut self, key: &str) -> Option<String> {
        let (text, at) = self.placed_text(key)?;
        let scheme = text
            .split_once("://")
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        let web = scheme.is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https"));
        if web && !markdown::is_refused(&text) {
            return Some(text);
        }
        let message = format!("`{key}` is not a picture: {text:?}");
        let help = "name a file of the site, as in `src: talks.jpg`".to_owned();
        self.report(Code::BadAddress, &at, message, help);
        None
    }

    /// Several web addresses, or one. What is none is left out, and told.
    pub(in crate::content) fn addresses(&mut self, key: &str) -> Vec<String> {
        let at = self.value_place(key);
        let mut texts = self.texts(key);
        let web = |text: &String| text.starts_with("https://") || text.starts_with("http://");
        for text in texts.iter().filter(|text| !web(text)) {
            let message = format!("`{key}` is not a web address: {text:?}");
            let help = "it begins with https:// or http://".to_owned();
            self.report(Code::BadAddress, &at, message, help);
        }
        texts.retain(web);
        texts
    }

    /// The slug that an editor sets, put in order where it needs it; one that would lead out of
    /// its folder is refused.
    pub(in crate::content) fn slug(&mut self, ascii: bool) -> Option<String> {
        let (own, at) = self.placed_text("slug")?;
        match slug::set(&own, ascii) {
            Ok(slug) if slug == own || percent_decoded(&own).is_some_and(|o| o == slug) => {
                Some(slug)
            }
            Ok(slug) => {
                let message = format!("`slug` was read as `{slug}`: {own:?}");
                self.report(
                    Code::SlugTidied,
                    &at,
                    message,
                    format!("write `slug: {slug}`"),
                );
                Some(slug)
            }
            Err(slug) => {
                let message = format!("`slug` cannot be one part of an address: {own:?}");
                self.report(
                    Code::BadAddress,
                    &at,
                    message,
                    format!("write `slug: {slug}`"),
                );
                Some(slug)
            }
        }
    }

    /// A value kept as it is.
    pub(in crate::content) fn any(&mut self, key: &str) -> Value {
        self.take(key).map(|field| field.value).unwrap_or_default()
    }
}
