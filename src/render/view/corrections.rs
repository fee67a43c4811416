//! `corrections.html`: what was corrected in all articles, and when.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Division, Link, Shared, Stage};
use crate::diagnostics::Diagnostic;
use crate::render::date_text::DateView;
use crate::render::json_ld;
use crate::site::{Logged, NEWEST, Place, WHOLE_LOG, correction_years};

/// `log` in `corrections.html`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CorrectionsView {
    /// The year of this page; nothing on the first page.
    pub title: String,
    /// How many corrections the stretch of time has that the page is about.
    pub total: usize,
    /// Whether only the newest are shown, and the rest stands under the divisions.
    pub newest_only: bool,
    /// The corrections of this page by year: the newest first on the first page, in the order
    /// they were made on the page of a year.
    pub years: Vec<CorrectionYear>,
    /// The years of the whole log, newest first, with how many corrections each has: on the first
    /// page alone.
    pub divisions: Vec<Division>,
    /// The numbered parts of a year, where there are several.
    pub parts: Vec<Link>,
    /// The year before that has any.
    pub previous: Option<Link>,
    /// The year after.
    pub next: Option<Link>,
    /// The retractions of the whole log, newest first: on the first page alone.
    pub retractions: Vec<LoggedCorrection>,
    /// The page that states the corrections policy.
    pub policy: Option<Link>,
    /// The feed of corrections.
    pub feed: Option<String>,
}

/// The corrections of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CorrectionYear {
    /// The year as the page writes it.
    pub label: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// Its corrections.
    pub corrections: Vec<LoggedCorrection>,
}

/// A correction in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LoggedCorrection {
    /// When it was made.
    pub date: Option<Shared<DateView>>,
    /// What was wrong and what is right.
    pub text: String,
    /// `correction`, `clarification`, `update` or `retraction`.
    pub kind: String,
    /// The headline of the article.
    pub title: String,
    /// The page of the article, at the correction.
    pub url: String,
    /// When the article was published.
    pub published: Option<Shared<DateView>>,
    /// The language of the article.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
}

/// How many retractions the first page names.
const RETRACTIONS: usize = 50;

const ROOT: &str = "/corrections/";

impl Stage<'_> {
    pub(super) fn corrections_log(&self, place: &Place) -> Result<String, Diagnostic> {
        let view = if *place == Place::ALL {
            self.whole_log()
        } else {
            self.year_of_log(place)
        };
        let heading = self.words.text("corrections").to_owned();
        let title = if view.title.is_empty() {
            heading.clone()
        } else {
            self.labelled(&heading, &view.title)
        };
        let title = self.in_parts(title, place.part);
        let count = self.words.say("notes", view.total, &[]);
        let description = self.labelled(&title, &count);
        let mut head = self.head("corrections", title.clone(), description);
        head.json_ld = Some(json_ld::collection(self, &title, None));
        if let Some(feed) = self.scene.site.corrections_feed() {
            head.feeds.insert(0, self.feed(heading.clone(), &feed.url));
        }
        if *place != Place::ALL {
            head.breadcrumbs = vec![self.crumb(heading, ROOT)];
        }
        self.fill("corrections.html", head, "log", &view)
    }

    /// The first page: all of a short log, the newest of a long one.
    fn whole_log(&self) -> CorrectionsView {
        let archive = self.scene.archive;
        let log = &self.scene.site.corrections;
        let divided = log.len() > WHOLE_LOG;
        let shown = log.iter().rev().copied();
        let shown = shown.take(if divided { NEWEST } else { log.len() });
        let years = self.log_years(shown);
        let divisions = correction_years(archive, log).into_iter().rev();
        let divisions = divisions.map(|(place, range)| Division {
            label: self.log_label(&place),
            url: if divided {
                self.link.to(&format!("{ROOT}{}", place.path()))
            } else {
                format!("#{}", year_anchor(place.year))
            },
            count: range.len(),
        });
        let retractions = log.iter().rev().filter(|logged| {
            let correction = logged.correction(archive);
            correction.is_some_and(|correction| correction.kind == "retraction")
        });
        CorrectionsView {
            title: String::new(),
            total: log.len(),
            newest_only: divided,
            years,
            divisions: divisions.collect(),
            parts: Vec::new(),
            previous: None,
            next: None,
            retractions: retractions
                .filter_map(|logged| self.logged(*logged))
                .take(RETRACTIONS)
                .collect(),
            policy: self.corrections_policy(),
            feed: self.log_feed(),
        }
    }

    /// The page of a year, or of what has no date.
    fn year_of_log(&self, place: &Place) -> CorrectionsView {
        let log = &self.scene.site.corrections;
        let all = correction_years(self.scene.archive, log);
        let here = Place { part: 1, ..*place };
        let at = all.iter().position(|(year, _)| *year == here);
        let range = at
            .and_then(|at| all.get(at))
            .map(|(_, range)| range.clone());
        let range = range.unwrap_or_default();
        let most = self.scene.config.settings.shelves.most.max(1);
        let parts = range.len().div_ceil(most);
        let start = range.start + (place.part - 1) * most;
        let shown = log.get(start..(start + most).min(range.end));
        let url = |place: &Place| format!("{ROOT}{}", place.path());
        let beside = |index: Option<usize>| {
            let (place, _) = all.get(index?)?;
            Some(self.crumb(self.log_label(place), &url(place)))
        };
        let part_link = |part: usize| self.crumb(self.number(part), &url(&Place { part, ..here }));
        CorrectionsView {
            title: self.log_label(place),
            total: range.len(),
            newest_only: false,
            years: self.log_years(shown.unwrap_or_default().iter().copied()),
            divisions: Vec::new(),
            parts: if parts > 1 {
                (1..=parts).map(part_link).collect()
            } else {
                Vec::new()
            },
            previous: beside(at.and_then(|at| at.checked_sub(1))),
            next: beside(at.map(|at| at + 1)),
            retractions: Vec::new(),
            policy: self.corrections_policy(),
            feed: self.log_feed(),
        }
    }

    fn log_years(&self, shown: impl Iterator<Item = Logged>) -> Vec<CorrectionYear> {
        let archive = self.scene.archive;
        let mut years: Vec<CorrectionYear> = Vec::new();
        for logged in shown {
            let Some(view) = self.logged(logged) else {
                continue;
            };
            let place = logged.place(archive);
            let anchor = year_anchor(place.year);
            match years.last_mut() {
                Some(last) if last.anchor == anchor => last.corrections.push(view),
                _ => years.push(CorrectionYear {
                    label: self.log_label(&place),
                    anchor,
                    corrections: vec![view],
                }),
            }
        }
        years
    }

    fn logged(&self, logged: Logged) -> Option<LoggedCorrection> {
        let correction = logged.correction(self.scene.archive)?;
        let content = &self.scene.archive.article(logged.article).content;
        let article = self
            .link
            .to(&self.scene.site.of_article(logged.article).url);
        let language = self.language(content.language.as_deref());
        Some(LoggedCorrection {
            date: correction.date.as_ref().map(|date| self.date(date)),
            text: self.set(&correction.text, &language),
            kind: correction.kind.to_owned(),
            title: self.set(&content.title, &language),
            url: format!("{article}#{}", logged.anchor()),
            published: content.date.as_ref().map(|date| self.date(date)),
            direction: self.scene.theme.direction(&language).to_owned(),
            language,
        })
    }

    fn log_label(&self, place: &Place) -> String {
        let year = place.year.map(|year| self.words.stretch(year, None, None));
        year.unwrap_or_else(|| self.words.text("undated").to_owned())
    }

    fn log_feed(&self) -> Option<String> {
        let feed = self.scene.site.corrections_feed()?;
        Some(self.link.to(&feed.url))
    }

    fn corrections_policy(&self) -> Option<Link> {
        let pages = &self.scene.archive.pages;
        let index = pages
            .iter()
            .position(|page| page.policy == Some("corrections"))?;
        let title = pages.get(index)?.title.clone();
        Some(self.crumb(title, &self.scene.site.of_text(index).url))
    }
}

fn year_anchor(year: Option<i16>) -> String {
    year.map_or("undated".to_owned(), |year| format!("year-{year}"))
}
