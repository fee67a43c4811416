//! One build after the other: what is written, left and deleted.

use std::fs;

use crate::desk::{Desk, Files, MANIFEST, SITE, names};

#[test]
fn a_first_build_writes_everything() {
    let desk = Desk::new();
    let published = desk.expect(SITE);
    assert_eq!(published.written, 5);
    assert_eq!(published.bytes, 5 + 6 + 5 + 8 + 6);
    assert_eq!(
        published.written_paths,
        [
            "2019/04/25/summit/index.html",
            "2019/04/25/summit/photo.jpg",
            "2019/index.html",
            "index.html",
            "people/王芳/index.html",
        ]
    );
}

#[test]
fn an_empty_folder_that_is_there_is_filled() {
    let desk = Desk::new();
    fs::create_dir(&desk.output).unwrap();
    assert_eq!(desk.expect(SITE).written, 5);
}

#[test]
fn a_folder_several_levels_down_is_made() {
    let mut desk = Desk::new();
    desk.output = desk.output.join("a/b");
    desk.build(SITE).unwrap();
    assert!(desk.output.join("index.html").is_file());
    assert_eq!(names(desk.output.parent().unwrap().as_std_path()), ["b"]);
}

#[test]
fn a_site_without_pages_is_an_empty_folder() {
    let desk = Desk::new();
    desk.expect(&[]);
    desk.expect(SITE);
    assert_eq!(desk.expect(&[]).deleted, 5);
    assert_eq!(desk.tree().len(), 1);
}

#[test]
fn a_second_build_writes_nothing() {
    let desk = Desk::new();
    desk.expect(SITE);
    let modified = |path: &str| {
        fs::metadata(desk.output.join(path))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = (modified("index.html"), modified(MANIFEST), modified(""));
    let published = desk.expect(SITE);
    assert_eq!(
        (published.written, published.unchanged, published.deleted),
        (0, 5, 0)
    );
    assert_eq!(published.bytes, 0);
    assert_eq!(
        (modified("index.html"), modified(MANIFEST), modified("")),
        before
    );
}

#[test]
fn only_what_differs_is_written() {
    let desk = Desk::new();
    desk.expect(SITE);
    let mut site = SITE.to_vec();
    site[3].1 = "the year, corrected";
    site.push(("2020/01/01/new/index.html", "new"));
    site.push(("2019/04/25/other/index.html", "other"));
    let published = desk.expect(&site);
    assert_eq!(
        published.written_paths,
        [
            "2019/04/25/other/index.html",
            "2019/index.html",
            "2020/01/01/new/index.html"
        ]
    );
    assert_eq!(published.unchanged, 4);
}

#[test]
fn names_that_begin_alike_are_told_apart() {
    let desk = Desk::new();
    desk.expect(&[("index.html", "front")]);
    desk.expect(&[
        ("a-b/x", "1"),
        ("a/x", "2"),
        ("a/y", "3"),
        ("ab/x", "4"),
        ("index.html", "5"),
    ]);
}

#[test]
fn what_is_gone_is_deleted_with_its_empty_folders() {
    let desk = Desk::new();
    desk.expect(SITE);
    let published = desk.expect(&[SITE[0], SITE[3]]);
    assert_eq!((published.written, published.deleted), (0, 3));
    let paths: Vec<_> = desk.tree().into_keys().collect();
    assert_eq!(paths, [MANIFEST, "2019", "2019/index.html", "index.html"]);
}

#[test]
fn folders_that_somebody_emptied_go_with_their_pages() {
    let desk = Desk::new();
    desk.expect(&[("a/b/index.html", "1"), ("index.html", "2")]);
    fs::remove_file(desk.output.join("a/b/index.html")).unwrap();
    assert_eq!(desk.expect(&[("index.html", "2")]).deleted, 0);
    assert!(!desk.output.join("a").exists());
}

#[test]
fn a_file_that_somebody_deleted_or_cut_is_written_again() {
    let desk = Desk::new();
    desk.expect(SITE);
    fs::remove_file(desk.output.join("index.html")).unwrap();
    desk.put("2019/index.html", "the ye");
    assert_eq!(
        desk.expect(SITE).written_paths,
        ["2019/index.html", "index.html"]
    );
}

#[test]
fn a_damaged_manifest_is_made_again_from_identical_files() {
    let desk = Desk::new();
    desk.expect(SITE);
    for damage in ["", "morgue-manifest 1\n", "not one at all\n"] {
        desk.put(MANIFEST, damage);
        assert_eq!(desk.expect(SITE).written, 0);
    }
    fs::remove_file(desk.output.join(MANIFEST)).unwrap();
    assert_eq!(desk.expect(SITE).written, 0);
    assert_eq!(desk.expect(&[SITE[0]]).deleted, 4);
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let desk = Desk::new();
    let pages: &Files<'_> = &[("a/b/index.html", "1"), ("a/c.html", "2"), ("d", "3")];
    desk.expect(pages);
    assert_eq!(
        desk.expect(&[("a", "1"), ("d/e/index.html", "2"), ("d/f", "3")])
            .deleted,
        3
    );
    assert_eq!(desk.expect(pages).deleted, 3);
}
