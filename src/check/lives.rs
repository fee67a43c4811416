//! Articles that name people who were not born yet, or are by those who had died long before.

use super::at_date;
use crate::archive::{Term, TermId};
use crate::config::Kind;
use crate::content::Date;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// Compares the dates of articles with those of the people they name.
pub(super) fn audit(edition: &Edition) -> Diagnostics {
    let archive = &edition.archive;
    let mut notes = Diagnostics::new();
    for (term, id) in archive.terms.iter().zip((0..).map(TermId)) {
        let Some(record) = &term.record else {
            continue;
        };
        let is_author = archive.taxonomy_of(id).kind == Kind::Author;
        for article in &term.articles {
            let article = archive.article(*article);
            let Some(date) = &article.content.date else {
                continue;
            };
            let born = record
                .born
                .as_ref()
                .filter(|born| earliest(born) > latest(date));
            let died = record.died.as_ref().filter(|_| is_author);
            let died = died.filter(|died| earliest(date) > a_year_after(latest(died)));
            let note = match (born, died) {
                (Some(born), _) => before_birth(term, born, date),
                (None, Some(died)) => after_death(term, died, date),
                (None, None) => continue,
            };
            notes.push(at_date(&edition.config, note, article));
        }
    }
    notes
}

fn before_birth(term: &Term, born: &Date, date: &Date) -> Diagnostic {
    let name = &term.name;
    let message = format!(
        "the article is of {}, but {name} was born on {born}",
        date.iso_date()
    );
    Diagnostic::new(Code::BeforeBirth, message).help(format!(
        "correct the date of the article, or `born` in {}; a namesake needs a record and a name of their own",
        place(term)
    ))
}

fn after_death(term: &Term, died: &Date, date: &Date) -> Diagnostic {
    let name = &term.name;
    let message = format!(
        "the article is of {}, but {name} died on {died}",
        date.iso_date()
    );
    Diagnostic::new(Code::LongAfterDeath, message).help(format!(
        "if it is no reprint, correct the date of the article, or `died` in {}",
        place(term)
    ))
}

fn place(term: &Term) -> &str {
    let record = term.record.as_ref();
    record.map_or("its record", |record| record.file.as_str())
}

/// The first day that a date can mean.
fn earliest(date: &Date) -> (i16, i8, i8) {
    (
        date.year(),
        date.month().unwrap_or(1),
        date.day().unwrap_or(1),
    )
}

/// The last day that a date can mean, and perhaps a few more.
fn latest(date: &Date) -> (i16, i8, i8) {
    (
        date.year(),
        date.month().unwrap_or(12),
        date.day().unwrap_or(31),
    )
}

fn a_year_after((year, month, day): (i16, i8, i8)) -> (i16, i8, i8) {
    (year.saturating_add(1), month, day)
}
