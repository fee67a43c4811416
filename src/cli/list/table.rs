//! A list with named columns, as text for people, as CSV for spreadsheets, as JSON for programs.

use serde_json::{Map, Value as Json};
use unicode_width::UnicodeWidthStr;

/// The widest that the column which may be cut is shown.
const WIDEST: usize = 60;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Cell {
    Text(String),
    Count(usize),
    Nothing,
}

impl Cell {
    pub(in crate::cli) fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    pub(in crate::cli) fn maybe(text: Option<String>) -> Cell {
        text.map_or(Cell::Nothing, Cell::Text)
    }

    fn shown(&self) -> String {
        match self {
            Cell::Text(text) => visible(text),
            Cell::Count(count) => count.to_string(),
            Cell::Nothing => "–".to_owned(),
        }
    }
}

/// Rows under named columns.
pub(in crate::cli) struct Table {
    columns: Vec<&'static str>,
    /// The column whose long texts are cut for people.
    elastic: usize,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(in crate::cli) fn new(columns: &[&'static str], elastic: usize) -> Table {
        Table {
            columns: columns.to_vec(),
            elastic,
            rows: Vec::new(),
        }
    }

    pub(in crate::cli) fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Aligned columns, only those of `shown`, so that a line fits a screen. What is cut ends in
    /// `…`; the other forms have everything whole.
    pub(in crate::cli) fn text(&self, shown: &[&str]) -> String {
        let indices: Vec<usize> = (0..self.columns.len())
            .filter(|index| shown.contains(&self.columns[*index]))
            .collect();
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(self.rows.len());
        let head: Vec<String> = self
            .columns
            .iter()
            .map(|name| name.to_uppercase())
            .collect();
        let mut widths: Vec<usize> = head.iter().map(|name| name.width()).collect();
        for row in &self.rows {
            let mut cells: Vec<String> = row.iter().map(Cell::shown).collect();
            cells[self.elastic] = cut(&cells[self.elastic], WIDEST);
            for (width, cell) in widths.iter_mut().zip(&cells) {
                *width = (*width).max(cell.width());
            }
            rows.push(cells);
        }
        let counts = |index: &usize| matches!(self.columns[*index], "count");
        let mut text = String::new();
        for row in std::iter::once(&head).chain(&rows) {
            let mut line = String::new();
            for index in &indices {
                let cell = &row[*index];
                let pad = " ".repeat(widths[*index] - cell.width());
                let parts = if counts(index) {
                    [&pad, cell]
                } else {
                    [cell, &pad]
                };
                line.extend(parts.map(String::as_str));
                line.push_str("  ");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// RFC 4180, for spreadsheets: what they would run as a formula is made a text (OWASP, "CSV
    /// injection").
    pub(in crate::cli) fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = writer.write_record(&self.columns);
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(|cell| match cell {
                Cell::Text(text) => harmless(text),
                Cell::Count(count) => count.to_string(),
                Cell::Nothing => String::new(),
            }));
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// One array, one object a row.
    pub(in crate::cli) fn json(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let fields = self.columns.iter().zip(row);
            let object: Map<String, Json> = fields
                .map(|(name, cell)| {
                    let value = match cell {
                        Cell::Text(text) => Json::from(text.as_str()),
                        Cell::Count(count) => Json::from(*count),
                        Cell::Nothing => Json::Null,
                    };
                    ((*name).to_owned(), value)
                })
                .collect();
            Json::Object(object)
        });
        format!("{:#}\n", Json::Array(rows.collect()))
    }
}

fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text on one line, with what acts on a terminal, or on the order of the text, spelled out.
fn visible(text: &str) -> String {
    let acts = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
    };
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        if acts(sign) {
            safe.extend(sign.escape_unicode());
        } else {
            safe.push(sign);
        }
    }
    safe
}

fn cut(text: &str, widest: usize) -> String {
    if text.width() <= widest {
        return text.to_owned();
    }
    let mut cut = String::new();
    for sign in text.chars() {
        cut.push(sign);
        if cut.width() >= widest {
            cut.pop();
            break;
        }
    }
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(names: &[&str]) -> Table {
        let mut table = Table::new(&["name", "count", "url"], 0);
        for name in names {
            table.push(vec![Cell::text(name), Cell::Count(7), Cell::Nothing]);
        }
        table
    }

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let text = table(&["王芳", "Kim"]).text(&["name", "count"]);
        assert_eq!(text, "NAME  COUNT\n王芳      7\nKim       7\n");
    }

    #[test]
    fn nothing_acts_on_the_terminal() {
        let text = table(&["\u{1b}[2J\nx\u{202e}y"]).text(&["name"]);
        assert!(text.contains(r"\u{1b}[2J\u{a}x\u{202e}y"), "{text}");
    }

    #[test]
    fn spreadsheets_run_nothing() {
        let csv = table(&["=1+1", "-2", "@x", "+3", "Kim, \"Jong\""]).csv();
        let expected =
            "name,count,url\n'=1+1,7,\n'-2,7,\n'@x,7,\n'+3,7,\n\"Kim, \"\"Jong\"\"\",7,\n";
        assert_eq!(csv, expected);
    }

    #[test]
    fn long_titles_are_cut() {
        let text = table(&[&"word ".repeat(40), &"王".repeat(80)]).text(&["name", "count", "url"]);
        assert!(text.lines().all(|line| line.width() < 80), "{text}");
    }

    #[test]
    fn json_is_one_array() {
        let json: Json = serde_json::from_str(&table(&["=1"]).json()).unwrap();
        assert_eq!(
            json,
            serde_json::json!([{ "name": "=1", "count": 7, "url": null }])
        );
    }
}
