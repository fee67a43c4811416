//! Whether files are still what they were: lists of checksums, `morgue verify`, `morgue bag`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says so by panicking, and one that is skipped says that"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const LIST: &str = "manifest-sha256.txt";

type Files = BTreeMap<String, Vec<u8>>;

/// A small archive in a folder of its own.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new(checksums: bool) -> Desk {
        let desk = Desk {
            dir: TempDir::new().unwrap(),
        };
        desk.put(
            "site.toml",
            &format!(
                "title = \"Old News\"\nbase_url = \"https://example.org\"\ndescription = \"All of it.\"\n[publish]\nchecksums = {checksums}\n"
            ),
        );
        for n in 1..6 {
            desk.put(
                &format!("content/articles/a{n}.md"),
                &format!(
                    "---\ntitle: Story {n}\ndate: 200{n}-05-06\npeople: [Ann Lee]\n---\nText {n}.\n"
                ),
            );
        }
        desk.put("content/static/100%25 true.txt", "by percent");
        desk.put("content/static/über uns.txt", "about");
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    #[expect(clippy::disallowed_methods, reason = "a test writes its archive")]
    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
        command
            .current_dir(self.dir.path())
            .args(args)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs what must go well; gives what was said.
    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {said}");
        said
    }

    /// The codes and files that a command reports, with its exit code.
    fn found(&self, args: &[&str]) -> (Vec<(String, String)>, Option<i32>) {
        let output = self.run(&[args, &["--format", "json"]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let found = lines.filter_map(|line| {
            let word = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            line.get("code").map(|_| (word("code"), word("file")))
        });
        (found.collect(), output.status.code())
    }

    fn build(&self) -> String {
        self.done(&["build", "--now", "2020-01-01"])
    }

    fn files(&self, folder: &str) -> Files {
        files(&self.path(folder))
    }
}

fn files(folder: &Path) -> Files {
    let walk = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap);
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let bytes = fs::read(entry.path()).unwrap();
            (path.to_str().unwrap().to_owned(), bytes)
        })
        .collect()
}

fn untar(bytes: &[u8]) -> Files {
    let mut archive = tar::Archive::new(bytes);
    let entries = archive.entries().unwrap().map(Result::unwrap);
    entries
        .map(|mut entry| {
            let path = entry.path().unwrap().to_str().unwrap().to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (path, bytes)
        })
        .collect()
}

fn unzip(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
    decoder.read_to_end(&mut plain).unwrap();
    plain
}

fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output();
    found.is_ok_and(|output| output.status.success())
}

/// What the list tells of the site is what `sha256sum` works out.
fn expect_listed(desk: &Desk) {
    if has("sha256sum") {
        let mut check = Command::new("sha256sum");
        let check = check
            .current_dir(desk.path("public"))
            .args(["--check", "--strict", "--quiet"]);
        // `%` is escaped in a list as BagIt wants it, which sha256sum does not know.
        let list = fs::read_to_string(desk.path("public").join(LIST)).unwrap();
        let plain = desk.path("plain.txt");
        #[expect(clippy::disallowed_methods, reason = "a test writes where it likes")]
        fs::write(&plain, list.replace("%25", "%")).unwrap();
        let output = check.arg(&plain).output().unwrap();
        fs::remove_file(plain).unwrap();
        assert!(output.status.success(), "{output:?}");
    } else {
        println!("sha256sum is not there: skipped");
    }
    let list = fs::read_to_string(desk.path("public").join(LIST)).unwrap();
    let own = [LIST, ".morgue-manifest"];
    let files = desk.files("public");
    let site = files.keys().filter(|path| !own.contains(&path.as_str()));
    assert_eq!(list.lines().count(), site.count());
    assert!(list.is_ascii() || list.contains("über uns.txt"));
    assert!(list.contains("100%2525 true.txt"), "{list}");
    assert_eq!(desk.found(&["verify"]), (vec![], Some(0)));
}

#[test]
fn the_list_of_a_site_follows_every_change() {
    let desk = Desk::new(true);
    desk.build();
    expect_listed(&desk);
    let said = desk.build();
    assert!(said.contains(" 0 written"), "{said}");
    desk.put(
        "content/articles/a3.md",
        "---\ntitle: Another\ndate: 2003-05-06\n---\nNew.\n",
    );
    desk.put("content/static/more.txt", "more");
    fs::remove_file(desk.path("content/static/über uns.txt")).unwrap();
    desk.put("content/static/über uns.txt", "about us");
    desk.build();
    expect_listed(&desk);
    let warm = desk.files("public");
    desk.done(&["build", "--now", "2020-01-01", "--no-cache", "-o", "clean"]);
    assert_eq!(warm, desk.files("clean"));
    // A list that somebody changed is no source for the next one.
    let list = fs::read_to_string(desk.path("public").join(LIST)).unwrap();
    desk.put(&format!("public/{LIST}"), &list.replace('a', "b"));
    desk.put("content/static/more.txt", "even more");
    desk.build();
    expect_listed(&desk);
}

#[test]
fn the_list_comes_and_goes_with_the_setting() {
    let desk = Desk::new(false);
    desk.build();
    assert!(!desk.path("public").join(LIST).exists());
    let with = Desk::new(true);
    desk.put(
        "site.toml",
        &fs::read_to_string(with.path("site.toml")).unwrap(),
    );
    desk.build();
    expect_listed(&desk);
    let without = Desk::new(false);
    desk.put(
        "site.toml",
        &fs::read_to_string(without.path("site.toml")).unwrap(),
    );
    desk.build();
    assert!(!desk.path("public").join(LIST).exists());
    desk.put(&format!("content/static/{LIST}"), "mine");
    desk.build();
    desk.put(
        "site.toml",
        &fs::read_to_string(with.path("site.toml")).unwrap(),
    );
    let (found, code) = desk.found(&["build", "--now", "2020-01-01"]);
    assert_eq!((found[0].0.as_str(), code), ("M0401", Some(1)), "{found:?}");
}

#[test]
fn a_pack_and_joined_shards_hold_what_the_folder_holds() {
    let desk = Desk::new(true);
    desk.build();
    let mut site = desk.files("public");
    site.remove(".morgue-manifest");
    assert!(site.contains_key(LIST));
    for name in ["s.tar", "s.tar.gz", "s.zip"] {
        desk.done(&["build", "--now", "2020-01-01", "--pack", name]);
        let bytes = fs::read(desk.path(name)).unwrap();
        let packed = match name {
            "s.tar" => untar(&bytes),
            "s.tar.gz" => untar(&gunzip(&bytes)),
            _ => unzip(&bytes),
        };
        assert_eq!(packed, site, "{name}");
    }
    for shard in ["1/2", "2/2"] {
        desk.done(&["build", "--now", "2020-01-01", "--shard", shard]);
    }
    desk.done(&["merge", "part-1", "part-2", "-o", "joined"]);
    assert_eq!(desk.files("joined"), desk.files("public"));
    desk.done(&["merge", "part-1", "part-2", "--pack", "joined.zip"]);
    let bytes = fs::read(desk.path("joined.zip")).unwrap();
    assert_eq!(unzip(&bytes), site);
}

#[test]
fn verify_finds_what_is_missing_changed_and_not_listed() {
    for checksums in [true, false] {
        let desk = Desk::new(checksums);
        let (found, code) = desk.found(&["verify", "public"]);
        assert_eq!((found[0].0.as_str(), code), ("M0654", Some(2)));
        desk.build();
        assert_eq!(desk.found(&["verify"]), (vec![], Some(0)));
        desk.put("public/mine.txt", "mine");
        let extra = ("M0652".to_owned(), "mine.txt".to_owned());
        assert_eq!(desk.found(&["verify"]), (vec![extra.clone()], Some(0)));
        let front = fs::read_to_string(desk.path("public/index.html")).unwrap();
        desk.put("public/index.html", &front.replace('e', "E"));
        fs::remove_file(desk.path("public/404.html")).unwrap();
        let (found, code) = desk.found(&["verify", "public"]);
        let wrong = [("M0650", "404.html"), ("M0651", "index.html")];
        let wrong = wrong.map(|(code, file)| (code.to_owned(), file.to_owned()));
        assert_eq!(found, [&wrong[..], &[extra]].concat());
        assert_eq!(code, Some(1));
    }
}

#[test]
fn a_list_cannot_lead_out_of_its_folder() {
    let desk = Desk::new(false);
    desk.put("secret", "x");
    let sum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
    desk.put(&format!("there/{LIST}"), &format!("{sum}  ../secret\n"));
    let (found, code) = desk.found(&["verify", "there"]);
    assert_eq!(found[0].0, "M0650");
    assert_eq!(code, Some(1));
    desk.put(&format!("there/{LIST}"), "half a lis");
    let (found, code) = desk.found(&["verify", "there"]);
    assert_eq!(found, [("M0653".to_owned(), LIST.to_owned())]);
    assert_eq!(code, Some(2));
}

#[test]
fn sources_are_listed_alike_on_every_machine() {
    let write = |desk: &Desk, changes: &[(&str, &str)], umask: &str| {
        let program = env!("CARGO_BIN_EXE_morgue");
        let line = format!("umask {umask}; exec '{program}' verify --source --write");
        let mut shell = Command::new("sh");
        shell.current_dir(desk.dir.path()).args(["-c", &line]);
        let status = shell.envs(changes.iter().copied()).status().unwrap();
        assert!(status.success());
        fs::read_to_string(desk.path(LIST)).unwrap()
    };
    let (one, other) = (Desk::new(true), Desk::new(true));
    other.build();
    fs::remove_file(other.path("permalinks.tsv")).unwrap();
    other.put("content/.hidden", "x");
    let first = write(&one, &[("TZ", "UTC"), ("LANG", "C")], "022");
    let threads = ("RAYON_NUM_THREADS", "1");
    let second = write(
        &other,
        &[("TZ", "Asia/Seoul"), ("LC_ALL", "tr_TR.UTF-8"), threads],
        "077",
    );
    assert_eq!(first, second);
    assert_eq!(first.lines().count(), 8, "{first}");
    assert!(first.contains("  site.toml\n"));

    assert_eq!(one.found(&["verify", "--source"]), (vec![], Some(0)));
    one.put("content/articles/a1.md", "changed");
    one.put("content/articles/new.md", "new");
    fs::remove_file(one.path("content/articles/a2.md")).unwrap();
    let (found, code) = one.found(&["verify", "--source"]);
    let codes: Vec<(&str, &str)> = found
        .iter()
        .map(|(c, f)| (c.as_str(), f.as_str()))
        .collect();
    let expected = [
        ("M0651", "content/articles/a1.md"),
        ("M0650", "content/articles/a2.md"),
        ("M0652", "content/articles/new.md"),
    ];
    assert_eq!(codes, expected);
    assert_eq!(code, Some(1));
}

/// A program that others wrote finds the bag whole, where it is installed.
fn expect_valid(bag: &Path) {
    let python = std::env::var("MORGUE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", "import bagit"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        println!("bagit for Python is not there: skipped");
        return;
    }
    let mut check = Command::new(python);
    let output = check.args(["-m", "bagit", "--validate"]).arg(bag).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_bag_is_whole_and_the_same_again() {
    let desk = Desk::new(true);
    let (found, _) = desk.found(&["bag", "early", "--with-site"]);
    assert_eq!(found[0].0, "M0654");
    assert!(!desk.path("early").exists());
    // bagit.py 1.9 does not read `%25` as RFC 8493 has it written.
    fs::remove_file(desk.path("content/static/100%25 true.txt")).unwrap();
    desk.build();
    desk.done(&["bag", "deposit", "--with-site", "--now", "2026-01-02"]);
    let bag = desk.files("deposit");
    assert!(bag.contains_key("data/source/site.toml"));
    assert!(bag.contains_key("data/source/permalinks.tsv"));
    assert!(bag.contains_key("data/site/index.html"));
    assert!(!bag.contains_key("data/site/.morgue-manifest"));
    let info = String::from_utf8(bag["bag-info.txt"].clone()).unwrap();
    assert!(info.contains("Bagging-Date: 2026-01-02\n"), "{info}");
    assert!(info.contains("External-Description: Old News: All of it.\n"));
    assert_eq!(desk.found(&["verify", "deposit"]), (vec![], Some(0)));
    expect_valid(&desk.path("deposit"));

    for (name, read) in [("b/deposit.tar", true), ("b/deposit.zip", false)] {
        desk.done(&["bag", name, "--with-site", "--now", "2026-01-02"]);
        let bytes = fs::read(desk.path(name)).unwrap();
        let packed = if read { untar(&bytes) } else { unzip(&bytes) };
        let packed = packed.into_iter();
        let inside =
            packed.map(|(path, bytes)| (path.strip_prefix("deposit/").unwrap().to_owned(), bytes));
        assert_eq!(inside.collect::<Files>(), bag, "{name}");
    }
    let (found, code) = desk.found(&["bag", "deposit"]);
    assert_eq!((found[0].0.as_str(), code), ("M0603", Some(1)));
    assert_eq!(desk.files("deposit"), bag);
}

#[test]
fn a_damaged_bag_is_told() {
    let desk = Desk::new(false);
    desk.done(&["bag", "deposit", "--now", "2026-01-02"]);
    desk.put("deposit/data/source/site.toml", "x");
    desk.put("deposit/data/more", "x");
    desk.put("deposit/bagit.txt", "BagIt-Version: 1.0\n");
    let (found, code) = desk.found(&["verify", "deposit"]);
    let codes: Vec<(&str, &str)> = found
        .iter()
        .map(|(c, f)| (c.as_str(), f.as_str()))
        .collect();
    let expected = [
        ("M0655", "bag-info.txt"),
        ("M0651", "bagit.txt"),
        ("M0655", "bagit.txt"),
        ("M0652", "data/more"),
        ("M0651", "data/source/site.toml"),
    ];
    assert_eq!(codes, expected);
    assert_eq!(code, Some(1));
}

#[test]
fn a_site_that_was_changed_is_not_bagged() {
    let desk = Desk::new(false);
    desk.build();
    desk.put("public/index.html", "changed");
    let (found, code) = desk.found(&["bag", "deposit.tar", "--with-site"]);
    let changed = ("M0651".to_owned(), "index.html".to_owned());
    assert_eq!((found, code), (vec![changed], Some(1)));
    assert!(!desk.path("deposit.tar").exists());
    desk.build();

    // Not even of the same size; and what the message says to do helps.
    let page = fs::read_to_string(desk.path("public/index.html")).unwrap();
    desk.put(
        "public/index.html",
        &page.replacen("Old News", "New Olds", 1),
    );
    desk.build();
    let said = desk.run(&["bag", "deposit.tar", "--with-site"]).stderr;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.contains("delete it"), "{said}");
    fs::remove_file(desk.path("public/index.html")).unwrap();
    desk.build();
    desk.done(&["bag", "deposit.tar", "--with-site"]);
    assert_eq!(
        fs::read_to_string(desk.path("public/index.html")).unwrap(),
        page
    );
}
