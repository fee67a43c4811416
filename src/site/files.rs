//! Which page fills which file of the output folder.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable, hash_table::Entry};

use super::{Page, PageId};

/// The pages by their files. The file of a page follows from its address, so that only ids are
/// kept here.
#[derive(Debug, Default)]
pub(super) struct Files {
    ids: HashTable<PageId>,
    hasher: DefaultHashBuilder,
}

impl Files {
    pub(super) fn with_capacity(pages: usize) -> Self {
        Files {
            ids: HashTable::with_capacity(pages),
            ..Files::default()
        }
    }

    /// The page that fills a file, which is given in two parts so that nobody has to join them.
    pub(super) fn find(&self, pages: &[Page], file: [&str; 2]) -> Option<PageId> {
        let is = |id: &PageId| fills(pages, *id, file);
        self.ids.find(self.hasher.hash_one(key(file)), is).copied()
    }

    /// One page more.
    ///
    /// # Errors
    /// The page that fills its file already, and this one.
    pub(super) fn add(
        &mut self,
        pages: &mut Vec<Page>,
        page: Page,
    ) -> Result<PageId, (PageId, Page)> {
        let id = PageId(u32::try_from(pages.len()).unwrap_or(u32::MAX));
        let file = page.file_parts();
        let hash = |file| self.hasher.hash_one(key(file));
        let own = |id: &PageId| {
            let page = pages.get(id.0 as usize);
            page.map_or(0, |page| hash(page.file_parts()))
        };
        let is = |id: &PageId| fills(pages, *id, file);
        let other = match self.ids.entry(hash(file), is, own) {
            Entry::Occupied(other) => Some(*other.get()),
            Entry::Vacant(place) => {
                place.insert(id);
                None
            }
        };
        if let Some(other) = other {
            return Err((other, page));
        }
        pages.push(page);
        Ok(id)
    }
}

fn fills(pages: &[Page], id: PageId, file: [&str; 2]) -> bool {
    let page = pages.get(id.0 as usize);
    page.is_some_and(|page| same(page.file_parts(), file))
}

/// By what a file is looked up: the same wherever it is parted. It is parted before its
/// `index.html`, or before the `/` of that, or not at all.
fn key([path, added]: [&str; 2]) -> &str {
    let path = match added {
        "" => path.strip_suffix("index.html").unwrap_or(path),
        _ => path,
    };
    path.trim_end_matches('/')
}

fn same(a: [&str; 2], b: [&str; 2]) -> bool {
    let bytes = |parts: [&str; 2]| parts.map(str::len).iter().sum::<usize>();
    a == b
        || bytes(a) == bytes(b)
            && a.iter()
                .flat_map(|part| part.bytes())
                .eq(b.iter().flat_map(|part| part.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::PageKind;

    #[test]
    fn a_page_is_found_by_its_file_however_that_is_parted() {
        let urls = [
            "/",
            "/a/",
            "/a/b/",
            "/a/c",
            "/a/c.html",
            "/a/index.html",
            "/index.htmls",
        ];
        let mut files = Files::default();
        let mut pages = Vec::new();
        for url in urls {
            let page = Page {
                url: url.into(),
                kind: PageKind::Front,
            };
            let taken = files.add(&mut pages, page).err().map(|(other, _)| other);
            assert_eq!(taken, (url == "/a/index.html").then_some(PageId(1)));
        }
        for (page, id) in pages.iter().zip((0..).map(PageId)) {
            let file = page.file();
            let mut parts = vec![page.file_parts(), [&*file, ""]];
            if let Some(folder) = file.strip_suffix("/index.html") {
                parts.push([folder, "/index.html"]);
            }
            for parts in parts {
                assert_eq!(files.find(&pages, parts), Some(id), "{parts:?}");
            }
        }
        assert_eq!(files.find(&pages, ["a", ""]), None);
    }
}
