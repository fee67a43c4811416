//! `datapackage.json`: which files there are, with their columns, rows and licences, in the form
//! of a Data Package (specs.frictionlessdata.io, version 1).

use serde_json::{Map, Value, json};

use super::columns::{Column, Kind};
use super::{articles, mentions, terms};
use crate::content::slug::slug;
use crate::render::Scene;
use crate::render::link::Linker;
use crate::site::{DataTerms, DataYear};

/// The bytes of the Data Package.
pub(super) fn package(scene: &Scene<'_>) -> Vec<u8> {
    let settings = &scene.config.settings;
    let linker = Linker::whole(&scene.config.base_url);
    let mut package = Map::new();
    let mut put = |key: &str, value: Value| package.insert(key.to_owned(), value);
    put("profile", "data-package".into());
    put("name", name(&settings.title, "archive").into());
    put("title", settings.title.as_str().into());
    if !settings.description.is_empty() {
        put("description", settings.description.as_str().into());
    }
    put("homepage", linker.to("/").into());
    let licenses = licenses(scene);
    if !licenses.is_empty() {
        put("licenses", licenses.into());
    }
    let publisher = settings.publisher.as_ref().unwrap_or(&settings.title);
    let contributor = json!({ "title": publisher, "path": linker.to("/"), "role": "publisher" });
    put("contributors", vec![contributor].into());
    written(&package, &resources(scene)).into_bytes()
}

/// The package with one line for each resource, so that a new article changes few lines.
fn written(package: &Map<String, Value>, resources: &[Value]) -> String {
    let mut text = String::from("{\n");
    for (key, value) in package {
        text.push_str(&format!("  {}: {value},\n", Value::from(key.as_str())));
    }
    text.push_str("  \"resources\": [");
    for (index, resource) in resources.iter().enumerate() {
        text.push_str(if index == 0 { "\n    " } else { ",\n    " });
        text.push_str(&resource.to_string());
    }
    text.push_str("\n  ]\n}\n");
    text
}

/// A name as the specification wants it: lower case, digits, hyphens.
fn name(text: &str, otherwise: &str) -> String {
    let name = slug(text, true);
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
    if name.is_empty() || !name.chars().all(fits) {
        return otherwise.to_owned();
    }
    name
}

/// The licence of the site: by its address, or by a name that can be one.
fn licenses(scene: &Scene<'_>) -> Vec<Value> {
    let rights = &scene.config.settings.rights;
    let Some(license) = &rights.license else {
        return Vec::new();
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let mut object = Map::new();
    if license.contains("://") {
        object.insert("path".into(), license.as_str().into());
    } else if license.chars().all(fits) {
        object.insert("name".into(), license.as_str().into());
    } else {
        return Vec::new();
    }
    if let Some(statement) = &rights.statement {
        object.insert("title".into(), statement.as_str().into());
    }
    vec![Value::Object(object)]
}

fn resources(scene: &Scene<'_>) -> Vec<Value> {
    let data = &scene.site.data;
    let columns = articles(scene.archive);
    let (of_mentions, of_terms) = (mentions(), terms());
    let mut resources = Vec::new();
    for year in data.years.iter().rev() {
        of_year(scene, year, (&columns, &of_mentions), &mut resources);
    }
    for file in &data.terms {
        resources.extend(of_taxonomy(scene, file, &of_terms));
    }
    resources
}

fn of_year(
    scene: &Scene<'_>,
    year: &DataYear,
    (columns, mentions): (&[Column], &[Column]),
    resources: &mut Vec<Value>,
) {
    let name = year
        .year
        .map_or("undated".to_owned(), |y| format!("{y:04}"));
    if year.csv.is_some() {
        let mut schema = schema(scene, columns);
        schema["primaryKey"] = "id".into();
        resources.push(table(
            &format!("articles-{name}"),
            &format!("articles/{name}.csv"),
            year.articles,
            schema,
        ));
    }
    if year.jsonl.is_some() {
        resources.push(json!({
            "name": format!("articles-{name}-jsonl"),
            "path": format!("articles/{name}.jsonl"),
            "profile": "data-resource",
            "format": "jsonl",
            "mediatype": "application/jsonl",
            "encoding": "utf-8",
            "rows": year.articles,
        }));
    }
    if year.mentions_csv.is_some() {
        let mut schema = schema(scene, mentions);
        if year.csv.is_some() {
            schema["foreignKeys"] = json!([{
                "fields": "article",
                "reference": { "resource": format!("articles-{name}"), "fields": "id" },
            }]);
        }
        resources.push(table(
            &format!("mentions-{name}"),
            &format!("mentions/{name}.csv"),
            year.mentions,
            schema,
        ));
    }
}

fn of_taxonomy(scene: &Scene<'_>, file: &DataTerms, columns: &[Column]) -> Option<Value> {
    file.csv?;
    let taxonomy = scene.archive.taxonomies.get(file.taxonomy)?;
    let mut schema = schema(scene, columns);
    schema["primaryKey"] = "slug".into();
    let name = name(&taxonomy.name, &format!("taxonomy-{}", file.taxonomy + 1));
    let path = format!("terms/{}.csv", taxonomy.name);
    let mut resource = table(&format!("terms-{name}"), &path, file.terms, schema);
    resource["title"] = taxonomy.label.as_str().into();
    Some(resource)
}

fn table(name: &str, path: &str, rows: usize, schema: Value) -> Value {
    json!({
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "doubleQuote": true, "lineTerminator": "\n", "header": true },
        "rows": rows,
        "schema": schema,
    })
}

fn schema(scene: &Scene<'_>, columns: &[Column]) -> Value {
    let words = &scene.theme.voice(None).language;
    let field = |column: &Column| {
        let mut field = json!({
            "name": column.name,
            "type": match column.kind {
                Kind::Count => "integer",
                Kind::Number => "number",
                Kind::Truth => "boolean",
                Kind::Text | Kind::Address | Kind::Date | Kind::List => "string",
            },
        });
        if column.kind == Kind::Address {
            field["format"] = "uri".into();
        }
        field["description"] = column.meaning(scene.archive, words).into();
        field
    };
    json!({ "fields": columns.iter().map(field).collect::<Vec<_>>() })
}
