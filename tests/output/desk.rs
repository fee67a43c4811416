//! What a build does to its output folder, told as stories of several builds.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use camino::Utf8PathBuf;
use morgue::diagnostics::{Code, Diagnostic, Diagnostics};
use morgue::output::{Folder, Published, publish};
use tempfile::TempDir;

pub(crate) type Files<'a> = [(&'a str, &'a str)];

pub(crate) const MANIFEST: &str = ".morgue-manifest";

/// A folder with an output folder in it.
pub(crate) struct Desk {
    pub(crate) dir: TempDir,
    pub(crate) output: Utf8PathBuf,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let output = Utf8PathBuf::from_path_buf(dir.path().join("public")).unwrap();
        Desk { dir, output }
    }

    pub(crate) fn build(&self, files: &Files<'_>) -> Result<Published, Diagnostics> {
        self.build_with(files, |text| Ok(text.as_bytes().to_vec()))
    }

    pub(crate) fn build_with(
        &self,
        files: &Files<'_>,
        fill: impl Fn(&str) -> Result<Vec<u8>, Diagnostic> + Sync,
    ) -> Result<Published, Diagnostics> {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let folder = Folder::open(&self.output)?;
        publish(
            folder,
            &paths,
            |i| fill(files[i].1).map(Cow::Owned),
            None,
            &|| {},
        )
    }

    /// Builds, and looks at what is there afterwards: exactly these files, and the manifest.
    #[track_caller]
    pub(crate) fn expect(&self, files: &Files<'_>) -> Published {
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
    pub(crate) fn expect_refused(&self, files: &Files<'_>, code: Code, paths: &[&str]) {
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
    pub(crate) fn expect_tidy(&self) {
        let beside: Vec<_> = names(self.dir.path())
            .into_iter()
            .filter(|n| n != "public")
            .collect();
        assert_eq!(beside, Vec::<String>::new());
        assert!(!self.output.join(".morgue-staging").exists());
    }

    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.tree()
            .into_iter()
            .filter_map(|(path, bytes)| Some((path, bytes?)))
            .collect()
    }

    /// Every path in the output; a file with its bytes, anything else without.
    pub(crate) fn tree(&self) -> BTreeMap<String, Option<Vec<u8>>> {
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

    pub(crate) fn put(&self, path: &str, text: &str) {
        put(&self.output.join(path), text);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the files that others would"
)]
pub(crate) fn put(place: &Utf8PathBuf, text: &str) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) const SITE: &Files<'static> = &[
    ("index.html", "front"),
    ("2019/04/25/summit/index.html", "summit"),
    ("2019/04/25/summit/photo.jpg", "photo"),
    ("2019/index.html", "the year"),
    ("people/王芳/index.html", "王芳"),
];
