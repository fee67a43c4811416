//! What articles say of each other: which are named as related, which have one id.

use std::collections::{BTreeMap, HashMap};

use super::{Archive, Article, ArticleId, translations};
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

impl Archive {
    /// What needs all articles at once: which are named as related, and which are translations.
    pub(super) fn connect(&mut self, config: &Config, notes: &mut Diagnostics) {
        let by_file: HashMap<&str, ArticleId> = self
            .ids()
            .map(|id| (self.article(id).content.file.as_str(), id))
            .collect();
        let mut find = |name: &String, article: &Article| {
            let bare = name.trim_start_matches("id:").trim_start_matches("@/");
            let found = self.by_id.get(bare).or_else(|| by_file.get(bare)).copied();
            if found.is_none() {
                notes.push(nobody(config, name, article));
            }
            found
        };
        let mut named = Vec::with_capacity(self.articles.len());
        let mut translated = BTreeMap::new();
        for (article, id) in self.articles.iter().zip((0..).map(ArticleId)) {
            let content = &article.content;
            let names = content.related.iter().chain(&content.duplicate_of);
            named.push(names.filter_map(|name| find(name, article)).collect());
            let original = content.translation_of.as_ref();
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

/// The articles by the ids they have.
pub(super) fn by_id(
    articles: &[Article],
    config: &Config,
    notes: &mut Diagnostics,
) -> HashMap<String, ArticleId> {
    let mut by_id: HashMap<String, ArticleId> = HashMap::new();
    for (index, article) in articles.iter().enumerate() {
        let Some(id) = &article.content.id else {
            continue;
        };
        let this = ArticleId(u32::try_from(index).unwrap_or(u32::MAX));
        if let Some(other) = by_id.insert(id.clone(), this) {
            let file = content::shown(config, &articles[other.0 as usize].content.file);
            notes.push(
                Diagnostic::new(
                    Code::IdTaken,
                    format!("the id {id:?} is that of {file} too"),
                )
                .file(content::shown(config, &article.content.file))
                .help("give one of the two another `id`"),
            );
        }
    }
    by_id
}
