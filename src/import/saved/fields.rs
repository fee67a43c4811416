//! The fields of front matter that a page tells.

use super::told::Told;
use crate::import::draft::Draft;
use crate::import::text::{self, Cleaned, Phrases};

/// What it says in sentences and words: `opening` is the beginning of its text, `language` that of
/// the site.
pub(super) fn texts(
    told: &Told,
    cleaned: &Cleaned,
    opening: &str,
    language: &str,
    draft: &mut Draft,
) {
    draft.text("deck", told.deck.clone());
    // Many sites repeat the beginning of the text where a summary is asked for.
    let start = told.summary.trim_end_matches(['…', '.', ' ', ']', '[']);
    if !opening.starts_with(start) {
        draft.text("summary", told.summary.clone());
    }
    draft.text("kind", told.kind);
    let primary = |tag: &str| {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        first.to_lowercase()
    };
    let own = primary(&told.language);
    let known = (2..=3).contains(&own.len()) && own.bytes().all(|b| b.is_ascii_lowercase());
    if known && own != primary(language) {
        draft.text("language", own);
    }
    let found = cleaned.dateline.as_deref().unwrap_or_default();
    let dateline = if told.dateline.is_empty() {
        found
    } else {
        &told.dateline
    };
    draft.text("dateline", dateline);
}

/// Who wrote it, and what it is filed under.
pub(super) fn names(told: &Told, cleaned: &Cleaned, phrases: &Phrases, draft: &mut Draft) {
    let (mut authors, mut agencies) = (Vec::new(), cleaned.agencies.clone());
    let push = |list: &mut Vec<String>, name: String| {
        if !list.contains(&name) {
            list.push(name);
        }
    };
    for name in &told.authors {
        // `By Ann Lee and Bo Chen` names two.
        match text::byline(name, phrases) {
            Some((persons, wires)) => {
                persons
                    .into_iter()
                    .for_each(|name| push(&mut authors, name));
                wires.into_iter().for_each(|name| push(&mut agencies, name));
            }
            None => push(&mut authors, name.clone()),
        }
    }
    if authors.is_empty() {
        authors.clone_from(&cleaned.authors);
    }
    draft.list("authors", authors);
    draft.list("agencies", agencies);
    draft.list("people", told.people.clone());
    draft.list("places", told.places.clone());
    let topics = told
        .topics
        .iter()
        .filter(|topic| !told.section.contains(topic));
    draft.list("topics", topics.cloned().collect());
    let filed = [&told.people, &told.places, &told.topics];
    let about = told
        .about
        .iter()
        .filter(|name| filed.iter().any(|list| list.contains(name)));
    draft.list("about", about.cloned().collect());
    draft.text("section", told.section.first().cloned().unwrap_or_default());
}
