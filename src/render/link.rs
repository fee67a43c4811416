//! Addresses as one page writes them.

use crate::config::BaseUrl;
use crate::site::{encode, relative};

/// Writes addresses for one page: from the root of the host, or relative to the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Linker<'a> {
    base: &'a BaseUrl,
    from: Option<&'a str>,
    whole: bool,
}

impl<'a> Linker<'a> {
    pub(super) fn new(base: &'a BaseUrl, from: &'a str, relative: bool) -> Self {
        Linker {
            base,
            from: relative.then_some(from),
            whole: false,
        }
    }

    /// Writes every address whole, for feeds.
    pub(super) fn whole(base: &'a BaseUrl) -> Self {
        Linker {
            base,
            from: None,
            whole: true,
        }
    }

    /// The address of a page, as a link on this page.
    pub(super) fn to(&self, url: &str) -> String {
        match self.from {
            Some(from) => encode(&relative(from, url)).into_owned(),
            None if self.whole => self.absolute(url),
            None => [self.base.path(), &encode(url)].concat(),
        }
    }

    /// The whole address of a page.
    pub(super) fn absolute(&self, url: &str) -> String {
        self.base.absolute(&encode(url))
    }
}
