//! What editors are told about links to other hosts.

use std::io;

use jiff::civil::Date;
use url::Url;

use super::answer::{Class, Status};
use super::collect::{Linked, Place, Spot};
use super::ledger::{self, Ledger, Line};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Span};
use crate::edition::Edition;

/// Addresses that cannot be ones, whatever any host says.
pub(super) fn bad(edition: &Edition, linked: &Linked) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for (text, place) in &linked.broken {
        let message = format!("the link cannot be followed by any browser: {text}");
        let note = Diagnostic::new(Code::BadLink, message);
        let note = note.help("correct its host or its form");
        notes.push(at(edition, note, place, text));
    }
    notes
}

/// What is known of every address, at every place.
pub(super) fn all(edition: &Edition, linked: &Linked, ledger: &Ledger, today: Date) -> Diagnostics {
    let mut notes = Diagnostics::new();
    let patience = i64::from(edition.config.settings.check.external_patience);
    for (address, places) in &linked.places {
        let Some(line) = ledger.line(address) else {
            continue;
        };
        let Some(status) = line.status else { continue };
        // An article that names a snapshot of its source says already what became of it.
        for place in places.iter().filter(|place| !place.is_kept) {
            let note = match status.class() {
                Class::Good => moved(address, line, place),
                Class::Dead => Some(dead(address, status, line, place)),
                Class::Failing => Some(failing(address, status, line, place, today, patience)),
                Class::Shut => Some(shut(address, status)),
            };
            if let Some(note) = note {
                notes.push(at(edition, note, place, address));
            }
        }
    }
    notes
}

/// Something that is at another address now. Where an article was first online does not change.
fn moved(address: &str, line: &Line, place: &Place) -> Option<Diagnostic> {
    if line.to.is_empty() || matches!(place.spot, Spot::Field("source_url", _)) {
        return None;
    }
    let message = format!("what the link leads to moved for good: {address}");
    let help = if is_front_page(&line.to) && !is_front_page(address) {
        format!(
            "look whether it is still there: its host sends all who ask to its front page, {}",
            line.to
        )
    } else {
        format!("link to {}", line.to)
    };
    Some(Diagnostic::new(Code::LinkMoved, message).help(help))
}

fn is_front_page(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.path() == "/" && url.query().is_none())
}

/// Something that is gone.
fn dead(address: &str, status: Status, line: &Line, place: &Place) -> Diagnostic {
    let since = line
        .failing
        .map_or_else(String::new, |day| format!(", first seen {day}"));
    let message = format!("what the link leads to is gone (status {status}{since}): {address}");
    let note = Diagnostic::new(Code::DeadExternalLink, message);
    note.help(way_out(address, line, place))
}

fn failing(
    address: &str,
    status: Status,
    line: &Line,
    place: &Place,
    today: Date,
    patience: i64,
) -> Diagnostic {
    let reason = reason(status);
    let since = line.failing.unwrap_or(today);
    if ledger::days_between(since, today) < patience {
        let message = format!("the link does not work just now ({reason}): {address}");
        let help = format!(
            "nothing has to be done yet; it is asked for again the next time, and told as dead after {patience} days"
        );
        return Diagnostic::new(Code::LinkFailing, message).help(help);
    }
    let message = format!("the link has not worked since {since} ({reason}): {address}");
    Diagnostic::new(Code::LinkLongFailing, message).help(way_out(address, line, place))
}

fn shut(address: &str, status: Status) -> Diagnostic {
    let message = format!(
        "whether the link works cannot be told ({}): {address}",
        reason(status)
    );
    Diagnostic::new(Code::LinkShut, message)
        .help("look at it in a browser; `[check] external_ignore` leaves out a host that lets no program in")
}

fn reason(status: Status) -> String {
    match status {
        Status::Http(number) => format!("status {number}"),
        Status::NoHost => "its host is not found".into(),
        Status::Timeout => "its host does not answer in time".into(),
        Status::Tls => "the certificate of its host does not hold".into(),
        Status::Broken => "its host breaks off the connection".into(),
        Status::Circles => "its host sends those without cookies round in circles".into(),
        Status::Astray => "its host sends those who ask to what is no web address".into(),
    }
}

/// What to do about a link that leads nowhere.
fn way_out(address: &str, line: &Line, place: &Place) -> String {
    if !line.snapshot.is_empty() {
        return format!("link to the snapshot: {}", line.snapshot);
    }
    // The one nearest to that day, or the newest (archive.org/help/wayback_api.php).
    let day = if place.day.is_empty() { "" } else { &place.day };
    let slash = if day.is_empty() { "" } else { "/" };
    let snapshot = format!("https://web.archive.org/web/{day}{slash}{address}");
    if matches!(place.spot, Spot::Field("source_url", _)) {
        return format!("add a snapshot, if there is one: `archived_url: {snapshot}`");
    }
    format!("correct it, take it out, or link to a snapshot, if there is one: {snapshot}")
}

/// A link into a private network.
pub(super) fn private(edition: &Edition, linked: &Linked, address: &str) -> Diagnostics {
    let mut notes = Diagnostics::new();
    for place in linked.places.get(address).into_iter().flatten() {
        let message = format!("the link leads into a private network: {address}");
        let help = "no reader outside can follow it, and nobody was asked; `--external-private` asks all the same";
        let note = Diagnostic::new(Code::PrivateLink, message).help(help);
        notes.push(at(edition, note, place, address));
    }
    notes
}

/// None of several hosts answered.
pub(super) fn offline(addresses: usize) -> Diagnostic {
    let message = format!("none of the hosts answered, so nothing is known of {addresses} links");
    Diagnostic::new(Code::NoNetwork, message)
        .help("see whether this computer is online; nothing was written into external-links.tsv")
}

/// What was found out could not be kept.
pub(super) fn not_written(error: &io::Error) -> Diagnostic {
    let message = format!("what was found out could not be written: {error}");
    Diagnostic::new(Code::LinkLedgerNotWritten, message)
        .file(ledger::FILE)
        .help("make the folder of site.toml writable")
}

/// The archive of the web said nothing.
pub(super) fn no_snapshots(service: &str) -> Diagnostic {
    let message = format!("not all copies of what is gone could be asked for at {service}");
    Diagnostic::new(Code::NoSnapshots, message)
        .help("try again later; `[check] external_snapshots` names the service that is asked")
}

/// A finding at a place; a field is looked up in its file.
fn at(edition: &Edition, note: Diagnostic, place: &Place, address: &str) -> Diagnostic {
    let (line, column, length) = match place.spot {
        Spot::Text(line, column, length) => (line, column, length),
        Spot::Field(key, from) => (line_of(edition, place, key, address, from), 1, 1),
    };
    note.file(&*place.file).span(Span {
        line: line.max(1),
        column,
        length,
        text: String::new(),
    })
}

/// The line of a file, at or below a line, that has the address, or else the field.
fn line_of(edition: &Edition, place: &Place, key: &str, address: &str, from: u32) -> u32 {
    let path = edition.config.folder.join(&*place.file);
    let source = std::fs::read_to_string(path).unwrap_or_default();
    let skipped = from.saturating_sub(1) as usize;
    // The address may be written in another form than it is asked for in.
    let bare = address.trim_end_matches('/');
    let find = |text: &str| {
        let at = source
            .lines()
            .skip(skipped)
            .position(|l| l.contains(text))?;
        u32::try_from(skipped + at + 1).ok()
    };
    find(bare).or_else(|| find(key)).unwrap_or(from)
}
