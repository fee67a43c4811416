//! Where a pack goes: a file that it becomes in one step, or a stream.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};

use super::archive::Form;
use super::is_standard_output;
use crate::diagnostics::{Code, Diagnostic};
use crate::output::staging::{Refusal, Staging};

/// Where a pack goes.
#[derive(Debug)]
pub(super) struct Target {
    /// As the editor named it.
    shown: Utf8PathBuf,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// Standard output.
    Output,
    /// What is no regular file: a device, a pipe.
    Stream,
    /// A file. It is written in the staging folder beside it, and then moved here.
    File { place: PathBuf, staging: Staging },
}

impl Target {
    pub(super) fn open(path: &Utf8Path, form: Option<Form>) -> Result<Self, Diagnostic> {
        let shown = path.to_owned();
        let kind = match fs::metadata(path) {
            _ if is_standard_output(path) => Kind::Output,
            Ok(found) if found.is_dir() => return Err(bad(path, "is a folder")),
            Ok(found) if !found.is_file() => Kind::Stream,
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(cannot_write(path, &error));
            }
            _ if form.is_none() => {
                return Err(bad(path, "ends in none of .tar, .tar.gz, .tgz and .zip"));
            }
            _ => open_file(path)?,
        };
        if form == Some(Form::Zip) && !matches!(kind, Kind::File { .. }) {
            let message = "is no regular file, and a zip cannot be written as a stream";
            return Err(bad(path, message));
        }
        Ok(Target { shown, kind })
    }

    /// The file to write into.
    pub(super) fn create(&self) -> io::Result<File> {
        match &self.kind {
            Kind::Output => standard_output(),
            Kind::Stream => OpenOptions::new().write(true).open(&self.shown),
            Kind::File { staging, .. } => {
                let tree = staging.tree();
                fs::create_dir_all(&tree)?;
                File::create(staged(&tree))
            }
        }
    }

    /// The pack is whole: it takes its place.
    pub(super) fn land(&self) -> io::Result<()> {
        match &self.kind {
            Kind::Output | Kind::Stream => Ok(()),
            Kind::File { place, staging } => fs::rename(staged(&staging.tree()), place),
        }
    }

    pub(super) fn cannot_write(&self, error: &io::Error) -> Diagnostic {
        cannot_write(&self.shown, error)
    }
}

fn staged(tree: &Path) -> PathBuf {
    tree.join("pack")
}

/// A handle of its own, so that nothing is held back or changed on the way.
#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    let handle = io::stdout().as_fd().try_clone_to_owned()?;
    Ok(File::from(handle))
}

/// A handle of its own, so that nothing is held back or changed on the way.
#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    let handle = io::stdout().as_handle().try_clone_to_owned()?;
    Ok(File::from(handle))
}

/// Links are followed to the file itself, so that they go on leading to it.
fn open_file(path: &Utf8Path) -> Result<Kind, Diagnostic> {
    let place = match fs::canonicalize(path) {
        Ok(place) => place,
        Err(_) if fs::symlink_metadata(path).is_ok() => {
            return Err(bad(path, "is a link that leads nowhere"));
        }
        Err(_) => place_of_new(path).map_err(|error| cannot_write(path, &error))?,
    };
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".staging");
    let staging = Staging::open(place.with_file_name(name)).map_err(|refusal| match refusal {
        Refusal::Busy(holder) => busy(path, holder),
        Refusal::Foreign => Diagnostic::new(
            Code::ForeignFile,
            format!(
                "beside `{path}` lies a folder that no build made, where the pack is written first"
            ),
        )
        .help("move it away, or choose another `--pack`"),
        Refusal::System(error) => cannot_write(path, &error),
    })?;
    Ok(Kind::File { place, staging })
}

fn place_of_new(path: &Utf8Path) -> io::Result<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_str().is_empty() => folder,
        _ => Utf8Path::new("."),
    };
    fs::create_dir_all(folder)?;
    Ok(fs::canonicalize(folder)?.join(path.file_name().unwrap_or_default()))
}

fn bad(path: &Utf8Path, what: &str) -> Diagnostic {
    Diagnostic::new(Code::BadOutput, format!("the pack `{path}` {what}"))
        .help("give `--pack` a file such as `site.tar`, `site.tar.gz` or `site.zip`")
}

fn busy(path: &Utf8Path, holder: Option<u32>) -> Diagnostic {
    let holder = holder.map_or_else(String::new, |id| format!(" (process {id})"));
    let message = format!("another build{holder} is writing `{path}`");
    Diagnostic::new(Code::OutputBusy, message)
        .help("wait until it has ended, or choose another `--pack`")
}

fn cannot_write(path: &Utf8Path, error: &io::Error) -> Diagnostic {
    let message = format!("`{path}` cannot be written: {error}");
    Diagnostic::new(Code::CannotWrite, message)
        .help("check its permissions and the space left, or choose another `--pack`")
}
