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
use super::text::{self, Block, Cleaned, Doubt, Learned, Phrases, Rules};
use crate::content::slug;
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

/// One file of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    path: Utf8PathBuf,
    /// Seen from the folder that was named.
    inside: Utf8PathBuf,
    source: String,
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
                    doubts(&cleaned, &lines, &file.path, notes);
                    let article = order.articles.join(names.free(&article_path(file)));
                    report.count(&cleaned);
                    if !tags.is_empty() {
                        report.tags.push((article.clone(), tags));
                    }
                    shelve(order, &article, &draft, &cleaned, letters, &before)
                }
                Err((note, sha256)) => {
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

/// Every file of text below what was named, by path.
fn files(order: &Order, notes: &mut Diagnostics) -> Vec<Found> {
    let mut found = Vec::new();
    for input in &order.inputs {
        for entry in walkdir::WalkDir::new(input).sort_by_file_name() {
            let path = match &entry {
                Ok(entry) if !entry.file_type().is_file() => continue,
                Ok(entry) => Utf8Path::from_path(entry.path()),
                Err(error) => {
                    let message = format!("{input} cannot be read: {error}");
                    notes.push(Diagnostic::new(Code::ImportCannotRead, message));
                    continue;
                }
            };
            let Some(path) = path else {
                let message = "a file has a name that is not UTF-8".to_owned();
                notes.push(Diagnostic::new(Code::ImportCannotRead, message).file(input.clone()));
                continue;
            };
            let named = path == input;
            let text = matches!(
                path.extension(),
                None | Some("txt" | "text" | "asc" | "TXT")
            );
            let hidden = path.file_name().is_some_and(|name| name.starts_with('.'));
            if !named && (!text || hidden) {
                continue;
            }
            let inside = if named {
                Utf8PathBuf::from(path.file_name().unwrap_or_default())
            } else {
                path.strip_prefix(input).unwrap_or(path).to_owned()
            };
            let source = order.source.clone().unwrap_or_else(|| source(&inside));
            found.push(Found {
                path: path.to_owned(),
                inside,
                source,
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup();
    found
}

/// The source of a file: the folder at the top, else the host its name begins with.
fn source(inside: &Utf8Path) -> String {
    let mut parts = inside.components();
    if let (Some(top), Some(_)) = (parts.next(), parts.next()) {
        return top.as_str().to_owned();
    }
    let stem = inside.file_stem().unwrap_or_default();
    let host = stem.split(['_', ' ']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_host = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && labels
            .last()
            .is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    if is_host {
        host.to_owned()
    } else {
        String::new()
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

fn bytes(file: &Found) -> Result<Vec<u8>, Diagnostic> {
    let size = std::fs::metadata(&file.path).map_or(0, |data| data.len());
    if size > LARGEST {
        let message = format!("the file has {size} bytes; no article has more than {LARGEST}");
        return Err(Diagnostic::new(Code::ImportNotText, message)
            .help("split it into one file for each article"));
    }
    std::fs::read(&file.path).map_err(|error| {
        Diagnostic::new(
            Code::ImportCannotRead,
            format!("the file cannot be read: {error}"),
        )
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
) -> Result<Read, (Diagnostic, String)> {
    let bytes = bytes(file).map_err(|note| (note, String::new()))?;
    let sha256 = sha256(&bytes);
    let decoded = text::decode(&bytes, order.encoding).map_err(|error| {
        let note = Diagnostic::new(Code::ImportNotText, error.to_string())
            .help("leave it out, or name its encoding: `--encoding windows-1251`");
        (note, sha256.clone())
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
        return Err((note, sha256));
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

/// Tells what an editor should look at. `damaged` is the text where letters of it are damaged.
fn doubts(cleaned: &Cleaned, damaged: &str, path: &Utf8Path, notes: &mut Diagnostics) {
    let mut push = |code, message: String, line: Option<(u32, String)>, help: &str| {
        let mut note = Diagnostic::new(code, message)
            .file(path.to_owned())
            .help(help);
        note.span = line.map(|(line, text)| Span {
            line,
            column: 1,
            length: 1,
            text,
        });
        notes.push(note);
    };
    if !damaged.is_empty() {
        let message =
            "some letters look like UTF-8 read as Windows-1252, but not all of the text does"
                .to_owned();
        push(
            Code::ImportDamaged,
            message,
            None,
            "compare it with the original and put it right by hand",
        );
    }
    for doubt in &cleaned.doubts {
        match doubt {
            Doubt::NoDate(day) => {
                let message = match day {
                    Some((_, day)) => format!("no certain date: the text says only {day:?}"),
                    None => "no date in the text or the name of the file".to_owned(),
                };
                let help =
                    "find it out and write `date: 2019-02-26`; until then the article is undated";
                push(Code::ImportNoDate, message, day.clone(), help);
            }
            Doubt::TwoDates(told, named) => {
                let message = format!(
                    "the text says {told}, the name of the file {named}; the first was taken"
                );
                push(
                    Code::ImportTwoDates,
                    message,
                    None,
                    "correct `date` if it is the other",
                );
            }
            Doubt::Dateline(line, name) => {
                let message =
                    format!("{name:?} before a colon may be a dateline; it stays in the text");
                let help =
                    "if it is a place, name it in the file given with `--places` and import again";
                push(
                    Code::ImportDateline,
                    message,
                    Some((*line, format!("{name}:"))),
                    help,
                );
            }
            Doubt::NoHeadline => {
                let message = format!(
                    "no headline; the name of the file stands for it: {:?}",
                    cleaned.title
                );
                push(
                    Code::ImportNoHeadline,
                    message,
                    None,
                    "write the headline into `title`",
                );
            }
        }
    }
}

/// Where the article goes, below the folder of articles.
fn article_path(file: &Found) -> String {
    let stem = slug::slug(file.inside.file_stem().unwrap_or_default(), false);
    let folders = file
        .inside
        .parent()
        .map(Utf8Path::components)
        .into_iter()
        .flatten();
    let mut parts: Vec<String> = folders
        .map(|part| slug::slug(part.as_str(), false))
        .collect();
    parts.push(format!("{stem}.md"));
    parts.join("/")
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
