//! Pages that overlook the archive, and those of two terms at once. All of them are morgue's own
//! idea: where the site has a page of its own at their address, they give way.

use super::Planner;
use crate::site::PageKind;
use crate::site::shelf::{self, Place, ShelfOf};

impl Planner<'_> {
    /// The pages of all years and of what the archive lacks.
    pub(super) fn overviews(&mut self) {
        if self.archive.dated().len() > 0 {
            self.site.years = self.give_way("/years/".to_owned(), PageKind::Years);
        }
        if !self.archive.articles.is_empty() {
            self.site.coverage = self.give_way("/coverage/".to_owned(), PageKind::Coverage);
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
                let page = self.give_way(url, PageKind::Shelf(shelf));
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
}
