//! Rewrites front matter: only the bytes of the names concerned change.
//!
//! Comments, the order of keys, quotation marks, indents and line ends stay as they are. What an
//! edit gave is read again, and given back only when it says what was asked for and nothing else
//! has changed: a form of YAML or TOML that is not understood is refused, never guessed at.

mod csv;
mod lists;
mod splice;
mod tree;
mod write;
pub(crate) mod yaml_text;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use super::front_matter::{self, Syntax};
use super::value::Value;
use crate::config::settings::ForeignKeys;
use crate::diagnostics::{Code, Diagnostic, Span};

pub use csv::{Cell, Table};
use splice::Splice;
use tree::Node;

/// One name of a list after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The name with this number in the list as it is.
    Kept(usize),
    /// The name with this number, written otherwise.
    Rewritten(usize, String),
    /// A further name, at the end.
    New(String),
}

/// What is to change in one front matter. A field is changed by one of these at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The names of a field, in their order; those that are not told are taken out.
    Names {
        /// The key as the file writes it.
        key: String,
        /// What it lists then. The old names come in their order, new ones after them.
        entries: Vec<Entry>,
    },
    /// A single text: of a field, or of a key inside one (`["dateline", "place"]`).
    Text {
        /// The key, or the key and the one inside it.
        path: Vec<String>,
        /// What it says then.
        text: String,
    },
}

impl Change {
    fn key(&self) -> &str {
        match self {
            Change::Names { key, .. } => key,
            Change::Text { path, .. } => path.first().map_or("", String::as_str),
        }
    }
}

/// A front matter that can be edited.
#[derive(Debug)]
pub struct Sheet<'a> {
    source: &'a str,
    foreign: &'a ForeignKeys,
    fields: Vec<(String, Value)>,
    root: Node,
    syntax: Syntax,
    /// The byte after the opening fence.
    start: usize,
    body: usize,
}

impl<'a> Sheet<'a> {
    /// Opens a file, decoded and without a byte order mark. `foreign` says which of its lists are
    /// written as one text.
    ///
    /// # Errors
    /// What cannot be read at all, has no front matter, or a form that no edit can follow.
    pub fn open(source: &'a str, foreign: &'a ForeignKeys) -> Result<Self, Diagnostic> {
        let front = front_matter::read(source)?;
        let Some((syntax, block, body)) = front_matter::divide(source)? else {
            return Err(refusal(source, 0..0, "the file has no front matter")
                .help("begin it with `---`, `title: …` and `---`"));
        };
        let text = source.get(block.clone()).unwrap_or_default();
        let root = match syntax {
            Syntax::Yaml => tree::yaml(text, block.start),
            Syntax::Toml => tree::toml(text, block.start),
        };
        let root = root.filter(|root| matches!(&root.kind, tree::Kind::Map { .. }));
        let root = root.ok_or_else(|| {
            refusal(
                source,
                block.start..block.start,
                "its form cannot be followed",
            )
            .help("write one key on each line, as in `people: [Kim Jong-un]`")
        })?;
        let fields = front.fields.into_iter();
        Ok(Sheet {
            source,
            foreign,
            fields: fields.map(|field| (field.key, field.value)).collect(),
            root,
            syntax,
            start: block.start,
            body,
        })
    }

    /// The keys of the file, in its order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(key, _)| key.as_str())
    }

    /// The value of a key; of several the last, which is the one that counts.
    pub fn value(&self, key: &str) -> Option<&Value> {
        value(&self.fields, key)
    }

    /// The names that a field lists, as they are written; what is no name is an empty text.
    pub fn names(&self, key: &str) -> Vec<String> {
        names(&self.fields, key, self.separator(key))
    }

    /// What stands between the names of a list that is written as one text.
    fn separator(&self, key: &str) -> Option<&'a str> {
        self.foreign.split.get(key).map(String::as_str)
    }

    /// The file after these changes.
    ///
    /// # Errors
    /// What cannot be changed without touching anything else, with its place.
    pub fn edit(&self, changes: &[Change]) -> Result<String, Diagnostic> {
        let mut splice = Splice::new(self);
        for change in changes {
            match change {
                Change::Names { key, entries } => splice.names(key, entries)?,
                Change::Text { path, text } => splice.text(path, text)?,
            }
        }
        let edited = splice.finish();
        match self.proof(&edited, changes) {
            Ok(()) => Ok(edited),
            Err(key) => {
                let at = self.root.get(&key).map_or(0..0, |(at, _)| at.clone());
                let message = format!("editing `{key}` would change something else too");
                Err(Diagnostic::new(Code::EditUnproven, message)
                    .span(Span::at(self.source, at.start, at.len()))
                    .help("edit this file by hand"))
            }
        }
    }

    /// Whether the edited file says what was asked for and nothing else has changed; else the key
    /// at which it does not.
    fn proof(&self, edited: &str, changes: &[Change]) -> Result<(), String> {
        let any = || {
            changes
                .first()
                .map_or_else(String::new, |c| c.key().to_owned())
        };
        let front = front_matter::read(edited).map_err(|_| any())?;
        if edited.get(front.body..) != self.source.get(self.body..) {
            return Err(any());
        }
        let fields: Vec<(String, Value)> =
            front.fields.into_iter().map(|f| (f.key, f.value)).collect();
        let untouched = |field: &&(String, Value)| changes.iter().all(|c| c.key() != field.0);
        let before = self.fields.iter().filter(untouched);
        if !before.eq(fields.iter().filter(untouched)) {
            return Err(any());
        }
        let proven = |change: &&Change| !self.holds(change, &fields);
        match changes.iter().find(proven) {
            Some(change) => Err(change.key().to_owned()),
            None => Ok(()),
        }
    }

    /// Whether edited fields say what a change asked for.
    fn holds(&self, change: &Change, fields: &[(String, Value)]) -> bool {
        match change {
            Change::Names { key, entries } => {
                let old = self.names(key);
                let wanted = entries.iter().map(|entry| match entry {
                    Entry::Kept(index) => old.get(*index).cloned().unwrap_or_default(),
                    Entry::Rewritten(_, text) | Entry::New(text) => text.clone(),
                });
                wanted.eq(names(fields, key, self.separator(key)))
            }
            Change::Text { path, text } => match &path[..] {
                [key] => value(fields, key).and_then(Value::scalar).as_ref() == Some(text),
                [key, inner] => {
                    let map = |value: Option<&Value>| match value {
                        Some(Value::Map(entries)) => entries.clone(),
                        _ => Vec::new(),
                    };
                    let others = |entries: Vec<(String, Value)>| {
                        let kept = entries.into_iter().filter(|(key, _)| key != inner);
                        kept.collect::<Vec<_>>()
                    };
                    let (before, after) = (map(self.value(key)), map(value(fields, key)));
                    let said = value(&after, inner).and_then(Value::scalar);
                    said.as_ref() == Some(text) && others(before) == others(after)
                }
                _ => false,
            },
        }
    }
}

fn value<'v>(fields: &'v [(String, Value)], key: &str) -> Option<&'v Value> {
    let found = fields.iter().rev().find(|(name, _)| name == key);
    found.map(|(_, value)| value)
}

fn names(fields: &[(String, Value)], key: &str, separator: Option<&str>) -> Vec<String> {
    match (value(fields, key), separator) {
        (None | Some(Value::Null), _) => Vec::new(),
        (Some(Value::Text(text)), Some(separator)) => {
            let parts = text.split(separator).map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        }
        (Some(Value::List(items)), _) => items
            .iter()
            .map(|item| item.scalar().unwrap_or_default())
            .collect(),
        (Some(Value::Text(text)), None) if text.trim().is_empty() => Vec::new(),
        (Some(other), _) => vec![other.scalar().unwrap_or_default()],
    }
}

/// Why a file cannot be edited, at its place.
fn refusal(source: &str, at: std::ops::Range<usize>, reason: &str) -> Diagnostic {
    Diagnostic::new(
        Code::CannotEdit,
        format!("this cannot be edited safely: {reason}"),
    )
    .span(Span::at(source, at.start, at.len()))
}
