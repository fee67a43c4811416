//! The ledger: every address that was ever published, with what is behind it.
//!
//! It lies beside `site.toml` as `permalinks.tsv`, one address a line, sorted by the bytes of the
//! address, so that version control shows what changed and merges what two people added. [`follow`]
//! holds the plan of a build against it: what moved is redirected from its old address, what
//! vanished is told. [`write`] writes the ledger of the build that was made.
//!
//! A line has up to seven columns with tabs between them; empty ones at its end are left out:
//!
//! | column | |
//! | --- | --- |
//! | address | from the root of the site, not percent-encoded; with `?` an old address with a query |
//! | state | `live`, `moved` or `gone` |
//! | to | where a `moved` address leads |
//! | id | what is behind it: `article`, `article:ID`, `term:people/x`, `page`, `file`; anything else is a page that morgue derives |
//! | file | the file it comes from, seen from the content root |
//! | text | what the text of an article was recognised by when it was published |
//! | notice | the same of what tells readers of a change: `updated` and the corrections |

mod answer;
mod behind;
mod edit;
mod fates;
mod findings;
mod import;
mod join;
mod lines;
mod owners;
mod write;

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use camino::{Utf8Path, Utf8PathBuf};

pub use answer::Answer;
pub use edit::{Decision, address, decide, each};
pub use import::addresses;
pub use join::follow;
pub use lines::{Condition, check, is_address, parse, sorted, stream};
pub use write::write;

use super::PageId;
use crate::archive::ArticleId;
use fates::Fate;

/// The name of the ledger, beside `site.toml`.
pub const FILE: &str = "permalinks.tsv";

/// The first line. Its `#` sorts before the `/` of every address.
pub const HEADER: &str = "# morgue permalinks 1: address, state, to, id, file, text, notice";

/// What has become of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// A page or file is there.
    Live,
    /// It redirects.
    Moved,
    /// What was there was withdrawn.
    Gone,
}

impl State {
    /// The word in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            State::Live => "live",
            State::Moved => "moved",
            State::Gone => "gone",
        }
    }
}

/// One line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The address, from the root of the site.
    pub address: &'a str,
    /// What has become of it.
    pub state: State,
    /// Where it leads, if it moved; else empty.
    pub to: &'a str,
    /// What is behind it.
    pub id: &'a str,
    /// The file it comes from, seen from the content root, control and percent signs encoded;
    /// empty for what comes from none.
    pub file: &'a str,
    /// What the text of an article was recognised by; 0 for all else.
    pub text: u64,
    /// What the notice of a change was recognised by; 0 where there was none.
    pub notice: u64,
}

impl Line<'_> {
    /// Whether an editor decides over what is behind it: morgue derives everything else.
    pub fn is_owned(&self) -> bool {
        let kind = self.id.split(':').next().unwrap_or_default();
        matches!(kind, "article" | "term" | "page" | "file")
    }
}

/// The ledger of a site: where it lies.
#[derive(Debug, Clone)]
pub struct Ledger(Utf8PathBuf);

impl Ledger {
    /// That of the site in this folder, whether it is there or not.
    pub fn of(site: &Utf8Path) -> Ledger {
        Ledger(site.join(FILE))
    }

    /// Where it lies.
    pub fn path(&self) -> &Utf8Path {
        &self.0
    }

    /// Its bytes; `None` where there is none yet.
    ///
    /// # Errors
    /// What the system says of a file that is there and cannot be read.
    pub fn open(&self) -> io::Result<Option<Box<dyn BufRead>>> {
        match File::open(&self.0) {
            Ok(file) => Ok(Some(Box::new(BufReader::with_capacity(1 << 16, file)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// What a build makes of its ledger.
#[derive(Debug, Default)]
pub struct Settled {
    /// Whether there was a ledger.
    pub was_there: bool,
    /// Whether the ledger of this build has other bytes.
    pub changed: bool,
    /// How many addresses the ledger does not know yet.
    pub added: usize,
    /// Every page that has a line, by address.
    order: Vec<PageId>,
    /// The lines of addresses that are no page any more, by address, and what becomes of each.
    old: Vec<Old>,
    /// The text of those lines.
    text: String,
    /// The last parts of the addresses of hidden records, sorted: an old address with one of them
    /// would tell the name in the files of hosts, so it is answered as if it had never been.
    hidden: Vec<Box<str>>,
    /// Articles that are new, or whose text is another than was published.
    unpublished: Vec<ArticleId>,
    /// Articles whose text changed and nothing tells readers, with the mark of what was published.
    silent: Vec<(PageId, u64)>,
}

/// A line of an address that is no page any more.
#[derive(Debug, Clone, Copy)]
struct Old {
    /// Where it begins in the text of all such lines.
    start: usize,
    end: usize,
    /// Its line in the ledger, from 1.
    number: u32,
    fate: Fate,
}

/// An old address, and what a host answers there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OldAddress<'a> {
    /// The address from the root of the site, not percent-encoded.
    pub from: &'a str,
    /// The page it leads to; `None` for what is gone.
    pub to: Option<PageId>,
}

/// What becomes of an address whose page is not there any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// It redirects to this page.
    Moves(PageId),
    /// It is withdrawn.
    Goes,
    /// Nobody decided.
    Vanishes,
}

impl Settled {
    /// Every address that only the ledger remembers, sorted, with its place among all that are no
    /// page.
    pub fn old_addresses(&self) -> impl Iterator<Item = (usize, OldAddress<'_>)> {
        self.old.iter().enumerate().filter_map(|(place, old)| {
            let from = self.line(old)?.address;
            if self.names_hidden(from) {
                return None;
            }
            let to = match old.fate {
                Fate::Page(page) => Some(page),
                Fate::Gone => None,
                _ => return None,
            };
            Some((place, OldAddress { from, to }))
        })
    }

    fn names_hidden(&self, address: &str) -> bool {
        let is_hidden = |part: &str| {
            self.hidden
                .binary_search_by(|slug| (**slug).cmp(part))
                .is_ok()
        };
        !self.hidden.is_empty() && address.split('/').any(is_hidden)
    }

    /// The old address with a place among all.
    pub(super) fn address_at(&self, place: usize) -> &str {
        let old = self.old.get(place);
        old.and_then(|old| self.line(old))
            .map_or("", |line| line.address)
    }

    /// The lines of all addresses that are no page any more, as they stand in the ledger.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many addresses the site answers at.
    pub fn len(&self) -> usize {
        self.order.len() + self.old.len()
    }

    /// Whether there is no address at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What becomes in this build of each address that was live and is no page any more, by
    /// address.
    pub fn leaving(&self) -> impl Iterator<Item = (Line<'_>, Leaving)> {
        self.old.iter().filter_map(|old| {
            let line = self.line(old)?;
            let what = match old.fate {
                Fate::Page(page) => Leaving::Moves(page),
                Fate::Gone => Leaving::Goes,
                _ => Leaving::Vanishes,
            };
            (line.state == State::Live).then_some((line, what))
        })
    }

    /// The articles whose text is another than was published, and nothing tells readers.
    pub fn silent(&self) -> impl Iterator<Item = PageId> {
        self.silent.iter().map(|(page, _)| *page)
    }

    /// Whether what an article says was published by an earlier build. Without a ledger nobody can
    /// say otherwise.
    pub fn was_published(&self, article: ArticleId) -> bool {
        !self.was_there || self.unpublished.binary_search(&article).is_err()
    }

    /// Takes the texts of these articles as published.
    pub fn accept(&mut self, accepted: impl Fn(PageId) -> bool) {
        let before = self.silent.len();
        self.silent.retain(|(page, _)| !accepted(*page));
        self.changed |= self.silent.len() != before;
    }

    /// The old address with this place among all.
    fn at(&self, index: usize) -> Option<(&Old, Line<'_>)> {
        let old = self.old.get(index)?;
        Some((old, self.line(old)?))
    }

    fn line(&self, old: &Old) -> Option<Line<'_>> {
        lines::parse(self.text.get(old.start..old.end)?).ok()
    }

    /// The old address, if it is one, with its place among all.
    fn find(&self, address: &str) -> Option<usize> {
        let place = self.place_of(address);
        (self.at(place)?.1.address == address).then_some(place)
    }

    /// Where an address stands or would stand among all.
    fn place_of(&self, address: &str) -> usize {
        let of = |old: &Old| self.line(old).map_or("", |line| line.address);
        self.old.partition_point(|old| of(old) < address)
    }

    /// The line of an old address, with its place among all.
    fn old_line(&self, address: &str) -> Option<(usize, Line<'_>)> {
        let place = self.find(address)?;
        Some((place, self.at(place)?.1))
    }
}
