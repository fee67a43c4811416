//! Values that templates are given many times and that are made once.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// A `T` in the form that templates work with. To put it into one more view costs no more than
/// to count that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared<T> {
    value: tera::Value,
    form: PhantomData<fn() -> T>,
}

impl<T: Serialize> Shared<T> {
    pub(in crate::render) fn new(view: &T) -> Self {
        Shared::of(view)
    }
}

impl<T> Shared<T> {
    /// The same for a view that borrows what it shows.
    pub(in crate::render) fn of(view: &impl Serialize) -> Self {
        Shared {
            // No view has a key that is not a text, which is all that templates cannot take.
            value: tera::Value::try_from_serializable(view).unwrap_or_else(|_| tera::Value::none()),
            form: PhantomData,
        }
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Shared<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
