//! What no property of ninjs tells, and what no field of front matter takes.

use serde_json::{Map, Value};

use super::article::{Made, letters};
use super::entities::Fields;
use crate::content::Date;
use crate::content::schema::{ARTICLE, Shape};
use crate::import::draft::Draft;
use crate::ninjs;

/// What is kept of an item beyond its article is no longer than this, in bytes, and no deeper.
const LARGEST: usize = 16 * 1024;
const DEEPEST: usize = 8;

/// A value as front matter can keep it.
///
/// # Errors
/// The letters of one that is too large for that.
pub(super) fn kept(value: Value) -> Result<Value, u64> {
    if fits(&value, DEEPEST) && value.to_string().len() <= LARGEST {
        Ok(value)
    } else {
        Err(letters(&value))
    }
}

/// YAML takes keys of up to 1024 characters on a line (YAML 1.2 §7.4.2).
fn fits(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => depth > 0 && items.iter().all(|item| fits(item, depth - 1)),
        Value::Object(fields) => {
            let mut fields = fields.iter();
            depth > 0 && fields.all(|(key, item)| key.len() <= 256 && fits(item, depth - 1))
        }
        _ => true,
    }
}

/// Puts the fields that an export of ours stored into the article, in the place of what the
/// properties of its item told less exactly.
///
/// # Errors
/// A date that is none, as a sentence.
pub(super) fn apply(
    own: Map<String, Value>,
    fields: &Fields,
    made: &mut Made,
) -> Result<(), String> {
    for (key, value) in own {
        let draft = &mut made.draft;
        match (&*key, &value) {
            (ninjs::FILE, Value::String(file)) => draft.file = place(file),
            ("date" | "updated" | "embargo_until", _) => date(draft, &key, &value)?,
            ("status", Value::String(status)) => {
                // What an export of ours says is published; an import makes nothing more so.
                if matches!(&**status, "embargoed" | "redacted") && !made.withheld {
                    draft.text("status", &**status);
                }
            }
            (key, Value::Array(_)) if key == "about" || fields.takes(key) == Some(true) => {
                draft.lists.retain(|(own, _)| own != key);
                draft.list(key, texts(&value));
            }
            (key, Value::Array(_)) if fields.takes(key) == Some(false) => {
                draft.texts.retain(|(own, _)| own != key);
                draft.text(key, texts(&value).into_iter().next().unwrap_or_default());
            }
            (key, _) => match (shape(key), value) {
                (Some(Shape::Text | Shape::Path | Shape::Address), Value::String(text)) => {
                    draft.texts.retain(|(own, _)| own != key);
                    draft.text(key, text);
                }
                (Some(Shape::Texts | Shape::Paths), value @ Value::Array(_)) => {
                    draft.lists.retain(|(own, _)| own != key);
                    draft.list(key, texts(&value));
                }
                (
                    Some(
                        Shape::Mapping(_)
                        | Shape::TextOrMapping(_)
                        | Shape::Mappings(_)
                        | Shape::Any,
                    ),
                    value,
                ) if !matches!(key, "provenance" | "removed" | "redact") && fits(&value, 64) => {
                    draft.texts.retain(|(own, _)| own != key);
                    draft.values.retain(|(own, _)| own != key);
                    draft.value(key, value);
                }
                (_, value) => made.keep(key, value),
            },
        }
    }
    Ok(())
}

fn shape(key: &str) -> Option<Shape> {
    let field = ARTICLE.iter().find(|field| field.key == key);
    field.map(|field| field.shape)
}

fn date(draft: &mut Draft, key: &str, value: &Value) -> Result<(), String> {
    let date = match value {
        Value::String(text) if text == "unknown" => None,
        Value::String(text) => {
            let date = Date::parse(text).map_err(|reason| format!("`{key}`: {reason}"))?;
            Some(date.to_string())
        }
        _ => None,
    };
    if key == "date" {
        draft.date = date;
    } else {
        draft.texts.retain(|(own, _)| own != key);
        draft.text(key, date.unwrap_or_default());
    }
    Ok(())
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// Where an article lay, if that is a place for one: below the folder of articles, in no hidden
/// folder.
fn place(file: &str) -> Option<String> {
    let parts: Vec<&str> = file.split('/').collect();
    let plain = |part: &&str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.len() <= 250
            && !part.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
    };
    let name = parts.last()?;
    let stem = file
        .strip_suffix(".md")
        .or_else(|| file.strip_suffix(".markdown"))?;
    (!name.starts_with("_index.") && parts.iter().all(plain)).then(|| format!("{stem}.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_article_leaves_its_folder() {
        assert!(place("2019/summit.md").is_some());
        assert!(place("2019/summit/index.md").is_some());
        assert_eq!(place("summit.markdown").as_deref(), Some("summit.md"));
        for file in [
            "../summit.md",
            "/etc/summit.md",
            "2019/../../x.md",
            ".git/x.md",
            "a//b.md",
            "C:\\x.md",
            "x.toml",
            "2019/_index.md",
            "",
        ] {
            assert_eq!(place(file), None, "{file}");
        }
    }
}
