//! Takes names out of lists and adds others, in brackets and on lines of their own.

use std::ops::Range;

use super::Entry;
use super::splice::Patch;
use super::tree::{Kind, Node, Style};
use super::write::{self, Place};

/// Where the line begins that byte `at` stands on.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    let before = source.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line after byte `at` begins.
pub(super) fn line_end(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + rest.find('\n').map_or(rest.len(), |end| end + 1)
}

/// A list that is written as one text, after a change. `None` where a name holds what parts them.
pub(super) fn joined(text: &str, separator: &str, entries: &[Entry]) -> Option<String> {
    let parts: Vec<&str> = text
        .split(separator)
        .filter(|part| !part.trim().is_empty())
        .collect();
    let mut new: Vec<String> = Vec::with_capacity(entries.len());
    for entry in entries {
        let (part, name) = match entry {
            Entry::Kept(index) => {
                new.push((*parts.get(*index)?).to_owned());
                continue;
            }
            Entry::Rewritten(index, name) => (*parts.get(*index)?, name),
            Entry::New(name) => (parts.get(1).copied().unwrap_or(" "), name),
        };
        if name.contains(separator) {
            return None;
        }
        let lead = &part[..part.len() - part.trim_start().len()];
        let trail = match entry {
            Entry::Rewritten(..) => &part[part.trim_end().len()..],
            _ => "",
        };
        new.push(format!("{lead}{name}{trail}"));
    }
    Some(new.join(separator).trim().to_owned())
}

/// The style of the last text of a list, in which a further one is written.
fn style(items: &[Node]) -> Style {
    let styles = items.iter().rev().filter_map(|item| match item.kind {
        Kind::Scalar(style @ (Style::Plain | Style::Single | Style::Double | Style::Literal)) => {
            Some(style)
        }
        _ => None,
    });
    styles.into_iter().next().unwrap_or(Style::Plain)
}

/// Changes a list whose names stand behind hyphens, each on its line.
pub(super) fn block(
    source: &str,
    items: &[Node],
    kept: &[bool],
    new: &[&str],
    place: Place,
) -> Option<Vec<Patch>> {
    let mut patches = Vec::new();
    for (item, _) in items.iter().zip(kept).filter(|(_, kept)| !**kept) {
        let start = line_start(source, item.at.start);
        is_hyphen(source.get(start..item.at.start)?).then_some(())?;
        patches.push((start..line_end(source, item.at.end), String::new()));
    }
    if !new.is_empty() {
        let last = items.last()?;
        let start = line_start(source, last.at.start);
        let lead = source.get(start..last.at.start)?;
        is_hyphen(lead).then_some(())?;
        let at = line_end(source, last.at.end);
        let end = if source.get(..at)?.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let style = style(items);
        let lines = new.iter().map(|name| {
            let name = write::text(name, style, place);
            format!("{lead}{name}{end}")
        });
        patches.push((at..at, lines.collect()));
    }
    Some(patches)
}

fn is_hyphen(lead: &str) -> bool {
    lead.trim() == "-"
}

/// Changes a list in brackets.
pub(super) fn flow(
    source: &str,
    node: &Node,
    items: &[Node],
    kept: &[bool],
    new: &[&str],
    place: Place,
) -> Option<Vec<Patch>> {
    let mut patches: Vec<Patch> = Vec::new();
    let last_kept = kept.iter().rposition(|kept| *kept);
    for (index, item) in items.iter().enumerate() {
        if kept.get(index).copied().unwrap_or(true) {
            continue;
        }
        let tail = last_kept.is_none_or(|last| index > last);
        if let Some(line) = own_line(source, node, item) {
            patches.push((line, String::new()));
        } else if tail {
            // What follows the last name that stays goes in one piece.
            let from = last_kept.map_or(node.at.start + 1, |last| items[last].at.end);
            let to = items.last().map_or(from, |item| item.at.end);
            patches.push((from..after_comma(source, to, node), String::new()));
            break;
        } else {
            let comma = after_comma(source, item.at.end, node);
            let rest = source.get(comma..)?;
            let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            patches.push((item.at.start..comma + gap, String::new()));
        }
    }
    if !new.is_empty() {
        let style = style(items);
        let names: Vec<String> = new.iter().map(|n| write::text(n, style, place)).collect();
        patches.push(appended(source, node, items, last_kept, &names)?);
    }
    Some(patches)
}

/// Adds names at the end of a list in brackets, in the way it is laid out.
fn appended(
    source: &str,
    node: &Node,
    items: &[Node],
    last_kept: Option<usize>,
    names: &[String],
) -> Option<Patch> {
    let Some(last) = last_kept.and_then(|last| items.get(last)) else {
        let at = node.at.start + 1;
        return Some((at..at, names.join(", ")));
    };
    if let Some(line) = own_line(source, node, last) {
        let lead = source.get(line.start..last.at.start)?;
        let end = if source.get(..line.end)?.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let comma = after_comma(source, last.at.end, node) > last.at.end;
        let lines: String = names
            .iter()
            .map(|name| format!("{lead}{name},{end}"))
            .collect();
        if comma {
            return Some((line.end..line.end, lines));
        }
        // The comma that the last line lacks, and the rest of that line.
        let rest = source.get(last.at.end..line.end)?;
        let lines = lines.trim_end_matches(['\r', '\n', ',']).to_owned();
        return Some((last.at.end..line.end, format!(",{rest}{lines}{end}")));
    }
    let at = last.at.end;
    Some((at..at, format!(", {}", names.join(", "))))
}

/// The byte after the comma that follows byte `at`, or `at` where none does.
fn after_comma(source: &str, at: usize, node: &Node) -> usize {
    let rest = source.get(at..node.at.end).unwrap_or_default();
    let bare = rest.trim_start();
    if bare.starts_with(',') {
        at + rest.len() - bare.len() + 1
    } else {
        at
    }
}

/// The line of a name that stands alone on it, with its comma and the comment behind it.
fn own_line(source: &str, node: &Node, item: &Node) -> Option<Range<usize>> {
    let start = line_start(source, item.at.start);
    let end = line_end(source, item.at.end);
    let lead = source.get(start..item.at.start)?;
    let trail = source.get(item.at.end..end)?.trim();
    let trail = trail.strip_prefix(',').unwrap_or(trail).trim();
    let alone = lead.trim().is_empty() && (trail.is_empty() || trail.starts_with('#'));
    (alone && start > node.at.start && end < node.at.end).then_some(start..end)
}
