//! The settings of a site as they stand in `site.toml`.
//!
//! The doc comment of each field is its documentation: `morgue schema site` and
//! `docs/configuration.md` are made from it.

mod folders;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::links::Links;
use crate::content::markdown::RawHtml;

pub use folders::{Folders, OneOrMany};

/// Everything `site.toml` can say. Only `title` and `base_url` are needed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The name of the archive, as it stands in the masthead.
    pub title: String,
    /// Where the site will be: `https://example.org`, or with a sub-path
    /// `https://example.org/archive`.
    pub base_url: String,
    /// One sentence about the archive, for the front page, feeds and search engines.
    #[serde(default)]
    pub description: String,
    /// The language of the interface and of every article that names no other: a BCP 47 tag.
    #[serde(default = "english")]
    pub language: String,
    /// The time zone of dates without an offset: an IANA name or an offset such as `+02:00`.
    #[serde(default = "utc")]
    pub timezone: String,
    /// The name of a folder under `themes/`, or the built-in `broadsheet`.
    #[serde(default = "broadsheet")]
    pub theme: String,
    /// Where the site is written, seen from the folder of `site.toml`.
    #[serde(default = "public")]
    pub output: String,
    /// Write every link relative to its page, so that the site also works from a folder opened as
    /// files.
    #[serde(default)]
    pub relative_urls: bool,
    /// Who publishes the archive; the title where it is not given.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The rights in all articles that say nothing of their own.
    #[serde(default)]
    pub rights: Rights,
    /// Where the files are.
    #[serde(default)]
    pub content: Folders,
    /// How the front matter of articles is read.
    #[serde(default)]
    pub front_matter: ForeignKeys,
    /// How the front matter of authority records is read.
    #[serde(default)]
    pub records: ForeignKeys,
    /// Further taxonomies by name, and changes to the built-in ones.
    #[serde(default)]
    pub taxonomies: BTreeMap<String, Taxonomy>,
    /// The addresses of articles and terms.
    #[serde(default)]
    pub permalinks: Permalinks,
    /// How bodies are turned into HTML.
    #[serde(default)]
    pub markdown: Markdown,
    /// What becomes of links, and which are made.
    #[serde(default)]
    pub links: Links,
    /// How long the pages of a shelf are.
    #[serde(default)]
    pub shelves: Shelves,
    /// What the feeds hold.
    #[serde(default)]
    pub feeds: Feeds,
    /// The archive as data.
    #[serde(default)]
    pub data: Data,
    /// Related articles.
    #[serde(default)]
    pub related: Related,
    /// Pages for two terms that share articles.
    #[serde(default)]
    pub intersections: super::Intersections,
    /// What crawlers are told.
    #[serde(default)]
    pub robots: Robots,
    /// Where the site is published.
    #[serde(default)]
    pub publish: super::Publish,
    /// What no page may hold, in whatever article it stands.
    #[serde(default)]
    pub withdrawn: super::withdrawn::Withdrawn,
    /// Sizes beyond which a file is taken for a mistake.
    #[serde(default)]
    pub limits: Limits,
    /// What `morgue check` looks for.
    #[serde(default)]
    pub check: super::Check,
    /// Anything for the theme; `site.extra` in templates.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub extra: toml::Table,
}

fn english() -> String {
    "en".into()
}
fn utc() -> String {
    "UTC".into()
}
fn broadsheet() -> String {
    "broadsheet".into()
}
fn public() -> String {
    "public".into()
}
fn yes() -> bool {
    true
}

/// `license`, `holder` and `statement` of a work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rights {
    /// The address or name of a licence.
    pub license: Option<String>,
    /// Who holds the rights.
    pub holder: Option<String>,
    /// The notice to print.
    pub statement: Option<String>,
}

/// How keys of another tool's front matter are read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ForeignKeys {
    /// Foreign key to field: `tags = "topics"`.
    pub map: BTreeMap<String, String>,
    /// Keys that are dropped knowingly.
    pub ignore: Vec<String>,
    /// Lists written as one text, and what stands between the names: `tags = ","`.
    pub split: BTreeMap<String, String>,
    /// Corrections to single files, for archives whose files must stay as they are: the file,
    /// seen from `root`, and the fields that are to be read in the place of its own.
    #[schemars(with = "BTreeMap<String, serde_json::Map<String, serde_json::Value>>")]
    pub files: BTreeMap<String, toml::Table>,
}

/// What the terms of a taxonomy are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A human being.
    Person,
    /// Somewhere on a map.
    Place,
    /// A subject.
    Topic,
    /// A company, party, agency, club.
    Organization,
    /// Something that happened.
    Event,
    /// A book, film, ship, law: a named thing somebody made.
    Work,
    /// Who wrote the article.
    Author,
    /// The part of the paper it stood in.
    Section,
    /// A run of articles that belong together.
    Series,
}

/// One taxonomy. Every field has a default.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Taxonomy {
    /// What its terms are; `topic` for a new taxonomy.
    pub kind: Option<Kind>,
    /// Its name in headings: `Organizations`.
    pub label: Option<String>,
    /// What one of its terms is called: `organization`.
    pub singular: Option<String>,
    /// The front matter key; the taxonomy's name where not given.
    pub key: Option<String>,
    /// The folder and the CSV file of its records, below the content root.
    pub folder: Option<String>,
    /// The first part of its addresses; the taxonomy's name where not given.
    pub path: Option<String>,
    /// `false` drops the taxonomy: its key is then ignored knowingly.
    pub enabled: Option<bool>,
}

/// The addresses of articles and terms.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Permalinks {
    /// The address of an article that sets none itself. `{year}`, `{month}`, `{day}`, `{slug}`,
    /// `{language}`, `{section}` and `{folder}` (its folder below the articles) are filled in.
    /// What a partial date does not know is left out.
    pub article: String,
    /// Transliterate every slug to ASCII. Different names may then become one.
    pub ascii: bool,
}

impl Default for Permalinks {
    fn default() -> Self {
        Permalinks {
            article: "/{year}/{month}/{day}/{slug}/".into(),
            ascii: false,
        }
    }
}

/// How bodies are turned into HTML.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Markdown {
    /// What happens to HTML in a body: `escape`, `sanitize` or `trust`.
    pub html: RawHtml,
    /// Typographic quotation marks, dashes and ellipses, by the language of the article.
    pub smart: bool,
    /// Colour fenced code that names its language.
    pub highlight: bool,
}

impl Default for Markdown {
    fn default() -> Self {
        Markdown {
            html: RawHtml::default(),
            smart: true,
            highlight: true,
        }
    }
}

/// How long the pages of a shelf are.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Shelves {
    /// Up to this many articles a shelf is one page; above, its page shows as many of the newest
    /// and the years.
    pub whole: usize,
    /// A year, month or day with more articles than this is divided further.
    pub most: usize,
}

impl Default for Shelves {
    fn default() -> Self {
        Shelves {
            whole: 100,
            most: 500,
        }
    }
}

/// What a feed entry carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FeedContent {
    /// The summary.
    #[default]
    Summary,
    /// The whole text, in the newest entries (`feed.xml`, `feed.json` and the feeds of terms).
    Full,
}

/// What the feeds hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Feeds {
    /// How many of the newest articles.
    pub entries: usize,
    /// Terms with at least this many articles have a feed; 0 turns the feeds of terms off.
    pub minimum: usize,
    /// `summary` or `full`.
    pub content: FeedContent,
}

impl Default for Feeds {
    fn default() -> Self {
        Feeds {
            entries: 50,
            minimum: 5,
            content: FeedContent::Summary,
        }
    }
}

/// The archive as data.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Write the data page, its files, and the tables of terms.
    pub enabled: bool,
}

impl Default for Data {
    fn default() -> Self {
        Data { enabled: true }
    }
}

/// Related articles.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Related {
    /// How many to show; 0 turns them off.
    pub count: usize,
}

impl Default for Related {
    fn default() -> Self {
        Related { count: 5 }
    }
}

/// What crawlers are told.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Robots {
    /// Write `robots.txt`.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Paths that crawlers are asked to leave alone.
    pub disallow: Vec<String>,
}

impl Default for Robots {
    fn default() -> Self {
        Robots {
            enabled: true,
            disallow: Vec::new(),
        }
    }
}

/// Sizes beyond which a file is taken for a mistake.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// The largest article or record, in bytes.
    pub article_bytes: u64,
    /// The largest table of records, in bytes.
    pub table_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            article_bytes: 4 * 1024 * 1024,
            table_bytes: 256 * 1024 * 1024,
        }
    }
}
