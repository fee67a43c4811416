//! Lists, quotations and alerts, code, the signs of tasks.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind};
use pulldown_cmark_escape::escape_html;

use super::highlight::highlight;
use super::writer::{Content, Writer};

impl Writer<'_> {
    pub(super) fn start_list(&mut self, start: Option<u64>) {
        self.block();
        let (tag, close) = match start {
            Some(1) => ("<ol>\n".to_owned(), "ol"),
            Some(start) => (format!("<ol start=\"{start}\">\n"), "ol"),
            None => ("<ul>\n".to_owned(), "ul"),
        };
        self.nest(&tag, close, Content::Parts);
    }

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.block();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        self.code = Some((language.to_owned(), String::new()));
    }

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.block();
        let Some(kind) = kind else {
            return self.nest("<blockquote>\n", "blockquote", Content::Flow);
        };
        let labels = &self.options.labels;
        let (class, label) = match kind {
            BlockQuoteKind::Note => ("note", &labels.note),
            BlockQuoteKind::Tip => ("tip", &labels.tip),
            BlockQuoteKind::Important => ("important", &labels.important),
            BlockQuoteKind::Warning => ("warning", &labels.warning),
            BlockQuoteKind::Caution => ("caution", &labels.caution),
        };
        let mut start =
            format!("<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">");
        let _ = escape_html(&mut start, label);
        start.push_str("</p>\n");
        self.nest(&start, "div", Content::Flow);
    }

    /// The text of a quotation that begins with `[!pullquote]`, without that: it is set apart as a
    /// pull quote, a line of the article in large.
    pub(super) fn pull_quote<'t>(&mut self, text: &'t str) -> &'t str {
        const OPENED: &str = "<blockquote>\n<p>";
        if !self.out.ends_with(OPENED) {
            return text;
        }
        let Some(rest) = after_pull_quote(text) else {
            return text;
        };
        self.out.truncate(self.out.len() - OPENED.len());
        self.out.push_str("<blockquote class=\"pullquote\">\n<p>");
        rest
    }

    pub(super) fn end_code(&mut self) {
        let Some((language, code)) = self.code.take() else {
            return;
        };
        self.out.push_str(if self.article() {
            "<pre tabindex=\"0\"><code"
        } else {
            "<pre><code"
        });
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        let name = language
            .split([',', '{'])
            .find(|part| !part.is_empty())
            .unwrap_or_default();
        match self
            .options
            .highlight
            .then(|| highlight(&code, name))
            .flatten()
        {
            Some(html) => self.out.push_str(&html),
            None => self.text(&code),
        }
        self.out.push_str("</code></pre>\n");
        self.ink += 1;
    }

    pub(super) fn task(&mut self, done: bool) {
        let labels = &self.options.labels;
        let (sign, label) = if done {
            ('☑', &labels.done)
        } else {
            ('☐', &labels.to_do)
        };
        self.out.push_str("<span class=\"task\" role=\"img\"");
        self.attribute("aria-label", label);
        self.out.push('>');
        self.out.push(sign);
        self.out.push_str("</span> ");
    }
}

/// What begins a pull quote.
const PULL_QUOTE: &str = "[!pullquote]";

/// What follows the mark of a pull quote.
pub(super) fn after_pull_quote(text: &str) -> Option<&str> {
    let (mark, rest) = text.split_at_checked(PULL_QUOTE.len())?;
    let whole = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (mark.eq_ignore_ascii_case(PULL_QUOTE) && whole).then_some(rest.trim_start())
}
