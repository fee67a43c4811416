//! Code in colours: classes for a style sheet to fill.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Read from the binary when the first listing in a known language is written: it takes longer
/// than a hundred articles, and most archives have no code.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// A listing longer than this is data, and some grammars take very long over long lines.
const LONGEST: usize = 128 * 1024;
const LONGEST_LINE: usize = 2 * 1024;

/// The HTML of `code`, or `None` if it is better shown plain.
pub(super) fn highlight(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST || code.lines().any(|l| l.len() > LONGEST_LINE) {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    if std::ptr::eq(syntax, SYNTAXES.find_syntax_plain_text()) {
        return None;
    }
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut html = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        html.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(html.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_get_classes() {
        let html = highlight("fn main() { \"<\"; }\n", "rust").expect("Rust is known");
        assert!(html.contains("class=\"hl-"), "{html}");
        assert!(html.contains("&lt;") && !html.contains("style="), "{html}");
        assert_eq!(
            html.matches("<span").count(),
            html.matches("</span>").count()
        );
    }

    #[test]
    fn the_rest_is_left_plain() {
        assert_eq!(highlight("x", "no-such-language"), None);
        assert_eq!(highlight("x", ""), None);
        assert_eq!(highlight("x", "txt"), None);
        assert_eq!(highlight(&"x".repeat(LONGEST_LINE + 1), "rust"), None);
    }
}
