//! The fields of front matter that ninjs has no property for, or only a coarser one, as front
//! matter has them: what makes an item, read again, the same article.

use serde_json::{Map, Value, json};

use super::names::Namesakes;
use crate::archive::{ArticleId, TermId};
use crate::config::Rights;
use crate::content::{self, Date, Status};
use crate::ninjs::FILE;
use crate::render::Scene;

/// An object that leaves out what is not known.
#[derive(Default)]
pub(super) struct Object(pub(super) Map<String, Value>);

impl Object {
    pub(super) fn put(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        let blank = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
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

/// The fields of an article that its item does not tell.
pub(super) fn left(scene: &Scene<'_>, namesakes: &Namesakes, id: ArticleId) -> Object {
    let article = scene.archive.article(id);
    let content = &article.content;
    let mut left = Object::default();
    left.put(FILE, file(content));
    dates(scene, content, &mut left);
    status(content, &mut left);
    left.put("url", content.url.as_deref());
    let own = content.rights.as_deref();
    left.put("rights", own.map(rights));
    terms(scene, namesakes, id, &mut left);
    if let Some(dateline) = &content.dateline {
        let mut fields = Object::default();
        fields.put("place", dateline.place.as_ref().map(|place| &*place.text));
        if !fields.0.is_empty() {
            fields.put("text", dateline.text.as_str());
            left.put("dateline", fields);
        }
    }
    let corrections = content.corrections.iter().map(|correction| {
        let mut fields = Object::default();
        fields.put("date", correction.date.map(|date| date.to_string()));
        fields.put("text", correction.text.as_str());
        fields.put("kind", correction.kind);
        Value::from(fields)
    });
    left.put("corrections", corrections.collect::<Vec<_>>());
    left.put("print", content.print.as_deref().map(print));
    for (key, text) in [
        ("source_url", &content.source_url),
        ("archived_url", &content.archived_url),
        ("duplicate_of", &content.duplicate_of),
        ("translation_of", &content.translation_of),
    ] {
        left.put(key, text.as_deref());
    }
    left.put("related", content.related.to_vec());
    left.put("extra", content.extra.as_deref().map(plain));
    left
}

/// Where the article lies, seen from the folder of articles.
fn file(content: &content::Article) -> String {
    let name = content.file.file_name().unwrap_or_default();
    let own = content
        .file
        .parent()
        .and_then(|folder| folder.file_name())
        .filter(|_| matches!(content.file.file_stem(), Some("index" | "_index")));
    let parts = [Some(&*content.folder), own, Some(name)];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("/")
}

/// Dates as far as they are known: the properties of ninjs are instants.
fn dates(scene: &Scene<'_>, content: &content::Article, left: &mut Object) {
    let zone = &scene.config.timezone;
    let exact = |date: &Date| Date::parse(&date.rfc3339(zone)).is_ok_and(|read| read == *date);
    match &content.date {
        None => left.put("date", "unknown"),
        Some(date) if !exact(date) => left.put("date", date.to_string()),
        Some(_) => {}
    }
    // A correction changes an article, so the version may be younger than `updated`.
    let version = content.changed(zone);
    match &content.updated {
        Some(date) if Some(*date) != version || !exact(date) => {
            left.put("updated", date.to_string());
        }
        None if version.is_some() => {
            left.0.insert("updated".into(), Value::Null);
        }
        _ => {}
    }
    if let Some(until) = content.embargo_until.as_deref()
        && !exact(until)
    {
        left.put("embargo_until", until.to_string());
    }
}

fn status(content: &content::Article, left: &mut Object) {
    left.put(
        "status",
        match content.status {
            Status::Embargoed => Some("embargoed"),
            // What was taken out is not told, and that something was, is.
            _ if content.redacted => Some("redacted"),
            _ => None,
        },
    );
}

/// The lists of taxonomies in which a name alone does not tell the term, and the order of `about`
/// where it is not that of the lists.
fn terms(scene: &Scene<'_>, namesakes: &Namesakes, id: ArticleId, left: &mut Object) {
    let archive = scene.archive;
    let article = archive.article(id);
    let name = |term: &TermId| {
        let term_of = archive.term(*term);
        let name = if namesakes.has(*term) {
            &term_of.slug
        } else {
            &term_of.name
        };
        Value::from(name.as_str())
    };
    for (index, taxonomy) in archive.taxonomies.iter().enumerate() {
        let of: Vec<TermId> = archive.terms_in(id, index).collect();
        if let Some(key) = taxonomy.keys.first()
            && of.iter().any(|term| namesakes.has(*term))
        {
            left.put(key, of.iter().map(name).collect::<Vec<_>>());
        }
    }
    let marked = article.terms.iter().filter(|t| article.about.contains(t));
    let same = marked.eq(article.about.iter());
    if !same || article.about.iter().any(|term| namesakes.has(*term)) {
        left.put("about", article.about.iter().map(name).collect::<Vec<_>>());
    }
}

fn rights(rights: &Rights) -> Value {
    let mut fields = Object::default();
    fields.put("license", rights.license.as_deref());
    fields.put("holder", rights.holder.as_deref());
    fields.put("statement", rights.statement.as_deref());
    fields.into()
}

fn print(print: &content::Print) -> Value {
    let mut fields = Object::default();
    for (key, text) in [
        ("publication", &print.publication),
        ("issn", &print.issn),
        ("edition", &print.edition),
        ("volume", &print.volume),
        ("issue", &print.issue),
        ("page", &print.page),
        ("section", &print.section),
        ("column", &print.column),
    ] {
        fields.put(key, text.as_deref());
    }
    fields.into()
}

/// A value of front matter in JSON.
fn plain(value: &content::Value) -> Value {
    match value {
        content::Value::Null => Value::Null,
        content::Value::Bool(truth) => json!(truth),
        content::Value::Number(text) => number(text),
        content::Value::Text(text) => json!(text),
        content::Value::List(items) => items.iter().map(plain).collect(),
        content::Value::Map(entries) => {
            let entries = entries.iter();
            let fields = entries.map(|(key, value)| (key.clone(), plain(value)));
            Value::Object(fields.collect())
        }
    }
}

/// A number as it is written; a text where JSON would write it otherwise.
fn number(text: &str) -> Value {
    let whole = text.parse::<i64>().ok().map(Value::from);
    let whole = whole.or_else(|| text.parse::<u64>().ok().map(Value::from));
    let broken = || text.parse::<f64>().ok().map(Value::from);
    let read = whole.or_else(broken);
    read.filter(|value| !value.is_null())
        .unwrap_or_else(|| Value::from(text))
}
