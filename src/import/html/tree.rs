//! The tree of a piece of HTML, as a browser reads it.

use ego_tree::NodeRef;
use scraper::{Html, Node, node::Element};

pub(super) type At<'t> = NodeRef<'t, Node>;

/// What the fragment holds. The parser puts a fragment into an element `html` of its own.
pub(super) fn content(tree: &Html) -> Vec<At<'_>> {
    let root = tree.tree.root();
    let html = root.children().find(|node| name(*node) == Some("html"));
    html.unwrap_or(root).children().collect()
}

pub(super) fn name(node: At<'_>) -> Option<&str> {
    node.value().as_element().map(Element::name)
}

pub(super) fn attribute<'t>(node: At<'t>, name: &str) -> Option<&'t str> {
    node.value().as_element()?.attr(name)
}

/// Whether an element has this class.
pub(super) fn has_class(node: At<'_>, class: &str) -> bool {
    let classes = attribute(node, "class").unwrap_or_default();
    classes.split_ascii_whitespace().any(|one| one == class)
}

/// Elements of which nothing is shown.
pub(super) fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "template" | "head" | "title" | "meta" | "link"
    )
}

/// Elements that begin a line of their own, sorted.
static BLOCKS: [&str; 58] = [
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
    "xmp",
];

/// Whether an element begins a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// Whether an element stands apart from the words before it, without a space between: the button
/// of the file block.
pub(super) fn is_button(node: At<'_>) -> bool {
    has_class(node, "wp-block-file__button")
}

/// Whether anything below a node begins a line of its own.
pub(super) fn holds_block(node: At<'_>) -> bool {
    node.descendants()
        .any(|below| name(below).is_some_and(is_block))
}

/// All text below a node that is shown, as it stands.
pub(super) fn text(node: At<'_>) -> String {
    let mut text = String::new();
    for edge in node.descendants() {
        let shown = edge
            .parent()
            .and_then(name)
            .is_none_or(|parent| !is_silent(parent));
        match edge.value() {
            Node::Text(part) if shown => text.push_str(part),
            Node::Element(element) if element.name() == "br" => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// Whether nothing of a text can be seen.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'))
}

/// The picture of an element that shows one picture and nothing else.
pub(super) fn only_picture(node: At<'_>) -> Option<At<'_>> {
    let mut images = node
        .descendants()
        .filter(|below| name(*below) == Some("img"));
    let image = images.next()?;
    (images.next().is_none() && is_blank(&text(node))).then_some(image)
}
