//! A quick look that passes over nearly everything: only a text that holds a few words of a pattern
//! side by side can hold the pattern.

use super::anchors::{Anchor, EMPTY, Hashes, Recent, with};
use super::{Form, Sink, read};

/// Looks for a few neighbouring words of each pattern, without keeping the words of a text.
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
        let anchors: Vec<Anchor> = anchors.flatten().collect();
        Sieve {
            open: anchors.len() < patterns.len(),
            hashes: Hashes::new(&anchors),
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
            recent: [Recent::default(); 2],
            found: false,
        };
        read(bytes, form, &mut look);
        look.found
    }
}

/// The last words of what is read, and of what stands aside.
struct Look<'s> {
    sieve: &'s Sieve,
    word: [u64; 2],
    recent: [Recent; 2],
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
        self.recent[aside].push(word);
        self.found |= self.sieve.hashes.of(self.recent[aside]).next().is_some();
        self.word[aside] = EMPTY;
    }
}
