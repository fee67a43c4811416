//! Exports of WordPress (WXR) become articles, pages, records and files.
//!
//! An export is read twice, item by item: [`survey`] learns what any item may refer to (authors,
//! terms, attachments) and sees that all of it can be read, before [`run`] writes the first file.
//! In memory stands only what items refer to, never their texts.

mod account;
mod address;
mod article;
mod blocks;
mod body;
mod comments;
mod dates;
mod element;
mod embeds;
mod fate;
mod file;
mod findings;
mod galleries;
mod mapping;
mod media;
mod order;
mod people;
mod places;
mod records;
mod run;
mod settings;
mod shortcodes;
mod site;
mod survey;
mod tables;
mod tally;
mod terms;
mod writing;

pub use element::Broken;
pub use mapping::{Mapping, Target};
pub use media::original_size;
pub use order::{Export, Files, Order, Summary, Unknown};
pub use run::import;
pub use tally::{Row, Tally};

/// Reads an export from bytes and makes of every item what an import would, writing nothing.
/// For tests with inputs that nobody would write: takes any bytes, and never panics.
pub fn try_out(bytes: &[u8]) -> Result<usize, Broken> {
    run::try_out(bytes)
}
