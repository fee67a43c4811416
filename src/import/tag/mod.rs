//! A first look at who and where: names of authority records and of a gazetteer, found in
//! headline and text.
//!
//! Nothing is learned and nothing is weighed by chance: the same names and the same article give
//! the same tags, and each tag comes with the places and the rules it rests on.

mod around;
mod folded;
mod mentions;
pub mod names;

pub use names::{Entry, Names, Strength, gazetteer};

use std::collections::BTreeMap;
use std::ops::Range;

use mentions::Mention;

/// Where a mention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// In the headline.
    Headline,
    /// In the dateline.
    Dateline,
    /// In the text.
    Text,
}

impl Part {
    /// Its name, as `--explain` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Headline => "headline",
            Part::Dateline => "dateline",
            Part::Text => "text",
        }
    }
}

/// One place that a tag rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The part of the article.
    pub part: Part,
    /// The byte of that part.
    pub offset: usize,
    /// What stands there.
    pub text: String,
    /// The rule by which it means somebody or something.
    pub rule: &'static str,
}

/// Somebody or something that an article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The field of front matter: `people`, `places`, `topics`.
    pub field: String,
    /// The name, as the record has it.
    pub name: String,
    /// Whether the article is about it: it is in the headline or the lead.
    pub about: bool,
    /// What that rests on, in the order of the article.
    pub evidence: Vec<Evidence>,
}

/// The part of a text that is its lead, in bytes.
const LEAD: usize = 300;
/// As far a full name may stand alone, in bytes: below it is background.
const EARLY: usize = 1000;
/// As far a person may be named first to count as one the story is about.
const OPENING: usize = 350;

/// Finds whom and what an article names.
pub fn tags(title: &str, dateline: &str, text: &str, names: &Names) -> Vec<Tag> {
    let mut found: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
    for mention in mentions::all(title, text, names) {
        found.entry(mention.entry).or_default().push(mention);
    }
    let filed = mentions::dateline(dateline, names);
    if let Some(filed) = &filed {
        found.entry(filed.entry).or_default();
    }
    let empty = text.trim().is_empty();
    let mut tags = Vec::new();
    for (index, mentions) in found {
        let Some(entry) = names.entries.get(index) else {
            continue;
        };
        let filed = filed.as_ref().filter(|filed| filed.entry == index);
        let kept = match entry.field.as_str() {
            "people" => is_person(entry, &mentions, empty),
            "places" => filed.is_some() || is_salient(&mentions),
            _ => is_salient(&mentions),
        };
        if !kept {
            continue;
        }
        let about = mentions
            .iter()
            .any(|mention| mention.part == Part::Headline || mention.at.start < LEAD);
        let mut evidence: Vec<Evidence> = mentions
            .iter()
            .chain(filed)
            .map(Mention::evidence)
            .collect();
        evidence.sort();
        tags.push(Tag {
            field: entry.field.clone(),
            name: entry.name.clone(),
            about,
            evidence,
        });
    }
    tags.sort_by(|a, b| (&a.field, first(a), &a.name).cmp(&(&b.field, first(b), &b.name)));
    tags
}

/// Where a tag is named first.
fn first(tag: &Tag) -> (Option<Part>, Option<usize>) {
    let first = tag.evidence.first();
    (first.map(|e| e.part), first.map(|e| e.offset))
}

/// A place or topic counts where it is in the headline or the lead, or named more than once; what
/// is named in passing is no tag.
fn is_salient(mentions: &[Mention]) -> bool {
    let early = |mention: &Mention| mention.part == Part::Headline || mention.at.start < LEAD;
    mentions.len() >= 2 || mentions.iter().any(early)
}

/// A person counts where the full name stands. One of whom the record has but a family name needs
/// a first name or an office before it, and more: the headline, the opening, or several mentions.
fn is_person(entry: &Entry, mentions: &[Mention], empty: bool) -> bool {
    let certain = mentions.iter().any(|mention| mention.certain);
    if !entry.is_bare() {
        let early = mentions
            .iter()
            .any(|mention| mention.part == Part::Headline || mention.at.start < EARLY);
        return certain && (early || mentions.len() >= 2);
    }
    let head = mentions
        .iter()
        .any(|mention| mention.part == Part::Headline);
    let text: Vec<&Mention> = mentions
        .iter()
        .filter(|mention| mention.part == Part::Text)
        .collect();
    if empty {
        return head;
    }
    let opening = text.iter().any(|mention| mention.at.start < OPENING);
    let office = text
        .iter()
        .any(|mention| mention.office && mention.at.start < LEAD);
    let weight = text.len() + if head { 3 } else { 0 } + usize::from(opening) + usize::from(office);
    // Many share a family name; fewer hold an office besides.
    let needed = if text.iter().any(|mention| mention.office) {
        3
    } else {
        4
    };
    (certain || (head && !text.is_empty())) && weight >= needed
}

/// A piece of a text.
fn piece<'t>(text: &'t str, at: &Range<usize>) -> &'t str {
    text.get(at.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
