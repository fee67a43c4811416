//! Stage 5: bytes become the output folder.
//!
//! Takes the paths of a site and a function that gives the bytes of each; leaves the folder
//! with exactly those files of ours and everything of anybody else's. Only what differs from
//! the last build is written, only what a build of ours once wrote is deleted, and nothing is
//! touched before every page has been rendered and written aside.
//!
//! The order of a run: [`Folder::open`] locks the folder and reads its manifest; every page is
//! rendered, hashed and, where it differs, staged beside the output (`staging`); what would be
//! overwritten is looked at (`survey`); a `journal` says that all is there; the staged files are
//! moved into place, the gone ones deleted, and the new manifest is moved in last (`exchange`).
//! Where a run ends before that, the next one finishes it (`recover`).

mod ahead;
mod durable;
mod exchange;
mod failures;
mod folder;
mod fresh;
mod journal;
mod making;
mod manifest;
mod memory;
pub mod pack;
pub mod parts;
mod paths;
mod recover;
mod staging;
mod sums;
mod survey;

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::digest::Digest;
use failures::Failures;
use making::Making;
use memory::Memory;
use sums::Sums;

pub use folder::Folder;
pub(crate) use fresh::make as make_folder;
pub use manifest::Print;

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
/// into place can leave a part of it new, and its message says so: the next run that opens the
/// folder moves the rest.
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
    let order = sums::in_order(paths, folder.has_checksums())?;
    let sums = Sums::new(folder.has_checksums(), paths.len());
    let failures = Failures::default();
    let memory = sources.map_or_else(Memory::default, |s| Memory::load(s.cache, &folder));
    let making = Making {
        folder: &folder,
        failures: &failures,
        memory: &memory,
        sums: &sums,
        sources,
        paths,
        fill,
        progress,
    };
    let mut pages = ahead::while_making(&folder, || making.all(&order));
    failures.into_result(&folder)?;
    if folder.has_checksums() {
        sums::add(&folder, &mut pages, &order, &sums)?;
    }
    let (published, seal) = exchange::run(&folder, &pages)?;
    if let Some(Sources { cache, .. }) = sources {
        let now = Memory::new(pages.iter().map(|page| page.made_from));
        if now != memory || seal != folder.manifest().seal() {
            now.store(cache, seal);
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

/// Each file that the last build wrote into a folder, sorted by path, with what its bytes are
/// recognised by. `None` where no build wrote, or what it remembered is damaged.
///
/// # Errors
/// What the system says.
pub fn listed(folder: &camino::Utf8Path) -> std::io::Result<Option<Vec<(String, Print)>>> {
    let manifest = manifest::Manifest::read(folder.as_std_path())?;
    let files = manifest
        .files()
        .map(|(path, print)| (path.to_owned(), print));
    let files: Vec<(String, Print)> = files.collect();
    Ok((!files.is_empty()).then_some(files))
}

/// Whether a folder is one that builds write into.
pub(crate) fn is_output(folder: &camino::Utf8Path) -> bool {
    [manifest::NAME, parts::NAME]
        .iter()
        .any(|name| folder.join(name).is_file())
}

/// Whether a path in an output is one that builds keep for themselves.
pub(crate) fn is_own(path: &str) -> bool {
    [manifest::NAME, parts::NAME, staging::INSIDE].contains(&path)
}

/// Each page with its print, in the order of the pages.
fn prints<'p>(pages: &'p [Page<'_>]) -> impl Iterator<Item = (&'p str, Print)> + Clone {
    pages.iter().map(|page| (page.path, page.print))
}

/// A page that need not be filled, because what it is made from is what it was made from.
fn same_as_before<'a>(
    folder: &Folder,
    memory: &Memory,
    path: &'a str,
    known: Option<(usize, Print)>,
    made_from: Option<Digest>,
) -> Option<Page<'a>> {
    let (place, print) = known?;
    let same = made_from.is_some() && memory.of(place) == made_from;
    let there = || {
        folder
            .is_there(place)
            .unwrap_or_else(|| holds(folder, path, print.size))
    };
    (same && there()).then_some(Page {
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

/// What is to be done about a page with these bytes, where the last build may have written `known`.
fn look<'a>(
    folder: &Folder,
    path: &'a str,
    known: Option<Print>,
    bytes: &[u8],
    made_from: Option<Digest>,
) -> Page<'a> {
    let print = Print::of(bytes);
    let fate = match known {
        Some(known) if known == print && holds(folder, path, print.size) => Fate::Unchanged,
        Some(_) => Fate::Staged,
        None if holds(folder, path, print.size) && same(&folder.place(path), bytes) => {
            Fate::Adopted
        }
        None => Fate::Staged,
    };
    Page {
        path,
        print,
        fate,
        made_from,
    }
}

/// Puts a page aside that is to be; nothing where that cannot be.
fn stage<'a>(
    folder: &Folder,
    failures: &Failures,
    page: Page<'a>,
    bytes: &[u8],
) -> Option<Page<'a>> {
    failures.needs(&page);
    if failures.any() {
        // Nothing will be published any more; the rest is rendered for its findings, and to tell
        // how much room all of it needs.
        return None;
    }
    let put = put_aside(folder, &page, bytes);
    put.map_err(|error| failures.refused(page.path, &error, folder))
        .ok()
        .map(|()| page)
}

fn put_aside(folder: &Folder, page: &Page<'_>, bytes: &[u8]) -> std::io::Result<()> {
    match page.fate {
        Fate::Staged => folder.staging().write(page.path, bytes),
        Fate::Unchanged | Fate::Adopted => Ok(()),
    }
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

/// Where a path of the site lies below this folder. On Windows part by part, because long paths
/// there know no `/`.
fn place(folder: &Path, path: &str) -> PathBuf {
    if cfg!(windows) {
        let mut place = folder.to_path_buf();
        place.extend(path.split('/'));
        return place;
    }
    // What begins with `/` must not lie elsewhere, as with `join` it would.
    let mut place = OsString::with_capacity(folder.as_os_str().len() + 1 + path.len());
    place.push(folder);
    place.push("/");
    place.push(path);
    place.into()
}
