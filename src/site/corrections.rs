//! The corrections log: every correction of every article, in the order they were made.

use std::ops::Range;

use super::Place;
use crate::archive::{Archive, ArticleId};
use crate::content::{Correction, Status};

/// Up to this many corrections the log is one page; above, each year has its own.
pub(crate) const WHOLE_LOG: usize = 200;

/// How many of the newest the first page of a divided log shows.
pub(crate) const NEWEST: usize = 100;

/// One correction in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// The article that was corrected.
    pub article: ArticleId,
    /// Its place among the corrections of that article, oldest first.
    pub index: usize,
}

impl Logged {
    /// The correction itself.
    pub(crate) fn correction(self, archive: &Archive) -> Option<&Correction> {
        let article = archive.article(self.article);
        article.content.corrections.get(self.index)
    }

    /// Its address: that of the article, at the anchor of the correction.
    pub(crate) fn anchor(self) -> String {
        anchor(self.index)
    }

    /// The year it was made in, as a stretch of the log.
    pub(crate) fn place(self, archive: &Archive) -> Place {
        let date = self.correction(archive).and_then(|c| c.date);
        Place {
            year: date.map(|date| date.year()),
            undated: date.is_none(),
            ..Place::ALL
        }
    }
}

/// The anchor of a correction on the page of its article. They are numbered from the oldest, so
/// that a new one leaves the others where they are.
pub(crate) fn anchor(index: usize) -> String {
    format!("correction-{}", index + 1)
}

/// Every correction, undated ones first, then oldest to newest. Articles that ask to stay out of
/// search engines are not in it.
pub(super) fn log(archive: &Archive) -> Vec<Logged> {
    let mut log = Vec::new();
    for id in archive.ids() {
        let content = &archive.article(id).content;
        if content.status != Status::NoIndex {
            let count = 0..content.corrections.len();
            log.extend(count.map(|index| Logged { article: id, index }));
        }
    }
    log.sort_by_key(|logged| {
        let date = logged.correction(archive).and_then(|c| c.date);
        (date.map(|d| d.sort_key()), logged.article, logged.index)
    });
    log
}

/// The years of a log, each with the stretch of it that it holds.
pub(crate) fn years(archive: &Archive, log: &[Logged]) -> Vec<(Place, Range<usize>)> {
    let mut years: Vec<(Place, Range<usize>)> = Vec::new();
    for (index, logged) in log.iter().enumerate() {
        let place = logged.place(archive);
        match years.last_mut() {
            Some((last, range)) if *last == place => range.end = index + 1,
            _ => years.push((place, index..index + 1)),
        }
    }
    years
}
