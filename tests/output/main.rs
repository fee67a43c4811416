//! What a build does to its output folder, told as stories of several builds.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod builds;
mod desk;
mod foreign;
mod full;
mod model;
mod pack;
mod run;
