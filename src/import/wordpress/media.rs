//! Files: which the articles of an import need, and where they come from.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

/// The folder of uploads in the address of every file of a WordPress site.
pub(super) const FOLDER: &str = "wp-content/uploads";

/// The files that articles need.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// The folder of uploads, if there is one.
    folder: Option<Utf8PathBuf>,
    wanted: Mutex<BTreeSet<String>>,
    missing: Mutex<BTreeSet<String>>,
    remote: Mutex<u64>,
}

impl Media {
    /// Files from this folder of uploads; without one all stay where they were.
    pub(super) fn new(folder: Option<Utf8PathBuf>) -> Self {
        Media {
            folder,
            ..Media::default()
        }
    }

    /// Whether there are files to copy.
    pub(super) fn comes_along(&self) -> bool {
        self.folder.is_some()
    }

    /// Where an uploaded file will be in the archive; `None` where it stays where it was.
    pub(super) fn wanted(&self, upload: &str) -> Option<String> {
        let Some(folder) = &self.folder else {
            *self.remote.lock().unwrap_or_else(PoisonError::into_inner) += 1;
            return None;
        };
        let whole = original_size(upload);
        let found = whole.iter().map(String::as_str).chain([upload]);
        let found = found.into_iter().find(|upload| is_file(folder, upload));
        match found {
            Some(found) => {
                lock(&self.wanted).insert(found.to_owned());
                Some(format!("/{FOLDER}/{}", encoded(found)))
            }
            None => {
                lock(&self.missing).insert(upload.to_owned());
                None
            }
        }
    }

    /// What is to be copied, what is not there, and how many stay where they were.
    pub(super) fn done(self) -> (BTreeSet<String>, BTreeSet<String>, u64) {
        let inner =
            |set: Mutex<BTreeSet<String>>| set.into_inner().unwrap_or_else(PoisonError::into_inner);
        let remote = self
            .remote
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        (inner(self.wanted), inner(self.missing), remote)
    }
}

fn lock(set: &Mutex<BTreeSet<String>>) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
    set.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a file lies in a folder, and not behind a link that leads out of it.
fn is_file(folder: &Utf8Path, upload: &str) -> bool {
    let Ok(path) = folder.join(upload).canonicalize_utf8() else {
        return false;
    };
    let root = folder
        .canonicalize_utf8()
        .unwrap_or_else(|_| folder.to_owned());
    path.starts_with(root) && path.is_file()
}

/// A path as part of an address: what would end or change it is percent-encoded.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' | '?' | '#' | ' ' | '"' | '<' | '>' | '\\' | '(' | ')' => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out
}

/// The name of the whole picture of which this is a smaller copy: WordPress writes the size of
/// copies before the ending, as in `summit-300x200.jpg`.
pub fn original_size(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let (stem, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number =
        |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let real = number(width) && number(height) && !stem.is_empty() && !stem.ends_with('/');
    real.then(|| format!("{stem}.{ending}"))
}

/// Who made a picture, from the fields plug-ins and cameras put it in.
pub(super) fn credit(meta: &dyn Fn(&str) -> Option<String>) -> String {
    const KEYS: [&str; 7] = [
        "_media_credit",
        "media_credit",
        "_credit",
        "credit",
        "photographer",
        "_wp_attachment_credit",
        "_image_credit",
    ];
    let given = KEYS
        .iter()
        .find_map(|key| meta(key).filter(|value| !value.trim().is_empty()));
    given
        .or_else(|| camera_credit(&meta("_wp_attachment_metadata")?))
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// The credit that a camera or agency wrote into a picture, in PHP's notation:
/// `s:6:"credit";s:11:"Jane Doe/AP";`, with lengths in bytes.
fn camera_credit(metadata: &str) -> Option<String> {
    let rest = metadata.split_once("s:6:\"credit\";s:")?.1;
    let (length, rest) = rest.split_once(":\"")?;
    let credit = rest.get(..length.parse().ok()?)?;
    (!credit.trim().is_empty()).then(|| credit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smaller_copies_are_known_by_their_names() {
        for (copy, whole) in [
            ("2012/a-300x200.jpg", Some("2012/a.jpg")),
            ("a-1-1024x1.png", Some("a-1.png")),
            ("a.jpg", None),
            ("2012/-300x200.jpg", None),
            ("a-300x.jpg", None),
            ("a-x200.jpg", None),
            ("a-9999999x1.jpg", None),
        ] {
            assert_eq!(original_size(copy).as_deref(), whole, "{copy}");
        }
    }

    #[test]
    fn credits_of_cameras_are_found() {
        let php = "a:1:{s:10:\"image_meta\";a:2:{s:8:\"aperture\";s:1:\"0\";s:6:\"credit\";s:12:\"José Díaz\";}}";
        let meta =
            |key: &str| (key == "_wp_attachment_metadata").then(|| php.replace("s:12", "s:11"));
        assert_eq!(credit(&meta), "José Díaz");
    }
}
