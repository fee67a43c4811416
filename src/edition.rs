//! Stages 1 to 3 in one go: everything that is known before a page is made.

use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

use crate::archive::{Archive, ArticleId, Selection};
use crate::cache::Cache;
use crate::config::Config;
use crate::content;
use crate::diagnostics::Diagnostics;
use crate::render::{Frames, Scene, Theme};
use crate::site::ledger::{self, Ledger};
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
    /// among them the edition must not be published. With a cache only what changed is read, with a
    /// ledger every address that was ever published is followed.
    ///
    /// # Errors
    /// Only a theme that cannot be used leaves no edition at all.
    pub fn prepare(
        config: Config,
        selection: &Selection,
        cache: Option<&Cache>,
        ledger: Option<&Ledger>,
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
        let (mut site, found) = Site::plan(&archive, &config, &theme.files(), selection.now);
        notes.extend(found);
        let frames = Frames::new(&config, &archive, &site, &theme);
        clock.lap("plan");
        notes.extend(ledger::follow(&mut site, &archive, &config, ledger));
        notes.extend(site.plan_hosting(&config));
        clock.lap("ledger");
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

    /// Takes in that these files changed, seen from the folder of `site.toml`, where only the
    /// texts of articles did: nothing is then filed or planned again. Gives what was found in the
    /// new texts; `None` where the edition has to be prepared anew, because anything else changed
    /// or a text has errors.
    pub fn revise(&mut self, changed: &[String]) -> Option<Diagnostics> {
        let mut notes = Diagnostics::new();
        let mut revised = Vec::new();
        for name in changed {
            let Some(id) = self.article_at(name) else {
                // What came and went again, as some editors do when they save, is nothing.
                if self.config.folder.join(name).symlink_metadata().is_err() && !self.has(name) {
                    continue;
                }
                return None;
            };
            let file = &self.archive.article(id).content.file;
            let (article, found) = content::read_again(&self.config, file)?;
            let fits = self.archive.article(id).content.filing == article.filing;
            if found.has_errors() || !fits {
                return None;
            }
            notes.extend(found);
            revised.push((id, article));
        }
        let whole = revised.into_iter().all(|(id, article)| {
            self.frames.forget(id);
            self.archive.revise(id, article)
        });
        whole.then_some(notes)
    }

    /// The article whose file an editor calls by this name.
    fn article_at(&self, name: &str) -> Option<ArticleId> {
        let root = content::shown(&self.config, Utf8Path::new(""));
        let file = Utf8Path::new(name).strip_prefix(root).ok()?;
        self.archive.article_in(file)
    }

    /// Whether the edition may have been made from a file of this name, or from one in a folder of
    /// this name.
    fn has(&self, name: &str) -> bool {
        let (archive, settings) = (&self.archive, &self.config.settings.content);
        let articles = archive.articles.iter().map(|a| &*a.content.file);
        let others = archive.beside.iter().chain(&archive.unpublished);
        let mut files = articles.chain(others.map(Utf8PathBuf::as_path));
        let statics = content::shown(&self.config, Utf8Path::new(&settings.statics));
        let is_text = [".md", ".markdown", ".csv", ".toml"]
            .iter()
            .any(|end| name.ends_with(end));
        let of_theme = ["themes", "templates", "i18n"]
            .iter()
            .any(|folder| name.starts_with(folder));
        of_theme
            || is_text
            || Utf8Path::new(name).starts_with(statics)
            || files.any(|file| content::shown(&self.config, file).starts_with(name))
    }

    /// What a page is made from, its files as they are by now.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            config: &self.config,
            archive: &self.archive,
            site: &self.site,
            theme: &self.theme,
            frames: &self.frames,
            now: self.now,
            settled: false,
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
