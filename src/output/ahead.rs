//! Brings to the disk what waits in the staging folder while pages are still being made.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::staging::Staging;

/// How often it is looked whether much waits.
const PAUSE: Duration = Duration::from_millis(50);

/// Does the work, and beside it brings to the disk what the work puts aside.
pub(super) fn while_making<T>(staging: &Staging, work: impl FnOnce() -> T) -> T {
    let (ended, end) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            while end.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                staging.settle();
            }
        });
        let made = work();
        drop(ended);
        made
    })
}
