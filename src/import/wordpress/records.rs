//! Terms as records of the archive.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::Target;
use super::terms::Terms;
use crate::content::name::fold;
use crate::content::slug;

/// A record of the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) name: String,
    pub(super) slug: String,
    pub(super) aliases: BTreeSet<String>,
    pub(super) description: String,
    pub(super) broader: String,
}

impl Terms {
    /// The records of every taxonomy of the archive, each name and each slug once.
    pub(super) fn records(&self) -> BTreeMap<String, Vec<Record>> {
        let mut all: BTreeMap<String, BTreeMap<String, Record>> = BTreeMap::new();
        for ((taxonomy, slug), term) in &self.all {
            let Target::Taxonomy(target) = self.target(taxonomy, slug) else {
                continue;
            };
            let name = self.name(taxonomy, slug, &term.name);
            let records = all.entry(target.clone()).or_default();
            let record = records.entry(fold(&name)).or_default();
            if record.name.is_empty() {
                record.name = name;
                record.slug = crate::content::percent_decoded(slug).unwrap_or_else(|| slug.clone());
            }
            if record.description.is_empty() {
                record.description.clone_from(&term.description);
            }
            let parent = self.all.get(&(taxonomy.clone(), term.parent.clone()));
            if let Some(parent) = parent.filter(|_| record.broader.is_empty())
                && self.target(taxonomy, &term.parent) == Target::Taxonomy(target)
            {
                let broader = self.name(taxonomy, &term.parent, &parent.name);
                if fold(&broader) != fold(&record.name) {
                    record.broader = broader;
                }
            }
            let old = match taxonomy.as_str() {
                "category" => self.path(taxonomy, slug, "category"),
                "post_tag" => format!("/tag/{slug}/"),
                other => self.path(other, slug, other),
            };
            record.aliases.insert(old);
        }
        all.into_iter()
            .map(|(taxonomy, records)| (taxonomy, apart(records)))
            .collect()
    }

    /// The address WordPress gives a term below those it belongs to.
    fn path(&self, taxonomy: &str, slug: &str, base: &str) -> String {
        let mut parts = vec![slug.to_owned()];
        let mut at = slug.to_owned();
        while let Some(term) = self
            .all
            .get(&(taxonomy.to_owned(), at))
            .filter(|term| !term.parent.is_empty())
        {
            if parts.len() > 20 || parts.contains(&term.parent) {
                break;
            }
            parts.insert(0, term.parent.clone());
            at = term.parent.clone();
        }
        format!("/{base}/{}/", parts.join("/"))
    }
}

/// The records with a usable slug each; of two that want one, the later has that of its name or
/// a number behind it. Circles of broader terms are opened.
fn apart(records: BTreeMap<String, Record>) -> Vec<Record> {
    let mut taken = BTreeSet::new();
    let broader: BTreeMap<String, String> = records
        .iter()
        .map(|(key, record)| (key.clone(), fold(&record.broader)))
        .collect();
    let circles = |key: &String| {
        let mut at = key;
        for _ in 0..100 {
            match broader.get(at) {
                Some(next) if next == key => return true,
                Some(next) if !next.is_empty() => at = next,
                _ => return false,
            }
        }
        true
    };
    let mut apart = Vec::with_capacity(records.len());
    for (key, mut record) in records {
        if circles(&key) {
            record.broader.clear();
        }
        let own = if slug::is_usable(&record.slug) {
            record.slug
        } else {
            slug::slug(&record.name, false)
        };
        let mut free = own.clone();
        let mut number = 2;
        while !taken.insert(free.clone()) {
            free = format!("{own}-{number}");
            number += 1;
        }
        record.slug = free;
        apart.push(record);
    }
    apart
}
