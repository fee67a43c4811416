//! The letters of a long index, which have pages of their own.

use crate::archive::Archive;

/// The letters of an index are pages of their own above this many terms.
pub(crate) const LONG_INDEX: usize = 500;

/// The letters of a taxonomy's index that have pages of their own, with their numbered parts.
pub(crate) fn letters(archive: &Archive, taxonomy: usize) -> Vec<(&str, usize)> {
    let alphabet = &archive.alphabets[taxonomy];
    if alphabet.len() <= LONG_INDEX {
        return Vec::new();
    }
    let letters = alphabet.letters.iter();
    letters
        .map(|(letter, terms)| (letter.as_str(), terms.len().div_ceil(LONG_INDEX)))
        .collect()
}

/// The address of a letter of an index.
pub(crate) fn letter_url(root: &str, letter: &str, part: usize) -> String {
    match part {
        1 => format!("{root}a-z/{letter}/"),
        part => format!("{root}a-z/{letter}/part-{part}/"),
    }
}
