//! `years.html`: the archive's span at a glance.

use schemars::JsonSchema;
use serde::Serialize;

use super::Stage;
use super::term::YearCount;
use super::time::level;
use crate::archive::calendar::Month;
use crate::diagnostics::Diagnostic;
use crate::render::json_ld;

/// `years` in `years.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearsView {
    /// How many articles have a date.
    pub total: usize,
    /// From the first year to the last: `1911–2024`.
    pub span: String,
    /// The names of the months.
    pub months: Vec<MonthName>,
    /// The years by decade, oldest first.
    pub decades: Vec<Decade>,
    /// How many months have an article.
    pub filled: usize,
    /// The shelf of what has no date, where there is one.
    pub undated: Option<YearCount>,
    /// The page of what the archive lacks, where there is one.
    pub coverage: Option<String>,
}

/// A month by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthName {
    /// Its number, 1 to 12.
    pub number: i8,
    /// Its name.
    pub name: String,
    /// Its name as short as calendars have it.
    pub short: String,
}

/// The years of a decade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decade {
    /// Its first year: 1930.
    pub first: i16,
    /// Its years, and the years between them without an article as one row each time.
    pub rows: Vec<YearRow>,
}

/// A year with its months, or years in a row without an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct YearRow {
    /// The year, or from the first to the last: `1941–1944`.
    pub label: String,
    /// The page of the year; nothing for years without an article.
    pub url: Option<String>,
    /// How many articles; 0 in a gap.
    pub count: usize,
    /// Its twelve months; none in a gap.
    pub months: Vec<MonthCell>,
}

/// A month of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthCell {
    /// Its name with the year.
    pub label: String,
    /// Its page; nothing where it has no article.
    pub url: Option<String>,
    /// How many articles.
    pub count: usize,
    /// How dark it is, from 0 for none to 5 for the most of any month.
    pub level: usize,
}

impl Stage<'_> {
    pub(super) fn years_page(&self) -> Result<String, Diagnostic> {
        let archive = self.scene.archive;
        let years = archive.by_year(archive.dated());
        let months = archive.by_month(archive.dated());
        let most = months.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let mut decades: Vec<Decade> = Vec::new();
        let mut before: Option<i16> = None;
        for (year, count) in &years {
            let gap = before.filter(|b| year - b > 1).map(|b| (b + 1, year - 1));
            if let Some((from, to)) = gap {
                self.in_decade(&mut decades, from, self.gap(from, to));
            }
            let row = YearRow {
                label: self.words.stretch(*year, None, None),
                url: Some(self.link.to(&format!("/{year:04}/"))),
                count: *count,
                months: self.month_cells(*year, &months, most),
            };
            self.in_decade(&mut decades, *year, row);
            before = Some(*year);
        }
        let view = YearsView {
            total: archive.dated().len(),
            span: self.span_of(&years),
            months: (1..=12)
                .map(|number| MonthName {
                    number,
                    name: self.words.month(number).to_owned(),
                    short: self.words.short_month(number).to_owned(),
                })
                .collect(),
            decades,
            filled: months.len(),
            undated: self.undated(),
            coverage: self
                .scene
                .site
                .coverage()
                .map(|page| self.link.to(&page.url)),
        };
        let title = self.words.text("years").to_owned();
        let description = self.labelled(&view.span, &self.articles(view.total));
        let mut head = self.head("years", title.clone(), description);
        head.json_ld = Some(json_ld::collection(self, &title, None));
        self.fill("years.html", head, "years", &view)
    }

    /// From the first of some years to the last.
    pub(super) fn span_of(&self, years: &[(i16, usize)]) -> String {
        let year = |year: i16| self.words.stretch(year, None, None);
        match (years.first(), years.last()) {
            (Some((first, _)), Some((last, _))) if first < last => {
                format!("{}–{}", year(*first), year(*last))
            }
            (Some((first, _)), _) => year(*first),
            _ => String::new(),
        }
    }

    fn in_decade(&self, decades: &mut Vec<Decade>, year: i16, row: YearRow) {
        let first = year.div_euclid(10) * 10;
        match decades.last_mut() {
            Some(decade) if decade.first == first => decade.rows.push(row),
            _ => decades.push(Decade {
                first,
                rows: vec![row],
            }),
        }
    }

    /// Years in a row without an article.
    fn gap(&self, from: i16, to: i16) -> YearRow {
        YearRow {
            label: self.span_of(&[(from, 0), (to, 0)]),
            url: None,
            count: 0,
            months: Vec::new(),
        }
    }

    fn month_cells(&self, year: i16, months: &[(Month, usize)], most: usize) -> Vec<MonthCell> {
        let cell = |month: i8| {
            let at = months
                .binary_search_by_key(&(year, month), |(m, _)| *m)
                .ok();
            let count = at
                .and_then(|at| months.get(at))
                .map_or(0, |(_, count)| *count);
            MonthCell {
                label: self.words.stretch(year, Some(month), None),
                url: (count > 0).then(|| self.link.to(&format!("/{year:04}/{month:02}/"))),
                count,
                level: level(count, most),
            }
        };
        (1..=12).map(cell).collect()
    }

    /// The shelf of what has no date, where there is one.
    pub(super) fn undated(&self) -> Option<YearCount> {
        let count = self.scene.archive.undated;
        (count > 0).then(|| YearCount {
            year: 0,
            label: self.words.text("undated").to_owned(),
            count,
            url: Some(self.link.to("/undated/")),
        })
    }
}
