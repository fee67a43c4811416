//! All pages of a site, filled and put aside, on all processors.

use std::borrow::Cow;

use rayon::prelude::*;

use super::failures::Failures;
use super::memory::Memory;
use super::sums::Sums;
use super::{Folder, Page, Print, Sources, look, same_as_before, stage};
use crate::diagnostics::Diagnostic;

/// So many pages are filled before the first of them is written. To go to and fro between the two
/// cost a tenth of a first build: neither found the processor's caches as it had left them.
const RUN: usize = 32;

/// As many bytes as wait to be written before a run is full: beyond them the caches are of no use,
/// and some lists have megabytes.
const WAITING: usize = 1 << 19;

/// What pages are made with.
pub(super) struct Making<'m, 'p, F> {
    pub(super) folder: &'m Folder,
    pub(super) failures: &'m Failures,
    pub(super) memory: &'m Memory,
    pub(super) sums: &'m Sums,
    pub(super) sources: Option<&'m Sources<'m>>,
    /// Where each page will lie.
    pub(super) paths: &'p [&'p str],
    /// Gives the bytes of each.
    pub(super) fill: F,
    /// Called after each.
    pub(super) progress: &'m (dyn Fn() + Sync),
}

impl<'a, 'p, F> Making<'_, 'p, F>
where
    F: Fn(usize) -> Result<Cow<'a, [u8]>, Diagnostic> + Sync,
{
    /// The pages in this order, without those that failed.
    pub(super) fn all(&self, order: &[usize]) -> Vec<Page<'p>> {
        // In their places: a list of lists would hold them all twice at its end.
        let mut pages = vec![None; order.len()];
        let runs = pages.par_chunks_mut(RUN).zip(order.par_chunks(RUN));
        runs.for_each(|(pages, run)| self.run(pages, run));
        pages.into_iter().flatten().collect()
    }

    fn run(&self, pages: &mut [Option<Page<'p>>], run: &[usize]) {
        let mut filled = Vec::with_capacity(run.len());
        let mut waiting = 0;
        let mut last = self.folder.manifest().in_turn();
        for (page, &index) in pages.iter_mut().zip(run) {
            let bytes = self.begin(page, index, last.find(self.paths[index]));
            waiting += bytes.as_ref().map_or(0, |bytes| bytes.len());
            filled.push((page, bytes));
            if waiting > WAITING {
                waiting = 0;
                filled
                    .drain(..)
                    .for_each(|(page, bytes)| self.end(page, bytes));
            }
        }
        filled
            .into_iter()
            .for_each(|(page, bytes)| self.end(page, bytes));
    }

    /// Finds out what is to be done about a page, of which the last build may have `known`; gives
    /// its bytes where it had to be filled.
    fn begin(
        &self,
        page: &mut Option<Page<'p>>,
        index: usize,
        known: Option<(usize, Print)>,
    ) -> Option<Cow<'a, [u8]>> {
        let path = self.paths[index];
        let made_from = self.sources.and_then(|sources| (sources.of)(index));
        *page = same_as_before(self.folder, self.memory, path, known, made_from);
        if page.is_some() {
            return None;
        }
        match (self.fill)(index) {
            Ok(bytes) => {
                self.sums.note(index, &bytes);
                let known = known.map(|(_, print)| print);
                *page = Some(look(self.folder, path, known, &bytes, made_from));
                Some(bytes)
            }
            Err(diagnostic) => {
                self.failures.found(diagnostic);
                None
            }
        }
    }

    fn end(&self, page: &mut Option<Page<'p>>, bytes: Option<Cow<'a, [u8]>>) {
        if let (Some(found), Some(bytes)) = (*page, bytes) {
            *page = stage(self.folder, self.failures, found, &bytes);
        }
        (self.progress)();
    }
}
