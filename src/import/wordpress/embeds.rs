//! Addresses alone on their lines, which WordPress turns into players and quoted posts.

use scraper::{Html, Selector};

use super::galleries::escaped;

/// What WordPress fetched for the embeds of an item and keeps beside it (`_oembed_…`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Fetched<'a>(pub(super) &'a [&'a str]);

const SOUNDS: [&str; 7] = ["mp3", "m4a", "ogg", "oga", "wav", "flac", "wma"];
const FILMS: [&str; 6] = ["mp4", "m4v", "webm", "ogv", "mov", "wmv"];

/// The ending of a file's name, in lower case.
pub(super) fn ending(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default()
}

pub(super) fn is_sound(address: &str) -> bool {
    SOUNDS.contains(&ending(address).as_str())
}

pub(super) fn is_film(address: &str) -> bool {
    FILMS.contains(&ending(address).as_str())
}

/// The HTML of an address that stands for what it leads to.
pub(super) fn embed(address: &str, fetched: Fetched<'_>) -> String {
    let address = address.trim();
    if is_sound(address) {
        return format!(
            "<figure><audio src=\"{}\"></audio></figure>",
            escaped(address)
        );
    }
    if is_film(address) {
        return format!(
            "<figure><video src=\"{}\"></video></figure>",
            escaped(address)
        );
    }
    let kept = key(address).and_then(|key| fetched.0.iter().find(|html| html.contains(key)));
    if let Some(html) = kept {
        if html.contains("<blockquote") {
            return format!("<div>{}</div>", html);
        }
        if let Some(title) = title(html) {
            return link(address, &title);
        }
    }
    let shown = address.split_once("//").map_or(address, |(_, rest)| rest);
    link(address, shown.trim_end_matches('/'))
}

pub(super) fn link(address: &str, text: &str) -> String {
    format!(
        "<p><a href=\"{}\">{}</a></p>",
        escaped(address),
        escaped(text)
    )
}

/// The part of an address that its provider's own player names too.
fn key(address: &str) -> Option<&str> {
    let parts = address.split(['/', '?', '&', '=', '#']).rev();
    let mut parts = parts.filter(|part| {
        part.len() >= 6
            && part
                .bytes()
                .any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    });
    parts.next().filter(|part| !part.contains('.'))
}

/// What a fetched player calls itself.
fn title(html: &str) -> Option<String> {
    let tree = Html::parse_fragment(html);
    let frames = Selector::parse("iframe[title]").ok()?;
    let title = tree
        .select(&frames)
        .next()?
        .attr("title")?
        .trim()
        .to_owned();
    (!title.is_empty()).then_some(title)
}

/// Replaces each address that has a line for itself.
pub(super) fn lines(html: &str, fetched: Fetched<'_>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut code = 0_usize;
    for line in html.split_inclusive('\n') {
        let text = line.trim();
        let bare = text
            .strip_prefix("<p>")
            .and_then(|rest| rest.strip_suffix("</p>"))
            .unwrap_or(text);
        if code == 0 && is_address(bare) {
            out.push_str("\n\n");
            out.push_str(&embed(&bare.replace("&amp;", "&"), fetched));
            out.push_str("\n\n");
        } else {
            out.push_str(line);
        }
        code += line.matches("<pre").count() + line.matches("<textarea").count();
        code =
            code.saturating_sub(line.matches("</pre").count() + line.matches("</textarea").count());
    }
    out
}

fn is_address(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && text.len() > 10
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '[' | ']'))
}
