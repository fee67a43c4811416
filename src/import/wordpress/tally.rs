//! The account of an import: every element of the input, and what became of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::element::Element;

/// What became of one sort of element. `read` is the sum of all others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// How many there are in the input.
    pub read: u64,
    /// Those that stand in the archive.
    pub emitted: u64,
    /// Those that stand there in another form.
    pub converted: u64,
    /// Those that do not, by reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dropped: BTreeMap<String, u64>,
}

/// All of them, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Tally(pub BTreeMap<String, Row>);

/// What became of one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    Emitted,
    Converted,
    Dropped(&'static str),
}

impl Tally {
    /// One more element.
    pub(super) fn count(&mut self, name: &str, became: Became) {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Row::default());
        }
        let Some(row) = self.0.get_mut(name) else {
            return;
        };
        row.read += 1;
        match became {
            Became::Emitted => row.emitted += 1,
            Became::Converted => row.converted += 1,
            Became::Dropped(reason) => *row.dropped.entry(reason.to_owned()).or_default() += 1,
        }
    }

    /// An element and all that is in it.
    pub(super) fn whole(&mut self, element: &Element, became: Became) {
        self.count(&element.name, became);
        for child in &element.children {
            self.whole(child, became);
        }
    }

    /// Whether every element is accounted for, each once.
    pub fn adds_up(&self) -> bool {
        self.0
            .values()
            .all(|row| row.read == row.emitted + row.converted + row.dropped.values().sum::<u64>())
    }
}
