//! Files every article under its terms.

use std::ops::Range;
use std::sync::Arc;

use camino::Utf8Path;
use hashbrown::HashMap;
use rayon::prelude::*;

use super::names::{Draft, Names, Use, address};
use super::{Article, ArticleId, Term, TermId, Tombstone, Withheld, place, withdrawn};
use crate::config::{Config, Kind, Taxonomy};
use crate::content::slug::slug;
use crate::content::{self, Authority};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// Gives the terms of all taxonomies, sorted by slug within each, with their articles; and fills
/// in the terms of every article.
pub(super) fn file(
    articles: &mut [Article],
    removed: &mut [Tombstone],
    withheld: &[Withheld],
    records: Vec<Authority>,
    config: &Config,
    notes: &mut Diagnostics,
) -> (Vec<Term>, Vec<Range<usize>>) {
    let mut of_taxonomy: Vec<Vec<Authority>> = vec![Vec::new(); config.taxonomies.len()];
    for record in records {
        of_taxonomy[record.taxonomy].push(record);
    }
    let spelled = spellings(articles, of_taxonomy.len());
    let found: Vec<(Names, Diagnostics)> = of_taxonomy
        .into_par_iter()
        .zip(spelled)
        .map(|(records, uses)| {
            let mut notes = Diagnostics::new();
            let names = Names::new(config, records, &uses, &mut notes);
            (names, notes)
        })
        .collect();
    let mut terms: Vec<Term> = Vec::new();
    let mut shelves = Vec::with_capacity(config.taxonomies.len());
    let mut all_names = Vec::with_capacity(config.taxonomies.len());
    for (taxonomy, (mut names, found)) in found.into_iter().enumerate() {
        notes.extend(found);
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
    let taken_out = withdrawn::taken_out(withheld, &terms);
    let left_out = |file: &Utf8Path, id: TermId| {
        let term = terms.get(id.0 as usize);
        let taxonomy = term.and_then(|term| config.taxonomies.get(term.taxonomy));
        let hidden = term.is_some_and(Term::is_hidden) && taxonomy.is_some_and(leaves_out_hidden);
        hidden || taken_out.contains(&(file, id))
    };
    let found: Vec<Diagnostic> = articles
        .par_iter_mut()
        .flat_map_iter(|article| {
            let notes = file_article(config, article, &terms, &all_names);
            let all = article.terms.iter().copied().chain(article.filed_from);
            let out = all.filter(|id| left_out(&article.content.file, *id));
            let out: Vec<TermId> = out.collect();
            article.leave_out(&out);
            notes
        })
        .collect();
    found.into_iter().for_each(|note| notes.push(note));
    shelve(articles, &mut terms);
    for tombstone in removed {
        tombstone.section = section(config, tombstone, &terms, &all_names);
    }
    (terms, shelves)
}

/// The spellings of the names in one taxonomy, each once, in the order they are met.
#[derive(Default)]
struct Spellings<'a> {
    uses: Vec<Use<'a>>,
    known: HashMap<&'a str, usize>,
    /// Names that are spelled alike mostly share their text: then it need not be looked at.
    shared: HashMap<usize, usize>,
}

impl<'a> Spellings<'a> {
    fn add(&mut self, Use { file, name, count }: Use<'a>) {
        let next = self.uses.len();
        let known = || *self.known.entry(&name.text).or_insert(next);
        let index = *self.shared.entry(address(&name.text)).or_insert_with(known);
        match self.uses.get_mut(index) {
            Some(usage) => usage.count += count,
            None => self.uses.push(Use { file, name, count }),
        }
    }
}

/// The spellings of so many articles are gathered in one go.
const IN_ONE_GO: usize = 16_384;

/// Every spelling of the names in each taxonomy. Each article is looked at once: its names lie
/// somewhere else than those of the next.
fn spellings(articles: &[Article], taxonomies: usize) -> Vec<Vec<Use<'_>>> {
    let none = || -> Vec<Spellings<'_>> { (0..taxonomies).map(|_| Spellings::default()).collect() };
    let gathered = articles.par_chunks(IN_ONE_GO).map(|articles| {
        let mut found = none();
        for article in articles {
            let file = &*article.content.file;
            for (spellings, names) in found.iter_mut().zip(&article.content.names) {
                let names = names.iter();
                names.for_each(|name| {
                    spellings.add(Use {
                        file,
                        name,
                        count: 1,
                    })
                });
            }
        }
        found
    });
    let all = gathered.reduce(none, |mut before, after| {
        for (spellings, after) in before.iter_mut().zip(after) {
            after
                .uses
                .into_iter()
                .for_each(|usage| spellings.add(usage));
        }
        before
    });
    all.into_iter().map(|spellings| spellings.uses).collect()
}

/// Puts every article on the shelves of its terms. They are counted first, so that no shelf has
/// room for more than it holds.
fn shelve(articles: &[Article], terms: &mut [Term]) {
    let mut counts = vec![0; terms.len()];
    for term in articles.iter().flat_map(|article| &article.terms) {
        counts[term.0 as usize] += 1;
    }
    for (term, count) in terms.iter_mut().zip(counts) {
        term.articles.reserve_exact(count);
    }
    for (article, id) in articles.iter().zip((0..).map(ArticleId)) {
        for term in &article.terms {
            terms[term.0 as usize].articles.push(id);
        }
    }
}

/// The names of one taxonomy, and where its sorted terms begin among all.
struct Resolved {
    names: Names,
    ranks: Vec<usize>,
    start: usize,
}

impl Resolved {
    fn term(&self, name: &Arc<str>) -> Option<TermId> {
        let index = self.start + self.ranks[self.names.resolve_use(name)?];
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

/// Whether articles do not list the terms of a taxonomy that are kept without a page: subjects and
/// authors, not the parts of the paper that addresses are made with.
pub(super) fn leaves_out_hidden(taxonomy: &Taxonomy) -> bool {
    taxonomy.subject || taxonomy.kind == Kind::Author
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

/// The last part of the address of the section that a removed article stood in. Whether the
/// section has anything else is all the same: its address does not change.
fn section(config: &Config, of: &Tombstone, terms: &[Term], names: &[Resolved]) -> String {
    let index = config.taxonomy_of_kind(Kind::Section);
    let name = index.and_then(|index| of.content.names.get(index)?.first());
    let Some((index, name)) = index.zip(name) else {
        return String::new();
    };
    let known = names.get(index).and_then(|names| names.term(&name.text));
    let known = known.and_then(|term| terms.get(term.0 as usize));
    known.map_or_else(
        || slug(&name.text, config.settings.permalinks.ascii),
        |term| term.slug.clone(),
    )
}

/// Finds the terms of one article, each once, and tells what is wrong with its names.
fn file_article(
    config: &Config,
    article: &mut Article,
    terms: &[Term],
    names: &[Resolved],
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let content = &mut article.content;
    // Once resolved, the names as they were written are not needed any more.
    let written = std::mem::take(&mut content.names);
    let mut filed = Vec::with_capacity(written.iter().map(|names| names.len()).sum());
    for (resolved, written) in names.iter().zip(&written) {
        for name in written {
            let Some(term) = resolved.term(&name.text) else {
                continue;
            };
            if filed.contains(&term) {
                let message = format!("{:?} is named twice", terms[term.0 as usize].name);
                notes.push(
                    Diagnostic::new(Code::NamedTwice, message)
                        .file(content::shown(config, &content.file))
                        .span(place(name)),
                );
                continue;
            }
            filed.push(term);
        }
    }
    let mut about = Vec::new();
    for name in std::mem::take(&mut content.about) {
        let subjects = names
            .iter()
            .zip(&config.taxonomies)
            .filter(|(_, t)| t.subject);
        let found = subjects.filter_map(|(resolved, _)| resolved.term(&name.text));
        match found.into_iter().find(|term| filed.contains(term)) {
            Some(term) if about.contains(&term) => {}
            Some(term) => about.push(term),
            None => notes.push(
                Diagnostic::new(
                    Code::AboutUnlisted,
                    format!("the article does not list {:?}", name.text),
                )
                .file(content::shown(config, &content.file))
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
    article.terms = filed.into();
    article.about = about.into();
    notes
}
