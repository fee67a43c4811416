//! Atom (RFC 4287): the newest articles of the site and of terms, and one archive document for
//! each year (RFC 5005 §4), so that a reader can mirror all of the archive from a static host.

use super::link::Linker;
use super::xml::Document;
use super::{Scene, body, corrections_feed};
use crate::archive::{Archive, Article, ArticleId, TermId};
use crate::config::{FeedContent, Kind, Taxonomy};
use crate::diagnostics::Diagnostic;
use crate::site::{Page, in_feeds};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// What tells one feed from another.
struct Feed<'a> {
    page: &'a Page,
    title: String,
    /// The page it belongs to.
    home: String,
    links: Vec<(&'static str, String)>,
    /// An archive document, which holds all and never the whole text.
    archive: bool,
    entries: Vec<ArticleId>,
}

/// The newest articles of the site.
pub(super) fn newest(scene: &Scene<'_>, page: &Page) -> Result<String, Diagnostic> {
    let archive = scene.archive;
    let entries: Vec<ArticleId> = archive
        .dated()
        .rev()
        .filter(|id| in_feeds(archive, *id))
        .take(limit(scene))
        .collect();
    let mut links = Vec::new();
    if let Some(year) = years(scene).last() {
        links.push(("prev-archive", format!("/feeds/{year:04}.xml")));
    }
    let title = scene.config.settings.title.clone();
    write(
        scene,
        &Feed {
            page,
            title,
            home: "/".into(),
            links,
            archive: false,
            entries,
        },
    )
}

/// All articles of a year, newest first.
pub(super) fn year(scene: &Scene<'_>, page: &Page, year: i16) -> Result<String, Diagnostic> {
    let archive = scene.archive;
    let entries = of_year(archive, year)
        .rev()
        .filter(|id| in_feeds(archive, *id))
        .collect();
    let years = years(scene);
    let at = years.iter().position(|y| *y == year).unwrap_or(0);
    let mut links = vec![("current", "/feed.xml".to_owned())];
    if let Some(before) = at.checked_sub(1).and_then(|index| years.get(index)) {
        links.push(("prev-archive", format!("/feeds/{before:04}.xml")));
    }
    if let Some(after) = years.get(at + 1) {
        links.push(("next-archive", format!("/feeds/{after:04}.xml")));
    }
    let title = format!("{}: {year}", scene.config.settings.title);
    write(
        scene,
        &Feed {
            page,
            title,
            home: format!("/{year:04}/"),
            links,
            archive: true,
            entries,
        },
    )
}

/// The newest articles of a term.
pub(super) fn term(scene: &Scene<'_>, page: &Page, id: TermId) -> Result<String, Diagnostic> {
    let archive = scene.archive;
    let term = archive.term(id);
    let articles = term.articles.iter().rev().copied();
    let entries = articles
        .filter(|id| in_feeds(archive, *id))
        .take(limit(scene))
        .collect();
    let home = scene
        .site
        .of_term(id)
        .map_or_else(|| "/".to_owned(), |page| page.url.to_string());
    let title = format!("{}: {}", scene.config.settings.title, term.name);
    write(
        scene,
        &Feed {
            page,
            title,
            home,
            links: Vec::new(),
            archive: false,
            entries,
        },
    )
}

fn limit(scene: &Scene<'_>) -> usize {
    scene.config.settings.feeds.entries
}

/// The years that have an archive document, oldest first.
fn years(scene: &Scene<'_>) -> Vec<i16> {
    let archive = scene.archive;
    let mut years = Vec::new();
    let mut at = archive.dated().next();
    while let Some(year) = at.and_then(|id| year_of(archive, id)) {
        let mut articles = of_year(archive, year);
        if articles.clone().any(|id| in_feeds(archive, id)) {
            years.push(year);
        }
        at = articles.next_back().map(|last| ArticleId(last.0 + 1));
    }
    years
}

/// The year of an article, where there is such an article and it is dated.
fn year_of(archive: &Archive, id: ArticleId) -> Option<i16> {
    let date = archive.articles.get(id.0 as usize)?.content.date;
    date.map(|date| date.year())
}

/// The articles of a year, oldest first: they stand together, so no others are looked through.
fn of_year(archive: &Archive, year: i16) -> impl DoubleEndedIterator<Item = ArticleId> + Clone {
    let before = |end: &dyn Fn(i16) -> bool| {
        let articles = &archive.articles;
        let count = articles.partition_point(|a| a.content.date.is_none_or(|d| end(d.year())));
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    (before(&|other| other < year)..before(&|other| other <= year)).map(ArticleId)
}

fn write(scene: &Scene<'_>, feed: &Feed<'_>) -> Result<String, Diagnostic> {
    let linker = Linker::whole(&scene.config.base_url);
    let updated = updated(scene, &feed.entries);
    let mut document = begin(scene, feed.page, &feed.title, &updated);
    feed_links(&mut document, &linker, feed.page, &feed.home, &feed.links);
    if feed.archive {
        document.empty("fh:archive", &[]);
    }
    let taxonomies = scene.archive.taxonomies.iter();
    let scheme = |taxonomy: &Taxonomy| linker.to(&format!("/{}/", taxonomy.path));
    let writer = Entries {
        scene,
        linker,
        schemes: taxonomies.map(scheme).collect(),
        archive_document: feed.archive,
    };
    for id in &feed.entries {
        writer.entry(&mut document, *id)?;
    }
    Ok(document.finish("feed"))
}

/// Begins a feed with what every feed says of itself.
pub(super) fn begin(scene: &Scene<'_>, page: &Page, title: &str, updated: &str) -> Document {
    let linker = Linker::whole(&scene.config.base_url);
    let settings = &scene.config.settings;
    let mut document = Document::new(
        "feed",
        &[
            ("xmlns", ATOM),
            ("xmlns:fh", HISTORY),
            ("xml:lang", &settings.language),
        ],
    );
    document.text("id", &[], &linker.to(&page.url));
    document.text("title", &[], title);
    if !settings.description.is_empty() {
        document.text("subtitle", &[], &settings.description);
    }
    document.text("updated", &[], updated);
    let generator = format!("morgue {}", env!("CARGO_PKG_VERSION"));
    document.text("generator", &[], &generator);
    if let Some(rights) = settings
        .rights
        .statement
        .as_ref()
        .or(settings.rights.license.as_ref())
    {
        document.text("rights", &[], rights);
    }
    // RFC 4287 §4.1.1: a feed whose entries may lack an author has one itself.
    author(
        &mut document,
        settings.publisher.as_deref().unwrap_or(&settings.title),
    );
    document
}

/// Where the feed is, the page it belongs to, and the feeds it goes with.
pub(super) fn feed_links(
    document: &mut Document,
    linker: &Linker<'_>,
    page: &Page,
    home: &str,
    others: &[(&'static str, String)],
) {
    document.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", &linker.to(&page.url)),
        ],
    );
    document.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            ("href", &linker.to(home)),
        ],
    );
    for (rel, url) in others {
        document.empty(
            "link",
            &[
                ("rel", rel),
                ("type", "application/atom+xml"),
                ("href", &linker.to(url)),
            ],
        );
    }
}

/// The latest change among some articles; a feed without any dates from the first instant.
fn updated(scene: &Scene<'_>, entries: &[ArticleId]) -> String {
    let zone = &scene.config.timezone;
    let dates = entries.iter().filter_map(|id| {
        let content = &scene.archive.article(*id).content;
        content.changed(zone).or(content.date)
    });
    dates
        .max_by_key(|date| date.instant(zone))
        .map_or("1970-01-01T00:00:00Z".to_owned(), |d| d.rfc3339(zone))
}

fn author(document: &mut Document, name: &str) {
    document.open("author", &[]);
    document.text("name", &[], name);
    document.close("author");
}

/// What the entries of a feed have in common.
struct Entries<'a> {
    scene: &'a Scene<'a>,
    linker: Linker<'a>,
    /// The address of each taxonomy.
    schemes: Vec<String>,
    /// An archive document never holds the whole text.
    archive_document: bool,
}

impl Entries<'_> {
    fn entry(&self, document: &mut Document, id: ArticleId) -> Result<(), Diagnostic> {
        let scene = self.scene;
        let article = scene.archive.article(id);
        let content = &article.content;
        let zone = &scene.config.timezone;
        let url = self.linker.to(&scene.site.of_article(id).url);
        match content.language.as_deref() {
            Some(language) => document.open("entry", &[("xml:lang", language)]),
            None => document.open("entry", &[]),
        }
        document.text("id", &[], &url);
        document.text("title", &[], &content.title);
        document.empty(
            "link",
            &[("rel", "alternate"), ("type", "text/html"), ("href", &url)],
        );
        if let Some(date) = content.date {
            let published = date.rfc3339(zone);
            document.text("published", &[], &published);
            match content.changed(zone) {
                Some(updated) => document.text("updated", &[], &updated.rfc3339(zone)),
                None => document.text("updated", &[], &published),
            }
        }
        self.terms(document, article);
        document.text("summary", &[], &corrections_feed::summary(scene, id));
        if !self.archive_document && scene.config.settings.feeds.content == FeedContent::Full {
            document.text(
                "content",
                &[("type", "html")],
                &whole_text(scene, id, &self.linker)?,
            );
        }
        document.close("entry");
        Ok(())
    }

    /// The authors of an entry, then its other terms as categories.
    fn terms(&self, document: &mut Document, article: &Article) {
        let archive = self.scene.archive;
        let is_author = |term: &&TermId| archive.taxonomy_of(**term).kind == Kind::Author;
        for term in article.terms.iter().filter(is_author) {
            author(document, &archive.term(*term).name);
        }
        for term in article.terms.iter().filter(|term| !is_author(term)) {
            let term = archive.term(*term);
            let scheme = self.schemes.get(term.taxonomy);
            let attributes = [
                ("term", term.slug.as_str()),
                ("label", term.name.as_str()),
                ("scheme", scheme.map_or("", String::as_str)),
            ];
            document.empty("category", &attributes);
        }
    }
}

/// The corrections and the text of an article as HTML, for readers elsewhere.
pub(super) fn whole_text(
    scene: &Scene<'_>,
    id: ArticleId,
    linker: &Linker<'_>,
) -> Result<String, Diagnostic> {
    let mut html: Vec<u8> = Vec::new();
    for (kind, text) in corrections_feed::notes(scene, id) {
        // Memory takes every write.
        html.extend(b"<p><strong>");
        let _ = tera::escape_html(&kind, &mut html);
        html.extend(b"</strong> ");
        let _ = tera::escape_html(text, &mut html);
        html.extend(b"</p>\n");
    }
    let notes = String::from_utf8(html).unwrap_or_default();
    Ok(super::without_controls(notes) + &whole_body(scene, id, linker)?)
}

/// The text of an article as HTML with whole addresses, for readers elsewhere.
fn whole_body(scene: &Scene<'_>, id: ArticleId, linker: &Linker<'_>) -> Result<String, Diagnostic> {
    let content = &scene.archive.article(id).content;
    let Some(owner) = owner(scene, id) else {
        return Ok(String::new());
    };
    body::html(
        scene,
        (&owner, content.mark),
        content.language.as_deref(),
        body::surroundings(scene, id, linker),
        linker,
    )
}

fn owner<'s>(scene: &Scene<'s>, id: ArticleId) -> Option<crate::site::Owner<'s>> {
    let content = &scene.archive.article(id).content;
    Some(crate::site::Owner {
        page: scene.site.page_of_article(id)?,
        file: &content.file,
        headings: &content.body.headings,
    })
}

/// The text of an article as HTML with whole addresses, without its corrections.
///
/// # Errors
/// A file that has gone since it was read.
pub(crate) fn body_html(scene: &Scene<'_>, id: ArticleId) -> Result<String, Diagnostic> {
    whole_body(scene, id, &Linker::whole(&scene.config.base_url))
}

/// The whole address of a picture of an article; `None` where there is none.
pub(crate) fn picture_address(
    scene: &Scene<'_>,
    id: ArticleId,
    picture: &crate::content::Picture,
) -> Option<String> {
    let linker = Linker::whole(&scene.config.base_url);
    let (address, _) = body::picture(scene, &owner(scene, id)?, picture, &linker)?;
    Some(address)
}
