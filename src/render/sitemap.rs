//! Sitemaps (sitemaps.org), one for each year so that old ones never change, and `robots.txt`
//! (RFC 9309).

use rayon::prelude::*;

use super::Scene;
use super::link::Linker;
use super::xml::Document;
use crate::archive::{ArticleId, TermId};
use crate::content::Date;
use crate::site::{PageId, PageKind, Place, ShelfOf};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// The index of all sitemaps.
pub(super) fn index(scene: &Scene<'_>) -> String {
    let linker = Linker::whole(&scene.config.base_url);
    let mut document = Document::new("sitemapindex", &[("xmlns", SITEMAP)]);
    for sitemap in &scene.site.sitemaps {
        document.open("sitemap", &[]);
        document.text("loc", &[], &linker.to(&scene.site.page(sitemap.page).url));
        let latest = last_changes(scene, &sitemap.lists).into_iter().flatten();
        if let Some(date) = latest.max_by_key(Date::sort_key) {
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
    for (id, date) in lists.iter().zip(last_changes(scene, lists)) {
        document.open("url", &[]);
        document.text("loc", &[], &linker.to(&scene.site.page(*id).url));
        if let Some(date) = date {
            document.text("lastmod", &[], &lastmod(scene, &date));
        }
        document.close("url");
    }
    document.finish("urlset")
}

/// When each of these pages last changed. What two terms share is found for all pairs at once: in a
/// large archive they are many.
fn last_changes(scene: &Scene<'_>, pages: &[PageId]) -> Vec<Option<Date>> {
    let mut pairs: Vec<((TermId, TermId), usize)> = Vec::new();
    for (index, id) in pages.iter().enumerate() {
        pairs.extend(whole_pair(scene, *id).map(|pair| (pair, index)));
    }
    pairs.sort_unstable();
    let terms: Vec<(TermId, TermId)> = pairs.iter().map(|(terms, _)| *terms).collect();
    let later = |latest: &mut Option<Date>, id| {
        let date = changed(scene, id);
        *latest = latest
            .take()
            .into_iter()
            .chain(date)
            .max_by_key(Date::sort_key);
    };
    let shared = scene.archive.gather(&terms, later);
    let others = pages.par_iter().with_min_len(64);
    let others = others.map(|id| match whole_pair(scene, *id) {
        Some(_) => None,
        None => last_change(scene, *id),
    });
    let mut changes: Vec<Option<Date>> = others.collect();
    for ((_, index), latest) in pairs.iter().zip(shared) {
        if let Some(change) = changes.get_mut(*index) {
            *change = latest;
        }
    }
    changes
}

/// The two terms, where a page shows all that they share.
fn whole_pair(scene: &Scene<'_>, id: PageId) -> Option<(TermId, TermId)> {
    let PageKind::Shelf(shelf) = &scene.site.page(id).kind else {
        return None;
    };
    match shelf.of {
        ShelfOf::Pair(a, b) if shelf.place == Place::ALL => Some((a, b)),
        _ => None,
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

/// When what stands on a page last changed, as far as the articles say.
fn last_change(scene: &Scene<'_>, id: PageId) -> Option<Date> {
    let archive = scene.archive;
    let of = |id| changed(scene, id);
    match &scene.site.page(id).kind {
        PageKind::Article(id) => of(*id),
        PageKind::Text(index) => archive.pages[*index].updated,
        PageKind::Shelf(shelf) => {
            let held = |ids: &[ArticleId]| {
                ids[shelf.holds.clone()]
                    .iter()
                    .filter_map(|id| of(*id))
                    .max_by_key(Date::sort_key)
            };
            match shelf.of {
                ShelfOf::Term(term) => held(&archive.term(term).articles),
                ShelfOf::Pair(a, b) => held(&archive.shared(a, b)),
                ShelfOf::Archive => {
                    let ids = archive
                        .ids()
                        .skip(shelf.holds.start)
                        .take(shelf.holds.len());
                    ids.filter_map(of).max_by_key(Date::sort_key)
                }
            }
        }
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
