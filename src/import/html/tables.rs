//! Tables that Markdown has a form for: a row of headings, and as many plain cells in every row.

use super::tree::{self, At, attribute, name};

/// The rows of a table with their cells, the headings first; `None` where only HTML can say it.
pub(super) fn rows(table: At<'_>) -> Option<Vec<Vec<At<'_>>>> {
    let mut rows: Vec<Vec<At<'_>>> = Vec::new();
    let mut headings = false;
    for part in table.children() {
        match name(part) {
            Some("thead" | "tbody" | "tfoot") => {
                for row in part.children() {
                    match name(row) {
                        Some("tr") => rows.push(cells(row)?),
                        Some(_) => return None,
                        None => {}
                    }
                }
                headings |= name(part) == Some("thead");
            }
            Some("tr") => rows.push(cells(part)?),
            Some("colgroup") | None => {}
            Some(_) => return None,
        }
    }
    let first = rows.first()?;
    let width = first.len();
    headings |= first.iter().all(|cell| name(*cell) == Some("th"));
    let even = rows.iter().all(|row| row.len() == width);
    let odd = rows
        .iter()
        .skip(1)
        .flatten()
        .any(|cell| name(*cell) == Some("th"));
    (headings && even && !odd && width > 0).then_some(rows)
}

fn cells(row: At<'_>) -> Option<Vec<At<'_>>> {
    let mut cells = Vec::new();
    for cell in row.children() {
        match name(cell) {
            Some("td" | "th") => {
                let spans = ["colspan", "rowspan"]
                    .iter()
                    .any(|span| attribute(cell, span).is_some_and(|n| n.trim() != "1"));
                let blocks = cell.children().any(tree::holds_block);
                let empty = cell.children().next().is_none();
                if spans || (blocks && !empty) {
                    return None;
                }
                cells.push(cell);
            }
            Some(_) => return None,
            None => {}
        }
    }
    Some(cells)
}

/// A table of rows whose cells `cell` writes.
pub(super) fn markdown(rows: &[Vec<At<'_>>], cell: &dyn Fn(At<'_>) -> String) -> String {
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|at| cell(*at)).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            lines.push(format!("|{}", " --- |".repeat(row.len())));
        }
    }
    lines.join("\n")
}
