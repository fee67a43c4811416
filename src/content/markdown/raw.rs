//! HTML of the author's in the text: read, held against the list, written anew.
//!
//! Every tag written here is closed in the right order and stands where it may, so that the
//! sanitizer, which reads the whole as a browser would, finds nothing to repair: its repairs
//! can take time that grows with the square of the text.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::RawHtml;
use super::allowed::{self, Element, Model, Place};
use super::embeds::{self, is_media};
use super::plain;
use super::tokens::{OpenTag, Token, Tokens, is_silent};
use super::writer::{Content, Open, Writer};

/// How many elements of the author's may be open at once.
const OPEN: usize = 100;

impl<'a> Writer<'a> {
    /// Writes an event for a scan, and tells of each piece of HTML in it whether it counts. Notes
    /// are written where they stand.
    pub(super) fn counted(&mut self, event: &Event<'a>) -> Vec<bool> {
        self.counted = Some(Vec::new());
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) | Event::End(TagEnd::FootnoteDefinition) => {}
            event => self.event(event.clone()),
        }
        self.counted.take().unwrap_or_default()
    }
}

impl Writer<'_> {
    /// One tag within a line.
    pub(super) fn inline_html(&mut self, html: &str) {
        match self.options.html {
            RawHtml::Trust => {
                self.trusted(html);
                self.out.push_str(html);
            }
            RawHtml::Escape => self.text(html),
            RawHtml::Sanitize => {
                for (_, token) in Tokens::new(html) {
                    self.counting(token, Self::inline_token);
                }
            }
        }
    }

    /// A whole block.
    pub(super) fn html_block(&mut self, html: &str) {
        match self.options.html {
            RawHtml::Trust => {
                self.trusted(html);
                self.out.push_str(html);
            }
            RawHtml::Escape => {
                self.out.push_str("<p>");
                self.text(html.trim_end());
                self.out.push_str("</p>\n");
            }
            RawHtml::Sanitize => {
                Tokens::new(html).for_each(|(_, token)| self.counting(token, Self::token));
                // A player holds no block after this one.
                if self.media.is_some() {
                    self.close_last();
                }
            }
        }
    }

    /// Writes one piece, and tells a scan that asks whether it counts: what stands in a player but
    /// its sources is passed over, and so are players and sources that are not written.
    fn counting(&mut self, token: Token<'_>, write: fn(&mut Self, Token<'_>)) {
        let inside = self.media.is_some();
        let name = match &token {
            Token::Open(tag) => tag.name.clone(),
            _ => String::new(),
        };
        let closes = matches!(token, Token::Close(_));
        write(self, token);
        let plays = self.media.is_some();
        let counts = match name.as_str() {
            "source" | "track" => inside,
            name if is_media(name) => plays && !inside,
            _ if closes => !plays,
            _ => !inside,
        };
        if let Some(counted) = &mut self.counted {
            counted.push(counts);
        }
    }

    /// One piece within a line, where the content of an element may come in other events.
    fn inline_token(&mut self, token: Token<'_>) {
        match &token {
            Token::Open(tag) if self.silent.is_none() => {
                let silent = is_silent(&tag.name) || is_media(&tag.name);
                let silent = silent.then(|| tag.name.clone());
                self.token(token);
                self.silent = silent;
            }
            // The sources of a player count, what is said to those who have none does not.
            Token::Open(tag) if self.media.is_some() => {
                if matches!(tag.name.as_str(), "source" | "track") {
                    self.token(token);
                }
            }
            Token::Open(tag) if tag.name == "embed" && self.silent.as_deref() == Some("object") => {
                self.token(token);
            }
            Token::Close(name) if self.silent.as_ref() == Some(name) => {
                self.silent = None;
                self.token(token);
            }
            _ if self.silent.is_none() => self.token(token),
            _ => {}
        }
    }

    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Text(_) if self.media.is_some() => {}
            Token::Text(text) => self.raw_text(text),
            Token::Open(tag) => match allowed::element(&tag.name) {
                _ if self.media.is_some() && !matches!(tag.name.as_str(), "source" | "track") => {}
                Some(element) => {
                    self.open_raw(element, &tag);
                    if tag.name == "div"
                        && let Some(embed) = embeds::embed(&tag)
                    {
                        self.embed(&embed);
                    }
                }
                None => {
                    if let Some(embed) = embeds::embed(&tag) {
                        self.imply_part();
                        self.imply_summary("");
                        self.embed(&embed);
                    }
                }
            },
            Token::Close(name) => self.close_raw(&name),
        }
    }

    fn raw_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.imply_part();
            self.imply_summary("");
        } else if self.out.is_empty() || self.out.ends_with('\n') {
            return;
        }
        self.running_text(&plain::decode(text));
    }

    /// Lists hold items and nothing else; what stands in one without an item gets one.
    fn imply_part(&mut self) {
        // What was not written has no parts either.
        let part = match self.open.last() {
            Some(open) if open.raw && matches!(open.close, "ul" | "ol") => "li",
            Some(open) if open.raw && open.close == "dl" => "dd",
            _ => return,
        };
        if let Some(element) = allowed::element(part) {
            self.push_raw(element, part, false);
            self.out.push('<');
            self.out.push_str(part);
            self.out.push('>');
        }
    }

    /// `details` begins with a summary.
    pub(super) fn imply_summary(&mut self, next: &str) {
        let mut written = self.open.iter_mut().rev().filter(|open| !open.is_ghost());
        let Some(open) = written.next().filter(|open| open.wants_summary) else {
            return;
        };
        open.wants_summary = false;
        if next != "summary" {
            self.summary();
        }
    }

    pub(super) fn summary(&mut self) {
        self.out.push_str("<summary>");
        self.label(|labels| &labels.details);
        self.out.push_str("</summary>");
    }

    /// Closes and opens what must be before a block of Markdown can stand here.
    pub(super) fn prepare_flow(&mut self) {
        while let Some(open) = self.open.last() {
            match open.content {
                // It could hold a paragraph, but not a table or code that can be scrolled.
                Content::Flow if open.raw && open.link => self.close_last(),
                Content::Flow => break,
                Content::Parts if open.raw && matches!(open.close, "ul" | "ol" | "dl") => {
                    self.imply_part()
                }
                _ if open.raw => self.close_last(),
                _ => break,
            }
        }
        self.imply_summary("");
    }

    /// The same for text of Markdown's: a table holds none but in its cells.
    pub(super) fn prepare_text(&mut self) {
        self.imply_part();
        while self
            .open
            .last()
            .is_some_and(|open| open.raw && open.content == Content::Parts)
        {
            self.close_last();
        }
        self.imply_summary("");
    }

    /// Closes what a browser would close before this element: what may be left unclosed, and
    /// what holds only text where a block begins.
    fn make_room(&mut self, element: &Element) {
        let (mut depth, mut ending) = (0, 0);
        for open in self.open.iter().rev().take_while(|open| open.raw) {
            depth += 1;
            if allowed::ends_before(open.name, element.name) {
                ending = depth;
            } else if !open.soft {
                break;
            }
        }
        if ending == 0 && element.place == Place::Flow {
            let soft = self.open.iter().rev().take_while(|open| open.soft).count();
            let around = self
                .open
                .iter()
                .rev()
                .nth(soft)
                .map_or(Content::Flow, |o| o.content);
            ending = if around == Content::Flow { soft } else { 0 };
        }
        for _ in 0..ending {
            self.close_last();
        }
    }

    /// Takes back a heading or link in which nothing was written: readers would be led to it
    /// for nothing.
    pub(super) fn take_back(&mut self, open: &Open) -> bool {
        let led_to = open.link || (open.close.len() == 2 && open.name.starts_with('h'));
        if !led_to || open.close == "hr" {
            return false;
        }
        let (tag, content) = self.out[open.start..].split_at(open.content_at - open.start);
        let empty = content.trim().is_empty() && !tag.contains(" id=\"");
        if empty {
            self.out.truncate(open.start);
        }
        empty
    }

    fn open_raw(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        if element.place != Place::Phrasing {
            self.make_room(element);
        }
        if !matches!(element.place, Place::In(_)) {
            self.imply_part();
        }
        let around = self.open.last().map_or(Content::Flow, |open| open.content);
        if !self.fits(element, around) || self.raw_open >= OPEN {
            // Its closing tag must not close another element of the same name.
            if self.raw_open < OPEN && element.model != Model::Void && around != Content::Parts {
                self.push_raw(element, "", false);
            }
            // Whether it is written or not, its id counts as given: a scan promised so.
            self.raw_id(element, tag);
            return;
        }
        self.imply_summary(element.name);
        self.has_raw = true;
        let (start, depth) = (self.out.len(), self.open.len());
        match element.name {
            "a" => self.raw_link(element, tag),
            "img" => self.raw_image(element, tag),
            "audio" | "video" => self.open_media(element, tag),
            "source" | "track" => self.source(element, tag),
            _ => self.raw_tag(element, tag),
        }
        if let Some(open) = self.open.get_mut(depth) {
            (open.start, open.content_at) = (start, self.out.len());
        }
    }

    /// Whether the element may stand here.
    fn fits(&self, element: &Element, around: Content) -> bool {
        let last = self.open.last();
        let placed = match element.place {
            Place::Flow => around == Content::Flow,
            Place::Phrasing => around != Content::Parts,
            Place::In(places) => last.is_some_and(|o| o.raw && places.contains(&o.close)),
        };
        placed
            && match element.name {
                "a" | "audio" | "video" => self.links == 0,
                "summary" => last.is_some_and(|open| open.wants_summary),
                _ => true,
            }
    }

    pub(super) fn push_raw(&mut self, element: &'static Element, close: &'static str, link: bool) {
        let around = self.open.last().map_or(Content::Flow, |open| open.content);
        let content = match element.model {
            // An element that is not written changes nothing.
            _ if close.is_empty() => around,
            // A link that leads nowhere is written as one that holds only text.
            _ if close == "span" => Content::Phrasing,
            Model::Flow => Content::Flow,
            Model::Parts => Content::Parts,
            Model::Transparent => around,
            Model::Phrasing | Model::Void => Content::Phrasing,
        };
        let holds = element.model != Model::Parts;
        let soft =
            close.is_empty() || (element.place == Place::Phrasing && holds) || element.name == "p";
        let wants_summary = element.name == "details" && !close.is_empty();
        self.raw_open += 1;
        self.links += usize::from(link);
        let name = element.name;
        self.open.push(Open {
            name,
            close,
            content,
            raw: true,
            soft,
            link,
            wants_summary,
            start: 0,
            content_at: 0,
        });
    }

    /// Closes the last element of this name that the author opened in the same block of
    /// Markdown, and all that was opened in it.
    fn close_raw(&mut self, name: &str) {
        let own = self.open.iter().rev().take_while(|open| open.raw);
        let Some(depth) = own.map(|open| open.name).position(|open| open == name) else {
            return;
        };
        for _ in 0..=depth {
            self.close_last();
        }
    }
}
