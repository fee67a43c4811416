//! Citations of an article: Chicago, APA and MLA as text, RIS, BibLaTeX and CSL-JSON as files
//! inside the page, and the tags in its head by which Zotero files it.
//!
//! All forms are made from one [`Source`]. The three styles are conventions of English: their
//! month names and abbreviations stay English whatever the language of the page.

mod apa;
mod biblatex;
mod chicago;
mod csl;
mod data_uri;
mod date;
mod mla;
mod name;
mod ris;
mod styled;
mod tags;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::view::{CitationFile, CitationStyle, CitationView, Stage};
use crate::archive::ArticleId;
use crate::config::Kind;
use crate::content::{Date, name as spelling};

use name::Name;

/// An article as a bibliography sees it. Every text is one line.
#[derive(Debug, Clone, Default)]
pub(super) struct Source<'a> {
    /// Who signed it; the wire services where nobody did.
    authors: Vec<Name<'a>>,
    /// The wire services credited beside the authors.
    agencies: Vec<Cow<'a, str>>,
    title: Cow<'a, str>,
    /// The title with true quotation marks, where the site sets them, for the styles.
    headline: Cow<'a, str>,
    /// The paper it stood in, else the archive.
    paper: Cow<'a, str>,
    /// The archive, where it is not the paper.
    archive: Option<Cow<'a, str>>,
    date: Option<Date>,
    /// The section of the paper it was printed in.
    printed_section: Option<Cow<'a, str>>,
    /// That section, else the section of the archive.
    section: Option<Cow<'a, str>>,
    page: Option<Cow<'a, str>>,
    edition: Option<Cow<'a, str>>,
    volume: Option<Cow<'a, str>>,
    issue: Option<Cow<'a, str>>,
    issn: Option<Cow<'a, str>>,
    /// A BCP 47 tag.
    language: &'a str,
    /// Its whole address.
    url: String,
    /// Where it was first online.
    original_url: Option<&'a str>,
    rights: Option<Cow<'a, str>>,
    slug: &'a str,
}

/// A text on one line, without what no file may hold; nothing where it says nothing.
fn line(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    let untidy = |c: char| c != ' ' && (c.is_whitespace() || spelling::is_forbidden(c));
    if text.contains(untidy) || text.contains("  ") {
        let tidy = spelling::tidy(text);
        (!tidy.is_empty()).then_some(Cow::Owned(tidy))
    } else {
        (!text.is_empty()).then_some(Cow::Borrowed(text))
    }
}

fn line_of(text: Option<&String>) -> Option<Cow<'_, str>> {
    text.and_then(|text| line(text))
}

impl<'a> Stage<'a> {
    /// What a bibliography says about an article.
    pub(super) fn source(&self, id: ArticleId) -> Source<'a> {
        let scene = self.scene;
        let (archive, settings) = (scene.archive, &scene.config.settings);
        let article = archive.article(id);
        let content = &article.content;
        let of_kind = |kind: Kind| {
            let terms = article.terms.iter();
            terms
                .filter(move |term| archive.taxonomy_of(**term).kind == kind)
                .map(|term| archive.term(*term))
        };
        let mut authors: Vec<Name<'a>> = of_kind(Kind::Author).filter_map(Name::of_term).collect();
        let mut agencies: Vec<Cow<'a, str>> =
            content.agencies.iter().filter_map(|a| line(a)).collect();
        if authors.is_empty() {
            authors = std::mem::take(&mut agencies)
                .into_iter()
                .map(Name::whole)
                .collect();
        }
        let print = content.print.as_ref();
        let title = line(&settings.title).unwrap_or_default();
        let publication = print.and_then(|print| line_of(print.publication.as_ref()));
        let printed_section = print.and_then(|print| line_of(print.section.as_ref()));
        let language = content.language.as_deref().unwrap_or(&settings.language);
        let section = || of_kind(Kind::Section).next();
        Source {
            authors,
            agencies,
            headline: Cow::Owned(self.set(&content.title, language)),
            title: line(&content.title).unwrap_or_default(),
            language,
            archive: publication
                .as_ref()
                .filter(|paper| **paper != title)
                .map(|_| title.clone()),
            paper: publication.unwrap_or(title),
            date: content.date,
            section: printed_section
                .clone()
                .or_else(|| section().and_then(|term| line(&term.name))),
            printed_section,
            page: print.and_then(|print| line_of(print.page.as_ref())),
            edition: print.and_then(|print| line_of(print.edition.as_ref())),
            volume: print.and_then(|print| line_of(print.volume.as_ref())),
            issue: print.and_then(|print| line_of(print.issue.as_ref())),
            issn: print.and_then(|print| line_of(print.issn.as_ref())),
            url: self.link.absolute(&scene.site.of_article(id).url),
            original_url: content.source_url.as_deref(),
            rights: self.rights(article).and_then(line),
            slug: &content.slug,
        }
    }
}

impl Source<'_> {
    /// The citation panel.
    pub(super) fn view(&self) -> CitationView {
        let chicago = chicago::style(self);
        let style = |name: &str, html: String| CitationStyle {
            name: name.to_owned(),
            html,
        };
        let file = |label: &str, ending: &str, media_type: &str, text: &str| CitationFile {
            label: label.to_owned(),
            file_name: format!("{}.{ending}", self.slug),
            href: data_uri::data_uri(media_type, text),
        };
        CitationView {
            styles: vec![
                style("Chicago", chicago.html(self.language)),
                style("APA", apa::style(self).html(self.language)),
                style("MLA", mla::style(self).html(self.language)),
            ],
            line: chicago.into_text(),
            permalink: self.url.clone(),
            downloads: vec![
                file(
                    "RIS",
                    "ris",
                    "application/x-research-info-systems",
                    &ris::file(self),
                ),
                file(
                    "BibLaTeX",
                    "bib",
                    "application/x-bibtex",
                    &biblatex::file(self),
                ),
                file(
                    "CSL-JSON",
                    "json",
                    "application/vnd.citationstyles.csl+json",
                    &csl::file(self),
                ),
            ],
        }
    }

    /// A key of ASCII letters that no other article has and that never changes while its slug
    /// and date stay: `putin-kim-vladivostok-2019-04-25`.
    fn key(&self) -> String {
        let mut key = String::with_capacity(self.slug.len() + 11);
        let ascii = if self.slug.is_ascii() {
            Cow::Borrowed(self.slug)
        } else {
            Cow::Owned(any_ascii::any_ascii(self.slug))
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        key.extend(ascii.chars().filter(|c| fits(*c)));
        if key.is_empty() {
            key.push_str("article");
        }
        if let Some(date) = &self.date {
            key.push('-');
            key.push_str(&date.iso_date());
        }
        key
    }

    /// First and last page, where a range is named: `A1–A4`. A hyphen is a range only between
    /// two pages with figures, for `A-5` is a page.
    fn page_range(&self) -> Option<(&str, &str)> {
        let (first, last) = self.page.as_deref()?.split_once(['-', '–', '—'])?;
        let figures = |page: &str| page.contains(|c: char| c.is_ascii_digit());
        let single = !last.contains(['-', '–', '—', ',']) && !first.contains(',');
        (single && figures(first) && figures(last)).then_some((first.trim(), last.trim()))
    }

    /// The printed section as Chicago and MLA name it: `sec. B`, but `World sec.`
    fn section_of_paper(&self) -> Option<String> {
        let section = self.printed_section.as_deref()?;
        let is_mark = section.chars().count() <= 2 || section.bytes().all(|b| b.is_ascii_digit());
        Some(if is_mark {
            format!("sec. {section}")
        } else {
            format!("{section} sec.")
        })
    }

    /// What has no field of its own in the formats for programs.
    fn note(&self) -> Option<String> {
        let mut note = String::new();
        if !self.agencies.is_empty() {
            note.push_str("News agency: ");
            note.push_str(&self.agencies.join(", "));
        }
        if let Some(url) = self.original_url {
            if !note.is_empty() {
                note.push_str(". ");
            }
            note.push_str("First online: ");
            note.push_str(url);
        }
        (!note.is_empty()).then_some(note)
    }
}
