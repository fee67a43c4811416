//! Maps: positions in degrees go in, paths and points of an SVG come out.
//!
//! Knows no term and no template. The land is the theme's (Natural Earth's 1:110m land, public
//! domain; `themes/broadsheet/map/prepare.py` tells its form), read once when the theme is loaded.

mod clip;
mod graticule;
mod land;
mod path;
mod sphere;
mod window;
mod world;

pub(super) use land::Land;
pub(super) use sphere::{Point, middle};
pub(super) use window::Window;
pub(super) use world::{World, place};

/// A length on a map, to one decimal.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
