//! What is exported: all that is published, and nothing of what is not.

use std::fs;

use camino::Utf8Path;
use morgue::archive::Selection;
use morgue::config::Config;
use morgue::diagnostics::{Code, Diagnostics};
use morgue::{ExportForm, ExportOptions, Exported, export};
use serde_json::Value;

use crate::driver::{SiteTest, tree};

const FORMS: [ExportForm; 3] = [ExportForm::Ninjs, ExportForm::JsonLines, ExportForm::Csv];

fn run(
    site: &SiteTest,
    form: ExportForm,
    output: Option<&Utf8Path>,
) -> (Option<Exported>, Diagnostics, String) {
    let options = ExportOptions {
        form,
        output: output.map(Utf8Path::to_owned),
        selection: Selection {
            now: site.now.parse().unwrap(),
            drafts: false,
            future: false,
        },
        cache: false,
    };
    let mut stream = Vec::new();
    let config = Config::load(site.path()).unwrap();
    let (exported, notes) = export(config, &options, &mut stream);
    (exported.ok(), notes, String::from_utf8(stream).unwrap())
}

fn streamed(site: &SiteTest, form: ExportForm) -> String {
    let (exported, notes, stream) = run(site, form, None);
    assert!(exported.is_some(), "{notes:#?}");
    stream
}

/// One article of each state, each with a word of its own.
fn states() -> SiteTest {
    let article = |site: SiteTest, word: &str, fields: &str| {
        let text = format!(
            "---\ntitle: {word} title\nslug: {}\n{fields}\n---\n\nThe {word} sentence.\n",
            word.to_lowercase()
        );
        site.write(
            &format!("content/articles/{}.md", word.to_lowercase()),
            text,
        )
    };
    let mut site = SiteTest::new();
    for (word, fields) in [
        ("Open", "date: 2019-01-02"),
        ("Drafted", "date: 2019-01-01\nstatus: draft"),
        ("Held", "date: 2019-01-01\npublished: false"),
        ("Gone", "date: 2019-01-01\nstatus: removed"),
        (
            "Locked",
            "date: 2019-01-01\nstatus: embargoed\nembargo_until: 2030-01-01",
        ),
        ("Later", "date: 2030-01-01"),
        ("Unlisted", "date: 2019-01-01\nstatus: noindex"),
        (
            "Cut",
            "date: 2019-01-01\npeople: [Zebulon Quist]\nredact: [{text: Zebulon Quist, with: a clerk}]",
        ),
        ("Undated", "date: unknown"),
    ] {
        site = article(site, word, fields);
    }
    site.write(
        "content/articles/cut.md",
        "---\ntitle: Cut title\ndate: 2019-01-01\ndeck: Of Zebulon Quist\npeople: [Zebulon Quist, Ana Open]\n\
         redact: [{text: Zebulon Quist, with: a clerk}]\n---\n\nZebulon Quist said so.\n",
    )
}

#[test]
fn nothing_is_exported_that_is_not_published() {
    let site = states();
    for form in FORMS {
        let text = streamed(&site, form);
        for word in ["Open", "Cut", "Undated", "a clerk said so"] {
            assert!(text.contains(word), "{word} in {form:?}");
        }
        for word in [
            "Drafted", "Held", "Gone", "Locked", "Later", "Unlisted", "Zebulon", "zebulon",
            "redact\"",
        ] {
            assert!(!text.contains(word), "{word} in {form:?}: {text}");
        }
    }
    let (exported, ..) = run(&site, ExportForm::Ninjs, None);
    let exported = exported.unwrap();
    assert_eq!((exported.articles, exported.noindex), (3, 1));
    assert_eq!(exported.left_out.drafts, 2);
}

#[test]
fn articles_come_in_the_order_of_the_archive() {
    let text = streamed(&states(), ExportForm::Ninjs);
    let titles: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["headlines"][0]["value"].take())
        .collect();
    assert_eq!(titles, ["Undated title", "Cut title", "Open title"]);
}

#[test]
fn what_leaks_is_not_exported() {
    // Withdrawn by one article, and told by another.
    let site = states().write(
        "content/articles/other.md",
        "---\ntitle: Other\ndate: 2019-01-03\nextra: {note: \"so said\\nZebulon Quist\"}\n---\n\nText.\n",
    );
    let place = site.path().join("archive.jsonl");
    fs::write(&place, "as it was").unwrap();
    let (exported, notes, _) = run(&site, ExportForm::Ninjs, Some(&place));
    assert!(exported.is_none());
    assert_eq!(
        notes.iter().filter(|note| note.code == Code::Leak).count(),
        1,
        "{notes:#?}"
    );
    assert_eq!(fs::read_to_string(&place).unwrap(), "as it was");
    let names: Vec<String> = tree(site.path()).into_keys().collect();
    assert!(
        !names.iter().any(|name| name.contains("export-part")),
        "{names:?}"
    );
}

#[test]
fn an_error_in_the_content_stops_an_export() {
    let site = SiteTest::new().article("a.md", "date: 2019-01-01\npeople: 5");
    let (exported, notes, stream) = run(&site, ExportForm::Csv, None);
    assert!(exported.is_none() && notes.has_errors());
    assert_eq!(stream, "");
}

#[test]
fn a_file_an_array_and_a_folder_hold_the_same() {
    let site = states();
    let lines = streamed(&site, ExportForm::Ninjs);
    let out = site.path().join("out");
    let to = |name: &str| {
        let place = out.join(name);
        let (exported, notes, stream) = run(&site, ExportForm::Ninjs, Some(&place));
        assert!(exported.is_some(), "{notes:#?}");
        assert_eq!(stream, "");
        place
    };
    assert_eq!(fs::read_to_string(to("a.jsonl")).unwrap(), lines);
    let array = fs::read_to_string(to("a.json")).unwrap();
    let array: Vec<Value> = serde_json::from_str(&array).unwrap();
    let read: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(array, read);
    let folder = tree(&to("items"));
    let names: Vec<&str> = folder.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "2019/01/01/cut.json",
            "2019/01/02/open.json",
            "undated/undated.json"
        ]
    );
    let open: Value = serde_json::from_slice(&folder["2019/01/02/open.json"]).unwrap();
    assert_eq!(&open, read.last().unwrap());
    // What was withdrawn since would stay in it.
    let (exported, notes, _) = run(&site, ExportForm::Ninjs, Some(&out.join("items")));
    assert!(exported.is_none());
    assert!(notes.iter().any(|note| note.code == Code::ExportPlace));
}

#[test]
fn no_export_goes_among_the_sources() {
    let site = states();
    for place in ["content/a.jsonl", "content/articles/items", "themes/a.csv"] {
        let (exported, notes, _) = run(&site, ExportForm::Ninjs, Some(&site.path().join(place)));
        assert!(exported.is_none(), "{place}");
        assert_eq!(
            notes.iter().next().map(|note| note.code),
            Some(Code::ExportPlace),
            "{place}"
        );
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let site = SiteTest::new().write(
        "content/articles/a.md",
        "---\ntitle: \"=1+1\"\ndate: 2019-01-01\ndeck: \"@SUM(A1)\"\n---\n\n- item\n- \"two\", three\n",
    );
    let table = streamed(&site, ExportForm::Csv);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| {
        let at = header.iter().position(|column| column == name).unwrap();
        row.get(at).unwrap().to_owned()
    };
    assert_eq!(cell("title"), "'=1+1");
    assert_eq!(cell("deck"), "'@SUM(A1)");
    assert_eq!(cell("body"), "'- item\n- \"two\", three");
    assert_eq!(cell("url"), "https://example.org/2019/01/01/a/");
}

#[test]
fn rows_have_the_columns_of_the_data_files_and_the_body() {
    let site = SiteTest::new().article("a.md", "date: 2019-01-01\npeople: [Ana Open, Bo Open]");
    let outcome = site.build().ok();
    let of_site = String::from_utf8(outcome.files["data/articles/2019.csv"].clone()).unwrap();
    let table = streamed(&site, ExportForm::Csv);
    for (whole, row) in table.lines().zip(of_site.lines()) {
        assert!(whole.starts_with(row), "{row} in {whole}");
    }
    let line = streamed(&site, ExportForm::JsonLines);
    let line: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["people"], serde_json::json!(["Ana Open", "Bo Open"]));
    assert_eq!(line["body"], "Text.");
}

/// The properties that the JSON Schema of ninjs 3.0 has, by the object they stand in. It allows no
/// other (`unevaluatedProperties: false`).
const PROPERTIES: [(&str, &[&str]); 12] = [
    (
        "",
        &[
            "uri",
            "type",
            "representationType",
            "profile",
            "version",
            "firstCreated",
            "versionCreated",
            "contentCreated",
            "embargoed",
            "pubStatus",
            "urgency",
            "copyrightHolder",
            "copyrightNotice",
            "usageTerms",
            "edNote",
            "language",
            "descriptions",
            "bodies",
            "headlines",
            "people",
            "organisations",
            "places",
            "subjects",
            "events",
            "objects",
            "infoSources",
            "title",
            "by",
            "slugline",
            "located",
            "renditions",
            "associations",
            "altIds",
            "trustIndicators",
            "standard",
            "genres",
            "expires",
            "rightsInfo",
        ],
    ),
    ("descriptions", &["role", "contentType", "value"]),
    ("headlines", &["role", "contentType", "value"]),
    (
        "bodies",
        &["role", "contentType", "charCount", "wordCount", "value"],
    ),
    ("people", &["name", "rel", "uri", "literal", "contactInfo"]),
    (
        "organisations",
        &["name", "rel", "uri", "literal", "symbols", "contactInfo"],
    ),
    (
        "places",
        &["name", "rel", "uri", "literal", "contactInfo", "geojson"],
    ),
    (
        "subjects",
        &[
            "name",
            "rel",
            "uri",
            "literal",
            "creator",
            "relevance",
            "confidence",
        ],
    ),
    (
        "infoSources",
        &["name", "role", "uri", "literal", "contactInfo"],
    ),
    ("altIds", &["role", "value"]),
    ("standard", &["name", "version", "schema"]),
    ("genres", &["name", "uri", "literal"]),
];

/// Holds an item against what the schema of 3.0 says of the properties we write.
fn hold(item: &Value, inside: &str) {
    let allowed = PROPERTIES
        .iter()
        .find(|(name, _)| *name == inside)
        .unwrap()
        .1;
    for (key, value) in item.as_object().unwrap() {
        let association = inside.is_empty() && key == "name";
        assert!(
            allowed.contains(&key.as_str()) || association,
            "{inside}/{key}"
        );
        match (key.as_str(), value) {
            ("associations", Value::Array(items)) => {
                for item in items {
                    assert!(item["name"].is_string() && item["uri"].is_string());
                    hold(item, "");
                }
            }
            ("renditions", Value::Array(items)) => {
                items
                    .iter()
                    .for_each(|item| assert!(item["name"].is_string()));
            }
            ("rightsInfo", info) => assert!(info["linkedRights"].is_string()),
            ("charCount" | "wordCount", count) => assert!(count.is_u64()),
            ("uri" | "href" | "schema", Value::String(uri)) => {
                assert!(
                    uri.starts_with("http") && !uri.contains([' ', '"', '<']),
                    "{uri}"
                );
            }
            ("firstCreated" | "versionCreated" | "embargoed", Value::String(date)) => {
                assert!(date.parse::<jiff::Timestamp>().is_ok(), "{date}");
            }
            ("standard", inner) => hold(inner, "standard"),
            (_, Value::Array(items)) => items.iter().for_each(|item| hold(item, key)),
            (_, value) => assert!(value.is_string(), "{inside}/{key}: {value}"),
        }
    }
}

#[test]
fn items_have_no_property_that_ninjs_has_not() {
    let site = SiteTest::new()
        .write(
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org\"\n[rights]\nlicense = \"CC BY 4.0\"\n\
             [taxonomies.organisations]\nkind = \"organization\"\n",
        )
        .write("content/people/ana.md", "---\nname: Ana Open\nwikidata: Q42\n---\n")
        .write(
            "content/articles/a.md",
            "---\ntitle: Ana\ndate: 1936?\nupdated: 1937\nkind: opinion\nid: a-1\naliases: [/a b/]\n\
             people: [Ana Open]\nplaces: [Hanoi]\norganisations: [UNO]\ntopics: [Sea]\n\
             section: World\nseries: Road\nauthors: [Bo Writer, Cy Writer]\nagencies: [EFE]\n\
             about: [Ana Open]\ndeck: D\nsummary: S\ndateline: Hanoi\nstatus: embargoed\n\
             embargo_until: 2001-01-01\nrights: {license: \"https://example.org/l\", holder: H, statement: N}\n\
             images: [{src: p q.jpg, alt: A, caption: C, credit: Bo}]\n\
             corrections: [{date: 1938, text: Wrong}]\n---\n\nText.\n",
        )
        .write("content/articles/p q.jpg", b"JPEG");
    let item: Value = serde_json::from_str(&streamed(&site, ExportForm::Ninjs)).unwrap();
    hold(&item, "");
    assert_eq!(item["by"], "Bo Writer and Cy Writer");
    assert_eq!(
        item["people"][0]["uri"],
        "http://www.wikidata.org/entity/Q42"
    );
    assert_eq!(item["people"][0]["rel"], "about");
    assert_eq!(item["places"][0]["rel"], "mentions");
    assert_eq!(item["subjects"][1]["literal"], "sections/world");
    assert_eq!(item["firstCreated"], "1936-01-01T00:00:00Z");
    assert_eq!(item["versionCreated"], "1938-01-01T00:00:00Z");
    assert_eq!(item["edNote"], "correction, 1938: Wrong");
    assert_eq!(
        item["associations"][0]["uri"],
        "https://example.org/1936/a/p%20q.jpg"
    );
    let written: Vec<&str> = item
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert!(written.len() > 20, "{written:?}");
}
