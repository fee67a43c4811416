//! CSL-JSON (Citation Style Language 1.0.2): a list of one `article-newspaper`.

use serde::Serialize;

use super::Source;
use super::name::Name;

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Author<'a>>,
    #[serde(rename = "container-title")]
    paper: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    volume: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(rename = "ISSN", skip_serializing_if = "Option::is_none")]
    issn: Option<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(rename = "URL")]
    url: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Author<'a> {
    Person {
        family: &'a str,
        given: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<&'a str>,
    },
    Whole {
        literal: &'a str,
    },
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    parts: [Vec<i16>; 1],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
}

pub(super) fn file(source: &Source<'_>) -> String {
    let key = source.key();
    let item = Item {
        id: &key,
        kind: "article-newspaper",
        title: &source.title,
        author: source.authors.iter().map(author).collect(),
        paper: &source.paper,
        issued: source.date.as_ref().map(|date| {
            let month_and_day = date.month().into_iter().chain(date.day()).map(i16::from);
            Issued {
                parts: [std::iter::once(date.year()).chain(month_and_day).collect()],
                circa: date.is_uncertain(),
            }
        }),
        section: source.section.as_deref(),
        edition: source.edition.as_deref(),
        volume: source.volume.as_deref(),
        issue: source.issue.as_deref(),
        page: source.page.as_deref(),
        issn: source.issn.as_deref(),
        language: source.language,
        archive: source.archive.as_deref(),
        note: source.note(),
        url: &source.url,
    };
    serde_json::to_string(&[item]).unwrap_or_default()
}

fn author<'a>(name: &'a Name<'_>) -> Author<'a> {
    match &name.parts {
        Some(parts) => Author::Person {
            family: &parts.family,
            given: &parts.given,
            suffix: parts.suffix.as_deref(),
        },
        None => Author::Whole {
            literal: &name.whole,
        },
    }
}
