//! Ways into stage 1 for fuzz targets: one text or one run of bytes each, no folder.

use camino::Utf8Path;

use super::roster::Roster;
use super::{Read, article, authority, page, stored, text};
use crate::config::Config;
use crate::diagnostics::Diagnostics;

/// Reads an article from the bytes of a file; gives whether it is one.
pub fn article(config: &Config, bytes: &[u8]) -> bool {
    let mut notes = Diagnostics::new();
    let Ok(source) = text::decode(bytes.to_vec(), &mut notes) else {
        return false;
    };
    let file = Utf8Path::new("articles/2019-04-25-summit.md");
    let (article, _) = article::read(config, file, "", &source);
    article.is_some_and(|mut article| {
        article.filing = article.filing();
        Roster::new().enter(&mut article);
        let stored = postcard::to_stdvec(&Read::Article(Box::new(article)));
        // What is read is stored for the next run, and has to come back.
        stored.is_ok_and(|bytes| stored::is_readable(&bytes))
    })
}

/// Reads a record, a table of records and a page from one text.
pub fn records(config: &Config, source: &str) {
    let file = Utf8Path::new("people/kim.md");
    let _ = authority::read(config, 0, file, source);
    let _ = authority::table(config, 0, Utf8Path::new("people.csv"), source);
    let _ = page::read(config, Utf8Path::new("pages/about.md"), source);
}

/// Reads bytes as what the last run stored of a file.
pub fn stored(bytes: &[u8]) -> bool {
    stored::is_readable(bytes)
}
