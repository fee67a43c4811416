//! The body of an item, in the form that keeps most: Markdown, HTML, plain text.

use super::article::Made;
use super::properties::Text;
use crate::import::html;
use crate::import::report::Letters;
use crate::import::text::escape;
use crate::ninjs;

/// Takes one form of the text and leaves the others, which say the same.
pub(super) fn body(texts: Vec<Text>, made: &mut Made) {
    let (role, media) = ninjs::MARKDOWN;
    let is_markdown = |text: &Text| text.media == media || text.role == role;
    let is_plain = |text: &Text| {
        text.media == "text/plain"
            || (text.media.is_empty() && (text.role.contains("text") || text.role.is_empty()))
    };
    let at = texts.iter().position(is_markdown);
    let at = at.or_else(|| texts.iter().position(Text::is_html));
    let at = at.or_else(|| texts.iter().position(is_plain));
    let Some(at) = at.or((!texts.is_empty()).then_some(0)) else {
        return;
    };
    for (index, text) in texts.into_iter().enumerate() {
        if index != at {
            made.unread.push(format!("body_{}", text.role));
            made.dropped += Letters::of(&text.text);
            continue;
        }
        made.draft.body = if is_markdown(&text) {
            text.text
        } else if is_plain(&text) && !text.is_html() {
            paragraphs(&text.text)
        } else {
            markdown(&text.text)
        };
    }
}

/// Plain text in Markdown: an empty line parts paragraphs, and where there is none, every line end
/// does.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    let end = if text.contains("\n\n") { "\n\n" } else { "\n" };
    let blocks = text.split(end).map(|block| {
        let lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(escape).collect::<Vec<_>>().join("\n")
    });
    let blocks: Vec<String> = blocks.filter(|block| !block.is_empty()).collect();
    blocks.join("\n\n") + "\n"
}

/// HTML in Markdown. Of a whole page, what stands in its body.
fn markdown(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let start = lower.find("<body").and_then(|at| {
        let end = lower.get(at..)?.find('>')?;
        Some(at + end + 1)
    });
    let inside = start.and_then(|start| {
        let end = lower.rfind("</body").unwrap_or(text.len());
        text.get(start..end)
    });
    let reading = html::Reading {
        lines: false,
        addresses: &html::AsTheyAre,
        notes: &[],
        below: false,
    };
    html::markdown(inside.unwrap_or(text), &reading) + "\n"
}
