//! Terms within terms: towns in countries, narrow topics below broad ones.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Stage, TermLink};
use crate::archive::TermId;
use crate::site::LONG_INDEX;

/// A term with those within it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Branch {
    /// The term, with how many articles it has itself.
    pub term: TermLink,
    /// The terms within it, each with those within.
    pub children: Vec<Branch>,
}

/// How deep branches go; what lies deeper is named side by side on the last step.
const DEPTH: usize = 8;

impl Stage<'_> {
    /// The terms of a taxonomy that have others within them and lie in none. Where all of these
    /// together are too many for a page they stand alone, and their own pages name what is
    /// within; of more than a page holds, those most written about.
    pub(super) fn tree(&self, taxonomy: usize) -> Vec<Branch> {
        let archive = self.scene.archive;
        let Some(alphabet) = archive.alphabets.get(taxonomy) else {
            return Vec::new();
        };
        let mut below: BTreeMap<TermId, Vec<TermId>> = BTreeMap::new();
        let mut roots: Vec<TermId> = Vec::new();
        // In the order of the alphabet, so every list of children is in that order too.
        for term in alphabet.terms() {
            match self.above(term) {
                Some(parent) => below.entry(parent).or_default().push(term),
                None => roots.push(term),
            }
        }
        roots.retain(|root| below.contains_key(root));
        let within: usize = below.values().map(Vec::len).sum();
        if roots.len() + within <= LONG_INDEX {
            return roots
                .into_iter()
                .map(|root| self.branch(root, &below, 1))
                .collect();
        }
        if roots.len() > LONG_INDEX {
            let mut most = roots.clone();
            most.sort_by_key(|id| (Reverse(archive.term(*id).articles.len()), *id));
            most.truncate(LONG_INDEX);
            most.sort_unstable();
            roots.retain(|root| most.binary_search(root).is_ok());
        }
        roots
            .into_iter()
            .map(|root| self.branch(root, &BTreeMap::new(), 1))
            .collect()
    }

    /// The nearest term above one that has a page.
    fn above(&self, id: TermId) -> Option<TermId> {
        let archive = self.scene.archive;
        let mut above =
            std::iter::successors(archive.term(id).parent, |id| archive.term(*id).parent);
        above.find(|id| !archive.term(*id).is_hidden())
    }

    fn branch(&self, id: TermId, below: &BTreeMap<TermId, Vec<TermId>>, depth: usize) -> Branch {
        let within = below.get(&id).map(Vec::as_slice).unwrap_or_default();
        let children = if depth < DEPTH {
            within
                .iter()
                .map(|child| self.branch(*child, below, depth + 1))
                .collect()
        } else {
            let mut all = Vec::new();
            let mut next: Vec<TermId> = within.iter().rev().copied().collect();
            while let Some(child) = next.pop() {
                all.push(Branch {
                    term: self.counted(child),
                    children: Vec::new(),
                });
                next.extend(below.get(&child).into_iter().flatten().rev());
            }
            all
        };
        Branch {
            term: self.counted(id),
            children,
        }
    }
}
