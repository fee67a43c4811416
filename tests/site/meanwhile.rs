//! Files that are changed or deleted while a site is built from them.

use std::fs;

use morgue::archive::Selection;
use morgue::config::Config;
use morgue::diagnostics::{Code, Diagnostics, Severity};
use morgue::output::parts::Shard;
use morgue::{PackOptions, PartOptions, PartPlace, build_part, pack};

use crate::driver::{Meanwhile, SiteTest};

const FILES: [&str; 4] = [
    "content/articles/a.md",
    "content/pages/about.md",
    "content/people/ann-lee.md",
    "content/static/photo.txt",
];

fn site() -> SiteTest {
    SiteTest::new()
        .article("a.md", "date: 2001-02-03\npeople: [Ann Lee]")
        .article("b.md", "date: 2002-02-03\npeople: [Ann Lee]")
        .write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
        .write(
            "content/people/ann-lee.md",
            "---\nname: Ann Lee\n---\nShe.\n",
        )
        .write("content/static/photo.txt", "a photo")
}

/// The site after all of its files were given another text, so that every page is made again.
fn edited() -> SiteTest {
    let site = site();
    site.build().ok();
    FILES.iter().fold(site, |site, file| {
        let text = fs::read_to_string(site.path().join(file)).unwrap();
        site.write(file, format!("{text}More.\n"))
    })
}

/// What a build makes that knows nothing of any other.
fn expect_as_anew(site: &SiteTest) {
    let warm = site.build().ok().files;
    let output = site.path().join("anew");
    let anew = site.build_anew(&output).ok().files;
    assert_eq!(
        warm.keys().collect::<Vec<_>>(),
        anew.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &anew {
        assert!(warm.get(path) == Some(bytes), "{path}");
    }
    fs::remove_dir_all(output).unwrap();
}

#[test]
fn a_file_that_goes_while_the_site_is_built_leaves_the_old_site() {
    for file in FILES {
        let site = edited();
        let old = crate::driver::tree(&site.output());
        let place = site.path().join(file);
        let outcome = site
            .build_while(|| fs::remove_file(&place).unwrap())
            .failed();
        let is_read = file.ends_with(".md");
        let code = if is_read {
            Code::ChangedMeanwhile
        } else {
            Code::Unreadable
        };
        assert_eq!(outcome.errors().len(), 1, "{file}: {:#?}", outcome.errors());
        let error = outcome.found(code)[0];
        assert_eq!(error.file.as_deref().unwrap(), file);
        assert!(!is_read || error.message.contains("was deleted while"));
        assert_eq!(outcome.files, old, "{file}");
        expect_as_anew(&site);
    }
}

#[test]
fn no_page_is_half_of_what_a_file_was_and_half_of_what_it_became() {
    let whole = "---\ntitle: Other\nname: Ann Lee\n---\nOther.\n";
    let changes = FILES[..3].iter().map(|file| (*file, whole));
    let halves = ["", "---\ntitle: Half"].map(|text| (FILES[0], text));
    for (file, text) in changes.chain(halves) {
        let site = edited();
        let old = crate::driver::tree(&site.output());
        let place = site.path().join(file);
        let read = fs::read(&place).unwrap();
        let outcome = site
            .build_while(|| fs::write(&place, text).unwrap())
            .failed();
        let errors = outcome.errors();
        assert_eq!(errors.len(), 1, "{file}: {errors:#?}");
        assert_eq!(errors[0].code, Code::ChangedMeanwhile);
        assert_eq!(errors[0].file.as_deref().unwrap(), file);
        assert_eq!(outcome.files, old, "{file}");
        // Nothing is remembered of it once the file is what it was.
        expect_as_anew(&site.write(file, read));
    }
}

#[test]
fn a_pack_and_a_share_are_not_made_from_files_that_change_either() {
    let selection = |site: &SiteTest| Selection {
        now: site.now.parse().unwrap(),
        drafts: false,
        future: false,
    };
    let told = |notes: Diagnostics| {
        let errors: Vec<Code> = notes
            .iter()
            .filter(|n| n.severity == Severity::Error)
            .map(|n| n.code)
            .collect();
        assert_eq!(errors, [Code::ChangedMeanwhile]);
    };
    let (site, other) = (site(), "---\ntitle: Other\n---\nOther.\n");
    let place = site.path().join(FILES[0]);
    let change = Meanwhile(|| fs::write(&place, other).unwrap());
    let (file, folder) = (site.path().join("site.tar"), site.path().join("part"));
    fs::write(&file, "an older pack").unwrap();
    let options = PackOptions {
        pack: file.clone(),
        selection: selection(&site),
        cache: false,
        ledger: false,
        timings: false,
    };
    let (packed, notes) = pack(Config::load(site.path()).unwrap(), &options, &change);
    assert!(packed.is_err());
    told(notes);
    assert_eq!(fs::read_to_string(&file).unwrap(), "an older pack");

    let site = site.article("a.md", "date: 2001-02-03");
    let options = PartOptions {
        shard: Shard { number: 1, of: 1 },
        place: PartPlace::Folder(folder.clone()),
        selection: selection(&site),
        cache: false,
        ledger: false,
        timings: false,
    };
    let (part, notes) = build_part(Config::load(site.path()).unwrap(), &options, &change);
    assert!(part.is_err());
    told(notes);
    assert!(!folder.exists());
}

#[test]
fn what_a_page_is_not_made_from_may_change_meanwhile() {
    let site = site();
    site.build().ok();
    let old = site.build().ok().files;
    let article = site.path().join("content/articles/a.md");
    let text = "---\ntitle: Other\ndate: 2001-02-03\n---\nOther.\n";
    // No page is made again, so none is read again.
    let outcome = site.build_while(|| fs::write(&article, text).unwrap()).ok();
    assert_eq!(outcome.files, old);
    expect_as_anew(&site);
    // A new file waits for the next build.
    let late = site.path().join("content/articles/late.md");
    let site = site.article("c.md", "date: 2003-02-03");
    let outcome = site
        .build_while(|| {
            fs::write(&late, "---\ntitle: A zebra\ndate: 2004-02-03\n---\nText.\n").unwrap()
        })
        .ok();
    assert!(outcome.holding("zebra").is_empty());
    // A file that is copied is what it was when it was copied.
    let photo = site.path().join("content/static/photo.txt");
    let site = site.write("content/static/photo.txt", "another");
    let outcome = site
        .build_while(|| fs::write(&photo, "a third").unwrap())
        .ok();
    assert_eq!(outcome.files["photo.txt"], b"a third");
    expect_as_anew(&site);
}
