//! Stages 1 to 3 in one go: everything that is known before a page is made.

use std::time::{Duration, Instant};

use crate::archive::{Archive, Selection};
use crate::cache::Cache;
use crate::config::Config;
use crate::content;
use crate::diagnostics::Diagnostics;
use crate::render::{Frames, Scene, Theme};
use crate::site::{self, Site};

/// The archive, the plan of its pages, and the theme they are made with. Both a build and the
/// preview work from one.
#[derive(Debug)]
pub struct Edition {
    /// The settings.
    pub config: Config,
    /// What was published.
    pub archive: Archive,
    /// Every page.
    pub site: Site,
    /// The theme.
    pub theme: Theme,
    /// What all pages have in common.
    pub frames: Frames,
    /// The time that counted as now.
    pub now: jiff::Timestamp,
    /// How long each stage took, in order.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Edition {
    /// Reads, files and plans. Whatever is wrong in any file is in the findings; with an error
    /// among them the edition must not be published. With a cache only what changed is read.
    ///
    /// # Errors
    /// Only a theme that cannot be used leaves no edition at all.
    pub fn prepare(
        config: Config,
        selection: &Selection,
        cache: Option<&Cache>,
    ) -> (Result<Edition, ()>, Diagnostics) {
        let mut clock = Clock::start();
        let (content, mut notes) = content::read(&config, cache);
        clock.lap("read");
        let (archive, found) = Archive::new(content, &config, selection);
        notes.extend(found);
        clock.lap("file");
        let theme = match Theme::load(&config, &archive.languages()) {
            Ok(theme) => theme,
            Err(found) => {
                notes.extend(found);
                return (Err(()), notes);
            }
        };
        clock.lap("theme");
        let (site, found) = Site::plan(&archive, &config, &theme.files(), selection.now);
        notes.extend(found);
        let frames = Frames::new(&config, &archive, &site, &theme);
        clock.lap("plan");
        notes.extend(site::check_links(&site, &archive, &config));
        clock.lap("links");
        let stages = clock.laps;
        (
            Ok(Edition {
                config,
                archive,
                site,
                theme,
                frames,
                now: selection.now,
                stages,
            }),
            notes,
        )
    }

    /// What a page is made from.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            config: &self.config,
            archive: &self.archive,
            site: &self.site,
            theme: &self.theme,
            frames: &self.frames,
            now: self.now,
        }
    }
}

/// Measures stage after stage.
pub(crate) struct Clock {
    since: Instant,
    pub(crate) laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Clock {
            since: Instant::now(),
            laps: Vec::new(),
        }
    }

    pub(crate) fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.since));
        self.since = now;
    }
}
