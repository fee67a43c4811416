//! An article as an item of ninjs 3.0 (iptc.org/std/ninjs).

use serde_json::{Value, json};

use super::fields::{Object, left};
use super::names::Namesakes;
use crate::archive::{ArticleId, TermId};
use crate::config::Kind;
use crate::content::{self, Picture, markdown};
use crate::diagnostics::Diagnostic;
use crate::ninjs;
use crate::render::{Scene, feed};
use crate::site::encode;

/// The item of an article.
///
/// # Errors
/// A file that has gone since it was read.
pub(super) fn item(
    scene: &Scene<'_>,
    namesakes: &Namesakes,
    id: ArticleId,
) -> Result<Value, Diagnostic> {
    let article = scene.archive.article(id);
    let content = &article.content;
    let settings = &scene.config.settings;
    let mut item = Object::default();
    let address = scene
        .config
        .base_url
        .absolute(&encode(&scene.site.of_article(id).url));
    item.put("uri", address);
    item.put(
        "standard",
        json!({ "name": "ninjs", "version": ninjs::VERSION, "schema": ninjs::SCHEMA }),
    );
    item.put("type", "text");
    dates(scene, content, &mut item);
    item.put("pubStatus", "usable");
    rights(scene, content, &mut item);
    let language = content.language.as_deref().unwrap_or(&settings.language);
    item.put("language", language);
    let (main, deck) = ninjs::HEADLINES;
    let mut headlines =
        vec![json!({ "role": main, "contentType": "text/plain", "value": content.title })];
    headlines.extend(
        content
            .deck
            .iter()
            .map(|text| json!({ "role": deck, "contentType": "text/plain", "value": text })),
    );
    item.put("headlines", headlines);
    item.put("descriptions", descriptions(scene, namesakes, id));
    item.put("bodies", bodies(scene, id)?);
    terms(scene, id, &mut item);
    item.put("slugline", &*content.slug);
    let line = content.dateline.as_ref().map(|line| line.text.as_str());
    item.put("located", line);
    if let Some(kind) = content.kind {
        item.put("genres", json!([{ "name": kind, "literal": kind }]));
    }
    item.put("edNote", corrected(content));
    let own = content.id.iter().map(|id| (ninjs::ID, &**id));
    let aliases = content
        .aliases
        .iter()
        .map(|old| (ninjs::ALIAS, old.as_str()));
    let ids = own.chain(aliases);
    let ids = ids.map(|(role, value)| json!({ "role": role, "value": value }));
    item.put("altIds", ids.collect::<Vec<_>>());
    let pictures = content.pictures.iter().zip(1..);
    let pictures = pictures.map(|(picture, number)| association(scene, id, picture, number));
    item.put("associations", pictures.collect::<Vec<_>>());
    Ok(item.into())
}

fn dates(scene: &Scene<'_>, content: &content::Article, item: &mut Object) {
    let zone = &scene.config.timezone;
    let published = content.date.map(|date| date.rfc3339(zone));
    let version = content.changed(zone).map(|date| date.rfc3339(zone));
    item.put("versionCreated", version.or_else(|| published.clone()));
    item.put("firstCreated", published);
    let until = content.embargo_until.as_deref();
    item.put("embargoed", until.map(|date| date.rfc3339(zone)));
}

fn rights(scene: &Scene<'_>, content: &content::Article, item: &mut Object) {
    let own = content.rights.as_deref();
    let rights = own.unwrap_or(&scene.config.settings.rights);
    item.put("copyrightHolder", rights.holder.as_deref());
    item.put("copyrightNotice", rights.statement.as_deref());
    let is_address = |text: &&str| text.starts_with("https://") || text.starts_with("http://");
    match rights.license.as_deref() {
        Some(address) if is_address(&address) => {
            item.put(
                "rightsInfo",
                json!({ "linkedRights": content::web_address(address) }),
            );
        }
        name => item.put("usageTerms", name),
    }
}

/// The summary that the article has itself, and the fields that ninjs has no property for.
fn descriptions(scene: &Scene<'_>, namesakes: &Namesakes, id: ArticleId) -> Vec<Value> {
    let summary = scene.archive.article(id).content.summary.as_deref();
    let summary = summary
        .map(|text| json!({ "role": ninjs::SUMMARY, "contentType": "text/plain", "value": text }));
    let left = Value::from(left(scene, namesakes, id)).to_string();
    let left = json!({
        "role": ninjs::FRONT_MATTER,
        "contentType": "application/json",
        "value": left,
    });
    summary.into_iter().chain([left]).collect()
}

/// The text as HTML with whole addresses, in plain words, and as it is written.
fn bodies(scene: &Scene<'_>, id: ArticleId) -> Result<Vec<Value>, Diagnostic> {
    let content = &scene.archive.article(id).content;
    let source = content::body(scene.config, &content.file)?;
    let html = feed::body_html(scene, id)?;
    let options = content::markdown_options(scene.config, content.language.as_deref());
    let text = markdown::text(&source, &options);
    let (role, media) = ninjs::MARKDOWN;
    let bodies = [
        ("html", "text/html", html.trim()),
        ("text", "text/plain", text.trim()),
        (role, media, source.trim_matches('\n')),
    ];
    let body = |(role, media, value): (&str, &str, &str)| {
        json!({
            "role": role,
            "contentType": media,
            "wordCount": content.body.words,
            "charCount": value.chars().count(),
            "value": value,
        })
    };
    Ok(bodies.map(body).into())
}

/// Who wrote it and what it is about.
fn terms(scene: &Scene<'_>, id: ArticleId, item: &mut Object) {
    let archive = scene.archive;
    let article = archive.article(id);
    let of = |kinds: &[Kind]| -> Vec<TermId> {
        let all = article.terms.iter().copied();
        all.filter(|term| kinds.contains(&archive.taxonomy_of(*term).kind))
            .collect()
    };
    let subjects = |kinds: &[Kind]| -> Vec<Value> {
        let related = |term: TermId| {
            let rel = match archive.taxonomy_of(term).kind {
                Kind::Section => "section",
                Kind::Series => "series",
                _ if article.about.contains(&term) => ninjs::ABOUT,
                _ => ninjs::MENTIONS,
            };
            let mut entity = entity(scene, term);
            entity.put("rel", rel);
            Value::from(entity)
        };
        of(kinds).into_iter().map(related).collect()
    };
    let authors = of(&[Kind::Author]);
    let agencies = &article.content.agencies;
    let names: Vec<&str> = match authors.is_empty() {
        true => agencies.iter().map(String::as_str).collect(),
        false => authors
            .iter()
            .map(|t| archive.term(*t).name.as_str())
            .collect(),
    };
    item.put("by", listed(&names));
    let sources = authors.iter().map(|term| {
        let mut source = entity(scene, *term);
        source.put("role", ninjs::AUTHOR);
        Value::from(source)
    });
    let wires = agencies
        .iter()
        .map(|name| json!({ "name": name, "role": ninjs::AGENCY }));
    item.put("infoSources", sources.chain(wires).collect::<Vec<_>>());
    item.put("people", subjects(&[Kind::Person]));
    item.put("organisations", subjects(&[Kind::Organization]));
    item.put("places", subjects(&[Kind::Place]));
    item.put(
        "subjects",
        subjects(&[Kind::Topic, Kind::Section, Kind::Series]),
    );
    item.put("events", subjects(&[Kind::Event]));
    item.put("objects", subjects(&[Kind::Work]));
}

/// The name of a term; its Wikidata entity, else its page; and its taxonomy and slug.
fn entity(scene: &Scene<'_>, id: TermId) -> Object {
    let archive = scene.archive;
    let term = archive.term(id);
    let record = term.record.as_ref();
    let entity = record.and_then(|record| record.wikidata.as_deref());
    let page = || {
        let page = scene.site.of_term(id)?;
        Some(scene.config.base_url.absolute(&encode(&page.url)))
    };
    let uri = entity.map(|entity| format!("{}{entity}", ninjs::WIKIDATA));
    let mut object = Object::default();
    object.put("name", term.name.as_str());
    object.put("uri", uri.or_else(page));
    let taxonomy = &archive.taxonomy_of(id).name;
    object.put("literal", format!("{taxonomy}/{}", term.slug));
    object
}

/// `A`, `A and B`, `A, B and C`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The corrections in words, for the editors of whoever takes the article.
fn corrected(content: &content::Article) -> String {
    let corrections = content.corrections.iter().map(|correction| {
        let date = correction.date.map(|date| format!(", {}", date.iso_date()));
        let date = date.unwrap_or_default();
        format!("{}{date}: {}", correction.kind, correction.text)
    });
    corrections.collect::<Vec<_>>().join("\n")
}

fn association(scene: &Scene<'_>, id: ArticleId, picture: &Picture, number: usize) -> Value {
    let known = feed::picture_address(scene, id, picture);
    // A picture that is not there is named all the same: the article is the same without it.
    let address = known.unwrap_or_else(|| {
        let path = format!("/{}", picture.src.trim_start_matches('/'));
        scene.config.base_url.absolute(&encode(&path))
    });
    let address = content::web_address(&address);
    let texts = [
        (ninjs::ALT, Some(picture.alt.as_str())),
        (ninjs::CAPTION, picture.caption.as_deref()),
    ];
    let texts = texts.into_iter().filter_map(|(role, text)| {
        let text = text.filter(|text| !text.is_empty())?;
        Some(json!({ "role": role, "contentType": "text/plain", "value": text }))
    });
    let mut object = Object::default();
    object.put("name", format!("picture-{number}"));
    object.put("uri", address.as_str());
    object.put("type", "picture");
    object.put("by", picture.credit.as_deref());
    object.put("descriptions", texts.collect::<Vec<_>>());
    object.put(
        "altIds",
        json!([{ "role": ninjs::SRC, "value": picture.src }]),
    );
    object.put(
        "renditions",
        json!([{ "name": "original", "href": address }]),
    );
    object.into()
}
