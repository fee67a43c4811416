//! What a file is recognised by without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// The size of a file and when it was written.
///
/// A file that is written again at once can have the same size and time. So a file that was
/// written just before the run is not trusted to be the same next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    size: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// The same of the last change of any kind, which nobody can set back; where the system does
    /// not tell it, the time above.
    changed: i64,
    /// Whether it was written so long before the run that any change will show.
    certain: bool,
}

/// The coarsest clock among file systems in use is that of FAT.
const COARSEST: Duration = Duration::from_secs(2);

impl Identity {
    pub(super) fn of(found: &Metadata, began: SystemTime) -> Identity {
        let modified = found.modified().unwrap_or(UNIX_EPOCH);
        let began = nanoseconds(began.checked_sub(COARSEST).unwrap_or(UNIX_EPOCH));
        let modified = nanoseconds(modified);
        let changed = changed(found).unwrap_or(modified);
        Identity {
            size: found.len(),
            modified,
            changed,
            certain: modified < began && changed < began,
        }
    }

    /// Whether a file that looks like `now` holds what this one held.
    pub fn stands_for(&self, now: &Identity) -> bool {
        self.certain
            && (self.size, self.modified, self.changed) == (now.size, now.modified, now.changed)
    }

    /// Whether any later change of the file will show.
    pub fn is_certain(&self) -> bool {
        self.certain
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    let whole = |duration: Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => whole(after),
        Err(before) => -whole(before.duration()),
    }
}

#[cfg(unix)]
fn changed(found: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt as _;
    found
        .ctime()
        .checked_mul(1_000_000_000)?
        .checked_add(found.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<i64> {
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_of_just_now_is_not_trusted() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::File::options()
            .write(true)
            .open(file.path())
            .unwrap()
            .set_len(3)
            .unwrap();
        let found = fs::metadata(file.path()).unwrap();
        let written = found.modified().unwrap();
        let fresh = Identity::of(&found, written);
        assert!(!fresh.stands_for(&fresh));
        let later = Identity::of(&found, written + Duration::from_secs(3));
        assert!(later.stands_for(&later));
        assert!(later.stands_for(&fresh));
    }
}
