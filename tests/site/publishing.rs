//! What is published, what is not, and where.

use morgue::diagnostics::Code;

use crate::driver::SiteTest;

#[test]
fn what_is_not_published_is_nowhere() {
    let site = SiteTest::new()
        .article("open.md", "date: 2019-01-01\npeople: [Ana]")
        .article(
            "draft.md",
            "date: 2019-01-02\nstatus: draft\npeople: [Secret Draft]",
        )
        .article(
            "hugo.md",
            "date: 2019-01-02\ndraft: true\npeople: [Secret Hugo]",
        )
        .article(
            "jekyll.md",
            "date: 2019-01-02\npublished: false\npeople: [Secret Jekyll]",
        )
        .article(
            "held.md",
            "date: 2019-01-03\nstatus: embargoed\nembargo_until: 2027-01-01\npeople: [Secret Held]",
        )
        .article(
            "gone.md",
            "date: 2019-01-04\nstatus: removed\npeople: [Secret Gone]",
        );
    let outcome = site.build().ok();
    for text in [
        "draft md",
        "hugo md",
        "jekyll md",
        "held md",
        "gone md",
        "Secret",
        "secret",
    ] {
        assert_eq!(outcome.holding(text), Vec::<&str>::new(), "{text}");
    }
    let left = outcome.built.unwrap().left_out;
    assert_eq!((left.drafts, left.embargoed, left.removed), (3, 1, 1));
}

#[test]
fn drafts_and_the_future_come_in_on_request_and_embargoes_end() {
    let mut site = SiteTest::new()
        .article("draft.md", "date: 2019-01-02\nstatus: draft")
        .article(
            "held.md",
            "date: 2019-01-03\nstatus: embargoed\nembargo_until: 2025-12-31",
        )
        .article("soon.md", "date: 2030-01-01");
    site.drafts = true;
    site.future = true;
    let outcome = site.build().ok();
    for url in [
        "/2019/01/02/draft/",
        "/2019/01/03/held/",
        "/2030/01/01/soon/",
    ] {
        assert!(outcome.has(url), "{url}");
    }
}

#[test]
fn noindex_is_out_of_feeds_and_sitemaps_and_says_so() {
    let site = SiteTest::new()
        .article("seen.md", "date: 2019-01-01")
        .article("quiet.md", "date: 2019-01-02\nstatus: noindex");
    let outcome = site.build().ok();
    assert!(outcome.page("/2019/01/02/quiet/").contains("noindex"));
    assert!(!outcome.page("/2019/01/01/seen/").contains("noindex"));
    let holding = outcome.holding("/2019/01/02/quiet/");
    assert!(
        holding
            .iter()
            .all(|file| file.ends_with(".html") || file.starts_with('.')),
        "{holding:?}"
    );
}

#[test]
fn old_addresses_and_other_names_lead_to_the_page() {
    let site = SiteTest::new()
        .write(
            "content/places/north-korea.md",
            "---\nname: North Korea\naliases: [DPRK, /old/nk.html]\n---\n",
        )
        .write(
            "content/places/choson.md",
            "---\nname: Chosŏn\nmerged_into: north-korea\n---\n",
        )
        .article(
            "a.md",
            "date: 2019-01-01\nplaces: [dprk, Chosŏn]\naliases: [/old/a.html, \"/?p=8\"]",
        );
    let outcome = site.build().ok();
    for old in ["/places/dprk/", "/places/choson/", "/old/nk.html"] {
        assert!(
            outcome
                .page(old)
                .contains("https://example.org/places/north-korea/"),
            "{old}"
        );
    }
    assert!(outcome.page("/old/a.html").contains("/2019/01/01/a/"));
    assert_eq!(outcome.found(Code::ForgottenAlias).len(), 1);
    assert!(outcome.page("/places/north-korea/").contains("1 article"));
}

#[test]
fn a_second_build_writes_nothing_and_one_more_article_equals_a_clean_build() {
    let mut site = SiteTest::new();
    for day in 1..=28 {
        for hour in 0..9 {
            site = site.article(
                &format!("{day}-{hour}.md"),
                &format!(
                    "date: 2019-02-{day:02}T0{hour}:00:00Z\nplaces: [Hanoi]\ntopics: [t{}]",
                    day % 5
                ),
            );
        }
    }
    site.build().ok();
    assert_eq!(site.build().ok().built.unwrap().published.written, 0);
    let site = site.article(
        "new.md",
        "date: 2019-02-14T12:00:00Z\nplaces: [Hanoi]\ntopics: [t1, fresh]",
    );
    let warm = site.build().ok();
    let clean = site.build_into(&site.path().join("clean")).ok();
    assert_eq!(warm.files, clean.files);
    assert!(warm.built.unwrap().published.written < 60);
}

#[test]
fn the_same_site_is_the_same_bytes_on_any_number_of_threads() {
    let mut site = SiteTest::new();
    for day in 1..=20 {
        site = site.article(
            &format!("{day}.md"),
            &format!(
                "date: 2019-02-{day:02}\npeople: [A, B{}]\ntopics: [x, y{}]",
                day % 3,
                day % 7
            ),
        );
    }
    let on = |threads: usize, folder: &str| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| site.build_into(&site.path().join(folder)).ok().files)
    };
    assert_eq!(on(1, "one"), on(8, "eight"));
}

#[test]
fn a_sub_path_and_relative_links() {
    let article = "---\ntitle: A\ndate: 2019-01-01\npeople: [Ana]\n---\n\n[B](b.md) and [Ana](/people/ana/).\n";
    let site = SiteTest::new()
        .write(
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org/archive/\"\n",
        )
        .write("content/articles/a.md", article)
        .article("b.md", "date: 2019-01-02");
    let page = site.build().ok();
    let page = page.page("/2019/01/01/a/");
    assert!(page.contains("href=\"/archive/2019/01/02/b/\""), "{page}");
    assert!(page.contains("href=\"/archive/people/ana/\""));
    let site = site.write(
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\nrelative_urls = true\n",
    );
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/01/a/");
    assert!(page.contains("href=\"../../02/b/index.html\""), "{page}");
    assert!(page.contains("href=\"../../../../people/ana/index.html\""));
}

#[test]
fn files_are_copied_under_their_own_names() {
    let text = "---\ntitle: A\ndate: 2019-01-01\nimages: [{src: own.svg, alt: x}]\n---\n\n![far](../pictures/far.png) [pdf](doc.v2.pdf)\n";
    let site = SiteTest::new()
        .write("content/articles/a/index.md", text)
        .write(
            "content/articles/a/own.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .write("content/articles/a/doc.v2.pdf", "pdf")
        .write("content/articles/pictures/far.png", "png")
        .write("content/articles/pictures/unused.png", "png")
        .write("content/static/deep/style.css", "x")
        .write("content/static/CNAME", "example.org");
    let outcome = site.build().ok();
    for file in [
        "2019/01/01/a/own.svg",
        "2019/01/01/a/doc.v2.pdf",
        "2019/01/01/a/far.png",
        "deep/style.css",
        "CNAME",
        "theme/style.css",
    ] {
        assert!(
            outcome.files.contains_key(file),
            "{file}: {:?}",
            outcome.files.keys()
        );
    }
    assert_eq!(outcome.found(Code::NotPublished).len(), 1);
    assert!(
        outcome
            .page("/2019/01/01/a/")
            .contains("src=\"/2019/01/01/a/far.png\"")
    );
}

#[test]
fn a_page_asks_no_other_host_for_anything() {
    let body = "---\ntitle: A\ndate: 2019-01-01\nimages: [{src: \"https://evil.example/a.png\", alt: x}]\n---\n\n\
                ![alt](https://evil.example/b.png) <img src=\"//evil.example/c.png\" alt=\"c\"> \
                [![d](https://evil.example/d.png)](https://fine.example/) ![e](/gone/e.png)\n";
    let site = SiteTest::new()
        .write("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n[links]\norigin = \"https://old.example\"\n")
        .write("content/articles/a.md", body);
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/01/a/");
    assert!(!page.contains("<img"), "{page}");
    for link in [
        "https://evil.example/b.png",
        "//evil.example/c.png",
        "https://old.example/gone/e.png",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
    }
}
