//! `coverage.html`: what the archive holds, and what it lacks.

use jiff::civil;
use schemars::JsonSchema;
use serde::Serialize;

use super::Stage;
use super::chart::{ChartView, share};
use crate::archive::calendar::Month;
use crate::archive::{Coverage, Gap, Lacks, Silence, YearCoverage};
use crate::config::Kind;
use crate::diagnostics::Diagnostic;
use crate::render::json_ld;

/// `coverage` in `coverage.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CoverageView {
    /// How many articles the archive has.
    pub total: usize,
    /// From the first year to the last: `1911–2024`.
    pub span: String,
    /// The articles by year or month; nothing where there would be one bar.
    pub chart: Option<ChartView>,
    /// What is not known of how many articles, in the archive as a whole.
    pub unknown: Vec<LackCount>,
    /// The longest run of days without an article.
    pub silence: Option<SilenceView>,
    /// The months in a row without an article, oldest first.
    pub gaps: Vec<GapView>,
    /// Each year with an article, oldest first.
    pub years: Vec<CoverageYear>,
    /// Whether any article has an author: where none has, years do not tell.
    pub has_bylines: bool,
    /// Whether any article has a section.
    pub has_sections: bool,
    /// Whether any article is in another language than that of the archive.
    pub has_languages: bool,
    /// The page of all years and months, where there is one.
    pub all_years: Option<String>,
}

/// How many articles lack something.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LackCount {
    /// What they lack: `Without a byline`.
    pub what: String,
    /// How many articles.
    pub count: usize,
    /// How many that is of a hundred.
    pub share: f64,
    /// Where they are listed, if they are.
    pub url: Option<String>,
}

/// A run of days without an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SilenceView {
    /// How many days.
    pub days: i64,
    /// The first of them.
    pub from: String,
    /// The last.
    pub to: String,
}

/// Months in a row without an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GapView {
    /// The first of them: `May 1941`.
    pub from: String,
    /// The last; nothing where it is one month.
    pub to: Option<String>,
    /// How many.
    pub months: i32,
}

/// What a year holds and lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoverageYear {
    /// The year.
    pub label: String,
    /// Its page.
    pub url: String,
    /// How many articles it has.
    pub articles: usize,
    /// Its months without an article, between the first and the last of the archive.
    pub empty_months: Vec<String>,
    /// For each of its twelve months whether an article is dated to it.
    pub months: Vec<bool>,
    /// Its longest run of days without an article.
    pub silence: Option<SilenceView>,
    /// How many are dated to the year or a month alone.
    pub partly_dated: usize,
    /// How many have an uncertain date.
    pub uncertain: usize,
    /// How many have no author.
    pub without_byline: usize,
    /// How many have no person, place, topic or other subject.
    pub untagged: usize,
    /// How many have no section.
    pub without_section: usize,
    /// How many are in another language than that of the archive.
    pub other_languages: usize,
}

impl Stage<'_> {
    pub(super) fn coverage_page(&self) -> Result<String, Diagnostic> {
        let scene = self.scene;
        let archive = scene.archive;
        let coverage = scene.frames.coverage(scene);
        let total = coverage.total;
        let dated = scene
            .site
            .every()
            .get(archive.undated..)
            .unwrap_or_default();
        let years: Vec<(i16, usize)> = coverage.years.iter().map(|y| (y.year, 0)).collect();
        let months = archive.by_month(dated.iter().copied());
        let filled = |month: &Month| months.binary_search_by_key(month, |(m, _)| *m).is_ok();
        let view = CoverageView {
            total: total.articles,
            span: self.span_of(&years),
            chart: self.chart(dated, "/"),
            unknown: self.unknown(coverage),
            silence: coverage.silence.map(|silence| self.silence(silence)),
            gaps: coverage.gaps.iter().map(|gap| self.gap_view(gap)).collect(),
            years: coverage
                .years
                .iter()
                .map(|year| self.coverage_year(year, filled))
                .collect(),
            has_bylines: total.without_byline < total.articles,
            has_sections: total.without_section < total.articles,
            has_languages: total.other_languages > 0,
            all_years: scene.site.years().map(|page| self.link.to(&page.url)),
        };
        let title = self.words.text("coverage").to_owned();
        let description = self.words.text("coverage_deck").to_owned();
        let mut head = self.head("coverage", title.clone(), description);
        head.json_ld = Some(json_ld::collection(self, &title, None));
        head.breadcrumbs = self.years_crumb().into_iter().collect();
        self.fill("coverage.html", head, "coverage", &view)
    }

    fn unknown(&self, coverage: &Coverage) -> Vec<LackCount> {
        let archive = self.scene.archive;
        let total = &coverage.total;
        let lack = |what: &str, count: usize, url: Option<String>| LackCount {
            what: what.to_owned(),
            count,
            share: (share(count, total.articles) * 1000.0).round() / 10.0,
            url,
        };
        let used = |kind: Kind| {
            let of_kind = archive.taxonomies.iter().zip(&archive.shelves);
            let mut shelves = of_kind.filter(|(t, _)| t.kind == kind);
            shelves.any(|(_, terms)| !terms.is_empty())
        };
        let undated = self.undated().and_then(|undated| undated.url);
        let mut unknown = vec![
            lack(
                self.words.text("undated"),
                coverage.undated.articles,
                undated,
            ),
            lack(self.words.text("partly_dated"), total.partly_dated, None),
            lack(self.words.text("uncertain_date"), total.uncertain, None),
        ];
        if used(Kind::Author) {
            unknown.push(lack(
                self.words.text("without_byline"),
                total.without_byline,
                None,
            ));
        }
        if used(Kind::Section) {
            unknown.push(lack(
                self.words.text("without_section"),
                total.without_section,
                None,
            ));
        }
        unknown.push(lack(self.words.text("untagged"), total.untagged, None));
        for (taxonomy, count) in &coverage.without {
            let filled = archive
                .shelves
                .get(*taxonomy)
                .is_some_and(|terms| !terms.is_empty());
            if let Some(taxonomy) = archive.taxonomies.get(*taxonomy).filter(|_| filled) {
                let parts = [("label", self.label(taxonomy))];
                let what = self.words.say("without_any_of", *count, &parts);
                unknown.push(lack(&what, *count, None));
            }
        }
        unknown.push(lack(
            self.words.text("other_languages"),
            total.other_languages,
            None,
        ));
        unknown
    }

    fn coverage_year(&self, year: &YearCoverage, filled: impl Fn(&Month) -> bool) -> CoverageYear {
        let Lacks {
            articles,
            partly_dated,
            uncertain,
            without_byline,
            untagged,
            without_section,
            other_languages,
        } = year.lacks;
        let months = year.empty_months.iter();
        CoverageYear {
            label: self.words.stretch(year.year, None, None),
            url: self.link.to(&format!("/{:04}/", year.year)),
            articles,
            empty_months: months
                .map(|month| self.words.month(*month).to_owned())
                .collect(),
            months: (1..=12).map(|month| filled(&(year.year, month))).collect(),
            silence: year.silence.map(|silence| self.silence(silence)),
            partly_dated,
            uncertain,
            without_byline,
            untagged,
            without_section,
            other_languages,
        }
    }

    fn silence(&self, silence: Silence) -> SilenceView {
        let day = |day: civil::Date| {
            self.words
                .stretch(day.year(), Some(day.month()), Some(day.day()))
        };
        SilenceView {
            days: silence.days(),
            from: day(silence.from),
            to: day(silence.to),
        }
    }

    fn gap_view(&self, gap: &Gap) -> GapView {
        let month = |(year, month): Month| self.words.stretch(year, Some(month), None);
        GapView {
            from: month(gap.from),
            to: (gap.to != gap.from).then(|| month(gap.to)),
            months: gap.months(),
        }
    }
}
