//! Who made an item: its byline, and the sources that it names.

use std::collections::BTreeSet;

use serde_json::Value;

use super::article::{Desk, Made};
use super::entities;
use super::properties::Properties;
use crate::import::text::bylined;
use crate::ninjs;

/// Who wrote it, and the wire services credited.
pub(super) fn all(item: &mut Properties, own: bool, desk: &Desk, made: &mut Made) {
    let line = item.text(&["by", "byline"]);
    let (mut authors, mut agencies) = (Vec::new(), Vec::new());
    for mut source in item.list(&["infosources", "infosource"]) {
        let name = source.text(&["name", "literal"]);
        let role = source.text(&["role", "rel"]);
        let Some(name) = name else { continue };
        match role.as_deref() {
            Some(ninjs::AUTHOR) => authors.push(name.clone()),
            _ => agencies.push(name.clone()),
        }
        if !own {
            entities::identified("infosources", &name, source, made);
        }
    }
    if let Some(line) = line.filter(|_| !own) {
        let (named, wires) = bylined(&line, &desk.phrases);
        let nobody = named.is_empty() && wires.is_empty();
        if !nobody && says_more(&line, named.iter().chain(&wires)) {
            made.keep("byline", Value::String(line.clone()));
        }
        if authors.is_empty() {
            authors = if nobody { vec![line] } else { named };
        }
        agencies.extend(wires);
    }
    if !own {
        let mut seen = BTreeSet::new();
        agencies.retain(|name| seen.insert(name.clone()));
    }
    for name in authors {
        entities::add(&mut made.draft, &desk.fields.authors, &name);
    }
    made.draft.list("agencies", agencies);
}

/// Whether a byline has words beside its names that are more than `By` and `and`.
fn says_more<'n>(line: &str, names: impl Iterator<Item = &'n String>) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_lowercase).collect()
    };
    let named: Vec<String> = names.flat_map(|name| words(name)).collect();
    let mut others = words(line).into_iter();
    others.any(|word| word.chars().count() > 3 && !named.contains(&word))
}
