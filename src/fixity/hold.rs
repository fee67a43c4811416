//! Files held against a list, on all processors.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;

use camino::Utf8Path;
use rayon::prelude::*;

use crate::Progress;
use crate::checksum::Sum;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::output::Print;

/// What a file is to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected {
    Sum(Sum),
    Print(Print),
}

impl Expected {
    /// How a file that is missing or changed comes back.
    fn remedy(&self) -> &'static str {
        match self {
            Expected::Sum(_) => "bring it back from another copy",
            // A build looks whether a file is there and how large it is, and not at its bytes.
            Expected::Print(_) => {
                "delete it if it is there; the next `morgue build` makes it again"
            }
        }
    }

    fn is(&self, file: &Utf8Path) -> io::Result<bool> {
        match self {
            Expected::Sum(sum) => Ok(Sum::of_all(&mut File::open(file)?)?.0 == *sum),
            Expected::Print(print) => Ok(print.is_of(&fs::read(file)?)),
        }
    }
}

/// The files of a list, by path.
pub(super) type Listed = Vec<(String, Expected)>;

/// Each file of the list that is missing or has other bytes. `there` are those of the folder, which
/// is searched without following links, so that no path of a list leads out of it.
pub(super) fn changes(
    folder: &Utf8Path,
    listed: &Listed,
    there: &BTreeSet<String>,
    progress: &dyn Progress,
) -> Diagnostics {
    progress.begin(listed.len());
    let found: Vec<Diagnostic> = listed
        .par_iter()
        .filter_map(|(path, expected)| {
            let found = look(folder, path, expected, there);
            progress.page();
            found
        })
        .collect();
    gathered(found)
}

fn look(
    folder: &Utf8Path,
    path: &str,
    expected: &Expected,
    there: &BTreeSet<String>,
) -> Option<Diagnostic> {
    if !there.contains(path) {
        let missing = Diagnostic::new(Code::FileMissing, "is listed, and not there");
        return Some(missing.file(path).help(expected.remedy()));
    }
    match expected.is(&folder.join(path)) {
        Ok(true) => None,
        Ok(false) => {
            let changed = Diagnostic::new(Code::FileChanged, "has other bytes than its list tells");
            Some(changed.file(path).help(expected.remedy()))
        }
        Err(error) => {
            let message = format!("cannot be read: {error}");
            Some(Diagnostic::new(Code::Unreadable, message).file(path))
        }
    }
}

/// Each file that the list does not name.
pub(super) fn extras(listed: &Listed, there: &BTreeSet<String>, severity: Severity) -> Diagnostics {
    let names: BTreeSet<&str> = listed.iter().map(|(path, _)| path.as_str()).collect();
    let extra = there.iter().filter(|path| !names.contains(path.as_str()));
    gathered(extra.map(|path| {
        let mut extra = Diagnostic::new(Code::FileUnlisted, "is there, and not listed").file(path);
        extra.severity = severity;
        extra
    }))
}

fn gathered(found: impl IntoIterator<Item = Diagnostic>) -> Diagnostics {
    let mut all = Diagnostics::new();
    found.into_iter().for_each(|one| all.push(one));
    all
}
