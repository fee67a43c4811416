//! What stands in a player is for those who cannot play it, and on no page; where it ends is what
//! the page and the scan must agree on.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

type Asked = BTreeSet<(ReferenceKind, String)>;

fn found(body: &str) -> Asked {
    let references = scanned(body).references.into_iter();
    references.map(|r| (r.kind, r.target)).collect()
}

/// What the page of a body asks about.
fn asked(body: &str) -> Asked {
    let asked = RefCell::new(Asked::new());
    let resolve = |kind: ReferenceKind, target: &str| {
        asked.borrow_mut().insert((kind, target.to_owned()));
        Target::Url(target.to_owned())
    };
    to_html(body, &Options::default(), Surroundings::default(), &resolve);
    asked.into_inner()
}

#[test]
fn a_scan_knows_where_a_player_ends() {
    for (body, targets) in [
        (
            "<video src=a>b <a href=c>d</a></video> <a href=e>f</a>",
            vec!["a", "e"],
        ),
        // What is left open ends with what it stands in, else with its block.
        (
            "<div>\n<video src=a>\n<a href=b>c</a>\n</div>\n<a href=d>e</a>",
            vec!["a", "d"],
        ),
        (
            "<p>x<audio src=a></p>\n<p><a href=b>c</a></p>",
            vec!["a", "b"],
        ),
        (
            "<div>\n\n<video src=a>\n</div><a href=b>c</a>",
            vec!["a", "b"],
        ),
        ("<video src=a>\n<a href=b>c</a>\n\n[d](e)", vec!["a", "e"]),
        ("<video src=a></audio><a href=b>c</a>", vec!["a"]),
        ("<ul><video src=a></ul><a href=b>c</a>", vec!["a", "b"]),
        // Where none can stand there is none.
        (
            "<div><a href=a><video src=b>c <img src=d></video></a></div>",
            vec!["a", "d"],
        ),
        (
            "<table><video src=a><tr><td><a href=b>c</a></td></tr></table>",
            vec!["b"],
        ),
        ("<source src=a><track src=b>", vec![]),
        // Within a line.
        (
            "a <video src=b> [c](d) ![e](f) <source src=g> <a href=h>i</a>\n\n[j](k)",
            vec!["b", "g", "k"],
        ),
        ("a <video src=b></video> [c](d)", vec!["b", "d"]),
        ("[a <video src=b><source src=c></video>](d)", vec!["d"]),
        (
            "a[^1]\n\n[^1]: <div><video src=b></div><a href=c>d</a>",
            vec!["b", "c"],
        ),
    ] {
        let targets: BTreeSet<&str> = targets.into_iter().collect();
        let found = found(body);
        let names: BTreeSet<&str> = found.iter().map(|(_, target)| target.as_str()).collect();
        assert_eq!(names, targets, "{body}");
        assert_eq!(found, asked(body), "{body}");
    }
}

#[test]
fn what_follows_a_player_that_is_left_open_is_read() {
    let body = "<div>\n<video src=a>b <p id=c>d</p>\n</div>\n<p id=e>f g</p>\n";
    let found = scanned(body);
    assert_eq!((found.words, found.anchors), (2, vec!["e".to_owned()]));
    assert_eq!(found.summary, "f g");
}

/// Blocks of HTML with players in all places, closed or not.
fn playing() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<video src=a>",
        "<audio>",
        "<source src=b>",
        "</video>",
        "</audio>",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table><tr><td>",
        "</table>",
        "<table>",
        "<a href=c>",
        "<img src=d alt=e>",
        "</a>",
        "f",
        "[g](h)",
        "![i](j)",
        "\n",
        "\n\n",
        "- ",
        "> ",
        "x ",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_page_asks_about_is_found(body in playing()) {
        let (found, asked) = (found(&body), asked(&body));
        let missed: Vec<_> = asked.difference(&found).collect();
        prop_assert!(missed.is_empty(), "{missed:?}\n{body}");
        // A page has a player only where it asked about what that plays.
        let played = |of: &Asked| -> Asked {
            let media = of.iter().filter(|(kind, _)| *kind == ReferenceKind::Media);
            media.cloned().collect()
        };
        prop_assert_eq!(played(&found), played(&asked), "{}", body);
    }
}
