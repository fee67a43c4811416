//! A quick look that passes over nearly everything: only a text that holds two words of a pattern
//! side by side can hold the pattern.

use super::{Form, Sink, read};

/// Looks for two neighbouring words of each pattern, without keeping the words of a text.
#[derive(Debug, Clone)]
pub struct Sieve {
    /// A bit for each hash of two words that is looked for, and for others by chance.
    bits: Vec<u64>,
    /// Whether a pattern has too few words for it, so that nothing can be passed over.
    open: bool,
}

/// How many bits there are for each pattern: one text in a thousand words passes by chance.
const BITS: usize = 1 << 10;

/// The hash of nothing (FNV-1a of 64 bits).
const EMPTY: u64 = 0xCBF2_9CE4_8422_2325;

const fn with(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01B3)
}

fn hash(word: &[u8]) -> u64 {
    word.iter().fold(EMPTY, |hash, byte| with(hash, *byte))
}

/// The hash of two words side by side; the last bits of FNV alone would be those of few letters.
fn of_two(first: u64, second: u64) -> u64 {
    let mixed = first.rotate_left(21) ^ second;
    mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24
}

impl Sieve {
    /// Lets through whatever can hold one of these, each as [`pattern`](super::pattern) gives it.
    pub fn new<P: AsRef<str>>(patterns: &[P]) -> Sieve {
        let bits = (patterns.len() * BITS)
            .next_power_of_two()
            .clamp(1 << 12, 1 << 24);
        let mut sieve = Sieve {
            bits: vec![0; bits / 64],
            open: false,
        };
        for pattern in patterns {
            let pattern = pattern.as_ref();
            let words: Vec<&str> = pattern.split_ascii_whitespace().collect();
            // The first may be the end of a longer word.
            let whole = usize::from(!pattern.starts_with(' '));
            let pairs = words.get(whole..).unwrap_or_default().windows(2);
            let longest =
                pairs.max_by_key(|pair| pair.iter().map(|word| word.len()).sum::<usize>());
            match (longest, &*words) {
                (Some([first, second]), _) => {
                    sieve.set(of_two(hash(first.as_bytes()), hash(second.as_bytes())));
                }
                (_, [word]) if whole == 0 => sieve.set(of_two(0, hash(word.as_bytes()))),
                _ => sieve.open = true,
            }
        }
        sieve
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

    fn place(&self, hash: u64) -> (usize, u64) {
        let bit = usize::try_from(hash & (self.bits.len() as u64 * 64 - 1)).unwrap_or(0);
        (bit / 64, 1 << (bit % 64))
    }

    fn set(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        if let Some(bits) = self.bits.get_mut(at) {
            *bits |= bit;
        }
    }

    fn has(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
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
        self.found |= self.sieve.has(of_two(self.before[aside], word));
        self.found |= self.sieve.has(of_two(0, word));
        self.before[aside] = word;
        self.word[aside] = EMPTY;
    }
}
