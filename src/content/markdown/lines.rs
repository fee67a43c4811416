//! The lines of a paragraph as one text, so that a name which goes over the end of a line is one
//! name.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// Runs texts together that only the end of a line parts.
pub(super) struct Lines<'a, I> {
    events: I,
    /// What was read on the way and comes next.
    ahead: [Option<Event<'a>>; 2],
    /// How many pictures are open: their text stands in an attribute, on one line.
    images: usize,
}

impl<'a, I: Iterator<Item = Event<'a>>> Lines<'a, I> {
    pub(super) fn new(events: I) -> Self {
        Lines {
            events,
            ahead: [None, None],
            images: 0,
        }
    }

    fn upcoming(&mut self) -> Option<Event<'a>> {
        let [first, second] = &mut self.ahead;
        first
            .take()
            .or_else(|| second.take())
            .or_else(|| self.events.next())
    }

    fn whole(&mut self, first: CowStr<'a>) -> Event<'a> {
        let mut text = first;
        loop {
            match self.events.next() {
                Some(Event::SoftBreak) => match self.events.next() {
                    Some(Event::Text(more)) => {
                        let mut joined = text.into_string();
                        joined.push('\n');
                        joined.push_str(&more);
                        text = CowStr::from(joined);
                    }
                    other => {
                        self.ahead = [Some(Event::SoftBreak), other];
                        return Event::Text(text);
                    }
                },
                other => {
                    self.ahead = [other, None];
                    return Event::Text(text);
                }
            }
        }
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Lines<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        match self.upcoming()? {
            Event::Text(text) if self.images == 0 => Some(self.whole(text)),
            event => {
                match event {
                    Event::Start(Tag::Image { .. }) => self.images += 1,
                    Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
                    _ => {}
                }
                Some(event)
            }
        }
    }
}
