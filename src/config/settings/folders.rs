//! Where the files of a site are.

use schemars::JsonSchema;
use serde::Deserialize;

/// One value or several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    pub fn all(&self) -> Vec<&str> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many.iter().map(String::as_str).collect(),
        }
    }
}

/// Where the files of a site are. Folders of taxonomies are settings of the taxonomy.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Folders {
    /// The folder that holds all the others, seen from `site.toml`.
    pub root: String,
    /// The folders of articles below `root`; `*` stands for any one folder name: `*/news`.
    pub articles: OneOrMany,
    /// The folder of pages that are not articles.
    pub pages: String,
    /// The folder whose files are copied as they are.
    #[serde(rename = "static")]
    pub statics: String,
    /// Files that are not looked at: patterns such as `README.md`, `drafts/**`, seen from `root`.
    pub ignore: Vec<String>,
}

impl Default for Folders {
    fn default() -> Self {
        Folders {
            root: "content".into(),
            articles: OneOrMany::One("articles".into()),
            pages: "pages".into(),
            statics: "static".into(),
            ignore: Vec::new(),
        }
    }
}
