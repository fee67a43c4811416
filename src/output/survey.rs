//! What stands where the new files go, looked at before anything is touched.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, ErrorKind};

use super::folder::{Folder, foreign};
use super::{Fate, Page, paths};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// What has to go.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Files of ours in the way of a new file: a file where a folder goes, or the reverse.
    pub(super) first: BTreeSet<String>,
    /// Folders where a file goes, with those in them, and folders whose file of ours somebody
    /// deleted. They go if they are empty then: an empty folder is nobody's.
    pub(super) folders: BTreeSet<String>,
    /// All others that the site no longer has.
    pub(super) then: BTreeSet<String>,
}

impl Survey {
    /// Whether nothing has to go.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty() && self.folders.is_empty() && self.then.is_empty()
    }
}

/// Looks at every place that would be written or deleted; each foreign file is reported.
///
/// `pages` come sorted by path.
pub(super) fn survey(folder: &Folder, pages: &[Page<'_>]) -> Result<Survey, Diagnostics> {
    if !folder.exists() {
        return Ok(Survey::default());
    }
    let mut ground = Ground {
        folder,
        seen: HashMap::new(),
        survey: Survey::default(),
    };
    let mut found = Diagnostics::new();
    for page in pages.iter().filter(|page| page.fate != Fate::Unchanged) {
        if let Err(diagnostic) = ground.look(page) {
            found.push(diagnostic);
        }
    }
    // Both are sorted, so they are gone through side by side.
    let mut still = pages.iter().map(|page| page.path).peekable();
    for entry in folder.manifest().iter() {
        while still.next_if(|path| **path < *entry.path).is_some() {}
        if still.peek() != Some(&&*entry.path) {
            ground.look_at_gone(&entry.path);
        }
    }
    found.sort();
    if found.is_empty() {
        Ok(ground.survey)
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
    survey: Survey,
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
            Ok(Some(Kind::File)) => Err(foreign(
                &shown,
                "is in the way, and no build of this site wrote it",
            )),
            Ok(Some(Kind::Folder)) if self.clear(page.path).unwrap_or(false) => Ok(()),
            Ok(Some(Kind::Folder)) => Err(foreign(
                &shown,
                "is a folder with files that no build of this site wrote, and a file must go there",
            )),
            Ok(Some(Kind::Link)) => Err(foreign(&shown, IS_A_LINK)),
            Ok(Some(Kind::Other)) => Err(foreign(
                &shown,
                "is not a plain file, and a page must go there",
            )),
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
                self.survey.first.insert(folder.to_owned());
                Stand::Free
            }
            Ok(Some(Kind::Link)) => Stand::Foreign(foreign(&shown, IS_A_LINK)),
            Ok(Some(Kind::File | Kind::Other)) => Stand::Foreign(foreign(
                &shown,
                "is in the way of a folder, and no build of this site wrote it",
            )),
            Err(error) => Stand::Foreign(self.folder.cannot_write(folder, &error)),
        }
    }

    /// Notes all that this folder holds as in the way; `false` if there is a file of others.
    fn clear(&mut self, folder: &str) -> io::Result<bool> {
        for entry in fs::read_dir(self.folder.place(folder))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                return Ok(false);
            };
            let path = format!("{folder}/{name}");
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !self.clear(&path)? {
                    return Ok(false);
                }
            } else if kind.is_file() && self.folder.manifest().get(&path).is_some() {
                self.survey.first.insert(path);
            } else {
                return Ok(false);
            }
        }
        self.survey.folders.insert(folder.to_owned());
        Ok(true)
    }

    /// Notes what is to be deleted of a page that is gone. What is no longer a plain file, or
    /// lies behind a link, is somebody else's by now.
    fn look_at_gone(&mut self, path: &str) {
        let folder = paths::folder(path);
        let kind = match folder.map_or(Stand::Folder, |folder| self.stand(folder)) {
            Stand::Folder => self.kind(path),
            Stand::Free => Ok(None),
            Stand::Foreign(_) => return,
        };
        match kind {
            Ok(Some(Kind::File)) if !self.survey.first.contains(path) => {
                self.survey.then.insert(path.to_owned());
            }
            Ok(None) => self.survey.folders.extend(folder.map(str::to_owned)),
            _ => {}
        }
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
