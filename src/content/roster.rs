//! The names of all articles, each spelling kept once however often it is written.

use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::{DefaultHashBuilder, HashTable, hash_table::Entry};

use super::{Article, Name};

/// Many, so that threads rarely wait for one another.
const PARTS: usize = 64;

/// The spellings met so far. An article names a dozen people, places and topics, and most of them
/// are named by thousands of articles.
#[derive(Debug)]
pub(super) struct Roster {
    hasher: DefaultHashBuilder,
    parts: Vec<Mutex<HashTable<Arc<str>>>>,
}

impl Roster {
    pub(super) fn new() -> Self {
        Roster {
            hasher: DefaultHashBuilder::default(),
            parts: (0..PARTS).map(|_| Mutex::default()).collect(),
        }
    }

    /// Makes the names of an article share their texts with all that are spelled alike.
    pub(super) fn enter(&self, article: &mut Article) {
        let names = article.names.iter_mut().flatten();
        let seldom = article.seldom.as_mut();
        let line = seldom.and_then(|seldom| seldom.dateline.as_mut());
        let place = line.and_then(|line| line.place.as_mut());
        for name in names.chain(&mut article.about).chain(place) {
            self.share(name);
        }
    }

    fn share(&self, name: &mut Name) {
        let hash = |text: &Arc<str>| self.hasher.hash_one(&**text);
        let own = hash(&name.text);
        // The bits in the middle: a table is searched by the others.
        let part = usize::try_from(own >> 32).unwrap_or_default() % PARTS;
        let Some(part) = self.parts.get(part) else {
            return;
        };
        let mut known = part.lock().unwrap_or_else(PoisonError::into_inner);
        match known.entry(own, |text| **text == *name.text, hash) {
            Entry::Occupied(known) => name.text = Arc::clone(known.get()),
            Entry::Vacant(place) => {
                place.insert(Arc::clone(&name.text));
            }
        }
    }
}
