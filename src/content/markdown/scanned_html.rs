//! What the author's HTML says about a body: the part of a scan that reads tags.

use super::allowed::{self, is_block};
use super::embeds::{self, is_media};
use super::plain;
use super::scan::Scanner;
use super::tags::raw_id;
use super::tokens::{OpenTag, Token, Tokens, is_silent};
use super::{RawHtml, ReferenceKind};

impl Scanner<'_> {
    pub(super) fn inline_html(&mut self, html: &str, offset: usize) {
        if self.options.html == RawHtml::Escape {
            return;
        }
        let counted = std::mem::take(&mut self.counted);
        for (index, (_, token)) in Tokens::new(html).enumerate() {
            match token {
                Token::Open(tag) => {
                    let silent = is_silent(&tag.name) || is_media(&tag.name);
                    if silent && self.options.html == RawHtml::Sanitize && self.silent.is_none() {
                        self.silent = Some(tag.name.clone());
                    }
                    if counted.get(index) != Some(&false) {
                        self.tag(&tag, offset);
                    }
                }
                Token::Close(name) if self.silent.as_ref() == Some(&name) => self.silent = None,
                _ => {}
            }
        }
    }

    pub(super) fn html_block(&mut self) {
        let Some((html, lines)) = self.html.take() else {
            return;
        };
        if self.options.html == RawHtml::Escape {
            return;
        }
        let mut heading = false;
        let counted = std::mem::take(&mut self.counted);
        for (index, (at, token)) in Tokens::new(&html).enumerate() {
            if counted.get(index) == Some(&false) {
                continue;
            }
            match token {
                Token::Text(text) if !heading => {
                    let text = plain::decode(text);
                    self.words.add(&text);
                    if self.scan.summary.is_empty() && self.notes == 0 {
                        self.paragraph.get_or_insert_default().push_str(&text);
                    }
                }
                Token::Text(text) => self.words.add(&plain::decode(text)),
                Token::Open(tag) => {
                    heading = is_heading(&tag.name) || (heading && !is_block(&tag.name));
                    self.boundary(&tag.name);
                    let line = lines
                        .partition_point(|(start, _)| *start <= at)
                        .saturating_sub(1);
                    let offset = lines
                        .get(line)
                        .map_or(0, |(start, offset)| offset + at - start);
                    self.tag(&tag, offset);
                }
                Token::Close(name) => {
                    self.boundary(&name);
                    heading &= !is_heading(&name);
                }
            }
        }
        self.end_paragraph();
    }

    /// Archives of blogs are often HTML throughout; their first paragraph is a summary too.
    fn boundary(&mut self, name: &str) {
        if is_block(name) {
            self.end_paragraph();
        } else if name == "br" {
            self.words.end();
            if let Some(paragraph) = &mut self.paragraph {
                paragraph.push(' ');
            }
        }
    }

    fn tag(&mut self, tag: &OpenTag<'_>, offset: usize) {
        let sanitize = self.options.html == RawHtml::Sanitize;
        let Some(element) = allowed::element(&tag.name) else {
            if sanitize && self.silent.as_ref().is_none_or(|name| *name == tag.name) {
                match embeds::embed(tag) {
                    Some(embed) => self.reference(ReferenceKind::Link, &embed.address, offset),
                    None => _ = self.removed.entry(tag.name.clone()).or_insert(offset),
                }
            }
            return;
        };
        let plays = matches!(element.name, "audio" | "source" | "track" | "video");
        if self
            .silent
            .as_deref()
            .is_some_and(|name| !(plays && is_media(name)))
        {
            return;
        }
        if let Some(id) = raw_id(element, tag)
            && self.notes == 0
            && self.anchors.claim(&id)
        {
            self.scan.anchors.push(id);
        }
        let (kind, attribute) = match element.name {
            "a" => (ReferenceKind::Link, "href"),
            "img" => (ReferenceKind::Image, "src"),
            "audio" | "source" | "track" | "video" => (ReferenceKind::Media, "src"),
            _ => return,
        };
        // What is trusted may mean anything to a script of its own; only what leads out is sure.
        let note = match sanitize {
            true => Self::reference,
            false => Self::leading_out,
        };
        let value = |name: &str| tag.attributes.iter().find(|(n, _)| n == name);
        if let Some((_, target)) = value(attribute) {
            note(self, kind, &plain::decode(target), offset);
        }
        if let Some((_, poster)) = value("poster").filter(|_| element.name == "video") {
            note(self, ReferenceKind::Image, &plain::decode(poster), offset);
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether a body may have players, or parts of them.
pub(super) fn may_play(body: &str) -> bool {
    let bytes = body.as_bytes();
    let mut tags = body.match_indices('<').map(|(at, _)| &bytes[at + 1..]);
    tags.any(|tag| {
        ["video", "audio", "source", "track"].iter().any(|name| {
            tag.get(..name.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(name.as_bytes()))
        })
    })
}
