//! An archive that changes from one build to the next, and what its builds leave.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use morgue::digest::Digest;
use tempfile::TempDir;

/// Every file of a folder by its path, with what its bytes are recognised by.
pub(crate) type Tree = BTreeMap<String, Digest>;

/// The states that the archive goes through, again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// One article in ten is not there.
    Before,
    /// Another one in ten is not there, and one in seven has another headline.
    After,
    /// Two articles in three are gone.
    Pruned,
}

impl State {
    pub(crate) const ALL: [State; 3] = [State::Before, State::After, State::Pruned];

    pub(crate) fn next(self) -> State {
        match self {
            State::Before => State::After,
            State::After => State::Pruned,
            State::Pruned => State::Before,
        }
    }

    fn lacks(self, article: usize) -> bool {
        match self {
            State::Before => article % 10 == 9,
            State::After => article.is_multiple_of(10),
            State::Pruned => !article.is_multiple_of(3),
        }
    }
}

/// When a build is killed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    /// So long after its start.
    After(Duration),
    /// So long after it began to move files.
    Moving(Duration),
}

pub(crate) struct Press {
    pub(crate) folder: PathBuf,
    articles: usize,
    _dir: Option<TempDir>,
}

impl Press {
    pub(crate) fn new(articles: usize) -> Press {
        let dir = TempDir::new().unwrap();
        let folder = dir.path().to_owned();
        Press {
            _dir: Some(dir),
            ..Press::within(folder, articles)
        }
    }

    /// In a folder that somebody else clears away.
    pub(crate) fn within(folder: PathBuf, articles: usize) -> Press {
        fs::create_dir_all(folder.join("content/articles")).unwrap();
        let settings = "title = \"The Crash\"\nbase_url = \"https://example.org\"\n";
        put(&folder.join("site.toml"), settings);
        Press {
            folder,
            articles,
            _dir: None,
        }
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.folder.join("public")
    }

    /// Whether a run has begun to move files and has not ended.
    pub(crate) fn is_moving(&self) -> bool {
        self.folder.join(".public.staging/journal").exists()
    }

    pub(crate) fn write(&self, state: State) {
        for n in 0..self.articles {
            let file = self.folder.join(format!("content/articles/a{n}.md"));
            if state.lacks(n) {
                let _ = fs::remove_file(file);
                continue;
            }
            let edited = n % 7 == 0 && state == State::After;
            let title = if edited { "Corrected" } else { "Reported" };
            let (year, month, day) = (1990 + n % 20, n % 12 + 1, n % 28 + 1);
            let text = format!(
                "---\ntitle: {title} {n}\ndate: {year}-{month:02}-{day:02}\npeople: [Person {}, \
                 Person {}]\nplaces: [Place {}]\ntopics: [Topic {}]\n---\nThe text of {n}.\n",
                n % 40,
                n % 7,
                n % 30,
                n % 11
            );
            put(&file, &text);
        }
    }

    /// Without the ledger, because articles come and go here without a word.
    pub(crate) fn command(&self, place: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
        command
            .args(["build", "--no-ledger", "--now", "2026-01-01", "--site"])
            .arg(&self.folder)
            .args(place)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }

    /// What a build makes that knows nothing of any other.
    pub(crate) fn clean(&self, state: State) -> Tree {
        self.write(state);
        let made = self.command(&["--output", "clean", "--no-cache"]).output();
        assert!(made.unwrap().status.success());
        let output = self.folder.join("clean");
        let made = tree(&output);
        expect_no_dead_link(&output, &made, &|_| true, "a clean build");
        delete(&output);
        made
    }

    pub(crate) fn run(&self) -> Output {
        self.command(&[]).output().unwrap()
    }

    /// A build that must go well; how long it took.
    pub(crate) fn build(&self) -> Duration {
        let began = Instant::now();
        let found = self.run();
        assert!(found.status.success(), "{}", said(&found));
        began.elapsed()
    }

    /// For how long a build moves files.
    pub(crate) fn moving(&self) -> Duration {
        let mut child = self.command(&[]).spawn().unwrap();
        self.wait_for_journal(&mut child);
        let began = Instant::now();
        while self.is_moving() {
            std::thread::sleep(Duration::from_micros(100));
        }
        assert!(child.wait().unwrap().success());
        began.elapsed()
    }

    fn wait_for_journal(&self, child: &mut Child) {
        while !self.is_moving() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(100));
        }
    }

    /// Kills a build; whether it was still at work.
    pub(crate) fn kill(&self, when: When) -> bool {
        let mut child = self.command(&[]).spawn().unwrap();
        let wait = match when {
            When::After(wait) => wait,
            When::Moving(wait) => {
                self.wait_for_journal(&mut child);
                wait
            }
        };
        std::thread::sleep(wait);
        let at_work = child.try_wait().unwrap().is_none();
        let _ = child.kill();
        child.wait().unwrap();
        at_work
    }

    /// What lies in the output; every file of it is of one of these sites. Every link leads
    /// somewhere, but for those of pages to which none leads yet, or none any more.
    pub(crate) fn expect_whole(&self, sites: [&Tree; 2], moment: &str) -> Tree {
        let found = tree(&self.output());
        for (path, digest) in &found {
            let known = sites.iter().any(|site| site.get(path) == Some(digest));
            let own = path == ".morgue-manifest";
            assert!(known || own, "{moment}: {path} is of neither site");
        }
        let stays = |page: &str| sites.iter().all(|site| site.contains_key(page));
        expect_no_dead_link(&self.output(), &found, &stays, moment);
        found
    }

    /// The output is that of a clean build, and nothing is left beside it.
    pub(crate) fn expect(&self, site: &Tree, moment: &str) {
        let found = tree(&self.output());
        let missing: Vec<_> = site.keys().filter(|p| !found.contains_key(*p)).collect();
        let odd: Vec<_> = found
            .iter()
            .filter(|(p, d)| site.get(*p) != Some(d))
            .collect();
        assert!(
            missing.is_empty() && odd.is_empty(),
            "{moment}: {missing:?} {odd:?}"
        );
        assert!(!self.folder.join(".public.staging").exists(), "{moment}");
    }
}

/// Every link of these pages leads to a file.
fn expect_no_dead_link(folder: &Path, files: &Tree, of: &dyn Fn(&str) -> bool, moment: &str) {
    let pages = files.keys().filter(|path| path.ends_with(".html"));
    for page in pages.filter(|page| of(page)) {
        let text = fs::read_to_string(folder.join(page)).unwrap();
        for link in text.split(['"', '\'']) {
            let own = link.strip_prefix("https://example.org").unwrap_or(link);
            let Some(path) = own.strip_prefix('/').filter(|path| !path.starts_with('/')) else {
                continue;
            };
            let path = path.split(['#', '?']).next().unwrap();
            let is_plain = path
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "/-_.".contains(c));
            let file = match path {
                "" => "index.html".to_owned(),
                folder if folder.ends_with('/') => format!("{folder}index.html"),
                file => file.to_owned(),
            };
            let there = !is_plain || files.contains_key(&file);
            assert!(
                there,
                "{moment}: {page} leads to {link}, which is not there"
            );
        }
    }
}

pub(crate) fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[expect(clippy::disallowed_methods, reason = "a test writes its archive")]
pub(crate) fn put(file: &Path, text: &str) {
    fs::write(file, text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "a test clears its own")]
pub(crate) fn delete(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}

pub(crate) fn tree(folder: &Path) -> Tree {
    if !folder.exists() {
        return Tree::new();
    }
    let files = walkdir::WalkDir::new(folder).into_iter();
    let files = files
        .map(Result::unwrap)
        .filter(|f| f.file_type().is_file());
    files
        .map(|file| {
            let path = file.path().strip_prefix(folder).unwrap();
            let bytes = fs::read(file.path()).unwrap();
            (path.to_str().unwrap().to_owned(), Digest::of(&bytes))
        })
        .collect()
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// From 0 to 1.
    pub(crate) fn throw(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % 10_000) as f64 / 10_000.0
    }
}

pub(crate) fn number(name: &str, default: usize) -> usize {
    let set = std::env::var(name).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(default)
}
