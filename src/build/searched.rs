//! Which files of the output need no second look for what was withdrawn.

use std::io::{Read as _, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use super::press::Press;
use crate::cache::Cache;
use crate::digest::Digest;
use crate::leaks::Leaks;

/// The file's name in the cache.
const NAME: &str = "searched";
const HEADER: &[u8; 16] = b"morgue-search 1\n";

/// What the files of an output that are not made again were searched for.
pub(super) struct Searched<'s> {
    leaks: Option<&'s Leaks<'s>>,
    /// What the edition withholds; the digest of nothing where that is nothing.
    now: Digest,
    /// Whether the last build with this cache searched for the same.
    same: bool,
    output: Utf8PathBuf,
    cache: Option<&'s Cache>,
}

impl<'s> Searched<'s> {
    pub(super) fn of(press: &'s Press<'s>, output: &Utf8Path, cache: Option<&'s Cache>) -> Self {
        let leaks = press.leaks();
        let now = leaks.map(Leaks::digest).unwrap_or_default();
        let last = cache.and_then(stored).unwrap_or_default();
        Searched {
            leaks,
            now,
            same: now == last,
            output: output.to_owned(),
            cache,
        }
    }

    /// Whether a file that lies in the output holds nothing that is withheld now. One that cannot
    /// be read is not clean: it is made again.
    pub(super) fn is_clean(&self, path: &str) -> bool {
        match self.leaks {
            Some(leaks) if !self.same => {
                let bytes = std::fs::read(self.output.join(path));
                bytes.is_ok_and(|bytes| leaks.is_clean(path, &bytes))
            }
            _ => true,
        }
    }

    /// Remembers what was searched for. Where this fails, the next build looks through everything.
    pub(super) fn store(&self) {
        if let Some(cache) = self.cache.filter(|_| !self.same) {
            cache.replace(NAME, |file| {
                file.write_all(HEADER)?;
                file.write_all(&self.now.bytes())
            });
        }
    }
}

fn stored(cache: &Cache) -> Option<Digest> {
    let mut bytes = Vec::new();
    cache.file(NAME)?.read_to_end(&mut bytes).ok()?;
    let (header, digest) = bytes.split_first_chunk::<16>()?;
    (header == HEADER).then_some(())?;
    Some(Digest::from_bytes(*digest.first_chunk()?))
}
