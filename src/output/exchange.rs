//! The only part that changes the output folder: finished files in, gone files out, and the
//! manifest last.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::folder::Folder;
use super::journal::{Journal, Reading};
use super::staging::StagedManifest;
use super::survey::{Survey, survey};
use super::{Fate, Page, Published, durable, manifest, paths, place};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::digest::Digest;

/// Brings the folder to what these pages say; gives what was done, and what the manifest is
/// recognised by then. They come sorted by path, all staged.
pub(super) fn run(folder: &Folder, pages: &[Page<'_>]) -> Result<(Published, Digest), Diagnostics> {
    let survey = survey(folder, pages)?;
    let refused = |error| folder.cannot_write("", &error);
    let mut deleted = 0;
    let mut seal = folder.manifest().seal();
    if !folder.exists() {
        seal = land_whole(folder, pages).map_err(refused)?;
    } else if !is_done(folder, pages, &survey) {
        let manifest = begin(folder, pages).map_err(refused)?;
        deleted = exchange(folder, pages, &survey, &manifest.path)?;
        seal = manifest.seal;
    }
    let written = || pages.iter().filter(|page| page.fate == Fate::Staged);
    let published = Published {
        written: written().count(),
        unchanged: pages.len() - written().count(),
        deleted,
        bytes: written().map(|page| page.print.size).sum(),
        written_paths: written().map(|page| page.path.to_owned()).collect(),
    };
    Ok((published, seal))
}

/// Whether the folder is already what it is to become.
fn is_done(folder: &Folder, pages: &[Page<'_>], survey: &Survey) -> bool {
    survey.is_empty()
        && pages.iter().all(|page| page.fate != Fate::Staged)
        && folder.manifest().lists(super::prints(pages))
}

/// Makes sure that the next run could do all that is to be done; gives the staged manifest.
fn begin(folder: &Folder, pages: &[Page<'_>]) -> io::Result<StagedManifest> {
    let staging = folder.staging();
    let manifest = staging.write_manifest(super::prints(pages))?;
    staging.begin(Journal::new(folder.manifest(), manifest.seal))?;
    Ok(manifest)
}

/// Does what the journal says; gives how many files were deleted. `manifest` is that of the pages,
/// staged.
pub(super) fn exchange(
    folder: &Folder,
    pages: &[Page<'_>],
    survey: &Survey,
    manifest: &Path,
) -> Result<usize, Diagnostic> {
    let mut exchange = Exchange {
        folder,
        pages,
        landed: false,
        deleted: BTreeSet::new(),
    };
    exchange
        .run(survey, manifest)
        .map_err(|failed| exchange.break_off(failed))?;
    // What cannot be cleared now is cleared by the next run.
    let _ = folder.staging().end();
    Ok(exchange.deleted.len())
}

/// A first build: the staged tree, with its manifest, becomes the output in one step.
///
/// There is no site yet that could be lost, so only the manifest is waited for: pages whose bytes
/// a power cut takes away are told by their size, and made by the next build.
fn land_whole(folder: &Folder, pages: &[Page<'_>]) -> io::Result<Digest> {
    let tree = folder.staging().tree();
    fs::create_dir_all(&tree)?;
    let manifest = tree.join(manifest::NAME);
    let staged = folder.staging().write_manifest(super::prints(pages))?;
    rename(&staged.path, &manifest)?;
    durable::file(&manifest)?;
    rename(&tree, folder.root())?;
    Ok(staged.seal)
}

/// The path at which the system refused, and why.
type Failed = (String, io::Error);

struct Exchange<'a> {
    folder: &'a Folder,
    pages: &'a [Page<'a>],
    /// Whether any new file is in its place.
    landed: bool,
    deleted: BTreeSet<&'a str>,
}

impl<'a> Exchange<'a> {
    fn run(&mut self, survey: &'a Survey, manifest: &Path) -> Result<(), Failed> {
        self.delete(&survey.first)?;
        self.prune(survey.folders.iter().map(String::as_str).collect());
        self.land()?;
        self.delete(&survey.then)?;
        rename(manifest, &self.folder.root().join(manifest::NAME))
            .map_err(|error| (manifest::NAME.to_owned(), error))
    }

    /// Files of new paths first, then new bytes of old ones; what is gone is deleted after that. So
    /// no page that stays ever leads to one that is not there, be it that the run ends here.
    fn land(&mut self) -> Result<(), Failed> {
        let is_new = |page: &&Page<'_>| self.folder.manifest().get(page.path).is_none();
        let staged = self.pages.iter().filter(|page| page.fate == Fate::Staged);
        let (new, changed): (Vec<&Page<'_>>, Vec<&Page<'_>>) = staged.partition(is_new);
        let mut moved: BTreeSet<String> = BTreeSet::new();
        for page in new.into_iter().chain(changed) {
            if paths::folders(page.path).any(|folder| moved.contains(folder)) {
                continue;
            }
            let folder = self.land_one(page.path);
            moved.extend(folder.map_err(|error| (page.path.to_owned(), error))?);
            self.landed = true;
        }
        Ok(())
    }

    /// Moves a file into place, or the outermost of its folders that is not there yet; gives
    /// that folder.
    fn land_one(&self, path: &str) -> io::Result<Option<String>> {
        let (from, to) = (self.folder.staging().tree(), self.folder.root());
        let refused = match rename(&place(&from, path), &place(to, path)) {
            Ok(()) => return Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => error,
            Err(error) => return Err(error),
        };
        for outer in paths::folders(path) {
            if let Err(error) = fs::symlink_metadata(place(to, outer)) {
                if error.kind() != ErrorKind::NotFound {
                    return Err(error);
                }
                rename(&place(&from, outer), &place(to, outer))?;
                return Ok(Some(outer.to_owned()));
            }
        }
        Err(refused)
    }

    /// Deletes these files, and the folders that they leave empty.
    fn delete(&mut self, files: &'a BTreeSet<String>) -> Result<(), Failed> {
        for path in files {
            match remove(&self.folder.place(path)) {
                Ok(()) => self.deleted.insert(path),
                Err(error) if is_absent(&error) => false,
                Err(error) => return Err((path.clone(), error)),
            };
        }
        self.prune(
            files
                .iter()
                .filter_map(|path| paths::folder(path))
                .collect(),
        );
        Ok(())
    }

    /// Removes these folders and those around them where they are empty, innermost first. One
    /// that still holds anything refuses, which is what keeps the files of others safe.
    fn prune(&self, mut folders: BTreeSet<&str>) {
        while let Some(folder) = folders.pop_last() {
            match fs::remove_dir(self.folder.place(folder)) {
                Err(error) if !is_absent(&error) => {}
                _ => folders.extend(paths::folder(folder)),
            }
        }
    }

    /// The system refused half-way. What is new already stays, and so does the journal, by which
    /// the next run does the rest; where nothing is new yet, nothing is left to do.
    fn break_off(&self, (path, error): Failed) -> Diagnostic {
        let staging = self.folder.staging();
        let changed =
            staging.found() != Reading::NotBegun || !self.deleted.is_empty() || self.landed;
        let mut diagnostic = self.folder.cannot_write(&path, &error);
        if changed {
            diagnostic
                .message
                .push_str("; a part of the output is new already");
            diagnostic.help =
                Some("build again once the cause is gone: that finishes it first".into());
        } else {
            // Where this is refused too, the next run begins the exchange that did not begin.
            let _ = staging.end();
        }
        diagnostic
    }
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(test)]
    tests::may_go_on()?;
    fs::rename(from, to)
}

fn remove(file: &Path) -> io::Result<()> {
    #[cfg(test)]
    tests::may_go_on()?;
    fs::remove_file(file)
}

/// Whether there is nothing at a path, be it that one of its folders is a file by now.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests;
