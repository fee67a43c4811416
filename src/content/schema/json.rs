//! The JSON Schemas that editors check files with, made from the table of fields.

use serde_json::{Map, Value as Json, json};

use super::{ARTICLE, Field, PAGE, RECORD, Shape, of_kind};
use crate::config::{Config, Kind};

/// The JSON Schema (draft 2020-12) of the front matter of articles of this site.
pub fn article(config: &Config) -> Json {
    let mut properties = properties(ARTICLE);
    for taxonomy in &config.taxonomies {
        for (index, key) in taxonomy.keys.iter().enumerate() {
            let shape = if taxonomy.single {
                Shape::Name
            } else {
                Shape::Names
            };
            let doc = match index {
                0 => format!("{}, by name or slug.", taxonomy.label),
                _ => format!("The same as `{}`.", taxonomy.keys[0]),
            };
            let mut schema = json_of(shape);
            schema["description"] = Json::String(doc);
            properties.insert(key.clone(), schema);
        }
    }
    for (foreign, field) in &config.settings.front_matter.map {
        if let Some(schema) = properties.get(field).cloned() {
            properties.insert(foreign.clone(), schema);
        }
    }
    for key in config
        .settings
        .front_matter
        .ignore
        .iter()
        .chain(&config.dropped_keys)
    {
        properties.insert(key.clone(), json!({ "description": "Not read." }));
    }
    document("The front matter of an article", properties, &["title"])
}

/// The JSON Schema of the authority records of a kind.
pub fn record(kind: Kind, singular: &str) -> Json {
    let mut properties = properties(RECORD);
    properties.extend(self::properties(of_kind(kind)));
    document(
        &format!("The record of a {singular}"),
        properties,
        &["name"],
    )
}

/// The JSON Schema of pages that are not articles.
pub fn page(config: &Config) -> Json {
    let mut properties = properties(PAGE);
    let keys = &config.settings.front_matter;
    for (foreign, field) in &keys.map {
        if let Some(schema) = properties.get(field).cloned() {
            properties.insert(foreign.clone(), schema);
        }
    }
    for key in &keys.ignore {
        properties.insert(key.clone(), json!({ "description": "Not read." }));
    }
    document("The front matter of a page", properties, &["title"])
}

fn document(title: &str, properties: Map<String, Json>, required: &[&str]) -> Json {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn properties(fields: &[Field]) -> Map<String, Json> {
    fields
        .iter()
        .map(|field| {
            let mut schema = json_of(field.shape);
            schema["description"] = Json::String(field.doc.to_owned());
            (field.key.to_owned(), schema)
        })
        .collect()
}

fn json_of(shape: Shape) -> Json {
    let mapping = |fields: &[Field]| json!({ "type": "object", "properties": properties(fields), "additionalProperties": false });
    let one_or_many = |of: Json| json!({ "anyOf": [of.clone(), { "type": "array", "items": of }, { "type": "null" }] });
    match shape {
        Shape::Text | Shape::Name => json!({ "type": ["string", "number", "null"] }),
        Shape::Date => json!({ "type": ["string", "integer", "null"] }),
        Shape::Path => json!({ "type": "string", "pattern": "^/" }),
        Shape::Address => json!({ "type": "string", "format": "uri" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Texts | Shape::Names => one_or_many(json!({ "type": ["string", "number"] })),
        Shape::Paths => one_or_many(json!({ "type": "string" })),
        Shape::Mapping(fields) => mapping(fields),
        Shape::TextOrMapping(fields) => json!({ "anyOf": [{ "type": "string" }, mapping(fields)] }),
        Shape::Mappings(fields) => json!({ "type": "array", "items": mapping(fields) }),
        Shape::Any => json!({}),
    }
}
