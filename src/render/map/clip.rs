//! Cuts rings at the edge of a map (Sutherland and Hodgman, one straight edge after the other).

use super::sphere::Point;

/// What of a ring lies where `side` is not negative. `between` gives what lies so far along the
/// way from one point to the next.
pub(super) fn cut<P: Copy>(
    ring: &[P],
    side: impl Fn(P) -> f64,
    between: impl Fn(P, P, f64) -> P,
) -> Vec<P> {
    let mut kept = Vec::with_capacity(ring.len() + 2);
    let Some(mut before) = ring.last().copied() else {
        return kept;
    };
    let mut was = side(before);
    for &point in ring {
        let is = side(point);
        if (was >= 0.0) != (is >= 0.0) {
            kept.push(between(before, point, was / (was - is)));
        }
        if is >= 0.0 {
            kept.push(point);
        }
        (before, was) = (point, is);
    }
    kept
}

/// What of a ring is seen through a window whose edges are so far from its middle, on the plane
/// that touches the sphere there. Each edge is a great circle, so this holds on the whole sphere:
/// also across 180°, and for a ring that goes round a pole.
pub(super) fn to_window(ring: &[Point], (right, top): (f64, f64)) -> Vec<Point> {
    let between = Point::towards;
    let ring = cut(ring, |p| right * p.z - p.x, between);
    let ring = cut(&ring, |p| right * p.z + p.x, between);
    let ring = cut(&ring, |p| top * p.z - p.y, between);
    cut(&ring, |p| top * p.z + p.y, between)
}

/// What of a ring of degrees east and north lies between two meridians.
pub(super) fn to_meridians(ring: &[(f64, f64)], west: f64, east: f64) -> Vec<(f64, f64)> {
    let between = |a: (f64, f64), b: (f64, f64), share: f64| {
        (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
    };
    let ring = cut(ring, |p| p.0 - west, between);
    cut(&ring, |p| east - p.0, between)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_square_across_the_edge_is_halved() {
        let square = [(-1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (-1.0, 1.0)];
        let half = to_meridians(&square, 0.0, 5.0);
        assert_eq!(half, [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]);
        assert_eq!(to_meridians(&square, 2.0, 3.0), []);
        assert_eq!(to_meridians(&[], 2.0, 3.0), []);
    }

    proptest! {
        #[test]
        fn nothing_is_left_outside_the_window(
            ring in prop::collection::vec((-90.0..90.0f64, -180.0..180.0f64), 0..20),
            right in 0.01..1.5f64,
            top in 0.01..1.5f64,
        ) {
            let ring: Vec<Point> = ring.into_iter().map(Point::at).collect();
            for point in to_window(&ring, (right, top)) {
                prop_assert!(point.x.abs() <= right * point.z + 1e-9, "{point:?}");
                prop_assert!(point.y.abs() <= top * point.z + 1e-9, "{point:?}");
                prop_assert!(point.z >= -1e-9);
            }
        }
    }
}
