//! Tables and JSON Lines, one row an article.

use std::collections::BTreeMap;

use camino::Utf8Path;
use morgue::diagnostics::{Code, Diagnostics};
use morgue::import::report::Place;
use morgue::import::rows::{Columns, Form, Order, import};

const ROWS: &str = r#"{"headline":"Ferry stops","date":"2019-02-26","tags":["sea","boats"],"body":"It *stops*.","rating":5}
{"headline":"No date"}
{"date":"2019-02-26"}
{"headline":"Bad date","date":"soon"}
not JSON
"#;

fn order(site: &Utf8Path) -> Order {
    let input = site.join("stories.jsonl");
    std::fs::write(&input, ROWS).unwrap();
    let map = [("headline", "title"), ("tags", "topics")];
    let map: BTreeMap<String, String> = map.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
    Order {
        input,
        form: Form::JsonLines,
        columns: Columns::of(None, map),
        place: Place {
            site: site.to_owned(),
            articles: "articles".into(),
            dry: false,
        },
        names: None,
    }
}

#[test]
fn each_row_is_an_article_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let site = Utf8Path::from_path(folder.path()).unwrap();
    let mut notes = Diagnostics::new();
    let report = import(&order(site), &mut notes).unwrap();
    let counts = [("files", 5), ("new", 2), ("refused", 3)];
    assert_eq!(report.counts, BTreeMap::from(counts));
    assert_eq!(report.unread, BTreeMap::from([("rating".to_owned(), 1)]));
    assert_eq!(
        notes
            .iter()
            .filter(|note| note.code == Code::ImportRow)
            .count(),
        3
    );
    let article = std::fs::read_to_string(site.join("articles/2019/ferry-stops.md")).unwrap();
    let start = "---\ntitle: \"Ferry stops\"\ndate: 2019-02-26\ntopics: [\"sea\", \"boats\"]\nprovenance:\n";
    assert!(article.starts_with(start), "{article}");
    assert!(article.ends_with("---\n\nIt *stops*.\n"), "{article}");
    assert!(site.join("articles/undated/no-date.md").is_file());
    let again = import(&order(site), &mut Diagnostics::new()).unwrap();
    assert_eq!(again.counts["unchanged"], 2);
}
