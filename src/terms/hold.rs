//! Holds a change against the archive that it would make, before anything is written.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::desk::{Desk, split_mark};
use super::records::Records;
use super::{Edit, Refusal};
use crate::archive::{Archive, Selection};
use crate::content::{self, Revised};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};

impl Desk<'_> {
    /// Refuses a change after which the archive would have an error that it does not have now.
    pub(super) fn hold(&mut self, edits: &[Edit], records: &Records) -> Result<(), Refusal> {
        let root = content::shown(self.config, Utf8Path::new(""));
        let revised: Vec<Revised> = edits
            .iter()
            .map(|edit| {
                let file = edit
                    .file
                    .strip_prefix(&root)
                    .unwrap_or(&edit.file)
                    .to_owned();
                let rows = records
                    .wanted
                    .get(&file)
                    .and_then(|rows| rows.values().next());
                let made = records.made.get(&file).map(|made| made.taxonomy);
                Revised {
                    taxonomy: rows.map(|wanted| wanted.taxonomy).or(made),
                    text: split_mark(&edit.after).1.to_owned(),
                    file,
                }
            })
            .collect();
        let mut content = std::mem::take(&mut self.content);
        let mut after = content::revise(self.config, &mut content, &revised);
        after.extend(Archive::new(content, self.config, &everything()).1);
        if !after.has_errors() {
            return Ok(());
        }
        let (content, mut before) = content::read(self.config, None);
        before.extend(Archive::new(content, self.config, &everything()).1);
        let known: BTreeSet<(Code, &str)> = before
            .iter()
            .map(|note| (note.code, note.message.as_str()))
            .collect();
        let mut new = Diagnostics::new();
        for note in after.iter().filter(|note| note.severity == Severity::Error) {
            if !known.contains(&(note.code, note.message.as_str())) {
                new.push(note.clone());
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        new.push(
            Diagnostic::new(
                Code::WouldBreak,
                "the archive would have errors that it does not have now",
            )
            .help("put right what is told here, or choose other terms"),
        );
        Err(Refusal::Content(new))
    }
}

fn everything() -> Selection {
    Selection {
        now: jiff::Timestamp::MAX,
        drafts: true,
        future: true,
    }
}
