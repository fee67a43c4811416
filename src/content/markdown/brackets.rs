//! Angle brackets that are no HTML: a wire story writes `<BP>` for a company, a typist `<sic>`.
//!
//! Sanitizing takes out elements, and these are none, so they are kept as the text they are.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::RawHtml;

/// Every element of HTML, old ones and those of SVG and MathML that begin a foreign part
/// included, sorted (HTML Standard §4 and §16.2).
const HTML: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "command",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "isindex",
    "kbd",
    "keygen",
    "label",
    "legend",
    "li",
    "link",
    "listing",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "menuitem",
    "meta",
    "meter",
    "multicol",
    "nav",
    "nextid",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "plaintext",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "spacer",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
];

/// Elements of a line that mean nothing when they are never closed.
const PAIRED: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
];

/// How far ahead a closing tag is looked for: paragraphs are not longer, and the search must not
/// grow with the square of a text.
const AHEAD: usize = 4096;

/// The event as it is meant: a tag that is none becomes text.
pub(super) fn meant<'a>(
    event: Event<'a>,
    body: &str,
    place: &Range<usize>,
    html: RawHtml,
) -> Event<'a> {
    match event {
        Event::InlineHtml(tag) if html == RawHtml::Sanitize && is_text(&tag, body, place.end) => {
            Event::Text(tag)
        }
        Event::Html(lines) if html == RawHtml::Sanitize => match spared(&lines) {
            Cow::Borrowed(_) => Event::Html(lines),
            Cow::Owned(spared) => Event::Html(CowStr::from(spared)),
        },
        event => event,
    }
}

fn is_text(tag: &str, body: &str, end: usize) -> bool {
    let Some(name) = name(tag) else { return false };
    if !is_element(name) {
        return true;
    }
    // Capitals alone, with no attribute and nothing that closes it: `Sears <S>` is a ticker.
    let alone = tag.len() == name.len() + 2 && name.bytes().all(|b| b.is_ascii_uppercase());
    let lower = name.to_ascii_lowercase();
    alone
        && PAIRED.contains(&lower.as_str())
        && !is_closed(&lower, body.get(end..).unwrap_or_default())
}

/// Whether the paragraph goes on to close an element.
fn is_closed(name: &str, rest: &str) -> bool {
    let bytes = &rest.as_bytes()[..rest.len().min(AHEAD)];
    let paragraph = bytes
        .windows(2)
        .position(|pair| pair == b"\n\n")
        .map_or(bytes, |end| &bytes[..end]);
    paragraph.windows(name.len() + 2).any(|window| {
        window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(name.as_bytes())
    })
}

/// A block of HTML in which every tag that is none reads as text.
fn spared(lines: &str) -> Cow<'_, str> {
    let mut spared = String::new();
    let mut kept = 0;
    for (at, _) in lines.match_indices('<') {
        if name(&lines[at..]).is_some_and(|name| !is_element(name)) {
            spared.push_str(&lines[kept..at]);
            spared.push_str("&lt;");
            kept = at + 1;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(lines);
    }
    spared.push_str(&lines[kept..]);
    Cow::Owned(spared)
}

/// The name of an opening or closing tag; nothing for comments and declarations.
fn name(tag: &str) -> Option<&str> {
    let bare = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<'))?;
    let end = bare
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(bare.len());
    let name = &bare[..end];
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        .then_some(name)
}

/// Custom elements have a hyphen in their name, and are HTML.
fn is_element(name: &str) -> bool {
    name.contains('-')
        || HTML
            .binary_search(&name.to_ascii_lowercase().as_str())
            .is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::{Options, Surroundings, Target, scan, to_html};
    use super::HTML;

    fn html(body: &str) -> String {
        to_html(
            body,
            &Options::default(),
            Surroundings::default(),
            &|_, _| Target::Dead,
        )
        .html
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(HTML.is_sorted());
    }

    #[test]
    fn tickers_read_as_text_and_tags_as_tags() {
        assert_eq!(
            html("British Petroleum <BP> rose"),
            "<p>British Petroleum &lt;BP&gt; rose</p>\n"
        );
        assert_eq!(
            html("Sears <S> and <TCB.T> fell"),
            "<p>Sears &lt;S&gt; and &lt;TCB.T&gt; fell</p>\n"
        );
        assert_eq!(
            html("Old <B>bold</B> text"),
            "<p>Old <b>bold</b> text</p>\n"
        );
        assert!(html("<XON>\nrose").contains("&lt;XON&gt;"));
        assert!(
            scan("<BP> and <font>x</font>", &Options::default())
                .removed_html
                .iter()
                .all(|r| r.element == "font")
        );
    }
}
