//! One run: what is due is asked for, and what is heard is taken down as it comes.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use url::Url;

use super::answer::Answer;
use super::crew;
use super::ledger::Ledger;
use super::visit::{Heard, Visitor};
use crate::Progress;

/// From how many hosts on nobody believes that all of them are down.
const ALL_DOWN: usize = 3;

/// The least time between two writings of the ledger.
const BREATH: Duration = Duration::from_secs(1);

/// Which share of a run may be spent on writing the ledger: one in so many.
const SHARE: u32 = 20;

/// What a run is done with.
pub(super) struct Run<'r> {
    pub(super) visitor: &'r Visitor<'r>,
    /// How many hosts are asked at once.
    pub(super) hosts: usize,
    pub(super) today: Date,
    pub(super) progress: &'r dyn Progress,
}

/// What a run found out, beyond what stands in the ledger.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// How many addresses were asked for.
    pub(super) asked: usize,
    /// How many hosts want to be left alone with.
    pub(super) left: usize,
    /// Whether none of several hosts said anything: nothing was taken down.
    pub(super) is_offline: bool,
    /// Addresses that lie in private networks.
    pub(super) private: Vec<String>,
}

impl Run<'_> {
    /// Asks for all these addresses. The ledger is written again and again meanwhile, so that a run
    /// that is broken off has lost a few seconds.
    pub(super) fn ask(&self, due: &[Url], ledger: &mut Ledger) -> Asked {
        let mut asked = Asked::default();
        if due.is_empty() {
            return asked;
        }
        self.progress.begin(due.len());
        let mut silent: BTreeSet<&str> = BTreeSet::new();
        let mut answers: Vec<(&Url, Answer)> = Vec::new();
        let mut somebody = false;
        let mut pen = Pen::new();
        crew::ask_all(due, self.visitor, self.hosts, &mut |url, heard| {
            self.progress.page();
            match heard {
                Heard::Left => asked.left += 1,
                Heard::Private => asked.private.push(url.to_string()),
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
            // Until somebody answers, it may be this computer that is not online.
            if somebody {
                self.take_down(&mut answers, ledger);
                pen.write(ledger);
            }
        });
        asked.private.sort_unstable();
        asked.is_offline = !somebody && silent.len() >= ALL_DOWN;
        if !asked.is_offline {
            self.take_down(&mut answers, ledger);
        }
        asked
    }

    fn take_down(&self, answers: &mut Vec<(&Url, Answer)>, ledger: &mut Ledger) {
        for (url, answer) in answers.drain(..) {
            ledger.enter(url.as_str(), answer, self.today);
        }
    }
}

/// Writes the ledger often, and a large one less often.
struct Pen {
    next: Option<Instant>,
}

impl Pen {
    fn new() -> Pen {
        Pen {
            next: Instant::now().checked_add(BREATH),
        }
    }

    fn write(&mut self, ledger: &mut Ledger) {
        let begun = Instant::now();
        if self.next.is_some_and(|next| begun < next) {
            return;
        }
        // What goes wrong here is told when all is written at the end.
        let _ = ledger.write();
        let pause = begun.elapsed().saturating_mul(SHARE).max(BREATH);
        self.next = Instant::now().checked_add(pause);
    }
}
