//! Which articles are one story in several languages.
//!
//! An article says so itself with `translation_of`. Others are found: files of one path below the
//! folders of two languages, and articles of one day with one slug in two languages. What is
//! found must leave no doubt: where a language would have two, there is no group.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Archive, Article, ArticleId};
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// The groups of translations.
#[derive(Debug, Default)]
pub(super) struct Translations {
    /// The articles of all groups, one group after the other, each by language.
    members: Vec<ArticleId>,
    /// Every article of a group with its group, by article.
    groups: Vec<(ArticleId, Group)>,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    length: usize,
    /// The article that the others say they are translations of.
    original: Option<ArticleId>,
}

impl Translations {
    fn group(&self, id: ArticleId) -> Option<Group> {
        let at = self.groups.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.groups.get(at).map(|(_, group)| *group)
    }
}

impl Archive {
    /// The articles that are this one in any language, itself included, by language; none where
    /// it is in one language only.
    pub fn translations(&self, id: ArticleId) -> &[ArticleId] {
        let group = self.translations.group(id);
        let members =
            group.and_then(|g| self.translations.members.get(g.start..g.start + g.length));
        members.unwrap_or_default()
    }

    /// The article that this one is a translation of, or itself where others are its
    /// translations; `None` where nobody says which of them was first.
    pub fn original(&self, id: ArticleId) -> Option<ArticleId> {
        self.translations.group(id)?.original
    }
}

/// Finds the groups. `named` are the articles that others say they are translations of.
pub(super) fn find(
    articles: &[Article],
    config: &Config,
    named: &BTreeMap<ArticleId, ArticleId>,
    notes: &mut Diagnostics,
) -> Translations {
    let site = config.settings.language.as_str();
    let mut languages = articles.iter().map(|article| language(article, site));
    let first = languages.next().unwrap_or(site);
    if named.is_empty() && languages.all(|language| language.eq_ignore_ascii_case(first)) {
        return Translations::default();
    }
    let mut finder = Finder {
        articles,
        site,
        groups: BTreeMap::new(),
        of: vec![None; articles.len()],
    };
    let mut originals = BTreeSet::new();
    for translation in named.keys() {
        let original = original(named, *translation);
        originals.insert(original);
        if !finder.join(&[original, *translation]) {
            notes.push(not_one(config, &articles[translation.0 as usize]));
        }
    }
    let keyed = || articles.iter().zip((0..).map(ArticleId));
    let paths = keyed().filter_map(|(article, id)| {
        let path = path_below_language(&article.content.file, language(article, site));
        Some((path?, id))
    });
    finder.by(paths.collect());
    let days = keyed().filter_map(|(article, id)| {
        let date = article.content.date.filter(|date| !date.is_uncertain())?;
        let slug = &*article.content.slug;
        Some(((date.year(), date.month()?, date.day()?, slug), id))
    });
    finder.by(days.collect());
    finder.finish(&originals)
}

fn language<'a>(article: &'a Article, site: &'a str) -> &'a str {
    article.content.language.as_deref().unwrap_or(site)
}

/// The first of a chain of translations; a ring has none, and breaks where it was entered.
fn original(named: &BTreeMap<ArticleId, ArticleId>, translation: ArticleId) -> ArticleId {
    let mut seen = BTreeSet::from([translation]);
    let mut at = translation;
    while let Some(next) = named.get(&at).filter(|next| seen.insert(**next)) {
        at = *next;
    }
    at
}

fn not_one(config: &Config, article: &Article) -> Diagnostic {
    Diagnostic::new(
        Code::NotATranslation,
        "`translation_of` names an article that has a text of this language",
    )
    .file(content::shown(config, &article.content.file))
    .help("check `language` in both, and that no other translation is of the same language")
}

struct Finder<'a> {
    articles: &'a [Article],
    site: &'a str,
    groups: BTreeMap<u32, Vec<ArticleId>>,
    of: Vec<Option<u32>>,
}

impl Finder<'_> {
    /// Makes one group of articles and of the groups they are in; `false`, and nothing is done,
    /// where a language would have two.
    fn join(&mut self, articles: &[ArticleId]) -> bool {
        let mut members: Vec<ArticleId> = Vec::with_capacity(articles.len());
        let of = articles.iter().map(|id| self.of[id.0 as usize]);
        let joined: BTreeSet<u32> = of.flatten().collect();
        members.extend(
            joined
                .iter()
                .filter_map(|key| self.groups.get(key))
                .flatten(),
        );
        members.extend(articles);
        members.sort_unstable();
        members.dedup();
        let tag = |id: &ArticleId| {
            language(&self.articles[id.0 as usize], self.site).to_ascii_lowercase()
        };
        let languages: BTreeSet<String> = members.iter().map(tag).collect();
        if languages.len() < members.len() || members.len() < 2 {
            return false;
        }
        members.sort_by_cached_key(tag);
        for key in &joined {
            self.groups.remove(key);
        }
        let key = articles.first().map_or(0, |id| id.0);
        for id in &members {
            self.of[id.0 as usize] = Some(key);
        }
        self.groups.insert(key, members);
        true
    }

    /// Joins the articles that have one key.
    fn by<K: Ord>(&mut self, mut keys: Vec<(K, ArticleId)>) {
        keys.sort_unstable();
        for run in keys.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            let articles: Vec<ArticleId> = run.iter().map(|(_, id)| *id).collect();
            self.join(&articles);
        }
    }

    fn finish(self, originals: &BTreeSet<ArticleId>) -> Translations {
        let mut translations = Translations::default();
        for members in self.groups.into_values() {
            let mut named = members.iter().filter(|id| originals.contains(id));
            let group = Group {
                start: translations.members.len(),
                length: members.len(),
                original: named.next().copied().filter(|_| named.next().is_none()),
            };
            translations
                .groups
                .extend(members.iter().map(|id| (*id, group)));
            translations.members.extend(members);
        }
        translations.groups.sort_unstable_by_key(|(id, _)| *id);
        translations
    }
}

/// The path of a file without the folder, or the ending before its own, that names its language:
/// `fr/news/a.md` and `news/a.fr.md` are both `news/a.md`.
fn path_below_language(file: &Utf8Path, language: &str) -> Option<Utf8PathBuf> {
    let is_language = |part: &str| part.replace('_', "-").eq_ignore_ascii_case(language);
    let stem = file.file_stem()?;
    if let Some((name, tag)) = stem.rsplit_once('.')
        && is_language(tag)
    {
        return Some(file.with_file_name(format!("{name}.{}", file.extension()?)));
    }
    let mut found = false;
    let folders = file.components().filter(|part| {
        let this = !found && is_language(part.as_str());
        found |= this;
        !this
    });
    Some(folders.collect())
}
