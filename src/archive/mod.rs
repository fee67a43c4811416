//! Stage 2: what was read becomes the archive: who, where, what and when.
//!
//! Takes the [`Content`], gives an [`Archive`]: immutable, sorted, with ids for names. Decides
//! which articles are published at all, so that nothing later can meet one that is not. Knows no
//! file system, no address and no template.

mod alphabet;
pub mod calendar;
mod chronology;
mod coverage;
mod names;
mod nearby;
mod pairs;
mod references;
mod register;
mod related;
mod select;
mod spellings;
mod terms;
mod translations;
mod withdrawn;

use std::collections::BTreeSet;
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

use crate::config::{Config, Taxonomy};
use crate::content::{self, Authority, Content, Name, Needle, TextPage};
use crate::diagnostics::{Diagnostics, Span};
use crate::language::Order;

pub use alphabet::{Alphabet, SIGNS};
use chronology::in_time;
pub use coverage::{Coverage, Gap, Lacks, Silence, YearCoverage};
pub use nearby::Near;
pub use pairs::Pair;
pub use register::{Register, Registered};
pub use related::Related;
use select::{Selected, select};
use translations::Translations;

/// An article of the archive: its place in [`Archive::articles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

/// A term of the archive: its place in [`Archive::terms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// What of the content is published.
#[derive(Debug, Clone, Copy)]
pub struct Selection {
    /// The time that counts as now.
    pub now: Timestamp,
    /// Drafts too.
    pub drafts: bool,
    /// Articles dated in the future too.
    pub future: bool,
}

/// A published article.
#[derive(Debug, Clone)]
pub struct Article {
    /// What its file says.
    pub content: Box<content::Article>,
    /// Its terms in every taxonomy, in the order of the taxonomies and of its lists.
    pub terms: Box<[TermId]>,
    /// Those of them it is mainly about.
    pub about: Box<[TermId]>,
    /// The place it was filed from, where that is a term.
    pub filed_from: Option<TermId>,
    /// The articles it names as related itself.
    pub named: Box<[ArticleId]>,
}

/// A removed article: nothing of it but where it stood, and what is told of its removal.
#[derive(Debug, Clone)]
pub struct Tombstone {
    /// What its file says, emptied of all that the article said.
    pub content: Box<content::Article>,
    /// The last part of the address of its section; empty without one.
    pub section: String,
}

/// What no page may hold of an article or a record.
#[derive(Debug, Clone)]
pub struct Withheld {
    /// Its file, seen from the content root.
    pub file: Utf8PathBuf,
    /// What is not to be found.
    pub needles: Box<[Needle]>,
    /// Whether published articles may say the same: a draft is often the next version of one, and
    /// of what was removed as a duplicate the other copy stays.
    pub may_be_said: bool,
}

/// A person, place, topic, author, section, series, or a term of a taxonomy of the site's own.
#[derive(Debug, Clone)]
pub struct Term {
    /// The index of its taxonomy.
    pub taxonomy: usize,
    /// The name under which it is shown.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// Its authority record, where it has one.
    pub record: Option<Authority>,
    /// The place it lies in, or the wider topic.
    pub parent: Option<TermId>,
    /// The terms whose parent it is.
    pub children: Vec<TermId>,
    /// Its articles, oldest first.
    pub articles: Vec<ArticleId>,
    /// Slugs of names and records that became part of it.
    pub former_slugs: Vec<String>,
}

impl Term {
    /// Whether it is kept without a page.
    pub fn is_hidden(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.hidden)
    }

    /// Whether it is left out of everything that articles list. A section or series that is kept
    /// without a page still names where its articles stand.
    pub fn is_left_out(&self, archive: &Archive) -> bool {
        let taxonomy = archive.taxonomies.get(self.taxonomy);
        self.is_hidden() && taxonomy.is_some_and(terms::leaves_out_hidden)
    }

    /// The name under which it is filed.
    pub fn sort_name(&self) -> &str {
        let own = self
            .record
            .as_ref()
            .and_then(|record| record.sort_name.as_deref());
        own.unwrap_or(&self.name)
    }
}

/// How many articles a build leaves out, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Drafts.
    pub drafts: usize,
    /// Dated in the future.
    pub future: usize,
    /// Under embargo.
    pub embargoed: usize,
    /// Removed: a tombstone stands in the place of each.
    pub removed: usize,
}

/// Everything that is published, sorted and connected.
#[derive(Debug)]
pub struct Archive {
    /// The articles: undated ones first, then from the oldest to the newest.
    pub articles: Vec<Article>,
    /// How many of them are undated.
    pub undated: usize,
    /// The terms, by taxonomy and slug.
    pub terms: Vec<Term>,
    /// The taxonomies, in the order they are shown.
    pub taxonomies: Vec<Taxonomy>,
    /// The terms of each taxonomy, as a range of [`Archive::terms`].
    pub shelves: Vec<Range<usize>>,
    /// The terms of each taxonomy that have pages, A–Z in the language of the archive.
    pub alphabets: Vec<Alphabet>,
    /// The pages that are not articles.
    pub pages: Vec<TextPage>,
    /// Files beside the articles, seen from the content root, sorted.
    pub beside: Vec<Utf8PathBuf>,
    /// Static files, seen from their folder, sorted.
    pub statics: Vec<Utf8PathBuf>,
    /// Files of articles and pages that are not published, sorted.
    pub unpublished: Vec<Utf8PathBuf>,
    /// The articles that were removed, by file.
    pub removed: Vec<Tombstone>,
    /// What no page may hold, by file: for the leak scan alone.
    pub withheld: Vec<Withheld>,
    /// How many articles were left out.
    pub left_out: LeftOut,
    /// When each article is dated.
    whens: Vec<Option<calendar::When>>,
    positions: nearby::Positions,
    /// The articles that have an `id`, by it.
    by_id: Vec<ArticleId>,
    /// The articles by their files.
    by_file: Vec<ArticleId>,
    translations: Translations,
}

impl Archive {
    /// Connects what was read.
    pub fn new(content: Content, config: &Config, selection: &Selection) -> (Archive, Diagnostics) {
        let mut notes = Diagnostics::new();
        let Selected {
            published,
            removed,
            unpublished,
            left_out,
            withheld,
        } = select(content.articles, config, selection, &mut notes);
        let mut removed = withdrawn::tombstones(removed);
        let withheld = withdrawn::unlike_published(withheld, &published);
        let (mut articles, by_file) = in_time(published);
        let undated = articles.partition_point(|a| a.content.date.is_none());
        let filed = terms::file(
            &mut articles,
            &mut removed,
            &withheld,
            content.records,
            config,
            &mut notes,
        );
        let (terms, shelves) = filed;
        let (drafts, pages): (Vec<_>, Vec<_>) = content
            .pages
            .into_iter()
            .partition(|page| page.draft && !selection.drafts);
        let order = Order::new(&config.settings.language);
        let mut archive = Archive {
            undated,
            alphabets: alphabet::file(&terms, &shelves, &order),
            positions: nearby::Positions::new(&terms),
            terms,
            taxonomies: config.taxonomies.clone(),
            shelves,
            pages,
            beside: content.beside,
            statics: content.statics,
            unpublished: sorted(
                unpublished
                    .into_iter()
                    .chain(drafts.into_iter().map(|p| p.file)),
            ),
            removed,
            withheld,
            left_out,
            by_file,
            by_id: references::by_id(&articles, config, &mut notes),
            translations: Translations::default(),
            whens: articles
                .iter()
                .map(|article| article.content.date.as_ref().map(calendar::When::of))
                .collect(),
            articles,
        };
        archive.connect(config, &mut notes);
        (archive, notes)
    }

    /// Puts what an article's file says now in the place of what it said, where that moves nothing
    /// else; says whether it did.
    pub fn revise(&mut self, id: ArticleId, content: content::Article) -> bool {
        let Some(article) = self.articles.get_mut(id.0 as usize) else {
            return false;
        };
        let same = article.content.filing == content.filing;
        if same {
            // As with all others, its names are filed already.
            *article.content = content::Article {
                names: Box::default(),
                about: Box::default(),
                ..content
            };
        }
        same
    }

    /// The article of an id.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.0 as usize]
    }

    /// The term of an id.
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id.0 as usize]
    }

    /// The taxonomy of a term.
    pub fn taxonomy_of(&self, id: TermId) -> &Taxonomy {
        &self.taxonomies[self.taxonomy_index(id)]
    }

    /// The index of the taxonomy of a term: the terms of each stand together, so this needs no
    /// look at the term.
    pub(crate) fn taxonomy_index(&self, id: TermId) -> usize {
        let place = id.0 as usize;
        self.shelves.partition_point(|shelf| shelf.end <= place)
    }

    /// The article whose `id` this is; the newest of those that have one and the same.
    pub fn article_named(&self, id: &str) -> Option<ArticleId> {
        let own = |article: &ArticleId| self.article(*article).content.id.as_deref();
        let after = self
            .by_id
            .partition_point(|article| own(article) <= Some(id));
        let last = self.by_id.get(after.checked_sub(1)?)?;
        (own(last) == Some(id)).then_some(*last)
    }

    /// The article of a file, seen from the content root.
    pub fn article_in(&self, file: &Utf8Path) -> Option<ArticleId> {
        let own = |article: &ArticleId| &*self.article(*article).content.file;
        let at = self.by_file.binary_search_by(|other| own(other).cmp(file));
        let found = self.by_file.get(at.ok()?)?;
        // Paths of the same parts are equal, and may still be written otherwise.
        (own(found).as_str() == file.as_str()).then_some(*found)
    }

    /// Every article, undated ones first, then oldest to newest.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = ArticleId> + ExactSizeIterator {
        (0..u32::try_from(self.articles.len()).unwrap_or(u32::MAX)).map(ArticleId)
    }

    /// Every dated article, oldest to newest.
    pub fn dated(&self) -> impl DoubleEndedIterator<Item = ArticleId> + ExactSizeIterator {
        let (from, to) = (self.undated, self.articles.len());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (count(from)..count(to)).map(ArticleId)
    }

    /// The languages that any article or page names, removed ones included, sorted.
    pub fn languages(&self) -> BTreeSet<&str> {
        let articles = self
            .articles
            .iter()
            .filter_map(|article| article.content.language.as_deref());
        let pages = self.pages.iter();
        articles
            .chain(self.removed.iter().filter_map(Tombstone::language))
            .chain(pages.filter_map(|page| page.language.as_deref()))
            .collect()
    }

    /// The terms of an article in one taxonomy.
    pub fn terms_in(&self, article: ArticleId, taxonomy: usize) -> impl Iterator<Item = TermId> {
        let shelf = self.shelves.get(taxonomy).cloned().unwrap_or_default();
        let terms = self.article(article).terms.iter().copied();
        terms.filter(move |term| shelf.contains(&(term.0 as usize)))
    }

    /// The article before and the one after in time; undated ones have neither.
    pub fn neighbours(&self, id: ArticleId) -> (Option<ArticleId>, Option<ArticleId>) {
        let index = id.0 as usize;
        if index < self.undated {
            return (None, None);
        }
        let before = (index > self.undated).then(|| ArticleId(id.0 - 1));
        let after = (index + 1 < self.articles.len()).then(|| ArticleId(id.0 + 1));
        (before, after)
    }
}

fn sorted(files: impl Iterator<Item = Utf8PathBuf>) -> Vec<Utf8PathBuf> {
    let mut files: Vec<Utf8PathBuf> = files.collect();
    files.sort_unstable();
    files
}

/// The place of a name, without its line: that is looked up where it is shown.
fn place(name: &Name) -> Span {
    let length = u32::try_from(name.text.chars().count().max(1)).unwrap_or(1);
    Span {
        line: name.line.max(1),
        column: name.column.max(1),
        length,
        text: String::new(),
    }
}
