//! Which term every name of the content stands for, before anything is published: what rewrites
//! names must know, those of drafts and withdrawn articles included.

use std::collections::HashMap;

use super::names::{Names, Use};
use crate::config::Config;
use crate::content::{Authority, Content};
use crate::diagnostics::Diagnostics;

/// The terms of all taxonomies by all their names.
pub struct Register {
    of_taxonomy: Vec<Names>,
}

/// A term as the register knows it.
#[derive(Debug, Clone, Copy)]
pub struct Registered<'a> {
    /// The name under which it is shown.
    pub name: &'a str,
    /// The last part of its address.
    pub slug: &'a str,
    /// Its authority record, where it has one.
    pub record: Option<&'a Authority>,
}

impl Register {
    /// Works out all terms. What is wrong with names is found by [`super::Archive::new`] too.
    pub fn new(content: &Content, config: &Config) -> Register {
        let taxonomies = 0..config.taxonomies.len();
        let of_taxonomy = taxonomies.map(|taxonomy| {
            let records = content.records.iter();
            let records = records.filter(|record| record.taxonomy == taxonomy);
            let uses = uses(content, taxonomy);
            let mut notes = Diagnostics::new();
            Names::new(config, records.cloned().collect(), &uses, &mut notes)
        });
        Register {
            of_taxonomy: of_taxonomy.collect(),
        }
    }

    /// The number of the term that a name, slug or alias stands for in a taxonomy.
    pub fn find(&self, taxonomy: usize, name: &str) -> Option<usize> {
        self.of_taxonomy.get(taxonomy)?.resolve(name)
    }

    /// The term of this number in a taxonomy.
    pub fn term(&self, taxonomy: usize, number: usize) -> Option<Registered<'_>> {
        let draft = self.of_taxonomy.get(taxonomy)?.drafts.get(number)?;
        Some(Registered {
            name: &draft.name,
            slug: &draft.slug,
            record: draft.record.as_ref(),
        })
    }

    /// The names of all terms of a taxonomy, in no order that means anything.
    pub fn names(&self, taxonomy: usize) -> impl Iterator<Item = &str> {
        let names = self.of_taxonomy.get(taxonomy);
        names
            .into_iter()
            .flat_map(|names| names.drafts.iter().map(|draft| draft.name.as_str()))
    }
}

/// Every spelling of the names in one taxonomy, once, in the order they are met.
fn uses(content: &Content, taxonomy: usize) -> Vec<Use<'_>> {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut uses: Vec<Use<'_>> = Vec::new();
    for article in &content.articles {
        for name in article.names.get(taxonomy).into_iter().flatten() {
            let index = *known.entry(&name.text).or_insert(uses.len());
            match uses.get_mut(index) {
                Some(usage) => usage.count += 1,
                None => uses.push(Use {
                    file: &article.file,
                    name,
                    count: 1,
                }),
            }
        }
    }
    uses
}
