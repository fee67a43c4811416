//! Puts what was read in the order of time.

use rayon::prelude::*;

use super::{Article, ArticleId};
use crate::content;

/// The articles in order, not yet filed; and all of them by their files.
///
/// Undated first, then by date as far as it is known, then by slug and file, so that the order
/// never depends on how files were found.
#[expect(
    clippy::vec_box,
    reason = "articles are sorted and chosen by their places; each stays where it was read"
)]
pub(super) fn in_time(mut articles: Vec<Box<content::Article>>) -> (Vec<Article>, Vec<ArticleId>) {
    // They are read in this order, so this is one look at each.
    articles.par_sort_by(|a, b| a.file.cmp(&b.file));
    let numbered = articles.into_iter().zip(0_u32..);
    let mut keyed: Vec<_> = numbered
        .map(|(article, number)| (article.date.map(|d| d.sort_key()), number, article))
        .collect();
    keyed.par_sort_unstable_by(|(a_date, _, a), (b_date, _, b)| {
        let dates = a_date.cmp(b_date);
        dates.then_with(|| (&a.slug, a.file.as_str()).cmp(&(&b.slug, b.file.as_str())))
    });
    let mut by_file = vec![ArticleId(0); keyed.len()];
    for ((_, number, _), id) in keyed.iter().zip((0..).map(ArticleId)) {
        by_file[*number as usize] = id;
    }
    let unfiled = keyed.into_iter().map(|(_, _, content)| Article {
        content,
        terms: Box::default(),
        about: Box::default(),
        filed_from: None,
        named: Box::default(),
    });
    (unfiled.collect(), by_file)
}
