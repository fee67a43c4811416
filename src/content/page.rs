//! Pages that are not articles: about, policies.

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::fields::Fields;
use super::markdown;
use super::schema;
use super::slug;
use super::value::Value;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::digest::Digest;

/// A page as its file tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextPage {
    /// Its file, seen from the content root.
    pub file: Utf8PathBuf,
    /// What the bytes of its file are recognised by.
    pub mark: Digest,
    /// Its heading.
    pub title: String,
    /// Its address, from the root of the site.
    pub url: String,
    /// Old addresses that redirect here.
    pub aliases: Vec<String>,
    /// One sentence for search engines.
    pub description: Option<String>,
    /// One of [`POLICIES`](schema::POLICIES), where it states a policy of the publisher.
    #[serde(deserialize_with = "schema::policy")]
    pub policy: Option<schema::Listed>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Its language, where it is not the site's.
    pub language: Option<String>,
    /// Whether it waits for publication.
    pub draft: bool,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// Anything for the theme.
    #[serde(with = "super::value::stored")]
    pub extra: Value,
    /// The beginning of its text.
    pub summary: String,
    /// The links of its text that point inside the site.
    pub references: Vec<markdown::Reference>,
    /// The anchors of its headings.
    pub headings: Box<[Box<str>]>,
    /// The line of the file on which its text begins.
    pub text_line: u32,
    /// Whether its first heading is the title and is not shown again.
    pub title_is_heading: bool,
}

/// Reads one page.
pub(super) fn read(
    config: &Config,
    file: &Utf8Path,
    source: &str,
) -> (Option<TextPage>, Diagnostics) {
    let front = match super::front_matter::read(source) {
        Ok(front) => front,
        Err(error) => return (None, error.into()),
    };
    let mut fields = Fields::new(
        source,
        file.as_str(),
        front.fields,
        &config.settings.front_matter,
    );
    let language = fields.text("language");
    let options = super::markdown_options(config, language.as_deref());
    let published = super::withheld::published(config, source, front.body);
    let scan = markdown::scan(&published[front.body..], &options);
    super::article::report_body(&mut fields.notes, &published, front.body, &scan);
    let heading = scan.first_heading.as_ref();
    let stated = fields.text("title");
    let title_is_heading = heading.is_some_and(|h| {
        h.first_block
            && stated
                .as_ref()
                .is_none_or(|t| super::name::tidy(t) == super::name::tidy(&h.text))
    });
    let Some(title) = stated.or_else(|| heading.map(|h| h.text.clone())) else {
        fields.notes.push(
            Diagnostic::new(Code::NoTitle, "the page has no title")
                .span(Span::line(source, 1))
                .help("add `title: …` to the front matter"),
        );
        return (None, fields.notes);
    };
    let draft = fields.truth("draft") == Some(true) || fields.truth("published") == Some(false);
    let status = fields.choice("status", schema::STATUSES);
    let page = TextPage {
        file: file.to_owned(),
        mark: Digest::default(),
        title,
        url: address(config, file, &mut fields),
        aliases: fields.texts("aliases"),
        description: fields.text("description"),
        policy: fields.choice("policy", schema::POLICIES),
        updated: fields.date("updated").flatten(),
        language,
        draft: draft || matches!(status, Some("draft" | "removed" | "embargoed")),
        noindex: status == Some("noindex"),
        extra: fields.any("extra"),
        summary: scan.summary,
        references: scan.references,
        headings: super::article::anchors(scan.headings, scan.anchors, title_is_heading),
        text_line: Span::place(source, front.body).0,
        title_is_heading,
    };
    (
        Some(page),
        fields.finish(schema::PAGE.iter().map(|field| field.key)),
    )
}

/// Its own address, else its place below the folder of pages: `pages/policies/privacy.md` is
/// `/policies/privacy/`.
fn address(config: &Config, file: &Utf8Path, fields: &mut Fields<'_>) -> String {
    if let Some((url, at)) = fields.placed_text("url") {
        match super::address(&url) {
            Ok(path) => return path,
            Err(reason) => {
                let message = format!("`url` cannot be an address here, {reason}: {url:?}");
                let help = "write a path from the root of the site: `/about/`".to_owned();
                fields.report(Code::BadAddress, &at, message, help);
            }
        }
    }
    let ascii = config.settings.permalinks.ascii;
    let own = fields.slug(ascii);
    let below = file
        .strip_prefix(&config.settings.content.pages)
        .unwrap_or(file);
    let mut folders: Vec<String> = below
        .parent()
        .iter()
        .flat_map(|p| p.components())
        .map(|c| slug::slug(c.as_str(), ascii))
        .collect();
    if super::walk::is_folder_article(below) {
        folders.pop();
    }
    let last = match own {
        Some(own) => own,
        None => slug::slug(super::walk::stem(below), ascii),
    };
    folders.push(last);
    format!("/{}/", folders.join("/"))
}
