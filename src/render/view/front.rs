//! `front.html`, `on-this-day.html`, `on-this-day-index.html`, `404.html` and `redirect.html`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Card, Link, Shared, Stage, TermLink};
use crate::archive::{ArticleId, TermId};
use crate::config::Kind;
use crate::diagnostics::Diagnostic;
use crate::render::head::Head;
use crate::render::json_ld;
use crate::site::Page;

use super::chart::ChartView;
use super::term::YearCount;
use super::today::TodayView;

/// `front` in `front.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FrontView {
    /// How many articles the archive has.
    pub total: usize,
    /// From the first year with an article to the last: `1911–2024`.
    pub span: Option<String>,
    /// The newest articles.
    pub latest: Vec<Shared<Card<'static>>>,
    /// How many articles each year has, years without one left out, oldest first.
    pub by_year: Vec<YearCount>,
    /// The same as a chart, by month where there are few years; nothing for one bar.
    pub chart: Option<ChartView>,
    /// The undated shelf, where there is one, with how many articles it holds.
    pub undated: Option<YearCount>,
    /// For each taxonomy of subjects the terms most written about.
    pub doors: Vec<Door>,
    /// The sections.
    pub sections: Vec<TermLink>,
    /// The series.
    pub series: Vec<TermLink>,
    /// The index of the days of the year, where there is one.
    pub on_this_day: Option<String>,
    /// Today's day of the year in other years.
    pub today: Option<TodayView>,
    /// The page of all years, where there is one.
    pub years: Option<String>,
    /// The page of what the archive lacks, where there is one.
    pub coverage: Option<String>,
}

/// The most written about of a taxonomy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Door {
    /// The taxonomy in headings.
    pub label: String,
    /// Its index.
    pub url: String,
    /// How many terms it has.
    pub total: usize,
    /// The terms most written about.
    pub terms: Vec<TermLink>,
}

/// `day` in `on-this-day.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OnThisDayView {
    /// The day: `25 April`.
    pub title: String,
    /// How many articles.
    pub total: usize,
    /// The articles by year, latest first.
    pub years: Vec<YearGroup>,
    /// The day before that has any.
    pub previous: Option<Link>,
    /// The day after.
    pub next: Option<Link>,
}

/// The articles of one year on a day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearGroup {
    /// The year.
    pub year: i16,
    /// The year as the language writes it.
    pub label: String,
    /// The page of that day of that year.
    pub url: String,
    /// How many articles.
    pub count: usize,
    /// The articles; none where the day has too many for one page.
    pub articles: Vec<Shared<Card<'static>>>,
}

/// One of `months` in `on-this-day-index.html`: a list of days for each month.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MonthDays {
    /// The month.
    pub label: String,
    /// Its days that have any articles.
    pub days: Vec<DayCount>,
}

/// A day of the year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DayCount {
    /// The day of the month.
    pub day: i8,
    /// Its name: `25 April`.
    pub label: String,
    /// Its page.
    pub url: String,
    /// How many articles.
    pub count: usize,
}

/// How many of the newest articles the front page shows.
const LATEST: usize = 20;
/// How many terms stand at each door.
const AT_A_DOOR: usize = 12;

impl Stage<'_> {
    pub(super) fn front(&self) -> Result<String, Diagnostic> {
        let scene = self.scene;
        let archive = scene.archive;
        let dated: Vec<ArticleId> = archive.dated().collect();
        let latest = dated
            .iter()
            .rev()
            .chain(
                archive
                    .ids()
                    .take(archive.undated)
                    .collect::<Vec<_>>()
                    .iter(),
            )
            .take(LATEST)
            .copied()
            .collect::<Vec<_>>();
        let counts = archive.by_year(dated.iter().copied());
        let by_year: Vec<YearCount> = counts
            .iter()
            .map(|(year, count)| YearCount {
                year: *year,
                label: self.words.stretch(*year, None, None),
                count: *count,
                url: Some(self.link.to(&format!("/{year:04}/"))),
            })
            .collect();
        let view = FrontView {
            total: archive.articles.len(),
            span: (!counts.is_empty()).then(|| self.span_of(&counts)),
            latest: self.cards(latest),
            chart: self.chart(&dated, "/"),
            by_year,
            undated: self.undated(),
            doors: self.doors(),
            sections: self.all_of(Kind::Section),
            series: self.all_of(Kind::Series),
            on_this_day: scene.site.has("/on/").then(|| self.link.to("/on/")),
            today: self.today(),
            years: scene.site.years().map(|page| self.link.to(&page.url)),
            coverage: scene.site.coverage().map(|page| self.link.to(&page.url)),
        };
        let title = scene.config.settings.title.clone();
        let mut head = self.head("front", title, self.about_all(&view));
        head.json_ld = Some(json_ld::site(self));
        self.fill("front.html", head, "front", &view)
    }

    /// What the archive is, in its own words; else of when it is and how much there is.
    fn about_all(&self, front: &FrontView) -> String {
        let description = &self.scene.config.settings.description;
        if !description.is_empty() {
            return description.clone();
        }
        let count = self.words.say("articles", front.total, &[]);
        match &front.span {
            Some(span) => format!("{span} · {count}"),
            None => count,
        }
    }

    fn doors(&self) -> Vec<Door> {
        let archive = self.scene.archive;
        let subjects = archive
            .taxonomies
            .iter()
            .zip(&archive.shelves)
            .filter(|(t, terms)| t.subject && !terms.is_empty());
        subjects
            .map(|(taxonomy, terms)| {
                let ids = terms
                    .clone()
                    .map(|i| TermId(u32::try_from(i).unwrap_or(u32::MAX)));
                let mut ids: Vec<TermId> =
                    ids.filter(|id| !archive.term(*id).is_hidden()).collect();
                let total = ids.len();
                ids.sort_by_key(|id| (std::cmp::Reverse(archive.term(*id).articles.len()), *id));
                ids.truncate(AT_A_DOOR);
                Door {
                    label: self.label(taxonomy).to_owned(),
                    url: self.link.to(&format!("/{}/", taxonomy.path)),
                    total,
                    terms: ids
                        .into_iter()
                        .map(|id| self.term_link(id, Some(archive.term(id).articles.len())))
                        .collect(),
                }
            })
            .collect()
    }

    fn all_of(&self, kind: Kind) -> Vec<TermLink> {
        let archive = self.scene.archive;
        let of_kind = archive
            .taxonomies
            .iter()
            .zip(&archive.shelves)
            .filter(|(t, _)| t.kind == kind);
        let ids = of_kind
            .flat_map(|(_, terms)| terms.clone())
            .map(|i| TermId(u32::try_from(i).unwrap_or(u32::MAX)));
        let shown = ids
            .filter(|id| !archive.term(*id).is_hidden() && !archive.term(*id).articles.is_empty());
        shown
            .take(40)
            .map(|id| self.term_link(id, Some(archive.term(id).articles.len())))
            .collect()
    }

    pub(super) fn on_this_day(&self, month: i8, day: i8) -> Result<String, Diagnostic> {
        let site = self.scene.site;
        let at = site
            .days
            .iter()
            .position(|(key, _)| *key == (month, day))
            .unwrap_or(0);
        let ids = site
            .days
            .get(at)
            .map(|(_, ids)| ids.as_slice())
            .unwrap_or_default();
        let whole = ids.len() <= self.scene.config.settings.shelves.most;
        let mut years: Vec<YearGroup> = ids
            .chunk_by(|a, b| self.year(*a) == self.year(*b))
            .map(|ids| {
                let year = self.year(ids[0]);
                let shown = if whole { ids } else { &[] };
                YearGroup {
                    year,
                    label: self.words.stretch(year, None, None),
                    url: self.link.to(&format!("/{year:04}/{month:02}/{day:02}/")),
                    count: ids.len(),
                    articles: self.cards(shown.iter().copied()),
                }
            })
            .collect();
        years.reverse();
        let link = |index: Option<usize>| {
            let ((month, day), _) = site.days.get(index?)?;
            Some(self.crumb(
                self.words.day_of_year(*month, *day),
                &format!("/on/{month:02}-{day:02}/"),
            ))
        };
        let title = self.words.day_of_year(month, day);
        let view = OnThisDayView {
            title: title.clone(),
            total: ids.len(),
            years,
            previous: link(at.checked_sub(1)),
            next: link(Some(at + 1)),
        };
        let description = self.words.say("day_through_years", 0, &[("day", &title)]);
        let mut head = self.head("on-this-day", description.clone(), description.clone());
        head.json_ld = Some(json_ld::collection(self, &description, None));
        head.breadcrumbs = vec![self.crumb(self.words.text("on_this_day"), "/on/")];
        self.fill("on-this-day.html", head, "day", &view)
    }

    fn year(&self, id: ArticleId) -> i16 {
        self.scene
            .archive
            .article(id)
            .content
            .date
            .map_or(0, |date| date.year())
    }

    pub(super) fn on_this_day_index(&self) -> Result<String, Diagnostic> {
        let days = &self.scene.site.days;
        let months: Vec<MonthDays> = days
            .chunk_by(|a, b| a.0.0 == b.0.0)
            .map(|days| MonthDays {
                label: self.words.month(days[0].0.0).to_owned(),
                days: days
                    .iter()
                    .map(|((month, day), ids)| DayCount {
                        day: *day,
                        label: self.words.day_of_year(*month, *day),
                        url: self.link.to(&format!("/on/{month:02}-{day:02}/")),
                        count: ids.len(),
                    })
                    .collect(),
            })
            .collect();
        let title = self.words.text("on_this_day").to_owned();
        let mut head = self.head(
            "on-this-day-index",
            title.clone(),
            self.words.text("every_day").to_owned(),
        );
        head.json_ld = Some(json_ld::collection(self, &title, None));
        self.fill("on-this-day-index.html", head, "months", &months)
    }

    pub(super) fn not_found(&self) -> Result<String, Diagnostic> {
        let head = Head {
            kind: "404",
            title: self.words.text("not_found").to_owned(),
            noindex: true,
            ..Head::default()
        };
        self.fill("404.html", head, "not_found", &true)
    }

    pub(super) fn redirect(&self, to: &Page) -> Result<String, Diagnostic> {
        let head = Head {
            kind: "redirect",
            title: self.words.text("moved").to_owned(),
            canonical: Some(to.url.to_string()),
            noindex: true,
            ..Head::default()
        };
        self.fill("redirect.html", head, "target", &self.link.to(&to.url))
    }
}
