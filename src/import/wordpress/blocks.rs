//! The comments with which the block editor marks its blocks. What they enclose is HTML already;
//! a few say something that the HTML does not.

use std::collections::BTreeMap;

use serde_json::Value;

use super::embeds::{self, Fetched};
use super::galleries::escaped;
use super::survey::Survey;

/// How often a reusable piece may hold another.
const DEEPEST: usize = 5;

/// Part of a text: blocks, or what was written before there were blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) classic: bool,
    pub(super) html: String,
}

/// A text in its parts, without the comments. `unknown` counts the blocks that show something
/// only WordPress can make: the newest posts, a search form.
pub(super) fn segments(
    text: &str,
    survey: &Survey,
    fetched: Fetched<'_>,
    unknown: &mut BTreeMap<String, u64>,
) -> Vec<Segment> {
    let mut reader = Reader {
        survey,
        fetched,
        unknown,
        segments: Vec::new(),
        open: 0,
    };
    reader.read(text, 0);
    reader.segments
}

/// Whether a text has blocks.
pub(super) fn has_blocks(text: &str) -> bool {
    text.contains("<!-- wp:")
}

struct Reader<'a> {
    survey: &'a Survey,
    fetched: Fetched<'a>,
    unknown: &'a mut BTreeMap<String, u64>,
    segments: Vec<Segment>,
    open: usize,
}

impl Reader<'_> {
    fn push(&mut self, html: &str, classic: bool) {
        match self.segments.last_mut() {
            Some(last) if last.classic == classic => last.html.push_str(html),
            // White space between blocks is no text of its own.
            _ if classic && html.trim().is_empty() => {}
            _ => self.segments.push(Segment {
                classic,
                html: html.to_owned(),
            }),
        }
    }

    fn read(&mut self, text: &str, depth: usize) {
        let mut rest = text;
        while let Some(at) = rest.find("<!-- ") {
            let (before, here) = rest.split_at(at);
            let classic = self.open == 0 && depth == 0;
            self.push(before, classic);
            let Some(end) = here.find("-->") else {
                return self.push(here, classic);
            };
            let (comment, after) = here.split_at(end + 3);
            let inner = comment.get(5..end).unwrap_or_default().trim();
            rest = after;
            if inner.starts_with("/wp:") {
                self.open = self.open.saturating_sub(1);
            } else if let Some(block) = inner.strip_prefix("wp:") {
                self.block(block, after, depth);
            }
        }
        let classic = self.open == 0 && depth == 0;
        self.push(rest, classic);
    }

    /// The opening of a block: `name {"key": "value"} /`.
    fn block(&mut self, block: &str, after: &str, depth: usize) {
        let (block, empty) = match block.strip_suffix('/') {
            Some(block) => (block.trim_end(), true),
            None => (block, false),
        };
        let (name, data) = block.split_once(char::is_whitespace).unwrap_or((block, ""));
        let data: Value = serde_json::from_str(data.trim()).unwrap_or(Value::Null);
        let text = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default();
        let kind = name.strip_prefix("core/").unwrap_or(name);
        if !empty {
            self.open += 1;
            if kind == "cover" && !text("url").is_empty() {
                let end = after.find("<!-- /wp:cover").unwrap_or(after.len());
                let whole = after.get(..end).unwrap_or_default();
                if !whole.contains(text("url").rsplit('/').next().unwrap_or_default())
                    || !whole.contains("<img")
                {
                    self.cover(&data);
                }
            }
            return;
        }
        match kind {
            "block" if depth < DEEPEST => {
                let number = data.get("ref").and_then(Value::as_u64);
                match number.and_then(|number| self.survey.blocks.get(&number)) {
                    Some(piece) => {
                        let piece = piece.clone();
                        self.read(&piece, depth + 1);
                    }
                    None => self.not_shown(name),
                }
            }
            "embed" if !text("url").is_empty() => {
                self.add(&embeds::embed(text("url"), self.fetched))
            }
            kind if kind.starts_with("core-embed/") && !text("url").is_empty() => {
                self.add(&embeds::embed(text("url"), self.fetched));
            }
            "social-link" if !text("url").is_empty() => {
                self.add(&embeds::link(text("url"), text("service")))
            }
            "cover" => self.cover(&data),
            "more" | "nextpage" | "spacer" | "separator" | "footnotes" => {}
            _ => self.not_shown(name),
        }
    }

    fn add(&mut self, html: &str) {
        self.push(&format!("\n{html}\n"), false);
    }

    /// The picture behind a cover, which older versions painted as a background.
    fn cover(&mut self, data: &Value) {
        let url = data.get("url").and_then(Value::as_str).unwrap_or_default();
        if url.is_empty() {
            return;
        }
        let class = data
            .get("id")
            .and_then(Value::as_u64)
            .map(|id| format!(" class=\"wp-image-{id}\""))
            .unwrap_or_default();
        let alt = data.get("alt").and_then(Value::as_str).unwrap_or_default();
        self.add(&format!(
            "<figure><img{class} src=\"{}\" alt=\"{}\"></figure>",
            escaped(url),
            escaped(alt)
        ));
    }

    fn not_shown(&mut self, name: &str) {
        *self.unknown.entry(name.to_owned()).or_default() += 1;
    }
}
