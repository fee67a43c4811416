//! Builds that are killed at any moment: what they leave is whole, and the next build makes of it
//! what a clean one would have made.
//!
//! `MORGUE_KILLS` and `MORGUE_ARTICLES` set how many, of what archive.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by panicking, and a long one tells what it saw"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use morgue::digest::Digest;
use tempfile::TempDir;

/// Every file of a folder by its path, with what its bytes are recognised by.
type Tree = BTreeMap<String, Digest>;

/// The two states that the archive goes back and forth between: one article in ten of each is not
/// in the other, and one in seven has another headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    After,
}

impl State {
    fn other(self) -> State {
        match self {
            State::Before => State::After,
            State::After => State::Before,
        }
    }

    fn lacks(self, article: usize) -> bool {
        article % 10 == if self == State::Before { 9 } else { 0 }
    }
}

struct Press {
    dir: TempDir,
    articles: usize,
}

impl Press {
    fn new(articles: usize) -> Press {
        let dir = TempDir::new().unwrap();
        fs::create_dir_all(dir.path().join("content/articles")).unwrap();
        let settings = "title = \"The Crash\"\nbase_url = \"https://example.org\"\n";
        put(&dir.path().join("site.toml"), settings);
        Press { dir, articles }
    }

    fn output(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    fn write(&self, state: State) {
        for n in 0..self.articles {
            let file = self.dir.path().join(format!("content/articles/a{n}.md"));
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
    fn command(&self, output: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
        command
            .args([
                "build",
                "--quiet",
                "--no-ledger",
                "--now",
                "2026-01-01",
                "--site",
            ])
            .arg(self.dir.path())
            .arg("--output")
            .arg(output)
            .stdin(Stdio::null());
        command
    }

    /// What a build makes that knows nothing of any other.
    fn clean(&self, state: State) -> Tree {
        self.write(state);
        let output = self.dir.path().join("clean");
        let status = self.command(&output).arg("--no-cache").status();
        assert!(status.unwrap().success());
        let made = tree(&output);
        let aside = self.dir.path().join(format!("clean-{state:?}"));
        fs::rename(output, aside).unwrap();
        made
    }

    fn build(&self) -> Duration {
        let began = Instant::now();
        let found = self.command(&self.output()).output().unwrap();
        let said = String::from_utf8_lossy(&found.stderr).into_owned();
        assert!(found.status.success(), "{said}");
        began.elapsed()
    }

    /// Kills a build after so long; whether it was still at work.
    fn kill_after(&self, wait: Duration) -> bool {
        let mut child = self.command(&self.output()).spawn().unwrap();
        std::thread::sleep(wait);
        let at_work = child.try_wait().unwrap().is_none();
        let _ = child.kill();
        child.wait().unwrap();
        at_work
    }
}

#[expect(clippy::disallowed_methods, reason = "a test writes its archive")]
fn put(file: &Path, text: &str) {
    fs::write(file, text).unwrap();
}

fn tree(folder: &Path) -> Tree {
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
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn throw(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % 10_000) as f64 / 10_000.0
    }
}

fn number(name: &str, default: usize) -> usize {
    let set = std::env::var(name).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Every file is, byte for byte, one of the old site or one of the new.
fn expect_whole(found: &Tree, old: &Tree, new: &Tree, kill: usize) {
    for (path, digest) in found {
        if path == ".morgue-manifest" {
            continue;
        }
        let known = [old, new].iter().any(|site| site.get(path) == Some(digest));
        assert!(known, "kill {kill}: {path} is of neither site");
    }
}

#[test]
fn killed_at_any_moment_the_output_is_whole_and_the_next_build_right() {
    let kills = number("MORGUE_KILLS", 12);
    let press = Press::new(number("MORGUE_ARTICLES", 80));
    let [before, after] = [State::Before, State::After].map(|state| press.clean(state));
    let mut dice = Dice(1851);
    let (mut state, mut at_work, mut mixed) = (State::After, 0, 0);
    let cold = press.build();
    state = state.other();
    press.write(state);
    let warm = press.build();
    for kill in 0..kills {
        let is_cold = kill % 4 == 3;
        if is_cold {
            let aside = press.dir.path().join(format!("aside-{kill}"));
            fs::rename(press.output(), aside).unwrap();
        }
        state = state.other();
        press.write(state);
        let new = if state == State::Before {
            &before
        } else {
            &after
        };
        let old = if state == State::Before {
            &after
        } else {
            &before
        };
        // The end, where the folder changes, is hit more often than the long time before.
        let reach = if is_cold { cold } else { warm };
        let wait = reach.mul_f64(1.0 - dice.throw() * dice.throw());
        at_work += usize::from(press.kill_after(wait));
        if press.output().exists() {
            let found = tree(&press.output());
            expect_whole(&found, old, new, kill);
            let is_new = found == *new;
            mixed += usize::from(!is_new && found != *old);
            assert!(!is_cold || is_new, "kill {kill}: half a first build");
        }
        press.build();
        let found = tree(&press.output());
        let (missing, odd): (Vec<_>, Vec<_>) = (
            new.keys()
                .filter(|path| !found.contains_key(*path))
                .collect(),
            found
                .iter()
                .filter(|(path, digest)| new.get(*path) != Some(digest))
                .collect(),
        );
        assert!(
            missing.is_empty() && odd.is_empty(),
            "kill {kill}: {missing:?} {odd:?}"
        );
        assert!(!press.dir.path().join(".public.staging").exists());
    }
    println!("{kills} kills: {at_work} of builds at work, {mixed} while files moved");
}
