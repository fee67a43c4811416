//! The Publication Manual of the American Psychological Association, 7th edition: newspaper
//! articles (10.1, examples 16 and following).

use super::name::Name;
use super::styled::Styled;
use super::{Source, date};

pub(super) fn style(source: &Source<'_>) -> Styled {
    let mut text = Styled::default();
    // The headline of an article that nobody signed takes the place of the author.
    let signed = !source.authors.is_empty();
    if signed {
        authors(&source.authors, &mut text);
    } else {
        text.headline(&source.headline);
    }
    text.stop();
    text.push(" (");
    match &source.date {
        Some(date) => text.push(&date::apa(date)),
        None => text.push("n.d."),
    }
    text.push("). ");
    if signed {
        text.headline(&source.headline);
        text.stop();
        text.push(" ");
    }
    text.work(&source.paper);
    volume(source, &mut text);
    if let Some(page) = &source.page {
        text.push(", ");
        text.push(page);
    }
    text.stop();
    text.push(" ");
    // No full stop: it would be taken for a part of the address.
    text.push(&source.url);
    text
}

/// `, 13(40)` with the volume in italics.
fn volume(source: &Source<'_>, text: &mut Styled) {
    if source.volume.is_none() && source.issue.is_none() {
        return;
    }
    text.push(", ");
    if let Some(volume) = &source.volume {
        text.italic(volume);
    }
    if let Some(issue) = &source.issue {
        text.push("(");
        text.push(issue);
        text.push(")");
    }
}

/// Up to twenty authors are all named, of more the first nineteen and the last.
fn authors(all: &[Name<'_>], text: &mut Styled) {
    let left_out = all.len() > 20;
    for (index, author) in all.iter().enumerate() {
        let last = index + 1 == all.len();
        if left_out && index >= 19 && !last {
            continue;
        }
        if index > 0 {
            text.push(match (last, left_out) {
                (true, true) => ", . . . ",
                // Two bodies are joined as in a sentence.
                (true, false) if all.len() == 2 && all.iter().all(|a| a.parts.is_none()) => " & ",
                (true, false) => ", & ",
                (false, _) => ", ",
            });
        }
        text.name(&author.initialled());
    }
}
