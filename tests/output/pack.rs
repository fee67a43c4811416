//! What only very large or very odd packs meet.

use std::borrow::Cow;
use std::process::Command;

use camino::Utf8PathBuf;
use jiff::Timestamp;
use morgue::diagnostics::{Code, Diagnostic};
use morgue::output::pack::{Pack, write};
use tempfile::TempDir;

use crate::desk::names;

fn desk(name: &str) -> (TempDir, Utf8PathBuf) {
    let dir = TempDir::new().unwrap();
    let path = Utf8PathBuf::from_path_buf(dir.path().join(name)).unwrap();
    (dir, path)
}

/// The number of files stands in 16 bits, and elsewhere for archives that have more.
#[test]
fn a_zip_may_hold_more_files_than_16_bits_count() {
    let (_dir, file) = desk("site.zip");
    let paths: Vec<String> = (0..66_000).map(|number| format!("{number}.txt")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let pack = Pack::open(&file, Timestamp::UNIX_EPOCH).unwrap();
    let fill = |index: usize| Ok(Cow::Owned(paths[index].as_bytes().to_vec()));
    assert_eq!(write(pack, &paths, fill, &|| {}).unwrap().files, 66_000);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    assert_eq!(zip.len(), 66_000);
    let mut last = zip.by_name("65999.txt").unwrap();
    assert_eq!(std::io::read_to_string(&mut last).unwrap(), "65999.txt");
    let script = "import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))";
    if let Ok(output) = Command::new("python3")
        .args(["-c", script, file.as_str()])
        .output()
    {
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "66000");
    }
}

#[test]
fn every_page_that_cannot_be_made_is_told_and_nothing_is_left() {
    let (dir, file) = desk("site.tar");
    let paths: Vec<String> = (0..1_000).map(|number| format!("{number}.txt")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let pack = Pack::open(&file, Timestamp::UNIX_EPOCH).unwrap();
    let fill = |index: usize| {
        if index % 100 == 7 {
            let message = format!("page {index}");
            return Err(Diagnostic::new(Code::BadTemplate, message));
        }
        Ok(Cow::Borrowed(&b"text"[..]))
    };
    let found = write(pack, &paths, fill, &|| {}).unwrap_err();
    assert_eq!(found.iter().count(), 10);
    assert_eq!(names(dir.path()), Vec::<String>::new());
}

#[test]
fn two_builds_into_one_pack_are_kept_apart() {
    let (dir, file) = desk("site.tar");
    let first = Pack::open(&file, Timestamp::UNIX_EPOCH).unwrap();
    let second = Pack::open(&file, Timestamp::UNIX_EPOCH).unwrap_err();
    assert_eq!(second.code, Code::OutputBusy);
    drop(first);
    assert_eq!(names(dir.path()), Vec::<String>::new());
}

#[test]
fn a_site_without_pages_is_an_empty_pack() {
    for name in ["site.tar", "site.tar.gz", "site.zip"] {
        let (dir, file) = desk(name);
        let pack = Pack::open(&file, Timestamp::UNIX_EPOCH).unwrap();
        let nothing = |_| Ok(Cow::Borrowed(&b""[..]));
        assert_eq!(write(pack, &[], nothing, &|| {}).unwrap().files, 0);
        assert_eq!(names(dir.path()), [name]);
    }
}
