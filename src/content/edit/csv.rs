//! Rewrites single cells of a table of records (RFC 4180), all other bytes left as they are.

use std::ops::Range;

use super::splice::Patch;
use crate::diagnostics::{Code, Diagnostic, Span};

/// A table of records that can be edited.
#[derive(Debug)]
pub struct Table<'a> {
    source: &'a str,
    rows: Vec<Row>,
}

/// A row that is not blank: its line, from 1, and its cells.
#[derive(Debug)]
struct Row {
    line: u32,
    cells: Vec<Range<usize>>,
}

/// A cell that is to say something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The line its row begins on, from 1.
    pub line: u32,
    /// The name of its column; one that is not there is added.
    pub column: String,
    /// What it says then.
    pub text: String,
}

impl<'a> Table<'a> {
    /// Opens a table, decoded and without a byte order mark.
    pub fn open(source: &'a str) -> Self {
        Table {
            source,
            rows: rows(source),
        }
    }

    fn text(&self, cell: &Range<usize>) -> String {
        unquoted(self.source.get(cell.clone()).unwrap_or_default())
    }

    /// The number of a column.
    fn column(&self, name: &str) -> Option<usize> {
        let header = self.rows.first()?;
        let mut cells = header.cells.iter();
        cells.position(|cell| self.text(cell).trim() == name)
    }

    /// The names of the columns.
    pub fn columns(&self) -> Vec<String> {
        let header = self.rows.first();
        let cells = header.into_iter().flat_map(|row| &row.cells);
        cells
            .map(|cell| self.text(cell).trim().to_owned())
            .collect()
    }

    /// What a cell says; `None` where there is no such row or column.
    pub fn cell(&self, line: u32, column: &str) -> Option<String> {
        let row = self.rows.iter().find(|row| row.line == line)?;
        Some(self.text(row.cells.get(self.column(column)?)?))
    }

    /// The table after these changes.
    ///
    /// # Errors
    /// A table in which a change would move anything else.
    pub fn edit(&self, cells: &[Cell]) -> Result<String, Diagnostic> {
        let mut patches: Vec<Patch> = Vec::new();
        let mut added: Vec<&str> = Vec::new();
        for cell in cells {
            let Some(column) = self.column(&cell.column) else {
                if !added.contains(&cell.column.as_str()) {
                    added.push(&cell.column);
                }
                continue;
            };
            let row = self.rows.iter().find(|row| row.line == cell.line);
            let Some(at) = row.and_then(|row| row.cells.get(column)) else {
                return Err(self.refusal(cell.line));
            };
            let was = self.source.get(at.clone()).unwrap_or_default();
            patches.push((at.clone(), written(&cell.text, was.starts_with('"'))));
        }
        patches.extend(self.columns_added(&added, cells));
        let text = super::splice::applied(self.source, patches);
        if self.is_proven(&text, cells, &added) {
            Ok(text)
        } else {
            Err(self.refusal(cells.first().map_or(1, |cell| cell.line)))
        }
    }

    /// New columns at the end of every row, with what their cells say.
    fn columns_added(&self, added: &[&str], cells: &[Cell]) -> Vec<Patch> {
        if added.is_empty() {
            return Vec::new();
        }
        let rows = self.rows.iter().enumerate();
        rows.map(|(index, row)| {
            let end = row.cells.last().map_or(0, |cell| cell.end);
            let mut more = String::new();
            for column in added {
                let said = cells
                    .iter()
                    .find(|cell| cell.line == row.line && cell.column == **column);
                let text = match said {
                    _ if index == 0 => *column,
                    Some(cell) => &cell.text,
                    None => "",
                };
                more.push(',');
                more.push_str(&written(text, false));
            }
            (end..end, more)
        })
        .collect()
    }

    /// Whether a reader of CSV finds in the edited table what was asked for and nothing else new.
    fn is_proven(&self, edited: &str, cells: &[Cell], added: &[&str]) -> bool {
        let read = |text: &str| -> Option<Vec<Vec<String>>> {
            let mut reader = ::csv::ReaderBuilder::new()
                .flexible(true)
                .has_headers(false)
                .from_reader(text.as_bytes());
            let rows = reader.records();
            rows.map(|row| Some(row.ok()?.iter().map(str::to_owned).collect()))
                .collect()
        };
        let (Some(mut wanted), Some(found)) = (read(self.source), read(edited)) else {
            return false;
        };
        if wanted.len() != self.rows.len() {
            return false;
        }
        for (index, row) in wanted.iter_mut().enumerate() {
            row.extend(added.iter().map(|name| match index {
                0 => (*name).to_owned(),
                _ => String::new(),
            }));
        }
        for cell in cells {
            let row = self.rows.iter().position(|row| row.line == cell.line);
            let header = wanted.first();
            let column = header.and_then(|h| h.iter().position(|name| name.trim() == cell.column));
            let place = row.zip(column);
            let Some(said) = place.and_then(|(row, column)| wanted.get_mut(row)?.get_mut(column))
            else {
                return false;
            };
            said.clone_from(&cell.text);
        }
        wanted == found
    }

    fn refusal(&self, line: u32) -> Diagnostic {
        Diagnostic::new(Code::CannotEdit, "this row cannot be edited safely")
            .span(Span::line(self.source, line))
            .help("edit it by hand: every row has as many cells as the first")
    }
}

/// The rows of a table with the bytes of their cells, quotation marks included.
fn rows(source: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut line = 1;
    let mut row = Row {
        line,
        cells: Vec::new(),
    };
    let (mut start, mut quoted) = (0, false);
    for (at, sign) in source.char_indices().chain([(source.len(), '\n')]) {
        match sign {
            '"' if quoted => quoted = false,
            // Inside a cell that began without one it means itself.
            '"' => quoted = at == start || source.as_bytes().get(at - 1) == Some(&b'"'),
            ',' if !quoted => {
                row.cells.push(start..at);
                start = at + 1;
            }
            '\n' if !quoted || at == source.len() => {
                let cell = source.get(start..at).unwrap_or_default();
                row.cells
                    .push(start..start + cell.trim_end_matches('\r').len());
                let blank = row.cells.len() == 1 && row.cells.iter().all(Range::is_empty);
                start = at + 1;
                line += 1;
                let next = Row {
                    line,
                    cells: Vec::new(),
                };
                let row = std::mem::replace(&mut row, next);
                if !blank {
                    rows.push(row);
                }
            }
            '\n' => line += 1,
            _ => {}
        }
    }
    rows
}

fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}

fn written(text: &str, was_quoted: bool) -> String {
    if was_quoted || text.contains([',', '"', '\n', '\r']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(line: u32, column: &str, text: &str) -> Cell {
        Cell {
            line,
            column: column.into(),
            text: text.into(),
        }
    }

    #[test]
    fn one_cell_changes_and_nothing_else() {
        let source = "name,aliases\r\n\"Kim, \"\"J\"\"\",a|b\r\n\r\nMoon, x \r\n";
        let table = Table::open(source);
        assert_eq!(table.cell(2, "name").as_deref(), Some("Kim, \"J\""));
        let edited = table.edit(&[cell(4, "aliases", "Jae-in"), cell(2, "name", "Kim")]);
        assert_eq!(
            edited.unwrap(),
            "name,aliases\r\n\"Kim\",a|b\r\n\r\nMoon,Jae-in\r\n"
        );
    }

    #[test]
    fn a_column_that_is_missing_is_added() {
        let source = "name\nA\n\"B\nC\"\nD";
        let edited = Table::open(source).edit(&[cell(3, "merged_into", "a, b")]);
        assert_eq!(
            edited.unwrap(),
            "name,merged_into\nA,\n\"B\nC\",\"a, b\"\nD,"
        );
    }

    #[test]
    fn a_row_that_is_not_there_is_refused() {
        assert!(
            Table::open("name\nA\n")
                .edit(&[cell(9, "name", "B")])
                .is_err()
        );
    }
}
