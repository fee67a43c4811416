//! What stands near each article on the shelves of its subjects: what its related articles are
//! chosen from.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::{Inputs, sums, term_id};
use crate::digest::Digest;

/// A digest that many threads add to: in whatever order they do, it comes out the same.
#[derive(Default)]
struct Sum([AtomicU64; 2]);

impl Sum {
    fn add(&self, digest: Digest) {
        for (sum, half) in self.0.iter().zip(digest.halves()) {
            sum.fetch_add(half, Ordering::Relaxed);
        }
    }

    fn digest(self) -> Digest {
        Digest::of_halves(self.0.map(AtomicU64::into_inner))
    }
}

/// For each article, all that stands near it on the shelf of any of its subjects.
///
/// Each shelf is gone through once. An article looks at some hundred others for each of its
/// subjects, most of which its neighbours look at too.
pub(super) fn near(inputs: &Inputs<'_>) -> Vec<Digest> {
    let archive = inputs.scene.archive;
    if !inputs.scene.frames.has_related() {
        return Vec::new();
    }
    let near: Vec<Sum> = archive.articles.iter().map(|_| Sum::default()).collect();
    (0..archive.terms.len()).into_par_iter().for_each(|index| {
        let term = term_id(index);
        let mut each = archive.each_near(term).peekable();
        if each.peek().is_none() {
            return;
        }
        let shelf = archive.term(term).articles.iter();
        let until = sums(shelf.map(|id| inputs.relating(*id)));
        let until = |place: usize| until.get(place).copied().unwrap_or_default();
        let name = inputs.name(term);
        for (id, part) in each {
            if let Some(near) = near.get(id.0 as usize) {
                near.add(until(part.end).without(until(part.start)).named(name));
            }
        }
    });
    near.into_iter().map(Sum::digest).collect()
}
