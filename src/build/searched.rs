//! Which files of the output need no second look for what was withdrawn.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use super::press::Press;
use crate::cache::Cache;
use crate::digest::Digest;
use crate::leaks::Leaks;

/// The file's name in the cache.
const NAME: &str = "searched";
const HEADER: &[u8; 16] = b"morgue-search 2\n";

/// What a build searched its output for, and where it found something to remark.
#[derive(Default, PartialEq, Eq)]
struct Search {
    /// What the edition withholds; the digest of nothing where that is nothing.
    withheld: Digest,
    /// Files that say what may be said, and those that could not be looked through: what is told
    /// of them is told by every build.
    remarked: BTreeSet<String>,
}

/// What the files of an output that are not made again were searched for.
pub(super) struct Searched<'s> {
    leaks: Option<&'s Leaks<'s>>,
    /// What the last build with this cache searched for.
    last: Search,
    /// What this one searches for.
    withheld: Digest,
    output: Utf8PathBuf,
    cache: Option<&'s Cache>,
}

impl<'s> Searched<'s> {
    pub(super) fn of(press: &'s Press<'s>, output: &Utf8Path, cache: Option<&'s Cache>) -> Self {
        let leaks = press.leaks();
        Searched {
            leaks,
            last: cache.and_then(stored).unwrap_or_default(),
            withheld: leaks.map(Leaks::digest).unwrap_or_default(),
            output: output.to_owned(),
            cache,
        }
    }

    /// Whether a file that lies in the output holds nothing that is withheld now, and nothing is to
    /// be remarked of it. One that cannot be read is not clean: it is made again.
    pub(super) fn is_clean(&self, path: &str) -> bool {
        match self.leaks {
            Some(leaks) if self.withheld != self.last.withheld => {
                let bytes = std::fs::read(self.output.join(path));
                bytes.is_ok_and(|bytes| leaks.is_clean(path, &bytes))
            }
            Some(_) => !self.last.remarked.contains(path),
            None => true,
        }
    }

    /// Remembers what was searched for. Where this fails, the next build looks through everything.
    pub(super) fn store(&self) {
        let now = Search {
            withheld: self.withheld,
            remarked: self.leaks.map(Leaks::remarked).unwrap_or_default(),
        };
        if let Some(cache) = self.cache.filter(|_| now != self.last) {
            cache.replace(NAME, |file| {
                file.write_all(HEADER)?;
                file.write_all(&now.withheld.bytes())?;
                let mut paths = now.remarked.iter();
                paths.try_for_each(|path| write!(file, "{path}\0"))
            });
        }
    }
}

fn stored(cache: &Cache) -> Option<Search> {
    let mut bytes = Vec::new();
    cache.file(NAME)?.read_to_end(&mut bytes).ok()?;
    let (header, rest) = bytes.split_first_chunk::<16>()?;
    (header == HEADER).then_some(())?;
    let (digest, paths) = rest.split_first_chunk()?;
    let paths = std::str::from_utf8(paths).ok()?;
    Some(Search {
        withheld: Digest::from_bytes(*digest),
        remarked: paths.split_terminator('\0').map(str::to_owned).collect(),
    })
}
