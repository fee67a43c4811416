//! Shelves: articles by date, cut so that a closed year never changes again.
//!
//! With page numbers one new article would rewrite every page of every list it is on. Here a
//! shelf is cut by the calendar: a short one is one page, a long one shows its newest and the
//! years, a busy year the months, a busy month the days, and only a busy day is numbered.

use std::borrow::Cow;
use std::ops::Range;

use crate::archive::{Archive, ArticleId, TermId};
use crate::config::settings::Shelves;

use super::Site;

/// Whose articles stand on a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShelfOf {
    /// All of the archive.
    Archive,
    /// Those of a term.
    Term(TermId),
    /// Those that two terms share, the one with the lower id first.
    Pair(TermId, TermId),
}

/// A stretch of time on a shelf, as far as it is named: all of it, a year, a month, a day; or
/// what has no date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The year.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// Whether it holds what has no date.
    pub undated: bool,
    /// The numbered part, from 1.
    pub part: usize,
}

impl Place {
    /// All of a shelf.
    pub const ALL: Place = Place {
        year: None,
        month: None,
        day: None,
        undated: false,
        part: 1,
    };

    /// Its address below that of the shelf: `2019/04/`, `undated/part-2/`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        if let Some(year) = self.year {
            path.push_str(&format!("{year:04}/"));
        }
        for part in [self.month, self.day].into_iter().flatten() {
            path.push_str(&format!("{part:02}/"));
        }
        if self.undated {
            path.push_str("undated/");
        }
        if self.part > 1 {
            path.push_str(&format!("part-{}/", self.part));
        }
        path
    }

    /// The stretch one step wider.
    pub fn parent(&self) -> Option<Place> {
        let wider = match (self.part, self.day, self.month, self.year) {
            (2.., ..) => Place { part: 1, ..*self },
            (_, Some(_), ..) => Place { day: None, ..*self },
            (_, _, Some(_), _) => Place {
                month: None,
                ..*self
            },
            (_, _, _, Some(_)) => Place::ALL,
            _ if self.undated => Place::ALL,
            _ => return None,
        };
        Some(wider)
    }
}

/// One page of a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Whose articles.
    pub of: ShelfOf,
    /// Which stretch of time.
    pub place: Place,
    /// The articles of that stretch, as a range of all on the shelf, oldest first.
    pub holds: Range<usize>,
    /// Those of them that are shown one by one.
    pub shows: Range<usize>,
    /// Whether narrower stretches have pages of their own.
    pub divided: bool,
    /// How many numbered parts the stretch has.
    pub parts: usize,
}

/// A narrower stretch with how many articles it holds.
pub(crate) type Count = (Place, usize);

/// The articles on a shelf, oldest first, undated ones at the front.
pub(crate) fn articles<'a>(
    site: &'a Site,
    archive: &'a Archive,
    of: ShelfOf,
) -> Cow<'a, [ArticleId]> {
    match of {
        ShelfOf::Archive => Cow::Borrowed(&site.every),
        ShelfOf::Term(term) => Cow::Borrowed(&archive.term(term).articles),
        ShelfOf::Pair(a, b) => Cow::Owned(archive.shared(a, b)),
    }
}

/// The address of the shelf of a term or of two; that of the archive is the root of the site.
///
/// It follows from the names alone. Two terms of one taxonomy stand as `/people/a/with/b/`, two of
/// different ones as `/people/a/with/places/b/`, so that a person and a place of one name are
/// never mistaken.
pub(crate) fn root(archive: &Archive, of: ShelfOf) -> String {
    let term = |id: TermId| {
        format!(
            "{}/{}/",
            archive.taxonomy_of(id).path,
            archive.term(id).slug
        )
    };
    match of {
        ShelfOf::Archive => "/".to_owned(),
        ShelfOf::Term(id) => format!("/{}", term(id)),
        ShelfOf::Pair(a, b) if archive.term(a).taxonomy == archive.term(b).taxonomy => {
            format!("/{}with/{}/", term(a), archive.term(b).slug)
        }
        ShelfOf::Pair(a, b) => format!("/{}with/{}", term(a), term(b)),
    }
}

/// Every page of the shelf of a term or of two, the first one first. `ids` gives its articles, of
/// which there are so many; a short shelf is one page whatever they are.
pub(super) fn whole<'a>(
    archive: &Archive,
    of: ShelfOf,
    count: usize,
    ids: impl FnOnce() -> Cow<'a, [ArticleId]>,
    limits: &Shelves,
) -> Vec<Shelf> {
    let holds = 0..count;
    let short = count <= limits.whole;
    let ids = if short { Cow::default() } else { ids() };
    let cutter = Cutter {
        archive,
        ids: &ids,
        of,
        limits,
        always: false,
    };
    if short {
        return vec![cutter.page(Place::ALL, holds.clone(), holds, false)];
    }
    let shows = count - limits.whole..count;
    let mut pages = vec![cutter.page(Place::ALL, holds, shows, true)];
    cutter.years(&mut pages);
    pages
}

/// Every page of the date shelves of the whole archive.
pub(super) fn of_archive(archive: &Archive, ids: &[ArticleId], limits: &Shelves) -> Vec<Shelf> {
    let cutter = Cutter {
        archive,
        ids,
        of: ShelfOf::Archive,
        limits,
        always: true,
    };
    let mut pages = Vec::new();
    cutter.years(&mut pages);
    pages
}

/// The narrower stretches of `holds`, with how many articles each holds; what is dated no more
/// narrowly is left out.
pub(crate) fn divisions(
    archive: &Archive,
    ids: &[ArticleId],
    place: &Place,
    holds: &Range<usize>,
) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    let mut rest = &ids[holds.clone()];
    while let [first, ..] = rest {
        let here = narrower(archive, *first, place);
        let count = run(rest, |id| narrower(archive, id, place) == here);
        counts.extend(here.map(|here| (here, count)));
        rest = &rest[count..];
    }
    counts
}

/// How many articles at the front belong together: in the order of their dates they all stand side
/// by side. Looks at few of them, for each is somewhere else in memory.
fn run(ids: &[ArticleId], together: impl Fn(ArticleId) -> bool) -> usize {
    let mut step = 1;
    while ids.get(step).is_some_and(|id| together(*id)) {
        step *= 2;
    }
    // That at half the step still belongs, that at the step no more.
    let (known, until) = (step / 2, step.min(ids.len()));
    known + ids[known..until].partition_point(|id| together(*id))
}

/// The stretch one step narrower than `place` in which an article falls.
fn narrower(archive: &Archive, id: ArticleId, place: &Place) -> Option<Place> {
    let Some(date) = archive.when(id) else {
        return (*place == Place::ALL).then_some(Place {
            undated: true,
            ..Place::ALL
        });
    };
    match (place.year, place.month, place.day) {
        (None, ..) => Some(Place {
            year: Some(date.year()),
            ..Place::ALL
        }),
        (Some(_), None, _) => date.month().map(|month| Place {
            month: Some(month),
            part: 1,
            ..*place
        }),
        (Some(_), Some(_), None) => date.day().map(|day| Place {
            day: Some(day),
            part: 1,
            ..*place
        }),
        _ => None,
    }
}

/// The stretches before and after that of a shelf that are as wide and hold anything; `ids` are
/// all articles of the shelf.
pub(crate) fn beside(
    archive: &Archive,
    ids: &[ArticleId],
    shelf: &Shelf,
) -> (Option<Place>, Option<Place>) {
    let here = Place {
        part: 1,
        ..shelf.place
    };
    if here.year.is_none() {
        return (None, None);
    }
    let as_wide = |id: &ArticleId| -> Option<Place> {
        let date = archive.when(*id)?;
        let mut place = Place {
            year: Some(date.year()),
            ..Place::ALL
        };
        if here.month.is_some() {
            place.month = Some(date.month()?);
        }
        if here.day.is_some() {
            place.day = Some(date.day()?);
        }
        Some(place)
    };
    let before = ids.get(..shelf.holds.start).unwrap_or_default();
    let after = ids.get(shelf.holds.end..).unwrap_or_default();
    let other = |place: &Place| *place != here;
    (
        before.iter().rev().filter_map(as_wide).find(other),
        after.iter().filter_map(as_wide).find(other),
    )
}

struct Cutter<'a> {
    archive: &'a Archive,
    ids: &'a [ArticleId],
    of: ShelfOf,
    limits: &'a Shelves,
    /// Whether months and days have pages even where the year is short.
    always: bool,
}

impl Cutter<'_> {
    fn page(&self, place: Place, holds: Range<usize>, shows: Range<usize>, divided: bool) -> Shelf {
        Shelf {
            of: self.of,
            place,
            holds,
            shows,
            divided,
            parts: 1,
        }
    }

    fn years(&self, pages: &mut Vec<Shelf>) {
        let mut start = 0;
        for (place, count) in divisions(self.archive, self.ids, &Place::ALL, &(0..self.ids.len())) {
            self.stretch(place, start..start + count, pages);
            start += count;
        }
    }

    /// One stretch: a page for it, and for narrower ones where it is too long or always.
    fn stretch(&self, place: Place, holds: Range<usize>, pages: &mut Vec<Shelf>) {
        let narrow = divisions(self.archive, self.ids, &place, &holds);
        let within: usize = narrow.iter().map(|(_, count)| count).sum();
        let whole = if self.always && place.month.is_none() {
            self.limits.whole
        } else {
            self.limits.most
        };
        let divided = !narrow.is_empty() && holds.len() > whole;
        // What is dated no more narrowly comes first in time, so it is the head of the range.
        let own = holds.start..holds.end - within;
        let shows = if divided { own.clone() } else { holds.clone() };
        self.parts(place, holds, shows, divided, pages);
        if divided || self.always {
            let mut start = own.end;
            for (place, count) in narrow {
                self.stretch(place, start..start + count, pages);
                start += count;
            }
        }
    }

    /// The page of a stretch, in numbered parts where it shows too many.
    fn parts(
        &self,
        place: Place,
        holds: Range<usize>,
        shows: Range<usize>,
        divided: bool,
        pages: &mut Vec<Shelf>,
    ) {
        let most = self.limits.most.max(1);
        let parts = shows.len().div_ceil(most).max(1);
        for part in 1..=parts {
            let start = shows.start + (part - 1) * most;
            let shown = start..(start + most).min(shows.end);
            let mut page = self.page(Place { part, ..place }, holds.clone(), shown, divided);
            page.parts = parts;
            pages.push(page);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_at_the_front_are_counted_however_many_they_are() {
        let ids: Vec<ArticleId> = (0..70).map(ArticleId).collect();
        for length in 1..=ids.len() {
            for together in 1..=length {
                let below = |id: ArticleId| (id.0 as usize) < together;
                assert_eq!(run(&ids[..length], below), together, "of {length}");
            }
        }
    }
}
