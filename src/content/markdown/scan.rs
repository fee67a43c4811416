//! What a body says about itself, found without making its HTML.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::anchors::Anchors;
use super::blocks::after_pull_quote;
use super::events::{events_of, says_nothing, tangle};
use super::plain::{self, Words};
use super::reference::{Reach, reach};
use super::scanned_html::may_play;
use super::writer::Writer;
use super::{DEEPEST, Headings, Options, RawHtml, Reference, ReferenceKind, Target};

/// The longest summary, in characters.
const SUMMARY: usize = 240;

/// What a body says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// The first paragraph with text, without markup, cut at a word to at most 240 characters.
    pub summary: String,
    /// How many words there are, code left out. Chinese and Japanese count by character.
    pub words: u32,
    /// The first heading with text.
    pub first_heading: Option<Heading>,
    /// Every destination that does not lead out of the site, in the order of the text.
    pub references: Vec<Reference>,
    /// Elements that [`RawHtml::Sanitize`] takes out, each once, where it first stands.
    pub removed_html: Vec<RemovedHtml>,
    /// The ids of the headings, in order, as [`to_html`](super::to_html) gives them. The first
    /// heading has one even if it is left out of the page.
    pub headings: Vec<String>,
    /// Other ids a link can point at: those the author wrote into HTML.
    pub anchors: Vec<String>,
    /// Where lists and quotations stand deeper in one another than [`DEEPEST`].
    pub too_deep: Option<usize>,
    /// Whether there is a code block.
    pub has_code: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its text, without markup.
    pub text: String,
    /// Its level as written, 1 to 6.
    pub level: u8,
    /// Whether nothing stands before it.
    pub first_block: bool,
}

/// An element that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedHtml {
    /// Its name, in lower case.
    pub element: String,
    /// The byte of the body where it stands.
    pub offset: usize,
}

/// Reads a body for what others must know of it.
pub fn scan(body: &str, options: &Options) -> Scan {
    let mut scanner = Scanner::new(body, options);
    let too_deep = scanner.scan.too_deep.is_some();
    scanner.read_whole(body, events_of(body, options, too_deep));
    scanner.told()
}

/// Every destination of a body that leads to another host or another program, in the order of the
/// text: what a [`scan`] leaves out, since no build asks after it.
pub fn outward(body: &str, options: &Options) -> Vec<Reference> {
    let mut scanner = Scanner::new(body, options);
    scanner.outward = Some(Vec::new());
    let too_deep = scanner.scan.too_deep.is_some();
    scanner.read_whole(body, events_of(body, options, too_deep));
    scanner.outward.unwrap_or_default()
}

/// The heading being read.
struct Title {
    level: u8,
    id: Option<String>,
    first_block: bool,
    text: String,
}

pub(super) struct Scanner<'o> {
    pub(super) options: &'o Options,
    pub(super) scan: Scan,
    pub(super) anchors: Anchors,
    pub(super) words: Words,
    depth: usize,
    /// How many footnote definitions are open.
    pub(super) notes: usize,
    seen_block: bool,
    /// The text of the paragraph being read, as long as there is no summary.
    pub(super) paragraph: Option<String>,
    title: Option<Title>,
    in_code: bool,
    /// How many pictures are open: their text is no text of the article.
    images: usize,
    /// The block of HTML being read, and where each of its lines stands.
    pub(super) html: Option<(String, Vec<(usize, usize)>)>,
    pub(super) silent: Option<String>,
    /// For each piece of HTML in the event being read whether it counts; all of them, where there
    /// are none.
    pub(super) counted: Vec<bool>,
    pub(super) removed: BTreeMap<String, usize>,
    /// The destinations that lead out, where they are asked for.
    pub(super) outward: Option<Vec<Reference>>,
}

impl<'o> Scanner<'o> {
    pub(super) fn new(body: &str, options: &'o Options) -> Self {
        Scanner {
            options,
            scan: Scan {
                too_deep: tangle(body),
                ..Scan::default()
            },
            anchors: Anchors::new(),
            words: Words::default(),
            depth: 0,
            notes: 0,
            seen_block: false,
            paragraph: None,
            title: None,
            in_code: false,
            images: 0,
            html: None,
            silent: None,
            counted: Vec::new(),
            removed: BTreeMap::new(),
            outward: None,
        }
    }

    pub(super) fn read<'e>(&mut self, events: impl Iterator<Item = (Event<'e>, Range<usize>)>) {
        for (event, place) in events {
            self.event(&event, &place);
        }
    }

    /// The same of a body that may have players: where each ends is known only to the page, so one
    /// with any is made beside the scan.
    fn read_whole<'e>(
        &mut self,
        body: &str,
        events: impl Iterator<Item = (Event<'e>, Range<usize>)>,
    ) where
        'o: 'e,
    {
        if self.options.html != RawHtml::Sanitize || !may_play(body) {
            return self.read(events);
        }
        let mut page = Writer::new(self.options, &|_, _| Target::Url(String::new()), 0);
        for (event, place) in events {
            self.counted = page.counted(&event);
            self.event(&event, &place);
        }
    }

    /// What was read.
    pub(super) fn told(self) -> Scan {
        let mut scan = self.scan;
        scan.words = self.words.count();
        let removed = self.removed.into_iter();
        scan.removed_html = removed
            .map(|(element, offset)| RemovedHtml { element, offset })
            .collect();
        scan.removed_html.sort_by_key(|removed| removed.offset);
        scan
    }

    fn event(&mut self, event: &Event<'_>, place: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(*tag),
            Event::Html(html) => {
                if let Some((block, lines)) = &mut self.html {
                    lines.push((block.len(), place.start));
                    block.push_str(html);
                }
            }
            Event::InlineHtml(html) => self.inline_html(html, place.start),
            Event::Rule => self.silent = None,
            _ if self.silent.is_some() => {}
            event => self.text(event),
        }
        self.seen_block |= !says_nothing(event);
    }

    fn text(&mut self, event: &Event<'_>) {
        if self.in_code {
            return;
        }
        if let Some(title) = &mut self.title {
            plain::push(&mut title.text, event);
        }
        if self.images > 0 {
            return;
        }
        match event {
            Event::Text(text) | Event::Code(text) => self.words.add(text),
            _ => self.words.end(),
        }
        if let Some(paragraph) = &mut self.paragraph {
            plain::push(paragraph, event);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        if begins_block(tag) {
            self.silent = None;
        }
        match tag {
            Tag::Paragraph => {
                self.words.end();
                if self.scan.summary.is_empty() && self.notes == 0 {
                    self.paragraph = Some(String::new());
                }
            }
            Tag::Heading { level, id, .. } => {
                self.words.end();
                self.title = Some(Title {
                    level: *level as u8,
                    id: id.as_ref().map(ToString::to_string),
                    first_block: !self.seen_block,
                    text: String::new(),
                });
            }
            Tag::BlockQuote(_) | Tag::Item => {
                self.words.end();
                self.depth += 1;
                if self.depth > DEEPEST && self.scan.too_deep.is_none() {
                    self.scan.too_deep = Some(place.start);
                }
            }
            Tag::TableCell => self.words.end(),
            Tag::FootnoteDefinition(_) => self.notes += 1,
            Tag::CodeBlock(_) => (self.in_code, self.scan.has_code) = (true, true),
            Tag::HtmlBlock => self.html = Some((String::new(), Vec::new())),
            Tag::Link {
                link_type: LinkType::Email,
                ..
            } => {}
            Tag::Link { dest_url, .. } => {
                self.shown(ReferenceKind::Link, dest_url, place.start);
            }
            Tag::Image { dest_url, .. } => {
                self.images += 1;
                self.shown(ReferenceKind::Image, dest_url, place.start);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.silent = None;
                self.depth -= 1;
            }
            TagEnd::Image => self.images -= 1,
            TagEnd::TableCell => self.silent = None,
            TagEnd::FootnoteDefinition => self.notes -= 1,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => self.html_block(),
            _ => {}
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.silent = None;
        self.words.end();
        let text = plain::tidy(&self.paragraph.take().unwrap_or_default());
        // A pull quote says again what the text says.
        if after_pull_quote(&text).is_some() {
            return;
        }
        if self.scan.summary.is_empty() && text.contains(char::is_alphanumeric) {
            self.scan.summary = plain::clip(&text, SUMMARY);
        }
    }

    fn end_heading(&mut self) {
        self.silent = None;
        self.words.end();
        let Some(title) = self.title.take() else {
            return;
        };
        let text = plain::tidy(&title.text);
        let article = self.options.headings == Headings::Article;
        let has_id = if article {
            !text.is_empty()
        } else {
            title.id.is_some()
        };
        if has_id && self.notes == 0 {
            self.scan
                .headings
                .push(self.anchors.heading(title.id.as_deref(), &title.text));
        }
        if self.scan.first_heading.is_none() && !text.is_empty() && self.notes == 0 {
            let Title {
                level, first_block, ..
            } = title;
            self.scan.first_heading = Some(Heading {
                text,
                level,
                first_block,
            });
        }
    }

    /// A destination of Markdown's, unless it stands in what is left out.
    fn shown(&mut self, kind: ReferenceKind, target: &str, offset: usize) {
        if self.silent.is_none() {
            self.reference(kind, target, offset);
        }
    }

    pub(super) fn reference(&mut self, kind: ReferenceKind, target: &str, offset: usize) {
        if self.options.reach(target) == Reach::External {
            self.leading_out(kind, target, offset);
        } else {
            self.scan
                .references
                .push(Reference::new(kind, target, offset));
        }
    }

    /// A destination that nothing is made of: if it leads to a host, even that of the site.
    pub(super) fn leading_out(&mut self, kind: ReferenceKind, target: &str, offset: usize) {
        if let Some(outward) = &mut self.outward
            && reach(target) == Reach::External
        {
            outward.push(Reference::new(kind, target, offset));
        }
    }
}

/// No element of a line goes on into the next block.
fn begins_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Table(_)
    )
}
