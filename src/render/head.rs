//! The head of a page: what search engines, social networks and reference managers read.

use super::citation::Source;
use super::frames;
use super::view::{Feed, HeadLink, Link, Meta, Shared, Stage};
use crate::archive::{Article, ArticleId, TermId};
use crate::config::{Kind, Rights};
use crate::content::Status;
use crate::language;

/// What the head of a page says beyond what all pages say.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    /// The address from the root of the site, where it is not the page's own.
    pub(super) canonical: Option<String>,
    pub(super) noindex: bool,
    pub(super) meta: Vec<Meta>,
    pub(super) links: Vec<HeadLink>,
    pub(super) feeds: Vec<Shared<Feed>>,
    pub(super) json_ld: Option<serde_json::Value>,
    pub(super) breadcrumbs: Vec<Link>,
}

impl Head {
    /// Says which picture stands for the page where it is shared: its address and what it shows.
    pub(super) fn picture(&mut self, (address, alt): (String, String)) {
        let mut meta = Metas(std::mem::take(&mut self.meta));
        meta.property("og:image", address);
        meta.property("og:image:alt", alt);
        self.meta = meta.0;
    }
}

/// Collects `<meta>` elements, leaving out what is not known.
#[derive(Default)]
pub(super) struct Metas(Vec<Meta>);

impl Metas {
    fn put(&mut self, attribute: &'static str, key: &'static str, content: impl Into<String>) {
        let content = content.into();
        if !content.trim().is_empty() {
            self.0.push(Meta {
                attribute,
                key,
                content,
            });
        }
    }

    pub(super) fn name(&mut self, key: &'static str, content: impl Into<String>) {
        self.put("name", key, content);
    }

    fn property(&mut self, key: &'static str, content: impl Into<String>) {
        self.put("property", key, content);
    }
}

impl Stage<'_> {
    /// The head of a page that is a list, with Open Graph (ogp.me) of a web site.
    pub(super) fn head(&self, kind: &'static str, title: String, description: String) -> Head {
        let settings = &self.scene.config.settings;
        let mut meta = Metas::default();
        if self.shows_metadata() && kind != "article" {
            meta.property("og:type", "website");
            meta.property("og:site_name", settings.title.as_str());
            meta.property("og:title", title.as_str());
            meta.property("og:description", description.as_str());
            meta.property("og:url", self.link.absolute(&self.page.url));
        }
        let feeds = match &self.frame.rooted {
            Some(rooted) => rooted.feeds.clone(),
            None => frames::feeds(self.scene.config, &self.link),
        };
        Head {
            kind,
            title,
            description,
            meta: meta.0,
            feeds: feeds.into(),
            ..Head::default()
        }
    }

    /// Whether the theme has a place for `<meta>` and `<link>` elements.
    fn shows_metadata(&self) -> bool {
        let theme = self.scene.theme;
        ["head", "meta", "links"]
            .iter()
            .any(|field| theme.wants_of_page(field))
    }

    /// A feed of articles or corrections, beside those of the whole site.
    pub(super) fn feed(&self, title: String, url: &str) -> Shared<Feed> {
        Shared::new(&Feed {
            title,
            url: self.link.to(url),
            media_type: "application/atom+xml",
        })
    }

    /// The head of an article: Open Graph `article:*`, the tags by which Zotero files it, and
    /// the links of FAIR Signposting (signposting.org) that a page can carry.
    pub(super) fn article_head(&self, id: ArticleId, source: &Source<'_>) -> Head {
        let article = self.scene.archive.article(id);
        let content = &article.content;
        let summary = content.summary().to_owned();
        let mut head = self.head("article", content.title.to_string(), summary);
        let own = self.language(content.language.as_deref());
        head.title = self.set(&content.title, &own);
        head.noindex = content.status == Status::NoIndex;
        if self.scene.theme.wants_of_page("json_ld") {
            head.json_ld = Some(super::json_ld::article(self, id));
        }
        if !self.shows_metadata() {
            return head;
        }
        let mut meta = Metas::default();
        self.open_graph(article, source, &mut meta);
        meta.property("og:locale", language::with_region(&own));
        let alternates = self.scene.archive.translations(id).iter();
        for other in alternates.filter(|other| **other != id) {
            let other = &self.scene.archive.article(*other).content;
            let tag = self.language(other.language.as_deref());
            meta.property("og:locale:alternate", language::with_region(&tag));
        }
        source.tags(&mut meta);
        for term in self.subjects(article) {
            meta.name("DC.subject", term);
        }
        head.meta = meta.0;
        head.links = self.signposts(article);
        head.links.extend(self.alternates(id));
        head
    }

    /// The names of what an article is about.
    fn subjects<'t>(&'t self, article: &'t Article) -> impl Iterator<Item = &'t str> {
        let archive = self.scene.archive;
        let terms = article.terms.iter();
        terms
            .filter(|term| archive.taxonomy_of(**term).subject)
            .map(|term| archive.term(*term).name.as_str())
    }

    /// Where an article is to be cited from, who wrote it, and under what licence it stands.
    fn signposts(&self, article: &Article) -> Vec<HeadLink> {
        let link = |rel: &'static str, url: String| HeadLink {
            rel,
            url,
            language: None,
        };
        let archive = self.scene.archive;
        let mut links = vec![link("cite-as", self.link.absolute(&self.page.url))];
        let authors = article.terms.iter().copied();
        let authors = authors.filter(|term| archive.taxonomy_of(*term).kind == Kind::Author);
        let pages = authors.filter_map(|term| self.scene.site.of_term(term));
        links.extend(pages.map(|page| link("author", self.link.to(&page.url))));
        let license = self.rights_of(article).license.as_deref();
        let address = license.filter(|license| is_address(license));
        links.extend(address.map(|address| link("license", address.to_owned())));
        links
    }

    fn open_graph(&self, article: &Article, source: &Source<'_>, meta: &mut Metas) {
        let archive = self.scene.archive;
        let (content, zone) = (&article.content, &self.scene.config.timezone);
        meta.property("og:type", "article");
        meta.property("og:site_name", self.scene.config.settings.title.as_str());
        meta.property("og:title", &*content.title);
        meta.property("og:description", content.summary());
        meta.property("og:url", self.link.absolute(&self.page.url));
        if let Some(date) = &content.date {
            meta.property("article:published_time", date.iso(zone));
        }
        if let Some(date) = content.changed(zone) {
            meta.property("article:modified_time", date.iso(zone));
        }
        // Where it stood in the paper, else on the site; Zotero reads the first alone.
        meta.property("article:section", source.section().unwrap_or_default());
        for term in &article.terms {
            let (taxonomy, name) = (
                archive.taxonomy_of(*term),
                archive.term(*term).name.as_str(),
            );
            match taxonomy.kind {
                Kind::Author => meta.property("article:author", name),
                Kind::Section | Kind::Series => {}
                _ => meta.property("article:tag", name),
            }
        }
        if let Some(picture) = self.picture_addresses(article).into_iter().next() {
            meta.property("og:image", picture.0);
            meta.property("og:image:alt", picture.1);
        }
    }

    /// The whole addresses of an article's pictures, each with its alternative text.
    pub(super) fn picture_addresses(&self, article: &Article) -> Vec<(String, String)> {
        let whole = super::link::Linker::whole(&self.scene.config.base_url);
        let Some(owner) = self.owner(&article.content.file, &[]) else {
            return Vec::new();
        };
        let pictures = article.content.pictures.iter();
        pictures
            .filter_map(|picture| {
                let address = if picture.is_local() {
                    super::body::link(self.scene, &owner, &picture.src, &whole)?
                } else {
                    picture.src.clone()
                };
                Some((address, picture.alt.clone()))
            })
            .collect()
    }

    /// The whole address of a term's portrait, with its alternative text.
    pub(super) fn portrait_address(&self, id: TermId) -> Option<(String, String)> {
        let record = self.scene.archive.term(id).record.as_ref()?;
        let portrait = record.portrait.as_ref()?;
        if !portrait.is_local() {
            return Some((portrait.src.clone(), portrait.alt.clone()));
        }
        // The file lies beside the page of the term, whichever page of it this is.
        let page = self.scene.site.of_term(id)?;
        let owner = crate::site::Owner {
            page: self.scene.site.at_file(&page.file())?,
            file: &record.file,
            headings: &[],
        };
        let whole = super::link::Linker::whole(&self.scene.config.base_url);
        let address = super::body::link(self.scene, &owner, &portrait.src, &whole)?;
        Some((address, portrait.alt.clone()))
    }

    /// Where the links of this page's body start from.
    pub(super) fn owner<'f>(
        &self,
        file: &'f camino::Utf8Path,
        headings: &'f [Box<str>],
    ) -> Option<crate::site::Owner<'f>> {
        Some(crate::site::Owner {
            page: self.id,
            file,
            headings,
        })
    }
}

impl<'a> Stage<'a> {
    /// The rights in an article: its own, else the site's.
    fn rights_of(&self, article: &'a Article) -> &'a Rights {
        let own = article.content.rights.as_deref();
        own.unwrap_or(&self.scene.config.settings.rights)
    }

    /// The notice of them.
    pub(super) fn rights(&self, article: &'a Article) -> Option<&'a str> {
        let rights = self.rights_of(article);
        let notice = rights.statement.as_ref();
        let notice = notice.or(rights.license.as_ref());
        notice.or(rights.holder.as_ref()).map(String::as_str)
    }
}

/// Whether a licence is named by an address that can stand in a link.
fn is_address(license: &str) -> bool {
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>\\^`{|}".contains(c);
    let host = license
        .strip_prefix("https://")
        .or_else(|| license.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty()) && license.chars().all(fits)
}
