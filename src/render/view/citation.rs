//! How an article is cited, in `article.html`.

use schemars::JsonSchema;
use serde::Serialize;

/// How an article is cited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CitationView {
    /// The citation on one line without HTML, as a clipping carries it (Chicago).
    pub line: String,
    /// The citation in the styles of Chicago (17th edition), APA (7th) and MLA (9th).
    pub styles: Vec<CitationStyle>,
    /// The whole address of the article.
    pub permalink: String,
    /// The same for programs: RIS, BibLaTeX, CSL-JSON.
    pub downloads: Vec<CitationFile>,
}

/// A citation in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CitationStyle {
    /// The name of the style: `Chicago`, `APA`, `MLA`.
    pub name: String,
    /// The citation as HTML. Its words are English in every language of the page.
    pub html: String,
}

/// A file for reference managers that lies in the page itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CitationFile {
    /// The name of its format: `RIS`.
    pub label: String,
    /// The name under which it is saved: `hanoi.ris`.
    pub file_name: String,
    /// Its content as a `data:` address.
    pub href: String,
}
