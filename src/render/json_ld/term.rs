//! People, places, authors and the other terms as schema.org things.

use serde_json::Value;

use super::Object;
use crate::archive::TermId;
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
    // A byline without dates of birth may be a desk, an agency or a person; with them, a person.
    let is_person = term
        .record
        .as_ref()
        .is_some_and(|r| r.born.is_some() || !r.roles.is_empty());
    let mut object = Object::of_type(match kind {
        Kind::Author if is_person => "Person",
        Kind::Author => author_type(&term.name),
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

/// Desks, staffs and agencies are organizations; a name of two words or more without such a word
/// is a person.
fn author_type(name: &str) -> &'static str {
    const GROUPS: [&str; 8] = [
        "desk", "staff", "team", "agency", "editors", "board", "press", "news",
    ];
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let group = words.len() < 2 || words.iter().any(|word| GROUPS.contains(&word.as_str()));
    if group { "Organization" } else { "Person" }
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
