//! What the pages of the last build were made from, remembered outside the output folder.
//!
//! It belongs to one manifest, and is worth nothing with any other.

use std::io::{Read as _, Write as _};

use super::folder::Folder;
use super::manifest::Manifest;
use crate::cache::Cache;
use crate::digest::Digest;

/// The file's name in the cache.
const NAME: &str = "pages";
const HEADER: &[u8; 16] = b"morgue-pages 1\n\0";

/// The digest of what each page was made from, in the order of the manifest. Pages that nobody
/// could say that of have the digest of nothing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Memory(Vec<Digest>);

impl Memory {
    /// What was remembered of the folder as it is; nothing where that is damaged, or of another.
    pub(super) fn load(cache: &Cache, folder: &Folder) -> Memory {
        Memory::read(cache, folder.manifest()).unwrap_or_default()
    }

    fn read(cache: &Cache, manifest: &Manifest) -> Option<Memory> {
        let mut bytes = Vec::new();
        cache.file(NAME)?.read_to_end(&mut bytes).ok()?;
        let (header, rest) = bytes.split_first_chunk::<16>()?;
        let (of, rest) = rest.split_first_chunk::<{ Digest::LENGTH }>()?;
        let (seal, rest) = rest.split_first_chunk::<{ Digest::LENGTH }>()?;
        let whole = header == HEADER
            && Digest::from_bytes(*of) == manifest.seal()
            && Digest::from_bytes(*seal) == Digest::of(rest)
            && rest.len() == manifest.len() * Digest::LENGTH;
        let (digests, _) = rest.as_chunks::<{ Digest::LENGTH }>();
        whole.then(|| Memory(digests.iter().map(|d| Digest::from_bytes(*d)).collect()))
    }

    /// What the page at this place of the manifest was made from.
    pub(super) fn of(&self, place: usize) -> Option<Digest> {
        let known = self.0.get(place).copied();
        known.filter(|digest| *digest != Digest::default())
    }

    /// What each page is made from, in the order of the manifest.
    pub(super) fn new(made_from: impl Iterator<Item = Option<Digest>>) -> Memory {
        Memory(made_from.map(Option::unwrap_or_default).collect())
    }

    /// Remembers it for the next build, in which the manifest has this seal.
    pub(super) fn store(&self, cache: &Cache, manifest: Digest) {
        let digests: Vec<u8> = self.0.iter().flat_map(Digest::bytes).collect();
        // Where this fails, the next build makes every page.
        cache.replace(NAME, |file| {
            file.write_all(HEADER)?;
            file.write_all(&manifest.bytes())?;
            file.write_all(&Digest::of(&digests).bytes())?;
            file.write_all(&digests)
        });
    }
}
