//! People, places, authors and the other terms as schema.org things.

use serde_json::Value;

use super::Object;
use crate::archive::{Term, TermId};
use crate::config::Kind;
use crate::render::view::Stage;

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Person",
        Kind::Place => "Place",
        Kind::Topic | Kind::Section => "DefinedTerm",
        Kind::Author | Kind::Organization => "Organization",
        Kind::Event => "Event",
        Kind::Work => "CreativeWork",
        Kind::Series => "CreativeWorkSeries",
    }
}

/// A term with its name, page and the addresses that identify it.
pub(super) fn term(stage: &Stage<'_>, id: TermId) -> Value {
    brief(stage, id).into()
}

fn brief(stage: &Stage<'_>, id: TermId) -> Object {
    let archive = stage.scene.archive;
    let term = archive.term(id);
    let kind = archive.taxonomy_of(id).kind;
    let mut object = Object::of_type(match kind {
        Kind::Author if is_person(term) => "Person",
        kind => type_of(kind),
    });
    object.put("name", term.name.as_str());
    object.put(
        "url",
        stage
            .scene
            .site
            .of_term(id)
            .map(|page| stage.link.absolute(&page.url)),
    );
    object.put("sameAs", same_as(stage, id));
    object
}

/// Whether an author is a person. A record with a date of birth or with roles says so; else
/// desks, staffs and agencies are not, and a name of two words or more without such a word is.
pub(in crate::render) fn is_person(author: &Term) -> bool {
    const GROUPS: [&str; 8] = [
        "desk", "staff", "team", "agency", "editors", "board", "press", "news",
    ];
    let record = author.record.as_ref();
    if record.is_some_and(|r| r.born.is_some() || !r.roles.is_empty()) {
        return true;
    }
    let is_group = |word: &str| GROUPS.iter().any(|group| word.eq_ignore_ascii_case(group));
    let words = || author.name.split_whitespace();
    words().nth(1).is_some() && !words().any(is_group)
}

pub(super) fn whole_term(stage: &Stage<'_>, id: TermId) -> Value {
    let archive = stage.scene.archive;
    let mut object = brief(stage, id);
    if let Some(record) = &archive.term(id).record {
        object.put("description", record.description.as_deref());
        object.put(
            "alternateName",
            record
                .aliases
                .iter()
                .map(|a| Value::from(a.as_str()))
                .collect::<Vec<_>>(),
        );
        object.put(
            "image",
            stage.portrait_address(id).map(|portrait| portrait.0),
        );
        let iso = |date: &crate::content::Date| date.iso_date();
        if archive.taxonomy_of(id).kind == Kind::Person {
            object.put("birthDate", record.born.as_ref().map(iso));
            object.put("deathDate", record.died.as_ref().map(iso));
            object.put(
                "jobTitle",
                record
                    .roles
                    .iter()
                    .map(|r| Value::from(r.as_str()))
                    .collect::<Vec<_>>(),
            );
        }
        if let Some((latitude, longitude)) = record.coordinates {
            let mut geo = Object::of_type("GeoCoordinates");
            geo.put("latitude", latitude);
            geo.put("longitude", longitude);
            object.put("geo", Value::from(geo));
        }
    }
    if archive.taxonomy_of(id).kind == Kind::Place
        && let Some(parent) = archive.term(id).parent
    {
        object.put("containedInPlace", term(stage, parent));
    }
    object.into()
}

/// The addresses that identify a term elsewhere.
fn same_as(stage: &Stage<'_>, id: TermId) -> Vec<Value> {
    let identifiers = crate::render::view::identifiers(stage.scene.archive.term(id));
    identifiers
        .into_iter()
        .map(|identifier| Value::from(identifier.url))
        .collect()
}
