//! What is withdrawn from the archive, and what is left in its place.

use super::Tombstone;
use crate::content;

/// A tombstone for each removed article, by file.
pub(super) fn tombstones(
    removed: impl IntoIterator<Item = Box<content::Article>>,
) -> Vec<Tombstone> {
    let tombstones = removed.into_iter().map(|content| Tombstone {
        content,
        section: String::new(),
    });
    let mut tombstones: Vec<Tombstone> = tombstones.collect();
    tombstones.sort_by(|a, b| a.content.file.as_str().cmp(b.content.file.as_str()));
    tombstones
}
