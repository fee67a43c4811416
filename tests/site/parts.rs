//! A site made in parts and joined: the same as one build, or nothing.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use morgue::archive::Selection;
use morgue::config::Config;
use morgue::diagnostics::{Code, Diagnostics};
use morgue::output::Published;
use morgue::output::parts::{Parts, Shard};
use morgue::{PackOptions, PartBuilt, PartOptions, PartPlace, build_part};

use crate::driver::{Silent, SiteTest, tree};

fn site() -> SiteTest {
    let mut site = SiteTest::new()
        .article("王芳.md", "date: 2019-04-25\npeople: [王芳, محمود درويش]")
        .write("content/static/photo.bin", [0, 1, 2, 255])
        .write("content/static/empty.txt", "");
    for day in 1..=9 {
        let fields = format!("date: 2018-02-{day:02}\ntopics: [Topic {day}, Reform]");
        site = site.article(&format!("{day}.md"), &fields);
    }
    site
}

fn selection(now: &str) -> Selection {
    Selection {
        now: now.parse().unwrap(),
        drafts: false,
        future: false,
    }
}

fn part(site: &SiteTest, shard: Shard, place: PartPlace, now: &str) -> PartBuilt {
    let (built, notes) = try_part(site, shard, place, now);
    built.unwrap_or_else(|()| panic!("{notes:#?}"))
}

fn try_part(
    site: &SiteTest,
    shard: Shard,
    place: PartPlace,
    now: &str,
) -> (Result<PartBuilt, ()>, Diagnostics) {
    let options = PartOptions {
        shard,
        place,
        selection: selection(now),
        cache: false,
        ledger: false,
        timings: false,
    };
    let config = Config::load(site.path()).unwrap();
    build_part(config, &options, &Silent)
}

/// One part in a folder.
fn folder(site: &SiteTest, shard: &str) -> Utf8PathBuf {
    let shard: Shard = shard.parse().unwrap();
    let folder = site.path().join(format!("parts/{}", shard.number));
    part(site, shard, PartPlace::Folder(folder.clone()), site.now);
    folder
}

fn folders(site: &SiteTest, of: u32) -> Vec<Utf8PathBuf> {
    let shards = (1..=of).map(|number| format!("{number}/{of}"));
    shards.map(|shard| folder(site, &shard)).collect()
}

fn joined(parts: &[Utf8PathBuf], output: &Utf8Path) -> Result<Published, Diagnostics> {
    Parts::open(parts)?.publish(output, &|| {})
}

/// Expects this finding alone, and an output as it was; gives what is said of it.
#[track_caller]
fn refused(site: &SiteTest, parts: &[Utf8PathBuf], code: Code) -> String {
    let output = site.path().join("merged");
    let before = tree(&output);
    let found = joined(parts, &output).unwrap_err();
    assert!(tree(&output) == before, "the output was touched");
    let codes: Vec<Code> = found.iter().map(|note| note.code).collect();
    assert_eq!(codes, [code], "{found:#?}");
    let note = found.iter().next().unwrap();
    format!("{} {}", note.message, note.help.clone().unwrap_or_default())
}

#[test]
fn a_part_with_a_leak_is_not_made() {
    let text = "Nobody may read in any file of any part what this whole sentence says here.";
    let site = site().write("content/static/note.txt", text).write(
        "content/articles/gone.md",
        format!("---\ntitle: Gone\ndate: 2019-01-03\nstatus: removed\n---\n{text}\n"),
    );
    let mut leaks = 0;
    for number in 1..=3 {
        let shard: Shard = format!("{number}/3").parse().unwrap();
        let folder = site.path().join(format!("parts/{number}"));
        let (built, notes) = try_part(&site, shard, PartPlace::Folder(folder.clone()), site.now);
        let found = notes.iter().filter(|note| note.code == Code::Leak).count();
        assert_eq!(built.is_err(), found > 0, "{notes:#?}");
        assert_eq!(folder.exists(), found == 0);
        leaks += found;
    }
    // One part alone holds the file.
    assert_eq!(leaks, 1);
}

#[test]
fn parts_make_the_site_that_one_build_makes() {
    let site = site();
    let whole = site.build().ok().files;
    for of in [1, 2, 3, 7] {
        let parts = folders(&site, of);
        let output = site.path().join(format!("merged-{of}"));
        let published = joined(&parts, &output).unwrap();
        assert_eq!(published.written + 1, whole.len());
        assert!(tree(&output) == whole, "{of} parts");
    }
}

/// More parts than pages: some have none.
#[test]
fn a_part_may_be_empty() {
    let site = SiteTest::new().article("a.md", "date: 2019-04-25");
    let whole = site.build().ok().files;
    let parts = folders(&site, u32::try_from(whole.len()).unwrap() + 3);
    let output = site.path().join("merged");
    joined(&parts, &output).unwrap();
    assert!(tree(&output) == whole);
}

#[test]
fn packed_parts_and_folders_are_joined_alike() {
    let site = site();
    let whole = site.build().ok().files;
    let mut parts = folders(&site, 3);
    let shard: Shard = "2/3".parse().unwrap();
    let file = site.path().join("2.tar");
    let pages = part(&site, shard, PartPlace::Pack(file.clone()), site.now).pages;
    assert_eq!(tree(&parts[1]).len(), pages + 2);
    parts[1] = file;
    parts.reverse();
    let output = site.path().join("merged");
    joined(&parts, &output).unwrap();
    assert!(tree(&output) == whole);
}

#[test]
fn parts_are_packed_as_one_build_is() {
    let site = site();
    let whole: Shard = "1/1".parse().unwrap();
    let pack = |name: &str| site.path().join(name);
    let parts = folders(&site, 3);
    for name in ["site.tar", "site.zip"] {
        let file = pack(name);
        let parts = Parts::open(&parts).unwrap();
        parts.pack(&file, &|| {}).unwrap();
        let options = PackOptions {
            pack: pack(&format!("one-{name}")),
            selection: selection(site.now),
            cache: false,
            ledger: false,
            timings: false,
        };
        let config = Config::load(site.path()).unwrap();
        morgue::pack(config, &options, &Silent).0.unwrap();
        assert!(fs::read(file).unwrap() == fs::read(options.pack).unwrap());
    }
    // A whole site in one part has its label too, and is not the same.
    part(&site, whole, PartPlace::Pack(pack("part.tar")), site.now);
    assert!(fs::read(pack("part.tar")).unwrap() != fs::read(pack("site.tar")).unwrap());
}

#[test]
fn only_what_differs_is_written_and_foreign_files_stay() {
    let site = site();
    let output = site.path().join("merged");
    let parts = folders(&site, 2);
    joined(&parts, &output).unwrap();
    let site = site.write("merged/notes.txt", "mine");
    assert_eq!(joined(&parts, &output).unwrap().written, 0);

    fs::remove_file(site.path().join("content/articles/9.md")).unwrap();
    let site = site.article("10.md", "date: 2018-02-10");
    let published = joined(&folders(&site, 2), &output).unwrap();
    assert!(published.written > 0 && published.unchanged > 0 && published.deleted > 0);
    let mut merged = tree(&output);
    assert_eq!(merged.remove("notes.txt").unwrap(), b"mine");
    assert!(merged == site.build().ok().files);
    assert_eq!(
        site.build_into(&output)
            .ok()
            .built
            .unwrap()
            .published
            .written,
        0
    );
}

#[test]
fn a_missing_part_is_told_with_the_way_to_make_it() {
    let site = site();
    let mut parts = folders(&site, 3);
    parts.remove(1);
    let said = refused(&site, &parts, Code::PartMissing);
    let command = "`morgue build --shard 2/3 --now 2026-01-01T00:00:00Z -o part-2`";
    assert!(said.contains(command), "{said}");
}

#[test]
fn a_part_twice_and_parts_of_other_sites_are_refused() {
    let site = site();
    let parts = folders(&site, 2);
    let twice = [parts.clone(), vec![parts[0].clone()]].concat();
    let said = refused(&site, &twice, Code::PartsDiffer);
    assert!(said.contains("are both shard 1/2"), "{said}");

    let third = site.path().join("parts/third");
    let place = || PartPlace::Folder(third.clone());
    let with_third = [parts[0].clone(), third.clone()];
    part(&site, "2/3".parse().unwrap(), place(), site.now);
    let said = refused(&site, &with_third, Code::PartsDiffer);
    assert!(said.contains("different numbers of shards"), "{said}");

    part(
        &site,
        "2/2".parse().unwrap(),
        place(),
        "2026-01-02T00:00:00Z",
    );
    let said = refused(&site, &with_third, Code::PartsDiffer);
    assert!(said.contains("different `--now`"), "{said}");

    // The same addresses, but an article with other words.
    let site = site.article("9.md", "date: 2018-02-09\ndeck: Edited since.");
    part(&site, "2/2".parse().unwrap(), place(), site.now);
    let said = refused(&site, &with_third, Code::PartsDiffer);
    assert!(said.contains("not made from the same site"), "{said}");
    // The same content in another dress.
    let site = site
        .article("9.md", "date: 2018-02-09\ntopics: [Topic 9, Reform]")
        .write("templates/404.html", "Not here.");
    part(&site, "2/2".parse().unwrap(), place(), site.now);
    let said = refused(&site, &with_third, Code::PartsDiffer);
    assert!(said.contains("not made from the same site"), "{said}");
}

/// Whichever file of a part is changed, cut or lost, nothing is published.
#[test]
fn a_part_that_was_changed_is_refused() {
    let site = site();
    let parts = folders(&site, 3);
    for path in tree(&parts[1]).into_keys() {
        let file = parts[1].join(&path);
        let before = fs::read(&file).unwrap();
        let code = match path.as_str() {
            ".morgue-manifest" => continue,
            ".morgue-part" => Code::NotAPart,
            _ => Code::PartChanged,
        };
        fs::write(&file, [&*before, b" "].concat()).unwrap();
        refused(&site, &parts, code);
        fs::remove_file(&file).unwrap();
        refused(&site, &parts, code);
        fs::write(&file, before).unwrap();
    }
    joined(&parts, &site.path().join("merged")).unwrap();
}

#[test]
fn what_is_no_part_is_refused() {
    let site = site();
    site.build().ok();
    let said = refused(&site, &[site.output()], Code::NotAPart);
    assert!(said.contains("has no `.morgue-part`"), "{said}");
    let said = refused(&site, &[site.path().join("nowhere")], Code::NotAPart);
    assert!(said.contains("there is no part"), "{said}");
    refused(&site, &[site.path().join("site.toml")], Code::NotAPart);
}

#[test]
fn a_part_is_not_written_over() {
    let site = site();
    let parts = folders(&site, 2);
    let before = tree(&parts[0]);
    for output in ["", "2018", "new/one"].map(|path| parts[0].join(path)) {
        let found = joined(&parts, &output).unwrap_err();
        assert!(
            found.iter().all(|note| note.code == Code::BadOutput),
            "{found:?}"
        );
    }
    assert!(tree(&parts[0]) == before);
}

#[test]
fn shards_of_a_site_are_of_one_size() {
    let site = site();
    let sizes: Vec<usize> = folders(&site, 4)
        .iter()
        .map(|part| tree(part).len())
        .collect();
    let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
    assert!(most - least <= 1, "{sizes:?}");
}
