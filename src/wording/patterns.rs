//! Many patterns, looked for at once.

use std::ops::Range;

use aho_corasick::AhoCorasick;

/// Patterns that are looked for at once, each as [`pattern`](super::pattern) gives it.
#[derive(Debug, Clone)]
pub struct Patterns(Option<AhoCorasick>);

impl Patterns {
    /// Makes ready to look for these. `None` where there are more than memory can hold.
    pub fn new<P: AsRef<[u8]>>(patterns: &[P]) -> Option<Patterns> {
        if patterns.is_empty() {
            return Some(Patterns(None));
        }
        AhoCorasick::new(patterns)
            .ok()
            .map(|found| Patterns(Some(found)))
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Every pattern in some words, by its index and its place; they may overlap.
    pub fn find<'p>(&'p self, words: &'p [u8]) -> impl Iterator<Item = (usize, Range<usize>)> + 'p {
        let found = self
            .0
            .iter()
            .flat_map(move |all| all.find_overlapping_iter(words));
        found.map(|found| (found.pattern().as_usize(), found.range()))
    }

    /// Whether any of them is there.
    pub fn any(&self, words: &[u8]) -> bool {
        self.0.as_ref().is_some_and(|all| all.is_match(words))
    }
}
