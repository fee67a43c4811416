//! Takes typed values out of a front matter, and reports at its key whatever does not fit.
//!
//! Strict about meaning, generous about form: one name where a list is expected, null and empty
//! lists, numbers as names inside a list. A value of another kind is an error with its place.

mod mappings;
mod redacted;
#[cfg(test)]
mod tests;
mod values;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::front_matter::Field;
use super::nearest::{elsewhere, nearest};
use super::value::Value;
use crate::config::settings::ForeignKeys;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// A name as it is written in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name, composed and with single spaces. Names that are spelled alike share their text.
    pub text: Arc<str>,
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
        let first = self
            .fields
            .iter()
            .position(|field| self.means(field, key))?;
        let rest = self.fields.get(first + 1..).unwrap_or_default();
        if rest.iter().any(|field| self.means(field, key)) {
            return self.take_all(key);
        }
        Some(self.fields.remove(first)).filter(|field| !field.value.is_blank())
    }

    /// The same where several fields have this meaning.
    fn take_all(&mut self, key: &str) -> Option<Field> {
        let fields = std::mem::take(&mut self.fields);
        let (mut meant, others): (Vec<Field>, Vec<Field>) =
            fields.into_iter().partition(|field| self.means(field, key));
        self.fields = others;
        meant.sort_by_key(|field| field.key != key);
        let mut found: Option<Field> = None;
        for field in meant {
            match &mut found {
                None if !field.value.is_blank() => found = Some(field),
                // Two lists that both mean this field are one list.
                Some(first) => append(&mut first.value, &field.value),
                None => {}
            }
        }
        found
    }

    /// Whether a field is read as this one: by its own key, or by a foreign key that is mapped to it.
    fn means(&self, field: &Field, key: &str) -> bool {
        field.key == key || self.foreign.map.get(&field.key).is_some_and(|to| to == key)
    }

    /// Whether the field is there, even if blank.
    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|f| f.key == key)
    }

    /// The place of a field's value.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        self.at(key).map(|at| self.span(&at))
    }

    /// The same in bytes of the file, for a place that most often nobody asks for.
    pub(super) fn at(&self, key: &str) -> Option<Range<usize>> {
        let field = self.fields.iter().find(|field| field.key == key);
        field.map(|field| field.value_at.clone())
    }

    /// Where a field's value stands, by its key or a foreign one that is mapped to it.
    fn value_place(&self, key: &str) -> Range<usize> {
        let found = self.fields.iter().find(|field| self.means(field, key));
        found.map_or(0..0, |field| field.value_at.clone())
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
