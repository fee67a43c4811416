//! The data files say what the pages say.

use std::collections::BTreeMap;

use morgue::diagnostics::Code;
use serde_json::Value as Json;

use crate::driver::{Outcome, SETTINGS, SiteTest};

type Row = BTreeMap<String, String>;

fn text<'a>(outcome: &'a Outcome, file: &str) -> &'a str {
    let bytes = outcome.files.get(file);
    let bytes = bytes.unwrap_or_else(|| panic!("no {file}; there are {:#?}", outcome.files.keys()));
    std::str::from_utf8(bytes).unwrap()
}

fn rows(outcome: &Outcome, file: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text(outcome, file).as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn lines(outcome: &Outcome, file: &str) -> Vec<Json> {
    let lines = text(outcome, file).lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn package(outcome: &Outcome) -> Json {
    serde_json::from_str(text(outcome, "data/datapackage.json")).unwrap()
}

fn small() -> SiteTest {
    SiteTest::new()
        .article(
            "a.md",
            "date: 2019-01-02\nid: first\npeople: [Ana, Bo]\nabout: [Ana]\nsection: World\nlanguage: fr\nagencies: [Wire, \"=Bad\", WIRE]\nprint: {publication: The Paper, page: A1}\nrights: {statement: Ours}\ncorrections: [{date: 2019-02-01, text: One}, {date: 2019-01-05, text: Two}]",
        )
        .article("b.md", "date: 2019-05-03T10:00:00+02:00\npeople: [Ana]\nplaces: [Oslo]")
        .article("c.md", "date: 1936-07?\npeople: [Bo]")
        .article("d.md", "people: [Ana]")
        .article("quiet.md", "date: 2019-06-01\nstatus: noindex\npeople: [Ana]")
        .write(
            "content/people/ana.md",
            "---\nname: Ana\nwikidata: Q1\nborn: 1950?\n---\n",
        )
        .write("content/people/bo.md", "---\nname: Bo\nhidden: true\n---\n")
        .write(
            "content/places.csv",
            "name,latitude,longitude,parent\nOslo,59.9,-10.7,Norway\nNorway,,,\n",
        )
}

#[test]
fn every_listed_article_has_its_row_in_the_file_of_its_year() {
    let outcome = small().build().ok();
    let files = ["2019", "1936", "undated"].map(|year| format!("data/articles/{year}"));
    let count = |ending: &str| {
        files.clone().map(|file| match ending {
            "csv" => rows(&outcome, &format!("{file}.csv")).len(),
            _ => lines(&outcome, &format!("{file}.jsonl")).len(),
        })
    };
    assert_eq!(count("csv"), [2, 1, 1]);
    assert_eq!(count("jsonl"), [2, 1, 1]);
    let rows = rows(&outcome, "data/articles/2019.csv");
    let first = &rows[0];
    for (column, cell) in [
        ("id", "first"),
        ("url", "https://example.org/2019/01/02/a/"),
        ("title", "a.md"),
        ("date", "2019-01-02"),
        ("language", "fr"),
        ("people", "Ana"),
        ("about", "Ana"),
        ("section", "World"),
        ("agencies", "Wire|=Bad"),
        ("print_page", "A1"),
        ("corrections", "2"),
        ("rights", "Ours"),
    ] {
        assert_eq!(first[column], cell, "{column}");
    }
    assert_eq!(rows[1]["id"], "/2019/05/03/b/");
    assert_eq!(rows[1]["date"], "2019-05-03T10:00:00+02:00");
    assert!(text(&outcome, "data/articles/1936.csv").contains(",1936-07?,"));
}

#[test]
fn csv_and_json_lines_hold_the_same() {
    let outcome = small().build().ok();
    let (rows, lines) = (
        rows(&outcome, "data/articles/2019.csv"),
        lines(&outcome, "data/articles/2019.jsonl"),
    );
    let header = text(&outcome, "data/articles/2019.csv").lines().next();
    for (row, line) in rows.iter().zip(&lines) {
        let keys: Vec<&str> = line
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(Some(keys.join(",").as_str()), header);
        for (column, value) in line.as_object().unwrap() {
            let cell = match value {
                Json::Null => String::new(),
                Json::String(text) => text.clone(),
                Json::Array(items) => {
                    let items = items.iter().map(|item| item.as_str().unwrap());
                    items.collect::<Vec<_>>().join("|")
                }
                other => other.to_string(),
            };
            assert_eq!(row[column], cell, "{column}");
        }
    }
}

#[test]
fn mentions_are_as_many_as_the_terms_count() {
    let outcome = small().build().ok();
    let years = ["2019", "undated"].map(|year| format!("data/mentions/{year}.csv"));
    let mentions: Vec<Row> = years.iter().flat_map(|file| rows(&outcome, file)).collect();
    let of = |taxonomy: &str, term: &str| {
        let named = mentions.iter().filter(|m| m["taxonomy"] == taxonomy);
        named.filter(|m| m["term"] == term).count().to_string()
    };
    let people = rows(&outcome, "data/terms/people.csv");
    let names: Vec<&str> = people.iter().map(|row| row["name"].as_str()).collect();
    assert_eq!(names, ["Ana"], "a term without a page has no row");
    let places = rows(&outcome, "data/terms/places.csv");
    for row in people.iter().chain(&places) {
        assert_eq!(row["articles"], of(&row["taxonomy"], &row["slug"]));
    }
    let about: Vec<&str> = mentions.iter().map(|m| m["about"].as_str()).collect();
    assert_eq!(about.iter().filter(|about| **about == "true").count(), 1);
    // The article of 1936 names only a person without a page.
    assert!(!outcome.has("/data/mentions/1936.csv"));
    let (ana, oslo) = (&people[0], &places[1]);
    assert_eq!(
        (ana["first"].as_str(), ana["last"].as_str()),
        ("2019-01-02", "2019-05-03T10:00:00+02:00")
    );
    assert_eq!(
        (ana["wikidata"].as_str(), ana["born"].as_str()),
        ("Q1", "1950?")
    );
    assert_eq!(oslo["parent"], "norway");
    assert_eq!(oslo["longitude"], "-10.7", "a number is no formula");
}

#[test]
fn the_package_lists_every_file_with_its_rows() {
    let outcome = small().build().ok();
    let package = package(&outcome);
    let mut listed = Vec::new();
    for resource in package["resources"].as_array().unwrap() {
        let file = format!("data/{}", resource["path"].as_str().unwrap());
        let count = if file.ends_with(".csv") {
            let header = text(&outcome, &file).lines().next().unwrap();
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
            assert_eq!(names.join(","), header, "{file}");
            rows(&outcome, &file).len()
        } else {
            lines(&outcome, &file).len()
        };
        assert_eq!(resource["rows"], count, "{file}");
        listed.push(file);
    }
    let files = outcome
        .files
        .keys()
        .filter(|file| file.starts_with("data/"));
    let mut data: Vec<&str> = files.map(String::as_str).collect();
    data.retain(|file| !file.ends_with(".html") && !file.ends_with(".json"));
    listed.sort();
    assert_eq!(listed, data);
    assert_eq!(package["profile"], "data-package");
    let page = outcome.page("/data/");
    for file in data {
        assert!(page.contains(file), "{file}");
    }
    assert!(page.contains("\"Dataset\""));
}

#[test]
fn no_cell_is_a_formula() {
    let outcome = SiteTest::new()
        .write(
            "content/articles/a.md",
            "---\ntitle: \"=HYPERLINK(1)\"\ndate: 2019-01-01\npeople: [\"@ana\", \"-bo\"]\nsummary: \"a, \\\"b\\\"\"\n---\n\nText.\n",
        )
        .build()
        .ok();
    let rows = rows(&outcome, "data/articles/2019.csv");
    assert_eq!(rows[0]["title"], "'=HYPERLINK(1)");
    assert_eq!(rows[0]["people"], "'@ana|-bo");
    assert_eq!(rows[0]["summary"], "a, \"b\"");
    assert!(!text(&outcome, "data/articles/2019.csv").contains('\r'));
    let lines = lines(&outcome, "data/articles/2019.jsonl");
    assert_eq!(lines[0]["title"], "=HYPERLINK(1)");
}

#[test]
fn terms_with_a_feed_have_a_table_too() {
    let mut site = SiteTest::new();
    for day in 1..=5 {
        let people = if day > 1 { "[Ana, Bo]" } else { "[Ana]" };
        let fields = format!("date: 2019-01-0{day}\npeople: {people}");
        site = site.article(&format!("a{day}.md"), &fields);
    }
    let outcome = site.build().ok();
    assert_eq!(rows(&outcome, "people/ana/articles.csv").len(), 5);
    assert!(
        outcome
            .page("/people/ana/")
            .contains("/people/ana/articles.csv")
    );
    assert!(!outcome.has("/people/bo/articles.csv"));
    assert!(!outcome.page("/people/bo/").contains("articles.csv"));
}

#[test]
fn a_new_article_leaves_the_files_of_other_years_and_terms_alone() {
    let site = small();
    let before = site.build().ok();
    let site = site.article("new.md", "date: 2020-01-01\nplaces: [Bergen]");
    let after = site.build().ok();
    let changed: Vec<&str> = after
        .files
        .iter()
        .filter(|(file, bytes)| file.starts_with("data/") && before.files.get(*file) != Some(bytes))
        .map(|(file, _)| file.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "data/articles/2020.csv",
            "data/articles/2020.jsonl",
            "data/datapackage.json",
            "data/index.html",
            "data/mentions/2020.csv",
            "data/terms/places.csv",
        ]
    );
}

#[test]
fn own_pages_stay_and_ours_give_way() {
    let outcome = SiteTest::new()
        .article("a.md", "date: 2019-01-01\ncorrections: [{text: Wrong}]")
        .write(
            "content/pages/data.md",
            "---\ntitle: Our data\n---\nText.\n",
        )
        .write(
            "content/pages/corrections.md",
            "---\ntitle: Our log\n---\nText.\n",
        )
        .write("content/static/data/articles/2019.csv", "own\n")
        .build()
        .ok();
    assert!(outcome.page("/data/").contains("Our data"));
    assert!(outcome.page("/corrections/").contains("Our log"));
    assert_eq!(text(&outcome, "data/articles/2019.csv"), "own\n");
    assert_eq!(outcome.found(Code::GivesWay).len(), 3);
    assert!(!package(&outcome).to_string().contains("2019.csv"));
    assert!(!outcome.page("/2019/01/01/a/").contains("All corrections"));
}

#[test]
fn data_can_be_turned_off() {
    let outcome = small()
        .write("site.toml", format!("{SETTINGS}[data]\nenabled = false\n"))
        .build()
        .ok();
    assert!(outcome.files.keys().all(|file| !file.ends_with(".csv")));
    assert!(!outcome.has("/data/"));
    assert!(!outcome.page("/").contains("/data/"));
}

#[test]
fn only_the_page_is_in_the_sitemaps() {
    let outcome = small().build().ok();
    let sitemap = outcome.page("/sitemaps/pages.xml");
    assert!(sitemap.contains("https://example.org/data/<"));
    assert!(sitemap.contains("https://example.org/corrections/<"));
    let holding = outcome.holding("articles/2019.jsonl");
    assert!(
        holding.iter().all(|file| !file.ends_with(".xml")),
        "{holding:?}"
    );
}
