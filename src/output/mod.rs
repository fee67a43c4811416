//! Stage 5: bytes become the output folder.
//!
//! Takes the paths of a site and a function that gives the bytes of each; leaves the folder
//! with exactly those files of ours and everything of anybody else's. Only what differs from
//! the last build is written, only what a build of ours once wrote is deleted, and nothing is
//! touched before every page has been rendered and written aside.
//!
//! The order of a run: [`Folder::open`] locks the folder and reads its manifest; every page is
//! rendered, hashed and, where it differs, staged beside the output (`staging`); what would be
//! overwritten is looked at (`survey`); the staged files are moved into place, the gone ones
//! deleted, and the new manifest is moved in last (`exchange`).

mod exchange;
mod folder;
mod manifest;
mod memory;
pub mod pack;
pub mod parts;
mod paths;
mod staging;
mod survey;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::cache::Cache;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use manifest::Print;
use memory::Memory;

pub use folder::Folder;

/// What a build did to its output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that were there already, byte for byte.
    pub unchanged: usize,
    /// Files of earlier builds that the site no longer has.
    pub deleted: usize,
    /// The size of the files written.
    pub bytes: u64,
    /// The paths of the files written, sorted.
    pub written_paths: Vec<String>,
}

/// What paths are filled from.
pub struct Sources<'a> {
    /// Where that of the last build is remembered.
    pub cache: &'a Cache,
    /// By what all that the path with that index is filled from is recognised; `None` where
    /// nobody can say.
    pub of: &'a (dyn Fn(usize) -> Option<Digest> + Sync),
}

/// Makes the folder hold these files, and takes out what earlier builds left beyond them.
///
/// `paths` are relative, `/`-separated and unique. `fill` gives the bytes of the path with that
/// index; it is called at most once for each, from many threads. `progress` is called after each.
/// With `sources`, a path that is filled from the same as in the last build is not filled again.
///
/// # Errors
///
/// Everything that `fill` reports, every foreign file in the way, or the first refusal of the
/// system. The folder is then as it was; only a refusal while finished files are being moved
/// into place can leave a part of it new, and its message says so.
pub fn publish<'a, F>(
    folder: Folder,
    paths: &[&str],
    fill: F,
    sources: Option<&Sources<'_>>,
    progress: &(dyn Fn() + Sync),
) -> Result<Published, Diagnostics>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    let order = paths::in_order(paths)?;
    let failures = Failures::default();
    let memory = sources.map_or_else(Memory::default, |s| Memory::load(s.cache, &folder));
    // All at once and in their order: leaving out is for afterwards, or they would be held twice.
    let pages: Vec<Option<Page<'_>>> = order
        .into_par_iter()
        .map(|index| {
            let path = paths[index];
            let made_from = sources.and_then(|sources| (sources.of)(index));
            if let Some(page) = same_as_before(&folder, &memory, path, made_from) {
                progress();
                return Some(page);
            }
            let page = match fill(index) {
                Ok(bytes) if failures.any() => {
                    // Nothing will be published any more; the rest is rendered for its findings.
                    drop(bytes);
                    None
                }
                Ok(bytes) => stage(&folder, path, &bytes, made_from)
                    .map_err(|error| failures.refused(path, folder.cannot_write(path, &error)))
                    .ok(),
                Err(diagnostic) => {
                    failures.found(diagnostic);
                    None
                }
            };
            progress();
            page
        })
        .collect();
    let pages: Vec<Page<'_>> = pages.into_iter().flatten().collect();
    failures.into_result()?;
    let published = exchange::run(&folder, &pages)?;
    if let Some(Sources { cache, .. }) = sources {
        let now = Memory::new(pages.iter().map(|page| page.made_from));
        if now != memory || !folder.manifest().lists(prints(&pages)) {
            now.store(cache, manifest::digest(prints(&pages)));
        }
    }
    Ok(published)
}

/// Gives each file of a folder that a build wrote, with its size in bytes, by path. Nothing where
/// no build wrote there.
pub fn each_size(folder: &camino::Utf8Path, each: &mut dyn FnMut(&str, u64)) {
    let manifest = manifest::Manifest::read(folder.as_std_path()).unwrap_or_default();
    manifest
        .files()
        .for_each(|(path, print)| each(path, print.size));
}

/// Each page with its print, in the order of the pages.
fn prints<'p>(pages: &'p [Page<'_>]) -> impl Iterator<Item = (&'p str, Print)> {
    pages.iter().map(|page| (page.path, page.print))
}

/// A page that need not be filled, because what it is made from is what it was made from.
fn same_as_before<'a>(
    folder: &Folder,
    memory: &Memory,
    path: &'a str,
    made_from: Option<Digest>,
) -> Option<Page<'a>> {
    let (place, print) = folder.manifest().find(path)?;
    let same = made_from.is_some() && memory.of(place) == made_from;
    (same && holds(folder, path, print.size)).then_some(Page {
        path,
        print,
        fate: Fate::Unchanged,
        made_from,
    })
}

/// One file of the new site, rendered.
#[derive(Debug, Clone, Copy)]
struct Page<'a> {
    path: &'a str,
    print: Print,
    fate: Fate,
    /// What it is made from, where that is known.
    made_from: Option<Digest>,
}

/// What is to be done about a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The last build wrote the same bytes, and they are still there.
    Unchanged,
    /// No build of ours wrote the file that is there, but it has the same bytes.
    Adopted,
    /// The bytes lie in the staging folder.
    Staged,
}

fn stage<'a>(
    folder: &Folder,
    path: &'a str,
    bytes: &[u8],
    made_from: Option<Digest>,
) -> std::io::Result<Page<'a>> {
    let print = Print::of(bytes);
    let fate = match folder.manifest().get(path) {
        Some(known) if *known == print && holds(folder, path, print.size) => Fate::Unchanged,
        Some(_) => Fate::Staged,
        None if holds(folder, path, print.size) && same(&folder.place(path), bytes) => {
            Fate::Adopted
        }
        None => Fate::Staged,
    };
    if fate == Fate::Staged {
        folder.staging().write(path, bytes)?;
    }
    Ok(Page {
        path,
        print,
        fate,
        made_from,
    })
}

/// Whether a regular file of this size is there: a file that somebody deleted or cut since the
/// last build is written again. Its bytes are not read, which would cost as much as writing.
fn holds(folder: &Folder, path: &str, size: u64) -> bool {
    folder.exists()
        && fs::symlink_metadata(folder.place(path))
            .is_ok_and(|found| found.is_file() && found.len() == size)
}

fn same(place: &Path, bytes: &[u8]) -> bool {
    fs::read(place).is_ok_and(|found| found == bytes)
}

/// What went wrong so far, collected from all threads.
#[derive(Default)]
struct Failures {
    any: AtomicBool,
    found: Mutex<Diagnostics>,
    /// A full disk refuses every page after the first, so only the first by path is told.
    refused: Mutex<Option<(String, Diagnostic)>>,
}

impl Failures {
    fn any(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    fn found(&self, diagnostic: Diagnostic) {
        self.any.store(true, Ordering::Relaxed);
        self.found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(diagnostic);
    }

    fn refused(&self, path: &str, diagnostic: Diagnostic) {
        self.any.store(true, Ordering::Relaxed);
        let mut first = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if first
            .as_ref()
            .is_none_or(|(earlier, _)| path < earlier.as_str())
        {
            *first = Some((path.to_owned(), diagnostic));
        }
    }

    fn into_result(self) -> Result<(), Diagnostics> {
        let mut all = self
            .found
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let refused = self
            .refused
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((_, diagnostic)) = refused {
            all.push(diagnostic);
        }
        all.sort();
        if all.is_empty() { Ok(()) } else { Err(all) }
    }
}

/// Where a path of the site lies below this folder. Part by part, because long paths on Windows
/// know no `/`.
fn place(folder: &Path, path: &str) -> PathBuf {
    let mut place = folder.to_path_buf();
    place.extend(path.split('/'));
    place
}
