//! The only part that changes the output folder: finished files in, gone files out, and the
//! manifest last.
//!
//! Before the first of them moves, the next manifest is written beside them as the journal. A build
//! that is killed then leaves the journal and those of the files that have not moved yet, which is
//! all that the next build needs to finish the exchange.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::folder::Folder;
use super::manifest::{self, Manifest, Print};
use super::survey::{Survey, survey};
use super::{Fate, Page, Published, paths, place};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Brings the folder to what these pages say. They come sorted by path, all staged.
pub(super) fn run(folder: &Folder, pages: &[Page<'_>]) -> Result<Published, Diagnostics> {
    let survey = survey(folder, pages)?;
    let deleted = if folder.exists() {
        exchange(folder, pages, &survey)?
    } else {
        land_whole(folder, pages).map_err(|error| folder.cannot_write("", &error))?;
        0
    };
    let written = || pages.iter().filter(|page| page.fate == Fate::Staged);
    Ok(Published {
        written: written().count(),
        unchanged: pages.len() - written().count(),
        deleted,
        bytes: written().map(|page| page.print.size).sum(),
        written_paths: written().map(|page| page.path.to_owned()).collect(),
    })
}

/// Gives how many files were deleted.
fn exchange(folder: &Folder, pages: &[Page<'_>], survey: &Survey) -> Result<usize, Diagnostic> {
    let staged = pages.iter().filter(|page| page.fate == Fate::Staged);
    let staged: Vec<&str> = staged.map(|page| page.path).collect();
    let mut exchange = Exchange {
        folder,
        pages,
        landed: 0,
        deleted: BTreeSet::new(),
    };
    if staged.is_empty() && survey.is_empty() && folder.manifest().lists(super::prints(pages)) {
        return Ok(0);
    }
    let begun = folder.staging().begin(&staged, super::prints(pages));
    begun.map_err(|error| folder.cannot_write("", &error))?;
    let done = exchange.run(survey);
    done.map_err(|failed| exchange.break_off(failed))?;
    Ok(exchange.deleted.len())
}

/// Finishes what a killed build began: gives the manifest of what is there then, or `None` where
/// nothing was begun. What of it still waits and is whole moves into place. A file that a loss of
/// power cut short does not: what it was to replace stays, and the next build sees to it.
///
/// # Errors
/// What was put in the way since, or the first refusal of the system. All is kept for another try.
pub(super) fn finish(folder: &Folder) -> Result<Option<Manifest>, Diagnostic> {
    let journal = folder.staging().journal().filter(|_| folder.exists());
    let Some(journal) = journal else {
        return Ok(None);
    };
    let tree = folder.staging().tree();
    let pages: Vec<Page<'_>> = journal
        .files()
        .filter_map(|(path, print)| {
            let staged = place(&tree, path);
            let (print, fate) = match fs::read(&staged) {
                Ok(bytes) if Print::of(&bytes) == print => (print, Fate::Staged),
                Ok(_) => {
                    // It must not move in with its folder. If it does all the same, the next
                    // build says what is in its way.
                    let _ = fs::remove_file(&staged);
                    (*folder.manifest().get(path)?, Fate::Unchanged)
                }
                Err(_) => (print, Fate::Unchanged),
            };
            Some(Page {
                path,
                print,
                fate,
                made_from: None,
            })
        })
        .collect();
    let done = survey(folder, &pages).and_then(|survey| Ok(exchange(folder, &pages, &survey)?));
    match done {
        Ok(_) => Ok(Some(Manifest::new(super::prints(&pages)))),
        Err(found) => {
            folder.staging().keep();
            let first = found.into_iter().next();
            Err(first.unwrap_or_else(|| folder.cannot_write("", &ErrorKind::Other.into())))
        }
    }
}

/// A first build: the staged tree, with its manifest, becomes the output in one step.
fn land_whole(folder: &Folder, pages: &[Page<'_>]) -> io::Result<()> {
    let tree = folder.staging().tree();
    fs::create_dir_all(&tree)?;
    fs::rename(
        folder.staging().write_manifest(super::prints(pages))?,
        tree.join(manifest::NAME),
    )?;
    fs::rename(tree, folder.root())
}

/// The path at which the system refused, and why.
type Failed = (String, io::Error);

struct Exchange<'a> {
    folder: &'a Folder,
    pages: &'a [Page<'a>],
    /// How many of the pages, from the first, are in place.
    landed: usize,
    deleted: BTreeSet<&'a str>,
}

impl<'a> Exchange<'a> {
    fn run(&mut self, survey: &'a Survey) -> Result<(), Failed> {
        self.delete(&survey.first)?;
        self.prune(survey.folders.iter().map(String::as_str).collect());
        self.land()?;
        self.delete(&survey.then)?;
        fs::rename(self.folder.staging().next(), self.manifest())
            .map_err(|error| (manifest::NAME.to_owned(), error))
    }

    fn manifest(&self) -> PathBuf {
        self.folder.root().join(manifest::NAME)
    }

    fn land(&mut self) -> Result<(), Failed> {
        let mut moved: Option<String> = None;
        for page in self.pages {
            let is_moved = moved
                .as_deref()
                .is_some_and(|folder| page.path.starts_with(folder));
            if page.fate == Fate::Staged && !is_moved {
                moved = self
                    .land_one(page.path)
                    .map_err(|error| (page.path.to_owned(), error))?;
            }
            self.landed += 1;
        }
        Ok(())
    }

    /// Moves a file into place, or the outermost of its folders that is not there yet; gives
    /// that folder, with its closing `/`.
    fn land_one(&self, path: &str) -> io::Result<Option<String>> {
        let (from, to) = (self.folder.staging().tree(), self.folder.root());
        let refused = match fs::rename(place(&from, path), place(to, path)) {
            Ok(()) => return Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => error,
            Err(error) => return Err(error),
        };
        for outer in paths::folders(path) {
            if let Err(error) = fs::symlink_metadata(place(to, outer)) {
                if error.kind() != ErrorKind::NotFound {
                    return Err(error);
                }
                fs::rename(place(&from, outer), place(to, outer))?;
                return Ok(Some(format!("{outer}/")));
            }
        }
        Err(refused)
    }

    /// Deletes these files, and the folders that they leave empty.
    fn delete(&mut self, files: &'a BTreeSet<String>) -> Result<(), Failed> {
        for path in files {
            match fs::remove_file(self.folder.place(path)) {
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

    fn write_manifest<'f>(
        &self,
        files: impl Iterator<Item = (&'f str, Print)>,
    ) -> Result<(), Failed> {
        let staged = self.folder.staging().write_manifest(files);
        staged
            .and_then(|staged| fs::rename(staged, self.manifest()))
            .map_err(|error| (manifest::NAME.to_owned(), error))
    }

    /// The system refused half-way: the manifest is made to say what is there now, so that the
    /// next build knows its own files.
    fn break_off(&self, (path, error): Failed) -> Diagnostic {
        let old = self
            .folder
            .manifest()
            .iter()
            .map(|entry| (&*entry.path, entry.print));
        let mut now: BTreeMap<&str, Print> = old
            .filter(|(path, _)| !self.deleted.contains(path))
            .collect();
        let in_place = &self.pages[..self.landed];
        now.extend(in_place.iter().map(|page| (page.path, page.print)));
        let changed =
            !self.deleted.is_empty() || in_place.iter().any(|page| page.fate == Fate::Staged);
        let mut diagnostic = self.folder.cannot_write(&path, &error);
        if changed {
            // If this is refused too, the next build has the journal to go by.
            if self.write_manifest(now.into_iter()).is_err() {
                self.folder.staging().keep();
            }
            diagnostic
                .message
                .push_str("; a part of the output is new already");
            diagnostic.help = Some("build again once the cause is gone".into());
        }
        diagnostic
    }
}

/// Whether there is nothing at a path, be it that one of its folders is a file by now.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use camino::Utf8PathBuf;
    use tempfile::TempDir;

    use super::*;
    use crate::output::manifest::Manifest;
    use crate::output::stage;

    fn pages<'a>(folder: &Folder, files: &[(&'a str, &str)]) -> Vec<Page<'a>> {
        files
            .iter()
            .map(|(path, text)| stage(folder, path, text.as_bytes(), None).unwrap())
            .collect()
    }

    #[test]
    fn a_refusal_half_way_leaves_a_manifest_of_what_is_there() {
        let dir = TempDir::new().unwrap();
        let output = Utf8PathBuf::from_path_buf(dir.path().join("public")).unwrap();
        let open = || Folder::open(&output).unwrap();

        let folder = open();
        run(
            &folder,
            &pages(
                &folder,
                &[("a", "1"), ("b", "1"), ("c/d", "1"), ("gone", "1")],
            ),
        )
        .unwrap();
        drop(folder);

        let folder = open();
        let next = pages(&folder, &[("a", "2"), ("b", "1"), ("c/d", "2"), ("e", "2")]);
        let staging = folder.staging();
        let prints = || crate::output::prints(&next);
        staging.begin(&["a", "c/d", "e"], prints()).unwrap();
        fs::remove_file(place(&staging.tree(), "c/d")).unwrap();
        let survey = survey(&folder, &next).unwrap();
        let mut exchange = Exchange {
            folder: &folder,
            pages: &next,
            landed: 0,
            deleted: BTreeSet::new(),
        };
        let failed = exchange.run(&survey).unwrap_err();
        let message = exchange.break_off(failed).message;
        assert!(
            message.contains("public/c/d` cannot be written"),
            "{message}"
        );
        assert!(
            message.ends_with("a part of the output is new already"),
            "{message}"
        );
        drop(folder);

        let print = |text: &str| Print::of(text.as_bytes());
        let now = [
            ("a", print("2")),
            ("b", print("1")),
            ("c/d", print("1")),
            ("gone", print("1")),
        ];
        let folder = open();
        assert_eq!(*folder.manifest(), Manifest::new(now.into_iter()));
        let next = pages(&folder, &[("a", "2"), ("b", "1"), ("c/d", "2"), ("e", "2")]);
        let published = run(&folder, &next).unwrap();
        assert_eq!(published.written_paths, ["c/d", "e"]);
        assert_eq!(published.deleted, 1);
    }

    /// Begins to exchange `next`, moves the first `moved` files and is killed.
    fn killed(output: &Utf8PathBuf, next: &[(&str, &str)], moved: usize) -> Folder {
        let folder = Folder::open(output).unwrap();
        let pages = pages(&folder, next);
        let staged: Vec<&str> = pages.iter().map(|page| page.path).collect();
        let staging = folder.staging();
        staging
            .begin(&staged, crate::output::prints(&pages))
            .unwrap();
        for page in &pages[..moved] {
            fs::rename(place(&staging.tree(), page.path), folder.place(page.path)).unwrap();
        }
        staging.keep();
        folder
    }

    #[test]
    fn what_a_killed_build_began_is_finished_and_what_was_cut_short_is_not_moved() {
        for moved in 0..3 {
            let dir = TempDir::new().unwrap();
            let output = Utf8PathBuf::from_path_buf(dir.path().join("public")).unwrap();
            let folder = Folder::open(&output).unwrap();
            let old = [("a", "1"), ("b", "1"), ("c", "1"), ("gone", "1")];
            run(&folder, &pages(&folder, &old)).unwrap();
            drop(folder);

            let next = [("a", "2"), ("b", "2"), ("c", "2"), ("e/f", "2")];
            let folder = killed(&output, &next, moved);
            fs::File::create(place(&folder.staging().tree(), "c")).unwrap();
            drop(folder);
            Folder::recover(&output).unwrap();

            let read = |path: &str| fs::read_to_string(output.join(path)).unwrap();
            assert_eq!(
                [read("a"), read("b"), read("e/f")],
                ["2", "2", "2"],
                "{moved}"
            );
            assert_eq!(read("c"), "1", "{moved}");
            assert!(!output.join("gone").exists(), "{moved}");
            let folder = Folder::open(&output).unwrap();
            let published = run(&folder, &pages(&folder, &next)).unwrap();
            assert_eq!(published.written_paths, ["c"], "{moved}");
        }
    }

    #[test]
    fn a_journal_that_is_not_whole_has_begun_nothing() {
        let dir = TempDir::new().unwrap();
        let output = Utf8PathBuf::from_path_buf(dir.path().join("public")).unwrap();
        let folder = Folder::open(&output).unwrap();
        run(&folder, &pages(&folder, &[("a", "1")])).unwrap();
        drop(folder);
        let folder = killed(&output, &[("a", "2")], 0);
        let journal = folder.staging().next();
        let length = fs::metadata(&journal).unwrap().len();
        let file = fs::OpenOptions::new().write(true).open(journal).unwrap();
        file.set_len(length - 1).unwrap();
        drop(folder);
        Folder::recover(&output).unwrap();
        assert_eq!(fs::read_to_string(output.join("a")).unwrap(), "1");
        assert!(!dir.path().join(".public.staging").exists());
    }
}
