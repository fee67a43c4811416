//! `morgue`: article files in, a published archive out.
//!
//! The house has one direction: [`content`] → [`archive`] → [`site`] → [`render`] → [`output`].
//! Each stage takes values and gives a value with its [`diagnostics`]; nothing lower knows
//! anything higher. [`build`], [`export`] and [`serve`] are consumers of that one line.

pub mod archive;
mod build;
pub mod cache;
pub mod check;
pub mod checksum;
pub mod cli;
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod digest;
mod edition;
mod export;
mod external;
pub mod fixity;
pub mod import;
pub mod language;
mod leaks;
mod ninjs;
mod ordered;
pub mod output;
pub mod render;
pub mod serve;
pub mod site;
pub mod terms;
pub mod wording;

pub use build::{
    BuildOptions, Built, Indexed, PackBuilt, PackOptions, PartBuilt, PartMade, PartOptions,
    PartPlace, Progress, Timings, build, build_part, index, pack,
};
pub use edition::Edition;
pub use export::{ExportOptions, Exported, Form as ExportForm, export};
pub use external::{Online, Told};
