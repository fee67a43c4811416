//! Whole sites: from files to the output folder.

mod awkward;
mod broken;
mod driver;
mod publishing;
