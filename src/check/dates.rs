//! Dates that can hardly be right.

use std::collections::BTreeMap;

use camino::Utf8Path;
use jiff::civil;

use super::at_date;
use crate::archive::Article;
use crate::content::Date;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// The first newspapers are of 1605 (Relation, Strasbourg) and 1609.
const FIRST_PAPERS: i16 = 1600;

/// So many articles on a day are none too many, however small the archive is.
const MANY: usize = 100;

/// So many times as many as on other days are too many.
const TIMES: usize = 20;

/// So many articles of one second were not written one by one.
const OF_ONE_SECOND: usize = 25;

/// Looks at the dates of all articles.
pub(super) fn audit(edition: &Edition) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for article in &edition.archive.articles {
        if let Some(date) = &article.content.date {
            one(edition, article, date, &mut notes);
        }
    }
    together(edition, &mut notes);
    notes
}

fn one(edition: &Edition, article: &Article, date: &Date, notes: &mut Diagnostics) {
    let content = &article.content;
    let mut tell = |code, message, help: String| {
        let note = Diagnostic::new(code, message).help(help);
        notes.push(at_date(&edition.config, note, article));
    };
    if date.year() < FIRST_PAPERS {
        let message = format!("the article is dated {date}, before there were newspapers");
        let help = "correct `date`; if it is about that time, the date is that of its publication";
        tell(Code::Improbable, message, help.to_owned());
    }
    let zone = &edition.config.timezone;
    if let Some(updated) = content.updated.as_ref().filter(|updated| {
        // What is known to the day alone may be any time of it.
        let whole = updated.has_time() && date.has_time();
        if whole {
            updated.instant(zone) < date.instant(zone)
        } else {
            before(updated, date)
        }
    }) {
        let message = format!("changed on {updated}, before it was published on {date}");
        let help = "correct `date` or `updated`, or exchange them";
        tell(Code::ChangedBefore, message, help.to_owned());
    }
    if let Some((named, own)) = date_of_name(&content.file).zip(day(date)) {
        let apart = own.duration_until(named).as_hours().abs() / 24;
        // Near midnight a day may be another one in another zone.
        if apart > 1 {
            let message = format!("the file name says {named}, `date` says {own}");
            let help = format!("write `date: {named}`, or rename the file to `{own}-…`");
            tell(Code::OtherDate, message, help);
        }
    }
}

/// Whether a date is before another as far as both are known.
fn before(a: &Date, b: &Date) -> bool {
    let (month, day) = (a.month().zip(b.month()), a.day().zip(b.day()));
    let months = month.map_or(std::cmp::Ordering::Equal, |(a, b)| a.cmp(&b));
    let days = day.map_or(std::cmp::Ordering::Equal, |(a, b)| a.cmp(&b));
    a.year().cmp(&b.year()).then(months).then(days).is_lt()
}

fn day(date: &Date) -> Option<civil::Date> {
    civil::Date::new(date.year(), date.month()?, date.day()?).ok()
}

/// The date that a file name begins with: `2019-04-25-slug.md`.
fn date_of_name(file: &Utf8Path) -> Option<civil::Date> {
    let name = match file.file_stem()? {
        "index" => file.parent()?.file_name()?,
        name => name,
    };
    let (date, rest) = (name.get(..10)?, name.get(10..)?);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut parts = date.split('-').map(str::parse);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    civil::Date::new(year, month, day).ok()
}

/// Days, and seconds, that far too many articles share.
fn together(edition: &Edition, notes: &mut Diagnostics) {
    let mut days: BTreeMap<(i16, i8, i8), Vec<&Article>> = BTreeMap::new();
    let mut seconds: BTreeMap<(i16, i8, i8, i32), Vec<&Article>> = BTreeMap::new();
    for id in edition.archive.ids() {
        let article = edition.archive.article(id);
        // One story in many languages came out at one moment.
        let first = edition.archive.translations(id).first();
        let date = article.content.date.as_ref();
        let Some(date) = date.filter(|d| d.day().is_some() && first.is_none_or(|f| *f == id))
        else {
            continue;
        };
        let key = date.sort_key();
        days.entry((key.0, key.1, key.2)).or_default().push(article);
        if date.has_time() && key.3 != 0 {
            seconds.entry(key).or_default().push(article);
        }
    }
    let total: usize = days.values().map(Vec::len).sum();
    let mut tell = |articles: &[&Article], when: String| {
        let Some(first) = articles.first() else {
            return;
        };
        let message = format!("{} articles are dated {when}", articles.len());
        let note = Diagnostic::new(Code::ManyAtOnce, message)
            .help("if that is when they were imported, write the dates of their publication");
        notes.push(at_date(&edition.config, note, first));
    };
    for (&(year, month, day), articles) in &days {
        let others = (total - articles.len()).checked_div(days.len() - 1);
        let usual = others.map_or(0, |usual| usual.max(1) * TIMES);
        if days.len() > 1 && articles.len() >= MANY.max(usual) {
            tell(articles, format!("{year:04}-{month:02}-{day:02}"));
        }
    }
    for ((year, month, day, second), articles) in &seconds {
        if articles.len() >= OF_ONE_SECOND {
            let (hour, minute) = (second / 3600, second / 60 % 60);
            let second = second % 60;
            let time = format!("{hour:02}:{minute:02}:{second:02}");
            tell(
                articles,
                format!("{year:04}-{month:02}-{day:02} at {time}, to the second"),
            );
        }
    }
}
