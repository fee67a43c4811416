//! `morgue build --pack`, `--shard`, `morgue merge` and `morgue index`.

use std::process::Command;

use crate::desk::{Desk, program};

fn desk() -> Desk {
    Desk::site(&[
        (
            "content/articles/a.md",
            "---\ntitle: A\ndate: 2019-04-25\n---\n\nText.\n",
        ),
        (
            "content/articles/b.md",
            "---\ntitle: B\ndate: 2019-04-26\nstatus: draft\n---\n\nText.\n",
        ),
    ])
}

fn said(desk: &Desk, args: &[&str]) -> String {
    let output = desk.run(args).success();
    String::from_utf8(output.get_output().stderr.clone()).unwrap()
}

#[test]
fn a_pack_is_told_with_its_size() {
    let desk = desk();
    let text = said(&desk, &["build", "--pack", "site.tar"]);
    assert!(text.starts_with("1 articles, "), "{text}");
    assert!(text.contains(" pages packed into site.tar: "), "{text}");
    assert!(text.ends_with("Left out: 1 drafts.\n"), "{text}");
    assert!(!desk.path().join("public").exists());

    let json = desk.stdout(&["build", "--pack", "site.tar", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let size = std::fs::metadata(desk.path().join("site.tar"))
        .unwrap()
        .len();
    assert_eq!(json["summary"]["bytes"], size);
    assert_eq!(json["summary"]["pack"], "site.tar");
}

#[test]
fn a_pack_on_standard_output_is_the_pack_alone() {
    let desk = desk();
    said(&desk, &["build", "--pack", "site.tar"]);
    let file = std::fs::read(desk.path().join("site.tar")).unwrap();
    let output = desk.run(&["build", "--pack", "-"]).success();
    assert!(output.get_output().stdout == file);
    let output = desk.run(&["build", "--pack", "-", "--format", "json"]);
    assert!(output.success().get_output().stdout == file);
    if cfg!(unix) {
        let output = desk.run(&["build", "--pack", "/dev/stdout"]).success();
        assert!(output.get_output().stdout == file);
    }
}

#[test]
fn a_pack_and_a_folder_at_once_are_refused() {
    let refusal = desk().refusal(&["build", "--pack", "site.tar", "-o", "public"]);
    assert!(refusal.contains("cannot be used with"), "{refusal}");
}

#[test]
fn parts_are_built_and_joined() {
    let desk = desk();
    let text = said(&desk, &["index"]);
    assert!(text.starts_with("1 articles, 0 terms, "), "{text}");
    let text = said(&desk, &["build", "--shard", "1/2"]);
    assert!(text.starts_with("Shard 1/2: "), "{text}");
    assert!(text.contains(" pages in part-1: "), "{text}");
    let text = said(&desk, &["build", "--shard", "2/2", "--pack", "2.tar"]);
    assert!(text.contains(" pages in 2.tar: "), "{text}");
    let text = said(&desk, &["merge", "2.tar", "part-1"]);
    assert!(text.starts_with("2 parts, "), "{text}");
    let text = said(&desk, &["build"]);
    assert!(text.contains(": 0 written, "), "{text}");
}

#[test]
fn a_missing_part_stops_the_merge() {
    let desk = desk();
    said(&desk, &["build", "--shard", "1/2"]);
    desk.run(&["merge", "part-1"]).code(1).stderr_eq(
        "\
error[M0612]: shard 2/2 is missing
   = help: make it with `morgue build --shard 2/2 --now 2019-04-26T00:00:00Z -o part-2`
Nothing was written. The output is as it was.
",
    );
    assert!(!desk.path().join("public").exists());
}

#[test]
fn a_shard_is_given_its_time_and_its_number() {
    let desk = desk();
    let output = Command::new(program())
        .args(["build", "--shard", "1/2"])
        .current_dir(desk.path())
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("give each the same `--now`"), "{said}");
    for wrong in ["0/2", "3/2", "1", "x/y"] {
        let refusal = desk.refusal(&["build", "--shard", wrong]);
        assert!(refusal.contains("write it as in 3/16"), "{refusal}");
    }
    let refusal = desk.refusal(&["build", "--shard", "1/2", "--pack", "-"]);
    assert!(
        refusal.contains("cannot go to standard output"),
        "{refusal}"
    );
}

#[test]
fn an_index_tells_what_a_build_would() {
    let desk = desk();
    desk.file(
        "content/articles/c.md",
        "---\ntitle: C\ndate: 2019-02-30\n---\n\nText.\n",
    );
    let output = desk.run(&["index"]).code(1);
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(said.starts_with("error[M0105]"), "{said}");
    assert!(
        said.ends_with("This site cannot be built: 1 error, 0 warnings.\n"),
        "{said}"
    );
}
