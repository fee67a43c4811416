//! What an import is asked for, and what it tells of itself afterwards.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::mapping::Mapping;
use super::tally::Tally;

/// What is to be imported, and how.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The exports.
    pub exports: Vec<Utf8PathBuf>,
    /// The folder of the site.
    pub site: Utf8PathBuf,
    /// The folder of uploads of the old site.
    pub media: Option<Utf8PathBuf>,
    /// The time zone of the office, by its name, and itself.
    pub zone_name: Option<String>,
    /// The same.
    pub zone: Option<TimeZone>,
    /// What taxonomies become.
    pub maps: Vec<Mapping>,
    /// Whether what is not published comes in, as drafts and embargoed articles.
    pub unpublished: bool,
    /// Further types of posts that are articles.
    pub types: Vec<String>,
    /// Where comments go.
    pub comments: Option<Utf8PathBuf>,
    /// Whether nothing is written.
    pub dry: bool,
}

/// What an import did. Sums of `elements` equal what is in the exports.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// What this was.
    pub import: &'static str,
    /// The exports, with what was put right in them.
    pub exports: Vec<Export>,
    /// Articles that were written.
    pub articles: u64,
    /// Pages that were written.
    pub pages: u64,
    /// Files by what became of them.
    pub files: BTreeMap<&'static str, u64>,
    /// Every element, by its name.
    pub elements: Tally,
    /// Items that stayed out, by reason; by their numbers alone.
    pub left_out: BTreeMap<&'static str, Vec<u64>>,
    /// Types of posts that were not asked for, and how many there are of each.
    pub other_types: BTreeMap<String, u64>,
    /// Files that were edited by hand and stay as they are.
    pub kept: Vec<String>,
    /// Files of earlier imports that somebody deleted or moved since, and that stay away.
    pub deleted: Vec<String>,
    /// Files of earlier imports whose post is not published any more.
    pub withdrawn: Vec<String>,
    /// Shortcodes and blocks that nobody here knows, with the files they were taken from.
    pub unknown: BTreeMap<String, Unknown>,
    /// Articles without a headline, which got one from their text.
    pub untitled: Vec<String>,
    /// Articles without a date.
    pub undated: Vec<String>,
    /// Articles whose clock is not known to be anywhere.
    pub without_offset: u64,
    /// Files of the collection.
    pub media: Files,
    /// Comments that were written.
    pub comments: u64,
    /// Taxonomies that the site does not have.
    pub no_taxonomy: BTreeSet<String>,
    /// Whether the time zone of the settings is more than a guess.
    pub zone_is_known: bool,
}

/// One export.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Export {
    /// The file.
    pub file: String,
    /// Characters that XML forbids, which are left out.
    pub forbidden: u64,
    /// Bytes in another encoding, which were read as Windows-1252.
    pub foreign: u64,
    /// The first of both, in bytes from the beginning.
    pub places: Vec<u64>,
}

/// Something that was taken out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Unknown {
    /// How often.
    pub count: u64,
    /// The files it was taken from.
    pub files: Vec<String>,
}

/// Files of the collection.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Files {
    /// Those that were copied, or were there already.
    pub copied: u64,
    /// Those that articles name and nobody has.
    pub missing: Vec<String>,
    /// Addresses that lead to where the file was.
    pub remote: u64,
    /// Attachments that no article needs.
    pub unused: u64,
}
