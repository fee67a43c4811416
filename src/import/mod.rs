//! What people really have becomes articles: exports and scraped text.
//!
//! Each reader is a pure function over bytes or text; [`shelf`] puts what they give into the
//! folder of a site, and `text_files` walks the folders of the input.

pub mod draft;
pub mod encoding;
pub mod html;
pub mod input;
pub mod memory;
pub mod ninjs;
pub mod place;
pub mod report;
pub mod row_reader;
pub mod rows;
pub mod saved;
pub mod shelf;
pub mod tag;
pub mod tagged;
pub mod text;
mod text_doubts;
pub mod text_files;
mod text_input;
pub mod wordpress;
