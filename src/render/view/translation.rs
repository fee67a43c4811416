//! An article in other languages.

use schemars::JsonSchema;
use serde::Serialize;

use super::{HeadLink, Stage};
use crate::archive::ArticleId;
use crate::language;

/// An article in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TranslationView {
    /// Its language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// What that language calls itself: `français`.
    pub name: String,
    /// Its headline.
    pub title: String,
    /// Its page.
    pub url: String,
}

impl Stage<'_> {
    /// The article in its other languages, by language.
    pub(super) fn translations(&self, id: ArticleId) -> Vec<TranslationView> {
        let archive = self.scene.archive;
        let others = archive
            .translations(id)
            .iter()
            .filter(|other| **other != id);
        others
            .map(|other| {
                let content = &archive.article(*other).content;
                let language = self.language(content.language.as_deref());
                TranslationView {
                    direction: self.scene.theme.direction(&language).to_owned(),
                    name: language::endonym(&language),
                    title: self.set(&content.title, &language),
                    url: self.link.to(&self.scene.site.of_article(*other).url),
                    language,
                }
            })
            .collect()
    }

    /// Where the article is in each of its languages, for search engines: itself included, and
    /// the original for readers of any other language, where it is known.
    pub(in crate::render) fn alternates(&self, id: ArticleId) -> Vec<HeadLink> {
        let archive = self.scene.archive;
        let link = |id: ArticleId, language: String| HeadLink {
            rel: "alternate",
            url: self.link.absolute(&self.scene.site.of_article(id).url),
            language: Some(language),
        };
        let all = archive.translations(id).iter();
        let mut links: Vec<HeadLink> = all
            .map(|id| {
                link(
                    *id,
                    self.language(archive.article(*id).content.language.as_deref()),
                )
            })
            .collect();
        if let Some(original) = archive.original(id) {
            links.push(link(original, "x-default".to_owned()));
        }
        links
    }
}
