//! The main text of a page, without what the site puts around it.

use dom_smoothie::{Config, Readability};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use crate::content::markdown as written;
use crate::import::html::{self, Addresses, Reading};
use crate::import::text::{self, Cleaned, Removed, Rule, Rules};

/// How deep the elements of a page may stand in one another: deeper ones are nobody's text, and
/// judging them takes longer than reading the page.
const DEEPEST: usize = 400;
/// How many elements of a page are looked at.
const MOST: usize = 200_000;

/// The HTML of the main text: what the page itself names as its text, else what Readability takes
/// for it.
pub(super) fn find(tree: &Html) -> String {
    if let Some(named) = named(tree) {
        return without_furniture(named);
    }
    if too_much(tree) {
        return String::new();
    }
    let config = Config {
        keep_classes: true,
        disable_json_ld: true,
        ..Config::default()
    };
    let article =
        Readability::new(without_frame(tree), None, Some(config)).and_then(|mut page| page.parse());
    article.map_or_else(|_| String::new(), |article| article.content.to_string())
}

fn too_much(tree: &Html) -> bool {
    let mut count = 0;
    let mut depth = 0usize;
    for edge in tree.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(_) => {
                depth += 1;
                count += 1;
            }
            ego_tree::iter::Edge::Close(_) => depth = depth.saturating_sub(1),
        }
        if depth > DEEPEST || count > MOST {
            return true;
        }
    }
    false
}

/// What pages call the element of their text, the surest first: schema.org, microformats (`e-content`
/// and, of old, `entry-content`), and the names that the templates of many systems share.
const NAMES: [&[&str]; 4] = [
    &["articleBody"],
    &["e-content"],
    &["entry-content"],
    &[
        "article-body",
        "article__body",
        "article-content",
        "article-text",
        "post-body",
        "post-content",
        "story-body",
        "body",
    ],
];

/// The one element that the page names as its text.
fn named(tree: &Html) -> Option<ElementRef<'_>> {
    NAMES.iter().find_map(|names| {
        let mut found: Option<ElementRef<'_>> = None;
        for node in tree.tree.nodes() {
            let Node::Element(element) = node.value() else {
                continue;
            };
            let words = [element.attr("itemprop"), element.attr("class")];
            let mut words = words
                .into_iter()
                .flatten()
                .flat_map(str::split_ascii_whitespace);
            if element.name() == "body" || !words.any(|word| names.contains(&word)) {
                continue;
            }
            match found {
                Some(outer) if node.ancestors().any(|above| above.id() == outer.id()) => {}
                // Of two texts neither is the one of the page.
                Some(_) => return None,
                None => found = ElementRef::wrap(node),
            }
        }
        found
    })
}

/// Classes of what plug-ins put into texts, and themes beside them.
const FURNITURE: [&str; 14] = [
    "addtoany_share_save_container",
    "advertisement",
    "comments",
    "jp-relatedposts",
    "newsletter",
    "rail",
    "related-articles",
    "related-posts",
    "share-buttons",
    "sidebar",
    "sharedaddy",
    "social-share",
    "social-sharing",
    "tags-links",
];

/// The HTML of an element without forms, menus and what plug-ins put there, whose classes say so.
fn without_furniture(element: ElementRef<'_>) -> String {
    let mut tree = Html::parse_fragment(&element.inner_html());
    without(&mut tree, &|node| {
        node.value().as_element().is_some_and(|element| {
            let classes = element.attr("class").unwrap_or_default();
            let mut classes = classes.split_ascii_whitespace();
            matches!(
                element.name(),
                "nav" | "form" | "button" | "script" | "style"
            ) || classes.any(|class| FURNITURE.contains(&class))
        })
    });
    tree.root_element().inner_html()
}

fn is_furniture(element: &Element) -> bool {
    let classes = element.attr("class").unwrap_or_default();
    let mut classes = classes.split_ascii_whitespace();
    classes.any(|class| FURNITURE.contains(&class))
}

/// The HTML of a page without what HTML itself calls its frame (HTML §4.3, ARIA landmarks): menus,
/// and the heads, feet and asides that belong to no article.
fn without_frame(tree: &Html) -> String {
    let mut tree = tree.clone();
    without(&mut tree, &|node| {
        let Some(element) = node.value().as_element() else {
            return false;
        };
        let role = element.attr("role").unwrap_or_default();
        let is = |below: &ego_tree::NodeRef<'_, Node>, names: &[&str]| {
            below
                .value()
                .as_element()
                .is_some_and(|one| names.contains(&one.name()))
        };
        let outside = || {
            !node
                .ancestors()
                .any(|above| is(&above, &["article", "main"]))
        };
        match element.name() {
            "nav" => true,
            "footer" | "aside" => outside(),
            "header" => outside() && !node.descendants().any(|below| is(&below, &["h1"])),
            _ => {
                matches!(role, "navigation" | "banner" | "contentinfo" | "search")
                    || is_furniture(element)
            }
        }
    });
    tree.html()
}

fn without(tree: &mut Html, is_gone: &dyn Fn(&ego_tree::NodeRef<'_, Node>) -> bool) {
    let gone = tree.tree.nodes().filter(is_gone);
    let gone: Vec<ego_tree::NodeId> = gone.map(|node| node.id()).collect();
    for id in gone {
        if let Some(mut node) = tree.tree.get_mut(id) {
            node.detach();
        }
    }
}

/// The main text in blocks: as Markdown, and the line of text that each is.
pub(super) fn blocks(html: &str, addresses: &dyn Addresses) -> Vec<(String, String)> {
    let reading = Reading {
        lines: false,
        addresses,
        notes: &[],
        below: false,
    };
    let blocks = html::blocks(html, &reading).into_iter();
    let blocks = blocks.map(|block| {
        let line = line(&block);
        (block, line)
    });
    without_menus(blocks.collect())
}

/// Blocks at both ends that are nothing but links are menus; one link below a text may be a last
/// word of its.
fn without_menus(mut blocks: Vec<(String, String)>) -> Vec<(String, String)> {
    let first = blocks.iter().position(|(block, _)| links_alone(block) == 0);
    blocks.drain(..first.unwrap_or(blocks.len()));
    while blocks
        .last()
        .is_some_and(|(block, _)| links_alone(block) > 1)
    {
        blocks.pop();
    }
    blocks
}

/// How many links a block is, where there is no word beside them; else none.
fn links_alone(block: &str) -> usize {
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};
    let (mut links, mut inside) = (0, 0usize);
    for event in Parser::new(block) {
        match event {
            Event::Start(Tag::Link { .. }) => {
                links += 1;
                inside += 1;
            }
            Event::End(TagEnd::Link) => inside = inside.saturating_sub(1),
            Event::Start(Tag::Image { .. }) | Event::Html(_) | Event::InlineHtml(_) => return 0,
            Event::Text(text) | Event::Code(text)
                if inside == 0 && text.chars().any(char::is_alphanumeric) =>
            {
                return 0;
            }
            _ => {}
        }
    }
    links
}

/// The words of a block on one line; of one that is pictures or a player alone, none.
fn line(block: &str) -> String {
    let is_picture = |line: &str| line.starts_with("![") || line.starts_with("[![");
    let is_player = block.starts_with('<') && !block.contains('\n');
    if is_player || block.lines().all(is_picture) {
        return String::new();
    }
    let text = written::text(block, &written::Options::default());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a page as the rules of scraped text read them: its headline, and its blocks.
pub(super) fn lines(title: &str, blocks: &[(String, String)]) -> String {
    let mut lines = plain(title);
    for (_, line) in blocks {
        lines.push_str("\n\n");
        lines.push_str(line);
    }
    lines
}

fn plain(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes out of the blocks what is no part of the article by the rules of scraped text, and gives
/// what they found. Of what was removed only that is told which really is.
pub(super) fn clean(
    title: &str,
    blocks: &mut Vec<(String, String)>,
    path: &camino::Utf8Path,
    rules: &Rules<'_>,
) -> Cleaned {
    let mut found = text::clean(&lines(title, blocks), path, rules);
    let mut gone = vec![false; blocks.len()];
    let mut removed = Vec::new();
    for one in std::mem::take(&mut found.removed) {
        let Some((index, block)) = block_of(one.line, blocks) else {
            continue;
        };
        let taken = if one.text.trim() == block.1.trim() {
            gone.get_mut(index).is_some_and(|gone| {
                *gone = true;
                true
            })
        } else {
            cut(&mut block.0, &one)
        };
        match taken {
            true => removed.push(one),
            // What stays in the text is not said a second time beside it.
            false if one.rule == Rule::Dateline => found.dateline = None,
            false => {}
        }
    }
    let mut gone = gone.into_iter();
    blocks.retain(|block| !gone.next().unwrap_or_default() && !block.0.trim().is_empty());
    found.removed = removed;
    found
}

/// The block that a line of [`lines`] is, where it is one.
fn block_of(line: u32, blocks: &mut [(String, String)]) -> Option<(usize, &mut (String, String))> {
    let at = usize::try_from(line).ok()?.checked_sub(3)?;
    let index = (at % 2 == 0).then_some(at / 2)?;
    blocks.get_mut(index).map(|block| (index, block))
}

/// Takes a dateline off the beginning of a block, or a credit off its end, where it stands there
/// without a mark of its own.
fn cut(block: &mut String, removed: &Removed) -> bool {
    let rest = match removed.rule {
        Rule::Dateline => block.strip_prefix(removed.text.trim()).map(str::trim_start),
        Rule::Credit => block.strip_suffix(removed.text.trim()).map(str::trim_end),
        _ => None,
    };
    match rest.map(str::to_owned) {
        Some(rest) => {
            *block = rest;
            true
        }
        None => false,
    }
}
