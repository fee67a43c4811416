//! The pages in the place of removed articles.

use super::Planner;
use crate::site::{PageKind, permalink};

impl Planner<'_> {
    /// One at the address of each removed article. It is found by the file of the article, so that
    /// what links there need not be changed on the day of the removal.
    pub(super) fn tombstones(&mut self) {
        let archive = self.archive;
        for (index, tombstone) in archive.removed.iter().enumerate() {
            let url = permalink::of_removed(self.config, tombstone);
            let page = self.add(url, PageKind::Tombstone(index));
            self.site.tombstones.push(page);
            let file = tombstone.content.file.as_str().into();
            self.site.sources.insert(file, page);
        }
    }
}
