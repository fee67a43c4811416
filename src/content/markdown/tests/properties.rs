//! What holds for any text.

use proptest::prelude::*;

use super::*;

/// Texts of the pieces that matter, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# ",
        "## ",
        "> ",
        "- ",
        "1. ",
        "\n",
        "\n\n",
        "    ",
        "  ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~",
        "[a](b)",
        "[a",
        "](c)",
        "![d](e \"f\")",
        "![](g)",
        "![](g)\n",
        "\n\n![d](e \"f\")\n![](g)\n",
        "\n\n[![d](e \"f\")](h)\n",
        "[^1]",
        "[^1]: ",
        "\"",
        "'",
        "|a|b|\n|-|-|\n",
        "|",
        "&amp;",
        "&",
        "<",
        ">",
        "\\",
        "text",
        "дом",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=\"x\">",
        "</a>",
        "<a href='javascript:x'>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</table>",
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "<svg>",
        "</svg>",
        "<!--",
        "-->",
        "<details>",
        "<summary>",
        "</details>",
        "<h1>",
        "</h3>",
        "<dl>",
        "<dt>",
        "<style>",
        "<span id=\"top\">",
        "</span>",
        "<figure>",
        "<figcaption>",
        "<br>",
        "<ruby>",
        "<rt>",
        "> [!NOTE]\n",
        "- [x] ",
        "{#i}",
        "[x](javascript:y)",
        "<ins>",
        "</ins>",
        "<pre>",
        "</pre>",
        "<math>",
        "<select>",
        "<video src=v>",
        "<video>",
        "</video>",
        "<source src=s>",
        "<audio src=https://a.example/>",
        "<iframe src=https://www.youtube.com/embed/x>",
        "</iframe>",
        "<object>",
        "<embed src=e>",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// The tags of a fragment, in order, without their attributes.
fn tags(html: &str) -> Vec<String> {
    let tag = |part: &str| part.split([' ', '>']).next().unwrap_or_default().to_owned();
    html.split('<').skip(1).map(tag).collect()
}

fn check(body: &str) -> Result<(), TestCaseError> {
    let options = smart("fr");
    let html = with(body, &options);
    prop_assert_eq!(&html, &with(body, &options), "the same twice");
    let lower = html.to_lowercase();
    for evil in [
        "<script",
        "<style",
        "<svg",
        "<iframe",
        "href=\"javascript",
        "src=\"javascript",
    ] {
        prop_assert!(!lower.contains(evil), "{evil} in {html}");
    }
    for part in html.split('<').skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        prop_assert!(
            !tag.contains(" on") && !tag.contains(" style="),
            "{tag} in {html}"
        );
    }
    let tag = |part: &'_ str| part.split('>').next().unwrap_or_default().to_owned();
    let id = |tag: String| Some(tag.split_once(" id=\"")?.1.split('"').next()?.to_owned());
    let mut ids: Vec<String> = html.split('<').skip(1).map(tag).filter_map(id).collect();
    let scan = scan(body, &options);
    let in_page = ids.iter().filter(|id| scan.headings.contains(id)).count();
    prop_assert_eq!(
        in_page,
        scan.headings.len(),
        "{:?} in {}",
        scan.headings,
        html
    );
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    prop_assert_eq!(ids.len(), count, "an id twice in {}", html);
    // A browser reads it as the writer wrote it: nothing is moved, closed or opened.
    let mut writer = writer::Writer::new(&options, &resolve, 0);
    let events = events::events(body, &options).map(|(event, _)| event);
    figures::Parts::new(events, true).for_each(|part| writer.part(part));
    let (html, _) = writer.finish();
    let optional = |tag: &String| !matches!(tag.trim_start_matches('/'), "tbody" | "colgroup");
    let read = tags(&allowed::clean(&html))
        .into_iter()
        .filter(optional)
        .collect::<Vec<_>>();
    let written = tags(&html).into_iter().filter(optional).collect::<Vec<_>>();
    prop_assert_eq!(read, written, "{}", html);
    for html in [RawHtml::Escape, RawHtml::Trust] {
        with(
            body,
            &Options {
                html,
                ..Options::default()
            },
        );
        super::scan(
            body,
            &Options {
                html,
                ..Options::default()
            },
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_borne(body in any::<String>()) {
        check(&body)?;
    }

    #[test]
    fn any_mixture_of_markup_is_borne(body in pieces()) {
        check(&body)?;
    }
}
