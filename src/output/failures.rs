//! What goes wrong while pages are made and put aside, collected from all threads.

use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Fate, Folder, Page, durable};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// By how much a file takes up more than its bytes, on most file systems: it begins a new block.
const BLOCK: u64 = 4096;

/// What went wrong so far.
#[derive(Default)]
pub(super) struct Failures {
    any: AtomicBool,
    found: Mutex<Diagnostics>,
    /// A full disk refuses every page after the first, so only the first by path is told.
    refused: Mutex<Option<(String, Diagnostic)>>,
    full: AtomicBool,
    /// The room that all changed pages take, in bytes.
    needed: AtomicU64,
}

impl Failures {
    pub(super) fn any(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    pub(super) fn found(&self, diagnostic: Diagnostic) {
        self.any.store(true, Ordering::Relaxed);
        self.found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(diagnostic);
    }

    /// A page that takes room beside the output, be it that it finds none any more.
    pub(super) fn needs(&self, page: &Page<'_>) {
        if page.fate == Fate::Staged {
            let size = page.print.size.next_multiple_of(BLOCK).max(BLOCK);
            self.needed.fetch_add(size, Ordering::Relaxed);
        }
    }

    /// The system refused to write this path of the folder.
    pub(super) fn refused(&self, path: &str, error: &io::Error, folder: &Folder) {
        if matches!(
            error.kind(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded
        ) {
            self.full.store(true, Ordering::Relaxed);
        }
        self.told(path, folder.cannot_write(path, error));
    }

    /// The system refused, which is told so.
    pub(super) fn told(&self, path: &str, diagnostic: Diagnostic) {
        self.any.store(true, Ordering::Relaxed);
        let mut first = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if first
            .as_ref()
            .is_none_or(|(earlier, _)| path < earlier.as_str())
        {
            *first = Some((path.to_owned(), diagnostic));
        }
    }

    /// Everything that went wrong; on a full disk with the room that is lacking.
    pub(super) fn into_result(self, folder: &Folder) -> Result<(), Diagnostics> {
        let is_full = self.full.load(Ordering::Relaxed);
        let needed = self.needed.load(Ordering::Relaxed);
        let room = is_full.then(|| {
            // What was put aside so far is gone once this is told.
            let free = folder.staging().clear().ok();
            room(
                needed,
                free.and_then(|()| durable::free(folder.staging().path())),
            )
        });
        self.into_any(room)
    }

    /// As [`Failures::into_result`], where nothing is known of the room.
    pub(super) fn into_plain_result(self) -> Result<(), Diagnostics> {
        self.into_any(None)
    }

    fn into_any(self, room: Option<String>) -> Result<(), Diagnostics> {
        let mut all = self
            .found
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let refused = self
            .refused
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((_, mut diagnostic)) = refused {
            diagnostic.message.push_str(&room.unwrap_or_default());
            all.push(diagnostic);
        }
        all.sort();
        if all.is_empty() { Ok(()) } else { Err(all) }
    }
}

/// How much room the changed pages need, and how much there is, in bytes.
fn room(needed: u64, free: Option<u64>) -> String {
    let size = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    let needed = size(needed);
    match free {
        Some(free) => format!(
            "; the changed pages need about {needed} beside the output, and {} are free",
            size(free)
        ),
        None => format!("; the changed pages need about {needed} beside the output"),
    }
}
