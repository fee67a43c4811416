//! `morgue index`: everything but the pages.

use super::press;
use crate::archive::{LeftOut, Selection};
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::Diagnostics;

/// What was read and planned.
#[derive(Debug)]
pub struct Indexed {
    /// How many articles are published.
    pub articles: usize,
    /// How many terms they have.
    pub terms: usize,
    /// How many pages the site has, files included.
    pub pages: usize,
    /// What was left out.
    pub left_out: LeftOut,
    /// Whether what was read is now in `.morgue/` for all builds that follow.
    pub is_kept: bool,
}

/// Reads, files and plans, reports what a build would, and leaves what was read for the builds
/// that follow. No page is made.
///
/// # Errors
/// When anything in the content would stop a build.
pub fn index(config: Config, selection: &Selection) -> (Result<Indexed, ()>, Diagnostics) {
    let cache = Cache::open(&config.folder);
    match press::edition(config, selection, cache.as_ref(), true) {
        Ok((edition, notes)) => {
            let indexed = Indexed {
                articles: edition.archive.articles.len(),
                terms: edition.archive.terms.len(),
                pages: edition.site.pages.len(),
                left_out: edition.archive.left_out,
                is_kept: cache.is_some(),
            };
            (Ok(indexed), notes)
        }
        Err(notes) => (Err(()), notes),
    }
}
