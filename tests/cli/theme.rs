//! `morgue theme`.

use crate::desk::Desk;

const ARTICLE: &str = "---\ntitle: A\ndate: 2019-01-01?\n---\n\nText.\n";

const NEXT: &str = r#"
The theme is made. Next:
  theme = "evening"     write this into site.toml
  morgue serve --open   look at it; pages reload as you change it
  morgue theme show     what it can change, and how that is written now
"#;

fn desk() -> Desk {
    Desk::site(&[("content/articles/a.md", ARTICLE)])
}

fn use_theme(desk: &Desk, name: &str) {
    let settings = "title = \"T\"\nbase_url = \"https://example.org/a\"\n";
    desk.file("site.toml", &format!("{settings}theme = \"{name}\"\n"));
}

#[test]
fn a_new_theme_works_as_it_is() {
    for parent in ["broadsheet", "wire"] {
        let desk = desk();
        desk.run(&["theme", "new", "evening", "--extends", parent])
            .success()
            .stdout_eq(
                "\
themes/evening/theme.toml
themes/evening/templates/base.html
themes/evening/templates/components.html
themes/evening/static/evening.css
",
            )
            .stderr_eq(NEXT);
        use_theme(&desk, "evening");
        desk.build();
        let page = desk.read("public/2019/01/01/a/index.html");
        let sheets = "<link rel=\"stylesheet\" href=\"/a/theme/style.css\">\n<link rel=\"stylesheet\" href=\"/a/theme/evening.css\">";
        assert!(page.contains(sheets), "{page}");
        assert!(page.contains("(uncertain)"), "{page}");
    }
}

#[test]
fn the_example_in_a_new_theme_works() {
    let desk = desk();
    desk.run(&["theme", "new", "evening"]).success();
    use_theme(&desk, "evening");
    let file = "themes/evening/templates/components.html";
    let text = desk.read(file);
    let example = &text[text.find("{% component").unwrap()..];
    desk.file(file, example.trim_end().trim_end_matches("#}"));
    desk.build();
    let page = desk.read("public/2019/01/01/a/index.html");
    assert!(page.contains("1 January 2019</time>") || page.contains("January 1, 2019</time>"));
    assert!(!page.contains("(uncertain)"), "{page}");
}

#[test]
fn a_theme_can_build_on_one_without_a_frame() {
    let desk = desk();
    desk.file("themes/plain/theme.toml", "extends = \"wire\"\n");
    desk.run(&["theme", "new", "evening", "--extends", "plain"])
        .success();
    let base = desk.read("themes/evening/templates/base.html");
    assert!(base.contains("{% extends \"wire/base.html\" %}"), "{base}");
    use_theme(&desk, "evening");
    desk.build();
}

#[test]
fn a_theme_that_cannot_be_made_leaves_nothing() {
    let desk = desk();
    desk.file("themes/evening/theme.toml", "");
    for (args, message) in [
        (
            &["wire"][..],
            "error: `wire` is the name of a built-in theme\nhelp: choose another, as in `morgue theme new my-wire`\n",
        ),
        (
            &["site"],
            "error: `site` is the name of the site's own templates\nhelp: choose another, as in `morgue theme new my-site`\n",
        ),
        (
            &["../x"],
            "error: \"../x\" cannot be the name of a theme\nhelp: letters, digits, `-` and `_`, as in `morgue theme new evening`\n",
        ),
        (
            &[""],
            "error: \"\" cannot be the name of a theme\nhelp: letters, digits, `-` and `_`, as in `morgue theme new evening`\n",
        ),
        (
            &["evening"],
            "error: themes/evening is there already, and is left as it is\nhelp: choose another name\n",
        ),
        (
            &["night", "--extends", "wrie"],
            "error: there is no theme \"wrie\"\nhelp: did you mean `wire`?\n",
        ),
        (
            &["night", "--extends", "zzz"],
            "error: there is no theme \"zzz\"\nhelp: `morgue theme list` lists those there are\n",
        ),
    ] {
        let refusal = desk.refusal(&[&["theme", "new"], args].concat());
        assert_eq!(refusal, message);
    }
    assert!(!desk.path().join("themes/night").exists());
    let refusal = Desk::empty().refusal(&["theme", "new", "evening"]);
    assert!(refusal.contains("morgue init"), "{refusal}");
}

#[test]
fn themes_are_listed() {
    let built_in = "\
* broadsheet  built in
              An archive of record: ink on paper, hairline rules, one red.
  wire        built in, extends broadsheet
              Text alone, one column: an article and its style sheet in 6 KB.
";
    Desk::empty()
        .run(&["theme", "list"])
        .success()
        .stdout_eq(built_in);
    let desk = desk();
    desk.file(
        "themes/evening/theme.toml",
        "extends = \"wire\"\ndescription = \"wire after dark\"\n",
    );
    use_theme(&desk, "evening");
    let own = "* evening     themes/evening, extends wire\n              wire after dark\n";
    let list = desk.stdout(&["theme", "list"]);
    assert_eq!(list, built_in.replace("* b", "  b") + own);
    let json = desk.stdout(&["theme", "list", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[2]["folder"], "themes/evening");
    assert_eq!(json[2]["used"], true);
}

#[test]
fn parts_of_a_theme_are_shown() {
    let desk = Desk::empty();
    let root = env!("CARGO_MANIFEST_DIR");
    for (args, file) in [
        (&["article.html"][..], "broadsheet/templates/article.html"),
        (&["style.css"], "broadsheet/static/style.css"),
        (&["en.toml"], "broadsheet/i18n/en.toml"),
        (
            &["base.html", "--theme", "wire"],
            "wire/templates/base.html",
        ),
    ] {
        let shown = desk.stdout(&[&["theme", "show"], args].concat());
        let file = std::fs::read_to_string(format!("{root}/themes/{file}")).unwrap();
        assert_eq!(shown, file);
    }
    let when = desk.stdout(&["theme", "show", "when"]);
    assert!(when.starts_with("{#- A date"), "{when}");
    assert!(when.ends_with("{%- endcomponent when %}\n"), "{when}");
    let all = desk.stdout(&["theme", "show"]);
    assert!(all.contains("components  when\n") && all.contains("texts       en.toml\n"));
    assert_eq!(
        desk.refusal(&["theme", "show", "wehn"]),
        "error: broadsheet has no \"wehn\"\nhelp: did you mean `when`? `morgue theme show --theme broadsheet` lists what it has\n"
    );
    let refusal = desk.refusal(&["theme", "show", "when", "--theme", "x"]);
    assert_eq!(
        refusal,
        "error: there is no built-in theme \"x\"\nhelp: there are `broadsheet` and `wire`\n"
    );
}
