//! Brings to the disk what waits in the staging folder while pages are still being made.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::Folder;

/// How often it is looked whether much waits.
const PAUSE: Duration = Duration::from_millis(50);

/// Does the work, and beside it brings to the disk what the work puts aside. Where there is no
/// site yet, nothing waits for that.
pub(super) fn while_making<T>(folder: &Folder, work: impl FnOnce() -> T) -> T {
    if !folder.exists() {
        return work();
    }
    let (ended, end) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            while end.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                folder.staging().settle();
            }
        });
        let made = work();
        drop(ended);
        made
    })
}
