//! Looks for patterns by a few words of each that stand side by side: a table of such words is
//! small where one of letters is not.

use std::ops::Range;

/// The hash of nothing (FNV-1a of 64 bits).
pub(super) const EMPTY: u64 = 0xCBF2_9CE4_8422_2325;

/// The hash of a word with one more byte.
pub(super) const fn with(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01B3)
}

fn hash(word: &[u8]) -> u64 {
    word.iter().fold(EMPTY, |hash, byte| with(hash, *byte))
}

/// How many words a pattern is recognised by, as many as it has: four that stand side by side by
/// chance are rare, two are not.
const WIDTHS: [usize; 3] = [4, 2, 1];

/// The hash of some words from the hash of each; the last bits of FNV alone would be those of few
/// letters.
fn of_many(words: &[u64]) -> u64 {
    let mixed = words.iter().fold(words.len() as u64, |mixed, word| {
        (mixed.rotate_left(21) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    mixed >> 24
}

/// The hashes of the last words of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recent([u64; WIDTHS[0]]);

impl Recent {
    /// One word more.
    #[inline]
    pub(super) fn push(&mut self, word: u64) {
        let [_, a, b, c] = self.0;
        self.0 = [a, b, c, word];
    }

    /// The hash of the last words, so many.
    fn last(&self, width: usize) -> u64 {
        of_many(self.0.get(WIDTHS[0] - width..).unwrap_or_default())
    }
}

/// What a pattern is recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The hash of its words.
    hash: u64,
    /// The place of their number among the widths.
    width: usize,
    /// Where in the pattern the last of them begins.
    at: usize,
}

impl Anchor {
    /// The longest whole words of a pattern that stand side by side; `None` where it may be only a
    /// part of a word.
    pub(super) fn of(pattern: &[u8]) -> Option<Anchor> {
        // A pattern that ends within a word is looked for letter by letter.
        pattern.last().filter(|last| **last == b' ')?;
        let words = words(pattern);
        let whole = words.skip(usize::from(pattern.first() != Some(&b' ')));
        let whole: Vec<Range<usize>> = whole.collect();
        let width = WIDTHS.iter().position(|width| whole.len() >= *width)?;
        let runs = whole.windows(*WIDTHS.get(width)?);
        let longest = runs.max_by_key(|run| run.iter().map(Range::len).sum::<usize>())?;
        let of = |at: &Range<usize>| hash(pattern.get(at.clone()).unwrap_or_default());
        let hashes: Vec<u64> = longest.iter().map(of).collect();
        Some(Anchor {
            hash: of_many(&hashes),
            width,
            at: longest.last()?.start,
        })
    }
}

/// The places of the words in words between spaces.
fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split(|byte| *byte == b' ')
        .map(move |word| {
            let start = at;
            at += word.len() + 1;
            start..start + word.len()
        })
        .filter(|word| !word.is_empty())
}

/// The hashes of anchors, those of each width by themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Hashes([Set; WIDTHS.len()]);

impl Hashes {
    pub(super) fn new(anchors: &[Anchor]) -> Hashes {
        Hashes(std::array::from_fn(|width| {
            let anchors = anchors.iter().filter(|anchor| anchor.width == width);
            Set::new(anchors.map(|anchor| anchor.hash).collect())
        }))
    }

    /// Those that the last words of a text have.
    #[inline]
    pub(super) fn of(&self, recent: Recent) -> impl Iterator<Item = u64> + '_ {
        let sets = self.0.iter().zip(WIDTHS);
        let used = sets.filter(|(set, _)| !set.sorted.is_empty());
        let hashes = used.map(move |(set, width)| (set, recent.last(width)));
        hashes.filter_map(|(set, hash)| set.has(hash).then_some(hash))
    }
}

/// A set of hashes. A bit for each tells of nearly all others at once that they are not in it.
#[derive(Debug, Clone, Default)]
struct Set {
    bits: Vec<u64>,
    sorted: Vec<u64>,
}

impl Set {
    /// How many bits there are for each hash.
    const EACH: usize = 1 << 8;

    fn new(mut sorted: Vec<u64>) -> Set {
        sorted.sort_unstable();
        sorted.dedup();
        let count = (sorted.len() * Set::EACH).next_power_of_two();
        let mut bits = vec![0; count.clamp(1 << 12, 1 << 24) / 64];
        for hash in &sorted {
            let (at, bit) = place(&bits, *hash);
            if let Some(bits) = bits.get_mut(at) {
                *bits |= bit;
            }
        }
        Set { bits, sorted }
    }

    #[inline]
    fn has(&self, hash: u64) -> bool {
        let (at, bit) = place(&self.bits, hash);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
            && self.sorted.binary_search(&hash).is_ok()
    }
}

fn place(bits: &[u64], hash: u64) -> (usize, u64) {
    let bit = usize::try_from(hash & (bits.len() as u64 * 64).wrapping_sub(1)).unwrap_or(0);
    (bit / 64, 1 << (bit % 64))
}

/// Patterns with their anchors.
#[derive(Debug, Clone, Default)]
pub(super) struct Anchors {
    /// All patterns, one behind the other.
    text: Vec<u8>,
    /// Each pattern that has an anchor, sorted by its hash.
    all: Vec<Anchored>,
    /// The indices of those, sorted.
    indices: Vec<u32>,
    /// Their hashes, to pass over most words quickly.
    hashes: Hashes,
}

#[derive(Debug, Clone, Copy)]
struct Anchored {
    hash: u64,
    /// The index of the pattern.
    pattern: u32,
    /// Where it begins among the text of all.
    start: u32,
    length: u32,
    /// Where in it the anchor's last word begins.
    at: u32,
}

impl Anchors {
    /// `None` where there are more bytes than can be counted.
    pub(super) fn new<P: AsRef<[u8]>>(patterns: &[P]) -> Option<Anchors> {
        let number = |number: usize| u32::try_from(number).ok();
        let mut anchors = Anchors::default();
        let mut found = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let pattern = pattern.as_ref();
            if let Some(anchor) = Anchor::of(pattern) {
                found.push(anchor);
                anchors.all.push(Anchored {
                    hash: anchor.hash,
                    pattern: number(index)?,
                    start: number(anchors.text.len())?,
                    length: number(pattern.len())?,
                    at: number(anchor.at)?,
                });
                anchors.text.extend_from_slice(pattern);
            }
        }
        anchors.hashes = Hashes::new(&found);
        anchors.indices = anchors.all.iter().map(|one| one.pattern).collect();
        anchors
            .all
            .sort_unstable_by_key(|one| (one.hash, one.pattern));
        Some(anchors)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether the pattern with this index has an anchor.
    pub(super) fn has(&self, index: usize) -> bool {
        let index = u32::try_from(index).ok();
        index.is_some_and(|index| self.indices.binary_search(&index).is_ok())
    }

    /// Every pattern in some words, by its index and its place.
    pub(super) fn find<'a>(
        &'a self,
        text: &'a [u8],
    ) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let mut recent = Recent::default();
        let words = if self.all.is_empty() { &[][..] } else { text };
        words_with_hashes(words).flat_map(move |(word, hash)| {
            recent.push(hash);
            self.hashes.of(recent).flat_map(move |hash| {
                let first = self.all.partition_point(|one| one.hash < hash);
                let rest = self.all.get(first..).unwrap_or_default().iter();
                let same = rest.take_while(move |one| one.hash == hash);
                same.filter_map(move |one| {
                    let start = word.checked_sub(one.at as usize)?;
                    let end = start + one.length as usize;
                    let from = one.start as usize;
                    let pattern = self.text.get(from..from + one.length as usize);
                    (text.get(start..end) == pattern).then_some((one.pattern as usize, start..end))
                })
            })
        })
    }
}

/// Where each word begins, and its hash.
fn words_with_hashes(text: &[u8]) -> impl Iterator<Item = (usize, u64)> + '_ {
    words(text).map(|word| {
        let of = text.get(word.clone()).unwrap_or_default();
        (word.start, hash(of))
    })
}
