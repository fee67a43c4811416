//! Reads the lines of a ledger, one at a time: the ledger of a million articles is never in memory
//! as a whole.

use std::io::{BufRead, Read};

use super::{FILE, HEADER, Line, State};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};

/// The longest line, in bytes; no address comes near.
const LONGEST: u64 = 64 * 1024;
/// How many mistakes are told: a file that is no ledger has one on every line.
const MOST: usize = 50;

/// What was found out about a ledger beyond its lines.
#[derive(Debug, Default)]
pub struct Condition {
    /// Lines that cannot be read, each at its place.
    pub notes: Diagnostics,
    /// Whether a line is not where it belongs. [`stream`] stops there.
    pub unsorted: bool,
    /// Whether it is written in another form than a build writes: its first line, its line ends.
    pub untidy: bool,
}

/// Gives every line of a ledger that is sorted, with its number from 1, as they come.
///
/// A line that cannot be read is reported and left out. Nothing panics, whatever the bytes.
pub fn stream(reader: &mut dyn BufRead, each: &mut dyn FnMut(u32, &Line<'_>)) -> Condition {
    let mut reading = Reading::new(reader);
    let mut last = String::new();
    while let Some(text) = reading.next() {
        if let Some(line) = reading.line(&text) {
            if line.address < last.as_str() {
                reading.condition.unsorted = true;
                break;
            }
            if line.address == last {
                reading.twice(&line, &text);
            } else {
                last.clear();
                last.push_str(line.address);
                each(reading.number, &line);
            }
        }
        reading.text = text;
    }
    reading.condition
}

/// The same of a ledger that is not sorted, as one is that was edited by hand: it is held in
/// memory for that.
pub fn sorted(reader: &mut dyn BufRead, each: &mut dyn FnMut(u32, &Line<'_>)) -> Condition {
    let mut reading = Reading::new(reader);
    let mut lines: Vec<(u32, String)> = Vec::new();
    while let Some(text) = reading.next() {
        if reading.line(&text).is_some() {
            lines.push((reading.number, text));
        } else {
            reading.text = text;
        }
    }
    let address = |line: &(u32, String)| line.1.split('\t').next().unwrap_or_default().to_owned();
    lines.sort_by_cached_key(address);
    let mut last = String::new();
    for (number, text) in &lines {
        let Ok(line) = parse(text) else { continue };
        if line.address == last {
            reading.number = *number;
            reading.twice(&line, text);
        } else {
            line.address.clone_into(&mut last);
            each(*number, &line);
        }
    }
    reading.condition.untidy = true;
    reading.condition
}

/// Everything that is wrong with the bytes of a ledger.
pub fn check(bytes: &[u8]) -> Diagnostics {
    let condition = stream(&mut &*bytes, &mut |_, _| {});
    if condition.unsorted {
        return sorted(&mut &*bytes, &mut |_, _| {}).notes;
    }
    condition.notes
}

/// A ledger being read.
struct Reading<'a> {
    reader: &'a mut dyn BufRead,
    number: u32,
    /// Room for the next line.
    text: String,
    condition: Condition,
}

impl<'a> Reading<'a> {
    fn new(reader: &'a mut dyn BufRead) -> Self {
        Reading {
            reader,
            number: 0,
            text: String::new(),
            condition: Condition::default(),
        }
    }

    /// The next line with anything on it, without its end; `None` where there is no further.
    fn next(&mut self) -> Option<String> {
        loop {
            let mut bytes = std::mem::take(&mut self.text).into_bytes();
            bytes.clear();
            let mut line = Read::take(&mut *self.reader, LONGEST);
            let read = line.read_until(b'\n', &mut bytes);
            self.number = self.number.saturating_add(1);
            match read {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    self.flaw("", &format!("it cannot be read further: {error}"), "");
                    return None;
                }
            }
            if bytes.last() == Some(&b'\n') {
                bytes.pop();
            } else if bytes.len() as u64 == LONGEST {
                self.flaw("", "the line is longer than any address", RESTORE);
                return None;
            } else {
                self.condition.untidy = true;
            }
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
                self.condition.untidy = true;
            }
            match String::from_utf8(bytes) {
                Ok(text) if self.number == 1 && text == HEADER => self.text = text,
                Ok(text) if text.is_empty() || text.starts_with('#') => {
                    self.condition.untidy = true;
                    if self.number == 1 && text.starts_with("# morgue permalinks ") {
                        self.flaw(&text, "it was written by another version of morgue", UPDATE);
                    }
                    self.text = text;
                }
                Ok(text) => {
                    self.condition.untidy |= self.number == 1;
                    return Some(text);
                }
                Err(_) => self.flaw("", "the line is not UTF-8 text", RESTORE),
            }
        }
    }

    /// The line in its columns; `None` where it was reported instead.
    fn line<'t>(&mut self, text: &'t str) -> Option<Line<'t>> {
        if is_conflict(text) {
            self.flaw(text, "a merge left its marks here", CONFLICT);
            return None;
        }
        match parse(text) {
            Ok(line) => Some(line),
            Err(reason) => {
                self.flaw(text, reason, RESTORE);
                None
            }
        }
    }

    fn twice(&mut self, line: &Line<'_>, text: &str) {
        let message = format!("the address {} stands here twice", line.address);
        self.flaw(
            text,
            &message,
            "keep the line that is true and delete the other",
        );
    }

    fn flaw(&mut self, text: &str, message: &str, help: &str) {
        if self.condition.notes.len() >= MOST {
            return;
        }
        let note = Diagnostic::new(Code::BadLedger, message);
        let note = note.file(FILE).span(place(self.number, text));
        let note = if help.is_empty() {
            note
        } else {
            note.help(help)
        };
        self.condition.notes.push(note);
    }
}

const RESTORE: &str = "put the line right, or take it from your version control as it was";
const UPDATE: &str = "build with the version that wrote it, or a later one";
const CONFLICT: &str = "keep the lines of both sides and delete the marks; where one address stands twice, keep the line that is true";

/// A line of the ledger as a place in it.
pub(super) fn place(number: u32, text: &str) -> Span {
    let whole = Span::line(text, 1);
    Span {
        line: number,
        ..whole
    }
}

/// Whether a line is one of the marks that a merge leaves where it could not decide.
fn is_conflict(text: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// A line in its columns.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str) -> Result<Line<'_>, &'static str> {
    let mut columns = text.split('\t');
    let mut column = || columns.next().unwrap_or_default();
    let (address, state, to) = (column(), column(), column());
    let (id, file, text_mark, notice) = (column(), column(), column(), column());
    if columns.next().is_some() {
        return Err("the line has more than seven columns");
    }
    if !is_address(address) {
        return Err("the line does not begin with an address from the root of the site");
    }
    let state = match state {
        "live" => State::Live,
        "moved" => State::Moved,
        "gone" => State::Gone,
        _ => return Err("the state is neither `live`, `moved` nor `gone`"),
    };
    let leads = match state {
        State::Moved => is_address(to),
        _ => to.is_empty(),
    };
    if !leads {
        return Err(
            "an address that moved leads to another from the root of the site, and no other does",
        );
    }
    let is_plain = |column: &str| column.bytes().all(|byte| byte.is_ascii_graphic());
    let has_controls = |column: &str| column.chars().any(char::is_control);
    if [id, file]
        .iter()
        .any(|column| !is_plain(column) && has_controls(column))
    {
        return Err("the line holds control characters");
    }
    let number = |digits: &str| match digits {
        "" => Ok(0),
        _ if digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
            u64::from_str_radix(digits, 16).map_err(|_| NO_MARK)
        }
        _ => Err(NO_MARK),
    };
    Ok(Line {
        address,
        state,
        to,
        id,
        file,
        text: number(text_mark)?,
        notice: number(notice)?,
    })
}

const NO_MARK: &str = "the last two columns are 16 hexadecimal digits each, or empty";

/// Whether a text can be an address of the ledger: a path from the root of the site that climbs
/// nowhere.
pub fn is_address(text: &str) -> bool {
    is_plain(text) || is_unusual_address(text)
}

/// Whether a text is an address like nearly all, which is told in one look at its bytes.
fn is_plain(text: &str) -> bool {
    let mut before = 0;
    let plain = text.bytes().all(|byte| {
        let plain = byte.is_ascii_graphic() && byte != b'\\' && !(before == b'/' && byte == b'.');
        before = byte;
        plain
    });
    plain && text.starts_with('/')
}

fn is_unusual_address(text: &str) -> bool {
    let path = text.split('?').next().unwrap_or_default();
    text.starts_with('/')
        && !text.contains(|c: char| c.is_control() || c == '\\')
        && !path.split('/').any(|part| matches!(part, "." | ".."))
}
