//! The examples of the CommonMark specification, version 0.31.2.
//!
//! Every example must come out as the specification says, but for those listed in
//! [`DIFFERENT`], where something reads or writes the same text otherwise on purpose. For plain
//! CommonMark none is listed: none of the extensions touches any of the 652. For a page, the
//! attributes it adds are left out of the comparison, and the rest is listed.

use std::collections::BTreeMap;

use morgue::content::markdown::{Headings, Options, RawHtml, Surroundings, Target, to_html};
use serde::Deserialize;

/// What comes out otherwise on a page, and why.
const DIFFERENT: &[(&str, &[u32])] = &[
    (
        "the page has the h1, so headings begin at h2 and skip no level",
        &[
            10, 62, 66, 67, 68, 72, 73, 74, 75, 76, 78, 80, 81, 82, 83, 84, 115, 141, 214, 215,
            227, 228, 229, 230, 232, 300, 646, 647,
        ],
    ),
    ("a heading without text is left out", &[79]),
    ("a link without text shows where it leads", &[484]),
    (
        "a picture with a title alone in its paragraph is a figure",
        &[572, 573, 576, 577, 584, 585, 586, 588, 589, 591],
    ),
];

#[derive(Deserialize)]
struct Example {
    example: u32,
    section: String,
    markdown: String,
    html: String,
}

#[test]
fn plain_commonmark_is_as_specified() {
    let different = differences(Headings::AsWritten, |html| html);
    if let Some((number, texts)) = different.first_key_value() {
        panic!("example {number}\n{texts}");
    }
}

#[test]
fn a_page_differs_only_where_it_should() {
    let mut different = differences(Headings::Article, without_additions);
    for (reason, numbers) in DIFFERENT {
        for number in *numbers {
            assert!(
                different.remove(number).is_some(),
                "{number} agrees, not different: {reason}"
            );
        }
    }
    let numbers: Vec<_> = different.keys().collect();
    if let Some((number, texts)) = different.first_key_value() {
        panic!("not listed: {numbers:?}; example {number}\n{texts}");
    }
}

/// The examples that come out otherwise, with what was given, wanted and got.
fn differences(headings: Headings, leave_out: fn(String) -> String) -> BTreeMap<u32, String> {
    let examples: Vec<Example> =
        serde_json::from_str(include_str!("data/commonmark-0.31.2/examples.json"))
            .unwrap_or_else(|error| panic!("the examples are JSON: {error}"));
    assert_eq!(examples.len(), 652);
    let options = Options {
        html: RawHtml::Trust,
        headings,
        ..Options::default()
    };
    let unchanged = |_, target: &str| Target::Url(target.to_owned());
    let mut different = BTreeMap::new();
    for Example {
        example,
        section,
        markdown,
        html,
    } in examples
    {
        let ours =
            leave_out(to_html(&markdown, &options, Surroundings::default(), &unchanged).html);
        if normal(&ours) != normal(&html) {
            different.insert(
                example,
                format!("{section}\n{markdown}\n--- {html}\n--- {ours}"),
            );
        }
    }
    different
}

/// What a page adds to make code, pictures and headings better to use.
fn without_additions(html: String) -> String {
    let html = html
        .replace("<pre tabindex=\"0\">", "<pre>")
        .replace(" loading=\"lazy\"", "")
        .replace(" decoding=\"async\"", "");
    let mut out = String::new();
    for (index, part) in html.split("<h").enumerate() {
        let heading = part.starts_with(|c: char| c.is_ascii_digit());
        let added = part
            .split_once(" id=\"")
            .filter(|(before, _)| heading && before.len() == 1);
        out.push_str(if index > 0 { "<h" } else { "" });
        match added.and_then(|(level, rest)| Some((level, rest.split_once('"')?.1))) {
            Some((level, rest)) => out.extend([level, rest]),
            None => out.push_str(part),
        }
    }
    out
}

#[test]
fn only_what_makes_no_difference_is_left_out() {
    assert_eq!(normal("<p>a\n b<br />\nc</p>\n"), normal("<p>a b<br>c</p>"));
    assert_eq!(
        normal("<a title=\"&quot;\" href='x'>"),
        normal("<a href=\"x\" title='\"'>")
    );
    for (one, other) in [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a</p>", "<div>a</div>"),
        ("<a href=\"x\">a</a>", "<a href=\"y\">a</a>"),
        (
            "<pre><code>a\n b</code></pre>",
            "<pre><code>a b</code></pre>",
        ),
        ("<p>&lt;b></p>", "<p><b></p>"),
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
    ] {
        assert_ne!(normal(one), normal(other));
    }
}

/// HTML without what makes no difference: white space between blocks, the order of attributes,
/// the slash of empty elements, how a character is escaped. This is the idea of `normalize.py`
/// in the specification's own test runner.
fn normal(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    let mut in_pre = false;
    while let Some(start) = rest.find('<') {
        push_text(&mut text, &rest[..start], in_pre);
        rest = &rest[start..];
        let end = tag_end(rest);
        let tag = &rest[..end];
        rest = &rest[end..];
        let name: String = tag[1..]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        if name == "pre" {
            in_pre = !tag.starts_with("</");
        }
        if is_block(&name) {
            text.truncate(text.trim_end().len());
            text.push('\n');
            text.push_str(&normal_tag(tag, &name));
            text.push('\n');
        } else {
            text.push_str(&normal_tag(tag, &name));
        }
    }
    push_text(&mut text, rest, in_pre);
    text.trim().to_owned()
}

/// Where a tag, comment or instruction at the start of `html` ends.
fn tag_end(html: &str) -> usize {
    let plain = |end: &str| html.find(end).map_or(html.len(), |at| at + end.len());
    if html.starts_with("<!--") {
        return plain("-->");
    }
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    plain(">")
}

fn normal_tag(tag: &str, name: &str) -> String {
    if name.is_empty() || tag.starts_with("</") {
        return tag.to_owned();
    }
    let inside = tag
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim_end_matches('/');
    let mut attributes = Vec::new();
    let mut rest = inside[name.len().min(inside.len())..].trim();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            attributes.push(format!(" {key}"));
            rest = after;
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        attributes.push(format!(" {}=\"{}\"", key.to_lowercase(), unescape(value)));
        rest = after.trim_start();
    }
    attributes.sort();
    format!("<{name}{}>", attributes.concat())
}

fn push_text(text: &mut String, more: &str, in_pre: bool) {
    let more = unescape(more);
    if in_pre {
        return text.push_str(&more);
    }
    for c in more.chars() {
        // Spaces and line ends only: a no-break space is a character.
        if !matches!(c, ' ' | '\t' | '\n') {
            text.push(c);
        } else if !text.ends_with([' ', '\n']) && !text.is_empty() {
            text.push(' ');
        }
    }
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&gt;", ">")
}

fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 24] = [
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "section",
        "table",
        "td",
        "tr",
        "ul",
    ];
    BLOCKS.contains(&name) || matches!(name, "pre" | "thead" | "tbody" | "th" | "br")
}
