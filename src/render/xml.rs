//! XML as it is written: elements on lines of their own, and every text escaped.

use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;

use super::without_controls;

/// A document being written into memory.
pub(super) struct Document {
    text: String,
    /// How many elements are open.
    depth: usize,
    /// Whether the last thing written was a text, after which no line may be begun.
    in_text: bool,
}

impl Document {
    /// Begins a document with its root element.
    pub(super) fn new(root: &str, attributes: &[(&str, &str)]) -> Self {
        let mut document = Document {
            text: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
            depth: 0,
            in_text: false,
        };
        document.open(root, attributes);
        document
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.depth += 1;
    }

    pub(super) fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line();
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element with a text in it, escaped.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text.push_str(&escape(text));
        self.in_text = true;
        self.close(name);
    }

    /// Ends the root element, and gives the document with a line end.
    pub(super) fn finish(mut self, root: &str) -> String {
        self.close(root);
        self.text.push('\n');
        without_controls(self.text)
    }

    /// Begins a tag on a line of its own.
    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.line();
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push(' ');
            self.text.push_str(key);
            self.text.push_str("=\"");
            self.text.push_str(&Attribute::from((*key, *value)).value);
            self.text.push('"');
        }
    }

    fn line(&mut self) {
        if !std::mem::take(&mut self.in_text) {
            self.text.push('\n');
            for _ in 0..self.depth {
                self.text.push(' ');
            }
        }
    }
}
