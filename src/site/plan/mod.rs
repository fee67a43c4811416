//! Lists every page with its address, and refuses two that want one.

mod aliases;
mod beside;
mod clear;
mod data;
mod letters;
mod news;
mod overviews;
mod sitemaps;
mod tombstones;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use clear::Clear;
use rayon::prelude::*;

use super::permalink;
use super::shelf::{self, Place, Shelf, ShelfOf};
use super::{Files, Letter, Page, PageId, PageKind, Site};
use crate::archive::{Archive, ArticleId, TermId};
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

pub(crate) use letters::{LONG_INDEX, letter_url, letters};
pub(crate) use news::{in_feeds, news};

pub(super) fn plan(
    archive: &Archive,
    config: &Config,
    theme_files: &[String],
    now: jiff::Timestamp,
) -> (Site, Diagnostics) {
    let mut planner = Planner {
        archive,
        config,
        site: Site {
            // Most pages are articles; the others are seldom as many again.
            files: Files::with_capacity(2 * archive.articles.len()),
            ..Site::default()
        },
        clear: Clear::default(),
        notes: Diagnostics::new(),
    };
    planner.articles();
    planner.tombstones();
    planner.texts();
    planner.terms();
    planner.dates();
    planner.front(now);
    planner.files(theme_files);
    planner.beside();
    planner.corrections();
    planner.data();
    planner.aliases();
    planner.overviews();
    planner.pairs();
    planner.sitemaps();
    planner.nested();
    (planner.site, planner.notes)
}

/// So many pages are looked at in a row by one processor.
const STRETCH: usize = 4096;

/// The pages of a term with their addresses.
struct Shelved {
    id: TermId,
    shelves: Vec<(Box<str>, Box<Shelf>)>,
    feed: Option<Box<str>>,
}

fn term_id(index: usize) -> TermId {
    TermId(u32::try_from(index).unwrap_or(u32::MAX))
}

struct Planner<'a> {
    archive: &'a Archive,
    config: &'a Config,
    site: Site,
    clear: Clear,
    notes: Diagnostics,
}

impl Planner<'_> {
    /// Adds a page, or reports the one that already has its address.
    fn add(&mut self, url: impl Into<Box<str>>, kind: PageKind) -> PageId {
        let url = url.into();
        self.clear.note(kind.file_parts(&url));
        match self.site.add_page(Page { url, kind }) {
            Ok(id) => id,
            Err((other, page)) => {
                self.taken(&page.url, &page.kind, other);
                other
            }
        }
    }

    fn taken(&mut self, url: &str, kind: &PageKind, other: PageId) {
        let other = &self.site.page(other).kind;
        // The file that the editor can change is the one to name first.
        let (first, second) = match (self.file(kind), self.file(other)) {
            (None, Some(_)) => (other, kind),
            _ => (kind, other),
        };
        let message = format!(
            "{} and {} both want the address {url}",
            self.describe(first),
            self.describe(second)
        );
        let mut diagnostic = Diagnostic::new(Code::AddressTaken, message);
        diagnostic = match (first, second) {
            (PageKind::Article(a), PageKind::Article(b)) => {
                let slug = &self.archive.article(*a).content.slug;
                let same = self.archive.article(*b).content.slug == *slug;
                let slug = if same {
                    format!("{slug}-2")
                } else {
                    slug.to_string()
                };
                diagnostic.help(format!(
                    "give one of them another slug, as in `slug: {slug}`"
                ))
            }
            (PageKind::Article(_), _) => {
                diagnostic.help("give the article another `slug` or `url`")
            }
            _ => diagnostic.help("give one of them another address"),
        };
        if let Some(file) = self.file(first) {
            let span = Span {
                line: 1,
                column: 1,
                length: 1,
                text: String::new(),
            };
            diagnostic = diagnostic.file(file).span(span);
        }
        self.notes.push(diagnostic);
    }

    /// The file behind a page, as an editor sees it.
    fn file(&self, kind: &PageKind) -> Option<Utf8PathBuf> {
        let shown = |file: &Utf8Path| Some(content::shown(self.config, file));
        match kind {
            PageKind::Article(id) => shown(&self.archive.article(*id).content.file),
            PageKind::Text(index) => shown(&self.archive.pages[*index].file),
            PageKind::Tombstone(index) => shown(&self.archive.removed[*index].content.file),
            PageKind::Static(index) => {
                let folder = Utf8Path::new(&self.config.settings.content.statics);
                shown(&folder.join(&self.archive.statics[*index]))
            }
            PageKind::Asset(file) => shown(file),
            PageKind::Shelf(shelf) => match shelf.of {
                ShelfOf::Term(term) => self
                    .archive
                    .term(term)
                    .record
                    .as_ref()
                    .and_then(|record| shown(&record.file)),
                ShelfOf::Archive | ShelfOf::Pair(..) => None,
            },
            _ => None,
        }
    }

    fn describe(&self, kind: &PageKind) -> String {
        if let Some(file) = self.file(kind) {
            return file.into_string();
        }
        match kind {
            PageKind::Shelf(shelf) => match shelf.of {
                ShelfOf::Archive => format!("the date shelf /{}", shelf.place.path()),
                ShelfOf::Term(term) => format!("the page of {:?}", self.archive.term(term).name),
                ShelfOf::Pair(a, b) => format!(
                    "the page of {:?} with {:?}",
                    self.archive.term(a).name,
                    self.archive.term(b).name
                ),
            },
            PageKind::TermIndex(index) => {
                format!("the index of {}", self.archive.taxonomies[*index].name)
            }
            PageKind::Front => "the front page".to_owned(),
            PageKind::Redirect(to) => format!("the redirect to {}", self.site.page(*to).url),
            PageKind::OnThisDay(..) | PageKind::OnThisDayIndex => "“on this day”".to_owned(),
            PageKind::ThemeFile(file) => format!("the theme's {file}"),
            _ => "a page of morgue's own".to_owned(),
        }
    }

    fn articles(&mut self) {
        let (config, archive) = (self.config, self.archive);
        let urls = archive.articles.par_iter();
        let urls: Vec<Box<str>> = urls
            .map(|article| permalink::of_article(config, archive, article).into())
            .collect();
        for (id, url) in archive.ids().zip(urls) {
            let page = self.add(url, PageKind::Article(id));
            self.site.articles.push(page);
        }
    }

    fn texts(&mut self) {
        for (index, text) in self.archive.pages.iter().enumerate() {
            let page = self.add(text.url.clone(), PageKind::Text(index));
            self.site.texts.push(page);
            self.site.sources.insert(text.file.as_str().into(), page);
        }
    }

    fn terms(&mut self) {
        self.site.terms = vec![None; self.archive.terms.len()];
        for (index, taxonomy) in self.archive.taxonomies.iter().enumerate() {
            let terms = self.archive.shelves[index].clone();
            if terms.is_empty() {
                continue;
            }
            let root = format!("/{}/", taxonomy.path);
            self.add(root.clone(), PageKind::TermIndex(index));
            let ids = terms.into_par_iter().map(term_id);
            let shelves: Vec<Shelved> = ids.map(|id| self.shelves(&root, id)).collect();
            shelves.into_iter().for_each(|shelved| self.term(shelved));
            for (letter, parts) in letters(self.archive, index) {
                for part in 1..=parts {
                    let url = letter_url(&root, letter, part);
                    let letter = Letter {
                        taxonomy: index,
                        letter: letter.to_owned(),
                        part,
                    };
                    self.add(url, PageKind::TermLetter(Box::new(letter)));
                }
            }
        }
    }

    /// The pages of a term; none for one that is kept without.
    fn shelves(&self, root: &str, id: TermId) -> Shelved {
        let term = self.archive.term(id);
        let mut shelved = Shelved {
            id,
            shelves: Vec::new(),
            feed: None,
        };
        if term.is_hidden() {
            return shelved;
        }
        let base = format!("{root}{}/", term.slug);
        let limits = &self.config.settings.shelves;
        let (of, count) = (ShelfOf::Term(id), term.articles.len());
        let ids = || term.articles.as_slice().into();
        let shelves = shelf::whole(self.archive, of, count, ids, limits).into_iter();
        let addressed =
            |shelf: Shelf| (format!("{base}{}", shelf.place.path()).into(), shelf.into());
        shelved.shelves = shelves.map(addressed).collect();
        let minimum = self.config.settings.feeds.minimum;
        let in_feeds = term
            .articles
            .iter()
            .filter(|a| in_feeds(self.archive, **a))
            .take(minimum.max(1));
        if minimum > 0 && in_feeds.count() >= minimum {
            shelved.feed = Some(format!("{base}feed.xml").into());
        }
        shelved
    }

    fn term(&mut self, shelved: Shelved) {
        let id = shelved.id;
        for (url, shelf) in shelved.shelves {
            let first = shelf.place == Place::ALL;
            let page = self.add(url, PageKind::Shelf(shelf));
            if first {
                self.site.terms[id.0 as usize] = Some(page);
                if let Some(record) = &self.archive.term(id).record
                    && record.file.extension() != Some("csv")
                {
                    self.site.sources.insert(record.file.as_str().into(), page);
                }
            }
        }
        if let Some(url) = shelved.feed {
            let feed = self.add(url, PageKind::TermFeed(id));
            self.site.feeds.insert(id, feed);
        }
    }

    fn dates(&mut self) {
        let limits = &self.config.settings.shelves;
        self.site.every = self.archive.ids().collect();
        for shelf in shelf::of_archive(self.archive, &self.site.every, limits) {
            let url = format!("/{}", shelf.place.path());
            self.add(url, PageKind::Shelf(Box::new(shelf)));
        }
        let mut days: BTreeMap<(i8, i8), Vec<ArticleId>> = BTreeMap::new();
        for id in self.archive.dated() {
            let date = self.archive.article(id).content.date;
            let certain = date.filter(|date| !date.is_uncertain());
            if let Some((month, day)) = certain.and_then(|d| d.month().zip(d.day())) {
                days.entry((month, day)).or_default().push(id);
            }
        }
        if !days.is_empty() {
            self.add("/on/".to_owned(), PageKind::OnThisDayIndex);
        }
        for (month, day) in days.keys() {
            self.add(
                format!("/on/{month:02}-{day:02}/"),
                PageKind::OnThisDay(*month, *day),
            );
        }
        self.site.days = days.into_iter().collect();
    }

    fn front(&mut self, now: jiff::Timestamp) {
        self.add("/".to_owned(), PageKind::Front);
        self.add("/404.html".to_owned(), PageKind::NotFound);
        self.add("/feed.xml".to_owned(), PageKind::Feed);
        self.add("/feed.json".to_owned(), PageKind::JsonFeed);
        let years: BTreeSet<i16> = self
            .archive
            .dated()
            .filter(|id| in_feeds(self.archive, *id))
            .filter_map(|id| {
                self.archive
                    .article(id)
                    .content
                    .date
                    .map(|date| date.year())
            })
            .collect();
        for year in years {
            self.add(format!("/feeds/{year:04}.xml"), PageKind::YearFeed(year));
        }
        if !news(self.archive, self.config, now).is_empty() {
            self.add("/sitemaps/news.xml".to_owned(), PageKind::NewsSitemap);
        }
        if self.config.settings.robots.enabled {
            self.add("/robots.txt".to_owned(), PageKind::Robots);
        }
    }

    fn files(&mut self, theme_files: &[String]) {
        for (index, file) in self.archive.statics.iter().enumerate() {
            self.add(format!("/{file}"), PageKind::Static(index));
        }
        for file in theme_files {
            self.add(
                format!("/theme/{file}"),
                PageKind::ThemeFile(file.as_str().into()),
            );
        }
        self.site.icon = ["favicon.svg", "favicon.ico", "favicon.png"]
            .into_iter()
            .find_map(|name| self.site.at_file(name));
    }

    /// Refuses a page below an address that is a file.
    fn nested(&mut self) {
        let site = &self.site;
        let stretches = site.pages.par_chunks(STRETCH).flat_map_iter(|pages| {
            let mut clear = Clear::default();
            let above = |page: &Page| clear.above(site, page.file_parts());
            let above = pages.iter().map(above).collect::<Vec<_>>();
            pages
                .iter()
                .zip(above)
                .flat_map(|(page, above)| above.into_iter().map(move |a| (page, a)))
        });
        let found: Vec<(&Page, PageId)> = stretches.collect();
        for (below, above) in found {
            let above = self.site.page(above);
            let message = format!(
                "{} at {} lies inside the file of {} at {}",
                self.describe(&below.kind),
                below.url,
                self.describe(&above.kind),
                above.url
            );
            let mut diagnostic = Diagnostic::new(Code::AddressInside, message)
                .help("give one of them another address");
            if let Some(file) = self.file(&below.kind).or_else(|| self.file(&above.kind)) {
                diagnostic = diagnostic.file(file);
            }
            self.notes.push(diagnostic);
        }
    }
}
