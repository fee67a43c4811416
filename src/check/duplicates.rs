//! Articles with nearly one text, all of them, without comparing each with each.
//!
//! Two texts that share at least a share `t` of their runs have one in common among the first
//! `n − ⌈t·n⌉ + 1` of each, in any one order of all runs (prefix filtering: Bayardo, Ma and
//! Srikant, "Scaling up all pairs similarity search", 2007). The order is from the rarest run to
//! the commonest, so few pairs are left, and those are compared in full: none is missed, and none
//! is told that is not one. How rare a run is, is counted in a table of fixed size. Two runs in
//! one cell look commoner than they are, which costs time and changes nothing else.
//!
//! Bodies are read again for each step and none is kept.

use std::sync::atomic::{AtomicU8, Ordering};

use camino::Utf8Path;
use rayon::prelude::*;

use super::at_date;
use super::shingles;
use crate::archive::{Archive, ArticleId};
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::Edition;

/// The most memory that the table of how rare runs are takes, in bytes, as a power of two.
const TABLE: usize = 28;

/// How many runs are held at once to find pairs by; more are looked at in turns.
const HELD: usize = 24_000_000;

/// More articles than this that have a rare run in common were made from one form: each is then
/// held against the next alone.
const CROWD: usize = 500;

/// Two articles with nearly one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    /// The earlier one.
    pub(super) earlier: ArticleId,
    /// The later one.
    pub(super) later: ArticleId,
    /// How much of what either has both have, in per cent.
    pub(super) overlap: u8,
}

/// One of the rare runs of an article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    run: u64,
    article: ArticleId,
    /// How many runs the article has.
    length: usize,
}

/// All pairs of articles that share at least `[check] overlap`, by the later one. Translations
/// and articles that say they are copies are left out.
pub(super) fn find(edition: &Edition) -> Vec<Pair> {
    let least = usize::from(edition.config.settings.check.overlap.clamp(1, 100));
    let ids: Vec<ArticleId> = edition.archive.ids().collect();
    let table = Table::of(edition, &ids);
    let turns = turns(&edition.archive, least);
    let mut candidates: Vec<(ArticleId, ArticleId)> = Vec::new();
    for turn in 0..turns {
        let marks = |id: &ArticleId| {
            let (id, runs) = (*id, runs(edition, *id).unwrap_or_default());
            let length = runs.len();
            let rarest = table.rarest(runs, least).into_iter();
            let mine = rarest.filter(move |run| run % turns == turn);
            mine.map(move |run| Mark {
                run,
                article: id,
                length,
            })
        };
        let mut marks: Vec<Mark> = ids.par_iter().flat_map_iter(marks).collect();
        marks.par_sort_unstable();
        let shared: Vec<&[Mark]> = marks.chunk_by(|a, b| a.run == b.run).collect();
        let pairs = shared.into_par_iter();
        candidates.par_extend(pairs.flat_map_iter(|marks| together(marks, least)));
        candidates.par_sort_unstable();
        candidates.dedup();
    }
    let of_one: Vec<&[(ArticleId, ArticleId)]> = candidates.chunk_by(|a, b| a.0 == b.0).collect();
    let found = of_one
        .into_par_iter()
        .flat_map_iter(|pairs| compared(edition, pairs, least));
    let mut found: Vec<Pair> = found.collect();
    found.sort_unstable_by_key(|pair| (pair.later, pair.earlier));
    found
}

/// In how many turns the rare runs are looked at.
fn turns(archive: &Archive, least: usize) -> u64 {
    let words = archive
        .articles
        .iter()
        .map(|a| a.content.body.words as usize);
    let rare = words.sum::<usize>() / 100 * (100 - least) + archive.articles.len();
    (rare / HELD + 1) as u64
}

fn runs(edition: &Edition, id: ArticleId) -> Option<Vec<u64>> {
    let check = &edition.config.settings.check;
    let body = content::body(&edition.config, &edition.archive.article(id).content.file).ok()?;
    shingles::of(&body, check.words, &check.sign_offs)
}

/// The pairs of articles that have a rare run in common and are long enough for one another.
fn together(marks: &[Mark], least: usize) -> Vec<(ArticleId, ArticleId)> {
    // So many articles were made from one form; each with each would never end.
    let reach = if marks.len() > CROWD { 1 } else { marks.len() };
    let mut pairs = Vec::new();
    for (index, first) in marks.iter().enumerate() {
        for second in marks.iter().skip(index + 1).take(reach) {
            let (short, long) = (
                first.length.min(second.length),
                first.length.max(second.length),
            );
            if short * 100 >= long * least {
                pairs.push((first.article, second.article));
            }
        }
    }
    pairs
}

/// Those of some pairs with the same first article that have enough in common.
fn compared(edition: &Edition, pairs: &[(ArticleId, ArticleId)], least: usize) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut first: Option<Vec<u64>> = None;
    for (earlier, later) in pairs {
        if is_known(edition, *earlier, *later) {
            continue;
        }
        let first = first.get_or_insert_with(|| runs(edition, *earlier).unwrap_or_default());
        let overlap = shingles::overlap(first, &runs(edition, *later).unwrap_or_default());
        if usize::from(overlap) >= least {
            found.push(Pair {
                earlier: *earlier,
                later: *later,
                overlap,
            });
        }
    }
    found
}

/// Whether two articles may have one text: translations that were not translated, articles that
/// say they are copies, and those that the editor told apart.
fn is_known(edition: &Edition, a: ArticleId, b: ArticleId) -> bool {
    let archive = &edition.archive;
    let original = |id: ArticleId| {
        let name = archive.article(id).content.duplicate_of.as_deref()?;
        let bare = name.trim_start_matches("id:").trim_start_matches("@/");
        let named = archive.article_named(bare);
        named.or_else(|| archive.article_in(Utf8Path::new(bare)))
    };
    let (of_a, of_b) = (original(a), original(b));
    let file = |id: ArticleId| archive.article(id).content.file.as_str();
    archive.translations(a).contains(&b)
        || of_a == Some(b)
        || of_b == Some(a)
        || (of_a.is_some() && of_a == of_b)
        || edition.config.settings.check.are_distinct(file(a), file(b))
}

/// How often runs occur, or more often than that.
struct Table {
    cells: Vec<AtomicU8>,
}

impl Table {
    fn of(edition: &Edition, ids: &[ArticleId]) -> Table {
        let words = edition.archive.articles.iter();
        let words: usize = words.map(|a| a.content.body.words as usize).sum();
        let size = (words.saturating_mul(4)).clamp(1 << 16, 1 << TABLE);
        let table = Table {
            cells: (0..size.next_power_of_two())
                .map(|_| AtomicU8::new(0))
                .collect(),
        };
        ids.par_iter().for_each(|id| {
            for run in runs(edition, *id).unwrap_or_default() {
                if let Some(cell) = table.cell(run) {
                    let more = |count: u8| count.checked_add(1);
                    let _ = cell.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
                }
            }
        });
        table
    }

    fn cell(&self, run: u64) -> Option<&AtomicU8> {
        let mask = self.cells.len() - 1;
        self.cells.get(usize::try_from(run).unwrap_or(0) & mask)
    }

    fn count(&self, run: u64) -> u8 {
        self.cell(run)
            .map_or(0, |cell| cell.load(Ordering::Relaxed))
    }

    /// The rarest runs of a text, of which it shares one with any text that it shares `least` per
    /// cent with; without those that no other text has.
    fn rarest(&self, runs: Vec<u64>, least: usize) -> Vec<u64> {
        let kept = runs.len() - (runs.len() * least).div_ceil(100) + 1;
        let mut ranked: Vec<(u8, u64)> = runs.into_iter().map(|r| (self.count(r), r)).collect();
        if kept < ranked.len() {
            ranked.select_nth_unstable(kept);
            ranked.truncate(kept);
        }
        ranked.retain(|(count, _)| *count > 1);
        ranked.into_iter().map(|(_, run)| run).collect()
    }
}

/// Tells each pair at the later article.
pub(super) fn audit(edition: &Edition, pairs: &[Pair]) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for Pair {
        earlier,
        later,
        overlap,
    } in pairs
    {
        let archive = &edition.archive;
        let (first, second) = (archive.article(*earlier), archive.article(*later));
        let shown = content::shown(&edition.config, &first.content.file);
        let message = if *overlap == 100 {
            format!("the text is that of {shown}")
        } else {
            format!("{overlap} % of the text is that of {shown}")
        };
        let name = first.content.id.as_deref();
        let name = name.unwrap_or(first.content.file.as_str());
        let note = Diagnostic::new(Code::NearDuplicate, message).help(format!(
            "if it is a copy or a later version, add `duplicate_of: {name}`"
        ));
        notes.push(at_date(&edition.config, note, second));
    }
    notes
}
