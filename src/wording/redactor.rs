//! Puts marks in the place of some words.

use std::ops::Range;

use super::{Form, Marked, Patterns, Spot, Words};

/// Takes texts out of others, however they are written there.
#[derive(Debug, Clone)]
pub struct Redactor {
    patterns: Patterns,
    /// What stands in the place of each.
    with: Vec<String>,
}

impl Redactor {
    /// Takes out these patterns, and puts the text beside each in its place. `None` where there
    /// are more than memory can hold.
    pub fn new(list: Vec<(String, String)>) -> Option<Redactor> {
        let (patterns, with): (Vec<String>, Vec<String>) = list.into_iter().unzip();
        Some(Redactor {
            patterns: Patterns::new(&patterns)?,
            with,
        })
    }

    /// Whether there is nothing to take out.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether a text holds anything to take out.
    pub fn finds(&self, text: &str) -> bool {
        self.is_in(text, Form::Page)
    }

    /// The patterns that a text holds, by their places in the list.
    pub fn found(&self, text: &str, form: Form) -> Vec<usize> {
        if !self.is_in(text, form) {
            return Vec::new();
        }
        let spots = Marked::spots(text.as_bytes(), form, &self.patterns);
        spots.into_iter().map(|spot| spot.pattern).collect()
    }

    /// Without places, which is several times as fast: most texts hold nothing.
    fn is_in(&self, text: &str, form: Form) -> bool {
        if self.is_empty() {
            return false;
        }
        let words = Words::of(text.as_bytes(), form);
        self.patterns.any(&words.text) || self.patterns.any(&words.aside)
    }

    /// A text with marks in it; `None` where it stays as it is.
    pub fn text(&self, text: &str) -> Option<String> {
        if !self.is_in(text, Form::Page) {
            return None;
        }
        let spots = Marked::spots(text.as_bytes(), Form::Page, &self.patterns);
        let edits = spots.into_iter().map(|spot| {
            let with = self.with.get(spot.pattern).cloned().unwrap_or_default();
            (spot.at, with)
        });
        Some(edited(text, edits.collect()))
    }

    /// A body with marks in it; `None` where it stays as it is. A link that leads to what is taken
    /// out becomes its text, a picture whose file is called so a mark.
    pub fn body(&self, body: &str) -> Option<String> {
        if !self.is_in(body, Form::Markdown) {
            return None;
        }
        let spots = Marked::spots(body.as_bytes(), Form::Markdown, &self.patterns);
        let edits = spots.iter().flat_map(|spot| self.edits(body, spot));
        Some(edited(body, edits.collect()))
    }

    fn edits(&self, body: &str, spot: &Spot) -> Vec<(Range<usize>, String)> {
        let with = self.with.get(spot.pattern).map_or("", String::as_str);
        let mut mark = String::with_capacity(2 * with.len());
        for c in with.chars() {
            if c.is_ascii_punctuation() {
                mark.push('\\');
            }
            mark.push(c);
        }
        let link = Link::around(body, spot).filter(|_| spot.aside);
        match link {
            Some(link) if link.picture => vec![(link.open - 1..link.end, mark)],
            Some(link) => vec![
                (link.open..link.open + 1, String::new()),
                (link.close..link.end, String::new()),
            ],
            None => {
                let at = with_emphasis(body, spot.at.clone());
                // The lines below keep their numbers.
                if body.get(at.clone()).is_some_and(|text| text.contains('\n')) {
                    mark.push('\n');
                }
                vec![(at, mark)]
            }
        }
    }
}

/// A link or picture in a body: `[text](destination)`.
struct Link {
    /// Where its `[` stands.
    open: usize,
    /// Where its `]` stands.
    close: usize,
    /// Behind its `)`.
    end: usize,
    picture: bool,
}

impl Link {
    /// The link in whose destination a spot lies.
    fn around(body: &str, spot: &Spot) -> Option<Link> {
        let before = body.get(..spot.at.start)?;
        let close = before.rfind("](")?;
        // A title, which follows a space, is text: the line below a picture.
        if before.get(close..)?.contains([')', '<', '\n', ' ', '\t']) {
            return None;
        }
        let mut depth = 0_usize;
        let rest = body.get(close + 2..)?;
        let length = rest.find(|c| {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => return true,
                ')' => depth -= 1,
                _ => {}
            }
            false
        })?;
        let mut deep = 0_usize;
        let open = before.get(..close)?.rfind(|c| {
            match c {
                ']' => deep += 1,
                '[' if deep == 0 => return true,
                '[' => deep -= 1,
                _ => {}
            }
            false
        })?;
        Some(Link {
            open,
            close,
            end: close + 2 + length + 1,
            picture: before.get(..open)?.ends_with('!'),
        })
    }
}

/// A place with the marks of emphasis that would be left without their other half.
fn with_emphasis(body: &str, at: Range<usize>) -> Range<usize> {
    const MARKS: [char; 5] = ['*', '_', '~', '`', '['];
    let inner = body.get(at.clone()).unwrap_or_default();
    if !inner.contains(MARKS) && !inner.contains("](") {
        return at;
    }
    let before = body.get(..at.start).unwrap_or_default();
    let after = body.get(at.end..).unwrap_or_default();
    let left = before.len() - before.trim_end_matches(MARKS).len();
    let right = after.len() - after.trim_start_matches(MARKS).len();
    at.start - left..at.end + right
}

/// A text with these places replaced; of places that overlap, the first says by what.
fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(at, _)| (at.start, usize::MAX - at.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (at, with) in edits {
        if at.start >= done {
            result.push_str(text.get(done..at.start).unwrap_or_default());
            result.push_str(&with);
        }
        done = done.max(at.end);
    }
    result.push_str(text.get(done..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::pattern;

    fn redactor() -> Redactor {
        let mark = |text: &str, with: &str| (pattern(text).unwrap(), with.to_owned());
        Redactor::new(vec![mark("Kim Jong-un", "[…]"), mark("Kim", "K.")]).unwrap()
    }

    #[test]
    fn bodies_keep_what_stands_around() {
        for (body, after) in [
            ("Said **Kim** Jong-un, twice.", "Said \\[…\\], twice."),
            ("Said **Kim Jong-un**, twice.", "Said **\\[…\\]**, twice."),
            ("[Kim](/x/) Jong-un left", "\\[…\\] left"),
            ("[He](/people/kim-jong-un/) left", "He left"),
            ("![He](kim-jong-un.jpg) left", "\\[…\\] left"),
            (
                "![He](a.jpg \"With Kim Jong-un.\") left",
                "![He](a.jpg \"With \\[…\\].\") left",
            ),
            ("[He](/a/ 'Kim') left", "[He](/a/ 'K\\.') left"),
            ("one Kim\nJong-un two", "one \\[…\\]\n two"),
            ("Kim alone", "K\\. alone"),
            ("<b title=\"Kim\">x</b>", "<b title=\"K\\.\">x</b>"),
        ] {
            assert_eq!(redactor().body(body).as_deref(), Some(after), "{body}");
        }
        assert_eq!(redactor().body("Kimchi and Jong-un"), None);
    }

    #[test]
    fn texts_are_replaced_as_they_are() {
        let text = redactor().text("KIM\u{A0}JONG-UN and Kim").unwrap();
        assert_eq!(text, "[…] and K.");
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_left(body in "[ a-c*_\\[\\]()!<>&;\n]{0,40}(Kim Jong-un|kim|\\*\\*Kim\\*\\*)[ a-c*_\\[\\]()!<>&;\n]{0,40}") {
            let redactor = redactor();
            if let Some(after) = redactor.body(&body) {
                proptest::prop_assert!(!redactor.finds(&after), "{:?} {:?}", body, after);
            }
        }
    }
}
