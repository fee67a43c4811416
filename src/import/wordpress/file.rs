//! The file of an article or page: front matter in the order people read it, then the text.

use crate::import::draft::quoted;

/// Front matter on its way into a file.
#[derive(Debug, Clone, Default)]
pub(super) struct FrontMatter(String);

impl FrontMatter {
    /// A text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.trim().is_empty() {
            self.line(key, &quoted(text.trim()));
        }
    }

    /// A word, date or number that stands without quotation marks.
    pub(super) fn bare(&mut self, key: &str, text: &str) {
        self.line(key, text);
    }

    /// Names or paths on one line.
    pub(super) fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
            self.line(key, &format!("[{}]", items.join(", ")));
        }
    }

    /// A mapping, its values written already.
    pub(super) fn mapping(&mut self, key: &str, fields: &[(&str, String)]) {
        if fields.is_empty() {
            return;
        }
        self.line(key, "");
        for (key, value) in fields {
            self.0.push_str(&format!("  {key}: {value}\n"));
        }
    }

    /// A list of one mapping.
    pub(super) fn one(&mut self, key: &str, fields: &[(&str, String)]) {
        self.line(key, "");
        for (index, (key, value)) in fields.iter().enumerate() {
            let sign = if index == 0 { "- " } else { "  " };
            self.0
                .push_str(&format!("  {sign}{key}: {}\n", quoted(value)));
        }
    }

    fn line(&mut self, key: &str, value: &str) {
        self.0.push_str(key);
        self.0.push(':');
        if !value.is_empty() {
            self.0.push(' ');
            self.0.push_str(value);
        }
        self.0.push('\n');
    }

    /// The whole file.
    pub(super) fn file(&self, body: &str) -> String {
        let mut file = format!("---\n{}---\n", self.0);
        if !body.is_empty() {
            file.push('\n');
            file.push_str(body);
            file.push('\n');
        }
        file
    }
}
