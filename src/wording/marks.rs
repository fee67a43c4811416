//! Where in a text some words stand.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Form, Patterns, Sink, read};

/// A stretch of words, each letter with the bytes of the text that it stands for.
#[derive(Debug, Default)]
struct Stream {
    words: Vec<u8>,
    from: Vec<usize>,
    to: Vec<usize>,
}

/// The words of a text with their places.
#[derive(Debug, Default)]
pub struct Marked {
    text: Stream,
    aside: Stream,
}

/// Where a pattern stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Its index among the patterns.
    pub pattern: usize,
    /// The bytes of the text, from the first letter of the pattern to its last.
    pub at: Range<usize>,
    /// Whether it stands in a tag or in the destination of a link.
    pub aside: bool,
}

impl Sink for Marked {
    fn letter(&mut self, aside: bool, letter: &[u8], from: usize, to: usize) {
        let stream = self.stream(aside);
        for byte in letter {
            stream.words.push(*byte);
            stream.from.push(from);
            stream.to.push(to);
        }
    }

    fn gap(&mut self, aside: bool) {
        let stream = self.stream(aside);
        if stream.words.last() != Some(&b' ') {
            let end = stream.to.last().copied().unwrap_or(0);
            stream.words.push(b' ');
            stream.from.push(end);
            stream.to.push(end);
        }
    }
}

impl Marked {
    fn stream(&mut self, aside: bool) -> &mut Stream {
        if aside {
            &mut self.aside
        } else {
            &mut self.text
        }
    }

    /// Where these patterns stand in a text, in its order; of those that begin at one place the longest is first.
    pub fn spots(bytes: &[u8], form: Form, patterns: &Patterns) -> Vec<Spot> {
        let mut marked = Marked::default();
        read(bytes, form, &mut marked);
        let mut spots = Vec::new();
        for (stream, aside) in [(&marked.text, false), (&marked.aside, true)] {
            for (pattern, found) in patterns.find(&stream.words) {
                let letters = stream.words.get(found.clone()).unwrap_or_default();
                let before = letters.iter().take_while(|b| **b == b' ').count();
                let after = letters.iter().rev().take_while(|b| **b == b' ').count();
                let first = stream.from.get(found.start + before);
                let last = stream.to.get((found.end - after).saturating_sub(1));
                if let (Some(first), Some(last)) = (first, last) {
                    let at = *first..*last;
                    spots.push(Spot { pattern, at, aside });
                }
            }
        }
        spots.sort_by_key(|spot| (spot.at.start, Reverse(spot.at.end), spot.pattern));
        spots
    }
}
