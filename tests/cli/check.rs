//! `morgue check`.

use serde_json::Value;

use crate::desk::Desk;

const TEXT: &str = "The two leaders met in Hanoi on Thursday and talked for four hours about the \
    future of the peninsula, and then left without a statement, a lunch or a date for another \
    meeting, as people of both delegations said in the evening.";

const PUBLISHER: &str = "[check]\npages = []\n";

fn settings(more: &str) -> String {
    format!("title = \"T\"\nbase_url = \"https://example.org\"\n{PUBLISHER}{more}")
}

/// The findings of a code, as JSON, whatever else there is.
fn found(desk: &Desk, code: &str, more: &[&str]) -> Vec<Value> {
    let mut args = vec!["check", "--format", "json", "--only", code];
    args.extend(more);
    let output = desk.run(&args);
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines
        .filter(|line: &Value| line.get("code").is_some())
        .collect()
}

fn article(title: &str, date: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\n{more}---\n\n{body}\n")
}

fn desk(files: &[(&str, String)]) -> Desk {
    let desk = Desk::empty();
    desk.file("site.toml", &settings(""));
    for (path, text) in files {
        desk.file(path, text);
    }
    desk
}

#[test]
fn nearly_the_same_text_is_told_at_the_later_article() {
    let later = TEXT.replace("evening", "morning") + " REUTER";
    let desk = desk(&[
        (
            "content/articles/b.md",
            article("B", "2019-02-28", "", TEXT),
        ),
        (
            "content/articles/a.md",
            article("A", "2019-03-01", "", &later),
        ),
        (
            "content/articles/c.md",
            article("C", "2019-03-02", "", "Other words."),
        ),
    ]);
    let notes = found(&desk, "M0710", &[]);
    assert_eq!(notes.len(), 1, "{notes:#?}");
    assert_eq!(notes[0]["file"], "content/articles/a.md");
    assert_eq!(notes[0]["line"], 3);
    let help = notes[0]["help"].as_str().unwrap();
    assert!(help.contains("`duplicate_of: articles/b.md`"), "{help}");
    // What the help says is the way out.
    let known = article("A", "2019-03-01", "duplicate_of: articles/b.md\n", &later);
    desk.file("content/articles/a.md", &known);
    assert!(found(&desk, "M0710", &[]).is_empty());
    desk.file(
        "content/articles/a.md",
        &article("A", "2019-03-01", "", &later),
    );
    desk.file(
        "site.toml",
        &settings("distinct = [[\"articles/a.md\", \"articles/b.md\"]]\n"),
    );
    assert!(found(&desk, "M0710", &[]).is_empty());
    desk.file("site.toml", &settings("overlap = 97\n"));
    assert!(found(&desk, "M0710", &[]).is_empty());
}

#[test]
fn translations_may_have_one_text() {
    let file = |language: &str| {
        article(
            "A",
            "2019-02-28",
            &format!("language: {language}\nslug: a\n"),
            TEXT,
        )
    };
    let desk = desk(&[
        ("content/articles/en/a.md", file("en")),
        ("content/articles/fr/a.md", file("fr")),
    ]);
    desk.file(
        "site.toml",
        &(settings("") + "[permalinks]\narticle = \"/{language}/{slug}/\"\n"),
    );
    assert!(found(&desk, "M0710", &[]).is_empty());
}

#[test]
fn names_that_look_alike_are_told_once_with_the_merge() {
    let people = "people: [Emmanuel Mitterrand, Emmanuel Mitterand, Jong-un Kim, Kim Jong-un, \
        J. Smith, John Smith, José Arena, Jose Aréna, Olga Petrov, Olga Petrova]\n";
    let others = "people: [Kim Jong-un, Emmanuel Mitterrand]\n";
    let topics = "topics: [Windows 95, Windows 98, Austria, Australia, Iran, Iraq]\n";
    let desk = desk(&[
        (
            "content/articles/a.md",
            article("A", "2019-02-28", people, "x"),
        ),
        (
            "content/articles/b.md",
            article("B", "2019-02-28", others, "x"),
        ),
        (
            "content/articles/c.md",
            article("C", "2019-02-28", topics, "x"),
        ),
    ]);
    let notes = found(&desk, "M0700", &[]);
    let helps: Vec<&str> = notes.iter().map(|n| n["help"].as_str().unwrap()).collect();
    for merge in [
        "morgue terms merge people \"Emmanuel Mitterrand\" \"Emmanuel Mitterand\"",
        "morgue terms merge people \"Kim Jong-un\" \"Jong-un Kim\"",
        "morgue terms merge people \"John Smith\" \"J. Smith\"",
    ] {
        let times = helps.iter().filter(|help| help.contains(merge)).count();
        assert_eq!(times, 1, "{merge}: {notes:#?}");
    }
    assert!(
        helps
            .iter()
            .all(|help| !help.contains("Windows") && !help.contains("Austria"))
    );
    assert!(
        helps
            .iter()
            .all(|help| !help.contains("Petrov") && !help.contains("Iran"))
    );
    let place = &notes[0];
    assert_eq!(
        (&place["file"], &place["line"]),
        (&"content/articles/a.md".into(), &4.into())
    );
    let apart = "distinct = [[\"John Smith\", \"J. Smith\"]]\n";
    desk.file("site.toml", &settings(apart));
    assert_eq!(found(&desk, "M0700", &[]).len(), notes.len() - 1);
}

#[test]
fn records_are_held_against_articles() {
    let desk = desk(&[
        (
            "content/people/a.md",
            "---\nname: Ann\nborn: 1990-05-01\nwikidata: Q42\n---\n".into(),
        ),
        (
            "content/people/b.md",
            "---\nname: Bob\nwikidata: Q42\n---\n".into(),
        ),
        (
            "content/articles/1.md",
            article("One", "1990-04-30", "people: [Ann, Eve]\n", "x"),
        ),
        (
            "content/articles/2.md",
            article("Two", "1990", "people: [Ann]\n", "x"),
        ),
    ]);
    let born = found(&desk, "M0704", &[]);
    assert_eq!(born.len(), 1, "{born:#?}");
    assert_eq!(born[0]["file"], "content/articles/1.md");
    assert_eq!(found(&desk, "M0703", &[])[0]["file"], "content/people/b.md");
    assert_eq!(found(&desk, "M0702", &[])[0]["file"], "content/people/b.md");
    let bare = found(&desk, "M0701", &[]);
    assert_eq!(bare[0]["message"], "People: 1 of 3 have no record: Eve (1)");
}

#[test]
fn dates_that_cannot_be_right() {
    let old = article("Old", "1066-10-14", "", "x");
    let other = article("Other", "2019-03-04", "", "x");
    let near = article("Near", "2019-03-02T23:30:00", "", "x");
    let swapped = article("Swapped", "2019-03-04", "updated: 2019-03-03\n", "x");
    let desk = desk(&[
        ("content/articles/old.md", old),
        ("content/articles/2019-03-01-other.md", other),
        ("content/articles/2019-03-03-near.md", near),
        ("content/articles/swapped.md", swapped),
    ]);
    for (code, file) in [
        ("M0720", "content/articles/old.md"),
        ("M0723", "content/articles/2019-03-01-other.md"),
        ("M0722", "content/articles/swapped.md"),
    ] {
        let notes = found(&desk, code, &[]);
        assert_eq!(notes.len(), 1, "{code}: {notes:#?}");
        assert_eq!(notes[0]["file"], file);
    }
    for number in 0..30 {
        // Thirty languages of one story are one.
        let of = format!("language: en-Z{number:02}\ntranslation_of: articles/old.md\n");
        let moment = article("Translated", "2019-03-05T10:11:12", &of, "x");
        desk.file(&format!("content/articles/i{number}.md"), &moment);
    }
    assert!(found(&desk, "M0721", &[]).is_empty());
    for number in 0..30 {
        let moment = article("Imported", "2019-03-05T10:11:12", "", "x");
        desk.file(&format!("content/articles/i{number}.md"), &moment);
    }
    assert_eq!(found(&desk, "M0721", &[]).len(), 1);
}

#[test]
fn what_is_lacking_is_summed_up_or_listed() {
    let desk = desk(&[
        (
            "content/articles/a.md",
            article("A", "2019-02-28", "section: World\n", "x"),
        ),
        (
            "content/articles/b.md",
            article("B", "2019-02-28", "authors: [Ann]\nsummary: S\n", "x"),
        ),
        (
            "content/articles/c.md",
            article("C", "2019-02-28", "", "![](hall.png)"),
        ),
        ("content/articles/hall.png", "no picture".into()),
    ]);
    let byline = found(&desk, "M0730", &[]);
    assert_eq!(byline.len(), 1);
    assert_eq!(
        byline[0]["message"],
        "2 of 3 articles are without a byline: content/articles/a.md, content/articles/c.md"
    );
    assert_eq!(found(&desk, "M0731", &["--all"]).len(), 2);
    assert_eq!(found(&desk, "M0732", &["--all"]).len(), 2);
    let silent = found(&desk, "M0112", &[]);
    assert_eq!((&silent[0]["line"], silent.len()), (&6.into(), 1));
    assert_eq!(
        found(&desk, "M0741", &[])[0]["file"],
        "content/articles/hall.png"
    );
    desk.file(
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\n",
    );
    desk.file(
        "content/pages/rules.md",
        "---\ntitle: Rules\npolicy: ethics\n---\n",
    );
    desk.file("content/pages/about.md", "---\ntitle: About\n---\n");
    assert_eq!(found(&desk, "M0750", &[]).len(), 3);
}

#[test]
fn only_what_is_asked_for_is_told_and_decides_how_it_ends() {
    let desk = desk(&[("content/articles/a.md", article("A", "1500", "", "x"))]);
    desk.run(&["check"]).code(1);
    desk.run(&["check", "--ignore", "M0720"]).code(0);
    desk.run(&["check", "--level", "error"])
        .code(0)
        .stdout_eq("Nothing was found.\n");
    desk.run(&["check", "--only", "M9999"]).code(2);
    desk.file("site.toml", &settings("ignore = [\"M0720\"]\n"));
    desk.run(&["check"]).code(0);
    desk.file("site.toml", &settings("ignore = [\"M0999\"]\n"));
    desk.run(&["check"]).code(2);
    desk.file("site.toml", &settings(""));
    desk.run(&["check", "--only", "M0720"]).code(1).stdout_eq(
        "\
warning[M0720]: the article is dated 1500, before there were newspapers
  --> content/articles/a.md:3:1
   |
 3 | date: 1500
   | ^^^^^^^^^^
   = help: correct `date`; if it is about that time, the date is that of its publication

      1  M0720  warning  a date that can hardly be right
",
    );
}

#[test]
fn sarif_names_rules_and_places() {
    let desk = desk(&[("content/articles/a b.md", article("A", "1500", "", "x"))]);
    let output = desk.run(&["check", "--format", "sarif"]).code(1);
    let log: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let old = results.iter().find(|r| r["ruleId"] == "M0720").unwrap();
    let place = &old["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "content/articles/a%20b.md"
    );
    assert_eq!(place["region"]["startLine"], 3);
}
