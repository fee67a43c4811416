//! The articles of an import on their way into the folder of a site: what is new is written,
//! what was not edited by hand since the last import is written anew, what was is kept.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::draft::sha256;
use super::place;

/// The file in the folder of the site that remembers what an import wrote.
pub const REPORT: &str = "import-report.json";

/// What became of one file of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// An article that was not there.
    New,
    /// One that nobody edited since, written anew.
    Updated,
    /// One that says the same as before.
    Unchanged,
    /// One that was edited by hand, and is left as it is.
    Kept,
    /// No article.
    Refused,
}

/// What became of one piece of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file of the input, and where it has several articles, which one.
    pub source: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// The article, seen from the folder of the site.
    pub article: Option<Utf8PathBuf>,
    /// What became of it.
    pub outcome: Outcome,
    /// By what the file is recognised that was written.
    pub written: Option<String>,
    /// Why there is no article.
    pub reason: Option<String>,
    /// Letters and digits of the input.
    pub letters: u64,
    /// Those that are in the body.
    pub body: u64,
    /// Those that were left out, each with its line and its rule in the article's `provenance`.
    pub removed: u64,
}

/// What the last import wrote, by article.
pub fn remembered(site: &Utf8Path) -> BTreeMap<Utf8PathBuf, String> {
    #[derive(Deserialize)]
    struct Report {
        files: Vec<Entry>,
    }
    let text = std::fs::read_to_string(site.join(REPORT)).unwrap_or_default();
    let report = serde_json::from_str::<Report>(&text);
    let files = report.map(|report| report.files).unwrap_or_default();
    files
        .into_iter()
        .filter_map(|entry| Some((entry.article?, entry.written?)))
        .collect()
}

/// Puts one article into its place. `dry` only says what would be done.
///
/// # Errors
/// What the system said.
pub fn put(
    site: &Utf8Path,
    article: &Utf8Path,
    text: &str,
    before: &BTreeMap<Utf8PathBuf, String>,
    dry: bool,
) -> Result<(Outcome, String), String> {
    let path = site.join(article);
    let mark = sha256(text.as_bytes());
    let outcome = match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Outcome::New,
        Err(error) => return Err(format!("{path} cannot be read: {error}")),
        Ok(there) if there == text.as_bytes() => Outcome::Unchanged,
        Ok(there) => match before.get(article) {
            Some(old) if *old == sha256(&there) => Outcome::Updated,
            // The mark of the last import stays, so that it is known as edited ever after.
            old => return Ok((Outcome::Kept, old.cloned().unwrap_or_default())),
        },
    };
    if !dry && outcome != Outcome::Unchanged {
        place::write(&path, text.as_bytes())?;
    }
    Ok((outcome, mark))
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
