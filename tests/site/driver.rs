//! A fluent driver: makes a site in a folder of its own, builds it, and looks at what came out.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::Selection;
use morgue::config::Config;
use morgue::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use morgue::{BuildOptions, Built, Progress, build};

pub(crate) struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn page(&self) {}
}

/// Does something once the pages are planned.
pub(crate) struct Meanwhile<F>(pub(crate) F);

impl<F: Fn() + Sync> Progress for Meanwhile<F> {
    fn begin(&self, _: usize) {
        self.0();
    }

    fn page(&self) {}
}

/// A site in the making.
pub(crate) struct SiteTest {
    folder: tempfile::TempDir,
    pub(crate) now: &'static str,
    pub(crate) drafts: bool,
    pub(crate) future: bool,
    /// Whether builds look into the ledger and write it.
    pub(crate) ledger: bool,
}

/// What a build did and said.
pub(crate) struct Outcome {
    pub(crate) built: Option<Built>,
    pub(crate) notes: Diagnostics,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

pub(crate) const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org\"\n";

impl SiteTest {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = SiteTest {
            folder,
            now: "2026-01-01T00:00:00Z",
            drafts: false,
            future: false,
            ledger: false,
        };
        site.write("site.toml", SETTINGS)
    }

    pub(crate) fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).unwrap()
    }

    pub(crate) fn write(self, file: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// An article with this front matter after its title and a short text.
    pub(crate) fn article(self, file: &str, fields: &str) -> Self {
        let text = format!(
            "---\ntitle: {}\n{fields}\n---\n\nText.\n",
            file.replace('/', " ")
        );
        self.write(&format!("content/articles/{file}"), text)
    }

    pub(crate) fn output(&self) -> Utf8PathBuf {
        self.path().join("public")
    }

    pub(crate) fn build(&self) -> Outcome {
        self.build_into(&self.output())
    }

    pub(crate) fn build_into(&self, output: &Utf8Path) -> Outcome {
        self.build_with(output, true, &Silent)
    }

    /// A build during which something happens, between the reading of the files and the making of
    /// the pages.
    pub(crate) fn build_while(&self, meanwhile: impl Fn() + Sync) -> Outcome {
        self.build_with(&self.output(), true, &Meanwhile(meanwhile))
    }

    /// A build that takes nothing from earlier ones.
    pub(crate) fn build_anew(&self, output: &Utf8Path) -> Outcome {
        self.build_with(output, false, &Silent)
    }

    fn build_with(&self, output: &Utf8Path, cache: bool, progress: &dyn Progress) -> Outcome {
        let selection = Selection {
            now: self.now.parse().unwrap(),
            drafts: self.drafts,
            future: self.future,
        };
        let options = BuildOptions {
            output: Some(output.to_owned()),
            selection,
            ledger: self.ledger,
            timings: true,
            cache,
        };
        let (built, mut notes) = match Config::load(self.path()) {
            Ok(config) => build(config, &options, progress),
            Err(notes) => (Err(()), notes),
        };
        notes.sort();
        Outcome {
            built: built.ok(),
            notes,
            files: tree(output),
        }
    }
}

/// Every file below a folder with its bytes.
pub(crate) fn tree(folder: &Utf8Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok);
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = Utf8Path::from_path(entry.path()).unwrap();
            (
                path.strip_prefix(folder).unwrap().to_string(),
                fs::read(path).unwrap(),
            )
        })
        .collect()
}

impl Outcome {
    pub(crate) fn ok(self) -> Self {
        assert!(
            self.built.is_some(),
            "the build failed:\n{:#?}",
            self.errors()
        );
        self
    }

    pub(crate) fn failed(self) -> Self {
        assert!(self.built.is_none(), "the build should have failed");
        self
    }

    pub(crate) fn errors(&self) -> Vec<&Diagnostic> {
        self.notes
            .iter()
            .filter(|note| note.severity == Severity::Error)
            .collect()
    }

    pub(crate) fn found(&self, code: Code) -> Vec<&Diagnostic> {
        self.notes.iter().filter(|note| note.code == code).collect()
    }

    /// The text of a page by its address.
    pub(crate) fn page(&self, url: &str) -> &str {
        let file = morgue::site::file_of(url);
        let bytes = self.files.get(&file);
        let bytes =
            bytes.unwrap_or_else(|| panic!("no page {url}; there are {:#?}", self.files.keys()));
        std::str::from_utf8(bytes).unwrap()
    }

    pub(crate) fn has(&self, url: &str) -> bool {
        self.files.contains_key(&morgue::site::file_of(url))
    }

    /// The files that hold a text.
    pub(crate) fn holding(&self, text: &str) -> Vec<&str> {
        let holds = |bytes: &[u8]| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        };
        self.files
            .iter()
            .filter(|(_, bytes)| holds(bytes))
            .map(|(file, _)| file.as_str())
            .collect()
    }
}
