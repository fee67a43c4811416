//! The site in one file: the same pages as in the folder, for every program that unpacks.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::Selection;
use morgue::config::Config;
use morgue::diagnostics::{Code, Diagnostics};
use morgue::{PackBuilt, PackOptions, pack};

use crate::driver::{Silent, SiteTest, tree};

type Files = BTreeMap<String, Vec<u8>>;

/// Enough pages for several runs of several workers, with names in several scripts and a path
/// of more than 100 bytes.
fn site() -> SiteTest {
    let long = "a-very-long-name-".repeat(5);
    let mut site = SiteTest::new()
        .article("王芳.md", "date: 2019-04-25\npeople: [王芳, محمود درويش]")
        .article("محمود.md", "date: 2019-04-26\npeople: [محمود درويش]")
        .write(&format!("content/static/{long}/{long}/{long}.txt"), "long")
        .write(&format!("content/static/{}/x.txt", "ع".repeat(60)), "عربي")
        .write("content/static/empty.txt", "")
        .write("content/static/large.bin", noise(3 << 20));
    for day in 1..=28 {
        let fields = format!("date: 2018-02-{day:02}\ntopics: [Topic {day}]");
        site = site.article(&format!("{day}.md"), &fields);
    }
    site
}

/// Bytes that do not compress.
fn noise(size: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..size).map(next).collect()
}

fn packed(site: &SiteTest, file: &Utf8Path) -> (Option<PackBuilt>, Diagnostics) {
    let options = PackOptions {
        pack: file.to_owned(),
        selection: Selection {
            now: site.now.parse().unwrap(),
            drafts: false,
            future: false,
        },
        cache: false,
        ledger: false,
        timings: false,
    };
    let (built, notes) = pack(Config::load(site.path()).unwrap(), &options, &Silent);
    (built.ok(), notes)
}

/// Packs the site; gives the file.
fn pack_into(site: &SiteTest, name: &str) -> Utf8PathBuf {
    let file = site.path().join(name);
    let (built, notes) = packed(site, &file);
    let built = built.unwrap_or_else(|| panic!("{notes:#?}"));
    assert_eq!(built.packed.bytes, fs::metadata(&file).unwrap().len());
    file
}

fn folder(site: &SiteTest) -> Files {
    let mut files = site.build().ok().files;
    files.remove(".morgue-manifest").unwrap();
    files
}

fn in_tar(bytes: impl Read) -> (Vec<String>, Files) {
    let mut order = Vec::new();
    let mut files = Files::new();
    for entry in tar::Archive::new(bytes).entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_str().unwrap().to_owned();
        let header = entry.header();
        assert_eq!(header.mode().unwrap(), 0o644);
        assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
        assert_eq!(header.mtime().unwrap(), 1_767_225_600);
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        order.push(path.clone());
        files.insert(path, bytes);
    }
    (order, files)
}

#[test]
fn a_pack_holds_what_the_folder_holds() {
    let site = site();
    let wanted = folder(&site);
    let order: Vec<String> = wanted.keys().cloned().collect();
    assert!(order.iter().any(|path| path.len() > 250));

    let tar = fs::read(pack_into(&site, "site.tar")).unwrap();
    assert_eq!(in_tar(&*tar), (order.clone(), wanted.clone()));

    let packed = fs::read(pack_into(&site, "site.tar.gz")).unwrap();
    assert!(packed.len() < tar.len());
    let unpacked = flate2::read::GzDecoder::new(&*packed);
    assert_eq!(in_tar(unpacked), (order.clone(), wanted.clone()));

    let mut zip = zip::ZipArchive::new(fs::File::open(pack_into(&site, "site.zip")).unwrap());
    let zip = zip.as_mut().unwrap();
    let mut files = Files::new();
    for (index, path) in order.iter().enumerate() {
        let mut file = zip.by_index(index).unwrap();
        assert_eq!(file.name().unwrap(), *path);
        assert_eq!(file.unix_mode(), Some(0o100_644));
        assert_eq!(file.last_modified().unwrap().year(), 2026);
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(path.clone(), bytes);
    }
    assert_eq!(files, wanted);
    assert_eq!(zip.len(), order.len());
}

/// What other programs make of it. One that is not there is not asked.
#[test]
fn other_programs_unpack_it() {
    const PYTHON: &str = "\
import sys, tarfile, zipfile
if sys.argv[1].endswith('.zip'):
    zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])
else:
    tarfile.open(sys.argv[1], encoding='utf-8').extractall(sys.argv[2])
";
    let site = site();
    let wanted = folder(&site);
    let packs = ["site.tar", "site.tgz", "site.zip"].map(|name| pack_into(&site, name));
    let [tar, tgz, zip] = packs.each_ref().map(|path| path.as_str());
    let runs: [(&str, &[&str], &str); 7] = [
        ("tar", &["-xf", tar, "-C"], "a"),
        ("tar", &["-xzf", tgz, "-C"], "b"),
        ("bsdtar", &["-xf", tar, "-C"], "c"),
        ("unzip", &["-q", zip, "-d"], "d"),
        ("python3", &["-c", PYTHON, tar], "e"),
        ("python3", &["-c", PYTHON, tgz], "f"),
        ("python3", &["-c", PYTHON, zip], "g"),
    ];
    for (program, args, name) in runs {
        let place = site.path().join("unpacked").join(name);
        fs::create_dir_all(&place).unwrap();
        let mut command = Command::new(program);
        command.args(args).arg(&place).env("LC_ALL", "C.UTF-8");
        let Ok(output) = command.output() else {
            continue;
        };
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{program}: {said}");
        assert!(tree(&place) == wanted, "{program} {args:?}");
    }
}

#[test]
fn a_pack_is_the_same_on_any_number_of_threads() {
    let site = site();
    for name in ["site.tar", "site.tar.gz", "site.zip"] {
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let file = pool.build().unwrap().install(|| pack_into(&site, name));
            fs::read(file).unwrap()
        };
        let one = on(1);
        assert!(one == on(8), "{name}");
        assert!(one == on(3), "{name}");
    }
}

#[test]
fn a_failed_build_leaves_the_old_pack() {
    let site = site();
    let file = pack_into(&site, "site.tar");
    let before = fs::read(&file).unwrap();
    // One mistake is found while reading, one in making a page.
    let broken = "{{ article.there_is_no_such_thing.at_all }}";
    let site = site.write("templates/article.html", broken);
    let (built, notes) = packed(&site, &file);
    assert!(built.is_none() && notes.has_errors());
    assert!(fs::read(&file).unwrap() == before);
    let site = site.article("mistake.md", "date: 2019-02-30");
    assert!(packed(&site, &file).0.is_none());
    assert!(fs::read(&file).unwrap() == before);
    let mut names: Vec<_> = fs::read_dir(site.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["content", "site.tar", "site.toml", "templates"]);
}

#[test]
fn a_pack_takes_the_place_of_an_older_one() {
    let site = site();
    let first = fs::read(pack_into(&site, "out/site.tar")).unwrap();
    let site = site.article("more.md", "date: 2019-04-27");
    let second = fs::read(pack_into(&site, "out/site.tar")).unwrap();
    assert!(first != second);
    assert!(in_tar(&*second).1 == folder(&site));
}

#[test]
fn a_pack_has_a_form_and_a_place_of_its_own() {
    let site = site().write("folder.tar/x", "");
    for (name, code, said) in [
        ("site.rar", Code::BadOutput, "ends in none of"),
        ("site", Code::BadOutput, "ends in none of"),
        ("folder.tar", Code::BadOutput, "is a folder"),
        ("content/site.tar", Code::BadOutput, "cannot be packed into"),
        (
            "content/new/site.tar",
            Code::BadOutput,
            "cannot be packed into",
        ),
        ("themes/site.tar", Code::BadOutput, "cannot be packed into"),
        ("site.toml/site.tar", Code::CannotWrite, "cannot be written"),
    ] {
        let (built, notes) = packed(&site, &site.path().join(name));
        assert!(built.is_none(), "{name}");
        let found: Vec<_> = notes.iter().filter(|note| note.code == code).collect();
        assert_eq!(found.len(), 1, "{name}: {notes:?}");
        assert!(found[0].message.contains(said), "{name}: {:?}", found[0]);
    }
}

/// What is no file is written to as it is.
#[cfg(unix)]
#[test]
fn a_pack_can_go_into_a_device() {
    let site = site();
    let (built, _) = packed(&site, Utf8Path::new("/dev/null"));
    let tar = fs::metadata(pack_into(&site, "site.tar")).unwrap().len();
    assert_eq!(built.unwrap().packed.bytes, tar);
    assert!(Utf8Path::new("/dev/null").exists());
    let full = packed(&site, Utf8Path::new("/dev/full"));
    let found: Vec<_> = full
        .1
        .iter()
        .filter(|note| note.code == Code::CannotWrite)
        .collect();
    assert_eq!(found.len(), 1, "{:?}", full.1);
}
