//! Pages that overlook the archive, and those of two terms at once. All of them are morgue's own
//! idea: where the site has a page of its own at their address, they give way.

use rayon::prelude::*;

use super::Planner;
use crate::site::PageKind;
use crate::site::shelf::{self, Place, Shelf, ShelfOf};

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
        let (archive, settings) = (self.archive, &self.config.settings);
        let limits = &settings.shelves;
        let pairs = archive.pairs(settings.intersections.most, settings.intersections.minimum);
        let shelves: Vec<Vec<(Box<str>, Box<Shelf>)>> = pairs
            .par_iter()
            .map(|pair| {
                let (a, b) = pair.terms;
                let of = ShelfOf::Pair(a, b);
                let root = shelf::root(archive, of);
                let ids = || archive.shared(a, b).into();
                let shelves = shelf::whole(archive, of, pair.shared, ids, limits).into_iter();
                shelves
                    .map(|shelf| {
                        let url = format!("{root}{}", shelf.place.path());
                        (url.into(), Box::new(shelf))
                    })
                    .collect()
            })
            .collect();
        for (pair, shelves) in pairs.into_iter().zip(shelves) {
            for (url, shelf) in shelves {
                let first = shelf.place == Place::ALL;
                let page = self.give_way(url, PageKind::Shelf(shelf));
                match page {
                    Some(page) if first => self.site.pairs.push((pair.terms, page)),
                    None if first => break,
                    _ => {}
                }
            }
        }
    }
}
