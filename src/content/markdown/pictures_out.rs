//! HTML of a body without its pictures, for pages of text alone.

use std::borrow::Cow;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::plain;
use super::tokens::{OpenTag, Token, Tokens};

/// HTML with a link in the place of each picture, named by what the picture shows or else by the
/// line below it. One that has neither says nothing and is left out; one that stands in a link
/// already is only named. Drawings in the HTML itself are left out.
pub fn without_pictures(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut tokens = Tokens::new(html).peekable();
    let mut in_link = false;
    while let Some((start, token)) = tokens.next() {
        let end = tokens.peek().map_or(html.len(), |(next, _)| *next);
        match token {
            Token::Open(tag) if tag.name == "img" => {
                let alt = value(&tag, "alt").unwrap_or_default();
                match html.get(end..).and_then(line_below) {
                    Some(line) if alt.trim().is_empty() => {
                        out.push_str("<figcaption>");
                        name(&mut out, &tag, &line, in_link);
                        out.push_str("</figcaption>");
                        let is_end = |token: &Token<'_>| matches!(token, Token::Close(name) if name == "figcaption");
                        tokens.by_ref().find(|(_, token)| is_end(token));
                    }
                    _ => name(&mut out, &tag, &alt, in_link),
                }
                continue;
            }
            Token::Open(tag) if tag.name == "svg" => continue,
            Token::Close(name) if name == "svg" => continue,
            // Of a gallery, what says nothing.
            Token::Close(name) if name == "li" && out.ends_with("<li>") => {
                out.truncate(out.len() - "<li>".len());
                continue;
            }
            Token::Open(tag) if tag.name == "a" => in_link = true,
            Token::Close(name) if name == "a" => in_link = false,
            _ => {}
        }
        out.push_str(html.get(start..end).unwrap_or_default());
    }
    out
}

fn value<'t>(tag: &'t OpenTag<'_>, name: &str) -> Option<Cow<'t, str>> {
    let found = tag.attributes.iter().find(|(n, _)| n == name);
    found.map(|(_, value)| plain::decode(value))
}

/// The caption that follows a picture at once, where it is text alone.
fn line_below(html: &str) -> Option<Cow<'_, str>> {
    let line = html.strip_prefix("<figcaption>")?;
    let (line, rest) = line.split_at(line.find('<')?);
    rest.starts_with("</figcaption>")
        .then(|| plain::decode(line))
}

fn name(out: &mut String, tag: &OpenTag<'_>, text: &str, in_link: bool) {
    if text.trim().is_empty() {
        return;
    }
    let link = value(tag, "src").filter(|_| !in_link);
    // Writing to a string cannot fail.
    if let Some(address) = &link {
        out.push_str("<a href=\"");
        let _ = escape_html(&mut *out, address);
        if let Some(id) = value(tag, "id") {
            out.push_str("\" id=\"");
            let _ = escape_html(&mut *out, &id);
        }
        out.push_str("\">");
    }
    let _ = escape_html_body_text(&mut *out, text.trim());
    if link.is_some() {
        out.push_str("</a>");
    }
}

#[cfg(test)]
mod tests {
    use super::without_pictures;

    #[test]
    fn a_picture_is_a_link_named_by_what_it_shows() {
        for (html, expected) in [
            ("<p>Text.</p>\n", "<p>Text.</p>\n"),
            (
                "<p><img src=\"/a.jpg\" alt=\"A &quot;map&quot; &lt;1&gt;\" loading=\"lazy\"> b</p>",
                "<p><a href=\"/a.jpg\">A \"map\" &lt;1&gt;</a> b</p>",
            ),
            (
                "<img src='/a?b&amp;c' alt='\"x\"' id=i>",
                "<a href=\"/a?b&amp;c\" id=\"i\">\"x\"</a>",
            ),
            ("a<img src=\"/a.jpg\" alt=\"\">b", "ab"),
            (
                "<a href=\"/\"><img src=\"/a.jpg\" alt=\"Map\"></a>",
                "<a href=\"/\">Map</a>",
            ),
            (
                "<ul>\n<li><img src=\"/a\" alt=\"\"></li>\n<li>b</li></ul>",
                "<ul>\n\n<li>b</li></ul>",
            ),
            (
                "<figure><img src=\"/a\" alt=\"\"><figcaption>b &amp; c</figcaption></figure>d",
                "<figure><figcaption><a href=\"/a\">b &amp; c</a></figcaption></figure>d",
            ),
            (
                "<img src=\"/a\" alt=\"\"><figcaption><b>c</b></figcaption>",
                "<figcaption><b>c</b></figcaption>",
            ),
            ("a<svg><path d=\"\"/></svg>b", "ab"),
            ("1 < 2 & 3", "1 < 2 & 3"),
            ("<img src=\"/a\" alt=\"never", ""),
        ] {
            assert_eq!(without_pictures(html), expected, "{html}");
        }
    }
}
