//! What is remembered of addresses on other hosts, between two runs.
//!
//! It lies beside `site.toml` as `external-links.tsv`, one address a line, sorted by the bytes of
//! the address, for the version control of the archive. A line has up to six columns with tabs
//! between them; empty ones at its end are left out:
//!
//! | column | |
//! | --- | --- |
//! | address | as the URL Standard writes it, without fragment |
//! | status | what it gave in the end: a status of HTTP, or a word |
//! | checked | the day on which it gave that |
//! | failing since | the first day on which it gave something bad, if nothing good came since |
//! | now at | where it moved for good |
//! | snapshot | where an archive keeps a copy; an editor may write it |
//!
//! Where an address stands twice, as after a merge that keeps the lines of both sides, what was
//! found out later holds.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::address::{self, Read};
use super::answer::{Answer, Class, Status};
use crate::build::ledger::replace;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// The name of the ledger of external links, beside `site.toml`.
pub(super) const FILE: &str = "external-links.tsv";

/// Its first line.
pub(super) const HEADER: &str =
    "# morgue external links 1: address, status, checked, failing since, now at, snapshot";

/// The longest line, in bytes: three of the longest addresses.
const LONGEST: u64 = 32 * 1024;
/// How many mistakes are told: a file that is no ledger has one on every line.
const MOST: usize = 50;

/// What is known of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// What it gave in the end; `None` where it was never asked for.
    pub(super) status: Option<Status>,
    /// When.
    pub(super) checked: Option<Date>,
    /// Since when it gives nothing good.
    pub(super) failing: Option<Date>,
    /// Where it moved for good; empty where it did not.
    pub(super) to: String,
    /// Where a copy is kept; empty where nobody said.
    pub(super) snapshot: String,
}

/// All that is known.
#[derive(Debug)]
pub(super) struct Ledger {
    path: Utf8PathBuf,
    lines: BTreeMap<String, Line>,
    changed: bool,
}

impl Ledger {
    /// The ledger in the folder of a site; one that is not there knows nothing.
    ///
    /// # Errors
    /// Everything that is wrong with it: a ledger with a bad line is not written again, or the line
    /// would be lost.
    pub(super) fn read(folder: &Utf8Path) -> Result<Ledger, Diagnostics> {
        let path = folder.join(FILE);
        let ledger = |lines| Ledger {
            path: path.clone(),
            lines,
            changed: false,
        };
        let unreadable = |error: io::Error| {
            let note = Diagnostic::new(Code::BadLinkLedger, format!("it cannot be read: {error}"));
            Diagnostics::from(note.file(FILE))
        };
        match File::open(&path) {
            Ok(file) => parse_all(&mut BufReader::new(file)).map(ledger),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(ledger(BTreeMap::new())),
            Err(error) => Err(unreadable(error)),
        }
    }

    /// What is known of an address.
    pub(super) fn line(&self, address: &str) -> Option<&Line> {
        self.lines.get(address)
    }

    /// Whether an answer of at most so many days ago still holds. What is gone or fails is asked
    /// for each time, for somebody may be about to put it right.
    pub(super) fn knows(&self, address: &str, today: Date, age: u32) -> bool {
        let Some(line) = self.lines.get(address) else {
            return false;
        };
        let holds = matches!(
            line.status.map(Status::class),
            Some(Class::Good | Class::Shut)
        );
        // A host that was asked too often said nothing of the address.
        let holds = holds && line.status != Some(Status::Http(429));
        holds && line.checked.is_some_and(|day| is_within(day, today, age))
    }

    /// Takes down what an address gave today.
    pub(super) fn enter(&mut self, address: &str, answer: Answer, today: Date) {
        let line = self.lines.entry(address.to_owned()).or_default();
        let is_bad = matches!(answer.status.class(), Class::Dead | Class::Failing);
        line.failing = is_bad.then(|| line.failing.unwrap_or(today));
        line.status = Some(answer.status);
        line.checked = Some(today);
        line.to = answer.to.unwrap_or_default();
        self.changed = true;
    }

    /// Takes down where a copy of an address is kept.
    pub(super) fn keep(&mut self, address: &str, snapshot: String) {
        let line = self.lines.entry(address.to_owned()).or_default();
        line.snapshot = snapshot;
        self.changed = true;
    }

    /// Forgets what an address gave. A snapshot is never forgotten.
    pub(super) fn forget(&mut self, address: &str) {
        let Some(line) = self.lines.remove(address) else {
            return;
        };
        self.changed = true;
        if !line.snapshot.is_empty() {
            let snapshot = line.snapshot;
            let line = Line {
                snapshot,
                ..Line::default()
            };
            self.lines.insert(address.to_owned(), line);
        }
    }

    /// Forgets what nothing links to any more, once it is as old as an answer may be. A snapshot is
    /// never forgotten.
    pub(super) fn tidy(&mut self, today: Date, age: u32, is_linked: impl Fn(&str) -> bool) {
        let before = self.lines.len();
        self.lines.retain(|address, line| {
            is_linked(address)
                || !line.snapshot.is_empty()
                || line.checked.is_some_and(|day| is_within(day, today, age))
        });
        self.changed |= self.lines.len() != before;
    }

    /// Writes it, if anything is new, in one step.
    ///
    /// # Errors
    /// What the system says; the old file is then as it was.
    pub(super) fn write(&mut self) -> io::Result<()> {
        if !self.changed {
            return Ok(());
        }
        replace(&self.path, |file| {
            writeln!(file, "{HEADER}")?;
            for (address, line) in &self.lines {
                writeln!(file, "{}", line.text(address))?;
            }
            Ok(())
        })?;
        self.changed = false;
        Ok(())
    }
}

/// Whether a day is at most so many days ago. A day that is still to come was written by a clock
/// that was wrong, and proves nothing.
fn is_within(day: Date, today: Date, days: u32) -> bool {
    (0..=i64::from(days)).contains(&days_between(day, today))
}

/// How many days one day is before another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

impl Line {
    fn text(&self, address: &str) -> String {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let status = self.status.map_or_else(String::new, |s| s.to_string());
        let columns = [
            address,
            &status,
            &day(self.checked),
            &day(self.failing),
            &self.to,
            &self.snapshot,
        ];
        columns.join("\t").trim_end_matches('\t').to_owned()
    }

    /// What two lines of one address say together.
    fn join(self, other: Line) -> Line {
        let (mut later, earlier) = if other.checked > self.checked {
            (other, self)
        } else {
            (self, other)
        };
        if later.snapshot.is_empty() {
            later.snapshot = earlier.snapshot;
        }
        // It fails for as long as either side has seen it fail.
        if let (Some(one), Some(two)) = (later.failing, earlier.failing) {
            later.failing = Some(one.min(two));
        }
        later
    }
}

fn parse_all(reader: &mut dyn BufRead) -> Result<BTreeMap<String, Line>, Diagnostics> {
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    let mut notes = Diagnostics::new();
    let mut number = 0u32;
    while notes.len() < MOST {
        number = number.saturating_add(1);
        let mut bytes = Vec::new();
        let read = io::Read::take(&mut *reader, LONGEST).read_until(b'\n', &mut bytes);
        let goes_on = match read {
            Ok(0) => break,
            Ok(read) => (read as u64) < LONGEST,
            Err(_) => false,
        };
        let text = std::str::from_utf8(&bytes).map(|text| text.trim_end_matches(['\n', '\r']));
        let line = match text {
            _ if read.is_err() => Err(("it cannot be read further", RESTORE)),
            _ if !goes_on => Err(("the line is longer than any address", RESTORE)),
            Err(_) => Err(("the line is not UTF-8 text", RESTORE)),
            Ok(text) => read_line(text, number),
        };
        match line {
            Ok(None) => {}
            Ok(Some((address, line))) => {
                let line = match lines.remove(&address) {
                    Some(known) => known.join(line),
                    None => line,
                };
                lines.insert(address, line);
            }
            Err((message, help)) => {
                let shown = text.ok().filter(|_| goes_on).unwrap_or_default();
                notes.push(flaw(number, shown, message, help));
            }
        }
        if !goes_on {
            break;
        }
    }
    if notes.is_empty() {
        Ok(lines)
    } else {
        Err(notes)
    }
}

fn flaw(number: u32, text: &str, message: &str, help: &str) -> Diagnostic {
    let span = Span {
        line: number,
        ..Span::line(text, 1)
    };
    let note = Diagnostic::new(Code::BadLinkLedger, message).file(FILE);
    note.span(span).help(help)
}

const RESTORE: &str = "put the line right or delete it: its address is then asked for once more";
const UPDATE: &str = "check with the version that wrote it, or a later one";
const CONFLICT: &str = "keep the lines of both sides and delete the marks; where one address stands twice, the later line counts";

type Flaw = (&'static str, &'static str);

/// A line in its columns; `None` where it has none.
fn read_line(text: &str, number: u32) -> Result<Option<(String, Line)>, Flaw> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.starts_with('#') {
        let other = number == 1 && text.starts_with("# morgue external links ");
        return if other && text != HEADER {
            Err(("it was written by another version of morgue", UPDATE))
        } else {
            Ok(None)
        };
    }
    let marks = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];
    if marks.iter().any(|mark| text.starts_with(mark)) {
        return Err(("a merge left its marks here", CONFLICT));
    }
    parse(text).map(Some).map_err(|reason| (reason, RESTORE))
}

/// A line in its columns.
fn parse(text: &str) -> Result<(String, Line), &'static str> {
    let mut columns = text.split('\t');
    let mut column = || columns.next().unwrap_or_default().trim_matches(' ');
    let (address, status, checked) = (column(), column(), column());
    let (failing, to, snapshot) = (column(), column(), column());
    if columns.next().is_some() {
        return Err("the line has more than six columns");
    }
    let web = |text: &str| match address::read(text) {
        Read::Web(url) if !text.contains(char::is_control) => Some(url.to_string()),
        _ => None,
    };
    let other = |text: &str| match text {
        "" => Ok(String::new()),
        text => web(text).ok_or("the last two columns are web addresses or empty"),
    };
    let day = |text: &str| match text {
        "" => Ok(None),
        text if text.len() == 10 => text.parse().map(Some).map_err(|_| NO_DAY),
        _ => Err(NO_DAY),
    };
    let address = web(address).ok_or("the line does not begin with a web address")?;
    let status = match status {
        "" => None,
        word => Some(Status::parse(word).ok_or(
            "the second column is a status of HTTP, `no-host`, `timeout`, `tls`, `broken`, `circles`, `astray`, or empty",
        )?),
    };
    let line = Line {
        status,
        checked: day(checked)?,
        failing: day(failing)?,
        to: other(to)?,
        snapshot: other(snapshot)?,
    };
    Ok((address, line))
}

const NO_DAY: &str = "the third and fourth columns are days (2019-02-28) or empty";

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
