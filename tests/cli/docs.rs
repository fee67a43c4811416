//! What the documentation says is true. `SNAPSHOTS=overwrite` brings its generated parts up to
//! date.

use std::collections::BTreeSet;

use camino::Utf8Path;
use morgue::config::{Config, Settings};
use morgue::content::schema;
use morgue::language::Texts;
use serde_json::Value as Json;
use snapbox::{assert_data_eq, file};

use crate::desk::Desk;

fn doc(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The fenced blocks of a language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    let parts = text.split(fence.as_str()).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap())
        .collect()
}

#[test]
fn codes_are_those_of_the_program() {
    let codes = Desk::empty().stdout(&["explain", "--markdown"]);
    assert_data_eq!(codes, file!["../../docs/codes.md"].raw());
}

#[test]
fn themes_are_given_what_the_reference_says() {
    let reference = Desk::empty().stdout(&["schema", "theme", "--markdown"]);
    assert_data_eq!(reference, file!["../../docs/theme-reference.md"].raw());
}

/// Every setting has its row, under the heading of its table.
#[test]
fn every_setting_is_told() {
    let text = doc("docs/configuration.md");
    let schema = schemars::schema_for!(Settings).to_value();
    let section = |name: &str| {
        let heading = text
            .split("\n## ")
            .find(|part| part.lines().next().unwrap().contains(name));
        heading.unwrap_or_else(|| panic!("no section {name}"))
    };
    for (name, setting) in schema["properties"].as_object().unwrap() {
        let reference = setting["$ref"].as_str().map(str::to_owned).or_else(|| {
            let each = &setting["additionalProperties"]["$ref"];
            each.as_str().map(str::to_owned)
        });
        let part = reference.map(|r| &schema["$defs"][r.rsplit('/').next().unwrap()]);
        let Some(fields) = part.and_then(|part| part["properties"].as_object()) else {
            let place = if name == "extra" {
                "`[extra]`"
            } else {
                "The site"
            };
            assert!(section(place).contains(name), "{name}");
            continue;
        };
        let section = section(&format!("`[{name}"));
        let told: BTreeSet<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
            .collect();
        let there: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
        if name != "records" {
            assert_eq!(told, there, "[{name}]");
        }
    }
}

/// Every example of settings is one that works.
#[test]
fn examples_of_settings_work() {
    for name in [
        "README.md",
        "docs/configuration.md",
        "docs/front-matter.md",
        "docs/addresses.md",
        "docs/check.md",
        "docs/themes.md",
        "docs/hosting.md",
    ] {
        let text = doc(name);
        for block in blocks(&text, "toml") {
            let needed = "title = \"T\"\nbase_url = \"https://example.org\"\n";
            // Interface texts have a form of their own.
            if block.contains("{n}") {
                assert!(Texts::parse(block).is_ok(), "{name}:\n{block}");
                continue;
            }
            let source = if block.contains("extends") {
                continue;
            } else if block.contains("base_url") {
                block.to_owned()
            } else {
                format!("{needed}{block}")
            };
            let config = Config::parse(Utf8Path::new(""), &source);
            assert!(config.is_ok(), "{name}:\n{block}\n{config:?}");
        }
    }
}

/// Every field has its row, and every row is a field.
#[test]
fn every_field_is_told() {
    let text = doc("docs/front-matter.md");
    let rows: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let config = Config::parse(
        Utf8Path::new(""),
        "title = \"T\"\nbase_url = \"https://e.org\"\n",
    );
    let config = config.unwrap();
    let mut schemas = vec![schema::article(&config), schema::page(&config)];
    for taxonomy in &config.taxonomies {
        schemas.push(schema::record(taxonomy.kind, &taxonomy.singular));
    }
    let mut fields = BTreeSet::new();
    schemas.iter().for_each(|schema| keys(schema, &mut fields));
    let aliases = ["person", "place", "topic", "author", "sections"];
    for field in &fields {
        assert!(
            rows.contains(field.as_str()) || aliases.contains(&field.as_str()),
            "{field}"
        );
    }
    for row in rows {
        assert!(fields.contains(row), "there is no field {row}");
    }
}

fn keys(schema: &Json, into: &mut BTreeSet<String>) {
    let parts = schema["anyOf"].as_array().into_iter().flatten();
    for part in parts.chain(schema.get("items")) {
        keys(part, into);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        into.insert(name.clone());
        keys(field, into);
    }
}

/// Every example of front matter is read without a finding.
#[test]
fn examples_of_front_matter_are_read() {
    let text = doc("docs/front-matter.md");
    for (index, block) in blocks(&text, "yaml").into_iter().enumerate() {
        let folder = if block.contains("\nname: ") || block.starts_with("---\nname: ") {
            if block.contains("latitude") {
                "places"
            } else if block.contains("broader") {
                "topics"
            } else {
                "people"
            }
        } else if block.contains("\ndate: ") {
            "articles"
        } else {
            "pages"
        };
        let desk = Desk::site(&[(&format!("content/{folder}/x{index}.md"), block)]);
        desk.file(
            "content/articles/y.md",
            "---\ntitle: Y\ndate: 2018-01-01\nid: y\nplaces: [Russia]\ntopics: [Diplomacy]\n---\n",
        );
        let output = desk.run(&["build"]).success();
        let said = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(!said.contains("[M0"), "{block}\n{said}");
    }
}

/// The parts of the built-in theme have their rows, as they are, and every row is a part.
#[test]
fn every_part_of_the_theme_is_told() {
    let text = doc("docs/themes.md");
    let told = |heading: &str| -> BTreeSet<String> {
        let section = text.split(heading).nth(1).unwrap();
        let section = section.split("\n## ").next().unwrap();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let cells = rows.filter_map(|row| row.split(" | ").next());
        let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
        names.map(str::to_owned).collect()
    };
    let theme = &morgue::render::theme::BUILT_IN_THEMES[0];
    let components = theme.components();
    let components: BTreeSet<String> = components.iter().map(|c| c.signature.into()).collect();
    assert_eq!(told("\n## The components\n"), components);
    let frames = ["base.html", "article.html"];
    let blocks = frames.iter().flat_map(|name| theme.blocks(name));
    let blocks: BTreeSet<String> = blocks.map(str::to_owned).collect();
    assert_eq!(told("\n## The blocks\n"), blocks);
    let templates = told("\n## The templates\n");
    let templates = templates.iter().filter(|name| name.ends_with(".html"));
    let there: BTreeSet<&str> = theme.templates.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        templates.map(String::as_str).collect::<BTreeSet<_>>(),
        there
    );
}

/// Every example of a template is one that works.
#[test]
fn examples_of_templates_work() {
    let text = doc("docs/themes.md");
    let mut tried = 0;
    for block in blocks(&text, "html") {
        let theme = if block.contains("\"wire/") {
            "wire"
        } else {
            "broadsheet"
        };
        let file = if block.contains("extends") {
            "base.html"
        } else {
            "dates.html"
        };
        if !block.starts_with("{%") {
            continue;
        }
        let article = "---\ntitle: A\ndate: 2019-01-01?\n---\n\nText.\n";
        let desk = Desk::site(&[("content/articles/a.md", article)]);
        let settings = format!("theme = \"{theme}\"\n{}", desk.read("site.toml"));
        desk.file("site.toml", &settings);
        desk.build();
        let before = desk.read("public/2019/01/01/a/index.html");
        desk.file(&format!("templates/{file}"), block);
        desk.build();
        assert_ne!(
            before,
            desk.read("public/2019/01/01/a/index.html"),
            "{block}"
        );
        tried += 1;
    }
    assert!(tried >= 3);
}

/// What is shown of several machines is what lies beside it, to be taken.
#[test]
fn examples_of_scale_are_the_files() {
    let text = doc("docs/scale.md");
    let files = ["publish-in-shards.yml", "shards.yaml"];
    let files = files.map(|name| doc(&format!("docs/examples/{name}")));
    assert_eq!(blocks(&text, "yaml"), files);
    for line in files.iter().flat_map(|file| file.lines()) {
        let words = line.split("morgue ").nth(1);
        let Some(command) = words.and_then(|rest| rest.split([' ', '"']).next()) else {
            continue;
        };
        if !command.starts_with('|') {
            Desk::empty().stdout(&[command, "--help"]);
        }
    }
}

/// Every dependency has its row, and every row is a dependency.
#[test]
fn every_dependency_is_told() {
    let manifest: toml::Table = doc("Cargo.toml").parse().unwrap();
    let text = doc("docs/dependencies.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| "));
    let told: BTreeSet<&str> = rows
        .filter_map(|row| row.split(" | ").next())
        .filter(|name| !matches!(*name, "library" | "---"))
        .collect();
    let everywhere = ["dependencies", "dev-dependencies"].map(|table| manifest[table].as_table());
    let somewhere = manifest["target"].as_table().into_iter().flatten();
    let somewhere = somewhere.map(|(_, system)| system["dependencies"].as_table());
    let there: BTreeSet<&str> = everywhere
        .into_iter()
        .chain(somewhere)
        .flatten()
        .flatten()
        .map(|(name, about)| {
            about
                .get("package")
                .and_then(toml::Value::as_str)
                .unwrap_or(name)
        })
        .collect();
    assert_eq!(told, there);
}

/// Every link from one document to another leads somewhere.
#[test]
fn links_between_documents_lead_somewhere() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).unwrap();
    let mut files: Vec<String> = docs
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()))
        .filter(|name| name.ends_with(".md"))
        .collect();
    files.push("README.md".into());
    for name in files {
        let text = doc(&name);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = link.split('#').next().unwrap();
            // Addresses, examples, and pictures that are made later.
            let other = link.contains("://")
                || link.contains(' ')
                || !path.ends_with(".md")
                || link.starts_with("../");
            if !other && !text.contains(&format!("`[{link}")) && !text.contains("```markdown") {
                let home = root.join(&name);
                let target = home.parent().unwrap().join(path);
                assert!(target.exists(), "{name}: {link}");
            }
        }
    }
}
