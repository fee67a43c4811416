//! The spellings of a name without a record: what makes two the same, and what is told of them.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

use super::names::Use;
use super::place;
use crate::config::Config;
use crate::content;
use crate::content::name::fold;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// The letters and digits of a name alone.
pub(super) fn skeleton(name: &str) -> String {
    fold(name)
        .chars()
        .filter(|c| c.is_alphanumeric() || is_combining_mark(*c))
        .collect()
}

/// The spellings of a name without a record.
#[derive(Default)]
pub(super) struct Group<'a> {
    spellings: BTreeMap<&'a str, &'a Use<'a>>,
}

impl<'a> Group<'a> {
    pub(super) fn add(&mut self, usage: &'a Use<'a>) {
        self.spellings.insert(&usage.name.text, usage);
    }

    /// The most used spelling; of equals the first by code point.
    pub(super) fn label(&self) -> &'a str {
        let best = self
            .spellings
            .iter()
            .max_by(|a, b| a.1.count.cmp(&b.1.count).then(b.0.cmp(a.0)));
        best.map_or("", |(spelling, _)| spelling)
    }

    pub(super) fn join(&mut self, other: &Group<'a>) {
        self.spellings.extend(&other.spellings);
    }

    fn first(&self) -> Option<&'a Use<'a>> {
        self.spellings.get(self.label()).copied()
    }

    /// Reports every spelling that gave way to another.
    pub(super) fn report(&self, config: &Config, label: &str, notes: &mut Diagnostics) {
        for (spelling, usage) in &self.spellings {
            if *spelling != label {
                notes.push(merged_note(config, usage, spelling, label));
            }
        }
    }
}

pub(super) fn merged_note(
    config: &Config,
    usage: &Use<'_>,
    spelling: &str,
    label: &str,
) -> Diagnostic {
    Diagnostic::new(
        Code::SpellingsMerged,
        format!("{spelling:?} was filed as {label:?}"),
    )
    .file(content::shown(config, usage.file))
    .span(place(usage.name))
    .help(format!(
        "write {label:?}, or make the spelling an alias in its record"
    ))
}

pub(super) fn clash(
    config: &Config,
    slug: &str,
    group: &Group<'_>,
    other: &str,
    holder: Option<&Group<'_>>,
) -> Diagnostic {
    let name = group.label();
    let there = holder
        .and_then(Group::first)
        .map_or(String::new(), |usage| {
            format!(
                " ({}:{})",
                content::shown(config, usage.file),
                usage.name.line
            )
        });
    let message = format!("{name:?} and {other:?}{there} both want the address `{slug}`");
    let mut diagnostic = Diagnostic::new(Code::SlugClash, message).help(format!(
        "if they are one, make {name:?} an alias in the record of {other:?}; if they are two, give {name:?} a record with its own `slug`"
    ));
    if let Some(usage) = group.first() {
        diagnostic = diagnostic
            .file(content::shown(config, usage.file))
            .span(place(usage.name));
    }
    diagnostic
}
