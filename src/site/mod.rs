//! Stage 3: which pages the site has, and where each one lives.
//!
//! Takes the [`Archive`], gives a [`Site`]: every output path, unique, with the page that fills
//! it. Two pages that want one path are reported here, before anything is rendered, so that no
//! later stage can overwrite. Links of bodies are resolved here too, because only here is it known
//! what there is to link to.

mod corrections;
mod data;
mod dead_links;
mod files;
pub mod hosting;
pub mod ledger;
mod links;
mod permalink;
mod plan;
mod shelf;

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::archive::{Archive, ArticleId, TermId};
use crate::config::Config;
use crate::diagnostics::Diagnostics;

pub use corrections::Logged;
pub(crate) use corrections::{NEWEST, WHOLE_LOG, anchor, years as correction_years};
use files::Files;

pub use data::{DataFile, DataPlan, DataTerms, DataYear};
pub(crate) use data::{in_data, of_taxonomy, of_year, term_in_data};
pub use dead_links::check as check_links;
pub use links::{Owner, Resolved};
pub(crate) use links::{body_line, span as link_span};
pub use permalink::{encode, file_of, relative};
pub(crate) use plan::{LONG_INDEX, in_feeds, letter_url, letters, news};
pub use shelf::{Place, Shelf, ShelfOf};
pub(crate) use shelf::{articles, beside, divisions, root};

/// A page of the site: its place in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// What fills a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// The front page.
    Front,
    /// An article.
    Article(ArticleId),
    /// Articles by date: of the whole archive, of a term, or of two terms.
    Shelf(Box<Shelf>),
    /// One day through the years: month and day.
    OnThisDay(i8, i8),
    /// The days of all years.
    OnThisDayIndex,
    /// All years and months of the archive.
    Years,
    /// What the archive lacks.
    Coverage,
    /// The terms of a taxonomy, A–Z.
    TermIndex(usize),
    /// The terms of a taxonomy that begin with a letter.
    TermLetter(Box<Letter>),
    /// A page that is not an article: its place in the archive's pages.
    Text(usize),
    /// What a host shows for an address that is not there.
    NotFound,
    /// The newest articles, as Atom.
    Feed,
    /// The newest articles, as JSON Feed.
    JsonFeed,
    /// All articles of a year, as an archive document (RFC 5005 §4).
    YearFeed(i16),
    /// The newest articles of a term, as Atom.
    TermFeed(TermId),
    /// The corrections log, or a year of it.
    Corrections(Place),
    /// The newest corrections, as Atom.
    CorrectionsFeed,
    /// What data files there are.
    Data,
    /// A data file.
    DataFile(DataFile),
    /// The index of the sitemaps.
    SitemapIndex,
    /// One sitemap: its place in [`Site::sitemaps`].
    Sitemap(usize),
    /// Articles of the last two days, for news crawlers.
    NewsSitemap,
    /// What crawlers are told.
    Robots,
    /// Stands in the place of a removed article: its place in the archive's removed ones.
    Tombstone(usize),
    /// Sends an old address to a page.
    Redirect(PageId),
    /// A file of rules for a host.
    HostFile(Box<hosting::HostFile>),
    /// A file of `static/`: its place in the archive's statics.
    Static(usize),
    /// A file beside an article, seen from the content root.
    Asset(Box<Utf8Path>),
    /// A file of the theme, seen from its `static/` folder.
    ThemeFile(Box<str>),
}

/// The terms of a taxonomy that begin with one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The index of the taxonomy.
    pub taxonomy: usize,
    /// The letter.
    pub letter: String,
    /// The numbered part of them, from 1.
    pub part: usize,
}

impl PageKind {
    /// The file of an address that this kind of page fills: one that is copied, or that holds
    /// data, keeps its name, whatever its ending. In two parts: what stands in the address, and
    /// what is added to it.
    fn file_parts<'a>(&self, url: &'a str) -> [&'a str; 2] {
        match self {
            PageKind::Static(_)
            | PageKind::Asset(_)
            | PageKind::ThemeFile(_)
            | PageKind::DataFile(_)
            | PageKind::HostFile(_) => [url.trim_start_matches('/'), ""],
            _ => permalink::file_parts(url),
        }
    }
}

/// One page: where it lives and what fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address from the root of the site, not percent-encoded: `/people/王芳/`.
    pub url: Box<str>,
    /// What fills it.
    pub kind: PageKind,
}

impl Page {
    /// Its file below the output folder: `people/王芳/index.html`.
    pub fn file(&self) -> String {
        self.file_parts().concat()
    }

    fn file_parts(&self) -> [&str; 2] {
        self.kind.file_parts(&self.url)
    }
}

/// The endings of addresses at which a browser expects a page, those of other programs' pages too.
const PAGE_ENDINGS: &[&str] = &[
    "html", "htm", "xhtml", "shtml", "php", "php3", "asp", "aspx", "jsp", "cfm", "cgi", "pl", "do",
];

/// The pages of one sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitemap {
    /// The page of the sitemap itself.
    pub page: PageId,
    /// The pages it lists.
    pub lists: Vec<PageId>,
}

/// Every page of the site.
#[derive(Debug, Default)]
pub struct Site {
    /// The pages.
    pub pages: Vec<Page>,
    /// The sitemaps.
    pub sitemaps: Vec<Sitemap>,
    /// The articles of each day of the year, undated and partly dated ones aside.
    pub days: Vec<((i8, i8), Vec<ArticleId>)>,
    /// The data files of the whole archive.
    pub data: DataPlan,
    /// Every correction, undated ones first, then oldest to newest.
    pub corrections: Vec<Logged>,
    /// What the plan made of the ledger.
    pub ledger: ledger::Settled,
    /// What hosts are told.
    pub hosting: hosting::Hosting,
    /// Old addresses with a query, which only some hosts can redirect.
    queries: Vec<(Box<str>, PageId)>,
    icon: Option<PageId>,
    corrections_page: Option<PageId>,
    corrections_feed: Option<PageId>,
    files: Files,
    articles: Vec<PageId>,
    /// Every article, as the shelf of the whole archive.
    every: Vec<ArticleId>,
    terms: Vec<Option<PageId>>,
    /// Sorted.
    pairs: Vec<((TermId, TermId), PageId)>,
    years: Option<PageId>,
    coverage: Option<PageId>,
    texts: Vec<PageId>,
    tombstones: Vec<PageId>,
    feeds: HashMap<TermId, PageId>,
    tables: HashMap<TermId, PageId>,
    /// The pages of texts and records by their files; the archive knows those of articles.
    sources: HashMap<Box<str>, PageId>,
    assets: HashMap<(PageId, Utf8PathBuf), PageId>,
}

impl Site {
    /// Plans every page. `theme_files` are the files that the theme brings, seen from its
    /// `static/` folder; `now` is the build's clock, for the news sitemap alone.
    pub fn plan(
        archive: &Archive,
        config: &Config,
        theme_files: &[String],
        now: jiff::Timestamp,
    ) -> (Site, Diagnostics) {
        plan::plan(archive, config, theme_files, now)
    }

    /// The page of an id.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// Every page, in the order of the plan.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = PageId> {
        (0..u32::try_from(self.pages.len()).unwrap_or(u32::MAX)).map(PageId)
    }

    /// The page of an article.
    pub fn of_article(&self, id: ArticleId) -> &Page {
        self.page(self.articles[id.0 as usize])
    }

    /// The id of the page of an article.
    pub fn page_of_article(&self, id: ArticleId) -> Option<PageId> {
        self.articles.get(id.0 as usize).copied()
    }

    /// The id of the page of a term; `None` for one that is kept without.
    pub fn page_of_term(&self, id: TermId) -> Option<PageId> {
        self.terms.get(id.0 as usize).copied().flatten()
    }

    /// The page of a term; `None` for one that is kept without.
    pub fn of_term(&self, id: TermId) -> Option<&Page> {
        self.terms[id.0 as usize].map(|page| self.page(page))
    }

    /// The page of what two terms share, in either order, where they share enough for one.
    pub fn of_pair(&self, a: TermId, b: TermId) -> Option<&Page> {
        let pair = (a.min(b), a.max(b));
        let at = self.pairs.binary_search_by_key(&pair, |(pair, _)| *pair);
        let (_, page) = self.pairs.get(at.ok()?)?;
        Some(self.page(*page))
    }

    /// Every two terms that have a page of what they share, sorted.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = (TermId, TermId)> {
        self.pairs.iter().map(|(pair, _)| *pair)
    }

    /// All years and months; `None` without a dated article, or where a page of the site's own
    /// has the address.
    pub fn years(&self) -> Option<&Page> {
        self.years.map(|page| self.page(page))
    }

    /// What the archive lacks; `None` where a page of the site's own has the address.
    pub fn coverage(&self) -> Option<&Page> {
        self.coverage.map(|page| self.page(page))
    }

    /// Every article, undated ones first, then oldest to newest: the shelf of the whole archive.
    pub fn every(&self) -> &[ArticleId] {
        &self.every
    }

    /// The page of a text page.
    pub fn of_text(&self, index: usize) -> &Page {
        self.page(self.texts[index])
    }

    /// The feed of a term, where it has one.
    pub fn feed_of(&self, id: TermId) -> Option<&Page> {
        self.feeds.get(&id).map(|page| self.page(*page))
    }

    /// The table of a term's articles, where it has one.
    pub fn table_of(&self, id: TermId) -> Option<&Page> {
        self.tables.get(&id).map(|page| self.page(*page))
    }

    /// The corrections log, where it is morgue's own page.
    pub fn corrections_log(&self) -> Option<&Page> {
        self.corrections_page.map(|page| self.page(page))
    }

    /// The feed of corrections.
    pub fn corrections_feed(&self) -> Option<&Page> {
        self.corrections_feed.map(|page| self.page(page))
    }

    /// The icon that browsers show beside the name of a page, where `static/` has one.
    pub fn icon(&self) -> Option<&Page> {
        self.icon.map(|page| self.page(page))
    }

    /// The page that a file of the output folder holds.
    pub fn at_file(&self, file: &str) -> Option<PageId> {
        self.at_parts([file, ""])
    }

    fn at_parts(&self, file: [&str; 2]) -> Option<PageId> {
        self.files.find(&self.pages, file)
    }

    /// The page at an address from the root of the site, as a static host would find it.
    pub fn at(&self, path: &str) -> Option<PageId> {
        let bare = path.trim_start_matches('/');
        if bare.is_empty() || bare.ends_with('/') {
            return self.at_parts([bare, "index.html"]);
        }
        self.at_file(bare)
            .or_else(|| self.at_parts([bare, "/index.html"]))
    }

    /// The page of a file of texts or records, seen from the content root.
    fn of_file(&self, file: &str) -> Option<PageId> {
        self.sources.get(file).copied()
    }

    /// Whether a page can stand at an old address to redirect from it: one that browsers show as
    /// a page, where nothing else of the site is or would lie inside it.
    fn can_redirect(&self, from: &str) -> bool {
        let [path, added] = permalink::file_parts(from);
        let is_page = !added.is_empty() || path.ends_with(".html") || path.ends_with(".htm");
        let shown_as_page = path
            .rsplit('/')
            .next()
            .and_then(|last| last.rsplit_once('.'))
            .is_none_or(|(_, ending)| PAGE_ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(ending)));
        if from.contains('?') || !is_page || !shown_as_page {
            return false;
        }
        let file = [path, added].concat();
        let above = file
            .match_indices('/')
            .filter_map(|(end, _)| file.get(..end));
        let mut places = above.chain([&*file]);
        !places.any(|place| self.at_file(place).is_some())
    }

    /// A page more.
    ///
    /// # Errors
    /// The page that fills its file already, and this one.
    fn add_page(&mut self, page: Page) -> Result<PageId, (PageId, Page)> {
        self.files.add(&mut self.pages, page)
    }

    /// Whether there is a page at an address: those of years and days are formed, not looked up.
    pub fn has(&self, url: &str) -> bool {
        let bare = url.trim_start_matches('/');
        self.at_file(bare).is_some() || self.at_parts(permalink::file_parts(url)).is_some()
    }
}
