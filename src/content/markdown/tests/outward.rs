//! What `check --external` asks for is what readers can follow.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn targets(body: &str) -> Vec<(ReferenceKind, String, usize)> {
    let outward = outward(body, &Options::default()).into_iter();
    outward.map(|r| (r.kind, r.target, r.offset)).collect()
}

#[test]
fn what_leads_out_is_found_at_its_place() {
    use ReferenceKind::{Image, Link};
    let body = "a [b](https://c.example/?d&amp;e) ![](//f.example/g.png) [in](../h.md)\n\n\
        <https://i.example> <j@k.example> `[l](https://m.example)`\n\n\
        <p><a href='http://n.example/'>o</a></p>\n\n[p]\n\n[p]: https://q.example\n";
    let found = targets(body);
    let expected = [
        (Link, "https://c.example/?d&e"),
        (Image, "//f.example/g.png"),
        (Link, "https://i.example"),
        (Link, "http://n.example/"),
        (Link, "https://q.example"),
    ];
    let kinds: Vec<_> = found.iter().map(|(k, t, _)| (*k, t.as_str())).collect();
    assert_eq!(kinds, expected);
    for ((_, _, offset), start) in found.iter().zip(["[b]", "![]", "<https", "<a", "[p]\n\n["]) {
        assert!(body[*offset..].starts_with(start), "{}", &body[*offset..]);
    }
    assert!(targets("Words, and nothing else.\n").is_empty());
    // HTML that is trusted is on the page as it is.
    let trusting = Options {
        html: RawHtml::Trust,
        ..Options::default()
    };
    assert_eq!(
        outward("<a href=https://a.example>b</a>", &trusting).len(),
        1
    );
}

/// Texts with links of all forms, in any order and not always whole.
fn linking() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[a](https://1.example)",
        "![b](https://2.example/x.png)",
        "<https://3.example>",
        "[c]",
        "\n\n[c]: https://4.example\n\n",
        "<a href=\"https://5.example\">",
        "</a>",
        "<video src=https://6.example/x.mp4></video>",
        "<iframe src=https://www.youtube.com/embed/x></iframe>",
        "<audio controls><source src=https://7.example/x.mp3></audio>",
        "![[e](https://8.example)](f.png)",
        "[^1]",
        "\n\n[^1]: [g](https://9.example)\n\n",
        "# ",
        "> ",
        "- ",
        "|a|\n|-|\n",
        "`",
        "*",
        "[",
        "](https://10.example)",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "\n",
        "\n\n",
        "    ",
        "text ",
    ]);
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_page_links_to_is_found(body in linking()) {
        let found: BTreeSet<String> = targets(&body).into_iter().map(|(_, t, _)| t).collect();
        let html = page(&body);
        for tag in html.split("<a ").skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let Some(href) = tag.split("href=\"").nth(1) else { continue };
            let address = href.split('"').next().unwrap_or_default();
            let leads_out = address.starts_with("https://");
            prop_assert!(!leads_out || found.contains(address), "{address}\n{html}");
        }
    }
}
