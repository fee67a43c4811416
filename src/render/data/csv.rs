//! CSV (RFC 4180) with line ends of one sign, as all files of the site have them, and cells that
//! no spreadsheet takes for a formula.

use csv::{Terminator, Writer, WriterBuilder};

use super::columns::Column;
use super::rows::Row;
use crate::render::cleaned;

/// A table being written into memory, which takes every write: there is no error to pass on.
pub(super) struct Table {
    writer: Writer<Vec<u8>>,
    /// Kept from cell to cell, so that most need no memory of their own.
    cell: String,
}

impl Table {
    /// Begins a table with its header.
    pub(super) fn new(columns: &[Column]) -> Self {
        let mut table = Table::continued();
        for column in columns {
            table.bare(&column.name);
        }
        table.end();
        table
    }

    /// Begins the further rows of a table.
    pub(super) fn continued() -> Self {
        Table {
            writer: WriterBuilder::new()
                .terminator(Terminator::Any(b'\n'))
                .flexible(true)
                .from_writer(Vec::new()),
            cell: String::new(),
        }
    }

    /// A text of our own making, such as a number, which needs no guard.
    pub(super) fn bare(&mut self, text: &str) {
        let _ = self.writer.write_field(text);
    }

    /// A text of the archive.
    pub(super) fn cell(&mut self, text: &str) {
        let clean = cleaned(text);
        if is_formula(&clean) {
            self.cell.clear();
            self.cell.push('\'');
            self.cell.push_str(&clean);
            let _ = self.writer.write_field(&self.cell);
        } else {
            let _ = self.writer.write_field(clean.as_bytes());
        }
    }

    /// A number, where there is one.
    pub(super) fn decimal(&mut self, number: Option<f64>) {
        let text = number.map(|number| number.to_string());
        self.bare(text.as_deref().unwrap_or_default());
    }

    /// Ends a row.
    pub(super) fn end(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The whole table.
    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

impl Row for Table {
    fn text(&mut self, _: &str, text: Option<&str>) {
        self.cell(text.unwrap_or_default());
    }

    fn count(&mut self, _: &str, count: usize) {
        self.bare(&count.to_string());
    }

    fn list(&mut self, _: &str, items: &[&str]) {
        match items {
            [] => self.bare(""),
            [one] => self.cell(one),
            several => {
                let mut joined = std::mem::take(&mut self.cell);
                joined.clear();
                for (index, item) in several.iter().enumerate() {
                    if index > 0 {
                        joined.push('|');
                    }
                    joined.push_str(item);
                }
                self.cell(&joined);
                self.cell = joined;
            }
        }
    }
}

/// Whether a spreadsheet would take a cell for a formula (OWASP, “CSV Injection”): the signs in
/// their full width count as well.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[&str]) -> String {
        let mut table = Table::new(&super::super::mentions());
        for cell in cells {
            table.cell(cell);
        }
        table.end();
        String::from_utf8(table.finish()).unwrap_or_default()
    }

    #[test]
    fn no_cell_is_a_formula() {
        for sign in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝x"] {
            let mut reader = csv::ReaderBuilder::new();
            let text = table(&["a", sign]);
            let mut rows = reader.flexible(true).from_reader(text.as_bytes());
            let row = rows.records().last().and_then(Result::ok);
            let cell = row.and_then(|row| row.get(1).map(str::to_owned));
            assert_eq!(
                cell.as_deref(),
                Some(format!("'{sign}").as_str()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn cells_with_commas_quotes_and_lines_stand_in_quotes() {
        let text = table(&["a,b", "say \"x\"", "two\nlines", "plain", "nul\0"]);
        assert!(
            text.ends_with("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",plain,nul\n"),
            "{text:?}"
        );
    }
}
