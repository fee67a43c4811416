//! The text of an item as Markdown.

use std::collections::BTreeMap;

use serde_json::Value;

use super::blocks::{self, Segment};
use super::embeds::{self, Fetched};
use super::galleries::Files;
use super::media::Media;
use super::places::Places;
use super::shortcodes::{Found, Reader};
use super::survey::Survey;
use crate::import::html::{Addresses, Picture, Reading, markdown};

/// A text, and what was left out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) markdown: String,
    /// Shortcodes and blocks that nobody here knows.
    pub(super) unknown: BTreeMap<String, u64>,
}

/// What an item's addresses become.
#[derive(Debug, Clone, Copy)]
pub(super) struct Old<'a> {
    pub(super) survey: &'a Survey,
    pub(super) media: &'a Media,
}

impl Addresses for Old<'_> {
    fn link(&self, href: &str) -> String {
        let Some(path) = self.survey.places.path(href) else {
            return self.file(href);
        };
        if let Some(number) = Places::number(path) {
            // An address of something that did not come in leads to where it was.
            return match self.survey.included.get(&number) {
                Some(Some(path)) if !path.contains('?') => path.to_string(),
                Some(None) => format!("id:wp-{number}"),
                _ => href.to_owned(),
            };
        }
        if self.survey.places.upload(href).is_some() {
            return self.file(href);
        }
        // The page of a picture showed the picture alone.
        let page = path
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .trim_end_matches('/');
        if let Some(file) = self
            .survey
            .pages
            .get(page)
            .and_then(|id| self.survey.attachments.get(id))
        {
            return self.file(&file.url);
        }
        if path.starts_with('?') || path.contains("/?") {
            href.to_owned()
        } else {
            path.to_owned()
        }
    }

    fn picture(&self, picture: Picture) -> Picture {
        let known = picture
            .number
            .and_then(|number| self.survey.attachments.get(&number));
        let alt = picture.alt.filter(|alt| !alt.trim().is_empty());
        let alt = alt.or_else(|| known.map(|known| known.alt.to_string()));
        Picture {
            src: self.file(&picture.src),
            alt,
            number: picture.number,
        }
    }

    fn file(&self, src: &str) -> String {
        match self.survey.places.upload(src) {
            Some(upload) => self
                .media
                .wanted(&upload)
                .unwrap_or_else(|| self.whole(src)),
            None => self.whole(src),
        }
    }
}

impl Old<'_> {
    /// The address of a file that stays where it was.
    fn whole(&self, src: &str) -> String {
        let src = src.trim();
        if let Some(path) = src.strip_prefix("//") {
            return format!("https://{path}");
        }
        if src.starts_with('/') {
            format!("{}{src}", host(&self.survey.base))
        } else {
            src.to_owned()
        }
    }
}

/// The scheme and host of an address.
fn host(base: &str) -> &str {
    let start = base.find("//").map_or(0, |at| at + 2);
    let end = base
        .get(start..)
        .and_then(|rest| rest.find('/'))
        .map_or(base.len(), |at| start + at);
    base.get(..end).unwrap_or_default()
}

/// The text of the post `post`. `metas` are its custom fields.
pub(super) fn body(content: &str, post: u64, metas: &[(&str, &str)], old: Old<'_>) -> Body {
    let is_fetched = |key: &str| key.starts_with("_oembed_") && !key.starts_with("_oembed_time_");
    let fetched: Vec<&str> = metas
        .iter()
        .filter(|(key, value)| is_fetched(key) && value.contains('<'))
        .map(|(_, value)| *value)
        .collect();
    let fetched = Fetched(&fetched);
    let mut unknown = BTreeMap::new();
    let segments = if blocks::has_blocks(content) {
        blocks::segments(content, old.survey, fetched, &mut unknown)
    } else {
        vec![Segment {
            classic: true,
            html: content.to_owned(),
        }]
    };
    let reader = Reader {
        files: Files {
            survey: old.survey,
            post,
        },
        fetched,
    };
    let mut found = Found::default();
    let mut parts = Vec::new();
    for segment in segments {
        let html = reader.read(&segment.html, &mut found, 0);
        parts.push((segment.classic, embeds::lines(&html, fetched)));
    }
    let mut notes = footnotes(metas);
    notes.append(&mut found.notes);
    let count = parts.len();
    let mut blocks = Vec::new();
    for (index, (classic, html)) in parts.iter().enumerate() {
        let last = index + 1 == count;
        // The notes stand below the last part; all parts may refer to them.
        let reading = Reading {
            lines: *classic,
            addresses: &old,
            notes: &notes,
            below: last,
        };
        let text = markdown(html, &reading);
        if !text.is_empty() {
            blocks.push(text);
        }
    }
    for (name, times) in found.unknown {
        *unknown.entry(format!("[{name}]")).or_default() += times;
    }
    Body {
        markdown: blocks.join("\n\n"),
        unknown,
    }
}

/// The notes of the block editor: `[{"id": "…", "content": "…"}]`.
fn footnotes(metas: &[(&str, &str)]) -> Vec<(String, String)> {
    let Some((_, json)) = metas.iter().find(|(key, _)| *key == "footnotes") else {
        return Vec::new();
    };
    let Ok(Value::Array(notes)) = serde_json::from_str(json) else {
        return Vec::new();
    };
    let text = |note: &Value, key: &str| note.get(key).and_then(Value::as_str).map(str::to_owned);
    notes
        .iter()
        .filter_map(|note| Some((text(note, "id")?, text(note, "content")?)))
        .collect()
}
