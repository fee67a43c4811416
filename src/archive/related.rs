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
        let subjects: Vec<TermId> = this
            .terms
            .iter()
            .copied()
            .filter(|term| self.taxonomy_of(*term).subject && !self.term(*term).is_hidden())
            .collect();
        let mut found: Vec<(ArticleId, TermId)> = Vec::new();
        for term in &subjects {
            let shelf = &self.term(*term).articles;
            let at = shelf.partition_point(|other| *other < id);
            let near = at.saturating_sub(REACH)..(at + REACH + 1).min(shelf.len());
            found.extend(
                shelf[near]
                    .iter()
                    .filter(|other| **other != id)
                    .map(|a| (*a, *term)),
            );
        }
        found.sort_unstable();
        let groups = found.chunk_by(|a, b| a.0 == b.0);
        let mut scored: Vec<(i64, ArticleId, &[(ArticleId, TermId)])> = groups
            .map(|group| (self.score(id, group), group[0].0, group))
            .collect();
        scored.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let others = scored
            .into_iter()
            .filter(|(_, article, _)| !this.named.contains(article));
        named.extend(
            others
                .take(most.saturating_sub(named.len()))
                .map(|(_, article, group)| {
                    let mut shared: Vec<TermId> = group.iter().map(|(_, term)| *term).collect();
                    shared.sort_by_key(|term| (self.term(*term).articles.len(), *term));
                    Related { article, shared }
                }),
        );
        named.truncate(most);
        named
    }

    fn score(&self, id: ArticleId, shared: &[(ArticleId, TermId)]) -> i64 {
        let Some((other, _)) = shared.first() else {
            return 0;
        };
        let (about, others_about) = (&self.article(id).about, &self.article(*other).about);
        let terms = shared.iter().map(|(_, term)| {
            let weight = rarity(self.term(*term).articles.len());
            let mainly = about.contains(term) || others_about.contains(term);
            if mainly { weight * 24 } else { weight * 16 }
        });
        let days = match (
            self.article(id).content.date,
            self.article(*other).content.date,
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
