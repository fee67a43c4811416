//! What is told without parsing is what parsing tells.

use proptest::prelude::*;

use super::*;
use crate::content::markdown::scan::parsed;
use crate::content::markdown::unmarked;

/// Pieces of newspaper prose, and signs that mean something at some places only.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "The talks",
        " ",
        "  ",
        " ended",
        "\n",
        "\n\n",
        "\n\n\n",
        "it's",
        "'90s",
        "\"No,\" ",
        "“No,”",
        "‘a’",
        "(AP)",
        "...",
        "…",
        "a-b",
        "--",
        "—",
        " – ",
        "1,000",
        "3/4",
        "1984 ",
        "2. ",
        "2) ",
        "$5",
        "50%",
        "@home",
        "a+b",
        "x=y",
        "=",
        "-",
        "+",
        "===",
        ": ",
        ":",
        "; ",
        "? ",
        "! ",
        "!",
        "http://x.example/a?b=c",
        "{#id}",
        "{",
        "}",
        "é",
        "и",
        "峰会",
        "かな",
        "\u{a0}",
        "\u{2028}",
        "\u{200b}",
        "e\u{301}",
        "\u{85}",
        "\t",
        "\r\n",
        "\u{0}",
        "*",
        "_",
        "[a]",
        "&amp;",
        "#",
        "|",
        ".",
        ",",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_told_without_parsing_is_what_parsing_tells(text in prose(), rest in prose()) {
        for options in [Options::default(), smart("fr"), smart("en")] {
            for text in [text.clone(), format!("The talks {text}"), format!("\nOne.\n\nTwo {text}\n\nThree {rest}\n")] {
                prop_assert_eq!(scan(&text, &options), parsed(&text, &options), "{:?}", text);
            }
        }
    }
}

#[test]
fn prose_is_told_by_its_first_paragraph() {
    let plain = "\nHANOI (AP) — “No deal,” he\nsaid: it's off.\n\n\"Why?\" 3/4 of them asked.\n";
    assert_eq!(
        unmarked::first_paragraph(plain, &smart("en")),
        Some("HANOI (AP) — “No deal,” he\nsaid: it's off.")
    );
    for marked in [
        "a *b*",
        "a\n===",
        "- a",
        "1. a",
        "    a",
        "a -- b",
        "a\r\nb",
        "a &amp; b",
        "a\n\nb\n\n# c",
    ] {
        assert_eq!(
            unmarked::first_paragraph(marked, &smart("en")),
            None,
            "{marked:?}"
        );
    }
}
