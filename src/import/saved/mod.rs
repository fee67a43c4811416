//! Saved pages and mirrors of sites become articles.
//!
//! All pages are read twice or three times: to learn which are articles, where each was, and
//! which lines are furniture; and to make articles of them. In memory stands only what pages
//! refer to, never their texts.

mod fields;
mod linked;
mod links;
mod main_text;
mod old_addresses;
mod page;
mod survey;
mod told;
mod write;

use std::sync::Arc;

use camino::Utf8PathBuf;
use encoding_rs::Encoding;
use jiff::tz::TimeZone;

use super::report::{Place, Report};
use super::tag::Names;
use super::text_files::Boilerplate;
use crate::diagnostics::Diagnostics;

/// What an import of pages is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Files, and folders of them.
    pub inputs: Vec<Utf8PathBuf>,
    /// Where the articles go.
    pub place: Place,
    /// The folder of files that are published as they are, seen from the folder of the site.
    pub statics: Utf8PathBuf,
    /// What becomes of furniture.
    pub boilerplate: Boilerplate,
    /// The encoding of all pages; else it is recognised.
    pub encoding: Option<&'static Encoding>,
    /// The clock of the office, for dates that are told in UTC.
    pub zone: Option<TimeZone>,
    /// The language of the site, as a tag.
    pub language: String,
    /// Whether every page is an article, whatever it says of itself.
    pub all: bool,
    /// The names that articles are looked through for.
    pub names: Option<Arc<Names>>,
}

/// What an import of pages did.
#[derive(Debug)]
pub struct Imported {
    /// The account.
    pub report: Report,
    /// The pictures and files that came along.
    pub files: usize,
    /// What the pages tell of their site.
    pub site: OldSite,
}

/// What pages tell of the site they are from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldSite {
    /// Its host.
    pub host: String,
    /// Its name.
    pub name: String,
    /// The tag of its language.
    pub language: String,
}

/// Imports pages. What is wrong with one stops no other.
///
/// # Errors
/// What stopped the import as a whole.
pub fn import(order: &Order, notes: &mut Diagnostics) -> Result<Imported, Diagnostics> {
    let survey = survey::Survey::of(order, notes)?;
    write::write(order, &survey, notes)
}

/// Reads a page from bytes and makes an article of it, writing nothing; gives how much text it
/// has. For tests with inputs that nobody would write: takes any bytes, and never panics.
pub fn try_out(bytes: &[u8]) -> usize {
    write::try_out(bytes)
}
