//! Rewrites the names of one article.

use super::swap::{Identity, Known, Swap, Target};
use crate::archive::Register;
use crate::config::{Config, Kind, Taxonomy};
use crate::content::Article;
use crate::content::Value;
use crate::content::edit::{Change, Entry, Sheet};
use crate::content::name::{fold, tidy};
use crate::diagnostics::{Code, Diagnostic, Span};

/// The pieces at hand while an article is rewritten.
pub(super) struct Rewriting<'a> {
    pub(super) config: &'a Config,
    pub(super) register: &'a Register,
    pub(super) article: &'a Article,
    /// The swaps that apply to this article.
    pub(super) swaps: Vec<&'a Swap>,
    pub(super) sheet: &'a Sheet<'a>,
}

/// A field of the file that lists names of a taxonomy.
pub(super) struct Listed {
    key: String,
    pub(super) names: Vec<String>,
}

impl<'a> Rewriting<'a> {
    /// The changes of the file.
    ///
    /// # Errors
    /// A second section or series, or a field that stands in `site.toml`.
    pub(super) fn changes(&self) -> Result<Vec<Change>, Diagnostic> {
        let mut changes = Vec::new();
        for (index, taxonomy) in self.config.taxonomies.iter().enumerate() {
            let concerned = self.swaps.iter().any(|swap| {
                swap.from.is_some_and(|from| from.0 == index)
                    || swap.to.as_ref().is_some_and(|to| to.taxonomy == index)
            });
            if concerned {
                changes.extend(self.of_taxonomy(index, taxonomy)?);
            }
        }
        changes.extend(self.about()?);
        changes.extend(self.dateline());
        Ok(changes)
    }

    /// The keys of the file that are read as one of these.
    fn keys(&self, known: &[String]) -> Result<Vec<String>, Diagnostic> {
        let foreign = &self.config.settings.front_matter;
        let means = |key: &str| {
            let mapped = foreign.map.get(key).is_some_and(|to| known.contains(to));
            known.iter().any(|known| known == key) || mapped
        };
        let mut given = foreign
            .files
            .get(self.article.file.as_str())
            .into_iter()
            .flatten();
        if let Some((key, _)) = given.find(|(key, _)| means(key)) {
            let message = format!("`{key}` of this article stands in site.toml");
            return Err(Diagnostic::new(Code::InSettings, message)
                .help("change it there, under `[front_matter.files]`"));
        }
        let mut keys: Vec<String> = Vec::new();
        for key in self.sheet.keys() {
            let is_read = means(key) && !foreign.ignore.iter().any(|ignored| ignored == key);
            if is_read && !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
            }
        }
        Ok(keys)
    }

    /// The swap that a name of a taxonomy falls under.
    fn swap_of(&self, taxonomy: usize, name: &str) -> Option<&'a Swap> {
        let number = self.register.find(taxonomy, name)?;
        let found = self.swaps.iter().copied();
        found
            .filter(|swap| swap.from == Some((taxonomy, number)))
            .filter(|swap| {
                let spelling = swap.spelling.as_ref();
                spelling.is_none_or(|spelling| *spelling == fold(name))
            })
            .find(|swap| !swap.is_rename || !self.is_alias((taxonomy, number), name))
    }

    /// Whether a term is called so only by an alias of its record.
    fn is_alias(&self, known: Known, name: &str) -> bool {
        let term = self.register.term(known.0, known.1);
        let record = term.and_then(|term| term.record);
        let key = fold(name);
        record.is_some_and(|record| {
            fold(&record.name) != key
                && record.slug != name
                && record.aliases.iter().any(|alias| fold(alias) == key)
        })
    }

    fn identity(&self, taxonomy: usize, name: &str) -> Identity {
        match self.register.find(taxonomy, name) {
            Some(number) => Identity::Term(number),
            None => Identity::Name(fold(name)),
        }
    }

    /// The fields of the file that list names of a taxonomy.
    ///
    /// # Errors
    /// A field that stands in `site.toml`.
    pub(super) fn listed(&self, taxonomy: &Taxonomy) -> Result<Vec<Listed>, Diagnostic> {
        let keys = self.keys(&taxonomy.keys)?.into_iter();
        let fields = keys.map(|key| Listed {
            names: self.sheet.names(&key),
            key,
        });
        Ok(fields.collect())
    }

    fn of_taxonomy(&self, index: usize, taxonomy: &Taxonomy) -> Result<Vec<Change>, Diagnostic> {
        let fields = self.listed(taxonomy)?;
        let bare = |name: &str| bare_name(taxonomy, name).0;
        let all = fields.iter().flat_map(|field| &field.names);
        let mut present: Vec<Identity> = all
            .map(|name| bare(name))
            .filter(|name| !name.is_empty() && self.swap_of(index, name).is_none())
            .map(|name| self.identity(index, &name))
            .collect();
        let mut lists: Vec<Vec<Entry>> = Vec::with_capacity(fields.len());
        for field in &fields {
            let mut entries = Vec::new();
            for (at, written) in field.names.iter().enumerate() {
                let (name, lead) = bare_name(taxonomy, written);
                let Some(swap) = self.swap_of(index, &name).filter(|_| !name.is_empty()) else {
                    entries.push(Entry::Kept(at));
                    continue;
                };
                let Some(to) = swap.to.as_ref().filter(|to| to.taxonomy == index) else {
                    continue;
                };
                if present.contains(&to.identity()) {
                    continue;
                }
                present.push(to.identity());
                let new = format!("{lead}{}", self.spelled(swap, to, &name));
                entries.push(if new == *written {
                    Entry::Kept(at)
                } else {
                    Entry::Rewritten(at, new)
                });
            }
            lists.push(entries);
        }
        let added = self.added(index, taxonomy, &mut present)?;
        Ok(self.written(taxonomy, &fields, lists, added))
    }

    /// The names that come into this taxonomy from elsewhere.
    fn added(
        &self,
        index: usize,
        taxonomy: &Taxonomy,
        present: &mut Vec<Identity>,
    ) -> Result<Vec<String>, Diagnostic> {
        let mut added = Vec::new();
        for swap in &self.swaps {
            let Some(to) = swap.to.as_ref().filter(|to| to.taxonomy == index) else {
                continue;
            };
            let comes = swap.from.is_none_or(|from| from.0 != index);
            if !comes || present.contains(&to.identity()) {
                continue;
            }
            if taxonomy.single && !present.is_empty() {
                let message = format!(
                    "the article has another {} than {:?}",
                    taxonomy.singular, to.name
                );
                return Err(Diagnostic::new(Code::SingleTerm, message)
                    .help("take that away first, or leave this article out by a condition"));
            }
            present.push(to.identity());
            added.push(to.name.clone());
        }
        Ok(added)
    }

    /// The changes of the fields that are not as they were.
    pub(super) fn written(
        &self,
        taxonomy: &Taxonomy,
        fields: &[Listed],
        mut lists: Vec<Vec<Entry>>,
        added: Vec<String>,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        let added: Vec<Entry> = added.into_iter().map(Entry::New).collect();
        match lists
            .iter_mut()
            .zip(fields)
            .rev()
            .find(|(list, _)| !list.is_empty())
        {
            Some((list, _)) => list.extend(added),
            None if added.is_empty() => {}
            None => match lists.last_mut() {
                Some(list) => list.extend(added),
                None => changes.push(Change::Names {
                    key: key_of(taxonomy).to_owned(),
                    entries: added,
                }),
            },
        }
        for (field, entries) in fields.iter().zip(lists) {
            let same = entries.len() == field.names.len()
                && entries.iter().all(|entry| matches!(entry, Entry::Kept(_)));
            if !same {
                changes.push(Change::Names {
                    key: field.key.clone(),
                    entries,
                });
            }
        }
        changes
    }

    /// The new name, in the way the old one is written: by its slug or by its name.
    fn spelled(&self, swap: &Swap, to: &Target, written: &str) -> String {
        let from = swap
            .from
            .and_then(|from| self.register.term(from.0, from.1));
        let by_slug = from.is_some_and(|term| term.slug == written && term.name != written);
        if by_slug {
            to.slug.clone()
        } else {
            to.name.clone()
        }
    }

    /// The terms that the article is filed under now.
    fn filed(&self) -> Vec<Known> {
        let lists = self.article.names.iter().enumerate();
        lists
            .flat_map(|(taxonomy, names)| {
                let terms = names.iter();
                terms.filter_map(move |name| {
                    Some((taxonomy, self.register.find(taxonomy, &name.text)?))
                })
            })
            .collect()
    }

    /// What the article is about follows its lists.
    fn about(&self) -> Result<Vec<Change>, Diagnostic> {
        let filed = self.filed();
        let mut changes = Vec::new();
        for key in self.keys(&["about".to_owned()])? {
            let names = self.sheet.names(&key);
            let found: Vec<Option<&Swap>> = names
                .iter()
                .map(|name| self.swap_about(&tidy(name), &filed))
                .collect();
            if found.iter().all(Option::is_none) {
                continue;
            }
            let kept = names.iter().zip(&found).filter(|(_, swap)| swap.is_none());
            let mut present: Vec<String> = kept.map(|(name, _)| fold(name)).collect();
            let mut entries = Vec::new();
            for (at, (name, swap)) in names.iter().zip(&found).enumerate() {
                let Some(swap) = swap else {
                    entries.push(Entry::Kept(at));
                    continue;
                };
                let subject = |to: &&Target| {
                    let taxonomy = self.config.taxonomies.get(to.taxonomy);
                    taxonomy.is_some_and(|taxonomy| taxonomy.subject)
                };
                let Some(to) = swap.to.as_ref().filter(subject) else {
                    continue;
                };
                let new = self.spelled(swap, to, &tidy(name));
                if present.contains(&fold(&new)) || present.contains(&fold(&to.name)) {
                    continue;
                }
                present.push(fold(&new));
                entries.push(if new == *name {
                    Entry::Kept(at)
                } else {
                    Entry::Rewritten(at, new)
                });
            }
            changes.push(Change::Names { key, entries });
        }
        Ok(changes)
    }

    /// The swap of a name under `about`: that of the first taxonomy in which the article lists it.
    fn swap_about(&self, name: &str, filed: &[Known]) -> Option<&'a Swap> {
        let subjects = self.config.taxonomies.iter().enumerate();
        let mut terms = subjects
            .filter(|(_, taxonomy)| taxonomy.subject)
            .filter_map(|(index, _)| Some((index, self.register.find(index, name)?)));
        let (taxonomy, _) = terms.find(|term| filed.contains(term))?;
        self.swap_of(taxonomy, name)
    }

    /// The place of the dateline follows a place.
    fn dateline(&self) -> Option<Change> {
        let places = self.config.taxonomy_of_kind(Kind::Place)?;
        let key = self.keys(&["dateline".to_owned()]).ok()?.pop()?;
        let Some(Value::Map(entries)) = self.sheet.value(&key) else {
            return None;
        };
        let (_, place) = entries.iter().rev().find(|(key, _)| key == "place")?;
        let written = place.scalar()?;
        let name = tidy(&written);
        let swap = self.swap_of(places, &name)?;
        let to = swap.to.as_ref().filter(|to| to.taxonomy == places)?;
        let text = self.spelled(swap, to, &name);
        (text != written).then(|| Change::Text {
            path: vec![key, "place".to_owned()],
            text,
        })
    }
}

/// The key that reads best: `section: World`, but `people: [Kim Jong-un]`.
fn key_of(taxonomy: &Taxonomy) -> &str {
    let one = taxonomy.keys.iter().find(|key| **key == taxonomy.singular);
    let first = taxonomy.keys.first().unwrap_or(&taxonomy.name);
    one.filter(|_| taxonomy.single).unwrap_or(first)
}

/// The name as it is looked up, and what stands before it: `By ` in a byline.
pub(super) fn bare_name<'n>(taxonomy: &Taxonomy, written: &'n str) -> (String, &'n str) {
    let text = written.trim_start();
    if taxonomy.kind == Kind::Author
        && let Some((by, rest)) = text.split_at_checked(3)
        && by.eq_ignore_ascii_case("by ")
        && !rest.trim().is_empty()
    {
        return (tidy(rest), by);
    }
    (tidy(written), "")
}

/// The place of a name in a file, for a finding about the article.
pub(super) fn place(article: &Article, taxonomy: usize) -> Option<Span> {
    let name = article.names.get(taxonomy)?.first()?;
    Some(Span {
        line: name.line.max(1),
        column: name.column.max(1),
        length: 1,
        text: String::new(),
    })
}
