//! The door to one host, through which one request goes at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::visit::Trouble;

/// So many addresses of a host in succession that gave nothing, and it is down.
const DOWN_AFTER: u32 = 3;

/// The door to a host.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// No request before this moment.
    not_before: Option<Instant>,
    /// How many addresses in succession gave nothing, and the last reason.
    failures: u32,
    trouble: Option<Trouble>,
}

impl Gate {
    /// Makes a request once it may be made, with nobody else at this host. The host is then left
    /// alone for `pause`.
    pub(super) fn pass<T>(&self, pause: Duration, request: impl FnOnce() -> T) -> T {
        let mut state = self.state();
        if let Some(moment) = state.not_before {
            thread::sleep(moment.saturating_duration_since(Instant::now()));
        }
        let got = request();
        state.not_before = Instant::now().checked_add(pause);
        got
    }

    /// No request for this long.
    pub(super) fn hold(&self, wait: Duration) {
        let until = Instant::now().checked_add(wait);
        let mut state = self.state();
        state.not_before = state.not_before.max(until);
    }

    /// No request any more in this run, for this reason.
    pub(super) fn close(&self, trouble: Trouble) {
        let mut state = self.state();
        state.failures = DOWN_AFTER;
        state.trouble = Some(trouble);
    }

    /// Takes down whether an address gave anything.
    pub(super) fn count(&self, trouble: Option<Trouble>) {
        let mut state = self.state();
        if state.failures < DOWN_AFTER {
            state.failures = trouble.map_or(0, |_| state.failures + 1);
            state.trouble = trouble;
        }
    }

    /// Why no request is made any more, if none is.
    pub(super) fn closed(&self) -> Option<Trouble> {
        let state = self.state();
        state.trouble.filter(|_| state.failures >= DOWN_AFTER)
    }

    /// Whether the last address gave nothing: then it is not tried again and again.
    pub(super) fn is_doubtful(&self) -> bool {
        self.state().failures > 0
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
