//! Terms whose names look alike, without comparing each with each: names meet under keys that any
//! two which look alike share. For letters more, less or others, those keys are the name without
//! one or two of its letters (deletion neighbourhood: Bocek, Hunt and Stiller, 2007).

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::names::{Shape, apart};
use super::{at, line_of};
use crate::archive::Term;
use crate::config::Kind;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// A letter in a shorter name makes another name: Iran and Iraq.
const SHORTEST: usize = 8;

/// Names from this length on may differ in two letters, up to that length: how many ways there are
/// to leave out two grows with the square.
const TWO_LETTERS: std::ops::RangeInclusive<usize> = 14..=48;

/// Letters in a longer name are not looked at.
const LONGEST: usize = 200;

/// Names under one key of which there are more are too common to say anything.
const CROWD: usize = 40;

/// How many keys are held at once, of 16 bytes each; more are looked at in turns.
const HELD: usize = 16_000_000;

/// In what two names differ, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    Marks,
    Order,
    Initials,
    Letter,
    Letters,
}

impl Difference {
    fn told(self) -> &'static str {
        match self {
            Difference::Marks => "only in marks, accents, spaces or script",
            Difference::Order => "only in the order of their parts",
            Difference::Initials => "only in first names that one shortens or leaves out",
            Difference::Letter => "in one letter",
            Difference::Letters => "in two letters",
        }
    }
}

/// One of the names of a term.
#[derive(Debug)]
struct Named<'t> {
    /// The place of its term.
    term: usize,
    /// The name, or an alias of its record.
    name: &'t str,
    shape: Shape,
}

impl<'t> Named<'t> {
    fn of(term: usize, name: &'t str) -> Named<'t> {
        let shape = Shape::of(name);
        Named { term, name, shape }
    }
}

/// Two names that look alike, of two terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair<'t> {
    difference: Difference,
    names: [&'t str; 2],
}

/// Looks at the terms of each taxonomy.
pub(super) fn audit(edition: &Edition) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let check = &edition.config.settings.check;
    let shelves = edition.archive.shelves.iter();
    for (range, taxonomy) in shelves.zip(&edition.archive.taxonomies) {
        let terms = edition.archive.terms.get(range.clone()).unwrap_or_default();
        let is_people = matches!(taxonomy.kind, Kind::Person | Kind::Author);
        let names: Vec<Named<'_>> = terms
            .iter()
            .enumerate()
            .flat_map(|(place, term)| {
                let aliases = term.record.iter().flat_map(|record| &record.aliases);
                let names = std::iter::once(&term.name).chain(aliases);
                names.map(move |name| Named::of(place, name))
            })
            .collect();
        for ((a, b), pair) in pairs(&names, is_people) {
            if let (Some(a), Some(b)) = (terms.get(a), terms.get(b))
                && !check.are_distinct(&a.name, &b.name)
                && !have_other_identities(a, b)
            {
                notes.push(told(edition, [a, b], &pair));
            }
        }
    }
    notes
}

/// The terms that look alike, by their places, each pair with its surest difference.
fn pairs<'t>(names: &[Named<'t>], is_people: bool) -> BTreeMap<(usize, usize), Pair<'t>> {
    let mut found: BTreeMap<(usize, usize), Pair<'t>> = BTreeMap::new();
    let mut keep = |difference: Difference, a: &Named<'t>, b: &Named<'t>| {
        let (a, b) = if a.term < b.term { (a, b) } else { (b, a) };
        let names = [a.name, b.name];
        let pair = Pair { difference, names };
        let known = found.entry((a.term, b.term)).or_insert(pair);
        *known = pair.min(*known);
    };
    let joined = |shape: &Shape| vec![key(shape.joined.bytes())];
    for (a, b) in alike(names, joined, |a, b| a.joined == b.joined) {
        keep(Difference::Marks, a, b);
    }
    let order = |shape: &Shape| match (is_people, shape.turned.is_empty()) {
        (true, _) => vec![key(shape.sorted.bytes())],
        (false, true) => vec![key(shape.joined.bytes())],
        (false, false) => vec![key(shape.turned.bytes())],
    };
    let is_turned = |a: &Shape, b: &Shape| {
        let sorted = is_people && a.sorted == b.sorted;
        sorted || a.turned == b.joined || b.turned == a.joined
    };
    for (a, b) in alike(names, order, is_turned) {
        keep(Difference::Order, a, b);
    }
    if is_people {
        for (a, b) in initials(names) {
            keep(Difference::Initials, a, b);
        }
    }
    let letters = |a: &Shape, b: &Shape| letters(a, b, is_people).is_some();
    for (a, b) in alike(names, deletions, letters) {
        let difference = match apart(&a.shape.joined, &b.shape.joined, 2) {
            ..2 => Difference::Letter,
            _ => Difference::Letters,
        };
        keep(difference, a, b);
    }
    found
}

/// The pairs of names of two terms that have a key in common and are alike.
fn alike<'n, 't>(
    names: &'n [Named<'t>],
    keys: impl Fn(&Shape) -> Vec<u64> + Sync,
    is_alike: impl Fn(&Shape, &Shape) -> bool + Sync,
) -> Vec<(&'n Named<'t>, &'n Named<'t>)> {
    let total: usize = names.par_iter().map(|name| keys(&name.shape).len()).sum();
    let turns = (total / HELD + 1) as u64;
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for turn in 0..turns {
        let of_one = |(index, name): (usize, &Named<'_>)| {
            let mine = keys(&name.shape).into_iter();
            let mine = mine.filter(move |key| key % turns == turn);
            mine.map(move |key| (key, index)).collect::<Vec<_>>()
        };
        let mut met: Vec<(u64, usize)> =
            names.par_iter().enumerate().flat_map_iter(of_one).collect();
        met.par_sort_unstable();
        let groups = met.chunk_by(|a, b| a.0 == b.0);
        for group in groups.filter(|group| (2..=CROWD).contains(&group.len())) {
            for (at, (_, first)) in group.iter().enumerate() {
                let others = group.iter().skip(at + 1);
                pairs.extend(others.map(|(_, second)| (*first, *second)));
            }
        }
    }
    let named = pairs
        .into_par_iter()
        .filter_map(|(a, b)| names.get(a).zip(names.get(b)));
    named
        .filter(|(a, b)| {
            let (a_han, b_han) = (&a.shape.han, &b.shape.han);
            let may_be_one = a_han.is_empty() || b_han.is_empty() || a_han == b_han;
            a.term != b.term && may_be_one && is_alike(&a.shape, &b.shape)
        })
        .collect()
}

/// A text as a number (FNV-1a of 64 bits).
fn key(text: impl Iterator<Item = u8>) -> u64 {
    text.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// In how many letters names of this length may differ and still be one.
fn reach(length: usize) -> usize {
    if TWO_LETTERS.contains(&length) {
        2
    } else {
        usize::from((SHORTEST..=LONGEST).contains(&length))
    }
}

/// In how many letters two names differ, if those are few for their length, do not stand in short
/// words, and tell nobody from anybody.
fn letters(a: &Shape, b: &Shape, is_people: bool) -> Option<usize> {
    let reach = reach(a.joined.len()).min(reach(b.joined.len()));
    // The first letter is hardly ever the wrong one, and makes another name: Gambia and Zambia.
    let begin_alike = a.joined.bytes().next() == b.joined.bytes().next();
    if reach == 0 || !begin_alike || a.numbers != b.numbers || !differ_in_long_words(a, b) {
        return None;
    }
    let count = apart(&a.joined, &b.joined, reach);
    let is_one = (1..=reach).contains(&count) && !(is_people && is_an_ending(a, b));
    is_one.then_some(count)
}

/// A letter makes another short word: John and Joan Smith. In a name of three words two are left
/// that say who is meant: Kim Jong-un and Kim Jung-un. An initial is a word and no mistake: George
/// W. and George H. W. Bush.
fn differ_in_long_words(a: &Shape, b: &Shape) -> bool {
    let initials = |shape: &Shape| -> Vec<String> {
        let words = shape.words.iter().filter(|word| word.len() == 1);
        words.cloned().collect()
    };
    let shortest = if a.words.len() > 2 { 4 } else { 5 };
    let mut both = a.words.iter().zip(&b.words);
    if a.words.len() == b.words.len() {
        both.all(|(a, b)| a == b || a.len().min(b.len()) >= shortest)
    } else {
        initials(a) == initials(b)
    }
}

/// A long enough name, and that name without one or two of its letters, the first aside.
fn deletions(shape: &Shape) -> Vec<u64> {
    let name = shape.joined.as_bytes();
    let reach = reach(name.len());
    if reach == 0 {
        return Vec::new();
    }
    let without = |one: usize, other: usize| {
        let letters = name.iter().enumerate();
        let left = letters.filter(move |(at, _)| *at != one && *at != other);
        key(left.map(|(_, letter)| *letter))
    };
    let mut keys = vec![key(name.iter().copied())];
    for one in 1..name.len() {
        keys.push(without(one, one));
        if reach == 2 {
            keys.extend((one + 1..name.len()).map(|other| without(one, other)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Names that shorten or leave out first names, each with the one name in full that it can stand
/// for; where there are two of those, only the editor knows.
fn initials<'n, 't>(names: &'n [Named<'t>]) -> Vec<(&'n Named<'t>, &'n Named<'t>)> {
    let mut met: BTreeMap<(&str, &str), Vec<&Named<'t>>> = BTreeMap::new();
    for name in names {
        let words = &name.shape.words;
        let first = words.first().and_then(|first| first.get(..1));
        if let Some((last, first)) = words.last().zip(first) {
            met.entry((last, first)).or_default().push(name);
        }
    }
    let mut pairs = Vec::new();
    for group in met.values().filter(|group| group.len() <= CROWD) {
        for short in group {
            let stands_for = |full: &&&Named<'_>| {
                let (own, other) = (&short.shape, &full.shape);
                short.term != full.term
                    && (own.is_shorter_of(other) || own.leaves_out_initials_of(other))
            };
            let full: Vec<_> = group.iter().filter(stands_for).collect();
            if let [full] = full.as_slice() {
                pairs.push((*short, **full));
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
fn told(edition: &Edition, [a, b]: [&Term; 2], pair: &Pair<'_>) -> Diagnostic {
    let archive = &edition.archive;
    // Of two that are as well known the longer one says more: John rather than J. Smith.
    let weight = |term: &Term| {
        let length = term.name.chars().count();
        (term.record.is_some(), term.articles.len(), length)
    };
    let [first, second] = pair.names;
    let ((from, name), (into, other)) = if weight(a) >= weight(b) {
        ((b, second), (a, first))
    } else {
        ((a, first), (b, second))
    };
    let taxonomy = archive.taxonomies.get(from.taxonomy);
    let taxonomy = taxonomy.map_or("", |taxonomy| taxonomy.name.as_str());
    let said = |term: &Term, name: &str| match (term.articles.len(), term.name == name) {
        (count, true) => format!("{name:?} ({count})"),
        (count, false) => format!("{name:?}, an alias of {:?} ({count}),", term.name),
    };
    let message = format!(
        "{} and {} differ {}",
        said(from, name),
        said(into, other),
        pair.difference.told()
    );
    // The name that stays comes first.
    let note = Diagnostic::new(Code::LookAlikes, message).help(format!(
        "if they are one: morgue terms merge {taxonomy} {} {}\nif they are two: `[check] distinct = [[{:?}, {:?}]]`",
        quoted(&into.name),
        quoted(&from.name),
        into.name,
        from.name
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
