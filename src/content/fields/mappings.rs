//! Takes the mappings inside a front matter, each as fields of its own.

use super::Fields;
use crate::config::settings::ForeignKeys;
use crate::content::front_matter::{self, Field};
use crate::content::value::Value;
use crate::diagnostics::Diagnostics;

impl<'a> Fields<'a> {
    /// The fields of a mapping; with `text_as`, a text stands for a mapping with that key alone.
    pub(in crate::content) fn mapping(
        &mut self,
        key: &str,
        text_as: Option<&str>,
    ) -> Option<Fields<'a>> {
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
    pub(in crate::content) fn mappings(&mut self, key: &str, text_as: &str) -> Vec<Fields<'a>> {
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
        let fields = front_matter::without_repetitions(self.source, inner, &mut Diagnostics::new());
        Fields {
            source: self.source,
            fields,
            foreign: &NONE,
            notes: Diagnostics::new(),
        }
    }
}

static NONE: ForeignKeys = ForeignKeys {
    map: std::collections::BTreeMap::new(),
    ignore: Vec::new(),
    split: std::collections::BTreeMap::new(),
    files: std::collections::BTreeMap::new(),
};
