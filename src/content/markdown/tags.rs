//! The tags of the author's that pass, written anew.

use pulldown_cmark_escape::{escape_href, escape_html};

use super::allowed::{self, Element, Model};
use super::plain;
use super::reference::{Reach, ReferenceKind, Target, host, reach};
use super::tokens::OpenTag;
use super::writer::Writer;

/// The longest value of an attribute, in characters.
const LONGEST: usize = 8192;

impl Writer<'_> {
    pub(super) fn raw_tag(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        let name = element.name;
        let written = self.written_name(name, tag);
        self.out.push('<');
        self.out.push_str(written);
        if name == "aside" {
            self.out.push_str(" role=\"note\"");
        }
        if name == "details" && tag.attributes.iter().any(|(name, _)| name == "open") {
            self.out.push_str(" open");
        }
        // It scrolls, and not every reader has a mouse.
        if name == "pre" && self.article() {
            self.out.push_str(" tabindex=\"0\"");
        }
        self.attributes(element, tag);
        self.scope(name, tag);
        self.out.push('>');
        if element.model != Model::Void {
            self.push_raw(element, written, false);
        }
    }

    /// What is written for an element that passes but would not be valid as it is.
    fn written_name(&mut self, name: &'static str, tag: &OpenTag<'_>) -> &'static str {
        match name {
            // A landmark without a name of its own is one too many.
            "aside" => "div",
            // Without a date for machines, its text would have to be one.
            "time" if !has_date(tag) => "span",
            name => self.raw_level(name),
        }
    }

    pub(super) fn raw_link(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        let href = tag.attributes.iter().find(|(name, _)| name == "href");
        let target = href.map(|(_, href)| self.target(ReferenceKind::Link, &plain::decode(href)));
        let (name, alive) = match &target {
            Some(Target::Url(url) | Target::Elsewhere(url) | Target::Picture(url, _)) => {
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

    pub(super) fn raw_image(&mut self, element: &'static Element, tag: &OpenTag<'_>) {
        let value = |name: &str| {
            tag.attributes
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| *v)
        };
        let alt = plain::decode(value("alt").unwrap_or_default());
        let src = value("src").map(|src| self.target(ReferenceKind::Image, &plain::decode(src)));
        let (url, size) = match src {
            Some(Target::Url(url)) => (url, None),
            Some(Target::Picture(url, size)) => (url, Some(size)),
            Some(Target::Elsewhere(url)) => {
                self.raw_id(element, tag);
                let title = plain::decode(value("title").unwrap_or_default());
                return self.distant_picture(&url, [&alt, &title]);
            }
            _ => {
                self.raw_id(element, tag);
                return self.text(&alt);
            }
        };
        self.out.push_str("<img src=\"");
        let _ = escape_href(&mut self.out, &url);
        self.out.push('"');
        self.attribute("alt", &alt);
        self.attributes(element, tag);
        // What the author says of the size stands.
        let says = |name| value(name).is_some_and(|v| allowed::value(element, name, v).is_some());
        let sized = says("width") || says("height");
        self.size_and_time(size.filter(|_| !sized));
        self.out.push('>');
        self.ink += usize::from(!alt.is_empty());
    }

    /// The attributes that pass, each once; destinations are written by the caller.
    pub(super) fn attributes(&mut self, element: &Element, tag: &OpenTag<'_>) {
        if let Some(id) = self.raw_id(element, tag) {
            self.attribute("id", &id);
        }
        let mut written = vec!["alt", "href", "id", "name", "open", "poster", "src"];
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

    pub(super) fn raw_id(&mut self, element: &Element, tag: &OpenTag<'_>) -> Option<String> {
        raw_id(element, tag).filter(|id| self.anchors.claim(id))
    }

    /// Writes ` name="value"`. What is longer than a chapter describes nothing.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        let end = value
            .char_indices()
            .nth(LONGEST)
            .map_or(value.len(), |(end, _)| end);
        let value = &value[..end];
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        let _ = escape_html(&mut self.out, value);
        self.out.push('"');
    }

    /// A link to another host is a link; a picture, film or sound of one is only shown outside a
    /// page.
    fn elsewhere(&self, kind: ReferenceKind, url: String) -> Target {
        let fetched = kind != ReferenceKind::Link && self.article();
        if fetched {
            Target::Elsewhere(url)
        } else {
            Target::Url(url)
        }
    }

    /// A picture of another host, as a link to it. It is named by the first of its names that says
    /// anything, else by its host: nobody can read or listen to a whole address. Within a link it
    /// is its name alone.
    pub(super) fn distant_picture(&mut self, url: &str, names: [&str; 2]) {
        let name = names.into_iter().find(|name| !name.trim().is_empty());
        let label = match (name, host(url)) {
            (Some(name), _) => name.to_owned(),
            (None, Some(host)) => self.options.labels.picture_at.replace("{host}", host),
            (None, None) => url.to_owned(),
        };
        if self.links > 0 {
            return self.text(&label);
        }
        self.out.push_str("<a class=\"distant-picture\" href=\"");
        let _ = escape_href(&mut self.out, url);
        self.out.push_str("\">");
        self.text(&label);
        self.out.push_str("</a>");
    }

    /// What the caller makes of a destination.
    pub(super) fn target(&self, kind: ReferenceKind, destination: &str) -> Target {
        match self.options.reach(destination) {
            Reach::Refused => Target::Dead,
            Reach::External => self.elsewhere(kind, destination.trim().to_owned()),
            Reach::Internal => match (self.resolve)(kind, destination) {
                Target::Url(url) | Target::Elsewhere(url) | Target::Picture(url, _)
                    if reach(&url) == Reach::Refused =>
                {
                    Target::Dead
                }
                Target::Elsewhere(url) => self.elsewhere(kind, url),
                target => target,
            },
        }
    }
}

fn has_date(tag: &OpenTag<'_>) -> bool {
    let date = tag.attributes.iter().find(|(name, _)| name == "datetime");
    date.is_some_and(|(_, date)| allowed::is_date(date.trim()))
}

/// The id an element asks for; old pages name their anchors.
pub(super) fn raw_id(element: &Element, tag: &OpenTag<'_>) -> Option<String> {
    let attribute = |name: &str| tag.attributes.iter().find(|(n, _)| n == name);
    let name = attribute("name").filter(|_| element.name == "a");
    let (_, id) = attribute("id").or(name)?;
    allowed::value(element, "id", &plain::decode(id)).map(str::to_owned)
}
