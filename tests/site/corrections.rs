//! The corrections log, its feed, and the policies of the publisher.

use crate::driver::SiteTest;

fn corrected() -> SiteTest {
    SiteTest::new()
        .article(
            "a.md",
            "date: 2019-01-02\ncorrections:\n  - {date: 2019-03-01, text: Later note}\n  - {date: 2019-02-01, text: Earlier note, kind: clarification}",
        )
        .article(
            "b.md",
            "date: 2020-01-02\ncorrections:\n  - {date: 2020-05-01, text: Withdrawn note, kind: retraction}\n  - {text: Undated note}",
        )
        .article(
            "quiet.md",
            "date: 2020-01-03\nstatus: noindex\ncorrections: [{date: 2021-01-01, text: Quiet note}]",
        )
}

/// The places of some texts in another, which must be in this order.
fn in_order(page: &str, texts: &[&str]) {
    let places: Vec<usize> = texts
        .iter()
        .map(|text| {
            page.find(text)
                .unwrap_or_else(|| panic!("no {text} in {page}"))
        })
        .collect();
    assert!(places.is_sorted(), "{texts:?} {places:?}");
}

#[test]
fn the_log_shows_the_newest_first_and_leads_to_each() {
    let outcome = corrected().build().ok();
    let log = outcome.page("/corrections/");
    let order = [
        "Withdrawn note",
        "Later note",
        "Earlier note",
        "Undated note",
    ];
    in_order(log, &order);
    assert!(log.contains("/2019/01/02/a/#correction-2"));
    assert!(log.contains("Retracted articles"));
    assert!(!log.contains("Quiet note"));
    // Numbered from the oldest, shown from the newest.
    let article = outcome.page("/2019/01/02/a/");
    let body = article.split("<body").last().unwrap();
    in_order(
        body,
        &[
            "id=\"correction-2\"",
            "Later note",
            "id=\"correction-1\"",
            "Earlier note",
        ],
    );
    assert!(article.contains("href=\"/corrections/\""));
    assert!(
        outcome
            .page("/2020/01/03/quiet/")
            .contains("id=\"correction-1\"")
    );
}

#[test]
fn the_feed_has_an_entry_for_each_with_an_address_that_stays() {
    let outcome = corrected().build().ok();
    let feed = outcome.page("/corrections/feed.xml");
    in_order(feed, &["Withdrawn note", "Later note", "Earlier note"]);
    for text in [
        "<id>https://example.org/2019/01/02/a/#correction-1</id>",
        "<updated>2019-02-01T00:00:00Z</updated>",
        "<title>Clarification: a.md</title>",
    ] {
        assert!(feed.contains(text), "{text}");
    }
    assert_eq!(feed.matches("<entry>").count(), 4);
    assert!(!feed.contains("Quiet"));
}

#[test]
fn without_a_correction_there_is_no_log() {
    let outcome = SiteTest::new()
        .article("a.md", "date: 2019-01-02")
        .build()
        .ok();
    assert!(!outcome.has("/corrections/"));
    assert!(!outcome.has("/corrections/feed.xml"));
    assert!(outcome.holding("/corrections/").is_empty());
}

#[test]
fn a_long_log_is_divided_by_years_that_stay() {
    let notes = |year: i16, count: usize| -> String {
        let note = |n: usize| format!("\n  - {{date: {year}-01-01, text: Note {year}-{n}}}");
        (0..count).map(note).collect()
    };
    let fields = format!(
        "date: 2018-01-01\ncorrections:{}{}",
        notes(2018, 150),
        notes(2019, 60)
    );
    let site = SiteTest::new().article("a.md", &fields);
    let outcome = site.build().ok();
    let first = outcome.page("/corrections/");
    assert_eq!(first.matches("#correction-").count(), 100);
    in_order(first, &["/corrections/2019/", "/corrections/2018/"]);
    let year = outcome.page("/corrections/2018/");
    assert_eq!(year.matches("#correction-").count(), 150);
    assert!(year.contains("/corrections/2019/"));
    let later = format!("date: 2020-01-01\ncorrections:{}", notes(2020, 1));
    let after = site.article("b.md", &later).build().ok();
    assert_eq!(after.page("/corrections/2018/"), year);
}

#[test]
fn bodies_can_point_at_a_correction() {
    let outcome = corrected()
        .write(
            "content/articles/c.md",
            "---\ntitle: C\ndate: 2021-01-01\n---\n[the note](/2019/01/02/a/#correction-2)\n",
        )
        .build()
        .ok();
    assert!(
        outcome
            .page("/2021/01/01/c/")
            .contains("/2019/01/02/a/#correction-2")
    );
}

#[test]
fn policies_are_named_to_search_engines() {
    let outcome = corrected()
        .write(
            "content/pages/policy.md",
            "---\ntitle: How we correct\npolicy: corrections\n---\nText.\n",
        )
        .write(
            "content/pages/owners.md",
            "---\ntitle: Owners\npolicy: ownership\n---\nText.\n",
        )
        .build()
        .ok();
    let article = outcome.page("/2019/01/02/a/");
    assert!(article.contains("\"correctionsPolicy\":\"https://example.org/policy/\""));
    assert!(article.contains("\"ownershipFundingInfo\":\"https://example.org/owners/\""));
    assert!(outcome.page("/corrections/").contains("How we correct"));
}
