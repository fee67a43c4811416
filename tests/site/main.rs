//! Whole sites: from files to the output folder.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and writes the files it builds from"
)]

mod attack;
mod awkward;
mod broken;
mod citation;
mod corrections;
mod data;
mod driver;
mod export;
mod hosting;
mod intersections;
mod leaks;
mod ledger;
mod ledger_file;
mod made;
mod maps;
mod meanwhile;
mod ninjs;
mod own_links;
mod pack;
mod parts;
mod permanence;
mod publishing;
mod reading;
mod said;
mod time;
mod warm;
mod wire;
mod withdrawn;
