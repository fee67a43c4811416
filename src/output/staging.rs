//! The folder where changed files wait until all of them are there, and the lock of the run.
//!
//! ```text
//! .public.staging/
//!   lock        held as long as the build runs; says which process it is
//!   tree/       the changed files, under the paths they will have
//!   manifest    the next manifest, about to be moved
//!   journal     says that the exchange has begun
//! ```
//!
//! The system takes the lock back when the process ends in whatever way, so a build that was
//! killed leaves only files: with a journal the next one finishes the exchange, without one it
//! clears them.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::journal::{Journal, Reading};
use super::manifest::{self, Manifest, Print};
use super::{durable, place};
use crate::digest::Digest;

/// The staging folder's name where it has to lie inside the output folder.
pub(super) const INSIDE: &str = ".morgue-staging";

const LOCK: &str = "lock";
const TREE: &str = "tree";
const MANIFEST: &str = "manifest";
const CORRECTED: &str = "manifest.corrected";
const JOURNAL: &str = "journal";

/// As many bytes as are brought to the disk before the end of a build.
const MUCH: u64 = 16 << 20;

/// All that can lie in the folder.
const NAMES: [&str; 5] = [LOCK, TREE, MANIFEST, CORRECTED, JOURNAL];

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

/// A manifest that waits.
#[derive(Debug)]
pub(super) struct StagedManifest {
    /// Where.
    pub(super) path: PathBuf,
    /// What it is recognised by.
    pub(super) seal: Digest,
}

/// A staging folder that is ours alone until dropped; then it is gone, unless an exchange has
/// begun and not ended.
#[derive(Debug)]
pub(super) struct Staging {
    path: PathBuf,
    /// What the journal said when the folder was opened.
    found: Reading,
    begun: AtomicBool,
    /// How many bytes were put aside since they were last brought to the disk.
    waiting: AtomicU64,
    _lock: File,
}

impl Staging {
    /// Makes the folder, or takes over what a killed build left there. What belongs to an exchange
    /// that has begun stays; everything else is cleared.
    pub(super) fn open(path: PathBuf) -> Result<Self, Refusal> {
        let lock = lock(&path)?;
        let found = match fs::read_to_string(path.join(JOURNAL)) {
            Ok(text) => Reading::of(&text),
            Err(error) if error.kind() == ErrorKind::InvalidData => Reading::NotBegun,
            Err(error) if error.kind() == ErrorKind::NotFound => Reading::NotBegun,
            Err(error) => return Err(error.into()),
        };
        let staging = Staging {
            path,
            found,
            begun: AtomicBool::new(found != Reading::NotBegun),
            waiting: AtomicU64::new(0),
            _lock: lock,
        };
        if found == Reading::NotBegun {
            staging.clear()?;
        }
        Ok(staging)
    }

    /// Whether there is a journal in the staging folder at this path.
    pub(super) fn has_journal(path: &Path) -> bool {
        fs::symlink_metadata(path.join(JOURNAL)).is_ok()
    }

    /// What the journal said when the folder was opened.
    pub(super) fn found(&self) -> Reading {
        self.found
    }

    /// The next manifest, where one that is whole lies here.
    pub(super) fn manifest(&self) -> Option<Manifest> {
        Manifest::parse(&fs::read_to_string(self.path.join(MANIFEST)).ok()?)
    }

    /// Writes the journal, once all staged files are safe on the disk: from now on the next run
    /// finishes what this one does not.
    pub(super) fn begin(&self, journal: Journal) -> io::Result<()> {
        durable::tree(&self.path)?;
        let mut file = File::create(self.path.join(JOURNAL))?;
        file.write_all(journal.to_text().as_bytes())?;
        file.sync_all()?;
        durable::folder(&self.path)?;
        self.begun.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Nothing of what the journal says is to be done any more.
    pub(super) fn end(&self) -> io::Result<()> {
        absent_is_fine(fs::remove_file(self.path.join(JOURNAL)))?;
        self.begun.store(false, Ordering::Relaxed);
        self.clear()
    }

    /// The folder itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The root of the staged files.
    pub(super) fn tree(&self) -> PathBuf {
        self.path.join(TREE)
    }

    /// Brings to the disk what was put aside so far, where that is much: so that at the end there
    /// is little to wait for.
    pub(super) fn settle(&self) {
        if self.waiting.load(Ordering::Relaxed) >= MUCH {
            self.waiting.store(0, Ordering::Relaxed);
            // What is refused here is refused again at the end, and told then.
            let _ = durable::tree(&self.path);
        }
    }

    /// Puts a file aside, under the path that it will have.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.waiting
            .fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let file = place(&self.tree(), path);
        let folder = file.parent().unwrap_or(&self.path);
        // Nearly every page has a folder to itself, which is not there yet; other files lie where
        // others lie already. To be refused costs as much as to be told first.
        if path.ends_with("/index.html") {
            match fs::create_dir(folder) {
                Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir_all(folder)?,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                result => result?,
            }
        }
        match write(&file, bytes) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                write(&file, bytes)
            }
            result => result,
        }
    }

    /// Puts the next manifest aside.
    pub(super) fn write_manifest<'a>(
        &self,
        files: impl Iterator<Item = (&'a str, Print)>,
    ) -> io::Result<StagedManifest> {
        self.write_list(MANIFEST, files)
    }

    /// The place where the manifest of these files waits: that of the journal, `next`, or another
    /// beside it, which leaves that as it is.
    pub(super) fn manifest_of<'a>(
        &self,
        next: &Manifest,
        files: impl Iterator<Item = (&'a str, Print)> + Clone,
    ) -> io::Result<PathBuf> {
        if next.lists(files.clone()) {
            Ok(self.path.join(MANIFEST))
        } else {
            Ok(self.write_list(CORRECTED, files)?.path)
        }
    }

    fn write_list<'a>(
        &self,
        name: &str,
        files: impl Iterator<Item = (&'a str, Print)>,
    ) -> io::Result<StagedManifest> {
        let path = self.path.join(name);
        let mut file = BufWriter::new(File::create(&path)?);
        let seal = manifest::write(&mut file, files)?;
        file.into_inner()?;
        Ok(StagedManifest { path, seal })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "everything below `tree` was made by a build"
    )]
    pub(super) fn clear(&self) -> io::Result<()> {
        // First, so that a half cleared folder is none that an exchange could be finished from.
        for name in [JOURNAL, CORRECTED, MANIFEST] {
            absent_is_fine(fs::remove_file(self.path.join(name)))?;
        }
        absent_is_fine(fs::remove_dir_all(self.tree()))
    }
}

impl Drop for Staging {
    /// What the system refuses to delete stays, with the lock file, for the next build to clear.
    /// What a begun exchange still needs stays too.
    fn drop(&mut self) {
        if !self.begun.load(Ordering::Relaxed) && self.clear().is_ok() {
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
        .all(|name| NAMES.iter().any(|ours| name == ours));
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
