//! Looks into archives: what is compressed is published as well.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use super::Leaks;

/// How deep archives in archives are looked into.
const DEEPEST: usize = 4;

/// How much is unpacked at once.
const CHUNK: usize = 4 << 20;

/// How much of a chunk is looked through again with the next, so that nothing is missed that lies
/// across.
pub(super) const OVERLAP: usize = 16 << 10;

/// How much of one file of the output is unpacked: more is a bomb, or nothing a reader can use.
const MOST: u64 = 1 << 30;

/// How far a look into a file reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    All,
    Part,
}

/// How much of a file may still be unpacked.
struct Budget(u64);

impl Leaks<'_> {
    /// Looks through bytes, and into what they pack.
    pub(super) fn search_all(
        &self,
        path: &str,
        bytes: &[u8],
        hits: &mut BTreeSet<usize>,
    ) -> Reached {
        self.search_within(path, bytes, hits, 0, &mut Budget(MOST))
    }

    fn search_within(
        &self,
        path: &str,
        bytes: &[u8],
        hits: &mut BTreeSet<usize>,
        deep: usize,
        budget: &mut Budget,
    ) -> Reached {
        let kind = Packed::of(bytes);
        if kind.is_some() && deep == DEEPEST {
            return Reached::Part;
        }
        match kind {
            None => {
                self.search(path, bytes, hits);
                Reached::All
            }
            Some(Packed::Gzip) => {
                let unpacked = flate2::read::MultiGzDecoder::new(bytes);
                self.stream(path, unpacked, hits, deep + 1, budget)
            }
            Some(Packed::Zip) => self.zip(path, bytes, hits, deep + 1, budget),
            // What nobody here can unpack is looked through as it is, and told.
            Some(Packed::Other) => {
                self.search(path, bytes, hits);
                Reached::Part
            }
        }
    }

    fn zip(
        &self,
        path: &str,
        bytes: &[u8],
        hits: &mut BTreeSet<usize>,
        deep: usize,
        budget: &mut Budget,
    ) -> Reached {
        let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            self.search(path, bytes, hits);
            return Reached::Part;
        };
        self.search(path, zip.comment(), hits);
        let mut reached = Reached::All;
        for index in 0..zip.len() {
            let one = match zip.by_index(index) {
                Ok(file) => {
                    if let Ok(name) = file.name() {
                        self.search(path, name.as_bytes(), hits);
                    }
                    self.stream(path, file, hits, deep, budget)
                }
                Err(_) => Reached::Part,
            };
            if one == Reached::Part {
                reached = one;
            }
        }
        reached
    }

    /// Looks through what is unpacked, piece by piece, and into archives among it.
    fn stream(
        &self,
        path: &str,
        mut unpacked: impl Read,
        hits: &mut BTreeSet<usize>,
        deep: usize,
        budget: &mut Budget,
    ) -> Reached {
        let mut chunk: Vec<u8> = Vec::new();
        let mut first = true;
        loop {
            let room = (CHUNK as u64).min(budget.0);
            let read = match (&mut unpacked).take(room).read_to_end(&mut chunk) {
                Ok(read) => read as u64,
                Err(_) => {
                    self.search(path, &chunk, hits);
                    return Reached::Part;
                }
            };
            budget.0 -= read;
            if first && Packed::of(&chunk).is_some() {
                let rest = (&mut unpacked).take(budget.0).read_to_end(&mut chunk);
                let Ok(rest) = rest else { return Reached::Part };
                budget.0 = budget.0.saturating_sub(rest as u64);
                return self.search_within(path, &chunk, hits, deep, budget);
            }
            first = false;
            self.search(path, &chunk, hits);
            if read < CHUNK as u64 {
                return match budget.0 {
                    0 => Reached::Part,
                    _ => Reached::All,
                };
            }
            let keep = chunk.len().saturating_sub(OVERLAP);
            chunk.drain(..keep);
        }
    }
}

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packed {
    Gzip,
    Zip,
    /// A way that is known and not understood here.
    Other,
}

impl Packed {
    /// By the first bytes; `None` for what is not packed.
    fn of(bytes: &[u8]) -> Option<Packed> {
        match bytes {
            [0x1F, 0x8B, 8, ..] => Some(Packed::Gzip),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Packed::Zip),
            // Zstandard, xz, bzip2, 7z, RAR, LZ4.
            [0x28, 0xB5, 0x2F, 0xFD, ..]
            | [0xFD, b'7', b'z', b'X', b'Z', 0, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', ..]
            | [b'7', b'z', 0xBC, 0xAF, ..]
            | [b'R', b'a', b'r', b'!', ..]
            | [0x04, 0x22, 0x4D, 0x18, ..] => Some(Packed::Other),
            _ => None,
        }
    }
}
