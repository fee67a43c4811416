//! The one way a body is parsed, with the typography of its language.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options as Syntax, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::prose::{Paragraph, Stretch, Stretches};
use super::{DEEPEST, Options, Quotes, RawHtml, brackets};

/// Every event of a body with its place. Neighbouring texts are one event.
pub(super) fn events<'a>(
    body: &'a str,
    options: &Options,
) -> Box<dyn Iterator<Item = (Event<'a>, Range<usize>)> + 'a> {
    events_of(body, options, tangle(body).is_some())
}

/// The same where it is known whether the body is a [`tangle`].
pub(super) fn events_of<'a>(
    body: &'a str,
    options: &Options,
    is_tangle: bool,
) -> Box<dyn Iterator<Item = (Event<'a>, Range<usize>)> + 'a> {
    if is_tangle {
        let whole = 0..body.len();
        return Box::new(
            [
                Event::Start(Tag::Paragraph),
                Event::Text(CowStr::Borrowed(body)),
                Event::End(TagEnd::Paragraph),
            ]
            .into_iter()
            .map(move |event| (event, whole.clone())),
        );
    }
    let stretches = Stretches::new(body, options.smart.is_some());
    Box::new(Events::new(stretches, options))
}

/// Every event as the parser alone tells it, without any stretch being told from its form.
#[cfg(test)]
pub(super) fn parsed_events<'a>(
    body: &'a str,
    options: &Options,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> + 'a {
    Events::new(Stretches::undivided(body), options)
}

/// The events of a body, stretch by stretch.
struct Events<'a> {
    stretches: Stretches<'a>,
    stretch: Told<'a>,
    smart: Option<Quotes>,
    html: RawHtml,
}

/// The events of a stretch.
enum Told<'a> {
    /// Nobody asks for the place of plain words: theirs is that of nothing.
    Prose(Paragraph<'a>),
    Parsed(Parsed<'a>),
}

type Parsed<'a> = Box<dyn Iterator<Item = (Event<'a>, Range<usize>)> + 'a>;

impl<'a> Events<'a> {
    fn new(stretches: Stretches<'a>, options: &Options) -> Self {
        Events {
            stretches,
            stretch: Told::Parsed(Box::new(std::iter::empty())),
            smart: options.smart,
            html: options.html,
        }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let event = match &mut self.stretch {
                Told::Prose(paragraph) => paragraph.next().map(|event| (event, 0..0)),
                Told::Parsed(events) => events.next(),
            };
            if event.is_some() {
                return event;
            }
            self.stretch = match self.stretches.next()? {
                Stretch::Prose(text) => Told::Prose(Paragraph::new(text, self.smart)),
                Stretch::Marked(text, at) => Told::Parsed(parsed(text, at, self.smart, self.html)),
            };
        }
    }
}

/// The events of a text that begins at this byte of its body.
fn parsed<'a>(body: &'a str, at: usize, smart: Option<Quotes>, html: RawHtml) -> Parsed<'a> {
    let mut syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_GFM
        | Syntax::ENABLE_HEADING_ATTRIBUTES;
    let meant = move |(event, place): (Event<'a>, Range<usize>)| {
        let event = brackets::meant(event, body, &place, html);
        (event, place.start + at..place.end + at)
    };
    let Some(quotes) = smart else {
        let events = Parser::new_ext(body, syntax).into_offset_iter().map(meant);
        return Box::new(TextMergeWithOffset::new(events));
    };
    syntax |= Syntax::ENABLE_SMART_PUNCTUATION;
    let mut typesetter = Typesetter {
        body,
        quotes,
        open: 0,
    };
    let set = Parser::new_ext(body, syntax)
        .into_offset_iter()
        .map(move |(event, place)| (typesetter.set(event, &place), place))
        .map(meant);
    Box::new(TextMergeWithOffset::new(set))
}

/// Where a body is so deep that parsing it could take minutes: for every line that may continue
/// a paragraph the parser walks through all containers open above it, so a thousand containers
/// over a million lines are a billion steps.
///
/// The estimate is never below the true depth (a level costs a marker or two columns), and a
/// deep line alone is nothing unusual in a code listing; so only the product counts.
pub(super) fn tangle(body: &str) -> Option<usize> {
    const STEPS: usize = 200_000_000;
    let (mut offset, mut lines, mut deepest, mut place) = (0, 0_usize, 0, 0);
    for line in body.split_inclusive('\n') {
        lines += 1;
        let depth = possible_depth(line);
        if depth > deepest {
            (deepest, place) = (depth, offset);
        }
        offset += line.len();
    }
    (deepest > DEEPEST && deepest.saturating_mul(lines) > STEPS).then_some(place)
}

fn possible_depth(line: &str) -> usize {
    let (mut markers, mut columns) = (0, 0);
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4,
            b'>' | b'-' | b'+' | b'*' | b'.' | b')' => markers += 1,
            b'0'..=b'9' => {}
            _ => break,
        }
    }
    markers + columns / 2
}

/// Leaves out the first heading if nothing stands before it.
pub(super) struct TitleSkipper {
    wanted: bool,
    inside: bool,
}

impl TitleSkipper {
    pub(super) fn new(wanted: bool) -> Self {
        TitleSkipper {
            wanted,
            inside: false,
        }
    }

    /// Whether this event is written.
    pub(super) fn keeps(&mut self, event: &Event<'_>) -> bool {
        if self.inside {
            self.inside = !matches!(event, Event::End(TagEnd::Heading(_)));
            return false;
        }
        if !self.wanted {
            return true;
        }
        if matches!(event, Event::Start(Tag::Heading { .. })) {
            (self.wanted, self.inside) = (false, true);
            return false;
        }
        self.wanted = says_nothing(event);
        true
    }
}

/// Whether a reader sees nothing of this event: a comment before the first heading does not
/// make it the second block.
pub(super) fn says_nothing(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => true,
        Event::Html(html) => {
            let html = html.trim();
            html.is_empty() || (html.starts_with("<!--") && html.ends_with("-->"))
        }
        _ => false,
    }
}

/// Turns the parser's English quotation marks into those of the language.
struct Typesetter<'a> {
    body: &'a str,
    quotes: Quotes,
    /// How many single quotations are open in this block: a closing mark without one is an
    /// apostrophe, which is ’ in every language.
    open: usize,
}

impl<'a> Typesetter<'a> {
    fn set(&mut self, event: Event<'a>, place: &Range<usize>) -> Event<'a> {
        if let Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) =
            event
        {
            self.open = 0;
        }
        let Event::Text(text) = &event else {
            return event;
        };
        // A mark the author typed in its final form stays: its source is not the ASCII one.
        let mark = match (self.body.get(place.clone()), &**text) {
            (Some("\""), "“") => self.quotes.outer.0,
            (Some("\""), "”") => self.quotes.outer.1,
            (Some("'"), "‘") if self.is_decade(place.end) => "’",
            (Some("'"), "‘") => {
                self.open += 1;
                self.quotes.inner.0
            }
            (Some("'"), "’") if self.open > 0 && !self.is_inside_word(place) => {
                self.open -= 1;
                self.quotes.inner.1
            }
            _ => return event,
        };
        Event::Text(CowStr::Borrowed(mark))
    }

    /// `'90s` leaves out a century and quotes nothing.
    fn is_decade(&self, after: usize) -> bool {
        let rest = self.body.as_bytes().get(after..).unwrap_or_default();
        matches!(rest, [b'0'..=b'9', b'0'..=b'9', b's', ..])
    }

    fn is_inside_word(&self, place: &Range<usize>) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        letter(self.body[..place.start].chars().next_back())
            && letter(self.body[place.end..].chars().next())
    }
}
