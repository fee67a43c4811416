//! A value of front matter, whichever language it was written in.

use std::fmt;

use serde::de::{
    Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// A value of YAML, TOML or a CSV cell, with the order and the repetitions of its keys kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing: `~`, `null`, or no value at all.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with its text as far as it is known.
    Number(String),
    /// Text.
    Text(String),
    /// Several values.
    List(Vec<Value>),
    /// Keys and values, in the order of the file.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// What a person would call this kind of value.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "a yes or no",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The text of a scalar; `None` for lists, mappings and nothing.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether there is nothing in it: null, a blank text, an empty list or mapping.
    pub fn is_blank(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.iter().all(Value::is_blank),
            Value::Map(entries) => entries.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        }
    }
}

/// The form in which a value is stored: one that has to describe itself has another one already.
pub(super) mod stored {
    use serde::{Deserializer, Serialize, Serializer};

    use super::Value;

    #[derive(Serialize)]
    enum Lent<'a> {
        Null,
        Bool(bool),
        Number(&'a str),
        Text(&'a str),
        List(Vec<Lent<'a>>),
        Map(Vec<(&'a str, Lent<'a>)>),
    }

    fn lent(value: &Value) -> Lent<'_> {
        match value {
            Value::Null => Lent::Null,
            Value::Bool(truth) => Lent::Bool(*truth),
            Value::Number(text) => Lent::Number(text),
            Value::Text(text) => Lent::Text(text),
            Value::List(items) => Lent::List(items.iter().map(lent).collect()),
            Value::Map(entries) => {
                Lent::Map(entries.iter().map(|(k, v)| (k.as_str(), lent(v))).collect())
            }
        }
    }

    /// Stores a value.
    pub(in crate::content) fn serialize<S: Serializer>(
        value: &Value,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        lent(value).serialize(serializer)
    }

    /// Gives a stored value back.
    pub(in crate::content) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Value, D::Error> {
        super::super::stored_value::read(deserializer)
    }
}

/// The same for a value that few articles have, which is kept apart.
pub(super) mod stored_if_any {
    use serde::{Deserializer, Serializer};

    use super::{Value, stored};

    /// Stores a value, and nothing as nothing.
    pub(in crate::content) fn serialize<S: Serializer>(
        value: &Option<Box<Value>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        stored::serialize(value.as_deref().unwrap_or(&Value::Null), serializer)
    }

    /// Gives a stored value back.
    pub(in crate::content) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Box<Value>>, D::Error> {
        let value = stored::deserialize(deserializer)?;
        Ok(Some(value).filter(|v| *v != Value::Null).map(Box::new))
    }
}

/// The keys and values of a whole front matter, repetitions included.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Entries(pub(super) Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Map(entries) => Ok(Entries(entries)),
            Value::Null => Ok(Entries::default()),
            other => Err(serde::de::Error::custom(format!(
                "front matter is a list of keys and values, found {}",
                other.kind()
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }
    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Number(v.to_string()))
    }
    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Number(v.to_string()))
    }
    fn visit_i128<E>(self, v: i128) -> Result<Value, E> {
        Ok(Value::Number(v.to_string()))
    }
    fn visit_u128<E>(self, v: u128) -> Result<Value, E> {
        Ok(Value::Number(v.to_string()))
    }
    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(Value::Number(v.to_string()))
    }
    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::Text(v.to_owned()))
    }
    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(Value::Text(v))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry::<Value, Value>()? {
            entries.push((key.scalar().unwrap_or_default(), value));
        }
        // toml hands its dates over as a mapping with one private key.
        if let [(key, Value::Text(text))] = entries.as_slice()
            && key == "$__toml_private_datetime"
        {
            return Ok(Value::Text(text.clone()));
        }
        Ok(Value::Map(entries))
    }

    /// A tagged YAML value (`!foo bar`): the tag means nothing here.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, contents) = data.variant::<Value>()?;
        contents.newtype_variant()
    }
}
