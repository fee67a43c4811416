//! The stream of events that an open page listens to (HTML Standard §9.2).

use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::{mpsc, watch};

use super::moment::Moment;
use super::{Desk, problem};

/// A word now and then finds out whether the page is still there.
const SILENCE: Duration = Duration::from_secs(15);

/// Begins to tell a page what it has missed since the moment it names, and everything after. A
/// page that names a moment of another run has missed it all; one that names none, nothing.
pub(super) fn begin(desk: &Desk, seen: Option<&str>) -> mpsc::Receiver<Bytes> {
    let moments = desk.moments.subscribe();
    let seen = match seen {
        Some(mark) => read_mark(desk.run, mark),
        None => moments.borrow().number,
    };
    let (sender, events) = mpsc::channel(4);
    tokio::spawn(feed(desk.run, moments, seen, sender));
    events
}

/// What names a moment of a run, in pages and events.
pub(super) fn mark(run: u64, moment: &Moment) -> String {
    format!("{run:x}-{}", moment.number)
}

fn read_mark(run: u64, mark: &str) -> u64 {
    let number = mark.strip_prefix(&format!("{run:x}-"));
    number.and_then(|n| n.parse().ok()).unwrap_or(0)
}

async fn feed(
    run: u64,
    mut moments: watch::Receiver<Arc<Moment>>,
    mut seen: u64,
    out: mpsc::Sender<Bytes>,
) {
    let mut told = None;
    let mut text = String::from("retry: 1000\n\n");
    loop {
        let moment = moments.borrow_and_update().clone();
        let mut event = |name: &str, data: &str| {
            let id = mark(run, &moment);
            text.push_str(&format!("id: {id}\nevent: {name}\ndata: {data}\n\n"));
        };
        let problems = problem::json(&moment.problems);
        if told.as_ref() != Some(&problems) {
            event("errors", &problems);
            told = Some(problems);
        }
        if moment.reloaded > seen {
            event("reload", "");
        } else if moment.restyled > seen {
            event("css", "");
        }
        seen = moment.number;
        drop(moment);
        if out.send(std::mem::take(&mut text).into()).await.is_err() {
            return;
        }
        loop {
            let quiet = tokio::select! {
                changed = moments.changed() => if changed.is_ok() { break } else { return },
                () = out.closed() => return,
                () = tokio::time::sleep(SILENCE) => Bytes::from_static(b":\n\n"),
            };
            if out.send(quiet).await.is_err() {
                return;
            }
        }
    }
}
