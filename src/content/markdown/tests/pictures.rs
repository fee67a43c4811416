//! Pictures, their captions, and galleries.

use super::*;

#[test]
fn pictures_and_figures() {
    assert_eq!(
        page("![a *b*](c.png \"d & e\")"),
        "<figure><img src=\"/at/c.png\" alt=\"a b\" decoding=\"async\">\
         <figcaption>d &amp; e</figcaption></figure>\n"
    );
    assert_eq!(
        page("![](c.png)<img src=d.png>"),
        "<p><img src=\"/at/c.png\" alt=\"\" decoding=\"async\">\
         <img src=\"/at/d.png\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
    let sized = |body| {
        let resolve = |_, target: &str| Target::Picture(target.to_owned(), (40, 30));
        let page = Surroundings {
            pictures_above: true,
            ..Surroundings::default()
        };
        to_html(body, &Options::default(), page, &resolve).html
    };
    let lazy = "loading=\"lazy\" decoding=\"async\"";
    assert_eq!(
        sized("![a](c.png \"d\")"),
        format!(
            "<figure><img src=\"c.png\" alt=\"a\" width=\"40\" height=\"30\" {lazy}><figcaption>d</figcaption></figure>\n"
        )
    );
    assert_eq!(
        sized("<img src=c.png width=9>"),
        format!("<img src=\"c.png\" alt=\"\" width=\"9\" {lazy}>")
    );
    assert!(page("![a](c.png \"d\") x").contains("title=\"d\""));
    assert_eq!(page("![](dead.png)"), "");
}

#[test]
fn pictures_a_line_are_a_gallery() {
    assert_eq!(
        page("![a](c.png \"d & e\")\n![f](g.png)\n[![h](i.png \"j\")](k)\n\nl"),
        "<ul class=\"gallery\">\n\
         <li><figure><img src=\"/at/c.png\" alt=\"a\" decoding=\"async\"><figcaption>d &amp; e</figcaption></figure></li>\n\
         <li><img src=\"/at/g.png\" alt=\"f\" loading=\"lazy\" decoding=\"async\"></li>\n\
         <li><figure><a href=\"/at/k\"><img src=\"/at/i.png\" alt=\"h\" loading=\"lazy\" decoding=\"async\"></a>\
         <figcaption>j</figcaption></figure></li>\n</ul>\n<p>l</p>\n"
    );
    assert_eq!(
        page(
            "> ![a *b* ![c](d)](dead.png)\n> ![](dead.png \"e\")\n> ![](dead.png)\n> ![f](https://a.example/f.jpg \"g\")"
        ),
        "<blockquote>\n<ul class=\"gallery\">\n<li>a b c</li>\n<li><figure><figcaption>e</figcaption></figure></li>\n\
         <li><figure><a class=\"distant-picture\" href=\"https://a.example/f.jpg\">f</a><figcaption>g</figcaption></figure></li>\n\
         </ul>\n</blockquote>\n"
    );
    assert_eq!(page("![](dead.png)\n![](dead.png)"), "");
    for item in [
        "- ![a](b)\n  ![c](d)",
        "- ![a](b)\n  ![c](d)\n  - e",
        "1. ![a](b)\n   ![c](d)\n   > e",
        "- ![a](b)\n  ![c](d)\n  ***",
        "- ![a](b)\n  ![c](d)\n\n- e",
    ] {
        let html = page(item);
        assert!(html.contains("<li>\n<ul class=\"gallery\">\n"), "{html}");
    }
    assert!(page("a[^1]\n\n[^1]: b\n\n    ![](c)\n    ![](d)").contains("<ul class=\"gallery\">"));
    for none in [
        "![a](b) ![c](d)",
        "![a](b)\\\n![c](d)",
        "![a](b)\n![c](d) e",
        "![a](b)\n*![c](d)*",
        "[![a](b)e](f)\n![c](d)",
        "![a](b)\n<br>\n![c](d)",
        "![a](b)\n[c](d)",
        "- a\n  ![a](b)\n  ![c](d)",
    ] {
        let html = page(none);
        assert!(
            !html.contains("gallery") && html.matches("<img").count() <= 2,
            "{html}"
        );
    }
    let plain = Options {
        headings: Headings::AsWritten,
        ..Options::default()
    };
    assert_eq!(
        with("![a](b)\n![c](d \"e\")", &plain),
        "<p><img src=\"/at/b\" alt=\"a\">\n<img src=\"/at/d\" alt=\"c\" title=\"e\"></p>\n"
    );
    let found = scanned("![a](b)\n![c](d \"e\")\n\nf g");
    assert_eq!((found.words, found.summary.as_str()), (2, "f g"));
}

#[test]
fn a_picture_of_another_host_has_a_name_that_can_be_read() {
    let address = "https://www.a.example/2012/IMG_0815-1024x768.jpg?w=600";
    for (body, name) in [
        (format!("x ![b]({address} \"c\")"), "b"),
        (format!("x ![]({address} \"c\")"), "c"),
        (format!("x ![]({address})"), "Picture at a.example"),
        (format!("![ ]({address} \"c\")"), "Picture at a.example"),
        (format!("<img src='{address}' alt='' title='d'>"), "d"),
        (format!("<img src='{address}'>"), "Picture at a.example"),
        (
            "![](//u@b.example:80/c.png)".into(),
            "Picture at b.example:80",
        ),
        ("![](ftp:c.png)".into(), "ftp:c.png"),
    ] {
        let html = page(&body);
        assert!(html.contains(&format!("\">{name}</a>")), "{html}");
    }
    let linked = page(&format!("[![]({address})](b)"));
    assert_eq!(
        linked,
        "<p><a href=\"/at/b\">Picture at a.example</a></p>\n"
    );
    let german = Options {
        labels: Labels {
            picture_at: "Bild auf {host}".into(),
            ..Labels::default()
        },
        ..Options::default()
    };
    let html = with(&format!("![]({address})"), &german);
    assert!(html.contains(">Bild auf a.example</a>"), "{html}");
}

#[test]
fn a_caption_stays_without_its_picture() {
    assert_eq!(
        page(
            "![a](https://a.example/f.jpg \"b\")\n\n[![c](d.png \"e\")](f)\n\n![g](dead.png \"h\")"
        ),
        "<figure><a class=\"distant-picture\" href=\"https://a.example/f.jpg\">a</a><figcaption>b</figcaption></figure>\n\
         <figure><a href=\"/at/f\"><img src=\"/at/d.png\" alt=\"c\" decoding=\"async\"></a><figcaption>e</figcaption></figure>\n\
         <figure>g<figcaption>h</figcaption></figure>\n"
    );
}

#[test]
fn what_a_caption_says_is_heard_once() {
    assert!(page("![ b *c*](d \"b c\")").contains("<img src=\"/at/d\" alt=\"\" decoding"));
    for (named, part) in [
        ("[![b](d \"b\")](e)", "alt=\"b\""),
        ("![b](https://a.example/d \"b\")", ">b</a>"),
        ("![b](d \"b.\")", "alt=\"b\""),
        ("![b](d \"b\")\n![b](e)", "/e\" alt=\"b\""),
    ] {
        assert!(page(named).contains(part), "{}", page(named));
    }
}
