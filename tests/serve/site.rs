//! A small site in a folder of its own, and a preview of it.

use std::fs;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::Selection;
use morgue::config::Config;
use morgue::serve::{News, Preview, ServeOptions};
use tempfile::TempDir;

use crate::browser::{Answer, Browser, OpenPage, PATIENCE};

pub(crate) struct TestSite {
    _folder: TempDir,
    pub(crate) path: Utf8PathBuf,
}

impl TestSite {
    pub(crate) fn new() -> Self {
        TestSite::under("https://example.org")
    }

    pub(crate) fn under(base_url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        let site = TestSite {
            _folder: folder,
            path,
        };
        site.write(
            "site.toml",
            &format!("title = \"Test\"\nbase_url = \"{base_url}\"\n"),
        );
        site.article("Nobody signed");
        site
    }

    /// Writes the one article of the site, with a text that is its title too: every theme shows
    /// that.
    pub(crate) fn article(&self, text: &str) {
        let front = format!("title: '{text}'\ndate: 2019-02-28\npeople: [Kim Jong-un]");
        self.write(
            "content/articles/summit.md",
            &format!("---\n{front}\n---\n{text}.\n"),
        );
    }

    /// Writes a file as editors do: whole, then under its name.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path.join(name);
        let folder = path.parent().unwrap();
        fs::create_dir_all(folder).unwrap();
        let draft = folder.join(".draft.swp");
        fs::File::create(&draft)
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        fs::rename(draft, path).unwrap();
    }

    pub(crate) fn config(&self) -> Config {
        Config::load(&self.path).unwrap()
    }

    pub(crate) fn serve(&self) -> Served {
        serve(self.config(), true)
    }

    pub(crate) fn serve_still(&self) -> Served {
        serve(self.config(), false)
    }
}

/// The address of the one article.
pub(crate) const ARTICLE: &str = "/2019/02/28/summit/";

pub(crate) fn selection() -> Selection {
    Selection {
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
        drafts: false,
        future: false,
    }
}

pub(crate) fn options(port: Option<u16>, reload: bool) -> ServeOptions {
    ServeOptions {
        selection: Arc::new(selection),
        port,
        reload,
    }
}

pub(crate) fn serve(config: Config, reload: bool) -> Served {
    let preview = Preview::start(config, &options(Some(0), reload)).unwrap();
    let News::Prepared { .. } = preview.news().recv().unwrap() else {
        panic!("the first of the news is what was found");
    };
    Served(preview)
}

pub(crate) fn demo() -> Config {
    Config::load(Utf8Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub(crate) struct Served(pub(crate) Preview);

impl Served {
    pub(crate) fn browser(&self) -> Browser {
        Browser::at(self.0.address())
    }

    pub(crate) fn open(&self, path: &str) -> OpenPage {
        OpenPage::at(self.0.address(), path)
    }

    pub(crate) fn since(&self, edition: &str) -> OpenPage {
        OpenPage::since(self.0.address(), edition)
    }

    pub(crate) fn text(&self, path: &str) -> String {
        self.browser().get(path).text()
    }

    /// The next thing that happens.
    pub(crate) fn news(&self) -> News {
        self.0.news().recv_timeout(PATIENCE).unwrap()
    }

    /// Looks at a page until it holds a text: one save may be noticed as several changes.
    pub(crate) fn wait_for(&self, path: &str, text: &str) {
        self.wait_until(path, |answer| answer.text().contains(text));
    }

    pub(crate) fn wait_until(&self, path: &str, is_right: impl Fn(&Answer) -> bool) {
        let since = Instant::now();
        while !is_right(&self.browser().get(path)) {
            assert!(since.elapsed() < PATIENCE, "{path} never became right");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
