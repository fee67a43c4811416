//! Takes out of the fields of an article what it withholds.

use super::Fields;
use crate::config::{Config, Redaction};
use crate::content::schema;
use crate::content::value::Value;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::wording::{Form, Redactor};

/// The fields that are no text to be read: words of lists, dates, identities and addresses of the
/// article itself, and what says what is to be taken out.
const KEPT: [&str; 16] = [
    "redact",
    "removed",
    "status",
    "draft",
    "published",
    "date",
    "updated",
    "embargo_until",
    "slug",
    "url",
    "aliases",
    "id",
    "language",
    "kind",
    "duplicate_of",
    "translation_of",
];

/// The fields of one address each, which is no address any more with a mark in it.
const ADDRESSES: [&str; 2] = ["source_url", "archived_url"];

impl Fields<'_> {
    /// The names and passages that are taken out of everything the article says.
    pub(in crate::content) fn redactions(&mut self) -> Vec<Redaction> {
        let mut redactions = Vec::new();
        for mut inner in self.mappings("redact", "text") {
            let (with, only_here) = (inner.text("with"), inner.truth("only_here"));
            if let Some(text) = inner.text("text") {
                redactions.push(Redaction {
                    text,
                    with,
                    only_here: only_here == Some(true),
                });
            }
            let known = schema::REDACT.iter().map(|field| field.key);
            self.notes.extend(inner.finish(known));
        }
        redactions
    }

    /// Puts marks in the place of what is taken out; a name that holds any of it is left out of its
    /// list. Gives the patterns that were found, by their places in the list.
    pub(in crate::content) fn redact(
        &mut self,
        redactor: &Redactor,
        config: &Config,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for field in &mut self.fields {
            let key = self.foreign.map.get(&field.key).unwrap_or(&field.key);
            if KEPT.contains(&key.as_str()) {
                continue;
            }
            found_in(&field.value, redactor, &mut found);
            let is_name = key == "about" || config.taxonomy_of_key(key).is_some();
            if is_name || ADDRESSES.contains(&key.as_str()) {
                without(&mut field.value, &|item| holds(item, redactor));
            } else if key == "images" {
                without(&mut field.value, &|item| is_picture_of(item, redactor));
                marked(&mut field.value, redactor);
            } else if key == "dateline" {
                without_place(&mut field.value, redactor);
                marked(&mut field.value, redactor);
            } else {
                marked(&mut field.value, redactor);
            }
        }
        found
    }

    /// Reports something about the list of what is taken out, at its place.
    pub(in crate::content) fn report_redact(
        &mut self,
        code: Code,
        place: Option<Span>,
        message: String,
        help: &str,
    ) {
        let mut note = Diagnostic::new(code, message).help(help);
        note.span = place;
        self.notes.push(note);
    }
}

/// The patterns that a value holds.
fn found_in(value: &Value, redactor: &Redactor, found: &mut Vec<usize>) {
    match value {
        Value::List(items) => items
            .iter()
            .for_each(|item| found_in(item, redactor, found)),
        Value::Map(entries) => entries
            .iter()
            .for_each(|(_, v)| found_in(v, redactor, found)),
        value => {
            let text = value.scalar().unwrap_or_default();
            found.extend(redactor.found(&text, Form::Page));
        }
    }
}

fn holds(value: &Value, redactor: &Redactor) -> bool {
    value.scalar().is_some_and(|text| redactor.finds(&text))
}

/// Whether a picture lies in a file that is called by what is taken out.
fn is_picture_of(value: &Value, redactor: &Redactor) -> bool {
    match value {
        Value::Map(entries) => entries
            .iter()
            .any(|(key, value)| key == "src" && holds(value, redactor)),
        value => holds(value, redactor),
    }
}

/// A value without the items of which this is true.
fn without(value: &mut Value, is: &dyn Fn(&Value) -> bool) {
    if let Value::List(items) = value {
        items.retain(|item| !is(item));
    }
    if is(value) {
        *value = Value::Null;
    }
}

/// A dateline whose place is taken out names none.
fn without_place(value: &mut Value, redactor: &Redactor) {
    if let Value::Map(entries) = value {
        entries.retain(|(key, value)| key != "place" || !holds(value, redactor));
    }
}

/// A value with marks in all its texts.
fn marked(value: &mut Value, redactor: &Redactor) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| marked(item, redactor)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, v)| marked(v, redactor)),
        value => {
            if let Some(text) = value.scalar().and_then(|text| redactor.text(&text)) {
                *value = Value::Text(text);
            }
        }
    }
}
