//! What each page is made from, as digests. A page whose digest is that of the last build comes
//! out the same, so it need not be made again.
//!
//! A digest takes in all that a page can show and often more, never less: what it takes in too
//! much costs a page made in vain, which then turns out to be unchanged. A page of which nobody
//! could say that has no digest, and is always made.

mod articles;
mod near;
mod related;
mod terms;

use rayon::prelude::*;
use related::Chosen;

use super::Scene;
use crate::archive::{ArticleId, TermId};
use crate::cache::Cache;
use crate::digest::{Digest, Digester};
use crate::site::{self, DataFile, PageId, PageKind, Place, Shelf, ShelfOf, Sitemap};

/// What the pages of a site are made from.
#[derive(Debug)]
pub struct Inputs<'a> {
    scene: Scene<'a>,
    cache: &'a Cache,
    /// What every page shows, or may.
    frame: Digest,
    /// Each article as far as it relates to others; none where nothing is related.
    relating: Vec<Digest>,
    /// Each article as lists show it and as its own page shows it, its neighbours aside.
    articles: Vec<Digest>,
    /// Those of all articles before each, so that any stretch is a difference of two.
    before: Vec<Digest>,
    /// What the related articles of each are chosen from; none where nothing is related.
    near: Vec<Digest>,
    chosen: Chosen,
    /// Each term as other pages name it.
    names: Vec<Digest>,
    /// Each term with its articles and all else that its pages show.
    terms: Vec<Digest>,
    /// What every two terms share that have a page of it, sorted.
    pairs: Vec<((TermId, TermId), Digest)>,
    /// The years that have a feed, each of which names the next.
    years: Digest,
    /// Where everything stands and when it changed, whatever it says.
    filed: Digest,
    /// Everything.
    whole: Digest,
}

impl<'a> Inputs<'a> {
    /// Works out everything that pages have in common.
    pub fn new(scene: Scene<'a>, cache: &'a Cache) -> Inputs<'a> {
        let mut inputs = Inputs {
            frame: frame(&scene),
            scene,
            cache,
            relating: Vec::new(),
            articles: Vec::new(),
            before: Vec::new(),
            near: Vec::new(),
            chosen: Chosen::default(),
            names: terms::names(&scene),
            terms: Vec::new(),
            pairs: Vec::new(),
            years: years_with_feeds(&scene),
            filed: Digest::default(),
            whole: Digest::default(),
        };
        let articles = scene.archive.ids().collect::<Vec<_>>();
        let relating = articles
            .par_iter()
            .map(|id| inputs.an_article_relating(*id));
        inputs.relating = relating.collect();
        let articles = articles.into_par_iter().map(|id| inputs.an_article(id));
        inputs.articles = articles.collect();
        inputs.before = sums(inputs.articles.iter().copied());
        inputs.near = near::near(&inputs);
        if scene.frames.has_related() {
            inputs.chosen = Chosen::load(&inputs);
        } else {
            inputs.relating = Vec::new();
        }
        let partners = terms::partners(&scene, &inputs.names);
        let terms = (0..scene.archive.terms.len()).into_par_iter();
        let terms = terms.map(|index| inputs.a_term(term_id(index), partners[index]));
        inputs.terms = terms.collect();
        inputs.pairs = inputs.all_pairs();
        inputs.filed = inputs.all_filed();
        inputs.whole = inputs.everything();
        inputs
    }

    /// Remembers what is not to be found out again by the next build, once that was asked for all
    /// pages.
    pub fn store(&self) {
        self.store_related();
    }

    /// What a page is made from; `None` for one that has to be made to know.
    pub fn of(&self, id: PageId) -> Option<Digest> {
        let page = self.scene.site.page(id);
        let mut parts = Digester::new().digest(self.frame).text(&page.url);
        match &page.kind {
            // What these show depends on the day, or on files that only they read.
            PageKind::Front
            | PageKind::NewsSitemap
            | PageKind::ThemeFile(_)
            | PageKind::HostFile(_) => return None,
            PageKind::Static(_) | PageKind::Asset(_) => parts.push(self.file(id)?),
            PageKind::Article(article) => self.article_page(*article, &mut parts),
            PageKind::Shelf(shelf) => self.shelf(shelf, &mut parts),
            PageKind::OnThisDay(month, day) => self.on_this_day((*month, *day), &mut parts),
            PageKind::Text(index) => self.text_page(*index, id, &mut parts),
            PageKind::TermFeed(term) => parts.push(self.term(*term)),
            PageKind::YearFeed(year) => {
                parts.push(self.years);
                let year = site::of_year(self.scene.archive, Some(*year));
                parts.push(self.set(year));
            }
            PageKind::DataFile(file) => parts.push(self.data_file(*file)),
            PageKind::Sitemap(index) => {
                let sitemap = self.scene.site.sitemaps.get(*index);
                parts.push(sitemap.map_or(self.filed, |sitemap| self.sitemap(sitemap)));
            }
            PageKind::Redirect(to) => parts.push_text(&self.scene.site.page(*to).url),
            PageKind::Tombstone(index) => {
                let removed = self.scene.archive.removed.get(*index);
                let mark = removed.map(|tombstone| tombstone.content.mark);
                parts.push(mark.unwrap_or_default());
            }
            PageKind::Robots => {}
            PageKind::OnThisDayIndex
            | PageKind::Years
            | PageKind::Coverage
            | PageKind::NotFound
            | PageKind::Feed
            | PageKind::JsonFeed
            | PageKind::Corrections(_)
            | PageKind::CorrectionsFeed
            | PageKind::Data => parts.push(self.whole),
            PageKind::TermIndex(_) | PageKind::TermLetter(..) | PageKind::SitemapIndex => {
                parts.push(self.filed);
            }
        }
        Some(parts.finish())
    }

    fn shelf(&self, shelf: &Shelf, parts: &mut Digester) {
        let archive = self.scene.archive;
        match shelf.of {
            ShelfOf::Term(term) if shelf.place == Place::ALL => parts.push(self.term(term)),
            // A stretch of it shows the articles of that alone, and what lies beside it.
            ShelfOf::Term(term) => {
                let ids = &archive.term(term).articles;
                parts.push(self.name(term));
                let articles = ids.get(shelf.holds.clone()).unwrap_or_default();
                parts.push(self.set(articles.iter().copied()));
                parts.push_number(shelf.parts);
                self.beside(ids, shelf, parts);
            }
            ShelfOf::Pair(a, b) => {
                parts.push(self.name(a));
                parts.push(self.name(b));
                parts.push(self.pair((a, b)));
            }
            ShelfOf::Archive => {
                parts.push(self.stretch(shelf.holds.clone()));
                self.beside(self.scene.site.every(), shelf, parts);
            }
        }
    }

    /// The stretches of the same width on both sides.
    fn beside(&self, ids: &[ArticleId], shelf: &Shelf, parts: &mut Digester) {
        let (before, after) = site::beside(self.scene.archive, ids, shelf);
        for place in [before, after] {
            parts.push_text(&place.map_or_else(String::new, |place| place.path()));
        }
    }

    fn on_this_day(&self, day: (i8, i8), parts: &mut Digester) {
        for (other, ids) in &self.scene.site.days {
            parts.push_number(usize::from(other.0.unsigned_abs()));
            parts.push_number(usize::from(other.1.unsigned_abs()));
            if *other == day {
                parts.push(self.set(ids.iter().copied()));
            }
        }
    }

    fn text_page(&self, index: usize, page: PageId, parts: &mut Digester) {
        let Some(text) = self.scene.archive.pages.get(index) else {
            return;
        };
        parts.push(text.mark);
        let owner = site::Owner {
            page,
            file: &text.file,
            headings: &text.headings,
        };
        self.references(&owner, &text.references, parts);
    }

    fn data_file(&self, file: DataFile) -> Digest {
        let archive = self.scene.archive;
        match file {
            DataFile::Articles(year) | DataFile::ArticlesJsonl(year) | DataFile::Mentions(year) => {
                self.set(site::of_year(archive, year))
            }
            DataFile::TermArticles(term) => self.term(term),
            DataFile::Terms(_) => self.filed,
            DataFile::Package => self.whole,
        }
    }

    /// A sitemap of articles and their shelves depends on those alone, another on all shelves; and
    /// none on a word of what stands there.
    fn sitemap(&self, sitemap: &Sitemap) -> Digest {
        let mut parts = Digester::new();
        for id in &sitemap.lists {
            let page = self.scene.site.page(*id);
            match &page.kind {
                PageKind::Article(article) => parts.push(self.article(*article)),
                PageKind::Shelf(shelf) if shelf.of == ShelfOf::Archive => {
                    parts.push_text(&page.url);
                    parts.push(self.stretch(shelf.holds.clone()));
                }
                _ => return self.filed,
            }
        }
        parts.finish()
    }

    /// A file that is copied: by how it looks, or by what it holds where that is too new to be
    /// trusted. `None` for one that cannot be read.
    fn file(&self, id: PageId) -> Option<Digest> {
        let path = super::source(&self.scene, &self.scene.site.page(id).kind)?;
        let identity = self.cache.identity(&path).ok()?;
        if identity.is_certain() {
            let mut parts = Digester::new();
            parts.push_value(&identity);
            return Some(parts.finish());
        }
        Some(Digest::of(&std::fs::read(path).ok()?))
    }

    fn relating(&self, id: ArticleId) -> Digest {
        let known = self.relating.get(id.0 as usize);
        known.copied().unwrap_or_default()
    }

    fn article(&self, id: ArticleId) -> Digest {
        let known = self.articles.get(id.0 as usize);
        known.copied().unwrap_or_default()
    }

    fn name(&self, id: TermId) -> Digest {
        self.names.get(id.0 as usize).copied().unwrap_or_default()
    }

    fn term(&self, id: TermId) -> Digest {
        self.terms.get(id.0 as usize).copied().unwrap_or_default()
    }

    fn all_pairs(&self) -> Vec<((TermId, TermId), Digest)> {
        let pairs: Vec<(TermId, TermId)> = self.scene.site.pairs().collect();
        let take = |shared: &mut Digest, id| *shared = shared.with(self.article(id));
        let shared = self.scene.archive.gather(&pairs, take);
        pairs.into_iter().zip(shared).collect()
    }

    fn pair(&self, terms: (TermId, TermId)) -> Digest {
        let at = self.pairs.binary_search_by_key(&terms, |(pair, _)| *pair);
        let found = at.ok().and_then(|at| self.pairs.get(at));
        found.map_or(self.whole, |(_, shared)| *shared)
    }

    /// Some articles. Their order follows from what they are.
    fn set(&self, ids: impl Iterator<Item = ArticleId>) -> Digest {
        ids.fold(Digest::default(), |set, id| set.with(self.article(id)))
    }

    /// The articles of a stretch of the archive.
    fn stretch(&self, range: std::ops::Range<usize>) -> Digest {
        let until = |index: usize| self.before.get(index).copied().unwrap_or_default();
        until(range.end).without(until(range.start))
    }

    fn all_filed(&self) -> Digest {
        let archive = self.scene.archive;
        let mut parts = Digester::new();
        for article in &archive.articles {
            parts.push(article.content.filing);
        }
        self.names.iter().for_each(|name| parts.push(*name));
        for text in &archive.pages {
            parts.push(text.mark);
        }
        for page in &self.scene.site.pages {
            parts.push_text(&page.url);
        }
        parts.finish()
    }

    fn everything(&self) -> Digest {
        let mut parts = Digester::new().digest(self.filed);
        parts.push(self.stretch(0..self.articles.len()));
        self.terms.iter().for_each(|term| parts.push(*term));
        parts.finish()
    }
}

fn term_id(index: usize) -> TermId {
    TermId(u32::try_from(index).unwrap_or(u32::MAX))
}

fn years_with_feeds(scene: &Scene<'_>) -> Digest {
    let pages = scene.site.pages.iter();
    let feeds = pages.filter(|page| matches!(page.kind, PageKind::YearFeed(_)));
    feeds.fold(Digest::default(), |years, feed| {
        years.with(Digest::of(feed.url.as_bytes()))
    })
}

/// The sum of the first none, one, two … of these.
fn sums(digests: impl ExactSizeIterator<Item = Digest>) -> Vec<Digest> {
    let mut sums = Vec::with_capacity(digests.len() + 1);
    let mut sum = Digest::default();
    sums.push(sum);
    for digest in digests {
        sum = sum.with(digest);
        sums.push(sum);
    }
    sums
}

/// What stands around every page: the settings, the theme, the doors to the other parts.
fn frame(scene: &Scene<'_>) -> Digest {
    let (archive, site) = (scene.archive, scene.site);
    let mut parts = Digester::new()
        .digest(scene.config.fingerprint())
        .digest(scene.theme.fingerprint());
    for terms in &archive.shelves {
        parts.push_number(usize::from(terms.is_empty()));
    }
    for (index, text) in archive.pages.iter().enumerate() {
        parts.push_text(&text.title);
        parts.push_text(&site.of_text(index).url);
        parts.push_text(text.policy.unwrap_or_default());
        parts.push_text(text.language.as_deref().unwrap_or_default());
    }
    let data = site.data.page.map(|page| site.page(page));
    let pages = [
        site.years(),
        site.coverage(),
        site.corrections_log(),
        site.corrections_feed(),
        data,
        site.icon(),
    ];
    for page in pages {
        parts.push_text(page.map_or("", |page| &page.url));
    }
    parts.push_number(usize::from(site.days.is_empty()));
    for file in scene.theme.files() {
        parts.push_text(&file);
    }
    parts.finish()
}
