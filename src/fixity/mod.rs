//! Whether files are still what they were, and how an archive is handed over to a repository.
//!
//! A consumer of the line beside `build` and `serve`. [`verify`] holds a folder against its list
//! of checksums: a built site, a bag, any folder with `manifest-sha256.txt`, or what a site is made
//! from. [`bag()`] puts what a site is made from, and the site if wanted, into a bag (RFC 8493).

mod bag;
mod bag_tags;
mod hold;
mod sources;
mod verify;
mod walk;

pub use bag::{BagOptions, Bagged, bag};
pub use sources::{verify_sources, write_sources};
pub use verify::verify;

/// What a folder was held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The SHA-256 list in the folder.
    Checksums,
    /// What the last build into the folder remembered of it, which is shorter than SHA-256: proof
    /// against accidents, not against somebody who wants two files to look alike.
    Build,
    /// The manifests of a bag.
    Bag,
}

/// What was held against a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Which list that was.
    pub list: List,
    /// How many files it names.
    pub files: usize,
}
