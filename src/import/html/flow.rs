//! What stands in blocks: paragraphs, headings, lists, quotations, figures.

use scraper::Node;

use super::escape::Place;
use super::inline::{self, Mark};
use super::tree::{self, At, attribute, has_class, name};
use super::{DEEPEST, Reading, apart, galleries, line, raw, tables, tidy};

/// The way through a piece of HTML.
pub(super) struct Walk<'a> {
    pub(super) reading: Reading<'a>,
}

impl Walk<'_> {
    /// The blocks of some nodes; `around` encloses every line of theirs.
    pub(super) fn flow(&self, nodes: Vec<At<'_>>, around: &[Mark], depth: usize) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut run = Vec::new();
        self.stream(nodes, around, depth, &mut run, &mut blocks);
        self.flush(&mut run, &mut blocks, depth);
        blocks
    }

    pub(super) fn below(&self, node: At<'_>, around: &[Mark], depth: usize) -> Vec<String> {
        self.flow(node.children().collect(), around, depth)
    }

    /// Adds nodes to the line that is open, and blocks to those before. An element of lines that
    /// holds a block is open on both sides of it: its text goes on where the line was.
    fn stream<'t>(
        &self,
        nodes: Vec<At<'t>>,
        around: &[Mark],
        depth: usize,
        run: &mut Vec<(At<'t>, Vec<Mark>)>,
        blocks: &mut Vec<String>,
    ) {
        for node in nodes {
            let name = name(node).unwrap_or_default();
            if tree::is_block(name) {
                self.flush(run, blocks, depth);
                self.block(node, name, blocks, around, depth + 1);
            } else if depth <= DEEPEST && tree::holds_block(node) {
                let mark = self.mark(node, name);
                let around: Vec<Mark> = around.iter().cloned().chain(mark).collect();
                self.stream(node.children().collect(), &around, depth + 1, run, blocks);
            } else {
                run.push((node, around.to_vec()));
            }
        }
    }

    fn flush(&self, run: &mut Vec<(At<'_>, Vec<Mark>)>, blocks: &mut Vec<String>, depth: usize) {
        let run = std::mem::take(run);
        let mut paragraphs: Vec<Vec<inline::Piece>> = vec![Vec::new()];
        for same in run.chunk_by(|one, other| one.1 == other.1) {
            let around = same
                .first()
                .map(|(_, marks)| marks.as_slice())
                .unwrap_or_default();
            let nodes: Vec<At<'_>> = same.iter().map(|(node, _)| *node).collect();
            let parts = tidy::paragraphs(self.pieces(&nodes, &[], depth));
            for (index, part) in parts.into_iter().enumerate() {
                if index > 0 {
                    paragraphs.push(Vec::new());
                }
                if let Some(last) = paragraphs.last_mut() {
                    last.extend(around.iter().cloned().map(inline::Piece::Open));
                    last.extend(part);
                    last.extend(around.iter().map(|_| inline::Piece::Close));
                }
            }
        }
        for pieces in paragraphs {
            for pieces in apart::paragraphs(tidy::tidy(pieces)) {
                if tidy::shows(&pieces) {
                    blocks.push(line::line(&pieces, Place::Paragraph));
                }
            }
        }
    }

    fn block(
        &self,
        node: At<'_>,
        name: &str,
        blocks: &mut Vec<String>,
        around: &[Mark],
        depth: usize,
    ) {
        if depth > DEEPEST {
            return self.too_deep(node, blocks);
        }
        if let Some(gallery) = self.gallery(node, around, depth) {
            return blocks.extend(gallery);
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, name, blocks, depth),
            "blockquote" => self.quotation(node, blocks, around, depth),
            "ul" if galleries::is_list_of_pictures(node) => {
                for item in node.children() {
                    blocks.extend(self.below(item, around, depth));
                }
            }
            "ul" | "ol" | "menu" | "dir" => self.list(node, name == "ol", blocks, depth),
            "pre" | "xmp" | "listing" => self.preformatted(node, blocks),
            "hr" => blocks.push("* * *".into()),
            "table" => self.table(node, blocks, depth),
            "figure" => self.figure(node, blocks, around, depth),
            "details" if !begins_with_summary(node) => {
                blocks.extend(self.below(node, around, depth));
            }
            "dl" | "details" => {
                let has_text = !tree::is_blank(&tree::text(node)) || holds(node, "img");
                blocks.extend(has_text.then(|| raw::block(node, &self.reading)));
            }
            "iframe" | "embed" | "object" => blocks.extend(raw::embed(node, &self.reading)),
            "audio" | "video" => blocks.extend(raw::player(node, None, &self.reading)),
            _ => {
                let mark = self.mark(node, name);
                let around: Vec<Mark> = around.iter().cloned().chain(mark).collect();
                blocks.extend(self.below(node, &around, depth));
            }
        }
    }

    /// What an element of lines puts around the blocks within it.
    fn mark(&self, node: At<'_>, name: &str) -> Option<Mark> {
        match name {
            "a" => self.link(node, &mut Vec::new()),
            "em" | "i" => Some(Mark::Sign("*", "em")),
            "strong" | "b" => Some(Mark::Sign("**", "strong")),
            "del" | "s" | "strike" => Some(Mark::Sign("~~", "del")),
            _ => None,
        }
    }

    /// The text alone of what nobody can have meant to stand so deep.
    fn too_deep(&self, node: At<'_>, blocks: &mut Vec<String>) {
        let text = tree::text(node);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            let pieces = [inline::Piece::Text(words)];
            blocks.push(line::line(&pieces, Place::Paragraph));
        }
    }

    fn heading(&self, node: At<'_>, name: &str, blocks: &mut Vec<String>, depth: usize) {
        let nodes: Vec<At<'_>> = node.children().collect();
        let pieces = self.pieces(&nodes, &[], depth);
        let joined = pieces.into_iter().map(|piece| match piece {
            inline::Piece::End => inline::Piece::Break,
            other => other,
        });
        let pieces = tidy::tidy(joined.collect());
        if !tidy::shows(&pieces) {
            return;
        }
        let digit = name.as_bytes().get(1).copied();
        let level = digit.map_or(2, |digit| usize::from(digit - b'0'));
        let line = line::line(&pieces, Place::Heading);
        blocks.push(format!("{} {line}", "#".repeat(level)));
    }

    fn quotation(&self, node: At<'_>, blocks: &mut Vec<String>, around: &[Mark], depth: usize) {
        let inner = self.below(node, around, depth);
        if inner.is_empty() {
            return;
        }
        let pulled = has_class(node, "wp-block-pullquote")
            || node
                .parent()
                .is_some_and(|parent| has_class(parent, "wp-block-pullquote"));
        let mut text = inner.join("\n\n");
        if pulled {
            text.insert_str(0, "[!pullquote]\n");
        }
        blocks.push(quoted(&text));
    }

    fn preformatted(&self, node: At<'_>, blocks: &mut Vec<String>) {
        if has_class(node, "wp-block-verse") {
            return self.verse(node, blocks);
        }
        let plain =
            |at: At<'_>| at.value().is_text() || name(at) == Some("code") || name(at) == Some("br");
        let mut below = node.descendants();
        below.next();
        let text = tree::text(node);
        if tree::is_blank(&text) {
            return;
        }
        if !below.all(plain) {
            return blocks.push(raw::block(node, &self.reading));
        }
        let code = node.children().find(|child| name(*child) == Some("code"));
        let class = [Some(node), code]
            .into_iter()
            .flatten()
            .find_map(|node| attribute(node, "class"));
        let language = class.and_then(language).unwrap_or_default();
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let text = text.replace('\r', "");
        let text = text.trim_matches('\n');
        blocks.push(format!("{fence}{language}\n{text}\n{fence}"));
    }

    /// Lines of verse keep their ends.
    fn verse(&self, node: At<'_>, blocks: &mut Vec<String>) {
        let walk = Walk {
            reading: Reading {
                lines: true,
                ..self.reading
            },
        };
        blocks.extend(walk.flow(node.children().collect(), &[], DEEPEST - 4));
    }

    fn table(&self, node: At<'_>, blocks: &mut Vec<String>, depth: usize) {
        let shown = !tree::is_blank(&tree::text(node)) || holds(node, "img");
        if let Some(rows) = tables::rows(node) {
            let cell = |cell: At<'_>| {
                let nodes: Vec<At<'_>> = cell.children().collect();
                let pieces = self.pieces(&nodes, &[], depth);
                line::line(&tidy::tidy(pieces), Place::Cell)
            };
            blocks.push(tables::markdown(&rows, &cell));
        } else if shown {
            blocks.push(raw::block(node, &self.reading));
        }
    }

    /// A picture with a plain line below it is one in Markdown; other figures give up their
    /// frame, unless a picture or player would lose its line.
    fn figure(&self, node: At<'_>, blocks: &mut Vec<String>, around: &[Mark], depth: usize) {
        let caption = node
            .children()
            .find(|child| name(*child) == Some("figcaption"));
        let images: Vec<At<'_>> = node
            .descendants()
            .filter(|n| name(*n) == Some("img"))
            .collect();
        let player = node
            .descendants()
            .find(|n| matches!(name(*n), Some("audio" | "video")));
        let rest: String = node
            .children()
            .filter(|child| Some(*child) != caption)
            .map(tree::text)
            .collect();
        if let Some(player) = player
            && tree::is_blank(&rest)
            && images.is_empty()
        {
            return blocks.extend(raw::player(player, caption, &self.reading));
        }
        if let ([image], true) = (&images[..], tree::is_blank(&rest))
            && let Some(text) = self.captioned(*image, caption)
        {
            return blocks.push(text);
        }
        let simple = node.children().all(|child| {
            !name(child).is_some_and(|n| {
                matches!(
                    n,
                    "figure" | "blockquote" | "table" | "pre" | "ul" | "ol" | "div" | "iframe"
                )
            })
        });
        if let Some(caption) = caption
            && !tree::is_blank(&tree::text(caption))
        {
            if images.len() == 1 && simple {
                return blocks.push(raw::block(node, &self.reading));
            }
            let is_below = |caption: At<'_>| {
                let mut after = caption.next_siblings().map(tree::text);
                after.all(|text| tree::is_blank(&text))
            };
            if has_class(node, "wp-block-embed") && is_below(caption) {
                return self.captioned_embed(node, caption, blocks, depth);
            }
        }
        blocks.extend(self.below(node, around, depth));
    }

    /// What is shown of another page, in a frame for the line below it.
    fn captioned_embed(
        &self,
        node: At<'_>,
        caption: At<'_>,
        blocks: &mut Vec<String>,
        depth: usize,
    ) {
        let shown = node.children().filter(|child| *child != caption);
        blocks.push("<figure>".into());
        blocks.extend(self.flow(shown.collect(), &[], depth));
        let caption = raw::inside(caption, &self.reading);
        blocks.push(format!("<figcaption>{caption}</figcaption>\n</figure>"));
    }

    /// A picture with its caption in plain words, in its link if that leads anywhere else.
    pub(super) fn captioned(&self, image: At<'_>, caption: Option<At<'_>>) -> Option<String> {
        let mut anchors = Vec::new();
        let link = galleries::link_around(image).and_then(|link| self.link(link, &mut anchors));
        let plain =
            caption.is_none_or(|caption| caption.children().all(|child| child.value().is_text()));
        if !anchors.is_empty() || !plain {
            return None;
        }
        let text = caption.map(tree::text).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let picture = line::image(&self.picture(image)?, &text, Place::Paragraph);
        Some(match link {
            Some(link) => line::enclosed(&picture, &link),
            None => picture,
        })
    }
}

/// Whether a part that can be opened says first what it holds; else a browser makes that up.
fn begins_with_summary(node: At<'_>) -> bool {
    let shown = |child: &At<'_>| {
        !child
            .value()
            .as_text()
            .is_some_and(|text| tree::is_blank(text))
    };
    node.children().find(shown).and_then(name) == Some("summary")
}

fn holds(node: At<'_>, element: &str) -> bool {
    node.descendants()
        .any(|below| matches!(below.value(), Node::Element(e) if e.name() == element))
}

/// The language a class of code names, as highlighters write it.
fn language(class: &str) -> Option<&str> {
    class.split_ascii_whitespace().find_map(|class| {
        let name = class
            .strip_prefix("language-")
            .or_else(|| class.strip_prefix("lang-"))?;
        name.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+#-".contains(&b))
            .then_some(name)
    })
}

/// Lines as a quotation.
fn quoted(text: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            ">".to_owned()
        } else {
            format!("> {line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
