//! Which paths can be written at all.
//!
//! Stage 3 promises paths that are relative and unique. They are looked at again here, where
//! the harm would be done.

use camino::{Utf8Component, Utf8Path};
use rayon::prelude::*;

use super::{manifest, parts, staging};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ordered::by_text;

/// The indices of the paths, sorted by path; every path that cannot be written, or stands in
/// the way of another, is reported.
pub(super) fn in_order(paths: &[&str]) -> Result<Vec<usize>, Diagnostics> {
    let impossible = paths.par_iter().filter(|path| !is_possible(path));
    let impossible = impossible.map(|path| {
        let message = format!("`{}` cannot be a path in the output", path.escape_debug());
        Diagnostic::new(Code::ImpossiblePath, message)
            .help("rename the file, or change the `slug` or `url` it comes from")
    });
    let impossible: Vec<Diagnostic> = impossible.collect();
    let order = by_text((0..paths.len()).collect(), |index| paths[*index]);
    let clashes = clashes(order.iter().map(|index| paths[*index]));
    let mut found = Diagnostics::new();
    let all = impossible.into_iter().chain(clashes);
    all.for_each(|one| found.push(one));
    found.sort();
    if found.is_empty() {
        Ok(order)
    } else {
        Err(found)
    }
}

/// What paths want that others have, or lie inside of; they come sorted.
fn clashes<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // The paths with which the next one may begin: all that stands between a file and what would
    // lie inside it begins with the name of that file.
    let mut begin: Vec<&str> = Vec::new();
    let mut before = "";
    for path in paths {
        while begin.pop_if(|other| !path.starts_with(*other)).is_some() {}
        if begin.last() == Some(&path) {
            let message = format!("two pages want `/{}`", path.escape_debug());
            found.push(Diagnostic::new(Code::AddressTaken, message));
        }
        let mut files = begin.iter().filter(|file| lies_in(path, file));
        if let Some(file) = files.find(|file| !lies_in(before, file)) {
            let (file, path) = (file.escape_debug(), path.escape_debug());
            let message = format!("`/{file}` is a file, and `/{path}` would lie inside it");
            found.push(Diagnostic::new(Code::AddressInside, message));
        }
        begin.push(path);
        before = path;
    }
    found
}

fn lies_in(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// Whether the path is relative, stays inside the folder and is not one of our own files.
pub(super) fn is_possible(path: &str) -> bool {
    if cfg!(not(windows)) && is_plain(path.as_bytes()) {
        return true;
    }
    let first = path.split('/').next().unwrap_or_default();
    let reserved = first.starts_with(manifest::NAME)
        || first.starts_with(parts::NAME)
        || first == staging::INSIDE;
    !reserved
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(|sign: char| sign == '\\' || sign.is_control())
        // On Windows `c:` is a drive.
        && Utf8Path::new(path).components().all(|part| matches!(part, Utf8Component::Normal(_)))
}

/// Whether a path is one of nearly all: letters, digits and hyphens, and dots only inside names. It
/// is looked at byte by byte, because there is one for every page.
fn is_plain(path: &[u8]) -> bool {
    let mut before = b'/';
    let plain = path.iter().all(|byte| {
        let fits = match byte {
            b'/' | b'.' => before != b'/',
            byte => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
        };
        before = *byte;
        fits
    });
    plain && before != b'/'
}

/// The folders a path lies in, the outermost first.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// The folder a path lies in; `None` if that is the output folder itself.
pub(super) fn folder(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        for path in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "a/..",
            "../a",
            "./a",
            "a\\b",
            "a\0b",
            "a\nb",
            ".morgue-manifest",
            ".morgue-manifest.new",
            ".morgue-staging/a",
            ".morgue-part",
        ] {
            assert!(!is_possible(path), "{path:?}");
        }
        for path in [
            "index.html",
            "people/王芳/index.html",
            "...",
            ".well-known/x",
            "a b",
            "a..b",
        ] {
            assert!(is_possible(path), "{path:?}");
        }
    }

    #[test]
    fn the_order_is_that_of_the_paths() {
        assert_eq!(in_order(&["b", "a/z", "a-b"]), Ok(vec![2, 1, 0]));
    }

    #[test]
    fn a_path_twice_and_a_path_inside_a_file_are_reported() {
        let found = in_order(&["a", "a", "b", "b-c", "b/c/d", "../x"]).unwrap_err();
        let messages: Vec<_> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "two pages want `/a`",
                "`/b` is a file, and `/b/c/d` would lie inside it",
                "`../x` cannot be a path in the output",
            ]
        );
    }

    #[test]
    fn folders_come_from_the_outside_in() {
        assert_eq!(folders("a/b/c.html").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folder("a/b/c.html"), Some("a/b"));
        assert_eq!(folder("c.html"), None);
    }
}
