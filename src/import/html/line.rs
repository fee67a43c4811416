//! A line in pieces becomes Markdown.

use super::Picture;
use super::escape::{self, Place};
use super::inline::{Mark, Piece};

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
            Piece::Image(picture) | Piece::Float(picture) => {
                out.push_str(&image(picture, "", place))
            }
            Piece::Break if place == Place::Paragraph => out.push_str("\\\n"),
            Piece::Break => out.push_str("<br>"),
            Piece::End => out.push(' '),
        }
    }
    out
}

/// Markdown within a mark.
pub(super) fn enclosed(inner: &str, mark: &Mark) -> String {
    let (open, close) = tags(mark, false, Place::Paragraph);
    format!("{open}{inner}{close}")
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
                let Some((start, mark)) = open.pop() else {
                    continue;
                };
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
        Some(Piece::Image(_) | Piece::Float(_)) => Ok(')'),
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
        Some(Piece::Image(_) | Piece::Float(_)) => Ok('!'),
        Some(Piece::Open(Mark::Link(..))) => Ok('['),
        _ => Err(()),
    };
    let (before, inner) = (last(start.checked_sub(1)), first(start + 1));
    let (inner_last, after) = (last(end.checked_sub(1)), first(end + 1));
    let (Ok(before), Ok(inner), Ok(inner_last), Ok(after)) = (before, inner, inner_last, after)
    else {
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
    let pad = if edge(text.chars().next()) || edge(text.chars().next_back()) {
        " "
    } else {
        ""
    };
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
