//! Pages that overlook the archive, and those of two terms at once. All of them are morgue's own
//! idea: where the site has a page of its own at their address, they give way.

use super::Planner;
use crate::diagnostics::{Code, Diagnostic};
use crate::site::shelf::{self, Place, ShelfOf};
use crate::site::{PageId, PageKind};

impl Planner<'_> {
    /// The pages of all years and of what the archive lacks.
    pub(super) fn overviews(&mut self) {
        if self.archive.dated().len() > 0 {
            self.site.years = self.offer("/years/".to_owned(), PageKind::Years);
        }
        if !self.archive.articles.is_empty() {
            self.site.coverage = self.offer("/coverage/".to_owned(), PageKind::Coverage);
        }
    }

    /// The pages of every two terms that share enough articles.
    pub(super) fn pairs(&mut self) {
        let settings = &self.config.settings.intersections;
        for (a, b) in self.archive.pairs(settings.most, settings.minimum) {
            let of = ShelfOf::Pair(a, b);
            let root = shelf::root(self.archive, of);
            let shared = self.archive.shared(a, b);
            let limits = &self.config.settings.shelves;
            for shelf in shelf::whole(self.archive, of, &shared, limits) {
                let first = shelf.place == Place::ALL;
                let url = format!("{root}{}", shelf.place.path());
                let page = self.offer(url, PageKind::Shelf(shelf));
                match page {
                    Some(page) if first => {
                        self.site.pairs.insert((a, b), page);
                    }
                    None if first => break,
                    _ => {}
                }
            }
        }
    }

    /// Adds a page, unless something of the site's own is at its address or in the way to it.
    fn offer(&mut self, url: String, kind: PageKind) -> Option<PageId> {
        let file = kind.file(&url);
        let ways = file.match_indices('/').filter_map(|(at, _)| file.get(..at));
        let mut taken = ways.chain([file.as_str()]);
        let Some(other) = taken.find_map(|file| self.site.at_file(file)) else {
            return Some(self.add(url, kind));
        };
        let other = self.site.page(other).kind.clone();
        let message = format!(
            "{} is left out: {} has its address, {url}",
            self.describe(&kind),
            self.describe(&other)
        );
        let mut diagnostic = Diagnostic::new(Code::GaveWay, message)
            .help("nothing has to be done; give the other page another address to have both");
        if let Some(file) = self.file(&other) {
            diagnostic = diagnostic.file(file);
        }
        self.notes.push(diagnostic);
        None
    }
}
