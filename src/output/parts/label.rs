//! What a part says of itself.
//!
//! ```text
//! morgue-part 1
//! seal 4f…          the hash of all that follows
//! shard 3/16
//! plan 91…          what the site is made from
//! pages 25626 07…   how many files the whole site has, and the hash of their paths
//! now 2019-04-25T00:00:00Z
//! checksums         where the whole site has a list of checksums
//! morgue-manifest 1
//! …                 the files of the part, as in the manifest of an output folder
//! ```

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use crate::output::manifest::Manifest;

const HEADER: &str = "morgue-part 1\n";
const CHECKSUMS: &str = "checksums\n";

/// One of several shares of the pages of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

impl Shard {
    /// What of some things that stand in an order, the same for every shard, belongs to this
    /// one: every n-th. Each thing belongs to exactly one shard.
    pub fn of_all<T>(self, all: Vec<T>) -> Vec<T> {
        let (skip, step) = (self.number.saturating_sub(1), self.of.max(1));
        all.into_iter()
            .skip(skip as usize)
            .step_by(step as usize)
            .collect()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(number, of)| {
            let (number, of) = (number.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&number).then_some(Shard { number, of })
        });
        parsed.ok_or_else(|| {
            "write it as in 3/16: the third of sixteen, the first is 1/16".to_owned()
        })
    }
}

/// What the whole site is that a part belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The hash of all it is made from.
    pub digest: String,
    /// How many files it has.
    pub pages: usize,
    /// The hash of their paths.
    pub paths: String,
    /// The time that counted as now.
    pub now: Timestamp,
    /// Whether it has a list of the checksums of all its files.
    pub checksums: bool,
}

impl Plan {
    /// The plan of a site that has these paths, in order, and is made from what `digest` stands
    /// for.
    pub fn new(digest: String, paths: &[&str], now: Timestamp) -> Self {
        Plan {
            digest,
            pages: paths.len(),
            paths: digest_of(paths),
            now,
            checksums: false,
        }
    }
}

/// The hash of paths that come in order.
pub(super) fn digest_of(paths: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for path in paths {
        hasher.update(path.as_bytes()).update(b"\n");
    }
    hasher.finalize().to_hex().to_string()
}

/// What a part says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) shard: Shard,
    pub(super) plan: Plan,
    /// The files of the part.
    pub(super) files: Manifest,
}

impl Label {
    /// Why two parts cannot be of one site; goes on with a sentence that names both.
    pub(super) fn difference(&self, other: &Label) -> Option<&'static str> {
        if self.shard.of != other.shard.of {
            Some("were cut into different numbers of shards")
        } else if self.plan.now != other.plan.now {
            Some("were made with a different `--now`")
        } else if self.plan != other.plan {
            Some("were not made from the same site")
        } else {
            None
        }
    }

    pub(super) fn to_text(&self) -> String {
        let Plan {
            digest,
            pages,
            paths,
            now,
            checksums,
        } = &self.plan;
        let (shard, files) = (self.shard, self.files.to_text());
        let checksums = if *checksums { CHECKSUMS } else { "" };
        let sealed = format!(
            "shard {shard}\nplan {digest}\npages {pages} {paths}\nnow {now}\n{checksums}{files}"
        );
        format!("{HEADER}seal {}\n{sealed}", seal(&sealed))
    }

    /// `None` for a label that is cut, changed, or of another version.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (closing, sealed) = text
            .strip_prefix(HEADER)?
            .strip_prefix("seal ")?
            .split_once('\n')?;
        if closing != seal(sealed) {
            return None;
        }
        let (shard, rest) = sealed.strip_prefix("shard ")?.split_once('\n')?;
        let (digest, rest) = rest.strip_prefix("plan ")?.split_once('\n')?;
        let (pages, rest) = rest.strip_prefix("pages ")?.split_once('\n')?;
        let (now, files) = rest.strip_prefix("now ")?.split_once('\n')?;
        let (pages, paths) = pages.split_once(' ')?;
        let listed = files.strip_prefix(CHECKSUMS);
        Some(Label {
            shard: shard.parse().ok()?,
            plan: Plan {
                digest: digest.to_owned(),
                pages: pages.parse().ok()?,
                paths: paths.to_owned(),
                now: now.parse().ok()?,
                checksums: listed.is_some(),
            },
            files: Manifest::parse(listed.unwrap_or(files))?,
        })
    }
}

fn seal(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::manifest::Print;

    fn sample() -> Label {
        let files = [("a/王芳.html", "x"), ("index.html", "front")];
        let paths = ["a/王芳.html", "b", "index.html"];
        Label {
            shard: Shard { number: 3, of: 16 },
            plan: Plan::new("d1".to_owned(), &paths, Timestamp::UNIX_EPOCH),
            files: Manifest::new(
                files
                    .into_iter()
                    .map(|(path, text)| (path, Print::of(text.as_bytes()))),
            ),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(Label::parse(&sample().to_text()), Some(sample()));
    }

    #[test]
    fn a_label_cut_or_changed_anywhere_is_none() {
        let text = sample().to_text();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(Label::parse(&text[..end]), None, "cut at {end}");
        }
        for index in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[index] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            assert_eq!(Label::parse(&changed), None, "changed at {index}");
        }
    }

    #[test]
    fn shards_are_counted_from_one() {
        assert_eq!("3/16".parse(), Ok(Shard { number: 3, of: 16 }));
        for wrong in [
            "", "3", "0/4", "5/4", "3/0", "-1/2", "1/2/3", "a/b", "1 / 2",
        ] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn shards_share_everything_out_once() {
        for of in 1..7 {
            let mut all: Vec<u32> = (1..=of)
                .flat_map(|number| Shard { number, of }.of_all((0..20).collect()))
                .collect();
            all.sort_unstable();
            assert_eq!(all, (0..20).collect::<Vec<_>>());
        }
    }
}
