//! `morgue build`: the one line from files to the output folder.

mod index;
pub(crate) mod ledger;
mod pack;
mod part;
mod press;
mod searched;
mod sizes;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use press::Press;
use searched::Searched;

use crate::archive::{LeftOut, Selection};
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::edition::{Clock, Edition};
use crate::output::{self, Folder, Published, Sources};
use crate::render::Inputs;
use crate::site::{PageKind, Place, Shelf, ShelfOf};

pub use index::{Indexed, index};
pub use pack::{PackBuilt, PackOptions, pack};
pub(crate) use press::edition;

pub use part::{PartBuilt, PartMade, PartOptions, PartPlace, build_part};

/// What a build may do.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Where the site is written; the folder of `site.toml` says where not given.
    pub output: Option<Utf8PathBuf>,
    /// What of the content is published.
    pub selection: Selection,
    /// Take what the last build remembered in `.morgue/`, and remember for the next.
    pub cache: bool,
    /// Hold the addresses against `permalinks.tsv`, and write them there once the site is made.
    pub ledger: bool,
    /// Measure every page by its kind.
    pub timings: bool,
}

/// Hears how far a build is.
pub trait Progress: Sync {
    /// The plan is made: so many pages.
    fn begin(&self, pages: usize);
    /// One page more is made.
    fn page(&self);
}

/// How long the parts of a build took.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    /// Each stage in order.
    pub stages: Vec<(&'static str, Duration)>,
    /// Each kind of page: how many there are, and the time of all of them on all processors.
    pub pages: BTreeMap<&'static str, (usize, Duration)>,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// What it was made from. A program that ends may leave it to the system, which takes the
    /// memory back much faster.
    pub edition: Edition,
    /// How many articles are published.
    pub articles: usize,
    /// How many pages the site has, files included.
    pub pages: usize,
    /// Where it was written.
    pub output: Utf8PathBuf,
    /// What changed there.
    pub published: Published,
    /// What was left out.
    pub left_out: LeftOut,
    /// Whether this build began the ledger of the site.
    pub ledger_begun: bool,
    /// How long it took.
    pub timings: Timings,
}

/// Builds a site. The findings come in any case; a build with an error among them leaves the
/// output as it was.
///
/// # Errors
/// When anything in the content stops a build, or the output cannot be written.
pub fn build(
    config: Config,
    options: &BuildOptions,
    progress: &dyn Progress,
) -> (Result<Built, ()>, Diagnostics) {
    let output = options.output.clone().unwrap_or_else(|| config.output());
    if let Some(refusal) = refuse(&config, &output) {
        return (Err(()), refusal.into());
    }
    // Before the content is read: mistakes there must not keep a half moved site on the air.
    let recovered = match Folder::recover(&output) {
        Ok(true) => finished_first(&output).into(),
        Ok(false) => Diagnostics::new(),
        Err(refusal) => return (Err(()), refusal.into()),
    };
    let cache = options.cache.then(|| Cache::open(&config.folder)).flatten();
    let ready = || press::edition(config, &options.selection, cache.as_ref(), options.ledger);
    let (ready, last) = beside_looking(&output, ready);
    let (edition, mut notes) = match ready {
        Ok(ready) => ready,
        Err(mut notes) => {
            notes.extend(recovered);
            return (Err(()), notes);
        }
    };
    notes.extend(recovered);
    let mut clock = Clock::start();
    let folder = match last.unwrap_or_else(|| Folder::open(&output)) {
        Ok(folder) => folder.with_checksums(edition.config.settings.publish.checksums),
        Err(error) => {
            notes.push(error);
            return (Err(()), notes);
        }
    };
    let press = Press::new(&edition, edition.site.ids().collect(), options.timings);
    let paths = press.paths();
    progress.begin(paths.len());
    let inputs = cache
        .as_ref()
        .map(|cache| Inputs::new(edition.scene(), cache));
    let searched = Searched::of(&press, &output, cache.as_ref());
    let made_from = |index: usize| {
        let made_from = inputs.as_ref()?.of(press.page(index)?)?;
        searched.is_clean(paths.get(index)?).then_some(made_from)
    };
    let sources = cache.as_ref().map(|cache| Sources {
        cache,
        of: &made_from,
    });
    clock.lap("compare");
    let fill = |index: usize| press.make(index);
    let progress = || progress.page();
    let published = output::publish(folder, &paths, fill, sources.as_ref(), &progress);
    clock.lap("render and write");
    let published = match published {
        Ok(published) => published,
        Err(found) => {
            notes.extend(press.told(found));
            return (Err(()), notes);
        }
    };
    searched.store();
    inputs.iter().for_each(Inputs::store);
    notes.extend(press.remarks());
    let mut begun = false;
    if options.ledger {
        let kept = ledger::keep(&edition, &options.selection);
        notes.extend(kept.notes);
        begun = kept.begun;
        clock.lap("keep the ledger");
    }
    notes.extend(sizes::check(&edition.config, &output));
    let timings = press.timings(&edition, clock);
    drop(inputs);
    let built = Built {
        articles: edition.archive.articles.len(),
        pages: edition.site.pages.len(),
        output,
        published,
        left_out: edition.archive.left_out,
        ledger_begun: begun,
        timings,
        edition,
    };
    (Ok(built), notes)
}

/// Does some work, and beside it opens the output folder and looks at what the last build left
/// there: much of the work is done by one processor alone. Where nothing is there, nothing is made
/// before all of the work went well.
fn beside_looking<T>(
    output: &Utf8Path,
    work: impl FnOnce() -> T,
) -> (T, Option<Result<Folder, Diagnostic>>) {
    if !output.is_dir() {
        return (work(), None);
    }
    let enough = AtomicBool::new(false);
    let look = || Folder::open(output).map(|folder| folder.looked_over(&enough));
    std::thread::scope(|scope| {
        let looking = scope.spawn(look);
        let done = work();
        enough.store(true, Ordering::Relaxed);
        (done, looking.join().ok())
    })
}

/// That the last build was finished before this one began.
fn finished_first(output: &Utf8Path) -> Diagnostic {
    let message = format!("the last build into {output} was broken off and is finished now");
    Diagnostic::new(Code::BuildFinished, message)
}

/// An output folder that would mix what was written with what is made from it.
fn refuse(config: &Config, output: &Utf8Path) -> Option<Diagnostic> {
    let holds_site = whole(&config.folder)?.starts_with(whole(output)?);
    (holds_site || is_among_sources(config, output)).then(|| {
        Diagnostic::new(
            Code::BadOutput,
            format!("the site cannot be written to {output}"),
        )
        .help("choose a folder of its own, as in `--output public`")
    })
}

/// Whether a folder is one that content, themes or the history of the site lie in.
pub(crate) fn is_among_sources(config: &Config, folder: &Utf8Path) -> bool {
    let places = (
        whole(folder),
        whole(&config.folder),
        whole(&config.content_root()),
    );
    let (Some(folder), Some(site), Some(content)) = places else {
        return false;
    };
    let own = ["themes", "templates", ".git"].map(|name| site.join(name));
    (content != site && folder.starts_with(&content)) || own.iter().any(|f| folder.starts_with(f))
}

/// The path from the root, links followed. A folder that does not exist yet is where its parent
/// says.
fn whole(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let here = Utf8Path::new(".");
    let named = if path.as_str().is_empty() { here } else { path };
    let there = named.canonicalize_utf8().ok();
    there.or_else(|| Some(whole(path.parent()?)?.join(path.file_name()?)))
}

/// What a kind of page is called in timings.
fn kind_name(kind: &PageKind) -> &'static str {
    match kind {
        PageKind::Front => "front.html",
        PageKind::Article(_) => "article.html",
        PageKind::Shelf(shelf) => shelf_name(shelf),
        PageKind::OnThisDay(..) => "on-this-day.html",
        PageKind::Years => "years.html",
        PageKind::Coverage => "coverage.html",
        PageKind::OnThisDayIndex => "on-this-day-index.html",
        PageKind::TermIndex(_) | PageKind::TermLetter(..) => "term-index.html",
        PageKind::Text(_) => "page.html",
        PageKind::NotFound => "404.html",
        PageKind::Tombstone(_) => "tombstone.html",
        PageKind::Redirect(_) => "redirect.html",
        PageKind::Feed
        | PageKind::YearFeed(_)
        | PageKind::TermFeed(_)
        | PageKind::CorrectionsFeed => "Atom",
        PageKind::Corrections(_) => "corrections.html",
        PageKind::Data => "data.html",
        PageKind::DataFile(_) => "data files",
        PageKind::JsonFeed => "JSON Feed",
        PageKind::SitemapIndex | PageKind::Sitemap(_) | PageKind::NewsSitemap => "sitemaps",
        PageKind::Robots => "robots.txt",
        PageKind::Static(_) | PageKind::Asset(_) | PageKind::ThemeFile(_) => "files",
        PageKind::HostFile(_) => "files for hosts",
    }
}

/// What a page of a shelf is called; fronts of sections are among the terms.
fn shelf_name(shelf: &Shelf) -> &'static str {
    let Place {
        year, month, day, ..
    } = shelf.place;
    match (shelf.of, year, month, day) {
        (ShelfOf::Term(_), ..) if shelf.place == Place::ALL => "term.html",
        (ShelfOf::Pair(..), ..) if shelf.place == Place::ALL => "intersection.html",
        (ShelfOf::Archive, Some(_), None, _) => "year.html",
        (ShelfOf::Archive, Some(_), Some(_), None) => "month.html",
        (ShelfOf::Archive, Some(_), Some(_), Some(_)) => "day.html",
        _ => "shelf.html",
    }
}
