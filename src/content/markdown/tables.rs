//! Tables.

use pulldown_cmark::Alignment;
use pulldown_cmark_escape::escape_html;

use super::writer::{Content, Open, Writer};

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    /// How many tables there were.
    count: usize,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
    cell: usize,
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.block();
        let count = self.table.count + 1;
        self.table = Table {
            count,
            alignments,
            ..Table::default()
        };
        if self.article() {
            self.out
                .push_str("<section class=\"table-wrap\" tabindex=\"0\" aria-label=\"");
            // Writing to a string cannot fail.
            let _ = escape_html(&mut self.out, &self.options.labels.table);
            if count > 1 {
                // Landmarks are told apart by their names.
                self.out.push_str(&format!(" {count}"));
            }
            self.out.push_str("\">\n");
        }
        self.out.push_str("<table>\n");
        self.push("table", Content::Parts);
    }

    pub(super) fn start_head(&mut self) {
        self.out.push_str("<thead>\n<tr>\n");
        self.table.in_head = true;
        self.table.column = 0;
        self.push("tr", Content::Parts);
    }

    pub(super) fn start_row(&mut self) {
        if !self.table.has_body {
            self.out.push_str("<tbody>\n");
            self.table.has_body = true;
        }
        self.out.push_str("<tr>\n");
        self.table.column = 0;
        self.push("tr", Content::Parts);
    }

    pub(super) fn end_row(&mut self) {
        self.pop();
        self.out.push_str(if self.table.in_head {
            "\n</thead>\n"
        } else {
            "\n"
        });
        self.table.in_head = false;
    }

    pub(super) fn start_cell(&mut self) {
        self.table.cell = self.out.len();
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        let (tag, close) = if self.table.in_head {
            ("<th scope=\"col\"", "th")
        } else {
            ("<td", "td")
        };
        self.out.push_str(tag);
        self.out.push_str(class);
        self.out.push('>');
        self.push(close, Content::Flow);
    }

    pub(super) fn end_cell(&mut self) {
        self.silent = None;
        let empty =
            self.out.ends_with('>') && self.out[self.table.cell..].matches('>').count() == 1;
        self.pop();
        if self.table.in_head && empty {
            // A header that says nothing heads nothing.
            self.out.truncate(self.table.cell);
            self.out.push_str("<td></td>");
        }
        self.out.push('\n');
        self.table.column += 1;
    }

    /// Makes a cell of the author's header cell that says nothing; gives the name that closes it.
    pub(super) fn header_or_cell(&mut self, open: &Open) -> &'static str {
        let says = |content: &str| !content.trim().is_empty();
        if open.close != "th" || self.out.get(open.content_at..).is_none_or(says) {
            return open.close;
        }
        let tag = self.out.split_off(open.start);
        let mut cell = tag.replacen("<th", "<td", 1);
        // Only a header heads anything.
        if let Some(start) = cell.find(" scope=\"") {
            let value = start + " scope=\"".len();
            let end = cell[value..].find('"').map_or(value, |at| value + at + 1);
            cell.replace_range(start..end, "");
        }
        self.out.push_str(&cell);
        "td"
    }

    pub(super) fn end_table(&mut self) {
        if self.table.has_body {
            self.out.push_str("</tbody>\n");
        }
        self.pop();
        self.out.push('\n');
        if self.article() {
            self.out.push_str("</section>\n");
        }
    }
}
