//! Whether a file would lie inside another.

use crate::site::{PageId, Site};

/// A folder that was found to be no file, nor to lie in one: those that it lies in need not be
/// looked up again. Neighbours in the plan mostly share them.
#[derive(Debug, Default)]
pub(super) struct Clear(String);

impl Clear {
    /// The files of a site in which this one lies, given in two parts, the innermost first.
    pub(super) fn above(&mut self, site: &Site, file: [&str; 2]) -> Vec<PageId> {
        let Some(home) = folder(file) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut here = Some(home);
        while let Some(folder) = here.filter(|folder| !self.covers(folder)) {
            found.extend(site.at_file(folder));
            here = folder.rsplit_once('/').map(|(outer, _)| outer);
        }
        if found.is_empty() {
            self.0.replace_range(.., home);
        }
        found
    }

    /// A file is added, given in two parts. What was clear may lie in it, where it is not the
    /// `index.html` of a folder.
    pub(super) fn note(&mut self, [_, added]: [&str; 2]) {
        if added.is_empty() {
            self.0.clear();
        }
    }

    fn covers(&self, folder: &str) -> bool {
        let rest = self.0.strip_prefix(folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The folder that a file lies in, which is given in two parts.
fn folder([path, added]: [&str; 2]) -> Option<&str> {
    let folder = match added {
        "" => path.rsplit_once('/')?.0,
        "index.html" => path.strip_suffix('/')?,
        _ => path,
    };
    (!folder.is_empty()).then_some(folder)
}
