//! ninjs out and in again is the same article; items of others become articles too.

mod any;
mod foreign;

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::{Archive, Selection};
use morgue::config::Config;
use morgue::content::{self, Status};
use morgue::diagnostics::{Diagnostics, Severity};
use morgue::import::ninjs::{Desk, Order, import};
use morgue::import::report::{Place, Report};
use morgue::{ExportForm, ExportOptions, export};
use proptest::prelude::{ProptestConfig, proptest};
use serde_json::{Value, json};

use any::{body, front_matter};

const NOW: &str = "2026-01-01T00:00:00Z";

fn selection() -> Selection {
    Selection {
        now: NOW.parse().unwrap(),
        drafts: false,
        future: false,
    }
}

/// What a site exports.
fn exported(site: &Utf8Path) -> Vec<u8> {
    let options = ExportOptions {
        form: ExportForm::Ninjs,
        output: None,
        selection: selection(),
        cache: false,
    };
    let mut bytes = Vec::new();
    let (done, notes) = export(Config::load(site).unwrap(), &options, &mut bytes);
    assert!(done.is_ok(), "{notes:#?}");
    bytes
}

fn imported(items: &Utf8Path, site: &Utf8Path) -> Report {
    let config = Config::load(site).unwrap();
    let order = Order {
        inputs: vec![items.to_owned()],
        place: Place {
            site: site.to_owned(),
            articles: "content/articles".into(),
            dry: false,
        },
        desk: Desk::of(Some(&config)),
        names: None,
    };
    let mut notes = Diagnostics::new();
    let report = import(&order, &mut notes).unwrap();
    assert_eq!(notes.count(Severity::Error), 0, "{notes:#?}");
    report
}

/// Every article that an export hands out, by its file: all it says, whom it means, and its text.
/// Where in a file something stands is no part of an article.
fn articles(site: &Utf8Path) -> BTreeMap<Utf8PathBuf, Value> {
    let config = Config::load(site).unwrap();
    let (content, notes) = content::read(&config, None);
    let errors = notes.iter().filter(|note| note.severity == Severity::Error);
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&_>::new());
    let (archive, _) = Archive::new(content, &config, &selection());
    let published = archive
        .articles
        .iter()
        .filter(|article| article.content.status != Status::NoIndex);
    let term = |id: &morgue::archive::TermId| {
        json!([archive.taxonomy_of(*id).name, archive.term(*id).slug])
    };
    let all = published.map(|article| {
        let file = article.content.file.to_path_buf();
        let mut says = serde_json::to_value(&*article.content).unwrap();
        without_places(&mut says);
        // An export says in which language an article is even where it need not.
        let language = article.content.language.as_deref();
        says["language"] = json!(language.unwrap_or(&config.settings.language));
        let said = json!({
            "says": says,
            "terms": article.terms.iter().map(term).collect::<Vec<_>>(),
            "about": article.about.iter().map(term).collect::<Vec<_>>(),
            "filed_from": article.filed_from.as_ref().map(term),
            "body": content::body(&config, &file).unwrap().trim_matches('\n'),
        });
        (file, said)
    });
    all.collect()
}

fn without_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for place in ["mark", "filing", "line", "column", "date_line", "offset"] {
                fields.remove(place);
            }
            fields.values_mut().for_each(without_places);
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}

/// A copy of a site without the articles that it exports.
fn bare(site: &Utf8Path, copy: &Utf8Path, exported: &BTreeMap<Utf8PathBuf, Value>) {
    for entry in walkdir::WalkDir::new(site) {
        let entry = entry.unwrap();
        let path = Utf8Path::from_path(entry.path()).unwrap();
        let inside = path.strip_prefix(site).unwrap();
        let first = inside.components().next().map(|part| part.as_str());
        let is_article = inside
            .strip_prefix("content")
            .is_ok_and(|file| exported.contains_key(file));
        if entry.file_type().is_file()
            && matches!(first, Some("content" | "site.toml"))
            && !is_article
        {
            fs::create_dir_all(copy.join(inside).parent().unwrap()).unwrap();
            fs::copy(path, copy.join(inside)).unwrap();
        }
    }
}

/// Out of one site and into a copy without articles: the same articles, and the same export.
fn there_and_back(site: &Utf8Path) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let copy = Utf8Path::from_path(folder.path()).unwrap().join("copy");
    fs::create_dir_all(&copy).unwrap();
    let before = articles(site);
    bare(site, &copy, &before);
    let items = copy.with_file_name("items.jsonl");
    let first = exported(site);
    fs::write(&items, &first).unwrap();
    let report = imported(&items, &copy);
    let after = articles(&copy);
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    for (file, article) in &before {
        let same = serde_json::to_string_pretty(article).unwrap();
        let read = serde_json::to_string_pretty(&after[file]).unwrap();
        assert_eq!(same, read, "{file}");
    }
    let again = exported(&copy);
    assert_eq!(
        String::from_utf8(first).unwrap(),
        String::from_utf8(again).unwrap()
    );
    report
}

#[test]
fn the_demo_archive_comes_back_whole() {
    let report = there_and_back(Utf8Path::new("."));
    assert!(report.counts["new"] > 50, "{:?}", report.counts);
    assert_eq!(report.counts["new"], report.counts["files"]);
    // The two other forms of each text are told, and nothing else is left.
    let unread: Vec<&str> = report.unread.keys().map(String::as_str).collect();
    assert_eq!(unread, ["body_html", "body_text"]);
    let letters = &report.letters;
    assert_eq!(letters["read"], letters["body"] + letters["removed"]);
}

/// Two people of one name, whom only their slugs tell apart, and one with another name.
const RECORDS: [(&str, &str); 3] = [
    ("people/jo-one", "name: Jo Namesake\nslug: jo-one"),
    ("people/jo-two", "name: Jo Namesake\nslug: jo-two"),
    (
        "people/ann-record",
        "name: Ann Record\naliases: [Ann Alias]\nwikidata: Q42",
    ),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_article_comes_back_whole(
        articles in proptest::collection::vec((front_matter(), body()), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8Path::from_path(folder.path()).unwrap();
        let write = |path: &str, text: String| {
            let path = site.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("site.toml", "title = \"T\"\nbase_url = \"https://example.org/a\"\ntimezone = \"Europe/Paris\"\n\
            [rights]\nlicense = \"https://example.org/of-site\"\n".into());
        for (file, record) in RECORDS {
            write(&format!("content/{file}.md"), format!("---\n{record}\n---\n"));
        }
        for (index, (fields, body)) in articles.iter().enumerate() {
            let mut source = "---\n".to_owned();
            let mut fields = fields.clone();
            // Two articles cannot have one address.
            fields["url"] = fields["url"].as_str().map_or(Value::Null, |url| format!("/{index}{url}").into());
            if let Some(aliases) = fields["aliases"].as_array_mut() {
                for alias in aliases {
                    *alias = format!("/{index}{}", alias.as_str().unwrap()).into();
                }
            }
            for (key, value) in fields.as_object().unwrap() {
                if !value.is_null() {
                    source.push_str(&format!("{key}: {value}\n"));
                }
            }
            source.push_str(&format!("---\n\n{body}\n"));
            let path = ["a.md", "2001/b/index.md", "deep/er/c.md"][index];
            write(&format!("content/articles/{path}"), source);
            write(&format!("content/articles/{path}").replace(Utf8Path::new(path).file_name().unwrap(), "picture.jpg"), "JPEG".into());
        }
        there_and_back(site);
    }
}
