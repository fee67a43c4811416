//! What the page of an article is made from.

use super::Inputs;
use crate::archive::{ArticleId, TermId};
use crate::config::Kind;
use crate::content::Picture;
use crate::content::markdown::Reference;
use crate::digest::{Digest, Digester};
use crate::site::{Owner, PageKind, Resolved};

impl Inputs<'_> {
    /// An article by itself: its file, where it is, its terms, and where its links lead.
    pub(super) fn an_article(&self, id: ArticleId) -> Digest {
        let (archive, site) = (self.scene.archive, self.scene.site);
        let article = archive.article(id);
        let content = &article.content;
        let mut parts = Digester::new()
            .digest(content.mark)
            .text(content.file.as_str())
            .text(&site.of_article(id).url);
        for terms in [&article.terms, &article.about] {
            parts.push_number(terms.len());
            terms.iter().for_each(|term| parts.push(self.name(*term)));
        }
        parts.push(
            article
                .filed_from
                .map_or(Digest::default(), |place| self.name(place)),
        );
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
        if self.scene.config.settings.related.count > 0 {
            self.related(id, parts);
        }
    }

    /// All that the related articles are chosen from.
    fn related(&self, id: ArticleId, parts: &mut Digester) {
        let archive = self.scene.archive;
        let named = archive.article(id).named.iter();
        named.for_each(|id| parts.push(self.article(*id)));
        // The rarest are named first, and each weighs by its number of articles.
        let subjects = archive.article(id).terms.iter();
        let mut subjects: Vec<(usize, TermId)> = subjects
            .filter(|term| archive.is_open_subject(**term))
            .map(|term| (archive.term(*term).articles.len(), *term))
            .collect();
        subjects.sort_unstable();
        for (count, term) in subjects {
            parts.push(self.name(term));
            parts.push_number(count.checked_ilog2().map_or(0, |log| log as usize + 1));
        }
        parts.push(self.near.get(id.0 as usize).copied().unwrap_or_default());
    }
}
