//! Findings as text for a terminal, as JSON Lines, as GitHub annotations, and as SARIF.
//!
//! Messages, paths and lines of files are other people's words: whatever could move the cursor
//! or turn the direction of the text is escaped in every form.

mod github;
mod json;
mod safe;
mod sarif;
mod snippet;
mod text;

#[cfg(test)]
mod tests;

use std::io;

use super::Diagnostics;

/// The forms a report can have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the line itself, with a mark under the place
    #[default]
    Text,
    /// For programs: one JSON object a line
    Json,
    /// For GitHub Actions: annotations on the changed files
    Github,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
}

/// How the text form looks. The other forms are always whole and plain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether to use ANSI colours.
    pub color: bool,
    /// How many columns the terminal has, if it is one.
    pub width: Option<usize>,
    /// Whether to show notes, and all warnings of a kind instead of the first ten.
    pub verbose: bool,
    /// Whether to show notes, the first ten of a kind.
    pub notes: bool,
}

/// Writes the findings in the order they come in.
///
/// # Errors
///
/// What `out` refuses; a closed pipe is for the caller to judge.
pub fn write(
    out: &mut dyn io::Write,
    diagnostics: &Diagnostics,
    format: Format,
    style: &Style,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(out, diagnostics, style),
        Format::Json => json::write(out, diagnostics),
        Format::Github => github::write(out, diagnostics),
        Format::Sarif => sarif::write(out, diagnostics),
    }
}
