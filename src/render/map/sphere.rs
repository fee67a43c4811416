//! Points on the sphere as vectors, so that neither the poles nor 180° are special.

/// A direction from the middle of the Earth; of length 1 where it is a point on its surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::render) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) z: f64,
}

impl Point {
    /// The point at so many degrees north and east.
    pub(in crate::render) fn at((north, east): (f64, f64)) -> Point {
        let (sin, cos) = north.to_radians().sin_cos();
        let (y, x) = east.to_radians().sin_cos();
        Point {
            x: cos * x,
            y: cos * y,
            z: sin,
        }
    }

    /// Its degrees north and east.
    pub(in crate::render) fn degrees(self) -> (f64, f64) {
        let north = self.z.atan2(self.x.hypot(self.y));
        (north.to_degrees(), self.y.atan2(self.x).to_degrees())
    }

    pub(super) fn dot(self, other: Point) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    /// The angle between two points, in radians.
    pub(super) fn angle(self, other: Point) -> f64 {
        self.dot(other).clamp(-1.0, 1.0).acos()
    }

    /// What lies on the way to another point, `share` of the way along the chord.
    pub(super) fn towards(self, other: Point, share: f64) -> Point {
        Point {
            x: self.x + (other.x - self.x) * share,
            y: self.y + (other.y - self.y) * share,
            z: self.z + (other.z - self.z) * share,
        }
    }

    /// The same direction at length 1; nothing for no direction at all.
    pub(super) fn unit(self) -> Option<Point> {
        let length = self.dot(self).sqrt();
        (length > 1e-9).then(|| Point {
            x: self.x / length,
            y: self.y / length,
            z: self.z / length,
        })
    }
}

/// The middle of some points; nothing where they lie all around the Earth.
pub(in crate::render) fn middle(points: &[Point]) -> Option<Point> {
    let zero = Point {
        x: 0.0,
        y: 0.0,
        z: 0.0,
    };
    let sum = points.iter().fold(zero, |sum, point| Point {
        x: sum.x + point.x,
        y: sum.y + point.y,
        z: sum.z + point.z,
    });
    sum.unit()
}

/// The Earth turned so that one point is on top: east of it is `x`, north `y`, up `z`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    east: Point,
    north: Point,
    pub(super) up: Point,
}

impl Frame {
    /// Seen from above a position in degrees north and east. At a pole it is the meridian of that
    /// position which runs straight up or down.
    pub(super) fn above((north, east): (f64, f64)) -> Frame {
        let (sin, cos) = north.to_radians().sin_cos();
        let (y, x) = east.to_radians().sin_cos();
        Frame {
            east: Point {
                x: -y,
                y: x,
                z: 0.0,
            },
            north: Point {
                x: -sin * x,
                y: -sin * y,
                z: cos,
            },
            up: Point::at((north, east)),
        }
    }

    /// A point as this frame sees it.
    pub(super) fn turn(&self, point: Point) -> Point {
        Point {
            x: self.east.dot(point),
            y: self.north.dot(point),
            z: self.up.dot(point),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: (f64, f64), b: (f64, f64)) -> bool {
        (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9
    }

    #[test]
    fn degrees_come_back() {
        for position in [
            (0.0, 0.0),
            (43.115, 131.886),
            (-17.7, 178.1),
            (-89.9, -70.0),
        ] {
            assert!(
                near(Point::at(position).degrees(), position),
                "{position:?}"
            );
        }
    }

    #[test]
    fn the_middle_of_two_sides_of_180_degrees_is_there() {
        let middle = middle(&[Point::at((0.0, 170.0)), Point::at((0.0, -170.0))]);
        let (north, east) = middle.unwrap().degrees();
        assert!(near((north, east.abs()), (0.0, 180.0)), "{north} {east}");
    }

    #[test]
    fn opposite_points_have_no_middle() {
        assert_eq!(
            middle(&[Point::at((0.0, 0.0)), Point::at((0.0, 180.0))]),
            None
        );
        assert_eq!(middle(&[]), None);
    }

    #[test]
    fn a_frame_knows_east_and_north() {
        let frame = Frame::above((60.0, 179.0));
        let east = frame.turn(Point::at((60.0, -179.0)));
        assert!(east.x > 0.0 && east.y.abs() < 0.001, "{east:?}");
        assert!(frame.turn(Point::at((61.0, 179.0))).y > 0.0);
        assert!((frame.turn(Point::at((60.0, 179.0))).z - 1.0).abs() < 1e-12);
    }
}
