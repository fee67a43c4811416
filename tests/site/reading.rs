//! What the text of an article brings: mentions, pictures, embeds, translations.

use crate::driver::SiteTest;

const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n";

fn article(fields: &str, body: &str) -> String {
    format!("---\ntitle: A\ndate: 2019-01-01\n{fields}\n---\n\n{body}\n")
}

#[test]
fn first_mentions_lead_to_the_pages_of_terms() {
    let site = SiteTest::new()
        .write(
            "content/people/kim.md",
            "---\nname: Kim Jong-un\naliases: [Chairman Kim]\n---\n",
        )
        .write(
            "content/people/quiet.md",
            "---\nname: Quiet One\nhidden: true\n---\n",
        )
        .article("b.md", "date: 2019-01-02")
        .write(
            "content/articles/a.md",
            article(
                "people: [Kim Jong-un, Quiet One]\nplaces: [Hanoi, 河内]\nauthors: [Desk]",
                "## Hanoi\n\nChairman Kim’s train, and Kim Jong-un, in Hanoi: Quiet One, Desk. 今天在河内举行",
            ),
        );
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/01/a/");
    let text = page.split("<div class=\"body\">").nth(1).unwrap();
    let text = text.split("</div>").next().unwrap();
    assert_eq!(text.matches("class=\"mention\"").count(), 3, "{text}");
    for link in [
        "href=\"/people/kim/\">Chairman Kim</a>’s",
        "href=\"/places/hanoi/\">Hanoi</a>:",
        "href=\"/places/%E6%B2%B3%E5%86%85/\">河内</a>举行",
    ] {
        assert!(text.contains(link), "{link}: {text}");
    }
    let feeds = format!("{SETTINGS}[feeds]\ncontent = \"full\"\n");
    let outcome = site.write("site.toml", feeds).build().ok();
    let feed = outcome.page("/feed.json");
    assert!(
        feed.contains("href=\\\"https://example.org/people/kim/\\\">Chairman"),
        "{feed}"
    );
    let off = format!("{SETTINGS}[links]\nfirst_mentions = false\n");
    let site = SiteTest::new().write("site.toml", off).write(
        "content/articles/a.md",
        article("places: [Hanoi]", "In Hanoi."),
    );
    let outcome = site.build().ok();
    assert!(!outcome.page("/2019/01/01/a/").contains("class=\"mention"));
}

#[test]
fn pictures_tell_their_size_and_wait_below_the_first() {
    let gif = b"GIF89a\x03\0\x02\0\x80\0\0";
    let site = SiteTest::new()
        .write("content/articles/a.gif", gif)
        .write("content/static/pictures/b.gif", gif)
        .write("content/articles/c.png", "damaged")
        .write(
            "content/articles/d.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 4\"/>",
        )
        .write(
            "content/articles/a.md",
            article(
                "images: [{src: a.gif, alt: a}, {src: d.svg, alt: d}]",
                "![b](/pictures/b.gif) ![c](c.png) [not a picture](a.gif)",
            ),
        );
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/01/a/");
    for picture in [
        "a.gif\" alt=\"a\" width=\"3\" height=\"2\" decoding",
        "d.svg\" alt=\"d\" width=\"8\" height=\"4\" decoding=\"async\" loading=\"lazy\"",
        "b.gif\" alt=\"b\" width=\"3\" height=\"2\" loading=\"lazy\"",
        "c.png\" alt=\"c\" loading=\"lazy\"",
    ] {
        assert!(page.contains(picture), "{picture}: {page}");
    }
}

#[test]
fn a_gallery_is_a_list_of_figures_everywhere() {
    let gif = b"GIF89a\x03\0\x02\0\x80\0\0";
    let feeds = format!("{SETTINGS}[feeds]\ncontent = \"full\"\n");
    let site = SiteTest::new()
        .write("site.toml", feeds)
        .write("content/articles/a.gif", gif)
        .write("content/articles/b.gif", gif)
        .write(
            "content/articles/a.md",
            article(
                "status: redacted\nredact: [Zebulon Quist]",
                "![a](a.gif \"With Zebulon Quist.\")\n![](b.gif)\n![c](https://other.example/c.jpg \"See.\")",
            ),
        );
    let outcome = site.build().ok();
    let page = outcome.page("/2019/01/01/a/");
    for part in [
        "<ul class=\"gallery\">\n<li><figure><img src=\"/2019/01/01/a/a.gif\" alt=\"a\" width=\"3\" height=\"2\" decoding=\"async\">\
         <figcaption>With […].</figcaption></figure></li>\n",
        "<li><img src=\"/2019/01/01/a/b.gif\" alt=\"\" width=\"3\" height=\"2\" loading=\"lazy\" decoding=\"async\"></li>\n",
        "<a class=\"distant-picture\" href=\"https://other.example/c.jpg\">c</a><figcaption>See.</figcaption></figure></li>\n</ul>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let feed = outcome.page("/feed.json");
    assert!(
        feed.contains("<figcaption>With […].</figcaption>"),
        "{feed}"
    );
    let plain = format!("theme = \"wire\"\n{SETTINGS}");
    let outcome = site.write("site.toml", plain).build().ok();
    let page = outcome.page("/2019/01/01/a/");
    assert!(
        page.contains("<a href=\"/2019/01/01/a/a.gif\">a</a><figcaption>With […]."),
        "{page}"
    );
    assert!(!page.contains("<li></li>"), "{page}");
}

#[test]
fn films_lie_beside_the_article_and_embeds_are_links() {
    let site = SiteTest::new()
        .write("content/articles/a.mp4", "film")
        .write("content/articles/a.vtt", "WEBVTT")
        .write("content/articles/p.gif", "poster")
        .write(
            "content/articles/a.md",
            article(
                "",
                "<video src=a.mp4 poster=p.gif><track src=a.vtt kind=captions></video>\n\n\
                 <iframe src=\"https://www.youtube.com/embed/abc\"></iframe>\n\n\
                 <audio src=\"https://sound.example/x.mp3\" title=\"An interview\"></audio>\n\n\
                 <blockquote class=\"twitter-tweet\"><a href=\"https://x.com/a/1\">Tweet</a></blockquote>\
                 <script src=\"https://platform.twitter.com/widgets.js\"></script>",
            ),
        );
    let outcome = site.build().ok();
    for file in ["a.mp4", "a.vtt", "p.gif"] {
        assert!(
            outcome.files.contains_key(&format!("2019/01/01/a/{file}")),
            "{file}"
        );
    }
    let page = outcome.page("/2019/01/01/a/");
    for part in [
        "<video controls preload=\"none\" src=\"/2019/01/01/a/a.mp4\" poster=\"/2019/01/01/a/p.gif\">",
        "href=\"https://www.youtube.com/watch?v=abc\" rel=\"noopener\">youtube.com</a>",
        "href=\"https://sound.example/x.mp3\" rel=\"noopener\">An interview</a>",
        "<a href=\"https://x.com/a/1\">Tweet</a></blockquote>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for asked in ["<iframe", "<audio", "src=\"https://"] {
        assert!(!page.contains(asked), "{asked}");
    }
    let removed = outcome.found(morgue::diagnostics::Code::HtmlRemoved);
    assert_eq!(removed.len(), 1, "{removed:?}");
    let dead = SiteTest::new().write(
        "content/articles/a.md",
        article("", "<video src=gone.mp4></video>"),
    );
    let outcome = dead.build().failed();
    assert_eq!(
        outcome.found(morgue::diagnostics::Code::MissingFile).len(),
        1
    );
}

#[test]
fn a_record_has_a_portrait() {
    let record = |image: &str| format!("---\nname: Ana\nborn: 1950\nimage: {image}\n---\n");
    let site = SiteTest::new()
        .write(
            "content/people/ana.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"40\"/>",
        )
        .write(
            "content/people/ana.md",
            record("{src: ana.svg, caption: In 1980, credit: A. Painter}"),
        )
        .write("content/static/b.svg", "<svg/>")
        .write("content/people.csv", "name,image\nBen,/b.svg\n")
        .article("a.md", "date: 2019-01-01\npeople: [Ana, Ben]");
    let outcome = site.build().ok();
    let page = outcome.page("/people/ana/");
    for part in [
        "<img src=\"/people/ana/ana.svg\" alt=\"Ana\" width=\"30\" height=\"40\" decoding=\"async\">",
        "In 1980 <span class=\"credit-line\">A. Painter</span>",
        "\"image\":\"https://example.org/people/ana/ana.svg\"",
        "<meta property=\"og:image\" content=\"https://example.org/people/ana/ana.svg\">",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(outcome.files.contains_key("people/ana/ana.svg"));
    assert!(
        outcome
            .page("/people/ben/")
            .contains("<img src=\"/b.svg\" alt=\"Ben\"")
    );
    let gone = site.write("content/people/ana.md", record("gone.svg"));
    let outcome = gone.build().failed();
    let missing = outcome.found(morgue::diagnostics::Code::MissingFile);
    assert_eq!(missing[0].span.as_ref().unwrap().line, 4);
}

/// The languages of a page's alternates, each with its address below the host.
fn alternates(page: &str) -> Vec<(&str, &str)> {
    let links = page.split("<link rel=\"alternate\" hreflang=\"").skip(1);
    links
        .map(|link| {
            let (language, rest) = link.split_once("\" href=\"https://example.org").unwrap();
            (language, rest.split('"').next().unwrap())
        })
        .collect()
}

#[test]
fn translations_know_each_other() {
    let site = SiteTest::new()
        .article("a/one.md", "date: 2019-01-01\nid: one")
        .article(
            "b/un.md",
            "date: 2019-01-05\nlanguage: fr\ntranslation_of: one",
        )
        .article(
            "c/eins.md",
            "date: 2019-01-06\nlanguage: de\ntranslation_of: id:one",
        )
        .article(
            "fr/news/path.md",
            "date: 2019-02-01\nlanguage: fr\nslug: chemin",
        )
        .article(
            "zh_tw/news/path.md",
            "date: 2019-02-03\nlanguage: zh_tw\nslug: lu",
        )
        .article("news/path.md", "date: 2019-02-02")
        .article("x/day.md", "date: 2019-03-01\nlanguage: ar\nurl: /ar/day/")
        .article("y/day.md", "date: 2019-03-01")
        .article("alone.md", "date: 2019-03-01\nlanguage: ar");
    let outcome = site.build().ok();
    let english = outcome.page("/2019/01/01/one/");
    let all = [
        ("de", "/2019/01/06/eins/"),
        ("en", "/2019/01/01/one/"),
        ("fr", "/2019/01/05/un/"),
        ("x-default", "/2019/01/01/one/"),
    ];
    assert_eq!(alternates(english), all);
    assert_eq!(alternates(outcome.page("/2019/01/05/un/")), all);
    for part in [
        "hreflang=\"fr\" lang=\"fr\" dir=\"ltr\">français</a>",
        "\"workTranslation\":[{\"@type\":\"NewsArticle\",",
        "<meta property=\"og:locale\" content=\"en_US\">",
        "<meta property=\"og:locale:alternate\" content=\"de_DE\">",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    let french = outcome.page("/2019/01/05/un/");
    assert!(french.contains("\"translationOfWork\":{"), "{french}");
    let path = alternates(outcome.page("/2019/02/02/path/"));
    let languages: Vec<&str> = path.iter().map(|(language, _)| *language).collect();
    assert_eq!(languages, ["en", "fr", "zh-tw"]);
    assert_eq!(alternates(outcome.page("/ar/day/")).len(), 2);
    assert!(
        outcome
            .page("/2019/03/01/day/")
            .contains("dir=\"rtl\">العربية</a>")
    );
    assert!(alternates(outcome.page("/2019/03/01/alone/")).is_empty());
}

#[test]
fn what_cannot_be_a_translation_is_told() {
    use morgue::diagnostics::Code;
    let site = SiteTest::new()
        .article("one.md", "date: 2019-01-01\nid: one")
        .article("same.md", "date: 2019-01-02\ntranslation_of: one")
        .article(
            "gone.md",
            "date: 2019-01-03\nlanguage: fr\ntranslation_of: nothing",
        )
        .article(
            "ring-a.md",
            "date: 2019-01-04\nid: a\nlanguage: fr\ntranslation_of: b",
        )
        .article("ring-b.md", "date: 2019-01-05\nid: b\ntranslation_of: a")
        // Two of one day in one language: nobody can tell which is meant.
        .article("p/day.md", "date: 2019-03-01\nurl: /p/")
        .article("q/day.md", "date: 2019-03-01\nurl: /q/")
        .article("r/day.md", "date: 2019-03-01\nlanguage: fr\nurl: /r/");
    let outcome = site.build().ok();
    assert_eq!(outcome.found(Code::NotATranslation).len(), 1);
    assert_eq!(outcome.found(Code::NoSuchArticle).len(), 1);
    assert_eq!(alternates(outcome.page("/2019/01/04/ring-a/")).len(), 2);
    assert!(alternates(outcome.page("/r/")).is_empty());
}

#[test]
fn rows_are_reported_at_their_lines() {
    let outcome = SiteTest::new()
        .article("a.md", "date: 2020-01-01\nplaces: [Hanoi]")
        .write(
            "content/places.csv",
            "name,parent,latitude\n\nHanoi,Nowhere,21\nLima,,north\n\n\nOslo,,59,9\n",
        )
        .build();
    let mut found: Vec<(u32, String)> = outcome
        .notes
        .iter()
        .filter_map(|note| note.span.clone())
        .map(|span| (span.line, span.text))
        .collect();
    found.sort();
    let found: Vec<(u32, &str)> = found.iter().map(|(l, t)| (*l, t.as_str())).collect();
    assert_eq!(
        found,
        [(3, ""), (4, "Lima,,north"), (7, "Oslo,,59,9")],
        "{:#?}",
        outcome.notes
    );
}

/// What markup says beside the text is part of the interface, in the language of the page.
#[test]
fn markup_speaks_the_language_of_its_page() {
    let body = "![](https://www.other.example/c.jpg)\n\n> [!NOTE]\n> Ein Satz.[^1]\n\n[^1]: Eine Fußnote.\n";
    let text = format!("---\ntitle: A\ndate: 2019-01-01\nlanguage: de\n---\n\n{body}");
    let outcome = SiteTest::new()
        .write(
            "site.toml",
            format!("{SETTINGS}[feeds]\ncontent = \"full\"\n"),
        )
        .write("content/articles/a.md", text)
        .build()
        .ok();
    let page = outcome.page("/2019/01/01/a/");
    for part in [
        ">Bild auf other.example</a>",
        ">Hinweis</",
        "aria-label=\"Fußnoten\"",
        "aria-label=\"Zurück zum Text\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(
        outcome
            .page("/feed.json")
            .contains("Bild auf other.example")
    );
}
