//! Parallels and meridians, which tell where up is and how large the map, also on open water.

use super::path::Pen;
use super::sphere::Point;
use super::window::{HEIGHT, WIDTH, Window, flat};

/// From one point of a line to the next, in degrees.
const SAMPLE: f64 = 5.0;
/// How far beyond the edge lines are still drawn: a little more than a step between two points.
const BEYOND: f64 = 60.0;

/// The path of all lines that cross a window.
pub(super) fn path(window: &Window) -> String {
    let mut pen = Pen::new(1, 0);
    let (north, east) = window.middle;
    let reach = window.corner().1.to_degrees();
    let apart = if window.half > 25.0 { 20.0 } else { 10.0 };
    let (south, top) = ((north - reach).max(-90.0), (north + reach).min(90.0));
    // The further from the equator, the narrower the meridians: all of them meet at a pole.
    let beside = (reach.to_radians().sin() / north.to_radians().cos()).asin();
    let whole = top >= 90.0 || south <= -90.0 || beside.is_nan();
    let beside = if whole { 180.0 } else { beside.to_degrees() };
    let slots = if whole || north.abs() > 65.0 {
        30.0
    } else {
        apart
    };
    for parallel in steps(south, top, apart).filter(|p| p.abs() < 89.0) {
        let line = steps(east - beside, east + beside + SAMPLE, SAMPLE);
        draw(window, &mut pen, line.map(|east| (parallel, east)));
    }
    // A whole turn is counted once.
    let last = east + beside - if whole { 0.1 } else { 0.0 };
    for meridian in steps(east - beside, last, slots) {
        // Between the last parallel and the pole the lines would only run together.
        let line =
            steps(south.max(-80.0), top.min(80.0) + SAMPLE, SAMPLE).filter(|n| n.abs() <= 80.0);
        draw(window, &mut pen, line.map(|north| (north, meridian)));
    }
    pen.finish()
}

/// The multiples of a step between two numbers.
fn steps(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step).floor() as i32, (to / step).floor() as i32);
    (first..=last).map(move |n| f64::from(n) * step)
}

/// Draws what of a line lies in the window or just beside it.
fn draw(window: &Window, pen: &mut Pen, line: impl Iterator<Item = (f64, f64)>) {
    let mut piece: Vec<(f64, f64)> = Vec::new();
    for position in line {
        let at = flat(window.frame.turn(Point::at(position))).map(|p| window.on_paper(p));
        let near = at.filter(|(x, y)| {
            (-BEYOND..=WIDTH + BEYOND).contains(x) && (-BEYOND..=HEIGHT + BEYOND).contains(y)
        });
        match near {
            Some(point) => piece.push(point),
            None => pen.line(piece.drain(..)),
        }
    }
    pen.line(piece);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_map_has_lines_and_no_map_has_many() {
        for north in [-90.0, -66.0, -17.0, 0.0, 45.0, 66.5, 78.0, 90.0] {
            for east in [-180.0, 0.0, 179.9] {
                let path = path(&Window::around((north, east), &[]));
                let lines = path.matches('m').count();
                assert!((4..=24).contains(&lines), "{north} {east}: {lines}");
                assert!(!path.contains("NaN"), "{path}");
            }
        }
    }
}
