//! `morgue import text|csv|jsonl|ninjs` and `morgue export`, as they are typed.

use crate::desk::Desk;

const STORY: &str = "\
Ferry to Halm stops in May
By Ana Writer | 26 February 2019

HALM, Feb 26 - The ferry stops. Mayor Bo Berg said so.

Share this story
";

fn desk() -> Desk {
    Desk::site(&[
        ("content/people/bo.md", "---\nname: Bo Berg\n---\n"),
        ("content/places/halm.md", "---\nname: Halm\n---\n"),
        (
            "content/articles/a.md",
            "---\ntitle: Bridge opens\ndate: 2019-02-25\npeople: [Bo Berg]\n---\n\nIt *opens*.\n",
        ),
    ])
}

#[test]
fn text_is_brought_in() {
    let desk = desk();
    desk.file("scraped/ferry.txt", STORY);
    let import = [
        "import",
        "text",
        "scraped",
        "--into",
        ".",
        "--tag",
        "--explain",
    ];
    desk.run(&import)
        .success()
        .stdout_eq(
            "\
content/articles/ferry.md\ttext\t23\t\"Bo Berg\"\tpeople\tBo Berg\tabout\tname
content/articles/ferry.md\theadline\t9\t\"Halm\"\tplaces\tHalm\tabout\tname
content/articles/ferry.md\tdateline\t0\t\"HALM\"\tplaces\tHalm\tabout\tdateline
",
        )
        .stderr_eq(
            "\
1 files: 1 new.
Lines that are not in the bodies: 1 byline, 1 dateline, 1 furniture, 1 headline.
",
        );
    assert!(desk.read("content/articles/ferry.md").starts_with(
        "---\ntitle: \"Ferry to Halm stops in May\"\ndate: 2019-02-26\ndateline: \"HALM, Feb 26\"\nauthors: [\"Ana Writer\"]\npeople: [\"Bo Berg\"]\nplaces: [\"Halm\"]\nabout: ["
    ), "{}", desk.read("content/articles/ferry.md"));
    desk.run(&["import", "text", "scraped", "--into", "."])
        .success()
        .stdout_eq("");
}

#[test]
fn rows_are_brought_in_and_tagged() {
    let desk = desk();
    desk.file(
        "stories.csv",
        "Headline,date,text,stars\nFerry stops,2019-02-26,Bo Berg of Halm said so.,5\n,2019-02-27,No headline.,1\n",
    );
    let import = [
        "import",
        "csv",
        "stories.csv",
        "--into",
        ".",
        "--map",
        "Headline=title",
        "--tag",
    ];
    desk.run(&import).code(1).stdout_eq("").stderr_eq(
        "\
error[M0940]: line 3: the row has no `title`
  --> stories.csv
   = help: correct the row, or say with `--map COLUMN=FIELD` which column is which
2 rows: 1 new, 1 refused.
Columns that nobody reads: stars (1).
",
    );
    let article = desk.read("content/articles/2019/ferry-stops.md");
    assert!(
        article.contains("people: [\"Bo Berg\"]\nplaces: [\"Halm\"]\n"),
        "{article}"
    );
    desk.file(
        "stories.jsonl",
        "{\"title\":\"Ferry runs\",\"date\":\"2019-03-01\",\"body\":\"It *runs*.\"}\n{\"title\":\n",
    );
    let import = [
        "import",
        "jsonl",
        "stories.jsonl",
        "--into",
        ".",
        "--dry-run",
    ];
    desk.run(&import).code(1).stdout_eq("").stderr_eq(
        "\
error[M0940]: line 2: byte 72 of the file: EOF while parsing a value
  --> stories.jsonl
   = help: correct the row, or say with `--map COLUMN=FIELD` which column is which
2 rows: 1 new, 1 refused. Nothing was written.
",
    );
    assert!(
        !desk
            .path()
            .join("content/articles/2019/ferry-runs.md")
            .exists()
    );
}

#[test]
fn ninjs_goes_out_and_comes_in() {
    let desk = desk();
    desk.run(&["export", "ninjs", "--output", "out/archive.jsonl"])
        .success()
        .stdout_eq("")
        .stderr_eq("1 article exported.\n");
    let other = Desk::site(&[(
        "content/articles/z.md",
        "---\ntitle: Z\ndate: 2019-01-01\n---\n\nZ.\n",
    )]);
    other.file("archive.jsonl", &desk.read("out/archive.jsonl"));
    let import = ["import", "ninjs", "archive.jsonl", "--into", "."];
    other.run(&import).success().stdout_eq("").stderr_eq(
        "\
1 items: 1 new.
Properties that no field takes; where they are not another form of the text, they stay in `provenance`: body_html (1), body_text (1).
",
    );
    assert_eq!(
        other
            .read("content/articles/a.md")
            .split("provenance:")
            .next()
            .unwrap(),
        "---\ntitle: \"Bridge opens\"\ndate: 2019-02-25\nslug: \"a\"\npeople: [\"Bo Berg\"]\n"
    );
    other.run(&import).success().stderr_eq(
        "\
1 items: 1 unchanged.
Properties that no field takes; where they are not another form of the text, they stay in `provenance`: body_html (1), body_text (1).
",
    );
    other.build();
}

#[test]
fn standard_output_is_the_archives_alone() {
    let desk = desk();
    let line = desk.stdout(&["export", "jsonl", "--format", "json"]);
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["title"], "Bridge opens");
    let table = desk.stdout(&["export", "csv", "--output", "-"]);
    assert_eq!(table.lines().count(), 2, "{table}");
    let said = desk.stdout(&["export", "csv", "--output", "a.csv", "--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["summary"]["articles"], 1);
    desk.run(&["export", "nitf"]).code(2);
}

#[test]
fn items_that_are_no_articles_are_told() {
    let desk = desk();
    desk.file(
        "wire.json",
        "[{\"uri\":\"urn:1\",\"headline\":\"Kept back\",\"pubstatus\":\"withheld\"},\n\
         {\"uri\":\"urn:2\",\"headline\":\"Killed\",\"pubstatus\":\"canceled\"},\n\
         {\"uri\":\"urn:3\"},\n{\"uri\":\"urn:4\",]\n",
    );
    desk.run(&["import", "ninjs", "wire.json", "--into", "."])
        .code(1)
        .stderr_eq(
            "\
error[M0941]: wire.json:3: the item has no headline
  --> wire.json
   = help: correct the item, or leave it out knowingly

warning[M0942]: wire.json:1: the item is withheld and comes in as a draft
  --> wire.json
   = help: take `status: draft` away once it may be published

warning[M0942]: wire.json:2: the item is cancelled
  --> wire.json
   = help: nothing is to be done, unless it stands on the site already

error[M0941]: key must be a string at line 4 column 16; nothing behind it was read
  --> wire.json:4:1
   |
 4 | {\"uri\":\"urn:4\",]
   | ^^^^^^^^^^^^^^^^
   = help: correct the file there, or ask its sender for a whole one
4 items: 1 left-out, 1 new, 2 refused.
",
        );
    let draft = desk.read("content/articles/undated/kept-back.md");
    assert!(draft.contains("\nstatus: draft\n"), "{draft}");
}
