//! The pages of a build, and how each is made.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::{Timings, kind_name};
use crate::archive::Selection;
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::edition::{Clock, Edition};
use crate::leaks::{self, Leaks};
use crate::render::{self, Scene};
use crate::site::PageId;
use crate::site::ledger::Ledger;

/// Stages 1 to 3, for a build: an edition without an error, and what else was found.
///
/// # Errors
/// Any error in the content.
pub(crate) fn edition(
    config: Config,
    selection: &Selection,
    cache: Option<&Cache>,
    ledger: bool,
) -> Result<(Edition, Diagnostics), Diagnostics> {
    let ledger = ledger.then(|| Ledger::of(&config.folder));
    match Edition::prepare(config, selection, cache, ledger.as_ref()) {
        (Ok(edition), mut notes) if !notes.has_errors() => {
            notes.extend(leaks::addresses(&edition));
            Ok((edition, notes))
        }
        (_, notes) => Err(notes),
    }
}

/// Makes some pages of an edition, all or a share of them, and measures that if it is to.
pub(super) struct Press<'e> {
    scene: Scene<'e>,
    pages: Vec<PageId>,
    files: Vec<Box<str>>,
    kinds: Option<Mutex<BTreeMap<&'static str, (usize, Duration)>>>,
    leaks: Result<Option<Leaks<'e>>, Diagnostic>,
}

impl<'e> Press<'e> {
    pub(super) fn new(edition: &'e Edition, pages: Vec<PageId>, timings: bool) -> Self {
        let scene = edition.scene();
        let files = pages
            .iter()
            .map(|page| scene.site.page(*page).file().into());
        Press {
            files: files.collect(),
            pages,
            kinds: timings.then(Mutex::default),
            leaks: Leaks::of(edition),
            scene,
        }
    }

    /// The path of each page below the output.
    pub(super) fn paths(&self) -> Vec<&str> {
        self.files.iter().map(|file| &**file).collect()
    }

    /// The page with this index.
    pub(super) fn page(&self, index: usize) -> Option<PageId> {
        self.pages.get(index).copied()
    }

    /// The bytes of the page with this index.
    pub(super) fn make(&self, index: usize) -> Result<Cow<'e, [u8]>, Diagnostic> {
        let page = self.pages[index];
        let started = self.kinds.as_ref().map(|_| Instant::now());
        let bytes = render::page(&self.scene, page);
        if let (Some(kinds), Some(started)) = (&self.kinds, started)
            && let Ok(mut kinds) = kinds.lock()
        {
            let kind = kind_name(&self.scene.site.page(page).kind);
            let entry = kinds.entry(kind).or_default();
            *entry = (entry.0 + 1, entry.1 + started.elapsed());
        }
        match &self.leaks {
            Ok(None) => bytes,
            Ok(Some(leaks)) => {
                let bytes = bytes?;
                leaks.look(&self.files[index], &bytes)?;
                Ok(bytes)
            }
            Err(refusal) => Err(refusal.clone()),
        }
    }

    /// The scan for what was withdrawn, where anything was.
    pub(super) fn leaks(&self) -> Option<&Leaks<'e>> {
        self.leaks.as_ref().ok()?.as_ref()
    }

    /// What is told of a run: what its pages reported, each once.
    pub(super) fn told(&self, found: Diagnostics) -> Diagnostics {
        let found = render::theme::told_once(found);
        match self.leaks() {
            Some(leaks) => leaks.told(found),
            None => found,
        }
    }

    /// What is told of a run that went well.
    pub(super) fn remarks(&self) -> Diagnostics {
        self.leaks().map(Leaks::remarks).unwrap_or_default()
    }

    /// What each stage and each kind of page took.
    pub(super) fn timings(self, edition: &Edition, clock: Clock) -> Timings {
        let kinds = self.kinds.and_then(|kinds| kinds.into_inner().ok());
        Timings {
            stages: edition.stages.iter().copied().chain(clock.laps).collect(),
            pages: kinds.unwrap_or_default(),
        }
    }
}
