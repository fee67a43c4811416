//! Links that name the site's own host are links inside the site.

use morgue::diagnostics::Code;

use crate::driver::SiteTest;

const BASE: &str = "title = \"Test\"\nbase_url = \"https://example.org/archive\"\n";
const GIF: &[u8] = b"GIF89a\x03\0\x02\0\x80\0\0";

fn site(settings: &str, body: &str) -> SiteTest {
    let article = |body: &str| format!("---\ntitle: T\ndate: 2019-01-01\n---\n{body}\n");
    SiteTest::new()
        .write("site.toml", format!("{BASE}{settings}"))
        .write("content/static/dot.gif", GIF)
        .write("content/static/talk.mp4", "film")
        .write("content/articles/a.md", article(body))
        .write("content/articles/b.md", article("## Sources"))
}

const LINKS: &str = "[b](http://Example.org/archive/2019/01/01/b/?x=1#sources) \
    <https://example.org/archive> [else](https://example.org/shop/)\n\n\
    ![dot](//example.org/archive/dot.gif)\n\n\
    <video src=\"https://example.org:443/archive/talk.mp4\"></video>\n";

#[test]
fn they_are_written_as_all_links_of_the_site_are() {
    let outcome = site("", LINKS).build().ok();
    assert_eq!(outcome.found(Code::DeadLink).len(), 0);
    let page = outcome.page("/2019/01/01/a/");
    for part in [
        "<a href=\"/archive/2019/01/01/b/#sources\">b</a>",
        "<a href=\"/archive/\">https://example.org/archive</a>",
        "<a href=\"https://example.org/shop/\">else</a>",
        "<img src=\"/archive/dot.gif\" alt=\"dot\" width=\"3\" height=\"2\"",
        "src=\"/archive/talk.mp4\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let outcome = site("relative_urls = true\n", LINKS).build().ok();
    let page = outcome.page("/2019/01/01/a/");
    for part in [
        "<a href=\"../b/index.html#sources\">b</a>",
        "<a href=\"../../../../index.html\">https://example.org/archive</a>",
        "<img src=\"../../../../dot.gif\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let outcome = site("[feeds]\ncontent = \"full\"\n", LINKS).build().ok();
    let feed = outcome.page("/feed.json");
    for part in [
        "https://example.org/archive/2019/01/01/b/#sources",
        "https://example.org/archive/dot.gif",
    ] {
        assert!(feed.contains(part), "{part}: {feed}");
    }
}

#[test]
fn a_dead_one_is_told_at_its_place() {
    let body = "\nText and [a link](https://example.org/archive/gone/).\n\n\
        [c](https://example.org/archive/2019/01/01/b/#nothing)\n\n\
        ![d](https://example.org/archive/gone.gif)\n";
    let outcome = site("", body).build().failed();
    let places = |code| -> Vec<(u32, u32)> {
        let found = outcome.found(code).into_iter();
        let spans = found.map(|note| note.span.as_ref().map(|span| (span.line, span.column)));
        spans.map(Option::unwrap_or_default).collect()
    };
    assert_eq!(places(Code::DeadLink), [(6, 19), (8, 5)]);
    assert_eq!(places(Code::MissingFile), [(10, 6)]);
    let outcome = site("[links]\ndead = \"warn\"\n", body).build().ok();
    let page = outcome.page("/2019/01/01/a/");
    for part in [
        "<span class=\"dead-link\">a link</span>",
        // It may lie beside the site.
        "<a class=\"distant-picture\" href=\"https://example.org/archive/gone.gif\">d</a>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn what_something_else_answers_stays_a_link_to_it() {
    let settings = "[links]\norigin = \"https://example.org/archive\"\n";
    let outcome = site(settings, "[shop](https://example.org/archive/shop/)")
        .build()
        .ok();
    let page = outcome.page("/2019/01/01/a/");
    assert!(
        page.contains("<a href=\"https://example.org/archive/shop/\">shop</a>"),
        "{page}"
    );
}

#[test]
fn an_old_address_with_a_query_leads_to_its_article() {
    let body = "[old](https://example.org/archive/?p=12) [b](https://example.org/archive/2019/01/01/b/?p=1)";
    let old = "---\ntitle: Old\ndate: 2019-01-01\naliases: [\"/?p=12\"]\n---\nText.\n";
    let outcome = site("", body)
        .write("content/articles/old.md", old)
        .build()
        .ok();
    let page = outcome.page("/2019/01/01/a/");
    assert!(
        page.contains("<a href=\"/archive/2019/01/01/old/\">old</a>"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"/archive/2019/01/01/b/\">b</a>"),
        "{page}"
    );
    let outcome = site("", "[other](https://example.org/archive/?p=13)")
        .build()
        .failed();
    assert_eq!(outcome.found(Code::DeadLink).len(), 1);
}

#[test]
fn a_picture_of_front_matter_is_shown_whatever_its_address_begins_with() {
    let article = "---\ntitle: A\ndate: 2019-01-01\n\
        images: [{src: \"https://example.org/archive/dot.gif\", alt: x}]\n---\nText.\n";
    let outcome = site("", "Text.")
        .write("content/articles/a.md", article)
        .build()
        .ok();
    let page = outcome.page("/2019/01/01/a/");
    assert!(page.contains("src=\"/archive/dot.gif\""), "{page}");
    assert!(
        page.contains("https://example.org/archive/dot.gif"),
        "{page}"
    );
    let gone = article.replace("dot.gif", "gone.gif");
    let outcome = site("", "Text.")
        .write("content/articles/a.md", gone)
        .build()
        .failed();
    assert_eq!(outcome.found(Code::MissingFile).len(), 1);
}

/// What a link is depends on the address of the site, so a change of it reads every text again.
#[test]
fn a_site_that_moves_to_another_address_is_read_again() {
    let site = site("[links]\ndead = \"warn\"\n", LINKS);
    let before = site.build().ok();
    assert!(
        before
            .page("/2019/01/01/a/")
            .contains("href=\"/archive/2019")
    );
    for base in ["https://example.com", "https://example.org"] {
        let settings =
            format!("title = \"Test\"\nbase_url = \"{base}\"\n[links]\ndead = \"warn\"\n");
        std::fs::write(site.path().join("site.toml"), settings).unwrap();
        let warm = site.build().ok();
        let output = site.path().join("clean");
        let clean = site.build_anew(&output).ok();
        assert_eq!(format!("{:?}", warm.notes), format!("{:?}", clean.notes));
        assert_eq!(warm.files, clean.files);
        let page = warm.page("/2019/01/01/a/");
        let whole = page.contains("http://Example.org/archive/2019/01/01/b/?x=1#sources");
        assert_eq!(whole, base.ends_with(".com"), "{page}");
        std::fs::remove_dir_all(output).unwrap();
    }
}
