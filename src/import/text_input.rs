//! The files that an import of text is given: which they are, from which source, and where each
//! article goes.

use camino::{Utf8Path, Utf8PathBuf};

use super::text_files::Order;
use crate::content::slug;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// One file of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: Utf8PathBuf,
    /// Seen from the folder that was named.
    pub(super) inside: Utf8PathBuf,
    pub(super) source: String,
}

/// Every file of text below what was named, by path.
pub(super) fn files(order: &Order, notes: &mut Diagnostics) -> Vec<Found> {
    let is_text = |path: &Utf8Path| {
        matches!(
            path.extension(),
            None | Some("txt" | "text" | "asc" | "TXT")
        )
    };
    let mut found = Vec::new();
    for input in &order.inputs {
        for (path, inside) in below(input, &is_text, notes) {
            let source = order.source.clone().unwrap_or_else(|| source(&inside));
            found.push(Found {
                path,
                inside,
                source,
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup();
    found
}

/// A file that was named, or those of a folder that fit and are not hidden; each with its path
/// seen from there.
pub(super) fn below(
    input: &Utf8Path,
    fits: &dyn Fn(&Utf8Path) -> bool,
    notes: &mut Diagnostics,
) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(input).sort_by_file_name() {
        let path = match &entry {
            Ok(entry) if !entry.file_type().is_file() => continue,
            Ok(entry) => Utf8Path::from_path(entry.path()),
            Err(error) => {
                let message = format!("{input} cannot be read: {error}");
                notes.push(Diagnostic::new(Code::ImportCannotRead, message));
                continue;
            }
        };
        let Some(path) = path else {
            let message = "a file has a name that is not UTF-8".to_owned();
            notes.push(Diagnostic::new(Code::ImportCannotRead, message).file(input));
            continue;
        };
        let named = path == input;
        let hidden = path.file_name().is_some_and(|name| name.starts_with('.'));
        if !named && (!fits(path) || hidden) {
            continue;
        }
        let inside = match named {
            true => Utf8Path::new(path.file_name().unwrap_or_default()),
            false => path.strip_prefix(input).unwrap_or(path),
        };
        found.push((path.to_owned(), inside.to_owned()));
    }
    found
}

/// The source of a file: the folder at the top, else the host its name begins with.
fn source(inside: &Utf8Path) -> String {
    let mut parts = inside.components();
    if let (Some(top), Some(_)) = (parts.next(), parts.next()) {
        return top.as_str().to_owned();
    }
    let stem = inside.file_stem().unwrap_or_default();
    let host = stem.split(['_', ' ']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_host = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && labels
            .last()
            .is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    if is_host {
        host.to_owned()
    } else {
        String::new()
    }
}

/// Where the article goes, below the folder of articles.
pub(super) fn article_path(file: &Found) -> String {
    let stem = slug::slug(file.inside.file_stem().unwrap_or_default(), false);
    let folders = file
        .inside
        .parent()
        .map(Utf8Path::components)
        .into_iter()
        .flatten();
    let mut parts: Vec<String> = folders
        .map(|part| slug::slug(part.as_str(), false))
        .collect();
    parts.push(format!("{stem}.md"));
    parts.join("/")
}
