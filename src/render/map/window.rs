//! A map around one place, in Lambert's azimuthal equal-area projection: hardly any distortion
//! near its middle, wherever on Earth that is.

use super::clip;
use super::graticule;
use super::land::Land;
use super::path::Pen;
use super::sphere::{Frame, Point};
use super::tenth;

/// The size of the map.
pub(super) const WIDTH: f64 = 300.0;
pub(super) const HEIGHT: f64 = 200.0;
/// From the middle to the edge, in degrees: at least, at most, and in which steps.
const NARROW: f64 = 15.0;
const WIDE: f64 = 50.0;
const STEP: f64 = 5.0;
/// How much further the land is drawn than the map shows, so that no edge is seen where it ends.
const BLEED: f64 = 1.03;
/// Steps of the coast below this many tenths are not to be seen.
const LEAST: i32 = 7;
/// Nor are corners that take less than so many square tenths off the land.
const BEND: i64 = 50;

/// What of the Earth a map shows.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Window {
    pub(super) middle: (f64, f64),
    pub(super) frame: Frame,
    /// From the middle to the right edge, in degrees.
    pub(super) half: f64,
}

impl Window {
    /// The window around a position in degrees north and east, wide enough for some points.
    pub(in crate::render) fn around(middle: (f64, f64), points: &[Point]) -> Window {
        let frame = Frame::above(middle);
        let flat = points.iter().filter_map(|point| flat(frame.turn(*point)));
        let needed = flat.map(|(x, y)| x.abs().max(y.abs() * WIDTH / HEIGHT));
        let needed = needed.fold(0.0, f64::max).to_degrees() * 1.15;
        Window {
            middle,
            frame,
            half: ((needed / STEP).ceil() * STEP).clamp(NARROW, WIDE),
        }
    }

    /// The `viewBox`.
    pub(in crate::render) fn view_box() -> String {
        format!("0 0 {WIDTH} {HEIGHT}")
    }

    /// Where a point lies on the map; nothing outside.
    pub(in crate::render) fn place(&self, point: Point) -> Option<(f64, f64)> {
        let (x, y) = self.on_paper(flat(self.frame.turn(point))?);
        let inside = (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y);
        inside.then(|| (tenth(x), tenth(y)))
    }

    /// The path of the land in the window.
    pub(in crate::render) fn land(&self, land: &Land) -> String {
        // A map of half a continent has more coast than a reader can see.
        let coarse = if self.half > 25.0 { 2 } else { 1 };
        let mut pen = Pen::new(LEAST * coarse, BEND * i64::from(coarse * coarse));
        let (across, corner) = self.corner();
        let edges = (
            corner.tan() / across * WIDTH,
            corner.tan() / across * HEIGHT,
        );
        for ring in &land.rings {
            let hemisphere = ring.reach >= std::f64::consts::FRAC_PI_2;
            if !hemisphere && ring.middle.angle(self.frame.up) > ring.reach + corner {
                continue;
            }
            let turned: Vec<Point> = ring.points.iter().map(|p| self.frame.turn(*p)).collect();
            let seen = clip::to_window(&turned, edges);
            let seen = seen.into_iter().filter_map(Point::unit).filter_map(flat);
            pen.ring(seen.map(|point| self.on_paper(point)));
        }
        pen.finish()
    }

    /// The path of the parallels and meridians in the window.
    pub(in crate::render) fn graticule(&self) -> String {
        graticule::path(self)
    }

    /// The length of the diagonal, and the angle from the middle to a corner in radians.
    pub(super) fn corner(&self) -> (f64, f64) {
        let across = WIDTH.hypot(HEIGHT);
        let radius = self.half.to_radians() * across / WIDTH * BLEED;
        (across, 2.0 * (radius / 2.0).asin())
    }

    /// From the plane, whose unit is the radius of the Earth, to the map.
    pub(super) fn on_paper(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let scale = WIDTH / 2.0 / self.half.to_radians();
        (WIDTH / 2.0 + x * scale, HEIGHT / 2.0 - y * scale)
    }
}

/// The projection of a point that its frame has turned; nothing for the other end of the Earth,
/// which is everywhere on its edge.
pub(super) fn flat(point: Point) -> Option<(f64, f64)> {
    let scale = (2.0 / (1.0 + point.z)).sqrt();
    (point.z > -0.99).then_some((point.x * scale, point.y * scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [(f64, f64); 12] = [
        (43.115, 131.886),
        (-17.7, 178.1),
        (-13.8, -171.8),
        (-90.0, 0.0),
        (90.0, 0.0),
        (78.2, 15.6),
        (-77.8, 166.7),
        (51.0, 10.0),
        (45.0, 90.0),
        (66.0, -170.0),
        (0.0, 0.0),
        (60.0, 100.0),
    ];

    /// The rings of a path, back as numbers.
    fn rings(path: &str) -> Vec<Vec<(f64, f64)>> {
        let mut at = (0.0, 0.0);
        let rings = path.split('m').skip(1).map(|ring| {
            let mut numbers = Vec::new();
            let mut number = String::new();
            for sign in ring.chars().chain(" ".chars()) {
                let ends = match sign {
                    '-' | ' ' | 'z' => true,
                    '.' => number.contains('.'),
                    _ => false,
                };
                if ends && !number.is_empty() {
                    numbers.push(number.parse::<f64>().unwrap());
                    number.clear();
                }
                if !matches!(sign, ' ' | 'z') {
                    number.push(sign);
                }
            }
            let points: Vec<_> = numbers
                .chunks(2)
                .map(|step| {
                    at = (at.0 + step[0], at.1 + step[1]);
                    at
                })
                .collect();
            at = points[0];
            points
        });
        rings.collect()
    }

    /// Whether a point lies within an odd number of rings.
    fn within(rings: &[Vec<(f64, f64)>], (x, y): (f64, f64)) -> bool {
        let mut odd = false;
        for ring in rings {
            for (a, b) in ring.iter().zip(ring.iter().skip(1).chain(&ring[..1])) {
                if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
                    odd = !odd;
                }
            }
        }
        odd
    }

    /// Whether there is land, by the map of degrees alone: no sphere and no clipping.
    fn is_land(coasts: &[Vec<(f64, f64)>], (north, east): (f64, f64)) -> bool {
        coasts.iter().fold(false, |odd, coast| {
            let turn = coast[coast.len() - 1].0 - coast[0].0;
            let mut coast = coast.clone();
            if turn.abs() > 180.0 {
                let (first, last) = (coast[0], coast[0].0 + 360.0_f64.copysign(turn));
                coast.extend([(last, first.1), (last, -90.0), (first.0, -90.0)]);
            }
            let turned = [-360.0, 0.0, 360.0].map(|by| (east + by, north));
            let hits = turned.into_iter().filter(|p| within(&[coast.clone()], *p));
            odd ^ (hits.count() % 2 == 1)
        })
    }

    #[test]
    fn the_land_in_every_window_is_the_land_that_is_there() {
        let land = Land::built_in();
        let coasts: Vec<Vec<(f64, f64)>> = land
            .rings
            .iter()
            .map(|ring| {
                let mut last: Option<f64> = None;
                let degrees = ring.points.iter().map(|point| {
                    let (north, east) = point.degrees();
                    let step = |from: f64| from + (east - from + 540.0).rem_euclid(360.0) - 180.0;
                    let east = last.map_or(east, step);
                    last = Some(east);
                    (east, north)
                });
                degrees.collect()
            })
            .collect();
        for middle in PLACES {
            for far in [vec![], vec![Point::at((middle.0 * 0.5, middle.1 + 40.0))]] {
                let window = Window::around(middle, &far);
                let rings = rings(&window.land(&land));
                let (mut asked, mut wrong) = (0, 0);
                let half = window.half as i32;
                for (dn, de) in (-half..half).flat_map(|n| (-half..half).map(move |e| (n, e))) {
                    let north = middle.0 + f64::from(dn) * 0.9 + 0.37;
                    let position = (north, middle.1 + f64::from(de) * 1.7 + 0.21);
                    if (dn + de) % 4 != 0 || !(-89.9..89.9).contains(&north) {
                        continue;
                    }
                    let Some(at) = window.place(Point::at(position)) else {
                        continue;
                    };
                    asked += 1;
                    wrong += usize::from(within(&rings, at) != is_land(&coasts, position));
                }
                assert!(asked > 20, "{middle:?} {asked}");
                // Small islands and thinned coasts aside.
                assert!(wrong * 25 <= asked, "{middle:?}: {wrong} of {asked}");
            }
        }
    }

    #[test]
    fn a_place_is_in_the_middle_of_its_map() {
        for middle in PLACES {
            let window = Window::around(middle, &[]);
            assert_eq!(window.place(Point::at(middle)), Some((150.0, 100.0)));
            assert_eq!(window.half, NARROW);
            let (north, east) = middle;
            assert_eq!(window.place(Point::at((-north, east + 180.0))), None);
        }
    }

    #[test]
    fn distances_are_kept() {
        let window = Window::around((0.0, 179.0), &[]);
        // Ten degrees are a third of the width.
        let (x, y) = window.place(Point::at((0.0, -171.0))).unwrap();
        assert!(
            (x - 250.0).abs() < 0.5 && (y - 100.0).abs() < 0.1,
            "{x} {y}"
        );
    }

    #[test]
    fn a_window_grows_with_what_it_must_show() {
        let russia = (60.0, 100.0);
        let moscow = Point::at((55.756, 37.617));
        let window = Window::around(russia, &[moscow]);
        assert!(window.half > 30.0 && window.half % STEP == 0.0);
        assert!(window.place(moscow).is_some());
        let antipode = Point::at((-60.0, -80.0));
        assert!(Window::around(russia, &[antipode]).half <= WIDE);
    }

    #[test]
    fn maps_are_small() {
        let land = Land::built_in();
        for middle in PLACES {
            let window = Window::around(middle, &[]);
            let size = window.land(&land).len() + window.graticule().len();
            assert!(size < 4_200, "{middle:?}: {size}");
        }
    }
}
