//! Writes the ledger of a build.

use std::io::{self, Write};

use super::fates::Fate;
use super::{HEADER, Line, State, behind};
use crate::archive::Archive;
use crate::config::Config;
use crate::site::{PageId, Site};

/// Writes the ledger that follows from the last one and from the plan that was held against it.
/// It is never in memory as a whole.
///
/// # Errors
/// What the system says.
pub fn write(
    site: &Site,
    archive: &Archive,
    config: &Config,
    out: &mut dyn Write,
) -> io::Result<()> {
    let settled = &site.ledger;
    out.write_all(HEADER.as_bytes())?;
    out.write_all(b"\n")?;
    let mut old = settled.old.iter().filter_map(|old| {
        let line = settled.line(old)?;
        let (state, to) = match old.fate {
            Fate::Page(page) => (State::Moved, &*site.page(page).url),
            Fate::Gone => (State::Gone, ""),
            // Not written without a decision; a build with one of these has failed.
            _ => (line.state, line.to),
        };
        let (text, notice) = match state {
            State::Live => (line.text, line.notice),
            _ => (0, 0),
        };
        Some(Line {
            state,
            to,
            text,
            notice,
            ..line
        })
    });
    let mut next = old.next();
    let mut row = String::new();
    for page in &settled.order {
        let address = &*site.page(*page).url;
        while let Some(line) = next.filter(|line| line.address < address) {
            put(&line, &mut row, out)?;
            next = old.next();
        }
        let behind = behind::of(site, archive, config, *page);
        let mut line = behind.line(address);
        if let Some(text) = settled.published_text(*page) {
            line.text = text;
        }
        put(&line, &mut row, out)?;
    }
    while let Some(line) = next {
        put(&line, &mut row, out)?;
        next = old.next();
    }
    out.flush()
}

fn put(line: &Line<'_>, row: &mut String, out: &mut dyn Write) -> io::Result<()> {
    row.clear();
    line.push(row);
    out.write_all(row.as_bytes())
}

impl Line<'_> {
    /// Adds the line to a text, as [`parse`](super::parse) understands it.
    pub fn push(&self, text: &mut String) {
        let mark = |number: u64| match number {
            0 => String::new(),
            number => format!("{number:016x}"),
        };
        let (text_mark, notice) = (mark(self.text), mark(self.notice));
        let columns = [
            self.address,
            self.state.word(),
            self.to,
            self.id,
            self.file,
            &text_mark,
            &notice,
        ];
        let filled = columns.iter().rposition(|column| !column.is_empty());
        for (index, column) in columns.iter().enumerate().take(filled.map_or(0, |i| i + 1)) {
            if index > 0 {
                text.push('\t');
            }
            text.push_str(column);
        }
        text.push('\n');
    }
}

impl super::Settled {
    /// The mark of the text that was published, where the text of an article is another now and
    /// nothing tells its readers.
    fn published_text(&self, page: PageId) -> Option<u64> {
        let at = self.silent.binary_search_by_key(&page, |(page, _)| *page);
        self.silent.get(at.ok()?).map(|(_, text)| *text)
    }
}
