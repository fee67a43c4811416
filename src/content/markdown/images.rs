//! Pictures.

use pulldown_cmark::Event;
use pulldown_cmark_escape::escape_href;

use super::writer::Writer;
use super::{ReferenceKind, Target, plain};

/// A picture whose alternative text is being collected.
pub(super) struct Image {
    destination: String,
    title: String,
    alt: String,
    depth: usize,
}

impl Writer<'_> {
    pub(super) fn start_image(&mut self, destination: &str, title: &str) {
        self.image = Some(Image {
            destination: destination.to_owned(),
            title: title.to_owned(),
            alt: String::new(),
            depth: 0,
        });
    }

    /// Everything within the brackets is text.
    pub(super) fn image_event(&mut self, event: &Event<'_>) {
        self.title_text(event);
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) if image.depth == 0 => self.end_image(),
            Event::End(_) => image.depth -= 1,
            event => plain::push(&mut image.alt, event),
        }
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else {
            return;
        };
        if self.silent.is_some() {
            return;
        }
        let (url, size) = match self.target(ReferenceKind::Image, &image.destination) {
            Target::Url(url) => (url, None),
            Target::Picture(url, size) => (url, Some(size)),
            Target::Elsewhere(url) => {
                return self.distant_picture(&url, [&image.alt, &image.title]);
            }
            Target::Dead => return self.text(&image.alt),
        };
        self.out.push_str("<img src=\"");
        // Writing to a string cannot fail.
        let _ = escape_href(&mut self.out, &url);
        self.out.push('"');
        // What stands below it as well need not be heard twice. A link is named by its picture.
        let said = self.links == 0 && image.alt.trim() == self.caption;
        self.attribute("alt", if said { "" } else { &image.alt });
        if !image.title.is_empty() {
            self.attribute("title", &image.title);
        }
        self.size_and_time(size);
        self.out.push('>');
        self.ink += usize::from(!image.alt.trim().is_empty());
    }

    /// Writes how large a picture is, as far as that is known, and when it is fetched.
    pub(super) fn size_and_time(&mut self, size: Option<(u32, u32)>) {
        if let Some((width, height)) = size {
            self.attribute("width", &width.to_string());
            self.attribute("height", &height.to_string());
        }
        if self.article() {
            if self.has_picture {
                self.out.push_str(" loading=\"lazy\"");
            }
            self.out.push_str(" decoding=\"async\"");
            self.has_picture = true;
        }
    }
}
