//! Lists.

use super::flow::Walk;
use super::tree::{At, attribute, name};

impl Walk<'_> {
    pub(super) fn list(&self, node: At<'_>, ordered: bool, blocks: &mut Vec<String>, depth: usize) {
        let start = attribute(node, "start").and_then(|n| n.parse::<u32>().ok());
        let mut number = start.unwrap_or(1).min(999_000_000);
        // Two lists in a row are one to Markdown unless their marks differ.
        let last = blocks.last().map(String::as_str).unwrap_or_default();
        let dash = if last.starts_with("- ") || last == "-" {
            "*"
        } else {
            "-"
        };
        let stop = if is_numbered(last, '.') { ')' } else { '.' };
        let items = self.items(node, depth);
        let tight = items.iter().all(|inner| match &inner[..] {
            [] | [_] => true,
            [first, second] => !first.starts_with(['<', '|', '`', '>']) && interrupts(second),
            _ => false,
        });
        let between = if tight { "\n" } else { "\n\n" };
        let mut lines = Vec::with_capacity(items.len());
        for inner in items {
            let marker = if ordered {
                format!("{number}{stop} ")
            } else {
                format!("{dash} ")
            };
            number = number.saturating_add(1);
            lines.push(item(&marker, &inner.join(between)));
        }
        if !lines.is_empty() {
            blocks.push(lines.join(between));
        }
    }

    /// What stands in each item of a list. A list that stands between two items belongs to the
    /// one before; anything else there is an item of its own.
    fn items(&self, node: At<'_>, depth: usize) -> Vec<Vec<String>> {
        let mut items: Vec<Vec<String>> = Vec::new();
        let mut loose = Vec::new();
        for child in node.children() {
            let is_list = matches!(name(child), Some("ul" | "ol"));
            if name(child) != Some("li") && !is_list {
                loose.push(child);
                continue;
            }
            let between = self.flow(std::mem::take(&mut loose), &[], depth);
            if !between.is_empty() {
                items.push(between);
            }
            match items.last_mut() {
                Some(last) if is_list => last.extend(self.flow(vec![child], &[], depth)),
                _ if is_list => items.push(self.flow(vec![child], &[], depth)),
                _ => items.push(self.below(child, &[], depth)),
            }
        }
        let rest = self.flow(loose, &[], depth);
        if !rest.is_empty() {
            items.push(rest);
        }
        items
    }
}

/// Lines as the item of a list.
fn item(marker: &str, text: &str) -> String {
    let indent = " ".repeat(marker.len());
    let mut out = marker.to_owned();
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_numbered(block: &str, stop: char) -> bool {
    let rest = block.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < block.len() && rest.starts_with(stop)
}

/// Whether a block is a list that may follow a paragraph without an empty line: its first item
/// shows something and is no other than the first (CommonMark 0.31.2 §5.3).
fn interrupts(block: &str) -> bool {
    let rest = ["- ", "* ", "1. ", "1) "]
        .iter()
        .find_map(|mark| block.strip_prefix(mark));
    rest.is_some_and(|rest| !rest.trim_start().is_empty() && !rest.starts_with('\n'))
}
