//! The folder where changed files wait until all of them are there, and the lock of the run.
//!
//! ```text
//! .public.staging/
//!   lock        held as long as the build runs; says which process it is
//!   tree/       the changed files, under the paths they will have
//!   next        the next manifest: the journal of an exchange that has begun
//!   manifest    a manifest about to be moved
//! ```
//!
//! The system takes the lock back when the process ends in whatever way. A build that was killed
//! before its journal was whole leaves only files that the next one clears; one that was killed
//! after has touched the output, and the next one finishes what it began.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::manifest::{self, Manifest, Print};
use super::place;

/// The staging folder's name where it has to lie inside the output folder.
pub(super) const INSIDE: &str = ".morgue-staging";

const LOCK: &str = "lock";
const TREE: &str = "tree";
const NEXT: &str = "next";
const MANIFEST: &str = "manifest";
/// So many changed files are made sure of one by one before the output is touched. To wait for the
/// disk takes longer the more there are, and what a loss of power cut short is seen by its size.
const FEW: usize = 1024;

/// Why there is no staging folder.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Another build holds it: which process, where that can be read.
    Busy(Option<u32>),
    /// Something of that name is there that no build made.
    Foreign,
    /// The system refused.
    System(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal::System(error)
    }
}

/// A staging folder that is ours alone until dropped; then it is gone, unless it is kept.
#[derive(Debug)]
pub(super) struct Staging {
    path: PathBuf,
    _lock: File,
    kept: AtomicBool,
}

impl Staging {
    /// Makes the folder, or takes over what a killed build left there: all of it is cleared but
    /// an exchange to be finished.
    pub(super) fn open(path: PathBuf) -> Result<Self, Refusal> {
        let lock = lock(&path)?;
        let staging = Staging {
            path,
            _lock: lock,
            kept: AtomicBool::new(false),
        };
        if staging.journal().is_none() {
            staging.clear()?;
        }
        Ok(staging)
    }

    /// The manifest that an exchange was to end with which a killed build began; `None` where
    /// there is none, or none that is whole: then nothing was touched.
    pub(super) fn journal(&self) -> Option<Manifest> {
        let bytes = fs::read(self.path.join(NEXT)).ok()?;
        Manifest::parse(std::str::from_utf8(&bytes).ok()?)
    }

    /// Writes the journal: from here on the exchange will be finished, by this build or the next.
    /// The staged files it speaks of are on the disk before it where they are few.
    pub(super) fn begin<'a>(
        &self,
        staged: &[&str],
        files: impl Iterator<Item = (&'a str, Print)>,
    ) -> io::Result<()> {
        if staged.len() <= FEW {
            let sync = |path: &&str| {
                let mut options = OpenOptions::new();
                let file = options.write(true).open(place(&self.tree(), path))?;
                file.sync_all()
            };
            staged.par_iter().try_for_each(sync)?;
        }
        let mut file = BufWriter::new(File::create(self.path.join(NEXT))?);
        manifest::write(&mut file, files)?;
        file.into_inner()?.sync_all()
    }

    /// Where the journal is, which becomes the manifest once the exchange is done.
    pub(super) fn next(&self) -> PathBuf {
        self.path.join(NEXT)
    }

    /// Leaves everything as it is for the next build to finish.
    pub(super) fn keep(&self) {
        self.kept.store(true, Ordering::Relaxed);
    }

    /// The root of the staged files.
    pub(super) fn tree(&self) -> PathBuf {
        self.path.join(TREE)
    }

    /// Puts a file aside, under the path that it will have.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = place(&self.tree(), path);
        // Most pages have a folder to themselves; asking first whether it is there would cost
        // one more call for each of them.
        match write(&file, bytes) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(file.parent().unwrap_or(&self.path))?;
                write(&file, bytes)
            }
            result => result,
        }
    }

    /// Puts a manifest aside; gives the place where it waits.
    pub(super) fn write_manifest<'a>(
        &self,
        files: impl Iterator<Item = (&'a str, Print)>,
    ) -> io::Result<PathBuf> {
        let path = self.path.join(MANIFEST);
        let mut file = BufWriter::new(File::create(&path)?);
        manifest::write(&mut file, files)?;
        file.into_inner()?;
        Ok(path)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "everything below `tree` was made by a build"
    )]
    pub(super) fn clear(&self) -> io::Result<()> {
        // Without its journal an exchange has not begun.
        absent_is_fine(fs::remove_file(self.path.join(NEXT)))?;
        absent_is_fine(fs::remove_dir_all(self.tree()))?;
        absent_is_fine(fs::remove_file(self.path.join(MANIFEST)))
    }
}

impl Drop for Staging {
    /// What the system refuses to delete stays, with the lock file, for the next build to clear.
    fn drop(&mut self) {
        if !self.kept.load(Ordering::Relaxed) && self.clear().is_ok() {
            // The lock goes while it is still held, so that nobody takes hold of it in between;
            // who opened it before that finds out in `is_still_there`.
            let _ = fs::remove_file(self.path.join(LOCK));
            let _ = fs::remove_dir(&self.path);
        }
    }
}

fn lock(folder: &Path) -> Result<File, Refusal> {
    // A build that ends just now may take away what was opened here; then all begins again.
    for _ in 0..100 {
        match fs::create_dir(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => look_at_leftovers(folder)?,
            result => result?,
        }
        let path = folder.join(LOCK);
        let opened = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path);
        let mut file = match opened {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            result => result?,
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path)
                    .ok()
                    .and_then(|id| id.trim().parse().ok());
                return Err(Refusal::Busy(holder));
            }
            // Some network file systems know no locks. A build there is better than none.
            Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => {
                return Err(error.into());
            }
            _ => {}
        }
        if is_still_there(&file, &path) {
            file.set_len(0)?;
            writeln!(file, "{}", std::process::id())?;
            return Ok(file);
        }
    }
    Err(Refusal::Busy(None))
}

/// A folder that some other program made under this name is not ours to clear.
fn look_at_leftovers(folder: &Path) -> Result<(), Refusal> {
    let found = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        result => result?,
    };
    if !found.is_dir() {
        return Err(Refusal::Foreign);
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name());
    }
    let ours = names
        .iter()
        .all(|name| [LOCK, TREE, NEXT, MANIFEST].iter().any(|own| name == own));
    let locked = fs::symlink_metadata(folder.join(LOCK)).is_ok_and(|lock| lock.is_file());
    if names.is_empty() || (ours && locked) {
        Ok(())
    } else {
        Err(Refusal::Foreign)
    }
}

/// Whether the locked file is the one that others would find.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    let (held, found) = (
        file.metadata().map(identity),
        fs::symlink_metadata(path).map(identity),
    );
    matches!((held, found), (Ok(held), Ok(found)) if held == found)
}

/// Whether the locked file is the one that others would find.
#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the output is written"
)]
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(file, bytes)
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
