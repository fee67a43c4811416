//! `[links]` of `site.toml`.

use schemars::JsonSchema;
use serde::Deserialize;

/// What a dead link does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeadLinks {
    /// It stops the build.
    #[default]
    Error,
    /// It is reported, and its text printed without a link.
    Warn,
    /// Its text is printed without a link.
    Ignore,
}

/// What becomes of links, and which are made.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// `error`, `warn` or `ignore`.
    pub dead: DeadLinks,
    /// The site this archive was moved from: links to its paths that are not in the archive go
    /// there.
    pub origin: Option<String>,
    /// Link the first mention of each person, place and topic in the text of its articles.
    pub first_mentions: bool,
}

impl Default for Links {
    fn default() -> Self {
        Links {
            dead: DeadLinks::default(),
            origin: None,
            first_mentions: true,
        }
    }
}
