//! Notices changed files, and makes the next moment of the preview from them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, timeout};

use super::places::Places;
use super::{Desk, News};
use crate::archive::Selection;

/// An editor saves a file in several steps; this is how long after the last it counts as saved.
const PAUSE: Duration = Duration::from_millis(20);
/// A long copy is looked at before it ends.
const LONGEST: Duration = Duration::from_secs(1);

/// The watch over the files of a site.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    heard: UnboundedReceiver<notify::Result<Event>>,
    places: Places,
    watched: BTreeSet<PathBuf>,
    /// What was said about folders that cannot be watched, so that it is said once.
    complaints: Vec<String>,
    /// How the files looked when the system last lost count of the changes.
    look: Option<u64>,
}

/// What is said where files cannot be watched.
pub(super) fn without(error: &notify::Error) -> String {
    format!("not every change of a file will be noticed: {error}")
}

impl Watch {
    /// Watches from now on; nothing is done about it before [`run`](Watch::run).
    pub(super) fn start(places: Places) -> notify::Result<Self> {
        let (sender, heard) = unbounded_channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Files that are only read are reported as well, by the preview above all.
            let read = |event: &Event| matches!(event.kind, EventKind::Access(_));
            if !event.as_ref().is_ok_and(read) {
                // Nobody listens any more when the preview is about to end.
                let _ = sender.send(event);
            }
        })?;
        watcher.watch(places.root(), RecursiveMode::NonRecursive)?;
        let mut watch = Watch {
            watcher,
            heard,
            places,
            watched: BTreeSet::new(),
            complaints: Vec::new(),
            look: None,
        };
        watch.follow(&BTreeSet::new());
        Ok(watch)
    }

    /// Prepares a new moment after each change, for ever.
    pub(super) async fn run(
        mut self,
        desk: Arc<Desk>,
        selection: Arc<dyn Fn() -> Selection + Send + Sync>,
    ) {
        let mut told = 0;
        while let Some(event) = self.heard.recv().await {
            let first = Instant::now();
            let mut changed = BTreeSet::new();
            self.sift(event, &mut changed);
            while first.elapsed() < LONGEST
                && let Ok(Some(event)) = timeout(PAUSE, self.heard.recv()).await
            {
                self.sift(event, &mut changed);
            }
            if !changed.is_empty() {
                // New folders are watched before they are read.
                self.follow(&changed);
                self.prepare(&desk, &selection, &changed).await;
            }
            for complaint in self.complaints.iter().skip(told) {
                desk.tell(News::Without(complaint.clone()));
            }
            told = self.complaints.len();
        }
    }

    async fn prepare(
        &mut self,
        desk: &Arc<Desk>,
        selection: &Arc<dyn Fn() -> Selection + Send + Sync>,
        changed: &BTreeSet<PathBuf>,
    ) {
        let names = changed.iter().map(|path| self.places.shown(path)).collect();
        let (moment, selection) = (desk.moment(), selection.clone());
        let next = tokio::task::spawn_blocking(move || moment.next(&selection(), names));
        // A panic has been shown where panics are; the moment before it goes on.
        let Ok((moment, news, places)) = next.await else {
            return;
        };
        desk.moments.send_replace(Arc::new(moment));
        desk.tell(news);
        if let Some(places) = places.filter(|places| *places != self.places) {
            self.places = places;
            self.follow(&BTreeSet::new());
        }
    }

    /// Keeps what matters of an event.
    fn sift(&mut self, event: notify::Result<Event>, changed: &mut BTreeSet<PathBuf>) {
        match event {
            Ok(event) if event.need_rescan() => {
                // Too many events for the system to count. Reading a large archive is enough for
                // that, so unless something has really changed there would be no end of it.
                let look = self.places.look();
                if self.look.replace(look) != Some(look) {
                    changed.insert(self.places.root().to_owned());
                }
            }
            Ok(event) => {
                let paths = event.paths.into_iter();
                changed.extend(paths.filter(|path| self.places.matter(path)));
            }
            Err(error) => self.complain(&error),
        }
    }

    /// Watches the folders that are there by now. One that has just appeared may have been there
    /// before, and the watch over it has gone with it.
    fn follow(&mut self, appeared: &BTreeSet<PathBuf>) {
        let folders: BTreeSet<PathBuf> = self.places.folders().into_iter().collect();
        let (kept, stale): (BTreeSet<_>, BTreeSet<_>) = std::mem::take(&mut self.watched)
            .into_iter()
            .partition(|folder| folders.contains(folder) && !appeared.contains(folder));
        for folder in &stale {
            // It has mostly gone already.
            let _ = self.watcher.unwatch(folder);
        }
        self.watched = kept;
        for folder in folders {
            if self.watched.contains(&folder) {
                continue;
            }
            match self.watcher.watch(&folder, RecursiveMode::Recursive) {
                Ok(()) => {
                    self.watched.insert(folder);
                }
                Err(error) => self.complain(&error),
            }
        }
    }

    fn complain(&mut self, error: &notify::Error) {
        let complaint = without(error);
        if !self.complaints.contains(&complaint) {
            self.complaints.push(complaint);
        }
    }
}
