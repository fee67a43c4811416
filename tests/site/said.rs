//! What a published article says of its own is no leak of one that is withdrawn.

use morgue::diagnostics::{Code, Severity};

use crate::driver::SiteTest;

const SENTENCES: [&str; 4] = [
    "The council of the old harbour met on Monday to hear what the auditors had found.",
    "Nobody had expected that the books of the last seven years would all be missing.",
    "A clerk remembered a grey van that stood behind the hall on the night before.",
    "The mayor promised a full account of every coin before the summer would be over.",
];

fn article(slug: &str, front: &str, body: &[&str]) -> String {
    let body = body.join(" ");
    format!("---\ntitle: On {slug}\nslug: {slug}\ndate: 2019-01-03\n{front}\n---\n{body}\n")
}

fn site(closed: &str, published: &[(&str, &[&str])]) -> SiteTest {
    let mut site = SiteTest::new().write(
        "content/articles/gone.md",
        article("gone", closed, &SENTENCES),
    );
    for (slug, body) in published {
        let file = format!("content/articles/{slug}.md");
        site = site.write(&file, article(slug, "", body));
    }
    site
}

const REMOVED: &str = "status: removed\nremoved: {reason: legal}";
const EMBARGOED: &str = "embargo_until: 2090-01-01";

#[test]
fn what_is_online_goes_on_and_is_told() {
    for closed in [REMOVED, EMBARGOED] {
        for ledger in [false, true] {
            let later = article("later", "", &SENTENCES[..3]);
            let mut site = SiteTest::new().write("content/articles/later.md", later);
            site.ledger = ledger;
            site.build().ok();
            let gone = article("gone", closed, &SENTENCES);
            let site = site.write("content/articles/gone.md", gone);
            let outcome = site.build();
            let told = outcome.found(Code::SaidElsewhere);
            assert_eq!(told.len(), 1, "{:#?}", outcome.notes);
            assert_eq!(told[0].severity, Severity::Warning);
            assert_eq!(told[0].file.as_ref().unwrap(), "content/articles/gone.md");
            assert!(
                told[0].message.contains("content/articles/later.md"),
                "{told:#?}"
            );
            assert!(!told[0].message.contains("council"), "{told:#?}");
            assert_eq!(outcome.found(Code::Leak).len(), 0);
        }
    }
}

#[test]
fn what_is_told_once_is_told_by_every_build_that_follows() {
    let site = site(REMOVED, &[("later", &SENTENCES[1..2])]);
    let first = site.build().ok();
    assert_eq!(first.found(Code::SaidElsewhere).len(), 1);
    for _ in 0..2 {
        let again = site.build().ok();
        assert_eq!(
            again.found(Code::SaidElsewhere),
            first.found(Code::SaidElsewhere)
        );
        assert_eq!(again.built.unwrap().published.written, 0);
    }
    let site = site.write(
        "content/articles/later.md",
        article("later", "", &["Nothing that anybody else has said."]),
    );
    for _ in 0..2 {
        assert_eq!(site.build().ok().found(Code::SaidElsewhere).len(), 0);
    }
}

#[test]
fn what_is_new_may_not_say_it() {
    for (slug, body) in [("later", &SENTENCES[..2]), ("quote", &SENTENCES[..1])] {
        let mut site = site(REMOVED, &[("later", &SENTENCES[1..2])]);
        site.ledger = true;
        assert_eq!(site.build().ok().found(Code::SaidElsewhere).len(), 1);
        let file = format!("content/articles/{slug}.md");
        let site = site.write(&file, article(slug, "", body));
        for _ in 0..2 {
            let outcome = site.build().failed();
            assert_eq!(outcome.found(Code::Leak).len(), 1, "{:#?}", outcome.notes);
        }
    }
}

#[test]
fn an_article_that_only_moved_says_nothing_new() {
    let mut site = site(REMOVED, &[("later", &SENTENCES[1..2])]);
    site.ledger = true;
    site.build().ok();
    let moved = article("later", "id: later\nslug: moved", &SENTENCES[1..2]).replacen(
        "slug: later\n",
        "",
        1,
    );
    let site = site.write("content/articles/later.md", moved);
    let outcome = site.build().ok();
    assert_eq!(outcome.found(Code::SaidElsewhere).len(), 1);
    assert!(
        outcome
            .page("/2019/01/03/moved/")
            .contains("Nobody had expected")
    );
}

#[test]
fn drafts_and_duplicates_may_share_a_sentence_with_what_is_published() {
    for closed in [
        "status: draft",
        "status: removed\nremoved: {reason: duplicate}",
    ] {
        let outcome = site(closed, &[("kept", &SENTENCES[1..2])]).build().ok();
        assert_eq!(outcome.found(Code::SaidElsewhere).len(), 1, "{closed}");
    }
}

#[test]
fn what_many_articles_say_tells_nothing_of_one() {
    let notice: &[&str] = &SENTENCES[2..3];
    let outcome = site(REMOVED, &[("a", notice), ("b", notice), ("c", notice)]);
    let outcome = outcome.build().ok();
    assert_eq!(outcome.found(Code::SaidElsewhere).len(), 0);
}

#[test]
fn a_name_that_was_taken_out_may_stand_nowhere_whoever_says_it() {
    let closed = "status: removed\nremoved: {names: [grey van]}";
    let outcome = site(closed, &[("later", &SENTENCES[..3])]).build().failed();
    assert_eq!(outcome.found(Code::Leak).len(), 1, "{:#?}", outcome.notes);
}

#[test]
fn what_a_published_article_itself_has_taken_out_it_does_not_say() {
    let redacted = article("later", "redact: [grey van]", &SENTENCES[..3]);
    let site = SiteTest::new()
        .write(
            "content/articles/gone.md",
            article("gone", "status: draft", &SENTENCES),
        )
        .write("content/articles/later.md", redacted)
        .write("content/static/note.txt", SENTENCES[2]);
    let outcome = site.build().failed();
    assert!(!outcome.found(Code::Leak).is_empty());
}
