//! What is told of plain paragraphs without parsing is what parsing tells.

use proptest::prelude::*;

use super::*;
use crate::content::markdown::events::parsed_events;
use crate::content::markdown::prose::{Stretch, Stretches};
use crate::content::markdown::scan::Scanner;

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

/// What parsing all of a body tells.
fn parsed(body: &str, options: &Options) -> (Scan, String) {
    let mut scanner = Scanner::new(body, options);
    scanner.read(parsed_events(body, options));
    let writer = writer::Writer::new(options, &resolve, body.len());
    let events = parsed_events(body, options).map(|(event, _)| event);
    (scanner.told(), written(events, writer, false).html)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_told_without_parsing_is_what_parsing_tells(text in prose(), rest in prose()) {
        for options in [Options::default(), smart("fr"), smart("en")] {
            for text in [text.clone(), format!("The talks {text}"), format!("\nOne.\n\nTwo {text}\n\nThree {rest}\n")] {
                let told = (scan(&text, &options), with(&text, &options));
                prop_assert_eq!(told, parsed(&text, &options), "{:?}", text);
            }
        }
    }
}

#[test]
fn plain_paragraphs_are_told_from_the_rest() {
    let plain = "\nHANOI (AP) — “No deal,” he\nsaid: it's off.\n\n\"Why?\" 3/4 of them asked.\n";
    let stretches: Vec<Stretch<'_>> = Stretches::new(plain, true).collect();
    let prose = Stretch::Prose;
    assert_eq!(
        stretches,
        [
            prose("HANOI (AP) — “No deal,” he\nsaid: it's off."),
            prose("\"Why?\" 3/4 of them asked.")
        ]
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
        "a\n\n```\nb\n\nc\n```",
        "'Tis",
        "say \"a",
    ] {
        let stretches: Vec<Stretch<'_>> = Stretches::new(marked, true).collect();
        assert_eq!(stretches, [Stretch::Marked(marked, 0)]);
    }
    let mixed: Vec<Stretch<'_>> = Stretches::new("# A\n\nb\n\n\n- c\n\n  d\n", true).collect();
    let marked = Stretch::Marked;
    assert_eq!(
        mixed,
        [marked("# A\n\n", 0), prose("b"), marked("- c\n\n  d\n", 9)]
    );
}
