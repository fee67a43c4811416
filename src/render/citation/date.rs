//! Dates as the styles write them. They are English in every language of the page.

use crate::content::Date;

const MONTHS: [(&str, &str); 12] = [
    ("January", "Jan."),
    ("February", "Feb."),
    ("March", "Mar."),
    ("April", "Apr."),
    ("May", "May"),
    ("June", "June"),
    ("July", "July"),
    ("August", "Aug."),
    ("September", "Sept."),
    ("October", "Oct."),
    ("November", "Nov."),
    ("December", "Dec."),
];

fn month(number: i8) -> (&'static str, &'static str) {
    let index = usize::try_from(number).unwrap_or(0).wrapping_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// In square brackets with a question mark where its source was not sure of it.
fn doubted(date: &Date, text: String) -> String {
    if date.is_uncertain() {
        format!("[{text}?]")
    } else {
        text
    }
}

/// `April 25, 2019`, `July 1936`, `1936`, `[July 18, 1936?]`.
pub(super) fn chicago(date: &Date) -> String {
    let year = date.year();
    let text = match (date.month(), date.day()) {
        (Some(m), Some(day)) => format!("{} {day}, {year}", month(m).0),
        (Some(m), None) => format!("{} {year}", month(m).0),
        _ => year.to_string(),
    };
    doubted(date, text)
}

/// `2019, April 25`, `1936, July`, `1936`, `ca. 1936, July 18`.
pub(super) fn apa(date: &Date) -> String {
    let circa = if date.is_uncertain() { "ca. " } else { "" };
    let year = date.year();
    match (date.month(), date.day()) {
        (Some(m), Some(day)) => format!("{circa}{year}, {} {day}", month(m).0),
        (Some(m), None) => format!("{circa}{year}, {}", month(m).0),
        _ => format!("{circa}{year}"),
    }
}

/// `25 Apr. 2019`, `July 1936`, `1936`, `[18 July 1936?]`.
pub(super) fn mla(date: &Date) -> String {
    let year = date.year();
    let text = match (date.month(), date.day()) {
        (Some(m), Some(day)) => format!("{day} {} {year}", month(m).1),
        (Some(m), None) => format!("{} {year}", month(m).1),
        _ => year.to_string(),
    };
    doubted(date, text)
}
