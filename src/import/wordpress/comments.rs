//! Comments as JSON Lines, if they are asked for: what was in the open, without e-mail and IP
//! addresses.

use std::io::Write;

use serde_json::json;

use super::article::Made;
use super::element::Element;
use super::people::without_address;
use super::tally::Became;

/// What becomes of a comment.
pub(super) fn became(comment: &Element) -> Became {
    match comment.text("wp:comment_approved") {
        "1" => Became::Converted,
        "spam" => Became::Dropped("spam"),
        "trash" | "post-trashed" => Became::Dropped("in the bin"),
        _ => Became::Dropped("not approved"),
    }
}

/// Writes the approved comments of an item, one a line.
pub(super) fn write(out: &mut impl Write, item: &Element, made: &Made) -> std::io::Result<u64> {
    let mut count = 0;
    for comment in item
        .children
        .iter()
        .filter(|child| child.name == "wp:comment")
    {
        if became(comment) != Became::Converted {
            continue;
        }
        count += 1;
        let mail = comment.text("wp:comment_author_email");
        let address = comment.text("wp:comment_author_IP");
        let clean = |text: &str| {
            let mut text = text.to_owned();
            for personal in [mail, address] {
                if personal.len() > 3 {
                    text = text.replace(personal, "[…]");
                }
            }
            text
        };
        let moment = super::dates::moment(comment, "wp:comment_date", "wp:comment_date_gmt", None);
        let parent = comment
            .number("wp:comment_parent")
            .filter(|parent| *parent > 0);
        let kind = match comment.text("wp:comment_type") {
            "" => "comment",
            kind => kind,
        };
        let line = json!({
            "article": format!("wp-{}", made.id),
            "url": made.url,
            "id": comment.number("wp:comment_id"),
            "parent": parent,
            "type": kind,
            "author": without_address(&clean(comment.text("wp:comment_author"))),
            "author_url": clean(comment.text("wp:comment_author_url")),
            "date": moment.map(|moment| moment.written()),
            "text": clean(comment.text("wp:comment_content")),
        });
        writeln!(out, "{line}")?;
    }
    Ok(count)
}
