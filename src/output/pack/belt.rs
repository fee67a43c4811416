//! The belt between those who make the parts of a pack and the one who writes them. Runs of pages
//! are taken in order by whoever is free, so that nobody waits for a long one but the writer; parts
//! come out in order; and only so much lies between as a bounded memory holds.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many bytes may lie on the belt before only the run that is written next goes on.
const MOST: usize = 16 << 20;

/// The belt.
pub(super) struct Belt<T> {
    state: Mutex<State<T>>,
    moved: Condvar,
    runs: usize,
}

struct State<T> {
    /// The run that is taken next.
    taken: usize,
    /// The run that is written, and the number of its next part.
    written: (usize, usize),
    /// What waits to be written, by run and number.
    parts: BTreeMap<(usize, usize), Laid<T>>,
    bytes: usize,
    workers: usize,
}

/// A part on the belt.
struct Laid<T> {
    part: T,
    bytes: usize,
    last: bool,
}

/// One who makes parts, until dropped.
pub(super) struct Worker<'b, T>(&'b Belt<T>);

impl<T> Belt<T> {
    /// A belt for so many runs, from so many workers.
    pub(super) fn new(runs: usize, workers: usize) -> Self {
        Belt {
            state: Mutex::new(State {
                taken: 0,
                written: (0, 0),
                parts: BTreeMap::new(),
                bytes: 0,
                workers,
            }),
            moved: Condvar::new(),
            runs,
        }
    }

    /// One of the workers; each is asked for once.
    pub(super) fn worker(&self) -> Worker<'_, T> {
        Worker(self)
    }

    /// The next part in order; `None` after the last run, or when nobody is left who could make it.
    pub(super) fn next(&self) -> Option<T> {
        let mut state = self.lock();
        while state.written.0 < self.runs {
            let place = state.written;
            if let Some(laid) = state.parts.remove(&place) {
                state.bytes -= laid.bytes;
                state.written = match laid.last {
                    true => (place.0 + 1, 0),
                    false => (place.0, place.1 + 1),
                };
                self.moved.notify_all();
                return Some(laid.part);
            }
            if state.workers == 0 {
                return None;
            }
            state = self.wait(state);
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(&self, state: MutexGuard<'g, State<T>>) -> MutexGuard<'g, State<T>> {
        let woken = self.moved.wait(state);
        woken.unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Worker<'_, T> {
    /// The next run that nobody has taken.
    pub(super) fn take(&self) -> Option<usize> {
        let mut state = self.0.lock();
        while state.bytes >= MOST && state.taken != state.written.0 {
            state = self.0.wait(state);
        }
        let run = state.taken;
        state.taken += 1;
        (run < self.0.runs).then_some(run)
    }

    /// Lays a part of a run on the belt: its number in the run, its size, and whether it is the last.
    pub(super) fn give(&self, place: (usize, usize), part: T, bytes: usize, last: bool) {
        let mut state = self.0.lock();
        while state.bytes >= MOST && place.0 != state.written.0 {
            state = self.0.wait(state);
        }
        state.bytes += bytes;
        state.parts.insert(place, Laid { part, bytes, last });
        self.0.moved.notify_all();
    }
}

impl<T> Drop for Worker<'_, T> {
    fn drop(&mut self) {
        self.0.lock().workers -= 1;
        self.0.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn parts_come_in_order_however_long_each_takes_and_however_large_it_is() {
        let runs = 200;
        let belt = Belt::new(runs, 3);
        let got = thread::scope(|scope| {
            for _ in 0..3 {
                let worker = belt.worker();
                scope.spawn(move || {
                    while let Some(run) = worker.take() {
                        for part in 0..=run % 3 {
                            if run % 7 == 0 {
                                thread::yield_now();
                            }
                            worker.give((run, part), (run, part), MOST / 2, part == run % 3);
                        }
                    }
                });
            }
            std::iter::from_fn(|| belt.next()).collect::<Vec<_>>()
        });
        let all: Vec<_> = (0..runs)
            .flat_map(|run| (0..=run % 3).map(move |part| (run, part)))
            .collect();
        assert_eq!(got, all);
        assert_eq!(belt.lock().bytes, 0);
    }

    #[test]
    fn nobody_waits_for_a_worker_who_has_gone() {
        let belt = Belt::new(2, 1);
        let worker = belt.worker();
        worker.give((0, 0), 'a', 1, false);
        drop(worker);
        assert_eq!(belt.next(), Some('a'));
        assert_eq!(belt.next(), None);
    }
}
