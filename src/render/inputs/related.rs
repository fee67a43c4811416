//! Which articles are related to each, remembered from the last build.
//!
//! They are chosen from hundreds, which differ with every article that is added near one, and of
//! which most say something else by and by. A page is made from those alone that are chosen.

use std::io::{Read as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use hashbrown::HashMap;
use rayon::prelude::*;

use super::Inputs;
use crate::archive::{ArticleId, TermId};
use crate::cache::Cache;
use crate::digest::{Digest, Digester};

/// The file's name in the cache.
const NAME: &str = "related";
const HEADER: &[u8; 16] = b"morgue-related 1";

/// What the last build chose, and from what.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// For each article what its related ones were chosen from, sorted, and then as many articles
    /// as a page shows; 0 where there are fewer.
    rows: Vec<u8>,
    /// How many articles a page shows.
    most: usize,
    /// The articles by what is remembered of each.
    ids: HashMap<u64, ArticleId>,
    /// Whether any choice was made anew.
    changed: AtomicBool,
}

/// The bytes of what is remembered of an article.
const SHORT: usize = 8;

impl Chosen {
    /// What was remembered; nothing where that is damaged, or of other settings.
    pub(super) fn load(inputs: &Inputs<'_>) -> Chosen {
        let ids = inputs.relating.iter().zip((0..).map(ArticleId));
        let most = inputs.scene.config.settings.related.count;
        Chosen {
            rows: rows(inputs.cache, most, settings(inputs)).unwrap_or_default(),
            most,
            ids: ids
                .map(|(digest, id)| (digest.short_number(), id))
                .collect(),
            changed: AtomicBool::new(false),
        }
    }

    /// The articles that were chosen from this.
    fn find(&self, from: Digest) -> Option<Vec<ArticleId>> {
        let width = width(self.most);
        let count = self.rows.len() / width;
        let row = |index: usize| self.rows.get(index * width..(index + 1) * width);
        let of = |index: usize| row(index)?.first_chunk().copied().map(Digest::from_bytes);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            match of(middle)? < from {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let row = row(low).filter(|_| of(low) == Some(from))?;
        let (shorts, _) = row.get(Digest::LENGTH..)?.as_chunks::<SHORT>();
        let shorts = shorts.iter().map(|short| u64::from_be_bytes(*short));
        let chosen = shorts.take_while(|short| *short != 0);
        chosen.map(|short| self.ids.get(&short).copied()).collect()
    }
}

/// The bytes of a row.
fn width(most: usize) -> usize {
    Digest::LENGTH + most * SHORT
}

/// What the choice depends on beside the archive: the settings, and this program.
fn settings(inputs: &Inputs<'_>) -> Digest {
    inputs.scene.config.fingerprint()
}

fn rows(cache: &Cache, most: usize, settings: Digest) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    cache.file(NAME)?.read_to_end(&mut bytes).ok()?;
    let (start, rows) = bytes.split_at_checked(HEADER.len() + 2 * Digest::LENGTH)?;
    let (header, digests) = start.split_first_chunk::<16>()?;
    let (of, seal) = digests.split_first_chunk::<{ Digest::LENGTH }>()?;
    let whole = header == HEADER
        && Digest::from_bytes(*of) == settings
        && Digest::of(rows).bytes() == *seal
        && rows.len() % width(most) == 0;
    whole.then(|| rows.to_vec())
}

impl Inputs<'_> {
    /// What an article is about, the rarest first, as its related ones name it; each with the number
    /// of its articles.
    fn subjects(&self, id: ArticleId) -> Vec<(usize, TermId)> {
        let archive = self.scene.archive;
        let terms = archive.article(id).terms.iter().copied();
        let subjects = terms.filter(|term| archive.is_open_subject(*term));
        let counted = |term: TermId| (archive.term(term).articles.len(), term);
        let mut subjects: Vec<(usize, TermId)> = subjects.map(counted).collect();
        subjects.sort_unstable();
        subjects
    }

    /// What the related articles of one are chosen from.
    fn chosen_from(&self, id: ArticleId, subjects: &[(usize, TermId)]) -> Digest {
        let mut parts = Digester::new().digest(self.relating(id));
        self.named(id, &mut parts);
        for (count, term) in subjects {
            parts.push(self.name(*term));
            // Each weighs by its number of articles.
            parts.push_number(count.checked_ilog2().map_or(0, |log| log as usize + 1));
        }
        parts.push(self.near.get(id.0 as usize).copied().unwrap_or_default());
        parts.finish()
    }

    fn named(&self, id: ArticleId, parts: &mut Digester) {
        let named = &self.scene.archive.article(id).named;
        parts.push_number(named.len());
        named.iter().for_each(|id| parts.push(self.relating(*id)));
    }

    /// The related articles of one, and why they are.
    pub(super) fn related(&self, id: ArticleId, parts: &mut Digester) {
        let subjects = self.subjects(id);
        let find = || {
            let known = self.chosen.find(self.chosen_from(id, &subjects));
            known.unwrap_or_else(|| {
                self.chosen.changed.store(true, Ordering::Relaxed);
                self.scene.archive.related(id, self.chosen.most)
            })
        };
        let chosen = self.scene.frames.note_related(id, find);
        chosen.iter().for_each(|id| parts.push(self.article(*id)));
        self.named(id, parts);
        subjects
            .iter()
            .for_each(|(_, term)| parts.push(self.name(*term)));
    }

    /// Remembers which articles are related for the next build. Where this fails, that chooses anew.
    pub(super) fn store_related(&self) {
        let (frames, width) = (self.scene.frames, width(self.chosen.most));
        if !self.chosen.changed.load(Ordering::Relaxed) {
            return;
        }
        let ids: Vec<ArticleId> = self.scene.archive.ids().collect();
        let rows = ids.into_par_iter().filter_map(|id| {
            let chosen = frames.related(id)?;
            let from = self.chosen_from(id, &self.subjects(id));
            let mut row = from.bytes().to_vec();
            let shorts = chosen.iter().map(|id| self.relating(*id).short_number());
            row.extend(shorts.flat_map(u64::to_be_bytes));
            row.resize(width, 0);
            Some(row)
        });
        let mut rows: Vec<Vec<u8>> = rows.collect();
        rows.par_sort_unstable();
        let rows = rows.concat();
        self.cache.replace(NAME, |file| {
            file.write_all(HEADER)?;
            file.write_all(&settings(self).bytes())?;
            file.write_all(&Digest::of(&rows).bytes())?;
            file.write_all(&rows)
        });
    }
}
