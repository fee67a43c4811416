//! The taxonomies of a site: the built-in ones, changed and extended by `site.toml`.

use super::settings::{Kind, Settings};

/// One way of filing articles: by person, by place, by section…
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// Its name in `site.toml` and in commands: `people`.
    pub name: String,
    /// The front matter keys it is read from: `["authors", "author"]`.
    pub keys: Vec<String>,
    /// What its terms are.
    pub kind: Kind,
    /// Its name in headings: `People`.
    pub label: String,
    /// Whether `site.toml` sets that name; else pages use the one of their language.
    pub own_label: bool,
    /// What one term is called: `person`.
    pub singular: String,
    /// Whether `site.toml` sets that word; else pages use the one of their language.
    pub own_singular: bool,
    /// The folder (and `.csv` file) of its records, below the content root.
    pub folder: String,
    /// The first part of its addresses.
    pub path: String,
    /// Whether its terms say what an article is about. Bylines, sections and series do not.
    pub subject: bool,
    /// Whether an article has at most one of its terms.
    pub single: bool,
}

struct BuiltIn(
    &'static str,
    Kind,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const BUILT_IN: [BuiltIn; 6] = [
    BuiltIn("people", Kind::Person, "People", "person", &["person"]),
    BuiltIn("places", Kind::Place, "Places", "place", &["place"]),
    BuiltIn("topics", Kind::Topic, "Topics", "topic", &["topic"]),
    BuiltIn("authors", Kind::Author, "Authors", "author", &["author"]),
    BuiltIn(
        "sections",
        Kind::Section,
        "Sections",
        "section",
        &["section"],
    ),
    BuiltIn("series", Kind::Series, "Series", "series", &[]),
];

/// All taxonomies of a site in the order they are shown: people, places, topics, the site's own
/// by name, then authors, sections and series; and the keys of those that were dropped.
pub(super) fn all(settings: &Settings) -> (Vec<Taxonomy>, Vec<String>) {
    let mut taxonomies = Vec::new();
    let mut dropped = Vec::new();
    let own = settings
        .taxonomies
        .keys()
        .filter(|name| !BUILT_IN.iter().any(|b| b.0 == *name));
    let order = BUILT_IN[..3].iter().map(|b| b.0);
    let order = order
        .chain(own.map(String::as_str))
        .chain(BUILT_IN[3..].iter().map(|b| b.0));
    for name in order {
        let built_in = BUILT_IN.iter().find(|b| b.0 == name);
        let set = settings.taxonomies.get(name).cloned().unwrap_or_default();
        let kind = set.kind.or(built_in.map(|b| b.1)).unwrap_or(Kind::Topic);
        let mut keys = vec![set.key.clone().unwrap_or_else(|| name.to_owned())];
        if set.key.is_none() {
            keys.extend(
                built_in
                    .into_iter()
                    .flat_map(|b| b.4)
                    .map(|k| (*k).to_owned()),
            );
        }
        if set.enabled == Some(false) {
            dropped.extend(keys);
            continue;
        }
        taxonomies.push(Taxonomy {
            name: name.to_owned(),
            keys,
            kind,
            own_label: set.label.is_some() || built_in.is_none(),
            own_singular: set.singular.is_some() || built_in.is_none(),
            label: set
                .label
                .unwrap_or_else(|| built_in.map_or_else(|| capitalised(name), |b| b.2.to_owned())),
            singular: set
                .singular
                .unwrap_or_else(|| built_in.map_or_else(|| singular(name), |b| b.3.to_owned())),
            folder: set.folder.unwrap_or_else(|| name.to_owned()),
            path: set.path.unwrap_or_else(|| name.to_owned()),
            subject: !matches!(kind, Kind::Author | Kind::Section | Kind::Series),
            single: matches!(kind, Kind::Section | Kind::Series),
        });
    }
    (taxonomies, dropped)
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn singular(name: &str) -> String {
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').unwrap_or(name).to_owned(),
    }
}
