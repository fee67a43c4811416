//! Writes a revision: every file whole, and all of them or none as far as the system lets us.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Edit, Revision};

/// How far the writing came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The files that have their new text, seen from the folder of `site.toml`.
    pub done: Vec<Utf8PathBuf>,
    /// Why the others have not.
    pub failed: Option<String>,
}

/// A new text that lies beside its file, ready to take its place.
struct Staged {
    beside: Utf8PathBuf,
    target: Utf8PathBuf,
}

impl Revision {
    /// Writes all files. Each is written beside the old one first; only when all are there do they
    /// take the places of the old ones, one after the other. A file that changed since it was read
    /// stops everything before anything is written.
    pub fn write(&self) -> Written {
        let mut staged = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            match self.stage(edit) {
                Ok(file) => staged.push(file),
                Err(reason) => {
                    remove(&staged);
                    return Written {
                        done: Vec::new(),
                        failed: Some(reason),
                    };
                }
            }
        }
        let mut written = Written::default();
        for (index, (file, edit)) in staged.iter().zip(&self.edits).enumerate() {
            let placed = match edit.before {
                Some(_) => std::fs::rename(&file.beside, &file.target),
                // A file that came in between stays as it is.
                None => std::fs::hard_link(&file.beside, &file.target)
                    .and_then(|()| std::fs::remove_file(&file.beside)),
            };
            if let Err(error) = placed {
                written.failed = Some(format!("{} cannot be replaced: {error}", edit.file));
                remove(staged.get(index..).unwrap_or_default());
                return written;
            }
            written.done.push(edit.file.clone());
        }
        written
    }

    fn stage(&self, edit: &Edit) -> Result<Staged, String> {
        let path = self.folder.join(&edit.file);
        let failed = |error: std::io::Error| format!("{} cannot be written: {error}", edit.file);
        let (target, permissions) = match &edit.before {
            Some(before) => {
                // A link stays one: what it leads to is what changes.
                let target = path.canonicalize_utf8().map_err(failed)?;
                if std::fs::read(&target).map_err(failed)? != before.as_bytes() {
                    return Err(format!(
                        "{} changed in the meantime; run the command again",
                        edit.file
                    ));
                }
                let permissions = std::fs::metadata(&target).map_err(failed)?.permissions();
                if permissions.readonly() {
                    return Err(format!("{} is read-only", edit.file));
                }
                (target, Some(permissions))
            }
            None => {
                if path.symlink_metadata().is_ok() {
                    return Err(format!(
                        "{} is there already, and is left as it is",
                        edit.file
                    ));
                }
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(failed)?;
                }
                (path, None)
            }
        };
        let beside = beside(&target);
        let mut file = new_file(&beside).map_err(failed)?;
        let staged = Staged { beside, target };
        let filled = file.write_all(edit.after.as_bytes()).and_then(|()| {
            if let Some(permissions) = permissions {
                file.set_permissions(permissions)?;
            }
            file.sync_all()
        });
        filled.map_err(|error| {
            remove(std::slice::from_ref(&staged));
            failed(error)
        })?;
        Ok(staged)
    }
}

/// The name under which a new text waits; hidden, so that no build takes it for content.
fn beside(target: &Utf8Path) -> Utf8PathBuf {
    let name = target.file_name().unwrap_or_default();
    target.with_file_name(format!(".{name}.morgue-new"))
}

/// A new file; one that a run left which was ended gives way.
fn new_file(path: &Utf8Path) -> std::io::Result<File> {
    let open = || OpenOptions::new().write(true).create_new(true).open(path);
    match open() {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            std::fs::remove_file(path)?;
            open()
        }
        opened => opened,
    }
}

fn remove(staged: &[Staged]) {
    for file in staged {
        // What cannot be removed is hidden, and gives way to the next run.
        let _ = std::fs::remove_file(&file.beside);
    }
}
