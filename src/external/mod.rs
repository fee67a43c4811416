//! `morgue check --external`: whether what the archive links to on other hosts is still there.
//!
//! A consumer of stages 1 to 3, and the only part of the program that asks other hosts. `collect`
//! finds every address that is published, with its places; `ledger` remembers in
//! `external-links.tsv` what became of each, so that no host is asked again too soon; `crew` asks
//! all hosts that are due, one request at a time each; `visit` asks for one address, with `guard`
//! between it and the networks that are nobody else's business; `findings` tells editors.

mod address;
mod answer;
mod collect;
mod crew;
mod findings;
mod gate;
mod guard;
mod ledger;
mod visit;
mod wait;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::Url;

use crate::Progress;
use crate::config::Check;
use crate::diagnostics::Diagnostics;
use crate::edition::Edition;

use answer::{Answer, Class, Status};
use collect::Linked;
use crew::Heard;
use ledger::Ledger;

/// How often the ledger is written while hosts are asked: a run that is broken off loses no more.
const WRITTEN_EVERY: Duration = Duration::from_secs(10);

/// From how many hosts on nobody believes that all of them are down.
const ALL_DOWN: usize = 3;

/// How other hosts are asked.
pub struct Online<'a> {
    /// Whether addresses of private networks are asked too.
    pub private: bool,
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
    let run = Run {
        manners: Manners::of(settings, online),
        today,
    };
    let asked = run.ask(&due, &mut ledger, online.progress);
    told.asked = asked.asked;
    told.left = asked.left;
    for address in &asked.private {
        ledger.forget(address);
        notes.extend(findings::private(edition, &linked, address));
    }
    if asked.is_offline {
        notes.push(findings::offline(due.len()));
    } else {
        ledger.tidy(today, age, |address| linked.places.contains_key(address));
    }
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

/// One run.
struct Run {
    manners: Manners,
    today: Date,
}

/// What a run found out.
struct Asked {
    asked: usize,
    left: usize,
    is_offline: bool,
    /// Addresses that lie in private networks.
    private: Vec<String>,
}

impl Run {
    fn ask(&self, due: &[Url], ledger: &mut Ledger, progress: &dyn Progress) -> Asked {
        let mut asked = Asked {
            asked: 0,
            left: 0,
            is_offline: false,
            private: Vec::new(),
        };
        if due.is_empty() {
            return asked;
        }
        progress.begin(due.len());
        let mut silent: BTreeSet<&str> = BTreeSet::new();
        let mut answers: Vec<(&Url, Answer)> = Vec::new();
        let (mut somebody, mut written) = (false, Instant::now());
        crew::ask_all(due, &self.manners, &mut |url, heard| {
            progress.page();
            match heard {
                Heard::Left => asked.left += 1,
                Heard::Private => {
                    asked.asked += 1;
                    asked.private.push(url.to_string());
                }
                Heard::Answer(answer) => {
                    asked.asked += 1;
                    if answer.status.is_silence() {
                        silent.insert(url.host_str().unwrap_or_default());
                    } else {
                        somebody = true;
                    }
                    answers.push((url, answer));
                }
            }
            if somebody {
                self.note_down(&mut answers, ledger);
                if written.elapsed() > WRITTEN_EVERY {
                    // What goes wrong here is told when all is written at the end.
                    let _ = ledger.write();
                    written = Instant::now();
                }
            }
        });
        asked.is_offline = !somebody && silent.len() >= ALL_DOWN;
        if !asked.is_offline {
            self.note_down(&mut answers, ledger);
        }
        asked
    }

    fn note_down(&self, answers: &mut Vec<(&Url, Answer)>, ledger: &mut Ledger) {
        for (url, answer) in answers.drain(..) {
            ledger.enter(url.as_str(), answer, self.today);
        }
    }
}
