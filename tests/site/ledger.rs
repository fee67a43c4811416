//! The ledger: no address that was published vanishes without a word.

use std::fs;

use camino::Utf8PathBuf;
use morgue::diagnostics::{Code, Severity};

use crate::driver::{Outcome, SiteTest};

pub(crate) const LEDGER: &str = "permalinks.tsv";

/// A site with a ledger.
pub(crate) fn kept() -> SiteTest {
    let mut site = SiteTest::new();
    site.ledger = true;
    site
}

pub(crate) fn ledger(site: &SiteTest) -> String {
    fs::read_to_string(site.path().join(LEDGER)).unwrap()
}

/// The line of an address in the ledger.
fn line(site: &SiteTest, address: &str) -> Option<String> {
    let text = ledger(site);
    let mut lines = text.lines();
    lines
        .find(|line| line.split('\t').next() == Some(address))
        .map(str::to_owned)
}

fn remove(site: &SiteTest, file: &str) {
    fs::remove_file(site.path().join(file)).unwrap();
}

pub(crate) fn messages(outcome: &Outcome, code: Code) -> Vec<String> {
    let found = outcome.found(code);
    found.iter().map(|note| note.message.clone()).collect()
}

/// Whether the page at an address sends its readers to another.
fn redirects(outcome: &Outcome, from: &str, to: &str) -> bool {
    let refresh = format!("content=\"0; url={to}\"");
    outcome.has(from) && outcome.page(from).contains(&refresh)
}

#[test]
fn the_first_build_begins_the_ledger_and_the_next_leaves_it() {
    let site = kept()
        .article("a.md", "date: 2019-01-01\npeople: [Ana]\nid: a-1")
        .write("content/static/style.css", "x")
        .write("content/pages/about.md", "---\ntitle: About\n---\n");
    let first = site.build().ok();
    assert!(first.built.unwrap().ledger_begun);
    let text = ledger(&site);
    for start in [
        "/\tlive\t\toverview\n",
        "/2019/01/01/a/\tlive\t\tarticle:a-1\tarticles/a.md\t",
        "/2019/01/01/\tlive\t\tdate\n",
        "/about/\tlive\t\tpage\tpages/about.md\n",
        "/feed.xml\tlive\t\tfeed\n",
        "/people/ana/\tlive\t\tterm:people/ana\n",
        "/style.css\tlive\t\tfile\tstatic/style.css\n",
    ] {
        assert!(text.contains(&format!("\n{start}")), "{start}\n{text}");
    }
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert!(lines.is_sorted(), "{text}");
    let written = fs::metadata(site.path().join(LEDGER)).unwrap();
    let second = site.build().ok();
    assert!(!second.built.unwrap().ledger_begun);
    let again = fs::metadata(site.path().join(LEDGER)).unwrap();
    assert_eq!(written.modified().unwrap(), again.modified().unwrap());
}

#[test]
fn a_published_address_that_would_vanish_stops_the_build() {
    let site = kept()
        .article("a.md", "date: 2019-01-01\npeople: [Ana]")
        .article("b.md", "date: 2019-01-02")
        .write("content/static/old.pdf", "pdf")
        .write("content/pages/about.md", "---\ntitle: About\n---\n");
    let before = site.build().ok();
    remove(&site, "content/articles/a.md");
    remove(&site, "content/static/old.pdf");
    remove(&site, "content/pages/about.md");
    let outcome = site.build().failed();
    assert_eq!(outcome.files, before.files);
    let lost = outcome.found(Code::LostAddress);
    assert_eq!(
        messages(&outcome, Code::LostAddress),
        [
            "/2019/01/01/a/ would vanish: its article content/articles/a.md is not there",
            "/about/ would vanish: its page content/pages/about.md is not there",
            "/old.pdf would vanish: the file content/static/old.pdf is not published",
            "/people/ana/ would vanish: no article has the person `ana` any more",
        ]
    );
    let text = ledger(&site);
    let place = lost[0].span.as_ref().unwrap();
    assert_eq!(lost[0].file, Some(Utf8PathBuf::from(LEDGER)));
    let at = text.lines().nth(place.line as usize - 1).unwrap();
    assert!(at.starts_with("/2019/01/01/a/\t"), "{at}");
    let help = lost[0].help.as_ref().unwrap();
    for way in [
        "restore",
        "aliases: [/2019/01/01/a/]",
        "morgue permalinks redirect /2019/01/01/a/ NEW",
        "morgue permalinks withdraw /2019/01/01/a/",
    ] {
        assert!(help.contains(way), "{help}");
    }
}

#[test]
fn an_article_that_moved_redirects_by_itself_and_goes_on_to() {
    let site = kept()
        .article("a.md", "date: 2019-01-01")
        .article("b.md", "date: 2019-01-02\nid: b-1")
        .write(
            "content/articles/c.md",
            "---\ntitle: C\ndate: 2019-01-03\n---\n\nIts own words.\n",
        );
    site.build().ok();
    // The same file, the same id, the same text.
    let site = site
        .article("a.md", "date: 2019-01-01\nslug: new-a")
        .article("other.md", "date: 2019-02-02\nid: b-1")
        .write(
            "content/articles/d.md",
            "---\ntitle: C\ndate: 2019-01-03\ntopics: [New]\n---\n\nIts own\nwords.\n",
        );
    remove(&site, "content/articles/b.md");
    remove(&site, "content/articles/c.md");
    let outcome = site.build().ok();
    assert!(redirects(&outcome, "/2019/01/01/a/", "/2019/01/01/new-a/"));
    assert!(redirects(&outcome, "/2019/01/02/b/", "/2019/02/02/other/"));
    assert!(redirects(&outcome, "/2019/01/03/c/", "/2019/01/03/d/"));
    // A day that is empty now is its month.
    assert!(redirects(&outcome, "/2019/01/02/", "/2019/01/"));
    let site = site.article("a.md", "date: 2019-01-01\nslug: newest");
    let outcome = site.build().ok();
    assert!(redirects(&outcome, "/2019/01/01/a/", "/2019/01/01/newest/"));
    assert!(redirects(
        &outcome,
        "/2019/01/01/new-a/",
        "/2019/01/01/newest/"
    ));
    assert!(redirects(&outcome, "/2019/01/03/c/", "/2019/01/03/d/"));
    assert_eq!(
        line(&site, "/2019/01/01/a/").unwrap(),
        "/2019/01/01/a/\tmoved\t/2019/01/01/newest/\tarticle\tarticles/a.md"
    );
    // What is at its old address again redirects from the later ones.
    let site = site.article("a.md", "date: 2019-01-01");
    let outcome = site.build().ok();
    assert!(redirects(&outcome, "/2019/01/01/newest/", "/2019/01/01/a/"));
    assert!(outcome.page("/2019/01/01/a/").contains("<article"));
}

#[test]
fn nothing_is_guessed_between_two() {
    let text = "---\ntitle: C\ndate: 2019-01-03\n---\n\nIts own words.\n";
    let site = kept()
        .article("a.md", "date: 2019-01-01")
        .write("content/articles/c.md", text);
    site.build().ok();
    let site = site
        .write("content/articles/d.md", text)
        .write("content/articles/e.md", text);
    remove(&site, "content/articles/c.md");
    let outcome = site.build().failed();
    let said = messages(&outcome, Code::LostAddress);
    assert_eq!(said.len(), 1);
    assert!(
        said[0].ends_with("its text is in content/articles/d.md and content/articles/e.md"),
        "{said:?}"
    );
}

#[test]
fn what_is_published_no_more_is_told_as_such() {
    let site = kept()
        .article("a.md", "date: 2019-01-01")
        .article("b.md", "date: 2019-01-02");
    site.build().ok();
    let site = site.article("a.md", "date: 2019-01-01\nstatus: draft");
    let outcome = site.build().failed();
    let said = messages(&outcome, Code::LostAddress);
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("a.md is published no more"), "{said:?}");
    // A preview of drafts is another matter, and leaves the ledger alone.
    let before = ledger(&site);
    let mut site = site.article("c.md", "date: 2019-01-03\nstatus: draft");
    site.drafts = true;
    site.build().ok();
    assert_eq!(ledger(&site), before);
}

#[test]
fn terms_that_the_record_renames_or_merges_redirect_with_all_below_them() {
    let mut site = kept();
    for day in 1..=20 {
        site = site.article(
            &format!("{day}.md"),
            &format!("date: 2019-01-{day:02}\nplaces: [Chosŏn]\npeople: [Kim]"),
        );
    }
    let site = site
        .write("content/places/choson.md", "---\nname: Chosŏn\n---\n")
        .write("content/people/kim.md", "---\nname: Kim\n---\n")
        .write(
            "site.toml",
            format!("{}[shelves]\nwhole = 5\n", crate::driver::SETTINGS),
        );
    site.build().ok();
    let site = site
        .write(
            "content/places/choson.md",
            "---\nname: Chosŏn\nmerged_into: north-korea\n---\n",
        )
        .write(
            "content/places/north-korea.md",
            "---\nname: North Korea\n---\n",
        )
        .write(
            "content/people/kim.md",
            "---\nname: Kim\nslug: kim-jong-un\n---\n",
        );
    let outcome = site.build().ok();
    assert!(redirects(
        &outcome,
        "/places/choson/",
        "/places/north-korea/"
    ));
    assert!(redirects(
        &outcome,
        "/places/choson/2019/",
        "/places/north-korea/2019/"
    ));
    assert!(redirects(&outcome, "/people/kim/", "/people/kim-jong-un/"));
    assert!(redirects(
        &outcome,
        "/people/kim/2019/",
        "/people/kim-jong-un/2019/"
    ));
    let moved = line(&site, "/places/choson/feed.xml").unwrap();
    assert!(
        moved.starts_with("/places/choson/feed.xml\tmoved\t/places/north-korea/feed.xml\t"),
        "{moved}"
    );
    // A stub would be no feed.
    assert!(!outcome.has("/places/choson/feed.xml"));
}

#[test]
fn an_alias_taken_away_goes_on_to_redirect() {
    let site = kept().article("a.md", "date: 2019-01-01\naliases: [/old/]");
    site.build().ok();
    assert_eq!(
        line(&site, "/old/").unwrap(),
        "/old/\tmoved\t/2019/01/01/a/\tarticle"
    );
    let site = site.article("a.md", "date: 2019-01-01");
    let outcome = site.build().ok();
    assert!(redirects(&outcome, "/old/", "/2019/01/01/a/"));
}

#[test]
fn what_an_editor_decided_in_the_ledger_is_done() {
    let site = kept()
        .article("a.md", "date: 2019-01-01")
        .article("b.md", "date: 2019-01-02");
    site.build().ok();
    remove(&site, "content/articles/a.md");
    let text = ledger(&site);
    let decided = |line: &str| {
        let lines: Vec<&str> = text
            .lines()
            .map(|old| {
                if old.starts_with("/2019/01/01/a/\t") {
                    line
                } else {
                    old
                }
            })
            .collect();
        lines.join("\n") + "\n"
    };
    let site = site.write(
        LEDGER,
        decided("/2019/01/01/a/\tmoved\t/2019/01/02/b/\tarticle"),
    );
    let outcome = site.build().ok();
    assert!(redirects(&outcome, "/2019/01/01/a/", "/2019/01/02/b/"));
    let site = site.write(LEDGER, decided("/2019/01/01/a/\tgone\t\tarticle"));
    let outcome = site.build().ok();
    assert!(!outcome.has("/2019/01/01/a/"));
    assert_eq!(
        line(&site, "/2019/01/01/a/").unwrap(),
        "/2019/01/01/a/\tgone\t\tarticle"
    );
    let site = site.write(LEDGER, decided("/2019/01/01/a/\tmoved\t/never/\tarticle"));
    let outcome = site.build().failed();
    assert_eq!(outcome.found(Code::NoTarget).len(), 1);
}

#[test]
fn a_text_that_changed_without_a_word_is_told_until_it_is_said() {
    let article = |text: &str, fields: &str| {
        format!("---\ntitle: A\ndate: 2019-01-01\n{fields}---\n\n{text}\n")
    };
    let file = "content/articles/a.md";
    let site = kept().write(file, article("One two.", ""));
    site.build().ok();
    let site = site.write(file, article("One\ntwo.", "topics: [T]\n"));
    assert_eq!(site.build().ok().found(Code::SilentChange).len(), 0);
    let site = site.write(file, article("One three.", "topics: [T]\n"));
    for _ in 0..2 {
        let outcome = site.build().ok();
        let found = outcome.found(Code::SilentChange);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].file, Some(Utf8PathBuf::from(file)));
    }
    let site = site.write(
        file,
        article("One three.", "updated: 2019-02-01\ntopics: [T]\n"),
    );
    assert_eq!(site.build().ok().found(Code::SilentChange).len(), 0);
    assert_eq!(site.build().ok().found(Code::SilentChange).len(), 0);
}

#[test]
fn an_article_that_is_removed_is_gone_with_its_files_and_a_hidden_person_with_all_pages() {
    let mut site = kept();
    for day in 1..=9 {
        let fields = format!("date: 2019-01-{day:02}\npeople: [Ana, Bo]");
        site = site.article(&format!("{day}/index.md"), &fields);
    }
    let site = site.write("content/articles/1/photo.jpg", "jpg");
    site.build().ok();
    let site = site
        .article(
            "1/index.md",
            "date: 2019-01-01\npeople: [Ana, Bo]\nstatus: removed",
        )
        .write("content/people/bo.md", "---\nname: Bo\nhidden: true\n---\n");
    let outcome = site.build().ok();
    assert!(outcome.has("/2019/01/01/1/"));
    for (address, id) in [
        ("/2019/01/01/1/", "article"),
        ("/2019/01/01/1/photo.jpg", "file"),
        ("/people/bo/", "term:people/bo"),
        ("/people/bo/feed.xml", "feed"),
    ] {
        let line = line(&site, address).unwrap();
        assert!(
            line.starts_with(&format!("{address}\tgone\t\t{id}")),
            "{line}"
        );
    }
    assert!(!outcome.has("/people/bo/"));
}
