//! Which sitemap lists a page, and how many files that takes.

use std::collections::BTreeMap;

use super::Planner;
use crate::content::Status;
use crate::site::shelf::ShelfOf;
use crate::site::{PageId, PageKind, Sitemap};

/// The sitemap protocol's limit of addresses in one file.
const SITEMAP_URLS: usize = 50_000;

impl Planner<'_> {
    /// One sitemap for each year, for what has no date, and for the pages of terms.
    pub(super) fn sitemaps(&mut self) {
        let mut groups: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
        for id in self.site.ids() {
            let name = match &self.site.page(id).kind {
                PageKind::Article(article) => {
                    let content = &self.archive.article(*article).content;
                    if content.status == Status::NoIndex {
                        continue;
                    }
                    content
                        .date
                        .map_or("undated".to_owned(), |date| format!("{:04}", date.year()))
                }
                PageKind::Shelf(shelf) => match (shelf.of, shelf.place.year) {
                    (ShelfOf::Archive, Some(year)) => format!("{year:04}"),
                    (ShelfOf::Archive, None) => "undated".to_owned(),
                    (ShelfOf::Term(term) | ShelfOf::Pair(term, _), _) => {
                        self.archive.taxonomy_of(term).name.clone()
                    }
                },
                PageKind::TermIndex(index) => self.archive.taxonomies[*index].name.clone(),
                PageKind::TermLetter(letter) => {
                    self.archive.taxonomies[letter.taxonomy].name.clone()
                }
                PageKind::Text(index) if self.archive.pages[*index].noindex => continue,
                PageKind::Front
                | PageKind::Text(_)
                | PageKind::Corrections(_)
                | PageKind::Data
                | PageKind::OnThisDay(..)
                | PageKind::OnThisDayIndex
                | PageKind::Years
                | PageKind::Coverage => "pages".to_owned(),
                _ => continue,
            };
            groups.entry(name).or_default().push(id);
        }
        for (name, pages) in groups {
            for (part, lists) in pages.chunks(SITEMAP_URLS).enumerate() {
                let url = match part {
                    0 => format!("/sitemaps/{name}.xml"),
                    part => format!("/sitemaps/{name}-{}.xml", part + 1),
                };
                let page = self.add(url, PageKind::Sitemap(self.site.sitemaps.len()));
                self.site.sitemaps.push(Sitemap {
                    page,
                    lists: lists.to_vec(),
                });
            }
        }
        self.add("/sitemap.xml".to_owned(), PageKind::SitemapIndex);
    }
}
