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

/// The uses of a name without a record, by spelling.
#[derive(Default)]
pub(super) struct Group<'a> {
    spellings: BTreeMap<&'a str, (usize, Option<&'a Use<'a>>)>,
}

impl<'a> Group<'a> {
    pub(super) fn add(&mut self, usage: &'a Use<'a>) {
        let spelling = self
            .spellings
            .entry(&usage.name.text)
            .or_insert((0, Some(usage)));
        spelling.0 += 1;
    }

    /// The most used spelling; of equals the first by code point.
    pub(super) fn label(&self) -> &'a str {
        let best = self
            .spellings
            .iter()
            .max_by(|a, b| (a.1.0).cmp(&b.1.0).then(b.0.cmp(a.0)));
        best.map_or("", |(spelling, _)| spelling)
    }

    pub(super) fn join(&mut self, other: &Group<'a>) {
        for (spelling, (count, usage)) in &other.spellings {
            self.spellings.entry(spelling).or_insert((0, *usage)).0 += count;
        }
    }

    fn first(&self) -> Option<&'a Use<'a>> {
        self.spellings
            .get(self.label())
            .and_then(|(_, usage)| *usage)
    }

    /// Reports every spelling that gave way to another.
    pub(super) fn report(&self, config: &Config, label: &str, notes: &mut Diagnostics) {
        for (spelling, (_, usage)) in &self.spellings {
            if let Some(usage) = usage.filter(|_| *spelling != label) {
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
