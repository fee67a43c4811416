//! What came of asking for an address.

use std::fmt;

/// What an address gave in the end, after all redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// This status (RFC 9110 §15).
    Http(u16),
    /// The name of the host leads to no computer, as far as can be seen from here.
    NoHost,
    /// Nothing came in time.
    Timeout,
    /// The connection could not be made safe: a certificate that is too old, or another's.
    Tls,
    /// The connection was refused or broken off, or what came was no answer.
    Broken,
    /// Redirects that do not end.
    Circles,
    /// A redirect to what is no web address.
    Astray,
}

/// What a status means for a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// It is there.
    Good,
    /// Its host says that it is gone.
    Dead,
    /// It cannot be had now. That may pass.
    Failing,
    /// Its host answers, but lets no program see it; people may.
    Shut,
}

/// The statuses that are words in the ledger.
const WORDS: [(Status, &str); 6] = [
    (Status::NoHost, "no-host"),
    (Status::Timeout, "timeout"),
    (Status::Tls, "tls"),
    (Status::Broken, "broken"),
    (Status::Circles, "circles"),
    (Status::Astray, "astray"),
];

impl Status {
    pub(super) fn class(self) -> Class {
        match self {
            Status::Http(200..=299) => Class::Good,
            Status::Http(404 | 410) => Class::Dead,
            Status::Http(500..=599) => Class::Failing,
            Status::NoHost | Status::Timeout | Status::Tls | Status::Broken => Class::Failing,
            Status::Http(_) | Status::Circles | Status::Astray => Class::Shut,
        }
    }

    /// Whether nothing was heard at all.
    pub(super) fn is_silence(self) -> bool {
        matches!(self, Status::NoHost | Status::Timeout | Status::Broken)
    }

    /// As it stands in the ledger.
    pub(super) fn parse(word: &str) -> Option<Status> {
        if let Some((status, _)) = WORDS.iter().find(|(_, known)| *known == word) {
            return Some(*status);
        }
        let is_number = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
        let number: u16 = word.parse().ok().filter(|_| is_number)?;
        (number >= 100).then_some(Status::Http(number))
    }
}

/// As it stands in the ledger.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Http(number) => write!(f, "{number}"),
            status => {
                let word = WORDS.iter().find(|(known, _)| known == status);
                f.write_str(word.map_or("", |(_, word)| word))
            }
        }
    }
}

/// What came of asking for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// What it gave in the end.
    pub(super) status: Status,
    /// Where it is now, if its host says that it moved for good (301 and 308).
    pub(super) to: Option<String>,
}

impl Answer {
    pub(super) fn of(status: Status) -> Answer {
        Answer { status, to: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_has_every_status_back() {
        let numbers = (100..1000).map(Status::Http);
        for status in numbers.chain(WORDS.map(|(status, _)| status)) {
            assert_eq!(Status::parse(&status.to_string()), Some(status));
        }
        for word in ["", "99", "099", "1000", "+20", "gone"] {
            assert_eq!(Status::parse(word), None, "{word}");
        }
    }
}
