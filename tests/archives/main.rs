//! Real archives, none of which was written for morgue. They are not part of this repository:
//! `MORGUE_CORPORA` names the folder that holds them, and without it these tests say that they
//! are skipped. `MORGUE_KEEP` names a folder for the sites that other tests look at afterwards.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test fails by panicking, and writes the files it builds from"
)]

mod moved;
mod reuters;
mod tagging;
mod withdrawn;
mod wordpress;
mod wordpress_shown;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::Selection;
use morgue::check::{CheckOptions, Checked, check};
use morgue::config::Config;
use morgue::diagnostics::{Diagnostic, Diagnostics};
use morgue::{BuildOptions, Built, Progress, build};

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn page(&self) {}
}

/// Unpacks a corpus into a folder of its own; nothing where there is none.
fn unpack(name: &str) -> Option<tempfile::TempDir> {
    let Some(corpora) = std::env::var_os("MORGUE_CORPORA") else {
        println!("skipped: MORGUE_CORPORA is not set");
        return None;
    };
    let archive = PathBuf::from(corpora).join(name);
    if !archive.is_file() {
        println!("skipped: there is no {}", archive.display());
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new("tar")
        .arg("xzf")
        .arg(&archive)
        .arg("-C")
        .arg(folder.path())
        .status();
    assert!(
        status.unwrap().success(),
        "{} cannot be unpacked",
        archive.display()
    );
    Some(folder)
}

/// Where a site is built that other tests look at afterwards; nothing unless that is wanted.
fn kept(name: &str) -> Option<Utf8PathBuf> {
    let folder = std::env::var("MORGUE_KEEP").ok()?;
    Some(Utf8PathBuf::from(folder).join(name))
}

fn build_into(site: &Utf8Path, output: &Utf8Path) -> (Built, Diagnostics) {
    let config = Config::load(site).unwrap_or_else(|notes| panic!("{notes:#?}"));
    let now = "2030-01-01T00:00:00Z".parse().unwrap();
    let options = BuildOptions {
        output: Some(output.to_owned()),
        selection: Selection {
            now,
            drafts: false,
            future: false,
        },
        ledger: false,
        timings: false,
        cache: true,
    };
    let (built, notes) = build(config, &options, &Silent);
    let errors: Vec<_> = notes
        .iter()
        .filter(|n| n.severity == morgue::diagnostics::Severity::Error)
        .collect();
    (built.unwrap_or_else(|()| panic!("{errors:#?}")), notes)
}

/// What `morgue check` finds of some codes.
fn checked(site: &Utf8Path, is_wanted: impl Fn(&Diagnostic) -> bool) -> (Checked, Vec<Diagnostic>) {
    let config = Config::load(site).unwrap_or_else(|notes| panic!("{notes:#?}"));
    let selection = Selection {
        now: "2030-01-01T00:00:00Z".parse().unwrap(),
        drafts: false,
        future: false,
    };
    let options = CheckOptions {
        selection,
        all: false,
    };
    let (checked, notes) = check(config, &options);
    let wanted = notes.into_iter().filter(|note| is_wanted(note));
    (checked.unwrap(), wanted.collect())
}

/// The addresses of articles that the pages below a folder link to, and the most on one page.
fn listed(root: &Utf8Path, folder: &str, is_article: impl Fn(&str) -> bool) -> (usize, usize) {
    let (mut all, mut most) = (BTreeSet::new(), 0);
    for file in html_files(&root.join(folder)) {
        let page = std::fs::read_to_string(&file).unwrap();
        let links = page
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let here: BTreeSet<String> = links
            .filter(|link| is_article(link))
            .map(str::to_owned)
            .collect();
        most = most.max(here.len());
        all.extend(here);
    }
    (all.len(), most)
}

fn html_files(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let walk = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    walk.filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok())
        .filter(|path| path.extension() == Some("html"))
        .collect()
}
