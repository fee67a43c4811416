//! JSON-LD in the schema.org vocabulary.

mod dataset;
mod term;

use serde_json::{Map, Value, json};

use super::view::Stage;
use crate::archive::{ArticleId, TermId};
use crate::config::Kind;

pub(super) use dataset::dataset;
pub(super) use term::is_person;
use term::{term, whole_term};

/// JSON for a script element: nothing in it can end the element or begin a comment.
pub(super) fn script(value: &Value) -> String {
    // Nothing in a value of texts and numbers cannot be written.
    let text = serde_json::to_string(value).unwrap_or_default();
    let unsafe_here = ['<', '>', '&', '\u{2028}', '\u{2029}'];
    // Nearly every text has none, and bytes are quicker told than characters.
    let may_be = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xE2);
    if !text.bytes().any(may_be) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 64);
    let mut rest = text.as_str();
    while let Some(at) = rest.find(unsafe_here) {
        let (before, after) = rest.split_at(at);
        safe.push_str(before);
        let mut after = after.chars();
        let escaped = after.next().map_or(0, u32::from);
        safe.push_str(&format!("\\u{escaped:04x}"));
        rest = after.as_str();
    }
    safe.push_str(rest);
    safe
}

/// An object that leaves out what is not known.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn of_type(name: &str) -> Self {
        let mut object = Object::default();
        object.put("@type", name);
        object
    }

    fn put(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        let blank = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !blank {
            self.0.insert(key.to_owned(), value);
        }
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Value {
        Value::Object(object.0)
    }
}

/// The schema.org type of an article by its kind.
fn article_type(kind: Option<&str>) -> &'static str {
    match kind {
        Some("report") => "ReportageNewsArticle",
        Some("analysis") => "AnalysisNewsArticle",
        Some("opinion" | "editorial" | "letter") => "OpinionNewsArticle",
        Some("review") => "ReviewNewsArticle",
        _ => "NewsArticle",
    }
}

/// The article as a `NewsArticle` or its subtype, with what it is about and what it mentions.
pub(super) fn article(stage: &Stage<'_>, id: ArticleId) -> Value {
    let scene = stage.scene;
    let archive = scene.archive;
    let article = archive.article(id);
    let content = &article.content;
    let url = stage.link.absolute(&scene.site.of_article(id).url);
    let of_kind = |kind: Kind| {
        article
            .terms
            .iter()
            .copied()
            .filter(move |t| archive.taxonomy_of(*t).kind == kind)
    };
    let mut object = Object::of_type(article_type(content.kind));
    object
        .0
        .insert("@context".into(), json!("https://schema.org"));
    object.put("headline", &*content.title);
    object.put("alternativeHeadline", content.deck.as_deref());
    object.put("description", content.summary());
    object.put("url", url.as_str());
    object.put("mainEntityOfPage", url.as_str());
    dated(stage, id, &mut object);
    object.put("inLanguage", stage.scene.config.settings.language.as_str());
    object.put("inLanguage", content.language.as_deref());
    object.put(
        "author",
        of_kind(Kind::Author)
            .map(|t| term(stage, t))
            .collect::<Vec<_>>(),
    );
    translated(stage, id, &mut object);
    let section = of_kind(Kind::Section)
        .next()
        .map(|t| archive.term(t).name.as_str());
    object.put("articleSection", section);
    object.put("wordCount", content.body.words);
    subjects(stage, id, &mut object);
    filed(stage, id, &mut object);
    object.put(
        "image",
        stage
            .picture_addresses(article)
            .into_iter()
            .map(|p| Value::from(p.0))
            .collect::<Vec<_>>(),
    );
    object.put("correction", corrections(stage, id));
    printed(stage, id, &mut object);
    object.put("creditText", content.agencies.join(", "));
    object.put("isBasedOn", content.source_url.as_deref());
    object.put("archivedAt", content.archived_url.as_deref());
    rights(stage, id, &mut object);
    object.put("isAccessibleForFree", true);
    object.put("publisher", publisher(stage));
    object.into()
}

/// What the article is a translation of, or its translations.
fn translated(stage: &Stage<'_>, id: ArticleId, object: &mut Object) {
    let archive = stage.scene.archive;
    let Some(original) = archive.original(id) else {
        return;
    };
    let work = |id: ArticleId| -> Value {
        let content = &archive.article(id).content;
        let mut work = Object::of_type(article_type(content.kind));
        work.put("headline", &*content.title);
        work.put("inLanguage", stage.language(content.language.as_deref()));
        work.put(
            "url",
            stage.link.absolute(&stage.scene.site.of_article(id).url),
        );
        work.into()
    };
    if original == id {
        let others = archive
            .translations(id)
            .iter()
            .filter(|other| **other != id);
        let works: Vec<Value> = others.map(|other| work(*other)).collect();
        object.put("workTranslation", works);
    } else {
        object.put("translationOfWork", work(original));
    }
}

/// When the article was published and last changed.
fn dated(stage: &Stage<'_>, id: ArticleId, object: &mut Object) {
    let config = stage.scene.config;
    let content = &stage.scene.archive.article(id).content;
    if let Some(date) = &content.date {
        object.put("datePublished", date.iso(&config.timezone));
    }
    if let Some(date) = content.changed(&config.timezone).or(content.date) {
        object.put("dateModified", date.iso(&config.timezone));
    }
}

/// What the article is about, and what else it mentions.
fn subjects(stage: &Stage<'_>, id: ArticleId, object: &mut Object) {
    let archive = stage.scene.archive;
    let article = archive.article(id);
    let subjects = || {
        article
            .terms
            .iter()
            .copied()
            .filter(|t| archive.taxonomy_of(*t).subject)
    };
    object.put(
        "about",
        article
            .about
            .iter()
            .map(|t| term(stage, *t))
            .collect::<Vec<_>>(),
    );
    let mentions = subjects().filter(|t| !article.about.contains(t));
    object.put(
        "mentions",
        mentions.map(|t| term(stage, t)).collect::<Vec<_>>(),
    );
}

/// Where the article was filed from.
fn filed(stage: &Stage<'_>, id: ArticleId, object: &mut Object) {
    let article = stage.scene.archive.article(id);
    object.put(
        "dateline",
        article
            .content
            .dateline
            .as_ref()
            .map(|dateline| dateline.text.as_str()),
    );
    if let Some(place) = article.filed_from {
        object.put("locationCreated", term(stage, place));
    }
}

fn publisher(stage: &Stage<'_>) -> Value {
    let settings = &stage.scene.config.settings;
    let mut object = Object::of_type("NewsMediaOrganization");
    object.put(
        "name",
        settings.publisher.as_deref().unwrap_or(&settings.title),
    );
    object.put("url", stage.link.absolute("/"));
    for (index, page) in stage.scene.archive.pages.iter().enumerate() {
        if let Some(property) = page.policy.and_then(policy_property) {
            // Of two pages with one policy the first counts.
            let url = stage.link.absolute(&stage.scene.site.of_text(index).url);
            object.0.entry(property).or_insert(Value::from(url));
        }
    }
    object.into()
}

/// The property of a `NewsMediaOrganization` that gives the address of a policy.
fn policy_property(policy: &str) -> Option<&'static str> {
    Some(match policy {
        "corrections" => "correctionsPolicy",
        "ethics" => "ethicsPolicy",
        "ownership" => "ownershipFundingInfo",
        "masthead" => "masthead",
        "priorities" => "missionCoveragePrioritiesPolicy",
        "verification" => "verificationFactCheckingPolicy",
        "unnamed-sources" => "unnamedSourcesPolicy",
        "feedback" => "actionableFeedbackPolicy",
        "diversity" => "diversityPolicy",
        "no-bylines" => "noBylinesPolicy",
        _ => return None,
    })
}

fn corrections(stage: &Stage<'_>, id: ArticleId) -> Vec<Value> {
    let scene = stage.scene;
    let corrections = scene.archive.article(id).content.corrections.iter();
    corrections
        .map(|correction| {
            let mut object = Object::of_type("CorrectionComment");
            object.put("text", correction.text.as_str());
            let date = correction
                .date
                .as_ref()
                .map(|date| date.iso(&scene.config.timezone));
            object.put("datePublished", date);
            object.into()
        })
        .collect()
}

fn printed(stage: &Stage<'_>, id: ArticleId, object: &mut Object) {
    let scene = stage.scene;
    let article = scene.archive.article(id);
    let mut part_of: Vec<Value> = Vec::new();
    if let Some(print) = &article.content.print {
        object.put("printPage", print.page.as_deref());
        object.put("printEdition", print.edition.as_deref());
        object.put("printSection", print.section.as_deref());
        object.put("printColumn", print.column.as_deref());
        let mut paper = Object::of_type("Newspaper");
        paper.put(
            "name",
            print
                .publication
                .as_deref()
                .unwrap_or(&scene.config.settings.title),
        );
        paper.put("issn", print.issn.as_deref());
        let mut issue = Object::of_type("PublicationIssue");
        issue.put("issueNumber", print.issue.as_deref());
        issue.put(
            "datePublished",
            article.content.date.as_ref().map(|date| date.iso_date()),
        );
        if let Some(volume) = &print.volume {
            let mut object = Object::of_type("PublicationVolume");
            object.put("volumeNumber", volume.as_str());
            object.put("isPartOf", Value::from(paper));
            issue.put("isPartOf", Value::from(object));
        } else {
            issue.put("isPartOf", Value::from(paper));
        }
        part_of.push(issue.into());
    }
    let series = article
        .terms
        .iter()
        .filter(|t| scene.archive.taxonomy_of(**t).kind == Kind::Series);
    part_of.extend(series.map(|t| term(stage, *t)));
    object.put("isPartOf", part_of);
}

fn rights(stage: &Stage<'_>, id: ArticleId, object: &mut Object) {
    let own = stage.scene.archive.article(id).content.rights.as_deref();
    let rights = own.unwrap_or(&stage.scene.config.settings.rights);
    let license = rights
        .license
        .as_deref()
        .filter(|license| license.contains("://"));
    object.put("license", license);
    object.put("copyrightNotice", rights.statement.as_deref());
    if let Some(holder) = &rights.holder {
        let mut organization = Object::of_type("Organization");
        organization.put("name", holder.as_str());
        object.put("copyrightHolder", Value::from(organization));
    }
}

/// A list page, with the term it is about.
pub(super) fn collection(stage: &Stage<'_>, title: &str, about: Option<TermId>) -> Value {
    let mut object = Object::of_type("CollectionPage");
    object
        .0
        .insert("@context".into(), json!("https://schema.org"));
    object.put("name", title);
    object.put("url", stage.link.absolute(&stage.page.url));
    object.put("inLanguage", stage.scene.config.settings.language.as_str());
    if let Some(id) = about {
        object.put("about", whole_term(stage, id));
    }
    let mut site = Object::of_type("WebSite");
    site.put("name", stage.scene.config.settings.title.as_str());
    site.put("url", stage.link.absolute("/"));
    object.put("isPartOf", Value::from(site));
    object.into()
}

/// The site as a whole, for the front page.
pub(super) fn site(stage: &Stage<'_>) -> Value {
    let settings = &stage.scene.config.settings;
    let mut object = Object::of_type("WebSite");
    object
        .0
        .insert("@context".into(), json!("https://schema.org"));
    object.put("name", settings.title.as_str());
    object.put("description", settings.description.as_str());
    object.put("url", stage.link.absolute("/"));
    object.put("inLanguage", settings.language.as_str());
    object.put("publisher", publisher(stage));
    object.into()
}
