//! `morgue check --external`: whether what the archive links to on other hosts is still there.
//!
//! A consumer of stages 1 to 3, and the only part of the program that asks other hosts. `collect`
//! finds every address that is published, with its places; `ledger` remembers in
//! `external-links.tsv` what became of each, so that no host is asked again too soon; `crew` asks
//! all hosts that are due, one request at a time each, and `run` writes down what they say; `visit` asks for one address, with `guard`
//! between it and the networks that are nobody else's business; `snapshots` asks
//! for copies of what is gone; `findings` tells editors.

mod address;
mod answer;
mod collect;
mod crew;
mod findings;
mod gate;
mod guard;
mod ledger;
mod run;
mod snapshots;
mod visit;
mod wait;

use std::net::IpAddr;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::Url;

use crate::Progress;
use crate::config::Check;
use crate::diagnostics::Diagnostics;
use crate::edition::Edition;

use answer::{Class, Status};
use collect::Linked;
use ledger::Ledger;
use run::Run;
use visit::Visitor;

/// How other hosts are asked.
pub struct Online<'a> {
    /// Whether addresses of private networks are asked too.
    pub private: bool,
    /// Whether an archive of the web is asked for copies of what is gone.
    pub snapshots: bool,
    /// For how many days an answer holds, where it is not `[check] external_age`.
    pub age: Option<u32>,
    /// Hears how many addresses are asked, and of each that is done.
    pub progress: &'a dyn Progress,
}

/// What became of the addresses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// How many addresses the archive links to.
    pub addresses: usize,
    /// How many of them were asked for in this run.
    pub asked: usize,
    /// How many the ledger knew, so that nobody was asked.
    pub known: usize,
    /// How many are left for another run, because their host wants to be left alone.
    pub left: usize,
    /// How many are there.
    pub good: usize,
    /// How many of those are at another address for good.
    pub moved: usize,
    /// How many are gone.
    pub dead: usize,
    /// How many could not be reached now.
    pub unreachable: usize,
    /// How many let no program see whether they are there.
    pub shut: usize,
    /// How many lie in private networks, and were not asked for.
    pub private: usize,
    /// How many copies of what is gone were found in this run.
    pub snapshots: usize,
}

/// What is settled before the first request.
pub(crate) struct Manners {
    /// Seconds between two requests to a host.
    pub(crate) pause: Duration,
    /// How long an answer may take.
    pub(crate) timeout: Duration,
    /// How many hosts are asked at once.
    pub(crate) hosts: usize,
    /// Which computers are asked, by their addresses.
    pub(crate) allows: fn(IpAddr) -> bool,
}

impl Manners {
    fn of(settings: &Check, online: &Online<'_>) -> Manners {
        let seconds = |seconds: f64, most: f64| {
            Duration::try_from_secs_f64(seconds.clamp(0.0, most)).unwrap_or_default()
        };
        Manners {
            pause: seconds(settings.external_pause, 600.0),
            timeout: seconds(settings.external_timeout, 600.0).max(Duration::from_millis(50)),
            hosts: settings.external_hosts.clamp(1, 64),
            allows: if online.private {
                |_| true
            } else {
                guard::is_public
            },
        }
    }
}

/// Asks for everything on other hosts that an edition links to, as far as the ledger does not know
/// it, and tells what is wrong. The ledger is written as answers come, and not at all where none
/// of several hosts answered: then it is this computer that is not online.
pub(crate) fn audit(edition: &Edition, online: &Online<'_>) -> (Told, Diagnostics) {
    let linked = collect::collect(edition);
    let mut notes = findings::bad(edition, &linked);
    let settings = &edition.config.settings.check;
    let mut told = Told {
        addresses: linked.places.len(),
        ..Told::default()
    };
    let mut ledger = match Ledger::read(&edition.config.folder) {
        Ok(ledger) => ledger,
        Err(found) => {
            notes.extend(found);
            told.left = told.addresses;
            return (told, notes);
        }
    };
    let today = TimeZone::UTC.to_datetime(edition.now).date();
    let age = online.age.unwrap_or(settings.external_age);
    let due = due(&linked, &ledger, today, age);
    told.known = told.addresses - due.len();
    let manners = Manners::of(settings, online);
    let visitor = Visitor::new(&manners);
    let run = Run {
        visitor: &visitor,
        hosts: manners.hosts,
        today,
        progress: online.progress,
    };
    let asked = run.ask(&due, &mut ledger);
    told.asked = asked.asked;
    told.left = asked.left;
    told.private = asked.private.len();
    for address in &asked.private {
        ledger.forget(address);
        notes.extend(findings::private(edition, &linked, address));
    }
    if asked.is_offline {
        notes.push(findings::offline(due.len()));
        return (told, notes);
    }
    if online.snapshots {
        let service = &settings.external_snapshots;
        let wanted = snapshots::wanted(&linked, &ledger, today, settings.external_patience);
        let found = snapshots::ask(service, &wanted, &visitor, &mut ledger, online.progress);
        told.snapshots = found.snapshots;
        if found.is_silent {
            notes.push(findings::no_snapshots(service));
        }
    }
    ledger.tidy(today, age, |address| linked.places.contains_key(address));
    if let Err(error) = ledger.write() {
        notes.push(findings::not_written(&error));
    }
    count(&linked, &ledger, &mut told);
    notes.extend(findings::all(edition, &linked, &ledger, today));
    (told, notes)
}

/// The addresses whose last answer holds no longer, or that never gave one.
fn due(linked: &Linked, ledger: &Ledger, today: Date, age: u32) -> Vec<Url> {
    let addresses = linked.places.keys();
    let due = addresses.filter(|address| !ledger.knows(address, today, age));
    due.filter_map(|address| Url::parse(address).ok()).collect()
}

fn count(linked: &Linked, ledger: &Ledger, told: &mut Told) {
    for address in linked.places.keys() {
        let Some(line) = ledger.line(address) else {
            continue;
        };
        match line.status.map(Status::class) {
            Some(Class::Good) => {
                told.good += 1;
                told.moved += usize::from(!line.to.is_empty());
            }
            Some(Class::Dead) => told.dead += 1,
            Some(Class::Failing) => told.unreachable += 1,
            Some(Class::Shut) => told.shut += 1,
            None => {}
        }
    }
}
