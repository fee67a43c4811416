//! Terms whose names look alike, without comparing each with each: names meet under keys that any
//! two which look alike share. For one letter more, less or other, those keys are the name without
//! one of its letters (deletion neighbourhood: Bocek, Hunt and Stiller, 2007).

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Shape, one_apart};
use super::{at, line_of};
use crate::archive::Term;
use crate::config::Kind;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// A letter in a shorter name makes another name: Iran and Iraq.
const SHORTEST: usize = 8;

/// Names under one key of which there are more are too common to say anything.
const CROWD: usize = 40;

/// In what two names differ, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    Marks,
    Order,
    Initials,
    Letter,
}

impl Difference {
    fn told(self) -> &'static str {
        match self {
            Difference::Marks => "only in marks, accents, spaces or script",
            Difference::Order => "only in the order of their parts",
            Difference::Initials => "only in first names that one writes as initials",
            Difference::Letter => "in one letter",
        }
    }
}

/// Looks at the terms of each taxonomy.
pub(super) fn audit(edition: &Edition) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let check = &edition.config.settings.check;
    for range in &edition.archive.shelves {
        let terms = edition.archive.terms.get(range.clone()).unwrap_or_default();
        for ((a, b), difference) in pairs(edition, terms) {
            if let (Some(a), Some(b)) = (terms.get(a), terms.get(b))
                && !check.are_distinct(&a.name, &b.name)
                && !have_other_identities(a, b)
            {
                notes.push(told(edition, a, b, difference));
            }
        }
    }
    notes
}

/// Pairs that look alike, by their places, each with its surest difference.
fn pairs(edition: &Edition, terms: &[Term]) -> BTreeMap<(usize, usize), Difference> {
    let kind = terms.first().and_then(|term| {
        let taxonomy = edition.archive.taxonomies.get(term.taxonomy)?;
        Some(taxonomy.kind)
    });
    let is_people = matches!(kind, Some(Kind::Person | Kind::Author));
    let shapes: Vec<Shape> = terms.iter().map(|term| Shape::of(&term.name)).collect();
    let mut found: BTreeMap<(usize, usize), Difference> = BTreeMap::new();
    let mut keep = |difference, pairs: Vec<(usize, usize)>| {
        for pair in pairs {
            let known = found.entry(pair).or_insert(difference);
            *known = difference.min(*known);
        }
    };
    keep(
        Difference::Marks,
        alike(&shapes, |shape| vec![shape.joined.clone()], |_, _| true),
    );
    if is_people {
        let sorted = |shape: &Shape| match shape.words.len() {
            0 | 1 => Vec::new(),
            _ => vec![shape.sorted.clone()],
        };
        keep(Difference::Order, alike(&shapes, sorted, |_, _| true));
        keep(Difference::Initials, initials(&shapes));
    }
    let letter = |a: &Shape, b: &Shape| {
        one_apart(&a.joined, &b.joined) && !(is_people && is_an_ending(a, b))
    };
    keep(Difference::Letter, alike(&shapes, deletions, letter));
    found
}

/// The pairs of names that have a key in common and are alike.
fn alike(
    shapes: &[Shape],
    keys: impl Fn(&Shape) -> Vec<String>,
    is_alike: impl Fn(&Shape, &Shape) -> bool,
) -> Vec<(usize, usize)> {
    let mut met: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, shape) in shapes.iter().enumerate() {
        for key in keys(shape).into_iter().filter(|key| !key.is_empty()) {
            met.entry(key).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    for group in met.into_values().filter(|group| group.len() <= CROWD) {
        for (at, first) in group.iter().enumerate() {
            for second in group.iter().skip(at + 1) {
                let (Some(a), Some(b)) = (shapes.get(*first), shapes.get(*second)) else {
                    continue;
                };
                if a.numbers == b.numbers && is_alike(a, b) {
                    pairs.insert((*first, *second));
                }
            }
        }
    }
    pairs.into_iter().collect()
}

/// A long enough name, and that name without one of its letters. The first letter is hardly ever
/// the wrong one, and makes another name: Gambia and Zambia.
fn deletions(shape: &Shape) -> Vec<String> {
    let name = &shape.joined;
    if name.len() < SHORTEST || !name.is_ascii() {
        return Vec::new();
    }
    let mut keys: BTreeSet<String> = BTreeSet::from([name.clone()]);
    for at in 1..name.len() {
        keys.insert([&name[..at], &name[at + 1..]].concat());
    }
    keys.into_iter().collect()
}

/// Names with initials, each with the one name in full that it can stand for; where there are two
/// of those, only the editor knows.
fn initials(shapes: &[Shape]) -> Vec<(usize, usize)> {
    let key = |shape: &Shape| {
        let first = shape.words.first()?.get(..1)?.to_owned();
        Some((shape.words.last()?.clone(), first))
    };
    let mut met: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, shape) in shapes.iter().enumerate() {
        if let Some(key) = key(shape) {
            met.entry(key).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for group in met.values().filter(|group| group.len() <= CROWD) {
        for short in group {
            let is_short = |full: &&usize| {
                let both = shapes.get(*short).zip(shapes.get(**full));
                both.is_some_and(|(short, full)| short.is_shorter_of(full))
            };
            let full: Vec<&usize> = group.iter().filter(is_short).collect();
            if let [full] = full.as_slice() {
                pairs.push(((*short).min(**full), (*short).max(**full)));
            }
        }
    }
    pairs
}

/// Whether a word of one name differs from that of the other in a last letter that tells women
/// from men, or one name from another: Petrov and Petrova, Mario and Maria.
fn is_an_ending(a: &Shape, b: &Shape) -> bool {
    let endings = ["a", "o", "e", "i"];
    a.words.len() == b.words.len()
        && a.words.iter().zip(&b.words).any(|(a, b)| {
            let stem = |word: &str| {
                let cut = endings.iter().find_map(|ending| word.strip_suffix(ending));
                cut.unwrap_or(word).to_owned()
            };
            a != b && stem(a) == stem(b)
        })
}

/// Whether records say that two terms are different people, places or topics.
fn have_other_identities(a: &Term, b: &Term) -> bool {
    let (Some(a), Some(b)) = (&a.record, &b.record) else {
        return false;
    };
    let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
    differ(&a.wikidata, &b.wikidata)
        || differ(&a.viaf, &b.viaf)
        || differ(&a.geonames, &b.geonames)
        || (a.born.is_some() && b.born.is_some() && a.born != b.born)
}

/// The pair, at the term that would become part of the other.
fn told(edition: &Edition, a: &Term, b: &Term, difference: Difference) -> Diagnostic {
    let archive = &edition.archive;
    let weight = |term: &Term| (term.record.is_some(), term.articles.len());
    let (from, into) = if weight(a) > weight(b) {
        (b, a)
    } else {
        (a, b)
    };
    let taxonomy = archive.taxonomies.get(from.taxonomy);
    let taxonomy = taxonomy.map_or("", |taxonomy| taxonomy.name.as_str());
    let message = format!(
        "{:?} ({}) and {:?} ({}) differ {}",
        from.name,
        from.articles.len(),
        into.name,
        into.articles.len(),
        difference.told()
    );
    let note = Diagnostic::new(Code::LookAlikes, message).help(format!(
        "if they are one: morgue terms merge {taxonomy} {} {}\nif they are two: `[check] distinct = [[{:?}, {:?}]]`",
        quoted(&into.name),
        quoted(&from.name),
        from.name,
        into.name
    ));
    let file = match (&from.record, from.articles.first()) {
        (Some(record), _) => return at(&edition.config, note, &record.file, record.line),
        (None, Some(first)) => &archive.article(*first).content.file,
        (None, None) => return note,
    };
    at(
        &edition.config,
        note,
        file,
        line_of(&edition.config, file, &from.name),
    )
}

/// A name as a shell takes it for one word.
fn quoted(name: &str) -> String {
    if name.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", name.replace('\'', "'\\''"))
    } else {
        format!("\"{name}\"")
    }
}
