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

pub(crate) fn streamed(site: &SiteTest, form: ExportForm) -> String {
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
#[cfg(unix)]
fn a_device_is_written_to() {
    let (exported, notes, _) = run(&states(), ExportForm::Ninjs, Some("/dev/null".into()));
    assert!(exported.is_some(), "{notes:#?}");
    assert!(!Utf8Path::new("/dev/null").is_file());
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
