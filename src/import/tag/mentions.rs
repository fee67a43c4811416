//! Every place of an article at which somebody or something is named.

use std::collections::BTreeMap;
use std::ops::Range;

use super::around::Around;
use super::folded::fold;
use super::names::{Names, Strength};
use super::{Evidence, Part, piece};

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) entry: usize,
    pub(super) part: Part,
    pub(super) at: Range<usize>,
    pub(super) text: String,
    pub(super) rule: &'static str,
    /// Whether it can mean nobody else.
    pub(super) certain: bool,
    /// Whether an office stands before it.
    pub(super) office: bool,
}

impl Mention {
    pub(super) fn evidence(&self) -> Evidence {
        Evidence {
            part: self.part,
            offset: self.at.start,
            text: self.text.clone(),
            rule: self.rule,
        }
    }
}

/// All mentions, the headline first. Family names are settled when the whole text is known, for a
/// headline says the family name before the text says who that is.
pub(super) fn all(title: &str, text: &str, names: &Names) -> Vec<Mention> {
    let heads = found(title, Part::Headline, names);
    let texts = found(text, Part::Text, names);
    let mut mentions = Vec::new();
    // Whom each family name means from here on: the last one named in full who is no relative.
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for hit in &texts {
        settle(hit, text, names, &mut known, &mut mentions);
    }
    let mut heading = Vec::new();
    let mut first = BTreeMap::new();
    for mention in mentions.iter().rev().filter(|mention| mention.certain) {
        if let Some(family) = names
            .entries
            .get(mention.entry)
            .and_then(|entry| entry.family.as_ref())
        {
            first.insert(fold(family).text, mention.entry);
        }
    }
    for hit in &heads {
        settle(hit, title, names, &mut first, &mut heading);
    }
    heading.extend(mentions);
    heading
}

/// A match of the search.
struct Hit<'n> {
    at: Range<usize>,
    part: Part,
    key: String,
    meanings: &'n [(usize, Strength)],
}

fn found<'n>(text: &str, part: Part, names: &'n Names) -> Vec<Hit<'n>> {
    let folded = fold(text);
    let mut hits = Vec::new();
    let mut from = 0;
    // A match inside a word is none, and must not hide the one that begins right after.
    while let Some(hit) = names
        .automaton
        .find(aho_corasick::Input::new(&folded.text).span(from..folded.text.len()))
    {
        let at = folded.place(hit.start(), hit.end());
        let at = at.start
            ..at.start
                + piece(text, &at)
                    .trim_end_matches(|c: char| c.is_whitespace() || "-‐‑–".contains(c))
                    .len();
        if is_whole(text, &at) && is_name(text, &at) {
            hits.push(Hit {
                part,
                key: piece(&folded.text, &hit.range()).to_owned(),
                meanings: names
                    .meanings
                    .get(hit.pattern().as_usize())
                    .map_or(&[], Vec::as_slice),
                at,
            });
            from = hit.end();
        } else {
            let step = folded
                .text
                .get(hit.start()..)
                .and_then(|rest| rest.chars().next());
            from = hit.start() + step.map_or(1, char::len_utf8);
        }
    }
    hits
}

/// Whether a match neither begins nor ends inside a word; scripts without spaces have no such
/// borders.
fn is_whole(text: &str, at: &Range<usize>) -> bool {
    let unspaced = |c: char| u32::from(c) >= 0x2E80;
    if piece(text, at).chars().all(unspaced) {
        return true;
    }
    let before = text
        .get(..at.start)
        .and_then(|head| head.chars().next_back());
    let after = text.get(at.end..).and_then(|tail| tail.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Whether a match is written as a name: `turkey` is a bird.
fn is_name(text: &str, at: &Range<usize>) -> bool {
    piece(text, at)
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase())
}

/// Decides whom a match means.
fn settle(
    hit: &Hit<'_>,
    text: &str,
    names: &Names,
    known: &mut BTreeMap<String, usize>,
    mentions: &mut Vec<Mention>,
) {
    let around = Around::of(text, &hit.at);
    let mut push = |entry: usize, rule: &'static str, certain: bool, office: bool| {
        mentions.push(Mention {
            entry,
            part: hit.part,
            at: hit.at.clone(),
            text: piece(text, &hit.at).to_owned(),
            rule,
            certain,
            office,
        });
    };
    if let Some((entry, _)) = hit
        .meanings
        .iter()
        .find(|(_, strength)| *strength == Strength::Full)
    {
        let person = names
            .entries
            .get(*entry)
            .filter(|entry| entry.field == "people");
        push(*entry, "name", true, around.office);
        if let Some(family) = person.and_then(|entry| entry.family.as_ref())
            && !around.kin
        {
            known.insert(fold(family).text, *entry);
        }
        return;
    }
    if let Some((entry, _)) = hit
        .meanings
        .iter()
        .find(|(_, strength)| *strength == Strength::Demonym)
    {
        push(*entry, "demonym", false, false);
        return;
    }
    if around.work {
        return;
    }
    if around.firm && hit.part == Part::Text || around.firm_word {
        return;
    }
    let families: Vec<usize> = hit
        .meanings
        .iter()
        .filter(|(_, s)| *s == Strength::Family)
        .map(|(e, _)| *e)
        .collect();
    let bare = families
        .iter()
        .copied()
        .find(|entry| names.entries.get(*entry).is_some_and(super::Entry::is_bare));
    let before = known
        .get(&hit.key)
        .copied()
        .filter(|entry| families.contains(entry));
    match (before, bare) {
        // `Ivanka Trump` after `Donald Trump` is somebody else.
        (Some(entry), _) if bare != Some(entry) => {
            let his = !around.first_name || hit.part == Part::Headline;
            let rule = "family name of somebody named in full";
            let _ = his.then(|| push(entry, rule, false, around.office));
        }
        (_, Some(entry)) => {
            let named = around.office || (around.first_name && hit.part == Part::Text);
            let rule = match (around.office, named) {
                (true, _) => "office and family name",
                (_, true) => "first name and family name",
                _ => "family name",
            };
            push(entry, rule, named, around.office);
        }
        _ => {}
    }
}

/// The place of a dateline. The last part says most: `SALEM, Ore.`, `CALGARY, Alberta`.
pub(super) fn dateline(dateline: &str, names: &Names) -> Option<Mention> {
    let parts: Vec<&str> = dateline
        .split([',', '-', '–', '—', '('])
        .map(str::trim)
        .collect();
    let later = parts.iter().skip(1).take(3);
    let (text, entry) = later.chain(parts.first()).find_map(|part| {
        let key = fold(part).text;
        let plain = key.trim_end_matches('.');
        let entry = names.places.get(&key).or_else(|| names.places.get(plain))?;
        (!key.is_empty()).then_some((*part, *entry))
    })?;
    let start = dateline.find(text).unwrap_or_default();
    Some(Mention {
        entry,
        part: Part::Dateline,
        at: start..start + text.len(),
        text: text.to_owned(),
        rule: "dateline",
        certain: true,
        office: false,
    })
}
