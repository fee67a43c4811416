//! A text in the style of the one it takes the place of.

use super::tree::Style;
use super::yaml_text;
use crate::content::front_matter::Syntax;
use crate::content::value::Value;

/// Where a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) syntax: Syntax,
    /// Between brackets, where a comma ends it.
    pub(super) flow: bool,
}

/// The text as it is written here, in this style where it can be.
pub(super) fn text(text: &str, style: Style, place: Place) -> String {
    if place.syntax == Syntax::Toml {
        let plain = !text.contains('\'') && !text.chars().any(char::is_control);
        return if style == Style::Literal && plain {
            format!("'{text}'")
        } else {
            toml_basic(text)
        };
    }
    match style {
        Style::Single if !text.chars().any(char::is_control) => {
            format!("'{}'", text.replace('\'', "''"))
        }
        Style::Plain | Style::Bare if is_plain(text, place.flow) => text.to_owned(),
        Style::Bare | Style::Plain => yaml_text::name(text),
        _ => yaml_text::quoted(text),
    }
}

/// Whether YAML reads the text back as it is without quotation marks.
pub(super) fn is_plain(text: &str, flow: bool) -> bool {
    if yaml_text::name(text) == text {
        return true;
    }
    // What some reader of YAML takes for yes, no or nothing is never written bare.
    if text.contains(['\n', '\r', '\t']) || yaml_text::is_word(text) {
        return false;
    }
    let (open, close) = if flow { ("[", ", z]") } else { ("", "") };
    let written = format!("{open}{text}{close}");
    // The reader that finds places is the stricter of the two.
    if super::tree::yaml(&written, 0).is_none() {
        return false;
    }
    match serde_yaml::from_str::<Value>(&written) {
        Ok(Value::Text(read)) if !flow => read == text,
        Ok(Value::List(items)) if flow => {
            items == [Value::Text(text.to_owned()), Value::Text("z".to_owned())]
        }
        _ => false,
    }
}

/// A basic string of TOML (TOML 1.0, "String").
fn toml_basic(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for sign in text.chars() {
        match sign {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            sign if sign.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(sign)));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}
