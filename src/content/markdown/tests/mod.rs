//! What pages are promised of a body.

mod html;
mod outward;
mod own;
mod pictures;
mod players;
mod properties;
mod prose;

use super::*;

fn page(body: &str) -> String {
    with(body, &Options::default())
}

fn with(body: &str, options: &Options) -> String {
    to_html(body, options, Surroundings::default(), &resolve).html
}

fn resolve(_: ReferenceKind, target: &str) -> Target {
    if target.contains("dead") {
        Target::Dead
    } else {
        Target::Url(format!("/at/{target}"))
    }
}

fn scanned(body: &str) -> Scan {
    scan(body, &Options::default())
}

fn smart(tag: &str) -> Options {
    Options {
        smart: Some(Quotes::for_language(tag)),
        ..Options::default()
    }
}

#[test]
fn headings_fit_below_the_title_and_have_ids() {
    assert_eq!(
        page("# A *b*\n\n### C\n\n# A b\n\n#\n"),
        "<h2 id=\"a-b\">A <em>b</em></h2>\n<h3 id=\"c\">C</h3>\n<h2 id=\"a-b-2\">A b</h2>\n"
    );
    assert_eq!(
        page("# X {#top .k onclick=a}"),
        "<h2 id=\"top-2\" class=\"k\">X</h2>\n"
    );
    assert_eq!(
        with(
            "# A\n",
            &Options {
                headings: Headings::AsWritten,
                ..Options::default()
            }
        ),
        "<h1>A</h1>\n"
    );
}

#[test]
fn a_heading_without_text_is_no_heading() {
    assert_eq!(
        page("# ![](a.png)"),
        "<p><img src=\"/at/a.png\" alt=\"\" decoding=\"async\"></p>\n"
    );
    assert_eq!(scanned("# ![](a.png)\n\n## B").headings, ["b"]);
}

#[test]
fn only_a_first_heading_is_the_title() {
    let skipping = |body| {
        let page = Surroundings {
            title_is_heading: true,
            ..Surroundings::default()
        };
        to_html(body, &Options::default(), page, &resolve).html
    };
    assert_eq!(skipping("# A *b*\n\nc"), "<p>c</p>\n");
    assert_eq!(skipping("<!-- x -->\n\n# A\n\nc"), "<p>c</p>\n");
    assert_eq!(skipping("c\n\n# A"), "<p>c</p>\n<h2 id=\"a\">A</h2>\n");
    let first = |body| {
        scanned(body)
            .first_heading
            .map(|h| (h.text, h.level, h.first_block))
    };
    assert_eq!(first("## A *b* `c`"), Some(("A b c".into(), 2, true)));
    assert_eq!(first("<!-- x -->\n\n# A"), Some(("A".into(), 1, true)));
    assert_eq!(first("c\n\n# A"), Some(("A".into(), 1, false)));
    assert_eq!(first("c"), None);
}

#[test]
fn every_reference_is_resolved() {
    assert_eq!(
        page("[a](b.md) [c](https://d.example/?x&y) [e](dead.md) ![f](dead.png) <g@h.example>"),
        "<p><a href=\"/at/b.md\">a</a> <a href=\"https://d.example/?x&amp;y\">c</a> \
         <span class=\"dead-link\">e</span> f <a href=\"mailto:g@h.example\">g@h.example</a></p>\n"
    );
    assert_eq!(
        page("[a](id:x) [b](#c)"),
        page("<a href=\"id:x\">a</a> <a href='#c'>b</a>")
    );
    let found =
        scanned("x [a](b.md \"t\") ![c](d.png)\n\n<img src=\"e&amp;.png\"> <http://f.example>");
    let list = found
        .references
        .iter()
        .map(|r| (r.kind, r.target.as_str(), r.offset));
    assert_eq!(
        list.collect::<Vec<_>>(),
        [
            (ReferenceKind::Link, "b.md", 2),
            (ReferenceKind::Image, "d.png", 16),
            (ReferenceKind::Image, "e&.png", 29),
        ]
    );
}

#[test]
fn a_link_has_a_text() {
    assert_eq!(page("[](b)"), "<p><a href=\"/at/b\">b</a></p>\n");
    assert!(page("[![](a.png)](b)").contains("<a href=\"/at/b\" aria-label=\"b\"><img"));
    assert_eq!(
        page("[a <http://b.example>](c)").matches("<a ").count(),
        1,
        "a link in a link is not valid"
    );
}

#[test]
fn tables_can_be_scrolled_and_read_out() {
    let html = page("|a|b||\n|-|-:|-|\n|1|2|3|\n\n|c|\n|-|\n");
    assert!(html.starts_with("<section class=\"table-wrap\" tabindex=\"0\" aria-label=\"Table\">"));
    assert!(
        html.contains("<th scope=\"col\" class=\"align-right\">b</th>\n<td></td>\n"),
        "{html}"
    );
    assert!(
        html.contains("aria-label=\"Table 2\""),
        "landmarks are told apart by name"
    );
}

#[test]
fn a_pull_quote_is_set_apart() {
    assert_eq!(
        page("> [!pullquote]\n> We *agreed*.\n\nb"),
        "<blockquote class=\"pullquote\">\n<p>We <em>agreed</em>.</p>\n</blockquote>\n<p>b</p>\n"
    );
    assert!(page("> [!PullQuote]\n> *a*").starts_with("<blockquote class=\"pullquote\">\n<p>"));
    for plain in ["> [!pullquotes]\n> a", "> a [!pullquote]", "[!pullquote]"] {
        assert!(page(plain).contains("[!pullquote"), "{plain}");
    }
    assert_eq!(scanned("> [!pullquote]\n> a\n\nb").summary, "b");
}

#[test]
fn alerts_tasks_and_code() {
    assert_eq!(
        page("> [!TIP]\n> a"),
        "<div class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Tip</p>\n\
         <p>a</p>\n</div>\n"
    );
    assert_eq!(
        page("- [x] a\n- [ ] b"),
        "<ul>\n<li><span class=\"task\" role=\"img\" aria-label=\"done\">☑</span> a</li>\n\
         <li><span class=\"task\" role=\"img\" aria-label=\"to do\">☐</span> b</li>\n</ul>\n"
    );
    assert_eq!(
        page("```x-y z\n<\n```"),
        "<pre tabindex=\"0\"><code class=\"language-x-y\">&lt;\n</code></pre>\n"
    );
    let coloured = Options {
        highlight: true,
        ..Options::default()
    };
    assert!(with("```rust\nfn a() {}\n```", &coloured).contains("class=\"hl-"));
    assert!(scanned("    code").has_code);
}

#[test]
fn footnotes_are_numbered_by_first_use() {
    let html = page("b[^B] a[^a] b[^b]\n\n[^a]: A[^c]\n[^b]: B\n[^c]: C\n[^d]: unused");
    let order: Vec<_> = html
        .match_indices("<li id=\"fn-")
        .map(|(at, _)| &html[at + 11..at + 12])
        .collect();
    assert_eq!(order, ["b", "a", "c"]);
    assert!(html.contains("b<sup class=\"footnote-ref\" id=\"fnref-b\"><a href=\"#fn-b\" role=\"doc-noteref\">1</a></sup>"));
    assert!(
        html.contains("id=\"fnref-b-2\"") && html.contains("href=\"#fnref-b-2\""),
        "{html}"
    );
    assert!(!html.contains("unused"));
    assert!(
        html.contains(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">"
        )
    );
}

#[test]
fn footnotes_within_each_other_end() {
    let html = page("a[^1]\n\n[^1]: b[^2]\n[^2]: c[^1]\n");
    assert_eq!(html.matches("<li id=").count(), 2);
    assert_eq!(html.matches("role=\"doc-backlink\"").count(), 3);
}

#[test]
fn typography_follows_the_language() {
    let text = "\"a 'b' c\" -- it's... '90s";
    assert_eq!(with(text, &smart("en")), "<p>“a ‘b’ c” – it’s… ’90s</p>\n");
    assert_eq!(with(text, &smart("de")), "<p>„a ‚b‘ c“ – it’s… ’90s</p>\n");
    assert_eq!(
        with(text, &smart("fr")),
        "<p>«\u{202F}a “b” c\u{202F}» – it’s… ’90s</p>\n"
    );
    assert_eq!(
        with("“a” \\\"b\\\" `\"c\"`", &smart("ru")),
        "<p>“a” \"b\" <code>\"c\"</code></p>\n"
    );
    assert_eq!(page(text), "<p>\"a 'b' c\" -- it's... '90s</p>\n");
    assert_eq!(scan("\"a\"", &smart("pl")).summary, "„a”");
}

#[test]
fn the_summary_is_the_first_text() {
    let summary = |body| scanned(body).summary;
    assert_eq!(
        summary("# T\n\n![alt](a.png)\n\nA *b*\n`c`[^1] &amp; [d](e).\n\n[^1]: F"),
        "A b c & d."
    );
    assert_eq!(summary("<h2>T</h2><p>A <b>b</b></p><p>c</p>"), "A b");
    assert_eq!(summary("<script>a</script>\n\nB"), "B");
    assert_eq!(summary(""), "");
    let long = summary(&"word ".repeat(100));
    assert!(
        long.ends_with("word…") && long.chars().count() <= 240,
        "{long}"
    );
    assert_eq!(scanned("# One\n\ntwo *thr*ee\n\n```\nfour\n```\n").words, 3);
}

#[test]
fn depth_is_told_and_borne() {
    let deep = |levels: usize| scanned(&format!("{}a", "> ".repeat(levels))).too_deep;
    assert_eq!(deep(DEEPEST), None);
    assert_eq!(deep(DEEPEST + 1), Some(2 * DEEPEST));
    let listing = format!("```\n{}\n```\n", "> ".repeat(300));
    assert_eq!(scanned(&listing).too_deep, None);
    // Far beyond what a stack would bear, were anything here recursive.
    for part in [
        "> ",
        "1. ",
        "*a ",
        "[",
        "<div>",
        "<b>",
        "<table><tr><td>",
        "![",
        "<a href=x>",
    ] {
        let body = part.repeat(100_000);
        scanned(&body);
        assert!(page(&body).len() < body.len() * 20);
    }
    let lazy = format!("{}a\n{}", "> ".repeat(5_000), "b\n".repeat(100_000));
    assert!(scanned(&lazy).too_deep.is_some());
    assert!(page(&lazy).starts_with("<p>"));
}

#[test]
fn the_words_of_the_markup_can_be_those_of_the_text() {
    let labels = Labels {
        note: "Remarque".into(),
        table: "Tableau \"1\"".into(),
        ..Labels::default()
    };
    let html = with(
        "> [!NOTE]\n> a\n\n|a|\n|-|\n",
        &Options {
            labels,
            ..Options::default()
        },
    );
    assert!(
        html.contains(">Remarque</p>") && html.contains("aria-label=\"Tableau &quot;1&quot;\"")
    );
}

/// The body of an article about Kim Jong-un in Hanoi.
fn mentioning(body: &str, html: RawHtml) -> String {
    let things = [
        (vec!["Kim Jong-un", "Kim"], Some("/kim/".to_owned())),
        (vec!["Hanoi"], Some("/hanoi/".to_owned())),
        (vec!["Secret"], None),
    ];
    let page = Surroundings {
        title_is_heading: true,
        mentions: Mentions::new(things),
        ..Surroundings::default()
    };
    let options = Options {
        html,
        ..smart("en")
    };
    to_html(body, &options, page, &resolve).html
}

#[test]
fn first_mentions_are_linked() {
    let page = |body| mentioning(body, RawHtml::Sanitize);
    assert_eq!(
        page(
            "# Kim\n\n## Hanoi\n\n[Hanoi](x) `Kim`\n\nKim\nJong-un's *Hanoi* and Kim in Hanoi, Secret.\n"
        ),
        "<h2 id=\"hanoi\">Hanoi</h2>\n<p><a href=\"/at/x\">Hanoi</a> <code>Kim</code></p>\n\
         <p><a class=\"mention\" href=\"/kim/\">Kim\nJong-un</a>’s \
         <em><a class=\"mention\" href=\"/hanoi/\">Hanoi</a></em> and Kim in Hanoi, Secret.</p>\n"
    );
    for apart in [
        "## Kim",
        "[Kim](dead)",
        "    Kim",
        "![Kim\nKim](a.png)",
        "<h3>Kim</h3>",
        "<pre>Kim</pre>",
        "<figure><figcaption>Kim</figcaption></figure>",
        "<a href=\"x\"><b>Kim</b></a>",
        "x <a>Kim</a>",
        "x[^1]\n\n[^1]: Kim",
    ] {
        assert!(!page(apart).contains("mention"), "{apart}");
    }
    let quoted = page("<div title=\"Kim\">Kim <b>x</b></div>\n\n> Hanoi");
    assert!(quoted.contains("<div title=\"Kim\"><a class=\"mention\" href=\"/kim/\">Kim</a> <b>"));
    assert!(quoted.contains("<blockquote>\n<p><a class=\"mention\" href=\"/hanoi/\">"));
}

#[test]
fn trusted_html_is_not_linked_within() {
    let page = |body| mentioning(body, RawHtml::Trust);
    let linked = page("<a href=\"x\">Kim</a> Kim <script>Hanoi</script>\n\n<h2>\n\nHanoi\n\n</h2>");
    assert_eq!(linked.matches("mention").count(), 1, "{linked}");
    assert!(linked.contains("<a href=\"x\">Kim</a> <a class=\"mention\""));
}
