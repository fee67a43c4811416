//! `morgue list`.

use std::process::{Command, Stdio};

use crate::desk::{Desk, program};

fn summit() -> Desk {
    Desk::site(&[
        (
            "content/people/kim.md",
            "---\nname: Kim Jong-un\naliases: [Kim]\n---\n",
        ),
        (
            "content/articles/a.md",
            "---\ntitle: Hanoi\ndate: 2019-02-28\npeople: [Kim Jong-un, Donald Trump]\n---\n",
        ),
        (
            "content/articles/b.md",
            "---\ntitle: \"=1+1\"\ndate: 2018-06\npeople: [Kim]\nplaces: [王]\n---\n",
        ),
        (
            "content/articles/c.md",
            "---\ntitle: \"Un\\e[2Jdated\"\ndate: unknown\n---\n",
        ),
        (
            "content/articles/d.md",
            "---\ntitle: D\ndate: 2019-01-01\nstatus: draft\n---\n",
        ),
    ])
}

#[test]
fn people_for_people() {
    summit()
        .run(&["list", "people"])
        .success()
        .stderr_eq("")
        .stdout_eq(
            "\
NAME          COUNT  FIRST       LAST        RECORD
Donald Trump      1  2019-02-28  2019-02-28  –
Kim Jong-un       2  2018-06     2019-02-28  content/people/kim.md
",
        );
}

#[test]
fn articles_as_csv_are_harmless() {
    summit()
        .run(&["list", "articles", "--csv"])
        .success()
        .stdout_eq(
            "\
date,title,file,url
,Un[2Jdated,content/articles/c.md,https://example.org/a/undated/c/
2018-06,'=1+1,content/articles/b.md,https://example.org/a/2018/06/b/
2019-02-28,Hanoi,content/articles/a.md,https://example.org/a/2019/02/28/a/
",
        );
}

#[test]
fn terms_as_json() {
    let text = summit().stdout(&["list", "places", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        json,
        serde_json::json!([{
            "name": "王", "slug": "王", "count": 1, "first": "2018-06", "last": "2018-06",
            "record": null, "url": "https://example.org/a/places/%E7%8E%8B/",
        }])
    );
}

#[test]
fn lists_are_narrowed_down() {
    let desk = summit();
    let titles = |args: &[&str]| {
        let text = desk.stdout(&[&["list", "articles", "--format=json"], args].concat());
        let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let titles: Vec<String> = rows
            .iter()
            .map(|row| row["title"].as_str().unwrap().to_owned())
            .collect();
        titles.join(",")
    };
    assert_eq!(titles(&["--person", "kim"]), "=1+1,Hanoi");
    assert_eq!(
        titles(&["--person", "Kim", "--person", "donald-trump"]),
        "Hanoi"
    );
    assert_eq!(titles(&["--year", "2019"]), "Hanoi");
    assert_eq!(titles(&["--year", "2019", "--drafts"]), "D,Hanoi");
    assert_eq!(
        titles(&["--now", "2018-12-31", "--term", "people=Kim"]),
        "=1+1"
    );
    let people = desk.stdout(&["list", "people", "--place", "王"]);
    assert!(
        !people.contains("Trump") && people.contains("Kim Jong-un      1"),
        "{people}"
    );
}

#[test]
fn errors_are_told_beside_the_list() {
    let desk = summit();
    desk.file(
        "content/articles/e.md",
        "---\ntitle: E\ndate: 2019-02-30\n---\n",
    );
    desk.file("content/articles/f.md", "---\ntitle: F\n");
    for form in ["text", "json"] {
        let output = desk.run(&["list", "articles", "--format", form]).code(1);
        let output = output.get_output();
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(out.contains("Hanoi") && !out.contains("M0105"), "{out}");
        assert!(err.contains("M0105") && err.contains("M0102"), "{err}");
        assert!(
            form == "text" || out.starts_with('[') && out.ends_with("]\n"),
            "{out}"
        );
    }
}

#[test]
fn slips_are_answered() {
    let desk = summit();
    for (args, expected) in [
        (["list", "peple"].as_slice(), "did you mean `people`?"),
        (&["list", "warnings"], "it has articles, person, place"),
        (
            &["list", "articles", "--person", "Kim Jong-on"],
            "did you mean \"Kim Jong-un\"?",
        ),
        (&["list", "articles", "--term", "x"], "names no taxonomy"),
    ] {
        let refusal = desk.refusal(args);
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn a_reader_may_leave() {
    let files: Vec<(String, String)> = (0..3000)
        .map(|n| {
            let text = format!(
                "---\ntitle: {}\ndate: 2019-01-01\n---\n",
                "long ".repeat(12)
            );
            (format!("content/articles/{n}.md"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let desk = Desk::site(&files);
    let mut list = Command::new(program())
        .args(["list", "articles"])
        .current_dir(desk.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(list.stdout.take());
    let output = list.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}
