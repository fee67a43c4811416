//! What is withdrawn: nothing of it is anywhere in the output.

use morgue::diagnostics::Code;

use crate::driver::SiteTest;

/// An archive in which one article names a person that no other does.
pub(crate) fn archive() -> SiteTest {
    SiteTest::new()
        .article(
            "a.md",
            "date: 2019-01-01\npeople: [Ana Open]\nplaces: [Hanoi]",
        )
        .article(
            "b.md",
            "date: 2019-01-02\npeople: [Ana Open]\nplaces: [Hanoi]",
        )
        .article(
            "c.md",
            "date: 2019-01-04\npeople: [Ana Open]\nplaces: [Hanoi]",
        )
}

fn removed(site: SiteTest) -> SiteTest {
    site.write(
        "content/articles/gone/index.md",
        "---\ntitle: Zebulon caught with ledger of harbour\ndate: 2019-01-03\nslug: gone\n\
         deck: Zebulon deck\nsummary: Zebulon summary\nauthors: [Zebulon Author]\n\
         people: [Ana Open, Zebulon Person]\nplaces: [Hanoi]\naliases: [/old/gone/]\n\
         images: [{src: photo.jpg, alt: Zebulon at the harbour}]\n\
         corrections: [{date: 2019-02-01, text: Zebulon correction}]\n\
         status: removed\nremoved: {date: 2026-01-02, reason: privacy, note: Settled out of court., contact: desk@example.org}\n\
         ---\nZebulon said in the harbour that nothing of this would stay.\n",
    )
    .write("content/articles/gone/photo.jpg", b"not a picture")
}

#[test]
fn a_removed_article_leaves_a_tombstone_and_nothing_else() {
    let outcome = removed(archive()).build().ok();
    let page = outcome.page("/2019/01/03/gone/");
    for text in [
        "This article has been removed",
        "January 2, 2026",
        "the privacy of a person",
        "Settled out of court.",
        "href=\"mailto:desk@example.org\"",
        "<meta name=\"robots\" content=\"noindex\">",
    ] {
        assert!(page.contains(text), "{text} in {page}");
    }
    for text in ["Zebulon", "zebulon", "photo.jpg", "not a picture"] {
        assert_eq!(outcome.holding(text), Vec::<&str>::new(), "{text}");
    }
    // Its address stands on its own page and on that of its old address alone.
    let own = ["2019/01/03/gone/index.html", "old/gone/index.html"];
    assert_eq!(outcome.holding("/2019/01/03/gone/"), own);
    assert!(!outcome.has("/2019/01/03/"));
    assert_eq!(outcome.built.unwrap().left_out.removed, 1);
}

#[test]
fn links_lead_to_the_tombstone() {
    let site = removed(archive())
        .write("content/articles/d.md", "---\ntitle: D\ndate: 2019-01-05\n---\n[Then](gone/index.md), [there](/2019/01/03/gone/).\n");
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/05/d/");
    assert_eq!(
        page.matches("href=\"/2019/01/03/gone/\"").count(),
        2,
        "{page}"
    );
}

#[test]
fn the_address_of_a_tombstone_is_taken_and_keeps_its_section() {
    let site = archive()
        .write("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n[permalinks]\narticle = \"/{section}/{slug}/\"\n")
        .write("content/sections.csv", "name,slug\nWorld News,world\n")
        .article("gone.md", "date: 2019-01-03\nsection: World News\nstatus: removed")
        .article("far.md", "date: 2019-01-03\nsection: Far Away\nstatus: removed")
        .article("other.md", "date: 2019-01-03\nsection: World News\nslug: gone");
    let outcome = site.build().failed();
    assert_eq!(outcome.found(Code::AddressTaken).len(), 1);
    let outcome = site.article("other.md", "date: 2019-01-03").build().ok();
    assert!(outcome.has("/world/gone/") && outcome.has("/far-away/far/"));
}

#[test]
fn a_tombstone_speaks_the_language_of_its_article() {
    let site = archive().article(
        "gone.md",
        "date: 2019-01-03\nlanguage: ar\nstatus: removed\nremoved: {note: Note}",
    );
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/03/gone/");
    assert!(
        page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("أُزيلت هذه المقالة"),
        "{page}"
    );
}

#[test]
fn a_removed_article_may_be_emptied() {
    let site = archive().write(
        "content/articles/gone.md",
        "---\ndate: 2019-01-03\nstatus: removed\n---\n",
    );
    let outcome = site.build().ok();
    assert!(
        outcome.has("/2019/01/03/gone/") && outcome.notes.is_empty(),
        "{:#?}",
        outcome.notes
    );
}

#[test]
fn a_reason_without_the_state_is_an_error() {
    let site = archive().article("d.md", "date: 2019-01-05\nremoved: {reason: legal}");
    assert_eq!(site.build().failed().found(Code::RemovedInName).len(), 1);
}

pub(crate) const LONG: &str =
    "Zebulon said in the harbour that nothing of this whole story would ever stay in any archive.";

#[test]
fn a_redacted_name_is_nowhere() {
    let site = archive()
        .write("content/people.csv", "name,slug,aliases\nZebulon Quist,zq,Old Quist\n")
        .write(
            "content/articles/r/index.md",
            "---\ntitle: Zebulon Quist arrested\nslug: arrest\ndate: 2019-01-03\n\
             deck: \"**ZEBULON** QUIST, again\"\nsummary: Then Zebulon Quist\n\
             people: [Ana Open, zq, Zebulon Quist junior]\nabout: [Zebulon Quist junior]\n\
             authors: [Zebulon Quist]\nsource_url: https://example.com/zebulon-quist/\n\
             images:\n  - {src: zebulon-quist.jpg, alt: x}\n  - {src: b.jpg, alt: Zébulon Quist, caption: by ZEBULON-QUIST, credit: Zebulon  Quist}\n\
             corrections: [{date: 2019-02-01, text: It was Zebulon Quist}]\n\
             dateline: {place: Zebulon Quist, text: ZEBULON QUIST}\nextra: {note: Zebulon Quist}\n\
             status: redacted\nredact: [Zebulon Quist]\n---\n\
             ## Zebulon Quist\n\n*Zebulon* Quist and Zebulon\nQuist and Z&#101;bulon&nbsp;Quist. [He](https://example.com/Zebulon%20Quist) left.\n\n![a](zebulon-quist.jpg)\n",
        )
        .write("content/articles/r/b.jpg", b"b");
    let outcome = site.build();
    // His record has a page of its own, which says his name: that is for the editor to decide.
    let leaks = outcome.found(Code::Leak);
    assert_eq!(leaks.len(), 1, "{:#?}", outcome.notes);
    assert!(
        leaks[0].message.contains("data/terms/people.csv"),
        "{leaks:#?}"
    );
    assert!(!format!("{leaks:?}").contains("Quist"));
    let site = site.write(
        "content/people.csv",
        "name,slug,hidden\nZebulon Quist,zq,true\n",
    );
    let outcome = site.build().ok();
    for text in ["Zebulon", "ZEBULON", "Zébulon", "zebulon", "Quist", "/zq/"] {
        assert_eq!(outcome.holding(text), Vec::<&str>::new(), "{text}");
    }
    let page = outcome.page("/2019/01/03/arrest/");
    for text in [
        "<h1>[…] arrested</h1>",
        "Names or passages of this article are withheld",
        "It was […]",
        "He left.",
        "by […]",
    ] {
        assert!(page.contains(text), "{text} in {page}");
    }
    assert!(page.contains("Ana Open"));
}

#[test]
fn what_a_list_does_not_find_is_told() {
    let site = archive().article(
        "d.md",
        "date: 2019-01-05\nredact: [Nobody Here, x, {text: Text, with: …}]",
    );
    let outcome = site.build().failed();
    assert_eq!(outcome.found(Code::RedactTooShort).len(), 1);
    assert_eq!(outcome.found(Code::RedactedNothing).len(), 1);
}

#[test]
fn a_list_of_the_site_redacts_every_article_record_and_page() {
    let site = archive()
        .write("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n[withdrawn]\ntexts = [\"Zebulon Quist\", {text = \"Ana Closed\", with = \"A. C.\"}]\nmark = \"XXX\"\n")
        .write("content/articles/d.md", "---\ntitle: Zebulon Quist\ndate: 2019-01-05\nslug: d\npeople: [Ana Closed]\n---\nAna Closed and Zebulon Quist.\n")
        .write("content/pages/p.md", "---\ntitle: P\n---\nAna Closed.\n")
        .write("content/people/x.md", "---\nname: X Y\n---\nZebulon Quist.\n");
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/05/d/");
    assert!(
        page.contains("<h1>XXX</h1>") && page.contains("A. C. and XXX."),
        "{page}"
    );
    assert!(outcome.page("/p/").contains("A. C.") && outcome.page("/people/x/").contains("XXX."));
}

#[test]
fn before_its_time_an_article_changes_no_byte() {
    let closed = |site: SiteTest, state: &str| {
        site.write(
            "content/articles/soon/index.md",
            format!("---\ntitle: Zebulon\ndate: 2019-01-03\n{state}\npeople: [Zebulon Person]\naliases: [/old/]\nimages: [{{src: p.jpg, alt: x}}]\n---\n{LONG}\n"),
        )
        .write("content/articles/soon/p.jpg", b"p")
    };
    let without = archive().build().ok();
    for state in [
        "embargo_until: 2026-01-01T00:00:01Z",
        "status: embargoed\nembargo_until: 2027-01-01",
        "status: draft",
    ] {
        let outcome = closed(archive(), state).build().ok();
        assert!(outcome.files == without.files, "{state}");
        assert_eq!(
            outcome.found(Code::NotPublished).len(),
            0,
            "{:#?}",
            outcome.notes
        );
    }
    let outcome = closed(archive(), "status: embargoed\nembargo_until: 2026-01-01")
        .build()
        .ok();
    assert!(
        outcome.has("/2019/01/03/soon/") && outcome.files.contains_key("2019/01/03/soon/p.jpg")
    );
}

#[test]
fn a_hidden_person_is_in_no_list_and_the_articles_stay() {
    let site = archive()
        .write(
            "content/people/zq.md",
            "---\nname: Zebulon Quist\nhidden: true\naliases: [/old/zq/]\n---\nLife of Zeb.\n",
        )
        .article(
            "d.md",
            "date: 2019-01-05\npeople: [Zebulon Quist, Ana Open]\nabout: [Zebulon Quist]",
        );
    let outcome = site.write("content/articles/e.md", "---\ntitle: E\ndate: 2019-01-06\npeople: [zq]\nplaces: [Hanoi]\n---\nThen Zebulon Quist came.\n").build().ok();
    assert!(outcome.has("/2019/01/05/d/"));
    let holding = outcome.holding("Zebulon");
    assert!(holding.contains(&"2019/01/06/e/index.html"));
    for file in &holding {
        let text = String::from_utf8_lossy(&outcome.files[*file]).into_owned();
        let entries = text.matches("Zebulon").count();
        assert_eq!(
            entries,
            text.matches("Then Zebulon Quist came").count(),
            "{file}: {text}"
        );
    }
    assert_eq!(outcome.holding("/zq"), Vec::<&str>::new());
    assert!(!outcome.has("/people/zq/") && !outcome.has("/old/zq/"));
}

#[test]
fn a_hidden_author_is_in_no_byline_and_a_hidden_section_keeps_addresses() {
    let site = archive()
        .write("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n[permalinks]\narticle = \"/{section}/{slug}/\"\n")
        .write("content/authors.csv", "name,slug,hidden\nZebulon Quist,,true\n")
        .write("content/sections.csv", "name,slug,hidden\nWorld,,true\n")
        .article("d.md", "date: 2019-01-05\nauthors: [Zebulon Quist]\nsection: World");
    let outcome = site.build().ok();
    assert!(outcome.has("/world/d/") && !outcome.has("/sections/world/"));
    assert_eq!(outcome.holding("Zebulon"), Vec::<&str>::new());
}

#[test]
fn the_state_and_the_list_of_an_article_change_what_warm_builds_write() {
    let article = |fields: &str| {
        format!(
            "---\ntitle: Zebulon Quist\ndate: 2019-01-03\nslug: s\n{fields}\n---\nZebulon Quist. Hanoi.\n"
        )
    };
    let mut site = archive().write("content/articles/s.md", article("people: [Zebulon Quist]"));
    site.build().ok();
    for fields in [
        "redact: [Zebulon Quist]\npeople: [Zebulon Quist]",
        "redact: [{text: Hanoi, only_here: true}, Zebulon Quist]",
        "status: removed",
        "status: redacted",
        "",
    ] {
        site = site.write("content/articles/s.md", article(fields));
        let warm = site.build().ok();
        let clean = site.path().join("clean");
        let clean = site.build_anew(&clean).ok();
        let pages = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
            let mut files = files.clone();
            files.retain(|file, _| !file.starts_with('.'));
            files
        };
        assert!(pages(&warm.files) == pages(&clean.files), "{fields}");
        std::fs::remove_dir_all(site.path().join("clean")).unwrap();
    }
}
