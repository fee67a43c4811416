//! Paragraphs of nothing but pictures: a picture with a title is a figure, several of them, each
//! on a line of its own, are a gallery.

use std::collections::VecDeque;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::writer::{Content, Writer};

/// A body in parts.
pub(super) enum Part<'a> {
    Event(Event<'a>),
    /// A whole paragraph: one picture with a caption, or several.
    Pictures(Vec<Shown<'a>>),
}

/// A picture, in its link if it has one, with what stands below it.
pub(super) struct Shown<'a> {
    events: Vec<Event<'a>>,
    caption: CowStr<'a>,
}

/// Finds those paragraphs among the events of a body.
pub(super) struct Parts<'a, I> {
    events: I,
    /// What was read on the way and comes next.
    ahead: VecDeque<Event<'a>>,
    /// Whether there are figures at all, as on pages alone.
    wanted: bool,
    /// How many notes are open: what stands in them is written later, and looked through then.
    notes: usize,
    /// Whether an item of a list was just begun: of a tight list its paragraphs are not told.
    in_item: bool,
}

impl<'a, I: Iterator<Item = Event<'a>>> Parts<'a, I> {
    pub(super) fn new(events: I, wanted: bool) -> Self {
        Parts {
            events,
            ahead: VecDeque::new(),
            wanted,
            notes: 0,
            in_item: false,
        }
    }

    /// The pictures of the paragraph that was just begun. If it holds anything else, what was read
    /// of it comes next.
    fn pictures(&mut self) -> Option<Vec<Shown<'a>>> {
        let mut read = Vec::new();
        let mut pictures = Vec::new();
        let end = loop {
            let Some(picture) = self.picture(&mut read) else {
                break None;
            };
            pictures.push(picture);
            match self.read(&mut read) {
                Some(Event::SoftBreak) => {}
                end => break end.cloned(),
            }
        };
        let has_caption = |(_, title): &(usize, CowStr<'a>)| !title.trim().is_empty();
        let is_figure = pictures.len() > 1 || pictures.iter().any(has_caption);
        let end = end.filter(|end| is_figure && ends_line(end));
        let Some(end) = end else {
            read.into_iter()
                .rev()
                .for_each(|event| self.ahead.push_front(event));
            return None;
        };
        if end != Event::End(TagEnd::Paragraph) {
            self.ahead.push_front(end);
        }
        let mut read = read.into_iter();
        let shown = pictures.into_iter().map(|(length, caption)| {
            let events = read.by_ref().take(length).map(without_title).collect();
            // The end of the line.
            read.next();
            Shown { events, caption }
        });
        Some(shown.collect())
    }

    /// How many events the next picture has, and its title; `None` where something else stands.
    fn picture(&mut self, read: &mut Vec<Event<'a>>) -> Option<(usize, CowStr<'a>)> {
        let start = read.len();
        let linked = matches!(self.read(read)?, Event::Start(Tag::Link { .. }));
        if linked {
            self.read(read)?;
        }
        let Some(Event::Start(Tag::Image { title, .. })) = read.last() else {
            return None;
        };
        let title = title.clone();
        let mut open = 1_usize;
        while open > 0 {
            match self.read(read)? {
                Event::Start(Tag::Image { .. }) => open += 1,
                Event::End(TagEnd::Image) => open -= 1,
                _ => {}
            }
        }
        let ends = !linked || matches!(self.read(read)?, Event::End(TagEnd::Link));
        ends.then(|| (read.len() - start, title))
    }

    fn upcoming(&mut self) -> Option<Event<'a>> {
        self.ahead.pop_front().or_else(|| self.events.next())
    }

    fn read<'r>(&mut self, read: &'r mut Vec<Event<'a>>) -> Option<&'r Event<'a>> {
        read.push(self.upcoming()?);
        read.last()
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Parts<'a, I> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if std::mem::take(&mut self.in_item)
            && let Some(pictures) = self.pictures()
        {
            return Some(Part::Pictures(pictures));
        }
        let event = self.upcoming()?;
        match &event {
            Event::Start(Tag::FootnoteDefinition(_)) => self.notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => self.notes = self.notes.saturating_sub(1),
            Event::Start(Tag::Paragraph) if self.wanted && self.notes == 0 => {
                if let Some(pictures) = self.pictures() {
                    return Some(Part::Pictures(pictures));
                }
            }
            Event::Start(Tag::Item) => self.in_item = self.wanted && self.notes == 0,
            _ => {}
        }
        Some(Part::Event(event))
    }
}

/// Whether nothing comes after this in its paragraph.
fn ends_line(event: &Event<'_>) -> bool {
    match event {
        Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Rule => true,
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        _ => false,
    }
}

/// What stands below a picture is not said a second time.
fn without_title(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            id,
            ..
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url,
            id,
            title: CowStr::Borrowed(""),
        }),
        event => event,
    }
}

impl<'a> Writer<'a> {
    /// Writes one part of a body.
    pub(super) fn part(&mut self, part: Part<'a>) {
        match part {
            Part::Event(event) => self.event(event),
            Part::Pictures(pictures) => self.pictures(pictures),
        }
    }

    fn pictures(&mut self, mut pictures: Vec<Shown<'a>>) {
        self.block();
        if pictures.len() > 1 {
            self.gallery(pictures);
        } else if let Some(picture) = pictures.pop() {
            self.shown(picture);
            self.out.push('\n');
        }
    }

    fn gallery(&mut self, pictures: Vec<Shown<'a>>) {
        let start = self.out.len();
        self.nest("<ul class=\"gallery\">\n", "ul", Content::Parts);
        let content = self.out.len();
        for picture in pictures {
            let item = self.out.len();
            self.nest("<li>", "li", Content::Flow);
            let inner = self.out.len();
            self.shown(picture);
            // A picture that is not there, and of which nobody says what it shows.
            let empty = self.out.len() == inner;
            self.close_last();
            if empty {
                self.out.truncate(item);
            } else {
                self.out.push('\n');
            }
        }
        let empty = self.out.len() == content;
        self.close_last();
        if empty {
            self.out.truncate(start);
        } else {
            self.out.push('\n');
        }
    }

    /// A picture alone, or as a figure with its caption.
    fn shown(&mut self, picture: Shown<'a>) {
        let caption = picture.caption.trim();
        if !caption.is_empty() {
            self.nest("<figure>", "figure", Content::Flow);
        }
        self.caption = caption.to_owned();
        for event in picture.events {
            self.event(event);
        }
        self.caption.clear();
        if !caption.is_empty() {
            self.nest("<figcaption>", "figcaption", Content::Flow);
            self.text(caption);
            self.close_last();
            self.close_last();
        }
    }
}
