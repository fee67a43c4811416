//! What imports have written into a site, so that the next can tell what was edited since.
//!
//! It stands in `.morgue-import.tsv` in the folder of the site: a line for each file, with its
//! path, the digest of what was written, and what it was made from. Whoever keeps the site under
//! version control keeps this file with it.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, ErrorKind, Write};

use camino::{Utf8Path, Utf8PathBuf};

use serde::Serialize;

use super::place;
use crate::digest::Digest;

/// The name of the file.
pub const FILE: &str = ".morgue-import.tsv";

/// What became of one piece of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A file that was not there.
    New,
    /// One that is as the last import left it, and is written anew.
    Updated,
    /// One that says the same already.
    Unchanged,
    /// One that was edited by hand, or is none of an import's, and stays as it is.
    Kept,
    /// One that an import wrote and somebody deleted or moved since; it stays away.
    Deleted,
    /// No article, and none was looked for in it: a list of articles, a second copy.
    LeftOut,
    /// No article, for something is wrong.
    Refused,
}

impl Outcome {
    /// Its name, as reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Kept => "kept",
            Outcome::Deleted => "deleted",
            Outcome::LeftOut => "left-out",
            Outcome::Refused => "refused",
        }
    }
}

/// Files that imports wrote.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<Box<str>, (Digest, Box<str>)>,
    places: BTreeMap<Box<str>, Box<str>>,
}

impl Memory {
    /// Reads what is remembered in the folder of a site. Lines that cannot be read are passed over:
    /// their files count as edited.
    ///
    /// # Errors
    /// What the system said.
    pub fn read(site: &Utf8Path) -> Result<Memory, String> {
        let path = site.join(FILE);
        let file = match std::fs::File::open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Memory::default()),
            other => other.map_err(|error| format!("{path} cannot be read: {error}"))?,
        };
        let mut memory = Memory::default();
        for line in BufReader::new(file).lines() {
            let line = line.map_err(|error| format!("{path} cannot be read: {error}"))?;
            let mut parts = line.split('\t');
            if let (Some(path), Some(digest), Some(source)) =
                (parts.next(), parts.next().and_then(digest), parts.next())
            {
                memory.files.insert(path.into(), (digest, source.into()));
                if !source.is_empty() {
                    memory.places.insert(source.into(), path.into());
                }
            }
        }
        Ok(memory)
    }

    /// The file that was made from this before.
    pub fn place(&self, source: &str) -> Option<&str> {
        self.places.get(source).map(AsRef::as_ref)
    }

    /// Forgets a file, so that it counts as new where it is missing.
    pub fn forget(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// Puts a file into its place. `dry` only says what would be done.
    ///
    /// What somebody edited is known as edited ever after: the digest of what was written stays.
    ///
    /// # Errors
    /// What the system said.
    pub fn put(
        &mut self,
        site: &Utf8Path,
        path: &str,
        bytes: &[u8],
        source: &str,
        dry: bool,
    ) -> Result<Outcome, String> {
        let whole = site.join(path);
        let digest = Digest::of(bytes);
        let outcome = match std::fs::read(&whole) {
            Err(error) if error.kind() == ErrorKind::NotFound => match self.files.get(path) {
                Some(_) => return Ok(Outcome::Deleted),
                None => Outcome::New,
            },
            Err(error) => return Err(format!("{whole} cannot be read: {error}")),
            Ok(there) if there == bytes => Outcome::Unchanged,
            Ok(there) => match self.files.get(path) {
                Some((old, _)) if *old == Digest::of(&there) => Outcome::Updated,
                _ => return Ok(Outcome::Kept),
            },
        };
        if dry {
            return Ok(outcome);
        }
        if outcome != Outcome::Unchanged {
            place::write_many(&whole, bytes)?;
        }
        let source: Box<str> = source.replace(['\t', '\n', '\r'], " ").into();
        self.files.insert(path.into(), (digest, source));
        Ok(outcome)
    }

    /// Writes all of it down.
    ///
    /// # Errors
    /// What the system said.
    pub fn write(&self, site: &Utf8Path) -> Result<(), String> {
        let path = site.join(FILE);
        let beside = site.join(format!("{FILE}.part"));
        let failed = |error: std::io::Error| format!("{path} cannot be written: {error}");
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&beside)
            .map_err(failed)?;
        let mut out = std::io::BufWriter::new(file);
        for (path, (digest, source)) in &self.files {
            writeln!(out, "{path}\t{}\t{source}", digest.hex()).map_err(failed)?;
        }
        out.flush().map_err(failed)?;
        std::fs::rename(&beside, &path).map_err(failed)
    }

    /// The paths of everything imports wrote from sources that `fits`, with those sources.
    pub fn files<'m>(
        &'m self,
        fits: &'m dyn Fn(&str) -> bool,
    ) -> impl Iterator<Item = (Utf8PathBuf, &'m str)> {
        let all = self
            .files
            .iter()
            .filter(move |(_, (_, source))| fits(source));
        all.map(|(path, (_, source))| (Utf8PathBuf::from(path.as_ref()), source.as_ref()))
    }
}

fn digest(hex: &str) -> Option<Digest> {
    let mut bytes = [0; 16];
    if hex.len() != 32 {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(Digest::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_edited_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8Path::from_path(folder.path()).unwrap();
        let mut memory = Memory::read(site).unwrap();
        let put = |memory: &mut Memory, text: &str| {
            memory
                .put(site, "a/b.md", text.as_bytes(), "x:1", false)
                .unwrap()
        };
        assert_eq!(put(&mut memory, "one"), Outcome::New);
        memory.write(site).unwrap();
        let mut memory = Memory::read(site).unwrap();
        assert_eq!(memory.place("x:1"), Some("a/b.md"));
        assert_eq!(put(&mut memory, "one"), Outcome::Unchanged);
        assert_eq!(put(&mut memory, "two"), Outcome::Updated);
        let mut file = OpenOptions::new()
            .append(true)
            .open(site.join("a/b.md"))
            .unwrap();
        file.write_all(b" by hand").unwrap();
        assert_eq!(put(&mut memory, "three"), Outcome::Kept);
        assert_eq!(put(&mut memory, "three"), Outcome::Kept);
        assert_eq!(
            std::fs::read_to_string(site.join("a/b.md")).unwrap(),
            "two by hand"
        );
        std::fs::remove_file(site.join("a/b.md")).unwrap();
        assert_eq!(put(&mut memory, "four"), Outcome::Deleted);
        assert!(!site.join("a/b.md").exists());
        memory.forget("a/b.md");
        assert_eq!(put(&mut memory, "four"), Outcome::New);
    }
}
