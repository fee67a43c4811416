//! Footnotes: numbered in the order of their first use, collected at the end.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

use super::anchors::slug;
use super::figures::Parts;
use super::writer::Writer;

/// The footnotes of one body.
#[derive(Default)]
pub(super) struct Notes<'a> {
    /// Whether they are being written.
    pub(super) writing: bool,
    /// Definitions by name; the first of a name counts.
    defined: HashMap<String, Vec<Event<'a>>>,
    /// Definitions that are not complete, one in the other.
    reading: Vec<(String, Vec<Event<'a>>)>,
    numbers: HashMap<String, usize>,
    used: Vec<Note>,
    /// References to write behind the link that is open.
    waiting: Vec<String>,
}

struct Note {
    name: String,
    id: String,
    slug: String,
    /// The ids of the references to it.
    references: Vec<String>,
}

impl<'a> Notes<'a> {
    /// Keeps what belongs to a definition; gives back what does not.
    pub(super) fn set_aside(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.reading.push((key(&name), Vec::new()));
                None
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, events)) = self.reading.pop() {
                    self.defined.entry(name).or_insert(events);
                }
                None
            }
            event => match self.reading.last_mut() {
                Some((_, events)) => {
                    events.push(event);
                    None
                }
                None => Some(event),
            },
        }
    }
}

/// Names are compared as those of links are: without regard to case.
fn key(name: &str) -> String {
    name.to_lowercase()
}

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, name: &str) {
        self.ink += 1;
        if self.links > 0 {
            return self.notes.waiting.push(name.to_owned());
        }
        let key = key(name);
        let index = match self.notes.numbers.get(&key) {
            Some(index) => *index,
            None => self.number(key),
        };
        let id = self
            .anchors
            .unique(format!("fnref-{}", self.notes.used[index].slug));
        let note = &mut self.notes.used[index];
        note.references.push(id.clone());
        let href = format!("#{}", note.id);
        self.out.push_str("<sup class=\"footnote-ref\"");
        self.attribute("id", &id);
        self.out.push_str("><a");
        self.attribute("href", &href);
        self.out
            .push_str(&format!(" role=\"doc-noteref\">{}</a></sup>", index + 1));
    }

    fn number(&mut self, name: String) -> usize {
        let index = self.notes.used.len();
        let slug = slug(&name, "note");
        let id = self.anchors.unique(format!("fn-{slug}"));
        self.notes.numbers.insert(name.clone(), index);
        self.notes.used.push(Note {
            name,
            id,
            slug,
            references: Vec::new(),
        });
        index
    }

    /// Writes the references that stood in a link: a link cannot hold another.
    pub(super) fn flush_references(&mut self) {
        for name in std::mem::take(&mut self.notes.waiting) {
            self.note_reference(&name);
        }
    }

    /// Writes the footnotes that were used, and those these use.
    pub(super) fn write_notes(&mut self) {
        if self.notes.used.is_empty() {
            return;
        }
        self.notes.writing = true;
        let mut contents = Vec::new();
        let body = std::mem::take(&mut self.out);
        while let Some(note) = self.notes.used.get(contents.len()) {
            let events = self.notes.defined.remove(&note.name).unwrap_or_default();
            let wanted = self.article();
            for part in Parts::new(events.into_iter(), wanted) {
                self.part(part);
            }
            while !self.open.is_empty() {
                self.close_last();
            }
            contents.push(std::mem::take(&mut self.out));
        }
        self.out = body;
        self.fresh_line();
        self.out
            .push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.label(|labels| &labels.footnotes);
        self.out.push_str("\">\n<ol>\n");
        for (note, content) in std::mem::take(&mut self.notes.used).iter().zip(contents) {
            self.note(note, &content);
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn note(&mut self, note: &Note, content: &str) {
        self.out.push_str("<li");
        self.attribute("id", &note.id);
        self.out.push_str(">\n");
        // The way back stands at the end of the last line, if that is a paragraph.
        let (content, end) = match content.strip_suffix("</p>\n") {
            Some(content) => (content, "</p>\n"),
            None => (content, ""),
        };
        self.out.push_str(content);
        if end.is_empty() {
            self.out.push_str("<p>");
        } else {
            self.out.push(' ');
        }
        for (index, reference) in note.references.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            let number = if index > 0 {
                format!(" {}", index + 1)
            } else {
                String::new()
            };
            self.out.push_str("<a class=\"footnote-back\"");
            self.attribute("href", &format!("#{reference}"));
            self.out.push_str(" role=\"doc-backlink\" aria-label=\"");
            let _ = escape_html(&mut self.out, &self.options.labels.back_to_text);
            self.out.push_str(&number);
            self.out.push_str("\">↩\u{FE0E}");
            self.out.push_str(&number);
            self.out.push_str("</a>");
        }
        self.out.push_str("</p>\n</li>\n");
    }
}
