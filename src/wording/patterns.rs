//! Many patterns, looked for at once.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Up to this many bytes of patterns a table with all steps is made, which is read several times
/// as fast and takes some 150 times as much memory.
const TABLE: usize = 256 << 10;

/// Patterns that are looked for at once, each as [`pattern`](super::pattern) gives it.
#[derive(Debug, Clone)]
pub struct Patterns(Option<AhoCorasick>);

impl Patterns {
    /// Makes ready to look for these. `None` where there are more than memory can hold.
    pub fn new<P: AsRef<[u8]>>(patterns: &[P]) -> Option<Patterns> {
        if patterns.is_empty() {
            return Some(Patterns(None));
        }
        let bytes: usize = patterns.iter().map(|pattern| pattern.as_ref().len()).sum();
        let kind = (bytes <= TABLE).then_some(AhoCorasickKind::DFA);
        let all = AhoCorasick::builder().kind(kind).build(patterns);
        Some(Patterns(Some(all.ok()?)))
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
