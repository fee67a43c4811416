//! What the archive lacks: silent months and days, and what is not known of its articles.

use jiff::civil;
use rayon::prelude::*;

use super::calendar::{Month, When, month_after, month_before, months_between};
use super::{Archive, Article};
use crate::config::{Kind, Taxonomy};

/// A run of days without an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// The first day without one.
    pub from: civil::Date,
    /// The last.
    pub to: civil::Date,
}

impl Silence {
    /// How many days it lasts.
    pub fn days(&self) -> i64 {
        days_after(self.from, self.to) + 1
    }
}

fn days_after(from: civil::Date, to: civil::Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// How many articles lack what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lacks {
    /// All that were looked at.
    pub articles: usize,
    /// Dated to a year or a month alone.
    pub partly_dated: usize,
    /// With a date that their source was not sure of.
    pub uncertain: usize,
    /// Without an author.
    pub without_byline: usize,
    /// Without any person, place, topic or other subject.
    pub untagged: usize,
    /// Without a section.
    pub without_section: usize,
    /// In another language than that of the archive.
    pub other_languages: usize,
}

impl Lacks {
    fn add(&mut self, other: &Lacks) {
        self.articles += other.articles;
        self.partly_dated += other.partly_dated;
        self.uncertain += other.uncertain;
        self.without_byline += other.without_byline;
        self.untagged += other.untagged;
        self.without_section += other.without_section;
        self.other_languages += other.other_languages;
    }
}

/// A year with at least one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearCoverage {
    /// The year.
    pub year: i16,
    /// What its articles lack.
    pub lacks: Lacks,
    /// Its months without an article, between the first and the last of the archive.
    pub empty_months: Vec<i8>,
    /// Its longest run of days without an article, between the first and the last of the archive.
    pub silence: Option<Silence>,
}

/// Months in a row without an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The first of them.
    pub from: Month,
    /// The last.
    pub to: Month,
}

impl Gap {
    /// How many months.
    pub fn months(&self) -> i32 {
        months_between(self.from, self.to) + 1
    }
}

/// What the archive holds and what it lacks, as of all its articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The years with an article, oldest first.
    pub years: Vec<YearCoverage>,
    /// What the undated articles lack.
    pub undated: Lacks,
    /// What all articles lack, undated ones too.
    pub total: Lacks,
    /// For each taxonomy of subjects: its index, and how many articles have none of its terms.
    pub without: Vec<(usize, usize)>,
    /// The gaps between the first and the last dated month.
    pub gaps: Vec<Gap>,
    /// The longest silence of all.
    pub silence: Option<Silence>,
}

/// What some articles in a row lack.
#[derive(Debug, Default)]
struct Counted {
    total: Lacks,
    undated: Lacks,
    /// How many have no term of each taxonomy.
    without: Vec<usize>,
    /// The dated ones by year, oldest first.
    years: Vec<(i16, Lacks)>,
}

impl Counted {
    fn in_year(&mut self, year: i16, lacks: &Lacks) {
        match self.years.last_mut() {
            Some((last, so_far)) if *last == year => so_far.add(lacks),
            _ => self.years.push((year, *lacks)),
        }
    }

    /// With those that follow.
    fn and(mut self, after: Counted) -> Counted {
        self.total.add(&after.total);
        self.undated.add(&after.undated);
        let counts = self.without.iter_mut().zip(after.without);
        counts.for_each(|(count, more)| *count += more);
        let years = after.years.iter();
        years.for_each(|(year, lacks)| self.in_year(*year, lacks));
        self
    }
}

/// So many articles are looked at in one go.
const IN_ONE_GO: usize = 4096;

impl Archive {
    /// Goes through all articles once. `language` is that of the archive.
    pub fn coverage(&self, language: &str) -> Coverage {
        let parts = self.articles.par_chunks(IN_ONE_GO);
        let counted = parts.map(|part| self.counted(part, language));
        let counted = counted.reduce(|| self.counted(&[], language), Counted::and);
        let taxonomies = self.taxonomies.iter().enumerate().zip(counted.without);
        let year = |(year, lacks)| YearCoverage {
            year,
            lacks,
            empty_months: Vec::new(),
            silence: None,
        };
        let mut coverage = Coverage {
            years: counted.years.into_iter().map(year).collect(),
            undated: counted.undated,
            total: counted.total,
            without: taxonomies
                .filter(|((_, taxonomy), _)| taxonomy.subject)
                .map(|((index, _), count)| (index, count))
                .collect(),
            ..Coverage::default()
        };
        // Most articles are of the day of the one before.
        let mut dates: Vec<When> = self.dated().filter_map(|id| self.when(id)).collect();
        dates.dedup();
        coverage.silences(dates.into_iter().filter_map(stretch));
        coverage
    }

    fn counted(&self, articles: &[Article], language: &str) -> Counted {
        let mut counted = Counted {
            without: vec![0; self.taxonomies.len()],
            ..Counted::default()
        };
        let mut has = vec![false; self.taxonomies.len()];
        for article in articles {
            has.fill(false);
            let own = article.terms.iter().map(|term| self.taxonomy_index(*term));
            own.for_each(|taxonomy| has[taxonomy] = true);
            let lacks = self.lacks(article, &has, language);
            counted.total.add(&lacks);
            let without = counted.without.iter_mut().zip(&has);
            without.for_each(|(count, has)| *count += usize::from(!has));
            match article.content.date {
                Some(date) => counted.in_year(date.year(), &lacks),
                None => counted.undated.add(&lacks),
            }
        }
        counted
    }

    /// What an article lacks that has terms of these taxonomies.
    fn lacks(&self, article: &Article, has: &[bool], language: &str) -> Lacks {
        let content = &article.content;
        let any = |wanted: fn(&Taxonomy) -> bool| {
            let mut taxonomies = self.taxonomies.iter().zip(has);
            taxonomies.any(|(taxonomy, has)| *has && wanted(taxonomy))
        };
        let primary = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        let own = content.language.as_deref();
        Lacks {
            articles: 1,
            partly_dated: usize::from(content.date.is_some_and(|date| date.day().is_none())),
            uncertain: usize::from(content.date.is_some_and(|date| date.is_uncertain())),
            without_byline: usize::from(!any(|t| t.kind == Kind::Author)),
            untagged: usize::from(!any(|t| t.subject)),
            without_section: usize::from(!any(|t| t.kind == Kind::Section)),
            other_languages: usize::from(own.is_some_and(|own| primary(own) != primary(language))),
        }
    }
}

impl Coverage {
    fn year(&mut self, year: i16) -> Option<&mut YearCoverage> {
        let at = self.years.binary_search_by_key(&year, |y| y.year).ok()?;
        self.years.get_mut(at)
    }

    /// Notes the months and days between the stretches of time in which articles fall, in the
    /// order of their first days. What is dated to a year alone may be of any of its days, so none
    /// of them is said to be silent.
    fn silences(&mut self, stretches: impl Iterator<Item = (civil::Date, civil::Date)>) {
        let mut covered: Option<civil::Date> = None;
        for (first, last) in stretches {
            if let Some(covered) = covered {
                self.gap(month_after(month_of(covered)), month_of(first));
                self.silence(covered, first);
            }
            covered = Some(covered.map_or(last, |covered| covered.max(last)));
        }
    }

    /// Notes the months from one up to another, if there are any.
    fn gap(&mut self, from: Month, before: Month) {
        if from >= before {
            return;
        }
        let to = month_before(before);
        self.gaps.push(Gap { from, to });
        for year in [from.0, to.0] {
            let first = if year == from.0 { from.1 } else { 1 };
            let last = if year == to.0 { to.1 } else { 12 };
            if let Some(year) = self.year(year) {
                year.empty_months.extend(first..=last);
                year.empty_months.sort_unstable();
                year.empty_months.dedup();
            }
        }
    }

    /// Notes the days between two, if there are any, where they are the longest silence.
    fn silence(&mut self, after: civil::Date, before: civil::Date) {
        let (Ok(from), Ok(to)) = (after.tomorrow(), before.yesterday()) else {
            return;
        };
        if from > to {
            return;
        }
        longer(&mut self.silence, Silence { from, to });
        for year in [from.year(), to.year()] {
            let within = Silence {
                from: from.max(civil::Date::new(year, 1, 1).unwrap_or(from)),
                to: to.min(civil::Date::new(year, 12, 31).unwrap_or(to)),
            };
            if let Some(year) = self.year(year) {
                longer(&mut year.silence, within);
            }
        }
    }
}

/// The first and the last day that a date can mean.
fn stretch(date: When) -> Option<(civil::Date, civil::Date)> {
    let first = civil::Date::new(
        date.year(),
        date.month().unwrap_or(1),
        date.day().unwrap_or(1),
    );
    let first = first.ok()?;
    let last = match (date.month(), date.day()) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((first, last))
}

fn month_of(day: civil::Date) -> Month {
    (day.year(), day.month())
}

fn longer(longest: &mut Option<Silence>, silence: Silence) {
    if longest.is_none_or(|l| silence.days() > l.days()) {
        *longest = Some(silence);
    }
}
