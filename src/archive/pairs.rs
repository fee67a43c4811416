//! Terms that stand beside one another: the companions of a term, and the pairs that share enough
//! articles for a page of their own.

use rayon::prelude::*;

use super::{Archive, ArticleId, TermId};

/// How often terms were met, with room for every term, so that counting needs no sorting. It is
/// emptied after each use and used again.
struct Counter {
    counts: Vec<u32>,
    met: Vec<TermId>,
}

impl Counter {
    fn new(terms: usize) -> Self {
        Counter {
            counts: vec![0; terms],
            met: Vec::new(),
        }
    }

    fn count(&mut self, term: TermId) {
        if let Some(count) = self.counts.get_mut(term.0 as usize) {
            if *count == 0 {
                self.met.push(term);
            }
            *count += 1;
        }
    }

    /// What was counted, most first.
    fn take(&mut self, most: usize) -> Vec<(TermId, usize)> {
        let mut counted: Vec<(TermId, usize)> = Vec::with_capacity(self.met.len());
        for term in self.met.drain(..) {
            if let Some(count) = self.counts.get_mut(term.0 as usize) {
                counted.push((term, std::mem::take(count) as usize));
            }
        }
        strongest(counted, most)
    }
}

/// Two terms that stand beside one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The terms, the one with the lower id first.
    pub terms: (TermId, TermId),
    /// How many articles they share.
    pub shared: usize,
}

/// What each article is about, one after the other: pairs are counted through every article as
/// often as it has terms, and nothing else of an article or term is looked at.
struct Subjects {
    /// Where those of each article begin, and where the last ones end.
    starts: Vec<usize>,
    terms: Vec<TermId>,
}

impl Subjects {
    fn new(archive: &Archive) -> Self {
        let ids = (0..).map(TermId).take(archive.terms.len());
        let open: Vec<bool> = ids.map(|id| archive.is_open_subject(id)).collect();
        let mut starts = Vec::with_capacity(archive.articles.len() + 1);
        let mut terms = Vec::new();
        starts.push(0);
        for article in &archive.articles {
            let subjects = article.terms.iter().copied();
            terms.extend(subjects.filter(|id| open.get(id.0 as usize) == Some(&true)));
            starts.push(terms.len());
        }
        Subjects { starts, terms }
    }

    fn of(&self, id: ArticleId) -> &[TermId] {
        let at = |index: usize| self.starts.get(index).copied().unwrap_or_default();
        let index = id.0 as usize;
        self.terms.get(at(index)..at(index + 1)).unwrap_or_default()
    }
}

fn strongest(mut counted: Vec<(TermId, usize)>, most: usize) -> Vec<(TermId, usize)> {
    counted.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counted.truncate(most);
    counted
}

impl Archive {
    /// Whether a term says what an article is about, and has a page. Bylines, sections and series
    /// say nothing of what a story is about.
    pub(crate) fn is_open_subject(&self, term: TermId) -> bool {
        self.taxonomy_of(term).subject && !self.term(term).is_hidden()
    }

    /// The terms that stand most often beside this one, with how many articles they share.
    pub fn companions(&self, id: TermId, most: usize) -> Vec<(TermId, usize)> {
        self.met_in(&self.term(id).articles, &[id], most)
    }

    /// The subjects that some articles have most often, those aside in `but`.
    pub fn met_in(&self, ids: &[ArticleId], but: &[TermId], most: usize) -> Vec<(TermId, usize)> {
        let mut met: Vec<TermId> = Vec::new();
        for id in ids {
            let terms = self.article(*id).terms.iter().copied();
            met.extend(terms.filter(|term| !but.contains(term) && self.is_open_subject(*term)));
        }
        met.sort_unstable();
        let runs = met.chunk_by(|a, b| a == b);
        let counted = runs.filter_map(|run| Some((*run.first()?, run.len())));
        strongest(counted.collect(), most)
    }

    /// Every two subjects that share at least `minimum` articles where one is among the `most`
    /// strongest companions of the other; each pair once, by its ids.
    pub fn pairs(&self, most: usize, minimum: usize) -> Vec<Pair> {
        if most == 0 {
            return Vec::new();
        }
        let minimum = minimum.max(1);
        let ids = 0..u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        let subjects = Subjects::new(self);
        let of_term = |counter: &mut Counter, id: TermId| -> Vec<Pair> {
            if self.term(id).articles.len() < minimum || !self.is_open_subject(id) {
                return Vec::new();
            }
            for article in &self.term(id).articles {
                let others = subjects.of(*article).iter();
                others
                    .filter(|term| **term != id)
                    .for_each(|term| counter.count(*term));
            }
            let strongest = counter.take(most).into_iter();
            strongest
                .take_while(|(_, shared)| *shared >= minimum)
                .map(|(other, shared)| Pair {
                    terms: (id.min(other), id.max(other)),
                    shared,
                })
                .collect()
        };
        let mut pairs: Vec<Pair> = ids
            .into_par_iter()
            .with_min_len(64)
            .map_init(
                || Counter::new(self.terms.len()),
                |counter, id| of_term(counter, TermId(id)),
            )
            .flatten_iter()
            .collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    /// What `take` makes of the articles that have both terms of each pair, oldest first, beginning
    /// with nothing. Pairs of one first term stand next to one another: its articles are then gone
    /// through once for all of them.
    pub fn gather<T: Default + Send>(
        &self,
        pairs: &[(TermId, TermId)],
        take: impl Fn(&mut T, ArticleId) + Sync,
    ) -> Vec<T> {
        let groups: Vec<&[(TermId, TermId)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
        let gathered = groups.into_par_iter().map_init(
            || vec![0_u32; self.terms.len()],
            |places, group| self.gather_group(places, group, &take),
        );
        gathered.flatten_iter().collect()
    }

    /// The same for the pairs of one first term; `places` has room for every term, all of it 0.
    fn gather_group<T: Default>(
        &self,
        places: &mut [u32],
        group: &[(TermId, TermId)],
        take: impl Fn(&mut T, ArticleId),
    ) -> Vec<T> {
        let mut gathered: Vec<T> = group.iter().map(|_| T::default()).collect();
        for ((_, other), place) in group.iter().zip(1..) {
            if let Some(slot) = places.get_mut(other.0 as usize) {
                *slot = place;
            }
        }
        let first = group.first().map(|(first, _)| self.term(*first));
        for id in first.iter().flat_map(|term| &term.articles) {
            for term in &self.article(*id).terms {
                let place = places.get(term.0 as usize).copied().unwrap_or_default();
                let place = usize::try_from(place).unwrap_or_default().checked_sub(1);
                if let Some(found) = place.and_then(|place| gathered.get_mut(place)) {
                    take(found, *id);
                }
            }
        }
        for (_, other) in group {
            if let Some(slot) = places.get_mut(other.0 as usize) {
                *slot = 0;
            }
        }
        gathered
    }

    /// The articles that have both terms, oldest first. The shorter shelf is gone through, and
    /// looked up in the longer one with steps that double, so that two shelves of one length are
    /// gone through side by side.
    pub fn shared(&self, a: TermId, b: TermId) -> Vec<ArticleId> {
        let (a, b) = (&self.term(a).articles, &self.term(b).articles);
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let mut rest = long.as_slice();
        let mut shared = Vec::new();
        for id in short {
            let mut reach = 1;
            while rest.get(reach).is_some_and(|other| other < id) {
                reach *= 2;
            }
            let near = rest.get(..=reach).unwrap_or(rest);
            let at = near.partition_point(|other| other < id);
            rest = rest.get(at..).unwrap_or_default();
            if rest.first() == Some(id) {
                shared.push(*id);
            }
        }
        shared
    }
}
