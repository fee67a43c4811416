//! Many patterns, looked for at once.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::anchors::Anchors;

/// Up to this many bytes of patterns a table with all steps is made, which is read several times
/// as fast as anything else and takes some 150 times as much memory.
const TABLE: usize = 64 << 10;

/// Patterns that are looked for at once, each as [`pattern`](super::pattern) gives it.
#[derive(Debug, Clone)]
pub struct Patterns {
    /// Letter by letter; of many patterns only those that have no two whole words.
    steps: Option<AhoCorasick>,
    /// The index of each pattern that is looked for letter by letter, where that is not all.
    few: Vec<usize>,
    /// By a few words of each.
    anchors: Anchors,
}

impl Patterns {
    /// Makes ready to look for these. `None` where there are more than memory can hold.
    pub fn new<P: AsRef<[u8]>>(patterns: &[P]) -> Option<Patterns> {
        let bytes: usize = patterns.iter().map(|pattern| pattern.as_ref().len()).sum();
        if bytes > TABLE {
            return Patterns::many(patterns);
        }
        Some(Patterns {
            steps: steps(patterns, AhoCorasickKind::DFA)?,
            few: (0..patterns.len()).collect(),
            anchors: Anchors::default(),
        })
    }

    /// So many that their letters would fill the memory.
    pub(super) fn many<P: AsRef<[u8]>>(patterns: &[P]) -> Option<Patterns> {
        let anchors = Anchors::new(patterns)?;
        let left = (0..patterns.len()).filter(|index| !anchors.has(*index));
        let few: Vec<usize> = left.collect();
        let letters: Vec<&[u8]> = few.iter().map(|index| patterns[*index].as_ref()).collect();
        Some(Patterns {
            steps: steps(&letters, AhoCorasickKind::ContiguousNFA)?,
            few,
            anchors,
        })
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.steps.is_none() && self.anchors.is_empty()
    }

    /// Every pattern in some words, by its index and its place; they may overlap.
    pub fn find<'p>(&'p self, words: &'p [u8]) -> impl Iterator<Item = (usize, Range<usize>)> + 'p {
        let steps = self.steps.iter();
        let by_letters = steps.flat_map(move |all| all.find_overlapping_iter(words));
        let by_letters = by_letters.filter_map(|found| {
            let index = self.few.get(found.pattern().as_usize())?;
            Some((*index, found.range()))
        });
        by_letters.chain(self.anchors.find(words))
    }

    /// Whether any of them is there.
    pub fn any(&self, words: &[u8]) -> bool {
        self.steps.as_ref().is_some_and(|all| all.is_match(words))
            || self.anchors.find(words).next().is_some()
    }
}

/// What reads patterns letter by letter; nothing for no patterns.
///
/// # Errors
/// `None` where there are more than memory can hold.
fn steps<P: AsRef<[u8]>>(patterns: &[P], kind: AhoCorasickKind) -> Option<Option<AhoCorasick>> {
    if patterns.is_empty() {
        return Some(None);
    }
    let all = AhoCorasick::builder().kind(Some(kind)).build(patterns);
    Some(Some(all.ok()?))
}
