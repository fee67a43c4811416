//! Changes single lines of a ledger: what an editor decides.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Condition, HEADER, Ledger, Line, State, is_address, lines};
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

/// What is to become of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It redirects to this one.
    Redirect(String),
    /// What was there is withdrawn.
    Withdraw,
    /// It was published once, by whatever made the site before; what becomes of it is not decided.
    Remember,
}

/// An address as the ledger has it, from how people write it: whole, with or without percent
/// signs, from the root of the host or of the site.
///
/// # Errors
/// Why it cannot be one.
pub fn address(config: &Config, text: &str) -> Result<String, String> {
    let text = text.trim();
    let no = |reason: &str| format!("{text:?} cannot be an address of the site: {reason}");
    let path = match text.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .map_or("/", |at| rest.get(at..).unwrap_or("/")),
        None => text,
    };
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let decoded =
        content::percent_decoded(path).ok_or_else(|| no("its percent signs do not decode"))?;
    // In the ledger a `?` begins a query.
    if decoded.contains('?') || !decoded.starts_with('/') {
        return Err(no(
            "write it from the root of the site, as in /2019/04/25/story/",
        ));
    }
    let base = config.base_url.path();
    let own = decoded
        .strip_prefix(base)
        .filter(|rest| rest.starts_with('/'));
    let mut address = own.unwrap_or(&decoded).to_owned();
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    if is_address(&address) {
        Ok(address)
    } else {
        Err(no(
            "it climbs out of its folder or has signs that addresses do not have",
        ))
    }
}

/// Reads all lines of a ledger in their order; one that is not there has none.
///
/// # Errors
/// Everything that is wrong with it: a ledger with a bad line is not changed, or the line would be
/// lost.
pub fn each(ledger: &Ledger, each: &mut dyn FnMut(u32, &Line<'_>)) -> Result<(), Diagnostics> {
    let open = || match ledger.open() {
        Ok(reader) => Ok(reader.unwrap_or_else(|| Box::new(io::empty()))),
        Err(error) => {
            let message = format!("cannot be read: {error}");
            Err(Diagnostics::from(
                Diagnostic::new(Code::Unreadable, message).file(super::FILE),
            ))
        }
    };
    // Whether it is sorted is known only at its end, and a line must not be given twice.
    let mut condition: Condition = lines::stream(&mut *open()?, &mut |_, _| {});
    if condition.unsorted {
        condition = lines::sorted(&mut *open()?, each);
    } else if condition.notes.is_empty() {
        lines::stream(&mut *open()?, each);
    }
    if condition.notes.is_empty() {
        Ok(())
    } else {
        Err(condition.notes)
    }
}

/// Writes the ledger anew with these decisions.
///
/// # Errors
/// What the system says; nothing that is wrong with the ledger, which [`each`] tells before.
pub fn decide(
    ledger: &Ledger,
    decisions: &BTreeMap<String, Decision>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rest = decisions.iter().peekable();
    let mut rows = Rows {
        out,
        row: String::new(),
        failed: Ok(()),
    };
    rows.out.write_all(format!("{HEADER}\n").as_bytes())?;
    let read = each(ledger, &mut |_, line| {
        while let Some((address, decision)) = rest.next_if(|(a, _)| a.as_str() < line.address) {
            rows.put(&decided(&new(address), decision));
        }
        match rest.next_if(|(address, _)| *address == line.address) {
            // What is known already is not known better by hearsay.
            Some((_, Decision::Remember)) | None => rows.put(line),
            Some((_, decision)) => rows.put(&decided(line, decision)),
        }
    });
    for (address, decision) in rest {
        rows.put(&decided(&new(address), decision));
    }
    rows.failed?;
    read.map_err(|_| io::Error::other("the ledger changed while it was read"))?;
    rows.out.flush()
}

struct Rows<'a> {
    out: &'a mut dyn Write,
    row: String,
    failed: io::Result<()>,
}

impl Rows<'_> {
    fn put(&mut self, line: &Line<'_>) {
        if self.failed.is_ok() {
            self.row.clear();
            line.push(&mut self.row);
            self.failed = self.out.write_all(self.row.as_bytes());
        }
    }
}

fn new(address: &str) -> Line<'_> {
    Line {
        address,
        state: State::Live,
        to: "",
        id: "page",
        file: "",
        text: 0,
        notice: 0,
    }
}

fn decided<'a>(line: &Line<'a>, decision: &'a Decision) -> Line<'a> {
    let (state, to) = match decision {
        Decision::Redirect(to) => (State::Moved, to.as_str()),
        Decision::Withdraw => (State::Gone, ""),
        Decision::Remember => return *line,
    };
    Line {
        state,
        to,
        text: 0,
        notice: 0,
        ..*line
    }
}
