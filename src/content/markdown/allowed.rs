//! The HTML that passes when it is sanitized: elements, where each may stand, its attributes.
//!
//! Obsolete elements and those that only paint (`center`, `font`, `tt`…) are not among them: a
//! page is valid whatever its author pasted.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::reference::SCHEMES;

/// What may stand in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// Paragraphs, lists, everything.
    Flow,
    /// What may stand in a paragraph.
    Phrasing,
    /// Whatever may stand around it.
    Transparent,
    /// Only elements that name it as their place.
    Parts,
    /// Nothing: it has no closing tag.
    Void,
}

/// Where an element may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Wherever paragraphs may.
    Flow,
    /// Wherever text may.
    Phrasing,
    /// Directly in one of these.
    In(&'static [&'static str]),
}

/// An element that passes.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) model: Model,
    pub(super) place: Place,
    /// Attributes beside the [global ones](GLOBAL).
    pub(super) attributes: &'static [&'static str],
}

const fn text(name: &'static str) -> Element {
    Element {
        name,
        model: Model::Phrasing,
        place: Place::Phrasing,
        attributes: &[],
    }
}

const fn block(name: &'static str) -> Element {
    Element {
        name,
        model: Model::Flow,
        place: Place::Flow,
        attributes: &[],
    }
}

const fn part(name: &'static str, model: Model, places: &'static [&'static str]) -> Element {
    Element {
        name,
        model,
        place: Place::In(places),
        attributes: &[],
    }
}

impl Element {
    const fn holding(self, model: Model) -> Self {
        Element { model, ..self }
    }

    const fn with(self, attributes: &'static [&'static str]) -> Self {
        Element { attributes, ..self }
    }
}

/// Attributes that every element may have.
pub(super) const GLOBAL: [&str; 5] = ["class", "dir", "id", "lang", "title"];

const ROWS: &[&str] = &["table", "thead", "tbody", "tfoot"];

static ELEMENTS: [Element; 68] = [
    text("a")
        .with(&["href", "hreflang", "name"])
        .holding(Model::Transparent),
    text("abbr"),
    text("audio").holding(Model::Parts),
    text("b"),
    text("bdi"),
    text("bdo"),
    text("br").holding(Model::Void),
    text("cite"),
    text("code"),
    text("del")
        .with(&["cite", "datetime"])
        .holding(Model::Transparent),
    text("dfn"),
    text("em"),
    text("i"),
    text("img")
        .with(&["alt", "height", "src", "width"])
        .holding(Model::Void),
    text("ins")
        .with(&["cite", "datetime"])
        .holding(Model::Transparent),
    text("kbd"),
    text("mark"),
    text("q").with(&["cite"]),
    text("ruby"),
    part("rp", Model::Phrasing, &["ruby"]),
    part("rt", Model::Phrasing, &["ruby"]),
    text("s"),
    text("samp"),
    text("small"),
    text("span"),
    text("strong"),
    text("sub"),
    text("sup"),
    text("time").with(&["datetime"]),
    text("u"),
    text("var"),
    text("video")
        .with(&["height", "width"])
        .holding(Model::Parts),
    part("source", Model::Void, &["audio", "video"]).with(&["type"]),
    part("track", Model::Void, &["audio", "video"]).with(&["kind", "label", "srclang"]),
    text("wbr").holding(Model::Void),
    block("aside"),
    block("blockquote").with(&["cite"]),
    block("details").with(&["open"]),
    part("summary", Model::Phrasing, &["details"]),
    block("div"),
    block("dl").holding(Model::Parts),
    part("dt", Model::Phrasing, &["dl"]),
    part("dd", Model::Flow, &["dl"]),
    block("figure"),
    part("figcaption", Model::Flow, &["figure"]),
    block("h1").holding(Model::Phrasing),
    block("h2").holding(Model::Phrasing),
    block("h3").holding(Model::Phrasing),
    block("h4").holding(Model::Phrasing),
    block("h5").holding(Model::Phrasing),
    block("h6").holding(Model::Phrasing),
    block("hr").holding(Model::Void),
    block("ol").with(&["start", "type"]).holding(Model::Parts),
    block("ul").holding(Model::Parts),
    part("li", Model::Flow, &["ol", "ul"]).with(&["value"]),
    block("p").holding(Model::Phrasing),
    block("pre").holding(Model::Phrasing),
    block("section"),
    block("table").holding(Model::Parts),
    part("caption", Model::Phrasing, &["table"]),
    part("colgroup", Model::Parts, &["table"]).with(&["span"]),
    part("col", Model::Void, &["colgroup"]).with(&["span"]),
    part("thead", Model::Parts, &["table"]),
    part("tbody", Model::Parts, &["table"]),
    part("tfoot", Model::Parts, &["table"]),
    part("tr", Model::Parts, ROWS),
    part("td", Model::Flow, &["tr"]).with(&["colspan", "rowspan"]),
    part("th", Model::Flow, &["tr"]).with(&["colspan", "rowspan", "scope"]),
];

/// Whether an element of this name, in lower case, is a block or a part of one.
pub(super) fn is_block(name: &str) -> bool {
    element(name).is_some_and(|element| element.place != Place::Phrasing)
}

/// The element of this name, in lower case, if it passes.
pub(super) fn element(name: &str) -> Option<&'static Element> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static Element>> = LazyLock::new(|| {
        ELEMENTS
            .iter()
            .map(|element| (element.name, element))
            .collect()
    });
    BY_NAME.get(name).copied()
}

/// Whether the end of an open `open` may be left out before a `next` (HTML Standard §13.1.2.4).
pub(super) fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => element(next).is_some_and(|next| next.place != Place::Phrasing),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "rt" | "rp" => matches!(next, "rt" | "rp"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "thead" | "tbody" | "tfoot"),
        "tr" => matches!(next, "tr" | "thead" | "tbody" | "tfoot"),
        "thead" | "tbody" | "tfoot" | "colgroup" | "caption" => {
            matches!(next, "thead" | "tbody" | "tfoot" | "colgroup")
                || (open.starts_with('c') && next == "tr")
        }
        _ => false,
    }
}

/// The value of an attribute as it may be written, decoded; `None` if it must go. Destinations
/// are not decided here.
pub(super) fn value<'v>(element: &Element, name: &str, value: &'v str) -> Option<&'v str> {
    if !GLOBAL.contains(&name) && !element.attributes.contains(&name) {
        return None;
    }
    let value = if name == "alt" || name == "title" {
        value
    } else {
        value.trim()
    };
    let number = |least: u32, most: u32| value.parse().is_ok_and(|n| (least..=most).contains(&n));
    let good = match name {
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "id" => !value.is_empty() && !value.contains(char::is_whitespace),
        "lang" | "hreflang" | "srclang" => {
            !value.is_empty()
                && value
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        }
        "width" | "height" => number(1, 100_000),
        "colspan" | "span" => number(1, 1000),
        "rowspan" => number(0, 65_534),
        "start" | "value" => value.parse::<i32>().is_ok(),
        "type" if element.name == "source" => {
            value.starts_with("video/") || value.starts_with("audio/")
        }
        "type" => matches!(value, "1" | "a" | "A" | "i" | "I"),
        "kind" => matches!(
            value,
            "captions" | "chapters" | "descriptions" | "subtitles"
        ),
        "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        "cite" => value.starts_with("https://") || value.starts_with("http://"),
        "datetime" => is_date(value),
        _ => true,
    };
    good.then_some(value)
}

/// The dates and times people write into HTML; the rarer forms are not worth their rules.
pub(super) fn is_date(value: &str) -> bool {
    use jiff::{Timestamp, civil};
    let year = |v: &str| v.len() == 4 && v.bytes().all(|b| b.is_ascii_digit()) && v != "0000";
    year(value)
        || (value.len() == 10 && value.parse::<civil::Date>().is_ok())
        || (value.len() == 7 && format!("{value}-01").parse::<civil::Date>().is_ok())
        || (value.contains(':') && value.len() <= 35 && value.parse::<Timestamp>().is_ok())
}

/// The last word on a fragment that holds HTML of its author's: it is read as a browser reads
/// it, and only what is on the list is written again.
pub(super) fn clean(html: &str) -> String {
    static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);
    let clean = CLEANER.clean(&in_short_texts(html)).to_string();
    // The serializer writes every attribute with a value; our writer puts these first.
    clean
        .replace("<details open=\"\"", "<details open")
        .replace("<video controls=\"\"", "<video controls")
        .replace("<audio controls=\"\"", "<audio controls")
}

/// The same with comments, which the sanitizer takes out, between the parts of long texts: the
/// serializer of html5ever looks through the whole rest of a text for each sign it escapes.
fn in_short_texts(html: &str) -> Cow<'_, str> {
    const LONGEST: usize = 4096;
    let text = |part: &str| part.find('<').unwrap_or(part.len());
    if html.split_inclusive('>').all(|part| text(part) <= LONGEST) {
        return Cow::Borrowed(html);
    }
    let mut short = String::with_capacity(html.len() + html.len() / 256);
    for part in html.split_inclusive('>') {
        let (mut text, tag) = part.split_at(text(part));
        while text.len() > LONGEST {
            let mut end = LONGEST;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            // Not within a character reference; the longest that is written here has six signs.
            let reference = text[..end].rfind('&').filter(|start| end - start < 6);
            let (before, after) = text.split_at(reference.unwrap_or(end));
            short.push_str(before);
            short.push_str("<!---->");
            text = after;
        }
        short.push_str(text);
        short.push_str(tag);
    }
    Cow::Owned(short)
}

/// The list above, and what our own markup needs beside it.
fn cleaner() -> Builder<'static> {
    let ours: [(&str, &[&str]); 10] = [
        ("a", &["aria-label", "rel", "role"]),
        ("audio", &["controls", "preload", "src"]),
        ("div", &["role"]),
        ("img", &["decoding", "loading"]),
        ("pre", &["tabindex"]),
        ("section", &["aria-label", "role", "tabindex"]),
        ("source", &["src"]),
        ("span", &["aria-label", "role"]),
        ("track", &["src"]),
        ("video", &["controls", "poster", "preload", "src"]),
    ];
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for element in &ELEMENTS {
        attributes.insert(element.name, element.attributes.iter().copied().collect());
    }
    for (element, more) in ours {
        attributes.entry(element).or_default().extend(more);
    }
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().map(|element| element.name).collect())
        .clean_content_tags(["script", "style"].into())
        .generic_attributes(GLOBAL.into())
        .tag_attributes(attributes)
        .url_schemes(SCHEMES.into())
        .link_rel(None);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_do_not_pass() {
        let html = "<p onclick=\"a()\" style=\"x\">a<script>b</script><a href=\"javascript:c\">d</a>\
                    <iframe src=\"/e\"></iframe><font>f</font></p>";
        assert_eq!(clean(html), "<p>a<a>d</a>f</p>");
    }

    #[test]
    fn long_texts_stay_whole() {
        let html = format!("<p>{}</p>", "é &amp; &lt;b&gt; \u{AB} ".repeat(1000));
        assert_eq!(clean(&html), html);
    }

    #[test]
    fn values_that_would_not_be_valid_go() {
        let img = element("img").expect("listed");
        assert_eq!(value(img, "width", " 20 "), Some("20"));
        assert_eq!(value(img, "width", "100%"), None);
        assert_eq!(value(img, "align", "left"), None);
        let time = element("time").expect("listed");
        for good in ["2019", "2019-04", "2019-04-25", "2019-04-25T10:00:00+10:00"] {
            assert_eq!(value(time, "datetime", good), Some(good));
        }
        for bad in ["", "yesterday", "2019-13", "2019-02-30"] {
            assert_eq!(value(time, "datetime", bad), None, "{bad}");
        }
    }
}
