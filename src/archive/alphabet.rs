//! How the terms of a taxonomy are filed, A–Z, in the order of the archive's language.

use std::ops::Range;

use super::{Term, TermId};
use crate::language::Order;

/// The letter of names that have none.
pub const SIGNS: &str = "signs";

/// The terms of a taxonomy that have pages, as an index lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alphabet {
    /// Each letter (`a`, `0-9`, `王`, [`SIGNS`]) with its terms, both in order.
    pub letters: Vec<(String, Vec<TermId>)>,
}

impl Alphabet {
    /// Every term, in order.
    pub fn terms(&self) -> impl Iterator<Item = TermId> {
        self.letters.iter().flat_map(|(_, terms)| terms).copied()
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.letters.iter().map(|(_, terms)| terms.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The terms of a letter.
    pub fn letter(&self, letter: &str) -> &[TermId] {
        let found = self.letters.iter().find(|(own, _)| own == letter);
        found.map(|(_, terms)| terms.as_slice()).unwrap_or_default()
    }
}

/// Files the terms of every taxonomy by their sort names.
pub(super) fn file(terms: &[Term], shelves: &[Range<usize>], order: &Order) -> Vec<Alphabet> {
    let of_shelf = |shelf: &Range<usize>| {
        let mut names: Vec<(&str, TermId)> = shelf
            .clone()
            .filter_map(|index| {
                let term = terms.get(index).filter(|term| !term.is_hidden())?;
                Some((term.sort_name(), TermId(u32::try_from(index).ok()?)))
            })
            .collect();
        names.sort_by(|a, b| order.compare(a.0, b.0).then(a.1.cmp(&b.1)));
        letters(&names, order)
    };
    shelves.iter().map(of_shelf).collect()
}

/// The letters in the order in which their first names come.
fn letters(names: &[(&str, TermId)], order: &Order) -> Alphabet {
    let mut places = std::collections::BTreeMap::new();
    let mut alphabet = Alphabet::default();
    for (name, id) in names {
        let letter = order.letter(name).unwrap_or_else(|| SIGNS.to_owned());
        let next = alphabet.letters.len();
        let at = *places.entry(letter.clone()).or_insert(next);
        if at == next {
            alphabet.letters.push((letter, Vec::new()));
        }
        if let Some((_, terms)) = alphabet.letters.get_mut(at) {
            terms.push(*id);
        }
    }
    alphabet
}
