//! Related articles: those that share terms, the rarer the better, and lie near in time.
//!
//! The weights are whole numbers that change only when a term has twice as many articles, so
//! that one new article does not reshuffle the related lists of a whole archive.

use super::{Archive, ArticleId, TermId};
use crate::content::Date;

/// A related article, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The article.
    pub article: ArticleId,
    /// The terms both have, rarest first; none where the editor named it.
    pub shared: Vec<TermId>,
}

/// How many articles before and after are looked at on the shelf of each shared term.
const REACH: usize = 60;
/// What one step of distance in time costs, against [`rarity`] in sixteenths.
const STEP: i64 = 6;

/// An article that may be related.
struct Candidate {
    article: ArticleId,
    /// The terms both have.
    shared: Vec<TermId>,
    score: i64,
    /// How near it stands on the shelf where it stands nearest.
    steps: usize,
}

/// How far another article stands on a shelf, so that no two are equally far: of articles that
/// weigh the same the nearest are taken, and a new one moves none but those beside it.
fn steps(at: usize, other: usize) -> usize {
    if other < at {
        2 * (at - other)
    } else {
        2 * (other - at) + 1
    }
}

impl Archive {
    /// The `most` most related articles, those first that the editor named.
    pub fn related(&self, id: ArticleId, most: usize) -> Vec<Related> {
        let this = self.article(id);
        let mut named: Vec<Related> = Vec::new();
        for article in this.named.iter().filter(|other| **other != id) {
            if !named.iter().any(|r| r.article == *article) {
                named.push(Related {
                    article: *article,
                    shared: Vec::new(),
                });
            }
        }
        let mut candidates = self.candidates(id);
        candidates.retain(|candidate| !this.named.contains(&candidate.article));
        candidates.sort_unstable_by_key(|c| (std::cmp::Reverse(c.score), c.steps, c.article));
        named.extend(
            candidates
                .into_iter()
                .take(most.saturating_sub(named.len()))
                .map(
                    |Candidate {
                         article,
                         mut shared,
                         ..
                     }| {
                        shared.sort_by_key(|term| (self.term(*term).articles.len(), *term));
                        Related { article, shared }
                    },
                ),
        );
        named.truncate(most);
        named
    }

    /// The subjects of an article, those aside that are kept without a page.
    fn subjects(&self, id: ArticleId) -> impl Iterator<Item = TermId> {
        let terms = self.article(id).terms.iter().copied();
        terms.filter(|term| self.taxonomy_of(*term).subject && !self.term(*term).is_hidden())
    }

    /// The articles that stand near this one on the shelf of any of its subjects.
    fn candidates(&self, id: ArticleId) -> Vec<Candidate> {
        let subjects: Vec<TermId> = self.subjects(id).collect();
        let mut found: Vec<(ArticleId, usize)> = Vec::new();
        for term in &subjects {
            let shelf = &self.term(*term).articles;
            let at = shelf.partition_point(|other| *other < id);
            let from = at.saturating_sub(REACH);
            let near = shelf[from..(at + REACH + 1).min(shelf.len())]
                .iter()
                .enumerate();
            found.extend(near.map(|(index, other)| (*other, steps(at, from + index))));
        }
        found.retain(|(other, _)| *other != id);
        found.sort_unstable();
        // Sorted, so the nearest of each article stands first.
        found.dedup_by_key(|(article, _)| *article);
        let candidate = |(article, steps)| {
            let shared: Vec<TermId> = self
                .subjects(article)
                .filter(|term| subjects.contains(term))
                .collect();
            Candidate {
                article,
                score: self.score(id, article, &shared),
                shared,
                steps,
            }
        };
        found.into_iter().map(candidate).collect()
    }

    fn score(&self, id: ArticleId, other: ArticleId, shared: &[TermId]) -> i64 {
        let (about, others_about) = (&self.article(id).about, &self.article(other).about);
        let terms = shared.iter().map(|term| {
            let weight = rarity(self.term(*term).articles.len());
            let mainly = about.contains(term) || others_about.contains(term);
            if mainly { weight * 24 } else { weight * 16 }
        });
        let days = match (
            self.article(id).content.date,
            self.article(other).content.date,
        ) {
            (Some(a), Some(b)) => days(&a).abs_diff(days(&b)),
            _ => 1 << 14,
        };
        terms.sum::<i64>() - doublings(usize::try_from(days).unwrap_or(usize::MAX)) * STEP
    }
}

/// 24 for a term of its own, one less for every doubling of its articles.
fn rarity(articles: usize) -> i64 {
    (24 - doublings(articles)).max(1)
}

fn doublings(n: usize) -> i64 {
    i64::from(usize::BITS - n.leading_zeros())
}

/// Days, near enough to compare distances.
fn days(date: &Date) -> i64 {
    let (year, month, day, _) = date.sort_key();
    i64::from(year) * 365 + i64::from(month) * 30 + i64::from(day)
}
