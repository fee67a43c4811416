//! What stays HTML: on as few lines as can be, and never with an empty one, which would end it
//! (CommonMark 0.31.2 §4.6).

use scraper::Node;

use super::escape;
use super::flow::Walk;
use super::inline::Mark;
use super::tree::{self, At, attribute, name};
use super::{DEEPEST, Picture, Reading};

/// Elements that a site lets pass, with the attributes worth keeping.
const KEPT: &[(&str, &[&str])] = &[
    ("a", &["id"]),
    ("abbr", &["title"]),
    ("b", &[]),
    ("bdi", &["dir"]),
    ("bdo", &["dir"]),
    ("blockquote", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("dd", &[]),
    ("del", &[]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("i", &[]),
    ("ins", &[]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["start", "type"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("div", &[]),
];

/// What may stand at a place (HTML Standard §3.2.5): where no block may, one becomes lines of
/// its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Flow,
    Lines,
    Pre,
}

/// Elements after whose tags a line may end.
fn takes_line(name: &str) -> bool {
    matches!(
        name,
        "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "dl"
            | "dt"
            | "dd"
            | "figure"
            | "details"
            | "ul"
            | "ol"
            | "li"
            | "caption"
            | "figcaption"
            | "summary"
            | "td"
            | "th"
    )
}

/// Whether anything of a node can be seen.
fn shows(node: At<'_>) -> bool {
    !tree::is_blank(&tree::text(node)) || node.descendants().any(|below| name(below) == Some("img"))
}

/// The given attributes of an element, each after a space.
pub(super) fn attributes(node: At<'_>, names: &[&str]) -> String {
    let mut out = String::new();
    for name in names {
        if let Some(value) = attribute(node, name) {
            out.push_str(&format!(" {name}=\"{}\"", escape::html(value)));
        }
    }
    out
}

/// A node with all that is in it.
pub(super) fn block(node: At<'_>, reading: &Reading<'_>) -> String {
    let mut out = String::new();
    push(node, reading, &mut out, 0, Mode::Flow);
    out.truncate(out.trim_end().len());
    out
}

/// All that is in a node, without itself.
pub(super) fn inside(node: At<'_>, reading: &Reading<'_>) -> String {
    let mut out = String::new();
    for child in node.children() {
        push(child, reading, &mut out, 0, Mode::Flow);
    }
    out.trim().to_owned()
}

fn push(node: At<'_>, reading: &Reading<'_>, out: &mut String, depth: usize, mode: Mode) {
    match node.value() {
        Node::Text(text) => push_text(text, out, mode),
        Node::Element(element) if tree::is_silent(element.name()) => {}
        Node::Element(_) if depth > DEEPEST => push_text(&tree::text(node), out, mode),
        Node::Element(element) => push_element(node, element.name(), reading, out, depth, mode),
        _ => {}
    }
}

fn push_text(text: &str, out: &mut String, mode: Mode) {
    if mode == Mode::Pre {
        return out.push_str(&escape::html(text));
    }
    let mut gap = false;
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        let mut sign = [0; 4];
        out.push_str(&escape::html(c.encode_utf8(&mut sign)));
    }
    if gap && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

fn push_element(
    node: At<'_>,
    name: &str,
    reading: &Reading<'_>,
    out: &mut String,
    depth: usize,
    mode: Mode,
) {
    match name {
        "br" => return out.push_str("<br>"),
        "hr" if mode == Mode::Flow => return out.push_str("<hr>"),
        "img" => return push_image(node, reading, out),
        "iframe" | "embed" | "object" => {
            out.push_str(&embed(node, reading).unwrap_or_default());
            return;
        }
        "audio" | "video" => {
            out.push_str(&media(node, reading).unwrap_or_default());
            return;
        }
        _ => {}
    }
    if mode != Mode::Flow && tree::is_block(name) {
        let end = if mode == Mode::Pre { "&#10;" } else { "<br>" };
        out.push_str(end);
        for child in node.children() {
            push(child, reading, out, depth + 1, mode);
        }
        return out.push_str(end);
    }
    // A link or heading that shows nothing could only be in the way of what stands beside it.
    let shows = !matches!(name, "a" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        || attribute(node, "id").is_some()
        || shows(node);
    let kept = KEPT.iter().find(|(kept, _)| *kept == name && shows);
    let mode = match name {
        "pre" => Mode::Pre,
        "dt" | "summary" | "caption" | "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Mode::Lines,
        _ => mode,
    };
    let line = takes_line(name);
    if line && !out.is_empty() {
        out.truncate(out.trim_end_matches(' ').len());
        if !out.ends_with('\n') {
            out.push('\n');
        }
    } else if kept.is_none() && tree::is_block(name) && !out.ends_with([' ', '\n', '>']) {
        out.push(' ');
    }
    let link = (name == "a" && shows)
        .then(|| link(node, reading))
        .flatten()
        .unwrap_or_default();
    if let Some((_, names)) = kept {
        out.push_str(&format!("<{name}{link}{}>", attributes(node, names)));
    }
    for child in node.children() {
        push(child, reading, out, depth + 1, mode);
    }
    if kept.is_some() {
        out.push_str(&format!("</{name}>"));
    } else if tree::is_block(name) {
        out.push(' ');
    }
    if line {
        out.push('\n');
    }
}

fn link(node: At<'_>, reading: &Reading<'_>) -> Option<String> {
    let walk = Walk { reading: *reading };
    match walk.link(node, &mut Vec::new())? {
        Mark::Link(to, _) => Some(format!(" href=\"{}\"", escape::html(&to))),
        _ => None,
    }
}

fn push_image(node: At<'_>, reading: &Reading<'_>, out: &mut String) {
    let walk = Walk { reading: *reading };
    let Some(Picture { src, alt, .. }) = walk.picture(node) else {
        return;
    };
    let alt = alt.unwrap_or_default();
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    out.push_str(&format!(
        "<img src=\"{}\" alt=\"{}\">",
        escape::html(&src),
        escape::html(&alt)
    ));
}

/// What another host would show: the site makes a link of it.
pub(super) fn embed(node: At<'_>, reading: &Reading<'_>) -> Option<String> {
    let element = name(node)?;
    let key = if element == "object" { "data" } else { "src" };
    let src = attribute(node, key).or_else(|| attribute(node, "data-src"));
    let inner = || {
        node.children()
            .filter_map(|child| embed(child, reading))
            .next()
    };
    let Some(src) = src
        .map(str::trim)
        .filter(|src| !src.is_empty() && !src.starts_with("about:"))
    else {
        return (element == "object").then(inner).flatten();
    };
    let title = attributes(node, &["title"]);
    let src = escape::html(&reading.addresses.file(src));
    Some(format!("<iframe src=\"{src}\"{title}></iframe>"))
}

/// A script that puts a document of another host in its place, which the site links to.
pub(super) fn script(node: At<'_>) -> Option<String> {
    let src = attribute(node, "src")?;
    let known = src.contains("//gist.github.com/") || src.contains("//telegram.org/");
    let post = attributes(node, &["data-telegram-post"]);
    known.then(|| format!("<script src=\"{}\"{post}></script>", escape::html(src)))
}

/// A player in a figure, with the line below it.
pub(super) fn player(
    node: At<'_>,
    caption: Option<At<'_>>,
    reading: &Reading<'_>,
) -> Option<String> {
    let mut out = format!("<figure>\n{}\n", media(node, reading)?);
    if let Some(caption) = caption.filter(|caption| !tree::is_blank(&tree::text(*caption))) {
        push(caption, reading, &mut out, 0, Mode::Flow);
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n</figure>");
    Some(out)
}

fn media(node: At<'_>, reading: &Reading<'_>) -> Option<String> {
    let element = name(node)?;
    let file = |at: At<'_>, key: &str| {
        let value = attribute(at, key)
            .map(str::trim)
            .filter(|value| !value.is_empty())?;
        Some(format!(
            " {key}=\"{}\"",
            escape::html(&reading.addresses.file(value))
        ))
    };
    let src = file(node, "src").unwrap_or_default();
    let poster = file(node, "poster").unwrap_or_default();
    let mut inner = String::new();
    for child in node.children() {
        if let Some(part @ ("source" | "track")) = name(child)
            && let Some(src) = file(child, "src")
        {
            let rest = attributes(child, &["type", "kind", "label", "srclang"]);
            inner.push_str(&format!("<{part}{src}{rest}>"));
        }
    }
    if src.is_empty() && inner.is_empty() {
        return None;
    }
    let title = attributes(node, &["title"]);
    Some(format!(
        "<{element}{src}{poster}{title}>{inner}</{element}>"
    ))
}

/// Whether a link from a picture leads to the same picture, maybe in another size: WordPress
/// writes `-300x200` before the ending of smaller copies, and WordPress.com `?w=604` after it.
pub(super) fn is_same_picture(href: &str, src: &str) -> bool {
    let plain = |address: &str| {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let address = address.split_once("//").map_or(address, |(_, rest)| rest);
        let name = address.rsplit('/').next().unwrap_or_default();
        crate::import::wordpress::original_size(name).unwrap_or_else(|| name.to_owned())
    };
    let (href, src) = (plain(href), plain(src));
    !src.is_empty() && href == src
}
