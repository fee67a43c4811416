//! Work on terms: merging, renaming, splitting and moving them, in all files concerned.
//!
//! A consumer of stages 1 and 2. Takes [`Order`]s, gives a [`Revision`]: the new text of every
//! file concerned, proven before anything is written. All other bytes of the files stay as they
//! are, and the old addresses lead to the new pages.

mod article;
mod choice;
mod desk;
mod diff;
mod hold;
mod orders;
mod recorded;
mod records;
mod swap;
mod tidy;
mod write;

use camino::Utf8PathBuf;

use crate::config::Config;
use crate::diagnostics::Diagnostics;

pub use choice::Choice;
pub use write::Written;

/// One thing to do.
#[derive(Debug)]
pub enum Order {
    /// Terms become part of another of the same taxonomy.
    Merge {
        /// The index of the taxonomy.
        taxonomy: usize,
        /// The name, slug or alias of the term that stays.
        kept: String,
        /// Those that become part of it.
        others: Vec<String>,
    },
    /// A term gets another name.
    Rename {
        /// The index of the taxonomy.
        taxonomy: usize,
        /// Its name, slug or an alias.
        old: String,
        /// Its name from now on.
        new: String,
        /// Whether its address follows the name, where a record or its file sets the address.
        address: bool,
    },
    /// The articles chosen get a term for another, or one more, or one less.
    Move {
        /// The taxonomy and name of the term that is taken out.
        from: Option<(usize, String)>,
        /// The taxonomy and name of the term that is put in; it may be a new one.
        to: Option<(usize, String)>,
        /// Which articles.
        choice: Choice,
    },
}

/// A file and its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file, seen from the folder of `site.toml`.
    pub file: Utf8PathBuf,
    /// Its text, with its byte order mark; `None` where the file is made.
    pub before: Option<String>,
    /// Its new text.
    pub after: String,
}

/// What one order comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What is done, as a sentence.
    pub sentence: String,
    /// In how many articles.
    pub articles: usize,
}

/// Everything that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The files, by name.
    pub edits: Vec<Edit>,
    /// What each order comes to.
    pub told: Vec<Told>,
    /// The folder of the site.
    folder: Utf8PathBuf,
}

/// Why there is no revision.
#[derive(Debug)]
pub enum Refusal {
    /// The orders cannot be carried out, as a sentence for the person who gave them.
    Order(String),
    /// What is wrong in the files.
    Content(Diagnostics),
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Refusal::Order(reason)
    }
}

/// Works out what the orders come to, one after the other. Nothing is written.
///
/// # Errors
/// A name that no term has, a file that cannot be edited safely, or an archive that would have an
/// error after the change and has none now.
pub fn plan(config: &Config, orders: &[Order]) -> Result<Revision, Refusal> {
    desk::Desk::open(config).plan(orders)
}

/// Works out how every name would be written as its term is called, and once in each article.
/// Nothing is written.
///
/// # Errors
/// As [`plan`].
pub fn tidy(config: &Config) -> Result<Revision, Refusal> {
    desk::Desk::open(config).tidy()
}
