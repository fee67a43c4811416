//! What becomes of HTML in a text.

use super::*;

#[test]
fn html_by_setting() {
    let body = "a <b onclick=\"c\">d</b> <script>e</script>\n\n<div style=\"f\">g</div>\n";
    let html = |html| {
        with(
            body,
            &Options {
                html,
                ..Options::default()
            },
        )
    };
    assert_eq!(
        html(RawHtml::Sanitize),
        "<p>a <b>d</b> </p>\n<div>g</div>\n"
    );
    assert!(html(RawHtml::Trust).contains("<script>e</script>"));
    assert!(!html(RawHtml::Escape).contains("<b") && html(RawHtml::Escape).contains("&lt;b"));
    let removed = scanned(body).removed_html;
    assert_eq!(
        removed,
        [RemovedHtml {
            element: "script".into(),
            offset: 23
        }]
    );
}

#[test]
fn html_is_repaired() {
    for (broken, whole) in [
        (
            "<table><tr><th>a<th id=b scope=col colspan=2> </tr></table>",
            "<table><tbody><tr><th scope=\"col\">a</th><td id=\"b\" colspan=\"2\"> </td></tr></tbody></table>",
        ),
        (
            "<pre>a <b>c</b></pre>",
            "<pre tabindex=\"0\">a <b>c</b></pre>",
        ),
        ("<div>\n\n*a*\n\n</div>", "<div>\n<p><em>a</em></p>\n</div>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>a</ul>", "<ul><li>a</li></ul>"),
        ("<p>a <b>b<p>c", "<p>a <b>b</b></p><p>c</p>"),
        ("<div><b><p>a</p></b></div>", "<div><b></b><p>a</p></div>"),
        ("</div></b>", ""),
        ("<td>a</td>", "a"),
        ("<h3> </h3><p>a <a href=x></a>", "<p>a </p>"),
        ("<ul><dd>a</ul>", "<ul><li>a</li></ul>"),
        (
            "<details></details>",
            "<details><summary>Details</summary></details>",
        ),
        ("<aside>a</aside>", "<div role=\"note\">a</div>"),
        ("<time>a</time>", "<p><span>a</span></p>"),
        ("a <div>b</div>", "<p>a b</p>"),
        ("<center><font color=red>a</font></center>", "a"),
        (
            "<details><p>a</p></details>",
            "<details><summary>Details</summary><p>a</p></details>",
        ),
        (
            "<details open><summary>a</summary></details>",
            "<details open><summary>a</summary></details>",
        ),
        ("<h1>a</h1><h3>b</h3>", "<h2>a</h2><h3>b</h3>"),
        (
            "> <div>a\n\nb",
            "<blockquote>\n<div>a\n</div>\n</blockquote>\n<p>b</p>",
        ),
        (
            "<a href=x><a href=y>z</a></a>",
            "<p><a href=\"/at/x\">z</a></p>",
        ),
        (
            "<img src=a.png width=100% height=5>",
            "<img src=\"/at/a.png\" alt=\"\" height=\"5\" decoding=\"async\">",
        ),
        (
            "<table><tr><th>a<td>b</table>",
            "<table><tbody><tr><th scope=\"col\">a</th><td>b</td></tr></tbody></table>",
        ),
    ] {
        let html = page(broken);
        let lines = html.trim().starts_with(whole);
        assert!(lines, "{broken}\n{html}");
    }
}

#[test]
fn ids_of_html_are_kept_once() {
    let found = scanned("<a name=\"x\"></a> <b id=\"y\">b</b> <i id=\"y\">c</i>\n\n# X");
    assert_eq!(
        (found.anchors, found.headings),
        (vec!["x".into(), "y".into()], vec!["x-2".into()])
    );
    assert_eq!(
        page("<a name=\"x\"></a> <b id=\"x\">b</b>"),
        "<p><span id=\"x\"></span> <b>b</b></p>\n"
    );
}

#[test]
fn what_could_run_is_dead_without_asking() {
    let dead = "<p><span class=\"dead-link\">a</span></p>\n";
    for url in [
        "javascript:a",
        "JAVASCRIPT:a",
        "&#106;avascript:a",
        "data:text/html,a",
        "vbscript:a",
    ] {
        assert_eq!(page(&format!("[a](<{url}>)")), dead, "{url}");
        assert_eq!(
            page(&format!("x <a href=\"{url}\">a</a>")),
            dead.replace("<p>", "<p>x "),
            "{url}"
        );
    }
    let evil = |_: ReferenceKind, _: &str| Target::Url("javascript:b".into());
    assert_eq!(
        to_html(
            "[a](b)",
            &Options::default(),
            Surroundings::default(),
            &evil
        )
        .html,
        dead
    );
    assert_eq!(page("![a](data:image/png;base64,x)"), "<p>a</p>\n");
    assert_eq!(scanned("[a](javascript:b)").references.len(), 1);
}

#[test]
fn embeds_become_links() {
    let link = |address: &str, label: &str| {
        format!("<p class=\"embed\"><a href=\"{address}\" rel=\"noopener\">{label}</a></p>")
    };
    for (body, whole) in [
        (
            "<iframe src=\"https://www.youtube.com/embed/x?a=1&amp;start=5\"></iframe>",
            link("https://www.youtube.com/watch?v=x&amp;t=5s", "youtube.com"),
        ),
        (
            "<iframe title='The \"talks\"' src=//player.vimeo.com/video/7>a</iframe>",
            link("https://vimeo.com/7", "The \"talks\""),
        ),
        (
            "<div><object><param name=movie><embed src=\"http://www.youtube.com/v/y\"></object></div>",
            format!(
                "<div>{}</div>",
                link("https://www.youtube.com/watch?v=y", "youtube.com")
            ),
        ),
        (
            "<video><source src=https://a.example/b.mp4>no</video>",
            format!(
                "<p>{}</p>",
                "<a class=\"embed\" href=\"https://a.example/b.mp4\" rel=\"noopener\">a.example</a>"
            ),
        ),
        (
            "a <iframe src=map.html></iframe>",
            "<p>a <a class=\"embed\" href=\"/at/map.html\" rel=\"noopener\">map.html</a></p>"
                .into(),
        ),
        (
            "<script src=\"https://gist.github.com/u/1.js\"></script>",
            link("https://gist.github.com/u/1", "gist.github.com"),
        ),
        (
            "<div class=fb-post data-href=https://www.facebook.com/p/1></div>",
            format!(
                "<div>{}</div>",
                link("https://www.facebook.com/p/1", "facebook.com")
            )
            .replace("<div>", "<div class=\"fb-post\">"),
        ),
        ("<iframe src=\"javascript:a\"></iframe>", String::new()),
        ("<iframe src=\"dead.html\"></iframe>", String::new()),
        ("<video src=dead.mp4>no</video>", String::new()),
    ] {
        assert_eq!(page(body).trim(), whole, "{body}");
    }
    assert_eq!(scanned("<iframe src=https://a.example/>").removed_html, []);
    let removed = scanned("<iframe></iframe><script src=a.js></script>").removed_html;
    assert_eq!(removed.len(), 2);
}

#[test]
fn films_of_the_site_are_played_when_asked() {
    let film = "<video controls preload=\"none\" src=\"/at/a.mp4\" poster=\"/at/p.png\" width=\"9\">\
                <track src=\"/at/c.vtt\" kind=\"captions\" srclang=\"en\"></video>";
    let body = "<video autoplay src=a.mp4 width=9 poster=p.png><track kind=captions src=c.vtt srclang=en>no <a href=x>x</a></video>";
    assert_eq!(page(body), format!("<p>{film}</p>\n"));
    assert_eq!(
        page(&format!("<div>\n{body}\n</div>")).trim(),
        format!("<div>\n{film}\n</div>")
    );
    let sound = "<audio controls>\n<source src=a.ogg type=audio/ogg><source src=https://a.example/b><p>no</p></audio> after";
    assert_eq!(
        page(sound).trim(),
        "<audio controls preload=\"none\"><source src=\"/at/a.ogg\" type=\"audio/ogg\"></audio> after"
    );
    let scan = scanned(body);
    let targets: Vec<&str> = scan.references.iter().map(|r| r.target.as_str()).collect();
    assert_eq!(targets, ["a.mp4", "p.png", "c.vtt"]);
    assert_eq!((scan.words, scan.summary.as_str()), (0, ""));
}
