//! The tags in the head of a page from which Zotero's translators (Embedded Metadata, RDF) and
//! others take a newspaper article with its fields.

use std::borrow::Cow;

use super::Source;
use super::name::Name;
use crate::render::head::Metas;

impl Source<'_> {
    /// Its section: of the paper, else of the archive.
    pub(in crate::render) fn section(&self) -> Option<&str> {
        self.section.as_deref()
    }

    /// Puts the tags of an article into its head. `citation_journal_title` is not among them:
    /// it would make a journal article of it; nor is `DC.source`, which stands for the paper.
    pub(in crate::render) fn tags(&self, meta: &mut Metas) {
        meta.name("z:itemType", "newspaperArticle");
        meta.name("DC.type", "newsItem");
        meta.name("DC.title", &*self.title);
        for author in &self.authors {
            meta.name("DC.creator", author.filed());
            meta.name("citation_author", highwire(author));
        }
        for agency in &self.agencies {
            meta.name("DC.contributor", &**agency);
        }
        meta.name("prism.publicationName", &*self.paper);
        meta.name("DC.publisher", &*self.paper);
        if let Some(date) = &self.date {
            let iso = date.iso_date();
            meta.name("citation_publication_date", iso.replace('-', "/"));
            meta.name("DC.date", iso);
        }
        meta.name("prism.edition", self.edition.as_deref().unwrap_or_default());
        meta.name(
            "citation_volume",
            self.volume.as_deref().unwrap_or_default(),
        );
        meta.name("citation_issue", self.issue.as_deref().unwrap_or_default());
        let (first, last) = self
            .page_range()
            .unwrap_or((self.page.as_deref().unwrap_or_default(), ""));
        meta.name("citation_firstpage", first);
        meta.name("citation_lastpage", last);
        meta.name("citation_issn", self.issn.as_deref().unwrap_or_default());
        meta.name("DC.language", self.language);
        meta.name("citation_language", self.language);
        meta.name("DC.identifier", self.url.as_str());
        meta.name("citation_public_url", self.url.as_str());
        meta.name("DC.rights", self.rights.as_deref().unwrap_or_default());
        meta.name("DC.relation", self.original_url.unwrap_or_default());
    }
}

/// A name as Zotero takes it apart: at the comma; but where there are spaces on both sides of
/// the comma it takes the two for two authors.
fn highwire<'n>(author: &'n Name<'_>) -> Cow<'n, str> {
    match &author.parts {
        Some(parts) if parts.family.contains(' ') && parts.given.contains(' ') => {
            Cow::Borrowed(&author.whole)
        }
        _ => author.filed(),
    }
}
