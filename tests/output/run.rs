//! A run as a whole: who may write, where, and what a failed one leaves.

use std::borrow::Cow;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::Utf8PathBuf;
use morgue::diagnostics::{Code, Diagnostic};
use morgue::output::{Folder, Published, publish};

use crate::desk::{Desk, MANIFEST, SITE, names, put};

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
    let published = publish(
        Folder::open(&desk.output).unwrap(),
        &paths,
        fill,
        None,
        &progress,
    )
    .unwrap();
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
