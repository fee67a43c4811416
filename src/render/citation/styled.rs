//! A citation as text, with what is set in italics or has a language of its own.

use std::borrow::Cow;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::language;

/// A citation in the making.
#[derive(Debug, Default)]
pub(super) struct Styled {
    text: String,
    /// Where each marked stretch begins and ends, in order.
    marks: Vec<(usize, usize, Mark)>,
}

#[derive(Debug, Clone, Copy)]
enum Mark {
    /// A headline: in the language of the article.
    Headline,
    /// The name of a paper or an archive.
    Work,
    /// Italics that are no name: the number of a volume.
    Italic,
    /// A name in a script that runs from right to left.
    Isolated,
}

impl Styled {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn headline(&mut self, text: &str) {
        self.mark(text, Mark::Headline);
    }

    pub(super) fn work(&mut self, name: &str) {
        self.mark(name, Mark::Work);
    }

    pub(super) fn italic(&mut self, text: &str) {
        self.mark(text, Mark::Italic);
    }

    pub(super) fn name(&mut self, name: &str) {
        if is_rtl(name) {
            self.mark(name, Mark::Isolated);
        } else {
            self.push(name);
        }
    }

    /// Ends a sentence, unless it has ended.
    pub(super) fn stop(&mut self) {
        if !is_ended(&self.text) {
            self.text.push('.');
        }
    }

    fn mark(&mut self, text: &str, mark: Mark) {
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.push((start, self.text.len(), mark));
    }

    /// The citation without its marks.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The citation as HTML; its headline is in `language`.
    pub(super) fn html(&self, language: &str) -> String {
        let mut html = String::with_capacity(self.text.len() + 64);
        let mut at = 0;
        // Writing to a string cannot fail.
        for (start, end, mark) in &self.marks {
            let before = self.text.get(at..*start).unwrap_or_default();
            let inside = self.text.get(*start..*end).unwrap_or_default();
            let _ = escape_html_body_text(&mut html, before);
            let close = open(&mut html, *mark, inside, language);
            let _ = escape_html_body_text(&mut html, inside);
            html.push_str(close);
            at = *end;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let _ = escape_html_body_text(&mut html, rest);
        html
    }
}

/// Writes the start tag of a mark, and gives its end tag.
fn open(html: &mut String, mark: Mark, text: &str, language: &str) -> &'static str {
    match mark {
        Mark::Headline if is_english(language) && !is_rtl(text) => "",
        Mark::Headline => {
            html.push_str("<bdi lang=\"");
            let _ = escape_html(&mut *html, language);
            html.push_str("\">");
            "</bdi>"
        }
        Mark::Work => {
            // `dir` keeps a name that runs the other way in one piece.
            html.push_str(if is_rtl(text) {
                "<cite dir=\"auto\">"
            } else {
                "<cite>"
            });
            "</cite>"
        }
        Mark::Italic => {
            html.push_str("<i>");
            "</i>"
        }
        Mark::Isolated => {
            html.push_str("<bdi>");
            "</bdi>"
        }
    }
}

fn is_english(tag: &str) -> bool {
    language::primary(tag) == "en"
}

fn is_rtl(text: &str) -> bool {
    !text.is_ascii() && language::direction_of(text) == Some("rtl")
}

/// Whether a text ends with a sign that takes no full stop after it.
pub(super) fn is_ended(text: &str) -> bool {
    let closing = ['”', '’', '"', '\'', '»', '」', '』'];
    text.trim_end_matches(closing).ends_with([
        '.', '?', '!', '…', '‽', '؟', '۔', '。', '．', '？', '！', '।',
    ])
}

/// A headline to be put in double quotation marks: the ones inside it become single.
pub(super) fn within_quotes(title: &str) -> Cow<'_, str> {
    if !title.contains(['"', '“', '”']) {
        return Cow::Borrowed(title);
    }
    let mut inner = String::with_capacity(title.len());
    for c in title.chars() {
        let opens = inner
            .chars()
            .next_back()
            .is_none_or(|before| before.is_whitespace() || "([{—–-‘".contains(before));
        inner.push(match c {
            '“' => '‘',
            '”' => '’',
            '"' if opens => '‘',
            '"' => '’',
            c => c,
        });
    }
    Cow::Owned(inner)
}
