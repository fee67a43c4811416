//! The letters of a long index, which have pages of their own.

use std::collections::BTreeMap;

use crate::archive::Archive;
use crate::content;

/// The letters of an index are pages of their own above this many terms.
pub(crate) const LONG_INDEX: usize = 500;

/// The letters of a taxonomy's index that have pages of their own, with their numbered parts.
pub(crate) fn letters(archive: &Archive, taxonomy: usize) -> Vec<(String, usize)> {
    let terms = &archive.terms[archive.shelves[taxonomy].clone()];
    let shown = terms.iter().filter(|term| !term.is_hidden());
    if shown.clone().count() <= LONG_INDEX {
        return Vec::new();
    }
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    for term in shown {
        *letters.entry(letter(term.sort_name())).or_default() += 1;
    }
    letters
        .into_iter()
        .map(|(letter, count)| (letter, count.div_ceil(LONG_INDEX)))
        .collect()
}

/// The letter under which a name is filed: a Latin one without its accents, else the first
/// character itself; `0-9` for digits and `#` for what begins with a sign.
pub(crate) fn letter(name: &str) -> String {
    let slug = content::slug::slug(name, false);
    let first = name
        .chars()
        .find(|c| c.is_alphanumeric())
        .and_then(|_| slug.chars().next());
    match first {
        Some(c) if c.is_ascii_digit() => "0-9".to_owned(),
        Some(c) => c.to_string(),
        None => "signs".to_owned(),
    }
}

/// The address of a letter of an index.
pub(crate) fn letter_url(root: &str, letter: &str, part: usize) -> String {
    match part {
        1 => format!("{root}a-z/{letter}/"),
        part => format!("{root}a-z/{letter}/part-{part}/"),
    }
}
