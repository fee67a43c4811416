//! The Chicago Manual of Style, 17th edition: notes and bibliography, newspaper articles
//! (14.191–14.200).

use super::name::Name;
use super::styled::{Styled, within_quotes};
use super::{Source, date};

pub(super) fn style(source: &Source<'_>) -> Styled {
    let mut text = Styled::default();
    // An article that nobody signed is filed under its paper.
    let signed = !source.authors.is_empty();
    if signed {
        authors(source, &mut text);
    } else {
        text.work(&source.paper);
    }
    text.stop();
    text.push(" “");
    text.headline(&within_quotes(&source.headline));
    text.stop();
    text.push("” ");
    if signed {
        text.work(&source.paper);
        text.push(", ");
    }
    match &source.date {
        Some(date) => text.push(&date::chicago(date)),
        None => text.push("n.d."),
    }
    if let Some(edition) = &source.edition {
        text.push(", ");
        text.push(edition);
        if !edition.to_lowercase().contains("edition") {
            text.push(" edition");
        }
    }
    if let Some(section) = &source.printed_section {
        text.push(", sec. ");
        text.push(section);
    }
    if let Some(page) = &source.page {
        text.push(", ");
        text.push(page);
    }
    text.stop();
    text.push(" ");
    text.push(&source.url);
    text.push(".");
    text
}

/// Up to ten authors are all named, of more the first seven; only the first is inverted.
fn authors(source: &Source<'_>, text: &mut Styled) {
    let all = &source.authors;
    let named = if all.len() > 10 { 7 } else { all.len() };
    for (index, author) in all.iter().take(named).enumerate() {
        if index == 0 {
            text.name(&author.inverted());
            continue;
        }
        text.push(match index + 1 == all.len() {
            true if index == 1 && !all.iter().take(1).any(Name::is_turned) => " and ",
            true => ", and ",
            false => ", ",
        });
        text.name(&author.whole);
    }
    if named < all.len() {
        text.push(", et al.");
    }
}
