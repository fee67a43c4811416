//! Which page fills which file of the output folder.

use hashbrown::HashTable;

use super::{Page, PageId};

/// The pages by their files. The file of a page follows from its address, so that only ids are
/// kept here.
#[derive(Debug, Default)]
pub(super) struct Files(HashTable<PageId>);

impl Files {
    pub(super) fn with_capacity(pages: usize) -> Self {
        Files(HashTable::with_capacity(pages))
    }

    /// The page that fills a file, which is given in two parts so that nobody has to join them.
    pub(super) fn find(&self, pages: &[Page], file: [&str; 2]) -> Option<PageId> {
        let is = |id: &PageId| {
            let page = pages.get(id.0 as usize);
            page.is_some_and(|page| same(page.file_parts(), file))
        };
        self.0.find(hash(file), is).copied()
    }

    /// One page more, whose file no other fills.
    pub(super) fn insert(&mut self, pages: &[Page], id: PageId) {
        let own = |id: &PageId| {
            let page = pages.get(id.0 as usize);
            page.map_or(0, |page| hash(page.file_parts()))
        };
        self.0.insert_unique(own(&id), id, own);
    }
}

/// The same for the same text, wherever it is parted (FNV-1a of 64 bits).
fn hash(parts: [&str; 2]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

fn same(a: [&str; 2], b: [&str; 2]) -> bool {
    let bytes = |parts: [&str; 2]| parts.map(str::len).iter().sum::<usize>();
    a == b
        || bytes(a) == bytes(b)
            && a.iter()
                .flat_map(|part| part.bytes())
                .eq(b.iter().flat_map(|part| part.bytes()))
}
