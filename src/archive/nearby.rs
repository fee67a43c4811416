//! Which places lie near one another.
//!
//! The positions are sorted once, by strips of latitude and then by longitude, so that what lies
//! around a place is a few short runs of that list and never all of it.

use super::{Archive, Term, TermId};

/// A place near another, and how far away it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// The place.
    pub term: TermId,
    /// How far it is in a straight line over the ground.
    pub kilometres: f64,
}

impl Term {
    /// The degrees north and east of a place whose record tells them.
    pub fn position(&self) -> Option<(f64, f64)> {
        self.record.as_ref()?.coordinates
    }

    /// Whether it has a page and articles and is known to lie somewhere.
    fn is_on_the_map(&self) -> bool {
        self.position().is_some() && !self.articles.is_empty() && !self.is_hidden()
    }
}

/// The mean radius of the Earth in kilometres.
const RADIUS: f64 = 6371.0;
/// How high a strip is, in degrees.
const STRIP: f64 = 0.25;
/// How far is looked at first, in kilometres; then twice as far until enough is found.
const FIRST: f64 = 10.0;
/// How many places at one and the same position are kept: more would only be looked at in vain.
const AT_ONE_POSITION: usize = 16;

/// The places of the archive that lie somewhere, by strip and then from west to east.
#[derive(Debug, Default)]
pub(super) struct Positions(Vec<Spot>);

#[derive(Debug, Clone, Copy)]
struct Spot {
    strip: i32,
    east: f64,
    north: f64,
    term: TermId,
    /// Whether it is an area: a place with others in it.
    area: bool,
}

impl Positions {
    pub(super) fn new(terms: &[Term]) -> Positions {
        let mut spots: Vec<Spot> = Vec::new();
        for (index, term) in terms.iter().enumerate() {
            if let Some((north, east)) = term.position().filter(|_| term.is_on_the_map()) {
                spots.push(Spot {
                    strip: strip(north),
                    east,
                    north,
                    term: TermId(u32::try_from(index).unwrap_or(u32::MAX)),
                    area: is_area(terms, term),
                });
            }
        }
        spots.sort_by(|a, b| {
            let place = a.strip.cmp(&b.strip).then(a.east.total_cmp(&b.east));
            place
                .then(a.north.total_cmp(&b.north))
                .then(a.term.cmp(&b.term))
        });
        let mut same = 0;
        let mut last = None;
        spots.retain(|spot| {
            let position = Some((spot.north, spot.east));
            same = if position == last { same + 1 } else { 1 };
            last = position;
            same <= AT_ONE_POSITION
        });
        Positions(spots)
    }

    /// What lies within a distance of a position, and perhaps a little more.
    fn around(&self, (north, east): (f64, f64), kilometres: f64) -> impl Iterator<Item = &Spot> {
        let angle = kilometres / RADIUS;
        let (south, top) = (north - angle.to_degrees(), north + angle.to_degrees());
        // The widest that a circle on the sphere is, in longitude; the whole way round at a pole.
        let wide = (angle.sin() / north.to_radians().cos()).asin().to_degrees();
        let round = south <= -90.0 || top >= 90.0 || angle > 1.5 || wide.is_nan();
        let wide = if round { 360.0 } else { wide + 1e-6 };
        // Across 180° a stretch goes on at the other end of the list.
        let stretches = [-360.0, 0.0, 360.0].map(|by| (east + by - wide, east + by + wide));
        let whole = [(-180.0, 180.0), (1.0, 0.0), (1.0, 0.0)];
        let stretches = if round { whole } else { stretches };
        (strip(south)..=strip(top)).flat_map(move |strip| {
            stretches.into_iter().flat_map(move |(from, to)| {
                let begin = self
                    .0
                    .partition_point(|s| (s.strip, s.east) < (strip, from));
                let rest = self.0.get(begin..).unwrap_or_default();
                rest.iter()
                    .take_while(move |s| s.strip == strip && s.east <= to)
            })
        })
    }
}

fn strip(north: f64) -> i32 {
    (north.clamp(-90.0, 90.0) / STRIP).floor() as i32
}

fn is_area(terms: &[Term], term: &Term) -> bool {
    let mut within = term
        .children
        .iter()
        .filter_map(|id| terms.get(id.0 as usize));
    within.any(Term::is_on_the_map)
}

impl Archive {
    /// The places nearest to one, at most so many and so far, the nearest first. What lies in it
    /// or around it is not near it. A country is not near a town, its towns are; so places that
    /// have others within them are only told where this one has too.
    pub fn nearby(&self, id: TermId, most: usize, kilometres: f64) -> Vec<Near> {
        let Some(position) = self.term(id).position() else {
            return Vec::new();
        };
        let area = is_area(&self.terms, self.term(id));
        let mut reach = FIRST;
        loop {
            reach = (reach * 2.0).min(kilometres);
            let others = self.positions.around(position, reach).filter(|spot| {
                (area || !spot.area) && !self.lies_in(spot.term, id) && !self.lies_in(id, spot.term)
            });
            let mut found: Vec<Near> = others
                .map(|spot| Near {
                    term: spot.term,
                    kilometres: distance(position, (spot.north, spot.east)),
                })
                .filter(|near| near.kilometres <= reach)
                .collect();
            if found.len() >= most || reach >= kilometres {
                let nearer = |a: &Near, b: &Near| {
                    let order = a.kilometres.total_cmp(&b.kilometres);
                    order.then(a.term.cmp(&b.term))
                };
                found.sort_by(nearer);
                found.truncate(most);
                return found;
            }
        }
    }

    /// Whether a place is another, or lies in it.
    fn lies_in(&self, id: TermId, other: TermId) -> bool {
        let mut chain = std::iter::successors(Some(id), |id| self.term(*id).parent);
        chain.any(|above| above == other)
    }
}

/// The way between two positions over a sphere of the Earth's size (haversine), in kilometres.
fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let cosines = a.0.to_radians().cos() * b.0.to_radians().cos();
    let chord = half(a.0, b.0) + cosines * half(a.1, b.1);
    2.0 * RADIUS * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn positions(spots: &[(f64, f64)]) -> Positions {
        let terms: Vec<Spot> = spots
            .iter()
            .enumerate()
            .map(|(index, (north, east))| Spot {
                strip: strip(*north),
                east: *east,
                north: *north,
                term: TermId(index as u32),
                area: false,
            })
            .collect();
        let mut terms = terms;
        terms.sort_by(|a, b| a.strip.cmp(&b.strip).then(a.east.total_cmp(&b.east)));
        Positions(terms)
    }

    #[test]
    fn distances_are_known_ones() {
        let (berlin, paris) = ((52.52, 13.405), (48.857, 2.351));
        assert!((distance(berlin, paris) - 878.0).abs() < 2.0);
        let across = distance((-17.8, 178.0), (-13.8, -171.8));
        assert!((across - 1150.0).abs() < 30.0, "{across}");
        assert!((distance((90.0, 10.0), (-90.0, 0.0)) - 20015.0).abs() < 1.0);
    }

    proptest! {
        #[test]
        fn nothing_near_is_overlooked(
            spots in prop::collection::vec((-90.0..=90.0f64, -180.0..=180.0f64), 0..60),
            north in -90.0..=90.0f64,
            east in -180.0..=180.0f64,
            kilometres in 1.0..3000.0f64,
        ) {
            let positions = positions(&spots);
            let mut found: Vec<u32> = positions
                .around((north, east), kilometres)
                .filter(|s| distance((north, east), (s.north, s.east)) <= kilometres)
                .map(|s| s.term.0)
                .collect();
            found.sort_unstable();
            let near = spots.iter().enumerate().filter(|(_, s)| distance((north, east), **s) <= kilometres);
            let wanted: Vec<u32> = near.map(|(index, _)| index as u32).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
