//! The map of the whole world in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018):
//! areas are true, so that neither Greenland nor Russia weighs more than it is.

use super::clip;
use super::path::Pen;
use super::tenth;

/// The width of the map.
const WIDTH: f64 = 1000.0;
/// The meridian in its middle: then 169° W, where no land is cut, is at its edges.
const MIDDLE: f64 = 11.0;
const WEST: f64 = MIDDLE - 180.0;
const EAST: f64 = MIDDLE + 180.0;
/// Steps of the coast below this many tenths are not to be seen.
const LEAST: i32 = 12;
/// Nor are corners that take less than so many square tenths off the land.
const BEND: i64 = 100;
/// What is left above and below a pole, for a symbol there.
const ROOM: f64 = 8.0;
/// The polynomial of the projection.
const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];

/// The part of the map that is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::render) struct World {
    top: f64,
    bottom: f64,
}

impl World {
    /// The map that shows all positions in degrees north. Antarctica and the Arctic Ocean are left
    /// out where there is nothing to show there.
    pub(in crate::render) fn showing(north: impl IntoIterator<Item = f64>) -> World {
        let (mut south, mut top) = (0.0_f64, 0.0_f64);
        for north in north {
            (south, top) = (south.min(north), top.max(north));
        }
        let edge = |north: f64| project(north, MIDDLE).1;
        World {
            top: if top > 82.0 {
                -ROOM
            } else {
                edge(83.8).floor()
            },
            bottom: if south < -56.0 {
                edge(-90.0).ceil() + ROOM
            } else {
                edge(-57.0).ceil()
            },
        }
    }

    /// The `viewBox`.
    pub(in crate::render) fn view_box(self) -> String {
        format!("0 {} {WIDTH} {}", self.top, self.bottom - self.top)
    }
}

/// Where a position in degrees north and east lies on the map.
pub(in crate::render) fn place((north, east): (f64, f64)) -> (f64, f64) {
    let east = WEST + (east - WEST).rem_euclid(360.0);
    let (x, y) = project(north, east);
    (tenth(x), tenth(y))
}

/// The path of coasts given in degrees east and north.
pub(super) fn path(coasts: &[Vec<(f64, f64)>]) -> String {
    let mut pen = Pen::new(LEAST, BEND);
    for coast in coasts {
        for ring in on_the_map(coast) {
            pen.ring(ring.into_iter().map(|(east, north)| project(north, east)));
        }
    }
    pen.finish()
}

/// What of a coast lies between the edges of the map. One that goes round a pole is laid twice
/// along the map and led back over the pole, so that it has no seam but the edges.
fn on_the_map(coast: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    let (Some(first), Some(last)) = (coast.first(), coast.last()) else {
        return Vec::new();
    };
    let turn = last.0 - first.0;
    if turn.abs() < 180.0 {
        let turned = [-360.0, 0.0, 360.0].map(|by| {
            let ring: Vec<_> = coast.iter().map(|(e, n)| (e + by, *n)).collect();
            clip::to_meridians(&ring, WEST, EAST)
        });
        return turned.into_iter().filter(|ring| !ring.is_empty()).collect();
    }
    let turn = 360.0_f64.copysign(turn);
    let begin = if turn > 0.0 { WEST - 360.0 } else { EAST };
    let by = begin + (first.0 - begin).rem_euclid(360.0) - first.0;
    let pole = if first.1 < 0.0 { -90.0 } else { 90.0 };
    let mut ring = Vec::with_capacity(coast.len() * 2 + 2);
    for turns in [0.0, 1.0] {
        ring.extend(coast.iter().map(|(e, n)| (e + by + turn * turns, *n)));
    }
    ring.push((first.0 + by + 2.0 * turn, first.1));
    ring.push((first.0 + by + 2.0 * turn, pole));
    ring.push((first.0 + by, pole));
    vec![clip::to_meridians(&ring, WEST, EAST)]
}

/// Equal Earth, scaled to the width of the map and counted from its upper left corner.
fn project(north: f64, east: f64) -> (f64, f64) {
    let (x, y) = equal_earth(north.to_radians(), (east - MIDDLE).to_radians());
    let (right, _) = equal_earth(0.0, std::f64::consts::PI);
    let (_, top) = equal_earth(std::f64::consts::FRAC_PI_2, 0.0);
    let scale = WIDTH / 2.0 / right;
    ((x + right) * scale, (top - y) * scale)
}

fn equal_earth(north: f64, east: f64) -> (f64, f64) {
    let root = 3.0_f64.sqrt();
    let angle = (root / 2.0 * north.sin()).asin();
    let square = angle * angle;
    let sixth = square * square * square;
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    (
        2.0 * root * east * angle.cos() / (3.0 * slope),
        angle * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::map::Land;

    #[test]
    fn the_projection_has_its_known_extent() {
        let (x, y) = equal_earth(0.0, std::f64::consts::PI);
        assert!((x - 2.706_63).abs() < 1e-5 && y == 0.0, "{x} {y}");
        let (x, y) = equal_earth(std::f64::consts::FRAC_PI_2, 0.0);
        assert!(x.abs() < 1e-12 && (y - 1.317_36).abs() < 1e-5, "{x} {y}");
    }

    #[test]
    fn areas_are_true() {
        // A cell of one degree has the area of the sphere's, wherever it is.
        let radians = f64::to_radians;
        let ratio = |north: f64, east: f64| {
            let d = 0.01;
            let (x0, y0) = equal_earth(radians(north), radians(east));
            let (x1, y1) = equal_earth(radians(north), radians(east + d));
            let (x2, y2) = equal_earth(radians(north + d), radians(east));
            let cell = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
            cell / (radians(d) * radians(d) * radians(north + d / 2.0).cos())
        };
        for (north, east) in [(0.0, 0.0), (45.0, 90.0), (-60.0, -170.0), (80.0, 20.0)] {
            assert!((ratio(north, east) - 1.0).abs() < 1e-3, "{north} {east}");
        }
    }

    #[test]
    fn the_pacific_is_at_both_edges() {
        let (x, y) = place((0.0, MIDDLE));
        assert_eq!((x, y), (500.0, tenth(project(0.0, MIDDLE).1)));
        assert!(place((0.0, -170.0)).0 > 990.0, "west of 169° W is the east");
        assert!(place((0.0, -168.0)).0 < 10.0);
        assert_eq!(place((10.0, 180.0)), place((10.0, -180.0)));
    }

    #[test]
    fn the_path_is_small_and_stays_on_the_map() {
        let land = Land::built_in();
        let path = land.world();
        assert!((10_000..25_000).contains(&path.len()), "{}", path.len());
        assert!(path.starts_with('m') && path.ends_with('z'));
    }

    #[test]
    fn a_coast_is_cut_at_the_edges_and_only_there() {
        let across = [(190.0, 0.0), (192.0, 0.0), (192.0, 1.0), (190.0, 1.0)];
        let rings = on_the_map(&across);
        let edges = |ring: &Vec<(f64, f64)>| {
            let low = ring.iter().map(|p| p.0).fold(f64::MAX, f64::min);
            (low, ring.iter().map(|p| p.0).fold(f64::MIN, f64::max))
        };
        let found: Vec<_> = rings.iter().map(edges).collect();
        assert_eq!(found, [(-169.0, -168.0), (190.0, 191.0)]);
        let inside = [(-168.0, 0.0), (-166.0, 0.0), (-166.0, 1.0)];
        assert_eq!(on_the_map(&inside).len(), 1);
    }

    #[test]
    fn a_coast_round_the_pole_fills_the_map_from_edge_to_edge() {
        for way in [1.0, -1.0] {
            let coast: Vec<_> = (0..36)
                .map(|i| (way * 10.0 * f64::from(i), -70.0))
                .collect();
            let rings = on_the_map(&coast);
            assert_eq!(rings.len(), 1);
            for corner in [(WEST, -90.0), (EAST, -90.0), (WEST, -70.0), (EAST, -70.0)] {
                assert!(rings[0].contains(&corner), "{corner:?} {:?}", rings[0]);
            }
        }
    }

    #[test]
    fn antarctica_is_shown_where_there_is_something_to_show() {
        let without = World::showing([52.0, -34.0]);
        let with = World::showing([52.0, -90.0]);
        assert!(with.bottom > without.bottom && with.top == without.top);
        assert_eq!(with.view_box(), "0 2 1000 493");
        assert_eq!(World::showing([90.0]).top, -ROOM);
    }
}
