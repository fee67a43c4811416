//! What stands in a line: text, emphasis, links, pictures, code.

use scraper::Node;

use super::escape;
use super::flow::Walk;
use super::tree::{self, At, attribute, name};
use super::{DEEPEST, Picture, apart, raw};

/// What encloses a stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// `*`, `**` or `~~`, and the element that says the same.
    Sign(&'static str, &'static str),
    /// An element without a form in Markdown, with its attributes.
    Element(&'static str, String),
    /// A link.
    Link(String, String),
}

/// A line in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Open(Mark),
    Close,
    /// Markdown or HTML that stands as it is.
    Ready(String),
    Code(String),
    Image(Picture),
    /// A picture that stands beside the text.
    Float(Picture),
    Break,
    /// The end of a paragraph.
    End,
}

/// Elements that keep their tags: their name and the attributes worth keeping.
const KEPT: &[(&str, &[&str])] = &[
    ("abbr", &["title"]),
    ("bdi", &["dir"]),
    ("bdo", &["dir"]),
    ("cite", &[]),
    ("dfn", &["title"]),
    ("ins", &["datetime"]),
    ("kbd", &[]),
    ("mark", &[]),
    ("q", &["cite"]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("sub", &[]),
    ("sup", &[]),
    ("time", &["datetime"]),
    ("u", &[]),
    ("var", &[]),
];

impl Walk<'_> {
    /// The pieces of a run of nodes, enclosed by what is around them.
    pub(super) fn pieces(&self, run: &[At<'_>], around: &[Mark], depth: usize) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = around.iter().cloned().map(Piece::Open).collect();
        for node in run {
            self.piece(*node, &mut pieces, depth, around.len());
        }
        pieces.extend(around.iter().map(|_| Piece::Close));
        pieces
    }

    fn piece(&self, node: At<'_>, pieces: &mut Vec<Piece>, depth: usize, open: usize) {
        match node.value() {
            Node::Text(text) => self.text(text, pieces, open),
            Node::Element(_) => self.element(node, pieces, depth, open),
            _ => {}
        }
    }

    /// Text, with single spaces; line ends where they mean something.
    fn text(&self, text: &str, pieces: &mut Vec<Piece>, open: usize) {
        let lines = self.reading.lines;
        let mut out = String::with_capacity(text.len());
        let mut gap = false;
        let mut ends = 0;
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                gap = true;
                ends += usize::from(c == '\n');
                continue;
            }
            if gap {
                push_gap(&mut out, pieces, if lines { ends } else { 0 }, open);
                (gap, ends) = (false, 0);
            }
            out.push(c);
        }
        if gap {
            push_gap(&mut out, pieces, if lines { ends } else { 0 }, open);
        }
        if !out.is_empty() {
            pieces.push(Piece::Text(out));
        }
    }

    fn element(&self, node: At<'_>, pieces: &mut Vec<Piece>, depth: usize, open: usize) {
        let Some(name) = name(node) else { return };
        if tree::is_silent(name) {
            if let Some(script) = raw::script(node) {
                pieces.push(Piece::Ready(script));
            }
            return;
        }
        if depth > DEEPEST {
            let text = tree::text(node).replace('\n', " ");
            return self.text(&text, pieces, open.max(1));
        }
        let mark = match name {
            "br" => return pieces.push(Piece::Break),
            "wbr" => return pieces.push(Piece::Ready("<wbr>".into())),
            "img" => return self.image(node, pieces),
            "code" | "tt" if node.children().all(|child| child.value().is_text()) => {
                return pieces.push(Piece::Code(tree::text(node)));
            }
            "sup" if attribute(node, "data-fn").is_some() => {
                if let Some(note) = self.note(node) {
                    return pieces.push(Piece::Ready(note));
                }
                Some(Mark::Element("sup", String::new()))
            }
            "em" | "i" => Some(Mark::Sign("*", "em")),
            "strong" | "b" => Some(Mark::Sign("**", "strong")),
            "del" | "s" | "strike" => Some(Mark::Sign("~~", "del")),
            "code" | "tt" => Some(Mark::Element("code", String::new())),
            "a" => self.link(node, pieces),
            _ => KEPT
                .iter()
                .find(|kept| kept.0 == name)
                .map(|(name, attributes)| Mark::Element(name, raw::attributes(node, attributes))),
        };
        if tree::is_button(node) {
            pieces.push(Piece::Text(" ".into()));
        }
        // Where no block can stand, as in a headline, one becomes a line of its own.
        let block = tree::is_block(name);
        pieces.extend(block.then_some(Piece::Break));
        let inner = open + usize::from(mark.is_some());
        let closes = mark.is_some();
        pieces.extend(mark.map(Piece::Open));
        for child in node.children() {
            self.piece(child, pieces, depth + 1, inner);
        }
        if closes {
            pieces.push(Piece::Close);
        }
        pieces.extend(block.then_some(Piece::Break));
    }

    /// The mark of a note, if there is such a note.
    fn note(&self, node: At<'_>) -> Option<String> {
        let mark = attribute(node, "data-fn")?;
        let at = self
            .reading
            .notes
            .iter()
            .position(|(known, _)| known == mark)?;
        Some(format!("[^{}]", at + 1))
    }

    pub(super) fn link(&self, node: At<'_>, pieces: &mut Vec<Piece>) -> Option<Mark> {
        let anchor = attribute(node, "id").or_else(|| attribute(node, "name"));
        if let Some(anchor) =
            anchor.filter(|id| !id.is_empty() && !id.contains(char::is_whitespace))
        {
            pieces.push(Piece::Ready(format!(
                "<a id=\"{}\"></a>",
                escape::html(anchor)
            )));
        }
        let href = attribute(node, "href")
            .map(str::trim)
            .filter(|href| !href.is_empty())?;
        let to = self.reading.addresses.link(href);
        if let Some(one) = tree::only_picture(node)
            && raw::is_same_picture(&to, attribute(one, "src").unwrap_or_default())
        {
            // A link from a picture to itself in large.
            return None;
        }
        let title = attribute(node, "title").unwrap_or_default().trim();
        let title = if title == tree::text(node).trim() {
            ""
        } else {
            title
        };
        Some(Mark::Link(to, title.to_owned()))
    }

    fn image(&self, node: At<'_>, pieces: &mut Vec<Piece>) {
        if let Some(picture) = self.picture(node) {
            let floats = apart::floats(node);
            pieces.push(if floats {
                Piece::Float(picture)
            } else {
                Piece::Image(picture)
            });
        }
    }

    /// The picture of an `img`. Some sites fill `src` in only when it is scrolled to.
    pub(super) fn picture(&self, node: At<'_>) -> Option<Picture> {
        let whole = |src: &&str| !src.trim().is_empty() && !src.trim_start().starts_with("data:");
        let lazy = ["data-orig-file", "data-src", "data-lazy-src"];
        let src = attribute(node, "src").filter(whole).or_else(|| {
            lazy.iter()
                .find_map(|name| attribute(node, name).filter(whole))
        })?;
        let number = attribute(node, "class")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .find_map(|class| class.strip_prefix("wp-image-")?.parse().ok())
            .or_else(|| attribute(node, "data-id")?.parse().ok());
        Some(self.reading.addresses.picture(Picture {
            src: src.trim().to_owned(),
            alt: attribute(node, "alt").map(str::to_owned),
            number,
        }))
    }
}

/// Writes what white space means: a space, a line end, the end of a paragraph.
fn push_gap(out: &mut String, pieces: &mut Vec<Piece>, ends: usize, open: usize) {
    let piece = match ends {
        0 => return out.push(' '),
        1 => Piece::Break,
        _ if open > 0 => Piece::Break,
        _ => Piece::End,
    };
    if !out.is_empty() {
        pieces.push(Piece::Text(std::mem::take(out)));
    }
    pieces.push(piece);
}
