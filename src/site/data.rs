//! The data files: which there are, and what stands in each.
//!
//! They are cut as the shelves are: one file a year, one a taxonomy, so that a new article
//! rewrites those of its own year and terms and leaves the rest alone.

use super::PageId;
use crate::archive::{Archive, ArticleId, TermId};
use crate::content::Status;

/// A file of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// What there is, as a Data Package.
    Package,
    /// The articles of a year, or those without a date, as CSV.
    Articles(Option<i16>),
    /// The same as JSON Lines.
    ArticlesJsonl(Option<i16>),
    /// Which terms the articles of a year have, as CSV.
    Mentions(Option<i16>),
    /// The terms of a taxonomy, as CSV.
    Terms(usize),
    /// The articles of a term, as CSV.
    TermArticles(TermId),
}

/// The files of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataYear {
    /// The year; `None` for what has no date.
    pub year: Option<i16>,
    /// How many articles it has.
    pub articles: usize,
    /// How many terms those have, each counted as often as it is named.
    pub mentions: usize,
    /// Its articles as CSV.
    pub csv: Option<PageId>,
    /// Its articles as JSON Lines.
    pub jsonl: Option<PageId>,
    /// Their terms as CSV.
    pub mentions_csv: Option<PageId>,
}

/// The file of one taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataTerms {
    /// The index of the taxonomy.
    pub taxonomy: usize,
    /// How many terms it has.
    pub terms: usize,
    /// Its terms as CSV.
    pub csv: Option<PageId>,
}

/// Every data file of the whole archive, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataPlan {
    /// The page that tells of them.
    pub page: Option<PageId>,
    /// The Data Package.
    pub package: Option<PageId>,
    /// The years, undated articles first, then oldest to newest.
    pub years: Vec<DataYear>,
    /// The taxonomies that have terms.
    pub terms: Vec<DataTerms>,
}

impl DataPlan {
    /// How many articles there are in the data.
    pub fn articles(&self) -> usize {
        self.years.iter().map(|year| year.articles).sum()
    }

    /// The first and the last year with a dated article.
    pub fn span(&self) -> Option<(i16, i16)> {
        let mut years = self.years.iter().filter_map(|year| year.year);
        let first = years.next()?;
        Some((first, years.next_back().unwrap_or(first)))
    }
}

/// Whether an article is in the data: one that asks to stay out of search engines is not handed
/// out in bulk either.
pub(crate) fn in_data(archive: &Archive, id: ArticleId) -> bool {
    archive.article(id).content.status != Status::NoIndex
}

/// Whether a term is in the data: one that is kept without a page has no row.
pub(crate) fn term_in_data(archive: &Archive, id: TermId) -> bool {
    !archive.term(id).is_hidden()
}

/// The articles of a year that are in the data, oldest first; those without a date for `None`.
pub(crate) fn of_year(archive: &Archive, year: Option<i16>) -> impl Iterator<Item = ArticleId> {
    let until = |last: i16| {
        let dated = &archive.articles;
        dated.partition_point(|a| a.content.date.is_none_or(|date| date.year() <= last))
    };
    let range = match year {
        None => 0..archive.undated,
        Some(year) => until(year.saturating_sub(1))..until(year),
    };
    range
        .filter_map(|index| u32::try_from(index).ok().map(ArticleId))
        .filter(|id| in_data(archive, *id))
}

/// The terms of a taxonomy that are in the data, by slug.
pub(crate) fn of_taxonomy(archive: &Archive, taxonomy: usize) -> impl Iterator<Item = TermId> {
    let range = archive.shelves.get(taxonomy).cloned().unwrap_or_default();
    range
        .filter_map(|index| u32::try_from(index).ok().map(TermId))
        .filter(|id| term_in_data(archive, *id))
}
