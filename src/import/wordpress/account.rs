//! What became of each element of an item.

use super::article::Made;
use super::element::Element;
use super::fate::Fate;
use super::tally::{Became, Tally};

/// Accounts for an item and everything in it.
pub(super) fn item(
    tally: &mut Tally,
    item: &Element,
    fate: Fate,
    made: Option<&Made>,
    comments: bool,
) {
    match (fate, made) {
        (Fate::Dropped(reason), _) => tally.whole(item, Became::Dropped(reason)),
        (Fate::Article(_) | Fate::Page(_), Some(made)) => {
            tally.count("item", Became::Emitted);
            let page = matches!(fate, Fate::Page(_));
            for child in &item.children {
                tally.whole(child, of_child(child, made, page, comments));
            }
        }
        (Fate::Guest, _) => of_file(
            tally,
            item,
            &["title", "wp:post_name", "wp:postmeta"],
            "of an author's account",
        ),
        (Fate::Reusable, _) => of_file(
            tally,
            item,
            &["content:encoded", "wp:post_id"],
            "of a reusable piece",
        ),
        _ => of_file(
            tally,
            item,
            &[
                "title",
                "wp:attachment_url",
                "excerpt:encoded",
                "wp:post_parent",
                "wp:post_id",
                "wp:menu_order",
                "guid",
            ],
            "of a file, and nothing an article shows",
        ),
    }
}

/// What other items refer to lives on in them.
fn of_file(tally: &mut Tally, item: &Element, kept: &[&str], reason: &'static str) {
    tally.count("item", Became::Converted);
    for child in &item.children {
        let field = child.text("wp:meta_key");
        let shown = matches!(
            field,
            "_wp_attachment_image_alt"
                | "_wp_attachment_metadata"
                | "_media_credit"
                | "media_credit"
                | "credit"
        );
        let became = match child.name.as_str() {
            "wp:postmeta" if shown => Became::Converted,
            "wp:postmeta" if !kept.contains(&"wp:postmeta") => Became::Dropped(reason),
            "wp:postmeta" if field.contains("email") => {
                Became::Dropped("personal: an e-mail address")
            }
            name if kept.contains(&name) => Became::Converted,
            _ => Became::Dropped(reason),
        };
        tally.whole(child, became);
    }
}

fn of_child(child: &Element, made: &Made, page: bool, comments: bool) -> Became {
    let name = child.name.as_str();
    if made.used.contains(name) {
        return Became::Converted;
    }
    let empty = child.text.trim().is_empty() && child.children.is_empty();
    match name {
        "title" if made.untitled => Became::Dropped("empty"),
        "title" | "content:encoded" | "wp:post_id" | "wp:post_name" | "wp:status"
        | "wp:post_type" => Became::Converted,
        "wp:post_date" | "wp:post_date_gmt" if page => Became::Dropped("a page has no date"),
        "wp:post_date" | "wp:post_date_gmt" if child.text.trim().starts_with("0000") => {
            Became::Dropped("not known")
        }
        "wp:post_date" | "wp:post_date_gmt" => Became::Converted,
        "link" if made.url.is_empty() && page => {
            Became::Dropped("a file cannot answer it, or it is that of the front page")
        }
        "link" => Became::Converted,
        "wp:post_modified" | "wp:post_modified_gmt" => {
            Became::Dropped("changed on the day it was published")
        }
        "pubDate" => Became::Dropped("the fields of WordPress say it more exactly"),
        "guid" => Became::Dropped("no path of this site"),
        "wp:post_password" | "description" | "excerpt:encoded" | "wp:is_sticky"
            if empty || child.text.trim() == "0" =>
        {
            Became::Dropped("empty")
        }
        "wp:post_parent" | "wp:menu_order" => Became::Dropped("its address says where it belongs"),
        "wp:comment_status" | "wp:ping_status" => Became::Dropped("about commenting"),
        "dc:creator" if page => Became::Dropped("a page has no author"),
        "dc:creator" => Became::Dropped("its authors are named one by one"),
        "category" => category(child, made, page),
        "wp:postmeta" => custom(child, made),
        "wp:comment" if comments => super::comments::became(child),
        "wp:comment" => Became::Dropped("comments were not asked for"),
        _ => Became::Dropped("of a kind with no place in an archive"),
    }
}

fn category(child: &Element, made: &Made, page: bool) -> Became {
    let (taxonomy, slug) = (child.attribute("domain"), child.attribute("nicename"));
    if page {
        return Became::Dropped("a page has no terms");
    }
    if taxonomy == "post_format" {
        return if made.used.contains("post_format") {
            Became::Converted
        } else {
            Became::Dropped("empty")
        };
    }
    match made.unfiled.get(&(taxonomy.to_owned(), slug.to_owned())) {
        Some(reason) => Became::Dropped(reason),
        None => Became::Converted,
    }
}

/// A custom field.
fn custom(child: &Element, made: &Made) -> Became {
    let key = child.text("wp:meta_key");
    if made.used.contains(key) {
        return Became::Converted;
    }
    match key {
        "footnotes" => Became::Converted,
        key if key.starts_with("_oembed_time_") => Became::Dropped("about WordPress itself"),
        key if key.starts_with("_oembed_") => Became::Converted,
        key if key.starts_with('_') => Became::Dropped("about WordPress itself or a plug-in"),
        _ => Became::Dropped("a custom field"),
    }
}
