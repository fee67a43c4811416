//! `.morgue/`: what one run remembers for the next.
//!
//! A leaf that knows nothing of the stages. Whatever lies here can be deleted at any time: what is
//! missing, old or damaged costs time and never correctness. So nothing here is an error either;
//! where the folder cannot be made or written, nothing is remembered.

mod identity;

use std::fs::{self, File};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufWriter, Write as _};
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};

pub use identity::Identity;

/// The folder, beside `site.toml`.
pub const FOLDER: &str = ".morgue";

/// The folder of a site, open for this run.
#[derive(Debug)]
pub struct Cache {
    folder: Utf8PathBuf,
    /// When this run began, by the clock of the file system that holds the folder.
    began: SystemTime,
}

impl Cache {
    /// Makes the folder where it is not there yet. `None` where that cannot be.
    pub fn open(site: &Utf8Path) -> Option<Cache> {
        let folder = site.join(FOLDER);
        match fs::symlink_metadata(&folder) {
            // Nothing is written through a link: it may lead out of the site.
            Ok(found) if !found.is_dir() => return None,
            Ok(_) => {}
            Err(_) => fs::create_dir(&folder).ok()?,
        }
        let mut cache = Cache {
            folder,
            began: SystemTime::UNIX_EPOCH,
        };
        // Version control shall not take in what only this machine can use.
        if fs::symlink_metadata(cache.folder.join(".gitignore")).is_err() {
            cache.replace(".gitignore", |file| file.write_all(b"*\n"))?;
        }
        // Where nothing can be written, as in a folder that many machines share to read, what the
        // last run left is of use all the same; then no file counts as older than this run.
        if cache.replace("began", |_| Ok(())).is_some() {
            let began = fs::metadata(cache.folder.join("began")).ok()?;
            cache.began = began.modified().ok()?;
            cache.sweep();
        }
        Some(cache)
    }

    /// Deletes what runs that were killed left half written, a day later.
    fn sweep(&self) {
        let day = Duration::from_secs(24 * 60 * 60);
        let before = self.began.checked_sub(day).unwrap_or(self.began);
        let entries = fs::read_dir(&self.folder).into_iter().flatten();
        for entry in entries.flatten() {
            let name = entry.file_name();
            let is_aside = name.to_str().is_some_and(|name| name.contains(".aside-"));
            let is_old = |found: fs::Metadata| found.modified().is_ok_and(|time| time < before);
            if is_aside && entry.metadata().is_ok_and(is_old) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A file of the folder, to be read; `None` where there is none.
    pub fn file(&self, name: &str) -> Option<File> {
        let path = self.folder.join(name);
        let found = fs::symlink_metadata(&path).ok()?;
        found.is_file().then(|| File::open(path).ok())?
    }

    /// Puts a new file in the place of an old one, in one step once it is whole. `None` where the
    /// system refuses; the old one is then gone or as it was.
    pub fn replace(
        &self,
        name: &str,
        fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Option<()> {
        // Runs on several machines may share the folder, so not even the process tells them apart.
        let own = RandomState::new().build_hasher().finish();
        let aside = self.folder.join(format!("{name}.aside-{own:016x}"));
        let write = || -> io::Result<()> {
            let mut file = BufWriter::new(File::create_new(&aside)?);
            fill(&mut file)?;
            file.into_inner()?;
            fs::rename(&aside, self.folder.join(name))
        };
        let written = write();
        if written.is_err() {
            let _ = fs::remove_file(&aside);
        }
        written.ok()
    }

    /// What a file is recognised by without reading it.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn identity(&self, path: &Utf8Path) -> io::Result<Identity> {
        fs::metadata(path).map(|found| Identity::of(&found, self.began))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use tempfile::TempDir;

    use super::*;

    fn site() -> (TempDir, Utf8PathBuf) {
        let dir = TempDir::new().unwrap();
        let path = Utf8PathBuf::from_path_buf(dir.path().to_owned()).unwrap();
        (dir, path)
    }

    #[test]
    fn what_is_put_in_is_there_again() {
        let (_dir, site) = site();
        let cache = Cache::open(&site).unwrap();
        assert!(cache.file("notes").is_none());
        cache
            .replace("notes", |file| file.write_all(b"one"))
            .unwrap();
        cache
            .replace("notes", |file| file.write_all(b"two"))
            .unwrap();
        let mut text = String::new();
        let again = Cache::open(&site).unwrap();
        again
            .file("notes")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "two");
        let ignored = fs::read_to_string(site.join(FOLDER).join(".gitignore")).unwrap();
        assert_eq!(ignored, "*\n");
    }

    #[test]
    fn what_could_not_be_finished_leaves_the_old_file() {
        let (_dir, site) = site();
        let cache = Cache::open(&site).unwrap();
        cache
            .replace("notes", |file| file.write_all(b"one"))
            .unwrap();
        let failed = cache.replace("notes", |_| Err(io::Error::other("full")));
        assert_eq!(failed, None);
        let mut text = String::new();
        cache
            .file("notes")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "one");
        assert_eq!(fs::read_dir(site.join(FOLDER)).unwrap().count(), 3);
    }

    /// A folder in the way of a file stands for all that the system may refuse.
    #[test]
    fn what_cannot_be_written_can_be_read_all_the_same() {
        let (_dir, site) = site();
        let cache = Cache::open(&site).unwrap();
        cache
            .replace("notes", |file| file.write_all(b"one"))
            .unwrap();
        let began = site.join(FOLDER).join("began");
        fs::remove_file(&began).unwrap();
        fs::create_dir_all(began.join("x")).unwrap();
        let cache = Cache::open(&site).unwrap();
        assert!(cache.file("notes").is_some());
        let identity = cache.identity(&site.join(FOLDER).join("notes")).unwrap();
        assert!(!identity.is_certain());
    }

    #[test]
    #[cfg(unix)]
    fn nothing_is_written_through_a_link() {
        let (_dir, site) = site();
        let elsewhere = TempDir::new().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), site.join(FOLDER)).unwrap();
        assert!(Cache::open(&site).is_none());
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
