use proptest::prelude::*;

use super::*;
use crate::content::markdown::{Options, Surroundings, Target, to_html};

fn read(html: &str, lines: bool) -> String {
    markdown(
        html,
        &Reading {
            lines,
            addresses: &AsTheyAre,
            notes: &[],
            below: true,
        },
    )
}

/// The page that morgue makes of a body.
fn page(body: &str) -> String {
    let options = Options::default();
    to_html(body, &options, Surroundings::default(), &|_, url| {
        Target::Url(url.to_owned())
    })
    .html
}

/// Text that Markdown would like to read as something else.
fn text() -> impl Strategy<Value = String> {
    // `~` stands for white space, which parts the bits.
    const BITS: &str = "a b~ ~c word 1. 2) * ** _ __ ` `` [ ] ( ) <b> &amp; & # ## + - --- = ! ![ | \u{223C} \u{223C}\u{223C} \\ > é 王 “ — ^ [^1] { } : :// {#x} [x]~ [!NOTE] &copy; . ' \" $ % @ http://a.example/b_c_d ...";
    let mut bits: Vec<String> = BITS
        .split(' ')
        .map(|bit| bit.replace('~', " ").replace('\u{223C}', "~"))
        .collect();
    bits.extend(["\n", "\n\n", "\t", "  ", "\u{a0}", "\r\n"].map(str::to_owned));
    prop::collection::vec(prop::sample::select(bits), 0..12).prop_map(|bits| {
        bits.concat()
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    })
}

/// Elements that stand in one another, each as its opening tags.
const NAMES: &str = "p|div|h2|h5|ul><li|ol><li|ol start=7><li|li|blockquote|pre|pre><code|table><tr><th|table><tr><td|td|th|tr|em|strong|b|i|a href=\"/x_y(z)\" title=\"t\"|a|code|sup|del|span|dl><dt|dd|figure|figure class=wp-block-embed|figure><img src=\"/g.jpg\"><figcaption|div class=gallery><img src=\"/h.jpg\"><p|p class=wp-caption-text|figcaption|small|u|center|font|cite|details><summary|article|section|label|q|ruby|rt|big|acronym";

fn enclosed((open, inner): (&str, Vec<String>)) -> String {
    let tags: Vec<&str> = open.split("><").collect();
    let opened: String = tags.iter().map(|tag| format!("<{tag}>")).collect();
    let name = |tag: &&str| format!("</{}>", tag.split(' ').next().unwrap_or_default());
    let closed: String = tags.iter().rev().map(name).collect();
    format!("{opened}{}{closed}", inner.concat())
}

fn html() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        8 => text(),
        1 => Just("<br>".to_owned()),
        1 => Just("<img src=\"/a_b.jpg\" alt=\"\">".to_owned()),
        1 => Just("<img class=alignleft src=\"/l.jpg\">".to_owned()),
        1 => Just("<hr>".to_owned()),
        1 => Just("\n\n".to_owned()),
        1 => Just(" ".to_owned()),
    ];
    let names: Vec<&str> = NAMES.split('|').collect();
    leaf.prop_recursive(5, 60, 5, move |inner| {
        (
            prop::sample::select(names.clone()),
            prop::collection::vec(inner, 0..5),
        )
            .prop_map(enclosed)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost_or_added(html in prop::collection::vec(html(), 1..5).prop_map(|parts| parts.concat()), lines: bool) {
        let body = read(&html, lines);
        let page = page(&body);
        prop_assert_eq!(words(&html), words(&page), "{}\n=>\n{}\n=>\n{}", html, body, page);
    }

    #[test]
    fn any_text_is_read(html in ".{0,200}", lines: bool) {
        read(&html, lines);
    }
}

#[test]
fn what_markdown_can_say_is_markdown() {
    for (html, markdown) in [
        (
            "<p>One <em>two</em> and <strong>three</strong>.</p><p>Four</p>",
            "One *two* and **three**.\n\nFour",
        ),
        ("a <em>b, </em>c", "a *b,* c"),
        ("<strong>Why?</strong> Because", "**Why?** Because"),
        ("a<em>?b</em>", "a<em>?b</em>"),
        ("<h2>Head <i>line</i></h2>", "## Head *line*"),
        (
            "<ul><li>a</li><li>b<ol start=\"3\"><li>c</li></ol></li></ul>",
            "- a\n\n- b\n\n  3. c",
        ),
        (
            "<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>",
            "- a\n\n- b\n\n  c",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        (
            "<pre class=\"language-rust\">fn a() {\n}\n</pre>",
            "```rust\nfn a() {\n}\n```",
        ),
        ("<a href=\"/a b\">x</a>", "[x](/a%20b)"),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td><b>2</b></td></tr></table>",
            "| a | b\\|c |\n| --- | --- |\n| 1 | **2** |",
        ),
        (
            "<figure><img src=\"/a.jpg\" alt=\"x\"><figcaption>Here.</figcaption></figure>",
            "![x](/a.jpg \"Here.\")",
        ),
        (
            "<a href=\"/a.jpg\"><img src=\"/a-300x200.jpg\" alt=\"x\"></a>",
            "![x](/a-300x200.jpg)",
        ),
        (
            "snake_case_name, 2 * 3 and a_ b",
            "snake_case_name, 2 \\* 3 and a\\_ b",
        ),
        ("1986. A year", "1986\\. A year"),
        (
            "AT&amp;T &amp;copy; x",
            "AT&T &copy x".replace("&copy x", "\\&copy; x").as_str(),
        ),
    ] {
        assert_eq!(read(html, false), markdown, "{html}");
    }
}

#[test]
fn lines_of_the_classic_editor_are_paragraphs() {
    assert_eq!(
        read(
            "one\ntwo\n\nthree <b>x\ny</b>\n\n\n<h3>four</h3>\nfive",
            true
        ),
        "one\\\ntwo\n\nthree <b>x\\\ny</b>\n\n### four\n\nfive"
            .replace("<b>", "**")
            .replace("</b>", "**")
    );
    assert_eq!(
        read(
            "<ul>\n\t<li>a</li>\n\t<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>",
            true
        ),
        "- a\n- b\n  1. c"
    );
}

#[test]
fn what_nests_too_deeply_keeps_its_words() {
    for tag in ["div", "blockquote", "em", "ul><li", "span"] {
        let tags: Vec<&str> = tag.split("><").collect();
        let open: String = tags.iter().map(|tag| format!("<{tag}>")).collect();
        let html = format!("{}deep</p>", open.repeat(3000));
        assert_eq!(words(&page(&read(&html, true))), ["deep"], "{tag}");
    }
}

#[test]
fn what_stands_apart_stays_apart() {
    let html = "<div class=\"wp-block-file\"><a href=\"/a.pdf\">A file</a><a href=\"/a.pdf\" class=\"wp-block-file__button\">Download</a></div>";
    assert_eq!(read(html, false), "[A file](/a.pdf) [Download](/a.pdf)");
    assert_eq!(words(html), ["A", "file", "Download"]);
    let html = "<figure class=\"wp-block-embed\"><div><p><a href=\"/a\">A film</a></p></div><figcaption>By Ann</figcaption></figure>";
    assert_eq!(
        read(html, false),
        "<figure>\n\n[A film](/a)\n\n<figcaption>By Ann</figcaption>\n</figure>"
    );
    let page = page(&read(html, false));
    assert_eq!(
        page.replace('\n', ""),
        "<figure><p><a href=\"/a\">A film</a></p><figcaption>By Ann</figcaption></figure>"
    );
}

#[test]
fn what_plays_elsewhere_stays_for_the_site_to_link() {
    assert_eq!(
        read(
            "<iframe src=\"https://a.example/v\" title=\"Film\" onload=\"x\"></iframe>",
            false
        ),
        "<iframe src=\"https://a.example/v\" title=\"Film\"></iframe>"
    );
    assert_eq!(
        read("<script>alert(1)</script>x<style>y</style>", false),
        "x"
    );
}

#[test]
fn pictures_in_one_frame_are_a_gallery() {
    let two = "![x](/a.jpg \"One\")\n![](/b.jpg)";
    for html in [
        // The block editor, now and before.
        "<figure class=\"wp-block-gallery\">\n<figure class=\"wp-block-image\"><a href=\"/a.jpg\"><img src=\"/a-300x200.jpg\" alt=\"x\"></a>\
         <figcaption>One</figcaption></figure>\n<figure><img src=\"/b.jpg\"></figure></figure>",
        "<ul class=\"wp-block-gallery columns-3\"><li class=\"blocks-gallery-item\"><figure><img src=\"/a.jpg\" alt=\"x\"><figcaption>One</figcaption>\
         </figure></li><li><figure><img src=\"/b.jpg\"></figure></li></ul>",
        // What themes write for the shortcode.
        "<div id=\"gallery-1\" class=\"gallery galleryid-3\"><style>a{}</style><dl class=\"gallery-item\"><dt><img src=\"/a.jpg\" alt=\"x\"></dt>\
         <dd class=\"wp-caption-text gallery-caption\">One</dd></dl><dl><dt><img src=\"/b.jpg\"></dt></dl><br style=\"clear: both\"></div>",
        "<div class=\"gallery\"><figure class=\"gallery-item\"><div><img src=\"/a.jpg\" alt=\"x\"></div><figcaption>One</figcaption></figure>\
         <figure><div><img src=\"/b.jpg\"></div></figure></div>",
        "<div class=\"tiled-gallery\"><div><div><img src=\"/a.jpg\" alt=\"x\"></div><div class=\"tiled-gallery-caption\">One</div></div>\
         <div><img src=\"/b.jpg\"><img src=\"data:image/gif;base64,x\"></div></div>",
        // Any others.
        "<figure><p><img src=\"/a.jpg\" alt=\"x\"></p><p class=\"wp-caption-text\">One</p><img src=\"/b.jpg\"></figure>",
    ] {
        let markdown = read(html, false).replace("-300x200", "");
        assert_eq!(markdown, two, "{html}");
    }
    for (html, markdown) in [
        (
            "<figure><figcaption>Before</figcaption><a href=\"/c\" title=\"d\"><picture><source srcset=\"/e\"><img src=\"/a.jpg\"></picture></a>\
             <img src=\"/b.jpg\" alt=\"\"></figure>",
            "Before\n\n[![](/a.jpg)](/c \"d\")\n![](/b.jpg)",
        ),
        (
            "<figure><img src=\"/a.jpg\"><img src=\"/b.jpg\"><figcaption>Both <em>of</em> them</figcaption></figure>",
            "![](/a.jpg)\n![](/b.jpg)\n\nBoth *of* them",
        ),
        (
            "<figure><figure><img src=\"/a.jpg\"><figcaption>By <a href=\"/c\">Ann</a></figcaption></figure><img src=\"/b.jpg\"></figure>",
            "<ul class=\"gallery\">\n<li><figure><img src=\"/a.jpg\" alt=\"\"><figcaption>By <a href=\"/c\">Ann</a></figcaption></figure></li>\n\
             <li><figure><img src=\"/b.jpg\" alt=\"\"></figure></li>\n</ul>",
        ),
        // One picture is a picture, and what has more than pictures is no gallery.
        (
            "<div class=\"gallery\"><figure><img src=\"/a.jpg\"><figcaption>One</figcaption></figure></div>",
            "![](/a.jpg \"One\")",
        ),
        (
            "<div class=\"gallery\"><p>Text</p><img src=\"/a.jpg\"><p><img src=\"/b.jpg\"></p></div>",
            "Text\n\n![](/a.jpg)\n\n![](/b.jpg)",
        ),
        (
            "<div><figure><img src=\"/a.jpg\"></figure><figure><img src=\"/b.jpg\"></figure></div>",
            "![](/a.jpg)\n\n![](/b.jpg)",
        ),
    ] {
        assert_eq!(read(html, false), markdown, "{html}");
        assert!(same(html, &page(markdown)), "{html}");
    }
}

#[test]
fn a_picture_that_leads_somewhere_keeps_its_line() {
    assert_eq!(
        read(
            "<figure><a href=\"/to\"><img src=\"/a.jpg\" alt=\"x\"></a><figcaption>Here.</figcaption></figure>",
            false
        ),
        "[![x](/a.jpg \"Here.\")](/to)"
    );
    assert_eq!(
        read(
            "<figure><img src=\"https://a.example/b.jpg\" alt=\"x\"><figcaption>Here.</figcaption></figure>",
            false
        ),
        "![x](https://a.example/b.jpg \"Here.\")"
    );
}

#[test]
fn pictures_beside_a_text_and_on_lines_of_their_own_stand_apart() {
    for (html, markdown) in [
        (
            "<img class=\"alignleft size-full\" src=\"/a.jpg\"> The rest.",
            "![](/a.jpg)\n\nThe rest.",
        ),
        (
            "One<a href=\"/b\"><img align=\"right\" src=\"/a.jpg\"></a>two\n<img src=\"/c.jpg\" style=\"float: left\">three",
            "[![](/a.jpg)](/b)\n\n![](/c.jpg)\n\nOne two\\\nthree",
        ),
        (
            "<img src=\"/a.jpg\">\nOne\n<a href=\"/b\"><img src=\"/c.jpg\"></a>\n<img src=\"/d.jpg\">\ntwo",
            "![](/a.jpg)\n\nOne\n\n[![](/c.jpg)](/b)\n\n![](/d.jpg)\n\ntwo",
        ),
        // A sign in a line stays there.
        (
            "Won by <img src=\"/flag.png\"> Ann",
            "Won by ![](/flag.png) Ann",
        ),
        (
            "<em>a <img class=\"alignleft\" src=\"/a.jpg\"> b</em>",
            "*a ![](/a.jpg) b*",
        ),
    ] {
        assert_eq!(read(html, true), markdown, "{html}");
        assert!(same(html, &page(markdown)), "{html}");
    }
}
