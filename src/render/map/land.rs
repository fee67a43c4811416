//! The land, as rings on the sphere.

use super::sphere::{Point, middle};
use super::world;

const LAND: &str = include_str!("../../../themes/broadsheet/map/land.txt");

/// The land of all maps.
#[derive(Debug)]
pub(in crate::render) struct Land {
    /// Its coasts: what lies within an odd number of them is land.
    pub(super) rings: Vec<Ring>,
    /// The path of all of it on the map of the world.
    world: String,
}

/// One coast.
#[derive(Debug)]
pub(super) struct Ring {
    pub(super) points: Vec<Point>,
    /// The middle of a cap in which it lies whole, and the angle from there to its edge.
    pub(super) middle: Point,
    pub(super) reach: f64,
}

impl Land {
    /// The land that the theme brings.
    pub(in crate::render) fn built_in() -> Land {
        let coasts: Vec<Vec<(f64, f64)>> = LAND.lines().map(coast).collect();
        Land {
            rings: coasts.iter().filter_map(|coast| ring(coast)).collect(),
            world: world::path(&coasts),
        }
    }

    /// The path of the land on the map of the world.
    pub(in crate::render) fn world(&self) -> &str {
        &self.world
    }
}

/// The degrees east and north of a line of `land.txt`, not turned back at 180.
fn coast(line: &str) -> Vec<(f64, f64)> {
    let mut numbers = line.split(' ').filter_map(|n| n.parse::<i32>().ok());
    let (mut east, mut north) = (0, 0);
    let mut points = Vec::new();
    while let (Some(x), Some(y)) = (numbers.next(), numbers.next()) {
        (east, north) = (east + x, north + y);
        points.push((f64::from(east) / 100.0, f64::from(north) / 100.0));
    }
    points
}

fn ring(coast: &[(f64, f64)]) -> Option<Ring> {
    let points: Vec<Point> = coast.iter().map(|(e, n)| Point::at((*n, *e))).collect();
    let middle = middle(&points)?;
    let reach = points.iter().map(|p| p.angle(middle)).fold(0.0, f64::max);
    Some(Ring {
        points,
        middle,
        reach,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coast_is_a_closed_curve_on_the_sphere() {
        let coasts: Vec<Vec<(f64, f64)>> = LAND.lines().map(coast).collect();
        assert!(coasts.len() > 100 && LAND.len() < 60_000);
        let mut round_the_pole = 0;
        for coast in &coasts {
            assert!(coast.len() >= 3);
            let mut east = coast[0].0;
            for (e, n) in coast.iter().skip(1).chain(&coast[..1]) {
                assert!((-90.0..=90.0).contains(n), "{n}");
                let step = (e - east + 540.0).rem_euclid(360.0) - 180.0;
                assert!(step.abs() < 20.0, "a step of {step} degrees");
                east += step;
            }
            if (east - coast[0].0).abs() > 1.0 {
                round_the_pole += 1;
                assert!(coast.iter().all(|(_, north)| *north < -60.0));
            }
        }
        assert_eq!(round_the_pole, 1, "Antarctica alone");
    }

    #[test]
    fn the_area_is_that_of_the_land() {
        // Of steradians, by the spherical excess of each step against the south pole.
        let excess = |ring: &[(f64, f64)]| -> f64 {
            let next = ring.iter().skip(1).chain(&ring[..1]);
            let steps = ring.iter().zip(next).map(|((e1, n1), (e2, n2))| {
                let step = (e2 - e1 + 540.0).rem_euclid(360.0) - 180.0;
                let height = (n1.to_radians().sin() + n2.to_radians().sin()) / 2.0 + 1.0;
                step.to_radians() * height
            });
            steps.sum()
        };
        let coasts: Vec<Vec<(f64, f64)>> = LAND.lines().map(coast).collect();
        let area: f64 = coasts.iter().map(|coast| excess(coast)).sum::<f64>().abs();
        let share = area / (4.0 * std::f64::consts::PI);
        assert!((0.27..0.31).contains(&share), "{share}");
    }
}
