//! Paragraphs of nothing but words: most of every newspaper. What the parser would say of one is
//! known without asking it, so a body is cut into stretches, and only those with a sign that means
//! something to Markdown (CommonMark 0.31 with tables, footnotes, strikethrough and typographic
//! marks), or may, are parsed.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Quotes;

/// What makes one block depend on others: HTML and fenced code go on over empty lines, and a
/// definition is meant wherever it stands.
const REACHES: [&str; 4] = ["<", "```", "~~~", "]:"];

/// A part of a body that means the same by itself as in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch<'b> {
    /// A paragraph of plain text, without the end of its last line.
    Prose(&'b str),
    /// Anything else, of one or more blocks, with the byte of the body where it begins.
    Marked(&'b str, usize),
}

/// A body in stretches, in order. Empty lines between them are left out.
pub(super) struct Stretches<'b> {
    body: &'b str,
    at: usize,
    set: bool,
    /// A paragraph that was found behind what is marked and comes next.
    next: Option<&'b str>,
    whole: bool,
}

impl<'b> Stretches<'b> {
    /// `set` says whether typographic marks take the place of those of the typewriter.
    pub(super) fn new(body: &'b str, set: bool) -> Self {
        Stretches {
            body,
            at: body.len() - body.trim_start_matches('\n').len(),
            set,
            next: None,
            whole: REACHES.iter().any(|sign| body.contains(sign)),
        }
    }

    /// The body as one stretch.
    #[cfg(test)]
    pub(super) fn undivided(body: &'b str) -> Self {
        Stretches {
            body,
            at: 0,
            set: false,
            next: None,
            whole: true,
        }
    }

    /// The lines up to the next empty one, which is passed over with those that follow it, and
    /// whether they are a paragraph of plain text.
    fn block(&mut self) -> (&'b str, bool) {
        let start = self.at;
        let (mut end, mut plain) = (start, true);
        for line in self.body[start..].split_inclusive('\n') {
            let text = line.strip_suffix('\n').unwrap_or(line);
            if text.is_empty() {
                break;
            }
            plain = plain && is_plain(text);
            end = self.at + text.len();
            self.at += line.len();
        }
        let rest = self.body[self.at..].bytes();
        self.at += rest.take_while(|byte| *byte == b'\n').count();
        let block = &self.body[start..end];
        (block, plain && !(self.set && needs_setting(block)))
    }
}

impl<'b> Iterator for Stretches<'b> {
    type Item = Stretch<'b>;

    fn next(&mut self) -> Option<Stretch<'b>> {
        if let Some(prose) = self.next.take() {
            return Some(Stretch::Prose(prose));
        }
        let start = self.at;
        if self.whole {
            self.at = self.body.len();
            return (start < self.at).then_some(Stretch::Marked(&self.body[start..], start));
        }
        let mut end = start;
        while end < self.body.len() {
            let (block, is_prose) = self.block();
            if is_prose {
                if end == start {
                    return Some(Stretch::Prose(block));
                }
                self.next = Some(block);
                break;
            }
            end = self.at;
        }
        (start < end).then(|| Stretch::Marked(&self.body[start..end], start))
    }
}

/// Whether a line begins as a sentence does and holds no sign that means anything.
fn is_plain(line: &str) -> bool {
    let Some(first) = line.bytes().next() else {
        return false;
    };
    let begins =
        first.is_ascii_alphabetic() || first >= 0x80 || matches!(first, b'"' | b'\'' | b'(');
    begins && !line.ends_with(' ') && !line.bytes().fold(false, |any, byte| any | means(byte))
}

/// Whether a byte may mean something in the middle of a line. Without branches, so that many are
/// looked at at once.
fn means(byte: u8) -> bool {
    (byte < b' ')
        | (byte == 0x7F)
        | (byte == b'*')
        | (byte == b'_')
        | (byte == b'[')
        | (byte == b'\\')
        | (byte == b']')
        | (byte == b'^')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'&')
        | (byte == b'`')
        | (byte == b'#')
        | (byte == b'|')
        | (byte == b'~')
}

/// Whether a paragraph has marks that can become several others: all but quotations in `"` that
/// begin and end at words, and apostrophes in them.
fn needs_setting(block: &str) -> bool {
    if block.contains("--") || block.contains("..") {
        return true;
    }
    let (mut quoting, mut from) = (false, 0);
    while let Some(at) = mark(block, from) {
        if block.as_bytes()[at] == b'\'' {
            if !is_inside_word(block, at) {
                return true;
            }
        } else if stands(block, at, quoting) {
            quoting = !quoting;
        } else {
            return true;
        }
        from = at + 1;
    }
    quoting
}

/// Where the next quotation mark or apostrophe stands.
fn mark(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    let place = rest.iter().position(|byte| matches!(byte, b'"' | b'\''));
    place.map(|place| from + place)
}

/// Whether the mark at a place can only end what is quoted, or only begin it.
fn stands(block: &str, at: usize, quoting: bool) -> bool {
    let (before, after) = around(block, at);
    let ends_sentence = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')');
    if quoting {
        let word = before.is_some_and(char::is_alphanumeric);
        let ends = after.is_none_or(|c| matches!(c, ' ' | '\n'));
        let sentence = before.is_some_and(ends_sentence);
        (word && (ends || after.is_some_and(ends_sentence))) || (sentence && ends)
    } else {
        before.is_none_or(|c| matches!(c, ' ' | '\n' | '('))
            && after.is_some_and(char::is_alphanumeric)
    }
}

fn is_inside_word(block: &str, at: usize) -> bool {
    let (before, after) = around(block, at);
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// What stands on both sides of a mark of one byte.
fn around(block: &str, at: usize) -> (Option<char>, Option<char>) {
    let before = block.get(..at).and_then(|text| text.chars().next_back());
    let after = block.get(at + 1..).and_then(|text| text.chars().next());
    (before, after)
}

/// What the parser would say of a paragraph of plain text.
pub(super) struct Paragraph<'b> {
    /// The lines that come; `None` when the end was told.
    rest: Option<&'b str>,
    step: Step,
    quotes: Option<Quotes>,
    quoting: bool,
}

#[derive(Clone, Copy)]
enum Step {
    Start,
    Line,
    /// After a line.
    Break,
}

impl<'b> Paragraph<'b> {
    /// `prose` is that of a [`Stretch::Prose`], cut with `set` if there are quotes.
    pub(super) fn new(prose: &'b str, quotes: Option<Quotes>) -> Self {
        Paragraph {
            rest: Some(prose),
            step: Step::Start,
            quotes,
            quoting: false,
        }
    }

    fn set(&mut self, line: &'b str) -> CowStr<'b> {
        let Some(quotes) = self.quotes else {
            return CowStr::Borrowed(line);
        };
        let (mut from, mut set) = (0, String::new());
        while let Some(at) = mark(line, from) {
            set.reserve(line.len() + 8);
            set.push_str(&line[from..at]);
            if line.as_bytes()[at] == b'\'' {
                set.push('’');
            } else {
                let (opens, closes) = quotes.outer();
                set.push_str(if self.quoting { closes } else { opens });
                self.quoting = !self.quoting;
            }
            from = at + 1;
        }
        if set.is_empty() {
            return CowStr::Borrowed(line);
        }
        set.push_str(&line[from..]);
        CowStr::from(set)
    }
}

impl<'b> Iterator for Paragraph<'b> {
    type Item = Event<'b>;

    fn next(&mut self) -> Option<Event<'b>> {
        let rest = self.rest?;
        match self.step {
            Step::Start => {
                self.step = Step::Line;
                Some(Event::Start(Tag::Paragraph))
            }
            Step::Break if rest.is_empty() => {
                self.rest = None;
                Some(Event::End(TagEnd::Paragraph))
            }
            Step::Break => {
                self.step = Step::Line;
                Some(Event::SoftBreak)
            }
            Step::Line => {
                let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
                self.rest = Some(after);
                self.step = Step::Break;
                Some(Event::Text(self.set(line)))
            }
        }
    }
}
