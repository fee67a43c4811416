//! Files of plain text, one article each, into the folder of a site.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use encoding_rs::Encoding;
use rayon::prelude::*;

use super::draft::{Draft, Provenance, sha256};
use super::report::{self, Letters, Place, Report, Shelving};
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
    /// Where the articles go.
    pub place: Place,
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
    let mut shelving = Shelving::begin("import text", &order.place)?;
    for chunk in files.chunks(AT_ONCE) {
        let read: Vec<_> = chunk
            .par_iter()
            .map(|file| read(file, order, &phrases, &learned))
            .collect();
        for (file, read) in chunk.iter().zip(read) {
            match read {
                Ok((draft, cleaned, lines, letters, tags)) => {
                    text_doubts::tell(&cleaned, &lines, &file.path, notes);
                    for removed in &cleaned.removed {
                        let rule = removed.rule.name();
                        *shelving.report.removed.entry(rule).or_default() += 1;
                    }
                    let letters = account(&cleaned, letters);
                    shelving.put(&article_path(file), &draft, tags, letters);
                }
                Err(refusal) => {
                    let (note, sha256) = *refusal;
                    let reason = note.message.clone();
                    notes.push(note.file(file.path.clone()));
                    shelving.refuse(file.inside.to_string(), sha256, reason);
                }
            }
        }
    }
    finish(shelving, &order.place, &learned)
}

/// Writes the report, and the lines that an editor may decide on.
pub(super) fn finish(
    mut shelving: Shelving<'_>,
    place: &Place,
    learned: &Learned,
) -> Result<Report, Diagnostics> {
    let undecided = learned.0.values();
    shelving.report.undecided = undecided
        .filter(|entry| entry.decision == Decision::Review)
        .count();
    let report = shelving.finish()?;
    if !place.dry && !learned.0.is_empty() {
        report::write(&place.site.join(BOILERPLATE), &learned.table())?;
    }
    Ok(report)
}

/// What the editor decided before.
pub(super) fn decided(site: &Utf8Path) -> Result<Learned, Diagnostics> {
    let path = site.join(BOILERPLATE);
    let Ok(table) = std::fs::read_to_string(&path) else {
        return Ok(Learned::default());
    };
    Learned::read(&table).map_err(|(line, reason)| {
        Diagnostics::from(
            Diagnostic::new(Code::ImportDecision, reason)
                .file(path.clone())
                .span(Span::line(&table, line))
                .help("write review, remove or keep into the first column, and leave the others as they are"),
        )
    })
}

/// What the archive teaches, with what the editor decided before.
fn learn(order: &Order, files: &[Found], phrases: &Phrases) -> Result<Learned, Diagnostics> {
    let mut learned = decided(&order.place.site)?;
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
                let bytes = bytes(&file.path).ok()?;
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

/// The bytes of a file that may be an article.
pub(super) fn bytes(path: &Utf8Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    let size = std::fs::metadata(path).map_or(0, |data| data.len());
    if size > LARGEST {
        let message = format!("the file has {size} bytes; no article has more than {LARGEST}");
        let note = Diagnostic::new(Code::ImportNotText, message);
        return Err(Box::new(
            note.help("split it into one file for each article"),
        ));
    }
    std::fs::read(path).map_err(|error| {
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
    let bytes = bytes(&file.path).map_err(|note| Box::new((*note, String::new())))?;
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
        kept: Vec::new(),
    };
    let letters = Letters::of(&decoded.text);
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

fn account(cleaned: &Cleaned, read: u64) -> Letters {
    let texts = cleaned.blocks.iter().map(|block| match block {
        Block::Paragraph(text) => Letters::of(text),
        Block::Table(rows) | Block::List(rows) => rows.iter().map(|row| Letters::of(row)).sum(),
    });
    let removed = cleaned.removed.iter();
    Letters {
        read,
        body: texts.sum(),
        removed: removed.map(|removed| Letters::of(&removed.text)).sum(),
    }
}
