//! Gives a stored value back, however it was damaged: what nests deeper than any front matter can
//! is no value, and no stack is overrun by it.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error as _, SeqAccess, VariantAccess, Visitor};

use super::value::Value;

/// Deeper than YAML (128) and TOML (80) are read.
const DEEPEST: usize = 192;

const VARIANTS: &[&str] = &["Null", "Bool", "Number", "Text", "List", "Map"];

/// The value that [`super::value::stored::serialize`] wrote.
///
/// # Errors
/// What is no value, or nests too deeply.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    At(0).deserialize(deserializer)
}

/// A value at this depth.
#[derive(Clone, Copy)]
struct At(usize);

impl<'de> DeserializeSeed<'de> for At {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.0 > DEEPEST {
            return Err(D::Error::custom("too deep"));
        }
        deserializer.deserialize_enum("Value", VARIANTS, self)
    }
}

impl<'de> Visitor<'de> for At {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stored value")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (kind, held) = data.variant::<u32>()?;
        match kind {
            0 => held.unit_variant().map(|()| Value::Null),
            1 => held.newtype_variant().map(Value::Bool),
            2 => held.newtype_variant().map(Value::Number),
            3 => held.newtype_variant().map(Value::Text),
            4 => held.newtype_variant_seed(Items(self)).map(Value::List),
            5 => held.newtype_variant_seed(Entries(self)).map(Value::Map),
            _ => Err(A::Error::custom("no such kind of value")),
        }
    }
}

/// The items of a list at this depth.
struct Items(At);

impl<'de> DeserializeSeed<'de> for Items {
    type Value = Vec<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Value>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items {
    type Value = Vec<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Value>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(At(self.0.0 + 1))? {
            items.push(item);
        }
        Ok(items)
    }
}

/// The entries of a mapping at this depth.
struct Entries(At);

impl<'de> DeserializeSeed<'de> for Entries {
    type Value = Vec<(String, Value)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = seq.next_element_seed(Pair(At(self.0.0 + 1)))? {
            entries.push(entry);
        }
        Ok(entries)
    }
}

/// A key and a value at this depth.
struct Pair(At);

impl<'de> DeserializeSeed<'de> for Pair {
    type Value = (String, Value);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_tuple(2, self)
    }
}

impl<'de> Visitor<'de> for Pair {
    type Value = (String, Value);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key and a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let short = || A::Error::custom("half an entry");
        let key = seq.next_element()?.ok_or_else(short)?;
        let value = seq.next_element_seed(self.0)?.ok_or_else(short)?;
        Ok((key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::value::stored;

    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Held(#[serde(with = "stored")] Value);

    #[test]
    fn what_was_stored_comes_back() {
        let text = |text: &str| Value::Text(text.into());
        let map = vec![("a".into(), text("b")), ("c".into(), Value::Null)];
        let all = vec![
            Value::Bool(true),
            Value::Number("1.10".into()),
            Value::Map(map),
        ];
        let held = Held(Value::List(all));
        let bytes = postcard::to_stdvec(&held).unwrap();
        assert_eq!(postcard::from_bytes::<Held>(&bytes).unwrap(), held);
        let nested = (0..128).fold(text("x"), |inner, _| Value::List(vec![inner]));
        let bytes = postcard::to_stdvec(&Held(nested)).unwrap();
        assert!(postcard::from_bytes::<Held>(&bytes).is_ok());
    }

    #[test]
    fn what_nests_without_end_overruns_no_stack() {
        for kind in [&[4, 1][..], &[5, 1, 0]] {
            let bytes = kind.repeat(5_000_000);
            assert!(postcard::from_bytes::<Held>(&bytes).is_err());
        }
        assert!(postcard::from_bytes::<Held>(&[9]).is_err());
        assert!(postcard::from_bytes::<Held>(&[4, 255, 255, 255, 255, 15]).is_err());
    }
}
