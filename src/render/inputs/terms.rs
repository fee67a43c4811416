//! What the pages of a term are made from.

use super::Inputs;
use crate::archive::TermId;
use crate::content::Authority;
use crate::digest::{Digest, Digester};
use crate::render::Scene;
use crate::render::view::{NEARBY, WITHIN};
use crate::site::{Owner, PageKind, Place, ShelfOf};

/// Each term as other pages name it: its name and record, its page, and the terms it lies in.
pub(super) fn names(scene: &Scene<'_>) -> Vec<Digest> {
    let terms = &scene.archive.terms;
    let own: Vec<Digest> = terms
        .iter()
        .enumerate()
        .map(|(index, term)| {
            let page = scene.site.of_term(super::term_id(index));
            let mut parts = Digester::new()
                .number(term.taxonomy)
                .text(&term.name)
                .text(&term.slug)
                .text(page.map_or("", |page| &page.url));
            if let Some(record) = &term.record {
                parts.push_value(&placeless(record));
            }
            parts.finish()
        })
        .collect();
    let digest = |id: TermId| own.get(id.0 as usize).copied().unwrap_or_default();
    let above = |id: TermId| {
        std::iter::successors(scene.archive.term(id).parent, |id| {
            scene.archive.term(*id).parent
        })
    };
    (0..terms.len())
        .map(super::term_id)
        .map(|id| {
            let mut parts = Digester::new().digest(digest(id));
            above(id).for_each(|id| parts.push(digest(id)));
            parts.finish()
        })
        .collect()
}

/// A record without the lines on which it stands, so that a row more in a table changes none of
/// the others.
fn placeless(record: &Authority) -> Authority {
    let mut record = Authority {
        line: 0,
        text_line: 0,
        merged_into: None,
        // The terms above are taken in themselves.
        parent: None,
        ..record.clone()
    };
    if let Some(portrait) = &mut record.portrait {
        portrait.line = 0;
    }
    record
}

/// For each term, the terms with which it shares a page.
pub(super) fn partners(scene: &Scene<'_>, names: &[Digest]) -> Vec<Digest> {
    let mut partners = vec![Digest::default(); scene.archive.terms.len()];
    for page in &scene.site.pages {
        let PageKind::Shelf(shelf) = &page.kind else {
            continue;
        };
        let (ShelfOf::Pair(a, b), Place::ALL) = (shelf.of, shelf.place) else {
            continue;
        };
        for (one, other) in [(a, b), (b, a)] {
            let name = names.get(other.0 as usize).copied().unwrap_or_default();
            if let Some(set) = partners.get_mut(one.0 as usize) {
                *set = set.with(name);
            }
        }
    }
    partners
}

impl Inputs<'_> {
    /// A term with its articles, what lies within and near it, and the pages it shares.
    pub(super) fn a_term(&self, id: TermId, partners: Digest) -> Digest {
        let (archive, site) = (self.scene.archive, self.scene.site);
        let term = archive.term(id);
        let mut parts = Digester::new().digest(self.name(id)).digest(partners);
        for child in &term.children {
            parts.push(self.name(*child));
            parts.push_number(archive.term(*child).articles.len());
        }
        for near in archive.nearby(id, NEARBY, WITHIN) {
            parts.push(self.name(near.term));
        }
        for page in [site.feed_of(id), site.table_of(id)] {
            parts.push_text(page.map_or("", |page| &page.url));
        }
        let record = term.record.as_ref();
        if let Some((record, page)) = record.zip(site.page_of_term(id)) {
            let owner = Owner {
                page,
                file: &record.file,
                headings: &[],
            };
            self.references(&owner, &record.references, &mut parts);
            self.pictures(&owner, record.portrait.as_slice(), &mut parts);
        }
        parts.push(self.set(term.articles.iter().copied()));
        parts.finish()
    }
}
