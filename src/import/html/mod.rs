//! HTML becomes Markdown without the loss or gain of a word.
//!
//! What Markdown has a form for is written in it; what it has none for, and what would be read
//! otherwise than meant (`foo<b>bar</b>` with punctuation at the wrong side), stays HTML, which
//! the site lets pass. `morgue`'s own reader of bodies is the judge: the words of the HTML and
//! the words of the page are the same.

mod apart;
mod escape;
mod flow;
mod galleries;
mod inline;
mod line;
mod lists;
mod raw;
mod tables;
mod tidy;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use scraper::Html;

pub use words::{same, words};

/// How deep elements may stand in one another before only their text is kept.
const DEEPEST: usize = 40;

/// A picture as the HTML names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its address.
    pub src: String,
    /// What it shows; `None` where the HTML does not say.
    pub alt: Option<String>,
    /// Its number in the collection it comes from, where a class `wp-image-…` tells it.
    pub number: Option<u64>,
}

/// What the caller decides about addresses.
pub trait Addresses {
    /// What a link leads to in the archive.
    fn link(&self, href: &str) -> String;
    /// What a picture is in the archive.
    fn picture(&self, picture: Picture) -> Picture;
    /// Where a sound, a film or a file is in the archive.
    fn file(&self, src: &str) -> String;
}

/// Every address stays what it is.
#[derive(Debug, Clone, Copy)]
pub struct AsTheyAre;

impl Addresses for AsTheyAre {
    fn link(&self, href: &str) -> String {
        href.to_owned()
    }

    fn picture(&self, picture: Picture) -> Picture {
        picture
    }

    fn file(&self, src: &str) -> String {
        src.to_owned()
    }
}

/// How a piece of HTML is read.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Whether a line end is a line end, and an empty line ends a paragraph, as in the classic
    /// editor of WordPress.
    pub lines: bool,
    /// What becomes of addresses.
    pub addresses: &'a dyn Addresses,
    /// The notes that `<sup data-fn="…">` refers to: their marks and their HTML.
    pub notes: &'a [(String, String)],
    /// Whether the notes are written below this piece.
    pub below: bool,
}

impl std::fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading")
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

/// The Markdown of a piece of HTML: blocks with an empty line between them, no line end at the
/// end. Takes any text, and never fails.
pub fn markdown(html: &str, reading: &Reading<'_>) -> String {
    blocks(html, reading).join("\n\n")
}

/// The same, block by block.
pub fn blocks(html: &str, reading: &Reading<'_>) -> Vec<String> {
    let tree = Html::parse_fragment(html);
    let walk = flow::Walk { reading: *reading };
    let mut blocks = walk.flow(tree::content(&tree), &[], 0);
    let below = if reading.below { reading.notes } else { &[] };
    for (index, (_, html)) in below.iter().enumerate() {
        let plain = Reading {
            lines: false,
            notes: &[],
            ..*reading
        };
        let text = markdown(html, &plain).replace('\n', "\n    ");
        blocks.push(format!("[^{}]: {text}", index + 1));
    }
    blocks
}

/// The text that an element of a page shows, as it stands in the HTML.
pub(super) fn shown(tree: &Html, element: ego_tree::NodeId) -> String {
    tree.tree.get(element).map(tree::text).unwrap_or_default()
}

/// The text of a page in its body, as it stands in the HTML.
pub(super) fn all_shown(tree: &Html) -> String {
    let nodes = tree.tree.nodes();
    let body = nodes
        .into_iter()
        .find(|node| tree::name(*node) == Some("body"));
    body.map(tree::text).unwrap_or_default()
}

/// The text of a piece of HTML on one line: for titles, names and captions, whose tags and
/// character references mean nothing where they go.
pub fn plain(html: &str) -> String {
    if !html.contains(['<', '&', '\n', '\r', '\t']) && !html.contains("  ") {
        return html.trim().to_owned();
    }
    let tree = Html::parse_fragment(html);
    let mut text = String::new();
    for node in tree::content(&tree) {
        text.push_str(&tree::text(node));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
