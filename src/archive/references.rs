//! What articles say of each other: which are named as related, which have one id.

use std::collections::BTreeMap;

use camino::Utf8Path;
use rayon::prelude::*;

use super::{Archive, Article, ArticleId, translations};
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

impl Archive {
    /// What needs all articles at once: which are named as related, and which are translations.
    pub(super) fn connect(&mut self, config: &Config, notes: &mut Diagnostics) {
        let mut find = |name: &str, article: &Article| {
            let bare = name.trim_start_matches("id:").trim_start_matches("@/");
            let found = self
                .article_named(bare)
                .or_else(|| self.article_in(Utf8Path::new(bare)));
            if found.is_none() {
                notes.push(nobody(config, name, article));
            }
            found
        };
        let mut named: Vec<Box<[ArticleId]>> = Vec::with_capacity(self.articles.len());
        let mut translated = BTreeMap::new();
        for (article, id) in self.articles.iter().zip((0..).map(ArticleId)) {
            let content = &article.content;
            let related = content.related.iter().map(String::as_str);
            let names = related.chain(content.duplicate_of.as_deref());
            named.push(names.filter_map(|name| find(name, article)).collect());
            let original = content.translation_of.as_deref();
            if let Some(original) = original.and_then(|name| find(name, article)) {
                translated.insert(id, original);
            }
        }
        self.translations = translations::find(&self.articles, config, &translated, notes);
        for (article, ids) in self.articles.iter_mut().zip(named) {
            article.named = ids;
        }
    }
}

fn nobody(config: &Config, name: &str, article: &Article) -> Diagnostic {
    let message = format!("no published article has the id {name:?}");
    Diagnostic::new(Code::NoSuchArticle, message)
        .file(content::shown(config, &article.content.file))
        .help("give the other article that `id`, or name its file below the content folder")
}

/// The articles that have an id, by it.
pub(super) fn by_id(
    articles: &[Article],
    config: &Config,
    notes: &mut Diagnostics,
) -> Vec<ArticleId> {
    let own = |id: &ArticleId| articles[id.0 as usize].content.id.as_deref();
    let all = articles.iter().zip((0..).map(ArticleId));
    let mut by_id: Vec<ArticleId> = all
        .filter(|(article, _)| article.content.id.is_some())
        .map(|(_, id)| id)
        .collect();
    by_id.par_sort_unstable_by(|a, b| own(a).cmp(&own(b)).then(a.cmp(b)));
    let file = |id: ArticleId| content::shown(config, &articles[id.0 as usize].content.file);
    for pair in by_id
        .windows(2)
        .filter(|pair| own(&pair[0]) == own(&pair[1]))
    {
        let id = own(&pair[1]).unwrap_or_default();
        let message = format!("the id {id:?} is that of {} too", file(pair[0]));
        notes.push(
            Diagnostic::new(Code::IdTaken, message)
                .file(file(pair[1]))
                .help("give one of the two another `id`"),
        );
    }
    by_id
}
