//! `morgue explain`, `completions`, `schema` and the help.

use snapbox::{assert_data_eq, file};

use crate::desk::Desk;

#[test]
fn a_code_is_explained() {
    for code in ["M0109", "m109", "109"] {
        Desk::empty().run(&["explain", code]).success().stdout_eq(
            "\
M0109  an article without a date (warning)

There is no `date`, and the file name does not begin with one
(`2019-04-25-slug.md`). The article is filed under `/undated/`. If the date is
truly not known, write `date: unknown` and this warning goes.
",
        );
    }
}

#[test]
fn every_code_is_listed() {
    let list = Desk::empty().stdout(&["explain"]);
    assert_eq!(list.lines().count(), morgue::diagnostics::Code::ALL.len());
    assert!(
        list.contains("M0104  error    a value of the wrong kind\n"),
        "{list}"
    );
    let json = Desk::empty().stdout(&["explain", "--format", "json"]);
    let json: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(json.len(), list.lines().count());
}

#[test]
fn an_unknown_code_has_a_neighbour() {
    let refusal = Desk::empty().refusal(&["explain", "M0199"]);
    assert!(refusal.contains("the nearest is M01"), "{refusal}");
    let refusal = Desk::empty().refusal(&["explain", "dead links"]);
    assert!(
        refusal.contains("`morgue explain` lists every code"),
        "{refusal}"
    );
}

#[test]
fn shells_are_given_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = Desk::empty().stdout(&["completions", shell]);
        assert!(
            script.contains("morgue") && script.contains("explain"),
            "{shell}"
        );
    }
    Desk::empty().run(&["completions", "cmd"]).code(2);
}

#[test]
fn a_schema_knows_the_site() {
    let desk = Desk::starter();
    let settings = desk.read("site.toml")
        + "[taxonomies.companies]\nkind = \"organization\"\n\
           [front_matter]\nignore = [\"layout\"]\nmap = { tags = \"topics\" }\n";
    desk.file("site.toml", &settings);
    let schema = |what: &str| -> serde_json::Value {
        serde_json::from_str(&desk.stdout(&["schema", what])).unwrap()
    };
    let article = schema("article");
    for key in ["title", "people", "companies", "tags", "layout"] {
        assert!(article["properties"][key].is_object(), "{key}");
    }
    assert!(schema("company")["properties"]["name"].is_object());
    assert!(schema("site")["properties"]["base_url"].is_object());
    let refusal = desk.refusal(&["schema", "artcle"]);
    assert!(refusal.contains("did you mean `article`?"), "{refusal}");
}

/// Every key of the front matter below a folder of the demo archive is one of the schema.
#[test]
fn the_demo_archive_keeps_to_the_schemas() {
    for (folder, what) in [
        ("articles", "article"),
        ("people", "person"),
        ("places", "place"),
        ("topics", "topic"),
        ("pages", "page"),
    ] {
        let schema = Desk::empty().stdout(&["schema", what]);
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        let root = format!("{}/content/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in walkdir::WalkDir::new(root)
            .into_iter()
            .filter_map(Result::ok)
        {
            if entry.path().extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let front = text.split("---\n").nth(1).unwrap();
            let front: serde_yaml::Mapping = serde_yaml::from_str(front).unwrap();
            for key in front.keys() {
                let key = key.as_str().unwrap();
                assert!(
                    schema["properties"][key].is_object(),
                    "{key}: {:?}",
                    entry.path()
                );
            }
        }
    }
}

#[test]
fn the_help_fits_a_screen() {
    let help = Desk::empty().stdout(&["--help"]);
    assert_data_eq!(help, file!["help.txt"]);
}

#[test]
fn every_command_teaches_by_example() {
    for command in [
        "build",
        "merge",
        "index",
        "init",
        "new",
        "list",
        "explain",
        "completions",
        "schema",
        "theme",
    ] {
        let help = Desk::empty().stdout(&[command, "--help"]);
        assert!(help.contains("Examples:\n  morgue "), "{help}");
    }
}
