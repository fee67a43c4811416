//! Content as it would be with other texts in some files, before those are written.

use camino::Utf8PathBuf;

use super::{Content, Roster, article, authority, shown};
use crate::config::Config;
use crate::diagnostics::Diagnostics;

/// A file with the text it is to have.
#[derive(Debug, Clone)]
pub struct Revised {
    /// The file, seen from the content root.
    pub file: Utf8PathBuf,
    /// Its text then, without a byte order mark.
    pub text: String,
    /// The taxonomy of the record or the table of records it is; `None` for an article.
    pub taxonomy: Option<usize>,
}

/// The content with these files read from their new texts, and what was found in them.
pub fn revise(config: &Config, content: &mut Content, files: &[Revised]) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let roster = Roster::new();
    for revised in files {
        let (file, text) = (&revised.file, &revised.text);
        let found = match revised.taxonomy {
            None => {
                let place = content
                    .articles
                    .binary_search_by(|article| article.file.as_str().cmp(file.as_str()));
                let Some(old) = place.ok().and_then(|at| content.articles.get_mut(at)) else {
                    continue;
                };
                let (read, found) = article::read(config, file, &old.folder, text);
                if let Some(mut read) = read {
                    roster.enter(&mut read);
                    **old = read;
                }
                found
            }
            Some(taxonomy) => {
                content.records.retain(|record| record.file != *file);
                if file.extension() == Some("csv") {
                    let (records, found) = authority::table(config, taxonomy, file, text);
                    content.records.extend(records);
                    found
                } else {
                    let (record, found) = authority::read(config, taxonomy, file, text);
                    content.records.extend(record);
                    found
                }
            }
        };
        let name = shown(config, file);
        for note in found {
            notes.push(note.file(&name));
        }
    }
    notes
}
