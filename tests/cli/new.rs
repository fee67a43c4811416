//! `morgue new`.

use crate::desk::Desk;

#[test]
fn an_article_has_its_names_as_the_archive_writes_them() {
    let desk = Desk::starter();
    desk.file(
        "content/people/kim-jong-un.md",
        "---\nname: Kim Jong-un\naliases: [김정은]\n---\n",
    );
    let args = [
        "new",
        "article",
        "Talks: \"no deal\" in Hanoi",
        "--date",
        "2019-02-28",
        "--person",
        "김정은",
        "--person",
        "kim  JONG-UN",
        "--person",
        "roald-amundsen",
        "--place",
        "Hanoi",
        "--topic",
        "explorations",
        "--section",
        "world",
        "--author",
        "Reuters: live",
        "--term",
        "series=No",
    ];
    desk.run(&args)
        .success()
        .stdout_eq("content/articles/2019/talks-no-deal-in-hanoi.md\n")
        .stderr_eq(
            "\
\"김정은\" is written \"Kim Jong-un\" here.
\"kim JONG-UN\" is written \"Kim Jong-un\" here.
\"roald-amundsen\" is written \"Roald Amundsen\" here.
\"Hanoi\" is a new place.
\"explorations\" is a new topic. Did you mean \"Exploration\"?
\"Reuters: live\" is a new author.
\"world\" is written \"World\" here.
\"No\" is a new series.
",
        );
    assert_eq!(
        desk.read("content/articles/2019/talks-no-deal-in-hanoi.md"),
        r#"---
title: "Talks: \"no deal\" in Hanoi"
date: 2019-02-28
people: [Kim Jong-un, Roald Amundsen]
places: [Hanoi]
topics: [explorations]
authors: ["Reuters: live"]
section: World
series: "No"
---
"#
    );
    desk.build();
}

#[test]
fn the_day_is_today_unless_it_is_said() {
    let desk = Desk::starter();
    let path = desk.stdout(&["new", "article", "One"]);
    assert_eq!(path, "content/articles/2019/one.md\n");
    assert!(desk.read(path.trim()).contains("date: 2019-04-26\n"));
    for (date, path) in [
        ("1936", "content/articles/1936/two.md"),
        ("1936-07-18?", "content/articles/1936/two-2.md"),
        ("unknown", "content/articles/undated/two.md"),
    ] {
        let slug = path.rsplit('/').next().unwrap().trim_end_matches(".md");
        let printed = desk.stdout(&["new", "article", "Two", "--date", date, "--slug", slug]);
        assert_eq!(printed.trim(), path);
        assert!(desk.read(path).contains(&format!("date: {date}\n")));
    }
    desk.build();
    let refusal = desk.refusal(&["new", "article", "Three", "--date", "2019-02-30"]);
    assert!(refusal.contains("help: write `--date"), "{refusal}");
}

#[test]
fn a_clock_before_our_era_gives_no_date() {
    let desk = Desk::at("-99999999999");
    desk.file("site.toml", "title = \"T\"\nbase_url = \"https://e.org\"\n");
    let path = desk.stdout(&["new", "article", "One"]);
    assert_eq!(path, "content/articles/undated/one.md\n");
}

#[test]
fn nothing_is_overwritten() {
    let desk = Desk::starter();
    desk.run(&["new", "article", "One"]).success();
    for args in [
        ["new", "article", "One"].as_slice(),
        &["new", "article", "One", "--folder"],
    ] {
        let refusal = desk.refusal(args);
        assert!(
            refusal.contains("content/articles/2019/one.md is there already"),
            "{refusal}"
        );
    }
}

#[test]
fn an_article_can_be_a_folder_and_a_draft() {
    let desk = Desk::starter();
    let path = desk.stdout(&["new", "article", "Index", "--draft"]);
    assert_eq!(path, "content/articles/2019/index/index.md\n");
    let path = desk.stdout(&["new", "article", "Two", "--folder", "--date", "2019-01-01"]);
    assert_eq!(path, "content/articles/2019/two/index.md\n");
    assert!(
        desk.read("content/articles/2019/index/index.md")
            .contains("status: draft\n")
    );
    desk.run(&["build"]).success();
    assert!(
        desk.path()
            .join("public/2019/01/01/two/index.html")
            .exists()
    );
    assert!(
        !desk
            .path()
            .join("public/2019/04/26/index/index.html")
            .exists()
    );
}

#[test]
fn a_pattern_of_folders_names_none() {
    let desk = Desk::empty();
    let settings =
        "title = \"T\"\nbase_url = \"https://e.org\"\n[content]\narticles = \"*/news\"\n";
    desk.file("site.toml", settings);
    let refusal = desk.refusal(&["new", "article", "One"]);
    assert!(
        refusal.contains("*/news") && refusal.contains("help: "),
        "{refusal}"
    );
    desk.file(
        "site.toml",
        &settings.replace("\"*/news\"", "[\"*/news\", \"./desk/\"]"),
    );
    assert_eq!(
        desk.stdout(&["new", "article", "One"]),
        "content/desk/2019/one.md\n"
    );
}

#[test]
fn records_of_every_kind() {
    let desk = Desk::starter();
    let settings = desk.read("site.toml") + "[taxonomies.companies]\nkind = \"organization\"\n";
    desk.file("site.toml", &settings);
    for (args, path, text) in [
        (
            [
                "new",
                "person",
                "Nguyễn Phú Trọng",
                "--description=leader: of Vietnam",
            ]
            .as_slice(),
            "content/people/nguyen-phu-trong.md",
            "---\nname: Nguyễn Phú Trọng\ndescription: \"leader: of Vietnam\"\n---\n",
        ),
        (
            &["new", "places", "王芳", "--slug", "wang.fang"],
            "content/places/wang.fang.md",
            "---\nname: 王芳\nslug: \"wang.fang\"\n---\n",
        ),
        (
            &["new", "company", "Yes"],
            "content/companies/yes.md",
            "---\nname: \"Yes\"\n---\n",
        ),
    ] {
        assert_eq!(desk.stdout(args).trim(), path);
        assert_eq!(desk.read(path), text);
    }
    desk.build();
}

#[test]
fn a_record_that_is_there_is_named() {
    let desk = Desk::starter();
    desk.file("content/people.csv", "name,aliases\nJosé,Pepe\n");
    for (name, expected) in [
        (
            "roald AMUNDSEN",
            "has a record already: content/people/roald-amundsen.md:1",
        ),
        ("Pepe", "is an alias of \"José\": content/people.csv:2"),
        (
            "Jose",
            "has the address `jose` already: content/people.csv:2",
        ),
    ] {
        let refusal = desk.refusal(&["new", "person", name]);
        assert!(refusal.contains(expected), "{refusal}");
    }
    desk.run(&["new", "person", "Jose", "--slug", "jose-b"])
        .success();
    desk.run(&["build"]).success();
}

#[test]
fn slips_are_answered() {
    let desk = Desk::starter();
    for (args, expected) in [
        (["new", "persn", "X"].as_slice(), "did you mean `person`?"),
        (
            &["new", "person", "X", "--topic", "Y"],
            "`--topic` is of articles",
        ),
        (
            &["new", "article", "X", "--description", "Y"],
            "is of records",
        ),
        (&["new", "article", "  "], "needs a title"),
        (&["new", "person", " "], "needs a name"),
        (
            &["new", "article", "X", "--slug", "a/b"],
            "help: write `--slug a-b`",
        ),
        (
            &["new", "article", "X", "--person", ""],
            "`--person` is empty",
        ),
        (&["new", "article", "X", "--term", "Y"], "names no taxonomy"),
        (
            &[
                "new", "article", "X", "--term", "series=A", "--term", "series=B",
            ],
            "one series at most",
        ),
    ] {
        let refusal = desk.refusal(args);
        assert!(refusal.contains(expected), "{refusal}");
    }
    let nowhere = Desk::empty();
    let refusal = nowhere.refusal(&["new", "article", "X"]);
    assert!(refusal.contains("morgue init DIR"), "{refusal}");
}
