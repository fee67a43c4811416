//! Exchanges that are broken off after every step.

use std::cell::Cell;
use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use tempfile::TempDir;

use super::*;
use crate::output::{look, put_aside};

thread_local! {
    /// How many more files may be moved or deleted before the system refuses everything.
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
}

pub(super) fn may_go_on() -> io::Result<()> {
    match LEFT.get() {
        0 => Err(io::Error::other("broken off")),
        left => {
            LEFT.set(left - 1);
            Ok(())
        }
    }
}

const OLD: &[(&str, &str)] = &[
    ("a", "1"),
    ("b", "1"),
    ("c/d", "1"),
    ("file", "1"),
    ("folder/x/y", "1"),
    ("gone/f", "1"),
    ("gone/g", "1"),
    ("index.html", "1"),
];
const NEW: &[(&str, &str)] = &[
    ("a", "2"),
    ("b", "1"),
    ("c/d", "2"),
    ("c/e", "2"),
    ("file/inside", "2"),
    ("file/inside-too", "2"),
    ("folder", "2"),
    ("index.html", "22"),
    ("new/1/x", "2"),
    ("new/2/x", "2"),
];

struct Desk {
    _dir: TempDir,
    output: Utf8PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let dir = TempDir::new().unwrap();
        let output = Utf8PathBuf::from_path_buf(dir.path().join("public")).unwrap();
        let desk = Desk { _dir: dir, output };
        desk.build(OLD, usize::MAX).unwrap();
        desk
    }

    /// Opens and builds; after so many steps the system refuses.
    fn build(&self, files: &[(&str, &str)], steps: usize) -> Result<Published, Diagnostics> {
        LEFT.set(steps);
        let published = Folder::open(&self.output).map_err(Diagnostics::from);
        let published = published.and_then(|folder| {
            let staged = files.iter().map(|(path, text)| {
                let page = look(
                    &folder,
                    path,
                    folder.manifest().get(path).copied(),
                    text.as_bytes(),
                    None,
                );
                put_aside(&folder, &page, text.as_bytes()).unwrap();
                page
            });
            run(&folder, &staged.collect::<Vec<_>>())
        });
        LEFT.set(usize::MAX);
        published.map(|(published, _)| published)
    }

    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&self.output) {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(&self.output).unwrap();
            if entry.file_type().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap();
                files.insert(path.to_str().unwrap().to_owned(), text);
            }
        }
        files
    }

    fn is_tidy(&self) -> bool {
        let beside = self.output.parent().unwrap().read_dir().unwrap();
        beside.count() == 1
    }
}

#[expect(clippy::disallowed_methods, reason = "somebody writes here")]
fn put(file: &camino::Utf8Path, text: &str) {
    fs::write(file, text).unwrap();
}

fn clean(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let desk = Desk::new();
    fs::remove_file(desk.output.join(manifest::NAME)).unwrap();
    fs::rename(&desk.output, desk.output.with_file_name("aside")).unwrap();
    desk.build(files, usize::MAX).unwrap();
    desk.files()
}

#[test]
fn an_exchange_broken_off_after_any_step_is_finished_by_the_next_run() {
    let (old, new) = (clean(OLD), clean(NEW));
    for steps in 0.. {
        let desk = Desk::new();
        let result = desk.build(NEW, steps);
        if result.is_ok() {
            assert!(steps > 10, "only {steps} steps");
            break;
        }
        let files = desk.files();
        for (path, text) in &files {
            let is_whole = old.get(path) == Some(text) || new.get(path) == Some(text);
            assert!(is_whole, "{path} after {steps} steps");
        }
        // What a changed page may lead to is there before it.
        let is_changed = |(path, text): (&String, &String)| {
            new.get(path) == Some(text) && old.get(path).is_some_and(|old| old != text)
        };
        if files.iter().any(is_changed) {
            let missing = new.keys().find(|path| !files.contains_key(*path));
            assert_eq!(missing, None, "after {steps} steps");
        }
        let message = &result.unwrap_err().into_iter().next().unwrap().message;
        if steps == 0 {
            assert_eq!(desk.files(), old);
            assert!(desk.is_tidy());
            assert!(!message.contains("new already"), "{message}");
        } else {
            assert!(message.ends_with("a part of the output is new already"));
            assert!(Folder::recover(&desk.output).unwrap());
            assert_eq!(desk.files(), new, "after {steps} steps");
        }
        assert!(desk.is_tidy(), "after {steps} steps");
    }
}

#[test]
fn recovery_itself_may_be_broken_off_and_another_site_follow() {
    let old = clean(OLD);
    for steps in 1..12 {
        for again in 0..4 {
            let desk = Desk::new();
            desk.build(NEW, steps).unwrap_err();
            let mut steps_now = again;
            while desk.build(OLD, steps_now).is_err() {
                steps_now += 1;
            }
            assert_eq!(desk.files(), old, "after {steps} and {again} steps");
            assert!(desk.is_tidy());
        }
    }
}

#[test]
fn what_was_changed_meanwhile_is_written_again() {
    let new = clean(NEW);
    for steps in 1..14 {
        let desk = Desk::new();
        desk.build(NEW, steps).unwrap_err();
        for path in ["a", "new/1/x", "c/d"] {
            if desk.output.join(path).is_file() {
                put(&desk.output.join(path), "by hand");
            }
        }
        let _ = fs::remove_file(desk.output.join("new/2/x"));
        // A disk that lost what it had acknowledged.
        let staged = desk.output.with_file_name(".public.staging/tree/c/e");
        if staged.exists() {
            fs::File::create(staged).unwrap();
        }
        let foreign = desk.output.join("new");
        if !foreign.exists() {
            put(&foreign, "mine");
            let refused = desk.build(NEW, usize::MAX).unwrap_err();
            let message = &refused.into_iter().next().unwrap().message;
            assert!(message.contains("was broken off and cannot be finished"));
            assert!(
                message.contains("no build of this site wrote it"),
                "{message}"
            );
            assert_eq!(fs::read_to_string(&foreign).unwrap(), "mine");
            fs::remove_file(foreign).unwrap();
        }
        desk.build(NEW, usize::MAX).unwrap();
        assert_eq!(desk.files(), new, "after {steps} steps");
    }
}

#[test]
fn the_journal_of_another_output_is_not_followed() {
    let desk = Desk::new();
    desk.build(NEW, 4).unwrap_err();
    fs::rename(&desk.output, desk.output.with_file_name("aside")).unwrap();
    let other = Desk::new();
    other.build(&OLD[..2], usize::MAX).unwrap();
    fs::rename(&other.output, &desk.output).unwrap();
    let (there, parent) = (desk.files(), desk.output.parent().unwrap());
    Folder::open(&desk.output).unwrap();
    assert_eq!(desk.files(), there);
    assert!(!parent.join(".public.staging").exists());
}
