//! Categories, tags and further taxonomies become terms of the archive, by their names.

use std::collections::BTreeMap;

use super::element::Element;
use super::mapping::{Mapping, Target};
use crate::content::name::{fold, tidy};
use crate::content::slug;

/// A term of the old site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) name: String,
    pub(super) parent: String,
    pub(super) description: String,
}

/// All terms, by taxonomy and slug of the old site.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms {
    pub(super) all: BTreeMap<(String, String), Term>,
    maps: Vec<Mapping>,
    /// Names that several terms of one taxonomy have: each gets that of its parent behind it.
    names: BTreeMap<(String, String), String>,
}

impl Terms {
    pub(super) fn new(maps: &[Mapping]) -> Self {
        Terms {
            maps: maps.to_vec(),
            ..Terms::default()
        }
    }

    /// A `wp:category`, `wp:tag` or `wp:term` of the channel.
    pub(super) fn of_channel(&mut self, element: &Element) {
        let (taxonomy, slug, parent, name, description) = match element.name.as_str() {
            "wp:category" => (
                "category",
                "wp:category_nicename",
                "wp:category_parent",
                "wp:cat_name",
                "wp:category_description",
            ),
            "wp:tag" => (
                "post_tag",
                "wp:tag_slug",
                "",
                "wp:tag_name",
                "wp:tag_description",
            ),
            _ => (
                element.text("wp:term_taxonomy"),
                "wp:term_slug",
                "wp:term_parent",
                "wp:term_name",
                "wp:term_description",
            ),
        };
        self.add(
            taxonomy,
            element.text(slug),
            Term {
                name: tidy(&crate::import::html::plain(element.text(name))),
                parent: element.text(parent).to_owned(),
                description: tidy(&crate::import::html::plain(element.text(description))),
            },
        );
    }

    /// A `category` of an item, which the channel may have left out.
    pub(super) fn of_item(&mut self, element: &Element) {
        let name = tidy(&crate::import::html::plain(&element.text));
        self.add(
            element.attribute("domain"),
            element.attribute("nicename"),
            Term {
                name,
                ..Term::default()
            },
        );
    }

    fn add(&mut self, taxonomy: &str, slug: &str, term: Term) {
        if taxonomy.is_empty() || taxonomy == "author" || term.name.is_empty() {
            return;
        }
        let slug = if slug.is_empty() { &term.name } else { slug };
        let known = self
            .all
            .entry((taxonomy.to_owned(), slug.to_owned()))
            .or_default();
        for (known, new) in [
            (&mut known.name, term.name),
            (&mut known.parent, term.parent),
            (&mut known.description, term.description),
        ] {
            if known.is_empty() {
                *known = new;
            }
        }
    }

    /// What a term becomes: the more exact mapping counts, then the later one.
    pub(super) fn target(&self, taxonomy: &str, slug: &str) -> Target {
        let fits = |map: &&Mapping| map.taxonomy == taxonomy;
        let own = self
            .maps
            .iter()
            .rev()
            .filter(fits)
            .find(|map| map.term.as_deref() == Some(slug));
        let all = self
            .maps
            .iter()
            .rev()
            .filter(fits)
            .find(|map| map.term.is_none());
        if let Some(map) = own.or(all) {
            return map.target.clone();
        }
        match taxonomy {
            "category" | "post_tag" => Target::Taxonomy("topics".into()),
            // How WordPress lays an article out, shows it in menus, translates it.
            "post_format"
            | "nav_menu"
            | "language"
            | "post_translations"
            | "term_language"
            | "wp_theme"
            | "term_translations"
            | "elementor_library_type"
            | "yst_prominent_words"
            | "link_category"
            | "wp_template_part_area"
            | "wp_pattern_category" => Target::Nothing,
            other => Target::Taxonomy(slug::slug(other, true)),
        }
    }

    /// Settles which terms share a name within a taxonomy of the archive though they are two.
    pub(super) fn settle(&mut self) {
        let mut by_name: BTreeMap<(String, String), Vec<(String, String)>> = BTreeMap::new();
        for ((taxonomy, slug), term) in &self.all {
            if !term.parent.is_empty() {
                by_name
                    .entry((taxonomy.clone(), fold(&term.name)))
                    .or_default()
                    .push((taxonomy.clone(), slug.clone()));
            }
        }
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for ((taxonomy, _), term) in &self.all {
            *counts
                .entry((taxonomy.clone(), fold(&term.name)))
                .or_default() += 1;
        }
        for ((taxonomy, _), keys) in by_name {
            // A namesake at the top keeps the bare name; below it the parent tells which.
            let name = |slug: &String| {
                self.all
                    .get(&(taxonomy.clone(), slug.clone()))
                    .map(|term| term.name.clone())
            };
            for (_, slug) in &keys {
                let Some(term) = self.all.get(&(taxonomy.clone(), slug.clone())) else {
                    continue;
                };
                let twice = counts
                    .get(&(taxonomy.clone(), fold(&term.name)))
                    .is_some_and(|count| *count > 1);
                if twice && let Some(parent) = name(&term.parent) {
                    self.names.insert(
                        (taxonomy.clone(), slug.clone()),
                        format!("{} ({parent})", term.name),
                    );
                }
            }
        }
        let mut first: BTreeMap<(String, String), String> = BTreeMap::new();
        let keys: Vec<(String, String)> = self.all.keys().cloned().collect();
        for key in keys {
            let Target::Taxonomy(target) = self.target(&key.0, &key.1) else {
                continue;
            };
            let name = self.name(&key.0, &key.1, "");
            let known = first
                .entry((target, fold(&name)))
                .or_insert_with(|| name.clone());
            if *known != name {
                self.names.insert(key, known.clone());
            }
        }
    }

    /// The name a term has in the archive. Where two spellings are one name, it is that of the first.
    pub(super) fn name(&self, taxonomy: &str, slug: &str, text: &str) -> String {
        let key = (taxonomy.to_owned(), slug.to_owned());
        match self.names.get(&key) {
            Some(name) => name.clone(),
            None => self
                .own_name(&key)
                .unwrap_or_else(|| tidy(&crate::import::html::plain(text))),
        }
    }

    fn own_name(&self, key: &(String, String)) -> Option<String> {
        self.all.get(key).map(|term| term.name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(slug: &str, name: &str, parent: &str) -> Element {
        let child = |name: &str, text: &str| Element {
            name: name.into(),
            text: text.into(),
            ..Element::default()
        };
        Element {
            name: "wp:category".into(),
            children: vec![
                child("wp:category_nicename", slug),
                child("wp:cat_name", name),
                child("wp:category_parent", parent),
            ],
            ..Element::default()
        }
    }

    #[test]
    fn names_hierarchy_and_slugs_survive() {
        let mut terms = Terms::new(&[Mapping::parse("category:world=section").unwrap()]);
        for (slug, name, parent) in [
            ("world", "World &amp; Nations", ""),
            ("sport", "Sport", ""),
            ("sport-news", "News", "sport"),
            ("news", "News", ""),
            ("%d7%90", "א", "sport-news"),
            ("ring-a", "Ring A", "ring-b"),
            ("ring-b", "Ring B", "ring-a"),
        ] {
            terms.of_channel(&category(slug, name, parent));
        }
        terms.settle();
        let records = terms.records();
        let shown = |taxonomy: &str| -> Vec<(String, String, String)> {
            records[taxonomy]
                .iter()
                .map(|r| (r.name.clone(), r.slug.clone(), r.broader.clone()))
                .collect()
        };
        let line = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(shown("sections"), [line("World & Nations", "world", "")]);
        assert_eq!(
            shown("topics"),
            [
                line("News", "news", ""),
                line("News (Sport)", "sport-news", "Sport"),
                line("Ring A", "ring-a", ""),
                line("Ring B", "ring-b", ""),
                line("Sport", "sport", ""),
                line("א", "א", "News (Sport)"),
            ]
        );
        assert_eq!(terms.name("category", "sport-news", "News"), "News (Sport)");
        assert!(
            records["topics"][5]
                .aliases
                .contains("/category/sport/sport-news/%d7%90/")
        );
    }
}
