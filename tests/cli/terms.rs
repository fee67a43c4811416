//! `morgue terms`: names change in every file concerned, and nothing else.

use std::process::Command;

use crate::desk::Desk;

const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n\
    [front_matter.map]\ntags = \"topics\"\n[front_matter.split]\ntags = \",\"\n\
    [taxonomies.agencies]\nkind = \"organization\"\n";

pub(crate) const A: &str = "---\r\ntitle: One # t\r\ndate: 2016-01-01\r\npeople:\r\n  - Kim Jong Oon   # leader\r\n  - \"Moon\"\r\nabout: [Kim Jong Oon]\r\ntags: Wire, Trade , Arms\r\nplaces: [Swaziland]\r\ndateline: {place: swaziland, text: \"MBABANE\"}\r\n---\r\nBody of Kim Jong Oon\r\n";
pub(crate) const B: &str = "---\ntitle: Two\ndate: 2017-03-01\nperson: Kim Jong Oon\npeople: [Kim Jong-un, X]\nsection: World\nplaces:\n- Manzini\n---\nB\n";
pub(crate) const C: &str = "+++\ntitle = \"Three\"\ndate = 2017-04-01\npeople = [ \"Kim Jong-un\", 'Kim Jong Oon' ] # k\n+++\nC\n";

pub(crate) fn desk() -> Desk {
    let desk = Desk::site(&[
        ("content/articles/a.md", A),
        ("content/articles/b.md", B),
        ("content/articles/c.md", C),
        (
            "content/articles/d.md",
            "---\ntitle: Four\ndate: 2018\nstatus: draft\npeople: [X]\n---\nKim Jong Oon\n",
        ),
        (
            "content/places.csv",
            "name,parent\r\nManzini,Swaziland\r\nSwaziland,\r\n",
        ),
    ]);
    desk.file("site.toml", SETTINGS);
    desk
}

fn git(desk: &Desk, args: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=T", "-c", "user.email=t@example.org"])
        .args(args)
        .current_dir(desk.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

pub(crate) fn said(desk: &Desk, args: &[&str], code: i32) -> String {
    let output = desk.run(args).code(code);
    let output = output.get_output();
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_merge_changes_the_names_and_leaves_a_redirect() {
    let desk = desk();
    desk.run(&["build"]).success();
    assert!(
        desk.path()
            .join("public/people/kim-jong-oon/index.html")
            .exists()
    );
    let args = [
        "terms",
        "merge",
        "people",
        "Kim Jong-un",
        "kim jong oon",
        "--yes",
    ];
    let told = said(&desk, &args, 0);
    assert!(
        told.contains("\"Kim Jong Oon\" becomes part of \"Kim Jong-un\" in 3 articles."),
        "{told}"
    );
    assert!(told.contains("4 files written."), "{told}");
    let a = A
        .replace("  - Kim Jong Oon ", "  - Kim Jong-un ")
        .replace("[Kim Jong Oon]", "[Kim Jong-un]");
    assert_eq!(desk.read("content/articles/a.md"), a);
    assert_eq!(
        desk.read("content/articles/b.md"),
        B.replace("person: Kim Jong Oon\n", "")
    );
    assert_eq!(
        desk.read("content/articles/c.md"),
        C.replace(", 'Kim Jong Oon'", "")
    );
    assert_eq!(
        desk.read("content/people/kim-jong-un.md"),
        "---\nname: Kim Jong-un\naliases: [Kim Jong Oon]\n---\n"
    );
    desk.build();
    let old = desk.read("public/people/kim-jong-oon/index.html");
    assert!(
        old.contains("url=https://example.org/people/kim-jong-un/")
            || old.contains("/people/kim-jong-un/"),
        "{old}"
    );
    let told = said(&desk, &args, 0);
    assert!(told.contains("Nothing to change."), "{told}");
}

#[test]
fn a_record_that_became_part_of_another_says_so() {
    let desk = desk();
    desk.file(
        "content/people/kim-jong-un.md",
        "---\n# who\nname: Kim Jong-un\naliases:\n  - 김정은 # ko\n---\nText.\n",
    );
    desk.file(
        "content/people/oon.md",
        "---\nname: Kim Jong Oon\nwikidata: Q1\n---\n",
    );
    desk.run(&["terms", "merge", "people", "Kim Jong-un", "oon", "--yes"])
        .success();
    assert_eq!(
        desk.read("content/people/kim-jong-un.md"),
        "---\n# who\nname: Kim Jong-un\naliases:\n  - 김정은 # ko\n  - Kim Jong Oon\n---\nText.\n"
    );
    assert_eq!(
        desk.read("content/people/oon.md"),
        "---\nname: Kim Jong Oon\nmerged_into: kim-jong-un\nwikidata: Q1\n---\n"
    );
    desk.build();
    assert!(
        desk.read("public/people/oon/index.html")
            .contains("/people/kim-jong-un/")
    );
}

#[test]
fn a_new_name_goes_everywhere_and_the_old_address_stays() {
    let desk = desk();
    desk.run(&[
        "terms",
        "rename",
        "places",
        "Swaziland",
        "Eswatini",
        "--yes",
    ])
    .success();
    assert_eq!(
        desk.read("content/places.csv"),
        "name,parent,aliases\r\nManzini,Eswatini,\r\nEswatini,,Swaziland\r\n"
    );
    let a = A
        .replace("[Swaziland]", "[Eswatini]")
        .replace("place: swaziland", "place: eswatini");
    assert_eq!(desk.read("content/articles/a.md"), a);
    desk.build();
    assert!(
        desk.read("public/places/swaziland/index.html")
            .contains("/places/eswatini/")
    );
    // A record in a file of its own keeps the address that its file gives it, unless told.
    desk.file("content/people/moon.md", "---\nname: Moon\n---\n");
    desk.run(&["terms", "rename", "people", "Moon", "Moon Jae-in", "--yes"])
        .success();
    assert_eq!(
        desk.read("content/people/moon.md"),
        "---\nname: Moon Jae-in\naliases: [Moon]\n---\n"
    );
    assert!(
        desk.read("content/articles/a.md")
            .contains("  - \"Moon Jae-in\"\r\n")
    );
    desk.run(&[
        "terms",
        "rename",
        "people",
        "moon",
        "President Moon",
        "--address",
        "--yes",
    ])
    .success();
    let record = desk.read("content/people/moon.md");
    assert!(record.contains("slug: president-moon\n"), "{record}");
    desk.build();
    assert!(
        desk.read("public/people/moon/index.html")
            .contains("/people/president-moon/")
    );
}

#[test]
fn two_spellings_of_one_term_become_one() {
    let desk = Desk::site(&[
        (
            "content/articles/a.md",
            "---\ntitle: A\ndate: 2016\npeople: [Chou Wiest]\n---\nA\n",
        ),
        (
            "content/articles/b.md",
            "---\ntitle: B\ndate: 2016\npeople: [Chou-Wiest, Chou Wiest]\n---\nB\n",
        ),
    ]);
    desk.run(&[
        "terms",
        "merge",
        "people",
        "Chou-Wiest",
        "Chou Wiest",
        "--yes",
    ])
    .success();
    assert!(
        desk.read("content/articles/a.md")
            .contains("people: [Chou-Wiest]\n")
    );
    assert!(
        desk.read("content/articles/b.md")
            .contains("people: [Chou-Wiest]\n")
    );
    desk.build();
}

#[test]
fn nothing_is_written_unless_all_of_it_can_be() {
    let desk = desk();
    let tied = "---\ntitle: E\ndate: 2016\nx: &k Kim Jong Oon\npeople:\n  - *k\n---\nE\n";
    desk.file("content/articles/e.md", tied);
    let told = said(
        &desk,
        &[
            "terms",
            "merge",
            "people",
            "Kim Jong-un",
            "Kim Jong Oon",
            "--yes",
        ],
        1,
    );
    assert!(
        told.contains("error[M0800]") && told.contains("content/articles/e.md:6:5"),
        "{told}"
    );
    assert_eq!(desk.read("content/articles/a.md"), A);
    assert!(!desk.path().join("content/people").exists());
}

#[test]
fn the_change_is_shown_and_wants_a_yes() {
    let desk = desk();
    let args = ["terms", "merge", "people", "Kim Jong-un", "Kim Jong Oon"];
    let output = desk.run(&[&args[..], &["--dry-run"]].concat()).success();
    let diff = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(
        diff.contains("--- a/content/articles/c.md\n+++ b/content/articles/c.md\n"),
        "{diff}"
    );
    assert!(
        diff.contains("--- /dev/null\n+++ b/content/people/kim-jong-un.md\n"),
        "{diff}"
    );
    let told = said(&desk, &args, 2);
    assert!(
        told.contains("not under git") && told.contains("`--yes`"),
        "{told}"
    );
    assert_eq!(desk.read("content/articles/a.md"), A);
    // The diff is what `git apply` makes of it.
    git(&desk, &["init", "-q", "."]);
    git(&desk, &["config", "core.autocrlf", "false"]);
    git(&desk, &["add", "."]);
    let told = said(&desk, &[&args[..], &["--yes"]].concat(), 2);
    assert!(
        told.contains("not committed") && told.contains("--allow-dirty"),
        "{told}"
    );
    git(&desk, &["commit", "-qm", "all"]);
    let told = said(&desk, &args, 2);
    assert!(told.contains("nothing was written"), "{told}");
    desk.file("change.diff", &diff);
    git(&desk, &["apply", "change.diff"]);
    let applied = desk.read("content/articles/a.md");
    git(&desk, &["checkout", "-q", "."]);
    git(&desk, &["clean", "-qfd"]);
    desk.run(&[&args[..], &["--yes"]].concat()).success();
    assert_eq!(desk.read("content/articles/a.md"), applied);
}

#[test]
fn what_was_done_is_reported_for_the_records() {
    let desk = desk();
    let args = [
        "terms",
        "merge",
        "people",
        "Kim Jong-un",
        "Kim Jong Oon",
        "--yes",
        "--json",
    ];
    let report: serde_json::Value = serde_json::from_str(&desk.stdout(&args)).unwrap();
    assert_eq!(report["orders"][0]["articles"], 3);
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), 4);
    assert!(files.iter().all(|file| file["written"] == true));
    assert!(report["failed"].is_null());
}

#[test]
fn many_merges_are_one_change() {
    let desk = desk();
    desk.file("merges.tsv", "# all\npeople\tKim Jong-un\tKim Jong Oon\tX\n\ntopics\tTrade\tArms\nplaces\tSwaziland\tManzini\n");
    let told = said(
        &desk,
        &["terms", "merge", "--list", "merges.tsv", "--yes"],
        0,
    );
    assert!(
        told.contains("\"Arms\" becomes part of \"Trade\" in 1 article."),
        "{told}"
    );
    assert!(
        desk.read("content/articles/b.md")
            .contains("people: [Kim Jong-un]\n")
    );
    assert!(
        desk.read("content/articles/a.md")
            .contains("tags: Wire, Trade\r\n")
    );
    assert!(
        desk.read("content/articles/d.md")
            .contains("people: [Kim Jong-un]\n")
    );
    desk.build();
    for old in [
        "people/x",
        "people/kim-jong-oon",
        "topics/arms",
        "places/manzini",
    ] {
        assert!(
            desk.path()
                .join("public")
                .join(old)
                .join("index.html")
                .exists(),
            "{old}"
        );
    }
}

#[test]
fn what_becomes_part_of_what_goes_goes_with_it() {
    let desk = desk();
    desk.file(
        "merges.tsv",
        "people\tX\tKim Jong Oon\npeople\tKim Jong-un\tX\n",
    );
    desk.run(&["terms", "merge", "--list", "merges.tsv", "--yes"])
        .success();
    let record = desk.read("content/people/kim-jong-un.md");
    assert!(
        record.contains("Kim Jong Oon") && record.contains('X'),
        "{record}"
    );
    assert!(!desk.path().join("content/people/x.md").exists());
    desk.file("merges.tsv", "topics\tWire\tTrade\ntopics\tTrade\tWire\n");
    let refusal = desk.refusal(&["terms", "merge", "--list", "merges.tsv", "--yes"]);
    assert!(refusal.contains("circle"), "{refusal}");
}

#[test]
fn slips_are_answered() {
    let desk = desk();
    for (args, expected) in [
        (
            ["terms", "merge", "people", "Kim Jong-un", "Moo"].as_slice(),
            "did you mean \"Moon\"?",
        ),
        (
            &["terms", "merge", "persons", "A", "B"],
            "did you mean `person`?",
        ),
        (
            &["terms", "rename", "people", "Moon", "X"],
            "morgue terms merge people \"X\" \"Moon\"",
        ),
        (
            &["terms", "rename", "people", "Moon", "Moon"],
            "its name already",
        ),
        (&["terms", "retag", "--to", "topics/A"], "every article"),
        (&["terms", "retag", "--from", "topics"], "names no term"),
        (
            &[
                "terms", "split", "people", "Moon", "--into", "M", "--since", "soon",
            ],
            "is not a date here",
        ),
    ] {
        let refusal = desk.refusal(args);
        assert!(refusal.contains(expected), "{refusal}");
    }
}
