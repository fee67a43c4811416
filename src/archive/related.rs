//! Related articles: those that share terms, the rarer the better, and lie near in time.
//!
//! The weights are whole numbers that change only when a term has twice as many articles, so
//! that one new article does not reshuffle the related lists of a whole archive.

use std::ops::Range;

use super::{Archive, Article, ArticleId, TermId};
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
    score: i64,
    /// How near it stands on the shelf where it stands nearest.
    steps: usize,
}

/// A subject of the article whose related ones are looked for.
struct Subject {
    term: TermId,
    /// Its [`rarity`].
    weight: i64,
    /// Whether the article is mainly about it.
    mainly: bool,
}

/// A part of the shelf of a term.
struct OnShelf<'a> {
    /// The place in this part of the article around which it lies.
    at: usize,
    /// The articles of this part, oldest first.
    articles: &'a [ArticleId],
}

/// The part of a shelf of so many articles that is looked at for the one at this place.
fn around(at: usize, length: usize) -> Range<usize> {
    at.saturating_sub(REACH)..(at + REACH + 1).min(length)
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
    pub fn related(&self, id: ArticleId, most: usize) -> Vec<ArticleId> {
        let named = self.article(id).named.iter().copied();
        let mut related: Vec<ArticleId> = Vec::new();
        for article in named.filter(|other| *other != id) {
            if !related.contains(&article) {
                related.push(article);
            }
        }
        related.truncate(most);
        let wanted = most.saturating_sub(related.len());
        if wanted == 0 {
            return related;
        }
        let mut candidates = self.candidates(id, &self.subjects(id));
        let key = |c: &Candidate| (std::cmp::Reverse(c.score), c.steps, c.article);
        if candidates.len() > wanted {
            candidates.select_nth_unstable_by_key(wanted, key);
            candidates.truncate(wanted);
        }
        candidates.sort_unstable_by_key(key);
        related.extend(candidates.iter().map(|candidate| candidate.article));
        related
    }

    /// Why each of these articles is related to one.
    pub fn reasons(&self, id: ArticleId, related: &[ArticleId]) -> Vec<Related> {
        let named = &self.article(id).named;
        let subjects = self.subjects(id);
        let because = |article: &ArticleId| Related {
            article: *article,
            shared: match named.contains(article) {
                true => Vec::new(),
                false => self.in_common(*article, &subjects),
            },
        };
        related.iter().map(because).collect()
    }

    /// The subjects of an article by id, those aside that are kept without a page.
    fn subjects(&self, id: ArticleId) -> Vec<Subject> {
        let Article { terms, about, .. } = self.article(id);
        let mut subjects: Vec<Subject> = terms
            .iter()
            .filter(|term| self.is_open_subject(**term))
            .map(|term| Subject {
                term: *term,
                weight: rarity(self.term(*term).articles.len()),
                mainly: about.contains(term),
            })
            .collect();
        subjects.sort_unstable_by_key(|subject| subject.term);
        subjects
    }

    /// Those of the subjects that another article has as well, rarest first.
    fn in_common(&self, other: ArticleId, subjects: &[Subject]) -> Vec<TermId> {
        let terms = self.article(other).terms.iter().copied();
        let mut shared: Vec<TermId> = terms
            .filter(|term| among(subjects, *term).is_some())
            .collect();
        shared.sort_by_key(|term| (self.term(*term).articles.len(), *term));
        shared
    }

    /// The articles that stand near one on the shelf of a term, itself among them.
    fn near(shelf: &[ArticleId], id: ArticleId) -> OnShelf<'_> {
        let at = shelf.partition_point(|other| *other < id);
        let part = around(at, shelf.len());
        OnShelf {
            at: at - part.start,
            articles: &shelf[part],
        }
    }

    /// The articles of a subject, oldest first, each with the part of its shelf from which articles
    /// that are related to it can come; nothing for a term that relates no articles.
    pub(crate) fn each_near(
        &self,
        term: TermId,
    ) -> impl Iterator<Item = (ArticleId, Range<usize>)> {
        let open = self.is_open_subject(term);
        let shelf = open.then_some(&self.term(term).articles);
        let shelf = shelf.map_or(&[][..], Vec::as_slice);
        let ids = shelf.iter().enumerate();
        ids.map(|(at, id)| (*id, around(at, shelf.len())))
    }

    /// The articles that stand near this one on the shelf of any of its subjects, those aside
    /// that it names itself.
    fn candidates(&self, id: ArticleId, subjects: &[Subject]) -> Vec<Candidate> {
        let this = self.article(id);
        let mut found: Vec<(ArticleId, usize)> = Vec::new();
        for subject in subjects {
            let OnShelf { at, articles } = Self::near(&self.term(subject.term).articles, id);
            let near = articles.iter().enumerate();
            found.extend(near.map(|(index, other)| (*other, steps(at, index))));
        }
        found.retain(|(other, _)| *other != id && !this.named.contains(other));
        found.sort_unstable();
        // Sorted, so the nearest of each article stands first.
        found.dedup_by_key(|(article, _)| *article);
        let candidate = |(article, steps)| Candidate {
            article,
            score: score(this, self.article(article), subjects),
            steps,
        };
        found.into_iter().map(candidate).collect()
    }
}

/// The subject that a term is, where it is one. They are sorted by term.
fn among(subjects: &[Subject], term: TermId) -> Option<&Subject> {
    let at = subjects.binary_search_by_key(&term, |subject| subject.term);
    at.ok().and_then(|index| subjects.get(index))
}

/// How much another article has to do with this one, whose subjects are given.
fn score(this: &Article, other: &Article, subjects: &[Subject]) -> i64 {
    let shared = other
        .terms
        .iter()
        .filter_map(|term| among(subjects, *term))
        .map(|subject| {
            let mainly = subject.mainly || other.about.contains(&subject.term);
            subject.weight * if mainly { 24 } else { 16 }
        });
    let days = match (this.content.date, other.content.date) {
        (Some(a), Some(b)) => days(&a).abs_diff(days(&b)),
        _ => 1 << 14,
    };
    shared.sum::<i64>() - doublings(usize::try_from(days).unwrap_or(usize::MAX)) * STEP
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
