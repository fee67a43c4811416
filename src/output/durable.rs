//! What is written reaches the disk before anything depends on it.
//!
//! A file that is moved into place before its bytes are on the disk may be empty after a power
//! cut (open(2) and fsync(2): a rename is recorded by itself). `docs/fixity.md` tells what is
//! promised.

use std::fs::File;
use std::io;
use std::path::Path;

/// Everything below a folder is on the disk.
#[cfg(target_os = "linux")]
pub(super) fn tree(folder: &Path) -> io::Result<()> {
    // One call for all files of the file system: with each file on its own, the disk would be
    // waited for as often as there are files.
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Everything below a folder is on the disk.
#[cfg(not(target_os = "linux"))]
pub(super) fn tree(folder: &Path) -> io::Result<()> {
    use rayon::prelude::*;
    walkdir::WalkDir::new(folder)
        .into_iter()
        .par_bridge()
        .try_for_each(|entry| match entry?.path() {
            path if path.is_file() => file(path),
            path => self::folder(path),
        })
}

/// The bytes of a file are on the disk.
pub(super) fn file(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// The names in a folder are on the disk.
#[cfg(unix)]
pub(super) fn folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// The names in a folder are on the disk: Windows knows no call for that.
#[cfg(not(unix))]
pub(super) fn folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// How many bytes may still be written on the file system of a folder; `None` where it does not
/// tell.
#[cfg(target_os = "linux")]
pub(super) fn free(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    found.f_bavail.checked_mul(found.f_frsize)
}

/// How many bytes may still be written on the file system of a folder; `None` where it does not
/// tell.
#[cfg(not(target_os = "linux"))]
pub(super) fn free(_: &Path) -> Option<u64> {
    None
}
