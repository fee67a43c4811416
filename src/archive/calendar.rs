//! Articles counted by the calendar.

use super::{Archive, ArticleId};
use crate::content::Date;

/// A month of a year.
pub type Month = (i16, i8);
/// A day of a month of a year.
pub type Day = (i16, i8, i8);

impl Archive {
    /// The years of some articles with how many fall in each, oldest first. `ids` are in order.
    pub fn by_year(&self, ids: impl IntoIterator<Item = ArticleId>) -> Vec<(i16, usize)> {
        let dates = self.dates(ids);
        runs(dates.map(|date| date.year()))
    }

    /// The same by month; what is dated no more narrowly than to a year is left out.
    pub fn by_month(&self, ids: impl IntoIterator<Item = ArticleId>) -> Vec<(Month, usize)> {
        let dates = self.dates(ids);
        runs(dates.filter_map(|date| Some((date.year(), date.month()?))))
    }

    /// The same by day; what is dated no more narrowly than to a month is left out.
    pub fn by_day(&self, ids: impl IntoIterator<Item = ArticleId>) -> Vec<(Day, usize)> {
        let dates = self.dates(ids);
        runs(dates.filter_map(|date| Some((date.year(), date.month()?, date.day()?))))
    }

    fn dates(&self, ids: impl IntoIterator<Item = ArticleId>) -> impl Iterator<Item = When> {
        ids.into_iter().filter_map(|id| self.when(id))
    }

    /// When an article is dated, as far as that is known; `None` for an undated one.
    pub(crate) fn when(&self, id: ArticleId) -> Option<When> {
        self.whens.get(id.0 as usize).copied().flatten()
    }
}

/// A date up to its day, in little room: lists are cut by the dates of all their articles, which
/// are then side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    year: i16,
    /// 0 where it is not known.
    month: i8,
    day: i8,
}

impl When {
    pub(super) fn of(date: &Date) -> When {
        When {
            year: date.year(),
            month: date.month().unwrap_or(0),
            day: date.day().unwrap_or(0),
        }
    }

    pub(crate) fn year(self) -> i16 {
        self.year
    }

    pub(crate) fn month(self) -> Option<i8> {
        (self.month != 0).then_some(self.month)
    }

    pub(crate) fn day(self) -> Option<i8> {
        (self.day != 0).then_some(self.day)
    }
}

/// How often each value follows itself.
fn runs<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.last_mut() {
            Some((last, count)) if *last == value => *count += 1,
            _ => counts.push((value, 1)),
        }
    }
    counts
}

/// The month after one.
pub fn month_after((year, month): Month) -> Month {
    if month >= 12 {
        (year.saturating_add(1), 1)
    } else {
        (year, month + 1)
    }
}

/// The month before one.
pub fn month_before((year, month): Month) -> Month {
    if month <= 1 {
        (year.saturating_sub(1), 12)
    } else {
        (year, month - 1)
    }
}

/// How many months one is later than another.
pub fn months_between(from: Month, to: Month) -> i32 {
    (i32::from(to.0) - i32::from(from.0)) * 12 + i32::from(to.1) - i32::from(from.1)
}
