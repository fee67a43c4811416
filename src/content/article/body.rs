//! How the body of an article is read, and what it must not hold. Records and pages have bodies of
//! the same kind.

use crate::config::Config;
use crate::content::markdown::{self, Options};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// Everything in a text that a link can point at. A heading that is the title has no anchor: it
/// is not shown again.
pub(in crate::content) fn anchors(
    headings: Vec<String>,
    others: Vec<String>,
    without_first: bool,
) -> Box<[Box<str>]> {
    headings
        .into_iter()
        .skip(usize::from(without_first))
        .chain(others)
        .map(Into::into)
        .collect()
}

/// Reports what a body must not hold, at its places in the file.
pub(in crate::content) fn report_body(
    notes: &mut Diagnostics,
    source: &str,
    start: usize,
    scan: &markdown::Scan,
) {
    if let Some(offset) = scan.too_deep {
        notes.push(
            Diagnostic::new(
                Code::TooDeep,
                format!(
                    "lists or quotations stand more than {} deep",
                    markdown::DEEPEST
                ),
            )
            .span(Span::at(source, start + offset, 1))
            .help("take the text apart: no reader can follow such nesting"),
        );
    }
    for removed in &scan.removed_html {
        notes.push(
            Diagnostic::new(
                Code::HtmlRemoved,
                format!("`<{}>` was removed from the text", removed.element),
            )
            .span(Span::at(
                source,
                start + removed.offset,
                removed.element.len() + 1,
            ))
            .help("write it in Markdown; `[markdown] html = \"trust\"` lets all HTML through"),
        );
    }
}

/// The options, kept here so that `scan` and `to_html` can never differ.
pub(in crate::content) fn options(config: &Config, language: &str) -> Options {
    let settings = &config.settings.markdown;
    Options {
        html: settings.html,
        smart: settings
            .smart
            .then(|| markdown::Quotes::for_language(language)),
        headings: markdown::Headings::Article,
        highlight: settings.highlight,
        labels: markdown::Labels::default(),
        site: Some(config.base_url.clone()),
    }
}
