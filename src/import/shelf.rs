//! What an import says of each piece of its input, and the names of its articles.

use camino::Utf8PathBuf;
use serde::Serialize;

pub use super::memory::Outcome;

/// The account of the last import, in the folder of the site.
pub const REPORT: &str = "import-report.json";

/// What became of one piece of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The file of the input, and where it has several articles, which one.
    pub source: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// The article, seen from the folder of the site.
    pub article: Option<Utf8PathBuf>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why there is no article.
    pub reason: Option<String>,
    /// Letters and digits of the input.
    pub letters: u64,
    /// Those that are in the body.
    pub body: u64,
    /// Those that were left out, each with its line and its rule in the article's `provenance`.
    pub removed: u64,
}

/// Names for files, each given once.
#[derive(Debug, Default)]
pub struct Names(std::collections::BTreeSet<String>);

impl Names {
    /// This path, or if it was given before, one with a number.
    pub fn free(&mut self, path: &str) -> Utf8PathBuf {
        let mut free = path.to_owned();
        let mut number = 2;
        // Some file systems take two names for one that differ only in case.
        while !self.0.insert(free.to_lowercase()) {
            free = match path.strip_suffix(".md") {
                Some(stem) => format!("{stem}-{number}.md"),
                None => format!("{path}-{number}"),
            };
            number += 1;
        }
        free.into()
    }
}
