//! Markdown to HTML, whatever becomes of HTML in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::content::markdown::{
    Headings, Options, RawHtml, ReferenceKind, Surroundings, Target, scan, to_html,
};

fuzz_target!(|body: &str| {
    for html in [RawHtml::Escape, RawHtml::Sanitize, RawHtml::Trust] {
        for headings in [Headings::Article, Headings::AsWritten] {
            let options = Options { html, headings, highlight: true, ..Options::default() };
            let known = scan(body, &options);
            let resolve = |_: ReferenceKind, target: &str| Target::Url(target.to_owned());
            let made = to_html(body, &options, Surroundings::default(), &resolve).html;
            let lower = made.to_ascii_lowercase();
            if html != RawHtml::Trust {
                assert!(!lower.contains("<script"), "{made}");
                let tags = lower.split('<').filter_map(|rest| rest.split_once('>'));
                for (tag, _) in tags {
                    assert!(!tag.contains("href=\"javascript:"), "{made}");
                }
            }
            if known.too_deep.is_none() {
                let again = to_html(body, &options, Surroundings::default(), &resolve).html;
                assert_eq!(made, again);
            }
        }
    }
});
