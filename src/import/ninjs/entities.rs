//! Whom and what an item is about: people, organisations, places, subjects, events, objects.

use serde_json::{Map, Value};

use super::article::Made;
use super::properties::Properties;
use crate::config::{Config, Kind, Taxonomy};
use crate::content::name::tidy;
use crate::import::draft::Draft;
use crate::ninjs;

/// A longer name is none, in bytes: no site reads it.
const LONGEST: usize = 1000;

/// Which field of front matter takes which kind of name.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    people: String,
    organisations: String,
    places: String,
    subjects: String,
    events: String,
    works: String,
    pub(super) authors: String,
    /// The field of each taxonomy, and whether it takes one name alone.
    of_taxonomy: Vec<(String, String, bool)>,
}

impl Fields {
    /// Those of a site, or the usual ones. What a site has no taxonomy for goes among its topics.
    pub(super) fn of(config: Option<&Config>) -> Fields {
        let taxonomies = config.map_or(&[][..], |config| &config.taxonomies);
        let kind = |kind: Kind| {
            let found = taxonomies.iter().find(|taxonomy| taxonomy.kind == kind);
            found.map(key)
        };
        let or = |found: Option<String>, usual: &str| found.unwrap_or_else(|| usual.to_owned());
        let topics = or(kind(Kind::Topic), "topics");
        let usual = [
            ("people", "people", false),
            ("places", "places", false),
            ("topics", "topics", false),
            ("authors", "authors", false),
            ("sections", "section", true),
            ("series", "series", true),
        ];
        let usual = usual.map(|(name, key, single)| (name.to_owned(), key.to_owned(), single));
        let own = taxonomies
            .iter()
            .map(|taxonomy| (taxonomy.name.clone(), key(taxonomy), taxonomy.single));
        Fields {
            people: or(kind(Kind::Person), "people"),
            organisations: or(kind(Kind::Organization), &topics),
            places: or(kind(Kind::Place), "places"),
            events: or(kind(Kind::Event), &topics),
            works: or(kind(Kind::Work), &topics),
            authors: or(kind(Kind::Author), "authors"),
            subjects: topics,
            of_taxonomy: match config {
                Some(_) => own.collect(),
                None => usual.into(),
            },
        }
    }

    /// The field of the taxonomy that an identifier of ours names: `places/hanoi`.
    fn named(&self, literal: &str) -> Option<&(String, String, bool)> {
        let (name, _) = literal.split_once('/')?;
        self.of_taxonomy.iter().find(|(own, ..)| own == name)
    }

    /// Whether a field takes names, and several.
    pub(super) fn takes(&self, field: &str) -> Option<bool> {
        let found = self.of_taxonomy.iter().find(|(_, key, _)| key == field);
        found.map(|(.., single)| !single)
    }
}

/// The field that front matter names a taxonomy by.
fn key(taxonomy: &Taxonomy) -> String {
    let singular = taxonomy.keys.iter().find(|key| *key == "section");
    let singular = singular.filter(|_| taxonomy.single);
    let key = singular.or(taxonomy.keys.first());
    key.unwrap_or(&taxonomy.name).clone()
}

/// Reads all of them. `own` items are of an export of ours, whose identifiers name taxonomies.
pub(super) fn all(item: &mut Properties, own: bool, fields: &Fields, made: &mut Made) {
    let mut about = Vec::new();
    let arrays: [(&[&str], &String); 6] = [
        (&["people", "person"], &fields.people),
        (&["organisations", "organisation"], &fields.organisations),
        (&["places", "place"], &fields.places),
        (&["subjects", "subject"], &fields.subjects),
        (&["events", "event"], &fields.events),
        (&["objects", "object"], &fields.works),
    ];
    for (names, usual) in arrays {
        let array = names.first().copied().unwrap_or_default();
        for mut entity in item.list(names) {
            let rel = entity.text(&["rel"]).unwrap_or_default();
            let name = entity.text(&["name"]);
            let literal = entity.text(&["literal"]);
            let Some(name) = name.or_else(|| literal.clone()) else {
                identified(array, "", entity, made);
                continue;
            };
            let name = tidy(&name);
            if name.is_empty() || name.len() > LONGEST {
                made.unread.push(format!("{array}/name"));
                continue;
            }
            let known = literal.as_deref().filter(|_| own);
            let taxonomy = known.and_then(|literal| fields.named(literal));
            let single = taxonomy.is_some_and(|(.., single)| *single);
            let field = taxonomy.map_or(usual, |(_, key, _)| key);
            if single {
                let taken = made.draft.text_of(field).is_some();
                match taken {
                    false => made.draft.text(field, &*name),
                    true => made.keep(array, Value::String(name.clone())),
                }
            } else {
                add(&mut made.draft, field, &name);
            }
            if rel.eq_ignore_ascii_case(ninjs::ABOUT) && !about.contains(&name) {
                about.push(name.clone());
            }
            if !own {
                let literal = literal.filter(|literal| *literal != name);
                entity.put("literal", literal);
                let said = ["", ninjs::ABOUT, ninjs::MENTIONS];
                let other = Some(rel).filter(|rel| !said.contains(&rel.as_str()));
                entity.put("rel", other);
                identified(array, &name, entity, made);
            }
        }
    }
    made.draft.list("about", about);
}

/// Keeps what an item says of somebody beyond the name: identifiers, symbols, positions.
pub(super) fn identified(array: &str, name: &str, entity: Properties, made: &mut Made) {
    let mut told = Map::new();
    for (key, value) in entity.rest() {
        told.insert(key, value);
    }
    if told.is_empty() {
        return;
    }
    let mut all = Map::new();
    all.insert("name".into(), Value::String(name.to_owned()));
    all.extend(told);
    made.keep_in(array, Value::Object(all));
}

/// Adds a name to a list, once.
pub(super) fn add(draft: &mut Draft, field: &str, name: &str) {
    match draft.lists.iter_mut().find(|(key, _)| key == field) {
        Some((_, list)) if list.iter().any(|own| own == name) => {}
        Some((_, list)) => list.push(name.to_owned()),
        None => draft.list(field, vec![name.to_owned()]),
    }
}
