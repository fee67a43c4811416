//! One article: everything its file says but the body, which is read again when its page is made.

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

use super::date::Date;
use super::fields::{Fields, Name};
use super::front_matter::FrontMatter;
use super::markdown::{self, Options, Reference};
use super::schema::{self, CORRECTION_KINDS, KINDS, STATUSES};
use super::slug;
use super::value::Value;
use crate::config::{Config, Rights};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// Whether and how an article is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// A picture of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file, seen from the article, or a path from the root of the site.
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

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When it was made.
    pub date: Option<Date>,
    /// What was wrong and what is right.
    pub text: String,
    /// One of [`CORRECTION_KINDS`].
    pub kind: &'static str,
}

/// Where an article stood on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The place, where it is named apart from the text.
    pub place: Option<Name>,
    /// The text as it was printed.
    pub text: String,
}

/// What the body of an article says about itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The line of the file on which it begins, from 1.
    pub line: u32,
    /// Its words.
    pub words: u32,
    /// The plain text of its first paragraph, cut at a word.
    pub summary: String,
    /// Its links and pictures that point inside the site, with their places in the body.
    pub references: Vec<Reference>,
    /// The anchors of its headings.
    pub headings: Vec<String>,
    /// Whether its first heading is the title and is not shown again.
    pub title_is_heading: bool,
}

/// One article as its file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its file, seen from the content root.
    pub file: Utf8PathBuf,
    /// Its folder below the folder of articles.
    pub folder: String,
    /// The headline.
    pub title: String,
    /// When it was published; `None` if that is not known.
    pub date: Option<Date>,
    /// The line of its file on which the date stands, from 1.
    pub date_line: u32,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// The last part of its address.
    pub slug: String,
    /// Its whole address, where it sets one.
    pub url: Option<String>,
    /// Old addresses.
    pub aliases: Vec<String>,
    /// Its stable identity, where it has one.
    pub id: Option<String>,
    /// The names it lists, one list for each taxonomy of the site.
    pub names: Vec<Vec<Name>>,
    /// The names it is mainly about.
    pub about: Vec<Name>,
    /// The wire services credited.
    pub agencies: Vec<String>,
    /// The line below the headline.
    pub deck: Option<String>,
    /// For lists and search engines, where it sets one.
    pub summary: Option<String>,
    /// Where it was filed from.
    pub dateline: Option<Dateline>,
    /// One of [`KINDS`].
    pub kind: Option<&'static str>,
    /// The language it is in, where it is not the site's.
    pub language: Option<String>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// What was corrected.
    pub corrections: Vec<Correction>,
    /// Whether and how it is published.
    pub status: Status,
    /// Not published before.
    pub embargo_until: Option<Date>,
    /// Where it stood on paper.
    pub print: Option<Print>,
    /// Where it was first online.
    pub source_url: Option<String>,
    /// A snapshot of that page.
    pub archived_url: Option<String>,
    /// Its own rights.
    pub rights: Option<Rights>,
    /// The id of the article it is a copy of.
    pub duplicate_of: Option<String>,
    /// Ids of articles to name first among the related ones.
    pub related: Vec<String>,
    /// Anything for the theme.
    pub extra: Value,
    /// What its body says about itself.
    pub body: Body,
}

impl Article {
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
    let (article, notes) = Reader {
        config,
        file,
        source,
        body_at: body,
        fields,
    }
    .article(folder);
    (article, notes)
}

/// The pieces at hand while an article is read.
struct Reader<'a> {
    config: &'a Config,
    file: &'a Utf8Path,
    source: &'a str,
    body_at: usize,
    fields: Fields<'a>,
}

impl Reader<'_> {
    fn article(mut self, folder: &str) -> (Option<Article>, Diagnostics) {
        let language = self.language();
        let options = super::markdown_options(self.config, language.as_deref());
        let scan = markdown::scan(&self.source[self.body_at..], &options);
        let title = self.title(&scan);
        let (title, title_is_heading) = title.unwrap_or_default();
        let stem = super::walk::stem(self.file);
        let date_line = self.fields.place("date").map_or(1, |place| place.line);
        let (date, from_name) = self.date(stem);
        let status = self.status();
        let article = Article {
            file: self.file.to_owned(),
            folder: folder.to_owned(),
            slug: self.slug(if from_name { &stem[11..] } else { stem }, &title),
            title,
            date,
            date_line,
            updated: self.fields.date("updated").flatten(),
            url: self.url("url"),
            aliases: self.fields.texts("aliases"),
            id: self.fields.text("id"),
            names: self.names(),
            about: self.fields.names("about", "names", "[Vladimir Putin]"),
            agencies: self.fields.texts("agencies"),
            deck: self.fields.text("deck"),
            summary: self.fields.text("summary").map(|s| super::name::tidy(&s)),
            dateline: self.dateline(),
            kind: self.fields.choice("kind", KINDS),
            language,
            pictures: self.pictures(),
            corrections: self.corrections(),
            status,
            embargo_until: self.embargo(status),
            print: self.print(),
            source_url: self.fields.address("source_url"),
            archived_url: self.fields.address("archived_url"),
            rights: self.rights(),
            duplicate_of: self.fields.text("duplicate_of"),
            related: self.fields.texts("related"),
            extra: self.fields.any("extra"),
            body: self.body(scan, title_is_heading),
        };
        if let Some(removed) = self.fields.mapping("removed", Some("reason")) {
            self.inner(removed, "removed", |fields| {
                let _ = (
                    fields.date("date"),
                    fields.text("reason"),
                    fields.text("note"),
                );
            });
        }
        let taxonomies = self.config.taxonomies.iter().flat_map(|t| t.keys.iter());
        let known = schema::ARTICLE
            .iter()
            .map(|f| f.key)
            .chain(taxonomies.map(String::as_str));
        let notes = self.fields.finish(known);
        let broken = notes.iter().any(|d| d.code == Code::NoTitle);
        ((!broken).then_some(article), notes)
    }

    /// The title, and whether it was taken from the first heading or repeats it.
    fn title(&mut self, scan: &markdown::Scan) -> Option<(String, bool)> {
        let place = self
            .fields
            .place("title")
            .unwrap_or_else(|| Span::line(self.source, 1));
        let heading = scan
            .first_heading
            .as_ref()
            .filter(|h| !h.text.trim().is_empty());
        if let Some(title) = self.fields.text("title") {
            let title = super::name::tidy(&title);
            let repeated =
                heading.is_some_and(|h| h.first_block && super::name::tidy(&h.text) == title);
            return Some((title, repeated));
        }
        if self.fields.notes.iter().any(|d| d.code == Code::WrongKind) {
            return Some((String::new(), false));
        }
        let Some(heading) = heading else {
            self.fields.notes.push(
                Diagnostic::new(Code::NoTitle, "the article has no title")
                    .span(place)
                    .help("add `title: …` to the front matter"),
            );
            return None;
        };
        let title = super::name::tidy(&heading.text);
        self.fields.notes.push(
            Diagnostic::new(
                Code::TitleFromText,
                format!("the first heading is the title: {title:?}"),
            )
            .span(place)
            .help("write it into the front matter: `title: …`"),
        );
        Some((title, heading.first_block))
    }

    /// The date, and whether the file name begins with one.
    fn date(&mut self, stem: &str) -> (Option<Date>, bool) {
        let named = stem
            .split_at_checked(10)
            .filter(|(_, rest)| rest.len() > 1 && rest.starts_with(['-', '_', ' ']))
            .and_then(|(date, _)| Date::parse(date).ok().filter(|d| d.day().is_some()));
        let stated = self.fields.has("date")
            || self
                .config
                .settings
                .front_matter
                .map
                .iter()
                .any(|(k, v)| v == "date" && self.fields.has(k));
        let place = self
            .fields
            .place("date")
            .unwrap_or_else(|| Span::line(self.source, 1));
        match self.fields.date("date") {
            Some(date) => (date, named.is_some()),
            None if named.is_some() => (named, true),
            None => {
                let refused = stated
                    && self
                        .fields
                        .notes
                        .iter()
                        .any(|d| matches!(d.code, Code::BadDate | Code::WrongKind));
                if !refused {
                    self.fields.notes.push(
                        Diagnostic::new(Code::NoDate, "the article has no date")
                            .span(place)
                            .help("add `date: 2019-04-25`, or `date: unknown` if it is not known"),
                    );
                }
                (None, false)
            }
        }
    }

    fn slug(&mut self, stem: &str, title: &str) -> String {
        let ascii = self.config.settings.permalinks.ascii;
        if let Some(own) = self.fields.slug(ascii) {
            return own;
        }
        let plain = stem.chars().any(char::is_alphanumeric);
        slug::slug(if plain { stem } else { title }, ascii)
    }

    fn url(&mut self, key: &str) -> Option<String> {
        let (url, at) = self.fields.placed_text(key)?;
        match super::address(&url) {
            Ok(path) => Some(path),
            Err(reason) => {
                self.refuse(&at, key, &url, reason);
                None
            }
        }
    }

    fn refuse(&mut self, at: &Range<usize>, key: &str, url: &str, reason: &str) {
        let message = format!("`{key}` cannot be an address here, {reason}: {url:?}");
        let help = "write a path from the root of the site: `/2019/04/25/story/`".to_owned();
        self.fields.report(Code::BadAddress, at, message, help);
    }

    fn names(&mut self) -> Vec<Vec<Name>> {
        let taxonomies = &self.config.taxonomies;
        let mut all = Vec::with_capacity(taxonomies.len());
        for taxonomy in taxonomies {
            let mut names: Vec<Name> = Vec::new();
            for key in &taxonomy.keys {
                if taxonomy.single {
                    names.extend(self.fields.name(key).filter(|_| names.is_empty()));
                } else {
                    names.extend(self.fields.names(key, "names", example(taxonomy.kind)));
                }
            }
            if taxonomy.kind == crate::config::Kind::Author {
                names.iter_mut().for_each(without_by);
            }
            all.push(names);
        }
        all
    }

    fn language(&mut self) -> Option<String> {
        let (tag, at) = self.fields.placed_text("language")?;
        let tag = tag.replace('_', "-");
        if crate::config::is_language(&tag) {
            return Some(tag);
        }
        let message = format!("`language` is not a BCP 47 tag: {tag:?}");
        self.fields.report(
            Code::BadLanguage,
            &at,
            message,
            "write `language: fr` or `pt-BR`".into(),
        );
        None
    }

    fn status(&mut self) -> Status {
        let draft = self.fields.truth("draft") == Some(true);
        let held = self.fields.truth("published") == Some(false);
        match self.fields.choice("status", STATUSES) {
            Some("removed") => Status::Removed,
            Some("embargoed") => Status::Embargoed,
            Some("draft") => Status::Draft,
            _ if draft || held => Status::Draft,
            Some("noindex") => Status::NoIndex,
            Some("redacted") => Status::Redacted,
            _ => Status::Published,
        }
    }

    fn embargo(&mut self, status: Status) -> Option<Date> {
        let place = self.fields.place("status");
        let until = self.fields.date("embargo_until").flatten();
        if status == Status::Embargoed && until.is_none() {
            let mut note = Diagnostic::new(Code::EmbargoWithoutEnd, "the embargo has no end")
                .help("add `embargo_until: 2026-01-31T06:00:00Z`");
            note.span = place.or_else(|| Some(Span::line(self.source, 1)));
            self.fields.notes.push(note);
        }
        until
    }

    fn dateline(&mut self) -> Option<Dateline> {
        let inner = self.fields.mapping("dateline", Some("text"))?;
        let (place, text) = self.inner(inner, "dateline", |f| (f.name("place"), f.text("text")));
        let text = text.or_else(|| place.as_ref().map(|p| p.text.clone()))?;
        Some(Dateline { place, text })
    }

    fn pictures(&mut self) -> Vec<Picture> {
        let mut pictures = Vec::new();
        for inner in self.fields.mappings("images", "src") {
            let line = inner.place("src").map_or(1, |s| s.line);
            let place = inner
                .place("src")
                .unwrap_or_else(|| Span::line(self.source, 1));
            let (src, alt, caption, credit) = self.inner(inner, "images", |f| {
                (
                    f.text("src"),
                    f.text("alt"),
                    f.text("caption"),
                    f.text("credit"),
                )
            });
            let Some(src) = src else { continue };
            if alt.is_none() {
                self.fields.notes.push(
                    Diagnostic::new(Code::NoAltText, format!("the picture {src:?} has no `alt`"))
                        .span(place)
                        .help("say what it shows: `alt: The two leaders at the table`"),
                );
            }
            pictures.push(Picture {
                src,
                alt: alt.unwrap_or_default(),
                caption,
                credit,
                line,
            });
        }
        pictures
    }

    fn corrections(&mut self) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for inner in self.fields.mappings("corrections", "text") {
            let (date, text, kind) = self.inner(inner, "corrections", |f| {
                (
                    f.date("date").flatten(),
                    f.text("text"),
                    f.choice("kind", CORRECTION_KINDS),
                )
            });
            if let Some(text) = text {
                corrections.push(Correction {
                    date,
                    text,
                    kind: kind.unwrap_or("correction"),
                });
            }
        }
        corrections
    }

    fn print(&mut self) -> Option<Print> {
        let inner = self.fields.mapping("print", Some("publication"))?;
        Some(self.inner(inner, "print", |f| Print {
            publication: f.text("publication"),
            issn: f.text("issn"),
            edition: f.text("edition"),
            volume: f.text("volume"),
            issue: f.text("issue"),
            page: f.text("page"),
            section: f.text("section"),
            column: f.text("column"),
        }))
    }

    fn rights(&mut self) -> Option<Rights> {
        let inner = self.fields.mapping("rights", Some("statement"))?;
        Some(self.inner(inner, "rights", |f| Rights {
            license: f.text("license"),
            holder: f.text("holder"),
            statement: f.text("statement"),
        }))
    }

    /// Reads an inner mapping, and keeps what it had to report.
    fn inner<'s, T>(
        &mut self,
        mut fields: Fields<'s>,
        of: &str,
        read: impl FnOnce(&mut Fields<'s>) -> T,
    ) -> T {
        let value = read(&mut fields);
        let known = schema::ARTICLE
            .iter()
            .find(|f| f.key == of)
            .map_or(&[][..], |f| match f.shape {
                schema::Shape::Mapping(inner)
                | schema::Shape::TextOrMapping(inner)
                | schema::Shape::Mappings(inner) => inner,
                _ => &[],
            });
        self.fields
            .notes
            .extend(fields.finish(known.iter().map(|f| f.key)));
        value
    }

    /// What the scan found, with its problems reported.
    fn body(&mut self, scan: markdown::Scan, title_is_heading: bool) -> Body {
        let start = self.body_at;
        report_body(&mut self.fields.notes, self.source, start, &scan);
        Body {
            line: Span::at(self.source, start, 1).line,
            words: scan.words,
            summary: scan.summary,
            references: scan.references,
            headings: anchors(scan.headings, scan.anchors, title_is_heading),
            title_is_heading,
        }
    }
}

/// `By Jane Doe` is a byline, `Jane Doe` the name in it.
fn without_by(name: &mut Name) {
    if let Some((by, rest)) = name.text.split_at_checked(3)
        && by.eq_ignore_ascii_case("by ")
        && !rest.trim().is_empty()
    {
        name.text = rest.trim().to_owned();
    }
}

fn example(kind: crate::config::Kind) -> &'static str {
    use crate::config::Kind;
    match kind {
        Kind::Person => "[Vladimir Putin, Kim Jong-un]",
        Kind::Place => "[Vladivostok, Hanoi]",
        Kind::Author => "[Foreign Desk]",
        _ => "[one, two]",
    }
}

/// Everything in a text that a link can point at. A heading that is the title has no anchor: it
/// is not shown again.
pub(super) fn anchors(
    headings: Vec<String>,
    others: Vec<String>,
    without_first: bool,
) -> Vec<String> {
    headings
        .into_iter()
        .skip(usize::from(without_first))
        .chain(others)
        .collect()
}

/// Reports what a body must not hold, at its places in the file.
pub(super) fn report_body(
    notes: &mut Diagnostics,
    source: &str,
    start: usize,
    scan: &markdown::Scan,
) {
    if let Some(offset) = scan.too_deep {
        notes.push(
            Diagnostic::new(
                Code::TooDeep,
                format!(
                    "lists or quotations stand more than {} deep",
                    markdown::DEEPEST
                ),
            )
            .span(Span::at(source, start + offset, 1))
            .help("take the text apart: no reader can follow such nesting"),
        );
    }
    for removed in &scan.removed_html {
        notes.push(
            Diagnostic::new(
                Code::HtmlRemoved,
                format!("`<{}>` was removed from the text", removed.element),
            )
            .span(Span::at(
                source,
                start + removed.offset,
                removed.element.len() + 1,
            ))
            .help("write it in Markdown; `[markdown] html = \"trust\"` lets all HTML through"),
        );
    }
}

/// The options, kept here so that `scan` and `to_html` can never differ.
pub(super) fn options(config: &Config, language: &str) -> Options {
    let settings = &config.settings.markdown;
    Options {
        html: settings.html,
        smart: settings
            .smart
            .then(|| markdown::Quotes::for_language(language)),
        headings: markdown::Headings::Article,
        highlight: settings.highlight,
        labels: markdown::Labels::default(),
    }
}
