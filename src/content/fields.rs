//! Takes typed values out of a front matter, and reports at its key whatever does not fit.
//!
//! Strict about meaning, generous about form: one name where a list is expected, null and empty
//! lists, numbers as names inside a list. A value of another kind is an error with its place.

use std::ops::Range;

use super::date::Date;
use super::front_matter::Field;
use super::name::{is_forbidden, tidy};
use super::value::Value;
use crate::config::settings::ForeignKeys;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// A name as it is written in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name, composed and with single spaces.
    pub text: String,
    /// Its line, from 1; 0 where it stands in no line of its own.
    pub line: u32,
    /// Its column, from 1.
    pub column: u32,
}

/// The fields of one file that nobody has taken yet.
pub(super) struct Fields<'a> {
    source: &'a str,
    fields: Vec<Field>,
    foreign: &'a ForeignKeys,
    pub(super) notes: Diagnostics,
}

impl<'a> Fields<'a> {
    /// The fields of a file, with foreign keys read as the fields they are mapped to.
    ///
    /// `file` is seen from the content root: `site.toml` may correct single files.
    pub(super) fn new(
        source: &'a str,
        file: &str,
        fields: Vec<Field>,
        foreign: &'a ForeignKeys,
    ) -> Self {
        let mut notes = Diagnostics::new();
        let mut fields = super::front_matter::without_repetitions(source, fields, &mut notes);
        for (key, value) in foreign.files.get(file).into_iter().flatten() {
            fields.retain(|field| field.key != *key);
            let value = value.clone().try_into().unwrap_or_default();
            fields.push(Field {
                key: key.clone(),
                value,
                at: 0..0,
                value_at: 0..0,
            });
        }
        fields.retain(|field| !foreign.ignore.contains(&field.key));
        for field in &mut fields {
            if let Some(separator) = foreign.split.get(&field.key)
                && let Value::Text(text) = &field.value
            {
                let parts = text
                    .split(separator.as_str())
                    .map(str::trim)
                    .filter(|p| !p.is_empty());
                field.value = Value::List(parts.map(|p| Value::Text(p.to_owned())).collect());
            }
        }
        Fields {
            source,
            fields,
            foreign,
            notes,
        }
    }

    /// The first field of this name that says anything: by its own key, or by a foreign key that
    /// is mapped to it. Blank ones are taken too, so that nobody misses them.
    fn take(&mut self, key: &str) -> Option<Field> {
        let mut found: Option<Field> = None;
        let own_first = |f: &Field| usize::from(f.key != key);
        let mut indices: Vec<usize> = (0..self.fields.len())
            .filter(|i| {
                let name = &self.fields[*i].key;
                name == key || self.foreign.map.get(name).is_some_and(|to| to == key)
            })
            .collect();
        indices.sort_by_key(|i| own_first(&self.fields[*i]));
        for index in &indices {
            let field = &self.fields[*index];
            match &mut found {
                None if !field.value.is_blank() => found = Some(field.clone()),
                // Two lists that both mean this field are one list.
                Some(first) => append(&mut first.value, &field.value),
                None => {}
            }
        }
        let mut index = 0;
        self.fields.retain(|_| {
            index += 1;
            !indices.contains(&(index - 1))
        });
        found
    }

    /// Whether the field is there, even if blank.
    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|f| f.key == key)
    }

    /// The place of a field's value.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        self.fields
            .iter()
            .find(|f| f.key == key)
            .map(|f| self.span(&f.value_at))
    }

    fn span(&self, at: &Range<usize>) -> Span {
        Span::at(self.source, at.start, at.len())
    }

    pub(super) fn report(&mut self, code: Code, at: &Range<usize>, message: String, help: String) {
        self.notes.push(
            Diagnostic::new(code, message)
                .span(self.span(at))
                .help(help),
        );
    }

    fn wrong_kind(&mut self, field: &Field, wants: &str, help: &str) {
        let message = format!(
            "`{}` wants {wants}, found {}",
            field.key,
            field.value.kind()
        );
        self.report(Code::WrongKind, &field.value_at, message, help.to_owned());
    }

    /// One text. A number is taken as it is written.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
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
                    return Some(clean.trim().to_owned()).filter(|t| !t.is_empty());
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
    pub(super) fn placed_text(&mut self, key: &str) -> Option<(String, Range<usize>)> {
        let field = self.take(key)?;
        Some((self.text_of(&field)?, field.value_at))
    }

    /// A list of texts, or one.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        self.names(key, "texts", "[one, two]")
            .into_iter()
            .map(|name| name.text)
            .collect()
    }

    /// A list of names, or one, each with its place. A name given twice counts once.
    pub(super) fn names(&mut self, key: &str, what: &str, example: &str) -> Vec<Name> {
        let Some(field) = self.take(key) else {
            return Vec::new();
        };
        let wants = format!("a list of {what}");
        let help = format!("write `{}: {example}`", field.key);
        let items = match &field.value {
            Value::List(items) => items.clone(),
            Value::Text(_) => vec![field.value.clone()],
            _ => {
                self.wrong_kind(&field, &wants, &help);
                return Vec::new();
            }
        };
        let mut from = field.value_at.start;
        let mut names: Vec<Name> = Vec::with_capacity(items.len());
        for item in items {
            if item.is_blank() {
                continue;
            }
            let Some(text) = item.scalar() else {
                self.wrong_kind(
                    &Field {
                        value: item,
                        ..field.clone()
                    },
                    &wants,
                    &help,
                );
                continue;
            };
            let at = self.find(&text, from).unwrap_or(field.value_at.clone());
            from = at.end;
            let span = self.span(&at);
            names.push(Name {
                text: tidy(&text),
                line: span.line,
                column: span.column,
            });
        }
        names
    }

    /// Where a name of a list stands, after the one before it.
    fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let rest = self.source.get(from..)?;
        // Front matter is short; a body that repeats the name is not searched for it.
        let mut end = rest.len().min(64 * 1024);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let at = from + rest[..end].find(text)?;
        Some(at..at + text.len())
    }

    /// One name with its place.
    pub(super) fn name(&mut self, key: &str) -> Option<Name> {
        let (text, at) = self.placed_text(key)?;
        let span = self.span(&at);
        Some(Name {
            text: tidy(&text),
            line: span.line,
            column: span.column,
        })
    }

    /// Yes or no.
    pub(super) fn truth(&mut self, key: &str) -> Option<bool> {
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
    pub(super) fn number(&mut self, key: &str, bounds: (f64, f64)) -> Option<f64> {
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
    pub(super) fn date(&mut self, key: &str) -> Option<Option<Date>> {
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
    pub(super) fn choice(
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
    pub(super) fn address(&mut self, key: &str) -> Option<String> {
        let (text, at) = self.placed_text(key)?;
        let web = text.starts_with("https://") || text.starts_with("http://");
        if web && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Some(super::web_address(&text));
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

    /// The slug that an editor sets, put in order where it needs it; one that would lead out of
    /// its folder is refused.
    pub(super) fn slug(&mut self, ascii: bool) -> Option<String> {
        let (own, at) = self.placed_text("slug")?;
        match super::slug::set(&own, ascii) {
            Ok(slug) if slug == own || super::percent_decoded(&own).is_some_and(|o| o == slug) => {
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

    /// The fields of a mapping; with `text_as`, a text stands for a mapping with that key alone.
    pub(super) fn mapping(&mut self, key: &str, text_as: Option<&str>) -> Option<Fields<'a>> {
        let field = self.take(key)?;
        match (&field.value, text_as) {
            (Value::Map(entries), _) => Some(self.inner(&field, entries.clone())),
            (value, Some(inner)) if value.scalar().is_some() => {
                Some(self.inner(&field, vec![(inner.to_owned(), value.clone())]))
            }
            _ => {
                let help = format!("write `{}: {{key: value}}`", field.key);
                self.wrong_kind(&field, "a mapping", &help);
                None
            }
        }
    }

    /// A list of mappings, or one.
    pub(super) fn mappings(&mut self, key: &str, text_as: &str) -> Vec<Fields<'a>> {
        let Some(field) = self.take(key) else {
            return Vec::new();
        };
        let items = match &field.value {
            Value::List(items) => items.clone(),
            other => vec![other.clone()],
        };
        let mut from = field.value_at.start;
        let mut all = Vec::with_capacity(items.len());
        for item in items {
            if item.is_blank() {
                continue;
            }
            let entries = match &item {
                Value::Map(entries) => entries.clone(),
                Value::Text(_) => vec![(text_as.to_owned(), item.clone())],
                _ => {
                    let help = format!("write `{}: [{{{text_as}: …}}]`", field.key);
                    self.wrong_kind(
                        &Field {
                            value: item,
                            ..field.clone()
                        },
                        "a list of mappings",
                        &help,
                    );
                    continue;
                }
            };
            // Each item is looked for after the one before it, by its first value.
            let first = entries.iter().find_map(|(_, value)| value.scalar());
            let at = first
                .and_then(|text| self.find(&text, from))
                .unwrap_or(field.value_at.clone());
            from = at.end;
            all.push(self.inner(
                &Field {
                    value_at: at.clone(),
                    at,
                    ..field.clone()
                },
                entries,
            ));
        }
        all
    }

    /// The fields inside a value. Their places are looked for by the text of their values.
    fn inner(&self, field: &Field, entries: Vec<(String, Value)>) -> Fields<'a> {
        let mut inner = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let text = value.scalar().unwrap_or_else(|| key.clone());
            let at = self
                .find(&text, field.value_at.start)
                .unwrap_or(field.value_at.clone());
            inner.push(Field {
                key,
                value,
                at: at.clone(),
                value_at: at,
            });
        }
        let fields =
            super::front_matter::without_repetitions(self.source, inner, &mut Diagnostics::new());
        Fields {
            source: self.source,
            fields,
            foreign: &NONE,
            notes: Diagnostics::new(),
        }
    }

    /// A value kept as it is.
    pub(super) fn any(&mut self, key: &str) -> Value {
        self.take(key).map(|field| field.value).unwrap_or_default()
    }

    /// Takes fields that are read elsewhere or dropped knowingly.
    pub(super) fn skip(&mut self, keys: &[String]) {
        self.fields.retain(|field| !keys.contains(&field.key));
    }

    /// Reports every field that nobody took, with the nearest of the known ones.
    pub(super) fn finish<'k>(
        mut self,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Diagnostics {
        for field in std::mem::take(&mut self.fields) {
            let help = match (nearest(&field.key, known.clone()), elsewhere(&field.key)) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, Some(to)) => format!(
                    "`[front_matter.map] {} = \"{to}\"` in site.toml reads it as `{to}`",
                    field.key
                ),
                (None, None) => format!(
                    "put it under `extra`, or drop it knowingly with `[front_matter] ignore = [\"{}\"]` in site.toml",
                    field.key
                ),
            };
            let message = format!("nobody reads `{}`", field.key);
            self.report(Code::UnknownKey, &field.at, message, help);
        }
        self.notes
    }
}

static NONE: ForeignKeys = ForeignKeys {
    map: std::collections::BTreeMap::new(),
    ignore: Vec::new(),
    split: std::collections::BTreeMap::new(),
    files: std::collections::BTreeMap::new(),
};

fn append(list: &mut Value, more: &Value) {
    let items = |value: &Value| match value {
        Value::List(items) => Some(items.clone()),
        Value::Text(_) => Some(vec![value.clone()]),
        _ => None,
    };
    if matches!((&*list, more), (Value::List(_), _) | (_, Value::List(_)))
        && let (Some(mut all), Some(more)) = (items(list), items(more))
    {
        all.extend(more);
        *list = Value::List(all);
    }
}

/// What keys of other tools are called here.
fn elsewhere(key: &str) -> Option<&'static str> {
    Some(match key {
        "tags" | "tag" | "keywords" | "categories" => "topics",
        "category" => "section",
        "lang" | "locale" => "language",
        "excerpt" | "description" => "summary",
        "subtitle" | "subhead" | "standfirst" | "dek" => "deck",
        "permalink" => "url",
        "redirect_from" | "redirects" | "old_urls" => "aliases",
        "lastmod" | "modified" | "last_modified_at" => "updated",
        "byline" | "creator" => "authors",
        "type" | "genre" => "kind",
        "locations" | "location" => "places",
        "persons" => "people",
        "image" | "featured_image" | "cover" => "images",
        _ => return None,
    })
}

/// The nearest of some words, if it is near enough to be meant.
pub(crate) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    known
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 5)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The edits between two words, a swap of neighbours counting as one (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(40).collect(), b.chars().take(40).collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter;

    fn fields<'a>(source: &'a str, foreign: &'a ForeignKeys) -> Fields<'a> {
        Fields::new(
            source,
            "x.md",
            front_matter::read(source).unwrap().fields,
            foreign,
        )
    }

    fn foreign(map: &[(&str, &str)]) -> ForeignKeys {
        let map = map
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        ForeignKeys {
            map,
            ..ForeignKeys::default()
        }
    }

    #[test]
    fn one_name_is_a_list_and_a_number_is_not() {
        let none = foreign(&[]);
        let mut read = fields(
            "---\npeople: Kim\nplaces: 42\ntopics: [1984, x]\n---\n",
            &none,
        );
        assert_eq!(read.names("people", "names", "[A]")[0].text, "Kim");
        assert!(read.names("places", "names", "[A, B]").is_empty());
        assert_eq!(read.names("topics", "names", "[A]").len(), 2);
        let notes = read.finish(std::iter::empty());
        let wrong = notes.iter().next().unwrap();
        assert_eq!(
            wrong.message,
            "`places` wants a list of names, found a number"
        );
        let span = wrong.span.clone().unwrap();
        assert_eq!((span.line, span.column, span.length), (3, 9, 2));
    }

    #[test]
    fn foreign_keys_fill_a_field_and_lists_add_up() {
        let foreign = foreign(&[("tags", "topics"), ("categories", "topics")]);
        let mut read = fields(
            "---\ntags: [a]\ncategories: [b]\ntopics: []\n---\n",
            &foreign,
        );
        let names = read.names("topics", "names", "[A]");
        assert_eq!(
            names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert!(read.finish(std::iter::empty()).is_empty());
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let none = foreign(&[]);
        let notes = fields("---\nsumary: x\ntags: y\n---\n", &none).finish(["summary"].into_iter());
        let help: Vec<_> = notes.iter().filter_map(|n| n.help.clone()).collect();
        assert_eq!(help[0], "did you mean `summary`?");
        assert!(help[1].contains("tags = \"topics\""), "{}", help[1]);
    }
}
