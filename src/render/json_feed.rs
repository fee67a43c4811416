//! JSON Feed 1.1 (jsonfeed.org).

use serde_json::{Value, json};

use super::Scene;
use super::corrections_feed;
use super::link::Linker;
use crate::archive::ArticleId;
use crate::config::{FeedContent, Kind};
use crate::diagnostics::Diagnostic;
use crate::site::{Page, in_feeds};

/// The newest articles of the site.
pub(super) fn newest(scene: &Scene<'_>, page: &Page) -> Result<String, Diagnostic> {
    let linker = Linker::whole(&scene.config.base_url);
    let settings = &scene.config.settings;
    let archive = scene.archive;
    let newest = archive.dated().rev().filter(|id| in_feeds(archive, *id));
    let mut items = Vec::new();
    for id in newest.take(settings.feeds.entries) {
        items.push(item(scene, id, &linker)?);
    }
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.title,
        "home_page_url": linker.to("/"),
        "feed_url": linker.to(&page.url),
        "language": settings.language,
        "authors": [{ "name": settings.publisher.as_ref().unwrap_or(&settings.title), "url": linker.to("/") }],
        "items": items,
    });
    if !settings.description.is_empty() {
        feed["description"] = Value::from(settings.description.as_str());
    }
    let text = serde_json::to_string_pretty(&feed).unwrap_or_default();
    Ok(text + "\n")
}

fn item(scene: &Scene<'_>, id: ArticleId, linker: &Linker<'_>) -> Result<Value, Diagnostic> {
    let archive = scene.archive;
    let article = archive.article(id);
    let content = &article.content;
    let zone = &scene.config.timezone;
    let url = linker.to(&scene.site.of_article(id).url);
    let of = |author: bool| {
        let terms = article
            .terms
            .iter()
            .filter(move |t| (archive.taxonomy_of(**t).kind == Kind::Author) == author);
        terms.map(|t| archive.term(*t).name.as_str())
    };
    let authors: Vec<Value> = of(true).map(|name| json!({ "name": name })).collect();
    let tags: Vec<&str> = of(false).collect();
    let summary = corrections_feed::summary(scene, id);
    let mut item = json!({ "id": url, "url": url, "title": content.title });
    if scene.config.settings.feeds.content == FeedContent::Full {
        item["content_html"] = super::feed::whole_text(scene, id, linker)?.into();
        item["summary"] = summary.into();
    } else {
        item["content_text"] = summary.into();
    }
    if let Some(date) = &content.date {
        item["date_published"] = date.rfc3339(zone).into();
    }
    if let Some(date) = content.changed(zone) {
        item["date_modified"] = date.rfc3339(zone).into();
    }
    if !authors.is_empty() {
        item["authors"] = authors.into();
    }
    if !tags.is_empty() {
        item["tags"] = tags.into();
    }
    if let Some(language) = &content.language {
        item["language"] = (&**language).into();
    }
    Ok(item)
}
