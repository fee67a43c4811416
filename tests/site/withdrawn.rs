//! What is withdrawn: nothing of it is anywhere in the output.

use morgue::diagnostics::Code;

use crate::driver::SiteTest;

/// An archive in which one article names a person that no other does.
fn archive() -> SiteTest {
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
fn a_reason_without_the_state_is_an_error() {
    let site = archive().article("d.md", "date: 2019-01-05\nremoved: {reason: legal}");
    assert_eq!(site.build().failed().found(Code::RemovedInName).len(), 1);
}
