//! Front matter: the block between two fences at the head of a file, read into an ordered list
//! of fields, each with the place it stands in.

use std::ops::Range;

use super::value::{Entries, Value};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// The language of a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Between `---`.
    Yaml,
    /// Between `+++`.
    Toml,
}

/// One key of a front matter with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    /// The key as it is written.
    pub(super) key: String,
    /// Its value.
    pub(super) value: Value,
    /// Where the key stands in the file, in bytes.
    pub(super) at: Range<usize>,
    /// Where the value begins in the file; the key where it could not be found.
    pub(super) value_at: Range<usize>,
}

/// A file divided: its fields, and where its body begins.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// The fields in the order of the file, repetitions included.
    pub(super) fields: Vec<Field>,
    /// The byte at which the body begins.
    pub(super) body: usize,
    /// Whether the file has a front matter at all.
    pub(super) present: bool,
}

/// Divides a file. Blank lines before the fence are passed over, as Jekyll and Hugo do.
///
/// # Errors
/// A fence that is never closed, or a block that is not YAML or TOML.
pub(super) fn read(source: &str) -> Result<FrontMatter, Diagnostic> {
    let Some((syntax, block, body)) = divide(source)? else {
        return Ok(FrontMatter::default());
    };
    let text = &source[block.clone()];
    let entries = match syntax {
        Syntax::Yaml => yaml(source, &block, text)?,
        Syntax::Toml => toml_entries(source, &block, text)?,
    };
    let mut places = Places::new(syntax, source, block);
    let fields = entries
        .0
        .into_iter()
        .map(|(key, value)| {
            let (at, value_at) = places.next(&key);
            let value = as_written(source, value, &value_at);
            Field {
                key,
                value,
                at,
                value_at,
            }
        })
        .collect();
    Ok(FrontMatter {
        fields,
        body,
        present: true,
    })
}

/// The byte at which the body of a file begins.
///
/// # Errors
/// A fence that is never closed.
pub(super) fn body_start(source: &str) -> Result<usize, Diagnostic> {
    Ok(divide(source)?.map_or(0, |(_, _, body)| body))
}

/// The language, the block between the fences, and the start of the body.
pub(super) fn divide(source: &str) -> Result<Option<(Syntax, Range<usize>, usize)>, Diagnostic> {
    let mut lines = lines(source).skip_while(|(_, line)| line.trim().is_empty());
    let Some((opening, first)) = lines.next() else {
        return Ok(None);
    };
    let (syntax, fence) = match first.trim_end() {
        "---" => (Syntax::Yaml, "---"),
        "+++" => (Syntax::Toml, "+++"),
        _ => return Ok(None),
    };
    let start = opening + first.len();
    for (at, line) in lines {
        let bare = line.trim_end();
        if bare == fence || (syntax == Syntax::Yaml && bare == "...") {
            return Ok(Some((syntax, start..at, at + line.len())));
        }
    }
    Err(Diagnostic::new(
        Code::NeverClosed,
        format!("the front matter opens with `{fence}` and is never closed"),
    )
    .span(Span::at(source, opening, fence.len()))
    .help(format!(
        "put `{fence}` on a line of its own after the last field"
    )))
}

fn lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.split_inclusive('\n').scan(0, |at, line| {
        let here = *at;
        *at += line.len();
        Some((here, line))
    })
}

/// Where brackets are opened in one another more often than any front matter does: the reader of
/// YAML takes the square of their number.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// Brackets of a text count too, so this is far more than can be read (128).
const DEEPEST: usize = 1000;

fn yaml(source: &str, block: &Range<usize>, text: &str) -> Result<Entries, Diagnostic> {
    if let Some(at) = too_deep(text) {
        let message = "this cannot be read: more than a thousand brackets are open";
        return Err(Diagnostic::new(Code::BadFrontMatter, message)
            .span(Span::at(source, block.start + at, 1))
            .help("close every bracket; no field nests so deeply"));
    }
    serde_yaml::from_str::<Entries>(text).map_err(|error| {
        let (offset, line) = error.location().map_or((0, 1), |place| {
            (place.index().min(text.len()), place.line())
        });
        let mut message = error.to_string();
        if let Some(end) = message.rfind(" at line ") {
            message.truncate(end);
        }
        let offset = reached(text, offset, line);
        Diagnostic::new(Code::BadFrontMatter, format!("this is not YAML: {message}"))
            .span(Span::at(source, block.start + offset, 1))
            .help(yaml_help(text, offset))
    })
}

/// serde_yaml counts its index in characters of the decoded stream; where line and index
/// disagree, the line is right.
fn reached(text: &str, offset: usize, line: usize) -> usize {
    let fits = text
        .get(..offset)
        .is_some_and(|t| t.matches('\n').count() + 1 == line);
    if fits {
        return offset;
    }
    lines(text)
        .nth(line.saturating_sub(1))
        .map_or(0, |(at, line)| at + (line.len() - line.trim_start().len()))
}

/// The usual cause of an error at this place, as advice.
fn yaml_help(text: &str, offset: usize) -> &'static str {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text[..end].rfind('\n').map_or(0, |i| i + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let value = line
        .split_once(':')
        .map_or("", |(_, value)| value.trim_start());
    if line.starts_with('\t') {
        "YAML does not allow tabs in an indent: use spaces"
    } else if value.contains(": ") {
        "put a value that holds `: ` in quotation marks"
    } else if value.starts_with(['"', '\'']) {
        "check that the quotation mark is closed; inside \"…\" write \\\" for one"
    } else if value.starts_with(['@', '`', '%', '*', '&', '!', '[', '{', '#']) {
        "put a value that begins with a sign in quotation marks"
    } else {
        "the mistake is on this line or just before: a colon, a quotation mark, an indent"
    }
}

fn toml_entries(source: &str, block: &Range<usize>, text: &str) -> Result<Entries, Diagnostic> {
    toml::from_str::<Entries>(text).map_err(|error| {
        let span = error.span().unwrap_or(0..1);
        let message = error
            .message()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        Diagnostic::new(Code::BadFrontMatter, format!("this is not TOML: {message}"))
            .span(Span::at(
                source,
                block.start + span.start,
                span.len().max(1),
            ))
            .help("in TOML every text stands in quotation marks: `title = \"…\"`")
    })
}

/// A number or truth value as the editor wrote it: `1.10` and `007` are other names than `1.1`
/// and `7`.
fn as_written(source: &str, value: Value, at: &Range<usize>) -> Value {
    let written = || {
        let line = source.get(at.start..)?.lines().next()?;
        let plain = line.split(" #").next().unwrap_or_default().trim();
        let same = !plain.is_empty() && !plain.starts_with(['"', '\'', '&', '*', '!', '|', '>']);
        same.then(|| plain.to_owned())
    };
    match value {
        Value::Number(text) => Value::Number(written().unwrap_or(text)),
        other => other,
    }
}

/// Finds the place of each top-level key in turn, so that the second `date` of a file is not
/// reported at the first.
struct Places<'a> {
    separator: char,
    source: &'a str,
    block: Range<usize>,
    /// Where each line of the block begins that no key has been found on yet.
    open: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(syntax: Syntax, source: &'a str, block: Range<usize>) -> Self {
        let open = lines(&source[block.clone()])
            .filter(|(_, line)| !line.starts_with([' ', '\t', '#', '-', '\n', '\r']))
            .map(|(at, _)| block.start + at)
            .collect();
        let separator = if syntax == Syntax::Yaml { ':' } else { '=' };
        Places {
            separator,
            source,
            block,
            open,
        }
    }

    /// The places of the key and of its value.
    fn next(&mut self, key: &str) -> (Range<usize>, Range<usize>) {
        let found = self
            .open
            .iter()
            .position(|at| self.value_start(*at, key).is_some());
        let Some(index) = found else {
            // A flow mapping (`{title: x}`) or a TOML table: the head of the block has to do.
            let start = self.source[self.block.clone()].find(key).unwrap_or(0) + self.block.start;
            return (start..start + key.len(), start..start + key.len());
        };
        let at = self.open.remove(index);
        let value = self.value_start(at, key).unwrap_or(at);
        let line = self.source[value..]
            .lines()
            .next()
            .unwrap_or_default()
            .trim_end();
        let key_at = at..at + key.len();
        if line.is_empty() {
            (key_at.clone(), key_at)
        } else {
            (key_at, value..value + line.len())
        }
    }

    /// Where the value begins if the line at `at` sets `key`.
    fn value_start(&self, at: usize, key: &str) -> Option<usize> {
        let line = self.source.get(at..self.block.end)?.lines().next()?;
        let rest = match line.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.strip_prefix(key)?.strip_prefix(['"', '\''])?,
            None => line.strip_prefix('[').unwrap_or(line).strip_prefix(key)?,
        };
        let bare = rest.trim_start();
        let value = bare
            .strip_prefix(self.separator)
            .or_else(|| bare.strip_prefix(']'))?;
        Some(at + line.len() - value.trim_start().len())
    }
}

/// The last of each repeated key, and a warning for the others, at their lines.
pub(super) fn without_repetitions(
    source: &str,
    fields: Vec<Field>,
    notes: &mut Diagnostics,
) -> Vec<Field> {
    let mut kept: Vec<Field> = Vec::with_capacity(fields.len());
    for field in fields {
        if let Some(earlier) = kept.iter().position(|f| f.key == field.key) {
            let line = Span::at(source, kept[earlier].at.start, 1).line;
            notes.push(
                Diagnostic::new(
                    Code::DuplicateKey,
                    format!("`{}` stands twice; the first was on line {line}", field.key),
                )
                .span(Span::at(source, field.at.start, field.at.len()))
                .help("the last one counts; remove the other"),
            );
            kept.remove(earlier);
        }
        kept.push(field);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(source: &str) -> Vec<(String, u32)> {
        let read = read(source).unwrap();
        let line = |f: &Field| Span::at(source, f.value_at.start, 1).line;
        read.fields
            .iter()
            .map(|f| (f.key.clone(), line(f)))
            .collect()
    }

    #[test]
    fn yaml_toml_blank_lines_and_crlf_are_read() {
        assert_eq!(
            keys("\n\n---\r\ntitle: x\r\ndate: 2019\r\n---\r\nbody"),
            [("title".to_owned(), 4), ("date".to_owned(), 5)]
        );
        assert_eq!(
            keys("+++\ntitle = \"x\"\ndate = 2019-04-25\n[extra]\na = 1\n+++\n"),
            [
                ("title".to_owned(), 2),
                ("date".to_owned(), 3),
                ("extra".to_owned(), 4)
            ]
        );
    }

    #[test]
    fn a_repeated_key_keeps_both_values_and_both_places() {
        let source = "---\ndate: 2018\ntitle: x\ndate: 2019\n---\n";
        assert_eq!(
            keys(source).iter().map(|k| k.1).collect::<Vec<_>>(),
            [2, 3, 4]
        );
        let mut notes = Diagnostics::new();
        let fields = without_repetitions(source, read(source).unwrap().fields, &mut notes);
        assert_eq!(fields.len(), 2);
        assert_eq!(fields[1].value, Value::Number("2019".into()));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn numbers_keep_their_spelling() {
        let read = read("---\na: 1.10\nb: 007 # why\n---\n").unwrap();
        assert_eq!(read.fields[0].value, Value::Number("1.10".into()));
        assert_eq!(read.fields[1].value.scalar().as_deref(), Some("007"));
    }

    #[test]
    fn an_alias_bomb_is_an_error() {
        let mut text = String::from("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for i in 1..10 {
            let refs = vec![format!("*a{}", i - 1); 9].join(",");
            text.push_str(&format!("a{i}: &a{i} [{refs}]\n"));
        }
        text.push_str("---\n");
        assert_eq!(read(&text).unwrap_err().code, Code::BadFrontMatter);
    }

    #[test]
    fn what_is_never_closed_is_told_at_its_opening() {
        let error = read("\n---\ntitle: x\n").unwrap_err();
        assert_eq!(
            (error.code, error.span.unwrap().line),
            (Code::NeverClosed, 2)
        );
    }
}
