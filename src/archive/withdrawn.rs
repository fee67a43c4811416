//! What is withdrawn from the archive, and what is left in its place.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::{Article, Term, TermId, Tombstone, Withheld};
use crate::content::{self, Item, Status};
use crate::wording::{self, Form, Patterns, Words};

impl Tombstone {
    /// The language that the article was in, where it named one itself.
    pub fn language(&self) -> Option<&str> {
        self.content.language.as_deref()
    }
}

/// A tombstone for each removed article, by file.
pub(super) fn tombstones(
    removed: impl IntoIterator<Item = Box<content::Article>>,
) -> Vec<Tombstone> {
    let tombstones = removed.into_iter().map(|content| Tombstone {
        content,
        section: String::new(),
    });
    let mut tombstones: Vec<Tombstone> = tombstones.collect();
    tombstones.sort_by(|a, b| a.content.file.as_str().cmp(b.content.file.as_str()));
    tombstones
}

/// What no page may hold of an article, taken out of it: of one that is published only what its own
/// list takes out of it.
pub(super) fn withheld(article: &mut content::Article, left_out: bool) -> Option<Withheld> {
    let needles = article.seldom.as_mut()?.withheld.take()?;
    let needles = needles.into_iter();
    let kept = needles.filter(|needle| left_out || matches!(needle.item, Item::Redacted(_)));
    let reason = article.removed.as_ref().map(|removed| removed.reason);
    let withheld = Withheld {
        file: article.file.to_path_buf(),
        needles: kept.collect(),
        may_be_said: article.status == Status::Draft || reason == Some("duplicate"),
    };
    (!withheld.needles.is_empty()).then_some(withheld)
}

/// The same without headlines that published articles have too: they tell nothing.
pub(super) fn unlike_published(
    mut withheld: Vec<Withheld>,
    published: &[Box<content::Article>],
) -> Vec<Withheld> {
    let is_title = |needle: &content::Needle| needle.item == Item::Title;
    let all = withheld.iter().flat_map(|of| &of.needles);
    let titles: BTreeSet<&str> = all
        .filter(|needle| is_title(needle))
        .map(|needle| &*needle.words)
        .collect();
    if titles.is_empty() {
        return withheld;
    }
    let words = published.iter().filter_map(|a| wording::pattern(&a.title));
    let common: BTreeSet<String> = words.filter(|words| titles.contains(&**words)).collect();
    for of in &mut withheld {
        let needles = std::mem::take(&mut of.needles).into_iter();
        let kept = needles.filter(|needle| !is_title(needle) || !common.contains(&*needle.words));
        of.needles = kept.collect();
    }
    withheld
}

impl Article {
    /// Takes terms out of all that the article lists.
    pub(super) fn leave_out(&mut self, out: &[TermId]) {
        if out.is_empty() {
            return;
        }
        let kept = |terms: &[TermId]| -> Box<[TermId]> {
            let terms = terms.iter().copied();
            terms.filter(|term| !out.contains(term)).collect()
        };
        (self.terms, self.about) = (kept(&self.terms), kept(&self.about));
        self.filed_from = self.filed_from.filter(|term| !out.contains(term));
    }
}

/// The terms that an article may not list, because one of their names is taken out of it: whoever
/// filed it under a slug or another name wrote nothing that its own file could have told.
pub(super) fn taken_out<'w>(
    withheld: &'w [Withheld],
    terms: &[Term],
) -> BTreeSet<(&'w Utf8Path, TermId)> {
    let mut all: Vec<(&str, &Utf8Path)> = Vec::new();
    for of in withheld {
        let needles = of.needles.iter();
        let redacted = needles.filter(|needle| matches!(needle.item, Item::Redacted(_)));
        all.extend(redacted.map(|needle| (&*needle.words, of.file.as_path())));
    }
    let words: Vec<&str> = all.iter().map(|(words, _)| *words).collect();
    let mut taken = BTreeSet::new();
    let Some(patterns) = Patterns::new(&words).filter(|patterns| !patterns.is_empty()) else {
        return taken;
    };
    for (term, id) in terms.iter().zip((0..).map(TermId)) {
        let record = term.record.as_ref();
        let aliases = record.into_iter().flat_map(|record| &record.aliases);
        let names = aliases.chain([&term.name, &term.slug]);
        for name in names {
            let name = Words::of(name.as_bytes(), Form::Page);
            for (pattern, _) in patterns.find(&name.text) {
                taken.extend(all.get(pattern).map(|(_, file)| (*file, id)));
            }
        }
    }
    taken
}
