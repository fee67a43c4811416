//! Stage 4: one page becomes bytes.
//!
//! [`page`] is a pure function of the site, the archive, the theme and the page asked for: the
//! same arguments give the same bytes. So a build maps it over all pages on all processors, and
//! the preview calls it for the one page that is looked at.

mod body;
mod citation;
mod corrections_feed;
pub(crate) mod data;
mod date_text;
pub(crate) mod feed;
mod frames;
mod head;
pub(crate) mod hosting;
mod inputs;
mod json_feed;
mod json_ld;
mod link;
mod map;
mod picture;
mod sitemap;
pub mod theme;
pub mod view;
mod xml;

use std::borrow::Cow;

use camino::Utf8PathBuf;

use crate::archive::Archive;
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Code, Diagnostic};
use crate::site::{Page, PageId, PageKind, Site};

pub use frames::Frames;
pub use inputs::Inputs;
pub use theme::Theme;

use link::Linker;

/// Everything that a page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The archive.
    pub archive: &'a Archive,
    /// The plan of all pages.
    pub site: &'a Site,
    /// The theme.
    pub theme: &'a Theme,
    /// What all pages have in common.
    pub frames: &'a Frames,
    /// The time that counts as now; only the news sitemap and the front page look at it.
    pub now: jiff::Timestamp,
    /// Whether a file must still be what it was when it was read, as in a build; the preview shows
    /// it as it is by now.
    pub settled: bool,
}

impl<'a> Scene<'a> {
    fn linker(&self, page: &'a Page) -> Linker<'a> {
        // A host shows this page at any address, so nothing can be relative to it.
        let rooted = page.kind == PageKind::NotFound;
        Linker::new(
            &self.config.base_url,
            &page.url,
            self.config.settings.relative_urls && !rooted,
        )
    }
}

/// The bytes of a page.
///
/// # Errors
/// A template that fails, or a file that has gone since it was read.
pub fn page<'a>(scene: &Scene<'a>, id: PageId) -> Result<Cow<'a, [u8]>, Diagnostic> {
    let page = scene.site.page(id);
    let text = |text: String| Ok(Cow::Owned(text.into_bytes()));
    match &page.kind {
        PageKind::Static(_) | PageKind::Asset(_) => {
            let path = source(scene, &page.kind).unwrap_or_default();
            file(scene, &path).map(Cow::Owned)
        }
        PageKind::ThemeFile(name) => scene
            .theme
            .file(name)
            .ok_or_else(|| Diagnostic::new(Code::NoTheme, format!("the theme has no file {name}"))),
        PageKind::HostFile(file) => text(hosting::file(scene, file)),
        PageKind::Feed => text(feed::newest(scene, page)?),
        PageKind::YearFeed(year) => text(feed::year(scene, page, *year)?),
        PageKind::TermFeed(term) => text(feed::term(scene, page, *term)?),
        PageKind::CorrectionsFeed => text(corrections_feed::newest(scene, page)),
        PageKind::DataFile(file) => Ok(Cow::Owned(data::file(scene, *file))),
        PageKind::JsonFeed => text(json_feed::newest(scene, page)?),
        PageKind::SitemapIndex => text(sitemap::index(scene)),
        PageKind::Sitemap(index) => text(sitemap::pages(scene, *index)),
        PageKind::NewsSitemap => text(sitemap::news(scene)),
        PageKind::Robots => text(sitemap::robots(scene)),
        _ => text(view::html(scene, id)?),
    }
}

/// The file that a page is a copy of.
fn source(scene: &Scene<'_>, kind: &PageKind) -> Option<Utf8PathBuf> {
    let root = scene.config.content_root();
    match kind {
        PageKind::Static(index) => {
            let folder = root.join(&scene.config.settings.content.statics);
            Some(folder.join(scene.archive.statics.get(*index)?))
        }
        PageKind::Asset(asset) => Some(root.join(asset)),
        _ => None,
    }
}

fn file(scene: &Scene<'_>, path: &camino::Utf8Path) -> Result<Vec<u8>, Diagnostic> {
    std::fs::read(path).map_err(|error| {
        let shown = path.strip_prefix(&scene.config.folder).unwrap_or(path);
        Diagnostic::new(Code::Unreadable, format!("cannot be read: {error}")).file(shown)
    })
}

/// A text without the control characters that neither HTML nor XML 1.0 may hold.
fn without_controls(text: String) -> String {
    match cleaned(&text) {
        Cow::Owned(clean) => clean,
        Cow::Borrowed(_) => text,
    }
}

/// The same for a text that is only looked at.
fn cleaned(text: &str) -> Cow<'_, str> {
    if content::name::has_forbidden(text) {
        let clean = text.chars().filter(|c| !content::name::is_forbidden(*c));
        Cow::Owned(clean.collect())
    } else {
        Cow::Borrowed(text)
    }
}
