//! The MLA Handbook, 9th edition: an article in a newspaper, and the archive as a second
//! container where it is not the paper itself.

use super::styled::{Styled, within_quotes};
use super::{Source, date};

pub(super) fn style(source: &Source<'_>) -> Styled {
    let mut text = Styled::default();
    if !source.authors.is_empty() {
        authors(source, &mut text);
        text.stop();
        text.push(" ");
    }
    text.push("“");
    text.headline(&within_quotes(&source.headline));
    text.stop();
    text.push("” ");
    text.work(&source.paper);
    if let Some(edition) = &source.edition {
        text.push(", ");
        // `Late edition` is `late ed.`
        let bare = edition.strip_suffix("edition").unwrap_or(edition).trim();
        text.push(bare);
        if !bare.ends_with("ed.") {
            text.push(if bare.is_empty() { "ed." } else { " ed." });
        }
    }
    // What has no date is cited without one.
    if let Some(date) = &source.date {
        text.push(", ");
        text.push(&date::mla(date));
    }
    if let Some(section) = &source.printed_section {
        text.push(", sec. ");
        text.push(section);
    }
    if let Some(page) = &source.page {
        let several = source.page_range().is_some() || page.contains(',');
        text.push(if several { ", pp. " } else { ", p. " });
        text.push(page);
    }
    if let Some(archive) = &source.archive {
        text.stop();
        text.push(" ");
        text.work(archive);
    }
    text.push(", ");
    text.push(&source.url);
    text.push(".");
    text
}

/// Two authors are both named, of more the first.
fn authors(source: &Source<'_>, text: &mut Styled) {
    let [first, others @ ..] = source.authors.as_slice() else {
        return;
    };
    text.name(&first.inverted());
    match others {
        [] => {}
        [second] => {
            text.push(if first.is_turned() { ", and " } else { " and " });
            text.name(&second.whole);
        }
        _ => text.push(", et al."),
    }
}
