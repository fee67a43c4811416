//! A line with its white space where Markdown wants it.

use super::inline::Piece;
use super::tree;

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
                let text = if space {
                    text.trim_start_matches(' ')
                } else {
                    &text
                };
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
            // The signs around two that touch would be read as one.
            Piece::Code(text) if matches!(tidy.last(), Some(Piece::Code(_))) => {
                if let Some(Piece::Code(last)) = tidy.last_mut() {
                    last.push_str(&text);
                }
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
    let marks = tidy
        .iter()
        .rev()
        .take_while(|piece| matches!(piece, Piece::Open(_)))
        .count();
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
        Piece::Ready(_) | Piece::Image(_) | Piece::Float(_) => true,
        _ => false,
    })
}
