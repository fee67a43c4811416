//! HTML as it stands in a Markdown text, cut into tags and text.
//!
//! Nothing cut here is ever written as it was: a tag that passes is written anew from its name
//! and attributes. So it does not matter where a browser would have cut a malformed text
//! otherwise.

/// One piece, with its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Text, with character references as they stand.
    Text(&'t str),
    /// An opening tag.
    Open(OpenTag<'t>),
    /// A closing tag: its name in lower case.
    Close(String),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OpenTag<'t> {
    /// In lower case.
    pub(super) name: String,
    /// In order; the names in lower case, the values with references as they stand.
    pub(super) attributes: Vec<(String, &'t str)>,
    /// What stands in an element without text for readers, if it is at hand.
    pub(super) content: &'t str,
}

/// Elements whose content is no text for readers.
const SILENT: [&str; 12] = [
    "script", "style", "iframe", "noembed", "noframes", "xmp", "svg", "math", "template", "object",
    "textarea", "select",
];

/// Whether the content of this element goes with it.
pub(super) fn is_silent(name: &str) -> bool {
    SILENT.contains(&name)
}

/// Comments, declarations and instructions are left out.
pub(super) struct Tokens<'t> {
    html: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(html: &'t str) -> Self {
        Tokens { html, at: 0 }
    }

    fn rest(&self) -> &'t str {
        &self.html[self.at..]
    }

    /// Moves behind the next `end`, or to the end of all.
    fn skip_past(&mut self, end: &str) {
        self.at = self
            .rest()
            .find(end)
            .map_or(self.html.len(), |i| self.at + i + end.len());
    }

    /// Moves to the closing tag of a silent element, or to the end of all.
    fn skip_content(&mut self, name: &str) {
        while let Some(start) = self.rest().find("</") {
            self.at += start;
            let after = &self.html.as_bytes()[self.at + 2..];
            if after
                .get(..name.len())
                .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
            {
                return;
            }
            self.at += 2;
        }
        self.at = self.html.len();
    }

    fn take_while(&mut self, keep: impl Fn(u8) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.bytes().position(|b| !keep(b)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn skip_space(&mut self) {
        self.take_while(|b| b.is_ascii_whitespace());
    }

    fn open(&mut self) -> Option<OpenTag<'t>> {
        self.at += 1;
        let name = self.take_while(is_name).to_ascii_lowercase();
        let mut attributes: Vec<(String, &'t str)> = Vec::new();
        loop {
            self.take_while(|b| b.is_ascii_whitespace() || b == b'/');
            match self.rest().as_bytes().first()? {
                b'>' => {
                    self.at += 1;
                    break;
                }
                // A stray sign that begins no name.
                b'=' => self.at += 1,
                _ => attributes.push(self.attribute()?),
            }
        }
        let start = self.at;
        if is_silent(&name) {
            self.skip_content(&name);
        }
        Some(OpenTag {
            name,
            attributes,
            content: &self.html[start..self.at],
        })
    }

    fn attribute(&mut self) -> Option<(String, &'t str)> {
        let name = self
            .take_while(|b| is_name(b) && b != b'=')
            .to_ascii_lowercase();
        let before = self.at;
        self.skip_space();
        if !self.rest().starts_with('=') {
            self.at = before;
            return Some((name, ""));
        }
        self.at += 1;
        self.skip_space();
        let quote = *self.rest().as_bytes().first()?;
        if !matches!(quote, b'"' | b'\'') {
            return Some((
                name,
                self.take_while(|b| !b.is_ascii_whitespace() && b != b'>'),
            ));
        }
        self.at += 1;
        let value = self.take_while(|b| b != quote);
        if self.rest().is_empty() {
            return None;
        }
        self.at += 1;
        Some((name, value))
    }
}

fn is_name(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>')
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (usize, Token<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.at;
            let rest = self.rest();
            let bytes = rest.as_bytes();
            if bytes.first()? != &b'<' {
                return Some((start, Token::Text(self.take_while(|b| b != b'<'))));
            }
            match (bytes.get(1), bytes.get(2)) {
                (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => match self.open() {
                    Some(tag) => return Some((start, Token::Open(tag))),
                    // The text ends inside the tag, which so never was one.
                    None => self.at = self.html.len(),
                },
                (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => {
                    self.at += 2;
                    let name = self.take_while(is_name).to_ascii_lowercase();
                    self.skip_past(">");
                    return Some((start, Token::Close(name)));
                }
                (Some(b'!'), Some(b'-')) if rest.starts_with("<!--") => {
                    self.at += 2;
                    self.skip_past("-->");
                }
                (Some(b'!'), _) if rest.starts_with("<![CDATA[") => self.skip_past("]]>"),
                (Some(b'?'), _) => self.skip_past("?>"),
                (Some(b'!' | b'/'), _) => self.skip_past(">"),
                _ => {
                    self.at += 1;
                    return Some((start, Token::Text("<")));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let parts = Tokens::new(html).map(|(_, token)| match token {
            Token::Text(text) => format!("{text:?}"),
            Token::Open(tag) => format!("+{}{:?}", tag.name, tag.attributes),
            Token::Close(name) => format!("-{name}"),
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        assert_eq!(
            shown("a<B x=1 Y='2 3' z/>c</b >"),
            r#""a" +b[("x", "1"), ("y", "2 3"), ("z", "")] "c" -b"#
        );
        assert_eq!(
            shown("<!-- <b> --><?php > ?><!DOCTYPE x><![CDATA[>]]>x"),
            r#""x""#
        );
        assert_eq!(shown("1 < 2 <3"), r#""1 " "<" " 2 " "<" "3""#);
    }

    #[test]
    fn what_never_ends_is_dropped() {
        assert_eq!(shown("a<b c='d>"), r#""a""#);
        assert_eq!(shown("a<!-- b"), r#""a""#);
        assert_eq!(shown("a<"), r#""a" "<""#);
    }

    #[test]
    fn a_script_has_no_text() {
        assert_eq!(
            shown("<script>if (a</b>) '</p>'</SCRIPT>x"),
            r#"+script[] -script "x""#
        );
        assert_eq!(shown("<style>x"), "+style[]");
    }
}
