//! Dates in a language. Always of the Gregorian calendar, which is the one that papers are dated
//! by in all of the languages here.

use std::sync::OnceLock;

use icu::calendar::types::Weekday;
use icu::calendar::week::WeekInformation;
use icu::calendar::{Date, Gregorian};
use icu::datetime::fieldsets::{E, M, MD, Y, YM, YMD};
use icu::datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter as Formatter};
use icu::locale::Locale;

/// The years that are written once: what papers there are in an archive is from these.
const FIRST_YEAR: i16 = 1600;
const YEARS: usize = 600;

/// Writes dates of one language.
pub(super) struct Calendar {
    day: Option<Formatter<Gregorian, YMD>>,
    month: Option<Formatter<Gregorian, YM>>,
    year: Option<Formatter<Gregorian, Y>>,
    /// The years that have been asked for, from [`FIRST_YEAR`].
    years: Vec<OnceLock<String>>,
    /// The days of a leap year, thirty-one for each month.
    days_of_year: Vec<String>,
    weekday: Option<Formatter<Gregorian, E>>,
    months: Vec<String>,
    short_months: Vec<String>,
    week: Vec<(u8, String, String)>,
}

fn date(year: i16, month: i8, day: i8) -> Option<Date<Gregorian>> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Date::try_new_gregorian(i32::from(year), month, day).ok()
}

impl Calendar {
    pub(super) fn new(locale: &Locale) -> Calendar {
        let prefs = DateTimeFormatterPreferences::from(locale);
        let long = Formatter::try_new(prefs, M::long()).ok();
        let short = Formatter::try_new(prefs, M::medium()).ok();
        let names = |formatter: &Option<Formatter<Gregorian, M>>| {
            let name = |month: i8| {
                let date = date(2001, month, 1)?;
                Some(formatter.as_ref()?.format(&date).to_string())
            };
            (1..=12)
                .map(|month| name(month).unwrap_or_else(|| format!("{month:02}")))
                .collect()
        };
        Calendar {
            day: Formatter::try_new(prefs, YMD::long()).ok(),
            month: Formatter::try_new(prefs, YM::long()).ok(),
            year: Formatter::try_new(prefs, Y::long()).ok(),
            years: (0..YEARS).map(|_| OnceLock::new()).collect(),
            days_of_year: days_of_year(Formatter::try_new(prefs, MD::long()).ok().as_ref()),
            weekday: Formatter::try_new(prefs, E::long()).ok(),
            months: names(&long),
            short_months: names(&short),
            week: week(locale),
        }
    }

    pub(super) fn stretch(&self, year: i16, month: Option<i8>, day: Option<i8>) -> String {
        let index = usize::try_from(i32::from(year) - i32::from(FIRST_YEAR)).ok();
        match index.and_then(|index| self.years.get(index)) {
            Some(kept) if month.is_none() => {
                kept.get_or_init(|| self.written(year, None, None)).clone()
            }
            _ => self.written(year, month, day),
        }
    }

    fn written(&self, year: i16, month: Option<i8>, day: Option<i8>) -> String {
        let at = date(year, month.unwrap_or(1), day.unwrap_or(1));
        let written = at.and_then(|at| match (month, day) {
            (Some(_), Some(_)) => Some(self.day.as_ref()?.format(&at).to_string()),
            (Some(_), None) => Some(self.month.as_ref()?.format(&at).to_string()),
            _ => Some(self.year.as_ref()?.format(&at).to_string()),
        });
        written.unwrap_or_else(|| match (month, day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        })
    }

    pub(super) fn day_of_year(&self, month: i8, day: i8) -> String {
        let index = 31 * (i32::from(month) - 1) + i32::from(day) - 1;
        let kept = (1..=31).contains(&day).then(|| usize::try_from(index).ok());
        let kept = kept
            .flatten()
            .and_then(|index| self.days_of_year.get(index));
        kept.map_or_else(|| format!("{month:02}-{day:02}"), String::clone)
    }

    pub(super) fn month(&self, month: i8) -> &str {
        named(&self.months, month)
    }

    pub(super) fn short_month(&self, month: i8) -> &str {
        named(&self.short_months, month)
    }

    pub(super) fn weekday(&self, year: i16, month: i8, day: i8) -> String {
        date(year, month, day)
            .zip(self.weekday.as_ref())
            .map_or_else(String::new, |(at, formatter)| {
                formatter.format(&at).to_string()
            })
    }

    pub(super) fn week(&self) -> &[(u8, String, String)] {
        &self.week
    }
}

fn days_of_year(formatter: Option<&Formatter<Gregorian, MD>>) -> Vec<String> {
    let written = |month: i8, day: i8| {
        // A leap year, so that every day of any year is one.
        let at = date(2000, month, day).zip(formatter);
        at.map(|(at, formatter)| formatter.format(&at).to_string())
            .unwrap_or_else(|| format!("{month:02}-{day:02}"))
    };
    let months = 1..=12;
    months
        .flat_map(|month| (1..=31).map(move |day| (month, day)))
        .map(|(month, day)| written(month, day))
        .collect()
}

fn named(names: &[String], month: i8) -> &str {
    let index = usize::try_from(month - 1).unwrap_or(usize::MAX);
    names.get(index).map_or("", String::as_str)
}

/// The days of the week from the one on which calendars begin it.
fn week(locale: &Locale) -> Vec<(u8, String, String)> {
    let prefs = DateTimeFormatterPreferences::from(locale);
    let long: Option<Formatter<Gregorian, E>> = Formatter::try_new(prefs, E::long()).ok();
    let short: Option<Formatter<Gregorian, E>> = Formatter::try_new(prefs, E::short()).ok();
    let first =
        WeekInformation::try_new(locale.into()).map_or(Weekday::Monday, |week| week.first_weekday);
    let first = first as u8;
    (0..7)
        .map(|step| {
            let number = (first - 1 + step) % 7 + 1;
            // The first of January 2001 was a Monday.
            let day = date(2001, 1, i8::try_from(number).unwrap_or(1));
            let write = |formatter: &Option<Formatter<Gregorian, E>>| {
                day.as_ref()
                    .zip(formatter.as_ref())
                    .map_or_else(String::new, |(at, formatter)| {
                        formatter.format(at).to_string()
                    })
            };
            (number, write(&long), write(&short))
        })
        .collect()
}
