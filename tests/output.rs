//! What a build does to its output folder, told as stories of several builds.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::Utf8PathBuf;
use morgue::diagnostics::{Code, Diagnostic, Diagnostics};
use morgue::output::{Folder, Published, publish};
use tempfile::TempDir;

type Files<'a> = [(&'a str, &'a str)];

const MANIFEST: &str = ".morgue-manifest";

/// A folder with an output folder in it.
struct Desk {
    dir: TempDir,
    output: Utf8PathBuf,
}

impl Desk {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let output = Utf8PathBuf::from_path_buf(dir.path().join("public")).unwrap();
        Desk { dir, output }
    }

    fn build(&self, files: &Files<'_>) -> Result<Published, Diagnostics> {
        self.build_with(files, |text| Ok(text.as_bytes().to_vec()))
    }

    fn build_with(
        &self,
        files: &Files<'_>,
        fill: impl Fn(&str) -> Result<Vec<u8>, Diagnostic> + Sync,
    ) -> Result<Published, Diagnostics> {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let folder = Folder::open(&self.output)?;
        publish(folder, &paths, |i| fill(files[i].1).map(Cow::Owned), &|| {})
    }

    /// Builds, and looks at what is there afterwards: exactly these files, and the manifest.
    #[track_caller]
    fn expect(&self, files: &Files<'_>) -> Published {
        let published = self.build(files).unwrap();
        let wanted: BTreeMap<String, Vec<u8>> = files
            .iter()
            .map(|(p, text)| ((*p).to_owned(), text.as_bytes().to_vec()))
            .collect();
        let mut found = self.files();
        assert!(found.remove(MANIFEST).is_some(), "no manifest");
        assert_eq!(found, wanted);
        assert_eq!(published.written + published.unchanged, files.len());
        assert_eq!(published.written, published.written_paths.len());
        self.expect_tidy();
        published
    }

    /// Builds, and expects these errors and an output exactly as before.
    #[track_caller]
    fn expect_refused(&self, files: &Files<'_>, code: Code, paths: &[&str]) {
        let before = self.tree();
        let found = self.build(files).unwrap_err();
        assert_eq!(self.tree(), before, "the output was touched");
        assert!(found.iter().all(|d| d.code == code), "{found:?}");
        let messages: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages.len(), paths.len(), "{messages:?}");
        for (message, path) in messages.iter().zip(paths) {
            assert!(
                message.contains(&format!("/{path}`")),
                "{message} names not {path}"
            );
        }
        self.expect_tidy();
    }

    /// Nothing of ours is left beside the output or hidden in it.
    #[track_caller]
    fn expect_tidy(&self) {
        let beside: Vec<_> = names(self.dir.path())
            .into_iter()
            .filter(|n| n != "public")
            .collect();
        assert_eq!(beside, Vec::<String>::new());
        assert!(!self.output.join(".morgue-staging").exists());
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.tree()
            .into_iter()
            .filter_map(|(path, bytes)| Some((path, bytes?)))
            .collect()
    }

    /// Every path in the output; a file with its bytes, anything else without.
    fn tree(&self) -> BTreeMap<String, Option<Vec<u8>>> {
        fn walk(folder: &Path, prefix: &str, tree: &mut BTreeMap<String, Option<Vec<u8>>>) {
            for name in names(folder) {
                let (place, path) = (folder.join(&name), format!("{prefix}{name}"));
                let kind = fs::symlink_metadata(&place).unwrap();
                tree.insert(
                    path.clone(),
                    kind.is_file().then(|| fs::read(&place).unwrap()),
                );
                if kind.is_dir() {
                    walk(&place, &format!("{path}/"), tree);
                }
            }
        }
        let mut tree = BTreeMap::new();
        if self.output.exists() {
            walk(self.output.as_std_path(), "", &mut tree);
        }
        tree
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.output.join(path), text);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that others would"
)]
fn put(place: &Utf8PathBuf, text: &str) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

const SITE: &Files<'static> = &[
    ("index.html", "front"),
    ("2019/04/25/summit/index.html", "summit"),
    ("2019/04/25/summit/photo.jpg", "photo"),
    ("2019/index.html", "the year"),
    ("people/王芳/index.html", "王芳"),
];

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
    fs::create_dir_all(desk.output.join("index.html")).unwrap();
    desk.expect_refused(SITE, Code::ForeignFile, &["index.html"]);
}

#[test]
fn a_page_that_fails_leaves_everything_as_it_was() {
    let desk = Desk::new();
    desk.expect(SITE);
    let before = desk.tree();
    let mut site = SITE.to_vec();
    site[0].1 = "a new front";
    site[1].1 = "bad b";
    site[2].1 = "bad a";
    let found = desk
        .build_with(&site, |text| match text.strip_prefix("bad ") {
            Some(name) => Err(Diagnostic::new(Code::DeadLink, "dead").file(name)),
            None => Ok(text.into()),
        })
        .unwrap_err();
    let files: Vec<_> = found.iter().filter_map(|d| d.file.as_deref()).collect();
    assert_eq!(files, ["a", "b"]);
    assert_eq!(desk.tree(), before);
    desk.expect_tidy();
}

#[test]
fn a_first_build_that_fails_makes_no_folder() {
    let desk = Desk::new();
    let dead = |_: &str| Err(Diagnostic::new(Code::DeadLink, "dead"));
    assert_eq!(desk.build_with(SITE, dead).unwrap_err().len(), 1);
    assert!(!desk.output.exists());
    desk.expect_tidy();
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

#[test]
fn a_folder_of_ours_with_a_foreign_file_does_not_become_a_file() {
    let desk = Desk::new();
    desk.expect(&[("a/b/index.html", "1")]);
    desk.put("a/b/notes.txt", "mine");
    desk.expect_refused(&[("a", "1")], Code::ForeignFile, &["a"]);
    fs::remove_file(desk.output.join("a/b/notes.txt")).unwrap();
    fs::create_dir(desk.output.join("a/b/mine")).unwrap();
    desk.expect_refused(&[("a", "1")], Code::ForeignFile, &["a"]);
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

#[cfg(unix)]
#[test]
fn the_output_itself_may_be_a_link() {
    let mut desk = Desk::new();
    desk.expect(SITE);
    let link = desk.dir.path().join("link");
    std::os::unix::fs::symlink("public", &link).unwrap();
    desk.output = Utf8PathBuf::from_path_buf(link).unwrap();
    assert_eq!(desk.build(SITE).unwrap().unchanged, 5);
    assert_eq!(names(desk.dir.path()), ["link", "public"]);
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let desk = Desk::new();
    let staging = Utf8PathBuf::from_path_buf(desk.dir.path().join(".public.staging")).unwrap();
    put(&staging.join("lock"), "4242\n");
    put(&staging.join("tree/2019/ghost.html"), "half a pa");
    put(&staging.join("manifest"), "morgue-mani");
    desk.expect(SITE);
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

#[test]
fn a_second_build_into_the_same_folder_waits_its_turn() {
    let desk = Desk::new();
    let first = Folder::open(&desk.output).unwrap();
    let busy = Folder::open(&desk.output).unwrap_err();
    assert_eq!(busy.code, Code::OutputBusy);
    assert!(
        busy.message
            .contains(&format!("(process {})", std::process::id())),
        "{busy:?}"
    );
    drop(first);
    desk.expect_tidy();
    desk.expect(SITE);
}

#[test]
fn many_builds_at_once_never_share_the_folder() {
    let desk = Desk::new();
    let inside = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..200 {
                    if let Ok(folder) = Folder::open(&desk.output) {
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(folder);
                    }
                }
            });
        }
    });
    desk.expect(SITE);
}

#[cfg(unix)]
#[test]
fn beside_a_folder_that_cannot_be_written_to_staging_goes_inside() {
    use std::os::unix::fs::PermissionsExt as _;

    let desk = Desk::new();
    desk.expect(SITE);
    let allow = |mode| {
        fs::set_permissions(desk.dir.path(), fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o555);
    let is_root = fs::create_dir(desk.dir.path().join("probe")).is_ok();
    let (result, hidden) = if is_root {
        fs::remove_dir(desk.dir.path().join("probe")).unwrap();
        (Ok(Published::default()), true)
    } else {
        let folder = Folder::open(&desk.output).unwrap();
        let hidden = desk.output.join(".morgue-staging").is_dir();
        drop(folder);
        (desk.build(&SITE[..4]), hidden)
    };
    allow(0o755);
    assert!(hidden);
    assert_eq!(result.unwrap().deleted, usize::from(!is_root));
    desk.expect(SITE);
}

#[test]
fn an_output_that_cannot_be_one_is_refused() {
    let desk = Desk::new();
    put(&desk.output, "a file");
    let root = Utf8PathBuf::from("/");
    let cases = [(&desk.output, Code::BadOutput), (&root, Code::BadOutput)];
    for (path, code) in cases {
        let refused = Folder::open(path).unwrap_err();
        assert_eq!(refused.code, code, "{refused:?}");
        assert!(refused.help.is_some());
    }
    let below_a_file = Folder::open(&desk.output.join("public")).unwrap_err();
    assert_eq!(below_a_file.code, Code::CannotWrite);
    desk.expect_tidy();
}

#[test]
fn paths_that_lead_elsewhere_write_nothing() {
    let desk = Desk::new();
    for path in ["../escape", "/escape", "", "a//b", "a\\b", "a\0b", MANIFEST] {
        let found = desk
            .build(&[("index.html", "front"), (path, "x")])
            .unwrap_err();
        assert_eq!(
            found.iter().map(|d| d.code).collect::<Vec<_>>(),
            [Code::ImpossiblePath]
        );
    }
    desk.expect_tidy();
    assert!(!desk.output.exists());
}

#[test]
fn each_page_is_filled_and_counted_once() {
    let desk = Desk::new();
    let paths: Vec<String> = (0..500)
        .map(|n| format!("{}/{n}/index.html", n % 7))
        .collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let (filled, counted) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let fill = |index: usize| {
        filled.fetch_add(1, Ordering::Relaxed);
        Ok(Cow::Owned(index.to_string().into_bytes()))
    };
    let progress = || {
        counted.fetch_add(1, Ordering::Relaxed);
    };
    let published = publish(Folder::open(&desk.output).unwrap(), &paths, fill, &progress).unwrap();
    assert_eq!(published.written, 500);
    assert_eq!((filled.into_inner(), counted.into_inner()), (500, 500));
    assert_eq!(desk.files()["6/13/index.html"], b"13");
}

#[test]
fn the_manifest_is_the_same_for_any_number_of_threads() {
    let manifest = |threads| {
        let desk = Desk::new();
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| desk.build(SITE)).unwrap();
        fs::read_to_string(desk.output.join(MANIFEST)).unwrap()
    };
    assert_eq!(manifest(1), manifest(8));
}
