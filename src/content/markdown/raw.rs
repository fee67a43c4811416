//! HTML of the author's in the text: read, held against the list, written anew.
//!
//! Every tag written here is closed in the right order and stands where it may, so that the
//! sanitizer, which reads the whole as a browser would, finds nothing to repair: its repairs
//! can take time that grows with the square of the text.

use pulldown_cmark_escape::{escape_href, escape_html};

use super::RawHtml;
use super::allowed::{self, Element, Model, Place};
use super::plain;
use super::reference::{Reach, ReferenceKind, Target};
use super::tokens::{OpenTag, Token, Tokens, is_silent};
use super::writer::{Content, Open, Writer};

/// How many elements of the author's may be open at once.
const OPEN: usize = 100;

impl Writer<'_> {
    /// One tag within a line.
    pub(super) fn inline_html(&mut self, html: &str) {
        match self.options.html {
            RawHtml::Trust => self.out.push_str(html),
            RawHtml::Escape => self.text(html),
            RawHtml::Sanitize => {
                for (_, token) in Tokens::new(html) {
                    if let Token::Open(tag) = &token
                        && is_silent(&tag.name)
                    {
                        self.silent = Some(tag.name.clone());
                    }
                    if let Token::Close(name) = &token
                        && self.silent.as_ref() == Some(name)
                    {
                        self.silent = None;
                    }
                    if self.silent.is_none() {
                        self.token(token);
                    }
                }
            }
        }
    }

    /// A whole block.
    pub(super) fn html_block(&mut self, html: &str) {
        match self.options.html {
            RawHtml::Trust => self.out.push_str(html),
            RawHtml::Escape => {
                self.out.push_str("<p>");
                self.text(html.trim_end());
                self.out.push_str("</p>\n");
            }
            RawHtml::Sanitize => Tokens::new(html).for_each(|(_, token)| self.token(token)),
        }
    }

    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.raw_text(text),
            Token::Open(tag) => {
                if let Some(element) = allowed::element(&tag.name) {
                    self.open_raw(element, &tag);
                }
            }
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
        self.text(&plain::decode(text));
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
        let Some(open) = self.open.last_mut() else {
            return;
        };
        if !open.wants_summary {
            return;
        }
        open.wants_summary = false;
        if next != "summary" {
            self.out.push_str("<summary>");
            self.label(|labels| &labels.details);
            self.out.push_str("</summary>");
        }
    }

    /// Closes and opens what must be before a block of Markdown can stand here.
    pub(super) fn prepare_flow(&mut self) {
        while let Some(open) = self.open.last() {
            match open.content {
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

    fn open_raw(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        if element.place != Place::Phrasing {
            self.make_room(element);
        }
        while self
            .open
            .last()
            .is_some_and(|o| o.raw && allowed::ends_before(o.name, element.name))
        {
            self.close_last();
        }
        if element.place == Place::Flow || element.place == Place::Phrasing {
            self.imply_part();
        }
        let around = self.open.last().map_or(Content::Flow, |open| open.content);
        let fits = match element.place {
            Place::Flow => around == Content::Flow,
            Place::Phrasing => around != Content::Parts,
            Place::In(places) => self
                .open
                .last()
                .is_some_and(|o| o.raw && places.contains(&o.close)),
        };
        let nested_link = element.name == "a" && self.links > 0;
        if !fits || nested_link || self.raw_open >= OPEN {
            // Its closing tag must not close another element of the same name.
            if self.raw_open < OPEN && element.model != Model::Void {
                self.push_raw(element, "", false);
            }
            // Whether it is written or not, its id counts as given: a scan promised so.
            self.raw_id(element, tag);
            return;
        }
        self.imply_summary(element.name);
        self.has_raw = true;
        match element.name {
            "a" => self.raw_link(element, tag),
            "img" => self.raw_image(element, tag),
            name => {
                let written = self.raw_level(name);
                self.out.push('<');
                self.out.push_str(written);
                if name == "details" && tag.attributes.iter().any(|(name, _)| name == "open") {
                    self.out.push_str(" open");
                }
                self.attributes(element, tag);
                self.scope(name, tag);
                self.out.push('>');
                if element.model != Model::Void {
                    self.push_raw(element, written, false);
                }
            }
        }
    }

    fn raw_link(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        let href = tag.attributes.iter().find(|(name, _)| name == "href");
        let target = href.map(|(_, href)| self.target(ReferenceKind::Link, &plain::decode(href)));
        let (name, alive) = match &target {
            Some(Target::Url(url)) => {
                self.out.push_str("<a href=\"");
                // Writing to a string cannot fail.
                let _ = escape_href(&mut self.out, url);
                self.out.push('"');
                ("a", true)
            }
            Some(Target::Dead) => {
                self.out.push_str("<span class=\"dead-link\"");
                ("span", false)
            }
            None => {
                self.out.push_str("<span");
                ("span", false)
            }
        };
        if target != Some(Target::Dead) {
            self.attributes(element, tag);
        } else if let Some(id) = self.raw_id(element, tag) {
            self.attribute("id", &id);
        }
        self.out.push('>');
        self.push_raw(element, name, alive);
    }

    fn raw_image(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        let value = |name: &str| {
            tag.attributes
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| *v)
        };
        let alt = plain::decode(value("alt").unwrap_or_default());
        let src = value("src").map(|src| self.target(ReferenceKind::Image, &plain::decode(src)));
        let Some(Target::Url(url)) = src else {
            self.raw_id(element, tag);
            return self.text(&alt);
        };
        self.out.push_str("<img src=\"");
        let _ = escape_href(&mut self.out, &url);
        self.out.push('"');
        self.attribute("alt", &alt);
        self.attributes(element, tag);
        if self.article() {
            self.out.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        self.out.push('>');
        self.ink += usize::from(!alt.is_empty());
    }

    /// The attributes that pass, each once; destinations are written by the caller.
    fn attributes(&mut self, element: &Element, tag: &OpenTag<'_>) {
        if let Some(id) = self.raw_id(element, tag) {
            self.attribute("id", &id);
        }
        let mut written = vec!["alt", "href", "id", "name", "open", "src"];
        for (name, raw) in &tag.attributes {
            if written.contains(&name.as_str()) {
                continue;
            }
            let decoded = plain::decode(raw);
            if let Some(value) = allowed::value(element, name, &decoded) {
                self.attribute(name, value);
                written.push(name);
            }
        }
    }

    /// A header cell says of what: of its column in the first row and the head, else of its row.
    fn scope(&mut self, name: &str, tag: &OpenTag<'_>) {
        match name {
            "table" => self.raw_rows = 0,
            "tr" => self.raw_rows += 1,
            "th" if !tag.attributes.iter().any(|(name, _)| name == "scope") => {
                let head = self
                    .open
                    .iter()
                    .rev()
                    .take(2)
                    .any(|open| open.name == "thead");
                let scope = if head || self.raw_rows <= 1 {
                    "col"
                } else {
                    "row"
                };
                self.attribute("scope", scope);
            }
            _ => {}
        }
    }

    fn raw_id(&mut self, element: &Element, tag: &OpenTag<'_>) -> Option<String> {
        raw_id(element, tag).filter(|id| self.anchors.claim(id))
    }

    /// Writes ` name="value"`.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        let _ = escape_html(&mut self.out, value);
        self.out.push('"');
    }

    fn push_raw(&mut self, element: &'static Element, close: &'static str, link: bool) {
        let around = self.open.last().map_or(Content::Flow, |open| open.content);
        let content = match element.model {
            // An element that is not written changes nothing.
            _ if close.is_empty() => around,
            Model::Flow => Content::Flow,
            Model::Parts => Content::Parts,
            Model::Transparent => around,
            Model::Phrasing | Model::Void => Content::Phrasing,
        };
        let soft = close.is_empty() || element.place == Place::Phrasing || element.name == "p";
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

    /// What the caller makes of a destination.
    pub(super) fn target(&self, kind: ReferenceKind, destination: &str) -> Target {
        use super::reference::reach;
        match reach(destination) {
            Reach::Refused => Target::Dead,
            Reach::External => Target::Url(destination.trim().to_owned()),
            Reach::Internal => match (self.resolve)(kind, destination) {
                Target::Url(url) if reach(&url) == Reach::Refused => Target::Dead,
                target => target,
            },
        }
    }
}

/// The id an element asks for; old pages name their anchors.
pub(super) fn raw_id(element: &Element, tag: &OpenTag<'_>) -> Option<String> {
    let attribute = |name: &str| tag.attributes.iter().find(|(n, _)| n == name);
    let name = attribute("name").filter(|_| element.name == "a");
    let (_, id) = attribute("id").or(name)?;
    allowed::value(element, "id", &plain::decode(id)).map(str::to_owned)
}
