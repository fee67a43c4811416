//! Lists every page with its address, and refuses two that want one.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::links::normal;
use super::permalink::{self, folder_of};
use super::shelf::{self, Place, ShelfOf};
use super::{Page, PageId, PageKind, Site, Sitemap};
use crate::archive::{Archive, ArticleId, TermId};
use crate::config::Config;
use crate::content::{self, Status};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// The letters of an index are pages of their own above this many terms.
pub(crate) const LONG_INDEX: usize = 500;
/// News crawlers look back two days, and take this many articles (Google's news sitemap rules).
const NEWS_HOURS: i64 = 48;
/// The sitemap protocol's limit of addresses in one file.
const SITEMAP_URLS: usize = 50_000;

pub(super) fn plan(
    archive: &Archive,
    config: &Config,
    theme_files: &[String],
    now: jiff::Timestamp,
) -> (Site, Diagnostics) {
    let mut planner = Planner {
        archive,
        config,
        site: Site::default(),
        notes: Diagnostics::new(),
    };
    planner.articles();
    planner.texts();
    planner.terms();
    planner.dates();
    planner.front(now);
    planner.files(theme_files);
    planner.beside();
    planner.aliases();
    planner.sitemaps();
    planner.nested();
    (planner.site, planner.notes)
}

struct Planner<'a> {
    archive: &'a Archive,
    config: &'a Config,
    site: Site,
    notes: Diagnostics,
}

impl Planner<'_> {
    /// Adds a page, or reports the one that already has its address.
    fn add(&mut self, url: String, kind: PageKind) -> PageId {
        let id = PageId(u32::try_from(self.site.pages.len()).unwrap_or(u32::MAX));
        let file = kind.file(&url).into_boxed_str();
        if let Some(other) = self.site.by_file.get(&file).copied() {
            self.taken(&url, &kind, other);
            return other;
        }
        self.site.by_file.insert(file, id);
        self.site.pages.push(Page {
            url: url.into_boxed_str(),
            kind,
        });
        id
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
                    slug.clone()
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
                ShelfOf::Archive => None,
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
        for id in self.archive.ids() {
            let article = self.archive.article(id);
            let url = permalink::of_article(self.config, self.archive, article);
            let page = self.add(url, PageKind::Article(id));
            self.site.articles.push(page);
            self.site
                .sources
                .insert(article.content.file.as_str().into(), page);
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
            for term in terms {
                self.term(&root, TermId(u32::try_from(term).unwrap_or(u32::MAX)));
            }
            for (letter, parts) in letters(self.archive, index) {
                for part in 1..=parts {
                    let url = letter_url(&root, &letter, part);
                    self.add(url, PageKind::TermLetter(index, letter.clone(), part));
                }
            }
        }
    }

    fn term(&mut self, root: &str, id: TermId) {
        let term = self.archive.term(id);
        if term.is_hidden() {
            return;
        }
        let base = format!("{root}{}/", term.slug);
        for shelf in shelf::of_term(self.archive, id, &self.config.settings.shelves) {
            let url = format!("{base}{}", shelf.place.path());
            let first = shelf.place == Place::ALL;
            let page = self.add(url, PageKind::Shelf(shelf));
            if first {
                self.site.terms[id.0 as usize] = Some(page);
                if let Some(record) = &term.record
                    && record.file.extension() != Some("csv")
                {
                    self.site.sources.insert(record.file.as_str().into(), page);
                }
            }
        }
        let minimum = self.config.settings.feeds.minimum;
        let in_feeds = term
            .articles
            .iter()
            .filter(|a| in_feeds(self.archive, **a))
            .take(minimum.max(1));
        if minimum > 0 && in_feeds.count() >= minimum {
            let feed = self.add(format!("{base}feed.xml"), PageKind::TermFeed(id));
            self.site.feeds.insert(id, feed);
        }
    }

    fn dates(&mut self) {
        let limits = &self.config.settings.shelves;
        let ids: Vec<ArticleId> = self.archive.ids().collect();
        for shelf in shelf::of_archive(self.archive, &ids, limits) {
            self.add(format!("/{}", shelf.place.path()), PageKind::Shelf(shelf));
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
            self.add(format!("/theme/{file}"), PageKind::ThemeFile(file.clone()));
        }
    }

    /// Publishes the files beside articles: all that lie in an article's own folder, and those
    /// that an article refers to from elsewhere.
    fn beside(&mut self) {
        let known: HashSet<&Utf8Path> = self
            .archive
            .beside
            .iter()
            .map(Utf8PathBuf::as_path)
            .collect();
        let mut used: BTreeSet<Utf8PathBuf> = BTreeSet::new();
        let wanted = self.wanted(&known);
        for (page, file, below) in wanted {
            let folder = folder_of(&self.site.page(page).url);
            used.insert(file.clone());
            let asset = self.add(format!("{folder}{below}"), PageKind::Asset(file.clone()));
            self.site.assets.insert((page, file), asset);
        }
        for file in &self.archive.beside {
            let folders = file.ancestors().skip(1);
            let among_articles = folders
                .into_iter()
                .any(|f| self.config.article_folders.is_match(f.as_str()));
            if among_articles && !used.contains(file) && self.config.settings.content.root != "." {
                self.notes.push(
                    Diagnostic::new(Code::NotPublished, "no article refers to this file")
                        .file(content::shown(self.config, file))
                        .help("link to it, move it into an article's folder or `static/`, or list it in `[content] ignore`"),
                );
            }
        }
    }

    /// Each file that a page publishes beside itself: the page, the file, and its path below the
    /// page's folder.
    fn wanted(&self, known: &HashSet<&Utf8Path>) -> Vec<(PageId, Utf8PathBuf, String)> {
        let mut wanted = Vec::new();
        let mut bodies: Vec<(PageId, &Utf8Path, Vec<&str>)> = Vec::new();
        for (article, page) in self.archive.articles.iter().zip(&self.site.articles) {
            let content = &article.content;
            let pictures = content.pictures.iter().map(|picture| picture.src.as_str());
            let links = content
                .body
                .references
                .iter()
                .map(|r| r.target.as_str())
                .chain(pictures);
            bodies.push((*page, &content.file, links.collect()));
        }
        for (text, page) in self.archive.pages.iter().zip(&self.site.texts) {
            bodies.push((
                *page,
                &text.file,
                text.references.iter().map(|r| r.target.as_str()).collect(),
            ));
        }
        for (term, page) in self.archive.terms.iter().zip(&self.site.terms) {
            if let (Some(record), Some(page)) = (&term.record, page) {
                bodies.push((
                    *page,
                    &record.file,
                    record
                        .references
                        .iter()
                        .map(|r| r.target.as_str())
                        .collect(),
                ));
            }
        }
        for (page, file, links) in bodies {
            let Some(home) = file.parent() else { continue };
            let mut own: BTreeSet<Utf8PathBuf> = BTreeSet::new();
            if file.file_stem() == Some("index") {
                own.extend(in_folder(&self.archive.beside, home));
            }
            own.extend(
                links
                    .into_iter()
                    .filter_map(|link| beside(known, home, link)),
            );
            for asset in own {
                let below = match asset.strip_prefix(home) {
                    Ok(below) if file.file_stem() == Some("index") => below.as_str().to_owned(),
                    _ => asset.file_name().unwrap_or_default().to_owned(),
                };
                wanted.push((page, asset, below));
            }
        }
        wanted
    }

    /// Old addresses: of articles and pages, and of names and records that became part of others.
    fn aliases(&mut self) {
        let mut old: Vec<(String, PageId, Utf8PathBuf)> = Vec::new();
        for (article, page) in self.archive.articles.iter().zip(&self.site.articles) {
            let file = &article.content.file;
            old.extend(
                article
                    .content
                    .aliases
                    .iter()
                    .map(|alias| (alias.clone(), *page, file.clone())),
            );
        }
        for (text, page) in self.archive.pages.iter().zip(&self.site.texts) {
            old.extend(
                text.aliases
                    .iter()
                    .map(|alias| (alias.clone(), *page, text.file.clone())),
            );
        }
        for (term, page) in self.archive.terms.iter().zip(&self.site.terms) {
            if let (Some(record), Some(page)) = (&term.record, page) {
                let aliases = record.old_addresses.iter();
                old.extend(aliases.map(|alias| (alias.clone(), *page, record.file.clone())));
            }
        }
        for (alias, page, file) in old {
            self.alias(&alias, page, &file);
        }
        self.former_slugs();
    }

    fn alias(&mut self, alias: &str, page: PageId, file: &Utf8Path) {
        let shown = content::shown(self.config, file);
        let url = match content::address(alias) {
            Ok(url) => url,
            Err(reason) => {
                self.notes.push(
                    Diagnostic::new(
                        Code::ForgottenAlias,
                        format!("the old address {alias:?} cannot redirect: {reason}"),
                    )
                    .file(shown)
                    .help("a static host can only redirect from a path"),
                );
                return;
            }
        };
        let own_path = url
            .strip_prefix(self.config.base_url.path())
            .filter(|rest| rest.starts_with('/'));
        let url = own_path.unwrap_or(&url).to_owned();
        match self.site.at_file(&permalink::file_of(&url)) {
            Some(other) if other == page => {}
            Some(other) if self.site.page(other).kind == PageKind::Redirect(page) => {}
            Some(other) => {
                let there = self.describe(&self.site.page(other).kind);
                self.notes.push(
                    Diagnostic::new(
                        Code::AliasTaken,
                        format!("the old address {url} is taken by {there}"),
                    )
                    .file(shown)
                    .help("remove the alias from one of the two"),
                );
            }
            None => {
                self.add(url, PageKind::Redirect(page));
            }
        }
    }

    /// `/places/dprk/` leads to `/places/north-korea/` while no term of that name exists.
    fn former_slugs(&mut self) {
        for index in 0..self.archive.terms.len() {
            let term = &self.archive.terms[index];
            let Some(page) = self.site.terms[index] else {
                continue;
            };
            let root = &self.archive.taxonomies[term.taxonomy].path;
            for slug in &term.former_slugs {
                let url = format!("/{root}/{slug}/");
                if !self.site.has(&url) {
                    self.add(url, PageKind::Redirect(page));
                }
            }
        }
    }

    /// One sitemap for each year, for what has no date, and for the pages of terms.
    fn sitemaps(&mut self) {
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
                    (ShelfOf::Term(term), _) => self.archive.taxonomy_of(term).name.clone(),
                },
                PageKind::TermIndex(index) | PageKind::TermLetter(index, ..) => {
                    self.archive.taxonomies[*index].name.clone()
                }
                PageKind::Text(index) if self.archive.pages[*index].noindex => continue,
                PageKind::Front
                | PageKind::Text(_)
                | PageKind::OnThisDay(..)
                | PageKind::OnThisDayIndex => "pages".to_owned(),
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

    /// Refuses a page below an address that is a file.
    fn nested(&mut self) {
        let mut found = Vec::new();
        for id in self.site.ids() {
            let file = self.site.page(id).file();
            let mut end = file.len();
            while let Some(slash) = file[..end].rfind('/') {
                end = slash;
                if let Some(above) = self.site.by_file.get(&file[..end]) {
                    found.push((id, *above));
                }
            }
        }
        for (below, above) in found {
            let (below, above) = (self.site.page(below), self.site.page(above));
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

/// Whether an article stands in feeds: dated, and not asked to stay out of search engines.
pub(crate) fn in_feeds(archive: &Archive, id: ArticleId) -> bool {
    let content = &archive.article(id).content;
    content.date.is_some() && content.status != Status::NoIndex
}

/// The articles of the last two days before `now`, newest first.
pub(crate) fn news(archive: &Archive, config: &Config, now: jiff::Timestamp) -> Vec<ArticleId> {
    let since = now
        .saturating_sub(jiff::SignedDuration::from_hours(NEWS_HOURS))
        .unwrap_or(now);
    let young = |id: &ArticleId| {
        let date = archive
            .article(*id)
            .content
            .date
            .filter(|date| date.day().is_some());
        date.is_some_and(|date| (since..=now).contains(&date.instant(&config.timezone)))
    };
    // Local dates can be a day apart from instants, so look a little beyond.
    let recent = archive
        .dated()
        .rev()
        .take(5_000)
        .filter(|id| in_feeds(archive, *id));
    recent.filter(young).take(1_000).collect()
}

/// The letters of a taxonomy's index that have pages of their own, with their numbered parts.
pub(crate) fn letters(archive: &Archive, taxonomy: usize) -> Vec<(String, usize)> {
    let terms = &archive.terms[archive.shelves[taxonomy].clone()];
    let shown = terms.iter().filter(|term| !term.is_hidden());
    if shown.clone().count() <= LONG_INDEX {
        return Vec::new();
    }
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    for term in shown {
        *letters.entry(letter(term.sort_name())).or_default() += 1;
    }
    letters
        .into_iter()
        .map(|(letter, count)| (letter, count.div_ceil(LONG_INDEX)))
        .collect()
}

/// The letter under which a name is filed: a Latin one without its accents, else the first
/// character itself; `0-9` for digits and `#` for what begins with a sign.
pub(crate) fn letter(name: &str) -> String {
    let slug = content::slug::slug(name, false);
    let first = name
        .chars()
        .find(|c| c.is_alphanumeric())
        .and_then(|_| slug.chars().next());
    match first {
        Some(c) if c.is_ascii_digit() => "0-9".to_owned(),
        Some(c) => c.to_string(),
        None => "signs".to_owned(),
    }
}

/// The address of a letter of an index.
pub(crate) fn letter_url(root: &str, letter: &str, part: usize) -> String {
    match part {
        1 => format!("{root}a-z/{letter}/"),
        part => format!("{root}a-z/{letter}/part-{part}/"),
    }
}

/// The sorted files that lie in a folder or below it.
fn in_folder(files: &[Utf8PathBuf], folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let prefix = format!("{folder}/");
    let start = files.partition_point(|file| file.as_str() < prefix.as_str());
    files[start..]
        .iter()
        .take_while(|file| file.as_str().starts_with(&prefix))
        .cloned()
        .collect()
}

/// The file beside an article that a link names.
fn beside(known: &HashSet<&Utf8Path>, home: &Utf8Path, link: &str) -> Option<Utf8PathBuf> {
    let bare = link.split(['#', '?']).next().unwrap_or_default();
    let path =
        content::percent_decoded(bare).filter(|path| !path.is_empty() && !path.starts_with('/'))?;
    let joined = match path.strip_prefix("@/") {
        Some(from_root) => Utf8PathBuf::from(from_root),
        None => home.join(path),
    };
    let normal = normal(&joined)?;
    known.contains(normal.as_path()).then_some(normal)
}
