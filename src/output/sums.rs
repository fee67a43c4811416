//! The list of checksums among the files of a site: every file of it but itself.
//!
//! What a run fills is summed while it is at hand. What it leaves is listed as before, by the
//! list that the last build wrote, so that a small change costs no reading of the whole site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::folder::Folder;
use super::manifest::Print;
use super::{Fate, Page, holds, look, paths, put_aside};
use crate::checksum::{self, NAME, Sum};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// The checksum of each path that was filled in this run, by its index; nothing where no list is
/// wanted.
pub(super) struct Sums(Vec<OnceLock<Sum>>);

impl Sums {
    /// For so many paths, if a list is wanted.
    pub(super) fn new(wanted: bool, count: usize) -> Sums {
        let count = if wanted { count } else { 0 };
        Sums((0..count).map(|_| OnceLock::new()).collect())
    }

    /// The path with this index has these bytes.
    pub(super) fn note(&self, index: usize, bytes: &[u8]) {
        if let Some(sum) = self.0.get(index) {
            sum.get_or_init(|| Sum::of(bytes));
        }
    }

    fn of(&self, index: usize) -> Option<Sum> {
        self.0.get(index)?.get().copied()
    }

    /// The list of paths that were all filled, with their indices in order.
    pub(super) fn list(&self, paths: &[&str], order: &[usize]) -> String {
        let files = order
            .iter()
            .filter_map(|index| Some((*paths.get(*index)?, self.of(*index)?)));
        checksum::list(files)
    }
}

/// The indices of the paths, sorted by path; where a list is wanted, none may have its name.
///
/// # Errors
/// As [`paths::in_order`].
pub(super) fn in_order(all: &[&str], wanted: bool) -> Result<Vec<usize>, Diagnostics> {
    if !wanted {
        return paths::in_order(all);
    }
    let with_list: Vec<&str> = all.iter().copied().chain([NAME]).collect();
    let order = paths::in_order(&with_list)?;
    Ok(order
        .into_iter()
        .filter(|index| *index < all.len())
        .collect())
}

/// Puts the list of all pages, which come sorted by path with their indices, among them.
pub(super) fn add<'a>(
    folder: &Folder,
    pages: &mut Vec<Page<'a>>,
    order: &[usize],
    sums: &Sums,
) -> Result<(), Diagnostic> {
    let page = match same_as_before(folder, pages) {
        Some(print) => Page {
            path: NAME,
            print,
            fate: Fate::Unchanged,
            made_from: None,
        },
        None => make(folder, pages, order, sums)?,
    };
    let place = pages.partition_point(|other| other.path < NAME);
    pages.insert(place, page);
    Ok(())
}

/// The list of the last build, where that had just these pages.
fn same_as_before(folder: &Folder, pages: &[Page<'_>]) -> Option<Print> {
    let print = *folder.manifest().get(NAME)?;
    let same = folder.manifest().len() == pages.len() + 1
        && pages.iter().all(|page| page.fate == Fate::Unchanged)
        && holds(folder, NAME, print.size);
    same.then_some(print)
}

fn make(
    folder: &Folder,
    pages: &[Page<'_>],
    order: &[usize],
    sums: &Sums,
) -> Result<Page<'static>, Diagnostic> {
    let before = fs::read(folder.place(NAME)).ok();
    let before = before.filter(|bytes| folder.manifest().get(NAME) == Some(&Print::of(bytes)));
    let before = before.and_then(|bytes| String::from_utf8(bytes).ok());
    let known = checksum::parse(before.as_deref().unwrap_or_default()).unwrap_or_default();
    let known: BTreeMap<Cow<'_, str>, Sum> = known.into_iter().collect();
    let files: Result<Vec<(&str, Sum)>, (&str, io::Error)> = pages
        .par_iter()
        .zip(order)
        .map(|(page, index)| {
            // What was left as it is was so in the last build, of which the list tells.
            let before = || {
                known
                    .get(page.path)
                    .copied()
                    .filter(|_| page.fate == Fate::Unchanged)
            };
            let sum = sums.of(*index).or_else(before);
            let sum = sum.map_or_else(|| read(folder, page.path), Ok);
            sum.map(|sum| (page.path, sum))
                .map_err(|error| (page.path, error))
        })
        .collect();
    let files = files.map_err(|(path, error)| folder.cannot_write(path, &error))?;
    let text = checksum::list(files.into_iter());
    let known = folder.manifest().get(NAME).copied();
    let page = look(folder, NAME, known, text.as_bytes(), None);
    put_aside(folder, &page, text.as_bytes())
        .map(|()| page)
        .map_err(|error| folder.cannot_write(NAME, &error))
}

fn read(folder: &Folder, path: &str) -> io::Result<Sum> {
    let (sum, _) = Sum::of_all(&mut File::open(folder.place(path))?)?;
    Ok(sum)
}
