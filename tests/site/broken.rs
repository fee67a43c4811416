//! A folder of articles with everything wrong that can be: one run reports all of it.

use morgue::diagnostics::Code;

use crate::driver::{SiteTest, tree};

fn broken_site() -> SiteTest {
    let mut nested = String::from("---\ntitle: nested\ndate: 2019-01-09\n---\n");
    for depth in 0..1_500 {
        nested.push_str(&" ".repeat(depth * 2));
        nested.push_str("- x\n");
    }
    let deep = format!(
        "---\ntitle: deep\ndate: 2019-01-09\n---\n{}x\n",
        "- ".repeat(10_000)
    );
    let mut bomb = String::from("---\ntitle: bomb\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for i in 1..12 {
        let all = vec![format!("*a{}", i - 1); 9].join(",");
        bomb.push_str(&format!("a{i}: &a{i} [{all}]\n"));
    }
    bomb.push_str("date: 2019-01-01\n---\n");
    let huge = format!(
        "---\ntitle: huge\ndate: 2019-01-01\n---\n{}",
        "word ".repeat(2_000_000)
    );
    SiteTest::new()
        .write(
            "content/articles/yaml.md",
            "---\ntitle: a: b: c\ndate: 2019-01-01\n---\nx\n",
        )
        .write(
            "content/articles/title.md",
            "---\ndate: 2019-01-01\n---\nNo heading here.\n",
        )
        .write(
            "content/articles/kind.md",
            "---\ntitle: x\ndate: 2019-01-02\npeople: 42\n---\nx\n",
        )
        .write(
            "content/articles/date.md",
            "---\ntitle: x\ndate: 2019-02-30\n---\nx\n",
        )
        .write(
            "content/articles/key.md",
            "---\ntitle: x\ndate: 2019-01-03\nsumary: y\n---\nx\n",
        )
        .write(
            "content/articles/one.md",
            "---\ntitle: x\ndate: 2019-01-04\nslug: same\n---\nx\n",
        )
        .write(
            "content/articles/two.md",
            "---\ntitle: y\ndate: 2019-01-04\nslug: same\n---\nx\n",
        )
        .write(
            "content/articles/link.md",
            "---\ntitle: x\ndate: 2019-01-05\n---\n\nSee [this](gone.md).\n",
        )
        .write(
            "content/articles/utf8.md",
            b"---\ntitle: x\ndate: 2019-01-06\n---\ncaf\xE9\n",
        )
        .write(
            "content/articles/slug.md",
            "---\ntitle: x\ndate: 2019-01-07\nslug: ../../etc/passwd\n---\nx\n",
        )
        .write(
            "content/articles/closed.md",
            "---\ntitle: x\ndate: 2019-01-08\n\nText.\n",
        )
        .write("content/articles/huge.md", huge)
        .write("content/articles/nested.md", nested)
        .write("content/articles/deep.md", deep)
        .write("content/articles/bomb.md", bomb)
}

#[test]
fn one_run_reports_everything_with_its_place_and_a_way_out() {
    let site = broken_site();
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        "/etc/passwd",
        site.path().join("content/articles/stolen.md"),
    )
    .unwrap();
    let outcome = site.build().failed();
    for (file, code, line, column) in [
        ("yaml.md", Code::BadFrontMatter, 2, None),
        ("title.md", Code::NoTitle, 1, Some(1)),
        ("kind.md", Code::WrongKind, 4, Some(9)),
        ("date.md", Code::BadDate, 3, Some(7)),
        ("key.md", Code::UnknownKey, 4, Some(1)),
        ("link.md", Code::DeadLink, 6, Some(12)),
        ("utf8.md", Code::NotUtf8, 5, Some(4)),
        ("slug.md", Code::BadAddress, 4, Some(7)),
        ("closed.md", Code::NeverClosed, 1, Some(1)),
        ("huge.md", Code::TooLarge, 1, Some(1)),
        ("nested.md", Code::TooDeep, 0, None),
        ("deep.md", Code::TooDeep, 5, None),
        ("bomb.md", Code::BadFrontMatter, 0, None),
    ] {
        let path = format!("content/articles/{file}");
        let found = outcome.found(code);
        let note = found
            .iter()
            .find(|note| note.file.as_ref().is_some_and(|f| *f == path));
        let note =
            note.unwrap_or_else(|| panic!("{code} not reported in {file}: {:#?}", outcome.notes));
        let span = note.span.as_ref().unwrap();
        assert!(line == 0 || span.line == line, "{file}: line {}", span.line);
        assert!(
            column.is_none_or(|column| span.column == column),
            "{file}: column {}",
            span.column
        );
        assert!(note.help.is_some(), "{file} has no help");
    }
    let taken = outcome.found(Code::AddressTaken);
    assert_eq!(taken.len(), 1);
    assert!(taken[0].message.contains("one.md") && taken[0].message.contains("two.md"));
    #[cfg(unix)]
    assert_eq!(outcome.found(Code::LeavesSite).len(), 1);
}

#[test]
fn a_build_with_errors_leaves_the_output_as_it_was() {
    let site = SiteTest::new().article("a.md", "date: 2019-01-01");
    site.build().ok();
    let before = tree(&site.output());
    let site = site.article("b.md", "date: 2019-02-30");
    let outcome = site.build().failed();
    assert_eq!(outcome.files, before);
    assert_eq!(outcome.found(Code::BadDate).len(), 1);
}
