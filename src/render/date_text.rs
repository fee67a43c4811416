//! Dates for readers.

use serde::Serialize;

use crate::content::Date;

/// A date for a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct DateView {
    /// For `<time datetime>`: `2019-04-25`, `1936-07`, `1936`.
    pub iso: String,
    /// For readers: `25 April 2019`, `July 1936`, `1936`.
    pub text: String,
    /// Whether its source was not sure of it.
    pub uncertain: bool,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, 1 to 12.
pub(super) fn month(number: i8) -> &'static str {
    usize::try_from(number - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or_default()
}

/// A day of the year: `25 April`.
pub(super) fn day(month_number: i8, day: i8) -> String {
    format!("{day} {}", month(month_number))
}

/// A stretch of time as far as it is named.
pub(super) fn stretch(year: i16, month_number: Option<i8>, day: Option<i8>) -> String {
    match (month_number, day) {
        (Some(m), Some(d)) => format!("{d} {} {year}", month(m)),
        (Some(m), None) => format!("{} {year}", month(m)),
        _ => year.to_string(),
    }
}

/// A date for readers.
pub(super) fn view(date: &Date) -> DateView {
    DateView {
        iso: date.iso_date(),
        text: stretch(date.year(), date.month(), date.day()),
        uncertain: date.is_uncertain(),
    }
}
