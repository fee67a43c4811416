//! Maps: where a place is, and where in the world the archive has been. A map says nothing that
//! the lists beside it do not say too.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Shared, Stage, TermLink};
use crate::archive::{Near, Term, TermId};
use crate::render::map::{self, Point, Window, World};

/// A map around one place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LocatorMap {
    /// The `viewBox` of its SVG.
    pub view_box: String,
    /// The path of the land, to be filled by the even-odd rule.
    pub land: String,
    /// The path of the parallels and meridians.
    pub graticule: String,
    /// How far right and down the place lies; nothing where only places within it lie anywhere.
    pub at: Option<(f64, f64)>,
    /// The place around it that is shown, where it has no position of its own.
    pub instead: Option<Shared<TermLink>>,
    /// The places within it and near it.
    pub others: Vec<Dot>,
}

/// A place on the map of another.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Dot {
    /// Its name.
    pub name: String,
    /// How far right it lies.
    pub x: f64,
    /// How far down it lies.
    pub y: f64,
}

/// A map of the world with a symbol for each place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorldMap {
    /// The `viewBox` of its SVG.
    pub view_box: String,
    /// The path of the land, to be filled by the even-odd rule.
    pub land: String,
    /// The places, those with the most articles first so that none is hidden below a larger one.
    pub symbols: Vec<Symbol>,
    /// How many places lie somewhere: more than there are symbols where only those most written
    /// about are shown.
    pub total: usize,
}

/// A place on the map of the world.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: Option<String>,
    /// How many articles it has.
    pub count: usize,
    /// How far right it lies.
    pub x: f64,
    /// How far down it lies.
    pub y: f64,
    /// The radius of a circle whose area tells the count.
    pub radius: f64,
}

/// A place near another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NearbyPlace {
    /// The place.
    pub term: Shared<TermLink>,
    /// How far it is, rounded as far as positions of towns can be trusted.
    pub kilometres: u32,
}

/// How many symbols the map of the world has at most.
const SYMBOLS: usize = 400;
/// How many of the places within one are dots on its map.
const DOTS: usize = 60;
/// The radius of a symbol for one article, the smallest, and the largest.
const ONE: f64 = 4.5;
const SMALLEST: f64 = 2.5;
const LARGEST: f64 = 26.0;

impl Stage<'_> {
    /// Where a place is: around its own position, else around the places within it, else around
    /// the nearest place that it lies in. Nothing where none of these lies anywhere.
    pub(super) fn locator(&self, id: TermId, nearby: &[Near]) -> Option<LocatorMap> {
        let archive = self.scene.archive;
        let within = self.within(id);
        let points: Vec<Point> = within.iter().map(|(_, point)| *point).collect();
        let (middle, at, instead) = if let Some(own) = archive.term(id).position() {
            (own, Some(own), None)
        } else if let Some(middle) = map::middle(&points) {
            (middle.degrees(), None, None)
        } else {
            let (above, position) = self.position_above(id)?;
            (position, Some(position), Some(self.named(above)))
        };
        let window = Window::around(middle, &points);
        let beside = nearby.iter().filter_map(|near| {
            let position = archive.term(near.term).position()?;
            Some((near.term, Point::at(position)))
        });
        let dots = within.iter().copied().take(DOTS).chain(beside);
        let others = dots.filter_map(|(term, point)| {
            let (x, y) = window.place(point)?;
            let name = archive.term(term).name.clone();
            Some(Dot { name, x, y })
        });
        Some(LocatorMap {
            view_box: Window::view_box(),
            land: window.land(&self.scene.theme.land),
            graticule: window.graticule(),
            at: at.and_then(|position| window.place(Point::at(position))),
            instead,
            others: others.collect(),
        })
    }

    /// The places within one that lie somewhere, those most written about first.
    fn within(&self, id: TermId) -> Vec<(TermId, Point)> {
        let archive = self.scene.archive;
        let children = archive.term(id).children.iter().filter_map(|child| {
            let term = Some(archive.term(*child)).filter(|term| !term.is_hidden())?;
            Some((*child, Point::at(term.position()?)))
        });
        let mut children: Vec<(TermId, Point)> = children.collect();
        children.sort_by_key(|(term, _)| (Reverse(archive.term(*term).articles.len()), *term));
        children
    }

    /// The nearest place that one lies in and whose position is known.
    fn position_above(&self, id: TermId) -> Option<(TermId, (f64, f64))> {
        let archive = self.scene.archive;
        let mut above =
            std::iter::successors(archive.term(id).parent, |id| archive.term(*id).parent);
        above.find_map(|id| {
            let term = Some(archive.term(id)).filter(|term| !term.is_hidden())?;
            Some((id, term.position()?))
        })
    }

    /// The places near another.
    pub(super) fn nearby(&self, nearby: &[Near]) -> Vec<NearbyPlace> {
        let places = nearby.iter().map(|near| NearbyPlace {
            term: self.named(near.term),
            kilometres: rounded(near.kilometres),
        });
        places.collect()
    }

    /// The map of the terms that lie somewhere; nothing where none does.
    pub(super) fn world(&self, terms: impl Iterator<Item = TermId>) -> Option<WorldMap> {
        let archive = self.scene.archive;
        let placed = terms.filter_map(|id| {
            let term: &Term = archive.term(id);
            let position = term.position().filter(|_| !term.articles.is_empty())?;
            Some((id, position, term.articles.len()))
        });
        let mut placed: Vec<(TermId, (f64, f64), usize)> = placed.collect();
        placed.sort_by_key(|(id, _, count)| (Reverse(*count), *id));
        let total = placed.len();
        placed.truncate(SYMBOLS);
        let most = placed.first()?.2;
        let world = World::showing(placed.iter().map(|(_, (north, _), _)| *north));
        let symbols = placed.into_iter().map(|(id, position, count)| {
            let (x, y) = map::place(position);
            let link = self.term_link(id, None);
            Symbol {
                name: link.name,
                url: link.url,
                count,
                x,
                y,
                radius: radius(count, most),
            }
        });
        Some(WorldMap {
            view_box: world.view_box(),
            land: self.scene.theme.land.world().to_owned(),
            symbols: symbols.collect(),
            total,
        })
    }
}

/// The radius of a symbol, its area in the measure of its count: one article is [`ONE`] wide
/// unless the largest would become too large.
fn radius(count: usize, most: usize) -> f64 {
    let unit = ONE.min(LARGEST / (most as f64).sqrt());
    let radius = unit * (count as f64).sqrt();
    (radius.max(SMALLEST) * 10.0).round() / 10.0
}

/// Kilometres to about two figures, and never none.
fn rounded(kilometres: f64) -> u32 {
    let step = match kilometres {
        near if near < 20.0 => 1.0,
        near if near < 100.0 => 5.0,
        far if far < 1000.0 => 10.0,
        _ => 50.0,
    };
    ((kilometres / step).round() * step).max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_of_symbols_are_as_their_counts() {
        assert_eq!(radius(1, 4), ONE);
        assert_eq!(radius(4, 4), 2.0 * ONE);
        assert_eq!(radius(12_542, 12_542), LARGEST);
        assert!((radius(3_136, 12_542) - LARGEST / 2.0).abs() < 0.1);
        assert_eq!(radius(1, 12_542), SMALLEST);
    }

    #[test]
    fn distances_are_round() {
        let told = [0.0, 0.4, 7.6, 57.0, 123.4, 1_466.0].map(rounded);
        assert_eq!(told, [1, 1, 8, 55, 120, 1_450]);
    }
}
