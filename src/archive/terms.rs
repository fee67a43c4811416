//! Files every article under its terms.

use std::ops::Range;

use super::names::{Draft, Names, Use};
use super::{Article, ArticleId, Term, TermId, place};
use crate::config::{Config, Kind};
use crate::content::{self, Authority};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Gives the terms of all taxonomies, sorted by slug within each, with their articles; and fills
/// in the terms of every article.
pub(super) fn file(
    articles: &mut [Article],
    records: Vec<Authority>,
    config: &Config,
    notes: &mut Diagnostics,
) -> (Vec<Term>, Vec<Range<usize>>) {
    let mut of_taxonomy: Vec<Vec<Authority>> = vec![Vec::new(); config.taxonomies.len()];
    for record in records {
        of_taxonomy[record.taxonomy].push(record);
    }
    let mut terms: Vec<Term> = Vec::new();
    let mut shelves = Vec::with_capacity(config.taxonomies.len());
    let mut all_names = Vec::with_capacity(config.taxonomies.len());
    for (taxonomy, records) in of_taxonomy.into_iter().enumerate() {
        let uses: Vec<Use<'_>> = articles
            .iter()
            .flat_map(|article| {
                let file = article.content.file.as_path();
                article.content.names[taxonomy]
                    .iter()
                    .map(move |name| Use { file, name })
            })
            .collect();
        let mut names = Names::new(config, records, &uses, notes);
        let (order, ranks) = by_slug(&names.drafts);
        let start = terms.len();
        let mut drafts: Vec<Option<Draft>> = names.drafts.drain(..).map(Some).collect();
        let sorted = order.into_iter().filter_map(|index| drafts[index].take());
        terms.extend(sorted.map(|draft| term(taxonomy, draft)));
        shelves.push(start..terms.len());
        all_names.push(Resolved {
            names,
            ranks,
            start,
        });
    }
    parents(config, &mut terms, &all_names, notes);
    for (index, article) in articles.iter_mut().enumerate() {
        let id = ArticleId(u32::try_from(index).unwrap_or(u32::MAX));
        file_article(config, id, article, &mut terms, &all_names, notes);
    }
    (terms, shelves)
}

/// The names of one taxonomy, and where its sorted terms begin among all.
struct Resolved {
    names: Names,
    ranks: Vec<usize>,
    start: usize,
}

impl Resolved {
    fn term(&self, name: &str) -> Option<TermId> {
        let index = self.start + self.ranks[self.names.resolve(name)?];
        Some(TermId(u32::try_from(index).unwrap_or(u32::MAX)))
    }
}

/// The drafts in the order of their slugs, and for each draft its rank in that order.
fn by_slug(drafts: &[Draft]) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by(|a, b| drafts[*a].slug.cmp(&drafts[*b].slug));
    let mut ranks = vec![0; drafts.len()];
    for (rank, index) in order.iter().enumerate() {
        ranks[*index] = rank;
    }
    (order, ranks)
}

fn term(taxonomy: usize, draft: Draft) -> Term {
    let Draft {
        name,
        slug,
        record,
        mut former_slugs,
    } = draft;
    former_slugs.retain(|former| *former != slug);
    former_slugs.sort();
    former_slugs.dedup();
    Term {
        taxonomy,
        name,
        slug,
        record,
        parent: None,
        children: Vec::new(),
        articles: Vec::new(),
        former_slugs,
    }
}

/// Connects places with the places they lie in, and topics with wider ones.
fn parents(config: &Config, terms: &mut [Term], names: &[Resolved], notes: &mut Diagnostics) {
    for index in 0..terms.len() {
        let id = TermId(u32::try_from(index).unwrap_or(u32::MAX));
        let term = &terms[index];
        let Some((record, name)) = term
            .record
            .as_ref()
            .and_then(|r| Some((r, r.parent.as_ref()?)))
        else {
            continue;
        };
        let found = names[term.taxonomy]
            .term(&name.text)
            .filter(|parent| !reaches(terms, *parent, id));
        let Some(parent) = found else {
            let key = if config.taxonomies[term.taxonomy].kind == Kind::Place {
                "parent"
            } else {
                "broader"
            };
            let known = names[term.taxonomy].term(&name.text).is_some();
            let message = if known {
                format!(
                    "`{key}` of {:?} leads back to itself: {:?}",
                    record.name, name.text
                )
            } else {
                format!("`{key}` names a record that is not there: {:?}", name.text)
            };
            notes.push(
                Diagnostic::new(Code::NoSuchTerm, message)
                    .file(content::shown(config, &record.file))
                    .span(place(name))
                    .help("name another record of the same kind by its slug or name"),
            );
            continue;
        };
        terms[index].parent = Some(parent);
        terms[parent.0 as usize].children.push(id);
    }
}

/// Whether `target` is among the ancestors of `from`, or is `from` itself.
fn reaches(terms: &[Term], from: TermId, target: TermId) -> bool {
    let mut at = Some(from);
    while let Some(id) = at {
        if id == target {
            return true;
        }
        at = terms[id.0 as usize].parent;
    }
    false
}

/// Files one article under its terms, each once.
fn file_article(
    config: &Config,
    id: ArticleId,
    article: &mut Article,
    terms: &mut [Term],
    names: &[Resolved],
    notes: &mut Diagnostics,
) {
    let content = &mut article.content;
    let file = content::shown(config, &content.file);
    // Once resolved, the names as they were written are not needed any more.
    let written = std::mem::take(&mut content.names);
    for (resolved, written) in names.iter().zip(&written) {
        for name in written {
            let Some(term) = resolved.term(&name.text) else {
                continue;
            };
            if article.terms.contains(&term) {
                let message = format!("{:?} is named twice", terms[term.0 as usize].name);
                notes.push(
                    Diagnostic::new(Code::NamedTwice, message)
                        .file(&file)
                        .span(place(name)),
                );
                continue;
            }
            article.terms.push(term);
            terms[term.0 as usize].articles.push(id);
        }
    }
    for name in std::mem::take(&mut content.about) {
        let subjects = names
            .iter()
            .zip(&config.taxonomies)
            .filter(|(_, t)| t.subject);
        let found = subjects.filter_map(|(resolved, _)| resolved.term(&name.text));
        match found.into_iter().find(|term| article.terms.contains(term)) {
            Some(term) if article.about.contains(&term) => {}
            Some(term) => article.about.push(term),
            None => notes.push(
                Diagnostic::new(
                    Code::AboutUnlisted,
                    format!("the article does not list {:?}", name.text),
                )
                .file(&file)
                .span(place(&name))
                .help("list it under `people`, `places` or `topics` as well"),
            ),
        }
    }
    let places = config.taxonomy_of_kind(Kind::Place);
    let named = content
        .dateline
        .as_ref()
        .and_then(|dateline| dateline.place.as_ref());
    article.filed_from = places
        .zip(named)
        .and_then(|(index, name)| names[index].term(&name.text));
}
