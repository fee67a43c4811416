//! What the last build wrote: one line per file, in the output folder itself.
//!
//! It travels with the folder it describes, so that losing a cache never makes our own files
//! look foreign. It holds no times: the same site gives the same manifest.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;

use super::paths;
use crate::digest::Digest;

/// The manifest's own name in the output folder.
pub(super) const NAME: &str = ".morgue-manifest";

const HEADER: &str = "morgue-manifest 1\n";

/// What bytes are recognised by: 128 bits of their BLAKE3 hash, and how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    hash: Digest,
    pub(super) size: u64,
}

impl Print {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Print {
            hash: Digest::of(bytes),
            size: bytes.len() as u64,
        }
    }

    /// Whether these are such bytes.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        *self == Print::of(bytes)
    }
}

/// A file that a build of ours wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: Box<str>,
    pub(super) print: Print,
}

/// Every file that the last build wrote or found unchanged, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    entries: Vec<Entry>,
    /// What its text is recognised by; the digest of nothing where there is none.
    seal: Digest,
}

impl Manifest {
    /// The manifest of these files, which come sorted by path.
    pub(super) fn new<'a>(files: impl Iterator<Item = (&'a str, Print)> + Clone) -> Self {
        // Nothing can go wrong where nothing is written.
        let seal = write(&mut io::sink(), files.clone()).unwrap_or_default();
        let entries = files.map(|(path, print)| Entry {
            path: path.into(),
            print,
        });
        Manifest {
            entries: entries.collect(),
            seal,
        }
    }

    /// The manifest in this folder; empty if there is none, or none that is whole.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        match fs::read(folder.join(NAME)) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).unwrap_or_default();
                Ok(Manifest::parse(&text).unwrap_or_default())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Manifest::default()),
            Err(error) => Err(error),
        }
    }

    /// `None` if the text is damaged or cut anywhere: a part of a manifest would make the rest
    /// of our files look foreign one by one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let body = text.strip_suffix('\n')?;
        let last = body.rfind('\n')? + 1;
        let (listed, seal) = text.split_at(last);
        let whole = Digest::of(listed.as_bytes());
        if seal != closing(whole) {
            return None;
        }
        let entries: Vec<Entry> = listed
            .strip_prefix(HEADER)?
            .par_lines()
            .map(parse_line)
            .collect::<Option<_>>()?;
        entries
            .is_sorted_by(|a, b| a.path < b.path)
            .then_some(Manifest {
                entries,
                seal: whole,
            })
    }

    /// What it is recognised by.
    pub(super) fn seal(&self) -> Digest {
        self.seal
    }

    /// Whether it lists just these files, which come sorted by path.
    pub(super) fn lists<'a>(&self, mut files: impl Iterator<Item = (&'a str, Print)>) -> bool {
        let same = |(path, print)| files.next() == Some((path, print));
        self.files().all(same) && files.next().is_none()
    }

    /// The text that [`Manifest::read`] understands.
    pub(super) fn to_text(&self) -> String {
        let mut text = Vec::new();
        // Writing into memory cannot fail, and all that is written is text.
        let _ = write(&mut text, self.files());
        String::from_utf8(text).unwrap_or_default()
    }

    /// Each file with its print.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, Print)> {
        self.entries.iter().map(|entry| (&*entry.path, entry.print))
    }

    /// How many files it lists.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The place of a path among all, and how it was last written.
    pub(super) fn find(&self, path: &str) -> Option<(usize, Print)> {
        let index = self
            .entries
            .binary_search_by(|entry| (*entry.path).cmp(path))
            .ok()?;
        self.entries.get(index).map(|entry| (index, entry.print))
    }

    /// Finds paths that come sorted.
    pub(super) fn in_turn(&self) -> InTurn<'_> {
        InTurn {
            entries: &self.entries,
            at: None,
        }
    }

    /// How this path was last written; `None` if no build of ours wrote it.
    pub(super) fn get(&self, path: &str) -> Option<&Print> {
        let (index, _) = self.find(path)?;
        self.entries.get(index).map(|entry| &entry.print)
    }

    /// Each file, by path.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }
}

/// Finds paths that come sorted, each from where the last one was found: most of them are the very
/// next.
#[derive(Debug)]
pub(super) struct InTurn<'m> {
    entries: &'m [Entry],
    at: Option<usize>,
}

impl InTurn<'_> {
    /// So many entries are gone through before it is searched in the rest of them.
    const STEPS: usize = 8;

    /// As [`Manifest::find`], for a path after those that were asked for before.
    pub(super) fn find(&mut self, path: &str) -> Option<(usize, Print)> {
        let before = |entry: &Entry| &*entry.path < path;
        let start = self.at.unwrap_or_default();
        let rest = self.entries.get(start..).unwrap_or_default();
        let mut near = rest.iter().take(Self::STEPS);
        let steps = self.at.and_then(|_| near.position(|entry| !before(entry)));
        let at = start + steps.unwrap_or_else(|| rest.partition_point(before));
        self.at = Some(at);
        let found = self.entries.get(at).filter(|entry| *entry.path == *path);
        found.map(|entry| (at, entry.print))
    }
}

fn parse_line(line: &str) -> Option<Entry> {
    let mut fields = line.splitn(3, ' ');
    let hash = fields.next().filter(|hex| hex.len() == 32)?;
    let hash = u128::from_str_radix(hash, 16).ok()?.to_be_bytes();
    let size = fields.next()?.parse().ok()?;
    // A forged manifest must not be able to delete files outside the folder.
    let path = fields.next().filter(|path| paths::is_possible(path))?;
    Some(Entry {
        path: path.into(),
        print: Print {
            hash: Digest::from_bytes(hash),
            size,
        },
    })
}

/// Writes the manifest of these files, which come sorted by path; gives what it is recognised by. It
/// is never in memory as a whole.
pub(super) fn write<'a>(
    file: &mut impl Write,
    files: impl Iterator<Item = (&'a str, Print)>,
) -> io::Result<Digest> {
    let mut listed = blake3::Hasher::new();
    let mut waiting = HEADER.to_owned();
    for (path, print) in files {
        push_line(&mut waiting, path, print);
        if waiting.len() >= AT_ONCE {
            listed.update(waiting.as_bytes());
            file.write_all(waiting.as_bytes())?;
            waiting.clear();
        }
    }
    listed.update(waiting.as_bytes());
    file.write_all(waiting.as_bytes())?;
    let seal = Digest::short(listed.finalize());
    file.write_all(closing(seal).as_bytes())?;
    Ok(seal)
}

/// So many bytes are summed and written in one go.
const AT_ONCE: usize = 1 << 16;

fn push_line(text: &mut String, path: &str, print: Print) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in print.hash.bytes() {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text.push(' ');
    text.push_str(&print.size.to_string());
    text.push(' ');
    text.push_str(path);
    text.push('\n');
}

/// The last line: by it a manifest that was cut or changed is recognised.
fn closing(seal: Digest) -> String {
    format!("end {}\n", seal.hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let files = [
            ("2019/index.html", "old"),
            ("a b/é.html", "x"),
            ("index.html", ""),
        ];
        Manifest::new(
            files
                .into_iter()
                .map(|(path, text)| (path, Print::of(text.as_bytes()))),
        )
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = sample().to_text();
        assert_eq!(Manifest::parse(&text), Some(sample()));
        assert!(text.starts_with("morgue-manifest 1\n"));
        assert!(text.lines().any(|line| line.ends_with(" 1 a b/é.html")));
        let empty = Manifest::new(std::iter::empty());
        assert_eq!(Manifest::parse(&empty.to_text()), Some(empty));
    }

    #[test]
    fn what_is_asked_for_in_turn_is_found_wherever_it_stands() {
        let paths: Vec<String> = (0..60).map(|n| format!("{n:02}")).collect();
        let files = paths.iter().map(|path| (path.as_str(), Print::of(b"")));
        let manifest = Manifest::new(files.filter(|(path, _)| !path.ends_with('7')));
        for step in 1..paths.len() {
            for start in 0..paths.len() {
                let mut turn = manifest.in_turn();
                for path in paths[start..].iter().step_by(step) {
                    assert_eq!(turn.find(path), manifest.find(path), "{path} by {step}");
                }
            }
        }
    }

    #[test]
    fn a_manifest_cut_anywhere_is_none() {
        let text = sample().to_text();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(Manifest::parse(&text[..end]), None, "cut at {end}");
        }
    }

    #[test]
    fn a_manifest_with_any_byte_changed_is_none() {
        let text = sample().to_text();
        for index in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[index] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            assert_eq!(Manifest::parse(&changed), None, "changed at {index}");
        }
    }

    #[test]
    fn a_sealed_manifest_cannot_name_files_outside() {
        for path in ["../secret", "/etc/passwd", "a/../../b", ""] {
            let forged = Manifest::new([(path, Print::of(b"x"))].into_iter());
            assert_eq!(Manifest::parse(&forged.to_text()), None, "{path}");
        }
    }
}
