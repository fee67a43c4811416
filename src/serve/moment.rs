//! What the preview shows at a moment, and what the next one will show.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use camino::Utf8PathBuf;

use super::places::Places;
use super::problem::{self, Problem};
use super::{News, Shown};
use crate::Edition;
use crate::archive::Selection;
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::site::ledger::Ledger;

/// What the preview shows from one change of a file to the next.
#[derive(Debug)]
pub(super) struct Moment {
    /// Counts the changes, from 1.
    pub(super) number: u64,
    /// The last change after which open pages must be asked for again.
    pub(super) reloaded: u64,
    /// The last change of styles alone.
    pub(super) restyled: u64,
    /// What pages are made from; none where there never was a theme to make them with.
    pub(super) edition: Option<Arc<RwLock<Edition>>>,
    /// The path that the site lives under.
    pub(super) base: String,
    /// What open pages show over themselves: the errors of the last change.
    pub(super) problems: Vec<Problem>,
    /// Whether `edition` could be published.
    good: bool,
    /// What was found before, so that it is told once.
    known: HashSet<Known>,
    folder: Utf8PathBuf,
}

type Known = (Code, Option<Utf8PathBuf>, String);

/// What came of reading all files.
struct Prepared {
    edition: Option<Edition>,
    base: Option<String>,
    notes: Diagnostics,
}

impl Prepared {
    fn new(config: Config, selection: &Selection) -> Self {
        let base = config.base_url.path().to_owned();
        let cache = Cache::open(&config.folder);
        let ledger = Ledger::of(&config.folder);
        let (edition, found) = Edition::prepare(config, selection, cache.as_ref(), Some(&ledger));
        // Nothing vanishes by being looked at.
        let soft = |note: Diagnostic| match note.code {
            Code::LostAddress => note.severity(Severity::Warning),
            _ => note,
        };
        let mut notes = Diagnostics::new();
        found.into_iter().for_each(|note| notes.push(soft(note)));
        Prepared {
            edition: edition.ok(),
            base: Some(base),
            notes,
        }
    }
}

impl Moment {
    /// The first moment. An edition with errors is shown as well: whoever mends a link wants to
    /// see the rest of the site meanwhile.
    pub(super) fn first(config: Config, selection: &Selection) -> (Moment, News) {
        let started = Instant::now();
        let nothing = Moment {
            number: 0,
            reloaded: 0,
            restyled: 0,
            edition: None,
            base: String::new(),
            problems: Vec::new(),
            good: false,
            known: HashSet::new(),
            folder: config.folder.clone(),
        };
        nothing.with(Prepared::new(config, selection), Vec::new(), started)
    }

    /// The moment after these files changed: where only texts of articles did they alone are read,
    /// else everything. An edition without errors is kept until there is another. Also gives where the files of the site are by now.
    pub(super) fn next(
        &self,
        selection: &Selection,
        changed: Vec<String>,
    ) -> (Moment, News, Option<Places>) {
        let started = Instant::now();
        if let Some((moment, news)) = self.revised(&changed, started) {
            return (moment, news, None);
        }
        let (prepared, places) = match Config::load(&self.folder) {
            Ok(config) => {
                let places = Places::of(&config);
                (Prepared::new(config, selection), Some(places))
            }
            Err(notes) => {
                let prepared = Prepared {
                    edition: None,
                    base: None,
                    notes,
                };
                (prepared, None)
            }
        };
        let (moment, news) = self.with(prepared, changed, started);
        (moment, news, places)
    }

    /// The moment after a change that moves nothing: the same edition with other texts.
    fn revised(&self, changed: &[String], started: Instant) -> Option<(Moment, News)> {
        // What is wrong anywhere may be mended by the change, or not: only a whole look can tell.
        let is_sound = self.good && self.problems.is_empty();
        let edition = self.edition.as_ref().filter(|_| is_sound)?;
        let (notes, articles, pages) = {
            let mut edition = edition.write().unwrap_or_else(PoisonError::into_inner);
            let notes = edition.revise(changed)?;
            (
                notes,
                edition.archive.articles.len(),
                edition.site.pages.len(),
            )
        };
        let number = self.number + 1;
        let mut known = self.known.clone();
        known.extend(notes.iter().map(self::known));
        let moment = Moment {
            number,
            reloaded: number,
            restyled: self.restyled,
            edition: Some(Arc::clone(edition)),
            base: self.base.clone(),
            problems: self.problems.clone(),
            good: true,
            known,
            folder: self.folder.clone(),
        };
        let news = News::Prepared {
            changed: changed.to_vec(),
            shown: Shown::New,
            articles,
            pages,
            errors: 0,
            notes: self.new_among(notes),
            took: started.elapsed(),
        };
        Some((moment, news))
    }

    fn with(&self, prepared: Prepared, changed: Vec<String>, started: Instant) -> (Moment, News) {
        let Prepared {
            edition,
            base,
            notes,
        } = prepared;
        let number = self.number + 1;
        let errors = notes.count(Severity::Error);
        let styles = self.edition.is_some()
            && !changed.is_empty()
            && changed.iter().all(|file| file.ends_with(".css"));
        let swap = edition.is_some() && (errors == 0 || !self.good);
        let (edition, base, good) = if swap {
            (
                edition.map(|edition| Arc::new(RwLock::new(edition))),
                base,
                errors == 0,
            )
        } else {
            (self.edition.clone(), None, self.good)
        };
        let shown = match (&edition, swap) {
            (_, true) => Shown::New,
            (Some(_), false) => Shown::Last,
            (None, false) => Shown::Errors,
        };
        // Without an edition the open page is the list of errors itself.
        let reload = !styles && (swap || edition.is_none());
        let moment = Moment {
            number,
            reloaded: if reload { number } else { self.reloaded },
            restyled: if styles { number } else { self.restyled },
            base: base.unwrap_or_else(|| self.base.clone()),
            problems: problem::list(&notes, &self.folder),
            good,
            known: notes.iter().map(known).collect(),
            folder: self.folder.clone(),
            edition,
        };
        let (articles, pages) = moment.edition.as_ref().map_or((0, 0), |edition| {
            let edition = edition.read().unwrap_or_else(PoisonError::into_inner);
            (edition.archive.articles.len(), edition.site.pages.len())
        });
        let news = News::Prepared {
            changed,
            shown,
            articles,
            pages,
            errors,
            notes: self.new_among(notes),
            took: started.elapsed(),
        };
        (moment, news)
    }

    /// The findings worth telling: every error, and what else was not there before.
    fn new_among(&self, notes: Diagnostics) -> Diagnostics {
        let mut new = Diagnostics::new();
        for note in notes {
            if note.severity == Severity::Error || !self.known.contains(&known(&note)) {
                new.push(note);
            }
        }
        new
    }
}

/// What makes a finding the same although lines were added before its place.
fn known(note: &Diagnostic) -> Known {
    (note.code, note.file.clone(), note.message.clone())
}
