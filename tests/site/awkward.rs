//! Articles and names that are right, but awkward: each gets a page of its own.

use morgue::diagnostics::Code;

use crate::driver::SiteTest;

#[test]
fn names_of_signs_and_of_every_script_have_pages_of_their_own() {
    let names = [
        "..",
        "🎉",
        "C",
        "C#",
        "C++",
        "AC/DC",
        "王芳",
        "王方",
        "Ивана",
        "Иванa",
    ];
    let list: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let site = SiteTest::new().article(
        "a.md",
        &format!(
            "date: 2019-01-01\ntopics: [{}, \"../../evil\"]",
            list.join(", ")
        ),
    );
    let outcome = site.build().ok();
    for slug in [
        "u2e-u2e",
        "u1f389",
        "c",
        "c-sharp",
        "c-plus-plus",
        "ac-dc",
        "王芳",
        "王方",
        "ивана",
        "иванa",
        "evil",
    ] {
        assert!(
            outcome.has(&format!("/topics/{slug}/")),
            "{slug}: {:?}",
            outcome.files.keys()
        );
    }
    let index = outcome.page("/topics/");
    for name in names {
        assert!(index.contains(name), "{name} is not in the index");
    }
}

#[test]
fn a_name_given_twice_counts_once_and_is_told() {
    let site = SiteTest::new().article(
        "a.md",
        "date: 2019-01-01\npeople: [José, \"Jose\u{301}\", JOSÉ, Ana]",
    );
    let outcome = site.build().ok();
    assert_eq!(outcome.found(Code::NamedTwice).len(), 2);
    assert_eq!(outcome.found(Code::SpellingsMerged).len(), 1);
    assert!(outcome.has("/people/jose/") && outcome.has("/people/ana/"));
}

#[test]
fn two_names_for_one_address_are_refused_and_punctuation_is_not_a_name() {
    let site = SiteTest::new().article("a.md", "date: 2019-01-01\npeople: [José, Jose]");
    let outcome = site.build().failed();
    let clash = outcome.found(Code::SlugClash);
    assert_eq!(clash.len(), 1);
    assert!(clash[0].message.contains("José") && clash[0].message.contains("Jose"));
    assert_eq!(clash[0].span.as_ref().unwrap().line, 4);
    let site = SiteTest::new()
        .article("a.md", "date: 2019-01-01\npeople: [Chou-Wiest]")
        .article("b.md", "date: 2019-01-02\npeople: [Chou Wiest]")
        .article("c.md", "date: 2019-01-03\npeople: [chou-wiest]");
    let outcome = site.build().ok();
    assert_eq!(outcome.found(Code::SpellingsMerged).len(), 2);
    assert!(outcome.page("/people/chou-wiest/").contains("3 articles"));
}

#[test]
fn an_article_may_not_take_the_address_of_a_shelf() {
    let site = SiteTest::new()
        .article("a.md", "date: 2019-04-25\nurl: /2019/")
        .article("b.md", "date: 2019-04-25\nslug: people");
    let outcome = site.build().failed();
    let taken = outcome.found(Code::AddressTaken);
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].file.as_deref().unwrap(), "content/articles/a.md");
}

#[test]
fn files_that_differ_only_in_case_or_form_are_never_one() {
    let site = SiteTest::new()
        .article("Story.md", "date: 2019-01-01")
        .article("story.md", "date: 2019-01-02")
        .article("x.md", "date: 2019-01-01")
        .article("x/index.md", "date: 2019-01-02")
        .article("x.MD", "date: 2019-01-03");
    let outcome = site.build().ok();
    for url in [
        "/2019/01/01/story/",
        "/2019/01/02/story/",
        "/2019/01/01/x/",
        "/2019/01/02/x/",
        "/2019/01/03/x/",
    ] {
        assert!(outcome.has(url), "{url}");
    }
    let outcome = SiteTest::new()
        .article("Story.md", "date: 2019-01-01")
        .article("story.md", "date: 2019-01-01")
        .build()
        .failed();
    assert!(
        outcome.found(Code::AddressTaken)[0]
            .message
            .contains("Story.md")
    );
}

#[test]
fn dates_near_and_far() {
    let site = SiteTest::new()
        .article("year.md", "date: 1994")
        .article("month.md", "date: 1994-07")
        .article("old.md", "date: 1850-06-01")
        .article("maybe.md", "date: 1936-07-18?")
        .article("never.md", "date: unknown")
        .article("missing.md", "section: X")
        .article("soon.md", "date: 2999-01-01")
        .article("2019-04-25-named.md", "section: X");
    let outcome = site.build().ok();
    for url in [
        "/1994/year/",
        "/1994/07/month/",
        "/1850/06/01/old/",
        "/1936/07/18/maybe/",
        "/undated/never/",
        "/undated/missing/",
        "/2019/04/25/named/",
    ] {
        assert!(outcome.has(url), "{url}");
    }
    assert!(outcome.page("/undated/").contains("never"));
    assert!(outcome.page("/1994/").contains("/1994/year/"));
    assert!(outcome.has("/on/06-01/") && !outcome.has("/on/07-18/"));
    assert_eq!(outcome.holding("soon md"), Vec::<&str>::new());
    let left_out = outcome.found(Code::NotYet);
    assert_eq!(
        (
            left_out[0].file.as_deref().unwrap().as_str(),
            left_out[0].span.as_ref().unwrap().line
        ),
        ("content/articles/soon.md", 3)
    );
    assert_eq!(outcome.found(Code::NoDate).len(), 1);
}

#[test]
fn a_null_title_takes_the_heading_and_utf16_is_read() {
    let utf16: Vec<u8> = "\u{FEFF}---\ntitle: Zürich\ndate: 2019-01-02\n---\n\nText.\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let site = SiteTest::new()
        .write(
            "content/articles/null.md",
            "---\ntitle:\ndate: 2019-01-01\n---\n\n# From the text\n\nText.\n",
        )
        .write("content/articles/wide.md", utf16)
        .write(
            "content/articles/dup.md",
            "\n---\r\ntitle: One\r\ntitle: Two\r\ndate: 2019-01-03\r\n---\r\nText.\r\n",
        );
    let outcome = site.build().ok();
    assert!(outcome.page("/2019/01/01/null/").contains("From the text"));
    assert!(outcome.page("/2019/01/02/wide/").contains("Zürich"));
    assert!(outcome.page("/2019/01/03/dup/").contains("Two"));
    for code in [Code::TitleFromText, Code::OtherEncoding, Code::DuplicateKey] {
        let found = outcome.found(code);
        assert_eq!(found.len(), 1, "{code}");
        assert!(found[0].span.is_some() && found[0].file.is_some());
    }
}

#[test]
fn a_name_is_its_own_before_it_is_the_slug_of_another() {
    let site = SiteTest::new()
        .write("content/people/jose.md", "---\nname: José\n---\n")
        .write("content/people/jose-b.md", "---\nname: Jose\n---\n")
        .article("a.md", "date: 2019-01-01\npeople: [Jose]")
        .article("b.md", "date: 2019-01-02\npeople: [José]")
        .article("c.md", "date: 2019-01-03\npeople: [jose]");
    let outcome = site.build().ok();
    assert!(outcome.page("/people/jose-b/").contains("/2019/01/01/a/"));
    let jose = outcome.page("/people/jose/");
    assert!(jose.contains("/2019/01/02/b/") && jose.contains("/2019/01/03/c/"));
}
