//! `morgue terms split` and `retag`.

use crate::terms::{A, C, desk, said};

#[test]
fn a_split_takes_what_meets_every_condition() {
    let split = |more: &[&str]| {
        let desk = desk();
        let mut args = vec![
            "terms",
            "split",
            "people",
            "Kim Jong Oon",
            "--into",
            "Oon, Jr.",
            "--yes",
        ];
        args.extend(more);
        let told = said(&desk, &args, 0);
        let changed = ["a", "b", "c", "d"].into_iter().filter(|name| {
            desk.read(&format!("content/articles/{name}.md"))
                .contains("Oon, Jr.")
        });
        (changed.collect::<String>(), told)
    };
    assert_eq!(split(&["--since", "2017"]).0, "bc");
    assert_eq!(split(&["--until", "2017-03"]).0, "ab");
    assert_eq!(split(&["--year", "2016"]).0, "a");
    assert_eq!(split(&["--section", "world"]).0, "b");
    assert_eq!(split(&["--term", "people=X", "--since", "2017"]).0, "b");
    assert_eq!(split(&["--file", "content/articles/[ac].md"]).0, "ac");
    let desk = desk();
    desk.file(
        "list.txt",
        "content/articles/c.md\n\n./content/articles/d.md\n",
    );
    let args = [
        "terms",
        "split",
        "people",
        "Kim Jong Oon",
        "--into",
        "Moon",
        "--files-from",
        "list.txt",
        "--yes",
    ];
    desk.run(&args).success();
    assert_eq!(
        desk.read("content/articles/c.md"),
        C.replace("'Kim Jong Oon'", "'Moon'")
    );
    let refusal = desk.refusal(&["terms", "split", "people", "Moon", "--into", "M", "--yes"]);
    assert!(refusal.contains("which articles"), "{refusal}");
}

#[test]
fn a_term_moves_to_another_taxonomy() {
    let desk = desk();
    desk.run(&[
        "terms",
        "retag",
        "--from",
        "topics/Wire",
        "--to",
        "agencies/Wire",
        "--yes",
    ])
    .success();
    let a = A
        .replace("tags: Wire, Trade , Arms", "tags: Trade , Arms")
        .replace(
            "text: \"MBABANE\"}\r\n",
            "text: \"MBABANE\"}\r\nagencies: [Wire]\r\n",
        );
    assert_eq!(desk.read("content/articles/a.md"), a);
    desk.build();
    assert!(
        desk.read("public/topics/wire/index.html")
            .contains("/agencies/wire/")
    );
    desk.run(&[
        "terms",
        "retag",
        "--to",
        "topics/Korea",
        "--term",
        "people=Kim Jong-un",
        "--yes",
    ])
    .success();
    assert!(
        desk.read("content/articles/b.md")
            .contains("topics: [Korea]\n")
    );
    assert!(
        desk.read("content/articles/c.md")
            .contains("topics = [\"Korea\"]\n")
    );
    desk.run(&["terms", "retag", "--from", "topics/Korea", "--yes"])
        .success();
    assert!(desk.read("content/articles/b.md").contains("topics: []\n"));
    // A second section is refused with the article it is about, and nothing is written.
    let before = desk.read("content/articles/a.md");
    let args = [
        "terms",
        "retag",
        "--to",
        "sections/Asia",
        "--since",
        "2016",
        "--yes",
    ];
    let told = said(&desk, &args, 1);
    assert!(
        told.contains("M0802") && told.contains("content/articles/b.md"),
        "{told}"
    );
    assert_eq!(desk.read("content/articles/a.md"), before);
}
