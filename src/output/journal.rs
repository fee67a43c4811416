//! What says that an exchange has begun: with it the next run finishes what this one may not.
//!
//! Before the first file of the output is touched, all new files and the next manifest lie in
//! the staging folder. Then the journal is written there, and only then does the exchange begin.
//! So a journal that is whole means that the new site can be had from the two folders, however far
//! the exchange came; one that is not, or none, means that the output is as it was.
//!
//! It is a text of four lines, the last of which seals the others:
//!
//! ```text
//! morgue-journal 2
//! from 7d5ac7a5e9b7ab9ddbd2e5e2f6ad4d0e
//! to 0c5b6a4ff8a1c2a3c5d1f9b8a9c1d2e3
//! end 4f1c...
//! ```

use super::manifest::Manifest;
use crate::digest::Digest;

const NAME: &str = "morgue-journal ";
const VERSION: &str = "2";

/// From which state of the output an exchange leads to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Journal {
    /// What the manifest that lies in the output is recognised by. An output that somebody has
    /// put another one in since is not this exchange's.
    from: Digest,
    /// What the staged manifest is recognised by.
    to: Digest,
}

/// What the journal in a staging folder says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// An exchange has begun.
    Begun(Journal),
    /// The run ended while it wrote this, or before: nothing has begun.
    NotBegun,
    /// A version of this program wrote it that this one does not understand.
    OfAnotherVersion,
}

impl Journal {
    /// The journal of an exchange that ends with `next` where `now` was.
    pub(super) fn new(now: &Manifest, next: Digest) -> Self {
        Journal {
            from: now.seal(),
            to: next,
        }
    }

    /// Whether it leads from the one manifest to the other.
    pub(super) fn leads(&self, now: &Manifest, next: &Manifest) -> bool {
        *self == Journal::new(now, next.seal())
    }

    /// The text that [`Reading::of`] understands.
    pub(super) fn to_text(self) -> String {
        let said = format!(
            "{NAME}{VERSION}\nfrom {}\nto {}\n",
            self.from.hex(),
            self.to.hex()
        );
        let seal = Digest::of(said.as_bytes());
        format!("{said}end {}\n", seal.hex())
    }
}

impl Reading {
    /// What this text says; damaged and cut texts say nothing.
    pub(super) fn of(text: &str) -> Reading {
        let is_other = || {
            let version = text.strip_prefix(NAME).and_then(|rest| rest.lines().next());
            version.is_some_and(|version| version != VERSION && text.ends_with('\n'))
        };
        match parse(text) {
            Some(journal) => Reading::Begun(journal),
            None if is_other() => Reading::OfAnotherVersion,
            None => Reading::NotBegun,
        }
    }
}

fn parse(text: &str) -> Option<Journal> {
    let mut lines = text.lines();
    lines.next()?;
    let from = digest(lines.next()?.strip_prefix("from ")?)?;
    let to = digest(lines.next()?.strip_prefix("to ")?)?;
    let journal = Journal { from, to };
    (journal.to_text() == text).then_some(journal)
}

fn digest(hex: &str) -> Option<Digest> {
    let number = u128::from_str_radix(hex, 16).ok()?;
    Some(Digest::from_bytes(number.to_be_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_read_as_written_and_not_at_all_when_damaged() {
        let journal = Journal {
            from: Digest::of(b"old"),
            to: Digest::of(b"new"),
        };
        let text = journal.to_text();
        assert_eq!(Reading::of(&text), Reading::Begun(journal));
        for end in 0..text.len() {
            assert_eq!(Reading::of(&text[..end]), Reading::NotBegun, "cut at {end}");
        }
        for index in NAME.len() + 2..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[index] ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(
                Reading::of(&changed),
                Reading::NotBegun,
                "changed at {index}"
            );
        }
        let newer = text.replacen("journal 2", "journal 3", 1);
        assert_eq!(Reading::of(&newer), Reading::OfAnotherVersion);
    }
}
