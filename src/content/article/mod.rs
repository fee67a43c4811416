//! One article: everything its file says but the body, which is read again when its page is made.

mod body;
mod filing;
mod mappings;
mod read;
mod redacted;
mod removed;
mod seldom;

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::fields::{Fields, Name};
use super::front_matter::FrontMatter;
use super::markdown::Reference;
use super::schema;
use crate::config::{Config, Redaction};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::digest::Digest;

pub use removed::Removed;
pub use seldom::Seldom;

pub(super) use body::{anchors, options, report_body};

/// Whether and how an article is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// In the open.
    #[default]
    Published,
    /// Not yet.
    Draft,
    /// In the open, but asked to stay out of search engines, sitemaps and feeds.
    NoIndex,
    /// In the open with parts taken out by hand.
    Redacted,
    /// Withdrawn.
    Removed,
    /// Not before a date.
    Embargoed,
}

/// A picture of an article or record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The file, seen from the article or record, or a path from the root of the site.
    pub src: String,
    /// What it shows; empty where nobody said.
    pub alt: String,
    /// The line below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The line it is named on.
    pub line: u32,
}

impl Picture {
    /// Whether it is a file of the site; a picture of another host is never fetched by a page.
    pub fn is_local(&self) -> bool {
        !self.src.contains("://")
    }
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was made.
    pub date: Option<Date>,
    /// What was wrong and what is right.
    pub text: String,
    /// One of [`CORRECTION_KINDS`].
    #[serde(deserialize_with = "schema::correction_kind")]
    pub kind: schema::Listed,
}

/// Where an article stood on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Print {
    /// The paper.
    pub publication: Option<String>,
    /// Its ISSN.
    pub issn: Option<String>,
    /// The edition.
    pub edition: Option<String>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// The page as it is numbered.
    pub page: Option<String>,
    /// The section of the paper.
    pub section: Option<String>,
    /// The column.
    pub column: Option<String>,
}

/// Where an article was filed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place, where it is named apart from the text.
    pub place: Option<Name>,
    /// The text as it was printed.
    pub text: String,
}

/// What the body of an article says about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The line of the file on which it begins, from 1.
    pub line: u32,
    /// Its words.
    pub words: u32,
    /// The plain text of its first paragraph, cut at a word; empty where the article has a summary
    /// of its own.
    pub summary: Box<str>,
    /// Its links and pictures that point inside the site, with their places in the body.
    pub references: Box<[Reference]>,
    /// The anchors of its headings.
    pub headings: Box<[Box<str>]>,
    /// Whether its first heading is the title and is not shown again.
    pub title_is_heading: bool,
}

/// One article as its file tells it.
///
/// There is one of these for every article of the archive as long as a build runs, so nothing has
/// room to grow, and what few articles have and is large lies apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its file, seen from the content root.
    pub file: Box<Utf8Path>,
    /// What the bytes of its file are recognised by.
    pub mark: Digest,
    /// What everything is recognised by that decides where it stands.
    pub filing: Digest,
    /// What the text that readers see is recognised by: headline, deck and body, however its lines
    /// are broken.
    pub text: u64,
    /// Its folder below the folder of articles.
    pub folder: Box<str>,
    /// The headline.
    pub title: Box<str>,
    /// When it was published; `None` if that is not known.
    pub date: Option<Date>,
    /// The line of its file on which the date stands, from 1.
    pub date_line: u32,
    /// The last part of its address.
    pub slug: Box<str>,
    /// The names it lists, one list for each taxonomy of the site; none once they are filed.
    pub names: Box<[Box<[Name]>]>,
    /// The names it is mainly about; none once they are filed.
    pub about: Box<[Name]>,
    /// The line below the headline.
    pub deck: Option<Box<str>>,
    /// For lists and search engines, where it sets one.
    pub summary: Option<Box<str>>,
    /// One of [`KINDS`](schema::KINDS).
    #[serde(deserialize_with = "schema::kind")]
    pub kind: Option<schema::Listed>,
    /// The language it is in, where it is not the site's.
    pub language: Option<Box<str>>,
    /// Whether and how it is published.
    pub status: Status,
    /// What few articles have; it is reached as if it stood here.
    pub seldom: Option<Box<Seldom>>,
    /// What its body says about itself.
    pub body: Body,
}

impl Article {
    /// When it was last changed, a correction being a change too; `None` where nothing says so.
    pub fn changed(&self, zone: &jiff::tz::TimeZone) -> Option<Date> {
        let corrected = self
            .corrections
            .iter()
            .filter_map(|correction| correction.date);
        let changes = corrected.chain(self.updated);
        changes.max_by_key(|date| date.instant(zone))
    }

    /// The summary for lists: its own, else the beginning of its first paragraph.
    pub fn summary(&self) -> &str {
        self.summary.as_deref().unwrap_or(&self.body.summary)
    }
}

/// Reads one article. `None` when it is too broken to be one; what is wrong is in the notes.
pub(super) fn read(
    config: &Config,
    file: &Utf8Path,
    folder: &str,
    source: &str,
) -> (Option<Article>, Diagnostics) {
    let front = match super::front_matter::read(source) {
        Ok(front) => front,
        Err(error) => return (None, error.into()),
    };
    let FrontMatter {
        fields,
        body,
        present,
    } = front;
    let mut fields = Fields::new(source, file.as_str(), fields, &config.settings.front_matter);
    if !present {
        fields.notes.push(
            Diagnostic::new(Code::NoFrontMatter, "there is no front matter")
                .span(Span::line(source, 1))
                .help("begin the file with `---`, `title: …`, `date: …` and `---`"),
        );
    }
    fields.skip(&config.dropped_keys);
    let redacted = redacted::redacted(config, source, body, &mut fields);
    Reader {
        config,
        file,
        source: redacted.source.as_deref().unwrap_or(source),
        body_at: body,
        fields,
        redactions: redacted.list,
        redacted: redacted.any,
    }
    .article(folder)
}

/// The pieces at hand while an article is read.
struct Reader<'a> {
    config: &'a Config,
    file: &'a Utf8Path,
    source: &'a str,
    body_at: usize,
    fields: Fields<'a>,
    /// What was taken out of the article by its own list.
    redactions: Vec<Redaction>,
    /// Whether anything was taken out of it.
    redacted: bool,
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_few_articles_have_takes_no_room_in_the_others() {
        assert!(
            size_of::<super::Article>() <= 320,
            "{}",
            size_of::<super::Article>()
        );
    }
}
