//! Files change while pages are open.

use std::fs;

use morgue::serve::{News, Shown};

use crate::requests::built;
use crate::site::{ARTICLE, TestSite};

#[test]
fn a_changed_article_reloads_the_open_page() {
    let site = TestSite::new();
    let served = site.serve();
    let mut page = served.open(ARTICLE);
    assert_eq!(page.next().data, "[]");
    site.article("Everybody signed");
    page.wait_for("reload");
    assert!(served.text(ARTICLE).contains("Everybody signed"));
    let News::Prepared {
        changed,
        shown,
        errors,
        ..
    } = served.news()
    else {
        panic!("a change is told");
    };
    assert_eq!(changed, ["content/articles/summit.md"]);
    assert_eq!((shown, errors), (Shown::New, 0));
}

#[test]
fn after_every_change_all_pages_are_what_a_build_writes() {
    let site = TestSite::new();
    let story = |title: &str, fields: &str, text: &str| {
        let front = format!("title: {title}\ndate: 2019-03-01\n{fields}\n");
        let text = format!("---\n{front}---\n\n{text}\n");
        site.write("content/articles/story.md", &text);
    };
    story("First", "people: [Kim Jong-un]", "Text.");
    let served = site.serve();
    let mut page = served.open("/");
    assert_eq!(page.next().data, "[]");
    // Words alone; then what moves it to other shelves; then words again.
    let changes = [
        ("Second", "people: [Kim Jong-un]", "See [that](summit.md)."),
        (
            "Second",
            "people: [Kim Jong-un]\ndeck: Below",
            "See [that](summit.md) again.",
        ),
        (
            "Third",
            "people: [Kim Jong-un, Ada Low]\nplaces: [Hanoi]",
            "Text.\n\n## Part",
        ),
        (
            "Fourth",
            "people: [Kim Jong-un, Ada Low]\nplaces: [Hanoi]",
            "Text. More.\n\n## Part",
        ),
        (
            "Fourth",
            "places: [Hanoi]\ncorrections: [{date: 2019-04-01, text: No}]",
            "Text.",
        ),
        // Alone, what the sitemaps tell, and then what the archive is said to lack.
        ("Fourth", "places: [Hanoi]\nupdated: 2019-05-01", "Text."),
        (
            "Fourth",
            "places: [Hanoi]\nupdated: 2019-05-01\nlanguage: fr",
            "Text.",
        ),
        (
            "Fourth",
            "updated: 2019-05-01\nauthors: [Ada Low]\nlanguage: fr",
            "Text.",
        ),
    ];
    for (title, fields, text) in changes {
        story(title, fields, text);
        page.wait_for("reload");
        let mut browser = served.browser();
        for (file, bytes) in built(site.config()) {
            let path = format!("/{}", morgue::site::encode(&file));
            let answer = browser.get(&path);
            assert!(
                answer.as_built() == bytes,
                "{title}: {path} is not as built"
            );
        }
    }
}

#[test]
fn an_article_that_comes_and_goes_is_a_page_as_long() {
    let site = TestSite::new();
    let served = site.serve();
    let path = "/2020/01/02/late/";
    assert_eq!(served.browser().get(path).status, 404);
    site.write(
        "content/articles/2020/late.md",
        "---\ntitle: Late\ndate: 2020-01-02\n---\nLate.\n",
    );
    served.wait_for(path, "Late");
    fs::remove_file(site.path.join("content/articles/2020/late.md")).unwrap();
    served.wait_until(path, |answer| answer.status == 404);
}

#[test]
fn an_error_is_shown_over_the_last_good_page_until_it_is_mended() {
    let site = TestSite::new();
    let served = site.serve();
    let mut page = served.open(ARTICLE);
    assert_eq!(page.next().data, "[]");
    site.article("See [<b>this</b>](/nowhere/)");
    let errors = page.wait_for("errors");
    for part in ["M0301", "content/articles/summit.md:6:", "/nowhere/"] {
        assert!(
            errors.data.contains(part),
            "{part} is not in {}",
            errors.data
        );
    }
    assert!(served.text(ARTICLE).contains("Nobody signed"));
    let News::Prepared { shown, errors, .. } = served.news() else {
        panic!("a change is told");
    };
    assert_eq!((shown, errors), (Shown::Last, 1));
    // A page that is opened now hears of it at once.
    assert!(served.open(ARTICLE).next().data.contains("M0301"));
    site.article("Everybody signed");
    assert_eq!(page.wait_for("errors").data, "[]");
    page.wait_for("reload");
    assert!(served.text(ARTICLE).contains("Everybody signed"));
}

#[test]
fn settings_that_cannot_be_read_leave_the_last_edition() {
    let site = TestSite::new();
    let served = site.serve();
    let mut page = served.open("/");
    assert_eq!(page.next().data, "[]");
    site.write("site.toml", "title = \n");
    assert!(page.wait_for("errors").data.contains("M0002"));
    assert!(served.text(ARTICLE).contains("Nobody signed"));
    site.write(
        "site.toml",
        "title = \"Changed\"\nbase_url = \"https://example.org/sub\"\n",
    );
    page.wait_for("reload");
    assert!(served.text("/sub/").contains("Changed"));
}

#[test]
fn a_site_that_begins_with_errors_is_shown_all_the_same() {
    let site = TestSite::new();
    site.article("See [this](/nowhere/) and [that](/nowhere/else/)");
    let served = site.serve();
    let mut page = served.open(ARTICLE);
    assert!(page.next().data.contains("/nowhere/else/"));
    // With one of two errors mended, that much is to be seen.
    site.article("See this and [that](/nowhere/else/)");
    page.wait_for("reload");
    assert!(served.text(ARTICLE).contains("See this and"));
    assert!(served.open(ARTICLE).next().data.contains("/nowhere/else/"));
}

#[test]
fn without_a_theme_the_errors_are_the_page() {
    let site = TestSite::new();
    site.write(
        "templates/article.html",
        "<script>alert(1)</script>{% if %}",
    );
    let served = site.serve();
    let answer = served.browser().get(ARTICLE);
    assert_eq!(answer.status, 503);
    let html = answer.text();
    assert!(
        html.contains("M0502") && html.contains(" data-told>"),
        "{html}"
    );
    assert!(!html.contains("<script>"), "{html}");
    let mut page = served.open("/");
    fs::remove_file(site.path.join("templates/article.html")).unwrap();
    page.wait_for("reload");
    assert!(served.text(ARTICLE).contains("Nobody signed"));
}

#[test]
fn a_template_that_fails_spoils_its_pages_alone() {
    let site = TestSite::new();
    site.write("templates/article.html", "{{ no.such.thing }}");
    let served = site.serve();
    let answer = served.browser().get(ARTICLE);
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("M0502"), "{}", answer.text());
    assert!(matches!(served.news(), News::Failed(notes) if notes.len() == 1));
    assert_eq!(served.browser().get("/").status, 200);
    let mut page = served.open(ARTICLE);
    site.write("templates/article.html", "mended");
    page.wait_for("reload");
    assert!(served.text(ARTICLE).starts_with("mended"));
}

#[test]
fn styles_change_without_a_reload() {
    let site = TestSite::new();
    site.write("themes/paper/static/style.css", "p { color: red }");
    site.write(
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\ntheme = \"paper\"\n",
    );
    let served = site.serve();
    let mut page = served.open(ARTICLE);
    assert_eq!(page.next().name, "errors");
    site.write("themes/paper/static/style.css", "p { color: blue }");
    let css = page.next();
    assert_eq!(css.name, "css");
    assert_eq!(served.text("/theme/style.css"), "p { color: blue }");
    // The page names the change when it comes back, and has missed nothing.
    let mut back = served.since(&css.id);
    assert_eq!(back.next().name, "errors");
    site.article("Everybody signed");
    assert_eq!(back.next().name, "reload");
}

#[test]
fn folders_that_appear_later_are_watched_too() {
    let site = TestSite::new();
    let served = site.serve();
    site.write("templates/article.html", "first");
    served.wait_for(ARTICLE, "first");
    site.write("templates/article.html", "second");
    served.wait_for(ARTICLE, "second");
    fs::rename(site.path.join("templates"), site.path.join("away")).unwrap();
    served.wait_for(ARTICLE, "Nobody signed");
    fs::rename(site.path.join("away"), site.path.join("templates")).unwrap();
    served.wait_for(ARTICLE, "second");
    site.write("templates/article.html", "third");
    served.wait_for(ARTICLE, "third");
}

#[test]
fn pages_of_another_run_reload() {
    let site = TestSite::new();
    let served = site.serve();
    for edition in ["", "1-1", "ffffffffffffffff-99", "%00"] {
        let mut page = served.since(edition);
        assert_eq!(page.next().name, "errors");
        assert_eq!(page.next().name, "reload", "{edition}");
    }
}

#[test]
fn what_no_page_is_made_of_is_not_noticed() {
    let site = TestSite::new();
    let served = site.serve();
    for name in [
        "public/index.html",
        ".git/index",
        "content/articles/summit.md~",
        "notes.txt",
    ] {
        site.write(name, "nothing");
    }
    site.article("Everybody signed");
    let News::Prepared { changed, .. } = served.news() else {
        panic!("a change is told");
    };
    assert_eq!(changed, ["content/articles/summit.md"]);
}

#[test]
fn the_terminal_hears_a_warning_once() {
    let site = TestSite::new();
    let served = site.serve();
    site.write(
        "content/articles/b.md",
        "---\ntitle: B\ndate: 2019\nlayout: x\n---\nB.\n",
    );
    let count = |wanted: &str| loop {
        if let News::Prepared { changed, notes, .. } = served.news()
            && changed.iter().any(|file| file.ends_with(wanted))
        {
            return notes.len();
        }
    };
    assert_eq!(count("b.md"), 1);
    site.article("Everybody signed");
    assert_eq!(count("summit.md"), 0);
}
