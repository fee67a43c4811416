//! Writes lines as the data of an SVG path: steps with at most one decimal, in as few signs as the
//! grammar of paths allows.

/// A path being written.
#[derive(Debug, Default)]
pub(super) struct Pen {
    text: String,
    /// Where the path stands, in tenths.
    at: (i32, i32),
    /// Steps shorter than this, in tenths, are left out.
    least: i32,
    /// So are corners that a coast turns less than this: twice the area, in square tenths, of the
    /// triangle that goes with them.
    bend: i64,
    /// Whether the last number had a decimal: then `.5` may follow without a space.
    decimal: bool,
}

impl Pen {
    /// A path without steps shorter than so many tenths, and without corners that take less than
    /// so many square tenths away.
    pub(super) fn new(least: i32, bend: i64) -> Pen {
        Pen {
            least,
            bend,
            ..Pen::default()
        }
    }

    /// The path.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A closed line; nothing where it has shrunk to less than a triangle.
    pub(super) fn ring(&mut self, points: impl IntoIterator<Item = (f64, f64)>) {
        let kept = self.straighten(self.thin(points));
        if kept.len() < 3 {
            return;
        }
        self.draw(&kept);
        self.text.push('z');
        // Closing leads back to where the line began.
        self.at = kept[0];
    }

    /// An open line.
    pub(super) fn line(&mut self, points: impl IntoIterator<Item = (f64, f64)>) {
        let kept = self.thin(points);
        if kept.len() > 1 {
            self.draw(&kept);
        }
    }

    /// The points in tenths, without those that are hardly away from the one before.
    fn thin(&self, points: impl IntoIterator<Item = (f64, f64)>) -> Vec<(i32, i32)> {
        let mut kept: Vec<(i32, i32)> = Vec::new();
        let least = self.least.max(1);
        for (x, y) in points {
            let point = ((x * 10.0).round() as i32, (y * 10.0).round() as i32);
            let far =
                |last: &(i32, i32)| (point.0 - last.0).abs().max((point.1 - last.1).abs()) >= least;
            if kept.last().is_none_or(far) {
                kept.push(point);
            }
        }
        kept
    }

    /// The corners of a ring without those that hardly turn.
    fn straighten(&self, points: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
        let mut kept: Vec<(i32, i32)> = Vec::with_capacity(points.len());
        let next = points.iter().skip(1).chain(points.first());
        for (point, next) in points.iter().zip(next) {
            let turns = |last: &(i32, i32)| {
                let step = |to: &(i32, i32)| (i64::from(to.0 - last.0), i64::from(to.1 - last.1));
                let (a, b) = (step(point), step(next));
                (a.0 * b.1 - a.1 * b.0).abs() >= self.bend
            };
            if kept.last().is_none_or(turns) {
                kept.push(*point);
            }
        }
        kept
    }

    fn draw(&mut self, points: &[(i32, i32)]) {
        // A relative move at the start of a path is one from its origin, and the pairs after a
        // move are lines (SVG 2 §9.3.3).
        self.text.push('m');
        let mut first = true;
        for point in points {
            self.number(point.0 - self.at.0, first);
            self.number(point.1 - self.at.1, false);
            self.at = *point;
            first = false;
        }
    }

    fn number(&mut self, tenths: i32, first: bool) {
        let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        let bare = whole == 0 && part > 0;
        if tenths < 0 {
            self.text.push('-');
        } else if !(first || bare && self.decimal) {
            self.text.push(' ');
        }
        if !bare {
            self.text.push_str(&whole.to_string());
        }
        if part > 0 {
            self.text.push('.');
            self.text.push_str(&part.to_string());
        }
        self.decimal = part > 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_no_sign_too_many() {
        let mut pen = Pen::new(0, 0);
        pen.ring([(10.0, 20.5), (10.5, 20.0), (12.0, 20.0), (12.0, 22.3)]);
        pen.line([(0.0, 0.0), (0.04, 0.0), (-3.25, 1.0)]);
        assert_eq!(pen.finish(), "m10 20.5.5-.5 1.5 0 0 2.3zm-10-20.5-3.3 1");
    }

    #[test]
    fn small_steps_and_small_rings_are_left_out() {
        let mut pen = Pen::new(10, 0);
        pen.ring([(0.0, 0.0), (0.5, 0.5), (0.9, 0.0)]);
        assert_eq!(pen.finish(), "");
    }

    #[test]
    fn corners_that_hardly_turn_are_left_out() {
        let mut pen = Pen::new(0, 101);
        pen.ring([(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0)]);
        assert_eq!(pen.finish(), "m0 0 10 0 0 10z");
    }
}
