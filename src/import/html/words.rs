//! The words of a piece of HTML, by which two are held against each other.

use scraper::{Html, Node};

use super::tree::{self, At, name};

/// The words that a reader of the page sees, in their order: stretches of letters and digits.
pub fn words(html: &str) -> Vec<String> {
    let tree = Html::parse_fragment(html);
    let mut text = String::new();
    for edge in tree.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(part) if !is_silent(node) => text.push_str(part),
                Node::Element(element)
                    if tree::is_block(element.name())
                        || matches!(element.name(), "br" | "img")
                        || tree::is_button(node) =>
                {
                    text.push('\n');
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if name(node).is_some_and(tree::is_block) {
                    text.push('\n');
                }
            }
        }
    }
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn is_silent(text: At<'_>) -> bool {
    text.parent().and_then(name).is_some_and(tree::is_silent)
}

/// Whether two pieces of HTML say the same words.
pub fn same(one: &str, other: &str) -> bool {
    words(one) == words(other)
}
