//! `[shortcodes]`: those of WordPress become HTML, unknown ones go and are told, and what only
//! looks like one, such as `[sic]`, is text.

use std::collections::{BTreeMap, BTreeSet};

use super::embeds::{self, Fetched};
use super::galleries::{Files, escaped};

/// How deep shortcodes may stand in one another.
const DEEPEST: usize = 10;

/// What a text was found to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Shortcodes that nobody here knows, and how many of each.
    pub(super) unknown: BTreeMap<String, u64>,
    /// Notes of plug-ins, as HTML.
    pub(super) notes: Vec<(String, String)>,
}

/// What a text is read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) files: Files<'a>,
    pub(super) fetched: Fetched<'a>,
}

/// One shortcode at the beginning of a text.
struct Code<'t> {
    name: &'t str,
    attributes: BTreeMap<String, String>,
    given: Vec<String>,
    closed: bool,
    /// Where it ends, in bytes.
    end: usize,
}

impl Reader<'_> {
    /// The HTML of a text.
    pub(super) fn read(&self, text: &str, found: &mut Found, depth: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut unclosed: BTreeSet<String> = BTreeSet::new();
        while let Some(at) = rest.find(['[', '<']) {
            let (before, here) = rest.split_at(at);
            out.push_str(before);
            if let Some(length) = comment(here) {
                let (comment, after) = here.split_at(length);
                out.push_str(comment);
                rest = after;
                continue;
            }
            let Some(code) = here.starts_with('[').then(|| code(here)).flatten() else {
                let (sign, after) = here.split_at(1);
                out.push_str(sign);
                rest = after;
                continue;
            };
            let after = here.get(code.end..).unwrap_or_default();
            // [[name]] is how WordPress writes about a shortcode.
            if out.ends_with('[') && after.starts_with(']') {
                out.pop();
                out.push_str(here.get(..code.end).unwrap_or_default());
                rest = after.get(1..).unwrap_or_default();
                continue;
            }
            let closing = format!("[/{}]", code.name);
            let close = if code.closed || unclosed.contains(code.name) {
                None
            } else {
                after.find(&closing)
            };
            if close.is_none() {
                unclosed.insert(code.name.to_owned());
            }
            let inner = close.and_then(|close| after.get(..close));
            let shown = (depth < DEEPEST)
                .then(|| self.shown(&code, inner, found, depth))
                .flatten();
            match shown {
                Some(html) => {
                    out.push_str(&html);
                    let end = close.map_or(0, |close| close + closing.len());
                    rest = after.get(end..).unwrap_or_default();
                }
                None => {
                    let (sign, after) = here.split_at(1);
                    out.push_str(sign);
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// What a shortcode becomes; `None` if it is text.
    fn shown(
        &self,
        code: &Code<'_>,
        inner: Option<&str>,
        found: &mut Found,
        depth: usize,
    ) -> Option<String> {
        let name = code.name.to_ascii_lowercase();
        let html = match name.as_str() {
            "caption" | "wp_caption" => caption(
                code.attribute("caption"),
                &self.read(inner?, found, depth + 1),
            ),
            "gallery" => self.files.gallery(&code.attributes),
            "playlist" => self.files.playlist(&code.attributes),
            "audio" | "video" => self.files.player(&name, &code.attributes, &code.given),
            "code" | "sourcecode" | "source" | "cc" | "highlight" if inner.is_some() => {
                preformatted(inner?, code.attribute("lang"), code.attribute("language"))
            }
            "pullquote" if inner.is_some() => {
                let text = self.read(inner?, found, depth + 1);
                format!("<div class=\"wp-block-pullquote\"><blockquote>{text}</blockquote></div>")
            }
            "footnote" | "footnotes" | "ref" | "fn" | "efn_note" if inner.is_some() => {
                let note = self.read(inner?, found, depth + 1);
                let mark = format!("code-{}", found.notes.len());
                found.notes.push((mark.clone(), note));
                format!("<sup data-fn=\"{mark}\"></sup>")
            }
            name => match page(name, code, inner) {
                Some(page) => format!(
                    "\n\n{}\n\n",
                    embeds::embed(&page.replace("&amp;", "&"), self.fetched)
                ),
                None if is_shortcode(code, inner.is_some()) => {
                    *found.unknown.entry(code.name.to_owned()).or_default() += 1;
                    inner
                        .map(|inner| self.read(inner, found, depth + 1))
                        .unwrap_or_default()
                }
                None => return None,
            },
        };
        Some(html)
    }
}

impl Code<'_> {
    fn attribute(&self, key: &str) -> &str {
        self.attributes
            .get(key)
            .map(String::as_str)
            .unwrap_or_default()
    }
}

/// Shortcodes that show a page of another host.
const EMBEDS: &[&str] = &[
    "embed",
    "youtube",
    "vimeo",
    "dailymotion",
    "soundcloud",
    "spotify",
    "ted",
    "tweet",
    "twitter",
    "instagram",
    "facebook",
    "tiktok",
    "googlemaps",
    "iframe",
    "slideshare",
    "scribd",
    "kickstarter",
    "wpvideo",
];

/// The page that an embedding shortcode shows, where it says which.
fn page(name: &str, code: &Code<'_>, inner: Option<&str>) -> Option<String> {
    if !EMBEDS.contains(&name) {
        return None;
    }
    let inner = inner
        .map(str::trim)
        .filter(|text| text.contains("//") && !text.contains(char::is_whitespace));
    let named = ["url", "src", "href", "link"]
        .iter()
        .map(|key| code.attribute(key));
    let given = code.given.iter().map(String::as_str);
    let address = named.chain(given).find(|value| value.contains("//"));
    if let Some(address) = address.or(inner) {
        return Some(address.to_owned());
    }
    let id = code.given.first().or(code.attributes.get("id"))?;
    match name {
        "vimeo" => Some(format!("https://vimeo.com/{id}")),
        "youtube" => Some(format!("https://www.youtube.com/watch?v={id}")),
        _ => None,
    }
}

/// Names that are shortcodes of widely used plug-ins even where they stand alone.
const KNOWN: &[&str] = &[
    "ad",
    "ads",
    "adsense",
    "archives",
    "clear",
    "contact-form",
    "contact-form-7",
    "displays",
    "divider",
    "dropcap",
    "hr",
    "jetpack-related-posts",
    "jetpack_subscription_form",
    "latest-posts",
    "membership",
    "more",
    "nextpage",
    "page-break",
    "polldaddy",
    "print-me",
    "randompost",
    "recent-posts",
    "related",
    "related-posts",
    "share",
    "sharethis",
    "simple-sitemap",
    "sitemap",
    "slideshow",
    "social",
    "spacer",
    "subscribe",
    "subscribe2",
    "toc",
    "wp-sitemap",
    "wpforms",
];

/// Whether brackets are a shortcode though nobody here knows it. WordPress shows what no plug-in
/// asked for as text, and people write `[sic]`.
fn is_shortcode(code: &Code<'_>, closes: bool) -> bool {
    closes
        || code.closed
        || !code.attributes.is_empty()
        || code.name.contains('_')
        || (code.given.is_empty() && KNOWN.contains(&code.name.to_ascii_lowercase().as_str()))
}

fn caption(attribute: &str, inner: &str) -> String {
    let picture = inner
        .find("<img")
        .and_then(|at| Some(at + inner.get(at..)?.find('>')? + 1));
    let picture = picture.map(|end| {
        let rest = inner.get(end..).unwrap_or_default();
        let space = rest.len() - rest.trim_start().len();
        if rest.trim_start().starts_with("</a>") {
            end + space + 4
        } else {
            end
        }
    });
    let (picture, text) = inner.split_at(picture.unwrap_or(0));
    let text = if text.trim().is_empty() {
        attribute
    } else {
        text
    };
    format!(
        "\n\n<figure>{picture}<figcaption>{}</figcaption></figure>\n\n",
        text.trim()
    )
}

fn preformatted(text: &str, lang: &str, language: &str) -> String {
    let language = if language.is_empty() { lang } else { language };
    let text = if text.contains("&lt;") || text.contains("&gt;") {
        text.to_owned()
    } else {
        text.replace('<', "&lt;").replace('>', "&gt;")
    };
    format!(
        "\n\n<pre><code class=\"language-{}\">{text}</code></pre>\n\n",
        escaped(language)
    )
}

/// The length of an HTML comment at the beginning of a text.
fn comment(text: &str) -> Option<usize> {
    text.starts_with("<!--")
        .then(|| text.find("-->").map_or(text.len(), |end| end + 3))
}

/// The shortcode at the beginning of a text: `[name key="value" given /]`.
fn code(text: &str) -> Option<Code<'_>> {
    let rest = text.strip_prefix('[')?;
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))?;
    let (name, mut rest) = rest.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !rest.starts_with([']', ' ', '\n', '\t', '\r', '/', '=', '\u{A0}'])
    {
        return None;
    }
    let mut code = Code {
        name,
        attributes: BTreeMap::new(),
        given: Vec::new(),
        closed: false,
        end: 0,
    };
    // [youtube=https://…], as WordPress.com writes it.
    if let Some(after) = rest.strip_prefix('=') {
        let end = after.find(']')?;
        let (value, after) = after.split_at(end);
        code.given.push(unquoted(value).to_owned());
        rest = after;
    }
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/]") {
            code.closed = true;
            code.end = text.len() - after.len();
            return Some(code);
        }
        if let Some(after) = rest.strip_prefix(']') {
            code.end = text.len() - after.len();
            return Some(code);
        }
        if rest.is_empty() || text.len() - rest.len() > 20_000 {
            return None;
        }
        rest = part(rest, &mut code)?;
    }
}

/// Takes one part of a shortcode and gives what follows.
fn part<'t>(rest: &'t str, code: &mut Code<'_>) -> Option<&'t str> {
    let length = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(rest.len());
    let (key, after) = rest.split_at(length);
    let value = after.trim_start().strip_prefix('=').map(str::trim_start);
    if let Some(value) = value.filter(|_| !key.is_empty()) {
        let (value, after) = quoted(value)?;
        code.attributes
            .insert(key.to_ascii_lowercase(), value.to_owned());
        return Some(after);
    }
    let (value, after) = quoted(rest)?;
    if value.is_empty() && after.len() == rest.len() {
        return None;
    }
    code.given.push(value.to_owned());
    Some(after)
}

/// A value in quotation marks, typographic ones too, or up to a space or bracket.
fn quoted(text: &str) -> Option<(&str, &str)> {
    for (open, close) in [
        ("\"", "\""),
        ("'", "'"),
        ("&quot;", "&quot;"),
        ("&#8221;", "&#8221;"),
        ("&#8220;", "&#8221;"),
        ("“", "”"),
        ("”", "”"),
        ("″", "″"),
    ] {
        if let Some(rest) = text.strip_prefix(open) {
            let end = rest.find(close)?;
            return Some((rest.get(..end)?, rest.get(end + close.len()..)?));
        }
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, ']' | '[' | '<'))
        .unwrap_or(text.len());
    let (value, after) = text.split_at(end);
    match value.strip_suffix('/') {
        Some(value) if after.starts_with(']') && !value.contains("//") => {
            Some((value, text.get(end - 1..)?))
        }
        _ => Some((value, after)),
    }
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}
