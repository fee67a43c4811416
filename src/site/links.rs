//! Links of bodies: what each points to.

use camino::{Utf8Path, Utf8PathBuf};

use super::corrections::anchor;
use super::ledger::Answer;
use super::permalink::folder_of;
use super::{PageId, PageKind, Site};
use crate::archive::Archive;
use crate::config::Config;
use crate::content::markdown::Reference;
use crate::content::percent_decoded;
use crate::diagnostics::Span;

/// A page with a body: where its links start from.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// Its page.
    pub page: PageId,
    /// Its file, seen from the content root.
    pub file: &'a Utf8Path,
    /// The anchors of its own headings.
    pub headings: &'a [Box<str>],
}

/// What a link points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A page of the site, and the part of it, with its `#`.
    Page(PageId, String),
    /// A part of the same page, with its `#`.
    Here(String),
    /// The site this archive was moved from.
    Elsewhere(String),
    /// An article or page that this build leaves out.
    Unpublished,
    /// Nothing.
    Dead,
}

impl Site {
    /// What a link in the body of `owner` points to: an article or record by its file or id, a
    /// page by its address, whole or from the root, a file beside it or in `static/`.
    pub fn resolve(
        &self,
        archive: &Archive,
        config: &Config,
        owner: &Owner<'_>,
        target: &str,
    ) -> Resolved {
        let (path, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
        if path.is_empty() {
            return self.here(owner, fragment);
        }
        if let Some(id) = path.strip_prefix("id:") {
            return match archive.article_named(id) {
                Some(article) => self.part(archive, self.articles[article.0 as usize], fragment),
                None => Resolved::Dead,
            };
        }
        if let Some(own) = config.base_url.within(target) {
            return self.own(archive, config, &own);
        }
        // A scheme nobody here knows (`rsync://…`) leads elsewhere all the same.
        if path
            .split_once("://")
            .is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()))
        {
            return Resolved::Elsewhere(target.to_owned());
        }
        let path = path.split('?').next().unwrap_or_default();
        let Some(path) = percent_decoded(path) else {
            return Resolved::Dead;
        };
        if path.is_empty() {
            return self.here(owner, fragment);
        }
        if let Some(file) = self.as_file(owner, &path) {
            if let Some(page) = self.of_source(archive, &file) {
                return self.part(archive, page, fragment);
            }
            if let Some(page) = self.assets.get(&(owner.page, file.clone())) {
                return Resolved::Page(*page, fragment.to_owned());
            }
            if archive.unpublished.binary_search(&file).is_ok() {
                return Resolved::Unpublished;
            }
        }
        if let Some(page) = self.as_address(config, owner, &path) {
            return self.part(archive, page, fragment);
        }
        if path.starts_with('/') {
            left_behind(config, target)
        } else {
            Resolved::Dead
        }
    }

    /// What a whole address of the site points to, given from the root. It may be an old one, with
    /// a query: other programs wrote whole addresses, and chose pages by what follows a `?`.
    fn own(&self, archive: &Archive, config: &Config, target: &str) -> Resolved {
        let (address, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
        let (path, query) = address.split_at(address.find('?').unwrap_or(address.len()));
        let Some(path) = percent_decoded(path) else {
            return Resolved::Dead;
        };
        match self.answer(&[&path, query].concat()) {
            Answer::Here(page) | Answer::Redirect(page) => self.part(archive, page, fragment),
            Answer::Gone => Resolved::Dead,
            Answer::Nothing => left_behind(config, target),
        }
    }

    /// The page of an article, text or record, by its file.
    fn of_source(&self, archive: &Archive, file: &Utf8Path) -> Option<PageId> {
        let article = archive.article_in(file);
        let page = article.and_then(|id| self.articles.get(id.0 as usize));
        page.or_else(|| self.sources.get(file.as_str())).copied()
    }

    fn here(&self, owner: &Owner<'_>, fragment: &str) -> Resolved {
        let anchor = percent_decoded(fragment.trim_start_matches('#')).unwrap_or_default();
        let known = anchor.is_empty() || matches!(anchor.as_str(), "top" | "content");
        if known || has(owner.headings, &anchor) {
            // An empty fragment means the top of the page (HTML §7.4.6.3), and so does `#top`.
            let target = if anchor.is_empty() || anchor == "top" {
                "#content"
            } else {
                fragment
            };
            return Resolved::Here(target.to_owned());
        }
        Resolved::Dead
    }

    /// A page, if the part of it that is asked for is there.
    fn part(&self, archive: &Archive, page: PageId, fragment: &str) -> Resolved {
        let part = percent_decoded(fragment.trim_start_matches('#')).unwrap_or_default();
        let headings: Option<&[Box<str>]> = match &self.page(page).kind {
            PageKind::Article(id) => Some(&archive.article(*id).content.body.headings),
            PageKind::Text(index) => Some(&archive.pages[*index].headings),
            _ => None,
        };
        let missing = !part.is_empty()
            && headings.is_none_or(|headings| !has(headings, &part))
            && !self.is_correction(archive, page, &part);
        if missing {
            Resolved::Dead
        } else {
            Resolved::Page(page, fragment.to_owned())
        }
    }

    /// Whether an anchor is that of a correction of an article.
    fn is_correction(&self, archive: &Archive, page: PageId, of: &str) -> bool {
        let PageKind::Article(id) = &self.page(page).kind else {
            return false;
        };
        let corrections = archive.article(*id).content.corrections.len();
        (0..corrections).any(|index| anchor(index) == of)
    }

    /// A link as a file of the content folder: `@/…` from its root, else from the file it is in.
    fn as_file(&self, owner: &Owner<'_>, path: &str) -> Option<Utf8PathBuf> {
        let start = match path.strip_prefix("@/") {
            Some(from_root) => return normal(Utf8Path::new(from_root)),
            None if path.starts_with('/') => return None,
            None => owner.file.parent()?,
        };
        normal(&start.join(path))
    }

    /// A link as an address: from the root of the site, or of its host, or from its page.
    fn as_address(&self, config: &Config, owner: &Owner<'_>, path: &str) -> Option<PageId> {
        if path.starts_with('/') {
            let within = path
                .strip_prefix(config.base_url.path())
                .filter(|rest| rest.starts_with('/'));
            return self
                .at(path)
                .or_else(|| within.and_then(|rest| self.at(rest)));
        }
        let folder = folder_of(&self.page(owner.page).url);
        let joined = Utf8Path::new(folder.trim_start_matches('/')).join(path);
        let found = normal(&joined)?;
        let slash = if path.ends_with('/') && !found.as_str().is_empty() {
            "/"
        } else {
            ""
        };
        self.at(&format!("/{found}{slash}"))
    }

    /// Every page with a body, with its references and the line its body begins on.
    pub(crate) fn bodies<'a>(
        &'a self,
        archive: &'a Archive,
    ) -> impl Iterator<Item = (Owner<'a>, &'a [Reference])> {
        let articles = archive
            .articles
            .iter()
            .zip(&self.articles)
            .map(|(article, page)| {
                let content = &article.content;
                let owner = Owner {
                    page: *page,
                    file: &content.file,
                    headings: &content.body.headings,
                };
                (owner, &*content.body.references)
            });
        let texts = archive.pages.iter().zip(&self.texts).map(|(text, page)| {
            let owner = Owner {
                page: *page,
                file: &text.file,
                headings: &text.headings,
            };
            (owner, text.references.as_slice())
        });
        let records = archive
            .terms
            .iter()
            .zip(&self.terms)
            .filter_map(|(term, page)| {
                let record = term.record.as_ref()?;
                let owner = Owner {
                    page: (*page)?,
                    file: &record.file,
                    headings: &[],
                };
                Some((owner, record.references.as_slice()))
            });
        articles.chain(texts).chain(records)
    }
}

/// An address from the root that nothing answers here, where the archive was moved from.
fn left_behind(config: &Config, target: &str) -> Resolved {
    match &config.settings.links.origin {
        Some(origin) => Resolved::Elsewhere([origin.trim_end_matches('/'), target].concat()),
        None => Resolved::Dead,
    }
}

/// Whether an anchor is among those of a body.
fn has(headings: &[Box<str>], anchor: &str) -> bool {
    headings.iter().any(|heading| **heading == *anchor)
}

/// A path with its `.` and `..` worked out; `None` where it climbs out of the root.
pub(super) fn normal(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.as_str().split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(Utf8PathBuf::from(parts.join("/")))
}

/// The line of its file on which a body begins.
pub(crate) fn body_line(site: &Site, archive: &Archive, owner: &Owner<'_>) -> u32 {
    match &site.page(owner.page).kind {
        PageKind::Article(id) => archive.article(*id).content.body.line,
        PageKind::Text(index) => archive.pages[*index].text_line,
        PageKind::Shelf(shelf) => match shelf.of {
            super::ShelfOf::Term(term) => {
                let record = archive.term(term).record.as_ref();
                record.map_or(1, |record| record.text_line)
            }
            super::ShelfOf::Archive | super::ShelfOf::Pair(..) => 1,
        },
        _ => 1,
    }
}

/// The place of a destination in its file.
pub(crate) fn span(body: &str, first_line: u32, reference: &Reference) -> Span {
    // The offset is that of the whole link; the target stands a little further on.
    let rest = body.get(reference.offset..).unwrap_or_default();
    let within = rest.find(&reference.target).unwrap_or(0);
    let mut span = Span::at(body, reference.offset + within, reference.target.len());
    span.line += first_line.saturating_sub(1);
    span
}
