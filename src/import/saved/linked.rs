//! What a page says of itself in JSON-LD (JSON-LD 1.1 in HTML §7, with the words of schema.org).

use scraper::{Html, Node};
use serde_json::{Map, Value};

use super::told::{Nature, Picture, Told, data};

/// Types of schema.org that are articles.
const ARTICLES: [&str; 16] = [
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "Article",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "NewsArticle",
    "OpinionNewsArticle",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "SatiricalArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
];

/// Types of pages that lead to articles.
const LISTS: [&str; 6] = [
    "CollectionPage",
    "ContactPage",
    "ItemList",
    "ProfilePage",
    "SearchResultsPage",
    "WebSite",
];

/// Reads every script of JSON-LD in a page. One that is no JSON says nothing.
pub(super) fn read(tree: &Html, told: &mut Told) {
    let mut things = Vec::new();
    for node in tree.tree.nodes() {
        let is_data = matches!(node.value(), Node::Element(element)
        if element.name() == "script"
            && element.attr("type").is_some_and(|kind| {
                kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/ld+json")
            }));
        if !is_data {
            continue;
        }
        let texts = node.children().filter_map(|child| match child.value() {
            Node::Text(text) => Some(&**text),
            _ => None,
        });
        let text: String = texts.collect();
        if let Ok(value) = serde_json::from_str::<Value>(bare(&text)) {
            gather(value, 0, &mut things);
        }
    }
    let articles: Vec<&Map<String, Value>> = things
        .iter()
        .filter(|thing| is_one_of(thing, &ARTICLES))
        .collect();
    match &articles[..] {
        [article] => {
            told.nature = Nature::Article;
            article_of(article, told);
        }
        // A page that shows several articles is none.
        [_, _, ..] => told.nature = Nature::List,
        [] if things.iter().any(|thing| is_one_of(thing, &LISTS)) => told.nature = Nature::List,
        [] => {}
    }
}

/// The data in a script, without the marks that hide it from old readers of XML.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix("//").map_or(text, str::trim_start);
    let text = text.strip_prefix("<![CDATA[").unwrap_or(text).trim();
    let text = text.strip_suffix("]]>").unwrap_or(text).trim();
    text.strip_suffix("//").map_or(text, str::trim_end)
}

/// The things that a page describes: those at the top, in a graph, and what it is mainly about.
fn gather(value: Value, depth: usize, things: &mut Vec<Map<String, Value>>) {
    /// Deeper ones are parts of others.
    const DEEPEST: usize = 4;
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                gather(item, depth + 1, things);
            }
        }
        Value::Object(mut thing) => {
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = thing.remove(key) {
                    gather(inner, depth + 1, things);
                }
            }
            things.push(thing);
        }
        _ => {}
    }
}

/// Whether a type of schema.org, as microdata names it by its address, is an article.
pub(super) fn is_article(kind: &str) -> bool {
    let names = kind.split_ascii_whitespace().map(bare_name);
    names.into_iter().any(|name| ARTICLES.contains(&name))
}

fn bare_name(kind: &str) -> &str {
    kind.rsplit(['/', ':', '#']).next().unwrap_or_default()
}

fn is_one_of(thing: &Map<String, Value>, types: &[&str]) -> bool {
    let is = |name: &Value| types.contains(&bare_name(name.as_str().unwrap_or_default()));
    match thing.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is),
        Some(name) => is(name),
        None => false,
    }
}

fn article_of(thing: &Map<String, Value>, told: &mut Told) {
    let text = |key: &str| thing.get(key).map(name).unwrap_or_default();
    told.title = first(&[text("headline"), text("name")]);
    told.deck = text("alternativeHeadline");
    told.summary = text("description");
    told.published = text("datePublished");
    told.modified = text("dateModified");
    told.language = text("inLanguage");
    told.dateline = text("dateline");
    told.section = thing.get("articleSection").map(names).unwrap_or_default();
    told.authors = first_list(&[thing.get("author"), thing.get("creator")]);
    told.addresses.extend(
        ["url", "mainEntityOfPage"]
            .iter()
            .filter_map(|key| thing.get(*key))
            .filter_map(address),
    );
    if is_one_of(thing, &["OpinionNewsArticle"]) {
        told.kind = "opinion";
    } else if is_one_of(thing, &["AnalysisNewsArticle"]) {
        told.kind = "analysis";
    } else if is_one_of(thing, &["ReviewNewsArticle"]) {
        told.kind = "review";
    }
    keywords(thing, told);
    for (key, about) in [("about", true), ("mentions", false)] {
        let things = match thing.get(key) {
            Some(Value::Array(things)) => things.as_slice(),
            Some(thing) => std::slice::from_ref(thing),
            None => &[],
        };
        for thing in things.iter().filter_map(Value::as_object) {
            subject(thing, about, told);
        }
    }
    let picture = match thing.get("image") {
        Some(Value::Array(pictures)) => pictures.first(),
        other => other,
    };
    if let Some(src) = picture.and_then(address) {
        let said = |key: &str| {
            let said = picture.and_then(|picture| picture.get(key));
            said.map(name).unwrap_or_default()
        };
        told.picture = Some(Picture {
            src,
            alt: String::new(),
            caption: said("caption"),
            credit: first(&[said("creditText"), said("author")]),
        });
    }
}

/// Words parted by commas, or a list. Some sites write their own structure into them
/// (`author:…`), which is for nobody else.
fn keywords(thing: &Map<String, Value>, told: &mut Told) {
    let words = match thing.get("keywords") {
        Some(Value::String(words)) => words.split(',').map(data).collect(),
        Some(words) => names(words),
        None => Vec::new(),
    };
    told.topics = words
        .into_iter()
        .filter(|word| !word.is_empty() && !word.contains(':'))
        .collect();
}

/// A person, a place or a topic, told apart by its type.
fn subject(thing: &Map<String, Value>, about: bool, told: &mut Told) {
    let name = thing.get("name").map(name).unwrap_or_default();
    if name.is_empty() {
        return;
    }
    let list = if is_one_of(thing, &["Person"]) {
        &mut told.people
    } else if is_one_of(
        thing,
        &["Place", "Country", "City", "State", "AdministrativeArea"],
    ) {
        &mut told.places
    } else {
        &mut told.topics
    };
    if !list.contains(&name) {
        list.push(name.clone());
    }
    if about && !told.about.contains(&name) {
        told.about.push(name);
    }
}

/// A text, the name of a thing, or the first of several.
fn name(value: &Value) -> String {
    match value {
        Value::String(text) => data(text),
        Value::Object(thing) => thing.get("name").map(name).unwrap_or_default(),
        Value::Array(items) => items.first().map(name).unwrap_or_default(),
        _ => String::new(),
    }
}

fn names(value: &Value) -> Vec<String> {
    let all: Vec<String> = match value {
        Value::Array(items) => items.iter().map(name).collect(),
        one => vec![name(one)],
    };
    all.into_iter().filter(|name| !name.is_empty()).collect()
}

fn first_list(values: &[Option<&Value>]) -> Vec<String> {
    let lists = values.iter().flatten().map(|value| names(value));
    lists
        .into_iter()
        .find(|list| !list.is_empty())
        .unwrap_or_default()
}

fn first(texts: &[String]) -> String {
    let text = texts.iter().find(|text| !text.is_empty());
    text.cloned().unwrap_or_default()
}

/// An address, or the one that a thing has.
fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(address) => Some(address.trim().to_owned()),
        Value::Object(thing) => ["@id", "url", "contentUrl"]
            .iter()
            .find_map(|key| thing.get(*key)?.as_str())
            .map(|address| address.trim().to_owned()),
        _ => None,
    }
}
