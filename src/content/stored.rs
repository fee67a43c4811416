//! What was read, stored in `.morgue/`, so that the next run reads only what changed.
//!
//! The files are stored in blocks, in their order. A block whose files are all as they were is
//! taken over byte for byte. A file that looks different but holds the same is not parsed again.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::roster::Roster;
use super::walk::Found;
use super::{Read, read_one};
use crate::cache::{Cache, Identity};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::digest::Digest;

/// The file's name in the cache.
const NAME: &str = "read";
const HEADER: &[u8; 16] = b"morgue-read 1\n\0\0";
/// How many files a block has. One changed file costs as much as a block.
const BLOCK: usize = 256;
/// How many blocks are made ready before they are written.
const AT_ONCE: usize = 64;

/// One file with what was read from it.
#[derive(Deserialize)]
struct Entry {
    found: Found,
    identity: Identity,
    mark: Digest,
    read: Read,
    notes: Diagnostics,
}

/// The same, lent to be written.
#[derive(Serialize)]
struct Lent<'a> {
    found: &'a Found,
    identity: Identity,
    mark: Digest,
    read: &'a Read,
    notes: &'a Diagnostics,
}

/// What one file gave, and by what it is recognised; `None` for one that could not be read.
pub(super) struct Taken {
    pub(super) read: Read,
    pub(super) notes: Diagnostics,
    known: Option<(Identity, Digest)>,
}

/// Reads these files, sorted as they are, with the help of what the last run stored; and stores it
/// for the next.
pub(super) fn read(config: &Config, cache: &Cache, roster: &Roster, files: &[Found]) -> Vec<Taken> {
    let fingerprint = config.fingerprint();
    let store = Store::open(cache, fingerprint);
    let blocks = store.as_ref().map_or(&[][..], |store| &store.blocks);
    let old: Vec<Old> = blocks
        .par_iter()
        .map(|block| {
            store
                .as_ref()
                .map_or_else(Old::default, |s| s.old(config, cache, roster, files, block))
        })
        .collect();
    let mut taken: Vec<Option<Taken>> = files.iter().map(|_| None).collect();
    let mut whole: Vec<Whole> = Vec::new();
    for (old, block) in old.into_iter().zip(blocks) {
        if let (true, Some((start, _))) = (old.whole, old.taken.first()) {
            whole.push(Whole {
                start: *start,
                block: *block,
            });
        }
        for (index, one) in old.taken {
            taken[index] = Some(one);
        }
    }
    let taken: Vec<Taken> = taken
        .into_par_iter()
        .zip(files)
        .map(|(taken, found)| taken.unwrap_or_else(|| anew(config, cache, roster, found)))
        .collect();
    let pieces = pieces(&taken, &whole);
    let same = pieces.len() == blocks.len() && pieces.iter().all(|p| matches!(p, Piece::Old(_)));
    if !same {
        cache.replace(NAME, |file| {
            write(file, fingerprint, &pieces, store.as_ref(), files, &taken)
        });
    }
    taken
}

/// Whether bytes are what could have been stored of a file.
#[cfg(fuzzing)]
pub(super) fn is_readable(bytes: &[u8]) -> bool {
    postcard::from_bytes::<Read>(bytes).is_ok() | postcard::from_bytes::<Vec<Entry>>(bytes).is_ok()
}

fn anew(config: &Config, cache: &Cache, roster: &Roster, found: &Found) -> Taken {
    // Before the file is read: what is written in between looks different next time.
    let identity = cache.identity(&config.content_root().join(found.file()));
    let (read, notes, mark) = read_one(config, roster, found);
    Taken {
        read,
        notes,
        known: identity.ok().zip(mark),
    }
}

/// A stretch of the file.
#[derive(Debug, Clone, Copy)]
struct Block {
    at: u64,
    length: u64,
    files: usize,
    seal: Digest,
}

/// A block whose files are all as they were, and the first of them.
struct Whole {
    start: usize,
    block: Block,
}

/// What of a block can be taken over.
#[derive(Default)]
struct Old {
    taken: Vec<(usize, Taken)>,
    /// Whether all of it can, as it stands.
    whole: bool,
}

/// What the last run stored.
struct Store {
    file: Mutex<File>,
    blocks: Vec<Block>,
}

impl Store {
    fn open(cache: &Cache, fingerprint: Digest) -> Option<Store> {
        let mut file = cache.file(NAME)?;
        let size = file.metadata().ok()?.len();
        let mut start = [0; 32];
        file.read_exact(&mut start).ok()?;
        if start[..16] != *HEADER || start[16..] != fingerprint.bytes() {
            return None;
        }
        let mut blocks = Vec::new();
        let mut at = 32;
        while at < size {
            let mut head = [0; 32];
            file.seek(SeekFrom::Start(at)).ok()?;
            file.read_exact(&mut head).ok()?;
            let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
            let block = Block {
                at: at + 32,
                length: number(&head[..8]),
                files: usize::try_from(number(&head[8..16])).ok()?,
                seal: Digest::from_bytes(*head.last_chunk()?),
            };
            at = block
                .at
                .checked_add(block.length)
                .filter(|end| *end <= size)?;
            blocks.push(block);
        }
        Some(Store {
            file: Mutex::new(file),
            blocks,
        })
    }

    fn bytes(&self, block: &Block) -> io::Result<Vec<u8>> {
        let length = usize::try_from(block.length).map_err(io::Error::other)?;
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(block.at))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// What of a block is as it was.
    fn old(
        &self,
        config: &Config,
        cache: &Cache,
        roster: &Roster,
        files: &[Found],
        block: &Block,
    ) -> Old {
        let bytes = self.bytes(block).ok();
        let whole = bytes.filter(|bytes| Digest::of(bytes) == block.seal);
        let entries = whole.and_then(|bytes| postcard::from_bytes::<Vec<Entry>>(&bytes).ok());
        let Some(entries) = entries else {
            return Old::default();
        };
        let mut old = Old {
            whole: entries.len() == block.files,
            ..Old::default()
        };
        for entry in entries {
            let Some(index) = place(files, &entry.found, old.taken.last().map(|(last, _)| *last))
            else {
                old.whole = false;
                continue;
            };
            match still(config, cache, roster, entry) {
                Some((taken, same)) => {
                    let follows = old.taken.last().is_none_or(|(last, _)| last + 1 == index);
                    old.whole &= same && follows;
                    old.taken.push((index, taken));
                }
                None => old.whole = false,
            }
        }
        old
    }
}

/// The place of a file among all, most likely right after the last that was found.
fn place(files: &[Found], found: &Found, last: Option<usize>) -> Option<usize> {
    let key = found.key();
    let next = last.map(|last| last + 1);
    next.filter(|next| files.get(*next).is_some_and(|file| file.key() == key))
        .or_else(|| files.binary_search_by(|file| file.key().cmp(&key)).ok())
}

/// What was read from a file, if it still holds the same, and whether it looks the same too.
fn still(
    config: &Config,
    cache: &Cache,
    roster: &Roster,
    mut entry: Entry,
) -> Option<(Taken, bool)> {
    let path = config.content_root().join(entry.found.file());
    let identity = cache.identity(&path).ok()?;
    let same = entry.identity.stands_for(&identity);
    if !same && Digest::of(&std::fs::read(&path).ok()?) != entry.mark {
        return None;
    }
    match &mut entry.read {
        Read::Article(article) => roster.enter(article),
        Read::Withheld => {
            let (read, notes, mark) = read_one(config, roster, &entry.found);
            let taken = Taken {
                read,
                notes,
                known: mark.map(|mark| (identity, mark)),
            };
            return Some((taken, same));
        }
        Read::Records(_) | Read::Page(_) | Read::Broken => {}
    }
    let taken = Taken {
        read: entry.read,
        notes: entry.notes,
        known: Some((identity, entry.mark)),
    };
    Some((taken, same))
}

/// A part of the next file.
enum Piece {
    /// A block of the last one.
    Old(Block),
    /// These files.
    New(std::ops::Range<usize>),
}

/// Cuts what was read into blocks, old ones where they can stay.
fn pieces(taken: &[Taken], whole: &[Whole]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    // Where changes have cut the store into crumbs it is cut anew.
    let crumbs = whole.len() > 16 + 4 * taken.len() / BLOCK;
    let whole = if crumbs { &[] } else { whole };
    for old in whole {
        fresh(at..old.start, &mut pieces);
        pieces.push(Piece::Old(old.block));
        at = old.start + old.block.files;
    }
    fresh(at..taken.len(), &mut pieces);
    pieces
}

fn fresh(files: std::ops::Range<usize>, pieces: &mut Vec<Piece>) {
    let starts = files.clone().step_by(BLOCK);
    pieces.extend(starts.map(|start| Piece::New(start..files.end.min(start + BLOCK))));
}

fn write(
    file: &mut impl Write,
    fingerprint: Digest,
    pieces: &[Piece],
    store: Option<&Store>,
    files: &[Found],
    taken: &[Taken],
) -> io::Result<()> {
    file.write_all(HEADER)?;
    file.write_all(&fingerprint.bytes())?;
    for some in pieces.chunks(AT_ONCE) {
        let ready: Vec<io::Result<(usize, Vec<u8>, Digest)>> = some
            .par_iter()
            .map(|piece| match (piece, store) {
                (Piece::Old(block), Some(store)) => {
                    Ok((block.files, store.bytes(block)?, block.seal))
                }
                (Piece::Old(_), None) => Err(io::Error::other("there is no store")),
                (Piece::New(range), _) => {
                    let (count, bytes) = encoded(&files[range.clone()], &taken[range.clone()])?;
                    let seal = Digest::of(&bytes);
                    Ok((count, bytes, seal))
                }
            })
            .collect();
        for one in ready {
            let (count, bytes, seal) = one?;
            file.write_all(&(bytes.len() as u64).to_le_bytes())?;
            file.write_all(&(count as u64).to_le_bytes())?;
            file.write_all(&seal.bytes())?;
            file.write_all(&bytes)?;
        }
    }
    Ok(())
}

/// The files that could be read, as bytes, and how many they are.
fn encoded(files: &[Found], taken: &[Taken]) -> io::Result<(usize, Vec<u8>)> {
    let nothing = Diagnostics::new();
    let entries: Vec<Lent<'_>> = files
        .iter()
        .zip(taken)
        .filter_map(|(found, taken)| {
            let (identity, mark) = taken.known?;
            // What was withdrawn must not be left behind in a folder that nobody looks into.
            let withholds = matches!(&taken.read, Read::Article(a) if a.withheld.is_some());
            let (read, notes) = match withholds {
                true => (&Read::Withheld, &nothing),
                false => (&taken.read, &taken.notes),
            };
            Some(Lent {
                found,
                identity,
                mark,
                read,
                notes,
            })
        })
        .collect();
    let bytes = postcard::to_stdvec(&entries).map_err(io::Error::other)?;
    Ok((entries.len(), bytes))
}
