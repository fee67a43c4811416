//! Tables and JSON Lines: one row an article.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;

use super::draft::{Draft, Provenance, sha256};
use super::report::{Letters, Place, Report, Shelving};
use super::row_reader::read;
use super::tag::Names;
use super::tagged;
use super::text::escape;
use crate::config::Config;
use crate::content::Date;
use crate::content::schema::{ARTICLE, Shape};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// How the rows of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values; the first row names the columns.
    Csv,
    /// The same by tabs.
    Tsv,
    /// One JSON object a line.
    JsonLines,
}

/// Which column is which field: `body` and `text` are the text, in Markdown and plain; all others
/// are fields of front matter, `title` and `date` among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The field of each column that is not named as its field is.
    pub map: BTreeMap<String, String>,
    /// The fields that take several texts.
    pub lists: Vec<String>,
    /// The fields that take one text.
    pub texts: Vec<String>,
}

impl Columns {
    /// The fields of an article, with the taxonomies of a site.
    pub fn of(config: Option<&Config>, map: BTreeMap<String, String>) -> Self {
        let mut columns = Columns {
            map,
            ..Columns::default()
        };
        for field in ARTICLE {
            match field.shape {
                Shape::Texts | Shape::Names | Shape::Paths => {
                    columns.lists.push(field.key.to_owned())
                }
                Shape::Mapping(_) | Shape::Mappings(_) | Shape::Any => {}
                _ => columns.texts.push(field.key.to_owned()),
            }
        }
        let usual = ["people", "places", "topics", "authors"].map(str::to_owned);
        match config {
            Some(config) => {
                let keys = config
                    .taxonomies
                    .iter()
                    .filter_map(|taxonomy| taxonomy.keys.first());
                columns.lists.extend(keys.cloned());
            }
            None => columns.lists.extend(usual),
        }
        columns.lists.push("section".into());
        columns
    }

    /// The field of a column; `None` where nobody reads it.
    fn field<'c>(&'c self, column: &'c str) -> Option<&'c str> {
        let field = self.map.get(column).map_or(column, String::as_str);
        let known = matches!(field, "body" | "text")
            || self
                .lists
                .iter()
                .chain(&self.texts)
                .any(|known| known == field);
        known.then_some(field)
    }
}

/// One row: its place in the file, and the values of its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: u64,
    /// The values of each column.
    pub cells: Vec<(String, Vec<String>)>,
}

/// The article of a row, with the columns that nobody reads.
///
/// # Errors
/// Why the row is none, as a sentence.
pub fn article(row: &Row, columns: &Columns) -> Result<(Draft, Vec<String>), String> {
    let mut draft = Draft::default();
    let mut dropped = Vec::new();
    for (column, values) in &row.cells {
        let values: Vec<String> = values
            .iter()
            .filter(|value| !value.trim().is_empty())
            .cloned()
            .collect();
        let Some(first) = values.first() else {
            continue;
        };
        match columns.field(column) {
            None => dropped.push(column.clone()),
            Some("title") => draft.title = crate::content::name::tidy(first),
            Some("date") => {
                Date::parse(first).map_err(|reason| format!("column `{column}`: {reason}"))?;
                draft.date = Some(first.trim().to_owned());
            }
            Some("body") => draft.body.clone_from(first),
            Some("text") => draft.body = paragraphs(first),
            Some(field) if columns.lists.iter().any(|list| list == field) => {
                let parts = values
                    .iter()
                    .flat_map(|value| value.split('|'))
                    .map(str::trim);
                let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
                draft.list(field, parts.collect());
            }
            Some(field) => draft.text(field, first.trim()),
        }
    }
    if draft.title.is_empty() {
        return Err("the row has no `title`".into());
    }
    Ok((draft, dropped))
}

/// Plain text in Markdown: an empty line parts paragraphs.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(|block| {
        let lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(escape).collect::<Vec<_>>().join("\n")
    });
    blocks
        .filter(|block| !block.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
        + "\n"
}

/// What an import of rows is asked to do.
#[derive(Debug, Clone)]
pub struct Order {
    /// The file.
    pub input: Utf8PathBuf,
    /// How it is written.
    pub form: Form,
    /// Which column is which field.
    pub columns: Columns,
    /// Where the articles go.
    pub place: Place,
    /// The names that articles are looked through for.
    pub names: Option<Arc<Names>>,
}

/// Imports a file of rows. A row that cannot be read stops no other.
///
/// # Errors
/// What stopped the import as a whole.
pub fn import(order: &Order, notes: &mut Diagnostics) -> Result<Report, Diagnostics> {
    let file = std::fs::File::open(&order.input).map_err(|error| {
        let message = format!("the file cannot be read: {error}");
        let note = Diagnostic::new(Code::ImportCannotRead, message);
        Diagnostics::from(note.file(order.input.clone()))
    })?;
    let mut shelving = Shelving::begin("import rows", &order.place)?;
    let name = order.input.file_name().unwrap_or_default();
    read(file, order.form, |row| {
        let made = row.and_then(|row| match article(&row, &order.columns) {
            Ok((draft, columns)) => Ok((row, draft, columns)),
            Err(reason) => Err((row.line, reason)),
        });
        match made {
            Ok((row, mut draft, dropped)) => {
                for column in &dropped {
                    *shelving.report.unread.entry(column.clone()).or_default() += 1;
                }
                draft.provenance = Provenance {
                    source: format!("{name}:{}", row.line),
                    sha256: row_mark(&row),
                    ..Provenance::default()
                };
                let tags = match &order.names {
                    Some(names) => tagged::add_to(&mut draft, names),
                    None => Vec::new(),
                };
                shelving.put(&draft.path(), &draft, tags, account(&row, &dropped));
            }
            Err((line, reason)) => {
                let message = format!("line {line}: {reason}");
                let note = Diagnostic::new(Code::ImportRow, message).file(order.input.clone());
                notes.push(note.help(
                    "correct the row, or say with `--map COLUMN=FIELD` which column is which",
                ));
                shelving.refuse(format!("{name}:{line}"), String::new(), reason);
            }
        }
    });
    shelving.finish()
}

/// What a row is recognised by.
fn row_mark(row: &Row) -> String {
    let cells: Vec<String> = row
        .cells
        .iter()
        .map(|(column, values)| format!("{column}\u{1F}{}", values.join("\u{1E}")))
        .collect();
    sha256(cells.join("\u{1D}").as_bytes())
}

fn account(row: &Row, dropped: &[String]) -> Letters {
    let of = |values: &Vec<String>| values.iter().map(|text| Letters::of(text)).sum::<u64>();
    let left = row
        .cells
        .iter()
        .filter(|(column, _)| dropped.contains(column));
    let removed = left.map(|(_, values)| of(values)).sum();
    let read: u64 = row.cells.iter().map(|(_, values)| of(values)).sum();
    Letters {
        read,
        body: read - removed,
        removed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(source: &[u8], form: Form) -> Vec<Result<Row, (u64, String)>> {
        let mut rows = Vec::new();
        read(source, form, |row| rows.push(row));
        rows
    }

    #[test]
    fn a_row_becomes_an_article() {
        let map = BTreeMap::from([
            ("Headline".to_owned(), "title".to_owned()),
            ("Tags".to_owned(), "topics".to_owned()),
        ]);
        let columns = Columns::of(None, map);
        let csv = b"Headline,date,Tags,text,rating\n\"Ferry, late\",2019-02-26,sea|boats,\"1. First\n\nThe *end*\",5\n";
        let row = rows(csv, Form::Csv).remove(0).unwrap();
        let (draft, dropped) = article(&row, &columns).unwrap();
        assert_eq!(dropped, ["rating"]);
        assert_eq!(draft.title, "Ferry, late");
        assert_eq!(
            draft.lists,
            [(
                "topics".to_owned(),
                vec!["sea".to_owned(), "boats".to_owned()]
            )]
        );
        assert_eq!(draft.body, "1\\. First\n\nThe \\*end\\*\n");
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told_with_its_byte() {
        let read = rows(
            b"{\"title\":\"A\"}\n{\"title\":\n\n{\"title\":\"B\"}",
            Form::JsonLines,
        );
        assert_eq!(read.len(), 3);
        let (line, reason) = read[1].clone().unwrap_err();
        assert_eq!(line, 2);
        assert!(reason.starts_with("byte 2"), "{reason}");
        let columns = Columns::of(None, BTreeMap::new());
        let bad = Row {
            line: 1,
            cells: vec![
                ("title".into(), vec!["A".into()]),
                ("date".into(), vec!["soon".into()]),
            ],
        };
        assert!(article(&bad, &columns).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let columns = Columns::of(None, BTreeMap::new());
            for form in [Form::Csv, Form::Tsv, Form::JsonLines] {
                for row in rows(&bytes, form).into_iter().flatten() {
                    let _ = article(&row, &columns);
                }
            }
        }
    }
}
