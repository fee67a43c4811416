//! XML through a streaming, escaping writer.

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::without_controls;

/// A document being written into memory.
pub(super) struct Document {
    writer: Writer<Vec<u8>>,
}

impl Document {
    /// Begins a document with its root element.
    pub(super) fn new(root: &str, attributes: &[(&str, &str)]) -> Self {
        let mut document = Document {
            writer: Writer::new_with_indent(Vec::new(), b' ', 1),
        };
        document.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        document.open(root, attributes);
        document
    }

    /// Memory takes every write, so there is no error to pass on.
    fn event(&mut self, event: Event<'_>) {
        let _ = self.writer.write_event(event);
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
    }

    pub(super) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// An element with a text in it, escaped.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        let clean = without_controls(text.to_owned());
        self.event(Event::Text(BytesText::new(&clean)));
        self.close(name);
    }

    /// Ends the root element, and gives the document with a line end.
    pub(super) fn finish(mut self, root: &str) -> String {
        self.close(root);
        let mut bytes = self.writer.into_inner();
        let _ = bytes.write_all(b"\n");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        let clean = without_controls((*value).to_owned());
        start.push_attribute((*key, clean.as_str()));
    }
    start
}
