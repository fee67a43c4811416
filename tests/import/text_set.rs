//! Sixty scraped articles in ten languages, each with the article it must become beside it.
//!
//! `SNAPSHOTS=overwrite` writes the expected articles anew; read the difference before you keep it.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::diagnostics::{Code, Diagnostics};
use morgue::import::report::{Place, Report};
use morgue::import::text_files::{Boilerplate, Order, import};

const SET: &str = "tests/import/text";

fn order(inputs: Vec<Utf8PathBuf>, site: &Utf8Path) -> Order {
    Order {
        inputs,
        place: Place {
            site: site.to_owned(),
            articles: "articles".into(),
            dry: false,
        },
        boilerplate: Boilerplate::Remove,
        ..Order::default()
    }
}

/// Every file of the set with this ending, by path.
fn set(ending: &str) -> Vec<Utf8PathBuf> {
    let walk = walkdir::WalkDir::new(SET)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let files = walk.filter(|entry| entry.file_type().is_file());
    let paths = files.map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).unwrap());
    paths
        .filter(|path| path.extension() == Some(ending))
        .collect()
}

/// What an import wrote, by the file each article came from.
fn written(report: &Report, site: &Utf8Path) -> BTreeMap<String, String> {
    let files = report.files.iter();
    files
        .map(|entry| {
            let path = site.join(entry.article.as_ref().unwrap());
            (entry.source.clone(), std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn temporary() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(folder.path()).unwrap().to_owned();
    (folder, path)
}

#[test]
fn the_whole_set_comes_in_exactly() {
    let (_folder, site) = temporary();
    let mut notes = Diagnostics::new();
    let report = import(&order(vec![SET.into()], &site), &mut notes).unwrap();
    let inputs = set("txt");
    assert!(inputs.len() >= 60);
    assert_eq!(
        report.counts,
        BTreeMap::from([("files", inputs.len()), ("new", inputs.len())])
    );
    let written = written(&report, &site);
    for input in inputs {
        let expected = input.with_extension("md");
        let article = &written[input.strip_prefix(SET).unwrap().as_str()];
        if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
            std::fs::write(&expected, article).unwrap();
        }
        assert_eq!(
            article,
            &std::fs::read_to_string(&expected).unwrap(),
            "{input}"
        );
    }
    assert!(!notes.has_errors());
    for entry in &report.files {
        assert_eq!(
            entry.letters,
            entry.body + entry.removed,
            "every letter of {}",
            entry.source
        );
    }
    let undated = notes
        .iter()
        .filter(|note| note.code == Code::ImportNoDate)
        .count();
    let unknown = set("md")
        .iter()
        .filter(|path| {
            std::fs::read_to_string(path)
                .unwrap()
                .contains("\ndate: unknown\n")
        })
        .count();
    assert_eq!(undated, unknown, "whatever has no date is told");
}

#[test]
fn one_file_alone_comes_in_as_well() {
    let head = |article: &str| article.split("provenance:\n").next().unwrap().to_owned();
    let body = |article: &str| article.split("\n---\n").nth(1).unwrap().trim().to_owned();
    for input in set("txt") {
        let (_folder, site) = temporary();
        let report = import(&order(vec![input.clone()], &site), &mut Diagnostics::new()).unwrap();
        let alone = written(&report, &site).into_values().next().unwrap();
        let expected = std::fs::read_to_string(input.with_extension("md")).unwrap();
        // Only what its source puts into every file cannot be known from one; the first line of
        // three of them is such a line, so that it is taken for the headline.
        if !input.as_str().contains("news.example.com") {
            assert_eq!(head(&alone), head(&expected), "{input}");
        }
        let alone = body(&alone);
        for paragraph in body(&expected).split("\n\n") {
            assert!(alone.contains(paragraph), "{input}: {paragraph}\n{alone}");
        }
    }
}

#[test]
fn an_import_again_keeps_what_was_edited() {
    let (_folder, site) = temporary();
    let order = order(vec![SET.into()], &site);
    let report = import(&order, &mut Diagnostics::new()).unwrap();
    let edited = site.join(report.files[0].article.as_ref().unwrap());
    std::fs::write(&edited, "edited").unwrap();
    let changed = site.join(report.files[1].article.as_ref().unwrap());
    let again = import(&order, &mut Diagnostics::new()).unwrap();
    assert_eq!(again.counts["kept"], 1);
    assert_eq!(again.counts["unchanged"], again.counts["files"] - 1);
    assert_eq!(std::fs::read_to_string(&edited).unwrap(), "edited");
    assert!(changed.is_file());
    let third = import(&order, &mut Diagnostics::new()).unwrap();
    assert_eq!(third.counts["kept"], 1, "what was edited once stays so");
}

#[test]
fn what_was_learned_waits_for_the_editor() {
    let (_folder, site) = temporary();
    let mut order = order(vec![SET.into()], &site);
    order.boilerplate = Boilerplate::Review;
    let report = import(&order, &mut Diagnostics::new()).unwrap();
    let article = site.join("articles/gazette/ferry-stops.md");
    let motto = "\nThe Harbour Gazette is made by its readers.\n";
    assert!(report.undecided > 0);
    assert!(std::fs::read_to_string(&article).unwrap().contains(motto));
    let table = site.join("boilerplate.tsv");
    let decided = std::fs::read_to_string(&table)
        .unwrap()
        .replace("review\tgazette", "remove\tgazette");
    std::fs::write(&table, decided).unwrap();
    let again = import(&order, &mut Diagnostics::new()).unwrap();
    assert!(!std::fs::read_to_string(&article).unwrap().contains(motto));
    assert_eq!(
        again.counts["updated"], 10,
        "only the files of that source change"
    );
    order.boilerplate = Boilerplate::Keep;
    import(&order, &mut Diagnostics::new()).unwrap();
    let kept = std::fs::read_to_string(&article).unwrap();
    assert!(kept.contains(motto) && kept.contains("Also read: Council votes on the bridge"));
}

#[test]
fn what_is_no_text_is_told_and_stops_nothing() {
    let (_folder, input) = temporary();
    let (_other, site) = temporary();
    std::fs::write(input.join("a.txt"), "A headline\n\nA text.\n").unwrap();
    std::fs::write(input.join("empty.txt"), "").unwrap();
    std::fs::write(input.join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let mut notes = Diagnostics::new();
    let report = import(&order(vec![input], &site), &mut notes).unwrap();
    assert_eq!(
        report.counts,
        BTreeMap::from([("files", 3), ("new", 1), ("refused", 2)])
    );
    let codes: Vec<Code> = notes.iter().map(|note| note.code).collect();
    assert_eq!(
        codes,
        [Code::ImportNoDate, Code::ImportEmpty, Code::ImportNotText]
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let (_folder, site) = temporary();
    let mut order = order(vec![SET.into()], &site);
    order.place.dry = true;
    let report = import(&order, &mut Diagnostics::new()).unwrap();
    assert_eq!(report.counts["new"], report.counts["files"]);
    assert_eq!(std::fs::read_dir(&site).unwrap().count(), 0);
}
