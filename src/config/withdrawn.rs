//! What no page may hold, in whatever article it stands.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Problems;
use crate::wording::{Redactor, pattern};

/// What no page may hold, in whatever article it stands.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Withdrawn {
    /// Names or passages that are redacted in every article: a text, or `{text = "…", with = "…"}`.
    #[schemars(with = "Vec<Entry>")]
    pub texts: Vec<Redaction>,
    /// What stands in the place of a redacted text that names nothing else.
    pub mark: String,
    /// Texts that may stand in the output although something withdrawn holds them.
    pub allow: Vec<String>,
    /// Look for the names of hidden records in all texts too, not only for their pages.
    pub names_of_hidden: bool,
}

impl Default for Withdrawn {
    fn default() -> Self {
        Withdrawn {
            texts: Vec::new(),
            mark: "[…]".into(),
            allow: Vec::new(),
            names_of_hidden: false,
        }
    }
}

/// A text to redact, with what takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Entry")]
pub struct Redaction {
    /// The name or passage.
    pub text: String,
    /// What takes its place; the mark of the site where not given.
    pub with: Option<String>,
    /// Whether it may stand on other pages than those of its article.
    pub only_here: bool,
}

/// A redaction as it is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Entry {
    /// The name or passage.
    Text(String),
    /// The same, with what takes its place.
    Mapping {
        /// The name or passage.
        text: String,
        /// What takes its place.
        #[serde(default)]
        with: Option<String>,
    },
}

impl From<Entry> for Redaction {
    fn from(entry: Entry) -> Redaction {
        let (text, with) = match entry {
            Entry::Text(text) => (text, None),
            Entry::Mapping { text, with } => (text, with),
        };
        Redaction {
            text,
            with,
            only_here: false,
        }
    }
}

/// The fewest letters that a text to redact has; a single one stands in every word list.
pub const FEWEST_LETTERS: usize = 2;

impl Redaction {
    /// What is looked for; `None` where the text has too few letters.
    pub fn pattern(&self) -> Option<String> {
        let letters = |pattern: &String| pattern.chars().filter(|c| *c != ' ').count();
        pattern(&self.text).filter(|pattern| letters(pattern) >= FEWEST_LETTERS)
    }
}

/// What is taken out of every article.
pub(super) fn redactor(settings: &Withdrawn, problems: &mut Problems<'_>) -> Option<Redactor> {
    let mut list = Vec::new();
    for redaction in &settings.texts {
        match redaction.pattern() {
            Some(pattern) => {
                let mark = redaction.with.as_ref().unwrap_or(&settings.mark);
                list.push((pattern, mark.clone()));
            }
            None => problems.refuse(
                "texts",
                "`[withdrawn] texts` holds a text that is too short to be looked for".into(),
                "a text has at least two letters or digits",
            ),
        }
    }
    Redactor::new(list)
}
