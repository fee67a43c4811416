//! Markdown: what a body says about itself, and its HTML.
//!
//! Takes the text below the front matter and [`Options`]. [`scan`] gives what other stages must
//! know before any page is made: a summary, the references to check, the ids a link can point
//! at. [`to_html`] gives the HTML, and asks its caller what each reference inside the site has
//! become, for this module knows no URL. Both read the same events, so what a scan promises is
//! what the page has.
//!
//! Any text is accepted: nothing here fails or panics, and the time taken grows with the length
//! of the text, whatever stands in it.

mod allowed;
mod anchors;
mod blocks;
mod borders;
mod brackets;
mod embeds;
mod events;
mod figures;
mod headings;
mod highlight;
mod images;
mod labels;
mod lines;
mod links;
mod mentions;
mod notes;
mod pictures_out;
mod plain;
mod prose;
mod quotes;
mod raw;
mod reference;
mod said;
mod scan;
mod scanned_html;
mod tables;
mod tags;
mod tokens;
mod writer;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::BaseUrl;

pub use labels::Labels;
pub use mentions::Mentions;
pub use pictures_out::without_pictures;
pub use quotes::Quotes;
pub(super) use reference::is_refused;
pub use reference::{Reference, ReferenceKind, Target};
pub use said::{Said, said};
pub use scan::{Heading, RemovedHtml, Scan, outward, scan};

/// How deep lists and quotations may stand in one another. Beyond it [`Scan::too_deep`] is set
/// and [`to_html`] goes on with the text alone.
pub const DEEPEST: usize = 100;

/// What becomes of HTML that stands in a Markdown text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// It is shown as the text it is.
    Escape,
    /// Harmless elements and attributes pass, the rest is taken out and its text kept.
    #[default]
    Sanitize,
    /// It passes as it is. Only for an archive whose every author is trusted.
    Trust,
}

/// What becomes of headings, and of everything else that only a page cares about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Headings {
    /// Plain CommonMark, for feeds and other places outside a page: levels as they stand, no ids
    /// but those written out, no attributes that serve a browser.
    AsWritten,
    /// The page has its own `h1`: the body begins at `h2`, never skips a level downwards, and
    /// every heading has an id. Tables and code can be scrolled by keyboard, pictures below the
    /// first load when they are seen. A picture with a title alone in its paragraph becomes a
    /// figure, and a paragraph of several pictures alone, each on a line of its own, a gallery.
    #[default]
    Article,
}

/// How a body is read and written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// What becomes of HTML in the text.
    pub html: RawHtml,
    /// Typographic quotation marks, dashes and ellipses; `None` leaves the text as typed.
    pub smart: Option<Quotes>,
    /// What becomes of headings.
    pub headings: Headings,
    /// Whether code in a known language is marked up for colouring.
    pub highlight: bool,
    /// The words the markup itself needs, in the language of the text.
    pub labels: Labels,
    /// Where the site will be: a whole address of it refers to what is inside.
    pub site: Option<BaseUrl>,
}

/// What the page around a body brings to it.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Whether the first heading is left out, if nothing stands before it: the page took its
    /// title from there.
    pub title_is_heading: bool,
    /// Whether a picture stands above the body: the first of a page is in sight at once, and all
    /// others load when they are seen.
    pub pictures_above: bool,
    /// The names whose first mention in running text becomes a link.
    pub mentions: Mentions,
}

/// A body as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The fragment, to stand inside an element that holds flow content.
    pub html: String,
}

/// The HTML of a body.
///
/// `resolve` is asked for every destination that does not lead out of the site; one that could
/// run a script (`javascript:`, `data:`) is dead without asking.
pub fn to_html<'a>(
    body: &'a str,
    options: &'a Options,
    page: Surroundings,
    resolve: &'a dyn Fn(ReferenceKind, &str) -> Target,
) -> Rendered {
    let events = events::events(body, options).map(|(event, _)| event);
    let mut writer = writer::Writer::new(options, resolve, body.len());
    writer.mentions = page.mentions;
    writer.has_picture = page.pictures_above;
    written(events, writer, page.title_is_heading)
}

/// What `writer` makes of the events of a body.
fn written<'a>(
    events: impl Iterator<Item = pulldown_cmark::Event<'a>>,
    mut writer: writer::Writer<'a>,
    title_is_heading: bool,
) -> Rendered {
    let options = writer.options;
    let mut title = events::TitleSkipper::new(title_is_heading);
    let events = lines::Lines::new(events.filter(|event| title.keeps(event)));
    for part in figures::Parts::new(events, options.headings == Headings::Article) {
        writer.part(part);
    }
    let (html, has_raw) = writer.finish();
    let html = if has_raw && options.html == RawHtml::Sanitize {
        allowed::clean(&html)
    } else {
        html
    };
    Rendered { html }
}

/// The text of a body without its markup, each block on a line of its own.
pub fn text(body: &str, options: &Options) -> String {
    let mut text = String::with_capacity(body.len());
    for (event, _) in events::events(body, options) {
        match &event {
            event if said::ends_line(event) => text.push('\n'),
            event => plain::push(&mut text, event),
        }
    }
    text
}
