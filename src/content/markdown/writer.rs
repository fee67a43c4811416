//! Events become HTML.
//!
//! The writer keeps one stack of everything open, of Markdown and of the author's HTML alike.
//! Whatever Markdown closes first closes the HTML opened in it, so the result nests always.

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::anchors::{Anchors, Levels};
use super::embeds::{Media, is_media};
use super::headings::Title;
use super::images::Image;
use super::links::Link;
use super::mentions::Mentions;
use super::notes::Notes;
use super::tables::Table;
use super::{Headings, Labels, Options, ReferenceKind, Target};

/// How many elements may be open at once: a level of a list has two, and emphasis comes on top.
/// What lies deeper is written without its tags, for browsers and the sanitizer choke on it.
const DEEPEST_ELEMENT: usize = 4 * super::DEEPEST;

/// What may stand in the element that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Flow,
    Phrasing,
    Parts,
}

/// Something open.
pub(super) struct Open {
    /// What the author called it; empty for Markdown.
    pub(super) name: &'static str,
    /// What closes it, without the brackets; empty if nothing was written.
    pub(super) close: &'static str,
    pub(super) content: Content,
    /// Whether the author wrote it as HTML.
    pub(super) raw: bool,
    /// Whether a block that cannot stand here may end it, as browsers let it.
    pub(super) soft: bool,
    pub(super) link: bool,
    pub(super) wants_summary: bool,
    /// Where an element of the author's begins, and where its content does.
    pub(super) start: usize,
    pub(super) content_at: usize,
}

impl Open {
    /// Something of Markdown's.
    pub(super) fn markdown(close: &'static str, content: Content, link: bool) -> Self {
        Open {
            name: "",
            close,
            content,
            raw: false,
            soft: false,
            link,
            wants_summary: false,
            start: 0,
            content_at: 0,
        }
    }

    /// Whether the author opened it and nothing was written for it.
    pub(super) fn is_ghost(&self) -> bool {
        self.raw && self.close.is_empty()
    }
}

/// Writes one body.
pub(super) struct Writer<'a> {
    pub(super) options: &'a Options,
    pub(super) resolve: &'a dyn Fn(ReferenceKind, &str) -> Target,
    pub(super) out: String,
    pub(super) open: Vec<Open>,
    /// How many of those the author wrote, and how many are links.
    pub(super) raw_open: usize,
    pub(super) links: usize,
    /// Rows of the author's HTML table so far.
    pub(super) raw_rows: usize,
    pub(super) anchors: Anchors,
    pub(super) levels: Levels,
    pub(super) notes: Notes<'a>,
    pub(super) table: Table,
    pub(super) link: Option<Link>,
    pub(super) image: Option<Image>,
    /// What will stand below the picture that is being written.
    pub(super) caption: String,
    /// Whether a picture of the page was written.
    pub(super) has_picture: bool,
    /// The film or sound whose player is open.
    pub(super) media: Option<Media>,
    /// The element whose content is being left out.
    pub(super) silent: Option<String>,
    /// Grows with everything a reader can see or hear.
    pub(super) ink: usize,
    /// Whether anything the author wrote as HTML was written.
    pub(super) has_raw: bool,
    pub(super) title: Option<Title>,
    pub(super) mentions: Mentions,
    /// How many elements are open in trusted HTML in which nothing is linked.
    pub(super) trusted_apart: usize,
    /// The language and the text of the code block that is open.
    pub(super) code: Option<(String, String)>,
    /// For each piece of the author's HTML in the last event whether it counts, where a scan asks.
    pub(super) counted: Option<Vec<bool>>,
    html: Option<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        options: &'a Options,
        resolve: &'a dyn Fn(ReferenceKind, &str) -> Target,
        length: usize,
    ) -> Self {
        Writer {
            options,
            resolve,
            out: String::with_capacity(length + length / 2),
            open: Vec::new(),
            raw_open: 0,
            links: 0,
            raw_rows: 0,
            anchors: Anchors::new(),
            levels: Levels::default(),
            notes: Notes::default(),
            table: Table::default(),
            link: None,
            image: None,
            caption: String::new(),
            has_picture: false,
            media: None,
            silent: None,
            ink: 0,
            has_raw: false,
            title: None,
            mentions: Mentions::default(),
            trusted_apart: 0,
            code: None,
            counted: None,
            html: None,
        }
    }

    /// The HTML, and whether any of it was the author's.
    pub(super) fn finish(mut self) -> (String, bool) {
        while !self.open.is_empty() {
            self.close_last();
        }
        self.write_notes();
        (self.out, self.has_raw)
    }

    /// Writes one event. The footnotes are set aside, the rest goes out at once.
    pub(super) fn event(&mut self, event: Event<'a>) {
        let Some(event) = self.notes.set_aside(event) else {
            return;
        };
        if self.image.is_some() {
            return self.image_event(&event);
        }
        self.title_text(&event);
        if is_text(&event) && self.silent.is_none() {
            self.prepare_text();
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => {
                if let Some(block) = &mut self.html {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(html) => self.inline_html(&html),
            _ if self.silent.is_some() => {}
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => {
                    let text = self.pull_quote(&text);
                    self.running_text(text);
                }
            },
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => {
                self.block();
                self.out.push_str("<hr>\n");
            }
            Event::FootnoteReference(name) => self.note_reference(&name),
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.ink += usize::from(!text.trim().is_empty());
        // Writing to a string cannot fail.
        let _ = escape_html_body_text(&mut self.out, text);
    }

    pub(super) fn article(&self) -> bool {
        self.options.headings == Headings::Article
    }

    /// Writes one of the words that are not the author's.
    pub(super) fn label(&mut self, word: impl Fn(&Labels) -> &String) {
        let _ = escape_html(&mut self.out, word(&self.options.labels));
    }

    /// Makes room for a block: nothing open that cannot hold one, and a line of its own.
    pub(super) fn block(&mut self) {
        self.silent = None;
        self.prepare_flow();
        self.fresh_line();
    }

    pub(super) fn fresh_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Notes that a tag of Markdown is open; what it wrote is up to the caller.
    pub(super) fn push(&mut self, close: &'static str, content: Content) {
        self.open.push(Open::markdown(close, content, false));
    }

    /// Opens an element that may hold others of its kind, unless that goes too deep.
    pub(super) fn nest(&mut self, start: &str, close: &'static str, content: Content) {
        let written = self.open.len() < DEEPEST_ELEMENT && self.silent.is_none();
        let close = if written { close } else { "" };
        if !close.is_empty() {
            self.out.push_str(start);
        }
        self.push(close, content);
    }

    /// Closes what was opened last.
    pub(super) fn close_last(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.raw_open -= usize::from(open.raw);
        self.links -= usize::from(open.link);
        if open.wants_summary {
            self.summary();
        }
        if open.raw && self.take_back(&open) {
            return;
        }
        if is_media(open.close) && self.close_media(open.start) {
            return;
        }
        if !open.close.is_empty() {
            let close = if open.raw {
                self.header_or_cell(&open)
            } else {
                open.close
            };
            self.out.push_str("</");
            self.out.push_str(close);
            self.out.push('>');
        }
    }

    /// Closes the HTML opened within the last tag of Markdown.
    pub(super) fn close_raw_open(&mut self) {
        while self.open.last().is_some_and(|open| open.raw) {
            self.close_last();
        }
    }

    /// The same, and that tag too.
    pub(super) fn pop(&mut self) {
        self.close_raw_open();
        self.close_last();
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => {
                self.block();
                self.out.push_str("<p>");
                self.push("p", Content::Phrasing);
            }
            Tag::Heading {
                level, id, classes, ..
            } => {
                let short = classes.iter().filter(|class| class.len() <= 100);
                let classes = short.map(ToString::to_string).collect();
                self.start_heading(level, id.map(|id| id.to_string()), classes);
            }
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => {
                self.silent = None;
                self.fresh_line();
                self.html = Some(String::new());
            }
            Tag::List(start) => self.start_list(start),
            Tag::Item => {
                self.fresh_line();
                self.nest("<li>", "li", Content::Flow);
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.nest("<em>", "em", Content::Phrasing),
            Tag::Strong => self.nest("<strong>", "strong", Content::Phrasing),
            Tag::Strikethrough => self.nest("<del>", "del", Content::Phrasing),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.start_link(link_type, &dest_url, &title);
            }
            Tag::Image {
                dest_url, title, ..
            } => self.start_image(&dest_url, &title),
            // Footnotes never come here; the rest belongs to syntax that is not switched on.
            _ => self.push("", Content::Flow),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.html_block(&html);
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.silent = None;
                self.close_raw_open();
                if matches!(tag, TagEnd::BlockQuote(_)) {
                    self.fresh_line();
                }
                self.close_last();
                self.fresh_line();
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Link => self.end_link(),
            _ => self.pop(),
        }
    }

    fn end_paragraph(&mut self) {
        self.silent = None;
        self.pop();
        if self.article() && self.out.ends_with("<p></p>") {
            return self.out.truncate(self.out.len() - "<p></p>".len());
        }
        self.out.push('\n');
    }
}

/// Whether this event begins something that stands in a line.
fn is_text(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => !text.trim().is_empty(),
        Event::Code(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => true,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        _ => false,
    }
}
