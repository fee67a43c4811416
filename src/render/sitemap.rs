//! Sitemaps (sitemaps.org), one for each year so that old ones never change, and `robots.txt`
//! (RFC 9309).

use std::sync::OnceLock;

use rayon::prelude::*;

use super::Scene;
use super::link::Linker;
use super::xml::Document;
use crate::archive::{ArticleId, TermId};
use crate::content::Date;
use crate::site::{PageId, PageKind, Place, Shelf, ShelfOf};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// The index of all sitemaps.
pub(super) fn index(scene: &Scene<'_>) -> String {
    let linker = Linker::whole(&scene.config.base_url);
    let mut document = Document::new("sitemapindex", &[("xmlns", SITEMAP)]);
    let changes = scene.frames.changes(scene);
    for (index, sitemap) in scene.site.sitemaps.iter().enumerate() {
        document.open("sitemap", &[]);
        document.text("loc", &[], &linker.to(&scene.site.page(sitemap.page).url));
        let known = changes.sitemaps.get(index).and_then(OnceLock::get);
        let latest = known.copied().unwrap_or_else(|| {
            let dates = last_changes(scene, &sitemap.lists);
            changes.note(index, &dates)
        });
        if let Some(date) = latest {
            document.text("lastmod", &[], &lastmod(scene, &date));
        }
        document.close("sitemap");
    }
    if scene.site.has("/sitemaps/news.xml") {
        document.open("sitemap", &[]);
        document.text("loc", &[], &linker.to("/sitemaps/news.xml"));
        document.close("sitemap");
    }
    document.finish("sitemapindex")
}

/// One sitemap.
pub(super) fn pages(scene: &Scene<'_>, index: usize) -> String {
    let linker = Linker::whole(&scene.config.base_url);
    let mut document = Document::new("urlset", &[("xmlns", SITEMAP)]);
    let lists = &scene.site.sitemaps[index].lists;
    let dates = last_changes(scene, lists);
    scene.frames.changes(scene).note(index, &dates);
    for (id, date) in lists.iter().zip(dates) {
        document.open("url", &[]);
        document.text("loc", &[], &linker.to(&scene.site.page(*id).url));
        if let Some(date) = date {
            document.text("lastmod", &[], &lastmod(scene, &date));
        }
        document.close("url");
    }
    document.finish("urlset")
}

/// When each of these pages last changed. What two terms share is found for all pairs at once, and
/// once for all pages of a pair: in a large archive they are many.
fn last_changes(scene: &Scene<'_>, pages: &[PageId]) -> Vec<Option<Date>> {
    let mut whole: Vec<(Pair, usize)> = Vec::new();
    let mut cut: Vec<(Pair, usize)> = Vec::new();
    for (index, id) in pages.iter().enumerate() {
        match pair(scene, *id) {
            Some((pair, shelf)) if shelf.place == Place::ALL => whole.push((pair, index)),
            Some((pair, _)) => cut.push((pair, index)),
            None => {}
        }
    }
    whole.sort_unstable();
    cut.sort_unstable();
    let terms: Vec<Pair> = whole.iter().map(|(terms, _)| *terms).collect();
    let all = scene.frames.changes(scene);
    let later = |latest: &mut Rank, id| *latest = all.rank(id).max(*latest);
    let shared = scene.archive.gather(&terms, later);
    let others = pages.par_iter().with_min_len(64);
    let mut changes: Vec<Option<Date>> = others.map(|id| last_change(scene, *id)).collect();
    let of_whole = whole.iter().zip(shared);
    let of_whole = of_whole.map(|((_, index), latest)| (*index, all.date(scene, latest)));
    for (index, latest) in of_whole.chain(changes_of_parts(scene, pages, &cut)) {
        if let Some(change) = changes.get_mut(index) {
            *change = latest;
        }
    }
    changes
}

type Pair = (TermId, TermId);

/// The same for pages that each show a part of what two terms share, sorted by their terms.
fn changes_of_parts(
    scene: &Scene<'_>,
    pages: &[PageId],
    cut: &[(Pair, usize)],
) -> Vec<(usize, Option<Date>)> {
    let pairs: Vec<&[(Pair, usize)]> = cut.chunk_by(|a, b| a.0 == b.0).collect();
    let of_pair = |parts: &&[(Pair, usize)]| {
        let shared = parts
            .first()
            .map(|((a, b), _)| scene.archive.shared(*a, *b))
            .unwrap_or_default();
        let change = |index: usize| {
            let (_, shelf) = pair(scene, *pages.get(index)?)?;
            latest(scene, shared.get(shelf.holds.clone())?)
        };
        let parts = parts.iter();
        parts
            .map(|(_, index)| (*index, change(*index)))
            .collect::<Vec<_>>()
    };
    pairs.par_iter().flat_map_iter(of_pair).collect()
}

/// The two terms of a page that shows what they share, and what of it.
fn pair<'a>(scene: &Scene<'a>, id: PageId) -> Option<(Pair, &'a Shelf)> {
    match &scene.site.page(id).kind {
        PageKind::Shelf(shelf) => match shelf.of {
            ShelfOf::Pair(a, b) => Some(((a, b), shelf)),
            _ => None,
        },
        _ => None,
    }
}

/// When any of these articles last changed.
fn latest(scene: &Scene<'_>, ids: &[ArticleId]) -> Option<Date> {
    let all = scene.frames.changes(scene);
    let latest = ids.iter().map(|id| all.rank(*id)).max();
    all.date(scene, latest.unwrap_or_default())
}

/// The place of an article among all by when it last changed, from 1; 0 where it does not say.
type Rank = u32;

/// All articles by when they last changed: each is asked of the sitemaps for every shelf it stands
/// on.
#[derive(Debug)]
pub(super) struct Changes {
    ranks: Vec<Rank>,
    order: Vec<ArticleId>,
    /// When the last page of each sitemap changed, where that was found: the index tells it again.
    sitemaps: Vec<OnceLock<Option<Date>>>,
}

impl Changes {
    pub(super) fn new(scene: &Scene<'_>) -> Changes {
        let dated = scene.archive.ids().filter_map(|id| {
            let date = changed(scene, id)?;
            Some((date.sort_key(), id))
        });
        let mut dated: Vec<_> = dated.collect();
        // Of two that changed at one time the one that stands later is the last. On one processor:
        // others may come here meanwhile and wait, and must not be waited for.
        dated.sort_unstable();
        let order: Vec<ArticleId> = dated.into_iter().map(|(_, id)| id).collect();
        let mut ranks = vec![0; scene.archive.articles.len()];
        for (id, rank) in order.iter().zip(1..) {
            if let Some(place) = ranks.get_mut(id.0 as usize) {
                *place = rank;
            }
        }
        let sitemaps = scene.site.sitemaps.iter().map(|_| OnceLock::new());
        Changes {
            ranks,
            order,
            sitemaps: sitemaps.collect(),
        }
    }

    /// Takes in when the pages of a sitemap changed; gives when the last of them did. Whoever comes
    /// first is right, for all find the same; nobody waits for another who may be waiting too.
    fn note(&self, sitemap: usize, dates: &[Option<Date>]) -> Option<Date> {
        let latest = dates.iter().flatten().max_by_key(|date| date.sort_key());
        if let Some(place) = self.sitemaps.get(sitemap) {
            let _ = place.set(latest.copied());
        }
        latest.copied()
    }

    fn rank(&self, id: ArticleId) -> Rank {
        self.ranks.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// When the article of a rank last changed.
    fn date(&self, scene: &Scene<'_>, rank: Rank) -> Option<Date> {
        let place = usize::try_from(rank).ok()?.checked_sub(1)?;
        changed(scene, *self.order.get(place)?)
    }
}

/// When an article last changed, as far as it says.
fn changed(scene: &Scene<'_>, id: ArticleId) -> Option<Date> {
    let content = &scene.archive.article(id).content;
    content.changed(&scene.config.timezone).or(content.date)
}

/// W3C date and time as the protocol wants it: what is known of the date, or all of it with its
/// time.
fn lastmod(scene: &Scene<'_>, date: &Date) -> String {
    if date.day().is_none() {
        return date
            .rfc3339(&scene.config.timezone)
            .chars()
            .take(10)
            .collect();
    }
    date.iso(&scene.config.timezone)
}

/// When what stands on a page last changed, as far as the articles say; of what two terms share it
/// says nothing.
fn last_change(scene: &Scene<'_>, id: PageId) -> Option<Date> {
    let archive = scene.archive;
    match &scene.site.page(id).kind {
        PageKind::Article(id) => changed(scene, *id),
        PageKind::Text(index) => archive.pages[*index].updated,
        PageKind::Shelf(shelf) => match shelf.of {
            ShelfOf::Term(term) => {
                let articles = &archive.term(term).articles;
                latest(scene, articles.get(shelf.holds.clone())?)
            }
            ShelfOf::Archive => latest(scene, scene.site.every().get(shelf.holds.clone())?),
            // Told with all others of their kind.
            ShelfOf::Pair(..) => None,
        },
        _ => None,
    }
}

/// Articles of the last two days, as news crawlers want them.
pub(super) fn news(scene: &Scene<'_>) -> String {
    let linker = Linker::whole(&scene.config.base_url);
    let settings = &scene.config.settings;
    let mut document = Document::new("urlset", &[("xmlns", SITEMAP), ("xmlns:news", NEWS)]);
    for id in crate::site::news(scene.archive, scene.config, scene.now) {
        let content = &scene.archive.article(id).content;
        let Some(date) = &content.date else { continue };
        document.open("url", &[]);
        document.text("loc", &[], &linker.to(&scene.site.of_article(id).url));
        document.open("news:news", &[]);
        document.open("news:publication", &[]);
        document.text("news:name", &[], &settings.title);
        let language = content.language.as_deref().unwrap_or(&settings.language);
        document.text("news:language", &[], news_language(language));
        document.close("news:publication");
        document.text(
            "news:publication_date",
            &[],
            &date.iso(&scene.config.timezone),
        );
        document.text("news:title", &[], &content.title);
        document.close("news:news");
        document.close("url");
    }
    document.finish("urlset")
}

/// ISO 639 alone, but for Chinese, whose scripts are told apart (Google's news sitemap rules).
fn news_language(tag: &str) -> &str {
    let lower = tag.to_lowercase();
    match lower.as_str() {
        "zh-cn" | "zh-hans" => "zh-cn",
        "zh-tw" | "zh-hant" => "zh-tw",
        _ => tag.split('-').next().unwrap_or(tag),
    }
}

/// What crawlers are told.
pub(super) fn robots(scene: &Scene<'_>) -> String {
    let linker = Linker::whole(&scene.config.base_url);
    let mut text = String::from("User-agent: *\n");
    let disallow = &scene.config.settings.robots.disallow;
    for path in disallow {
        text.push_str(&format!("Disallow: {}\n", path.replace(['\n', '\r'], "")));
    }
    if disallow.is_empty() {
        text.push_str("Allow: /\n");
    }
    text.push_str(&format!("\nSitemap: {}\n", linker.to("/sitemap.xml")));
    text
}
