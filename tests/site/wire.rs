//! The demo archive in the theme `wire`: text alone, and little of it.

use camino::Utf8Path;

use crate::driver::{Outcome, SiteTest};

/// What an article and the style sheet may weigh together.
const BUDGET: usize = 6 * 1024;

fn demo() -> Outcome {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = std::fs::read_to_string(root.join("site.toml")).unwrap();
    let mut site = SiteTest::new().write("site.toml", format!("theme = \"wire\"\n{settings}"));
    for (file, bytes) in crate::driver::tree(&root.join("content")) {
        site = site.write(&format!("content/{file}"), bytes);
    }
    site.build().ok()
}

fn pages(demo: &Outcome) -> Vec<(&str, &str)> {
    let html = demo
        .files
        .iter()
        .filter(|(file, _)| file.ends_with(".html"));
    let texts = html.map(|(file, bytes)| (file.as_str(), std::str::from_utf8(bytes).unwrap()));
    texts.collect()
}

fn is_article(html: &str) -> bool {
    html.contains("<body class=\"is-article\">")
}

/// The words of the text of an article.
fn words(html: &str) -> usize {
    let body = html.split("<div class=\"body\"").nth(1).unwrap();
    let body = body.split("</div>").next().unwrap();
    let pieces = body.split('<').filter_map(|piece| piece.split_once('>'));
    pieces
        .map(|(_, text)| text.split_whitespace().count())
        .sum()
}

#[test]
fn nothing_but_text_is_shown_and_everything_is_there() {
    let demo = demo();
    assert_eq!(
        demo.errors(),
        Vec::<&morgue::diagnostics::Diagnostic>::new()
    );
    let mut kinds = std::collections::BTreeSet::new();
    for (file, html) in pages(&demo) {
        let kind = html.split("<body class=\"is-").nth(1).unwrap();
        kinds.insert(kind.split('"').next().unwrap().to_owned());
        for picture in ["<img", "<svg", "<script", "<picture", "<style"] {
            assert!(!html.contains(picture), "{file} has {picture}");
        }
        for needed in ["<main", "<h1", "lang=\"", "href=\"/theme/style.css\""] {
            assert!(html.contains(needed), "{file} lacks {needed}");
        }
    }
    for kind in [
        "404",
        "article",
        "corrections",
        "coverage",
        "data",
        "day",
        "front",
        "intersection",
        "month",
        "on-this-day",
        "on-this-day-index",
        "page",
        "redirect",
        "section",
        "term",
        "term-index",
        "year",
        "years",
    ] {
        assert!(kinds.contains(kind), "{kind} is missing: {kinds:?}");
    }
    let article = demo.page("/1997/12/11/kyoto-protocol-adopted/");
    for needed in [
        "<link rel=\"canonical\" href=\"https://example.org/1997/12/11/kyoto-protocol-adopted/\">",
        "<link rel=\"alternate\" type=\"application/atom+xml\"",
        "<meta name=\"z:itemType\" content=\"newspaperArticle\">",
        "<meta name=\"DC.date\" content=\"1997-12-11\">",
        "<p class=\"citation\">Foreign Desk. “Kyoto conference",
        "<b><a href=\"/places/kyoto/\">Kyoto</a></b>, <a href=\"/places/japan/\">Japan</a>",
        "rel=\"prev\"",
    ] {
        assert!(article.contains(needed), "{needed}\n{article}");
    }
}

#[test]
fn a_picture_is_a_link_named_by_what_it_shows() {
    let site = SiteTest::new()
        .write(
            "site.toml",
            "theme = \"wire\"\ntitle = \"T\"\nbase_url = \"https://example.org\"\n",
        )
        .write(
            "content/articles/a/index.md",
            "---\ntitle: A\ndate: 2019-01-01\nimages: [{src: map.svg, alt: A map}]\n---\n\nText ![the coast](map.svg) more.\n",
        )
        .write("content/articles/a/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let built = site.build().ok();
    let page = built.page("/2019/01/01/a/");
    let linked = "<a href=\"/2019/01/01/a/map.svg\">";
    assert!(
        page.contains(&format!("<p>[{linked}A map</a>]</p>")),
        "{page}"
    );
    assert!(
        page.contains(&format!("Text {linked}the coast</a> more.")),
        "{page}"
    );
}

#[test]
fn an_article_and_its_style_sheet_are_under_six_kilobytes() {
    let demo = demo();
    let css = &demo.files["theme/style.css"];
    assert!(css.len() < 1200, "{}", css.len());
    let mut short = Vec::new();
    for (file, html) in pages(&demo)
        .into_iter()
        .filter(|(_, html)| is_article(html))
    {
        if (150..=250).contains(&words(html)) {
            short.push((html.len() + css.len(), file));
        }
    }
    short.sort_unstable();
    assert!(short.len() > 40);
    let typical = short[short.len() / 2];
    assert!(typical.0 < BUDGET, "{typical:?}");
}
