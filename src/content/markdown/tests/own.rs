//! Whole addresses of the site itself are references inside it.

use super::*;
use crate::config::BaseUrl;

fn options(html: RawHtml) -> Options {
    Options {
        html,
        site: BaseUrl::parse("https://a.example/archive"),
        ..Options::default()
    }
}

const BODY: &str = "<https://a.example/archive/b/> [c](http://A.example/archive/d?e&amp;f#g) \
    ![h](//a.example/archive/i.png) [j](https://a.example/k) <l@a.example>\n\n\
    <p><a href=\"https://a.example/archive\">m</a> <video src=\"https://a.example/archive/n.mp4\"></video></p>\n";

#[test]
fn a_whole_address_of_the_site_is_a_reference_inside() {
    use ReferenceKind::{Image, Link, Media};
    let options = options(RawHtml::Sanitize);
    let found = scan(BODY, &options).references;
    let found: Vec<_> = found.iter().map(|r| (r.kind, r.target.as_str())).collect();
    assert_eq!(
        found,
        [
            (Link, "https://a.example/archive/b/"),
            (Link, "http://A.example/archive/d?e&f#g"),
            (Image, "//a.example/archive/i.png"),
            (Link, "https://a.example/archive"),
            (Media, "https://a.example/archive/n.mp4"),
        ]
    );
    let outward = outward(BODY, &options);
    let outward: Vec<_> = outward.iter().map(|r| r.target.as_str()).collect();
    assert_eq!(outward, ["https://a.example/k"]);
}

#[test]
fn what_the_caller_makes_of_it_is_written() {
    for headings in [Headings::Article, Headings::AsWritten] {
        let options = Options {
            headings,
            ..options(RawHtml::Sanitize)
        };
        let html = with(BODY, &options);
        for part in [
            "<a href=\"/at/https://a.example/archive/b/\">https://a.example/archive/b/</a>",
            "<a href=\"/at/http://A.example/archive/d?e&amp;f#g\">c</a>",
            "<img src=\"/at///a.example/archive/i.png\" alt=\"h\"",
            "<a href=\"https://a.example/k\">j</a>",
            "<a href=\"mailto:l@a.example\">",
            "<a href=\"/at/https://a.example/archive\"",
            "src=\"/at/https://a.example/archive/n.mp4\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}

/// What is trusted stays as it is written, so nothing but `outward` can tell of it.
#[test]
fn trusted_html_leads_out_even_to_the_site() {
    let options = options(RawHtml::Trust);
    let outward = outward(BODY, &options);
    let outward: Vec<_> = outward.iter().map(|r| r.target.as_str()).collect();
    assert_eq!(
        outward,
        [
            "https://a.example/k",
            "https://a.example/archive",
            "https://a.example/archive/n.mp4"
        ]
    );
    assert!(with(BODY, &options).contains("<a href=\"https://a.example/archive\">"));
}
