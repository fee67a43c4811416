//! Exports of WordPress (WXR) become articles, pages, records and files.
//!
//! An export is read twice, item by item: [`survey`] learns what any item may refer to (authors,
//! terms, attachments) and sees that all of it can be read, before [`run`] writes the first file.
//! In memory stands only what items refer to, never their texts.

mod account;
mod article;
mod blocks;
mod body;
mod comments;
mod dates;
mod element;
mod embeds;
mod fate;
mod file;
mod galleries;
mod media;
mod people;
mod places;
mod run;
mod settings;
mod shortcodes;
mod survey;
mod tables;
mod tally;
mod terms;

pub use element::Broken;
pub use media::original_size;
pub use run::{Order, Summary, import};
pub use terms::{Mapping, Target};

/// Reads an export from bytes and makes of every item what an import would, writing nothing.
/// For tests with inputs that nobody would write: takes any bytes, and never panics.
pub fn try_out(bytes: &[u8]) -> Result<usize, Broken> {
    run::try_out(bytes)
}
