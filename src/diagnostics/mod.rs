//! What `morgue` tells an editor: one finding a value, each with a stable code, a place and a
//! way out.
//!
//! Every stage gives its value and a [`Diagnostics`]; nothing is printed below `cli`. The codes
//! and their long explanations stand in [`codes`]; the forms they are shown in, in [`report`].

pub mod codes;
pub mod report;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

pub use codes::Code;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The build stops: what would be published is not what the editor meant.
    Error,
    /// The build goes on; something may have been lost or misread.
    Warning,
    /// The build goes on; something was done that the editor should know of.
    Note,
}

/// A place in a file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The line, from 1.
    pub line: u32,
    /// The first character, from 1.
    pub column: u32,
    /// How many characters; at least 1.
    pub length: u32,
    /// The text of that line, without its end.
    pub text: String,
}

impl Span {
    /// The place of `length` bytes from byte `offset` of `source`, cut at the end of the line.
    ///
    /// An offset outside the text, or inside a character, is moved to the nearest place before it.
    pub fn at(source: &str, offset: usize, length: usize) -> Self {
        let offset = boundary(source, offset);
        let (line, column) = Span::place(source, offset);
        let start = source[..offset].rfind('\n').map_or(0, |i| i + 1);
        let rest = &source[start..];
        let text = rest
            .split('\n')
            .next()
            .unwrap_or_default()
            .trim_end_matches('\r');
        let within = text.get(offset - start..).unwrap_or_default();
        let end = boundary(within, length);
        Span {
            line,
            column,
            length: count(within[..end].chars().count().max(1)),
            text: clip(text),
        }
    }

    /// The line and the column of byte `offset` of `source`, both from 1, as [`Span::at`] has them.
    pub fn place(source: &str, offset: usize) -> (u32, u32) {
        let before = &source[..boundary(source, offset)];
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before[start..].chars().count() + 1;
        (count(line), count(column))
    }

    /// The whole of line `line` (from 1) of `source`, without its indent.
    pub fn line(source: &str, line: u32) -> Self {
        let text = source
            .split('\n')
            .nth(line.saturating_sub(1) as usize)
            .unwrap_or_default()
            .trim_end_matches('\r');
        let indent = text.chars().take_while(|c| c.is_whitespace()).count();
        Span {
            line: line.max(1),
            column: count(indent) + 1,
            length: count(text.trim().chars().count().max(1)),
            text: clip(text),
        }
    }
}

/// The nearest place before `offset`, or there, where a character begins or the text ends.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A line longer than a screen is shown by its beginning alone: a 10 MB line in a report helps
/// nobody.
fn clip(line: &str) -> String {
    const LONGEST: usize = 400;
    line.chars().take(LONGEST).collect()
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable code, `M0104`.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// The file, as the editor would name it from the site's folder.
    pub file: Option<Utf8PathBuf>,
    /// Where in that file.
    pub span: Option<Span>,
    /// How to put it right.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding of the severity that its code has by default.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            file: None,
            span: None,
            help: None,
        }
    }

    /// The same, in this file.
    #[must_use]
    pub fn file(mut self, file: impl Into<Utf8PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// The same, at this place of its file.
    #[must_use]
    pub fn span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same, with the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, weighed otherwise than its code says.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// All findings of a run, in the order of files and lines once [sorted](Diagnostics::sort).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// All of another stage's or file's.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// By file, line, column and code, so that a report does not depend on the order of reading.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            let place = |d: &Diagnostic| d.span.as_ref().map(|s| (s.line, s.column));
            (&a.file, place(a), a.code, &a.message).cmp(&(&b.file, place(b), b.code, &b.message))
        });
        self.0.dedup();
    }

    /// How many of this weight.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether anything here stops a build.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Each finding.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many in all.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics(vec![diagnostic])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
