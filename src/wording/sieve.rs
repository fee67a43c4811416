//! A quick look that passes over nearly everything: only a text that holds two words of a pattern
//! side by side can hold the pattern.

use super::anchors::{Anchor, EMPTY, Hashes, of_two, with};
use super::{Form, Sink, read};

/// Looks for two neighbouring words of each pattern, without keeping the words of a text.
#[derive(Debug, Clone)]
pub struct Sieve {
    hashes: Hashes,
    /// Whether a pattern has too few words for it, so that nothing can be passed over.
    open: bool,
}

impl Sieve {
    /// Lets through whatever can hold one of these, each as [`pattern`](super::pattern) gives it.
    pub fn new<P: AsRef<str>>(patterns: &[P]) -> Sieve {
        let anchors = patterns.iter().map(|p| Anchor::of(p.as_ref().as_bytes()));
        let hashes: Vec<u64> = anchors.flatten().map(|anchor| anchor.hash).collect();
        Sieve {
            open: hashes.len() < patterns.len(),
            hashes: Hashes::new(hashes),
        }
    }

    /// Whether a text can hold any of the patterns.
    pub fn lets_through(&self, bytes: &[u8], form: Form) -> bool {
        if self.open {
            return true;
        }
        let mut look = Look {
            sieve: self,
            word: [EMPTY; 2],
            before: [0; 2],
            found: false,
        };
        read(bytes, form, &mut look);
        look.found
    }
}

/// The last two words of what is read, and of what stands aside.
struct Look<'s> {
    sieve: &'s Sieve,
    word: [u64; 2],
    before: [u64; 2],
    found: bool,
}

impl Sink for Look<'_> {
    #[inline]
    fn letter(&mut self, aside: bool, letter: &[u8], _: usize, _: usize) {
        let word = &mut self.word[usize::from(aside)];
        *word = letter.iter().fold(*word, |hash, byte| with(hash, *byte));
    }

    #[inline]
    fn gap(&mut self, aside: bool) {
        let aside = usize::from(aside);
        let word = self.word[aside];
        if word == EMPTY {
            return;
        }
        self.found |= self.sieve.hashes.has(of_two(self.before[aside], word));
        self.found |= self.sieve.hashes.has(of_two(0, word));
        self.before[aside] = word;
        self.word[aside] = EMPTY;
    }
}
