//! Items of ninjs (IPTC News in JSON, 1.x, 2.x and 3.x) become articles.
//!
//! An item of an export of ours becomes the same article; any other becomes one as far as front
//! matter has fields for it, and what no field takes stays in the article's `provenance` and is
//! counted in the report.

mod article;
mod bodies;
mod credits;
mod entities;
mod pictures;
mod properties;
mod read;
mod stored;

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::draft::sha256;
use super::report::{Letters, Place, Report, Shelving};
use super::row_reader::Broken;
use super::tag::Names;
use super::tagged;
use super::text_input::below;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

pub use article::{Desk, Made, Refusal, article};
pub use read::read;

/// What an import of ninjs is asked to do.
#[derive(Debug)]
pub struct Order {
    /// Files, and folders of `.json`, `.jsonl` and `.ndjson` files.
    pub inputs: Vec<Utf8PathBuf>,
    /// Where the articles go.
    pub place: Place,
    /// What items are read with.
    pub desk: Desk,
    /// The names that articles are looked through for.
    pub names: Option<Arc<Names>>,
}

/// Imports items. What is wrong with one stops no other.
///
/// # Errors
/// What stopped the import as a whole.
pub fn import(order: &Order, notes: &mut Diagnostics) -> Result<Report, Diagnostics> {
    let mut shelving = Shelving::begin("import ninjs", &order.place)?;
    for (path, inside) in files(&order.inputs, notes) {
        match std::fs::File::open(&path) {
            Ok(file) => {
                let by_line = matches!(path.extension(), Some("jsonl" | "ndjson"));
                let mut number = 0;
                read(file, by_line, |item| {
                    number += 1;
                    let at = At {
                        path: &path,
                        source: format!("{inside}:{number}"),
                        line: 0,
                    };
                    one(item, at, order, &mut shelving, notes);
                });
            }
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                notes.push(Diagnostic::new(Code::ImportCannotRead, message).file(path));
                shelving.refuse(inside.into(), String::new(), error.to_string());
            }
        }
    }
    shelving.finish()
}

/// Every file below what was named, by path, with its path seen from there.
fn files(inputs: &[Utf8PathBuf], notes: &mut Diagnostics) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let mut found = Vec::new();
    let endings = [Some("json"), Some("jsonl"), Some("ndjson")];
    for input in inputs {
        found.extend(below(
            input,
            &|path| endings.contains(&path.extension()),
            notes,
        ));
    }
    found.sort();
    found.dedup();
    found
}

/// Where an item stands.
struct At<'a> {
    path: &'a Utf8Path,
    /// Its file, seen from what was named, and its number.
    source: String,
    /// The line it begins on, from 1; 0 where that is not known.
    line: u64,
}

impl At<'_> {
    fn note(&self, code: Code, reason: &str, help: &str) -> Diagnostic {
        let message = match self.line {
            0 => format!("{}: {reason}", self.source),
            _ => reason.to_owned(),
        };
        let mut note = Diagnostic::new(code, message).file(self.path).help(help);
        if self.line > 0 {
            note.span = Some(Span {
                line: u32::try_from(self.line).unwrap_or(u32::MAX),
                column: 1,
                length: 1,
                text: String::new(),
            });
        }
        note
    }
}

fn one(
    item: Result<(Value, u64), Broken>,
    mut at: At<'_>,
    order: &Order,
    shelving: &mut Shelving<'_>,
    notes: &mut Diagnostics,
) {
    let item = match item {
        Ok((item, line)) => {
            at.line = line;
            item
        }
        Err(broken) => {
            at.line = broken.line;
            let help = "correct the file there, or ask its sender for a whole one";
            notes.push(at.note(Code::ImportItem, &broken.reason, help));
            return shelving.refuse(at.source, String::new(), broken.reason);
        }
    };
    let mark = sha256(item.to_string().as_bytes());
    let read = article::letters(&item);
    match article(item, &order.desk) {
        Ok(made) => shelve(made, mark, read, at, order, shelving, notes),
        Err(refusal) if refusal.code == Code::ImportWithheld => {
            let help = "nothing is to be done, unless it stands on the site already";
            notes.push(at.note(refusal.code, &refusal.reason, help));
            shelving.leave_out(at.source, mark, refusal.reason);
        }
        Err(refusal) => {
            let help = "correct the item, or leave it out knowingly";
            notes.push(at.note(refusal.code, &refusal.reason, help));
            shelving.refuse(at.source, mark, refusal.reason);
        }
    }
}

/// Puts the article of an item into the site. `read` is how many letters the item has.
fn shelve(
    mut made: Made,
    mark: String,
    read: u64,
    at: At<'_>,
    order: &Order,
    shelving: &mut Shelving<'_>,
    notes: &mut Diagnostics,
) {
    if made.withheld {
        let reason = "the item is withheld and comes in as a draft";
        let help = "take `status: draft` away once it may be published";
        notes.push(at.note(Code::ImportWithheld, reason, help));
    }
    made.unread.sort();
    made.unread.dedup();
    for name in made.unread {
        *shelving.report.unread.entry(name).or_default() += 1;
    }
    made.draft.provenance.source = at.source;
    made.draft.provenance.sha256 = mark;
    let tags = match &order.names {
        Some(names) => tagged::add_to(&mut made.draft, names),
        None => Vec::new(),
    };
    let removed = made.dropped.min(read);
    let letters = Letters {
        read,
        body: read - removed,
        removed,
    };
    shelving.put(&made.draft.path(), &made.draft, tags, letters);
}
