//! The tag files of a bag: what it says of itself (RFC 8493 §2.1.1, §2.2.2).

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// `bagit.txt`, as this program writes it: version and encoding, nothing else may follow.
pub(super) const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// `Payload-Oxum`: the bytes of the payload, a dot, and the number of its files.
pub(super) fn oxum(bytes: u64, files: usize) -> String {
    format!("{bytes}.{files}")
}

/// One line of `bag-info.txt`. A value is one line here: longer ones may be folded, need not.
pub(super) fn line(label: &str, value: &str) -> String {
    let value: Vec<&str> = value.split_whitespace().collect();
    format!("{label}: {}\n", value.join(" "))
}

/// What stands in the tag files of a bag that was found.
pub(super) struct Tags {
    declaration: String,
    info: String,
}

impl Tags {
    pub(super) fn read(folder: &Utf8Path) -> Tags {
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        Tags {
            declaration: text("bagit.txt"),
            info: text("bag-info.txt"),
        }
    }

    /// What is wrong with the declaration.
    pub(super) fn mistakes(&self) -> Diagnostics {
        let mut lines = self.declaration.lines();
        let version = lines.next().and_then(|l| l.strip_prefix("BagIt-Version: "));
        let is_version = |text: &str| {
            let (major, minor) = text.trim().split_once('.')?;
            Some((major.parse::<u8>().ok()?, minor.parse::<u8>().ok()?))
        };
        let version = version.and_then(is_version);
        let encoding = lines
            .next()
            .and_then(|line| line.strip_prefix("Tag-File-Character-Encoding: "));
        let right = version.is_some() && encoding.is_some_and(|name| name.trim() == "UTF-8");
        let mut found = Diagnostics::new();
        if !right {
            let message = "does not say which version of BagIt in UTF-8 this is";
            found.push(Diagnostic::new(Code::BadBag, message).file("bagit.txt"));
        }
        found
    }

    /// Whether the payload is as large as `bag-info.txt` tells, where it tells.
    pub(super) fn payload(&self, folder: &Utf8Path, there: &BTreeSet<String>) -> Diagnostics {
        let mut found = Diagnostics::new();
        let mut lines = self.info.lines();
        let Some(told) = lines.find_map(|line| line.strip_prefix("Payload-Oxum:")) else {
            return found;
        };
        let size = |path: &String| fs::metadata(folder.join(path)).map_or(0, |found| found.len());
        let here = oxum(there.iter().map(size).sum(), there.len());
        if told.trim() != here {
            let message = format!(
                "tells of a payload of {} (bytes.files), and there is one of {here}",
                told.trim()
            );
            found.push(Diagnostic::new(Code::BadBag, message).file("bag-info.txt"));
        }
        found
    }
}
