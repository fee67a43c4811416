//! What a folder holds.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// The files below a folder, by their paths seen from it.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) files: BTreeSet<String>,
    /// What is neither a file nor a folder, or cannot be told of.
    pub(super) odd: Diagnostics,
}

impl Walked {
    /// Walks `below`, seen from `root`. Links are not followed: what lies behind one may be
    /// anywhere. `enters` says whether a path is looked at.
    pub(super) fn add(&mut self, root: &Utf8Path, below: &str, enters: &dyn Fn(&str) -> bool) {
        let start = whole(root).join(below);
        let relative = |path: &std::path::Path| -> Option<String> {
            let path = path.strip_prefix(whole(root)).ok()?.to_str()?;
            Some(path.replace(std::path::MAIN_SEPARATOR, "/"))
        };
        let walk = WalkDir::new(&start).follow_links(false).into_iter();
        let walk = walk.filter_entry(|entry| {
            entry.depth() == 0 || relative(entry.path()).is_none_or(|path| enters(&path))
        });
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().and_then(relative).unwrap_or_default();
                    let message = format!("cannot be read: {error}");
                    self.odd
                        .push(Diagnostic::new(Code::Unreadable, message).file(path));
                    continue;
                }
            };
            let Some(path) = relative(entry.path()) else {
                let shown = entry.path().to_string_lossy().into_owned();
                let odd = Diagnostic::new(Code::Unreadable, "the file name is not UTF-8");
                self.odd.push(odd.file(shown).help("rename the file"));
                continue;
            };
            if entry.file_type().is_file() {
                self.files.insert(path);
            } else if !entry.file_type().is_dir() {
                let odd = Diagnostic::new(
                    Code::FileUnlisted,
                    "is a link or a device, and no file whose bytes could be kept",
                );
                self.odd
                    .push(odd.file(path).help("put the file itself there"));
            }
        }
    }
}

/// The folder itself where a path is empty.
fn whole(path: &Utf8Path) -> Utf8PathBuf {
    if path.as_str().is_empty() {
        ".".into()
    } else {
        path.to_owned()
    }
}
