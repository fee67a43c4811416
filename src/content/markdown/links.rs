//! Links.

use pulldown_cmark::LinkType;
use pulldown_cmark_escape::{escape_href, escape_html};

use super::writer::{Content, Open, Writer};
use super::{ReferenceKind, Target};

/// A link that is open.
pub(super) struct Link {
    /// Where its attributes end and its content begins.
    content: usize,
    /// What had been seen before it.
    ink: usize,
    /// What is shown if it has no text.
    destination: String,
    alive: bool,
}

impl Writer<'_> {
    pub(super) fn start_link(&mut self, kind: LinkType, destination: &str, title: &str) {
        // A link within a link is none: only the author's HTML and autolinks can try. Nor is one
        // in a script.
        if self.links > 0 || self.link.is_some() || self.silent.is_some() {
            return self.push("", Content::Phrasing);
        }
        let ink = self.ink;
        let target = if kind == LinkType::Email {
            Target::Url(format!("mailto:{destination}"))
        } else {
            self.target(ReferenceKind::Link, destination)
        };
        let (close, alive) =
            if let Target::Url(url) | Target::Elsewhere(url) | Target::Picture(url, _) = &target {
                self.out.push_str("<a href=\"");
                // Writing to a string cannot fail.
                let _ = escape_href(&mut self.out, url);
                self.out.push('"');
                if !title.is_empty() {
                    self.attribute("title", title);
                }
                ("a", true)
            } else {
                self.out.push_str("<span class=\"dead-link\"");
                ("span", false)
            };
        self.out.push('>');
        self.links += usize::from(alive);
        self.open
            .push(Open::markdown(close, Content::Phrasing, alive));
        let destination = destination.to_owned();
        self.link = Some(Link {
            content: self.out.len(),
            ink,
            destination,
            alive,
        });
    }

    pub(super) fn end_link(&mut self) {
        let own = self.open.iter().rev().find(|open| !open.raw);
        let Some(link) = own
            .filter(|open| !open.close.is_empty())
            .and(self.link.take())
        else {
            return self.pop();
        };
        if self.article() && self.ink == link.ink {
            if self.out.len() == link.content || !link.alive {
                self.text(&link.destination);
            } else {
                // A picture without alternative text: only the destination can name the link.
                let mut label = String::from(" aria-label=\"");
                let _ = escape_html(&mut label, &link.destination);
                label.push('"');
                self.out.insert_str(link.content - 1, &label);
            }
        }
        self.pop();
        self.flush_references();
    }
}
