//! Files of others in the output folder, and links.

use std::fs;

use camino::Utf8PathBuf;
use morgue::diagnostics::Code;
use tempfile::TempDir;

use crate::desk::{Desk, MANIFEST, SITE, names, put};

#[test]
fn the_last_pages_gone_leave_files_of_others_alone() {
    let desk = Desk::new();
    desk.expect(SITE);
    desk.put("2019/04/25/summit/notes.txt", "mine");
    desk.put("CNAME", "example.org");
    desk.build(&[SITE[0]]).unwrap();
    let paths: Vec<_> = desk.files().into_keys().collect();
    assert_eq!(
        paths,
        [
            MANIFEST,
            "2019/04/25/summit/notes.txt",
            "CNAME",
            "index.html"
        ]
    );
}

#[test]
fn every_foreign_file_in_the_way_is_an_error() {
    let desk = Desk::new();
    desk.expect(&[SITE[0]]);
    desk.put("2019/index.html", "mine");
    desk.put("people/王芳/index.html", "mine too");
    desk.put("people/kept.txt", "and this");
    desk.expect_refused(
        SITE,
        Code::ForeignFile,
        &["2019/index.html", "people/王芳/index.html"],
    );
}

#[test]
fn a_foreign_file_with_the_same_bytes_is_adopted() {
    let desk = Desk::new();
    desk.put("2019/index.html", "the year");
    let published = desk.expect(SITE);
    assert_eq!((published.written, published.unchanged), (4, 1));
    assert_eq!(desk.expect(&[SITE[0]]).deleted, 4);
}

#[test]
fn a_foreign_file_where_a_folder_must_go_is_told_once() {
    let desk = Desk::new();
    desk.put("2019", "mine");
    desk.expect_refused(SITE, Code::ForeignFile, &["2019"]);
}

#[test]
fn a_foreign_folder_where_a_file_must_go_is_an_error() {
    let desk = Desk::new();
    desk.put("index.html/notes.txt", "mine");
    desk.expect_refused(SITE, Code::ForeignFile, &["index.html"]);
}

#[test]
fn with_a_damaged_manifest_different_files_are_foreign() {
    let desk = Desk::new();
    desk.expect(SITE);
    let manifest = fs::read_to_string(desk.output.join(MANIFEST)).unwrap();
    desk.put(MANIFEST, &manifest[..manifest.len() / 2]);
    let mut site = SITE.to_vec();
    site[0].1 = "a new front";
    desk.expect_refused(&site, Code::ForeignFile, &["index.html"]);
}

#[test]
fn an_empty_folder_gives_way_to_a_file() {
    let desk = Desk::new();
    fs::create_dir_all(desk.output.join("index.html/empty")).unwrap();
    desk.expect(SITE);
}

#[test]
fn a_folder_of_ours_with_a_foreign_file_does_not_become_a_file() {
    let desk = Desk::new();
    desk.expect(&[("a/b/index.html", "1")]);
    desk.put("a/b/notes.txt", "mine");
    desk.expect_refused(&[("a", "1")], Code::ForeignFile, &["a"]);
    fs::remove_file(desk.output.join("a/b/notes.txt")).unwrap();
    fs::create_dir(desk.output.join("a/b/empty")).unwrap();
    desk.expect(&[("a", "1")]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_deleted_through_links() {
    use std::os::unix::fs::symlink;

    let desk = Desk::new();
    let elsewhere = TempDir::new().unwrap();
    let away = Utf8PathBuf::from_path_buf(elsewhere.path().join("index.html")).unwrap();
    put(&away, "the year");
    desk.expect(&[SITE[0]]);
    symlink(elsewhere.path(), desk.output.join("2019")).unwrap();
    symlink(&away, desk.output.join("about.html")).unwrap();
    let site = [SITE[0], SITE[1], SITE[3], ("about.html", "the year")];
    desk.expect_refused(&site, Code::ForeignFile, &["2019", "about.html"]);

    fs::remove_file(desk.output.join("2019")).unwrap();
    fs::remove_file(desk.output.join("about.html")).unwrap();
    desk.expect(&[SITE[0], SITE[3]]);
    fs::remove_file(desk.output.join("2019/index.html")).unwrap();
    fs::remove_dir(desk.output.join("2019")).unwrap();
    symlink(elsewhere.path(), desk.output.join("2019")).unwrap();
    assert_eq!(desk.build(&[SITE[0]]).unwrap().deleted, 0);
    assert_eq!(names(elsewhere.path()), ["index.html"]);
}

#[cfg(unix)]
#[test]
fn a_page_of_ours_replaced_by_a_link_is_foreign() {
    let desk = Desk::new();
    desk.expect(SITE);
    fs::remove_file(desk.output.join("index.html")).unwrap();
    std::os::unix::fs::symlink("2019/index.html", desk.output.join("index.html")).unwrap();
    desk.expect_refused(SITE, Code::ForeignFile, &["index.html"]);
}

#[test]
fn a_staging_folder_of_somebody_else_is_left_alone() {
    let desk = Desk::new();
    let staging = Utf8PathBuf::from_path_buf(desk.dir.path().join(".public.staging")).unwrap();
    put(&staging.join("tree/poem.txt"), "mine");
    let found = desk.build(SITE).unwrap_err();
    assert_eq!(
        found.iter().map(|d| d.code).collect::<Vec<_>>(),
        [Code::ForeignFile]
    );
    assert!(staging.join("tree/poem.txt").exists());
}
