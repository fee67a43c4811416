//! `year.html` and `month.html`: the archive's own shelves as almanac and calendar.

use jiff::civil;
use schemars::JsonSchema;
use serde::Serialize;

use super::Stage;
use super::shelf::ShelfView;
use crate::archive::ArticleId;
use crate::archive::calendar::Day;
use crate::diagnostics::Diagnostic;
use crate::site::{Place, Shelf};

/// `year` in `year.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearView {
    /// Its articles, with the years before and after.
    pub shelf: ShelfView,
    /// Its twelve months.
    pub months: Vec<MonthStrip>,
    /// The most articles that any of its days has.
    pub most_in_a_day: usize,
    /// The steps of ink that its days use, palest first; none where all are the same.
    pub steps: Vec<usize>,
    /// Whether its articles stand under its months, and only those dated to the year alone here.
    pub divided: bool,
}

/// A month of a year, as a strip of its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthStrip {
    /// Its name.
    pub label: String,
    /// Its page; nothing where it has no article.
    pub url: Option<String>,
    /// How many articles it has.
    pub count: usize,
    /// Each of its days.
    pub days: Vec<DayCell>,
}

/// A day of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DayCell {
    /// The day of the month.
    pub day: i8,
    /// Its name: `25 April`.
    pub label: String,
    /// Its page; nothing where it has no article.
    pub url: Option<String>,
    /// How many articles it has.
    pub count: usize,
    /// How dark it is, from 0 for none to 5 for the most of the year or month.
    pub level: usize,
}

/// `month` in `month.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MonthView {
    /// Its articles, with the months before and after.
    pub shelf: ShelfView,
    /// The days of the week, in the order of the language's calendars.
    pub weekdays: Vec<Weekday>,
    /// Its weeks, each of seven days; nothing for days of the months beside it.
    pub weeks: Vec<Vec<Option<DayCell>>>,
    /// Whether its articles stand under its days, and only those dated to the month alone here.
    pub divided: bool,
}

/// A day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Weekday {
    /// Its name.
    pub name: String,
    /// The name as short as calendars have it.
    pub short: String,
}

/// How many steps from the palest ink to the darkest.
const STEPS: usize = 5;

/// How dark so many articles are beside the most of any, which are always darkest. Where the most
/// are few, each step is one article.
pub(super) fn level(count: usize, most: usize) -> usize {
    if count == 0 {
        0
    } else if most < STEPS {
        (STEPS - most + count).min(STEPS)
    } else {
        (count * STEPS).div_ceil(most).min(STEPS)
    }
}

/// The steps that are used, palest first; none where all are one.
pub(super) fn steps(most: usize) -> Vec<usize> {
    match most {
        0 | 1 => Vec::new(),
        most => (level(1, most)..=STEPS).collect(),
    }
}

impl Stage<'_> {
    pub(super) fn year_page(&self, shelf: &Shelf, year: i16) -> Result<String, Diagnostic> {
        let view = self.shelf_view(shelf);
        let ids = self.held(shelf);
        let archive = self.scene.archive;
        let days = archive.by_day(ids.iter().copied());
        let months = archive.by_month(ids.iter().copied());
        let most_in_a_day = days.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let strip = |month: i8| {
            let at = months
                .binary_search_by_key(&(year, month), |(m, _)| *m)
                .ok();
            let count = at
                .and_then(|at| months.get(at))
                .map_or(0, |(_, count)| *count);
            MonthStrip {
                label: self.words.month(month).to_owned(),
                url: (count > 0).then(|| self.link.to(&format!("/{year:04}/{month:02}/"))),
                count,
                days: self.cells(year, month, &days, most_in_a_day),
            }
        };
        let head = self.shelf_head("year", shelf, &view);
        let view = YearView {
            months: (1..=12).map(strip).collect(),
            most_in_a_day,
            steps: steps(most_in_a_day),
            divided: shelf.divided,
            shelf: view,
        };
        self.fill("year.html", head, "year", &view)
    }

    pub(super) fn month_page(
        &self,
        shelf: &Shelf,
        year: i16,
        month: i8,
    ) -> Result<String, Diagnostic> {
        let view = self.shelf_view(shelf);
        let days = self.scene.archive.by_day(self.held(shelf).iter().copied());
        let most = days.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let week = self.words.week();
        let first =
            civil::Date::new(year, month, 1).map_or(1, |d| d.weekday().to_monday_one_offset());
        let before = week
            .iter()
            .position(|(number, ..)| i8::try_from(*number) == Ok(first));
        let mut cells: Vec<Option<DayCell>> = vec![None; before.unwrap_or(0)];
        cells.extend(self.cells(year, month, &days, most).into_iter().map(Some));
        cells.resize(cells.len().next_multiple_of(7), None);
        let head = self.shelf_head("month", shelf, &view);
        let view = MonthView {
            weekdays: week
                .iter()
                .map(|(_, name, short)| Weekday {
                    name: name.clone(),
                    short: short.clone(),
                })
                .collect(),
            weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
            divided: shelf.divided,
            shelf: view,
        };
        self.fill("month.html", head, "month", &view)
    }

    /// The articles of a stretch of the archive's own shelf.
    fn held(&self, shelf: &Shelf) -> &[ArticleId] {
        let every = self.scene.site.every();
        every.get(shelf.holds.clone()).unwrap_or_default()
    }

    /// The days of a month, each with its count in `days`.
    fn cells(&self, year: i16, month: i8, days: &[(Day, usize)], most: usize) -> Vec<DayCell> {
        let length = civil::Date::new(year, month, 1).map_or(0, |first| first.days_in_month());
        let cell = |day: i8| {
            let at = days
                .binary_search_by_key(&(year, month, day), |(d, _)| *d)
                .ok();
            let count = at
                .and_then(|at| days.get(at))
                .map_or(0, |(_, count)| *count);
            let place = Place {
                year: Some(year),
                month: Some(month),
                day: Some(day),
                ..Place::ALL
            };
            DayCell {
                day,
                label: self.division_label(&place),
                url: (count > 0).then(|| self.link.to(&format!("/{}", place.path()))),
                count,
                level: level(count, most),
            }
        };
        (1..=length).map(cell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{level, steps};

    #[test]
    fn no_article_is_blank_and_the_most_are_darkest() {
        assert_eq!(level(0, 10), 0);
        assert_eq!(level(1, 1), 5);
        assert_eq!((level(1, 4), level(4, 4)), (2, 5));
        assert_eq!(steps(4), [2, 3, 4, 5]);
        assert!(steps(1).is_empty());
        assert_eq!(level(1, 500), 1);
        assert_eq!(level(500, 500), 5);
        assert_eq!(level(251, 500), 3);
    }
}
