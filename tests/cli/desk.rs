//! A folder of its own for each test, and the program run in it.

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, OutputAssert};
use tempfile::TempDir;

/// The clock of most tests: 26 April 2019.
const NOW: &str = "1556236800";

pub(crate) struct Desk {
    folder: TempDir,
    now: &'static str,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn empty() -> Desk {
        Desk {
            folder: tempfile::tempdir().unwrap(),
            now: NOW,
        }
    }

    /// An empty folder at another time, in seconds since 1970.
    pub(crate) fn at(now: &'static str) -> Desk {
        Desk {
            now,
            ..Desk::empty()
        }
    }

    /// A site of these files.
    pub(crate) fn site(files: &[(&str, &str)]) -> Desk {
        let desk = Desk::empty();
        desk.file(
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org/a\"\n",
        );
        for (path, text) in files {
            desk.file(path, text);
        }
        desk
    }

    /// What `morgue init` makes.
    pub(crate) fn starter() -> Desk {
        let desk = Desk::empty();
        desk.run(&["init", "."]).success();
        desk
    }

    #[expect(clippy::disallowed_methods, reason = "a test makes its own site")]
    pub(crate) fn file(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn run(&self, args: &[&str]) -> OutputAssert {
        Command::new(program())
            .args(args)
            .current_dir(self.path())
            .env("SOURCE_DATE_EPOCH", self.now)
            .env("NO_COLOR", "1")
            .assert()
    }

    /// What a command that succeeds prints.
    pub(crate) fn stdout(&self, args: &[&str]) -> String {
        let output = self.run(args).success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    }

    /// What a command that could not run says.
    pub(crate) fn refusal(&self, args: &[&str]) -> String {
        let output = self.run(args).code(2).stdout_eq("");
        String::from_utf8(output.get_output().stderr.clone()).unwrap()
    }

    /// Builds the site with neither an error nor a warning.
    pub(crate) fn build(&self) {
        let output = self.run(&["build"]).success();
        let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(said.contains(" 0 warnings"), "{said}");
        assert!(!said.contains("warning["), "{said}");
    }
}

pub(crate) fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_morgue"))
}
