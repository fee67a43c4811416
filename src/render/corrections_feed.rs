//! The newest corrections as Atom: one entry for each, which leads to its place in the article.

use super::Scene;
use super::feed::{begin, feed_links};
use super::link::Linker;
use super::xml::Document;
use crate::archive::ArticleId;
use crate::content::Date;
use crate::site::{Logged, Page};

/// The newest corrections of all articles.
pub(super) fn newest(scene: &Scene<'_>, page: &Page) -> String {
    let linker = Linker::whole(&scene.config.base_url);
    let log = scene.site.corrections.iter().rev();
    let entries: Vec<Logged> = log
        .take(scene.config.settings.feeds.entries)
        .copied()
        .collect();
    let zone = &scene.config.timezone;
    let dates = entries.iter().filter_map(|logged| made(scene, *logged));
    let latest = dates.max_by_key(|date| date.instant(zone));
    let words = &scene.theme.voice(None).language;
    let heading = words.text("corrections");
    let title = format!("{}: {heading}", scene.config.settings.title);
    let mut document = begin(scene, page, &title, &instant(scene, latest));
    let home = scene.site.corrections_log();
    let home = home.map_or("/", |page| &page.url);
    feed_links(&mut document, &linker, page, home, &[]);
    for logged in entries {
        entry(scene, &mut document, &linker, logged);
    }
    document.finish("feed")
}

fn entry(scene: &Scene<'_>, document: &mut Document, linker: &Linker<'_>, logged: Logged) {
    let Some(correction) = logged.correction(scene.archive) else {
        return;
    };
    let content = &scene.archive.article(logged.article).content;
    let article = linker.to(&scene.site.of_article(logged.article).url);
    let url = format!("{article}#{}", logged.anchor());
    let language = content.language.as_deref();
    let attributes: Vec<(&str, &str)> = language.map(|tag| ("xml:lang", tag)).into_iter().collect();
    document.open("entry", &attributes);
    document.text("id", &[], &url);
    let words = &scene.theme.voice(language).language;
    let key = format!("correction_{}", correction.kind);
    let kind = words.text(&key);
    document.text("title", &[], &format!("{kind}: {}", content.title));
    let alternate = [
        ("rel", "alternate"),
        ("type", "text/html"),
        ("href", url.as_str()),
    ];
    document.empty("link", &alternate);
    document.text("updated", &[], &instant(scene, made(scene, logged)));
    document.empty("category", &[("term", correction.kind), ("label", kind)]);
    document.text("summary", &[], &correction.text);
    document.close("entry");
}

/// When a correction was made; where nobody said, when its article last changed.
fn made(scene: &Scene<'_>, logged: Logged) -> Option<Date> {
    let content = &scene.archive.article(logged.article).content;
    let own = logged.correction(scene.archive).and_then(|c| c.date);
    own.or(content.updated).or(content.date)
}

/// What is not known dates from the first instant.
fn instant(scene: &Scene<'_>, date: Option<Date>) -> String {
    let zone = &scene.config.timezone;
    date.map_or("1970-01-01T00:00:00Z".to_owned(), |date| date.rfc3339(zone))
}

/// What the entry of an article says of it in a feed: its deck, else its summary, and every
/// correction, so that a reader of the feed alone reads it too.
pub(super) fn summary(scene: &Scene<'_>, id: ArticleId) -> String {
    let content = &scene.archive.article(id).content;
    let own = content.deck.as_deref().unwrap_or(content.summary());
    let notes = notes(scene, id)
        .into_iter()
        .map(|(kind, text)| format!("{kind}: {text}"));
    std::iter::once(own.to_owned())
        .chain(notes)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The corrections of an article, newest first, each with what kind it is and when it was made.
pub(super) fn notes<'a>(scene: &Scene<'a>, id: ArticleId) -> Vec<(String, &'a str)> {
    let content = &scene.archive.article(id).content;
    let words = &scene.theme.voice(content.language.as_deref()).language;
    let corrections = content.corrections.iter().rev();
    let note = corrections.map(|correction| {
        let key = format!("correction_{}", correction.kind);
        let kind = words.text(&key);
        let kind = match correction.date {
            Some(date) => format!("{kind} ({date})"),
            None => kind.to_owned(),
        };
        (kind, correction.text.as_str())
    });
    note.collect()
}
