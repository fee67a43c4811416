//! The properties of an item, whichever version of ninjs wrote it: 1.x has `body_html` and
//! `person`, 2.x `bodies` and `people`, 3.x the same with capitals inside (`pubStatus`).

use serde_json::Value;

use crate::import::html;

/// The properties that nobody has taken yet.
pub(super) struct Properties(Vec<(String, Value)>);

/// One of several texts of a kind: a headline, a description, a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// What it is for, in small letters: `main`, `text`, `html`. Of a property of 1.x, its ending.
    pub(super) role: String,
    /// Its media type, where that is told.
    pub(super) media: String,
    pub(super) text: String,
}

impl Text {
    /// Whether it is markup.
    pub(super) fn is_html(&self) -> bool {
        self.media.contains("html") || (self.media.is_empty() && self.role.contains("html"))
    }

    /// The text alone. Where nobody says what it is, a closing tag tells.
    pub(super) fn plain(self) -> String {
        let seems = self.media.is_empty() && self.text.contains("</");
        match self.is_html() || seems {
            true => html::plain(&self.text),
            false => self.text.trim().to_owned(),
        }
    }
}

impl Properties {
    /// Those of an object; `None` of anything else.
    pub(super) fn of(item: Value) -> Option<Properties> {
        match item {
            Value::Object(fields) => Some(Properties(fields.into_iter().collect())),
            _ => None,
        }
    }

    /// The first property of one of these names, in small letters; it is taken out.
    pub(super) fn take(&mut self, names: &[&str]) -> Option<Value> {
        names.iter().find_map(|name| {
            let at = self
                .0
                .iter()
                .position(|(key, _)| key.eq_ignore_ascii_case(name))?;
            Some(self.0.remove(at).1)
        })
    }

    /// A text, without white space around it; nothing where it is empty or no text.
    pub(super) fn text(&mut self, names: &[&str]) -> Option<String> {
        let value = self.take(names)?;
        scalar(&value)
    }

    /// A list of objects: an array of them, one of them, or an object that holds them by their
    /// names, which then are their `name`.
    pub(super) fn list(&mut self, names: &[&str]) -> Vec<Properties> {
        match self.take(names) {
            Some(Value::Array(items)) => items.into_iter().filter_map(entity).collect(),
            Some(Value::Object(items)) if items.values().all(Value::is_object) => {
                let named = items.into_iter().filter_map(|(name, item)| {
                    let mut item = Properties::of(item)?;
                    item.0.push(("name".into(), Value::String(name)));
                    Some(item)
                });
                named.collect()
            }
            other => other.into_iter().filter_map(entity).collect(),
        }
    }

    /// The texts of a kind: `bodies` of 2.x and 3.x, and `body_html`, `body_text` of 1.x.
    pub(super) fn texts(&mut self, list: &str, prefix: &str) -> Vec<Text> {
        let mut texts = Vec::new();
        for mut item in self.list(&[list]) {
            let role = item.text(&["role", "name"]).unwrap_or_default();
            let media = item.text(&["contenttype", "mimetype"]).unwrap_or_default();
            let text = item.take(&["value"]).map_or(String::new(), whole);
            texts.push(Text {
                role: role.to_lowercase(),
                media: media.to_lowercase(),
                text,
            });
        }
        let own: Vec<String> = self
            .0
            .iter()
            .filter(|(key, value)| {
                let starts = key.get(..prefix.len());
                starts.is_some_and(|start| start.eq_ignore_ascii_case(prefix)) && value.is_string()
            })
            .map(|(key, _)| key.clone())
            .collect();
        for key in own {
            let role = key.get(prefix.len()..).unwrap_or_default().to_lowercase();
            let text = self.take(&[&key]).map_or(String::new(), whole);
            texts.push(Text {
                role,
                media: String::new(),
                text,
            });
        }
        texts.retain(|text| !text.text.trim().is_empty());
        texts
    }

    /// Puts a property back, where it says anything.
    pub(super) fn put(&mut self, name: &str, text: Option<String>) {
        let put = text.map(|text| (name.to_owned(), Value::String(text)));
        self.0.extend(put);
    }

    /// What is left, by name.
    pub(super) fn rest(self) -> Vec<(String, Value)> {
        self.0
    }
}

/// A text as it is: a body may begin with an indented line.
fn whole(value: Value) -> String {
    match value {
        Value::String(text) => text,
        _ => String::new(),
    }
}

/// An object; of a mere text, one that has it as its name.
fn entity(value: Value) -> Option<Properties> {
    match value {
        Value::String(name) => Some(Properties(vec![("name".into(), Value::String(name))])),
        other => Properties::of(other),
    }
}

/// The text of a scalar, without white space around it; nothing of an empty one.
pub(super) fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
