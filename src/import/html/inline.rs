//! What stands in a line: text, emphasis, links, pictures, code.

use scraper::Node;

use super::escape::{self, Place};
use super::flow::Walk;
use super::tree::{self, At, attribute, name};
use super::{DEEPEST, Picture, raw};

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
            _ => KEPT.iter().find(|kept| kept.0 == name).map(|(name, attributes)| {
                Mark::Element(name, raw::attributes(node, attributes))
            }),
        };
        let inner = open + usize::from(mark.is_some());
        let closes = mark.is_some();
        pieces.extend(mark.map(Piece::Open));
        for child in node.children() {
            self.piece(child, pieces, depth + 1, inner);
        }
        if closes {
            pieces.push(Piece::Close);
        }
    }

    /// The mark of a note, if there is such a note.
    fn note(&self, node: At<'_>) -> Option<String> {
        let mark = attribute(node, "data-fn")?;
        let at = self.reading.notes.iter().position(|(known, _)| known == mark)?;
        Some(format!("[^{}]", at + 1))
    }

    pub(super) fn link(&self, node: At<'_>, pieces: &mut Vec<Piece>) -> Option<Mark> {
        let anchor = attribute(node, "id").or_else(|| attribute(node, "name"));
        if let Some(anchor) = anchor.filter(|id| !id.is_empty() && !id.contains(char::is_whitespace)) {
            pieces.push(Piece::Ready(format!("<a id=\"{}\"></a>", escape::html(anchor))));
        }
        let href = attribute(node, "href").map(str::trim).filter(|href| !href.is_empty())?;
        let only = node.children().filter(|child| {
            !child.value().as_text().is_some_and(|text| tree::is_blank(text))
        });
        let pictures: Vec<_> = only.collect();
        let to = self.reading.addresses.link(href);
        if let [one] = pictures[..]
            && name(one) == Some("img")
            && raw::is_same_picture(&to, attribute(one, "src").unwrap_or_default())
        {
            // A link from a picture to itself in large.
            return None;
        }
        let title = attribute(node, "title").unwrap_or_default().trim();
        let title = if title == tree::text(node).trim() { "" } else { title };
        Some(Mark::Link(to, title.to_owned()))
    }

    fn image(&self, node: At<'_>, pieces: &mut Vec<Piece>) {
        if let Some(picture) = self.picture(node) {
            pieces.push(Piece::Image(picture));
        }
    }

    /// The picture of an `img`. Some sites fill `src` in only when it is scrolled to.
    pub(super) fn picture(&self, node: At<'_>) -> Option<Picture> {
        let whole = |src: &&str| !src.trim().is_empty() && !src.trim_start().starts_with("data:");
        let lazy = ["data-orig-file", "data-src", "data-lazy-src"];
        let src = attribute(node, "src").filter(whole).or_else(|| {
            lazy.iter().find_map(|name| attribute(node, name).filter(whole))
        })?;
        let number = attribute(node, "class").unwrap_or_default().split_ascii_whitespace()
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

/// Divides a line at the ends of paragraphs, and at two line breaks in a row outside all marks.
pub(super) fn paragraphs(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut all = vec![Vec::new()];
    let mut open = 0_usize;
    let mut breaks = 0;
    for piece in pieces {
        let blank = matches!(&piece, Piece::Text(text) if text == " ");
        match &piece {
            Piece::Open(_) => open += 1,
            Piece::Close => open = open.saturating_sub(1),
            _ => {}
        }
        breaks = match piece {
            Piece::Break => breaks + 1,
            _ if blank => breaks,
            _ => 0,
        };
        if piece == Piece::End || (breaks > 1 && open == 0) {
            all.push(Vec::new());
            breaks = 0;
        } else if let Some(last) = all.last_mut() {
            last.push(piece);
        }
    }
    all
}

/// The pieces with their white space where Markdown wants it: none at the ends of lines, and
/// outside of marks rather than within. Marks that hold nothing are gone.
pub(super) fn tidy(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut tidy: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut space = true;
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let text = if space { text.trim_start_matches(' ') } else { &text };
                if text.is_empty() {
                    continue;
                }
                space = text.ends_with(' ');
                let text = if text.starts_with(' ') && matches!(tidy.last(), Some(Piece::Open(_))) {
                    space_before(&mut tidy);
                    text.trim_start_matches(' ')
                } else {
                    text
                };
                if text.is_empty() {
                    continue;
                }
                match tidy.last_mut() {
                    Some(Piece::Text(last)) => last.push_str(text),
                    _ => tidy.push(Piece::Text(text.to_owned())),
                }
            }
            Piece::Open(mark) => {
                tidy.push(Piece::Open(mark));
            }
            Piece::Close => close(&mut tidy),
            Piece::Break => {
                trim_end(&mut tidy);
                if tidy.iter().any(|piece| !matches!(piece, Piece::Open(_)))
                    && tidy.last() != Some(&Piece::Break)
                {
                    tidy.push(Piece::Break);
                }
                space = true;
            }
            other => {
                space = false;
                tidy.push(other);
            }
        }
    }
    loop {
        trim_end(&mut tidy);
        if tidy.last() != Some(&Piece::Break) {
            return tidy;
        }
        tidy.pop();
    }
}

/// A space before the marks that were just opened.
fn space_before(tidy: &mut Vec<Piece>) {
    let marks = tidy.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_))).count();
    let at = tidy.len() - marks;
    let before = at.checked_sub(1).and_then(|at| tidy.get_mut(at));
    match before {
        Some(Piece::Text(text)) if text.ends_with(' ') => {}
        Some(Piece::Text(text)) => text.push(' '),
        None | Some(Piece::Break) => {}
        Some(_) => tidy.insert(at, Piece::Text(" ".into())),
    }
}

fn trim_end(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if text.is_empty() {
            pieces.pop();
        }
    }
}

fn close(tidy: &mut Vec<Piece>) {
    match tidy.last_mut() {
        Some(Piece::Open(_)) => {
            tidy.pop();
        }
        Some(Piece::Text(text)) if text.ends_with(' ') => {
            text.pop();
            let empty = text.is_empty();
            if empty {
                tidy.pop();
            }
            if empty && matches!(tidy.last(), Some(Piece::Open(_))) {
                tidy.pop();
            } else {
                tidy.push(Piece::Close);
            }
            match tidy.last_mut() {
                Some(Piece::Text(last)) if last.ends_with(' ') => {}
                Some(Piece::Text(last)) => last.push(' '),
                _ => tidy.push(Piece::Text(" ".into())),
            }
        }
        Some(Piece::Break) => {
            tidy.pop();
            close(tidy);
            tidy.push(Piece::Break);
        }
        _ => tidy.push(Piece::Close),
    }
}

/// Whether anything of a line can be seen.
pub(super) fn shows(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) => !tree::is_blank(text),
        Piece::Ready(_) | Piece::Image(_) => true,
        _ => false,
    })
}

/// The Markdown of a line.
pub(super) fn line(pieces: &[Piece], place: Place) -> String {
    let signs = signs(pieces);
    let mut out = String::new();
    let mut closing: Vec<String> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => escape::push(&mut out, text, place),
            Piece::Open(mark) => {
                let plain = signs.get(index).copied().unwrap_or(false);
                let (open, close) = tags(mark, plain, place);
                out.push_str(&open);
                closing.push(close);
            }
            Piece::Close => out.push_str(&closing.pop().unwrap_or_default()),
            Piece::Ready(text) => out.push_str(text),
            Piece::Code(text) => out.push_str(&code(text, place)),
            Piece::Image(picture) => out.push_str(&image(picture, "", place)),
            Piece::Break if place == Place::Paragraph => out.push_str("\\\n"),
            Piece::Break => out.push_str("<br>"),
            Piece::End => out.push(' '),
        }
    }
    out
}

fn tags(mark: &Mark, plain: bool, place: Place) -> (String, String) {
    match mark {
        Mark::Sign(sign, _) if plain => ((*sign).to_owned(), (*sign).to_owned()),
        Mark::Sign(_, element) => (format!("<{element}>"), format!("</{element}>")),
        Mark::Element(element, attributes) => {
            (format!("<{element}{attributes}>"), format!("</{element}>"))
        }
        Mark::Link(to, title) => {
            let to = escape::destination(to);
            let title = if title.is_empty() {
                String::new()
            } else {
                format!(" \"{}\"", escape::title(title, place))
            };
            ("[".to_owned(), format!("]({to}{title})"))
        }
    }
}

/// For each opening piece, whether the signs of Markdown say there what is meant: both must be
/// left- and right-flanking as they are meant (CommonMark 0.31.2 §6.2), and no other such mark
/// may touch them.
fn signs(pieces: &[Piece]) -> Vec<bool> {
    let mut plain = vec![false; pieces.len()];
    let mut closes: Vec<Option<&Mark>> = vec![None; pieces.len()];
    let mut open: Vec<(usize, &Mark)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(mark) => open.push((index, mark)),
            Piece::Close => {
                let Some((start, mark)) = open.pop() else { continue };
                if let Some(close) = closes.get_mut(index) {
                    *close = Some(mark);
                }
                let good = flanks(pieces, &closes, start, index);
                if let Some(plain) = plain.get_mut(start) {
                    *plain = good;
                }
            }
            _ => {}
        }
    }
    plain
}

fn flanks(pieces: &[Piece], closes: &[Option<&Mark>], start: usize, end: usize) -> bool {
    let at = |index: Option<usize>| index.and_then(|index| pieces.get(index));
    // The sign a piece shows at its end and at its beginning; `Err` where another mark is.
    let last = |index: Option<usize>| match at(index) {
        None | Some(Piece::Break) => Ok(' '),
        Some(Piece::Text(text)) => text.chars().next_back().ok_or(()),
        Some(Piece::Code(_)) => Ok('`'),
        Some(Piece::Image(_)) => Ok(')'),
        Some(Piece::Close) => match index.and_then(|index| closes.get(index)) {
            Some(Some(Mark::Link(..))) => Ok(')'),
            _ => Err(()),
        },
        _ => Err(()),
    };
    let first = |index: usize| match pieces.get(index) {
        None | Some(Piece::Break) => Ok(' '),
        Some(Piece::Text(text)) => text.chars().next().ok_or(()),
        Some(Piece::Code(_)) => Ok('`'),
        Some(Piece::Image(_)) => Ok('!'),
        Some(Piece::Open(Mark::Link(..))) => Ok('['),
        _ => Err(()),
    };
    let (before, inner) = (last(start.checked_sub(1)), first(start + 1));
    let (inner_last, after) = (last(end.checked_sub(1)), first(end + 1));
    let (Ok(before), Ok(inner), Ok(inner_last), Ok(after)) = (before, inner, inner_last, after) else {
        return false;
    };
    let calm = |inner: char, outer: char| {
        let sign = inner.is_ascii_punctuation() && !matches!(inner, '*' | '_' | '~' | '\\');
        inner.is_alphanumeric() || (sign && outer.is_whitespace())
    };
    end > start + 1 && calm(inner, before) && calm(inner_last, after)
}

fn code(text: &str, place: Place) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    if text.trim().is_empty() || (place == Place::Cell && text.contains('|')) {
        return format!("<code>{}</code>", markdown_in_html(&text, place));
    }
    let edge = |c: Option<char>| matches!(c, Some('`' | ' '));
    let pad = if edge(text.chars().next()) || edge(text.chars().next_back()) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn markdown_in_html(text: &str, place: Place) -> String {
    let mut out = String::from("x");
    escape::push(&mut out, text, place);
    out.remove(0);
    out
}

/// A picture, with the line below it if there is one.
pub(super) fn image(picture: &Picture, caption: &str, place: Place) -> String {
    let alt = picture.alt.as_deref().unwrap_or_default();
    let mut out = String::from("![");
    let line = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    escape::push(&mut out, &line, place);
    out.push_str("](");
    out.push_str(&escape::destination(&picture.src));
    if !caption.is_empty() {
        out.push_str(" \"");
        out.push_str(&escape::title(caption, place));
        out.push('"');
    }
    out.push(')');
    out
}
