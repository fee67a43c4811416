//! What stands where the new files go, looked at before anything is touched.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, ErrorKind};

use super::folder::{Folder, foreign};
use super::{Fate, Page, paths};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// The files of ours that have to go.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Those that stand in the way of a new file: a file where a folder goes, or the reverse.
    pub(super) first: BTreeSet<String>,
    /// All others that the site no longer has.
    pub(super) then: BTreeSet<String>,
}

/// Looks at every place that would be written or deleted; each foreign file is reported.
///
/// `pages` come sorted by path.
pub(super) fn survey(folder: &Folder, pages: &[Page<'_>]) -> Result<Survey, Diagnostics> {
    let mut survey = Survey::default();
    if !folder.exists() {
        return Ok(survey);
    }
    let mut ground = Ground {
        folder,
        seen: HashMap::new(),
        first: BTreeSet::new(),
    };
    let mut found = Diagnostics::new();
    for page in pages.iter().filter(|page| page.fate != Fate::Unchanged) {
        if let Err(diagnostic) = ground.look(page) {
            found.push(diagnostic);
        }
    }
    let is_page = |path: &str| pages.binary_search_by(|page| page.path.cmp(path)).is_ok();
    let gone = folder
        .manifest()
        .iter()
        .filter(|entry| !is_page(&entry.path));
    for entry in gone {
        // What is no longer a plain file, or lies behind a link, is no longer ours to delete.
        if ground.is_plain(&entry.path) && !ground.first.contains(&*entry.path) {
            survey.then.insert(entry.path.to_string());
        }
    }
    survey.first = ground.first;
    found.sort();
    if found.is_empty() {
        Ok(survey)
    } else {
        Err(found)
    }
}

/// What is at the place of a folder.
#[derive(Debug, Clone)]
enum Stand {
    /// A folder.
    Folder,
    /// Nothing, once what is ours and in the way is deleted.
    Free,
    /// What nobody may write through.
    Foreign(Diagnostic),
}

struct Ground<'a> {
    folder: &'a Folder,
    seen: HashMap<String, Stand>,
    first: BTreeSet<String>,
}

impl Ground<'_> {
    /// Whether this page may be put in its place; notes what has to be deleted before.
    fn look(&mut self, page: &Page<'_>) -> Result<(), Diagnostic> {
        if let Some(folder) = paths::folder(page.path) {
            match self.stand(folder) {
                Stand::Folder => {}
                Stand::Free => return Ok(()),
                Stand::Foreign(diagnostic) => return Err(diagnostic),
            }
        }
        let ours = page.fate == Fate::Adopted || self.folder.manifest().get(page.path).is_some();
        let shown = self.folder.shown(page.path);
        match self.kind(page.path) {
            Ok(None) => Ok(()),
            Ok(Some(Kind::File)) if ours => Ok(()),
            Ok(Some(Kind::File)) => Err(foreign(&shown, "and is not what would be written there")),
            Ok(Some(Kind::Folder)) if self.clear(page.path) == Ok(true) => Ok(()),
            Ok(Some(Kind::Folder)) => Err(foreign(
                &shown,
                "is a folder that holds other things, and a file must go there",
            )),
            Ok(Some(Kind::Link)) => Err(foreign(&shown, IS_A_LINK)),
            Ok(Some(Kind::Other)) => Err(foreign(&shown, "and is not a plain file")),
            Err(error) => Err(self.folder.cannot_write(page.path, &error)),
        }
    }

    fn stand(&mut self, folder: &str) -> Stand {
        if let Some(known) = self.seen.get(folder) {
            return known.clone();
        }
        let stand = match paths::folder(folder).map(|outer| self.stand(outer)) {
            Some(Stand::Free) => Stand::Free,
            Some(Stand::Foreign(diagnostic)) => Stand::Foreign(diagnostic),
            None | Some(Stand::Folder) => self.look_at_folder(folder),
        };
        self.seen.insert(folder.to_owned(), stand.clone());
        stand
    }

    fn look_at_folder(&mut self, folder: &str) -> Stand {
        let shown = self.folder.shown(folder);
        match self.kind(folder) {
            Ok(None) => Stand::Free,
            Ok(Some(Kind::Folder)) => Stand::Folder,
            Ok(Some(Kind::File)) if self.folder.manifest().get(folder).is_some() => {
                self.first.insert(folder.to_owned());
                Stand::Free
            }
            Ok(Some(Kind::Link)) => Stand::Foreign(foreign(&shown, IS_A_LINK)),
            Ok(Some(Kind::File | Kind::Other)) => {
                Stand::Foreign(foreign(&shown, "and a folder must go there"))
            }
            Err(error) => Stand::Foreign(self.folder.cannot_write(folder, &error)),
        }
    }

    /// Notes all files of ours in this folder; `false` if it holds anything else.
    fn clear(&mut self, folder: &str) -> Result<bool, ErrorKind> {
        if !self.folder.manifest().reaches_into(folder) {
            return Ok(false);
        }
        for entry in fs::read_dir(self.folder.place(folder)).map_err(|e| e.kind())? {
            let entry = entry.map_err(|e| e.kind())?;
            let Ok(name) = entry.file_name().into_string() else {
                return Ok(false);
            };
            let path = format!("{folder}/{name}");
            let kind = entry.file_type().map_err(|e| e.kind())?;
            if kind.is_dir() {
                if !self.clear(&path)? {
                    return Ok(false);
                }
            } else if kind.is_file() && self.folder.manifest().get(&path).is_some() {
                self.first.insert(path);
            } else {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_plain(&mut self, path: &str) -> bool {
        let reachable =
            paths::folder(path).is_none_or(|folder| matches!(self.stand(folder), Stand::Folder));
        reachable && matches!(self.kind(path), Ok(Some(Kind::File)))
    }

    fn kind(&self, path: &str) -> io::Result<Option<Kind>> {
        match fs::symlink_metadata(self.folder.place(path)) {
            Ok(found) if found.is_symlink() => Ok(Some(Kind::Link)),
            Ok(found) if found.is_dir() => Ok(Some(Kind::Folder)),
            Ok(found) if found.is_file() => Ok(Some(Kind::File)),
            Ok(_) => Ok(Some(Kind::Other)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

const IS_A_LINK: &str = "is a link, and nothing is written through links";

enum Kind {
    File,
    Folder,
    Link,
    Other,
}
