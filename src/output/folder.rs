//! The output folder of a run: where it lies, who may write, what was written last.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};

use super::manifest::{self, Manifest};
use super::recover;
use super::staging::{self, Refusal, Staging};
use crate::diagnostics::{Code, Diagnostic};

/// The output folder, locked for this run, with the manifest of its last build.
///
/// Dropped without [`publish`](super::publish), it leaves no trace.
#[derive(Debug)]
pub struct Folder {
    /// As the editor named it; what is reported names files this way.
    shown: Utf8PathBuf,
    root: PathBuf,
    exists: bool,
    manifest: Manifest,
    staging: Staging,
    checksums: bool,
    /// Whether each file of the manifest was found in its place, as far as they were looked for.
    there: Vec<bool>,
}

impl Folder {
    /// Locks the folder at `path`, which need not exist yet and is not made here. What a build
    /// began and did not end is finished first.
    ///
    /// # Errors
    ///
    /// Another build holds the folder, something that is not a folder has its name, the
    /// system does not let anything be written beside it or in it, or a build that was broken off
    /// cannot be finished.
    pub fn open(path: &Utf8Path) -> Result<Self, Diagnostic> {
        let (root, exists) = locate(path)?;
        let staging = open_staging(path, &root, exists)?;
        // What another build has done is known only once none can do anything any more.
        let exists = exists || root.is_dir();
        let mut folder = Folder {
            shown: path.to_owned(),
            root,
            exists,
            manifest: Manifest::default(),
            staging,
            checksums: false,
            there: Vec::new(),
        };
        folder.read_manifest()?;
        if recover::finish(&folder)? {
            folder.read_manifest()?;
        }
        Ok(folder)
    }

    /// Finishes what a build began and did not end, as [`Folder::open`] does; whether there was
    /// anything to finish. Where there is none, the folder is not locked and nothing is read.
    ///
    /// # Errors
    ///
    /// As [`Folder::open`].
    pub fn recover(path: &Utf8Path) -> Result<bool, Diagnostic> {
        let Ok(root) = fs::canonicalize(path) else {
            return Ok(false);
        };
        let begun = Staging::has_journal(&root.join(staging::INSIDE))
            || beside(&root).is_some_and(|beside| Staging::has_journal(&beside));
        if begun {
            Folder::open(path)?;
        }
        Ok(begun)
    }

    /// Whether the site is given a list of the checksums of all its files too,
    /// [`checksum::NAME`](crate::checksum::NAME).
    #[must_use]
    pub fn with_checksums(mut self, checksums: bool) -> Self {
        self.checksums = checksums;
        self
    }

    pub(super) fn has_checksums(&self) -> bool {
        self.checksums
    }

    /// Looks already now which files of the last build are still in their places with their sizes,
    /// one after the other, until `enough`. The others are looked at when their pages are made.
    #[must_use]
    pub fn looked_over(mut self, enough: &AtomicBool) -> Self {
        let files = self.manifest.files();
        let files = files.take_while(|_| !enough.load(Ordering::Relaxed));
        let there = files.map(|(path, print)| super::holds(&self, path, print.size));
        self.there = there.collect();
        self
    }

    /// Whether the file at this place of the manifest was in its place when the folder was
    /// [looked over](Folder::looked_over); `None` where that did not come so far.
    pub(super) fn is_there(&self, place: usize) -> Option<bool> {
        self.there.get(place).copied()
    }

    fn read_manifest(&mut self) -> Result<(), Diagnostic> {
        if self.exists {
            self.manifest = read_manifest(&self.shown, &self.root)?;
        }
        Ok(())
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the folder was there when this run began.
    pub(super) fn exists(&self) -> bool {
        self.exists
    }

    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn staging(&self) -> &Staging {
        &self.staging
    }

    /// Where a path of the site lies on disk.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        super::place(&self.root, path)
    }

    /// A path of the site as the editor would name it.
    pub(super) fn shown(&self, path: &str) -> Utf8PathBuf {
        self.shown.join(path)
    }

    /// The system refused to read or write this path of the site.
    pub(super) fn cannot_write(&self, path: &str, error: &io::Error) -> Diagnostic {
        cannot_write(&self.shown(path), error)
    }
}

/// The folder itself, links to it followed, and whether it is there.
fn locate(path: &Utf8Path) -> Result<(PathBuf, bool), Diagnostic> {
    let root = match fs::canonicalize(path) {
        Ok(root) if root.is_dir() => root,
        Ok(_) => return Err(bad_output(path, "is a file, not a folder")),
        Err(error) if error.kind() == ErrorKind::NotFound => return locate_new(path),
        Err(error) => return Err(cannot_write(path, &error)),
    };
    if root.parent().is_none() {
        return Err(bad_output(path, "is the root of the file system"));
    }
    Ok((root, true))
}

fn locate_new(path: &Utf8Path) -> Result<(PathBuf, bool), Diagnostic> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(bad_output(path, "is a link that leads nowhere"));
    }
    let Some(name) = path.file_name() else {
        return Err(bad_output(path, "has no name of its own"));
    };
    let parent = match path.parent() {
        Some(parent) if !parent.as_str().is_empty() => parent,
        _ => Utf8Path::new("."),
    };
    let parent = fs::create_dir_all(parent)
        .and_then(|()| fs::canonicalize(parent))
        .map_err(|error| cannot_write(path, &error))?;
    Ok((parent.join(name), false))
}

fn read_manifest(path: &Utf8Path, root: &Path) -> Result<Manifest, Diagnostic> {
    let file = path.join(manifest::NAME);
    // Only a regular file can be ours, and the next manifest has to take its place.
    match fs::symlink_metadata(root.join(manifest::NAME)) {
        Ok(found) if !found.is_file() => {
            return Err(foreign(
                &file,
                "is not a plain file, and the manifest must go there",
            ));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Manifest::default()),
        Err(error) => return Err(cannot_write(&file, &error)),
    }
    Manifest::read(root).map_err(|error| cannot_write(&file, &error))
}

/// Beside the output if that can be, so that nothing half done is ever inside it; otherwise
/// inside. Either way on its file system, where moving a file is one step.
fn open_staging(path: &Utf8Path, root: &Path, exists: bool) -> Result<Staging, Diagnostic> {
    let inside = root.join(staging::INSIDE);
    let chosen = match beside(root) {
        // An exchange is finished from where it began.
        _ if exists && Staging::has_journal(&inside) => inside.clone(),
        Some(beside) if exists && Staging::has_journal(&beside) => beside,
        Some(beside) if !exists || on_one_file_system(root) => beside,
        _ => inside.clone(),
    };
    let (place, result) = match Staging::open(chosen.clone()) {
        Err(Refusal::System(error)) if exists && is_forbidden(&error) => {
            (inside.clone(), Staging::open(inside))
        }
        result => (chosen, result),
    };
    result.map_err(|refusal| match refusal {
        Refusal::Busy(holder) => busy(path, holder),
        Refusal::Foreign => {
            let place = place.to_string_lossy().into_owned();
            foreign(
                Utf8Path::new(&place),
                "is where changed files are put aside, but no build made it",
            )
        }
        Refusal::System(error) => cannot_write(path, &error),
    })
}

fn beside(root: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(root.file_name()?);
    name.push(".staging");
    Some(root.parent()?.join(name))
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

/// Whether the folder and its parent are on one: a mounted folder is not.
#[cfg(unix)]
fn on_one_file_system(root: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    root.parent().and_then(device) == device(root)
}

/// Whether the folder and its parent are on one: drives have letters, so they nearly always are.
#[cfg(not(unix))]
fn on_one_file_system(_: &Path) -> bool {
    true
}

/// `what` goes on with the sentence that the path begins.
pub(super) fn foreign(shown: &Utf8Path, what: &str) -> Diagnostic {
    Diagnostic::new(Code::ForeignFile, format!("`{shown}` {what}"))
        .help("move it away, keep it in `static/` if it belongs to the site, or choose another `--output`")
}

fn cannot_write(shown: &Utf8Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::CannotWrite,
        format!("`{shown}` cannot be written: {error}"),
    )
    .help("check its permissions and the space left, or choose another `--output`")
}

fn bad_output(path: &Utf8Path, what: &str) -> Diagnostic {
    Diagnostic::new(Code::BadOutput, format!("the output `{path}` {what}"))
        .help("give `--output` a folder that holds nothing else, such as `public`")
}

fn busy(path: &Utf8Path, holder: Option<u32>) -> Diagnostic {
    let holder = holder.map_or_else(String::new, |id| format!(" (process {id})"));
    Diagnostic::new(
        Code::OutputBusy,
        format!("another build{holder} is writing into `{path}`"),
    )
    .help("wait until it has ended, or choose another `--output`")
}
