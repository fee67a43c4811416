//! `morgue check`: what is wrong with an archive beyond what stops or troubles a build.
//!
//! A consumer of stages 1 to 3, with one file for each audit. An audit takes the [`Edition`] and
//! gives findings; it changes nothing, and no other command runs one. Links to other hosts are audited by `external`,
//! where that was asked for.

mod dates;
mod duplicates;
mod lacking;
mod lives;
mod look_alikes;
mod names;
mod pictures;
mod policies;
mod records;
mod shingles;
mod texts;

use camino::Utf8Path;

use crate::archive::{Article, Selection};
use crate::cache::Cache;
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Diagnostic, Diagnostics, Span};
use crate::edition::Edition;
use crate::external::{self, Online, Told};
use crate::leaks;
use crate::site::ledger::Ledger;

/// How an archive is checked.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions {
    /// What counts as published.
    pub selection: Selection,
    /// Whether what is summed up, such as articles without a summary, is told one by one.
    pub all: bool,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many articles.
    pub articles: usize,
    /// How many terms.
    pub terms: usize,
    /// How many pairs of articles have nearly one text.
    pub near_duplicates: usize,
    /// What became of links to other hosts, where those were asked.
    pub external: Option<Told>,
}

/// Reads, files and plans as a build does, and audits what came of it. All findings of a build
/// come too. What was read is kept in `.morgue/` for the next run.
///
/// # Errors
/// Where not even a plan could be made, so that nothing was audited.
pub fn check(config: Config, options: &CheckOptions) -> (Result<Checked, ()>, Diagnostics) {
    check_online(config, options, None)
}

/// As [`check`], and where `online` is given, other hosts are asked whether what the archive links
/// to is still there.
///
/// # Errors
/// As [`check`].
pub fn check_online(
    config: Config,
    options: &CheckOptions,
    online: Option<&Online<'_>>,
) -> (Result<Checked, ()>, Diagnostics) {
    let cache = Cache::open(&config.folder);
    let ledger = Ledger::of(&config.folder);
    let selection = &options.selection;
    let (edition, mut notes) = Edition::prepare(config, selection, cache.as_ref(), Some(&ledger));
    let Ok(edition) = edition else {
        return (Err(()), notes);
    };
    notes.extend(leaks::addresses(&edition));
    let duplicates = duplicates::find(&edition);
    let mut checked = Checked {
        articles: edition.archive.articles.len(),
        terms: edition.archive.terms.len(),
        near_duplicates: duplicates.len(),
        external: None,
    };
    notes.extend(duplicates::audit(&edition, &duplicates));
    notes.extend(look_alikes::audit(&edition));
    notes.extend(records::audit(&edition, options.all));
    notes.extend(lives::audit(&edition));
    notes.extend(dates::audit(&edition));
    notes.extend(lacking::audit(&edition, options.all));
    notes.extend(pictures::audit(&edition));
    notes.extend(policies::audit(&edition));
    notes.extend(texts::audit(&edition));
    if let Some(online) = online {
        let (told, found) = external::audit(&edition, online);
        checked.external = Some(told);
        notes.extend(found);
    }
    (Ok(checked), notes)
}

/// A finding at a line of a file, which is seen from the content root. Its text is looked up where
/// it is shown.
fn at(config: &Config, note: Diagnostic, file: &Utf8Path, line: u32) -> Diagnostic {
    note.file(content::shown(config, file)).span(Span {
        line: line.max(1),
        column: 1,
        length: 1,
        text: String::new(),
    })
}

/// A finding at the date of an article.
fn at_date(config: &Config, note: Diagnostic, article: &Article) -> Diagnostic {
    at(
        config,
        note,
        &article.content.file,
        article.content.date_line,
    )
}

/// The first line of a file that holds a text, from 1; the first line where none does.
fn line_of(config: &Config, file: &Utf8Path, text: &str) -> u32 {
    let source = std::fs::read_to_string(config.content_root().join(file)).unwrap_or_default();
    let at = source.lines().position(|line| line.contains(text));
    at.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(1)
}
