//! Files of plain text, one article each, into the folder of a site.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use encoding_rs::Encoding;
use rayon::prelude::*;
use serde::Serialize;

use super::draft::{Draft, Provenance, sha256};
use super::place;
use super::shelf::{self, Entry, Outcome};
use super::tag::{Names, Tag};
use super::tagged;
use super::text::learned::{Count, Decision};
use super::text::{self, Block, Cleaned, Learned, Phrases, Rules};
use super::text_doubts;
use super::text_input::{Found, article_path, files};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// The file in the folder of the site in which an editor decides what is furniture.
pub const BOILERPLATE: &str = "boilerplate.tsv";

/// How many files are in memory at once.
const AT_ONCE: usize = 256;
/// A larger file is no article, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What becomes of lines that are no part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Boilerplate {
    /// What the phrases built in tell is removed; what was learned waits for a decision.
    #[default]
    Review,
    /// What was learned is removed too.
    Remove,
    /// All of it stays.
    Keep,
}

/// What an import of text is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Files and folders.
    pub inputs: Vec<Utf8PathBuf>,
    /// The folder of the site.
    pub site: Utf8PathBuf,
    /// The folder of the articles, seen from there.
    pub articles: Utf8PathBuf,
    /// What becomes of furniture.
    pub boilerplate: Boilerplate,
    /// The source of all files; else it is told by their top folder or the host in their name.
    pub source: Option<String>,
    /// Their encoding; else it is recognised.
    pub encoding: Option<&'static Encoding>,
    /// Places that articles are filed from, besides those built in.
    pub places: Vec<String>,
    /// The names that articles are looked through for.
    pub names: Option<Arc<Names>>,
    /// Whether nothing is to be written.
    pub dry: bool,
}

/// What an import of text did.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// The command.
    pub command: &'static str,
    /// How many files there were, and what became of them; the parts sum up to `files`.
    pub counts: BTreeMap<&'static str, usize>,
    /// Letters and digits of all files, of the bodies and of what was left out.
    pub letters: BTreeMap<&'static str, u64>,
    /// How many lines were left out, by rule.
    pub removed: BTreeMap<&'static str, u64>,
    /// Each file.
    pub files: Vec<Entry>,
    /// How many lines wait for a decision in [`BOILERPLATE`].
    pub undecided: usize,
    /// Each article that was tagged, with what its tags rest on.
    #[serde(skip)]
    pub tags: Vec<(Utf8PathBuf, Vec<Tag>)>,
}

/// Imports files of text. What is wrong with one file stops no other.
///
/// # Errors
/// What stopped the import as a whole: a table of decisions that cannot be read, a folder that
/// cannot be written.
pub fn import(order: &Order, notes: &mut Diagnostics) -> Result<Report, Diagnostics> {
    let mut phrases = Phrases::built_in();
    order
        .places
        .iter()
        .for_each(|place| phrases.add_place(place));
    let files = files(order, notes);
    let learned = learn(order, &files, &phrases)?;
    let before = shelf::remembered(&order.site);
    let mut names = shelf::Names::default();
    let mut report = Report {
        command: "import text",
        ..Report::default()
    };
    for chunk in files.chunks(AT_ONCE) {
        let read: Vec<_> = chunk
            .par_iter()
            .map(|file| read(file, order, &phrases, &learned))
            .collect();
        for (file, read) in chunk.iter().zip(read) {
            let entry = match read {
                Ok((draft, cleaned, lines, letters, tags)) => {
                    text_doubts::tell(&cleaned, &lines, &file.path, notes);
                    let article = order.articles.join(names.free(&article_path(file)));
                    report.count(&cleaned);
                    if !tags.is_empty() {
                        report.tags.push((article.clone(), tags));
                    }
                    shelve(order, &article, &draft, &cleaned, letters, &before)
                }
                Err(refusal) => {
                    let (note, sha256) = *refusal;
                    let reason = note.message.clone();
                    notes.push(note.file(file.path.clone()));
                    refused(file, sha256, reason)
                }
            };
            report.enter(entry);
        }
    }
    report.undecided = learned
        .0
        .values()
        .filter(|entry| entry.decision == Decision::Review)
        .count();
    if !order.dry {
        write(order, &report, &learned)?;
    }
    Ok(report)
}

fn write(order: &Order, report: &Report, learned: &Learned) -> Result<(), Diagnostics> {
    let text = serde_json::to_string_pretty(report).unwrap_or_default() + "\n";
    let failed = |reason| Diagnostics::from(Diagnostic::new(Code::ImportCannotWrite, reason));
    place::write(&order.site.join(shelf::REPORT), text.as_bytes()).map_err(failed)?;
    if !learned.0.is_empty() {
        place::write(&order.site.join(BOILERPLATE), learned.table().as_bytes()).map_err(failed)?;
    }
    Ok(())
}

impl Report {
    fn count(&mut self, cleaned: &Cleaned) {
        for removed in &cleaned.removed {
            *self.removed.entry(removed.rule.name()).or_default() += 1;
        }
    }

    /// Enters one piece of the input, and counts it.
    pub(super) fn enter(&mut self, entry: Entry) {
        let name = match entry.outcome {
            Outcome::New => "new",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Kept => "kept",
            Outcome::Refused => "refused",
        };
        *self.counts.entry("files").or_default() += 1;
        *self.counts.entry(name).or_default() += 1;
        for (name, count) in [
            ("read", entry.letters),
            ("body", entry.body),
            ("removed", entry.removed),
        ] {
            *self.letters.entry(name).or_default() += count;
        }
        self.files.push(entry);
    }
}

/// What the archive teaches, with what the editor decided before.
fn learn(order: &Order, files: &[Found], phrases: &Phrases) -> Result<Learned, Diagnostics> {
    let path = order.site.join(BOILERPLATE);
    let mut learned = match std::fs::read_to_string(&path) {
        Ok(table) => Learned::read(&table).map_err(|(line, reason)| {
            Diagnostics::from(
                Diagnostic::new(Code::ImportDecision, reason)
                    .file(path.clone())
                    .span(Span::line(&table, line))
                    .help("write review, remove or keep into the first column, and leave the others as they are"),
            )
        })?,
        Err(_) => Learned::default(),
    };
    if order.boilerplate == Boilerplate::Keep || files.len() < 3 {
        return Ok(learned);
    }
    let mut count = Count::default();
    each_text(order, files, |file, text| count.add(&file.source, text));
    each_text(order, files, |file, text| {
        count.learn(
            &file.source,
            file.path.as_str(),
            text,
            phrases,
            &mut learned,
        );
    });
    if order.boilerplate == Boilerplate::Remove {
        learned.decide(Decision::Remove);
    }
    Ok(learned)
}

/// Reads all files, some at a time.
fn each_text(order: &Order, files: &[Found], mut each: impl FnMut(&Found, &str)) {
    for chunk in files.chunks(AT_ONCE) {
        let texts: Vec<Option<String>> = chunk
            .par_iter()
            .map(|file| {
                let bytes = bytes(file).ok()?;
                text::decode(&bytes, order.encoding)
                    .ok()
                    .map(|decoded| decoded.text)
            })
            .collect();
        for (file, text) in chunk.iter().zip(texts) {
            if let Some(text) = text {
                each(file, &text);
            }
        }
    }
}

fn bytes(file: &Found) -> Result<Vec<u8>, Box<Diagnostic>> {
    let size = std::fs::metadata(&file.path).map_or(0, |data| data.len());
    if size > LARGEST {
        let message = format!("the file has {size} bytes; no article has more than {LARGEST}");
        let note = Diagnostic::new(Code::ImportNotText, message);
        return Err(Box::new(
            note.help("split it into one file for each article"),
        ));
    }
    std::fs::read(&file.path).map_err(|error| {
        let message = format!("the file cannot be read: {error}");
        Box::new(Diagnostic::new(Code::ImportCannotRead, message))
    })
}

/// An article, what was found in it, its text where that is damaged, its letters, and its tags.
type Read = (Draft, Cleaned, String, u64, Vec<Tag>);

/// Reads one file; what is wrong with it comes with the SHA-256 of what could be read.
fn read(
    file: &Found,
    order: &Order,
    phrases: &Phrases,
    learned: &Learned,
) -> Result<Read, Box<(Diagnostic, String)>> {
    let bytes = bytes(file).map_err(|note| Box::new((*note, String::new())))?;
    let sha256 = sha256(&bytes);
    let decoded = text::decode(&bytes, order.encoding).map_err(|error| {
        let note = Diagnostic::new(Code::ImportNotText, error.to_string())
            .help("leave it out, or name its encoding: `--encoding windows-1251`");
        Box::new((note, sha256.clone()))
    })?;
    let rules = Rules {
        phrases,
        learned,
        source: &file.source,
        keep: order.boilerplate == Boilerplate::Keep,
    };
    let cleaned = text::clean(&decoded.text, &file.inside, &rules);
    if cleaned.blocks.is_empty() {
        let note = Diagnostic::new(
            Code::ImportEmpty,
            "there is no text in the file, or none but what surrounds texts",
        )
        .help("leave it out, or look at it with `--boilerplate keep`");
        return Err(Box::new((note, sha256)));
    }
    let mut note = draft(&cleaned);
    note.provenance = Provenance {
        source: file.inside.to_string().replace('\\', "/"),
        sha256,
        encoding: decoded.encoding,
        repaired: decoded.repaired > 0,
        removed: cleaned.removed.clone(),
    };
    let letters = letters(&decoded.text);
    let shown = if decoded.doubtful > 0 {
        decoded.text
    } else {
        String::new()
    };
    let dateline = cleaned.dateline.as_deref().unwrap_or_default();
    let tags = match &order.names {
        Some(names) => tagged::add(&mut note, dateline, &plain(&cleaned), names),
        None => Vec::new(),
    };
    Ok((note, cleaned, shown, letters, tags))
}

/// The words of the body.
fn plain(cleaned: &Cleaned) -> String {
    let texts = cleaned.blocks.iter().map(|block| match block {
        Block::Paragraph(text) => text.clone(),
        Block::Table(rows) | Block::List(rows) => rows.join("\n"),
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

/// The article of a text.
pub fn draft(cleaned: &Cleaned) -> Draft {
    let utc = jiff::tz::TimeZone::UTC;
    let mut draft = Draft {
        title: cleaned.title.clone(),
        date: cleaned.date.map(|date| date.iso(&utc)),
        body: text::markdown(&cleaned.blocks),
        ..Draft::default()
    };
    draft.text(
        "updated",
        cleaned
            .updated
            .map(|date| date.iso(&utc))
            .unwrap_or_default(),
    );
    draft.text("dateline", cleaned.dateline.clone().unwrap_or_default());
    draft.list("authors", cleaned.authors.clone());
    draft.list("agencies", cleaned.agencies.clone());
    draft.text("source_url", cleaned.source_url.clone().unwrap_or_default());
    draft
}

/// Letters and digits: joining lines changes words, and these never.
fn letters(text: &str) -> u64 {
    text.chars().filter(|c| c.is_alphanumeric()).count() as u64
}

fn shelve(
    order: &Order,
    article: &Utf8Path,
    draft: &Draft,
    cleaned: &Cleaned,
    read: u64,
    before: &BTreeMap<Utf8PathBuf, String>,
) -> Entry {
    let put = shelf::put(&order.site, article, &draft.file(), before, order.dry);
    let (outcome, written, reason) = match put {
        Ok((outcome, written)) => (outcome, Some(written), None),
        Err(reason) => (Outcome::Refused, None, Some(reason)),
    };
    let texts = cleaned.blocks.iter().map(|block| match block {
        Block::Paragraph(text) => letters(text),
        Block::Table(rows) | Block::List(rows) => rows.iter().map(|row| letters(row)).sum(),
    });
    Entry {
        source: draft.provenance.source.clone(),
        sha256: draft.provenance.sha256.clone(),
        article: Some(article.to_owned()),
        outcome,
        written,
        reason,
        letters: read,
        body: texts.sum(),
        removed: cleaned
            .removed
            .iter()
            .map(|removed| letters(&removed.text))
            .sum(),
    }
}

fn refused(file: &Found, sha256: String, reason: String) -> Entry {
    Entry {
        source: file.inside.to_string(),
        sha256,
        article: None,
        outcome: Outcome::Refused,
        written: None,
        reason: Some(reason),
        letters: 0,
        body: 0,
        removed: 0,
    }
}
