//! Which sitemap lists a page, and how many files that takes.

use std::collections::BTreeMap;

use super::Planner;
use crate::content::Status;
use crate::site::shelf::ShelfOf;
use crate::site::{PageId, PageKind, Sitemap};

/// The sitemap protocol's limit of addresses in one file.
const SITEMAP_URLS: usize = 50_000;

/// What a sitemap lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Year(i16),
    Undated,
    Taxonomy(usize),
    Pages,
}

impl Planner<'_> {
    /// One sitemap for each year, for what has no date, and for the pages of terms.
    pub(super) fn sitemaps(&mut self) {
        let mut groups: BTreeMap<Group, Vec<PageId>> = BTreeMap::new();
        for id in self.site.ids() {
            if let Some(group) = self.group(id) {
                groups.entry(group).or_default().push(id);
            }
        }
        let mut named: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
        for (group, pages) in groups {
            let name = match group {
                Group::Year(year) => format!("{year:04}"),
                Group::Undated => "undated".to_owned(),
                Group::Taxonomy(index) => self.archive.taxonomies[index].name.clone(),
                Group::Pages => "pages".to_owned(),
            };
            named.entry(name).or_default().extend(pages);
        }
        for (name, mut pages) in named {
            // A taxonomy may be called like another group.
            pages.sort_unstable();
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

    /// The sitemaps that list a page; `None` for one that is in none.
    fn group(&self, id: PageId) -> Option<Group> {
        Some(match &self.site.page(id).kind {
            PageKind::Article(article) => {
                let content = &self.archive.article(*article).content;
                if content.status == Status::NoIndex {
                    return None;
                }
                content
                    .date
                    .map_or(Group::Undated, |date| Group::Year(date.year()))
            }
            PageKind::Shelf(shelf) => match (shelf.of, shelf.place.year) {
                (ShelfOf::Archive, Some(year)) => Group::Year(year),
                (ShelfOf::Archive, None) => Group::Undated,
                (ShelfOf::Term(term) | ShelfOf::Pair(term, _), _) => {
                    Group::Taxonomy(self.archive.term(term).taxonomy)
                }
            },
            PageKind::TermIndex(taxonomy) => Group::Taxonomy(*taxonomy),
            PageKind::TermLetter(letter) => Group::Taxonomy(letter.taxonomy),
            PageKind::Text(index) if self.archive.pages[*index].noindex => return None,
            PageKind::Front
            | PageKind::Text(_)
            | PageKind::Corrections(_)
            | PageKind::Data
            | PageKind::OnThisDay(..)
            | PageKind::OnThisDayIndex
            | PageKind::Years
            | PageKind::Coverage => Group::Pages,
            _ => return None,
        })
    }
}
