//! `morgue permalinks`.

use crate::desk::Desk;

fn desk() -> Desk {
    let article =
        |day: u8| format!("---\ntitle: \"{day}\"\ndate: 2019-01-0{day}\n---\n\nText {day}.\n");
    let desk = Desk::site(&[
        ("content/articles/one.md", &article(1)),
        ("content/articles/two.md", &article(2)),
    ]);
    desk.run(&["build"]).success();
    desk
}

fn said(desk: &Desk, args: &[&str], code: i32) -> String {
    let output = desk.run(args).code(code);
    String::from_utf8(output.get_output().stderr.clone()).unwrap()
}

#[test]
fn a_build_says_that_it_began_the_ledger() {
    let desk = desk();
    assert!(
        desk.read("permalinks.tsv")
            .starts_with("# morgue permalinks 1: ")
    );
    std::fs::remove_file(desk.path().join("permalinks.tsv")).unwrap();
    let text = said(&desk, &["build"], 0);
    assert!(text.ends_with("\nEvery address now stands in permalinks.tsv: keep it in version control, and none vanishes.\n"), "{text}");
    assert!(!said(&desk, &["build"], 0).contains("permalinks.tsv"));
    std::fs::remove_file(desk.path().join("permalinks.tsv")).unwrap();
    desk.run(&["build", "--no-ledger"]).success();
    assert!(!desk.path().join("permalinks.tsv").exists());
}

#[test]
fn what_would_vanish_is_told_and_decided() {
    let desk = desk();
    std::fs::remove_file(desk.path().join("content/articles/one.md")).unwrap();
    let text = said(&desk, &["build"], 1);
    assert!(text.contains("error[M0410]: /2019/01/01/one/ would vanish: its article content/articles/one.md is not there"), "{text}");
    assert!(text.contains("  --> permalinks.tsv:6:1\n"), "{text}");
    desk.run(&["permalinks", "check"]).code(1).stdout_eq(
        "\
ADDRESS           BECOMES    TO
/2019/01/01/      moved      /2019/01/
/2019/01/01/one/  undecided  –
/on/01-01/        moved      /on/
",
    );
    // In whatever form the address is given.
    let old = "https://example.org/a/2019/01/01/one/";
    desk.run(&["permalinks", "redirect", old, "/a/2019/01/02/two/"])
        .success()
        .stderr_eq("/2019/01/01/one/ leads to /2019/01/02/two/ from the next build on.\n");
    desk.run(&["permalinks", "check", "--csv"]).success().stdout_eq(
        "address,becomes,to,id\n/2019/01/01/,moved,/2019/01/,date\n/on/01-01/,moved,/on/,date\n",
    );
    desk.run(&["build"]).success();
    assert!(
        desk.read("public/2019/01/01/one/index.html")
            .contains("0; url=/a/2019/01/02/two/")
    );
    desk.run(&["permalinks", "withdraw", "/2019/01/01/one/"])
        .success();
    desk.run(&["build"]).success();
    assert!(!desk.path().join("public/2019/01/01/one").exists());
    desk.run(&["permalinks", "list", "--state", "gone"])
        .success()
        .stdout_eq(
            "\
ADDRESS           STATE  TO  ID       FILE
/2019/01/01/one/  gone   –   article  articles/one.md
",
        );
}

#[test]
fn decisions_that_lead_nowhere_are_refused() {
    let desk = desk();
    desk.run(&["permalinks", "redirect", "/x/", "/2019/"])
        .success();
    assert_eq!(
        said(&desk, &["permalinks", "redirect", "/2019/", "/x/"], 2),
        "error: /x/ leads to /2019/ itself, so nobody would arrive\nhelp: name an address where a page is\n"
    );
    assert_eq!(
        said(&desk, &["permalinks", "withdraw", "/never/"], 2),
        "error: /never/ was never published\nhelp: `morgue permalinks list` lists every address\n"
    );
    assert!(
        said(&desk, &["permalinks", "redirect", "x/../y", "/"], 2)
            .contains("cannot be an address of the site")
    );
    let before = desk.read("permalinks.tsv") + "nonsense\n";
    desk.file("permalinks.tsv", &before);
    let text = said(&desk, &["permalinks", "withdraw", "/2019/"], 1);
    assert!(text.contains("error[M0411]"), "{text}");
    assert_eq!(desk.read("permalinks.tsv"), before);
}

#[test]
fn lists_of_old_addresses_are_held_against_the_site() {
    let desk = desk();
    desk.file(
        "old.xml",
        "<urlset><url><loc>https://old.example/a/2019/01/01/one/</loc></url>\
         <url><loc>https://old.example/news/two.html</loc></url>\
         <url><loc>https://old.example/?p=7&amp;x=1</loc></url></urlset>",
    );
    desk.run(&["permalinks", "import", "old.xml"])
        .code(1)
        .stdout_eq(
            "\
ADDRESS           COUNT  ANSWER   TO  PERHAPS
/2019/01/01/one/      1  page     –   –
/?p=7&x=1             1  nothing  –   –
/news/two.html        1  nothing  –   /2019/01/02/two/
",
        )
        .stderr_eq("3 addresses: 1 find their page, 2 find nothing.\n");
    desk.run(&[
        "permalinks",
        "import",
        "old.xml",
        "--remember",
        "--lost",
        "--quiet",
    ])
    .success();
    let text = said(&desk, &["build"], 1);
    assert!(text.contains("/news/two.html would vanish"), "{text}");
    desk.run(&[
        "permalinks",
        "redirect",
        "/news/two.html",
        "/2019/01/02/two/",
    ])
    .success();
    desk.run(&["permalinks", "withdraw", "/?p=7&x=1"]).success();
    desk.run(&["build"]).success();
    assert!(
        desk.read("public/news/two.html")
            .contains("/2019/01/02/two/")
    );
    desk.run(&["permalinks", "import", "old.xml"]).success();
}

#[test]
fn a_change_of_no_weight_is_accepted() {
    let desk = desk();
    desk.file(
        "content/articles/one.md",
        "---\ntitle: \"1\"\ndate: 2019-01-01\n---\n\nText, one.\n",
    );
    assert!(said(&desk, &["build"], 0).contains("warning[M0413]"));
    let text = said(&desk, &["permalinks", "accept", "/2019/01/02/two/"], 2);
    assert!(
        text.contains("the text at /2019/01/02/two/ is the one that was published"),
        "{text}"
    );
    assert_eq!(
        said(&desk, &["permalinks", "accept"], 0),
        "1 texts are now taken as published.\n"
    );
    desk.build();
}

#[test]
fn shards_check_and_do_not_write() {
    let desk = desk();
    desk.file(
        "content/articles/three.md",
        "---\ntitle: T\ndate: 2019-01-03\n---\n",
    );
    let before = desk.read("permalinks.tsv");
    desk.run(&["build", "--shard", "1/2"]).success();
    assert_eq!(desk.read("permalinks.tsv"), before);
    desk.run(&["permalinks", "record"]).success();
    assert!(
        desk.read("permalinks.tsv")
            .contains("\n/2019/01/03/three/\tlive\t")
    );
    std::fs::remove_file(desk.path().join("content/articles/three.md")).unwrap();
    let text = said(&desk, &["build", "--shard", "1/2"], 1);
    assert!(text.contains("error[M0410]"), "{text}");
}
