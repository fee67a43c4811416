//! The pictures that an item is associated with.

use serde_json::Value;

use super::article::Made;
use super::properties::{Properties, Text, scalar};
use crate::import::draft::Image;
use crate::ninjs;

/// Reads the pictures among the associations of an item, and the renditions of an item that is a
/// picture itself. They stay where they are: nothing is fetched.
pub(super) fn all(item: &mut Properties, own: bool, made: &mut Made) {
    for mut other in item.list(&["associations"]) {
        let kind = other.text(&["type"]).unwrap_or_default();
        let source = source(&mut other, own, made);
        match source {
            Some(src) if matches!(&*kind, "" | "picture" | "graphic") => {
                let image = image(other, src, made);
                made.draft.images.push(image);
            }
            src => {
                let name = other.text(&["name"]).or(src).unwrap_or_default();
                let mut rest = other.rest();
                rest.insert(0, ("name".into(), Value::String(name)));
                made.keep_in("associations", Value::Object(rest.into_iter().collect()));
            }
        }
    }
    if made.draft.text_of("kind") == Some("photo")
        && let Some(src) = rendition(item)
    {
        made.draft.images.push(Image {
            src,
            ..Image::default()
        });
    }
}

/// The file of a picture that an export of ours names, else the address of its largest rendition.
fn source(picture: &mut Properties, own: bool, made: &mut Made) -> Option<String> {
    let named = picture.list(&["altids"]).into_iter().filter_map(|mut id| {
        let role = id.text(&["role"])?;
        let value = id.text(&["value"])?;
        Some((role, value))
    });
    let mut src = None;
    for (role, value) in named {
        match own && role == ninjs::SRC {
            true => src = Some(value),
            false => made.keep_in("altids", Value::String(value)),
        }
    }
    let rendition = rendition(picture);
    let uri = picture.text(&["uri", "href"]);
    src.or(rendition).or_else(|| uri.filter(|uri| is_web(uri)))
}

/// The address of the widest rendition that is a picture.
fn rendition(of: &mut Properties) -> Option<String> {
    let mut widest: Option<(u64, String)> = None;
    for mut rendition in of.list(&["renditions"]) {
        let media = rendition
            .text(&["contenttype", "mimetype"])
            .unwrap_or_default();
        let href = rendition.text(&["href"]).filter(|href| is_web(href));
        let width = rendition.take(&["width"]);
        let width = width.and_then(|width| scalar(&width)?.parse().ok());
        let width: u64 = width.unwrap_or(0);
        let Some(href) = href.filter(|_| media.is_empty() || media.starts_with("image/")) else {
            continue;
        };
        if widest.as_ref().is_none_or(|(least, _)| width > *least) {
            widest = Some((width, href));
        }
    }
    widest.map(|(_, href)| href)
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// A picture with what it shows, its caption and its maker.
fn image(mut picture: Properties, src: String, made: &mut Made) -> Image {
    let mut texts = picture.texts("descriptions", "description_");
    let mut called = |role: &str| -> Option<String> {
        let at = texts.iter().position(|text| text.role == role)?;
        Some(texts.remove(at).plain())
    };
    let alt = called(ninjs::ALT);
    let caption = called(ninjs::CAPTION);
    let caption = caption.or_else(|| texts.pop().map(Text::plain));
    let mut headlines = picture.texts("headlines", "headline_");
    let headline = picture.text(&["headline"]);
    let headline = headline.or_else(|| headlines.pop().map(Text::plain));
    let title = picture.text(&["title"]);
    let credit = [
        "by",
        "byline",
        "creditline",
        "copyrightholder",
        "copyrightnotice",
    ];
    let credit = credit.iter().find_map(|name| picture.text(&[name]));
    // What tells of the picture's own item, and not of the picture.
    for name in [
        "name",
        "type",
        "uri",
        "version",
        "versioncreated",
        "firstcreated",
        "representationtype",
        "standard",
        "$standard",
        "pubstatus",
    ] {
        picture.take(&[name]);
    }
    let others = texts.into_iter().chain(headlines).map(|text| text.text);
    let others: Vec<Value> = others.map(Value::String).collect();
    let mut rest = picture.rest();
    if !others.is_empty() {
        rest.push(("texts".into(), Value::Array(others)));
    }
    if !rest.is_empty() {
        rest.insert(0, ("src".into(), Value::String(src.clone())));
        made.keep_in("associations", Value::Object(rest.into_iter().collect()));
    }
    Image {
        src,
        alt: alt.or(headline).or(title).unwrap_or_default(),
        caption: caption.unwrap_or_default(),
        credit: credit.unwrap_or_default(),
    }
}
