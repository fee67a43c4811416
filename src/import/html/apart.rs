//! Pictures that stood beside a text or on a line of their own, in a paragraph of their own: on
//! the line of a text a picture tears it apart.

use super::inline::{Mark, Piece};
use super::tidy;
use super::tree::{At, attribute};

/// Whether text flows around a picture, or it stands between texts.
pub(super) fn floats(image: At<'_>) -> bool {
    const CLASSES: [&str; 5] = [
        "alignleft",
        "alignright",
        "aligncenter",
        "float-left",
        "float-right",
    ];
    let value = |name: &str| {
        attribute(image, name)
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let style = value("style").replace(char::is_whitespace, "");
    value("class")
        .split_ascii_whitespace()
        .any(|class| CLASSES.contains(&class))
        || matches!(value("align").as_str(), "left" | "right")
        || ["float:left", "float:right"]
            .iter()
            .any(|float| style.contains(float))
}

/// The paragraphs that a paragraph becomes, in pieces that are tidy.
pub(super) fn paragraphs(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    if !pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Image(_) | Piece::Float(_)))
    {
        return vec![pieces];
    }
    let mut paragraphs = Vec::new();
    let mut text = Vec::new();
    for line in lines(pieces) {
        if is_of_pictures(&line) {
            beside(std::mem::take(&mut text), &mut paragraphs);
            paragraphs.push(line);
        } else {
            if !text.is_empty() {
                text.push(Piece::Break);
            }
            text.extend(line);
        }
    }
    beside(text, &mut paragraphs);
    paragraphs
}

/// The lines of a paragraph, cut where no mark is open.
fn lines(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut lines = vec![Vec::new()];
    let mut open = 0_usize;
    for piece in pieces {
        match &piece {
            Piece::Open(_) => open += 1,
            Piece::Close => open = open.saturating_sub(1),
            _ => {}
        }
        if piece == Piece::Break && open == 0 {
            lines.push(Vec::new());
        } else if let Some(last) = lines.last_mut() {
            last.push(piece);
        }
    }
    lines
}

fn is_of_pictures(line: &[Piece]) -> bool {
    let plain = |piece: &Piece| match piece {
        Piece::Image(_) | Piece::Float(_) | Piece::Close | Piece::Open(Mark::Link(..)) => true,
        Piece::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    tidy::shows(line) && line.iter().all(plain)
}

/// Puts the pictures beside a text before it.
fn beside(text: Vec<Piece>, paragraphs: &mut Vec<Vec<Piece>>) {
    let mut rest = Vec::with_capacity(text.len());
    let mut open = 0_usize;
    let mut pieces = text.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Float(picture) if open == 0 => {
                paragraphs.push(vec![Piece::Float(picture)]);
                rest.push(Piece::Text(" ".into()));
            }
            Piece::Open(link @ Mark::Link(..))
                if open == 0 && matches!(pieces.peek(), Some(Piece::Float(_))) =>
            {
                let picture = pieces.next();
                if pieces.next_if_eq(&Piece::Close).is_some() {
                    let all = [Some(Piece::Open(link)), picture, Some(Piece::Close)];
                    paragraphs.push(all.into_iter().flatten().collect());
                    rest.push(Piece::Text(" ".into()));
                } else {
                    open += 1;
                    rest.push(Piece::Open(link));
                    rest.extend(picture);
                }
            }
            piece => {
                match piece {
                    Piece::Open(_) => open += 1,
                    Piece::Close => open = open.saturating_sub(1),
                    _ => {}
                }
                rest.push(piece);
            }
        }
    }
    let rest = tidy::tidy(rest);
    if tidy::shows(&rest) {
        paragraphs.push(rest);
    }
}
