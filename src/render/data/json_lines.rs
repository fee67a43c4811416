//! JSON Lines (jsonlines.org): one object a line, all with the same keys.

use super::rows::Row;
use crate::render::cleaned;

/// Objects being written into memory, which takes every write: there is no error to pass on.
#[derive(Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// Whether the object at hand has been begun.
    begun: bool,
}

impl Lines {
    fn key(&mut self, key: &str) {
        self.bytes.push(if self.begun { b',' } else { b'{' });
        self.begun = true;
        self.string(key);
        self.bytes.push(b':');
    }

    fn string(&mut self, text: &str) {
        let _ = serde_json::to_writer(&mut self.bytes, cleaned(text).as_ref());
    }

    /// Ends an object.
    pub(super) fn end(&mut self) {
        self.bytes.extend_from_slice(b"}\n");
        self.begun = false;
    }

    /// All lines.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

impl Row for Lines {
    fn text(&mut self, column: &str, text: Option<&str>) {
        self.key(column);
        match text {
            Some(text) => self.string(text),
            None => self.bytes.extend_from_slice(b"null"),
        }
    }

    fn count(&mut self, column: &str, count: usize) {
        self.key(column);
        self.bytes.extend_from_slice(count.to_string().as_bytes());
    }

    fn list(&mut self, column: &str, items: &[&str]) {
        self.key(column);
        self.bytes.push(b'[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.bytes.push(b',');
            }
            self.string(item);
        }
        self.bytes.push(b']');
    }
}
