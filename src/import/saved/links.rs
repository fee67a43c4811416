//! What the addresses on a page become.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::old_addresses::{self, Address, Mirror, Needed};
use super::page::Spot;
use crate::import::html::{Addresses, Picture};

/// What the addresses on a page become.
pub(super) struct Old<'o> {
    mirror: &'o Mirror,
    spot: &'o Spot<'o>,
    needed: RefCell<BTreeSet<Needed>>,
}

impl<'o> Old<'o> {
    pub(super) fn new(mirror: &'o Mirror, spot: &'o Spot<'o>) -> Self {
        Old {
            mirror,
            spot,
            needed: RefCell::default(),
        }
    }

    /// The files that what was asked about needs.
    pub(super) fn needed(self) -> BTreeSet<Needed> {
        self.needed.into_inner()
    }

    /// What a link can mean: seen from the address, and, since programs that mirror sites rewrite
    /// links, seen from the file.
    fn meanings(&self, link: &str) -> Vec<(Address, String)> {
        let from = [self.spot.address, Some(self.spot.file)];
        from.iter()
            .flatten()
            .filter_map(|from| from.join(link))
            .collect()
    }

    /// The address of a file that comes along.
    fn local(&self, link: &str) -> Option<String> {
        let own = self
            .meanings(link)
            .into_iter()
            .filter(|(address, _)| self.mirror.is_own(address));
        let needed = own
            .into_iter()
            .find_map(|(address, _)| old_addresses::file(self.spot.root, &address))?;
        let address = old_addresses::encoded(&needed.path);
        self.needed.borrow_mut().insert(needed);
        Some(address)
    }

    /// The whole address of what stays where it was.
    fn whole(&self, link: &str) -> String {
        match self.meanings(link).into_iter().next() {
            Some((address, fragment)) if !address.host.is_empty() => {
                let scheme = if link.trim().starts_with("http:") {
                    "http"
                } else {
                    "https"
                };
                let host = self.mirror.as_written(link, &address.host);
                format!("{scheme}://{host}{}{fragment}", address.path)
            }
            _ => link.trim().to_owned(),
        }
    }
}

impl Addresses for Old<'_> {
    fn link(&self, href: &str) -> String {
        if href.trim().starts_with('#') {
            return href.trim().to_owned();
        }
        let meanings = self.meanings(href);
        for (address, fragment) in &meanings {
            if self.mirror.is_own(address)
                && let Some(url) = self.mirror.pages.get(&address.path)
            {
                return format!("{url}{fragment}");
            }
        }
        if let Some(file) = self.local(href) {
            return file;
        }
        match meanings.into_iter().next() {
            Some((address, fragment))
                if self.mirror.is_own(&address) && !address.path.contains('?') =>
            {
                format!("{}{fragment}", address.path)
            }
            _ => self.whole(href),
        }
    }

    fn picture(&self, picture: Picture) -> Picture {
        Picture {
            src: self.file(&picture.src),
            ..picture
        }
    }

    fn file(&self, src: &str) -> String {
        self.local(src).unwrap_or_else(|| self.whole(src))
    }
}
