//! The articles of one import on their way into a site, and the account of what became of each.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use super::draft::Draft;
use super::memory::Memory;
use super::place;
use super::shelf::{self, Entry, Outcome};
use super::tag::Tag;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Where an import puts articles.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The folder of the site.
    pub site: Utf8PathBuf,
    /// The folder of the articles, seen from there.
    pub articles: Utf8PathBuf,
    /// Whether nothing is to be written.
    pub dry: bool,
}

/// What an import did.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// The command.
    pub command: &'static str,
    /// How many pieces the input has, under `files`, and what became of them; the parts sum up to
    /// that.
    pub counts: BTreeMap<&'static str, usize>,
    /// Letters and digits of the input, of the articles and of what was left out.
    pub letters: BTreeMap<&'static str, u64>,
    /// How many lines of text were left out, by rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub removed: BTreeMap<&'static str, u64>,
    /// How many pieces have a column or property that no field of front matter takes, by its name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unread: BTreeMap<String, usize>,
    /// Each piece.
    pub files: Vec<Entry>,
    /// How many lines wait for a decision in `boilerplate.tsv`.
    pub undecided: usize,
    /// Each article that was tagged, with what its tags rest on.
    #[serde(skip)]
    pub tags: Vec<(Utf8PathBuf, Vec<Tag>)>,
}

/// How much of a piece of the input is in its article, in letters and digits: joining lines
/// changes words, and these never.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// All of the piece.
    pub read: u64,
    /// What is in the article.
    pub body: u64,
    /// What was left out.
    pub removed: u64,
}

impl Letters {
    /// The letters of a text.
    pub fn of(text: &str) -> u64 {
        text.chars().filter(|c| c.is_alphanumeric()).count() as u64
    }
}

/// Puts articles into a site, and keeps account.
#[derive(Debug)]
pub struct Shelving<'o> {
    place: &'o Place,
    memory: Memory,
    names: shelf::Names,
    /// The account.
    pub report: Report,
}

impl<'o> Shelving<'o> {
    /// Begins an import by this command, with what all before it wrote into the site in mind.
    ///
    /// # Errors
    /// What the system said.
    pub fn begin(command: &'static str, place: &'o Place) -> Result<Self, Diagnostics> {
        let memory = Memory::read(&place.site)
            .map_err(|reason| Diagnostic::new(Code::ImportCannotRead, reason))?;
        Ok(Shelving {
            memory,
            place,
            names: shelf::Names::default(),
            report: Report {
                command,
                ..Report::default()
            },
        })
    }

    /// Puts an article where `path` says, below the folder of articles, or beside one that this
    /// import has put there already.
    pub fn put(&mut self, path: &str, draft: &Draft, tags: Vec<Tag>, letters: Letters) {
        let place = self.place;
        let article = place.articles.join(self.names.free(path));
        let command = self.report.command.trim_start_matches("import ");
        let source = format!("{command}:{}", draft.provenance.source);
        let put = self.memory.put(
            &place.site,
            article.as_str(),
            draft.source().as_bytes(),
            &source,
            place.dry,
        );
        let (outcome, reason) = match put {
            Ok(outcome) => (outcome, None),
            Err(reason) => (Outcome::Refused, Some(reason)),
        };
        if !tags.is_empty() {
            self.report.tags.push((article.clone(), tags));
        }
        self.enter(Entry {
            source: draft.provenance.source.clone(),
            sha256: draft.provenance.sha256.clone(),
            article: Some(article),
            outcome,
            reason,
            letters: letters.read,
            body: letters.body,
            removed: letters.removed,
        });
    }

    /// Enters a piece of the input that is no article, for something is wrong with it.
    pub fn refuse(&mut self, source: String, sha256: String, reason: String) {
        self.no_article(source, sha256, Outcome::Refused, reason);
    }

    /// Enters a piece of the input that is no article, and nothing is wrong with it.
    pub fn leave_out(&mut self, source: String, sha256: String, reason: String) {
        self.no_article(source, sha256, Outcome::LeftOut, reason);
    }

    fn no_article(&mut self, source: String, sha256: String, outcome: Outcome, reason: String) {
        self.enter(Entry {
            source,
            sha256,
            article: None,
            outcome,
            reason: Some(reason),
            letters: 0,
            body: 0,
            removed: 0,
        });
    }

    fn enter(&mut self, entry: Entry) {
        let report = &mut self.report;
        *report.counts.entry("files").or_default() += 1;
        *report.counts.entry(entry.outcome.name()).or_default() += 1;
        for (name, count) in [
            ("read", entry.letters),
            ("body", entry.body),
            ("removed", entry.removed),
        ] {
            *report.letters.entry(name).or_default() += count;
        }
        report.files.push(entry);
    }

    /// Writes the report and what is to be remembered, unless nothing is to be written, and gives it.
    ///
    /// # Errors
    /// What the system said.
    pub fn finish(self) -> Result<Report, Diagnostics> {
        if !self.place.dry {
            let text = serde_json::to_string_pretty(&self.report).unwrap_or_default() + "\n";
            write(&self.place.site.join(shelf::REPORT), &text)?;
            self.memory
                .write(&self.place.site)
                .map_err(|reason| Diagnostic::new(Code::ImportCannotWrite, reason))?;
        }
        Ok(self.report)
    }
}

/// Writes a file that belongs to the import as a whole.
///
/// # Errors
/// What the system said.
pub(super) fn write(path: &Utf8Path, text: &str) -> Result<(), Diagnostics> {
    place::write(path, text.as_bytes()).map_err(|reason| {
        let note = Diagnostic::new(Code::ImportCannotWrite, reason).file(path);
        Diagnostics::from(note)
    })
}
