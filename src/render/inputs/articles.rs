//! What the page of an article is made from.

use super::Inputs;
use crate::archive::ArticleId;
use crate::config::Kind;
use crate::content::Picture;
use crate::content::markdown::Reference;
use crate::digest::{Digest, Digester};
use crate::site::{Owner, PageKind, Resolved};

impl Inputs<'_> {
    /// An article as far as it relates to others, whatever it says: where it stands, and its terms.
    pub(super) fn an_article_relating(&self, id: ArticleId) -> Digest {
        let article = self.scene.archive.article(id);
        let content = &article.content;
        let mut parts = Digester::new()
            .digest(content.filing)
            .text(content.file.as_str());
        for terms in [&article.terms, &article.about] {
            parts.push_number(terms.len());
            terms.iter().for_each(|term| parts.push(self.name(*term)));
        }
        let place = article.filed_from.map(|place| self.name(place));
        parts.push(place.unwrap_or_default());
        parts.finish()
    }

    /// An article by itself: its file, where it is, its terms, and where its links lead.
    pub(super) fn an_article(&self, id: ArticleId) -> Digest {
        let site = self.scene.site;
        let content = &self.scene.archive.article(id).content;
        let mut parts = Digester::new()
            .digest(content.mark)
            .digest(self.relating(id))
            .text(&site.of_article(id).url);
        if let Some(page) = site.page_of_article(id) {
            let owner = Owner {
                page,
                file: &content.file,
                headings: &content.body.headings,
            };
            self.references(&owner, &content.body.references, &mut parts);
            self.pictures(&owner, &content.pictures, &mut parts);
        }
        parts.finish()
    }

    /// Where the links of a body lead.
    pub(super) fn references(
        &self,
        owner: &Owner<'_>,
        references: &[Reference],
        parts: &mut Digester,
    ) {
        for reference in references {
            self.target(owner, &reference.target, parts);
        }
    }

    pub(super) fn pictures(&self, owner: &Owner<'_>, pictures: &[Picture], parts: &mut Digester) {
        for picture in pictures.iter().filter(|picture| picture.is_local()) {
            self.target(owner, &picture.src, parts);
        }
    }

    fn target(&self, owner: &Owner<'_>, target: &str, parts: &mut Digester) {
        let scene = &self.scene;
        match scene
            .site
            .resolve(scene.archive, scene.config, owner, target)
        {
            Resolved::Page(page, fragment) => {
                let found = scene.site.page(page);
                parts.push_text(&found.url);
                parts.push_text(&fragment);
                // Of a picture its size is shown.
                if matches!(found.kind, PageKind::Static(_) | PageKind::Asset(_)) {
                    parts.push(self.file(page).unwrap_or_default());
                }
            }
            Resolved::Here(fragment) => parts.push_text(&fragment),
            Resolved::Elsewhere(address) => parts.push_text(&address),
            Resolved::Unpublished => parts.push_number(1),
            Resolved::Dead => parts.push_number(2),
        }
    }

    /// All that the page of an article shows.
    pub(super) fn article_page(&self, id: ArticleId, parts: &mut Digester) {
        let archive = self.scene.archive;
        parts.push(self.article(id));
        let (before, after) = archive.neighbours(id);
        for neighbour in [before, after] {
            parts.push(neighbour.map_or(Digest::default(), |id| self.article(id)));
        }
        let translations = archive.translations(id).iter().copied();
        for other in translations.chain(archive.original(id)) {
            parts.push(self.article(other));
        }
        let mut terms = archive.article(id).terms.iter().copied();
        let series = terms.find(|term| archive.taxonomy_of(*term).kind == Kind::Series);
        if let Some(series) = series {
            let shelf = &archive.term(series).articles;
            let at = shelf.partition_point(|other| *other < id);
            let near = at.saturating_sub(1)..(at + 2).min(shelf.len());
            let near = shelf.get(near).unwrap_or_default();
            near.iter().for_each(|id| parts.push(self.article(*id)));
        }
        if self.scene.frames.has_related() {
            self.related(id, parts);
        }
    }
}
