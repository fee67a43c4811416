//! Headings, with levels that fit the page and ids to point at.

use pulldown_cmark::{Event, HeadingLevel};
use pulldown_cmark_escape::escape_html;

use super::plain;
use super::writer::{Content, Writer};

const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// A heading whose id is not known before its text is.
pub(super) struct Title {
    /// Where its tag begins, where attributes go, where its content begins.
    start: usize,
    attributes: usize,
    content: usize,
    id: Option<String>,
    classes: Vec<String>,
    text: String,
}

impl Writer<'_> {
    /// Ids are made of all text of a heading, that of pictures too.
    pub(super) fn title_text(&mut self, event: &Event<'_>) {
        if let Some(title) = self.title.as_mut().filter(|_| self.silent.is_none()) {
            plain::push(&mut title.text, event);
        }
    }

    pub(super) fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<String>,
        classes: Vec<String>,
    ) {
        self.block();
        let start = self.out.len();
        let written = level as u8;
        let given = if self.article() {
            self.levels.next(written)
        } else {
            written
        };
        let name = NAMES[usize::from(given.clamp(1, 6)) - 1];
        self.out.push('<');
        self.out.push_str(name);
        let attributes = self.out.len();
        self.out.push('>');
        let content = self.out.len();
        self.push(name, Content::Phrasing);
        self.title = Some(Title {
            start,
            attributes,
            content,
            id,
            classes,
            text: String::new(),
        });
    }

    pub(super) fn end_heading(&mut self) {
        self.silent = None;
        let Some(title) = self.title.take() else {
            return self.pop();
        };
        let empty = title.text.trim().is_empty();
        self.close_raw_open();
        if empty && self.article() {
            // A heading without text is a hole in every table of contents.
            self.open.pop();
            if self.out.len() == title.content {
                self.out.truncate(title.start);
            } else {
                self.out.replace_range(title.start..title.content, "<p>");
                self.out.push_str("</p>\n");
            }
            return;
        }
        let mut attributes = String::new();
        if (self.article() || title.id.is_some()) && !self.notes.writing {
            let id = self.anchors.heading(title.id.as_deref(), &title.text);
            attributes.push_str(" id=\"");
            let _ = escape_html(&mut attributes, &id);
            attributes.push('"');
        }
        if !title.classes.is_empty() {
            attributes.push_str(" class=\"");
            let _ = escape_html(&mut attributes, &title.classes.join(" "));
            attributes.push('"');
        }
        self.out.insert_str(title.attributes, &attributes);
        self.pop();
        self.out.push('\n');
    }

    /// Headings of the author's keep the order of levels of the others.
    pub(super) fn raw_level(&mut self, name: &'static str) -> &'static str {
        let Some(level) = NAMES.iter().position(|heading| *heading == name) else {
            return name;
        };
        match u8::try_from(level + 1) {
            Ok(level) if self.article() => NAMES[usize::from(self.levels.next(level)) - 1],
            _ => name,
        }
    }
}
