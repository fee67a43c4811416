//! Reads the fields of an article, one after the other, into an [`Article`].

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Article, Body, Reader, Seldom, Status, anchors, report_body};
use crate::content;
use crate::content::date::Date;
use crate::content::fields::Name;
use crate::content::markdown;
use crate::content::schema::{self, KINDS, STATUSES};
use crate::content::slug;
use crate::content::value::Value;
use crate::content::withheld::{self, Listed};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::digest::{Digest, Digester};

impl Reader<'_> {
    pub(super) fn article(mut self, folder: &str) -> (Option<Article>, Diagnostics) {
        let language = self.language();
        let options = content::markdown_options(self.config, language.as_deref());
        let scan = markdown::scan(&self.source[self.body_at..], &options);
        let status = self.status();
        let title = self.title(&scan, status);
        let (title, title_is_heading) = title.unwrap_or_default();
        let stem = content::walk::stem(self.file);
        let date_at = self.fields.at("date");
        let date_line = date_at.map_or(1, |at| Span::place(self.source, at.start).0);
        let (date, from_name) = self.date(stem);
        let (removed, names) = self.removed(status);
        let stem = if from_name { &stem[11..] } else { stem };
        let slug = self.slug(stem, &title);
        let mut seldom = self.seldom(status);
        seldom.removed = removed.map(Box::new);
        let listed = Listed {
            redactions: std::mem::take(&mut self.redactions),
            names,
        };
        seldom.withheld = withheld::needles(
            status,
            seldom.embargo_until.is_some(),
            &listed,
            (&title, &self.source[self.body_at..], &seldom.pictures),
            &options,
        );
        let mut article = Article {
            file: self.file.into(),
            mark: Digest::default(),
            filing: Digest::default(),
            text: 0,
            folder: folder.into(),
            slug: slug.into(),
            title: title.into(),
            date,
            date_line,
            names: self.names(),
            about: self
                .fields
                .names("about", "names", "[Vladimir Putin]")
                .into(),
            deck: self.text("deck"),
            summary: self.summary(),
            kind: self.fields.choice("kind", KINDS),
            language: language.map(Into::into),
            status,
            seldom: seldom.apart(),
            body: self.body(scan, title_is_heading),
        };
        article.text = self.text_mark(&article);
        if article.summary.is_some() {
            article.body.summary = Box::default();
        }
        // Kept in the file for whoever asks where an article came from, and shown to nobody.
        let _ = self.fields.any("provenance");
        if status == Status::Removed {
            article = article.emptied(self.config);
        }
        let notes = self.finish();
        let broken = notes.iter().any(|d| d.code == Code::NoTitle);
        ((!broken).then_some(article), notes)
    }

    /// What few articles have, as far as it follows from their fields alone.
    fn seldom(&mut self, status: Status) -> Seldom {
        Seldom {
            updated: self.fields.date("updated").flatten(),
            url: self.url("url").map(Into::into),
            aliases: self.fields.texts("aliases").into(),
            id: self.text("id"),
            agencies: self.agencies(),
            dateline: self.dateline().map(Box::new),
            pictures: self.pictures().into(),
            corrections: self.corrections().into(),
            embargo_until: self.embargo(status).map(Box::new),
            removed: None,
            redacted: self.redacted || status == Status::Redacted,
            withheld: None,
            print: self.print().map(Box::new),
            source_url: self.fields.address("source_url").map(Into::into),
            archived_url: self.fields.address("archived_url").map(Into::into),
            rights: self.rights().map(Box::new),
            duplicate_of: self.text("duplicate_of"),
            translation_of: self.text("translation_of"),
            related: self.fields.texts("related").into(),
            extra: Some(self.fields.any("extra"))
                .filter(|extra| *extra != Value::Null)
                .map(Box::new),
        }
    }

    /// The wire services credited, each once.
    fn agencies(&mut self) -> Box<[String]> {
        let mut agencies = self.fields.texts("agencies");
        let mut seen = BTreeSet::new();
        agencies.retain(|agency| seen.insert(content::name::fold(agency)));
        agencies.into()
    }

    /// The place of a value, else the first line of the file.
    fn span(&self, at: Option<Range<usize>>) -> Span {
        at.map_or_else(
            || Span::line(self.source, 1),
            |at| Span::at(self.source, at.start, at.len()),
        )
    }

    /// Reports the fields that nobody took.
    fn finish(self) -> Diagnostics {
        let taxonomies = self.config.taxonomies.iter().flat_map(|t| t.keys.iter());
        let known = schema::ARTICLE
            .iter()
            .map(|f| f.key)
            .chain(taxonomies.map(String::as_str));
        self.fields.finish(known)
    }

    /// The title, and whether it was taken from the first heading or repeats it.
    fn title(&mut self, scan: &markdown::Scan, status: Status) -> Option<(String, bool)> {
        let place = self.fields.at("title");
        let heading = scan
            .first_heading
            .as_ref()
            .filter(|h| !h.text.trim().is_empty());
        if let Some(title) = self.fields.text("title") {
            let title = content::name::tidy(&title);
            let repeated =
                heading.is_some_and(|h| h.first_block && content::name::tidy(&h.text) == title);
            return Some((title, repeated));
        }
        if self.fields.notes.iter().any(|d| d.code == Code::WrongKind) {
            return Some((String::new(), false));
        }
        let Some(heading) = heading else {
            // Of a removed article nothing has to be kept.
            if status == Status::Removed {
                return None;
            }
            self.fields.notes.push(
                Diagnostic::new(Code::NoTitle, "the article has no title")
                    .span(self.span(place))
                    .help("add `title: …` to the front matter"),
            );
            return None;
        };
        let title = content::name::tidy(&heading.text);
        self.fields.notes.push(
            Diagnostic::new(
                Code::TitleFromText,
                format!("the first heading is the title: {title:?}"),
            )
            .span(self.span(place))
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
        let place = self.fields.at("date");
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
                            .span(self.span(place))
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

    /// What the headline, the deck and the body are recognised by. White space is one whatever it
    /// is, so that an editor who breaks lines anew has changed nothing.
    fn text_mark(&self, article: &Article) -> u64 {
        let body = self.source.get(self.body_at..).unwrap_or_default();
        // Each byte is put down, and the next one over it where it is white space after white space:
        // without a branch for every byte of an archive.
        let mut words = vec![0; body.len() + 1];
        let (mut length, mut after_space) = (0, false);
        for byte in body.bytes() {
            let is_space = matches!(byte, b' ' | b'\t'..=b'\r');
            if let Some(place) = words.get_mut(length) {
                *place = if is_space { b' ' } else { byte };
            }
            length += usize::from(!(is_space & after_space));
            after_space = is_space;
        }
        words.truncate(length);
        let deck = article.deck.as_deref().unwrap_or_default();
        let parts = Digester::new().text(&article.title).text(deck);
        parts
            .digest(Digest::of(words.trim_ascii()))
            .finish()
            .short_number()
    }

    fn text(&mut self, key: &str) -> Option<Box<str>> {
        self.fields.text(key).map(Into::into)
    }

    fn summary(&mut self) -> Option<Box<str>> {
        let summary = self.fields.text("summary")?;
        Some(content::name::tidy(&summary).into())
    }

    fn url(&mut self, key: &str) -> Option<String> {
        let (url, at) = self.fields.placed_text(key)?;
        match content::address(&url) {
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

    fn names(&mut self) -> Box<[Box<[Name]>]> {
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
            all.push(names.into());
        }
        all.into()
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
        let place = self.fields.at("status");
        let until = self.fields.date("embargo_until").flatten();
        if status == Status::Embargoed && until.is_none() {
            let mut note = Diagnostic::new(Code::EmbargoWithoutEnd, "the embargo has no end")
                .help("add `embargo_until: 2026-01-31T06:00:00Z`");
            note.span = Some(self.span(place));
            self.fields.notes.push(note);
        }
        until
    }

    /// What the scan found, with its problems reported.
    fn body(&mut self, scan: markdown::Scan, title_is_heading: bool) -> Body {
        let start = self.body_at;
        report_body(&mut self.fields.notes, self.source, start, &scan);
        Body {
            line: Span::place(self.source, start).0,
            words: scan.words,
            summary: scan.summary.into(),
            references: scan.references.into(),
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
        name.text = rest.trim().into();
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
