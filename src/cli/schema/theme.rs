//! What templates are given, from the types themselves: the tables of `docs/theme-reference.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::schema_for;
use serde_json::{Map, Value as Json, json};

use crate::render::theme::API;
use crate::render::view;

/// The templates, the name of what each is given, and its schema.
fn contexts() -> Vec<(&'static str, &'static str, Json)> {
    let article = || schema_for!(view::ArticleView).to_value();
    vec![
        (
            "every template",
            "site",
            schema_for!(view::SiteView).to_value(),
        ),
        (
            "every template",
            "page",
            schema_for!(view::PageView).to_value(),
        ),
        ("article.html", "article", article()),
        ("page.html", "article", article()),
        (
            "front.html",
            "front",
            schema_for!(view::FrontView).to_value(),
        ),
        ("term.html", "term", schema_for!(view::TermView).to_value()),
        (
            "shelf.html",
            "shelf",
            schema_for!(view::ShelfView).to_value(),
        ),
        (
            "section.html",
            "term",
            schema_for!(view::TermView).to_value(),
        ),
        (
            "intersection.html",
            "intersection",
            schema_for!(view::IntersectionView).to_value(),
        ),
        ("year.html", "year", schema_for!(view::YearView).to_value()),
        (
            "month.html",
            "month",
            schema_for!(view::MonthView).to_value(),
        ),
        ("day.html", "day", schema_for!(view::DayView).to_value()),
        (
            "years.html",
            "years",
            schema_for!(view::YearsView).to_value(),
        ),
        (
            "coverage.html",
            "coverage",
            schema_for!(view::CoverageView).to_value(),
        ),
        (
            "term-index.html",
            "index",
            schema_for!(view::TermIndexView).to_value(),
        ),
        (
            "on-this-day.html",
            "day",
            schema_for!(view::OnThisDayView).to_value(),
        ),
        (
            "on-this-day-index.html",
            "months",
            schema_for!(Vec<view::MonthDays>).to_value(),
        ),
        (
            "corrections.html",
            "log",
            schema_for!(view::CorrectionsView).to_value(),
        ),
        ("data.html", "data", schema_for!(view::DataView).to_value()),
        (
            "tombstone.html",
            "tombstone",
            schema_for!(view::TombstoneView).to_value(),
        ),
        ("redirect.html", "target", json!({ "type": "string" })),
    ]
}

/// Every context as JSON Schema.
pub(super) fn schemas() -> Json {
    let contexts = contexts().into_iter().map(
        |(template, name, schema)| json!({ "template": template, "name": name, "schema": schema }),
    );
    json!({ "api": API, "contexts": contexts.collect::<Vec<_>>() })
}

/// The same as tables for readers.
pub(super) fn markdown() -> String {
    let mut text = format!(
        "# What templates are given\n\n\
         The theme interface, version {API}. `morgue schema theme` prints it as JSON Schema. \
         How to use it: [themes](themes.md).\n\n"
    );
    let mut parts: BTreeMap<String, Json> = BTreeMap::new();
    for (template, name, schema) in contexts() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "## `{name}` in {}\n", quoted(template));
        if let Some(defs) = schema["$defs"].as_object() {
            parts.extend(defs.iter().map(|(name, part)| (name.clone(), part.clone())));
        }
        match (template, schema["properties"].as_object()) {
            ("section.html", _) => text.push_str("The same as in `term.html`.\n\n"),
            ("page.html", _) => text.push_str(
                "The same fields as in `article.html`, of which only `title`, `body`, `language`, `direction`, `updated`, `permalink` and `extra` say anything.\n\n",
            ),
            (_, Some(fields)) => table(&mut text, fields),
            _ => {
                let _ = writeln!(text, "{}.\n", capitalised(&kind(&schema)));
            }
        }
    }
    text.push_str("## Values within them\n\n");
    for (name, part) in parts {
        let _ = writeln!(text, "### {name}\n");
        if let Some(doc) = part["description"].as_str() {
            let _ = writeln!(text, "{}\n", one_line(doc));
        }
        if let Some(fields) = part["properties"].as_object() {
            table(&mut text, fields);
        }
    }
    format!("{}\n", text.trim_end())
}

fn quoted(template: &str) -> String {
    if template.ends_with(".html") {
        format!("`{template}`")
    } else {
        template.to_owned()
    }
}

fn table(text: &mut String, fields: &Map<String, Json>) {
    text.push_str("| field | value | meaning |\n| --- | --- | --- |\n");
    for (name, schema) in fields {
        let doc = one_line(schema["description"].as_str().unwrap_or_default());
        let _ = writeln!(text, "| `{name}` | {} | {doc} |", kind(schema));
    }
    text.push('\n');
}

fn one_line(doc: &str) -> String {
    doc.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

/// The kind of value that a schema allows, in words.
fn kind(schema: &Json) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return part(name);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let kinds: Vec<String> = choices.iter().map(kind).collect();
        return kinds.join(" or ");
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Json::Array(kinds) => kinds.iter().filter_map(Json::as_str).collect(),
        Json::String(kind) => vec![kind],
        _ => return "anything".to_owned(),
    };
    let words: Vec<String> = kinds
        .iter()
        .map(|kind| match *kind {
            "string" => "text".to_owned(),
            "integer" | "number" => "number".to_owned(),
            "boolean" => "`true` or `false`".to_owned(),
            "null" => "nothing".to_owned(),
            "array" => list(schema),
            _ => match &schema["additionalProperties"] {
                Json::Object(_) => format!(
                    "names, each with a {}",
                    self::kind(&schema["additionalProperties"])
                ),
                _ => "names with values".to_owned(),
            },
        })
        .collect();
    words.join(" or ")
}

fn list(schema: &Json) -> String {
    match schema["prefixItems"].as_array() {
        Some(items) => format!("a list of {} values", items.len()),
        None => format!("list of {}", kind(&schema["items"])),
    }
}

/// A link to the table of a part.
fn part(reference: &str) -> String {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    format!("[{name}](#{})", name.to_lowercase())
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_says_what_it_means() {
        for line in markdown().lines().filter(|line| line.starts_with("| `")) {
            let meaning = line.trim_end_matches('|').rsplit(" | ").next();
            assert!(meaning.is_some_and(|m| m.trim().len() > 3), "{line}");
        }
    }

    #[test]
    fn kinds_are_told_in_words() {
        let text = markdown();
        assert!(text.contains("| `deck` | text or nothing |"), "{text}");
        assert!(text.contains("| `byline` | list of [TermLink](#termlink) |"));
        assert!(text.contains("| `date` | [DateView](#dateview) or nothing |"));
    }
}
