//! The head of a page: what search engines, social networks and reference managers read.

use super::date_text;
use super::view::{Feed, Link, Meta, Stage};
use crate::archive::{Article, ArticleId};
use crate::config::Kind;
use crate::content::Status;

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
    pub(super) feeds: Vec<Feed>,
    pub(super) json_ld: Option<serde_json::Value>,
    pub(super) breadcrumbs: Vec<Link>,
}

/// Collects `<meta>` elements, leaving out what is not known.
#[derive(Default)]
struct Metas(Vec<Meta>);

impl Metas {
    fn put(&mut self, attribute: &str, key: &str, content: impl Into<String>) {
        let content = content.into();
        if !content.trim().is_empty() {
            self.0.push(Meta {
                attribute: attribute.to_owned(),
                key: key.to_owned(),
                content,
            });
        }
    }

    fn name(&mut self, key: &str, content: impl Into<String>) {
        self.put("name", key, content);
    }

    fn property(&mut self, key: &str, content: impl Into<String>) {
        self.put("property", key, content);
    }
}

impl Stage<'_> {
    /// The head of a page that is a list, with Open Graph (ogp.me) of a web site.
    pub(super) fn head(&self, kind: &'static str, title: String, description: String) -> Head {
        let settings = &self.scene.config.settings;
        let mut meta = Metas::default();
        meta.property("og:type", "website");
        meta.property("og:site_name", settings.title.as_str());
        meta.property("og:title", title.as_str());
        meta.property("og:description", description.as_str());
        meta.property("og:url", self.link.absolute(&self.page.url));
        let feeds = vec![
            self.feed(settings.title.clone(), "/feed.xml", "application/atom+xml"),
            self.feed(
                settings.title.clone(),
                "/feed.json",
                "application/feed+json",
            ),
        ];
        Head {
            kind,
            title,
            description,
            meta: meta.0,
            feeds,
            ..Head::default()
        }
    }

    pub(super) fn feed(&self, title: String, url: &str, media_type: &str) -> Feed {
        Feed {
            title,
            url: self.link.to(url),
            media_type: media_type.to_owned(),
        }
    }

    /// The head of an article: Open Graph `article:*`, and the tags by which Zotero files it as
    /// a newspaper article with its fields (Zotero's Embedded Metadata and RDF translators).
    pub(super) fn article_head(&self, id: ArticleId) -> Head {
        let archive = self.scene.archive;
        let article = archive.article(id);
        let content = &article.content;
        let settings = &self.scene.config.settings;
        let summary = content.summary().to_owned();
        let mut head = self.head("article", content.title.clone(), summary.clone());
        let mut meta = Metas::default();
        let names = |kind: Kind| -> Vec<&str> {
            let terms = article
                .terms
                .iter()
                .filter(|t| archive.taxonomy_of(**t).kind == kind);
            terms
                .map(|term| archive.term(*term).name.as_str())
                .collect()
        };
        let (authors, language) = (
            names(Kind::Author),
            self.language(content.language.as_ref()),
        );
        let url = self.link.absolute(&self.page.url);
        self.open_graph(article, &mut meta, &url);
        meta.name("z:itemType", "newspaperArticle");
        meta.name("DC.type", "newsItem");
        meta.name("DC.title", content.title.as_str());
        for author in &authors {
            meta.name("DC.creator", *author);
            meta.name("citation_author", *author);
        }
        if let Some(date) = &content.date {
            meta.name("DC.date", date.iso_date());
            meta.name(
                "citation_publication_date",
                date.iso_date().replace('-', "/"),
            );
        }
        meta.name("DC.language", language.as_str());
        meta.name("citation_language", language.as_str());
        meta.name("DC.identifier", url.as_str());
        meta.name("citation_public_url", url.as_str());
        let print = content.print.clone().unwrap_or_default();
        meta.name(
            "DC.publisher",
            print.publication.as_deref().unwrap_or(&settings.title),
        );
        meta.name("DC.rights", self.rights(article).unwrap_or_default());
        meta.name("citation_firstpage", print.page.unwrap_or_default());
        meta.name("citation_issn", print.issn.unwrap_or_default());
        for agency in &content.agencies {
            meta.name("DC.source", agency.as_str());
        }
        for term in article
            .terms
            .iter()
            .filter(|t| archive.taxonomy_of(**t).subject)
        {
            meta.name("DC.subject", archive.term(*term).name.as_str());
        }
        if let Some(source) = content.source_url.as_ref() {
            meta.name("DC.relation", source.as_str());
        }
        head.meta = meta.0;
        head.noindex = content.status == Status::NoIndex;
        head.json_ld = Some(super::json_ld::article(self, id));
        head
    }

    fn open_graph(&self, article: &Article, meta: &mut Metas, url: &str) {
        let archive = self.scene.archive;
        let (content, zone) = (&article.content, &self.scene.config.timezone);
        meta.property("og:type", "article");
        meta.property("og:site_name", self.scene.config.settings.title.as_str());
        meta.property("og:title", content.title.as_str());
        meta.property("og:description", content.summary());
        meta.property("og:url", url);
        if let Some(date) = &content.date {
            meta.property("article:published_time", date.iso(zone));
        }
        if let Some(date) = &content.updated {
            meta.property("article:modified_time", date.iso(zone));
        }
        for term in &article.terms {
            let (taxonomy, name) = (
                archive.taxonomy_of(*term),
                archive.term(*term).name.as_str(),
            );
            match taxonomy.kind {
                Kind::Author => meta.property("article:author", name),
                Kind::Section => meta.property("article:section", name),
                Kind::Series => {}
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
                let address = if picture.src.contains("://") {
                    Some(picture.src.clone())
                } else {
                    super::body::link(self.scene, &owner, &picture.src, &whole)
                };
                Some((address?, picture.alt.clone()))
            })
            .collect()
    }

    /// The notice of rights of an article: its own, else the site's.
    pub(super) fn rights(&self, article: &Article) -> Option<String> {
        let own = article.content.rights.as_ref();
        let site = &self.scene.config.settings.rights;
        let rights = own.unwrap_or(site);
        rights
            .statement
            .clone()
            .or_else(|| rights.license.clone())
            .or_else(|| rights.holder.clone())
    }

    /// Where the links of this page's body start from.
    pub(super) fn owner<'f>(
        &self,
        file: &'f camino::Utf8Path,
        headings: &'f [String],
    ) -> Option<crate::site::Owner<'f>> {
        let page = self.scene.site.at_file(&self.page.file())?;
        Some(crate::site::Owner {
            page,
            file,
            headings,
        })
    }

    /// A plain citation: author, headline, paper, date, address (after the Chicago Manual of
    /// Style, 17th edition, 14.191).
    pub(super) fn citation(&self, id: ArticleId) -> String {
        let archive = self.scene.archive;
        let content = &archive.article(id).content;
        let terms = &archive.article(id).terms;
        let authors = terms
            .iter()
            .filter(|t| archive.taxonomy_of(**t).kind == Kind::Author);
        let authors: Vec<&str> = authors.map(|t| archive.term(*t).name.as_str()).collect();
        let mut parts = Vec::new();
        if !authors.is_empty() {
            parts.push(format!("{}.", authors.join(", ")));
        }
        let stop = if content.title.ends_with(['.', '?', '!']) {
            ""
        } else {
            "."
        };
        parts.push(format!("“{}{stop}”", content.title));
        let paper = content
            .print
            .as_ref()
            .and_then(|print| print.publication.as_deref());
        let paper = paper.unwrap_or(&self.scene.config.settings.title);
        parts.push(match &content.date {
            Some(date) => format!("{paper}, {}.", date_text::view(date, self.words).text),
            None => format!("{paper}, n.d."),
        });
        parts.push(format!(
            "{}.",
            self.link.absolute(&self.scene.site.of_article(id).url)
        ));
        parts.join(" ")
    }
}
