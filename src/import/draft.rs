//! An article as an import brings it, and its file.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::text::Removed;
use crate::content::{Date, slug};

/// Where an article came from and what was left out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The file it stands in, as the import was given it.
    pub source: String,
    /// The SHA-256 of that file, in hexadecimal digits.
    pub sha256: String,
    /// Its encoding, where that is not UTF-8.
    pub encoding: Option<&'static str>,
    /// Whether its letters were UTF-8 read as Windows-1252, and were put right.
    pub repaired: bool,
    /// The lines that are not in the body.
    pub removed: Vec<Removed>,
    /// What the source tells of the article that no field of front matter takes.
    pub kept: Vec<(String, Value)>,
}

/// A picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// Its address or file.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// The line below it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// An article on its way into the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The headline.
    pub title: String,
    /// The date as front matter writes it; `None` is unknown.
    pub date: Option<String>,
    /// Fields of one text each, by their keys, in the order they are written.
    pub texts: Vec<(String, String)>,
    /// Fields of several texts or names each, likewise.
    pub lists: Vec<(String, Vec<String>)>,
    /// Fields that hold a mapping or a list of mappings, likewise.
    pub values: Vec<(String, Value)>,
    /// Its pictures.
    pub images: Vec<Image>,
    /// The body, in Markdown.
    pub body: String,
    /// Where its file goes, seen from the folder of articles; else its date and headline tell.
    pub file: Option<String>,
    /// Where it came from.
    pub provenance: Provenance,
}

impl Draft {
    /// One more text, unless it is empty.
    pub fn text(&mut self, key: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.texts.push((key.to_owned(), text));
        }
    }

    /// One more list, unless it is empty.
    pub fn list(&mut self, key: &str, items: Vec<String>) {
        if !items.is_empty() {
            self.lists.push((key.to_owned(), items));
        }
    }

    /// One more mapping or list of them, unless it is empty.
    pub fn value(&mut self, key: &str, value: Value) {
        let blank = match &value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        if !blank {
            self.values.push((key.to_owned(), value));
        }
    }

    /// The names of a list.
    pub fn list_of(&self, key: &str) -> &[String] {
        let list = self.lists.iter().find(|(own, _)| own == key);
        list.map_or(&[], |(_, items)| items)
    }

    /// A text.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        let text = self.texts.iter().find(|(own, _)| own == key);
        text.map(|(_, text)| text.as_str())
    }

    /// Where the article goes, seen from the folder of articles: by year, under its slug or
    /// headline.
    pub fn path(&self) -> String {
        if let Some(file) = &self.file {
            return file.clone();
        }
        let stem = slug::slug(self.text_of("slug").unwrap_or(&self.title), false);
        let date = self.date.as_deref().and_then(|date| Date::parse(date).ok());
        match date {
            Some(date) => format!("{:04}/{stem}.md", date.year()),
            None => format!("undated/{stem}.md"),
        }
    }

    /// The whole file: front matter and body.
    pub fn source(&self) -> String {
        let mut file = format!("---\ntitle: {}\n", quoted(&self.title));
        let date = self.date.as_deref().unwrap_or("unknown");
        file.push_str(&format!("date: {date}\n"));
        for (key, text) in &self.texts {
            // Dates and words of a fixed list stand bare.
            let plain = text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-:+".contains(&b));
            let bare = plain
                && matches!(
                    key.as_str(),
                    "updated" | "embargo_until" | "status" | "kind" | "language"
                );
            let value = if bare { text.clone() } else { quoted(text) };
            file.push_str(&format!("{key}: {value}\n"));
        }
        for (key, items) in &self.lists {
            let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
            file.push_str(&format!("{key}: [{}]\n", items.join(", ")));
        }
        for (key, value) in &self.values {
            file.push_str(&format!("{key}: {}\n", flow(value)));
        }
        if !self.images.is_empty() {
            file.push_str("images:\n");
        }
        for image in &self.images {
            file.push_str(&format!(
                "  - src: {}\n    alt: {}\n",
                quoted(&image.src),
                quoted(&image.alt)
            ));
            for (key, text) in [("caption", &image.caption), ("credit", &image.credit)] {
                if !text.is_empty() {
                    file.push_str(&format!("    {key}: {}\n", quoted(text)));
                }
            }
        }
        self.push_provenance(&mut file);
        file.push_str("---\n\n");
        file.push_str(self.body.trim_start_matches('\n'));
        if !file.ends_with('\n') {
            file.push('\n');
        }
        file
    }

    fn push_provenance(&self, file: &mut String) {
        let from = &self.provenance;
        file.push_str(&format!(
            "provenance:\n  source: {}\n  sha256: {}\n",
            quoted(&from.source),
            quoted(&from.sha256)
        ));
        if let Some(encoding) = from.encoding {
            file.push_str(&format!("  encoding: {}\n", quoted(encoding)));
        }
        if from.repaired {
            file.push_str("  repaired: true\n");
        }
        if !from.kept.is_empty() {
            file.push_str("  kept:\n");
        }
        for (key, value) in &from.kept {
            file.push_str(&format!("    {}: {}\n", quoted(key), flow(value)));
        }
        if !from.removed.is_empty() {
            file.push_str("  removed:\n");
        }
        for removed in &from.removed {
            let (line, rule, text) = (removed.line, removed.rule.name(), quoted(&removed.text));
            file.push_str(&format!(
                "    - {{line: {line}, rule: {rule}, text: {text}}}\n"
            ));
        }
    }
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value on one line, in the flow style of YAML (YAML 1.2 §7.4).
pub fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(key, value)| format!("{}: {}", quoted(key), flow(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text in quotation marks. JSON's escapes are YAML's (YAML 1.2 §5.7).
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // What shows nothing is written so that an editor can see it.
            '\u{A0}'
            | '\u{AD}'
            | '\u{2000}'..='\u{200F}'
            | '\u{2028}'..='\u{202F}'
            | '\u{205F}'..='\u{206F}'
            | '\u{FEFF}' => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c if crate::content::name::is_forbidden(c) || c == '\r' => {}
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn texts_read_back(text in "[ -~éß王\u{a0}\u{200b}\n\t]{0,40}") {
            let source = format!("key: {}\n", quoted(&text));
            let read: serde_yaml::Value = serde_yaml::from_str(&source).unwrap();
            proptest::prop_assert_eq!(read["key"].as_str(), Some(text.as_str()));
        }
    }
}
