//! What templates are given: one typed, documented struct for each template. Together they are
//! the theme interface, version [`API`](super::theme::API).

mod article;
mod cards;
mod chart;
mod citation;
mod corrections;
mod coverage;
mod data;
mod day;
mod front;
mod index;
mod intersection;
mod map;
mod page;
mod picture;
mod shared;
mod shelf;
mod term;
mod time;
mod today;
mod tombstone;
mod translation;
mod tree;
mod years;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;
use tera::{Context, Tera};

use super::Scene;
use super::date_text::DateView;
use super::frames::{self, Frame};
use super::head::Head;
use super::link::Linker;
use super::theme::Voice;
use crate::archive::{Term, TermId};
use crate::config::{Config, Taxonomy};
use crate::content::typography;
use crate::diagnostics::{Code, Diagnostic};
use crate::language::{self, Language};
use crate::site::{Page, PageId, PageKind};

pub use article::{ArticleView, CorrectionView, RelatedView, TermGroup};
pub(super) use cards::Cards;
pub use chart::{Bar, ChartLabel, ChartView};
pub use citation::{CitationFile, CitationStyle, CitationView};
pub use corrections::{CorrectionYear, CorrectionsView, LoggedCorrection};
pub use coverage::{CoverageView, CoverageYear, GapView, LackCount, SilenceView};
pub use data::{DataColumn, DataTable, DataTermsView, DataView, DataYearView};
pub use day::{DaySection, DayView};
pub use front::{DayCount, Door, FrontView, MonthDays, OnThisDayView, YearGroup};
pub use index::{LetterGroup, TermIndexView};
pub use intersection::IntersectionView;
pub use map::{Dot, LocatorMap, NearbyPlace, Symbol, WorldMap};
pub use page::{Feed, HeadLink, Joints, Meta, PageView};
pub use picture::PictureView;
pub use shared::Shared;
pub use shelf::{Division, ShelfView};
pub use term::{Companion, Identifier, TermView, YearCount};
pub(super) use term::{NEARBY, WITHIN, identifiers};
pub use time::{DayCell, MonthStrip, MonthView, Weekday, YearView};
pub use today::TodayView;
pub use tombstone::TombstoneView;
pub use translation::TranslationView;
pub use tree::Branch;
pub use years::{Decade, MonthCell, MonthName, YearRow, YearsView};

/// `site` in every template: what is the same on all pages.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SiteView {
    /// The name of the archive.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Its language.
    pub language: String,
    /// Where it is, without a last slash.
    pub base_url: String,
    /// Who publishes it.
    pub publisher: String,
    /// The notice of rights in all articles that have none of their own.
    pub rights: Option<String>,
    /// `[extra]` of `site.toml`.
    pub extra: serde_json::Value,
    /// The program and version that made the page.
    pub generator: String,
}

/// A link with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// Its text.
    pub label: String,
    /// Its address.
    pub url: String,
    /// Whether it leads to this page.
    pub current: bool,
}

/// A term as it is named on other pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermLink {
    /// Its name.
    pub name: String,
    /// Its page; nothing for one that is kept without.
    pub url: Option<String>,
    /// The name of its taxonomy.
    pub taxonomy: String,
    /// `ltr` or `rtl`, where the name runs the other way than the page.
    pub direction: Option<&'static str>,
    /// A few words that tell it from its namesakes.
    pub description: Option<String>,
    /// How many articles, where that matters.
    pub count: Option<usize>,
    /// The page of the articles that it shares with the term of this page, where there is one.
    pub with: Option<String>,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Card<'a> {
    /// Its headline.
    pub title: Cow<'a, str>,
    /// Its page.
    pub url: String,
    /// When it was published, as far as that is known.
    pub date: Option<Shared<DateView>>,
    /// The line below its headline.
    pub deck: Option<Cow<'a, str>>,
    /// Its beginning.
    pub summary: Cow<'a, str>,
    /// Its kind, where it has one: `opinion`.
    pub kind: Option<&'a str>,
    /// Its authors.
    pub byline: Vec<&'a str>,
    /// Its section.
    pub section: Option<&'a str>,
    /// Its language.
    pub language: &'a str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

/// Puts what is the same on all pages into the templates once.
pub(super) fn set_site(tera: &mut Tera, config: &Config) {
    let settings = &config.settings;
    let site = SiteView {
        title: settings.title.clone(),
        description: settings.description.clone(),
        language: settings.language.clone(),
        base_url: config.base_url.absolute(""),
        publisher: settings
            .publisher
            .clone()
            .unwrap_or_else(|| settings.title.clone()),
        rights: settings
            .rights
            .statement
            .clone()
            .or_else(|| settings.rights.license.clone()),
        extra: serde_json::to_value(&settings.extra).unwrap_or_default(),
        generator: format!("morgue {}", env!("CARGO_PKG_VERSION")),
    };
    tera.global_context().insert("site", &site);
}

/// The HTML of a page.
pub(super) fn html(scene: &Scene<'_>, id: PageId) -> Result<String, Diagnostic> {
    let page = scene.site.page(id);
    let voice = scene.theme.voice(content_language(scene, page));
    let stage = Stage {
        scene,
        id,
        page,
        link: scene.linker(page),
        voice,
        words: &voice.language,
        frame: scene.frames.of(voice),
    };
    match &page.kind {
        PageKind::Front => stage.front(),
        PageKind::Article(id) => stage.article(*id),
        PageKind::Shelf(shelf) => stage.shelf(shelf),
        PageKind::OnThisDay(month, day) => stage.on_this_day(*month, *day),
        PageKind::Years => stage.years_page(),
        PageKind::Coverage => stage.coverage_page(),
        PageKind::OnThisDayIndex => stage.on_this_day_index(),
        PageKind::TermIndex(taxonomy) => stage.term_index(*taxonomy),
        PageKind::TermLetter(of) => stage.term_letter(of.taxonomy, &of.letter, of.part),
        PageKind::Text(index) => stage.text_page(*index),
        PageKind::Corrections(place) => stage.corrections_log(place),
        PageKind::Data => stage.data(),
        PageKind::Tombstone(index) => stage.tombstone(*index),
        PageKind::Redirect(to) => stage.redirect(scene.site.page(*to)),
        _ => stage.not_found(),
    }
}

/// The language of what a page shows, where it names one itself.
fn content_language<'a>(scene: &Scene<'a>, page: &Page) -> Option<&'a str> {
    match &page.kind {
        PageKind::Article(id) => scene.archive.article(*id).content.language.as_deref(),
        PageKind::Text(index) => scene.archive.pages.get(*index)?.language.as_deref(),
        PageKind::Tombstone(index) => scene.archive.removed.get(*index)?.language(),
        _ => None,
    }
}

/// One page being made.
pub(super) struct Stage<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) id: PageId,
    pub(super) page: &'a Page,
    pub(super) link: Linker<'a>,
    /// The templates in the language that the page is framed in.
    pub(super) voice: &'a Voice,
    /// That language.
    pub(super) words: &'a Language,
    /// What all pages in it have in common.
    pub(super) frame: &'a Frame,
}

impl Stage<'_> {
    /// Fills a template with the page's head and one more value.
    fn fill<T: Serialize>(
        &self,
        template: &str,
        head: Head,
        key: &'static str,
        value: &T,
    ) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        let what = self.what();
        let page = self.page_view(head);
        let put =
            |context: &mut Context, key: &'static str, value: Result<tera::Value, tera::Error>| {
                value
                    .map(|value| context.insert_value(key, value))
                    .map_err(|error| {
                        Diagnostic::new(
                            Code::BadTemplate,
                            format!("the page of {what} cannot be made: {error}"),
                        )
                    })
            };
        put(
            &mut context,
            "page",
            tera::Value::try_from_serializable(&page),
        )?;
        put(&mut context, key, tera::Value::try_from_serializable(value))?;
        let theme = self.scene.theme;
        let filled = theme.fill(self.voice, template, &context, &what);
        filled.map(super::without_controls)
    }

    /// What an editor would call this page.
    fn what(&self) -> String {
        match &self.page.kind {
            PageKind::Article(id) => {
                let file = &self.scene.archive.article(*id).content.file;
                crate::content::shown(self.scene.config, file).into_string()
            }
            _ => self.page.url.to_string(),
        }
    }

    pub(in crate::render) fn language(&self, own: Option<&str>) -> String {
        own.unwrap_or(&self.scene.config.settings.language)
            .to_owned()
    }

    /// The name of a taxonomy in headings: the site's own, else that of the page's language.
    pub(super) fn label<'b>(&'b self, taxonomy: &'b Taxonomy) -> &'b str {
        frames::label(taxonomy, self.words)
    }

    /// What one term of a taxonomy is called.
    pub(super) fn singular<'b>(&'b self, taxonomy: &'b Taxonomy) -> &'b str {
        let key = match taxonomy.name.as_str() {
            _ if taxonomy.own_singular => return &taxonomy.singular,
            "people" => "person",
            "places" => "place",
            "topics" => "topic",
            "authors" => "author",
            "sections" => "section",
            _ => "one_series",
        };
        self.words.text(key)
    }

    /// A label and what it stands for, with the colon of the language between them.
    pub(super) fn labelled(&self, label: &str, value: &str) -> String {
        let label = self.words.say("label", 0, &[("label", label)]);
        format!("{label} {value}")
    }

    /// `12 articles`.
    pub(super) fn articles(&self, count: usize) -> String {
        self.words.say("articles", count, &[])
    }

    /// The name of a term with typographic marks.
    pub(super) fn name(&self, term: &Term) -> String {
        self.set(&term.name, &self.scene.config.settings.language)
    }

    /// A headline, deck or caption with typographic marks, where the site wants them.
    pub(in crate::render) fn set(&self, text: &str, language: &str) -> String {
        if self.scene.config.settings.markdown.smart {
            typography::set(text, language).into_owned()
        } else {
            text.to_owned()
        }
    }

    /// A number as the page writes it.
    pub(super) fn number(&self, number: usize) -> String {
        self.words.number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A date as the page writes it.
    pub(super) fn date(&self, date: &crate::content::Date) -> Shared<DateView> {
        self.scene.frames.date(date, self.voice)
    }

    /// A term as it is named on this page.
    fn named(&self, id: TermId) -> Shared<TermLink> {
        let make = || Shared::new(&self.term_link(id, None));
        self.frame.term(id, make).unwrap_or_else(make)
    }

    /// A term as it is named on this page, with how many articles.
    fn term_link(&self, id: TermId, count: Option<usize>) -> TermLink {
        let archive = self.scene.archive;
        let term = archive.term(id);
        TermLink {
            name: self.name(term),
            url: self
                .scene
                .site
                .of_term(id)
                .map(|page| self.link.to(&page.url)),
            taxonomy: archive.taxonomy_of(id).name.clone(),
            direction: language::direction_of(&term.name)
                .filter(|direction| *direction != self.words.direction()),
            description: term
                .record
                .as_ref()
                .and_then(|record| record.description.clone()),
            count,
            with: None,
        }
    }

    fn crumb(&self, label: impl Into<String>, url: &str) -> Link {
        Link {
            label: label.into(),
            url: self.link.to(url),
            current: *self.page.url == *url,
        }
    }
}
