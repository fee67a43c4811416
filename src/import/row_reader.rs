//! Reads tables and JSON Lines, row by row.

use std::io::{BufRead, BufReader, Read};

use super::rows::{Form, Row};

/// A longer row is no article, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What is wrong with a piece of a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The line, from 1.
    pub line: u64,
    /// The column in bytes, from 1; 0 where it is not known.
    pub column: u64,
    /// Why, as a sentence.
    pub reason: String,
}

/// Reads rows one after the other and gives each to `each`, with what is wrong with it where it
/// cannot be read. Memory holds one row.
pub fn read(source: impl Read, form: Form, mut each: impl FnMut(Result<Row, (u64, String)>)) {
    match form {
        Form::JsonLines => json_lines(source, &mut each),
        Form::Csv => table(source, b',', &mut each),
        Form::Tsv => table(source, b'\t', &mut each),
    }
}

fn table(source: impl Read, delimiter: u8, each: &mut impl FnMut(Result<Row, (u64, String)>)) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(source);
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header
            .iter()
            .map(|name| name.trim().trim_start_matches('\u{FEFF}').to_owned())
            .collect(),
        Err(error) => return each(Err((1, format!("the first row cannot be read: {error}")))),
    };
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                each(Err((line, format!("the row cannot be read: {error}"))));
                if error.is_io_error() {
                    return;
                }
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() != header.len() {
            let message = format!(
                "the row has {} cells, the first row {}",
                row.len(),
                header.len()
            );
            each(Err((line, message)));
            continue;
        }
        let cells = header
            .iter()
            .cloned()
            .zip(row.iter().map(|cell| vec![cell.to_owned()]));
        each(Ok(Row {
            line,
            cells: cells.collect(),
        }));
    }
}

fn json_lines(source: impl Read, each: &mut impl FnMut(Result<Row, (u64, String)>)) {
    lines(source, LONGEST, &mut |line| match line {
        Ok((bytes, line, offset)) => each(object(bytes, line, offset)),
        Err(broken) => each(Err((broken.line, broken.reason))),
    });
}

/// A line: its bytes without white space around them, its number from 1, and the byte it begins at.
type Line<'l> = (&'l [u8], u64, u64);

/// Reads the lines of a file that are not empty. Memory holds one line; behind one that is longer
/// than `longest` bytes nothing is read.
pub(super) fn lines(
    source: impl Read,
    longest: u64,
    each: &mut impl FnMut(Result<Line<'_>, Broken>),
) {
    let mut reader = BufReader::new(source);
    let (mut offset, mut bytes) = (0_u64, Vec::new());
    for line in 1.. {
        bytes.clear();
        let broken = |reason| Broken {
            line,
            column: 0,
            reason,
        };
        match reader.by_ref().take(longest).read_until(b'\n', &mut bytes) {
            Ok(0) => return,
            Ok(read) if read as u64 == longest => {
                let reason = format!("the line is longer than {longest} bytes");
                return each(Err(broken(reason)));
            }
            Ok(read) => {
                let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes);
                let text = text.trim_ascii_end();
                if !text.trim_ascii().is_empty() {
                    each(Ok((text, line, offset)));
                }
                offset += read as u64;
            }
            Err(error) => {
                return each(Err(broken(format!("the file cannot be read: {error}"))));
            }
        }
    }
}

/// The row of a line of JSON.
fn object(bytes: &[u8], line: u64, offset: u64) -> Result<Row, (u64, String)> {
    let read: Result<serde_json::Map<String, serde_json::Value>, _> = serde_json::from_slice(bytes);
    match read {
        Ok(object) => Ok(Row {
            line,
            cells: object
                .into_iter()
                .map(|(key, value)| (key, values(&value)))
                .collect(),
        }),
        Err(error) => {
            let at = offset + error.column() as u64;
            Err((line, format!("byte {at} of the file: {}", said(&error))))
        }
    }
}

/// What is wrong with a piece of JSON, without its place, which is that in the piece.
pub(super) fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let said = text.rsplit_once(" at line ").map(|(said, _)| said);
    said.unwrap_or(&text).to_owned()
}

fn values(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Null => Vec::new(),
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(items) => items.iter().flat_map(values).collect(),
        other => vec![other.to_string()],
    }
}
