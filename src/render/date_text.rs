//! Dates for readers.

use serde::Serialize;

use crate::content::Date;
use crate::language::Language;

/// A date for a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct DateView {
    /// For `<time datetime>`: `2019-04-25`, `1936-07`, `1936`.
    pub iso: String,
    /// For readers, in the language of the page: `25 April 2019`, `July 1936`, `1936`.
    pub text: String,
    /// Whether its source was not sure of it.
    pub uncertain: bool,
}

/// A date for readers of a language.
pub(super) fn view(date: &Date, language: &Language) -> DateView {
    DateView {
        iso: date.iso_date(),
        text: language.stretch(date.year(), date.month(), date.day()),
        uncertain: date.is_uncertain(),
    }
}
