//! Galleries: several pictures in one frame, each with its line or without.
//!
//! Every site builder writes them in its own elements. What they have in common: nothing stands in
//! the frame but pictures, lines below them, and maybe a line about all.

use super::flow::Walk;
use super::inline::Mark;
use super::tree::{self, At, attribute, name};
use super::{DEEPEST, raw};

/// What may stand in a gallery; anything else, and it is none.
const FRAMES: &[&str] = &[
    "a",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "img",
    "li",
    "ol",
    "p",
    "picture",
    "section",
    "source",
    "span",
    "ul",
];

/// Names that themes and plug-ins give to the line below a picture.
const CAPTIONS: &[&str] = &[
    "gallery-caption",
    "wp-caption-text",
    "tiled-gallery-caption",
];

/// A gallery that is being looked through.
#[derive(Default)]
struct Found<'t> {
    items: Vec<Item<'t>>,
    /// The lines about all pictures: those that stand before them, and those that stand after.
    before: Vec<At<'t>>,
    after: Vec<At<'t>>,
}

/// A picture with its line.
struct Item<'t> {
    image: At<'t>,
    caption: Option<At<'t>>,
}

impl Walk<'_> {
    /// The blocks of a gallery; `None` where a node is none.
    pub(super) fn gallery(
        &self,
        node: At<'_>,
        around: &[Mark],
        depth: usize,
    ) -> Option<Vec<String>> {
        let is_frame = name(node) == Some("figure") || has_name_of_gallery(node);
        let in_link = around.iter().any(|mark| matches!(mark, Mark::Link(..)));
        if !is_frame || in_link || images(node).nth(1).is_none() {
            return None;
        }
        let mut found = Found::default();
        if !collect(node, &mut found, depth) {
            return None;
        }
        // Some pages name the file only when a picture comes into sight.
        found
            .items
            .retain(|item| item.caption.is_some() || self.picture(item.image).is_some());
        if found.items.len() < 2 {
            return None;
        }
        let mut blocks = self.lines_of(&found.before, depth);
        let items = found.items.iter();
        let lines: Option<Vec<String>> = items
            .map(|item| self.captioned(item.image, item.caption))
            .collect();
        match lines {
            Some(lines) => blocks.push(lines.join("\n")),
            None => blocks.push(self.raw_gallery(&found.items)),
        }
        blocks.extend(self.lines_of(&found.after, depth));
        Some(blocks)
    }

    fn lines_of(&self, captions: &[At<'_>], depth: usize) -> Vec<String> {
        let blocks = captions.iter();
        blocks
            .flat_map(|caption| self.below(*caption, &[], depth))
            .collect()
    }

    /// The same as HTML, where a line below a picture has more than words.
    fn raw_gallery(&self, items: &[Item<'_>]) -> String {
        let mut out = String::from("<ul class=\"gallery\">\n");
        for item in items {
            let link = link_around(item.image);
            let leads = |link: &At<'_>| self.link(*link, &mut Vec::new()).is_some();
            let linked = link.filter(leads).unwrap_or(item.image);
            out.push_str("<li><figure>");
            out.push_str(&raw::block(linked, &self.reading));
            let captions = item.caption.filter(|at| !tree::is_blank(&tree::text(*at)));
            if let Some(caption) = captions {
                out.push_str("<figcaption>");
                out.push_str(&raw::inside(caption, &self.reading));
                out.push_str("</figcaption>");
            }
            out.push_str("</figure></li>\n");
        }
        out.push_str("</ul>");
        out
    }
}

/// The link that holds a picture and nothing else, as far as one can see.
pub(super) fn link_around(image: At<'_>) -> Option<At<'_>> {
    let link = image
        .ancestors()
        .find(|up| name(*up).is_none_or(|name| !is_wrapper(name)))?;
    (name(link) == Some("a") && tree::only_picture(link) == Some(image)).then_some(link)
}

fn is_wrapper(name: &str) -> bool {
    matches!(name, "picture" | "span" | "div")
}

/// A list of pictures is a list in name alone, as in older galleries of the block editor.
pub(super) fn is_list_of_pictures(node: At<'_>) -> bool {
    tree::has_class(node, "blocks-gallery-grid") || tree::has_class(node, "wp-block-gallery")
}

fn is_blank(node: At<'_>) -> bool {
    let text = node.value().as_text();
    text.is_some_and(|text| tree::is_blank(text)) || node.value().is_comment()
}

fn images(node: At<'_>) -> impl Iterator<Item = At<'_>> {
    node.descendants().filter(|at| name(*at) == Some("img"))
}

/// Whether an element is called a gallery: `gallery`, `wp-block-gallery`, `tiled-gallery`.
fn has_name_of_gallery(node: At<'_>) -> bool {
    let classes = attribute(node, "class").unwrap_or_default();
    classes
        .split(|c: char| c.is_ascii_whitespace() || matches!(c, '-' | '_'))
        .any(|part| matches!(part, "gallery" | "slideshow"))
}

/// Adds what stands below a frame. `false` if anything there is no part of a gallery.
fn collect<'t>(frame: At<'t>, found: &mut Found<'t>, depth: usize) -> bool {
    depth <= DEEPEST && frame.children().all(|node| part(node, found, depth))
}

fn part<'t>(node: At<'t>, found: &mut Found<'t>, depth: usize) -> bool {
    let Some(element) = name(node) else {
        return is_blank(node);
    };
    if tree::is_silent(element) {
        return raw::script(node).is_none();
    }
    if !FRAMES.contains(&element) {
        return false;
    }
    let mut inside = images(node);
    match (inside.next(), inside.next()) {
        (Some(_), Some(_)) => element != "a" && collect(node, found, depth + 1),
        // What is said of all pictures stands before or after them.
        (Some(image), None) => match item(node, image).filter(|_| found.after.is_empty()) {
            Some(item) => {
                found.items.push(item);
                true
            }
            None => false,
        },
        _ if tree::is_blank(&tree::text(node)) => node.descendants().all(is_frame),
        _ if is_caption(node) => found.caption(node, element),
        _ => false,
    }
}

impl<'t> Found<'t> {
    /// A line that stands beside pictures: below the last one, or about all.
    fn caption(&mut self, node: At<'t>, element: &str) -> bool {
        match self.items.last_mut() {
            None => self.before.push(node),
            Some(last) if element != "figcaption" && last.caption.is_none() => {
                last.caption = Some(node);
                return self.after.is_empty();
            }
            Some(_) => self.after.push(node),
        }
        true
    }
}

/// An element with one picture, and with no text but the line below it.
fn item<'t>(node: At<'t>, image: At<'t>) -> Option<Item<'t>> {
    let mut captions = node.descendants().filter(|at| is_caption(*at));
    let caption = captions.next();
    let within =
        |at: At<'t>| caption.is_some_and(|line| at == line || at.ancestors().any(|up| up == line));
    let rest = node.descendants().filter(|at| !within(*at));
    let calm = rest.clone().all(is_frame)
        && rest
            .filter_map(|at| at.value().as_text())
            .all(|text| tree::is_blank(text))
        && !within(image);
    calm.then_some(Item { image, caption })
}

fn is_frame(node: At<'_>) -> bool {
    name(node).is_none_or(|name| FRAMES.contains(&name))
}

fn is_caption(node: At<'_>) -> bool {
    matches!(name(node), Some("figcaption" | "dd"))
        || CAPTIONS.iter().any(|class| tree::has_class(node, class))
}
