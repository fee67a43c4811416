//! What is behind each page, as the ledger says it.

use std::borrow::Cow;

use super::{Line, State};
use crate::archive::Archive;
use crate::config::Config;
use crate::content;
use crate::digest::Digester;
use crate::site::{Page, PageId, PageKind, Place, ShelfOf, Site};

/// What the ledger says of a page that is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Behind<'a> {
    pub(super) state: State,
    pub(super) to: &'a str,
    pub(super) id: Cow<'a, str>,
    pub(super) file: Cow<'a, str>,
    pub(super) text: u64,
    pub(super) notice: u64,
}

impl Behind<'_> {
    /// The line of this page.
    pub(super) fn line<'l>(&'l self, address: &'l str) -> Line<'l> {
        Line {
            address,
            state: self.state,
            to: self.to,
            id: &self.id,
            file: &self.file,
            text: self.text,
            notice: self.notice,
        }
    }
}

/// Whether a page has a line: not the theme's files, nor what tells machines of other pages.
pub(super) fn has_line(page: &Page) -> bool {
    !matches!(
        page.kind,
        PageKind::NotFound
            | PageKind::SitemapIndex
            | PageKind::Sitemap(_)
            | PageKind::NewsSitemap
            | PageKind::Robots
            | PageKind::ThemeFile(_)
            | PageKind::HostFile(_)
    )
}

/// What is behind a page.
pub(super) fn of<'a>(
    site: &'a Site,
    archive: &'a Archive,
    config: &Config,
    page: PageId,
) -> Behind<'a> {
    let page = site.page(page);
    let mut behind = Behind {
        state: State::Live,
        to: "",
        id: id(archive, page),
        file: Cow::Borrowed(""),
        text: 0,
        notice: 0,
    };
    match &page.kind {
        PageKind::Article(article) => {
            let content = &archive.article(*article).content;
            behind.file = written(content.file.as_str());
            behind.text = content.text;
            behind.notice = notice(content);
        }
        // What is there tells that what was there is gone.
        PageKind::Tombstone(index) => {
            behind.state = State::Gone;
            let removed = archive.removed.get(*index);
            behind.file = removed.map_or(Cow::Borrowed(""), |t| written(t.content.file.as_str()));
        }
        PageKind::Redirect(to) => {
            let to = site.page(*to);
            behind.state = State::Moved;
            behind.to = &to.url;
            behind.id = id(archive, to);
        }
        kind => behind.file = written_owned(file(archive, config, kind)),
    }
    behind
}

fn id<'a>(archive: &'a Archive, page: &Page) -> Cow<'a, str> {
    Cow::Borrowed(match &page.kind {
        PageKind::Article(article) => match &archive.article(*article).content.id {
            Some(id) => return Cow::Owned(format!("article:{}", written(id))),
            None => "article",
        },
        PageKind::Tombstone(_) => "article",
        PageKind::Shelf(shelf) => match shelf.of {
            ShelfOf::Archive => "date",
            ShelfOf::Term(term) if shelf.place == Place::ALL => {
                let root = &archive.taxonomy_of(term).path;
                return Cow::Owned(format!("term:{root}/{}", archive.term(term).slug));
            }
            ShelfOf::Term(_) => "shelf",
            ShelfOf::Pair(..) => "pair",
        },
        PageKind::OnThisDay(..) | PageKind::OnThisDayIndex => "date",
        PageKind::TermIndex(_) | PageKind::TermLetter(_) => "index",
        PageKind::Text(_) => "page",
        PageKind::Feed
        | PageKind::JsonFeed
        | PageKind::YearFeed(_)
        | PageKind::TermFeed(_)
        | PageKind::CorrectionsFeed => "feed",
        PageKind::Data | PageKind::DataFile(_) => "data",
        PageKind::Static(_) | PageKind::Asset(_) => "file",
        _ => "overview",
    })
}

/// The file of what an editor decides over, articles aside.
fn file(archive: &Archive, config: &Config, kind: &PageKind) -> String {
    match kind {
        PageKind::Text(index) => archive.pages.get(*index).map(|page| page.file.to_string()),
        PageKind::Static(index) => {
            let statics = &config.settings.content.statics;
            let file = archive.statics.get(*index);
            file.map(|file| format!("{}/{file}", statics.trim_end_matches('/')))
        }
        PageKind::Asset(file) => Some(file.to_string()),
        PageKind::Shelf(shelf) => match shelf.of {
            ShelfOf::Term(term) if shelf.place == Place::ALL => {
                let record = archive.term(term).record.as_ref();
                record.map(|record| record.file.to_string())
            }
            _ => None,
        },
        _ => None,
    }
    .unwrap_or_default()
}

/// A name without the signs that would end its column.
pub(super) fn written(name: &str) -> Cow<'_, str> {
    if !name.contains(|c: char| c.is_control() || c == '%') {
        return Cow::Borrowed(name);
    }
    let mut safe = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() || c == '%' {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).bytes();
            bytes.for_each(|byte| safe.push_str(&format!("%{byte:02X}")));
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// The same name again, from its column.
pub(super) fn read(column: &str) -> String {
    if !column.contains('%') {
        return column.to_owned();
    }
    let mut bytes = Vec::with_capacity(column.len());
    let mut rest = column.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|d| std::str::from_utf8(d).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn written_owned(name: String) -> Cow<'static, str> {
    match written(&name) {
        Cow::Owned(safe) => Cow::Owned(safe),
        Cow::Borrowed(_) => Cow::Owned(name),
    }
}

/// What tells the readers of an article that it changed, as one number; 0 where nothing does.
pub(super) fn notice(article: &content::Article) -> u64 {
    if article.updated.is_none() && article.corrections.is_empty() {
        return 0;
    }
    let date = |date: Option<content::Date>| date.map_or_else(String::new, |d| d.to_string());
    let mut parts = Digester::new().text(&date(article.updated));
    for correction in &article.corrections {
        parts.push_text(&date(correction.date));
        parts.push_text(&correction.text);
        parts.push_text(correction.kind);
    }
    parts.finish().short_number()
}
